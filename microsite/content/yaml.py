"""Parsing of YAML, and of front matter above a text.

YAML guesses the type of a scalar (``no`` is False, ``12:30`` is 750, a phone number loses its zero), lets
the last of two equal keys win, and can exhaust the memory with aliases. So it is parsed into a tree of
strings here, within limits; the types are those of the fields that the strings are for (``schema.py``).

Importing PyYAML and python-frontmatter takes 10 ms, so modules that a build without changes needs import
this one inside functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from microsite.content.files import Source, decode_prose
from microsite.content.quoting import quoted
from microsite.content.tree import MappingNode, Node, Note, ScalarNode, SequenceNode
from microsite.content.yaml_slips import INVISIBLE, LEFT_OPEN, ODD_SPACE, ODD_SPACES, find_slip
from microsite.core.problems import InvalidFile, Place, Problem, Text, text
from microsite.core.records import replace

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# ── front matter ──


class _Handler(YAMLHandler):
    """Splits as python-frontmatter does, without parsing the YAML."""

    def load(self, fm: str, **kwargs: object) -> dict[str, Any]:
        return {"header": fm}


def split_front_matter(decoded: str, name: str) -> tuple[str, str, int]:
    """The YAML of the front matter (from line 2 of the file), the text below it, and the line of the text.

    Raises InvalidFile without front matter.
    """
    first = decoded.lstrip("\n").split("\n", 1)[0].rstrip()
    if decoded[:1] == "\n" or first != "---":
        raise InvalidFile(
            Problem(
                Place(name, 1),
                text("the first line must be '---'"),
                text("begin the file with '---', then 'title: …', then '---' again"),
            )
        )
    metadata, body = frontmatter.parse(decoded, handler=_Handler())
    if "header" not in metadata:
        raise InvalidFile(
            Problem(
                Place(name, 1),
                text("the front matter is not closed"),
                text("put a line with '---' under the last key"),
            )
        )
    header = str(metadata["header"]).removeprefix("\n")
    above = decoded.count("\n", 0, decoded.index(header, len("---")))
    start = len(decoded.rstrip()) - len(body)
    return "\n" * (above - 1) + header, body, decoded.count("\n", 0, start) + 1


# ── YAML ──


def parse(source: str, path: str, line: int = 1, limit: int = MAX_CHARACTERS) -> MappingNode:
    """Parse a YAML mapping. ``line`` is the line of the file at ``path`` on which it begins.

    Raises InvalidFile for invalid YAML, for aliases, tags, several documents and keys that are not scalars,
    and for more than ``limit`` characters or ``MAX_DEPTH`` levels.
    """
    if len(source) > limit:
        raise _invalid(Place(path, line), text("more than {limit} characters of settings", limit=limit), None)
    if ODD_SPACES.search(source):
        for message in (INVISIBLE, ODD_SPACE):
            if (found := find_slip(source, only=message)) is not None:
                raise _invalid(Place(path, line + found.line, found.column + 1), found.message, found.hint)
    root: Node | None = None
    reader = _Reader(source, path, line)
    for event in reader.events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                raise _invalid(
                    reader.place(event), text("a second document begins here"), text("remove the '---'")
                )
            root = reader.node(next(reader.events), 0)
    if root is None or (isinstance(root, ScalarNode) and not root.text):
        return MappingNode(Place(path, line, 1), ())
    if not isinstance(root, MappingNode):
        raise _slip(source, source.count("\n"), path, line) or _invalid(
            root.place, text("expected 'key: value' lines"), text("write for instance 'title: A good day'")
        )
    return root


def parse_source(source: Source, limit: int = MAX_CHARACTERS) -> MappingNode:
    """Parse a YAML file. Raises InvalidFile, as ``parse``."""
    return parse(decode_prose(source.read(), source.name), source.name, limit=limit)


def _events(source: str, path: str, line: int) -> Iterator[Any]:
    try:
        yield from yaml.parse(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = mark.line if mark else 0
        if "nesting depth" in (error.problem or ""):  # libyaml looks ahead, and has a limit of its own
            raise _invalid(Place(path, line + last), _TOO_DEEP, None) from None
        raise _slip(source, last, path, line) or _invalid(
            Place(path, line + last, mark.column + 1 if mark else 0),
            text("this line cannot be read"),
            text("look at quotes, colons and indentation on this line and the one above"),
        ) from None
    except yaml.YAMLError as error:
        found = getattr(error, "position", None)
        at = line + source.count("\n", 0, found) if isinstance(found, int) else line
        raise _invalid(
            Place(path, at), text("a character that cannot stand here"), text("remove control characters")
        ) from None


_TOO_DEEP = text("nested more than {limit} levels deep", limit=MAX_DEPTH)
_SWALLOWED = re.compile(r"\s[\w-]+: $")


def _slip(source: str, last: int, path: str, line: int) -> InvalidFile | None:
    """What is wrong, if that can be told from the lines up to ``last``, counted from 0."""
    found = find_slip(source, last)
    if found is None:
        return None
    return _invalid(Place(path, line + found.line, found.column + 1), found.message, found.hint)


class _Reader:
    """Makes nodes of the events of the YAML that begins on ``line`` of the file at ``path``."""

    def __init__(self, source: str, path: str, line: int) -> None:
        self.source = source
        self.path = path
        self.line = line
        self.events = _events(source, path, line)

    def place(self, event: Any) -> Place:
        return Place(self.path, self.line + event.start_mark.line, event.start_mark.column + 1)

    def node(self, event: Any, depth: int) -> Node:
        """The node that begins with this event."""
        place = self.place(event)
        if depth > MAX_DEPTH:
            raise _invalid(place, _TOO_DEEP, None)
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            raise self._slip(event) or _invalid(
                place,
                text("a reference (*, & or !), which is not used here"),
                text("write the value in full, between quotes"),
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        children: list[Node] = []
        for child in self.events:
            if isinstance(child, yaml.SequenceEndEvent):
                return SequenceNode(place, tuple(children), self._between_quotes(event, child))
            if isinstance(child, yaml.MappingEndEvent):
                return MappingNode(place, self._pairs(children), self._between_quotes(event, child))
            children.append(self.node(child, depth + 1))
        raise AssertionError("the parser ends every collection that it begins")

    def _scalar(self, event: Any, place: Place) -> ScalarNode:
        begin, end = event.start_mark, event.end_mark
        if event.style == "'" and end.line > begin.line and _SWALLOWED.search(event.value):
            hint = text("put the whole value between double quotes")
            raise self._slip(event) or _invalid(place, LEFT_OPEN, hint)  # closed by that of the next value
        found = _NOTE.match(self.source, end.index)
        if found is None or event.style in ("|", ">"):
            return ScalarNode(place, event.value)
        if event.value and event.style:
            typed = f"{event.value}{found[0].rstrip()}"
        else:
            typed = " ".join(self.source[begin.index : found.end()].split())
        where = replace(place, line=self.line + end.line) if end.line > begin.line else place
        return ScalarNode(place, event.value, Note(where, found[0].strip(), self._line(begin, typed)))

    def _between_quotes(self, begin: Any, end: Any) -> str:
        """The line of a collection between brackets, if they were meant as text; "" over several lines."""
        first, last = begin.start_mark, end.end_mark
        if not begin.flow_style or first.line != last.line or last.column > _LONGEST_LINE:
            return ""
        rest = self.source[last.index : last.index + _LONGEST_LINE].partition("\n")[0].rstrip()
        return self._line(first, self.source[first.index : last.index]) + rest

    def _pairs(self, children: list[Node]) -> tuple[tuple[ScalarNode, Node], ...]:
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                raise _slip(self.source, key.place.line - self.line, self.path, self.line) or _invalid(
                    key.place, text("a key must be a word"), text("put braces between quotes")
                )
            if key.text in pairs:
                first = pairs[key.text][0].place.line
                raise _invalid(
                    key.place,
                    text("'{key}' stands here twice, first on line {line}", key=key.text, line=first),
                    text("remove one of the two"),
                )
            pairs[key.text] = key, value
        return tuple(pairs.values())

    def _slip(self, event: Any) -> InvalidFile | None:
        return _slip(self.source, event.start_mark.line, self.path, self.line)

    def _line(self, begin: Any, value: str) -> str:
        before = self.source[begin.index - begin.column : begin.index].lstrip()
        return f"{before.rstrip()} {quoted(value)}".lstrip()


_LONGEST_LINE = 500
"""Of longer lines, such as of JSON without line breaks, no better version is made."""

_NOTE = re.compile(r"[ \t]+#[^\n]*")


def _invalid(place: Place, message: Text, hint: Text | None) -> InvalidFile:
    return InvalidFile(Problem(place, message, hint))
