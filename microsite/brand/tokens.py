"""Design tokens: colours, font and logo width from the token file of a design system.

Three dialects are in use for the same file: ``{"$value": …}`` of the Design
Tokens Community Group, the older ``{"value": …}``, and plain nested values. A
value may refer to another one: ``"{basis.color.accent}"``. Names are those of NL
Design System; a set of Tokens Studio may stand before them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from microsite.brand.colour import InvalidColour, parse
from microsite.content import tree as trees
from microsite.content.files import Source
from microsite.core.problems import InvalidFile, Problem, in_data, problems_or, text
from microsite.core.records import Record

R = TypeVar("R")

MOST_BYTES = 1_000_000

COLOURS = (
    "utrecht.button.primary-action.background-color",
    "basis.color.action-1.color-default",
    "basis.color.accent-1.color-default",
    "ams.color.interactive.default",
    "rhc.color.primary.500",
    "utrecht.link.color",
    "color.primary",
)
"""The tokens for the brand's colour; the first one found is used."""

_SECONDS = (
    "utrecht.page-footer.background-color",
    "basis.color.accent-2.color-default",
    "basis.color.accent-1.color-default",
    "color.secondary",
)
_FONTS = (
    "utrecht.document.font-family",
    "basis.typography.font-family.default",
    "ams.typography.font-family",
    "utrecht.heading.font-family",
)
_WIDTHS = ("utrecht.logo.max-inline-size", "utrecht.logo.inline-size", "utrecht.logo.max-width")


class Tokens(Record):
    """The values found; "" or 0 for the others. ``logo_width`` is in CSS pixels."""

    colour: str = ""
    second_colour: str = ""
    font: str = ""
    logo_width: int = 0


def examine(data: bytes) -> Tokens:
    """Read a JSON file with design tokens. Raises InvalidFile."""
    return _Reader(_tree(data)).tokens()


@problems_or
def examine_file(source: Source) -> Tokens:
    return examine(source.read())


