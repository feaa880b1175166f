"""Fonts: the families shipped with the campaign, and a member's own files, checked and subsetted.

Stylesheets call every family "brand"; no name from a font file is written in them.
"""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from microsite.content.files import Source
from microsite.core import brotli
from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, Place, Problem, in_data, problems_or, text
from microsite.core.records import Record

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

    Font: TypeAlias = TTFont

SUFFIXES = frozenset({".woff2", ".woff", ".ttf", ".otf"})
MOST_BYTES = 4_000_000
FOLDER = "fonts"
DEFAULT = "bricolage-grotesque"


SETTINGS = 3
"""Increase when ``webfont`` makes other bytes of the same font: browsers cache files by name for a year."""


def font_path(content: str) -> str:
    """The path in the site of the web font made from the file with this digest."""
    return f"{FOLDER}/letter-{digest(f'{SETTINGS} {content}'.encode())[:10]}.woff2"


class Metrics(Record):
    """The measures that give the fallback font the same size. Heights and widths are in thousandths.

    ``regular`` and ``bold`` are the widths of a Dutch text relative to Arial; ``weights`` are the
    lightest and the heaviest weight that its web font has.
    """

    weights: tuple[int, int]
    ascent: int
    descent: int
    gap: int
    regular: int
    bold: int


class OwnFont(Record):
    """A member's own font, and what its sender may not know of it."""

    metrics: Metrics
    advice: tuple[Problem, ...] = ()


class Face(Record):
    """A font file in a site."""

    path: str
    metrics: Metrics


SHIPPED: Mapping[str, Metrics] = {
    "bricolage-grotesque": Metrics((400, 800), 930, 270, 0, 1044, 1011),
    "hanken-grotesk": Metrics((400, 800), 1000, 303, 0, 1010, 955),
    "instrument-sans": Metrics((400, 700), 970, 250, 0, 1026, 994),
    "newsreader": Metrics((400, 800), 735, 265, 0, 951, 950),
}
"""The families in ``assets/fonts/``, by their name in brand.yaml; made by ``scripts/fonts.py``."""


def licences(assets: Mapping[str, Source]) -> dict[str, Source]:
    """The licence of each of these files, by the path of the font, with the name of who has the copyright."""
    paths = {f"{FOLDER}/{name}.woff2": f"{FOLDER}/{name}-LICENSE.txt" for name in SHIPPED}
    return {font: assets[path] for font, path in paths.items() if path in assets}


def full_fonts(assets: Mapping[str, Source]) -> dict[str, Source]:
    """The whole font, for print, of each of these files, by the path of the web font."""
    paths = {f"{FOLDER}/{name}.woff2": f"{FOLDER}/{name}.ttf" for name in SHIPPED}
    return {font: assets[path] for font, path in paths.items() if path in assets}


def static_fonts(assets: Mapping[str, Source]) -> dict[str, tuple[Source, Source]]:
    """The regular and the bold, for office files, of each of these files, by the path of the web font."""
    paths = {name: tuple(f"{FOLDER}/{name}-{weight}.ttf" for weight in (400, 700)) for name in SHIPPED}
    return {
        f"{FOLDER}/{name}.woff2": (assets[regular], assets[bold])
        for name, (regular, bold) in paths.items()
        if regular in assets and bold in assets
    }


def licence_path(licence: Source) -> str:
    """The path in the site of the licence of a font."""
    return f"{FOLDER}/OFL-{licence.digest[:10]}.txt"


def families(assets: Mapping[str, Source]) -> dict[str, Source]:
    """The files of ``SHIPPED`` among the campaign's assets."""
    paths = {name: f"{FOLDER}/{name}.woff2" for name in SHIPPED}
    return {name: assets[path] for name, path in paths.items() if path in assets}


def css(faces: Iterable[Face]) -> str:
    """The @font-face rules: the faces, and Arial adjusted to their measures, to avoid layout shift."""
    faces = tuple(faces)
    if not faces:
        return ""
    rules = [_face(face) for face in faces]
    regular, bold = faces[0].metrics, faces[-1].metrics
    rules.append(_stand_in(regular, regular.regular, "400", "Arial", "Liberation Sans"))
    rules.append(_stand_in(bold, bold.bold, "700 900", "Arial Bold", "Liberation Sans Bold"))
    rules.append(':root {\n  --font-text: "brand", "brand until then", Arial, sans-serif;\n}\n')
    return "".join(rules)


def _face(face: Face) -> str:
    low, high = face.metrics.weights
    weights = f"{low} {high}" if low < high else f"{low}"
    return (
        f'@font-face {{\n  font-family: "brand";\n  src: url("../{face.path}") format("woff2");\n'
        f"  font-weight: {weights};\n  font-display: swap;\n}}\n"
    )


