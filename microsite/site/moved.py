"""Old addresses: where they lead, and which of them lead nowhere because another page is or was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from microsite.content.consent_list import PublishedConsent, PublishedConsents
from microsite.content.documents import Document
from microsite.content.files import Layer, Source
from microsite.content.kinds import kind_of, page_path
from microsite.content.overrides import markdown_file
from microsite.core.fingerprints import digest
from microsite.core.problems import Problem, Severity, text
from microsite.core.records import Record
from microsite.site.people.admission import Admission
from microsite.site.people.published import digests, references


class MovedPage(Record):
    """An address of the site that leads to another, of a document from the files ``origins``.

    ``local``: a member's own document.
    """

    path: str
    target: str
    origins: tuple[str, ...]
    local: bool


class MovedPages(Record):
    pages: tuple[MovedPage, ...]
    problems: tuple[Problem, ...]


def moved_pages(admission: Admission, taken: Iterable[str]) -> MovedPages:
    """The old addresses of the documents that a site shows; ``taken`` are the paths of its files.

    An address of a page that is gone or not shown leads nowhere: nobody who asks for one person gets to see
    another. Capitals make no difference, as for some servers. Where a member has something of its own at an
    old address of a national page, that is what its site shows.
    """
    closed = {path.casefold() for path in closed_addresses(admission)}
    files = {path.casefold() for path in taken}
    folders = {folder for path in files for folder in _folders(path)}
    own = {document.page.casefold() for document in admission.shown.values() if document.local}
    found: dict[str, MovedPage] = {}
    problems = []
    for document, key, path in _aliases(admission):
        place, folded = document.place(key), path.casefold()
        first = found.get(folded)
        national = not document.local and place.path == document.names[-1]
        if first is not None:
            if first.target != document.page:
                message = _TWICE.format(address=path, other=first.origins[0])
                severity: Severity = "notice" if national and first.local else "error"
                problems.append(Problem(place, message, _ONE, severity))
        elif folded in closed:
            problems.append(Problem(place, _CLOSED.format(address=path), _NOT_CLOSED, "warning"))
        elif folded in files or folded in folders or not files.isdisjoint(_folders(folded)):
            severity = "notice" if national and folded in own else "error"
            problems.append(Problem(place, _TAKEN.format(address=path), _OTHER_NAME, severity))
        else:
            found[folded] = MovedPage(path, document.page, document.names, document.local)
            files.add(folded)
            folders.update(_folders(folded))
    return MovedPages(tuple(found[path] for path in sorted(found)), tuple(problems))


def earlier_pages(
    admission: Admission, published: PublishedConsents, layer: Layer
) -> Mapping[str, tuple[str, ...]]:
    """The shown documents by the pages on which they were published before: see ``Admission.moved``.

    A document is one that moved when consent and text are the same, the latter for the most part: a person
    can have two stories, and one that is deleted has not become the other. ``layer`` is the national one.
    """
    if not published:
        return {}
    moved: dict[str, tuple[str, ...]] = {}
    sources = layer.by_path()
    known = {path: admission.shown[path] for path in admission.people if path in sources}
    there = {digest(document.page.encode()) for document in known.values()}
    for path, document in known.items():
        for ref in references(document) & published.keys():
            before = published[ref]
            if digest(document.page.encode()) in before.pages:
                continue  # it was there beside the other
            pages = [page for page in before.pages if page not in there]
            if pages and _is_same(before, sources[path]):
                moved |= {page: (*moved.get(page, ()), path) for page in pages}
    return moved


def _is_same(before: PublishedConsent, source: Source) -> bool:
    return source.digest in before.texts or before.is_renewed_in(digests(markdown_file(source)))


def moved_stories(admission: Admission, people: Iterable[str]) -> Iterator[Problem]:
    """What to report of the texts in ``people``, those of an earlier site, that are elsewhere now."""
    known = {document.path for document in admission.documents}
    there = {document.page for document in admission.documents}.union(
        path for _, _, path in _aliases(admission)
    )
    for path in people:
        old = page_path(path)
        found = [new for new in admission.moved_to(path) if kind_of(new) is kind_of(path)]
        if path not in known and old not in there and found:
            yield offer(admission.shown[found[0]], old)


def offer(document: Document, old: str) -> Problem:
    """That the page of a document was at the address ``old``, with the line that keeps it working."""
    before = document.meta.aliases if document.meta is not None else ()
    line = f"aliases: [{', '.join((*before, f'/{old}'))}]"
    hint = text("so that the old address keeps working, add: {line}", line=line)
    return Problem(document.place("aliases"), _MOVED.format(address=old), hint, "notice")


def offered(problem: Problem) -> str:
    """The old address of which a problem tells that is of ``offer``; "" for another."""
    return dict(problem.message.values)["address"] if problem.message.sentence == _MOVED.sentence else ""


def moved_here(admission: Admission) -> Mapping[str, Document]:
    """The shown documents by their old addresses; to tell what a link to one of these means."""
    return {path: document for document, _, path in reversed([*_aliases(admission)])}


def _aliases(admission: Admission) -> Iterator[tuple[Document, str, str]]:
    """(document, dotted key, path) of each old address of what is shown; those of a member's pages first."""
    moved = [document for document in admission.shown.values() if document.aliases]
    for document in sorted(moved, key=lambda one: (not one.local, one.path)):
        yield from ((document, key, path) for key, path in document.aliases)


def closed_addresses(admission: Admission) -> Iterator[str]:
    """The addresses of pages that are gone or not shown, and earlier ones of people who may not be shown."""
    yield from (page.path for page in admission.gone)
    yield from (document.page for document in admission.documents if document.path not in admission.shown)
    yield from (path for document in admission.withheld for _, path in document.aliases)


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


_MOVED = text("this page was at {address} before")
_TAKEN = text("there is a page or file at {address}, so that address cannot lead here")
_OTHER_NAME = text("take it out of 'aliases', or give what is there another name")
_TWICE = text("{address} leads to '{other}' already")
_ONE = text("an old address leads to one page: take it out of one of the two")
_CLOSED = text("{address} is the address of a page that is gone or not shown, so it does not lead here")
_NOT_CLOSED = text(
    "was it another page, take it out of 'aliases'; was it this one, take it out of weggehaald.yaml"
)
