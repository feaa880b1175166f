"""The editors' desk: every text with how it stands and what asks for attention, and what comes up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from microsite.content.consent import SOON
from microsite.content.documents import Document
from microsite.content.front_matter import Exchange
from microsite.content.hints.finding import Hint
from microsite.content.hints.readability import ReadingEase
from microsite.content.kinds import CAMPAIGN, LISTING
from microsite.core.problems import Problem, Text, text
from microsite.core.records import Record
from microsite.preview.standing import Standing
from microsite.rendering.views import Figure, Slot
from microsite.site.exchanges import answer_due, letters_of
from microsite.site.library import Library
from microsite.site.page import Page

AHEAD = 90
"""Days that the desk looks ahead."""

OLD = 3
"""Years after which a figure is named as old."""


class Row(Record):
    """A text on the desk. ``page`` is the path of its page, ``name`` that of its file.

    ``title`` is "" of who is not shown. ``ends`` is the day on which the first of its consents ends.
    """

    document: Document
    page: str
    name: str
    title: str
    kind: Text
    standing: Standing
    layer: Text
    words: int
    ends: dt.date | None
    days: int | None
    problems: tuple[Problem, ...]
    hints: tuple[Hint, ...]
    ease: ReadingEase | None
    remarks: tuple[Text, ...]

    @property
    def attention(self) -> int:
        """How much asks for attention."""
        return sum(p.severity != "notice" for p in self.problems) + len(self.remarks) + bool(self.soon)

    @property
    def soon(self) -> bool:
        """Whether a consent ends within the days in which that is reported."""
        return self.days is not None and 0 <= self.days <= max(days for days, _ in SOON)


class Event(Record):
    """Something that happens on a day, or should have: ``late``."""

    day: dt.date
    what: Text
    title: str
    page: str
    late: bool = False


class Desk(Record):
    """What there is to tell. ``library`` is that of all that waits too, ``public`` the published one.

    ``slots`` are the names of what the brand has no value for.
    """

    library: Library
    public: Library
    standings: Mapping[str, Standing]
    problems: Sequence[Problem]
    hints: Mapping[str, tuple[Hint, ...]]
    ease: Mapping[str, ReadingEase]
    slots: frozenset[str]
    day: dt.date

    def rows(self) -> tuple[Row, ...]:
        pages = {page.document.path: page for page in (*self.library.pages, *self.library.translations)}
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(problem.place.path, []).append(problem)
        late = {event.page: event for event in self._answers() if event.late}
        return tuple(
            self._row(document, pages.get(document.path), found, late.get(document.page))
            for document in self.library.admission.documents
        )

    def _row(
        self,
        document: Document,
        page: Page | None,
        found: Mapping[str, Sequence[Problem]],
        late: Event | None,
    ) -> Row:
        stands = self.standings[document.path]
        ends = min((c.expires_on for _, c in document.consents), default=None)
        ends = ends if stands.name not in ("withdrawn", "broken") else None
        told = [problem for name in document.names for problem in found.get(name, ())]
        if len(document.names) > 1:  # the national text is told of in its own row of the campaign's desk
            told = [problem for problem in told if problem.place.path == document.name]
        remarks = (*self._remarks(page), *((_WAS_DUE.format(day=late.day),) if late is not None else ()))
        meta = document.meta
        return Row(
            document,
            document.page,
            document.name,
            meta.title if meta is not None else "",
            _kind(document),
            stands,
            _layer(document),
            document.prose.word_count,
            ends,
            (ends - self.day).days if ends is not None else None,
            tuple(told),
            self.hints.get(document.path, ()),
            self.ease.get(document.path),
            remarks,
        )

    def _remarks(self, page: Page | None) -> Iterator[Text]:
        """What is missing or ages on a page, and is no problem yet."""
        if page is None:
            return
        figures = [part for part in page.body.resolved if isinstance(part, Figure)]
        figures += [page.figure] if page.figure is not None else []
        if lacking := sum(not (figure.credit or figure.decorative) for figure in figures):
            yield (_ONE_UNCREDITED if lacking == 1 else _UNCREDITED).format(count=lacking)
        if bare := sum(not (figure.alt or figure.decorative) for figure in figures):
            yield (_ONE_BARE if bare == 1 else _BARE).format(count=bare)
        for use in page.uses:
            end = use.fact.valid_until
            if end is not None and (end - self.day).days <= AHEAD:
                yield _FACT_ENDS.format(id=use.id, day=end)
            elif end is None and use.fact.as_of.year + OLD < self.day.year:
                yield _FACT_OLD.format(id=use.id, year=use.fact.as_of.year)
        named = {part.name for part in page.body.resolved if isinstance(part, Slot)}
        if open_slots := sorted(named & self.slots):
            yield _SLOTS.format(names=", ".join(open_slots))

    def events(self) -> tuple[Event, ...]:
        """What happens in the coming days, and what is late, in order."""
        until = self.day + dt.timedelta(days=AHEAD)
        found = (*self._of_documents(), *self._facts(), *self._answers())
        near = (event for event in found if event.late or self.day <= event.day <= until)
        return tuple(sorted(near, key=lambda event: (event.day, event.page, event.what.sentence)))

    def _of_documents(self) -> Iterator[Event]:
        for document in self.library.admission.shown.values():
            meta, stands = document.meta, self.standings[document.path]
            if meta is None or stands.name in ("over", "refused"):
                continue
            if stands.since is not None:
                yield Event(stands.since, _PUBLISHED, meta.title, document.page)
            if meta.expires_on is not None:
                yield Event(meta.expires_on, _EXPIRES, meta.title, document.page)
            for ref, day in sorted({(c.ref, c.expires_on) for _, c in document.consents}):
                yield Event(day, _CONSENT_ENDS.format(ref=ref), meta.title, document.page)

    def _facts(self) -> Iterator[Event]:
        for row in self.library.facts:
            if (end := row.fact.valid_until) is not None:
                page = row.pages[0].path if row.pages else ""
                yield Event(end, _VALID_UNTIL.format(id=row.id), row.fact.label, page)

    def _answers(self) -> Iterator[Event]:
        """The answers to letters, by the exchange as visitors see it."""
        for page in self.public.pages:
            if isinstance(page.meta, Exchange):
                letters = letters_of(page, self.public.pages, self.day)
                due = answer_due(letters, page.meta)
                if due is not None:
                    what = _LATE if due < self.day else _ANSWER
                    yield Event(due, what, page.meta.title, page.path, due < self.day)


_ONE_UNCREDITED, _UNCREDITED = text("1 picture without a credit"), text("{count} pictures without a credit")
_ONE_BARE, _BARE = text("1 picture without a description"), text("{count} pictures without a description")
_FACT_ENDS = text("figure '{id}' holds until {day}")
_FACT_OLD = text("figure '{id}' is of {year}")
_SLOTS = text("still open in brand.yaml: {names}")
_PUBLISHED, _EXPIRES = text("becomes public"), text("goes off the site")
_CONSENT_ENDS = text("consent {ref} ends")
_VALID_UNTIL = text("figure '{id}' holds no longer")
_ANSWER, _LATE = text("the answer is due"), text("the answer is late")
_WAS_DUE = text("the answer was due on {day}")


def _kind(document: Document) -> Text:
    if document.kind is CAMPAIGN:
        return _FIRST
    return _LIST if document.kind is LISTING else document.kind.label


def _layer(document: Document) -> Text:
    if document.local:
        return _OWN
    return _CHANGED if len(document.names) > 1 else _NATIONAL


_FIRST, _LIST = text("Home page"), text("Overview")
_OWN, _CHANGED, _NATIONAL = text("your own"), text("national, changed by you"), text("national")
