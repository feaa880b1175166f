"""SVG drawings, rebuilt from a list of what is allowed: nothing that came in goes out unread.

An SVG is a program in disguise: it runs scripts, fetches files and can keep a
browser busy for ever. ``clean`` reads the drawing, builds a new one out of
known shapes, known attributes and values of a known form, and says no to what
would look different without its tricks. The result may stand in a page as well
as in an ``<img>``.

A drawing may leave its colours to the house style with ``var(--name, #fallback)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, Problem, Text, in_data, text
from microsite.core.records import Record, Struct, field

_MOST_BYTES = 200_000
_MOST_DEPTH = 32
_MOST_ELEMENTS = 2_000
_MOST_DRAWN = 10_000  # elements, each time that a reference has them drawn counted
_MOST_HOPS = 5  # a shape in a mask in a mask in a …
_MOST_FAULTS = 20
_MOST_SIZE = 100_000.0
_MOST_UNITS = 1_000_000_000.0
_USUAL_SIZE = 1_000.0

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XHTML = "http://www.w3.org/1999/xhtml"


class Vector(Record):
    """A drawing that is safe to publish. Sizes are in CSS pixels; ``has_text`` means that it needs a font."""

    width: float
    height: float
    markup: str
    has_text: bool


class Drawing(Record):
    """The facts of a drawing that can be used; ``clean`` gives what there is to see."""

    width: float
    height: float
    has_text: bool


def clean(svg: bytes) -> Vector:
    """The drawing rebuilt from what is allowed: equal bytes for equal drawings.

    Raises ``InvalidFile`` with all that is wrong. Comments, metadata, classes and
    the private notes of drawing programs are left out without a word.
    """
    root = _Reader().read(svg)
    build = _Builder()
    build.element(root)
    width, height = build.size(root)
    if not build.problems:
        build.references(root)
    if not build.problems:
        build.drawn(root)
    if build.problems:
        raise InvalidFile(*tuple(dict.fromkeys(build.problems))[:_MOST_FAULTS])
    root.kept.update(xmlns=_SVG, width=_number(width), height=_number(height))
    root.kept.setdefault("viewBox", f"0 0 {_number(width)} {_number(height)}")
    has_text = any(node.name == "text" and "".join(node.words()).strip() for node in root.family())
    return Vector(width, height, "".join(_written(root, _ids(root, digest(svg)[:8]))), has_text)


def paint(markup: str, colours: Mapping[str, str]) -> str:
    """The markup of a ``Vector`` with its open colours filled in.

    For files that stand alone, where a page's custom properties do not reach.
    Colours go by the name without dashes: ``{"merk": "#0055aa"}``. A colour that
    is not given gets its fallback.
    """
    for name, colour in colours.items():
        if not _SIX_DIGITS.fullmatch(colour):
            raise ValueError(f"colour {name} is not six hex digits: {colour!r}")
    return _VAR.sub(lambda found: colours.get(found[1], found[2]), markup)


_SIX_DIGITS = re.compile(r"#[0-9a-fA-F]{6}")
_VAR = re.compile(r"var\(--([a-z0-9-]+), (#[0-9a-f]{6})\)")


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


class _Node(Struct, eq=False):
    """One element: as it was written (``given``) and as it will be (``kept``)."""

    name: str  # "" for anything that is not SVG
    given: dict[tuple[str, str], str]  # (namespace, name) -> value
    line: int
    column: int
    content: list[_Node | str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    refers: dict[str, str] = field(default_factory=dict)  # attribute -> the id that it points at
    id: str = ""  # of two elements with one id, only the first has it

    def children(self) -> list[_Node]:
        return [part for part in self.content if isinstance(part, _Node)]

    def family(self) -> Iterator[_Node]:
        """This element and all below it, in the order of the file."""
        yield self
        for child in self.children():
            yield from child.family()

    def words(self) -> Iterator[str]:
        for part in self.content:
            if isinstance(part, str):
                yield part
            else:
                yield from part.words()


class _Reader:
    """XML into nodes, stopping at the first sign of a bomb: no document type, no entities, no network."""

    def __init__(self) -> None:
        self._open: list[_Node] = []
        self._root: _Node | None = None
        self._count = 0
        self._skipping = 0  # depth inside an element that is left out
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype

    def read(self, svg: bytes) -> _Node:
        if not svg.strip():
            raise InvalidFile(in_data(text("the file is empty")))
        if svg.startswith(b"\x1f\x8b"):
            raise InvalidFile(
                in_data(text("this SVG is compressed"), text("save it as plain SVG, not as SVGZ"))
            )
        if len(svg) > _MOST_BYTES:
            raise InvalidFile(
                in_data(
                    text("the SVG is larger than {most} kB", most=_MOST_BYTES // 1000),
                    text("simplify the drawing, or export it as PNG"),
                )
            )
        try:
            self._parser.Parse(svg, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or ""
            raise self._stop(text("this is not well-formed SVG: {reason}", reason=reason)) from None
        except (ValueError, LookupError):  # an encoding that nobody has
            raise self._stop(text("this SVG is in an unknown encoding"), text("save it as UTF-8")) from None
        if self._root is None or self._root.name != "svg":
            raise InvalidFile(in_data(text("this is not an SVG drawing: the outer element is not 'svg'")))
        return self._root

    def _stop(self, message: Text, hint: Text | None = None) -> InvalidFile:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return InvalidFile(in_data(message, hint, line, column))

    def _doctype(self, *_details: object) -> None:
        raise self._stop(
            text("the SVG has a document type (<!DOCTYPE …>)"),
            text("remove that part, or export the drawing again as plain SVG"),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise self._stop(
                text("the SVG has more than {most} elements", most=_MOST_ELEMENTS),
                text("simplify the drawing, or export it as PNG"),
            )
        if len(self._open) + self._skipping >= _MOST_DEPTH:
            raise self._stop(
                text("the SVG is nested more than {most} levels deep", most=_MOST_DEPTH),
                text("ungroup the drawing"),
            )
        space, local = _split(name)
        if self._skipping or (space not in ("", _SVG, _XHTML)) or local == "metadata":
            self._skipping += 1
            return
        given = {_split(key): value for key, value in attributes.items()}
        node = _Node(local, given, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        if self._open:
            self._open[-1].content.append(node)
        else:
            self._root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        else:
            self._open.pop()

    def _text(self, words: str) -> None:
        if not self._skipping and self._open and self._open[-1].name in _WORDED:
            self._open[-1].content.append(words)


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition(" ")
    return space, local


# ── what is allowed ──────────────────────────────────────────────────────────────────────────────────

_SPOKEN = frozenset(("title", "desc"))  # words only: in a page, HTML would begin again inside them
_WORDED = _SPOKEN | {"text", "tspan"}
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
_STYLED = _PRESENTATION | _COLOURS | _MASKS
_POINTING = frozenset(("fill", "stroke")) | _MASKS

# The form of a value. None of these has room for an address, a function or an escape.
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9.,%+\- ]*")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9.,+\- ]*")
_FONTS = re.compile(r"""[\w ,.'"-]*""")
_TRANSFORM = re.compile(r"(?:(?:matrix|translate|scale|rotate|skewX|skewY) ?\([0-9eE.,+\- ]*\)[ ,]*)*|none")
_REFERENCE = re.compile(r"""url\( ?(['"]?)#([^'"()\s]+)\1 ?\)(?: (.*))?""", re.IGNORECASE)
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_OPEN_COLOUR = re.compile(r"var\( ?--([a-z][a-z0-9-]*) ?, ?#([0-9a-f]{3}|[0-9a-f]{6}) ?\)", re.IGNORECASE)
_FUNCTION_COLOUR = re.compile(r"(?:rgb|hsl)a?\([0-9.,%/+\- deg]*\)", re.IGNORECASE)
_TRICKY = re.compile(r"[\\@<]|/\*")  # escapes, imports and comments can hide the rest
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
_OPEN = text("write an open colour as var(--name, #1a2b3c)")
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


class _Builder:
    """Checks every element and attribute, and collects what is to be kept and what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._named: dict[str, _Node] = {}

    def _wrong(self, node: _Node, message: Text, hint: Text | None = None) -> None:
        self.problems.append(in_data(message, hint, node.line, node.column))

    def element(self, node: _Node) -> None:
        """An element and all below it; what is inside a forbidden element needs no complaint of its own."""
        if node.name not in _ELEMENTS:
            message = text("<{element}> cannot be used in a drawing", element=node.name[:40])
            self._wrong(node, message, _HINTS.get(node.name, _REMOVE))
            return
        self._attributes(node)
        if node.name in _SPOKEN:
            node.content = ["".join(node.words())]
        for child in node.children():
            self.element(child)

    def _attributes(self, node: _Node) -> None:
        properties: dict[str, str] = {}
        styled: dict[str, str] = {}
        for (space, name), raw in node.given.items():
            value = " ".join(raw.split())
            if name == "href" and space in ("", _XLINK):
                self._link(node, value)
            elif space:
                continue
            elif name == "style":
                styled = self._declarations(node, value)
            elif name in _STYLED:
                properties[name] = value
            else:
                self._attribute(node, name, value)
        for name, value in (properties | styled).items():
            self._property(node, name, value)

    def _attribute(self, node: _Node, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            message = text("<{element}> has a script: {name}", element=node.name, name=name[:40])
            self._wrong(node, message, _REMOVE)
        elif name == "id":
            if self._named.setdefault(value, node) is node:
                node.id = value
        elif name in _ELEMENTS[node.name]:
            self._keep(node, name, _own_value(name, value), value)
        else:
            self._leave(node, name, value)

    def _link(self, node: _Node, value: str) -> None:
        if not value.startswith("#"):
            message = text(
                "<{element}> points outside the drawing: {value}", element=node.name, value=value[:60]
            )
            self._wrong(node, message, _REMOVE)
        elif node.name == "use" or node.name in _GRADIENTS:
            node.refers["href"] = value[1:]

    def _declarations(self, node: _Node, style: str) -> dict[str, str]:
        """The properties in a ``style`` attribute, which a strict site cannot leave where they are."""
        if _TRICKY.search(style):
            message = text(
                "<{element}> has a style that cannot be read: {value}", element=node.name, value=style[:60]
            )
            self._wrong(node, message, _SHAPES)
            return {}
        found: dict[str, str] = {}
        for declaration in style.split(";"):
            name, _, value = declaration.partition(":")
            name, value = name.strip().lower(), value.removesuffix("!important").strip()
            if name in _STYLED:
                found[name] = value
            else:
                self._leave(node, name, value)
        return found

    def _property(self, node: _Node, name: str, value: str) -> None:
        if (pointer := _REFERENCE.fullmatch(value)) and name in _POINTING:
            rest = _colour(pointer[3]) if pointer[3] and name in _COLOURS else ""
            node.refers[name] = pointer[2]
            self._keep(node, name, None if pointer[3] and not rest else rest, value)
        else:
            self._keep(node, name, _property_value(name, value), value)

    def _keep(self, node: _Node, name: str, value: str | None, raw: str) -> None:
        if value is None:
            message = text(
                "<{element}> has a {name} that cannot be used: {value}",
                element=node.name,
                name=name,
                value=raw[:60],
            )
            self._wrong(node, message, _OPEN if "var(" in raw else None)
        else:
            node.kept[name] = value

    def _leave(self, node: _Node, name: str, value: str) -> None:
        """What we do not know is left out, unless the drawing would miss it or it would fetch something."""
        if "url(" in value.lower():
            self._keep(node, name[:40], None, value)

    def references(self, root: _Node) -> None:
        for node in root.family():
            for target in node.refers.values():
                if target not in self._named:
                    message = text(
                        "<{element}> points at '#{id}', which is not there", element=node.name, id=target
                    )
                    self._wrong(node, message)

    def drawn(self, root: _Node) -> None:
        """Counts what a browser would draw: by references, ten lines can ask for a billion shapes."""
        count = 0
        todo = [(root, 0, False)]
        while todo:
            node, hops, used = todo.pop()
            count += 1
            if count > _MOST_DRAWN or hops > _MOST_HOPS or (used and node.name == "use"):
                self._wrong(node, text("the drawing repeats parts of itself too often"), _REPEATS)
                return
            todo.extend([(child, hops, used) for child in node.children()])
            used = used or node.name == "use"
            todo.extend([(self._named[target], hops + 1, used) for target in node.refers.values()])

    def size(self, root: _Node) -> tuple[float, float]:
        """Width and height in CSS pixels, from whichever of the three attributes are there."""
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
                scale = 1.0 if 10 <= longest <= _MOST_SIZE else _USUAL_SIZE / longest
                width, height = box[2] * scale, box[3] * scale
        if not (0 < width <= _MOST_SIZE and 0 < height <= _MOST_SIZE):
            self._wrong(
                root,
                text("the drawing has no usable size"),
                text("give <svg> a viewBox, such as viewBox='0 0 300 200'"),
            )
        return width, height


def _own_value(name: str, value: str) -> str | None:
    form = {"d": _PATH, "gradientTransform": _TRANSFORM}.get(name, _PLAIN_VALUE)
    return value if form.fullmatch(value) else None


def _property_value(name: str, value: str) -> str | None:
    if name in _COLOURS:
        return _colour(value)
    if name == "font-family":
        return value.replace('"', "'") if _FONTS.fullmatch(value) else None
    form = _TRANSFORM if name == "transform" else _PLAIN_VALUE
    return value if form.fullmatch(value) else None


def _colour(value: str) -> str | None:
    if found := _OPEN_COLOUR.fullmatch(value):
        digits = found[2].lower()
        return f"var(--{found[1].lower()}, #{digits if len(digits) == 6 else ''.join(d * 2 for d in digits)})"
    if _HEX.fullmatch(value):
        return value.lower()
    return value if _WORD.fullmatch(value) or _FUNCTION_COLOUR.fullmatch(value) else None


def _pixels(length: str) -> float:
    """A length in CSS pixels; 0 for a percentage or anything else that depends on the page."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[(found[2] or "").lower()] if found else 0.0


def _numbers(words: str) -> tuple[float, ...]:
    try:
        found = tuple(float(word) for word in words.replace(",", " ").split())
    except ValueError:
        return ()
    return found if all(abs(number) <= _MOST_UNITS for number in found) else ()


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def _ids(root: _Node, prefix: str) -> dict[str, str]:
    """Only ids that are pointed at live on, under names that no page and no other drawing has."""
    used = {target for node in root.family() for target in node.refers.values()}
    named = dict.fromkeys(node.id for node in root.family() if node.id in used)
    return {name: f"v{prefix}-{number}" for number, name in enumerate(named, 1)}


def _written(node: _Node, ids: Mapping[str, str]) -> Iterator[str]:
    yield f"<{node.name}"
    for name, value in _pairs(node, ids):
        yield f" {name}={_quoted(value)}"
    if not node.content:
        yield "/>"
        return
    yield ">"
    for part in node.content:
        if isinstance(part, str):
            yield part.translate(_PLAIN)
        else:
            yield from _written(part, ids)
    yield f"</{node.name}>"


def _pairs(node: _Node, ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if node.id in ids:
        yield "id", ids[node.id]
    for name, value in sorted(
        node.kept.items() | {(name, "") for name in node.refers.keys() - node.kept.keys()}
    ):
        if name == "href":
            yield name, f"#{ids[node.refers[name]]}"
        elif name in node.refers:
            yield name, f"url(#{ids[node.refers[name]]}) {value}".rstrip()
        else:
            yield name, value


def _number(value: float) -> str:
    return f"{value:.6g}"


_PLAIN = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_QUOTES = _PLAIN | str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _quoted(value: str) -> str:
    return f'"{value.translate(_IN_QUOTES)}"'
