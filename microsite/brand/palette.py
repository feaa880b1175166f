"""Derive a brand's palette: every shade of the stylesheet, light and dark, from one or two colours.

The brand's colours are used unchanged on large areas. Links and edges keep their
hue and change in lightness, no more than WCAG contrast requires. Backgrounds and
greys are derived: they carry a hint of the brand's hue.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, Decimal
from typing import Literal, NamedTuple

from microsite.brand.colour import Oklch, contrast, parse, to_hex, to_oklch
from microsite.core.records import Record

Scheme = Literal["light", "dark"]

TEXT = Decimal("4.5")  # WCAG 1.4.3
INTERFACE = Decimal(3)  # WCAG 1.4.11, and large text
RING = Decimal(9)  # of two colours this far apart, one stands out 3:1 on any ground (technique C40)


class Shades(Record):
    """The colours of one scheme as ``#rrggbb``. ``PAIRS`` lists which may be combined."""

    brand: str
    """The brand's first colour, never adjusted: large areas and buttons."""
    brand_hover: str
    on_brand: str
    second: str
    """The brand's second colour, or one derived from the first; on dark paper a grey or pale one is dark."""
    on_second: str
    tint: str
    """A pale (in dark: deep) background of the brand's hue."""
    on_tint: str
    paper: str
    surface: str
    """A background slightly different from ``paper``: tables, asides, code."""
    ink: str
    muted: str
    link: str
    link_hover: str
    edge: str
    """The brand's colour for outlines of buttons, icons and rules."""
    chart: str
    """The brand's colour for the bars of a chart, which stand on ``tint``, and for its lines."""
    border: str
    """The outline of form controls."""
    line: str
    """A decorative hairline, without a minimum contrast."""
    focus: str
    """The focus ring. Drawn next to ``halo``, it is visible on every background."""
    halo: str


class Adjustment(Record):
    """One role for which the brand's colour was replaced by a shade of sufficient contrast.

    ``before`` and ``after`` are the lowest contrast ratios over the backgrounds of the role, rounded down.
    For ``second``, which was too bright rather than too faint, there is no minimum: 0.
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
    adjustments: tuple[Adjustment, ...] = ()


class Pair(NamedTuple):
    """``role`` may be used on ``ground``, with at least this contrast ratio in every palette."""

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
    Pair("chart", "tint", INTERFACE),
    Pair("chart", "paper", INTERFACE),
    Pair("chart", "surface", INTERFACE),
    Pair("border", "paper", INTERFACE),
    Pair("border", "surface", INTERFACE),
    Pair("focus", "paper", INTERFACE),
    Pair("focus", "surface", INTERFACE),
    Pair("focus", "tint", INTERFACE),
    Pair("focus", "halo", RING),
)
"""All combinations that a stylesheet may use; no other has a guaranteed contrast."""


def derive(colour: str, second: str = "") -> Palette:
    """The palette of a brand from one or two CSS colours. Raises InvalidColour."""
    brand = parse(colour)
    chosen = (brand, parse(second)) if second else (brand,)
    light, dark = _shades("light", chosen), _shades("dark", chosen)
    return Palette(light, dark, (*_adjustments("light", light, chosen), *_adjustments("dark", dark, chosen)))


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


# ── the choices of design ─────────────────────────────────────────────────────


class _Tone(NamedTuple):
    """OKLCH lightness of the roles in one scheme, from 0 (black) to 1 (white)."""

    paper: float
    aside: float  # of paper, when the brand is nearly as light as paper
    surface: float  # this and the next two: differences from paper
    tint: float
    line: float
    ink: float  # this and the next three: before the contrast is checked
    muted: float
    border: float
    on_tint: float
    away: int  # the direction in which the contrast with paper grows


_TONES: dict[Scheme, _Tone] = {
    "light": _Tone(0.98, 0.93, -0.022, -0.065, -0.12, 0.24, 0.47, 0.58, 0.36, -1),
    "dark": _Tone(0.195, 0.30, 0.038, 0.105, 0.16, 0.945, 0.76, 0.60, 0.90, 1),
}

_GREY = 0.03  # chroma below which a colour has no visible hue
_PALE = 0.05  # the same for a colour that is nearly white
_DIM = 0.40  # lightness of a grey or pale field on dark paper
_GREY_LINK = Decimal(7)  # without hue, a link of 4.5 would look like muted text
_CREAM, _MIST = 80.0, 250.0  # hues of warm and of cool paper
_SUN, _NIGHT = 78.0, 255.0  # hues of derived second colours: light ones yellow, dark ones blue


def _shades(scheme: Scheme, chosen: tuple[str, ...]) -> Shades:
    tone, own = _TONES[scheme], _perceived(chosen[0])
    second = _field(scheme, chosen[1] if len(chosen) > 1 else to_hex(_companion(own)))
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
        chart=moved(chosen[0], tint, paper, surface, minimum=INTERFACE),
        border=moved(grey(tone.border, 0.006, 0.012), paper, surface, minimum=INTERFACE),
        line=grey(base + tone.line, 0.008, 0.012),
        focus=ink,
        halo=paper,
    )


def _field(scheme: Scheme, second: str) -> str:
    """White, grey and the palest colours glare on dark paper, and nobody knows a house by them."""
    own = _perceived(second)
    is_pale = own.chroma < (_PALE if own.lightness > 0.9 else _GREY)
    if scheme == "light" or not is_pale or own.lightness <= _DIM:
        return second
    return to_hex(own._replace(lightness=_DIM))


def _paper_lightness(tone: _Tone, brand: Oklch) -> float:
    """Darker (in dark: lighter) for a brand of nearly the lightness of paper, which would be lost on it."""
    if brand.chroma > 0.08 or abs(brand.lightness - tone.paper) >= 0.05:
        return tone.paper
    return max(tone.paper, tone.aside, key=lambda paper: abs(brand.lightness - paper))


def _perceived(colour: str) -> Oklch:
    """OKLCH, with the chroma of near-blacks such as #000003 reduced: nobody sees it."""
    own = to_oklch(colour)
    return own._replace(chroma=own.chroma * min(1.0, own.lightness / 0.2))


