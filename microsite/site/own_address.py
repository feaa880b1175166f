"""Links to the site itself by its absolute address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from microsite.content.documents import Document
from microsite.core.problems import Place, Problem, text
from microsite.core.urls import path_within, without_index


def own_addresses(documents: Iterable[Document], url: str) -> Iterator[Problem]:
    """A warning for each link to a site by its absolute ``url``, in the documents that it shows.

    Such a link is not checked, and leads away from a copy of the site: a trial, or that of another member.
    """
    shown = list(documents)
    if not url or not any(document.prose.addresses for document in shown):
        return
    files = {without_index(document.page): document.path for document in shown}
    for document in shown:
        for mark in document.prose.addresses:
            if (path := path_within(mark.target, url)) is not None:
                address, sign, fragment = path.partition("#")
                file = files.get(without_index(unquote(address.partition("?")[0])), "")
                hint = _WRITE_FILE.format(file=f"/{file}{sign}{fragment}") if file else _LINK_TO_FILE
                message = text("'{target}' is the address of this site itself", target=mark.target)
                yield Problem(Place(document.written_in, mark.line, mark.column), message, hint, "warning")


_WRITE_FILE = text("write '{file}': then the link is checked, and works in a copy too")
_LINK_TO_FILE = text(
    "write the file of the page, such as /contact.md: then the link is checked, and works in a copy too"
)
