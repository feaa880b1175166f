"""YAML text -> frozen records, with every mistake named at its line and column.

YAML guesses what a scalar is (``no`` is False, ``12:30`` is 750, a phone number
loses its zero), lets the second of two equal keys win, and can be made to
exhaust the machine. So it is read here as a tree of plain texts, within limits,
and the type comes from the field that the text is for.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import types
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Union, get_args, get_origin

import yaml
from msgspec.structs import FieldInfo, fields

from microsite.problems import Place, Problem, Text, did_you_mean, text
from microsite.values import Record

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(Record):
    place: Place
    text: str


class Sequence(Record):
    place: Place
    items: tuple[Node, ...]


class Mapping(Record):
    place: Place
    items: tuple[tuple[Scalar, Node], ...]

    def get(self, key: str) -> Node | None:
        return next((node for k, node in self.items if k.text == key), None)


Node = Scalar | Sequence | Mapping


class Unreadable(Exception):
    """The text is no YAML that we take. ``args[0]`` is the Problem."""

    @property
    def problem(self) -> Problem:
        problem: Problem = self.args[0]
        return problem


# ── text -> tree ──────────────────────────────────────────────────────────────


def tree(source: str, path: str, line: int = 1, limit: int = MAX_CHARACTERS) -> Mapping:
    """The tree of a YAML mapping. ``line`` is the number that its first line has in the file.

    Raises Unreadable: no YAML, too large, too deep, or using what we do not take
    (aliases, tags, several documents, keys that are no text).
    """
    if len(source) > limit:
        raise _unreadable(
            Place(path, line), text("more than {limit} characters of settings", limit=limit), None
        )
    events = _events(source, path, line)
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                raise _unreadable(
                    _place(event, path, line), text("a second document begins here"), text("remove the '---'")
                )
            root = _node(next(events), events, path, line, 0)
    if root is None or (isinstance(root, Scalar) and not root.text):
        return Mapping(Place(path, line, 1), ())
    if not isinstance(root, Mapping):
        raise _unreadable(
            root.place, text("expected 'key: value' lines"), text("write for instance 'title: A good day'")
        )
    return root


def _events(source: str, path: str, line: int) -> Iterator[Any]:
    try:
        yield from yaml.parse(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        if (quote := _left_open(error, source)) is not None:
            raise _unreadable(
                Place(path, line + quote[0], quote[1] + 1), _LEFT_OPEN, _LEFT_OPEN_HINT
            ) from None
        mark = error.problem_mark or error.context_mark
        place = Place(path, line + mark.line, mark.column + 1) if mark else Place(path, line)
        raise _unreadable(place, *_syntax(error, source, mark)) from None
    except yaml.YAMLError as error:
        found = getattr(error, "position", None)
        at = line + source.count("\n", 0, found) if isinstance(found, int) else line
        raise _unreadable(
            Place(path, at), text("a character that cannot stand here"), text("remove control characters")
        ) from None


_LEFT_OPEN = text("a quotation mark or apostrophe that nothing closes")
_LEFT_OPEN_HINT = text('put the whole value between double quotes: "\'s-Hertogenbosch"')
_UNCLOSED = re.compile(r"""^[ ]*(?:-[ ])?[\w-]+:[ ]+(?='(?:[^']|'')*$|"(?:[^"\\]|\\.)*$)""")
_SWALLOWED = re.compile(r"\s[\w-]+: $")


def _left_open(error: yaml.MarkedYAMLError, source: str) -> tuple[int, int] | None:
    """Line and column, from 0, of a quote that was not closed where its value ends, if that is the matter."""
    if error.context == "while scanning a quoted scalar" and error.context_mark:
        return error.context_mark.line, error.context_mark.column
    if "found '<scalar>'" in (error.problem or "") and error.problem_mark:
        before = source.splitlines()[: error.problem_mark.line + 1]
        found = ((i, len(match[0])) for i, words in enumerate(before) if (match := _UNCLOSED.match(words)))
        return next(found, None)
    return None


def _syntax(error: yaml.MarkedYAMLError, source: str, mark: Any) -> tuple[Text, Text]:
    lines = source.splitlines()
    content = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in content[: len(content) - len(content.lstrip())]:
        return text("a tab at the beginning of the line"), text("indent with spaces")
    if "mapping values are not allowed" in (error.problem or ""):
        return (
            text("a colon inside a value that has no quotes"),
            text("put the whole value between double quotes"),
        )
    if (error.problem or "").startswith("could not find expected ':'"):
        return text("a line without 'key: value'"), text("is there a ':' missing, or the closing '---'?")
    return (
        text("this is no valid YAML: {reason}", reason=error.problem or error.context or "?"),
        text("look at quotes, colons and indentation on this line and the one above"),
    )


def _node(event: Any, events: Iterator[Any], path: str, line: int, depth: int) -> Node:
    place = _place(event, path, line)
    if depth > MAX_DEPTH:
        raise _unreadable(place, text("nested more than {limit} levels deep", limit=MAX_DEPTH), None)
    if isinstance(event, yaml.AliasEvent):
        raise _unreadable(
            place,
            text("'*{name}' refers to another value", name=event.anchor),
            text("write the value in full"),
        )
    if event.anchor or (event.tag and event.tag != "!"):
        raise _unreadable(
            place, text("anchors (&) and tags (!) are not used here"), text("put the value between quotes")
        )
    if isinstance(event, yaml.ScalarEvent):
        begin, end = event.start_mark, event.end_mark
        over_lines = event.style == "'" and begin is not None and end is not None and end.line > begin.line
        if over_lines and _SWALLOWED.search(event.value):  # the quote of the next value closed it
            raise _unreadable(place, _LEFT_OPEN, _LEFT_OPEN_HINT)
        return Scalar(place, event.value)
    children: list[Node] = []
    for child in events:
        if isinstance(child, yaml.SequenceEndEvent):
            return Sequence(place, tuple(children))
        if isinstance(child, yaml.MappingEndEvent):
            return Mapping(place, _pairs(children))
        children.append(_node(child, events, path, line, depth + 1))
    raise AssertionError("the parser ends every collection that it begins")


def _pairs(children: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
    pairs: dict[str, tuple[Scalar, Node]] = {}
    for key, value in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise _unreadable(key.place, text("a key must be a word"), text("put braces between quotes"))
        if key.text in pairs:
            first = pairs[key.text][0].place.line
            raise _unreadable(
                key.place,
                text("'{key}' stands here twice, first on line {line}", key=key.text, line=first),
                text("remove one of the two"),
            )
        pairs[key.text] = key, value
    return tuple(pairs.values())


def _place(event: Any, path: str, line: int) -> Place:
    return Place(path, line + event.start_mark.line, event.start_mark.column + 1)


def _unreadable(place: Place, message: Text, hint: Text | None) -> Unreadable:
    return Unreadable(Problem(place, message, hint))


# ── tree -> record ────────────────────────────────────────────────────────────


class _Wrong(Exception):
    """A value does not fit its field; the problems have been noted."""


R = typing.TypeVar("R")


class Reading(Record, typing.Generic[R]):
    """What came of a tree: the record, and all problems.

    The record is None where what has to be there is not. What may be left out counts as
    left out where it is wrong, so that the rest of the record can be judged in the same run.
    """

    record: R | None
    problems: tuple[Problem, ...]


def read(kind: type[R], node: Mapping) -> Reading[R]:
    """Type a tree by the fields of the record ``kind``.

    Field types: str, int, bool, Decimal, date, Literal, another record,
    ``tuple[X, ...]`` from a list, ``tuple[tuple[str, X], ...]`` from a mapping,
    and ``X | None``. A field without a default must be there and not be empty.
    """
    problems: list[Problem] = []
    try:
        record = _record(kind, node, problems)
    except _Wrong:
        record = None
    return Reading(record, tuple(problems))


def read_table(kind: type[R], node: Mapping) -> Reading[tuple[tuple[str, R], ...]]:
    """The same for a file that is a table: an id of your own choice, then a record of ``kind``."""
    problems: list[Problem] = []
    rows: list[tuple[str, R]] = []
    for key, value in node.items:
        try:
            rows.append((key.text, _record(kind, value, problems)))
        except _Wrong:
            continue
    return Reading(None if problems else tuple(rows), tuple(problems))


def _record(kind: type[R], node: Node, problems: list[Problem]) -> R:
    if not isinstance(node, Mapping):
        names = ", ".join(_fields(kind))
        raise _wrong(
            problems, node, text("expected a group of keys"), text("the keys are: {keys}", keys=names)
        )
    known = _fields(kind)
    required = [name for name, field in known.items() if field.required]
    values: dict[str, Any] = {}
    for key, child in node.items:
        if key.text not in known:
            problems.append(
                Problem(key.place, text("unknown key '{key}'", key=key.text), did_you_mean(key.text, known))
            )
        elif key.text in required or not _is_empty(child):
            with contextlib.suppress(_Wrong):
                values[key.text] = _value(known[key.text].type, child, key.text, problems)
    missing = (name for name in required if node.get(name) is None)
    problems += [Problem(node.place, text("'{key}' is missing", key=name), None) for name in missing]
    if not values.keys() >= set(required):
        raise _Wrong
    return kind(**values)


def _value(kind: Any, node: Node, key: str, problems: list[Problem]) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (kind,) = (k for k in get_args(kind) if k is not type(None))
        return _value(kind, node, key, problems)
    if origin is tuple:
        return _tuple(get_args(kind)[0], node, key, problems)
    if isinstance(kind, type) and issubclass(kind, Record):
        return _record(kind, node, problems)
    if not isinstance(node, Scalar):
        raise _wrong(problems, node, text("'{key}' takes one value, not a list or group", key=key), None)
    if origin is Literal:
        return _choice(get_args(kind), node, key, problems)
    if not node.text.strip():
        quotes = text("a value that begins with '#' needs quotes, or it is read as a note")
        raise _wrong(problems, node, text("'{key}' is empty", key=key), quotes)
    return _SCALARS[kind](node, key, problems)


def _tuple(item: Any, node: Node, key: str, problems: list[Problem]) -> tuple[Any, ...]:
    wrong = False
    values: list[Any] = []
    if get_origin(item) is tuple and isinstance(node, Mapping):
        pairs = [(k.text, k.text, v, get_args(item)[1]) for k, v in node.items]
    elif get_origin(item) is not tuple and isinstance(node, Sequence):
        pairs = [("", key, v, item) for v in node.items]
    elif get_origin(item) is tuple:
        raise _wrong(problems, node, text("'{key}' takes 'name: value' lines", key=key), None)
    else:
        raise _wrong(
            problems, node, text("'{key}' takes a list", key=key), text("write it as [first, second]")
        )
    for name, label, child, kind in pairs:
        try:
            value = _value(kind, child, label, problems)
        except _Wrong:
            wrong = True
        else:
            values.append((name, value) if name else value)
    if wrong:
        raise _Wrong
    return tuple(values)


def _choice(choices: tuple[str, ...], node: Scalar, key: str, problems: list[Problem]) -> str:
    if node.text in choices:
        return node.text
    raise _wrong(
        problems,
        node,
        text("'{value}' is not a '{key}'", value=node.text, key=key),
        did_you_mean(node.text, choices),
    )


def _string(node: Scalar, key: str, problems: list[Problem]) -> str:
    return node.text.strip()


def _integer(node: Scalar, key: str, problems: list[Problem]) -> int:
    if re.fullmatch(r"-?[0-9]{1,9}", node.text):
        return int(node.text)
    raise _wrong(
        problems, node, text("'{value}' is not a whole number ('{key}')", value=node.text, key=key), None
    )


def _decimal(node: Scalar, key: str, problems: list[Problem]) -> Decimal:
    try:
        if re.fullmatch(r"-?[0-9.]{1,30}", node.text):
            return Decimal(node.text)
    except InvalidOperation:
        pass
    raise _wrong(
        problems,
        node,
        text("'{value}' is not a number ('{key}')", value=node.text, key=key),
        text("write 1.6 for one and six tenths, and 4000000 without dots"),
    )


def _boolean(node: Scalar, key: str, problems: list[Problem]) -> bool:
    if is_yes(node.text):
        return True
    if node.text.lower() in ("false", "no", "nee"):
        return False
    raise _wrong(
        problems,
        node,
        text("'{value}' is not a yes or no ('{key}')", value=node.text, key=key),
        text("write true or false"),
    )


def is_yes(word: str) -> bool:
    return word.lower() in ("true", "yes", "ja")


def _date(node: Scalar, key: str, problems: list[Problem]) -> dt.date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.text):
        try:
            return dt.date.fromisoformat(node.text)
        except ValueError:
            raise _wrong(
                problems, node, text("'{value}' is not a day of the calendar", value=node.text), None
            ) from None
    turned = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", node.text)
    example = f"{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}" if turned else "2026-03-01"
    raise _wrong(
        problems,
        node,
        text("'{value}' is not a date ('{key}')", value=node.text, key=key),
        text("write year-month-day: {example}", example=example),
    )


_SCALARS: dict[Any, Callable[[Scalar, str, list[Problem]], Any]] = {
    str: _string,
    int: _integer,
    Decimal: _decimal,
    bool: _boolean,
    dt.date: _date,
}


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.strip().lower() in ("", "~", "null")


def _wrong(problems: list[Problem], node: Node, message: Text, hint: Text | None) -> _Wrong:
    problems.append(Problem(node.place, message, hint))
    return _Wrong()


_FIELDS: dict[type, dict[str, FieldInfo]] = {}


def _fields(kind: type) -> dict[str, FieldInfo]:
    """The fields of a record by name, with their types, which are costly to find out."""
    if kind not in _FIELDS:
        _FIELDS[kind] = {field.name: field for field in fields(kind)}
    return _FIELDS[kind]