def _hue(brand: Oklch) -> float:
    return brand.hue if brand.chroma >= _GREY else _CREAM


def _air(brand: Oklch) -> float:
    """The hue of paper and greys: halfway between the brand's and the nearest of cream and mist."""
    hue = _hue(brand)
    pole = min(_CREAM, _MIST, key=lambda p: abs(_turn(hue, p)))
    return (hue + _turn(hue, pole) / 2) % 360


def _sunlit(hue: float) -> float:
    """1 for yellow, 0 for blue: pale yellows can have more chroma than pale blues before they look garish."""
    return (1 + math.cos(math.radians(hue - 90))) / 2


def _tint(brand: Oklch, lightness: float) -> Oklch:
    most = 0.032 + 0.03 * _sunlit(brand.hue)
    return Oklch(lightness, 0.005 + min(brand.chroma * 0.4, most), _hue(brand))


def _companion(brand: Oklch) -> Oklch:
    """A second colour: light for a dark brand, dark for a light one, grey for a grey one."""
    is_light = brand.lightness >= 0.68
    lightness = 0.34 if is_light else 0.86
    if brand.chroma < _GREY:
        return Oklch(lightness, brand.chroma, brand.hue)
    pole = _NIGHT if is_light else _SUN
    turn = _turn(pole, brand.hue)
    hue = pole - 0.1 * turn if abs(turn) >= 45 else pole + math.copysign(70, turn)
    return Oklch(lightness, min(0.1, 0.03 + brand.chroma * 0.6), hue % 360)


def _turn(start: float, end: float) -> float:
    """The signed angle from one hue to another, from -180 up to 180 degrees."""
    return (end - start + 180) % 360 - 180


def _label(field: str) -> str:
    """The text colour on a flat area: tinted where contrast allows, and light where both would do.

    One of black and white always passes: their ratio is 21, and √21 is more than 4.5.
    """
    own = to_oklch(field)
    light = to_hex(Oklch(0.985, min(own.chroma * 0.1, 0.012), own.hue))
    dark = to_hex(Oklch(0.22, min(own.chroma * 0.3, 0.04), own.hue))
    passes = _passes((field,), TEXT)
    return next(c for c in (light, "#ffffff", dark, "#000000") if passes(c))


def _link(chosen: tuple[str, ...], grounds: tuple[str, ...], away: int) -> str:
    """The first of the brand's colours that can be read, else the first one adjusted."""
    passes, is_grey = _passes(grounds, TEXT), _perceived(chosen[0]).chroma < _GREY
    if passes(chosen[0]):
        return chosen[0]
    for colour in chosen[1:]:
        if passes(colour) and _perceived(colour).chroma >= _GREY:
            return colour
    return _toward(chosen[0], away, _passes(grounds, _GREY_LINK if is_grey else TEXT))


def _adjustments(scheme: Scheme, shades: Shades, chosen: tuple[str, ...]) -> Iterable[Adjustment]:
    grounds = (shades.paper, shades.surface)
    for role, minimum in (("link", TEXT), ("edge", INTERFACE)):
        used: str = getattr(shades, role)
        if used not in chosen:
            before, after = _worst(chosen[0], grounds), _worst(used, grounds)
            yield Adjustment(role, scheme, chosen[0], used, _two(before), _two(after), minimum)
    for second in chosen[1:]:
        if shades.second != second:
            before, after = _worst(second, grounds), _worst(shades.second, grounds)
            yield Adjustment("second", scheme, second, shades.second, _two(before), _two(after), Decimal(0))


def _two(ratio: float) -> Decimal:
    """Rounded down to two decimals: 4.496 must not be reported as 4.50."""
    return Decimal(ratio).quantize(Decimal("0.01"), ROUND_DOWN)


# ── contrast ──────────────────────────────────────────────────────────────────

_Test = Callable[[str], bool]


def _worst(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _passes(grounds: tuple[str, ...], minimum: Decimal) -> _Test:
    return lambda colour: _worst(colour, grounds) >= minimum


def _toward(colour: str, away: int, passes: _Test) -> str:
    """The colour, in the nearest lightness that passes: darker for -1, lighter for 1."""
    if passes(colour):
        return colour
    start, chroma, hue = to_oklch(colour)
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
    """A visibly different lightness that still passes; in the other direction at the end of the scale."""
    lightness, chroma, hue = to_oklch(colour)
    for direction in (away, -away):
        for length in (step, step * 1.5, step * 2, step * 3, step * 4):
            tried = to_hex(Oklch(lightness + direction * length, chroma, hue))
            if passes(tried) and contrast(tried, colour) >= 1.15:
                return tried
    return colour