def _stand_in(metrics: Metrics, width: int, weights: str, *names: str) -> str:
    local = ", ".join(f'local("{name}")' for name in names)

    def scaled(height: int) -> str:
        return f"{100 * height / width:.2f}%"

    return (
        f'@font-face {{\n  font-family: "brand until then";\n  src: {local};\n  font-weight: {weights};\n'
        f"  size-adjust: {width / 10:.1f}%;\n  ascent-override: {scaled(metrics.ascent)};\n"
        f"  descent-override: {scaled(metrics.descent)};\n  line-gap-override: {scaled(metrics.gap)};\n}}\n"
    )


# ── reading ──────────────────────────────────────────────────────────────────────────────

_MARKS = (b"wOF2", b"wOFF", b"\0\1\0\0", b"OTTO", b"true")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def examine(data: bytes) -> OwnFont:
    """What is in a font file. Raises InvalidFile when it is not a font, or has no Latin letters."""
    if len(data) > MOST_BYTES:
        raise InvalidFile(
            in_data(
                text("the font is larger than {most} MB", most=MOST_BYTES // 1_000_000),
                text("choose one file of the family, such as the regular"),
            )
        )
    if data[:4] not in _MARKS:
        raise InvalidFile(in_data(text("this is not a font"), text("give a WOFF2, TTF or OTF file")))
    try:
        font = open_font(data)
        known: dict[int, str] = font.getBestCmap() or {}
        missing = "".join(letter for letter in _LETTERS if ord(letter) not in known)
        own = None if missing else OwnFont(_metrics(font, known), tuple(_advice(font, known)))
    except Exception as error:  # a parser raises whatever it stumbled over
        raise InvalidFile(
            in_data(text("the font is damaged or not complete"), text("save or copy it once more"))
        ) from error
    if own is None:
        raise InvalidFile(
            in_data(
                text("the font has no '{letters}'", letters=missing[:5]), text("choose a font for Latin text")
            )
        )
    return own


@problems_or
def examine_file(source: Source) -> OwnFont:
    return examine(source.read())


_DUTCH = "ëïéèöüóáàíúâêîôûçÉË€–‘’“”…"
_RESTRICTED, ONE_OF_THREE, NO_SUBSET = 0x0002, 0x000E, 0x0100
"""Bits of ``fsType`` (OpenType, OS/2 table): the lowest three say how a font may be embedded."""


def _advice(font: Font, known: Mapping[int, str]) -> Iterator[Problem]:
    allowed = font["OS/2"].fsType
    if allowed & ONE_OF_THREE == _RESTRICTED or allowed & NO_SUBSET:
        yield Problem(
            Place(""),
            text("the maker of the font does not allow it on a site: its file says so (fsType)"),
            text("ask the maker for a web licence and the file that goes with it, or choose another font"),
            "warning",
        )
    if missing := "".join(sign for sign in _DUTCH if ord(sign) not in known):
        yield Problem(
            Place(""),
            text("the font has no '{letters}'; these are shown in another font", letters=missing),
            text("ask for a file with all letters of Dutch, or choose another font"),
            "warning",
        )


def open_font(data: bytes) -> Font:
    # Imported only here: it takes a third of a second, and most brands use a shipped font.
    import logging

    from fontTools.ttLib import TTFont, woff2

    woff2.brotli, woff2.haveBrotli = brotli, True  # ours knows a bomb, and is there in a browser too
    # It warns of tables that it drops, such as FontForge's notes, which no reader can do anything about.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    if data[:4] == b"wOFF":
        _check_size(data)
    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def _check_size(woff: bytes) -> None:
    """Raises ValueError for a WOFF of which the parts together are too large: fontTools reads bombs whole."""
    tables = struct.unpack_from(">H", woff, 12)[0]
    parts = [struct.unpack_from(">LL", woff, 44 + 20 * number + 4) for number in range(tables)]
    left = brotli.MOST
    for offset, length in (*parts, struct.unpack_from(">LL", woff, 24)):
        with contextlib.suppress(zlib.error):  # not every part is compressed
            left -= len(zlib.decompressobj().decompress(woff[offset : offset + length], left + 1))
        if left < 0:
            raise ValueError


def _metrics(font: Font, known: Mapping[int, str]) -> Metrics:
    em, axes = font["head"].unitsPerEm, axes_of(font)
    weight = font["OS/2"].usWeightClass
    low, high = _kept_weights(*axes["wght"]) if "wght" in axes else (weight, weight)
    if font["OS/2"].fsSelection & 1 << 7:
        heights = font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender, font["OS/2"].sTypoLineGap
    else:
        heights = font["hhea"].ascender, font["hhea"].descender, font["hhea"].lineGap
    ascent, descent, gap = (round(1000 * abs(height) / em) for height in heights)

    def width(wanted: float, beside: Mapping[str, int]) -> int:
        shown = font.getGlyphSet(location={"wght": min(high, max(low, wanted))} if axes else None)
        own: float = sum(often * shown[known[ord(letter)]].width for letter, often in _OFTEN.items())
        arial = sum(often * beside[letter] for letter, often in _OFTEN.items()) / 2048
        return round(1000 * own / int(em) / arial)

    return Metrics(
        (round(low), round(high)), ascent, descent, gap, width(400, _ARIAL), width(700, _ARIAL_BOLD)
    )


def axes_of(font: Font) -> dict[str, tuple[float, float]]:
    return (
        {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes} if "fvar" in font else {}
    )


def _kept_weights(low: float, high: float) -> tuple[float, float]:
    """The range of weights that a web font keeps of the one in its file."""
    return (max(low, 400), min(high, 800)) if low <= 800 and high >= 400 else (low, high)


# The frequency of letters in Dutch, in thousandths, the space included.
_OFTEN = dict(
    zip(
        " abcdefghijklmnopqrstuvwxyz",
        (
            165,
            62,
            13,
            10,
            50,
            158,
            7,
            28,
            20,
            54,
            12,
            19,
            30,
            18,
            84,
            51,
            13,
            1,
            53,
            31,
            57,
            17,
            24,
            13,
            1,
            1,
            12,
        ),
        strict=True,
    )
)


def _widths(*widths: int) -> Mapping[str, int]:
    return dict(zip(_OFTEN, widths, strict=True))


# fmt: off
_ARIAL = _widths(
    569, 1139, 1139, 1024, 1139, 1139, 569, 1139, 1139, 455, 455, 1024, 455, 1706,
    1139, 1139, 1139, 1139, 682, 1024, 569, 1139, 1024, 1479, 1024, 1024, 1024,
)
_ARIAL_BOLD = _widths(
    569, 1139, 1251, 1139, 1251, 1139, 682, 1251, 1251, 569, 569, 1139, 569, 1821,
    1251, 1251, 1251, 1251, 797, 1139, 682, 1251, 1139, 1593, 1139, 1139, 1024,
)
# fmt: on

# ── subsetting ─────────────────────────────────────────────────────────────────────────────

WEB_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ĄąĆćČčĎďĘęĚěĞğİıĲĳŁłŃńŇňŐőŒœŘřŚśŞşŠšŤťŮůŰűŸŹźŻżŽžȘșȚț"),
    *map(ord, "‐‑–—‘’‚“”„†•…\u202f‹›€™←↑→↓−"),
    0x301,  # for the j of a stressed íj́
)
_NAMES = [0, 1, 2, 13, 14]
"""The records of the font's names: copyright, family, style, licence and its address."""
_FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "tnum", "lnum"]


