"""SVG drawings, rebuilt from a list of what is allowed.

An SVG can run scripts, fetch files and keep a browser busy for ever. ``clean``
copies the elements, attributes and values that it knows to be harmless, leaves out
what nobody would miss, and reports everything else with its line. The result can
be placed in a page as well as in an ``<img>``. See ``docs/decisions/svg.md``.

A drawing can take its colours from the house style with ``var(--name, #fallback)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, Problem, Text, in_data, text
from microsite.core.records import Record
from microsite.media.svg_tree import (
    DESCRIPTIONS,
    SVG_NAMESPACE,
    XLINK_NAMESPACE,
    Element,
    parse,
    serialize,
)

_MAX_DRAWN = 10_000  # elements, counted each time that a reference draws them again
_MAX_REFERENCE_DEPTH = 5  # such as a shape in a mask in a mask
_MAX_PROBLEMS = 20
_MAX_SIZE = 100_000.0
_MAX_UNITS = 1_000_000_000.0
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
    checker = _Checker()
    checker.check(root)
    width, height = checker.size(root)
    if not checker.problems:
        checker.check_references(root)
    if not checker.problems:
        checker.check_repetition(root)
    if checker.problems:
        raise InvalidFile(*tuple(dict.fromkeys(checker.problems))[:_MAX_PROBLEMS])
    root.kept.update(xmlns=SVG_NAMESPACE, width=_number(width), height=_number(height))
    root.kept.setdefault("viewBox", f"0 0 {_number(width)} {_number(height)}")
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


# ── what is allowed ──────────────────────────────────────────────────────────────────────────────────

_GRADIENTS = frozenset(("linearGradient", "radialGradient"))

# Element -> its own attributes. Every element may have an id and the presentation attributes.
_ELEMENTS: dict[str, tuple[str, ...]] = {
    "svg": ("x", "y", "width", "height", "viewBox", "preserveAspectRatio"),
    "g": (),
    "defs": (),
    "symbol": ("x", "y", "width", "height", "viewBox", "preserveAspectRatio", "refX", "refY"),
    "use": ("x", "y", "width", "height"),
    "title": (),
    "desc": (),
    "path": ("d", "pathLength"),
    "rect": ("x", "y", "width", "height", "rx", "ry", "pathLength"),
    "circle": ("cx", "cy", "r", "pathLength"),
    "ellipse": ("cx", "cy", "rx", "ry", "pathLength"),
    "line": ("x1", "y1", "x2", "y2", "pathLength"),
    "polyline": ("points", "pathLength"),
    "polygon": ("points", "pathLength"),
    "text": ("x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust"),
    "tspan": ("x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust"),
    "linearGradient": ("x1", "y1", "x2", "y2", "gradientUnits", "gradientTransform", "spreadMethod"),
    "radialGradient": (
        *("cx", "cy", "r", "fx", "fy", "fr"),
        *("gradientUnits", "gradientTransform", "spreadMethod"),
    ),
    "stop": ("offset",),
    "clipPath": ("clipPathUnits",),
    "mask": ("x", "y", "width", "height", "maskUnits", "maskContentUnits"),
}

_COLOURS = frozenset(("fill", "stroke", "stop-color", "color"))
_MASKS = frozenset(("clip-path", "mask"))
_PRESENTATION = frozenset(
    (
        *("transform", "opacity", "display", "visibility", "overflow", "vector-effect", "paint-order"),
        *("fill-opacity", "fill-rule", "clip-rule", "stop-opacity", "mask-type"),
        *("stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
        *("stroke-dasharray", "stroke-dashoffset", "shape-rendering", "text-rendering"),
        *("font-family", "font-size", "font-style", "font-weight", "font-variant", "font-stretch"),
        *("text-anchor", "text-decoration", "letter-spacing", "word-spacing", "dominant-baseline"),
        *("baseline-shift", "direction", "unicode-bidi", "writing-mode"),
    )
)
_STYLES = _PRESENTATION | _COLOURS | _MASKS
_REFERRING = frozenset(("fill", "stroke")) | _MASKS

# The syntax of values. None of these can contain an address, a function or an escape.
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9.,%+\- ]*")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9.,+\- ]*")
_FONTS = re.compile(r"""[\w ,.'"-]*""")
_TRANSFORM = re.compile(r"(?:(?:matrix|translate|scale|rotate|skewX|skewY) ?\([0-9eE.,+\- ]*\)[ ,]*)*|none")
_REFERENCE = re.compile(r"""url\( ?(['"]?)#([^'"()\s]+)\1 ?\)(?: (.*))?""", re.IGNORECASE)
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_VAR_COLOUR = re.compile(r"var\( ?--([a-z][a-z0-9-]*) ?, ?#([0-9a-f]{3}|[0-9a-f]{6}) ?\)", re.IGNORECASE)
_FUNCTION_COLOUR = re.compile(r"(?:rgb|hsl)a?\([0-9.,%/+\- deg]*\)", re.IGNORECASE)
_OBFUSCATING = re.compile(r"[\\@<]|/\*")  # escapes, imports and comments
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")

_LENGTH = re.compile(r"([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?) ?(px|pt|pc|mm|cm|in|q)?", re.IGNORECASE)
_PIXELS = {
    "": 1,
    "px": 1,
    "pt": 96 / 72,
    "pc": 16,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96,
    "q": 96 / 101.6,
}

_SHAPES = text(
    "export the drawing with shapes and colours only ('presentation attributes' in the export window)"
)
_VAR_HINT = text("write an open colour as var(--name, #1a2b3c)")
_REPEATS = text("draw the parts that are repeated, or export the drawing as PNG")
_REMOVE = text("remove it from the drawing")
_EMBED = text("only shapes can be used; place a photo on the page as an image of its own")
_CURVES = text("convert the effect to shapes, or export the drawing as PNG")
_STILL = text("drawings stand still; export the drawing without animation")
_HINTS: dict[str, Text] = {
    "style": _SHAPES,
    "image": _EMBED,
    "feImage": _EMBED,
    **dict.fromkeys(("filter", "pattern", "marker", "mesh", "meshgradient", "textPath", "switch"), _CURVES),
    **dict.fromkeys(("animate", "set", "animateMotion", "animateTransform", "animateColor"), _STILL),
}


class _Checker:
    """Fills ``kept`` and ``references`` of every element, and collects the problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._named: dict[str, Element] = {}

    def _reject(self, node: Element, message: Text, hint: Text | None = None) -> None:
        self.problems.append(in_data(message, hint, node.line, node.column))

    def check(self, node: Element) -> None:
        """Check an element and its descendants; those of a rejected element are not reported."""
        if node.name not in _ELEMENTS:
            message = text("<{element}> cannot be used in a drawing", element=node.name[:40])
            self._reject(node, message, _HINTS.get(node.name, _REMOVE))
            return
        self._check_attributes(node)
        if node.name in DESCRIPTIONS:
            node.content = ["".join(node.texts())]
        for child in node.children():
            self.check(child)

    def _check_attributes(self, node: Element) -> None:
        properties: dict[str, str] = {}
        styled: dict[str, str] = {}
        for (namespace, name), raw in node.attributes.items():
            value = " ".join(raw.split())
            if name == "href" and namespace in ("", XLINK_NAMESPACE):
                self._check_link(node, value)
            elif namespace:
                continue
            elif name == "style":
                styled = self._declarations(node, value)
            elif name in _STYLES:
                properties[name] = value
            else:
                self._check_attribute(node, name, value)
        for name, value in (properties | styled).items():
            self._check_property(node, name, value)

    def _check_attribute(self, node: Element, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            message = text("<{element}> has a script: {name}", element=node.name, name=name[:40])
            self._reject(node, message, _REMOVE)
        elif name == "id":
            if self._named.setdefault(value, node) is node:
                node.id = value
        elif name in _ELEMENTS[node.name]:
            self._keep(node, name, _attribute_value(name, value), value)
        else:
            self._ignore(node, name, value)

    def _check_link(self, node: Element, value: str) -> None:
        if not value.startswith("#"):
            message = text(
                "<{element}> points outside the drawing: {value}", element=node.name, value=value[:60]
            )
            self._reject(node, message, _REMOVE)
        elif node.name == "use" or node.name in _GRADIENTS:
            node.references["href"] = value[1:]

    def _declarations(self, node: Element, style: str) -> dict[str, str]:
        """Return the properties in a ``style`` attribute: they become attributes, as the CSP forbids it."""
        if _OBFUSCATING.search(style):
            message = text(
                "<{element}> has a style that cannot be read: {value}", element=node.name, value=style[:60]
            )
            self._reject(node, message, _SHAPES)
            return {}
        found: dict[str, str] = {}
        for declaration in style.split(";"):
            name, _, value = declaration.partition(":")
            name, value = name.strip().lower(), value.removesuffix("!important").strip()
            if name in _STYLES:
                found[name] = value
            else:
                self._ignore(node, name, value)
        return found

    def _check_property(self, node: Element, name: str, value: str) -> None:
        if (reference := _REFERENCE.fullmatch(value)) and name in _REFERRING:
            rest = _colour(reference[3]) if reference[3] and name in _COLOURS else ""
            node.references[name] = reference[2]
            self._keep(node, name, None if reference[3] and not rest else rest, value)
        else:
            self._keep(node, name, _property_value(name, value), value)

    def _keep(self, node: Element, name: str, value: str | None, raw: str) -> None:
        if value is None:
            message = text(
                "<{element}> has a {name} that cannot be used: {value}",
                element=node.name,
                name=name,
                value=raw[:60],
            )
            self._reject(node, message, _VAR_HINT if "var(" in raw else None)
        else:
            node.kept[name] = value

    def _ignore(self, node: Element, name: str, value: str) -> None:
        """Leave out what is unknown, but reject what would fetch or refer to something."""
        if "url(" in value.lower():
            self._keep(node, name[:40], None, value)

    def check_references(self, root: Element) -> None:
        for node in root.walk():
            for target in node.references.values():
                if target not in self._named:
                    message = text(
                        "<{element}> points at '#{id}', which is not there", element=node.name, id=target
                    )
                    self._reject(node, message)

    def check_repetition(self, root: Element) -> None:
        """Limit what a browser would draw: with references, ten lines can ask for a billion shapes."""
        count = 0
        todo = [(root, 0, False)]
        while todo:
            node, depth, used = todo.pop()
            count += 1
            if count > _MAX_DRAWN or depth > _MAX_REFERENCE_DEPTH or (used and node.name == "use"):
                self._reject(node, text("the drawing repeats parts of itself too often"), _REPEATS)
                return
            todo.extend([(child, depth, used) for child in node.children()])
            used = used or node.name == "use"
            todo.extend([(self._named[target], depth + 1, used) for target in node.references.values()])

    def size(self, root: Element) -> tuple[float, float]:
        """Return width and height in CSS pixels, from ``width``, ``height`` and ``viewBox``."""
        width, height = (_pixels(root.kept.get(name, "")) for name in ("width", "height"))
        box = _numbers(root.kept.pop("viewBox", ""))
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            root.kept["viewBox"] = " ".join(_number(part) for part in box)
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


def _attribute_value(name: str, value: str) -> str | None:
    syntax = {"d": _PATH, "gradientTransform": _TRANSFORM}.get(name, _PLAIN_VALUE)
    return value if syntax.fullmatch(value) else None


def _property_value(name: str, value: str) -> str | None:
    if name in _COLOURS:
        return _colour(value)
    if name == "font-family":
        return value.replace('"', "'") if _FONTS.fullmatch(value) else None
    syntax = _TRANSFORM if name == "transform" else _PLAIN_VALUE
    return value if syntax.fullmatch(value) else None


def _colour(value: str) -> str | None:
    if found := _VAR_COLOUR.fullmatch(value):
        digits = found[2].lower()
        return f"var(--{found[1].lower()}, #{digits if len(digits) == 6 else ''.join(d * 2 for d in digits)})"
    if _HEX.fullmatch(value):
        return value.lower()
    return value if _WORD.fullmatch(value) or _FUNCTION_COLOUR.fullmatch(value) else None


def _pixels(length: str) -> float:
    """Return a length in CSS pixels; 0 for a percentage or another unit that depends on the page."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[(found[2] or "").lower()] if found else 0.0


def _numbers(value: str) -> tuple[float, ...]:
    try:
        found = tuple(float(word) for word in value.replace(",", " ").split())
    except ValueError:
        return ()
    return found if all(abs(number) <= _MAX_UNITS for number in found) else ()


def _number(value: float) -> str:
    return f"{value:.6g}"
