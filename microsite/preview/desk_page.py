"""The page of the editors' desk."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping

from microsite.brand.brand import Brand
from microsite.content.documents import Document
from microsite.content.hints.article import LANGUAGE
from microsite.content.hints.finding import Hint
from microsite.content.hints.guide_file import WritingGuide, read_guide
from microsite.content.hints.readability import ReadingEase, reading_ease
from microsite.content.hints.rules import hints
from microsite.content.overrides import MarkdownFile
from microsite.content.yaml import split_front_matter
from microsite.core.problems import InvalidFile, Text, text, unique
from microsite.core.records import Record
from microsite.core.settings import WRITING_GUIDE
from microsite.pipeline import PlannedSite
from microsite.preview.choice import choice_of
from microsite.preview.desk import AHEAD, Desk
from microsite.preview.early import EarlySite
from microsite.preview.pages import Pages
from microsite.preview.standing import LABELS
from microsite.preview.state import State
from microsite.preview.wanted import links

ENOUGH = 500
"""Rows on one page: more take a browser long, and nobody reads them."""


PATIENCE = 1.0
"""Seconds that texts are read for one page; the others follow, as pages of the site wait meanwhile."""


class Column(Record):
    name: str
    label: Text


COLUMNS = (
    Column("title", text("Text")),
    Column("kind", text("Kind")),
    Column("status", text("Status")),
    Column("layer", text("Whose")),
    Column("consent", text("Consent")),
    Column("words", text("Words")),
    Column("ease", text("Reading level")),
    Column("attention", text("Attention")),
)


class Reading(Record):
    """What was read in a text: how easy it is, and the hints about it."""

    file: MarkdownFile
    guide: WritingGuide
    ease: ReadingEase | None
    hints: tuple[Hint, ...]


class DeskPage:
    """Renders the desk. What was read in a text is kept as long as that does not change."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._readings: dict[str, Reading] = {}
        self._unread = 0
        self._guide = "", WritingGuide()

    def render(self, early: EarlySite, public: PlannedSite, state: State, query: Mapping[str, str]) -> bytes:
        """The page for the site as it is to be, and as it is."""
        choice = choice_of(query)
        desk = self._desk(early, public, state)
        rows = desk.rows()
        chosen = choice.apply(rows)
        counts = Counter(row.standing.name for row in rows)
        kinds = {row.document.kind.name: row.document.kind.label for row in rows}
        link = self._pages.files.link
        return self._pages.own(
            "desk.html",
            state.name,
            state=state,
            ahead=AHEAD,
            columns=COLUMNS,
            choice=choice,
            rows=[(row, link(row.document.place()), links(row.document)) for row in chosen[:ENOUGH]],
            shown=len(chosen),
            enough=ENOUGH,
            total=len(rows),
            statuses=[(name, label, counts[name]) for name, label in LABELS.items() if counts[name]],
            kinds=kinds,
            attention=sum(bool(row.attention) for row in rows),
            events=desk.events(),
            unread=self._unread,
        )

    def _desk(self, early: EarlySite, public: PlannedSite, state: State) -> Desk:
        library = early.plan.library
        documents = library.admission.documents
        self._read(early)
        return Desk(
            library,
            public.library,
            {document.path: early.standing(document) for document in documents},
            unique((*state.problems, *early.plan.problems)),
            {path: reading.hints for path, reading in self._readings.items()},
            {path: reading.ease for path, reading in self._readings.items() if reading.ease is not None},
            _open_slots(early.plan),
            state.day,
        )

    def hints(self, early: EarlySite, document: Document) -> tuple[Hint, ...]:
        """Advice on how the text of a page that editors see is written."""
        file = early.file(document) if not document.redacted else None
        if file is None or early.language != LANGUAGE:
            return ()
        guide = self._guide_of(early)
        known = self._readings.get(document.path)
        if known is None or (known.file, known.guide) != (file, guide):
            known = self._readings[document.path] = _reading(file, guide)
        return known.hints

    def _guide_of(self, early: EarlySite) -> WritingGuide:
        """The campaign's words, read again when they change."""
        source = early.sources.get(WRITING_GUIDE)
        digest = source.digest if source is not None else ""
        if self._guide[0] != digest:
            self._guide = digest, read_guide(source)[0]
        return self._guide[1]

    def _read(self, early: EarlySite) -> None:
        """Read the texts that editors are shown, as far as they are not known; the others are forgotten."""
        guide = self._guide_of(early)
        dutch = early.language == LANGUAGE
        shown = [document for document in early.plan.admission.shown.values() if not document.redacted]
        files = {document.path: file for document in shown if dutch and (file := early.file(document))}
        before, self._readings = self._readings, {}
        began = time.monotonic()
        for path, file in files.items():
            known = before.get(path)
            if known is not None and (known.file, known.guide) == (file, guide):
                self._readings[path] = known
            elif time.monotonic() - began < PATIENCE:
                self._readings[path] = _reading(file, guide)
        self._unread = len(files) - len(self._readings)


def _reading(file: MarkdownFile, guide: WritingGuide) -> Reading:
    return Reading(file, guide, _ease(file.data), hints(file, guide))


def _open_slots(plan: PlannedSite) -> frozenset[str]:
    """The names of the values that texts ask of a brand and that it does not have."""
    given = (dict(item.given).get("brand") for item in plan.artifacts)
    brand = next((value for value in given if isinstance(value, Brand)), None)
    return frozenset(name for name, value in brand.slots if not value) if brand else frozenset()


def _ease(data: bytes) -> ReadingEase | None:
    try:
        _, body, _ = split_front_matter(data.decode("utf-8-sig", "replace"), "")
    except InvalidFile:
        return None
    return reading_ease(body)
