"""One or two colours of a member -> every shade that a stylesheet needs, light and dark, readable for all.

The member's colours stay as they are on large fields. Whatever has to be read
or found on paper (links, edges) keeps its hue and moves in lightness, no
further than the contrast asks. Grounds and greys are ours: they carry a hint of
the brand and step aside for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from microsite.core.problems import Text, nearest, text
from microsite.core.records import Record

Scheme = Literal["light", "dark"]

TEXT = Decimal("4.5")  # WCAG 1.4.3
INTERFACE = Decimal(3)  # WCAG 1.4.11, and large text
RING = Decimal(9)  # of two colours this far apart, one stands out 3:1 on any ground (technique C40)


class Shades(Record):
    """The colours of one scheme as ``#rrggbb``. What may stand on what: ``PAIRS``."""

    brand: str
    """A flat field in the member's own colour; the ground of buttons. Never moved."""
    brand_hover: str
    on_brand: str
    second: str
    """A second flat field: the member's own, or derived."""
    on_second: str
    tint: str
    """A quiet field of the brand's hue."""
    on_tint: str
    paper: str
    surface: str
    """A ground that is told apart from paper only just: tables, asides, code."""
    ink: str
    muted: str
    link: str
    link_hover: str
    edge: str
    """The brand where it must be seen on paper: rims of buttons, icons, rules, bars of a chart."""
    border: str
    """The rim of form parts."""
    line: str
    """A hairline that only decorates, so without a minimum."""
    focus: str
    """The ring round what has the focus. Draw it with ``halo`` against it, and it shows on every ground."""
    halo: str


class Move(Record):
    """A colour that the member chose, and what stands in for it in one role.

    The ratios are those on the ground where the colour does worst, rounded down.
    """

    role: str
    scheme: Scheme
    wanted: str
    used: str
    before: Decimal
    after: Decimal
    minimum: Decimal


class Palette(Record):
    light: Shades
    dark: Shades
    moved: tuple[Move, ...] = ()


class Pair(NamedTuple):
    """This role may stand on that ground, and keeps this ratio to it whatever the member chose."""

    role: str
    ground: str
    minimum: Decimal


PAIRS: tuple[Pair, ...] = (
    Pair("ink", "paper", TEXT),
    Pair("ink", "surface", TEXT),
    Pair("ink", "tint", TEXT),
    Pair("muted", "paper", TEXT),
    Pair("muted", "surface", TEXT),
    Pair("link", "paper", TEXT),
    Pair("link", "surface", TEXT),
    Pair("link_hover", "paper", TEXT),
    Pair("link_hover", "surface", TEXT),
    Pair("on_brand", "brand", TEXT),
    Pair("on_brand", "brand_hover", TEXT),
    Pair("on_second", "second", TEXT),
    Pair("on_tint", "tint", TEXT),
    Pair("edge", "paper", INTERFACE),
    Pair("edge", "surface", INTERFACE),
    Pair("border", "paper", INTERFACE),
    Pair("border", "surface", INTERFACE),
    Pair("focus", "paper", INTERFACE),
    Pair("focus", "surface", INTERFACE),
    Pair("focus", "tint", INTERFACE),
    Pair("focus", "halo", RING),
)
"""All that stylesheets may combine. No other two roles are promised to be told apart."""


class NotAColour(ValueError):
    """What was written is no colour that we can use: ``message`` says why, ``hint`` how to mend it."""

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return str(self.message)


def derive(colour: str, second: str = "") -> Palette:
    """The palette of a brand from one or two CSS colours.

    Raises NotAColour. Colours that a screen cannot show (sRGB) become the
    nearest one of the same lightness and hue that it can.
    """
    brand = read(colour)
    chosen = (brand, read(second)) if second else (brand,)
    light, dark = _shades("light", chosen), _shades("dark", chosen)
    return Palette(light, dark, (*_moves("light", light, chosen), *_moves("dark", dark, chosen)))


