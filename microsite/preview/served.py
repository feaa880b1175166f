"""The files of the site as the preview serves them: those of visitors, and what only editors see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from http import HTTPStatus
from urllib.parse import quote

from microsite.content.documents import Document
from microsite.core.problems import Problem
from microsite.core.records import Record
from microsite.preview.early import EarlySite
from microsite.preview.pages import HTML, Pages, content_type
from microsite.preview.state import Response, State
from microsite.preview.wanted import links
from microsite.rendering.artifact import Artifact
from microsite.rendering.hosting import policy


class Served(Record):
    """The files of the last good plan by their path, which of these are gone, and the site's base path.

    ``shown`` are the paths of its texts. When one of these is withdrawn, nothing of it is served any more.
    """

    files: Mapping[str, Artifact] = {}
    gone: frozenset[str] = frozenset()
    base: str = "/"
    shown: frozenset[str] = frozenset()

    def file(self, address: str) -> Artifact | None:
        """The artifact at an address, also below the site's base path, which the 404 page links to."""
        paths = (path_at(address, start) for start in ("/", self.base) if address.startswith(start))
        return next((self.files[path] for path in paths if path in self.files), None)


def path_at(address: str, start: str = "/") -> str:
    """The path of the file at an address."""
    path = address.removeprefix(start)
    return f"{path}index.html" if not path or path.endswith("/") else path


def base_of(missing: Artifact | None) -> str:
    """The base path of a site, by its 404 page."""
    root = dict(missing.inputs).get("root") if missing is not None else None
    return root if isinstance(root, str) else "/"


class SitePages:
    """Responds with the files of the site. ``make`` returns the bytes of one."""

    def __init__(self, pages: Pages, make: Callable[[Artifact], bytes]) -> None:
        self._pages = pages
        self._make = make

    def public(self, served: Served, state: State, documents: Collection[Document], address: str) -> Response:
        """What visitors get at an address. ``documents`` are those of the site."""
        status, item = HTTPStatus.OK, served.file(address)
        if item is None:
            if served.file(f"{address}/") is not None:
                return Response(HTTPStatus.FOUND, HTML, b"", f"{quote(address)}/")
            status, item = HTTPStatus.NOT_FOUND, served.files[policy.NOT_FOUND]
        elif item.path in served.gone:
            status = HTTPStatus.GONE
        body, kind = self._make(item), content_type(item.path)
        if kind == HTML:
            shown = item.path not in served.gone
            origins = item.origins if shown else ()
            of_page = (links(each) for each in documents if shown and each.page == item.path)
            body = self._pages.with_bar(body, state, origins, next(of_page, ()), item.path)
        return Response(status, kind, body)

    def early(self, served: Served, early: EarlySite, state: State, address: str) -> Response | None:
        """What is not public yet, or why it is not shown; None for all that a build publishes."""
        item = served.file(address)
        public = item is not None and item.path not in served.gone
        if public or not address.startswith("/"):
            return None
        path = path_at(address)
        document = early.documents.get(path)
        waiting = early.files.get(path) if path not in early.plan.gone else None
        if waiting is not None and (document is not None or item is None):
            body, kind, wrong = self._make(waiting), content_type(path), tuple[Problem, ...]()
            if kind == HTML:
                if document is not None:
                    stands, wrong = early.standing(document), early.problems(document)
                    body = self._pages.with_ribbon(body, document, stands, wrong)
                body = self._pages.with_bar(body, state, path=path)
            return Response(HTTPStatus.OK, kind, body, problems=wrong)
        if document is None or item is not None:
            return None
        stands = early.standing(document)
        page = self._pages.explained(document, stands, state.name)
        return Response(HTTPStatus.NOT_FOUND, HTML, page, own=True)
