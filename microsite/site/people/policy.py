"""Consent across layers: what is withdrawn nationally is shown on no site, and neither are copies of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import get_args

from microsite.content.consent import Audience, Consent, normalized
from microsite.content.consent_list import PublishedConsents, as_originals, published_pictures
from microsite.content.documents import Document
from microsite.content.files import Layer, Source
from microsite.content.front_matter import people
from microsite.content.overrides import MarkdownFile, markdown_file
from microsite.content.recalls import Recall
from microsite.content.removed import GonePage, RemovedEntry, still_gone
from microsite.core.problems import Place, Problem, text
from microsite.core.records import replace
from microsite.site.expired_facts import Expired
from microsite.site.moved import earlier_pages
from microsite.site.people.admission import Admission, Rules, admit
from microsite.site.people.mentions import Mentions, Name, names, shown_names
from microsite.site.people.missing import MissingConsents
from microsite.site.people.near_references import near_references
from microsite.site.people.own_words import borrowed_words
from microsite.site.people.photos import PhotoTerms, terms_of
from microsite.site.people.published import references
from microsite.site.people.recalled import Recalled
from microsite.site.people.repeated_sentences import repeated_sentences
from microsite.site.people.withdrawals import Match, Withdrawals, files_of, strongest
from microsite.site.site_files import NO_LOOKS, site_files


class ConsentPolicy:
    """Whom the sites of one build may show, by what the national layer says of them."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        layer: Layer,
        day: dt.date,
        removed: Iterable[RemovedEntry] = (),
        published: PublishedConsents | None = None,
        recalls: Iterable[Recall] = (),
        early: bool = False,
    ) -> None:
        self._recalled = Recalled(recalls, documents.values())
        self._documents = _as_withdrawn(documents, self._recalled.references)
        self._layer = layer
        self._day = day
        self._early = early
        self._removed = tuple(removed)
        self._published = published or {}
        self._gone = MissingConsents(self._published, self._documents, layer, self._removed)
        self._national: dict[Audience, Admission] = {}

    def admit(
        self,
        own: Mapping[str, Document],
        layer: Layer,
        audience: Audience,
        hidden: Iterable[str] = (),
        removed: Iterable[RemovedEntry] = (),
        ended: Expired | None = None,
    ) -> Admission:
        """The admission of a site with these documents, from ``layer``, over the national ones.

        ``removed`` are the entries of the layer's weggehaald.yaml, ``ended`` the figures that have expired.
        """
        clashing = _clashing(own)
        own = {path: document for path, document in own.items() if path not in clashing}
        copies = self._copies(own, layer)
        refusals = {path: match.refusal for path, match in copies.items() if match.certain}
        withdrawn = self._withdrawn_consents | _withdrawn_consents(_of_national(own, self._documents))
        here = _withdrawn_consents(own)
        rules = Rules(self._day, audience, withdrawn, here, refusals, ended or {}, self._early)
        documents = (dict(self._documents) | dict(own)).values()
        unknown = (*self._layer.rejected, *layer.rejected)
        admission = admit(documents, rules, frozenset(hidden), unknown)
        return replace(
            admission,
            expected=admission.expected.union(self._mistaken(own, layer, rules)) - _refused(clashing, rules),
            problems=(
                *admission.problems,
                *_possible_copies(own, copies),
                *_clash_problems(clashing),
                *self._gone.copies(admission.shown.values(), layer),
                *borrowed_words(own.values(), self._documents),
            ),
            moved=earlier_pages(admission, self._published, self._layer),
            deleted=self._gone.pages,
            photos=terms_of(own.values(), self._files(layer), self._day, self._photos),
            taken=self._recalled.paths,
            files=self._withdrawn_files
            | self._recalled.pictures
            | published_pictures(self._published, withdrawn)
            | _files_of(_withdrawn(own), layer)
            | _files_of(_withdrawn(_of_national(own, self._documents)), self._layer),
            gone=_gone_pages(
                _withdrawn_documents(admission, rules, self._withdrawn_pages | _withdrawn(own)),
                (*self._removed, *removed),
                self._day,
                audience,
            ),
        )

    def is_withdrawn(self, document: Document, own: Mapping[str, Document], layer: Layer) -> bool:
        """Whether somebody in this document withdrew, as far as is known anywhere, or it copies such a page.

        ``own`` are the documents of its site's member, from ``layer``.
        """
        copies = self._copies({document.path: document}, layer) if document.path in own else {}
        withdrawn = self._withdrawn_consents | _withdrawn_consents(own)
        return any(match.certain for match in copies.values()) or any(
            consent.status == "withdrawn" or normalized(consent.ref) in withdrawn
            for _, consent in document.consents
        )

    def may_keep(self, audience: Audience, path: str, data: bytes) -> bool:
        """Whether a member may keep an older version of a national page, to compare its changes with."""
        if path not in self._documents or self._is_withheld(path, audience):
            return False
        return not (
            self._withdrawn_pages and self._withdrawals.mentioned_in(MarkdownFile(path, path, "", data))
        )

    # ── names of people who withdrew ──

    def mentions(
        self, own: Mapping[str, Document], layer: Layer, settings: Iterable[Source], shown: Admission
    ) -> tuple[Problem, ...]:
        """Where this site names people who may not be shown any more, for somebody to look at.

        ``own`` are the member's documents, from ``layer``; ``settings`` are other files with its words.
        """
        try:
            return (*self._national_mentions, *self._own_mentions(own, layer, settings, shown))
        except Exception as error:  # noqa: BLE001 -- nothing in this may keep somebody on a site
            reason = text(
                "the names of people who withdrew could not be looked for: {reason}",
                reason=type(error).__name__,
            )
            return (Problem(Place(layer.name), reason, None, "warning"),)

    def _own_mentions(
        self, own: Mapping[str, Document], layer: Layer, settings: Iterable[Source], shown: Admission
    ) -> Iterator[Problem]:
        files = [s for s in (*layer.sources, *settings) if s.digest not in shown.files]
        if self.compares:
            yield from repeated_sentences(files, (), self._withdrawals, self._recalled, national=False)
        theirs = tuple(names(own.values(), layer.by_path(), self._day, self._withdrawn_consents))
        if not (self._names or theirs):
            return
        pages = {path: shown.shown[path] for path in own if path in shown.shown}
        known = shown_names([*pages.values(), *(self._shown_nationally if theirs else {}).values()])
        wanted = [name for name in (*self._names, *theirs) if not name.is_shown(known)]
        yield from Mentions(files, pages).of(wanted)

    @cached_property
    def _all_names(self) -> tuple[Name, ...]:
        documents = self._documents.values()
        return tuple(names(documents, self._layer.by_path(), self._day, self._withdrawn_consents))

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        """Without those that somebody has who is shown."""
        known = shown_names(self._shown_nationally.values()) if self._all_names else frozenset()
        return tuple(name for name in self._all_names if not name.is_shown(known))

    @cached_property
    def _national_mentions(self) -> tuple[Problem, ...]:
        """Where the national layer names them."""
        sources = [s for s in self._layer.sources if s.digest not in self._withdrawn_files]
        pages = self._shown_nationally if self._names or self.compares else {}
        named = Mentions(sources, pages).of(self._names) if self._names else ()
        if not self.compares:
            return tuple(named)
        return (
            *named,
            *repeated_sentences(sources, pages, self._withdrawals, self._recalled, national=True),
            *near_references(pages.values(), self._all_names, self._withdrawn_consents),
        )

    @cached_property
    def _shown_nationally(self) -> Mapping[str, Document]:
        """The national pages that are shown, on the national site or on those of members."""
        admissions = map(self._nationally, get_args(Audience))
        return {path: document for admission in admissions for path, document in admission.shown.items()}

    # ── consents whose texts are gone ──

    @property
    def missing(self) -> tuple[str, ...]:
        """The consents that were published and are in no national text, while nobody noted why."""
        return self._gone.unexplained

    def to_begin(self) -> PublishedConsents | None:
        """The list of published consents with all that sites may show; None when it has these already."""
        audiences = get_args(Audience)
        known = self._shown(audiences).keys() <= self._published.keys()
        return None if known else self.to_publish(audiences)

    def to_publish(self, audiences: Iterable[Audience]) -> PublishedConsents:
        """The list of published consents after sites for these audiences were published."""
        return self._gone.updated(self._shown(audiences), self._withdrawn_consents)

    def _shown(self, audiences: Iterable[Audience]) -> dict[str, dict[str, Document]]:
        """The national texts that sites for these audiences show, by consent and path."""
        shown: dict[str, dict[str, Document]] = {}
        for audience in audiences:
            for path, document in self._nationally(audience).shown.items():
                for ref in references(document):
                    shown.setdefault(ref, {})[path] = document
        return shown

    def _mistaken(self, own: Mapping[str, Document], layer: Layer, rules: Rules) -> Iterator[str]:
        """Texts that only a mistake keeps away: not one without a word, or whose consent says no.

        A member's change of a national page counts if that page is shown.
        """
        for documents, sources in ((own, layer), (self._documents, self._layer)):
            wrong = {path: document for path, document in documents.items() if document.meta is None}
            written = sources.by_path() if wrong else {}
            for path, document in wrong.items():
                national = documents is own and path in self._documents
                if national and self._is_withheld(path, rules.audience):
                    continue
                if rules.refusal(document) is None and not _is_empty(written[path]):
                    yield path

    def _is_withheld(self, path: str, audience: Audience) -> bool:
        """Whether this national page is shown nowhere, by what is known of it nationally."""
        return any(document.path == path for document in self._nationally(audience).withheld)

    def _nationally(self, audience: Audience) -> Admission:
        """The admission of a site without pages of its own."""
        if audience not in self._national:
            self._national[audience] = self.admit({}, Layer("", ()), audience)
        return self._national[audience]

    def _copies(self, own: Mapping[str, Document], layer: Layer) -> dict[str, Match]:
        """What a member's pages have in common with national pages whose consent was withdrawn."""
        if not (own and self.compares):
            return {}
        sources = layer.by_path()
        contents = as_originals(self._layer.digests() | layer.digests(), self._published)
        found: dict[str, Match] = {}
        for path in (path for path in own if path not in self._withdrawn_pages):
            given = own[path], markdown_file(sources[path]), contents
            matches = (known.match(*given) for known in (self._recalled, self._withdrawals))
            if (match := strongest(matches)) is not None:
                found[path] = match
        return found

    @property
    def compares(self) -> bool:
        """Whether there is anything to compare pages with."""
        return bool(self._withdrawn_pages or self._recalled)

    def _files(self, layer: Layer) -> Callable[[str, Place], Source | None]:
        """The file at a path, for the text at a place in one of both layers."""
        return site_files(self._layer, NO_LOOKS, layer, NO_LOOKS).source

    @cached_property
    def _photos(self) -> Mapping[str, PhotoTerms]:
        return terms_of(self._documents.values(), self._files(Layer("", ())), self._day)

    @cached_property
    def _withdrawn_consents(self) -> frozenset[str]:
        return _withdrawn_consents(self._documents) | self._recalled.references

    @cached_property
    def _withdrawn_pages(self) -> frozenset[str]:
        return _withdrawn(self._documents)

    @cached_property
    def _withdrawn_files(self) -> frozenset[str]:
        return _files_of(self._withdrawn_pages, self._layer)

    @cached_property
    def _withdrawals(self) -> Withdrawals:
        files = [markdown_file(source) for source in self._layer.sources if source.suffix == ".md"]
        return Withdrawals(self._withdrawn_pages, files, self._layer.digests(), self._recalled.references)