def css(palette: Palette) -> str:
    """The custom properties of both schemes: ``--brand``, ``--on-brand``, …"""
    return (
        f":root {{\n  color-scheme: light dark;\n{_properties(palette.light, '  ')}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n  :root {{\n{_properties(palette.dark, '    ')}  }}\n}}\n"
    )


def _properties(shades: Shades, indent: str) -> str:
    return "".join(
        f"{indent}--{name.replace('_', '-')}: {getattr(shades, name)};\n" for name in shades.__struct_fields__
    )


# ── the taste ─────────────────────────────────────────────────────────────────


class _Tone(NamedTuple):
    """What differs between the schemes. Lightness runs from 0 (black) to 1 (white)."""

    paper: float
    aside: float  # where paper goes when the brand is nearly as light as it
    surface: float  # this and what follows: steps from paper
    tint: float
    line: float
    ink: float  # this and what follows: places to start from, before contrast is looked at
    muted: float
    border: float
    on_tint: float
    away: int  # the direction in which contrast with paper grows


_TONES: dict[Scheme, _Tone] = {
    "light": _Tone(0.98, 0.93, -0.022, -0.065, -0.12, 0.24, 0.47, 0.58, 0.36, -1),
    "dark": _Tone(0.195, 0.30, 0.038, 0.105, 0.16, 0.945, 0.76, 0.60, 0.90, 1),
}

_GREY = 0.03  # chroma below which the eye gives a colour no hue
_GREY_LINK = Decimal(7)  # a grey link has only its weight to be told from muted text
_CREAM, _MIST = 80.0, 250.0  # hues of warm and of cool paper
_SUN, _NIGHT = 78.0, 255.0  # lights lean to yellow and shadows to blue, as painters have them


def _shades(scheme: Scheme, chosen: tuple[str, ...]) -> Shades:
    tone, own = _TONES[scheme], _seen(chosen[0])
    second = chosen[1] if len(chosen) > 1 else to_hex(_companion(own))
    base, air, quiet = _paper_lightness(tone, own), _air(own), min(1.0, own.chroma / 0.1)

    def grey(lightness: float, least: float, hint: float) -> str:
        return to_hex(Oklch(lightness, least + hint * quiet, air))

    def moved(colour: str, *grounds: str, minimum: Decimal = TEXT) -> str:
        return _toward(colour, tone.away, _passes(grounds, minimum))

    paper = grey(base, 0.004, 0.002 + 0.004 * _sunlit(air))
    surface = grey(base + tone.surface, 0.006, 0.004 + 0.006 * _sunlit(air))
    tint = to_hex(_tint(own, base + tone.tint))
    ink = grey(tone.ink, 0.008, 0.012)
    on_brand = _label(chosen[0])
    link = _link(chosen, (paper, surface), tone.away)
    return Shades(
        brand=chosen[0],
        brand_hover=_nudged(chosen[0], tone.away, 0.06, _passes((on_brand,), TEXT)),
        on_brand=on_brand,
        second=second,
        on_second=_label(second),
        tint=tint,
        on_tint=moved(to_hex(Oklch(tone.on_tint, min(own.chroma * 0.7, 0.1), _hue(own))), tint),
        paper=paper,
        surface=surface,
        ink=ink,
        muted=moved(grey(tone.muted, 0.006, 0.012), paper, surface),
        link=link,
        link_hover=_nudged(link, tone.away, 0.1, _passes((paper, surface), TEXT)),
        edge=moved(chosen[0], paper, surface, minimum=INTERFACE),
        border=moved(grey(tone.border, 0.006, 0.012), paper, surface, minimum=INTERFACE),
        line=grey(base + tone.line, 0.008, 0.012),
        focus=ink,
        halo=paper,
    )


def _paper_lightness(tone: _Tone, brand: Oklch) -> float:
    """A white field on white paper, or a black one on black, would be lost: then paper steps aside."""
    if brand.chroma > 0.08 or abs(brand.lightness - tone.paper) >= 0.05:
        return tone.paper
    return max(tone.paper, tone.aside, key=lambda paper: abs(brand.lightness - paper))


