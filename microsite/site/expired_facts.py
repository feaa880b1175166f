"""Figures that have expired: which pages they take along, and what remains of the others.

A page that quotes one is left out, and so is evidence whose first figure it is, since its claim rests on
that. Lists and charts go on without it; the home page also without the part of its text that quotes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from microsite.content.consent import SOON
from microsite.content.documents import Document
from microsite.content.fact_messages import CUT, ENDING, LEFT_OUT, NOT_SHOWN
from microsite.content.facts import Fact
from microsite.content.front_matter import Evidence, Meta
from microsite.content.kinds import CAMPAIGN
from microsite.content.markdown.rendered import FactMark, without_blocks
from microsite.core.problems import Place, Problem, Text, text
from microsite.core.records import replace
from microsite.rendering.views import FactRow

Expired = Mapping[str, dt.date]
"""The last day on which each expired figure was valid, by id."""

_ANEW = text("look up the new figure and note it in the register, or take it out of the text")


def expired(facts: Mapping[str, Fact], day: dt.date) -> Expired:
    return {id: end for id, fact in facts.items() if (end := fact.valid_until) is not None and end < day}


def not_shown(id: str, end: dt.date, place: Place, message: Text = NOT_SHOWN) -> Problem:
    return Problem(place, message.format(id=id, day=end), _ANEW, "warning")


def refusal(document: Document, meta: Meta, ended: Expired) -> Problem | None:
    """Why a document is left out because of a figure; None when it is not."""
    if not ended or document.kind is CAMPAIGN:
        return None
    quotes = [(mark.id, place) for _, mark, place in _quotes(document, ended)]
    if isinstance(meta, Evidence):
        quotes += [(id, document.place("facts.0")) for id in meta.facts[:1] if id in ended]
    return next((not_shown(id, ended[id], place, LEFT_OUT) for id, place in quotes), None)


def without_quotes(document: Document, ended: Expired, report: Callable[[Problem], None]) -> Document:
    """The document without the blocks of its text that quote expired figures, each of which is reported."""
    quotes = list(_quotes(document, ended))
    for _, mark, place in quotes:
        report(not_shown(mark.id, ended[mark.id], place, CUT))
    if not quotes:
        return document
    return replace(document, prose=without_blocks(document.prose, {i for i, _, _ in quotes}))


def _quotes(document: Document, ended: Expired) -> Iterator[tuple[int, FactMark, Place]]:
    """The marks of expired figures, each with its index and place."""
    for i, mark in enumerate(document.prose.marks if ended else ()):
        if isinstance(mark, FactMark) and mark.id in ended:
            yield i, mark, Place(document.written_in, mark.line, mark.column)


def ending_soon(rows: Iterable[FactRow], places: Mapping[str, Place], day: dt.date) -> Iterator[Problem]:
    """Warnings about figures on the site that expire within the days of ``SOON``."""
    for row in rows:
        if (end := row.fact.valid_until) is None:
            continue
        severity = next((severity for days, severity in SOON if (end - day).days <= days), None)
        if severity is not None:
            place = places.get(f"{row.id}.valid_until", Place(""))
            yield Problem(place, ENDING.format(id=row.id, day=end), _ANEW, severity)