def _as_withdrawn(documents: Mapping[str, Document], recalled: AbstractSet[str]) -> Mapping[str, Document]:
    """The documents, with those consents withdrawn that ingetrokken.yaml names: their file may not say so."""
    stale = [d for d in documents.values() if not recalled.isdisjoint(references(d))] if recalled else ()
    marked = (replace(document, consents=_consents_as_withdrawn(document, recalled)) for document in stale)
    return {**documents, **{document.path: document for document in marked}} if stale else documents


def _consents_as_withdrawn(document: Document, recalled: AbstractSet[str]) -> tuple[tuple[str, Consent], ...]:
    return tuple(
        (key, replace(consent, status="withdrawn") if normalized(consent.ref) in recalled else consent)
        for key, consent in document.consents
    )


def _withdrawn_consents(documents: Mapping[str, Document]) -> frozenset[str]:
    """The normalized references of the consents that these documents note as withdrawn."""
    consents = (consent for document in documents.values() for _, consent in document.consents)
    return frozenset(normalized(c.ref) for c in consents if c.status == "withdrawn") - {""}


def _of_national(own: Mapping[str, Document], national: Container[str]) -> dict[str, Document]:
    """Which of a member's documents are changes of national pages."""
    return {path: document for path, document in own.items() if path in national}