def _tree(data: bytes) -> trees.MappingNode:
    if len(data) > MOST_BYTES:
        raise InvalidFile(in_data(text("the file is larger than {most} MB", most=MOST_BYTES // 1_000_000)))
    try:
        words = data.decode("utf-8-sig")
        if not isinstance(json.loads(words), dict):
            raise InvalidFile(_not_tokens(1, 1))
    except UnicodeDecodeError:
        raise InvalidFile(in_data(text("the file is not UTF-8"), text("save it as UTF-8"))) from None
    except json.JSONDecodeError as error:
        raise InvalidFile(_not_tokens(error.lineno, error.colno)) from None
    except (ValueError, RecursionError):  # a number of a thousand digits, a thousand brackets
        raise InvalidFile(_not_tokens(0, 0)) from None
    # JSON is YAML too, and that is read with the place of every value and without double keys.
    from microsite.content import yaml  # seldom needed

    return yaml.parse(words, "", limit=MOST_BYTES)


def _not_tokens(line: int, column: int) -> Problem:
    hint = text("export the design tokens once more, as JSON")
    return in_data(text("this is no JSON with design tokens"), hint, line, column)


class _Wrong(Exception):
    """A token that cannot be resolved. ``args[0]`` is the problem."""


class _Reader:
    """Looks up tokens in one tree and collects problems."""

    def __init__(self, tree: trees.MappingNode) -> None:
        self._values = dict(reversed(list(_flat(tree, ""))))
        self._ends: dict[str, str] = {}
        for name in reversed(self._values):
            parts = name.split(".")
            for i in range(1, len(parts)):
                self._ends[".".join(parts[i:])] = name
        self._problems: list[Problem] = []

    def tokens(self) -> Tokens:
        colour = self._first(COLOURS, _colour)
        second = self._first(_SECONDS, _colour)
        font, width = self._first(_FONTS, _family), self._first(_WIDTHS, _pixels)
        if self._problems:
            raise InvalidFile(*dict.fromkeys(self._problems))
        return Tokens(colour or "", second if second and second != colour else "", font or "", width or 0)

    def _first(self, names: tuple[str, ...], typed: Callable[[trees.Node], R | None]) -> R | None:
        """The value of the first of these tokens that has a usable one."""
        for name in names:
            node = self._values.get(self._known(name))
            if node is not None:
                try:
                    value = typed(self._followed(name, node))
                except _Wrong as wrong:
                    self._problems.append(wrong.args[0])
                    return None
                if value is not None:
                    return value
        return None

    def _known(self, name: str) -> str:
        return name if name in self._values else self._ends.get(name, name)

    def _followed(self, name: str, node: trees.Node) -> trees.Node:
        start, trail = node.place, [self._known(name)]
        while isinstance(node, trees.ScalarNode) and (found := _ALIAS.fullmatch(node.text)):
            target = self._known(found[1].removesuffix(".value"))
            if target in trail:
                round_trip = " → ".join([*trail[trail.index(target) :], target])
                raise _Wrong(
                    Problem(start, text("this token refers to itself: {names}", names=round_trip[:300]))
                )
            if target not in self._values:
                raise _Wrong(
                    Problem(node.place, text("there is no token '{name}' to refer to", name=target[:100]))
                )
            trail.append(target)
            node = self._values[target]
        return node


_ALIAS = re.compile(r"\s*\{\s*([^{}]+?)\s*\}\s*")


def _flat(node: trees.MappingNode, within: str) -> Iterator[tuple[str, trees.Node]]:
    """All tokens, in any of the dialects, with their dotted names."""
    for key, child in node.items:
        if key.text.startswith("$"):
            continue
        name = f"{within}{key.text}"
        if not isinstance(child, trees.MappingNode):
            yield name, child
        elif (value := child.get("$value")) is not None or isinstance(
            value := child.get("value"), trees.ScalarNode
        ):
            yield name, value
        else:
            yield from _flat(child, f"{name}.")


# ── values ────────────────────────────────────────────────────────────────────────────────

_FUNCTIONS: Mapping[str, str] = {
    **dict.fromkeys(("oklch", "oklab", "lch", "lab"), "{space}({parts}{alpha})"),
    "hsl": "hsl({parts}{alpha})",
    "hwb": "hwb({parts}{alpha})",
}


def _colour(node: trees.Node) -> str | None:
    """A colour as ``#rrggbb``; None when it is not an opaque colour, such as 'transparent'."""
    try:
        return parse(_written(node))
    except InvalidColour:
        return None


def _written(node: trees.Node) -> str:
    """A colour as CSS: the text itself, or from the components of the newest dialect."""
    if not isinstance(node, trees.MappingNode):
        return node.text if isinstance(node, trees.ScalarNode) else ""
    exact, space, parts = node.get("hex"), node.get("colorSpace"), node.get("components")
    alpha = node.get("alpha")
    clear = f" / {alpha.text}" if isinstance(alpha, trees.ScalarNode) else ""
    if isinstance(exact, trees.ScalarNode) and clear in ("", " / 1", " / 1.0"):
        return exact.text
    if not (isinstance(space, trees.ScalarNode) and isinstance(parts, trees.SequenceNode)):
        return ""
    numbers = [part.text for part in parts.items if isinstance(part, trees.ScalarNode)]
    if space.text in ("hsl", "hwb"):
        numbers[1:] = [f"{number}%" for number in numbers[1:]]
    form = _FUNCTIONS.get(space.text, "color({space} {parts}{alpha})")
    return form.format(space=space.text, parts=" ".join(numbers), alpha=clear)


def _family(node: trees.Node) -> str | None:
    """The first family of a font stack, spelled like our own: hanken-grotesk."""
    if isinstance(node, trees.SequenceNode):
        node = node.items[0] if node.items else node
    if not isinstance(node, trees.ScalarNode):
        return None
    name = node.text.split(",")[0].strip().strip("\"'").strip().lower()
    return re.sub(r"\s+", "-", name.removesuffix(" variable"))[:60] or None


def _pixels(node: trees.Node) -> int | None:
    """A length such as '12rem', or a value with a unit, in CSS pixels."""
    if isinstance(node, trees.MappingNode):
        parts = [node.get("value"), node.get("unit")]
        words = "".join(part.text for part in parts if isinstance(part, trees.ScalarNode))
    else:
        words = node.text if isinstance(node, trees.ScalarNode) else ""
    found = re.fullmatch(r"\s*([0-9]{1,5}(?:\.[0-9]{1,5})?)\s*(px|rem|em)?\s*", words)
    return round(float(found[1]) * (1 if found[2] in ("px", None) else 16)) if found else None
