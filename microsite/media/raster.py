"""Pixels: what is in them, putting them on a plate, writing them as PNG. In Python alone, for browsers too.

Work is done once for each colour and each run of it, and a drawing has few of them.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable

from microsite.core.records import Record

Size = tuple[int, int]
Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, each from 0 to 255."""

_VISIBLE = 16  # of 255, in lightness or opacity
_PALETTE = 256
_OPAQUE = 255


class Raster(Record):
    """An image: for each pixel, row by row from the top left, a ``Colour`` of four bytes."""

    width: int
    height: int
    pixels: bytes

    @property
    def size(self) -> Size:
        return self.width, self.height

    @property
    def opacity(self) -> bytes:
        """The opacity of each pixel."""
        return self.pixels[3::4]


def from_premultiplied(width: int, height: int, pixels: bytes) -> Raster:
    """An image from pixels whose red, green and blue are multiplied with their opacity, as resvg has them."""

    def divided(colour: Colour) -> bytes:
        *channels, opacity = colour
        share = opacity / 255  # to divide by it rounds 11 of 66 down, as resvg does
        return bytes([*(int(one / share + 0.5) if opacity else 0 for one in channels), opacity])

    return Raster(width, height, _mapped(pixels, divided))


def bounds(image: Raster, background: Colour) -> tuple[int, int, int, int] | None:
    """The box of what is visibly not the background: left, top, right and bottom.

    Of a transparent background the colour does not matter.
    """

    def difference(colour: Colour) -> int:
        if background[3] < _VISIBLE:
            return colour[3]
        red, green, blue = (abs(one - other) for one, other in zip(colour[:3], background[:3], strict=True))
        return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16  # the luma of ITU-R BT.601

    seen = _mapped(image.pixels, lambda colour: bytes([difference(colour) >= _VISIBLE]))
    rows = [seen[start : start + image.width] for start in range(0, len(seen), image.width)]
    lines = [number for number, row in enumerate(rows) if 1 in row]
    if not lines:
        return None
    found = [rows[number] for number in lines]
    left, right = min(row.index(1) for row in found), max(row.rindex(1) for row in found)
    return left, lines[0], right + 1, lines[-1] + 1


def on_plate(image: Raster, size: Size, ground: str) -> Raster:
    """The image in the middle of a plate of one colour (``#rrggbb``) that is at least as large."""
    plate = bytes.fromhex(ground[1:])

    def over(colour: Colour) -> bytes:
        *channels, opacity = colour
        if opacity == _OPAQUE:
            return bytes(colour)
        mixed = (_mixed(one, under, opacity) for one, under in zip(channels, plate, strict=True))
        return bytes([*mixed, _OPAQUE])

    (width, height), pixel = size, bytes([*plate, _OPAQUE])
    left, top = (width - image.width) // 2, (height - image.height) // 2
    pixels, stride = _mapped(image.pixels, over), 4 * image.width
    before, after = pixel * left, pixel * (width - image.width - left)
    rows = [before + pixels[at : at + stride] + after for at in range(0, len(pixels), stride)]
    above, below = pixel * (width * top), pixel * (width * (height - image.height - top))
    return Raster(width, height, b"".join([above, *rows, below]))


def _mixed(value: int, under: int, opacity: int) -> int:
    mixed = value * opacity + under * (_OPAQUE - opacity) + 0x80
    return (mixed + (mixed >> 8)) >> 8  # divided by 255 and rounded


_RUN = re.compile(rb"(.{4})\1*+", re.S)


def _mapped(pixels: bytes, value: Callable[[Colour], bytes]) -> bytes:
    """The value of each pixel, computed once for each colour and written once for each run of one colour."""
    runs = [(found[1], (found.end() - found.start()) // 4) for found in _RUN.finditer(pixels)]
    values = {pixel: value(_colour(pixel)) for pixel in {pixel for pixel, _ in runs}}
    return b"".join([values[pixel] * length for pixel, length in runs])


def _colour(pixel: bytes) -> Colour:
    red, green, blue, opacity = pixel
    return red, green, blue, opacity


# ── PNG ──

_RGB, _INDEXED, _RGBA = 2, 3, 6  # types of PNG images
_NO_FILTER, _UP = 0, 2


def png(image: Raster, small: bool = False) -> bytes:
    """Encode as PNG: with a palette where there are few colours, else with all bits of each pixel.

    The bytes are the same on every machine: it uses the strategy of zlib (run lengths) of which zlib and
    zlib-ng make the same. With ``small`` it uses all that zlib can, which differs between those.
    """
    found = {found[1] for found in _RUN.finditer(image.pixels)}
    colours = sorted(found, key=lambda pixel: (pixel[3], pixel))
    opaque = colours[0][3] == _OPAQUE
    chunks = []
    if len(colours) <= _PALETTE:
        kind, channels = _INDEXED, 1
        index = {_colour(pixel): bytes([number]) for number, pixel in enumerate(colours)}
        data = _mapped(image.pixels, index.__getitem__)
        chunks.append(_chunk(b"PLTE", b"".join(pixel[:3] for pixel in colours)))
        if not opaque:
            chunks.append(_chunk(b"tRNS", bytes(pixel[3] for pixel in colours if pixel[3] < _OPAQUE)))
    elif opaque:
        kind, channels, data = _RGB, 3, _without_opacity(image.pixels)
    else:
        kind, channels, data = _RGBA, 4, image.pixels
    packed = _packed(data, image.width * channels, small)
    header = struct.pack(">IIBBBBB", image.width, image.height, 8, kind, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            *chunks,
            _chunk(b"IDAT", packed),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return b"".join([struct.pack(">I", len(data)), name, data, struct.pack(">I", zlib.crc32(name + data))])


def _without_opacity(pixels: bytes) -> bytes:
    data = bytearray(len(pixels) // 4 * 3)
    for channel in range(3):
        data[channel::3] = pixels[channel::4]
    return bytes(data)


def _packed(data: bytes, stride: int, small: bool) -> bytes:
    """The rows, as they are or as the difference with the row above: the smallest of both."""
    above = bytes(stride) + data[:-stride]
    filtered = ((_NO_FILTER, data), (_UP, _minus(data, above)))
    return min((_deflated(kind, rows, stride, small) for kind, rows in filtered), key=len)


def _deflated(filter: int, data: bytes, stride: int, small: bool) -> bytes:
    strategy = zlib.Z_DEFAULT_STRATEGY if small else zlib.Z_RLE
    deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, strategy)
    mark = bytes([filter])
    rows = b"".join(mark + data[at : at + stride] for at in range(0, len(data), stride))
    return deflate.compress(rows) + deflate.flush()


def _minus(data: bytes, other: bytes) -> bytes:
    """Each byte less that of the other, modulo 256: all at once, as one large number."""
    high = int.from_bytes(b"\x80" * len(data), "little")
    a, b = int.from_bytes(data, "little"), int.from_bytes(other, "little")
    return (((a | high) - (b & ~high)) ^ ((a ^ ~b) & high)).to_bytes(len(data), "little")
