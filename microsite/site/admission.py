"""Who is admitted to a site: the one place where consent, dates and layers decide what is shown.

``ConsentPolicy`` is made once per build from the national layer. For each site it gives an ``Admission``:
which documents are shown, and which are left out and why. The rule for a single consent is in
``content/consent.py``; everything that is unclear is a no.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from microsite.content.consent import Audience, Refusal, ending, mentions_withdrawal, normalized, refusal
from microsite.content.documents import Document
from microsite.content.files import Layer, Source
from microsite.content.front_matter import Meta, people
from microsite.content.overrides import MarkdownFile, markdown_file
from microsite.content.removed import Entry, GonePage, still_gone
from microsite.core.problems import Place, Problem, Text, text
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL, NATIONAL_BRAND
from microsite.site.withdrawals import Match, Withdrawals


def audience_of(brand: str) -> Audience:
    return "national" if brand == NATIONAL_BRAND else "members"


class Admission(Record):
    """Which of the ``documents`` of one site it shows. Paths are those within ``content/``.

    A link to a path in ``left_out`` is reported; one to an ``unlinked`` path (hidden, or unreadable) is
    dropped in silence. Of ``withheld`` documents nothing may stay in a cache. ``shareable`` are the shown
    ones whose picture may be used on social media, ``people`` those with a consent. ``expected`` are
    the shown ones and those that only a mistake keeps away. ``unknown`` are prefixes of paths that the
    disk could not give. ``gone`` are the pages that were removed and are answered with 410, by path.
    """

    documents: tuple[Document, ...]
    shown: Mapping[str, Document]
    left_out: frozenset[str]
    unlinked: frozenset[str]
    withheld: tuple[Document, ...]
    shareable: frozenset[str]
    people: tuple[str, ...]
    expected: frozenset[str]
    unknown: tuple[str, ...]
    problems: tuple[Problem, ...]
    gone: tuple[GonePage, ...] = ()

    @property
    def broken(self) -> tuple[Document, ...]:
        """The documents whose front matter could not be read."""
        return tuple(document for document in self.documents if document.meta is None)

    def to_remove(self, people: Iterable[str], pages: Container[str]) -> tuple[str, ...]:
        """The texts that an older version of this site shows and that must not be shown any more.

        ``people`` is the ``people`` of that version, ``pages`` the paths of its files with origins.
        """
        gone = {path for path in people if path not in self.expected and not path.startswith(self.unknown)}
        return tuple(sorted(gone | {document.path for document in self.withheld if document.page in pages}))


class Rules(Record):
    """Whom one site may show: on this day, to this audience.

    ``withdrawn`` are the references of consents that were withdrawn nationally, ``copies`` the refusals
    of a member's pages that copy a withdrawn one, by path.
    """

    day: dt.date
    audience: Audience
    withdrawn: frozenset[str] = frozenset()
    copies: Mapping[str, Refusal] = {}

    def refusal(self, document: Document, meta: Meta) -> Refusal | None:
        """Why this document may not be shown because of a person in it; None when it may."""
        if document.path in self.copies:
            return self.copies[document.path]
        consent = meta.consent
        if consent is not None and normalized(consent.ref) in self.withdrawn:
            consent = replace(consent, status="withdrawn")
        if consent is not None:
            return refusal(consent, self.day, "web", self.audience)
        if document.unclear:
            return _UNCLEAR
        return _NO_CONSENT if document.redacted else None  # what nobody consented to was not kept

    def untimely(self, meta: Meta) -> Refusal | None:
        """Why this document is not shown today; None when it is."""
        if meta.draft:
            return Refusal(text("left out: it is a draft"), None, "notice")
        if meta.date is not None and meta.date > self.day:
            return Refusal(text("left out until {day}", day=meta.date), None, "notice")
        if self.expired(meta):
            return Refusal(text("left out since {day}", day=meta.expires_on), None, "notice")
        return None

    def expired(self, meta: Meta) -> bool:
        return meta.expires_on is not None and meta.expires_on <= self.day

    def may_share(self, meta: Meta) -> bool:
        """Whether its picture may be used on social media."""
        return meta.consent is None or refusal(meta.consent, self.day, "social", self.audience) is None


_UNCLEAR = Refusal(
    text("left out: the consent is not clear"),
    text("mend what is said about it; until then nobody is shown"),
    "warning",
)
_NO_CONSENT = Refusal(
    text("left out: there is no consent"),
    text("add a 'consent' group, or 'fictional: true' when this person does not exist"),
    "warning",
)


# ── one site ──


class _Exclusion(Record):
    """A document that is left out, and what is said of that (nothing where the site chose it)."""

    document: Document
    problem: Problem | None
    withheld: bool


def admit(
    documents: Collection[Document],
    rules: Rules,
    hidden: frozenset[str] = frozenset(),
    unknown: tuple[str, ...] = (),
) -> Admission:
    """Decide which documents a site shows. ``hidden`` are paths that its brand.yaml leaves out."""
    judged = {
        document.path: (document, document.meta)
        for document in documents
        if document.meta is not None and hidden.isdisjoint((document.path, document.original))
    }
    unlinked = {document.path for document in documents}.difference(judged).union(unknown)
    excluded = [found for item in judged.values() if (found := _excluded(*item, rules)) is not None]
    left_out = {found.document.path for found in excluded}
    admitted = [item for path, item in judged.items() if path not in left_out]
    orphans = _orphans({document.path: document for document, _ in admitted}, left_out | unlinked)
    left_out.update(found.document.path for found in orphans)
    shown = {document.path: meta for document, meta in admitted if document.path not in left_out}
    excluded += orphans
    return Admission(
        tuple(documents),
        {path: judged[path][0] for path in shown},
        frozenset(left_out),
        frozenset(unlinked),
        tuple(found.document for found in excluded if found.withheld),
        frozenset(path for path, meta in shown.items() if rules.may_share(meta)),
        tuple(sorted(path for path, meta in shown.items() if meta.consent is not None)),
        frozenset(shown),
        unknown,
        tuple(_problems(documents, excluded, admitted, rules.day)),
    )


def _problems(
    documents: Iterable[Document],
    excluded: Iterable[_Exclusion],
    admitted: Iterable[tuple[Document, Meta]],
    day: dt.date,
) -> Iterator[Problem]:
    for document in documents:
        yield from document.problems
    yield from (found.problem for found in excluded if found.problem is not None)
    yield from _ending_soon(admitted, day)


def _excluded(document: Document, meta: Meta, rules: Rules) -> _Exclusion | None:
    """Why this document by itself is left out."""
    about_person = rules.refusal(document, meta)
    reason = about_person or rules.untimely(meta)
    if reason is None:
        return None
    place = document.place("consent" if about_person else "")
    problem = Problem(place, reason.reason, reason.hint, reason.severity)
    return _Exclusion(document, problem, about_person is not None or rules.expired(meta))


def _ending_soon(admitted: Iterable[tuple[Document, Meta]], day: dt.date) -> Iterator[Problem]:
    for document, meta in admitted:
        if meta.consent is not None and (soon := ending(meta.consent, day)) is not None:
            yield Problem(document.place("consent.expires_on"), soon.reason, soon.hint, soon.severity)


def _orphans(shown: Mapping[str, Document], elsewhere: AbstractSet[str]) -> list[_Exclusion]:
    """Documents whose page is not shown: letters of an exchange, a weblog's posts, translations.

    ``elsewhere`` are the paths of documents that exist and are not shown.
    """
    orphans = [
        _orphan(document, shown, elsewhere)
        for document in shown.values()
        if (above := document.parent or document.original)
        and (above not in shown or _outdated(document, shown))
    ]
    if not orphans:
        return []
    gone = {orphan.document.path for orphan in orphans}
    left = {path: document for path, document in shown.items() if path not in gone}
    return [*orphans, *_orphans(left, elsewhere | gone)]


def _orphan(document: Document, shown: Mapping[str, Document], elsewhere: Container[str]) -> _Exclusion:
    above = document.parent or document.original
    if above in shown:  # an outdated translation: nobody has to mend that, as where a page is hidden
        return _Exclusion(document, None, withheld=False)
    gone = above in elsewhere
    problem = Problem(
        Place(document.name),
        text("left out: '{page}' is not shown", page=above),
        None if gone else text("make that page, or put this file in the folder of another"),
        "notice" if gone else "error",
    )
    return _Exclusion(document, problem, withheld=True)


def _outdated(document: Document, shown: Mapping[str, Document]) -> bool:
    """Whether it is a national translation of a page whose text this member rewrote."""
    page = shown.get(document.original)
    return page is not None and page.layer != document.layer == NATIONAL and page.written_in == page.name


# ── all sites of a build ──


class ConsentPolicy:
    """Whom the sites of one build may show, by what the national layer says of them."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        layer: Layer,
        day: dt.date,
        removed: Iterable[Entry] = (),
    ) -> None:
        self._documents = documents
        self._layer = layer
        self._day = day
        self._removed = tuple(removed)
        self._national: dict[Audience, Admission] = {}

    def admit(
        self,
        own: Mapping[str, Document],
        layer: Layer,
        audience: Audience,
        hidden: Iterable[str] = (),
        removed: Iterable[Entry] = (),
    ) -> Admission:
        """The admission of a site with these documents, from ``layer``, over the national ones.

        ``removed`` are the entries of the layer's weggehaald.yaml.
        """
        copies = self._copies(own, layer)
        refusals = {path: match.refusal for path, match in copies.items() if match.certain}
        rules = Rules(self._day, audience, self._withdrawn_consents, refusals)
        documents = (dict(self._documents) | dict(own)).values()
        unknown = (*self._layer.rejected, *layer.rejected)
        admission = admit(documents, rules, frozenset(hidden), unknown)
        return replace(
            admission,
            expected=admission.expected.union(self._mistaken(own, audience)),
            problems=(*admission.problems, *_possible_copies(own, copies)),
            gone=_gone_pages(
                _withdrawn_documents(admission, rules, self._withdrawn_pages | _withdrawn(own, layer)),
                still_gone((*self._removed, *removed), self._day),
            ),
        )

    def may_keep(self, audience: Audience, path: str, data: bytes) -> bool:
        """Whether a member may keep an older version of a national page, to compare its changes with."""
        if path not in self._documents or self._is_withheld(path, audience):
            return False
        return not (
            self._withdrawn_pages and self._withdrawals.mentioned_in(MarkdownFile(path, path, "", data))
        )

    def _mistaken(self, own: Mapping[str, Document], audience: Audience) -> Iterator[str]:
        """Texts with a mistake in them. A member's change of a national page counts if that page is shown."""
        for path, document in own.items():
            if document.meta is None and not (path in self._documents and self._is_withheld(path, audience)):
                yield path
        yield from (path for path, document in self._documents.items() if document.meta is None)

    def _is_withheld(self, path: str, audience: Audience) -> bool:
        """Whether this national page is shown nowhere, by what is known of it nationally."""
        if audience not in self._national:
            self._national[audience] = self.admit({}, Layer("", ()), audience)
        return any(document.path == path for document in self._national[audience].withheld)

    def _copies(self, own: Mapping[str, Document], layer: Layer) -> dict[str, Match]:
        """What a member's pages have in common with national pages whose consent was withdrawn."""
        if not (own and self._withdrawn_pages):
            return {}
        sources = layer.by_path()
        contents = self._layer.digests() | layer.digests()
        matches = (
            (path, self._withdrawals.match(document, markdown_file(sources[path]), contents))
            for path, document in own.items()
            if path not in self._withdrawn_pages
        )
        return {path: match for path, match in matches if match is not None}

    @cached_property
    def _withdrawn_consents(self) -> frozenset[str]:
        consents = (document.meta.consent for document in self._documents.values() if document.meta)
        return frozenset(normalized(c.ref) for c in consents if c is not None and c.status == "withdrawn")

    @cached_property
    def _withdrawn_pages(self) -> frozenset[str]:
        return _withdrawn(self._documents, self._layer)

    @cached_property
    def _withdrawals(self) -> Withdrawals:
        files = [markdown_file(source) for source in self._layer.sources if source.suffix == ".md"]
        return Withdrawals(self._withdrawn_pages, files, self._layer.digests())


