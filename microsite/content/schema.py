"""Validation of YAML by the fields of a record, with a problem for every mistake at its line and column."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import types
import typing
from collections import abc
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Union, get_args, get_origin

from msgspec.structs import FieldInfo, fields

from microsite.content.files import Source
from microsite.content.markdown.slots import slot_problem
from microsite.content.quoting import quoted
from microsite.content.rewritten import as_group, as_list, day_in, last_of_month, month_in, number_in
from microsite.content.tree import MappingNode, Node, Note, ScalarNode, SequenceNode, key_positions
from microsite.content.yaml_slips import CURLY, LIST, NO_SPACE, WRITE, list_item, without_curly
from microsite.core.contact_details import Email, InvalidDetail, Phone, parse_email, parse_phone
from microsite.core.invisible import blank, harmful
from microsite.core.problems import InvalidFile, Place, Problem, Text, did_you_mean, errors, text
from microsite.core.records import Record, replace


class _Invalid(Exception):
    """A value is not valid for its field; the problem has been added already."""


R = typing.TypeVar("R")


class PartialDate(Record):
    """A date as far as its source names it: a year, a month (``day`` is 0), or a day."""

    year: int
    month: int = 0
    day: int = 0

    def isoformat(self) -> str:
        """``2011``, ``2011-01`` or ``2011-01-31``, as HTML and ISO 8601 write them."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    def __str__(self) -> str:
        return self.isoformat()


class Validated(Record, typing.Generic[R]):
    """A record, and the problems of the YAML that it is from.

    The record is None when a required field is missing or invalid. An optional field that is invalid has
    its default, so that later checks can report their problems in the same build.
    """

    record: R | None
    problems: tuple[Problem, ...]


def validate(expected: type[R], node: MappingNode) -> Validated[R]:
    """Convert a mapping to the class ``expected``, a Record.

    Fields can be str, int, bool, Decimal, date, PartialDate, Phone, Email, Literal, another Record,
    ``tuple[X, ...]`` from a sequence, ``tuple[tuple[str, X], ...]`` from a mapping, and ``X | None``. One
    without a default is required, and may not be empty.
    """
    problems: list[Problem] = []
    try:
        record = _record(expected, node, problems)
    except _Invalid:
        record = None
    return Validated(record, tuple(problems))


def load(
    expected: type[R], source: Source, limit: int | None = None
) -> tuple[R | None, abc.Mapping[str, Place], tuple[Problem, ...]]:
    """The record in a YAML file, the places of its keys, and problems. ``limit``: see ``yaml.parse``."""
    from microsite.content import yaml  # imports PyYAML, which a build without changes does not need

    try:
        tree = yaml.parse_source(source, limit or yaml.MAX_CHARACTERS)
    except InvalidFile as error:
        return None, {}, (error.problem,)
    validated = validate(expected, tree)
    return validated.record, dict(key_positions(tree)), validated.problems


def validate_table(expected: type[R], node: MappingNode) -> Validated[tuple[tuple[str, R], ...]]:
    """Convert a mapping from ids to records; None as a whole when one of them is invalid."""
    problems: list[Problem] = []
    rows: list[tuple[str, R]] = []
    for key, value in node.items:
        try:
            rows.append((key.text, _record(expected, value, problems, key.text)))
        except _Invalid:
            continue
    return Validated(None if errors(problems) else tuple(rows), tuple(problems))


def _record(expected: type[R], node: Node, problems: list[Problem], name: str = "") -> R:
    known = _fields(expected)
    if not isinstance(node, MappingNode):
        raise _glued(node, problems, known) or _not_a_group(problems, node, name, known)
    required = [name for name, field in known.items() if field.required]
    values: dict[str, Any] = {}
    meant = set[str]()
    above: _Item | None = None
    for i, (key, child) in enumerate(node.items):
        if key.text not in known:
            problems.append(_unknown(key, child, known, node.items[i - 1], above))
            hint = problems[-1].hint
            meant.update(dict(hint.values).values() if hint is not None else ())
            continue
        above = key, child
        if key.text not in required and _is_empty(child):
            problems += _cut(child, known[key.text].type)
        else:
            with contextlib.suppress(_Invalid):
                values[key.text] = _value(known[key.text].type, child, key.text, problems)
    said = _GLUED_KEY.findall(" ".join(key.text for key, _ in node.items))
    missing = [k for k in required if node.get(k) is None and k not in said and k not in meant]
    problems += [Problem(node.place, text("'{key}' is missing", key=k), None) for k in missing]
    if not values.keys() >= set(required):
        raise _Invalid
    return expected(**values)


