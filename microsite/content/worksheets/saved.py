"""A worksheet as the browser saves it: read strictly, and computed again.

Such a file is JSON of ``FORMAT``: the keys of a sheet, who answers for it (``account``), and what the browser
said that follows (``result``). It is data, and nothing in it is believed: see :func:`read_saved`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from microsite.content import schema
from microsite.content.files import Source, decode_prose
from microsite.content.personal_data import find
from microsite.content.tree import MappingNode, key_positions
from microsite.content.worksheets.persons import texts
from microsite.content.worksheets.rules import NOISE, Range
from microsite.content.worksheets.sroi import Return, Sheet, calculate, check
from microsite.core.languages import decimal
from microsite.core.problems import InvalidFile, Place, Problem, errors, text
from microsite.core.records import Record

FORMAT = 1
"""The version of the file: another number when a key gets another meaning."""

MOST_ROWS = 40
"""How many costs, and how many changes, a saved sheet may have: what matters most takes their square."""

LONGEST: Mapping[str, int] = {"title": 60, "organisation": 60, "period": 30, "by": 60, "caveat": 160}
"""The most characters of what stands with a figure: it has to fit on a slide as a whole."""


class Account(Record):
    """Who answers for a sheet: ``by`` filled it in, about ``period``, with what was ``counted`` up to a day.

    ``caveat`` is what the result does not say, in a sentence.
    """

    organisation: str
    period: str
    by: str
    counted: dt.date
    caveat: str


class Told(Record):
    """What the browser said that follows: ratios to four decimals, euros to the cent.

    ``shown`` are the ratios as they stood on the page, to one decimal; ``break_even`` is None where nothing
    is good.
    """

    low: Decimal
    likely: Decimal
    high: Decimal
    costs: Decimal
    effects: Decimal
    shown: Range
    break_even: Decimal | None = None


class SavedSheet(Sheet, kw_only=True):
    """A sheet with who answers for it, ``saved`` on a day."""

    worksheet: Literal["sroi"]
    format: int
    saved: dt.date
    account: Account
    result: Told


def read_saved(
    source: Source, language: str = "nl"
) -> tuple[SavedSheet | None, Mapping[str, Place], tuple[Problem, ...]]:
    """The sheet in a saved file, the places of its keys, and problems; None with an error.

    It is refused when it is no JSON, has a key that is unknown or stands there twice, is of another format,
    lacks something, has what seems to be the number or address of a person, or says a result that does not
    follow from its numbers; those are told as ``language`` writes them.
    """
    from microsite.content import yaml  # imports PyYAML, which a build without changes does not need

    try:
        decoded = decode_prose(source.read(), source.name)
        tree = yaml.parse(decoded, source.name)
        problems = [*_other_format(tree), *_not_json(decoded, tree, source.name)]
    except InvalidFile as stop:
        return None, {}, (stop.problem,)
    places = dict(key_positions(tree))
    if problems:
        return None, places, tuple(problems)
    validated = schema.validate(SavedSheet, tree)
    sheet, problems = validated.record, [*validated.problems]
    if sheet is not None and not errors(problems):
        problems += _check(sheet, places, language)
    return (None if errors(problems) else sheet), places, tuple(problems)


def _other_format(tree: MappingNode) -> Iterator[Problem]:
    """A file of another worksheet or version, of which nothing else is told: its keys may differ."""
    kind = tree.get("worksheet")
    if kind is not None and getattr(kind, "text", "") == "case":
        yield Problem(kind.place, _ONE_CASE, _NO_FIGURE)
        return
    node = tree.get("format")
    written = getattr(node, "text", "")
    if written != str(FORMAT):
        newer = written.isdecimal() and len(written) < 9 and int(written) > FORMAT
        place = node.place if node is not None else tree.place
        yield Problem(place, _NEWER if newer else _OLDER, _UPDATE if newer else _AGAIN)


def _not_json(decoded: str, tree: MappingNode, name: str) -> Iterator[Problem]:
    """YAML takes more than JSON. Keys that are null are told as empty: to YAML that is a word."""
    try:
        found = json.loads(decoded, parse_int=str, parse_float=str, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        yield Problem(Place(name, error.lineno, error.colno), _NOT_SAVED_HERE, _AGAIN)
        return
    except ValueError:
        yield Problem(tree.place, _NOT_SAVED_HERE, _AGAIN)
        return
    places = dict(key_positions(tree))
    for key in _nulls(found):
        if key != "result.break_even":
            yield Problem(places[key], text("'{key}' is empty", key=key.rpartition(".")[2]), _AGAIN)


def _no_number(word: str) -> None:
    raise ValueError(word)


def _nulls(value: object, key: str = "") -> Iterator[str]:
    """The dotted keys of what is null."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in pairs:
        at = f"{key}.{name}" if key else f"{name}"
        if item is None:
            yield at
        yield from _nulls(item, at)