def _withdrawn(documents: Mapping[str, Document], layer: Layer) -> frozenset[str]:
    """The paths of the documents of a layer whose consent was withdrawn."""
    sources = layer.by_path()
    return frozenset(path for path, document in documents.items() if _is_withdrawn(document, sources[path]))


def _is_withdrawn(document: Document, source: Source) -> bool:
    """Whether its consent was withdrawn, also where the rest of the front matter cannot be read."""
    if not document.redacted or document.meta is None:
        return False
    consent = document.meta.consent
    return consent.status == "withdrawn" if consent else mentions_withdrawal(source.read())


def _withdrawn_documents(
    admission: Admission, rules: Rules, withdrawn: AbstractSet[str]
) -> Iterator[Document]:
    """The documents that this site may have shown until a consent was withdrawn, with their parts.

    ``withdrawn`` are the paths of documents that say so. Left out are those that this audience was
    never meant to see: their addresses, which may contain a name, are none of its business.
    """
    if not (withdrawn or rules.withdrawn or rules.copies):
        return
    consents = {d.path: d.meta.consent for d in admission.documents if d.meta is not None}
    shared = {path for path, c in consents.items() if c is not None and normalized(c.ref) in rules.withdrawn}
    paths = {*withdrawn, *rules.copies, *shared}
    for document in _with_parts(paths, admission.documents):
        consent = consents.get(document.path)
        if consent is None or not consent.audience or rules.audience in consent.audience:
            yield document


