"""How the office files of an organisation look: its colours, fonts and logo."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from microsite.brand import logos
from microsite.brand.document_fonts import Letters, letters
from microsite.brand.palette import Shades
from microsite.content.files import Source
from microsite.core.records import Record
from microsite.rendering.office.packages import Part, Relation

LOGO_PIXELS = 1000
_LOGO_AREA = 620.0
"""In mm²: equal for all logos, so that a tall one weighs as much as a wide one."""
_LOGO_SIZE = (62.0, 26.0)
"""The most, in mm."""

EMU_PER_MM = 36_000


class HouseStyle(Record):
    """``fonts`` are the regular and perhaps the bold; ``plate`` is the colour under the logo, or ""."""

    name: str
    language: str
    shades: Shades
    fonts: tuple[Source, ...]
    logo: Source
    plate: str = ""

    @property
    def tag(self) -> str:
        """The language as office programs write it (BCP 47)."""
        return _TAGS.get(self.language, self.language)


_TAGS = {"nl": "nl-NL", "en": "en-GB", "fy": "fy-NL"}


class Mark(Record):
    """A logo as PNG, with its width and height in EMU."""

    data: bytes
    width: int
    height: int


class EmbeddedFont(Record):
    """A font as a part of a text: obfuscated with ``key``, a GUID (ECMA-376 part 4, 17.8.1)."""

    key: str
    data: bytes


@lru_cache(maxsize=8)
def typeface(fonts: tuple[Source, ...]) -> Letters:
    """The fonts of a brand as office programs take them. Cached: it takes a second, and all files use it."""
    return letters(*(source.read() for source in fonts[:2]))


@lru_cache(maxsize=8)
def mark(logo: Source, plate: str) -> Mark:
    """The logo of a brand, as large as it is on a letter. Cached for the other files of the brand."""
    data = logos.picture(logo.read(), logo.suffix == ".svg", plate, LOGO_PIXELS)
    across, down = png_size(data)
    scale = min((_LOGO_AREA / (across * down)) ** 0.5, _LOGO_SIZE[0] / across, _LOGO_SIZE[1] / down)
    return Mark(data, round(across * scale * EMU_PER_MM), round(down * scale * EMU_PER_MM))


def png_size(data: bytes) -> tuple[int, int]:
    """The width and height of a PNG in pixels (its first chunk, IHDR)."""
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def embedded(font: bytes) -> EmbeddedFont:
    """Obfuscate a font: its first 32 bytes XOR the key, which here follows from its contents."""
    name = hashlib.sha256(font).hexdigest()[:32].upper()
    key = bytes.fromhex(name)[::-1]
    head = bytes(byte ^ key[i % 16] for i, byte in enumerate(font[:32]))
    guid = "-".join((name[:8], name[8:12], name[12:16], name[16:20], name[20:]))
    return EmbeddedFont(f"{{{guid}}}", head + font[32:])


def font_parts(family: Letters) -> tuple[tuple[Part, ...], tuple[Relation, ...], dict[str, str]]:
    """The fonts of a text: their parts, the relations of its font table, and by relation the key of each."""
    parts, relations, keys = [], [], {}
    for style, data in (("regular", family.regular), ("bold", family.bold)):
        if data:
            font = embedded(data)
            parts.append(Part(f"word/fonts/{style}.odttf", font.data))
            relations.append(Relation(style, "font", parts[-1].name))
            keys[style] = font.key
    return tuple(parts), tuple(relations), keys
