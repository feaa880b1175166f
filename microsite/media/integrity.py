"""Which format an image file has, and whether all of it is there.

Decoders accept files that were cut short and fill in the missing rows, so each
format is checked here by other means.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, Text, in_data, text
from microsite.media.pillow import open_image

if TYPE_CHECKING:
    from microsite.media.pillow import Image

_SUPPORTED = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_UNSUPPORTED = (
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "SVGZ"),
    (b"%!PS", "PostScript (EPS)"),
    (b"\xc5\xd0\xd3\xc6", "PostScript (EPS)"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "ICO"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"PK\3\4", "ZIP"),
)
_ISO_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"qt  ": "video", b"isom": "video", b"mp42": "video"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif", b"mif1", b"msf1"}


def identify(data: bytes) -> str:
    """Return ``jpeg``, ``png``, ``gif`` or ``webp`` from the first bytes; a file name proves nothing.

    Raises InvalidFile for any other format, which it names where it can.
    """
    if not data:
        raise InvalidFile(in_data(text("the file is empty")))
    if format := _supported(data):
        return format
    if b"<svg" in data[:4096]:
        raise InvalidFile(
            in_data(text("this is an SVG drawing"), text("give the file a name that ends in .svg"))
        )
    message, hint = _unsupported(data) or (text("this is not a photo we can read"), _SAVE)
    raise InvalidFile(in_data(message, hint))


def check_is_drawing(data: bytes) -> None:
    """Raise InvalidFile when this is a file of another format that is only called ``.svg``."""
    if format := _supported(data):
        raise InvalidFile(
            in_data(
                text("this is no SVG drawing but an image of type {type}", type=format.upper()),
                text("give the file a name that ends in .{suffix}, and write that name", suffix=format),
            )
        )
    if unsupported := _unsupported(data):
        raise InvalidFile(in_data(*unsupported))


def _supported(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((format for signature, format in _SUPPORTED if data.startswith(signature)), "")


_SAVE = text("save it as a JPEG, PNG or WebP file")
_DRAWINGS = frozenset(("PDF", "PostScript (EPS)", "SVGZ"))
_EXPORT = text(
    "export it as 'plain SVG', or as PNG, 1200 pixels wide: Inkscape (free) and Illustrator open it and do "
    "so with File > Export"
)


def _unsupported(data: bytes) -> tuple[Text, Text] | None:
    """What a file of a known format is that browsers do not show, and what to do; None for any other."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        compatible = {data[i : i + 4] for i in range(16, min(len(data), 64), 4)}
        if brand in _HEIF_BRANDS and not compatible & {b"avif"}:
            return (
                text("this is a HEIC photo from a phone, which browsers cannot show"),
                text("convert it to JPEG: open it on the phone or computer and export it as JPEG"),
            )
        name = "AVIF" if b"avif" in compatible else _ISO_BRANDS.get(brand, "video")
    else:
        name = next((name for signature, name in _UNSUPPORTED if data.startswith(signature)), "")
    if not name:
        return None
    message = text("this is not a photo or drawing for a site but a file of type {type}", type=name)
    return message, _EXPORT if name in _DRAWINGS else _SAVE


def is_complete(data: bytes, format: str, image: Image) -> bool:
    """Check that every row of the picture is in the file."""
    try:
        if format == "jpeg":
            return _is_complete_jpeg(data)
        image.load()
        return format != "png" or _is_complete_png(data)
    except InvalidFile:
        raise
    except Exception:  # noqa: BLE001 -- a decoder raises whatever the damage made it run into
        return False


def _is_complete_png(data: bytes) -> bool:
    """Check that the compressed data hold the number of bytes that the header announces."""
    header, compressed = b"", []
    for name, body in _png_chunks(data):
        if name == b"IHDR":
            header = body
        elif name == b"IDAT":
            compressed.append(body)
    expected = sum(_png_passes(*struct.unpack(">IIBBBBB", header)))
    decompressor, found = zlib.decompressobj(), 0
    for part in compressed:
        rest = part
        while rest and found <= expected:
            found += len(decompressor.decompress(rest, 1 << 20))
            rest = decompressor.unconsumed_tail
    return found >= expected


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        yield name, data[at + 8 : at + 8 + size]
        at += size + 12


def _png_passes(
    width: int, height: int, depth: int, colour: int, _zip: int, _filter: int, interlaced: int
) -> Iterator[int]:
    """The number of bytes in each pass: one pass, or the seven of Adam7 (PNG specification, section 8.2)."""
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    passes: tuple[tuple[int, int, int, int], ...] = ((0, 0, 1, 1),)
    if interlaced:
        passes = (
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        )
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            yield rows * (1 + -(-columns * bits // 8))


_JPEG_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_JPEG_END = b"\xff\xd9"
_NOISE = bytes((n * 89 + 37) % 255 for n in range(168))
_EXTRA_DATA = _NOISE + b"".join(bytes((0xFF, 0xD0 + n)) + _NOISE for n in range(8)) * 2


def _is_complete_jpeg(data: bytes) -> bool:
    """Check that the picture is finished where its data end.

    A decoder accepts an end marker that comes too early, and paints the rest
    grey. So the picture is decoded twice, the second time with noise (restart
    markers included) before the end marker: a complete picture ignores it.
    """
    end, progressive = _jpeg_end(data)
    # A baseline scan holds the average of each 8 by 8 block together with its details.
    reduction = 2 if progressive else 8
    return end > 0 and (
        _pixel_digest(data[:end] + _JPEG_END, reduction)
        == _pixel_digest(data[:end] + _EXTRA_DATA + _JPEG_END, reduction)
    )


def _pixel_digest(data: bytes, reduction: int) -> str:
    image = open_image(data, "jpeg")
    image.draft(image.mode, (max(1, image.width // reduction), max(1, image.height // reduction)))
    return digest(image.tobytes())


def _jpeg_end(data: bytes) -> tuple[int, bool]:
    """Return the offset of the first picture's end marker, 0 without one, and whether it is progressive.

    Phones append more pictures and films to the first one.
    """
    at, progressive = 2, False
    while match := _JPEG_MARKER.search(data, at):
        code, at = data[match.end() - 1], match.end()
        if code == 0xD9:
            return match.start(), progressive
        if code == 0xC2:
            progressive = True
        if code != 0x01:
            at += int.from_bytes(data[at : at + 2], "big")
    return 0, progressive