_ONE_CASE = text("this is the worksheet of one case, and one case proves nothing")
_NO_FIGURE = text("take the file away: no figure is made of cases")
_NEWER = text("this worksheet was saved by a newer version of the campaign")
_UPDATE = text("get the newest version of the campaign, and build again")
_OLDER = text("this worksheet was saved by an older version, without all that a figure needs")
_NOT_SAVED_HERE = text("this is no worksheet as the page saves it")
_AGAIN = text("open it in the worksheet, look at what is missing, and save it again")


def _check(sheet: SavedSheet, places: Mapping[str, Place], language: str) -> Iterator[Problem]:
    for key, rows in (("costs", sheet.costs), ("outcomes", sheet.outcomes)):
        if len(rows) > MOST_ROWS:
            told = {"key": key, "count": len(rows), "most": MOST_ROWS}
            message = text("'{key}' has {count} rows; at most {most} are taken", **told)
            yield Problem(places[key], message, text("take together what is alike"))
            return
    for key, most in LONGEST.items():
        of = sheet if key == "title" else sheet.account
        at = key if key == "title" else f"account.{key}"
        if (length := len(getattr(of, key))) > most:
            told = {"key": key, "count": length, "most": most}
            message = text("'{key}' has {count} characters; at most {most} fit with a figure", **told)
            yield Problem(places[at], message, _AGAIN)
    for key, words in texts(sheet):
        for found in find(words):
            yield Problem(places[key], found.message, _EVERYBODY_READS)
    if sheet.account.counted > sheet.saved:
        yield Problem(places["account.counted"], text("this is after the day on which it was saved"), _AGAIN)
    problems = [*check(sheet, places)]
    yield from problems
    if not problems:
        yield from _differences(sheet.result, calculate(sheet), places, language)


_EVERYBODY_READS = text("take it out in the worksheet: everybody can read that on the site")


def _differences(told: Told, found: Return, places: Mapping[str, Place], language: str) -> Iterator[Problem]:
    """What does not follow, apart from how the browser rounds and the noise of floating point."""
    exact: dict[str, tuple[Decimal | None, Decimal | None, Decimal]] = {
        "costs": (told.costs, found.costs, _CENT),
        "effects": (told.effects, found.likely, _CENT),
        "break_even": (told.break_even, found.break_even, _FOUR),
    }
    for name, ratio in zip(("low", "likely", "high"), found.ratios, strict=True):
        exact[name] = getattr(told, name), ratio, _FOUR
        exact[f"shown.{name}"] = getattr(told.shown, name), ratio, _TENTH
    for key, (said, follows, step) in exact.items():
        if said is None and follows is None:
            continue
        if said is None or follows is None or abs(said - follows) > step / 2 + _noise(follows):
            number = "-" if follows is None else str(follows.quantize(step, ROUND_HALF_UP) + 0)
            message = text("computed from this sheet, it is {ratio}", ratio=decimal(number, language))
            place = places.get(f"result.{key}", places["result"])
            yield Problem(place, message, text("open it in the worksheet, and save it again"))


_FOUR, _CENT, _TENTH = Decimal("0.0001"), Decimal("0.01"), Decimal("0.1")


def _noise(value: Decimal) -> Decimal:
    return NOISE * max(Decimal(1), abs(value) * NOISE)
