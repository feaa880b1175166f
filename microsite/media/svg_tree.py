"""SVG files as a tree of elements: read within limits, and written again.

The parser stops at the first declaration in the file and at the first entity, and
loads nothing from elsewhere. What is allowed in the tree is decided in ``svg.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from microsite.core.problems import InvalidFile, Text, in_data, text
from microsite.core.records import Struct, field
from microsite.media.integrity import check_is_drawing

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
XLINK_NAMESPACE = "http://www.w3.org/1999/xlink"
_XHTML_NAMESPACE = "http://www.w3.org/1999/xhtml"

DESCRIPTIONS = frozenset(("title", "desc"))
"""Elements with text only: in a page, an HTML parser treats their contents as HTML."""
_TEXT_ELEMENTS = DESCRIPTIONS | {"text", "tspan", "style"}

_MAX_BYTES = 200_000
_MAX_DEPTH = 32
_MAX_ELEMENTS = 2_000


class Element(Struct, eq=False):
    """One element, with the attributes it was written with and those that are kept."""

    name: str
    attributes: dict[tuple[str, str], str]  # (namespace, name) -> value
    line: int
    column: int
    content: list[Element | str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)  # attribute -> the id it refers to
    id: str = ""  # of several elements with the same id, only the first has it

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get(("", "class"), "").split())

    def children(self) -> list[Element]:
        return [part for part in self.content if isinstance(part, Element)]

    def walk(self) -> Iterator[Element]:
        """Yield this element and all its descendants in document order."""
        yield self
        for child in self.children():
            yield from child.walk()

    def texts(self) -> Iterator[str]:
        """Yield the text of this element and of its descendants."""
        for part in self.content:
            if isinstance(part, str):
                yield part
            else:
                yield from part.texts()


def parse(svg: bytes) -> Element:
    """Return the outer ``svg`` element; raises InvalidFile at the first thing that is wrong.

    Elements of other namespaces and metadata are left out.
    """
    if not svg.strip():
        raise InvalidFile(in_data(text("the file is empty")))
    check_is_drawing(svg)
    if len(svg) > _MAX_BYTES:
        raise InvalidFile(
            in_data(
                text("the SVG is larger than {most} kB", most=_MAX_BYTES // 1000),
                text("simplify the drawing, or export it as PNG, 1200 pixels wide"),
            )
        )
    root = _Parser().parse(svg)
    if root is None or root.name != "svg":
        raise InvalidFile(in_data(text("this is not an SVG drawing: the outer element is not 'svg'")))
    return root


class _Parser:
    """The handlers of one expat parser; it is used for one file."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        self._skipped = 0  # how many elements deep we are in one that is left out
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity

    def parse(self, svg: bytes) -> Element | None:
        try:
            self._parser.Parse(svg, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or ""
            raise self._error(text("this is not well-formed SVG: {reason}", reason=reason)) from None
        except (ValueError, LookupError):  # an encoding that Python does not have
            raise self._error(text("this SVG is in an unknown encoding"), text("save it as UTF-8")) from None
        return self._root

    def _error(self, message: Text, hint: Text | None = None) -> InvalidFile:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return InvalidFile(in_data(message, hint, line, column))

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: bool) -> None:
        """Only the names of a document type are harmless: they are written by most drawing programs."""
        if has_subset:
            self._entity()

    def _entity(self, *_details: object) -> None:
        raise self._error(
            text("the SVG has a document type with declarations of its own (<!DOCTYPE … [ … ]>)"),
            text(
                "export the drawing once more: in Illustrator without 'preserve Illustrator editing "
                "capabilities', in another program as 'plain SVG'"
            ),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MAX_ELEMENTS:
            raise self._error(
                text("the SVG has more than {most} elements", most=_MAX_ELEMENTS),
                text("simplify the drawing, or export it as PNG, 1200 pixels wide"),
            )
        if len(self._open) + self._skipped >= _MAX_DEPTH:
            raise self._error(
                text("the SVG is nested more than {most} levels deep", most=_MAX_DEPTH),
                text("ungroup the drawing"),
            )
        namespace, local = _split(name)
        if self._skipped or namespace not in ("", SVG_NAMESPACE, _XHTML_NAMESPACE) or local == "metadata":
            self._skipped += 1
            return
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        node = Element(local, {_split(key): value for key, value in attributes.items()}, line, column)
        if self._open:
            self._open[-1].content.append(node)
        else:
            self._root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._open.pop()

    def _text(self, data: str) -> None:
        if not self._skipped and self._open and self._open[-1].name in _TEXT_ELEMENTS:
            self._open[-1].content.append(data)


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition(" ")
    return namespace, local


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def serialize(root: Element, id_prefix: str) -> str:
    """Return the markup of an element with the attributes that are kept, sorted by name.

    Only ids that are referred to are written, renamed to ``<id_prefix>-<number>`` so
    that several drawings can be in one page.
    """
    used = {target for node in root.walk() for target in node.references.values()}
    named = dict.fromkeys(node.id for node in root.walk() if node.id in used)
    ids = {name: f"{id_prefix}-{number}" for number, name in enumerate(named, 1)}
    return "".join(_markup(root, ids))


def _markup(node: Element, ids: Mapping[str, str]) -> Iterator[str]:
    yield f"<{node.name}"
    for name, value in _pairs(node, ids):
        yield f" {name}={_quoted(value)}"
    if not node.content:
        yield "/>"
        return
    yield ">"
    for part in node.content:
        if isinstance(part, str):
            yield part.translate(_ESCAPES)
        else:
            yield from _markup(part, ids)
    yield f"</{node.name}>"


def _pairs(node: Element, ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if node.id in ids:
        yield "id", ids[node.id]
    for name, value in sorted(
        node.kept.items() | {(name, "") for name in node.references.keys() - node.kept.keys()}
    ):
        if name == "href":
            yield name, f"#{ids[node.references[name]]}"
        elif name in node.references:
            yield name, f"url(#{ids[node.references[name]]}) {value}".rstrip()
        else:
            yield name, value


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_QUOTED_ESCAPES = _ESCAPES | str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _quoted(value: str) -> str:
    return f'"{value.translate(_QUOTED_ESCAPES)}"'