def _with_parts(paths: AbstractSet[str], documents: Collection[Document]) -> list[Document]:
    """The documents at these paths, their letters or posts, and the translations of all of them."""
    parts = {d.path for d in documents if not paths.isdisjoint((d.parent, d.original))} - paths
    if parts:
        return _with_parts(paths | parts, documents)
    return [document for document in documents if document.path in paths]


def _gone_pages(withdrawn: Iterable[Document], removed: Iterable[GonePage]) -> tuple[GonePage, ...]:
    """Each page once, sorted by path."""
    pages = {page.path: page for page in removed}
    pages |= {document.page: GonePage(document.page, document.place("consent")) for document in withdrawn}
    return tuple(pages[path] for path in sorted(pages))


def _possible_copies(own: Mapping[str, Document], copies: Mapping[str, Match]) -> Iterator[Problem]:
    """Pages that are shown and may be about somebody who withdrew: a person has to look."""
    for path, match in copies.items():
        if not match.certain:
            document, found = own[path], match.refusal
            key = next((key for key, _ in people(document.meta)), "") if document.meta else ""
            yield Problem(document.place(f"{key}.name"), found.reason, found.hint, found.severity)


def national_refusal(document: Document, day: dt.date) -> Text | None:
    """Why no member may show this national page on this day; None when consent does not stand in the way."""
    if document.meta is None:
        return None
    if document.meta.consent is not None:
        refused = refusal(document.meta.consent, day, "web", "members")
        return refused.reason if refused is not None else None
    return _UNCLEAR.reason if document.redacted else None