def _is_empty(source: Source) -> bool:
    """Whether nothing is left of a text: nobody can have meant to show it."""
    return source.size < _BLANK and not source.read().decode("utf-8", "replace").strip("\ufeff \t\r\n")


_BLANK = 100
"""Bytes from which a text is not read for that."""


def _clashing(own: Mapping[str, Document]) -> dict[str, Document]:
    """The pages of a member that have the name of a national one, with their parts and translations."""
    paths = {path for path, document in own.items() if document.clashes}
    return {document.path: document for document in _with_parts(paths, own.values())} if paths else {}


def _refused(clashing: Mapping[str, Document], rules: Rules) -> frozenset[str]:
    """The pages whose person may not be shown, and whom an older site may show where the national page is."""
    return frozenset(path for path, d in clashing.items() if d.consents and rules.refusal(d) is not None)


def _clash_problems(clashing: Mapping[str, Document]) -> Iterator[Problem]:
    for document in clashing.values():
        if document.clashes:
            yield from document.problems
        else:
            message = text("left out: '{page}' is not shown", page=document.parent or document.original)
            yield Problem(document.place(), message, None, "notice")


def _withdrawn(documents: Mapping[str, Document]) -> frozenset[str]:
    """The paths of the documents of which a consent was withdrawn."""
    return frozenset(
        path for path, d in documents.items() if any(c.status == "withdrawn" for _, c in d.consents)
    )