def _value(expected: Any, node: Node, key: str, problems: list[Problem]) -> Any:
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        (expected,) = (k for k in get_args(expected) if k is not type(None))
        return _value(expected, node, key, problems)
    if origin is tuple:
        return _tuple(get_args(expected)[0], node, key, problems)
    if is_group(expected):
        return _record(expected, node, problems, key)
    if not isinstance(node, ScalarNode):
        better = WRITE.format(line=node.quoted) if node.quoted else None
        raise _invalid(problems, node, text("'{key}' takes one value, not a list or group", key=key), better)
    if expected is not str and (inner := without_curly(node.text)) is not None:
        raise _invalid(problems, node, CURLY, WRITE.format(line=inner))
    if origin is Literal:
        return _choice(get_args(expected), node, key, problems)
    if blank(node.text):
        hint = WRITE.format(line=note.quoted) if (note := _cut_off(node)) else _FILL
        raise _invalid(problems, node, text("'{key}' is empty", key=key), hint)
    return _SCALARS[expected](node, key, problems)


def _tuple(item: Any, node: Node, key: str, problems: list[Problem]) -> tuple[Any, ...]:
    wrong = False
    values: list[Any] = []
    if get_origin(item) is tuple and isinstance(node, MappingNode):
        pairs = [(k.text, k.text, v, get_args(item)[1]) for k, v in node.items]
    elif get_origin(item) is not tuple and isinstance(node, SequenceNode):
        pairs = [("", key, v, item) for v in node.items]
    elif get_origin(item) is tuple:
        raise _invalid(problems, node, text("'{key}' takes 'name: value' lines", key=key), None)
    else:
        raise _not_a_list(problems, node, key)
    for name, label, child, expected in pairs:
        try:
            value = _value(expected, child, label, problems)
        except _Invalid:
            wrong = True
        else:
            values.append((name, value) if name else value)
    if wrong:
        raise _Invalid
    return tuple(values)


_GLUED_KEY = re.compile(r"(?:^| )([\w-]+):")
"""A key without a space behind its colon, which is told already."""


_Item = tuple[ScalarNode, Node]


def _unknown(
    key: ScalarNode, child: Node, known: abc.Mapping[str, FieldInfo], before: _Item, above: _Item | None
) -> Problem:
    """What is wrong with a key; between braces it may be the end of a value before it.

    ``above`` is the last known key above it.
    """
    name, _, value = key.text.partition(":")
    no_colon = child.place == replace(key.place, column=key.place.column + len(key.text))
    if value and name in known:
        typed = value if no_colon or not isinstance(child, ScalarNode) else quoted(f"{value}: {child.text}")
        return Problem(key.place, NO_SPACE.format(key=name), WRITE.format(line=f"{name}: {typed}"))
    if no_colon and before[0] is not key and isinstance(before[1], ScalarNode):
        glued = key.place.column == before[1].place.column + len(before[1].text) + 1
        typed = f"{before[1].text},{'' if glued else ' '}{key.text}"
        return Problem(
            key.place,
            text("'{key}' is taken for a key, because of the comma before it", key=key.text),
            WRITE.format(line=f"{before[0].text}: {quoted(without_curly(typed) or typed)}"),
        )
    if above is not None and _is_empty(above[1]) and key.text in _fields_within(known[above[0].text].type):
        owner = above[0].text  # an empty group, and nobody put spaces in front of what is in it
        message = text("'{key}' is below '{group}', and does not belong to it yet", key=key.text, group=owner)
        return Problem(key.place, message, text("put two spaces in front of it"))
    return Problem(key.place, text("unknown key '{key}'", key=key.text), did_you_mean(key.text, known))


def _fields_within(expected: Any) -> abc.Mapping[str, FieldInfo]:
    """The fields of the record that a type is, or has as an option."""
    return next((_fields(kind) for kind in (expected, *get_args(expected)) if is_group(kind)), {})


