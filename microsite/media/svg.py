"""SVG drawings, rebuilt from a list of what is allowed.

An SVG can run scripts, fetch files and keep a browser busy for ever. ``clean``
copies the elements, attributes and values that it knows to be harmless, leaves out
what nobody would miss, and reports everything else with its line. The result is a
file for an ``<img>``. See ``docs/decisions/svg.md``.

A drawing can take its colours from the house style with ``var(--name, #fallback)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, Problem, Text, in_data, text
from microsite.core.records import Record
from microsite.media import svg_styles, svg_values
from microsite.media.svg_allowed import (
    AS_PNG,
    ATTRIBUTES,
    DEFINITIONS,
    EFFECTS,
    ELEMENTS,
    GEOMETRY,
    GRADIENTS,
    HINTS,
    LANGUAGES,
    NONE,
    PLACING,
    PRESENTATION,
    REFERRING,
    REMOVE,
    REPEATS,
    VAR_HINT,
)
from microsite.media.svg_styles import EXPORT_ATTRIBUTES, Styles, TooManyRules, Unreadable
from microsite.media.svg_tree import (
    DESCRIPTIONS,
    SVG_NAMESPACE,
    XLINK_NAMESPACE,
    Element,
    parse,
    serialize,
)
from microsite.media.svg_values import BLEND_MODES, COLOURS, REFERENCE, number, numbers, pixels

_MAX_DRAWN = 10_000  # elements, counted each time that a reference draws them again
_MAX_REFERENCE_DEPTH = 12  # such as a shape in a mask in a mask; a circle has no end
_MAX_PROBLEMS = 20
_MAX_SIZE = 100_000.0
_DEFAULT_SIZE = 1_000.0


class Drawing(Record):
    """The facts of a usable drawing. Sizes are in CSS pixels; with ``has_text`` it needs a font."""

    width: float
    height: float
    has_text: bool


class Vector(Record):
    """A drawing that is safe to publish."""

    width: float
    height: float
    markup: str
    has_text: bool

    @property
    def facts(self) -> Drawing:
        return Drawing(self.width, self.height, self.has_text)


def clean(svg: bytes) -> Vector:
    """Return the drawing with only what is allowed; equal input gives equal markup.

    Comments, metadata, classes and the private data of drawing programs are left
    out. Raises InvalidFile with everything that is not allowed.
    """
    root = parse(svg)
    styles, problems = svg_styles.read(root)
    checker = _Checker(styles, problems)
    checker.check((root,))
    width, height = checker.size(root)
    if not problems:
        checker.check_references(root)
    if not problems:
        checker.check_repetition(root)
    if problems:
        unique = dict.fromkeys(sorted(problems, key=lambda problem: problem.place))
        raise InvalidFile(*tuple(unique)[:_MAX_PROBLEMS])
    root.kept.update(xmlns=SVG_NAMESPACE, width=number(width), height=number(height))
    root.kept.setdefault("viewBox", f"0 0 {number(width)} {number(height)}")
    if checker.ground:
        root.content.insert(0, _ground(root, width / height, checker.ground))
    has_text = any(node.name == "text" and "".join(node.texts()).strip() for node in root.walk())
    return Vector(width, height, serialize(root, f"v{digest(svg)[:8]}"), has_text)


def paint(markup: str, colours: Mapping[str, str]) -> str:
    """Replace each ``var(--name, #fallback)`` in the markup of a Vector by a colour.

    For files that are shown outside a page and so without its custom properties.
    ``colours`` maps names without dashes to ``#rrggbb``; any other name gets its
    fallback. Raises ValueError for a colour in another form.
    """
    for name, colour in colours.items():
        if not _SIX_DIGITS.fullmatch(colour):
            raise ValueError(f"colour {name} is not six hex digits: {colour!r}")
    return _VAR.sub(lambda found: colours.get(found[1], found[2]), markup)


_SIX_DIGITS = re.compile(r"#[0-9a-fA-F]{6}")
_VAR = re.compile(r"var\(--([a-z0-9-]+), (#[0-9a-f]{6})\)")


# ── checking ───────────────────────────────────────────────────────────────────────────────────────────


class _Checker:
    """Fills ``kept`` and ``references`` of every element, and adds to the problems.

    ``ground`` is the colour behind the whole drawing, if it has one.
    """

    def __init__(self, styles: Styles, problems: list[Problem]) -> None:
        self.ground = ""
        self._styles = styles
        self._problems = problems
        self._named: dict[str, Element] = {}
        self._definitions: dict[str, str] = {}  # id of one that cannot be used -> the name of its element

    def _reject(self, node: Element, message: Text, hint: Text | None = None) -> None:
        self._problems.append(in_data(message, hint, node.line, node.column))

    def check(self, path: Sequence[Element]) -> None:
        """Check the last element of a path and its descendants; those of a rejected one are not reported."""
        node = path[-1]
        if node.name == "switch":
            self._choose(node)
        if node.name not in ELEMENTS:
            message = text("<{element}> cannot be used in a drawing", element=node.name[:40])
            self._reject(node, message, HINTS.get(node.name, REMOVE))
            return
        self._check_attributes(node)
        self._check_properties(path)
        if node.name in DESCRIPTIONS:
            node.content = ["".join(node.texts())]
        node.content = [part for part in node.content if isinstance(part, str) or not self._is_left_out(part)]
        for child in node.children():
            self.check((*path, child))

    def _choose(self, switch: Element) -> None:
        """Make a ``switch`` a group of the child that a browser would draw.

        What only one program understands is passed over, and so is HTML: another child stands in for it.
        """
        choices = [child for child in switch.children() if not _is_for_a_program(child)]
        if any(("", "systemLanguage") in child.attributes for child in choices):
            self._reject(switch, text("the drawing has a version for each language"), LANGUAGES)
        drawn = [child for child in choices if child.name != "foreignObject"] or choices
        switch.name = "g"
        switch.content = [*drawn[:1]]

    def _is_left_out(self, node: Element) -> bool:
        """Whether an element is nothing to draw, such as a style sheet or a pattern."""
        if node.name in DEFINITIONS:
            self._definitions.setdefault(node.attributes.get(("", "id"), ""), node.name)
            return True
        return node.name == "style" or _is_for_a_program(node)

    def _check_attributes(self, node: Element) -> None:
        for (namespace, name), raw in node.attributes.items():
            value = " ".join(raw.split())
            if name == "href" and namespace in ("", XLINK_NAMESPACE):
                self._check_link(node, value)
            elif name.lower().startswith("on") and not namespace:
                message = text("<{element}> has a script: {name}", element=node.name, name=name[:40])
                self._reject(node, message, REMOVE)
            elif namespace or name == "style" or name in ATTRIBUTES:
                continue
            elif name == "id":
                if self._named.setdefault(value, node) is node:
                    node.id = value
            elif name in ELEMENTS[node.name]:
                self._keep(node, name, svg_values.attribute(name, value), value)
            else:
                self._ignore(node, name, value)

    def _check_link(self, node: Element, value: str) -> None:
        if not value.startswith("#"):
            message = text(
                "<{element}> points outside the drawing: {value}", element=node.name, value=value[:60]
            )
            self._reject(node, message, REMOVE)
        elif node.name == "use" or node.name in GRADIENTS:
            node.references["href"] = value[1:]

    def _check_properties(self, path: Sequence[Element]) -> None:
        node = path[-1]
        properties = self._properties(path)
        placing = {name: value for name, value in properties.items() if name in PLACING}
        if placing:
            written = svg_values.placed(placing, _box(path))
            if written != "":
                self._keep(node, "transform", written, "; ".join(placing.values()))
        for name, value in properties.items():
            if name in PRESENTATION:
                self._check_property(node, name, value)
            elif name in GEOMETRY.get(node.name, ()):
                self._check_geometry(node, name, value)
            elif name in ("background", "background-color") and node is path[0]:
                self._check_ground(node, name, value)
            elif name not in PLACING:
                self._check_effect(node, name, value)

    def _properties(self, path: Sequence[Element]) -> dict[str, str]:
        """The properties of an element; all are written as attributes, as the CSP forbids styles."""
        node = path[-1]
        plain = {
            name: " ".join(value.split())
            for (namespace, name), value in node.attributes.items()
            if not namespace and name in ATTRIBUTES
        }
        try:
            return self._styles.properties(path, plain)
        except Unreadable:
            message = text(
                "<{element}> has a style that cannot be read: {value}",
                element=node.name,
                value=node.attributes["", "style"][:60],
            )
        except TooManyRules:
            message = text("the drawing has too many style rules")
        self._reject(node, message, EXPORT_ATTRIBUTES)
        return plain

    def _check_property(self, node: Element, name: str, value: str) -> None:
        if (reference := REFERENCE.fullmatch(value)) and name in REFERRING:
            rest = svg_values.colour(reference[3]) if reference[3] and name in COLOURS else ""
            node.references[name] = reference[2]
            self._keep(node, name, None if reference[3] and not rest else rest, value)
        else:
            self._keep(node, name, svg_values.presentation(name, value), value)

    def _check_geometry(self, node: Element, name: str, value: str) -> None:
        if value == "auto":
            node.kept.pop(name, None)
        else:
            value = svg_values.path(value) if name == "d" else value
            self._keep(node, name, svg_values.attribute(name, value), value)

    def _check_ground(self, root: Element, name: str, value: str) -> None:
        colour = svg_values.colour(value)
        if colour is None:
            self._keep(root, name, None, value)
        elif value not in NONE:
            self.ground = colour

    def _check_effect(self, node: Element, name: str, value: str) -> None:
        if (name == "mix-blend-mode" and value in BLEND_MODES) or (name, value) == ("isolation", "isolate"):
            declarations = [*filter(None, [node.kept.get("style")]), f"{name}:{value}"]
            node.kept["style"] = ";".join(sorted(declarations))
        elif name in EFFECTS and value.lower() not in NONE:
            self._keep(node, name, None, value)
        else:
            self._ignore(node, name, value)

    def _keep(self, node: Element, name: str, value: str | None, raw: str) -> None:
        if value is None:
            message = text(
                "<{element}> has a {name} that cannot be used: {value}",
                element=node.name,
                name=name,
                value=raw[:60],
            )
            self._reject(node, message, VAR_HINT if "var(" in raw else HINTS.get(name, AS_PNG))
        else:
            node.kept[name] = value

    def _ignore(self, node: Element, name: str, value: str) -> None:
        """Leave out what is unknown, but reject what would fetch or refer to something."""
        if "url(" in value.lower():
            self._keep(node, name[:40], None, value)

    def check_references(self, root: Element) -> None:
        for node in root.walk():
            for name, target in node.references.items():
                if target in self._definitions and target not in self._named:
                    self._keep(node, name, None, f"<{self._definitions[target]}>")
                elif target not in self._named:
                    message = text(
                        "<{element}> points at '#{id}', which is not there", element=node.name, id=target
                    )
                    self._reject(node, message)

    def check_repetition(self, root: Element) -> None:
        """Limit what a browser would draw: with references, ten lines can ask for a billion shapes."""
        count = 0
        todo = [(root, 0)]
        while todo:
            node, depth = todo.pop()
            count += 1
            if count > _MAX_DRAWN or depth > _MAX_REFERENCE_DEPTH:
                self._reject(node, text("the drawing repeats parts of itself too often"), REPEATS)
                return
            todo.extend([(child, depth) for child in node.children()])
            todo.extend([(self._named[target], depth + 1) for target in node.references.values()])

    def size(self, root: Element) -> tuple[float, float]:
        """Return width and height in CSS pixels, from ``width``, ``height`` and ``viewBox``."""
        width, height = (pixels(root.kept.get(name, "")) for name in ("width", "height"))
        box = numbers(root.kept.pop("viewBox", ""))
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            root.kept["viewBox"] = " ".join(number(part) for part in box)
            if width and not height:
                height = width * box[3] / box[2]
            elif height and not width:
                width = height * box[2] / box[3]
            elif not width or not height:  # the units of a viewBox can be miles or microns
                longest = max(box[2:])
                scale = 1.0 if 10 <= longest <= _MAX_SIZE else _DEFAULT_SIZE / longest
                width, height = box[2] * scale, box[3] * scale
        if not (0 < width <= _MAX_SIZE and 0 < height <= _MAX_SIZE):
            self._reject(
                root,
                text("the drawing has no usable size"),
                text("give <svg> a viewBox, such as viewBox='0 0 300 200'"),
            )
        return width, height


def _is_for_a_program(node: Element) -> bool:
    """Whether an element is drawn only by a program with extensions, such as Illustrator's own data."""
    return bool(node.attributes.get(("", "requiredExtensions"), "").strip())


def _box(path: Sequence[Element]) -> svg_values.Box | None:
    """The size of the coordinate system that an element stands in, where that is the drawing's own."""
    if any(node.name in ("svg", "symbol") for node in path[1:]):
        return None
    attributes = path[0].attributes
    box = numbers(attributes.get(("", "viewBox"), ""))
    if len(box) == 4:
        return box[2], box[3]
    width, height = (pixels(attributes.get(("", name), "").strip()) for name in ("width", "height"))
    return (width, height) if width and height else None


def _ground(root: Element, ratio: float, colour: str) -> Element:
    """A rectangle behind the drawing, also where its frame is wider or higher than its viewBox."""
    left, top, width, height = numbers(root.kept["viewBox"])
    across, down = max(width, height * ratio), max(height, width / ratio)
    corner = {"x": left - (across - width) / 2, "y": top - (down - height) / 2}
    kept = {name: number(value) for name, value in {**corner, "width": across, "height": down}.items()}
    return Element("rect", {}, root.line, root.column, kept={**kept, "fill": colour})
