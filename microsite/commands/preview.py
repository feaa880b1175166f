"""The preview of one brand's site: each file is made when it is requested.

The plan is that of a build, so a saved change costs one text and one page.
Nothing is published. While there are errors the last good plan is served.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Mapping, Sequence
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from microsite.content.files import FileChanged
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, PublishError, Text, Translate, errors, text
from microsite.core.records import Record
from microsite.pipeline import PlannedSite
from microsite.rendering import jinja
from microsite.rendering.artifact import Artifact
from microsite.rendering.hosting import policy
from microsite.session import ATTEMPTS, Session

SCRIPT = "/__microsite/live.js"
STYLE = "/__microsite/live.css"
TYPES = dict(policy.CONTENT_TYPES)
HTML = TYPES["html"]

_LANGUAGE = text("en")  # translated as the code of the language


class State(Record):
    """What the preview shows. ``version`` identifies the plan that is served, "" before the first."""

    version: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """Identifies the plan and the problems."""
        lines = [self.version, *(problem.render() for problem in self.problems)]
        return digest("\n".join(lines).encode())


class Response(Record):
    """An HTTP response. ``location`` is where it redirects to; ``problems`` are those of this page."""

    status: HTTPStatus
    kind: str
    body: bytes
    location: str = ""
    problems: tuple[Problem, ...] = ()


class Preview:
    """One brand's site, made file by file in the thread that creates this. Use as a context manager."""

    def __init__(self, session: Session, folder: Path, translate: Translate) -> None:
        self.session = session
        self.folder = folder
        self.translate = translate
        self.state = State()
        self._files: Mapping[str, Artifact] = {}
        self._gone: frozenset[str] = frozenset()
        self._base = "/"
        self._plan: PlannedSite | None = None
        self._inputs = ""  # of the last refresh; "" when it failed

    def __enter__(self) -> Preview:
        return self

    def __exit__(self, *_: object) -> None:
        """Remove from the cache the documents that may not be shown."""
        if self._plan is not None:
            with contextlib.suppress(FileChanged, OSError):
                self.session.pipeline().forget(self._plan)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders to watch."""
        project = self.session.project
        design = (*project.design_folders("templates"), *project.design_folders("assets"))
        return (project.folder("content"), *design, self.folder)

    # ── refreshing ──

    def refresh(self) -> None:
        """Bring ``state`` up to date with the files."""
        for _ in range(ATTEMPTS):
            try:
                self._refresh()
            except FileChanged:
                self._rescan()
            except OSError as error:
                self._fail(text("cannot work: {reason}", reason=error.strerror or type(error).__name__))
                return
            except Exception as error:  # noqa: BLE001 - a bug that one text triggers must not end the preview
                traceback.print_exc()
                self._inputs = self.session.inputs(self.folder)
                self._fail(_fault(error))
                return
            else:
                return

    def _refresh(self) -> None:
        if not self.session.refresh(self.folder, self._inputs):
            return
        self._inputs = ""
        plan = self.session.pipeline().plan(self.session.files(self.folder), guide=True)
        problems = self.session.to_report(plan.problems)
        inputs = self.session.inputs(self.folder)
        if errors(problems):
            self.state = State(self.state.version, problems)
        else:
            # Templates are read now: pages are requested until there is another good plan.
            jinja.preload(item.inputs for item in plan.artifacts)
            self._files = {item.path: item for item in plan.artifacts}
            self._gone = frozenset(plan.gone)
            self._base = _base(self._files.get(policy.NOT_FOUND))
            self.state = State(inputs, problems)
        self._plan = plan
        self._inputs = inputs

    def _rescan(self) -> None:
        self._inputs = ""
        self.session.rescan()

    def _fail(self, message: Text) -> None:
        place = Place(self.session.project.display_path(self.session.project.output))
        self.state = State(self.state.version, (Problem(place, message),))

    # ── responding ──

    def respond(self, address: str) -> Response:
        """The response for an address: a path without percent-escapes."""
        for _ in range(ATTEMPTS):
            try:
                return self._respond(address)
            except FileChanged:
                self._rescan()
                self.refresh()
            except PublishError as error:
                return self._failed(*error.problems)
            except Exception as error:  # noqa: BLE001 - a bug that one page triggers must not end the preview
                traceback.print_exc()
                return self._failed(Problem(Place(address), _fault(error)))
        return self._failed(
            Problem(Place(address), text("keeps changing"), text("wait until it is saved, and look again"))
        )

    def _respond(self, address: str) -> Response:
        if not self.state.version:
            page = problem_page(self.state.problems, text("The site cannot be shown yet"), self.translate)
            return Response(HTTPStatus.SERVICE_UNAVAILABLE, HTML, with_script(page, self.state.name))
        status, item = HTTPStatus.OK, self._file(address)
        if item is None:
            if self._file(f"{address}/") is not None:
                return Response(HTTPStatus.FOUND, HTML, b"", f"{quote(address)}/")
            status, item = HTTPStatus.NOT_FOUND, self._files[policy.NOT_FOUND]
        elif item.path in self._gone:
            status = HTTPStatus.GONE
        body, kind = self._bytes(item), content_type(item.path)
        return Response(status, kind, with_script(body, self.state.version) if kind == HTML else body)

    def _file(self, address: str) -> Artifact | None:
        """The artifact at an address, also below the site's base path, which the 404 page links to."""
        for start in ("/", self._base):
            if address.startswith(start):
                path = address.removeprefix(start)
                path = f"{path}index.html" if not path or path.endswith("/") else path
                if path in self._files:
                    return self._files[path]
        return None

    def _bytes(self, item: Artifact) -> bytes:
        ((_, content),) = self.session.pipeline().maker.make([item], here=True)
        return content if isinstance(content, bytes) else content.read_bytes()

    def _failed(self, *problems: Problem) -> Response:
        page = problem_page(problems, text("This page cannot be made"), self.translate)
        body = with_script(page, self.state.name)
        return Response(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, body, problems=problems)


