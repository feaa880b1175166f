"""A logo on its ground: where it would be lost, which plate it then stands on, and the icons made of it.

A logo keeps its own colours, so nothing can be moved to make it readable. It is
drawn once, small, and taken apart into the pieces that touch: a letter, a mark,
a card with words on it. A piece is lost on a ground when next to nothing of it
stands out, whatever the rest of the logo does.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal

from microsite.brand.colour import InvalidColour, luminance, parse
from microsite.brand.palette import Palette
from microsite.content.files import Source
from microsite.core.problems import InvalidFile, Problem, in_data, text
from microsite.core.records import Record
from microsite.media import raster
from microsite.media.photos import Photo, probe, upright
from microsite.media.svg import Drawing, Vector, clean, paint

if TYPE_CHECKING:
    from microsite.media.raster import Image

SETTINGS = 1
"""To be raised when icons are made in another way: files are kept by their names for a year."""

Shape = Literal["tall", "square", "wide"]
Part = tuple[tuple[int, int], ...]
"""How many pixels a piece has of each step of lightness."""

PLATES = {"light": "#ffffff", "dark": "#1b1b1d", "middle": "#757575"}
"""Grounds for a logo that paper does not suit, by the name that the stylesheet has for them."""

_AREA = 20_000  # pixels to look at: letters of a wide wordmark are still apart
_LONGEST = 480
_SOLID = 96  # of 255: from here on a pixel is seen
_STEPS = 63
_SEEN = 0.01  # of a piece must stand out, such as small words on a card
_SPARED = 0.04  # of a logo may be lost: a speck, a hairline
_DAY, _NIGHT = 2.0, 3.0  # contrast: by day a logo stands on what it was drawn for, nearly white
_ROUND = 1.5  # width to height, or height to width, up to which a logo makes an icon
_MARGIN = 0.14


class Logo(Record):
    """A logo that can be used. One that is ``framed`` covers its corners, so it brings its own ground."""

    look: Photo | Drawing
    parts: tuple[Part, ...]
    framed: bool

    @property
    def shape(self) -> Shape:
        ratio = self.look.width / self.look.height
        return "tall" if ratio < 0.8 else "square" if ratio <= 1.6 else "wide"

    @property
    def makes_an_icon(self) -> bool:
        """A wide or tall logo is nothing but a stripe in a tab, and letters need a font to be drawn."""
        ratio = self.look.width / self.look.height
        drawn = not (isinstance(self.look, Drawing) and self.look.has_text)
        return drawn and 1 / _ROUND <= ratio <= _ROUND


def examine(data: bytes, is_drawing: bool) -> Logo:
    """What there is to know of a logo; raises ``InvalidFile`` when it cannot be used."""
    draw: _Draw
    if is_drawing:
        drawn = clean(data)
        look: Photo | Drawing = drawn.facts
        letters = _letters(drawn.markup) if drawn.has_text else ()
        draw = partial(_drawing, drawn)
    else:
        look, letters, draw = probe(data), (), partial(_photo, data)
    scale = math.sqrt(_AREA / (look.width * look.height))
    longest = max(look.width, look.height)
    image = draw(max(1, round(min(_LONGEST, longest * scale))))
    parts = (*_parts(image), *letters)
    if not parts:
        raise InvalidFile(in_data(text("the logo is empty: there is nothing to see in it")))
    return Logo(look, parts, _framed(image))


def examine_file(source: Source) -> Logo | tuple[Problem, ...]:
    """``examine`` for a worker process: problems are returned, not raised."""
    try:
        return examine(source.read(), source.suffix == ".svg")
    except InvalidFile as invalid:
        return invalid.problems


def classes(logo: Logo, palette: Palette) -> str:
    """What the stylesheet must know: its shape, and its plate by day and by night where it needs one."""
    plates = (
        ("day", _plate(logo, palette.light.paper, _DAY)),
        ("night", _plate(logo, palette.dark.paper, _NIGHT)),
    )
    return " ".join([f"logo-{logo.shape}", *(f"{time}-{plate}" for time, plate in plates if plate)])


def _plate(logo: Logo, paper: str, minimum: float) -> str:
    grounds = {"": paper, **PLATES}
    lost = {name: 0.0 if logo.framed else _lost(logo, ground, minimum) for name, ground in grounds.items()}
    return "" if lost[""] <= _SPARED else min(lost, key=lambda name: lost[name])


def _lost(logo: Logo, ground: str, minimum: float) -> float:
    """How much of the logo is in pieces that do not stand out from this ground: 0 nothing, 1 all."""
    under, lost, whole = luminance(ground), 0, 0
    for part in logo.parts:
        pixels = sum(count for _, count in part)
        seen = sum(count for step, count in part if _ratio(under, (step / _STEPS) ** 2) >= minimum)
        lost += pixels if seen < _SEEN * pixels else 0
        whole += pixels
    return lost / whole


def _ratio(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


# ── what is in it ────────────────────────────────────────────────────────────────────────────────────


_Draw = Callable[[int], "Image"]
"""Makes pixels of a logo, RGBA, its longest side as long as this."""


def _photo(data: bytes, longest: int) -> Image:
    return upright(data, lambda size: _fit(size, longest)).convert("RGBA")


def _drawing(drawn: Vector, longest: int) -> Image:
    width, height = _fit((drawn.width, drawn.height), longest)
    return raster.render_svg(paint(drawn.markup, {}), width, height)


def _fit(size: tuple[float, float], longest: int) -> tuple[int, int]:
    scale = longest / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _parts(image: Image) -> Iterator[Part]:
    """The pieces of which the pixels touch, corners too, from the stretches of each row."""
    width, bands = image.width, image.tobytes()
    pixels = list(zip(bands[0::4], bands[1::4], bands[2::4], strict=True))
    step = {pixel: _step(f"#{bytes(pixel).hex()}") for pixel in set(pixels)}
    steps = bytes(map(step.__getitem__, pixels))
    solid = bytes(alpha >= _SOLID for alpha in bands[3::4])
    pieces: dict[int, Counter[int]] = {}  # by the number of their first stretch
    joined: list[int] = []  # which stretch a stretch belongs to, as far as known

    def first(stretch: int) -> int:
        while joined[stretch] != stretch:
            stretch = joined[stretch]
        return stretch

    above: list[tuple[int, int, int]] = []
    for row in range(0, len(solid), width):
        here = []
        for found in re.finditer(b"\x01+", solid[row : row + width]):
            start, end = found.span()
            piece = len(joined)
            joined.append(piece)
            pieces[piece] = Counter(steps[row + start : row + end])
            for begin, stop, other in above:
                if begin <= end and stop >= start and (root := first(other)) != piece:
                    pieces[root] += pieces.pop(piece)
                    joined[piece] = piece = root
            here.append((start, end, piece))
        above = here
    yield from (tuple(sorted(piece.items())) for piece in pieces.values())


def _step(colour: str) -> int:
    return round(_STEPS * math.sqrt(luminance(colour)))


_LETTERS = re.compile(r"<(?:text|tspan)\b[^>]*")
_FILL = re.compile(r' fill="([^"]*)"')


def _letters(markup: str) -> Iterable[Part]:
    """Words that need a font are not drawn here; each of their colours counts as a piece."""
    fills = [_FILL.search(tag) for tag in _LETTERS.findall(paint(markup, {}))]
    for colour in dict.fromkeys(found[1] if found else "black" for found in fills):
        with contextlib.suppress(InvalidColour):
            yield ((_step(parse(colour)), _AREA // 4),)


def _framed(image: Image) -> bool:
    """Whether all corners and nearly all of the rim are covered."""
    (width, height), solid = image.size, image.getchannel("A").point(lambda alpha: alpha >= _SOLID and 1)
    rows = [solid.crop((0, y, width, y + 1)).tobytes() for y in (0, height - 1)]
    sides = [solid.crop((x, 0, x + 1, height)).tobytes() for x in (0, width - 1)]
    corners = all(row[0] and row[-1] for row in rows)
    return corners and sum(map(sum, (*rows, *sides))) >= 0.95 * 2 * (width + height)


# ── icons ────────────────────────────────────────────────────────────────────────────────────────────


def icon_ground(logo: Logo, palette: Palette) -> str:
    """The colour that an icon is squared on: the brand's own, unless the logo would be lost on it."""
    grounds = (palette.light.brand, PLATES["light"], PLATES["dark"])
    if _lost(logo, grounds[0], _NIGHT) <= _SPARED:
        return grounds[0]
    return min(grounds, key=lambda ground: _lost(logo, ground, _NIGHT))


def icon(data: bytes, is_drawing: bool, ground: str, side: int) -> bytes:
    """A square PNG of a logo with a margin; one that is square and covers its corners fills it."""
    draw: _Draw = partial(_drawing, clean(data)) if is_drawing else partial(_photo, data)
    image = draw(round(side * (1 - 2 * _MARGIN)))
    if _framed(image) and min(image.size) >= 0.95 * max(image.size):
        image = draw(side)
    return raster.png(raster.centred_square(image, side, ground), optimize=False)