def _glued(node: Node, problems: list[Problem], known: abc.Mapping[str, FieldInfo]) -> _Invalid | None:
    """A key without a space behind its colon, where a group of keys should be."""
    name, colon, value = node.text.partition(":") if isinstance(node, ScalarNode) else ("", "", "")
    if not colon or name not in known:
        return None
    return _invalid(problems, node, NO_SPACE.format(key=name), WRITE.format(line=f"{name}: {value}"))


def _not_a_group(
    problems: list[Problem], node: Node, key: str, known: abc.Mapping[str, FieldInfo]
) -> _Invalid:
    """What is said where a group of keys belongs, with an example that has what was typed in it."""
    words = node.text if isinstance(node, ScalarNode) else ""
    required = [name for name, field in known.items() if field.required] or list(known)[:2]
    line = as_group(words, ["email"] if "@" in words and "email" in known else required)
    hint = text(
        "write: {line}; the keys are: {keys}", line=f"{key}: {line}" if key else line, keys=", ".join(known)
    )
    return _invalid(problems, node, text("expected a group of keys"), hint)


_AS_LIST = text("write it as [first, second]")


def _not_a_list(problems: list[Problem], node: Node, key: str) -> _Invalid:
    words = node.text if isinstance(node, ScalarNode) else ""
    if list_item(words) is not None:
        return _invalid(problems, node, LIST, text("write a hyphen and a space in front of each line"))
    if isinstance(node, MappingNode):
        return _invalid(problems, node, LIST, text("write a hyphen and a space in front of it"))
    hint = WRITE.format(line=f"{key}: {as_list(words)}") if words else _AS_LIST
    return _invalid(problems, node, text("'{key}' takes a list", key=key), hint)


def _choice(choices: tuple[str, ...], node: ScalarNode, key: str, problems: list[Problem]) -> str:
    if node.text in choices:
        return node.text
    raise _invalid(
        problems,
        node,
        text("'{value}' is not a '{key}'", value=node.text, key=key),
        did_you_mean(node.text, choices),
    )


def _string(node: ScalarNode, key: str, problems: list[Problem]) -> str:
    problems += _cut(node, str)
    if (found := next(harmful(node.text), None)) is not None:
        raise _invalid(problems, node, *found[1:])
    if (slot := slot_problem(node.text)) is not None:
        problems.append(Problem(node.place, *slot))
    return node.text.strip()


_FILL = text("write something behind the colon")
_CUT = re.compile(r"#(?:\w|\s*\d+$)")
"""What is no note though YAML takes it for one: ``#1``, ``#hashtag``, ``# 12``. A note has a space."""


def _cut_off(node: Node) -> Note | None:
    note = node.note if isinstance(node, ScalarNode) else None
    return note if note is not None and _CUT.match(note.text) else None


def _cut(node: Node, expected: Any) -> abc.Iterator[Problem]:
    """A warning about a text of which YAML dropped the end, or a list that it dropped."""
    note = _cut_off(node)
    if note is None or not (expected is str or get_origin(expected) is tuple):
        return
    hint = text("is it a note, put a space behind the '#'; else write: {line}", line=note.quoted)
    yield Problem(
        note.place,
        text("'{note}' is not shown: ' #' begins a note for yourself", note=note.text),
        hint if expected is str else _hashtags(note),
        "warning",
    )


def _hashtags(note: Note) -> Text:
    """How a list is written that was typed as ``#one #two``."""
    key, tags = note.quoted.partition(":")[0], re.findall(r"#([\w-]+)", note.text)
    return WRITE.format(line=f"{key}: [{', '.join(tags)}]")


def _integer(node: ScalarNode, key: str, problems: list[Problem]) -> int:
    if re.fullmatch(r"-?[0-9]{1,9}", node.text):
        return int(node.text)
    number = number_in(node.text)
    hint = (
        WRITE.format(line=number) if number and number.isdecimal() else text("write digits only, such as 3")
    )
    message = text("'{value}' is not a whole number ('{key}')", value=node.text, key=key)
    raise _invalid(problems, node, message, hint)


