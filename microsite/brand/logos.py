"""Logos: whether a logo is visible on a background, which plate it needs otherwise, and icons from it.

The colours of a logo are never changed. It is rasterised once, small, and split into its
connected components, such as letters. A component is lost on a background when almost
none of its pixels has enough contrast with it.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Literal

from microsite.brand.colour import InvalidColour, luminance, parse
from microsite.brand.palette import Palette
from microsite.content.files import Source
from microsite.core.problems import InvalidFile, Place, Problem, in_data, problems_or, text
from microsite.core.records import Record
from microsite.media import pillow, raster
from microsite.media.photos import Photo, probe, upright
from microsite.media.raster import Raster
from microsite.media.resvg import render_svg
from microsite.media.svg import Drawing, Vector, clean, paint

SETTINGS = 1
"""Increase when icons are made differently: browsers cache files by name for a year."""

Shape = Literal["tall", "square", "wide"]
Part = tuple[tuple[int, int], ...]
"""The histogram of a component: (lightness from 0 to 63, number of pixels)."""

PLATES = {"light": "#ffffff", "dark": "#1b1b1d", "middle": "#757575"}
"""Backgrounds for a logo that is lost on the page, by their name in the stylesheet."""

_AREA = 20_000  # pixels to look at: letters of a wide wordmark are still apart
_LONGEST = 480
_SOLID = 96  # of 255: from here on a pixel is seen
_STEPS = 63
_SEEN = 0.01  # of a piece must stand out, such as small words on a card
_SPARED = 0.04  # of a logo may be lost: a speck, a hairline
_DAY, _NIGHT = 2.0, 3.0  # contrast: by day a logo stands on what it was drawn for, nearly white
_ROUND = 1.5  # width to height, or height to width, up to which a logo makes an icon
_MARGIN = 0.14
_SHARP = 300  # pixels of the longest side; many screens show two for each pixel of the page
_FILLED = 60  # percent; the clear space that house styles ask for is less than 20 on each side


class Logo(Record):
    """A usable logo.

    ``framed``: it covers its corners, so it has its own background. ``filled``: the percentages of its
    width and height that are not an empty margin, transparent or white.
    """

    look: Photo | Drawing
    parts: tuple[Part, ...]
    framed: bool
    filled: tuple[int, int]

    @property
    def shape(self) -> Shape:
        ratio = self.look.width / self.look.height
        return "tall" if ratio < 0.8 else "square" if ratio <= 1.6 else "wide"

    @property
    def makes_an_icon(self) -> bool:
        """Whether app icons are made from it: not when it is wide or tall, or needs a font."""
        ratio = self.look.width / self.look.height
        drawn = not (isinstance(self.look, Drawing) and self.look.has_text)
        return drawn and 1 / _ROUND <= ratio <= _ROUND


def examine(data: bytes, is_drawing: bool) -> Logo:
    """Examine a logo. Raises InvalidFile when it cannot be used."""
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
    return Logo(look, parts, _framed(image), _filled(image))


def advice(logo: Logo, file: str) -> Iterator[Problem]:
    """What makes a logo look less than it could, at its file."""
    look, (across, down) = logo.look, logo.filled
    if isinstance(look, Drawing) and look.has_text:
        yield Problem(
            Place(file),
            text("the logo has letters that need a font, which visitors may not have"),
            text("turn them into outlines in the drawing program ('convert text to paths')"),
            "warning",
        )
    if isinstance(look, Photo) and max(look.width, look.height) < _SHARP:
        yield Problem(
            Place(file),
            text(
                "the logo is {width} by {height} pixels, which is not sharp on every screen",
                width=look.width,
                height=look.height,
            ),
            text("ask for the logo as SVG, or as PNG of at least 600 pixels wide"),
            "notice",
        )
    if min(across, down) < _FILLED:
        yield Problem(
            Place(file),
            text(
                "the logo fills {across}% of the width and {down}% of the height of its image, so it is "
                "shown small",
                across=across,
                down=down,
            ),
            text("cut off the empty edges, and save it again"),
            "notice",
        )


@problems_or
def examine_file(source: Source) -> Logo:
    return examine(source.read(), source.suffix == ".svg")


def classes(logo: Logo, palette: Palette, dark: Logo | None = None) -> str:
    """The CSS classes of a logo: its shape, and the plate that it needs in each scheme, if any.

    ``dark`` is the logo that is shown on dark paper, if it is another one.
    """
    plates = (
        ("day", _plate(logo, palette.light.paper, _DAY)),
        ("night", _plate(dark or logo, palette.dark.paper, _NIGHT)),
    )
    return " ".join([f"logo-{logo.shape}", *(f"{time}-{plate}" for time, plate in plates if plate)])


def _plate(logo: Logo, paper: str, minimum: float) -> str:
    grounds = {"": paper, **PLATES}
    lost = {name: 0.0 if logo.framed else _lost(logo, ground, minimum) for name, ground in grounds.items()}
    return "" if lost[""] <= _SPARED else min(lost, key=lambda name: lost[name])


def _lost(logo: Logo, ground: str, minimum: float) -> float:
    """The share of the logo's pixels in components that are lost on this background, from 0 to 1."""
    under, lost, whole = luminance(ground), 0, 0
    for part in logo.parts:
        pixels = sum(count for _, count in part)
        seen = sum(count for step, count in part if _ratio(under, (step / _STEPS) ** 2) >= minimum)
        lost += pixels if seen < _SEEN * pixels else 0
        whole += pixels
    return lost / whole