def _seen(colour: str) -> Oklch:
    """What the eye makes of it: OKLCH finds chroma in what is as good as black (#000003)."""
    own = oklch(colour)
    return own._replace(chroma=own.chroma * min(1.0, own.lightness / 0.2))


def _hue(brand: Oklch) -> float:
    return brand.hue if brand.chroma >= _GREY else _CREAM


def _air(brand: Oklch) -> float:
    """The hue of paper and greys: halfway between the brand and the nearer of cream and mist."""
    hue = _hue(brand)
    pole = min(_CREAM, _MIST, key=lambda p: abs(_turn(hue, p)))
    return (hue + _turn(hue, pole) / 2) % 360


def _sunlit(hue: float) -> float:
    """1 for yellow, 0 for blue: a pale yellow takes more chroma than a pale blue before it looks sweet."""
    return (1 + math.cos(math.radians(hue - 90))) / 2


def _tint(brand: Oklch, lightness: float) -> Oklch:
    most = 0.032 + 0.03 * _sunlit(brand.hue)
    return Oklch(lightness, 0.005 + min(brand.chroma * 0.4, most), _hue(brand))


def _companion(brand: Oklch) -> Oklch:
    """A second colour that answers the first: a light for a dark, a shadow for a light; grey for grey."""
    is_light = brand.lightness >= 0.68
    lightness = 0.34 if is_light else 0.86
    if brand.chroma < _GREY:
        return Oklch(lightness, brand.chroma, brand.hue)
    pole = _NIGHT if is_light else _SUN
    turn = _turn(pole, brand.hue)
    hue = pole - 0.1 * turn if abs(turn) >= 45 else pole + math.copysign(70, turn)
    return Oklch(lightness, min(0.1, 0.03 + brand.chroma * 0.6), hue % 360)


def _turn(start: float, end: float) -> float:
    """Degrees from one hue to another by the shorter way, -180 up to 180."""
    return (end - start + 180) % 360 - 180


def _label(field: str) -> str:
    """The text colour on a flat field: tinted while that can be read, and light where both would do.

    One of black and white always passes: their ratio is 21, and √21 is more than 4.5.
    """
    own = oklch(field)
    light = to_hex(Oklch(0.985, min(own.chroma * 0.1, 0.012), own.hue))
    dark = to_hex(Oklch(0.22, min(own.chroma * 0.3, 0.04), own.hue))
    passes = _passes((field,), TEXT)
    return next(c for c in (light, "#ffffff", dark, "#000000") if passes(c))


def _link(chosen: tuple[str, ...], grounds: tuple[str, ...], away: int) -> str:
    """The brand where it can be read, else a second colour that can (navy beside yellow), else moved."""
    passes, is_grey = _passes(grounds, TEXT), _seen(chosen[0]).chroma < _GREY
    if passes(chosen[0]):
        return chosen[0]
    for colour in chosen[1:]:
        if passes(colour) and _seen(colour).chroma >= _GREY:
            return colour
    return _toward(chosen[0], away, _passes(grounds, _GREY_LINK if is_grey else TEXT))


def _moves(scheme: Scheme, shades: Shades, chosen: tuple[str, ...]) -> Iterable[Move]:
    grounds = (shades.paper, shades.surface)
    for role, minimum in (("link", TEXT), ("edge", INTERFACE)):
        used: str = getattr(shades, role)
        if used not in chosen:
            before, after = _worst(chosen[0], grounds), _worst(used, grounds)
            yield Move(role, scheme, chosen[0], used, _two(before), _two(after), minimum)


def _two(ratio: float) -> Decimal:
    """Two decimals, rounded down: 4.496 must not read as 4.50."""
    return Decimal(ratio).quantize(Decimal("0.01"), ROUND_DOWN)


# ── contrast ──────────────────────────────────────────────────────────────────

_Test = Callable[[str], bool]


def contrast(a: str, b: str) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21, of two colours."""
    first, second = luminance(read(a)), luminance(read(b))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """The relative luminance of WCAG of ``#rrggbb``: 0 is black, 1 white."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _worst(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _passes(grounds: tuple[str, ...], minimum: Decimal) -> _Test:
    return lambda colour: _worst(colour, grounds) >= minimum


