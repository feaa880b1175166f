"""Design tokens: colours, font and logo width from the token file of a design system.

Three dialects are in use for the same file: ``{"$value": …}`` of the Design
Tokens Community Group, the older ``{"value": …}``, and plain nested values. A
value may refer to another one: ``"{basis.color.accent}"``. Names are those of NL
Design System, also in camelCase; a set of Tokens Studio may stand before them. Of
several sets those of the theme count, in the order of the file, and light before dark.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from microsite.brand.colour import InvalidColour, parse, to_oklch
from microsite.content import tree as trees
from microsite.content.files import Source
from microsite.core.problems import InvalidFile, Problem, in_data, problems_or, text
from microsite.core.records import Record

R = TypeVar("R")

MOST_BYTES = 4_000_000
"""The start theme of NL Design System comes to 2.0 MB, which takes a second to read."""

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
    "basis.text.font-family.default",
    "basis.typography.font-family.default",
    "ams.typography.font-family",
    "utrecht.heading.font-family",
)
_WIDTHS = ("utrecht.logo.max-inline-size", "utrecht.logo.inline-size", "utrecht.logo.max-width")


class Tokens(Record):
    """The values found, by their keys in brand.yaml; "" or 0 for the others. ``logo_width`` is in CSS pixels.

    ``problems`` are of tokens that cannot be resolved: they matter only where brand.yaml does not have the
    value itself. Without a known name for the colour, ``choices`` are the names of colours that are there.
    """

    colour: str = ""
    second_colour: str = ""
    font: str = ""
    logo_width: int = 0
    problems: tuple[tuple[str, Problem], ...] = ()
    choices: tuple[str, ...] = ()


def examine(data: bytes) -> Tokens:
    """Read a JSON file with design tokens. Raises InvalidFile."""
    return _Reader(_tree(data)).tokens()


@problems_or
def examine_file(source: Source) -> Tokens:
    return examine(source.read())


def _tree(data: bytes) -> trees.MappingNode:
    if len(data) > MOST_BYTES:
        message = text("the file is larger than {most} MB", most=MOST_BYTES // 1_000_000)
        raise InvalidFile(in_data(message, _EXPORT))
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
    return in_data(text("this is no JSON with design tokens"), _EXPORT, line, column)


_EXPORT = text(
    "export the design tokens once more, as JSON; of a package of NL Design System, take dist/tokens.json"
)


class _Wrong(Exception):
    """A token that cannot be resolved. ``args[0]`` is the problem."""


class _Reader:
    """Looks up tokens in one tree and collects problems."""

    def __init__(self, tree: trees.MappingNode) -> None:
        self._values = _values(tree)
        self._ends: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        written = list(self._values)[::-1]
        for name in sorted(written, key=_is_light):  # of several names with one end the last is used
            parts = name.split(".")
            self._ends.update({".".join(parts[i:]): name for i in range(1, len(parts))})
            self._bare[_bare(name)] = name
        self._problems: list[tuple[str, Problem]] = []

    def tokens(self) -> Tokens:
        colour = self._first("colour", COLOURS, _colour)
        second = self._first("second_colour", _SECONDS, _vivid)
        font, width = self._first("font", _FONTS, _family), self._first("logo_width", _WIDTHS, _pixels)
        return Tokens(
            colour or "",
            second if second and second != colour else "",
            font or "",
            width or 0,
            tuple(self._problems),
            () if colour else tuple(self._choices()),
        )

    def _first(self, key: str, names: tuple[str, ...], typed: Callable[[trees.Node], R | None]) -> R | None:
        """The value of the first of these tokens that has a usable one."""
        for name in names:
            node = self._values.get(self._known(name))
            if node is not None:
                try:
                    value = typed(self._followed(name, node))
                except _Wrong as wrong:
                    self._problems.append((key, wrong.args[0]))
                    return None
                if value is not None:
                    return value
        return None

    def _choices(self) -> Iterator[str]:
        """The names of a few vivid colours, each colour once; those with the shortest names."""
        found: dict[str, str] = {}
        for name in sorted(self._values, key=lambda name: (name.count("."), len(name))):
            with contextlib.suppress(_Wrong):
                colour = _vivid(self._followed(name, self._values[name]))
                if colour and colour not in found:
                    found[colour] = name
            if len(found) == _MOST_CHOICES:
                break
        yield from (f"{name} ({colour})" for colour, name in found.items())

    def _known(self, name: str) -> str:
        if name in self._values:
            return name
        return self._ends.get(name) or self._bare.get(_bare(name), name)

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


_MOST_CHOICES = 8
_DARK = re.compile(r"(?:^|[^a-z])(?:dark|donker|night|nacht)(?![a-z])", re.IGNORECASE)


def _is_light(name: str) -> bool:
    return not _DARK.search(name.partition(".")[0])


def _bare(name: str) -> str:
    """A name without what stands between its words: ``utrechtLinkColor`` is ``--utrecht-link-color``."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _values(tree: trees.MappingNode) -> dict[str, trees.Node]:
    """All tokens by name. Where sets are chosen, those of one set take the place of those before it."""
    values: dict[str, trees.Node] = {}
    for name in _chosen_sets(tree):
        if isinstance(found := tree.get(name), trees.MappingNode):
            values |= dict(reversed(list(_flat(found, ""))))
    return values or dict(reversed(list(_flat(tree, ""))))


def _chosen_sets(tree: trees.MappingNode) -> list[str]:
    """The sets of Tokens Studio that are enabled, in order; none when the file does not say.

    Of each group of themes it is the first that is not dark; without themes, all sets that are not dark.
    """
    metadata = tree.get("$metadata")
    order = _texts(metadata.get("tokenSetOrder") if isinstance(metadata, trees.MappingNode) else None)
    groups: dict[str, dict[str, str]] = {}
    themes = tree.get("$themes")
    for theme in sorted(_mappings(themes), key=lambda theme: not _is_light(_text(theme.get("name")))):
        groups.setdefault(_text(theme.get("group")), _statuses(theme.get("selectedTokenSets")))
    if groups:
        enabled = {name for sets in groups.values() for name, status in sets.items() if status != "disabled"}
    elif order:
        names = [key.text for key, _ in tree.items if not key.text.startswith("$")]
        enabled = {name for name in names if _is_light(name)} or {*names}
    else:
        return []
    return sorted(enabled, key=lambda name: (order.index(name) if name in order else -1, name))


def _text(node: trees.Node | None) -> str:
    return node.text if isinstance(node, trees.ScalarNode) else ""


def _texts(node: trees.Node | None) -> list[str]:
    return [_text(item) for item in node.items] if isinstance(node, trees.SequenceNode) else []


def _mappings(node: trees.Node | None) -> list[trees.MappingNode]:
    items = node.items if isinstance(node, trees.SequenceNode) else ()
    return [item for item in items if isinstance(item, trees.MappingNode)]


def _statuses(node: trees.Node | None) -> dict[str, str]:
    items = node.items if isinstance(node, trees.MappingNode) else ()
    return {key.text: _text(value) for key, value in items}


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


def _vivid(node: trees.Node) -> str | None:
    """A colour that is not white, black or grey: those are no second colour of a house style."""
    colour = _colour(node)
    return colour if colour and to_oklch(colour).chroma >= _LEAST_CHROMA else None


_LEAST_CHROMA = 0.03


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
