"""Colour arithmetic: parsing CSS colours, OKLCH, and the contrast of WCAG.

A colour is a string ``#rrggbb`` with lower-case digits, as ``parse`` returns it.
The conversions are written here rather than taken from a library because a palette
needs a thousand of them; see docs/decisions/palette.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from microsite.core.problems import InvalidValue, nearest, text


class InvalidColour(InvalidValue):
    """This is no colour that can be used."""


_SIX = re.compile(r"#[0-9a-f]{6}")
_THREE = re.compile(r"#[0-9a-f]{3}")
_BARE = re.compile(r"(?:[0-9a-f]{3}|[0-9a-f]{6})")
_LONGEST = 100


def parse(colour: str) -> str:
    """Any opaque CSS colour as ``#rrggbb``.

    Colours outside sRGB become the nearest one of the same lightness and hue inside it.
    Raises InvalidColour.
    """
    if _SIX.fullmatch(colour):
        return colour
    written = colour.strip().lower()
    if _SIX.fullmatch(written):
        return written
    if _THREE.fullmatch(written):
        return "#" + "".join(2 * digit for digit in written[1:])
    return _parse_css(written)


def _parse_css(written: str) -> str:
    # Imported only here: it takes a tenth of a second, and nearly every brand writes hex.
    from coloraide import Color
    from coloraide.css.color_names import name2val_map

    if len(written) > _LONGEST:
        raise _invalid(written[:40] + "…")
    try:
        colour = Color(written)
        if not all(map(math.isfinite, colour.coords(nans=False))):
            raise ValueError
        clear = not colour.alpha() >= 1
        found = colour.convert("srgb").to_string(hex=True, alpha=False, fit="oklch-chroma")
    except (ValueError, OverflowError):
        raise _invalid(written, name2val_map) from None
    if clear:
        raise InvalidColour(
            text("'{colour}' is see-through", colour=written),
            text("choose a colour without transparency, such as '#00539f'"),
        )
    return found


_IN_DUTCH = {
    "rood": "red",
    "oranje": "orange",
    "geel": "yellow",
    "groen": "green",
    "blauw": "blue",
    "paars": "purple",
    "roze": "pink",
    "bruin": "brown",
    "zwart": "black",
    "wit": "white",
    "grijs": "gray",
}


def _invalid(written: str, names: Iterable[str] = ()) -> InvalidColour:
    message = text("'{colour}' is not a colour", colour=written)
    if not written:
        return InvalidColour(
            text("no colour is given"), text("put quotes round it: in YAML a '#' begins a remark")
        )
    if _BARE.fullmatch(written):
        return InvalidColour(message, text("did you mean '{near}'?", near="#" + written))
    near = _IN_DUTCH.get(written.lower()) or (nearest(written, names, 0.8) if written.isalpha() else None)
    if near is not None:
        return InvalidColour(message, text("did you mean '{near}'?", near=near))
    return InvalidColour(
        message, text("write six hex digits, such as '{example}', or a CSS colour", example="#12345a")
    )


def contrast(a: str, b: str) -> float:
    """The WCAG 2 contrast ratio of two CSS colours, from 1 to 21."""
    first, second = luminance(parse(a)), luminance(parse(b))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """The WCAG relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ── OKLCH ─────────────────────────────────────────────────────────────────────
# The sample code of CSS Color 4 (https://www.w3.org/TR/css-color-4/#color-conversion-code),
# with the matrices multiplied out.

_Triple = tuple[float, float, float]


class Oklch(NamedTuple):
    """OKLCH coordinates: lightness from 0 to 1, chroma (0 is grey), and hue in degrees."""

    lightness: float
    chroma: float
    hue: float


@lru_cache(maxsize=256)
def to_oklch(colour: str) -> Oklch:
    """The OKLCH coordinates of ``#rrggbb``."""
    r, g, b = _linear(colour)
    l = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)  # noqa: E741
    m = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    green_red = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    blue_yellow = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    return Oklch(
        lightness, math.hypot(green_red, blue_yellow), math.degrees(math.atan2(blue_yellow, green_red)) % 360
    )


def to_hex(colour: Oklch) -> str:
    """The colour as ``#rrggbb``; outside sRGB, chroma is reduced and lightness and hue are kept."""
    lightness = min(1.0, max(0.0, colour.lightness))
    angle = math.radians(colour.hue)
    a, b = math.cos(angle), math.sin(angle)
    shown = _to_linear(lightness, colour.chroma * a, colour.chroma * b)
    if not _in_gamut(shown):
        inside, outside = 0.0, colour.chroma
        shown = _to_linear(lightness, 0, 0)
        for _ in range(14):
            chroma = (inside + outside) / 2
            tried = _to_linear(lightness, chroma * a, chroma * b)
            if _in_gamut(tried):
                inside, shown = chroma, tried
            else:
                outside = chroma
    return "#{:02x}{:02x}{:02x}".format(*map(_channel, shown))


def _to_linear(lightness: float, green_red: float, blue_yellow: float) -> _Triple:
    l = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3  # noqa: E741
    m = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    s = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )


def _in_gamut(linear: _Triple) -> bool:
    return min(linear) >= -0.0001 and max(linear) <= 1.0001


def _channel(linear: float) -> int:
    value = min(1.0, max(0.0, linear))
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))


def _linear(colour: str) -> _Triple:
    return _LINEAR[int(colour[1:3], 16)], _LINEAR[int(colour[3:5], 16)], _LINEAR[int(colour[5:7], 16)]


_LINEAR = tuple(
    value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    for value in (step / 255 for step in range(256))
)