def _files_of(pages: AbstractSet[str], layer: Layer) -> frozenset[str]:
    """The digests of the files in this layer that belong to these pages."""
    sources = layer.by_path() if pages else {}
    found = (files_of(markdown_file(sources[page]), sources) for page in pages)
    return frozenset(sources[path].digest for paths in found for path in paths)


def _withdrawn_documents(
    admission: Admission, rules: Rules, withdrawn: AbstractSet[str]
) -> Iterator[Document]:
    """The documents that this site may have shown until a consent was withdrawn, with their parts.

    ``withdrawn`` are the paths of documents that say so. Left out are those that this audience was
    never meant to see: their addresses, which may contain a name, are none of its business.
    """
    if not (withdrawn or rules.withdrawn or rules.withdrawn_here or rules.copies):
        return
    shared = {d.path for d in admission.documents if not rules.withdrawn_of(d).isdisjoint(references(d))}
    paths = {*withdrawn, *rules.copies, *shared}
    for document in _with_parts(paths, admission.documents):
        audiences = (consent.audience for _, consent in document.consents if consent.audience)
        if all(rules.audience in audience for audience in audiences):
            yield document


def _with_parts(paths: AbstractSet[str], documents: Collection[Document]) -> list[Document]:
    """The documents at these paths, their letters or posts, and the translations of all of them."""
    parts = {d.path for d in documents if not paths.isdisjoint((d.parent, d.original))} - paths
    if parts:
        return _with_parts(paths | parts, documents)
    return [document for document in documents if document.path in paths]


def _gone_pages(
    withdrawn: Iterable[Document], removed: Collection[RemovedEntry], day: dt.date, audience: Audience
) -> tuple[GonePage, ...]:
    """Each page once, sorted by path. One that is in weggehaald.yaml is listed as long as that says."""
    pages = {page.path: page for page in still_gone(removed, day, audience)}
    noted = {entry.page.path for entry in removed}
    for document in withdrawn:
        for path in (document.page, *(path for _, path in document.aliases)):
            if path not in noted:
                pages[path] = GonePage(path, document.place("consent"))
    return tuple(pages[path] for path in sorted(pages))


def _possible_copies(own: Mapping[str, Document], copies: Mapping[str, Match]) -> Iterator[Problem]:
    """Pages that are shown and may be about somebody who withdrew: a person has to look."""
    for path, match in copies.items():
        if not match.certain:
            document, found = own[path], match.refusal
            key = next((key for key, _ in people(document.meta)), "") if document.meta else ""
            yield Problem(document.place(f"{key}.name"), found.reason, found.hint, found.severity)
