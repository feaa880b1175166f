"""Who is admitted to a site: the one place where consent, dates and layers decide what is shown.

An ``Admission`` has the documents that a site shows, and those that are left out and why. What is withdrawn
nationally comes from ``policy.py``, the rule for a single consent from ``content/consent.py``.
Everything that is unclear is a no.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from microsite.content.consent import (
    CHANNELS,
    Audience,
    Channel,
    Consent,
    Refusal,
    ending,
    normalized,
    refusal,
    refusals,
)
from microsite.content.copies import copied_from
from microsite.content.documents import Document
from microsite.content.files import Source
from microsite.content.front_matter import Meta
from microsite.content.kinds import LETTER, page_path
from microsite.content.removed import GonePage
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, Text, text
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL
from microsite.site import expired_facts
from microsite.site.people import photos
from microsite.site.people.photos import PhotoTerms


class Admission(Record):
    """Which of the ``documents`` of one site it shows. Paths are those within ``content/``.

    A link to a path in ``left_out`` is reported; one to an ``unlinked`` path (hidden, or unreadable) is
    dropped in silence. Of ``withheld`` documents nothing may stay in a cache. ``channels`` are, for each
    shown one, those that its people agreed to; ``people`` are those with a consent. ``expected`` are the
    shown ones and those that only a mistake keeps away. ``unknown`` are files and folders that the disk
    could not give ("" is all). ``set_aside`` are left out though nobody in them minds: a figure has expired,
    or they are copies.
    ``gone`` are the pages that were removed and are answered with 410, by path. ``files`` are the digests of
    images and other files of people who withdrew: nothing shows them, under any name. ``moved`` are the
    documents that show the people of an earlier page with their consent, by the digest of its path.
    ``deleted`` are the digests of pages whose text was deleted with its consent, ``taken`` those of paths of
    texts and files that were taken away with a withdrawal. ``refusals`` are all reasons against each document
    that is left out, and with ``Rules.early`` those against the ``shown`` ones too. ``photos`` are the terms
    of photos that have any, by the digest of the file.
    """

    documents: tuple[Document, ...]
    shown: Mapping[str, Document]
    left_out: frozenset[str]
    unlinked: frozenset[str]
    withheld: tuple[Document, ...]
    channels: Mapping[str, frozenset[Channel]]
    people: tuple[str, ...]
    expected: frozenset[str]
    unknown: tuple[str, ...]
    problems: tuple[Problem, ...]
    set_aside: frozenset[str] = frozenset()
    gone: tuple[GonePage, ...] = ()
    files: frozenset[str] = frozenset()
    moved: Mapping[str, tuple[str, ...]] = {}
    deleted: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    refusals: Mapping[str, tuple[Refusal, ...]] = {}
    photos: Mapping[str, PhotoTerms] = {}

    def may_use(self, photo: Source, channel: Channel) -> bool:
        """Whether the terms of a photo, if it has any, are for this channel."""
        terms = self.photos.get(photo.digest)
        return terms is None or channel in terms.channels

    @property
    def broken(self) -> tuple[Document, ...]:
        """The documents whose front matter could not be read."""
        return tuple(document for document in self.documents if document.meta is None)

    @property
    def agreed(self) -> dict[str, tuple[str, ...]]:
        """The channels of the texts in ``people``, by path."""
        return {path: tuple(sorted(self.channels[path])) for path in self.people}

    def to_remove(self, people: Mapping[str, Collection[str]], pages: Collection[str]) -> tuple[str, ...]:
        """The texts that an older version of this site shows and that must not be shown any more, or not in
        all of the channels in which it does.

        ``people`` is the ``agreed`` of that version, ``pages`` the paths of its files with origins. Of a text
        that was deleted, and is not in ``people``, it is the page.
        """
        gone = {
            path
            for path in people
            if not (path in self.expected or self._may_be_there(path) or self.moved_to(path))
        }
        gone |= {path for path, channels in people.items() if self._is_less(path, channels)}
        gone |= {document.path for document in self.withheld if document.page in pages}
        if self.deleted:
            known = {*map(page_path, gone)}.union(document.page for document in self.documents)
            others = (page for page in pages if page not in known)
            gone |= {page for page in others if digest(page.encode(errors="surrogateescape")) in self.deleted}
        return tuple(sorted(gone))

    def _is_less(self, path: str, channels: Collection[str]) -> bool:
        """Whether a text is still shown, here or elsewhere, but not in all of these channels."""
        now = [self.channels[one] for one in (path, *self.moved_to(path)) if one in self.channels]
        return bool(now) and not any(found.issuperset(channels) for found in now)

    def _may_be_there(self, path: str) -> bool:
        """Whether the disk could not give this file, or a folder that it is in."""
        return any(
            path == one or path.startswith(f"{one.rstrip('/')}/" if one else "") for one in self.unknown
        )

    def moved_to(self, path: str) -> tuple[str, ...]:
        """The documents that show who the one at ``path`` showed, with the same consent."""
        return self.moved.get(digest(page_path(path).encode()), ()) if self.moved else ()


DRAFT = text("left out: it is a draft")


class Rules(Record):
    """Whom one site may show: on this day, to this audience.

    ``withdrawn`` are the references of consents that were withdrawn nationally, ``withdrawn_here`` those
    that a member notes as withdrawn, for pages of its own: its numbers may be those of others. ``copies``
    are the refusals of a member's pages that copy a withdrawn one, by path, ``expired`` the figures that
    have expired. ``early``: what only waits is shown, as editors see it before visitors do.
    """

    day: dt.date
    audience: Audience
    withdrawn: frozenset[str] = frozenset()
    withdrawn_here: frozenset[str] = frozenset()
    copies: Mapping[str, Refusal] = {}
    expired: Mapping[str, dt.date] = {}
    early: bool = False

    def refusal(self, document: Document) -> tuple[str, Refusal] | None:
        """Why this document may not be shown because of a person in it, and the key; None when it may.

        One who may not be shown takes away the page with all the others.
        """
        about_people = self._about_people(document)
        return next((found for found in about_people if not self._passes(found[1])), None)

    def refusals(self, document: Document, meta: Meta) -> Iterator[Refusal]:
        """All reasons why this document is not shown, those of people first."""
        yield from (refused for _, refused in self._about_people(document))
        yield from self._of_time(meta)

    def _passes(self, refused: Refusal) -> bool:
        return self.early and refused.viewable

    def _about_people(self, document: Document) -> Iterator[tuple[str, Refusal]]:
        if document.path in self.copies:
            yield "consent", self.copies[document.path]
        refused = False
        withdrawn = self.withdrawn_of(document)
        for key, consent in sorted(
            document.consents, key=lambda given: not _is_withdrawn(given[1], withdrawn)
        ):
            given = replace(consent, status="withdrawn") if _is_withdrawn(consent, withdrawn) else consent
            for reason in refusals(given, self.day, "web", self.audience):
                refused = True
                yield key, reason
        if document.unclear:
            yield document.unclear, _UNCLEAR
        elif document.redacted and not (document.clashes or refused):  # nobody consented, so it was not kept
            yield document.lacking or "consent", _NO_CONSENT
        elif document.lacking and not document.redacted:  # a draft, read for its editors
            yield document.lacking, replace(_NO_CONSENT, viewable=True)

    def withdrawn_of(self, document: Document) -> frozenset[str]:
        """The references that count as withdrawn for this document."""
        return self.withdrawn if document.layer == NATIONAL else self.withdrawn | self.withdrawn_here

    def untimely(self, meta: Meta) -> Refusal | None:
        """Why this document is not shown today; None when it is."""
        return next((refused for refused in self._of_time(meta) if not self._passes(refused)), None)

    def _of_time(self, meta: Meta) -> Iterator[Refusal]:
        if meta.draft:
            yield Refusal(DRAFT, None, "notice", viewable=True)
        if meta.date is not None and meta.date > self.day:
            message = text("left out until {day}", day=meta.date)
            yield Refusal(message, None, "notice", viewable=True, until=meta.date)
        if self.is_over(meta):
            yield Refusal(text("left out since {day}", day=meta.expires_on), None, "notice", viewable=True)

    def is_over(self, meta: Meta) -> bool:
        return meta.expires_on is not None and meta.expires_on <= self.day

    def allows(self, document: Document, channel: Channel) -> bool:
        """Whether it may be shown in this channel, as far as its own consents tell."""
        return not any(refusal(c, self.day, channel, self.audience) for _, c in document.consents)


def _is_withdrawn(consent: Consent, withdrawn: Container[str]) -> bool:
    return consent.status == "withdrawn" or normalized(consent.ref) in withdrawn


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


class _Exclusion(Record):
    """A document that is left out, and what is said of that (nothing where the site chose it)."""

    document: Document
    problem: Problem | None
    withheld: bool
    set_aside: bool = False


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
    titles = {path: meta.title for path, (_, meta) in judged.items()}
    excluded = [
        found for item in judged.values() if (found := _excluded(*item, rules) or _copy(item[0], titles))
    ]
    left_out = {found.document.path for found in excluded}
    admitted = [item for path, item in judged.items() if path not in left_out]
    orphans = _orphans({document.path: document for document, _ in admitted}, left_out | unlinked)
    left_out.update(found.document.path for found in orphans)
    shown = [document.path for document, _ in admitted if document.path not in left_out]
    set_aside = frozenset(found.document.path for found in excluded if found.set_aside)
    excluded += orphans
    unreadable = (d for d in documents if d.meta is None and rules.refusal(d) is not None)
    return Admission(
        tuple(documents),
        {path: judged[path][0] for path in shown},
        frozenset(left_out),
        frozenset(unlinked),
        (*(found.document for found in excluded if found.withheld), *unreadable),
        _channels({path: judged[path][0] for path in shown}, rules),
        tuple(sorted(path for path in shown if judged[path][0].consents)),
        set_aside.union(shown),
        unknown,
        tuple(_problems(documents, excluded, admitted, rules.day)),
        set_aside,
        refusals=dict(_refusals(judged, excluded, rules)),
    )


def _refusals(
    judged: Mapping[str, tuple[Document, Meta]], excluded: Iterable[_Exclusion], rules: Rules
) -> Iterator[tuple[str, tuple[Refusal, ...]]]:
    """All reasons against each document that is left out; with ``early`` against the others too."""
    for path, item in judged.items() if rules.early else ():
        if against := tuple(rules.refusals(*item)):
            yield path, against
    for found in excluded:
        document, problem = found.document, found.problem
        against = tuple(rules.refusals(*judged[document.path]))
        if not against and problem is not None:
            against = (Refusal(problem.message, problem.hint, problem.severity),)
        yield document.path, against


def _channels(shown: Mapping[str, Document], rules: Rules) -> dict[str, frozenset[Channel]]:
    """The channels in which each of these documents may be shown."""
    allowed = {channel: _allowed(shown, rules, channel) for channel in CHANNELS}
    return {path: frozenset(name for name in CHANNELS if path in allowed[name]) for path in shown}


def _allowed(shown: Mapping[str, Document], rules: Rules, channel: Channel) -> AbstractSet[str]:
    """The documents for one channel: a part with its whole only, an exchange with all its letters."""
    if channel == "web":
        return shown.keys()
    refused = {path for path, document in shown.items() if not rules.allows(document, channel)}
    refused |= {
        document.parent for path, document in shown.items() if document.kind is LETTER and path in refused
    }
    refused |= {path for path, document in shown.items() if document.parent in refused}
    return shown.keys() - refused


def _problems(
    documents: Iterable[Document],
    excluded: Iterable[_Exclusion],
    admitted: Iterable[tuple[Document, Meta]],
    day: dt.date,
) -> Iterator[Problem]:
    for document in documents:
        yield from document.problems
    yield from (found.problem for found in excluded if found.problem is not None)
    shown = [document for document, _ in admitted]
    yield from _ending_soon(shown, day)
    yield from photos.ending_soon(shown, day)


def _excluded(document: Document, meta: Meta, rules: Rules) -> _Exclusion | None:
    """Why this document by itself is left out."""
    about_person = rules.refusal(document)
    key, reason = about_person or ("", rules.untimely(meta))
    if reason is None:
        expired = expired_facts.refusal(document, meta, rules.expired)
        return _Exclusion(document, expired, withheld=False, set_aside=True) if expired else None
    place = document.place(key)
    waits = meta.draft and document.path not in rules.copies  # nobody has to hurry: it is not ready anyway
    problem = Problem(place, reason.reason, reason.hint, "notice" if waits else reason.severity)
    return _Exclusion(document, problem, about_person is not None or rules.is_over(meta))


def _copy(document: Document, titles: Mapping[str, str]) -> _Exclusion | None:
    """Why a document is left out that a cloud drive or a browser made."""
    original = copied_from(document.path, titles)
    if not original:
        return None
    message = text("left out: this seems to be a copy of '{page}'", page=original)
    hint = text("keep one of the two files; if this is another page, give it a name and a title of its own")
    problem = Problem(document.place("title"), message, hint, "warning")
    return _Exclusion(document, problem, withheld=False, set_aside=True)


def _ending_soon(admitted: Iterable[Document], day: dt.date) -> Iterator[Problem]:
    for document in admitted:
        for key, consent in document.consents:
            if (soon := ending(consent, day)) is not None:
                place = document.place(f"{key}.expires_on")
                yield Problem(place, soon.reason, soon.hint, soon.severity)


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
        "notice" if gone else "warning",
    )
    return _Exclusion(document, problem, withheld=True)


def _outdated(document: Document, shown: Mapping[str, Document]) -> bool:
    """Whether it is a national translation of a page whose text this member rewrote."""
    page = shown.get(document.original)
    return page is not None and page.layer != document.layer == NATIONAL and page.written_in == page.name


def national_refusal(document: Document, day: dt.date) -> Text | None:
    """Why no member may show this national page on this day; None when consent does not stand in the way."""
    refusals = (refusal(consent, day, "web", "members") for _, consent in document.consents)
    if (refused := next(filter(None, refusals), None)) is not None:
        return refused.reason
    return _UNCLEAR.reason if document.redacted else None
