"""Consent across layers: what is withdrawn nationally is shown on no site, and neither are copies of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from microsite.content.consent import Audience, normalized
from microsite.content.documents import Document
from microsite.content.files import Layer
from microsite.content.front_matter import people
from microsite.content.overrides import MarkdownFile, markdown_file
from microsite.content.removed import Entry, GonePage, still_gone
from microsite.core.problems import Problem, text
from microsite.core.records import replace
from microsite.core.settings import NATIONAL_BRAND
from microsite.site.admission import Admission, Rules, admit
from microsite.site.withdrawals import Match, Withdrawals


def audience_of(brand: str) -> Audience:
    """The audience that a brand's site is, in the words of a consent."""
    return "national" if brand == NATIONAL_BRAND else "members"


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
        clashing = _clashing(own)
        own = {path: document for path, document in own.items() if path not in clashing}
        copies = self._copies(own, layer)
        refusals = {path: match.refusal for path, match in copies.items() if match.certain}
        rules = Rules(self._day, audience, self._withdrawn_consents, refusals)
        documents = (dict(self._documents) | dict(own)).values()
        unknown = (*self._layer.rejected, *layer.rejected)
        admission = admit(documents, rules, frozenset(hidden), unknown)
        return replace(
            admission,
            expected=admission.expected.union(self._mistaken(own, audience)) - _refused(clashing, rules),
            problems=(*admission.problems, *_possible_copies(own, copies), *_clash_problems(clashing)),
            gone=_gone_pages(
                _withdrawn_documents(admission, rules, self._withdrawn_pages | _withdrawn(own)),
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
        return _withdrawn(self._documents)

    @cached_property
    def _withdrawals(self) -> Withdrawals:
        files = [markdown_file(source) for source in self._layer.sources if source.suffix == ".md"]
        return Withdrawals(self._withdrawn_pages, files, self._layer.digests())


def _clashing(own: Mapping[str, Document]) -> dict[str, Document]:
    """The pages of a member that have the name of a national one, with their parts and translations."""
    paths = {path for path, document in own.items() if document.clashes}
    return {document.path: document for document in _with_parts(paths, own.values())} if paths else {}


def _refused(clashing: Mapping[str, Document], rules: Rules) -> frozenset[str]:
    """The pages whose person may not be shown, and whom an older site may show where the national page is."""
    metas = {path: (d, d.meta) for path, d in clashing.items() if d.meta is not None and d.meta.consent}
    return frozenset(path for path, (d, meta) in metas.items() if rules.refusal(d, meta) is not None)


def _clash_problems(clashing: Mapping[str, Document]) -> Iterator[Problem]:
    for document in clashing.values():
        if document.clashes:
            yield from document.problems
        else:
            message = text("left out: '{page}' is not shown", page=document.parent or document.original)
            yield Problem(document.place(), message, None, "notice")


def _withdrawn(documents: Mapping[str, Document]) -> frozenset[str]:
    """The paths of the documents whose consent was withdrawn."""
    consents = {path: d.meta.consent for path, d in documents.items() if d.meta is not None}
    return frozenset(path for path, c in consents.items() if c is not None and c.status == "withdrawn")


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
