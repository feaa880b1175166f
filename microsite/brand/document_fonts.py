"""Fonts for print and for office files: the same families as on a site, in the forms that these take."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from microsite.brand.fonts import (
    NO_SUBSET,
    ONE_OF_THREE,
    axes_of,
    has_serifs,
    open_font,
    pinned,
    webfont,
)
from microsite.content.files import Source
from microsite.core.records import Record
from microsite.core.urls import slugify

if TYPE_CHECKING:
    from microsite.brand.fonts import Font


# ── print ────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=8)
def print_font(source: Source) -> bytes:
    """A font as TTF or OTF with a PostScript name: without one, typesetters drop it in silence.

    Cached because most material of a site is set in the same.
    """
    data = source.read()
    font = open_font(data)
    names = font["name"]
    if font.flavor is None and names.getDebugName(_POSTSCRIPT):
        return data
    font.flavor = None
    if not names.getDebugName(_POSTSCRIPT):
        family = names.getBestFamilyName() or "brand"
        names.setName(slugify(family, "brand"), _POSTSCRIPT, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@lru_cache(maxsize=8)
def code_points(font: bytes) -> frozenset[int]:
    """The code points that a font has letters for."""
    return frozenset(open_font(font).getBestCmap() or ())


_POSTSCRIPT = 6
"""The record of the font's names that holds its PostScript name."""


# ── office ────────────────────────────────────────────────────────────────────────────────────


class Letters(Record):
    """A family as word processors know it: two fonts, the regular and the bold.

    Both are TrueType files, or b"" for a font that may not or cannot be put into a file that is edited: then
    ``fallback`` is shown where the family is not installed. ``panose`` classifies it, as ten hex bytes.
    """

    family: str
    fallback: str
    panose: str
    regular: bytes = b""
    bold: bytes = b""

    @property
    def serif(self) -> bool:
        return self.fallback == SERIF


SERIF, SANS = "Georgia", "Arial"
"""The fonts that take the place of another: every office program has them, or one of their measures."""

_LONGEST_FAMILY = 31
"""Of a name that Windows asks a font by (LF_FACESIZE)."""
_CUT = re.compile(r"( \d+pt| (Extra|Semi|Demi|Ultra)?(Thin|Light|Regular|Medium|Bold|Black|Book))+$")
_MOST_GLYPHS = 1000
"""Of a font that is embedded whole: the families of the campaign have fewer."""
_EDITABLE = (0x0000, 0x0008)
_BITMAPS_ONLY = 0x0200
"""Bits of ``fsType``: with any other, a word processor must not let people edit the text."""


def letters(regular: bytes, bold: bytes = b"") -> Letters:
    """The fonts of a brand for office files; ``bold`` is a file of its own. A variable font gives both.

    A large one is reduced to European letters. Word takes only fonts of one weight, with TrueType outlines.
    """
    font = open_font(regular)
    family = (_CUT.sub("", _name(font)) or "Letter")[:_LONGEST_FAMILY]
    panose = "".join(f"{value:02X}" for value in vars(font["OS/2"].panose).values())
    fallback = SERIF if has_serifs(font) else SANS
    allowed = font["OS/2"].fsType
    if "glyf" not in font or allowed & ONE_OF_THREE not in _EDITABLE or allowed & (_BITMAPS_ONLY | NO_SUBSET):
        return Letters(family, fallback, panose)
    files = (regular, bold if bold and "wght" not in axes_of(font) else regular)
    if len(font.getGlyphOrder()) > _MOST_GLYPHS:
        files = (webfont(files[0]), webfont(files[1]))
    return Letters(family, fallback, panose, static(files[0], family, 400), static(files[1], family, 700))


def _name(font: Font) -> str:
    """The family of a font, of which each weight may have a name of its own."""
    return str(font["name"].getDebugName(16) or font["name"].getDebugName(1) or "").strip()


def static(data: bytes, family: str, weight: int) -> bytes:
    """One weight of a font as TrueType, named as the regular or the bold of this family.

    One that is so already is returned as it is. Others lose their pairs of letters to set closer (GPOS), half
    of a file: Word does so only when it is told to. Names of glyphs go too.
    """
    font = open_font(data)
    there = axes_of(font)
    names = [font["name"].getDebugName(id) for id in (1, 2)]
    if not there and font.flavor is None and names == [family, "Bold" if weight > 400 else "Regular"]:
        return data
    if there:
        low, high = there.get("wght", (weight, weight))
        font = pinned(font, {"wght": min(high, max(low, weight))})
    style, is_bold = ("Bold", True) if weight > 400 else ("Regular", False)
    for id, value in ((1, family), (2, style), (4, f"{family} {style}"), (6, _plain(f"{family}-{style}"))):
        font["name"].removeNames(nameID=id)
        font["name"].setName(value, id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | (0x20 if is_bold else 0x40)
    font["head"].macStyle = int(is_bold)
    font["post"].formatType = _WITHOUT_NAMES
    if "GPOS" in font:
        del font["GPOS"]
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


_WITHOUT_NAMES = 3.0


def _plain(name: str) -> str:
    """A PostScript name: at most 63 signs of ASCII, without spaces and brackets."""
    return re.sub(r"[^A-Za-z0-9-]", "", name)[:63]