def _base(missing: Artifact | None) -> str:
    root = dict(missing.inputs).get("root") if missing is not None else None
    return root if isinstance(root, str) else "/"


def _fault(error: Exception) -> Text:
    return text("the program itself fails: {reason}", reason=f"{type(error).__name__}: {error}")


def content_type(path: str) -> str:
    """The Content-Type of a file of the site."""
    feed, kind = policy.FEED
    return kind if path == feed else TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def with_script(page: bytes, version: str) -> bytes:
    """The page with the live-reload script. ``version`` identifies what it shows."""
    tag = f'<script src="{SCRIPT}?v={version}" defer></script>\n'.encode()
    at = page.rfind(b"</body>")
    return page + tag if at < 0 else page[:at] + tag + page[at:]


def problem_page(problems: Sequence[Problem], title: Text, translate: Translate) -> bytes:
    """A page with problems, without templates, as those may have the errors."""
    heading = escape(title.render(translate))
    items = "\n".join(_item(problem, translate) for problem in problems)
    body = f"<ul>\n{items}\n</ul>" if items else f"<p>{escape(translate(_NO_PROBLEMS.sentence))}</p>"
    return f"""\
<!doctype html>
<html lang="{escape(translate(_LANGUAGE.sentence))}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{STYLE}">
</head>
<body>
<main id="microsite-problems">
<h1>{heading}</h1>
{body}
</main>
</body>
</html>
""".encode()


_NO_PROBLEMS = text("No problems were found.")


def _item(problem: Problem, translate: Translate) -> str:
    strings = {key: escape(value) for key, value in _as_strings(problem, translate).items()}
    hint = f"<span>{strings['hint']}</span>" if strings["hint"] else ""
    return f"<li><code>{strings['place']}</code> <b>{strings['severity']}</b> {strings['message']}{hint}</li>"


def _as_strings(problem: Problem, translate: Translate) -> dict[str, str]:
    return {
        "place": str(problem.place),
        "severity": translate(problem.severity),
        "message": problem.message.render(translate),
        "hint": problem.hint.render(translate) if problem.hint is not None else "",
    }


def overlay(state: State, translate: Translate) -> dict[str, Any]:
    """The data of the error overlay: only errors keep a page from being updated."""
    return {
        "title": translate(_OVERLAY.sentence),
        "close": translate(_CLOSE.sentence),
        "problems": [_as_strings(problem, translate) for problem in errors(state.problems)],
    }


_OVERLAY = text("This is the last good version. Mend this first:")
_CLOSE = text("Close")
