"""The slots of texts: places that the brand fills, or that the writer fills in by hand.

A sentence names them between braces: ``"Call {organisation} on {phone}."`` One without a value becomes a
content control with a hint, and is listed beside the download.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from microsite.brand.brand import Brand
from microsite.brand.brand_file import CampaignContact
from microsite.content.facts import Fact
from microsite.core.problems import Text, text
from microsite.core.records import Record

Filled = tuple[tuple[str, str], ...]
"""The slots that have a value, by name."""


class Slot(Record):
    """``label`` is its name in lists, ``hint`` what stands in a text until it is filled in."""

    label: Text
    hint: Text


SLOTS: Mapping[str, Slot] = {
    # what site.yaml and brand.yaml give
    "campaign": Slot(text("campaign"), text("name of the campaign")),
    "organisation": Slot(text("organisation"), text("name of your organisation")),
    "municipality": Slot(text("municipality"), text("your municipality")),
    "contact": Slot(text("contact"), text("name of somebody who can be called")),
    "phone": Slot(text("telephone number"), text("telephone number")),
    "email": Slot(text("e-mail address"), text("e-mail address")),
    "website": Slot(text("website"), text("address of your site")),
    # what the register of figures and the stories give
    "figure": Slot(text("figure"), text("one figure")),
    "figure_label": Slot(text("what the figure says"), text("what was counted, and where")),
    "figure_source": Slot(text("source"), text("who counted it, and when")),
    "figure_caveat": Slot(text("caveat"), text("what the figure does not say")),
    "quote": Slot(text("quote"), text("one sentence of somebody who was there")),
    "speaker": Slot(text("who says it"), text("name and role, with consent")),
    # what only the writer knows
    "date": Slot(text("date"), text("date")),
    "embargo": Slot(text("embargo"), text("day and hour, or: for immediate release")),
    "headline": Slot(text("headline"), text("Headline: a person and a verb, in eight words")),
    "lead": Slot(text("opening"), text("who, what, where and when, in two sentences")),
    "background": Slot(text("background"), text("three sentences about what was there before, and why now")),
    "action": Slot(
        text("what the reader can do"), text("what the reader can do: come and see, join in or call")
    ),
    "photos": Slot(
        text("photos"), text("which photos there are, who is in them, and that they said yes to the press")
    ),
    "subject": Slot(text("subject"), text("Subject: what you ask, in one sentence")),
    "recipient": Slot(text("addressed to"), text("name and role, or: the members of the council")),
    "opening": Slot(text("opening"), text("Begin with one person: where, when and what happened.")),
    "request": Slot(text("request"), text("one request that can be answered with a decision or a visit")),
    "decision": Slot(text("decision"), text("the decision that you will take, with its date and number")),
    "signatory": Slot(text("signed by"), text("name and role of who signs")),
    "visit_days": Slot(text("days for the visit"), text("three mornings to choose from")),
    "visit_question": Slot(
        text("question of the visit"), text("what happens between the first letter and the bailiff?")
    ),
    "meeting_point": Slot(text("where you meet"), text("address and door")),
    "moment": Slot(text("moment"), text("The moment: who sat where, and what was said?")),
    "rule": Slot(text("rule"), text("The rule, and why it is there.")),
    "life": Slot(text("what does not fit"), text("Why life does not fit into it.")),
    "question": Slot(text("question"), text("The question, and not the answer.")),
    "writer": Slot(text("writer"), text("name and job of the writer")),
    "newspaper": Slot(text("where it appears"), text("newspaper or site, and the day")),
    "dilemma": Slot(text("dilemma"), text("The dilemma, as a question with two sides")),
    "letter": Slot(text("first letter"), text("The first letter, in full.")),
    "answer": Slot(text("answer"), text("The answer of the alderman.")),
    "alderman": Slot(text("alderman"), text("name of the alderman")),
    "year": Slot(text("year"), text("year")),
    "own_count": Slot(text("your own figure"), text("one figure of your own, and how you counted")),
    "changed": Slot(text("what changed"), text("what is different because of it, and for whom")),
    "next_year": Slot(text("next year"), text("what you will do next year, and with whom")),
    "hearing_date": Slot(text("date of the hearing"), text("date, time and place")),
    "hearing_question": Slot(text("question of the hearing"), text("the one question of this year")),
    "teller": Slot(text("who tells"), text("name of somebody who was there and wants to tell")),
    "chair": Slot(text("chair"), text("name of the chair")),
    "registrar": Slot(text("registrar"), text("name and number of the registrar of the council")),
    "missing": Slot(text("what is missing"), text("what people ask for that is not there yet")),
    "place_on_map": Slot(text("organisations on the map"), text("organisation, and where it is")),
    "offer_on_map": Slot(text("what they offer"), text("what people can go there for")),
    "reach_on_map": Slot(text("how to reach them"), text("telephone number or opening hours")),
    "goal": Slot(text("goal"), text("one goal, so that you can see at the end whether it was reached")),
    "audience": Slot(text("for whom"), text("one of these, and not all four")),
    "who": Slot(text("who does it"), text("name")),
    "baseline": Slot(text("result of the zero measurement"), text("number, or what people said")),
}
"""All slots by name, in the order in which they are listed."""


def of_brand(brand: Brand, campaign: str) -> Filled:
    """What site.yaml and brand.yaml fill in.

    A contact that is the campaign's own is left open.
    """
    contact = brand.contact
    own = not isinstance(contact, CampaignContact)
    site = brand.url.removeprefix("https://").removeprefix("http://").rstrip("/")
    pairs = {
        "campaign": campaign,
        "organisation": brand.name,
        "municipality": brand.region,
        "contact": own and ", ".join(filter(None, (contact.name, contact.role))),
        "phone": own and contact.phone and str(contact.phone),
        "email": own and contact.email and str(contact.email),
        "website": site,
    }
    return tuple((name, value) for name, value in pairs.items() if value)


def left_open(slots: Sequence[tuple[str, str]], brand: Brand, campaign: str) -> list[str]:
    """The labels of those of the slots, (name, label), that site.yaml and brand.yaml do not fill in."""
    filled = dict(of_brand(brand, campaign))
    return [label for name, label in slots if name not in filled]


def of_fact(fact: Fact) -> Filled:
    """What a figure fills in, with its source and caveat: it never goes without."""
    source = fact.source
    year = f"{source.date}"[:4] if source.date else ""
    where = ", ".join(filter(None, (source.title, source.publisher, year)))
    return (
        ("figure", fact.text),
        ("figure_label", fact.label.rstrip(".")),
        ("figure_source", where),
        ("figure_caveat", fact.caveat),
    )


class Piece(NamedTuple):
    """A part of a sentence: text, or a slot that is open. ``number`` tells apart the slots of one text."""

    text: str
    name: str = ""
    slot: Slot | None = None
    number: int = 0


class Filling:
    """The values of one text, and the numbers of its open slots."""

    def __init__(self, filled: Filled) -> None:
        self.filled = dict(filled)
        self._numbers = itertools.count(1)

    def pieces(self, sentence: str) -> list[Piece]:
        """Split a sentence at its slots. Raises KeyError for one that there is not."""
        return list(map(self._piece, filter(None, _SLOT.split(sentence))))

    def _piece(self, part: str) -> Piece:
        if not _SLOT.fullmatch(part):
            return Piece(part)
        name = part[1:-1]
        if name in self.filled:
            return Piece(self.filled[name])
        return Piece("", name, SLOTS[name], next(self._numbers))

    def words(self, sentence: str) -> int:
        """The number of words, without the slots that are open."""
        return sum(len(piece.text.split()) for piece in self.pieces(sentence) if piece.slot is None)


_SLOT = re.compile(r"(\{[a-z_]+\})")