def _decimal(node: ScalarNode, key: str, problems: list[Problem]) -> Decimal:
    try:
        if re.fullmatch(r"-?[0-9.]{1,30}", node.text):
            return Decimal(node.text)
    except InvalidOperation:
        pass
    raise _invalid(
        problems,
        node,
        text("'{value}' is not a number ('{key}')", value=node.text, key=key),
        WRITE.format(line=number)
        if (number := number_in(node.text))
        else text("write 1.6 for one and six tenths, and 4000000 without dots"),
    )


def _boolean(node: ScalarNode, key: str, problems: list[Problem]) -> bool:
    if is_yes(node.text):
        return True
    if node.text.lower() in NO:
        return False
    raise _invalid(
        problems,
        node,
        text("'{value}' is not a yes or no ('{key}')", value=node.text, key=key),
        text("write true or false"),
    )


def is_yes(word: str) -> bool:
    return word.lower() in YES


YES, NO = ("true", "yes", "ja"), ("false", "no", "nee")
"""What stands for true and for false, in small letters or capitals."""


def _date(node: ScalarNode, key: str, problems: list[Problem]) -> dt.date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.text):
        try:
            return dt.date.fromisoformat(node.text)
        except ValueError:
            message = text("'{value}' is not a day of the calendar", value=node.text)
            meant = day_in(node.text) or last_of_month(node.text)
            raise _invalid(problems, node, message, WRITE.format(line=meant) if meant else _DAY) from None
    raise _invalid(
        problems,
        node,
        text("'{value}' is not a date ('{key}')", value=node.text, key=key),
        _DAY.format(example=day_in(node.text) or "2026-03-01"),
    )


_DAY = text("write year-month-day: {example}", example="2026-03-01")


def _phone(node: ScalarNode, key: str, problems: list[Problem]) -> Phone:
    try:
        phone = parse_phone(node.text)
    except InvalidDetail as error:
        raise _invalid(problems, node, error.message, error.hint) from None
    if not phone.assigned:
        message = text("'{value}' is no number that is in use, as far as is known", value=phone.shown)
        problems.append(Problem(node.place, message, text("call it, or look it up once more"), "warning"))
    return phone


def _email(node: ScalarNode, key: str, problems: list[Problem]) -> Email:
    try:
        return parse_email(node.text)
    except InvalidDetail as error:
        raise _invalid(problems, node, error.message, error.hint) from None


def _partial_date(node: ScalarNode, key: str, problems: list[Problem]) -> PartialDate:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", node.text)
    if found is None:
        if not _YEAR.match(node.text) and day_in(node.text) is None:
            meant = month_in(node.text)
            message = text("'{value}' is not a date ('{key}')", value=node.text, key=key)
            raise _invalid(problems, node, message, WRITE.format(line=meant) if meant else _PARTIAL_DATE)
        day = _date(node, key, problems)
        return PartialDate(day.year, day.month, day.day)
    year, month = int(found[1]), int(found[2] or 0)
    if year and month <= 12 and (month or found[2] is None):
        return PartialDate(year, month)
    raise _invalid(
        problems, node, text("'{value}' is not a day of the calendar", value=node.text), _PARTIAL_DATE
    )


_YEAR = re.compile(r"\d{4}-\d{2}-\d{2}$")
_PARTIAL_DATE = text("write what the source names: a year (2022), a month (2022-03) or a day (2022-03-16)")

_SCALARS: dict[Any, Callable[[ScalarNode, str, list[Problem]], Any]] = {
    str: _string,
    int: _integer,
    Decimal: _decimal,
    bool: _boolean,
    dt.date: _date,
    Phone: _phone,
    Email: _email,
    PartialDate: _partial_date,
}


def is_group(expected: Any) -> bool:
    """Whether the type of a field is a record with keys of its own, and not that of one value."""
    return isinstance(expected, type) and issubclass(expected, Record) and expected not in _SCALARS


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and (node.text.strip().lower() in ("~", "null") or blank(node.text))


def _invalid(problems: list[Problem], node: Node, message: Text, hint: Text | None) -> _Invalid:
    problems.append(Problem(node.place, message, hint))
    return _Invalid()


_FIELDS: dict[type, dict[str, FieldInfo]] = {}


def _fields(expected: type) -> dict[str, FieldInfo]:
    """The fields of a record by name. Cached, since resolving their types is slow."""
    if expected not in _FIELDS:
        _FIELDS[expected] = {field.name: field for field in fields(expected)}
    return _FIELDS[expected]
