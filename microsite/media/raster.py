"""Pixels: what is in them, another size, a plate below them, PNG. In Python alone, for browsers too.

Work is done once for each colour and each run of it, and a drawing has few of them.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator

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


def _premultiplied(image: Raster) -> bytes:
    def multiplied(colour: Colour) -> bytes:
        *channels, opacity = colour
        return bytes([*((one * opacity + 127) // 255 for one in channels), opacity])

    return _mapped(image.pixels, multiplied)


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


def colours(image: Raster) -> tuple[str, ...]:
    """The colours of what is opaque (``#rrggbb``), those that there are most of first; like ones are one."""
    counts: Counter[bytes] = Counter()
    for found in _RUN.finditer(image.pixels):
        if found[1][3] == _OPAQUE:
            counts[found[1][:3]] += (found.end() - found.start()) // 4
    groups: Counter[bytes] = Counter()
    for pixel, count in counts.most_common(_LOOKED_AT):
        like = (one for one in groups if sum(abs(a - b) for a, b in zip(one, pixel, strict=True)) < _LIKE)
        groups[next(like, pixel)] += count
    least = counts.total() * _NOTABLE
    return tuple(f"#{pixel.hex()}" for pixel, count in groups.most_common() if count >= least)


_LOOKED_AT, _LIKE, _NOTABLE = 400, 60, 0.01
"""How many colours are looked at, how far like ones are apart (of 765), which share counts at all."""


# ── another size ──


def resized(image: Raster, size: Size) -> Raster:
    """The image in another size: each pixel the mean of those around it, the nearest counting most.

    The weights are those of a triangle, as in Pillow's ``BILINEAR``, in whole numbers: the same everywhere.
    """
    if size == image.size:
        return image
    width, height = size
    opaque = min(image.opacity) == _OPAQUE
    pixels = image.pixels if opaque else _premultiplied(image)
    turned = _turned(_stretched(pixels, 4 * image.width, height), image.width)
    pixels = _turned(_stretched(turned, 4 * height, width), height)
    return Raster(width, height, pixels) if opaque else from_premultiplied(width, height, pixels)


def _turned(pixels: bytes, width: int) -> bytes:
    """The pixels of an image of this width with columns for rows."""
    data = memoryview(pixels).cast("I")
    return b"".join(data[column::width].tobytes() for column in range(width))


_ONE = 1 << 16
"""The sum of the weights of a pixel. A channel times this fits in the four bytes that it is given."""


def _stretched(pixels: bytes, stride: int, count: int) -> bytes:
    """So many rows from these, of ``stride`` bytes each. A row is one large number, so a sum is one step."""
    rows = [_spread(pixels[at : at + stride]) for at in range(0, len(pixels), stride)]
    half = int.from_bytes((_ONE // 2).to_bytes(4, "little") * stride, "little")
    made = []
    for weights in _weights(len(rows), count):
        total = half + sum(rows[row] * weight for row, weight in weights)
        made.append(total.to_bytes(4 * stride, "little")[2::4])
    return b"".join(made)


def _spread(row: bytes) -> int:
    spread = bytearray(4 * len(row))
    spread[::4] = row
    return int.from_bytes(spread, "little")


def _weights(before: int, after: int) -> Iterator[list[tuple[int, int]]]:
    """For each of ``after`` rows, which of those before it is made of, and the weight of each."""
    reach = max(before, after)  # in parts: a row before is 2 * after of them, a row after 2 * before
    for number in range(after):
        middle = (2 * number + 1) * before
        first, last = (middle - 2 * reach) // (2 * after), (middle + 2 * reach) // (2 * after)
        near = {
            row: share
            for row in range(max(0, first), min(before, last + 1))
            if (share := 2 * reach - abs((2 * row + 1) * after - middle)) > 0
        }
        whole = sum(near.values())
        weights = {row: share * _ONE // whole for row, share in near.items()}
        weights[max(near, key=lambda row: near[row])] += _ONE - sum(weights.values())
        yield [*weights.items()]


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

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
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
            _SIGNATURE,
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


MAX_SIDE = 1000
"""The longest side of an image that is read here: reading it takes a second in a browser."""


def read_png(data: bytes) -> Raster | None:
    """The image in a file as ``png`` writes it, which has nothing else in it; None for any other file."""
    chunks = _chunks(data)
    names = [name for name, _ in chunks]
    if names not in _ORDERS or len(chunks[0][1]) != 13:
        return None
    width, height, *rest = struct.unpack(">IIBBBBB", chunks[0][1])
    kind, body = rest[1], dict(chunks)
    channels = {_RGB: 3, _INDEXED: 1, _RGBA: 4}.get(kind)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE) or channels is None:
        return None
    if rest != [8, kind, 0, 0, 0] or (kind == _INDEXED) != (b"PLTE" in body):
        return None
    rows = _rows(body[b"IDAT"], width * channels, height)
    if rows is None:
        return None
    if kind == _RGBA:
        return Raster(width, height, rows)
    if kind == _RGB:
        return Raster(width, height, _with_opacity(rows))
    pixels = _of_palette(rows, body[b"PLTE"], body.get(b"tRNS", b""))
    return Raster(width, height, pixels) if pixels else None


_ORDERS = (
    [b"IHDR", b"IDAT", b"IEND"],
    [b"IHDR", b"PLTE", b"IDAT", b"IEND"],
    [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"],
)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG with nothing before, between or behind them; none when it is not so."""
    found: list[tuple[bytes, bytes]] = []
    at = len(_SIGNATURE)
    while data.startswith(_SIGNATURE) and len(found) < len(_ORDERS[-1]):
        body = data[at + 8 : at + 8 + int.from_bytes(data[at : at + 4], "big")]
        name, whole = data[at + 4 : at + 8], at + 12 + len(body)
        if data[at:whole] != _chunk(name, body):
            break
        found.append((name, body))
        if name == b"IEND":
            return found if whole == len(data) and not body else []
        at = whole
    return []


def _rows(packed: bytes, stride: int, height: int) -> bytes | None:
    """The rows that ``_deflated`` packed; None when they are packed otherwise, or there is more."""
    inflate = zlib.decompressobj()
    whole = height * (stride + 1)
    try:
        data = inflate.decompress(packed, whole + 1)
    except zlib.error:
        return None
    marks, rows = (
        {*data[:: stride + 1]},
        [data[at + 1 : at + 1 + stride] for at in range(0, whole, stride + 1)],
    )
    if len(data) != whole or not inflate.eof or inflate.unused_data or len(marks) != 1:
        return None
    if marks == {_NO_FILTER}:
        return b"".join(rows)
    if marks != {_UP}:
        return None
    above, made = bytes(stride), []
    for row in rows:
        above = _plus(above, row)
        made.append(above)
    return b"".join(made)


def _plus(data: bytes, other: bytes) -> bytes:
    """Each byte and that of the other, modulo 256: see ``_minus``."""
    high = int.from_bytes(b"\x80" * len(data), "little")
    a, b = int.from_bytes(data, "little"), int.from_bytes(other, "little")
    return (((a & ~high) + (b & ~high)) ^ ((a ^ b) & high)).to_bytes(len(data), "little")


def _with_opacity(data: bytes) -> bytes:
    pixels = bytearray(b"\xff") * (len(data) // 3 * 4)
    for channel in range(3):
        pixels[channel::4] = data[channel::3]
    return bytes(pixels)


def _of_palette(numbers: bytes, palette: bytes, opacity: bytes) -> bytes:
    """The pixels with these numbers of colours; b"" when there is a number or an opacity without a colour."""
    count, rest = divmod(len(palette), 3)
    if rest or not max(numbers) < count <= _PALETTE or len(opacity) > count:
        return b""
    opaque = opacity.ljust(count, b"\xff")
    colours = [palette[3 * number : 3 * number + 3] + opaque[number : number + 1] for number in range(count)]
    return b"".join([colours[number] for number in numbers])