def _toward(colour: str, away: int, passes: _Test) -> str:
    """The colour itself when it passes, else the nearest lightness that does: down for -1, up for 1."""
    if passes(colour):
        return colour
    start, chroma, hue = oklch(colour)
    fails, holds = start, 1.0 if away > 0 else 0.0
    best = to_hex(Oklch(holds, chroma, hue))
    while abs(holds - fails) > 0.0005:
        middle = (fails + holds) / 2
        tried = to_hex(Oklch(middle, chroma, hue))
        if passes(tried):
            holds, best = middle, tried
        else:
            fails = middle
    return best


def _nudged(colour: str, away: int, step: float, passes: _Test) -> str:
    """A neighbour that is seen to differ and still passes; the other way at the end of the scale."""
    lightness, chroma, hue = oklch(colour)
    for direction in (away, -away):
        for length in (step, step * 1.5, step * 2, step * 3, step * 4):
            tried = to_hex(Oklch(lightness + direction * length, chroma, hue))
            if passes(tried) and contrast(tried, colour) >= 1.15:
                return tried
    return colour


# ── OKLCH ─────────────────────────────────────────────────────────────────────
# The sample code of CSS Color 4, with the matrices multiplied out. Written here
# because it is called a thousand times for a brand; see docs/decisions/palette.md.

_Triple = tuple[float, float, float]


class Oklch(NamedTuple):
    """A colour by how it looks: lightness 0 to 1, chroma (0 is grey) and hue in degrees."""

    lightness: float
    chroma: float
    hue: float


@lru_cache(maxsize=256)
def oklch(colour: str) -> Oklch:
    """The coordinates of ``#rrggbb``."""
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
    """``#rrggbb``; chroma gives way where the screen has no such colour, lightness and hue do not."""
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


# ── what a member writes ──────────────────────────────────────────────────────

_SIX = re.compile(r"#[0-9a-f]{6}")
_THREE = re.compile(r"#[0-9a-f]{3}")
_BARE = re.compile(r"(?:[0-9a-f]{3}|[0-9a-f]{6})")
_LONGEST = 100


def read(colour: str) -> str:
    """Any CSS colour -> ``#rrggbb``. Raises NotAColour."""
    if _SIX.fullmatch(colour):
        return colour
    written = colour.strip().lower()
    if _SIX.fullmatch(written):
        return written
    if _THREE.fullmatch(written):
        return "#" + "".join(2 * digit for digit in written[1:])
    return _read_css(written)


def _read_css(written: str) -> str:
    # Imported only here: it takes a tenth of a second, and nearly every member writes hex.
    from coloraide import Color
    from coloraide.css.color_names import name2val_map

    if len(written) > _LONGEST:
        raise _not_a_colour(written[:40] + "…")
    try:
        colour = Color(written)
        if not all(map(math.isfinite, colour.coords(nans=False))):
            raise ValueError
        clear = not colour.alpha() >= 1
        found = colour.convert("srgb").to_string(hex=True, alpha=False, fit="oklch-chroma")
    except (ValueError, OverflowError):
        raise _not_a_colour(written, name2val_map) from None
    if clear:
        raise NotAColour(
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


def _not_a_colour(written: str, names: Iterable[str] = ()) -> NotAColour:
    message = text("'{colour}' is not a colour", colour=written)
    if not written:
        return NotAColour(
            text("no colour is given"), text("put quotes round it: in YAML a '#' begins a remark")
        )
    if _BARE.fullmatch(written):
        return NotAColour(message, text("did you mean '{near}'?", near="#" + written))
    near = _IN_DUTCH.get(written.lower()) or (nearest(written, names) if written.isalpha() else None)
    if near is not None:
        return NotAColour(message, text("did you mean '{near}'?", near=near))
    return NotAColour(
        message, text("write six hex digits, such as '{example}', or a CSS colour", example="#12345a")
    )
