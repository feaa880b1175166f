"""The register of facts: every figure that the campaign publishes, with its source and its caveat."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from microsite.content import schema
from microsite.content.drawing import Drawing, misfit
from microsite.content.files import Source
from microsite.content.schema import PartialDate
from microsite.content.tree import key_positions
from microsite.core.languages import NAMES
from microsite.core.problems import InvalidFile, Place, Problem, Text, did_you_mean, text
from microsite.core.records import Record
from microsite.core.title_language import language_of
from microsite.core.urls import web_address_problem

FACTS = "feiten.yaml"
MAX_REGISTER = 1024 * 1024
"""The largest register, in characters."""


class Reference(Record):
    """The source of a figure. ``lang`` is the language of its title (BCP 47), when that is not the site's."""

    title: str
    publisher: str
    author: str = ""
    date: PartialDate | None = None
    url: str = ""
    lang: str = ""


class Fact(Record):
    """A figure: ``text`` is for sentences ("€ 1,60"), ``value`` for charts. ``strength`` is from 1 to 5.

    ``beside`` is the id of the national figure that a member's own one stands beside. Of the register's
    figures, those of the lowest ``weight`` come first. When its source has no date it is ``undated``, and
    ``as_of`` is the month in which it was read.
    """

    text: str
    value: Decimal
    unit: str
    label: str
    source: Reference
    caveat: str
    as_of: PartialDate
    valid_until: dt.date | None = None
    strength: int = 1
    beside: str = ""
    weight: int = 0
    drawing: Drawing | None = None
    undated: bool = False

    @property
    def page(self) -> str:
        """The path of the page with the calculation that it follows from, or ""."""
        return ""

    @property
    def drawn(self) -> str:
        """The SVG of its drawing, or ""."""
        return self.drawing.of_value(self.value) if self.drawing else ""


def read_register(
    source: Source | None, national: Mapping[str, Fact], language: str
) -> tuple[dict[str, Fact] | None, Mapping[str, Place], tuple[Problem, ...]]:
    """The facts of a layer by id, the places of their keys, and problems; None when the file cannot be read.

    ``national`` are the facts that a member's register may not override, ``language`` is that of the site.
    """
    if source is None:
        return {}, {}, ()
    from microsite.content import yaml  # imports PyYAML, which a build without changes does not need

    try:
        tree = yaml.parse_source(source, limit=MAX_REGISTER)
    except InvalidFile as stop:
        return None, {}, (stop.problem,)
    validated = schema.validate_table(Fact, tree)
    if validated.record is None:
        return None, {}, validated.problems
    facts = dict(validated.record)
    positions = dict(key_positions(tree))
    out_of_range = (
        Problem(positions[f"{id}.strength"], text("'strength' runs from 1 to 5"))
        for id, fact in facts.items()
        if not 1 <= fact.strength <= 5
    )
    taken = (
        Problem(
            positions[id],
            text("'{id}' is a fact of the national register, which stays as it is", id=id),
            text("give your own fact another name"),
        )
        for id in facts
        if id in national
    )
    alone = (
        Problem(
            positions[f"{id}.beside"],
            text("there is no national fact '{id}' for this one to stand beside", id=fact.beside),
            did_you_mean(fact.beside, national),
        )
        for id, fact in facts.items()
        if fact.beside and fact.beside not in national
    )
    invalid_urls = (
        Problem(positions[f"{id}.source.url"], *said)
        for id, fact in facts.items()
        if fact.source.url and (said := web_address_problem(fact.source.url)) is not None
    )
    unclear = (
        Problem(positions[f"{id}.value"], *said)
        for id, fact in facts.items()
        if (said := two_readings(fact.value, fact.text)) is not None
    )
    undrawn = (
        Problem(positions.get(f"{id}.drawing.{wrong[0]}", positions[f"{id}.drawing"]), *wrong[1:])
        for id, fact in facts.items()
        if fact.drawing and (wrong := misfit(fact.drawing, fact.value, _printed(fact))) is not None
    )
    dated = (
        Problem(
            positions[f"{id}.as_of"],
            text("'undated' is for a figure of which only the month is known in which you read it"),
            text("write that month, such as 2026-11, and no date at its source"),
        )
        for id, fact in facts.items()
        if fact.undated and (fact.as_of.day or fact.source.date)
    )
    found = (*out_of_range, *taken, *alone, *invalid_urls, *unclear, *undrawn, *dated)
    return facts, positions, (*validated.problems, *found, *_languages(facts, positions, language))


def _printed(fact: Fact) -> str:
    return f"{fact.text} {fact.unit} {fact.label} {fact.caveat}"


_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def _languages(facts: Mapping[str, Fact], positions: Mapping[str, Place], own: str) -> Iterator[Problem]:
    """Titles in another language than the site's own: a screen reader would read them as if they were not."""
    for id, fact in facts.items():
        lang = fact.source.lang
        if lang and not _LANGUAGE.fullmatch(lang):
            message = text("'{lang}' is no code of a language", lang=lang)
            yield Problem(
                positions[f"{id}.source.lang"], message, text("write two letters, such as en or de")
            )
        found = "" if lang else language_of(fact.source.title)
        if found and found != own:
            yield Problem(
                positions[f"{id}.source.title"],
                text("the title of this source seems to be in another language: {name}", name=NAMES[found]),
                text("write 'lang: {code}' beside it, or 'lang: {own}' if it is not", code=found, own=own),
                "warning",
            )


def two_readings(value: Decimal, words: str = "") -> tuple[Text, Text] | None:
    """Return (message, hint) if a number may be a thousand times as large as it is read, or None.

    1.250 is 1¼ in YAML and 1250 in Dutch. It is certain when ``words``, the number in a sentence, say 1,25.
    """
    three_decimals = value.as_tuple().exponent == -3 and 1 <= abs(value) < 1000
    if not three_decimals or abs(value) in _numbers(words):
        return None
    whole, part = f"{value:f}".replace(".", ""), f"{value:f}".rstrip("0")
    part = f"{part}0" if len(part.partition(".")[2]) in (0, 3) else part
    return (
        text("'{value}' can be read in two ways", value=value),
        text("write {whole}, or with a decimal point {part}", whole=whole, part=part),
    )


_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d|\s*duizend)|\d+(?:,\d+)?(?!\d|\s*duizend)")


def _numbers(words: str) -> set[Decimal]:
    """The numbers in a Dutch sentence, with points between thousands and a comma before the decimals."""
    return {Decimal(found.replace(".", "").replace(",", ".")) for found in _NUMBER.findall(words)}
