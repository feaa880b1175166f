"""The register of facts: every figure that the campaign publishes, with its source and its caveat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from microsite.content import schema
from microsite.content.files import Source
from microsite.content.tree import key_positions
from microsite.core.problems import InvalidFile, Problem, text
from microsite.core.records import Record
from microsite.core.urls import is_web_address

FACTS = "feiten.yaml"
MAX_REGISTER = 1024 * 1024
"""The largest register, in characters."""


class Reference(Record):
    """The source of a figure."""

    title: str
    publisher: str
    author: str = ""
    date: dt.date | None = None
    url: str = ""


class Fact(Record):
    """A figure: ``text`` is for sentences ("€ 1,60"), ``value`` for charts. ``strength`` is from 1 to 5."""

    text: str
    value: Decimal
    unit: str
    label: str
    source: Reference
    caveat: str
    as_of: dt.date
    valid_until: dt.date | None = None
    strength: int = 1


def read_register(
    source: Source | None, national: Mapping[str, Fact]
) -> tuple[dict[str, Fact] | None, tuple[Problem, ...]]:
    """The facts of a layer by id, and problems; None when the file cannot be read.

    ``national`` are the facts that a member's register may not override.
    """
    if source is None:
        return {}, ()
    from microsite.content import yaml  # imports PyYAML, which a build without changes does not need

    try:
        tree = yaml.parse_source(source, limit=MAX_REGISTER)
    except InvalidFile as stop:
        return None, (stop.problem,)
    validated = schema.validate_table(Fact, tree)
    if validated.record is None:
        return None, validated.problems
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
        Problem(
            positions[f"{id}.source.url"],
            text("'{url}' is not a web address", url=fact.source.url),
            text("write it in full: https://www.example.nl/"),
        )
        for id, fact in facts.items()
        if fact.source.url and not is_web_address(fact.source.url)
    )
    return facts, (*validated.problems, *out_of_range, *taken, *invalid_urls)