def _ratio(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


# ── components ────────────────────────────────────────────────────────────────────────────────────


_Draw = Callable[[int], Raster]
"""Rasterises a logo, with its longest side of this many pixels."""


def _photo(data: bytes, longest: int) -> Raster:
    """One that the studio made is drawn as it does that: the same on every machine."""
    if (logo := raster.read_png(data)) is not None:
        return raster.resized(logo, _fit(logo.size, longest))
    return pillow.raster(upright(data, lambda size: _fit(size, longest)))


def _drawing(drawn: Vector, longest: int) -> Raster:
    width, height = _fit((drawn.width, drawn.height), longest)
    return render_svg(paint(drawn.markup, {}), width, height)


def _fit(size: tuple[float, float], longest: int) -> tuple[int, int]:
    scale = longest / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _parts(image: Raster) -> Iterator[Part]:
    """The connected components (corners connect, too), found by joining the runs of each row."""
    width, bands = image.width, image.pixels
    pixels = list(zip(bands[0::4], bands[1::4], bands[2::4], strict=True))
    step = {pixel: _step(f"#{bytes(pixel).hex()}") for pixel in set(pixels)}
    steps = bytes(map(step.__getitem__, pixels))
    solid = bytes(alpha >= _SOLID for alpha in image.opacity)
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
    """Text is not rasterised, for want of its font; each of its colours counts as a component."""
    fills = [_FILL.search(tag) for tag in _LETTERS.findall(paint(markup, {}))]
    for colour in dict.fromkeys(found[1] if found else "black" for found in fills):
        with contextlib.suppress(InvalidColour):
            yield ((_step(parse(colour)), _AREA // 4),)


def _framed(image: Raster) -> bool:
    """Whether the corners and nearly all of the edges are opaque."""
    width, height = image.size
    solid = bytes(alpha >= _SOLID for alpha in image.opacity)
    top, bottom, left, right = solid[:width], solid[-width:], solid[::width], solid[width - 1 :: width]
    corners = all(row[0] and row[-1] for row in (top, bottom))
    return corners and sum(map(sum, (top, bottom, left, right))) >= 0.95 * 2 * (width + height)


_PAPER = 0.8  # luminance from where a background is an empty margin on a light page


def _filled(image: Raster) -> tuple[int, int]:
    """The percentages of width and height within the empty margins."""
    red, green, blue, opacity = corner = (*image.pixels[:4],)
    paper = f"#{red:02x}{green:02x}{blue:02x}"
    if opacity >= _SOLID and luminance(paper) < _PAPER:
        return 100, 100
    left, top, right, bottom = raster.bounds(image, corner) or (0, 0, *image.size)
    return round(100 * (right - left) / image.width), round(100 * (bottom - top) / image.height)


# ── icons ────────────────────────────────────────────────────────────────────────────────────────────


def icon_ground(logo: Logo, palette: Palette) -> str:
    """The background of app icons: the brand's colour, unless the logo would be lost on it."""
    grounds = (palette.light.brand, PLATES["light"], PLATES["dark"])
    if _lost(logo, grounds[0], _NIGHT) <= _SPARED:
        return grounds[0]
    return min(grounds, key=lambda ground: _lost(logo, ground, _NIGHT))


def icon(data: bytes, is_drawing: bool, ground: str, side: int) -> bytes:
    """A square PNG icon: the logo with a margin, or without when it is square and covers its corners."""
    draw: _Draw = partial(_drawing, clean(data)) if is_drawing else partial(_photo, data)
    image = draw(round(side * (1 - 2 * _MARGIN)))
    if _framed(image) and min(image.size) >= 0.95 * max(image.size):
        image = draw(side)
    return raster.png(raster.on_plate(image, (side, side), ground))


# ── files that take no SVG ───────────────────────────────────────────────────────────────────────────


def plate(logo: Logo, paper: str) -> str:
    """The colour of the plate that a logo needs on paper of this colour, or "" for none."""
    name = _plate(logo, paper, _DAY)
    return PLATES[name] if name else ""


def picture(data: bytes, is_drawing: bool, ground: str, longest: int) -> bytes:
    """A logo as PNG on its plate (``ground``, or "" for none); ``longest`` is its longest side in pixels."""
    draw: _Draw = partial(_drawing, clean(data)) if is_drawing else partial(_photo, data)
    image = draw(longest)
    if ground:
        margin = round(longest * _MARGIN / 2)
        image = raster.on_plate(image, (image.width + 2 * margin, image.height + 2 * margin), ground)
    return raster.png(image, small=True)