def webfont(data: bytes, axes: Mapping[str, Any] | None = None) -> bytes:
    """Subset a font to European letters, as WOFF2. The same bytes on every run.

    It keeps who has the copyright and under which licence: many licences ask for that.
    ``axes`` pins or limits axes of a variable font; axes that it does not have are ignored. Of the others
    only the weights that our stylesheets use are kept.
    """
    from fontTools import subset

    font = open_font(data)
    options = subset.Options(layout_features=_FEATURES, hinting=False, notdef_outline=True, name_IDs=_NAMES)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=WEB_LETTERS)
    subsetter.subset(font)
    there = axes_of(font)
    kept: dict[str, Any] = dict.fromkeys(there)  # None pins an axis where it is by default
    if "wght" in there:
        kept["wght"] = _kept_weights(*there["wght"])
    if limits := kept | {tag: limit for tag, limit in (axes or {}).items() if tag in there}:
        font = pinned(font, limits)
    _even_kerning(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def pinned(font: Font, limits: Mapping[str, Any]) -> Font:
    """A variable font with some of its axes pinned to a value or limited to a range."""
    from fontTools.varLib import instancer

    return instancer.instantiateVariableFont(font, limits)


def has_serifs(font: Font) -> bool:
    """By PANOSE, or if that does not say, by the I: between serifs, most of its box is empty."""
    style = font["OS/2"].panose.bSerifStyle
    if style > 1:
        return bool(style <= 10)
    from fontTools.pens.areaPen import AreaPen
    from fontTools.pens.boundsPen import BoundsPen

    glyphs = font.getGlyphSet()
    area, bounds = AreaPen(glyphs), BoundsPen(glyphs)
    for pen in (area, bounds):
        glyphs[font.getBestCmap()[ord("I")]].draw(pen)
    left, bottom, right, top = bounds.bounds
    return bool(abs(area.value) < 0.66 * (right - left) * (top - bottom))


def _even_kerning(font: Font) -> None:
    """Kern every weight like the regular: the differences are hardly visible and a third of the file."""
    lookups = font["GPOS"].table.LookupList.Lookup if "GPOS" in font else ()
    for pairs in (part for lookup in lookups for part in lookup.SubTable if lookup.LookupType == 2):
        values = (
            [row for group in pairs.PairSet for row in group.PairValueRecord]
            if pairs.Format == 1
            else [row for first in pairs.Class1Record for row in first.Class2Record]
        )
        for value in (value for row in values for value in (row.Value1, row.Value2) if value):
            value.__dict__.pop("XAdvDevice", None)
        pairs.ValueFormat1 &= 0x0F
        pairs.ValueFormat2 &= 0x0F
