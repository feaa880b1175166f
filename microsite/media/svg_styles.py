"""The cascade of a drawing: which properties its elements get from ``<style>`` and ``style="…"``.

Rules may select elements by name, class and id, also within others. They are applied as
browsers do, by importance, specificity and order (CSS Cascading 4): a drawing keeps its
looks without the style sheet, which our content security policy forbids.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from microsite.core.problems import Problem, in_data, text
from microsite.core.records import Record, replace
from microsite.media.svg_tree import Element
from microsite.media.svg_values import WIDE_GAMUT, longhands

if TYPE_CHECKING:
    from tinycss2.ast import Node

EXPORT_ATTRIBUTES = text(
    "export it once more: in Illustrator with File > Export As > SVG and styling 'presentation attributes', "
    "in Inkscape as 'plain SVG'; if that is not possible, ask for a PNG, 1200 pixels wide"
)

_MAX_STEPS = 200_000
"""How often an element is compared with a part of a selector, for one drawing."""

_INLINE = 1_000_000_000  # a style attribute is above every selector
_STATES = frozenset(
    ("hover", "active", "focus", "focus-visible", "focus-within", "visited", "link", "target")
)
_IGNORED_RULES = frozenset(("charset", "namespace", "font-face", "keyframes", "-webkit-keyframes", "page"))
_SHOWN_MEDIA = frozenset(("", "all", "screen", "(prefers-color-scheme: light)"))
_OTHER_MEDIA = frozenset(("print", "(prefers-color-scheme: dark)"))

Declaration = tuple[bool, str, str]
"""Whether it is important, the name of the property and its value."""


class Compound(Record):
    """A part of a selector: the name, id and classes that one element must have.

    With ``is_child`` the element must be directly in the one that the part before it selects.
    """

    name: str = ""
    id: str = ""
    classes: frozenset[str] = frozenset()
    is_root: bool = False
    is_child: bool = False

    @property
    def specificity(self) -> int:
        return 1_000_000 * bool(self.id) + 1_000 * (len(self.classes) + self.is_root) + bool(self.name)

    @property
    def key(self) -> str:
        """The rarest thing that it asks for, as in ``_keys``."""
        if self.id:
            return f"#{self.id}"
        return f".{min(self.classes)}" if self.classes else self.name or "*"

    def selects(self, node: Element, is_root: bool) -> bool:
        return (
            self.name in ("", node.name)
            and self.id in ("", node.attributes.get(("", "id")))
            and self.classes <= node.classes
            and (is_root or not self.is_root)
        )


Selector = tuple[Compound, ...]


def _keys(node: Element) -> Iterator[str]:
    yield from ("*", node.name, f"#{node.attributes.get(('', 'id'))}")
    yield from (f".{name}" for name in node.classes)


class Unreadable(Exception):
    """CSS that is not understood. ``args[0]`` is the part."""


class TooManyRules(Exception):
    """Applying the rules would take too long."""


class Styles:
    """The rules of one drawing."""

    def __init__(self) -> None:
        self._rules: dict[str, list[tuple[int, Selector, tuple[Declaration, ...]]]] = {}
        self._count = 0
        self._steps = 0

    def add(self, selector: Selector, block: tuple[Declaration, ...]) -> None:
        self._count += 1
        self._rules.setdefault(selector[-1].key, []).append((self._count, selector, block))

    def properties(self, path: Sequence[Element], plain: dict[str, str]) -> dict[str, str]:
        """The properties of the last element of ``path``, which begins at the root.

        ``plain`` are those of its presentation attributes: every rule is above them. Raises
        Unreadable for its style attribute, and TooManyRules.
        """
        ranked = sorted(
            ((important, *weight, n), name, value)
            for weight, block in self._blocks(path)
            for n, (important, name, value) in enumerate(block)
        )
        properties = dict(plain)
        for _, name, value in ranked:
            for longhand, part in longhands(name, value).items():
                if not (longhand in properties and WIDE_GAMUT.match(part)):
                    properties[longhand] = part
        return properties

    def _blocks(self, path: Sequence[Element]) -> Iterator[tuple[tuple[int, int], tuple[Declaration, ...]]]:
        """The blocks of the rules that apply, with their specificity and order."""
        for key in _keys(path[-1]) if self._rules else ():
            for order, selector, block in self._rules.get(key, ()):
                if self._selects(selector, path):
                    yield (sum(part.specificity for part in selector), order), block
        if inline := path[-1].attributes.get(("", "style"), "").strip():
            yield (_INLINE, 0), _inline(inline)

    def _selects(self, selector: Selector, path: Sequence[Element]) -> bool:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise TooManyRules
        *before, last = selector
        if not last.selects(path[-1], len(path) == 1):
            return False
        if not before:
            return True
        nearest = len(path) - 1
        ends = (nearest,) if last.is_child else range(nearest, 0, -1)
        return any(end > 0 and self._selects(tuple(before), path[:end]) for end in ends)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


def read(root: Element) -> tuple[Styles, list[Problem]]:
    """The rules of all ``<style>`` elements, and a problem for each that is not understood."""
    styles = Styles()
    problems: list[Problem] = []
    for node in root.walk():
        if node.name == "style":
            problems += _read("".join(node.texts()), node, styles)
    return styles, problems


def _read(css: str | Sequence[Node], node: Element, styles: Styles) -> Iterator[Problem]:
    """Add the rules in a style sheet, or in a block of one, to ``styles``."""
    import tinycss2  # most drawings have no style sheet

    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        try:
            if rule.type == "qualified-rule":
                block = _block(rule.content)
                for selector in _selectors(rule.prelude):
                    styles.add(selector, block)
            elif rule.type == "at-rule" and _applies(rule):
                yield from _read(rule.content, node, styles)
        except Unreadable as part:
            message = text(
                "<{element}> has a rule that cannot be used: {value}", element=node.name, value=str(part)[:60]
            )
            column = node.column if rule.source_line == 1 else 1
            yield in_data(message, EXPORT_ATTRIBUTES, node.line + rule.source_line - 1, column)


def _applies(rule: Node) -> bool:
    """Whether the rules in an at-rule are those of a still drawing on a light page. Raises Unreadable."""
    name, condition = rule.lower_at_keyword, _written(rule.prelude)
    if name == "media" and condition in _SHOWN_MEDIA:
        return rule.content is not None
    if name in _IGNORED_RULES or (name == "media" and condition in _OTHER_MEDIA):
        return False
    raise Unreadable(f"@{name} {condition}")


def _selectors(prelude: Sequence[Node]) -> Iterator[Selector]:
    """The selectors in a list, except those of a state that a drawing is never in, such as ``:hover``."""
    commas = [-1, *(i for i, part in enumerate(prelude) if part == ","), len(prelude)]
    for before, after in itertools.pairwise(commas):
        with contextlib.suppress(_Never):
            yield _selector(prelude[before + 1 : after])


class _Never(Exception):
    """A selector selects nothing in a still drawing."""


def _selector(tokens: Sequence[Node]) -> Selector:
    parts: list[Compound] = []
    is_child, begins = False, True
    todo = deque(tokens)
    while todo:
        sign = todo.popleft()
        if sign.type == "whitespace" or sign == ">":
            is_child, begins = is_child or sign == ">", True
            continue
        if begins:
            parts.append(Compound(is_child=is_child))
            is_child = begins = False
        parts[-1] = _narrowed(parts[-1], sign, todo)
    if not parts or is_child or parts[0].is_child:
        raise Unreadable(_written(tokens))
    return tuple(parts)


def _narrowed(part: Compound, sign: Node, todo: deque[Node]) -> Compound:
    """The compound with what the next tokens ask for besides."""
    if sign == "*":
        return part
    if sign.type == "ident":
        return replace(part, name=sign.value)
    if sign.type == "hash":
        return replace(part, id=sign.value)
    name = todo.popleft() if todo and sign in (".", ":") else None
    if name is not None and name.type == "ident":
        if sign == ".":
            return replace(part, classes=part.classes | {name.value})
        if name.lower_value == "root":
            return replace(part, is_root=True)
        if name.lower_value in _STATES:
            raise _Never
    raise Unreadable(_written([sign, *([name] if name else ()), *todo]))


@lru_cache(maxsize=256)
def _inline(css: str) -> tuple[Declaration, ...]:
    return _block(css)


def _block(css: str | Sequence[Node]) -> tuple[Declaration, ...]:
    """The declarations in a block; as in a browser, what is no declaration is passed over."""
    import tinycss2

    found = []
    for node in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        if node.type in ("at-rule", "qualified-rule"):
            raise Unreadable(_written([node]))
        if node.type == "declaration" and (value := _written(node.value)):
            found.append((node.important, node.lower_name, value))
    return tuple(found)


def _written(nodes: Iterable[Node]) -> str:
    import tinycss2

    try:
        return " ".join(tinycss2.serialize(nodes).split())
    except RecursionError:  # a thousand brackets
        raise Unreadable("((((…") from None
