"""The register of facts: every figure that the campaign publishes, with its source and its caveat."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from microsite.content import schema
from microsite.content.files import Source
from microsite.content.schema import PartialDate
from microsite.content.tree import key_positions
from microsite.core.problems import InvalidFile, Place, Problem, Text, text
from microsite.core.records import Record
from microsite.core.urls import web_address_problem

FACTS = "feiten.yaml"
MAX_REGISTER = 1024 * 1024
"""The largest register, in characters."""


class Reference(Record):
    """The source of a figure."""

    title: str
    publisher: str
    author: str = ""
    date: PartialDate | None = None
    url: str = ""


class Fact(Record):
    """A figure: ``text`` is for sentences ("€ 1,60"), ``value`` for charts. ``strength`` is from 1 to 5."""

    text: str
    value: Decimal
    unit: str
    label: str
    source: Reference
    caveat: str
    as_of: PartialDate
    valid_until: dt.date | None = None
    strength: int = 1


def read_register(
    source: Source | None, national: Mapping[str, Fact]
) -> tuple[dict[str, Fact] | None, Mapping[str, Place], tuple[Problem, ...]]:
    """The facts of a layer by id, the places of their keys, and problems; None when the file cannot be read.

    ``national`` are the facts that a member's register may not override.
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
    return facts, positions, (*validated.problems, *out_of_range, *taken, *invalid_urls, *unclear)


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
