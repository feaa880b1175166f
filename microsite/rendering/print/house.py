"""What material takes of a brand, and the texts that are set in its letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from msgspec.structs import asdict

from microsite.brand.document_fonts import code_points, print_font
from microsite.content.files import Source
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import InvalidFile, in_data, text
from microsite.core.records import Record, astuple
from microsite.media.photos import encode
from microsite.rendering.media_recipes import drawing

_LOGO_PIXELS = 1200
"""The width in which a logo that is no drawing is shown."""

_LETTERS = str.maketrans({"\u2011": "-", "\u202f": "\u00a0"})
"""Signs that few fonts have, and what looks the same."""


class House(Record):
    """The house style of a brand, and how it signs.

    ``colours`` are those of drawings, by role. ``fonts`` are the files for text, for display, and for letters
    that these do not have; ``weights`` those of text and of display. ``logo_size`` is in pixels; ``plate`` is
    the colour that the logo stands on, "" for none. ``url`` is the address of its site, with a slash at the
    end, or ""; ``address`` the same as people write it.
    """

    name: str
    campaign: str
    url: str
    address: str
    colours: tuple[tuple[str, str], ...]
    fonts: tuple[Source, ...]
    weights: tuple[int, int]
    logo: Source
    logo_size: tuple[int, int]
    plate: str

    def fingerprint(self, name: Fingerprints) -> str:
        values = (name(value) if isinstance(value, tuple) else value for value in astuple(self))
        return name(tuple(values))

    @property
    def logo_name(self) -> str:
        return "logo.svg" if self.logo.suffix == ".svg" else "logo.png"

    def font_files(self) -> tuple[bytes, ...]:
        return tuple(print_font(source) for source in self.fonts)

    def files(self) -> dict[str, bytes]:
        """The logo, as templates show it."""
        if self.logo.suffix == ".svg":
            return {self.logo_name: drawing(self.logo, self.colours)}
        width = min(_LOGO_PIXELS, self.logo_size[0])
        return {self.logo_name: encode(self.logo.read(), width, "png")}

    def given(self) -> dict[str, Any]:
        """What templates get of it."""
        return {
            "name": self.name,
            "campaign": self.campaign,
            "address": self.address,
            "colours": dict(self.colours),
            "weights": self.weights,
            "logo": self.logo_name,
            "logo_size": self.logo_size,
            "plate": self.plate,
        }


def settable(values: Mapping[str, Any], font_files: tuple[bytes, ...]) -> dict[str, Any]:
    """The values with texts that these fonts can set: without signs that they lack, such as a smiley.

    Records in them become mappings. Raises InvalidFile when a letter is in none of them.
    """
    known = frozenset[int]().union(*map(code_points, font_files))

    def shown(value: Any) -> Any:
        if isinstance(value, str):
            return _set(value, known)
        if isinstance(value, Record):
            value = asdict(value)
        if isinstance(value, Mapping):
            return {name: shown(part) for name, part in value.items()}
        return [shown(part) for part in value] if isinstance(value, list | tuple) else value

    return {name: shown(value) for name, value in values.items()}


def _set(words: str, known: frozenset[int]) -> str:
    words = unicodedata.normalize("NFC", words).translate(_LETTERS)
    missing = "".join(dict.fromkeys(sign for sign in words if ord(sign) not in known))
    if letters := [sign for sign in missing if unicodedata.category(sign)[0] in "LN"]:
        message = text("no font that we can print with has the letter '{letter}'", letter=letters[0])
        raise InvalidFile(in_data(message, text("write the word in other letters")))
    return words.translate(dict.fromkeys(map(ord, missing)))
