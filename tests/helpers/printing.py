"""Sheets of the example members, and what is on them, read as any other program would."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pikepdf
import pypdfium2

from helpers.office import ROOT, folder_files, kit
from microsite.brand.fonts import full_fonts
from microsite.content.files import Source, in_memory
from microsite.content.site_file import Site
from microsite.core.records import Record
from microsite.rendering.print import compiler
from microsite.rendering.print import templates as print_templates
from microsite.rendering.print.house import House
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.views import Assets
from microsite.site.material.house import house_of

EXAMPLES = ("wilgendam", "roetmolen", "vuurduin", "sociaal-werkt", "lichtveen")
_SITE = Site(title="Sociaal werkt!", slogan="", core_message="", description="")


@cache
def _assets() -> Assets:
    fonts = full_fonts(in_memory("assets/", "assets", folder_files(ROOT / "assets")).by_path())
    none = {name: "" for name in Assets.__struct_fields__ if Assets.__annotations__[name] == "str"}
    return Assets(**none, worksheets={}, icon=None, full_fonts=fonts)


def compiled(*arguments: Any, **more: Any) -> bytes:
    """What the compiler makes, in the process that this is called in."""
    return compiler.compile(*arguments, **more)


@cache
def house(brand: str) -> House:
    found = house_of(kit(brand), _assets(), _SITE)
    assert found is not None
    return found


@cache
def template(name: str) -> PrintTemplate:
    return print_templates.load(in_memory("templates/", "templates", folder_files(ROOT / "templates")))[name]


def picture(path: str) -> Source:
    """A drawing or photo of the project, by its path in it."""
    return in_memory("content", "content", {path: (ROOT / path).read_bytes()}).by_path()[path]


Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


class Leaf(Record):
    """One page as it is printed: its words and pictures with their boxes, and what is cut from it."""

    words: tuple[tuple[str, Box], ...]
    figures: tuple[tuple[str, Box], ...]
    sheet: Box
    paper: Box
    sizes: frozenset[float]

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)


def leaves(pdf: bytes) -> list[Leaf]:
    """The pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as tagged:
        figures = [_box_of(node) for node in _nodes(tagged.Root.StructTreeRoot) if node.S == "/Figure"]
        pages = [page.objgen for page in tagged.pages]
    return [
        Leaf(
            tuple(_words(page.get_textpage())),
            tuple((alt, box) for alt, box, of in figures if of == pages[i]),
            page.get_trimbox(),
            page.get_mediabox(),
            frozenset(_sizes(page.get_textpage())),
        )
        for i, page in enumerate(document)
    ]


def tags(pdf: bytes) -> list[str]:
    """The names in the structure tree, as they are read, with the alternative texts of figures."""
    with pikepdf.open(io.BytesIO(pdf)) as tagged:
        return [
            f"{node.S}".lstrip("/") + (f" {node.Alt}" if "/Alt" in node else "")
            for node in _nodes(tagged.Root.StructTreeRoot)
            if node.S not in ("/Div", "/Document")
        ]


def faults(pdf: bytes, texts: Iterable[str]) -> list[str]:
    """What is wrong with how these texts are printed: one that is not all there, cut off, or covered."""
    pages = leaves(pdf)
    said = _plain("".join(page.text for page in pages))
    found = [f"not there: {text}" for text in texts if _plain(text) not in said]
    for page in pages:
        for word, box in page.words:
            if not _within(box, page.sheet):
                found.append(f"off the sheet: {word}")
            found += [f"on {alt}: {word}" for alt, other in page.figures if _meet(box, other)]
        for (word, box), (next, other) in combinations(page.words, 2):
            if _meet(box, other):
                found.append(f"{word} on {next}")
        for (alt, box), (next, other) in combinations(page.figures, 2):
            if _meet(box, other):
                found.append(f"{alt} on {next}")
        found += [f"off the paper: {alt}" for alt, box in page.figures if not _within(box, page.paper)]
    return found


_SLACK = 1.0
"""What two boxes may have in common, in points: letters are drawn a hair over their own edges."""


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "")


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _SLACK
        and inner[1] >= outer[1] - _SLACK
        and inner[2] <= outer[2] + _SLACK
        and inner[3] <= outer[3] + _SLACK
    )


def _meet(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    upright = min(one[3], other[3]) - max(one[1], other[1])
    return across > _SLACK and upright > _SLACK


def _words(page: Any) -> Iterator[tuple[str, Box]]:
    """The words of a page; one with a hyphen at the end of a line (to PDFium, U+FFFE) is two."""
    signs = page.get_text_range()
    for match in re.finditer("[^\\s\ufffe]+", signs):
        boxes = [page.get_charbox(i) for i in range(*match.span())]
        left, bottom, right, top = zip(*boxes, strict=True)
        yield match[0], (min(left), min(bottom), max(right), max(top))


def _sizes(page: Any) -> Iterator[float]:
    """The sizes of its letters, in points, as they are printed."""
    for i in range(page.count_chars()):
        size = pypdfium2.raw.FPDFText_GetFontSize(page, i)
        matrix = pypdfium2.raw.FS_MATRIX()
        pypdfium2.raw.FPDFText_GetMatrix(page, i, matrix)
        if page.get_text_range(i, 1).strip():
            yield round(size * abs(matrix.d), 2)


def _nodes(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from _nodes(part)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _nodes(node.K)


def _box_of(figure: Any) -> tuple[str, Box, Any]:
    attributes = figure.A[0] if isinstance(figure.A, pikepdf.Array) else figure.A
    left, bottom, right, top = map(float, attributes.BBox)
    page = figure.get("/Pg") or next(part.Pg for part in figure.K if "/Pg" in part)
    return str(figure.Alt), (left, bottom, right, top), page.objgen
