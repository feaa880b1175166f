"""Pages that were published at another address: the old one is offered to their author as an alias."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Raw, json

from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import Problem
from microsite.publishing.manifest import FileEntry, Manifest
from microsite.rendering.artifact import BEGINNING
from microsite.site.moved import closed_addresses, moved_here, offer, offered
from microsite.site.page import Page
from microsite.site.people.admission import Admission

_TELLING = ("meta", "body")
"""What a page is recognised by, when one of the two is as it was and no other page has it."""


def renamed_pages(
    pages: Iterable[Page], admission: Admission, before: Manifest, fingerprints: Fingerprints
) -> Iterator[Problem]:
    """What to report of these pages, as far as they were at another address in the site of ``before``.

    Also what that site reported of it already, as long as nobody added the alias. An address that is closed,
    or at which there is something now, is not offered.
    """
    known = tuple(pages)
    new = [page for page in known if page.path not in before.files]
    told = {old: problem.place.path for problem in before.problems if (old := offered(problem))}
    if not (new or told):
        return
    there = {document.page for document in admission.documents}
    there |= moved_here(admission).keys() | {*closed_addresses(admission)}
    gone = {path: entry for path, entry in before.files.items() if entry.origins and path not in there}
    names = {page.document.name: page for page in known}
    found = {old: names[name] for old, name in told.items() if name in names and old not in there}
    found |= {old: page for page in new for old in _before(page, gone, fingerprints)}
    for old, page in sorted(found.items(), key=lambda item: item[0]):
        yield offer(page.document, old)


def as_published(pages: Iterable[Page], fingerprints: Fingerprints) -> Manifest:
    """What would be known of these pages if they were published: enough to recognise them by later."""

    def entry(page: Page) -> FileEntry:
        known = {"meta": fingerprints(page.meta)[:BEGINNING], "body": fingerprints(page.body)[:BEGINNING]}
        return FileEntry("", "", 0, 0, origins=page.document.names, encoded=Raw(json.encode(known)))

    return Manifest({page.path: entry(page) for page in pages})


def _before(page: Page, gone: Mapping[str, FileEntry], fingerprints: Fingerprints) -> Iterator[str]:
    """The address of the page that this one was; nothing when none or several may have been it."""
    values = {"meta": page.meta, "body": page.body}
    for name in _TELLING:
        same = fingerprints(values[name])[:BEGINNING]
        paths = [path for path, entry in gone.items() if entry.inputs.get(name) == same]
        if len(paths) == 1:
            yield paths[0]
            return
