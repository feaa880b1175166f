"""Pictures that have nothing in the file but the picture, as the studio makes them: told by their structure.

No pixel is decoded. A file is taken when every byte is in a place where these encoders (mozjpeg and libavif)
write one, so no name, place, day, device, comment, profile or second picture can be in it. What is not so,
is not bare, which is no fault: photos seldom are.
"""

from __future__ import annotations

import re
import struct
from typing import Literal

from microsite.media.raster import Size

MAX_SIDE = 4000
_MOST_SCANS = 64

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_JFIF = b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
_SOF, _DHT, _DQT, _SOS = (0xC0, 0xC2), 0xC4, 0xDB, 0xDA


def size(data: bytes, kind: Literal["avif", "jpeg"]) -> Size | None:
    """Width and height of a picture of this kind whose file has nothing else; None for any other file."""
    found = _jpeg(data) if kind == "jpeg" else _avif(data)
    if found is None or not all(0 < side <= MAX_SIDE for side in found):
        return None
    return found if len(data) <= 4096 + 4 * found[0] * found[1] else None  # noise in the best quality


# ── JPEG: ITU-T T.81, annex B ────────────────────────────────────────────────────────────────────────────


def _jpeg(data: bytes) -> Size | None:
    if not (data.startswith(_SOI + _JFIF) and data.endswith(_EOI)):
        return None
    at, found, components, scans = len(_SOI + _JFIF), None, b"", 0
    while data[at : at + 2] != _EOI:
        mark, code, length = struct.unpack(">BBH", data[at : at + 4].ljust(4, b"\0"))
        body = data[at + 4 : at + 2 + length]
        if mark != 0xFF or length < 2 or len(body) != length - 2:
            return None
        at += 2 + length
        if code in _SOF and found is None:
            frame = _frame(body)
            if frame is None:
                return None
            found, components = frame
        elif code == _SOS and found is not None and scans < _MOST_SCANS and _is_scan(body, components):
            scans += 1
            at = _entropy_end(data, at)
        elif not ((code == _DQT and _are_steps(body)) or (code == _DHT and _are_codes(body))):
            return None
    return found if scans and at == len(data) - 2 else None


def _frame(body: bytes) -> tuple[Size, bytes] | None:
    """The size and the ids of the components of a picture of eight bits; None when it is none."""
    if len(body) < 6:
        return None
    bits, height, width, count = struct.unpack(">BHHB", body[:6])
    if bits != 8 or count not in (1, 3) or len(body) != 6 + 3 * count:
        return None
    ids, sampling, tables = body[6::3], body[7::3], body[8::3]
    sound = len({*ids}) == count and all(one in (0x11, 0x12, 0x21, 0x22) for one in sampling)
    return ((width, height), ids) if sound and max(tables) <= 3 else None


def _is_scan(body: bytes, components: bytes) -> bool:
    count = body[0] if body else 0
    if not 1 <= count <= len(components) or len(body) != 4 + 2 * count:
        return False
    ids, tables, (start, end, shifts) = body[1:-3:2], body[2:-3:2], body[-3:]
    known = len({*ids}) == count and {*ids} <= {*components}
    sound = start <= end <= 63 and shifts >> 4 <= 13 and shifts & 15 <= 13
    return known and sound and all(one >> 4 <= 3 and one & 15 <= 3 for one in tables)


def _are_steps(body: bytes) -> bool:
    """Whether these are quantisation tables of one byte each."""
    tables = [body[at : at + 65] for at in range(0, len(body), 65)]
    return 1 <= len(tables) <= 4 and all(len(one) == 65 and one[0] <= 3 for one in tables)


def _are_codes(body: bytes) -> bool:
    """Whether these are Huffman tables, with as many values as there can be codes, each once."""
    at = 0
    while at < len(body):
        head, lengths = body[at], body[at + 1 : at + 17]
        values = body[at + 17 : at + 17 + sum(lengths)]
        used = sum(count << (16 - length) for length, count in enumerate(lengths, start=1))
        at += 17 + sum(lengths)
        if head & 0xEC or used > 1 << 16 or len({*values}) != len(values) or not values:
            return False
    return at == len(body) > 0


def _entropy_end(data: bytes, at: int) -> int:
    """Where the coded data end: at the first marker. There are none that restart."""
    while (found := data.find(b"\xff", at)) >= 0 and data[found + 1 : found + 2] == b"\0":
        at = found + 2
    return found if found >= 0 else len(data)


# ── AVIF: ISO/IEC 23008-12 as libavif writes it, and within it AV1 ───────────────────────────────────────

_HEAD = re.compile(
    rb"\0\0\0\x20ftypavif\0{4}avifmif1miafMA1B"
    rb"\0\0\0\xf2meta\0{4}"
    rb"\0\0\0\x28hdlr\0{8}pict\0{12}libavif\0"
    rb"\0\0\0\x0epitm\0{4}\0\x01"
    rb"\0\0\0\x1eiloc\0{4}\x44\0\0\x01\0\x01\0\0\0\x01\0\0\x01\x1a(?P<length>.{4})"
    rb"\0\0\0\x28iinf\0{4}\0\x01\0\0\0\x1ainfe\x02\0\0\0\0\x01\0\0av01Color\0"
    rb"\0\0\0\x6aiprp\0\0\0\x4bipco"
    rb"\0\0\0\x14ispe\0{4}(?P<width>.{4})(?P<height>.{4})"
    rb"\0\0\0\x10pixi\0{4}\x03\x08\x08\x08"
    rb"\0\0\0\x0cav1C\x81(?P<level>.)\x0c\0"
    rb"\0\0\0\x13colrnclx\0\x02\0\x02\0\x06\x80"
    rb"\0\0\0\x17ipma\0{4}\0\0\0\x01\0\x01\x04\x01\x02\x83\x04"
    rb"(?P<box>.{4})mdat",
    re.S,
)
"""All before the picture itself. It begins after 282 bytes (``iloc``), and is the only item."""

_DELIMITER, _SEQUENCE, _FRAME = b"\x12\0", 0x0A, 0x32
"""The units of a still picture in AV1: an empty one, what holds for all of it, and the picture."""


def _avif(data: bytes) -> Size | None:
    head = _HEAD.match(data)
    if head is None:
        return None
    length, width, height, box = (
        int.from_bytes(head[name], "big") for name in ("length", "width", "height", "box")
    )
    if length != len(data) - head.end() or box != length + 8 or head["level"][0] > 31:
        return None
    if data[head.end() : head.end() + 2] != _DELIMITER:
        return None
    sequence, at = _unit(data, head.end() + 2, _SEQUENCE)
    _, end = _unit(data, at, _FRAME)
    if end != len(data) or _sequence_size(sequence, head["level"][0]) != (width, height):
        return None
    return width, height


def _unit(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The contents of a unit of this kind and where it ends; b"" and 0 when there is none here."""
    length, shift = 0, 0
    start = at + 1
    while shift < 35:
        byte = data[start] if start < len(data) else 0
        length |= (byte & 0x7F) << shift
        shift, start = shift + 7, start + 1
        if byte < 0x80:
            break
    if data[at : at + 1] != bytes([kind]) or not 0 < length <= len(data) - start:
        return b"", 0
    return data[start : start + length], start + length


def _sequence_size(unit: bytes, level: int) -> Size | None:
    """The size in a sequence header of a still picture (AV1, 5.5.1, with reduced_still_picture_header)."""
    if not 8 <= len(unit) <= 12:
        return None
    bits = f"{int.from_bytes(unit, 'big'):0{8 * len(unit)}b}"
    if bits[:5] != "00011" or int(bits[5:10], 2) != level:
        return None
    across, down = int(bits[10:14], 2) + 1, int(bits[14:18], 2) + 1
    middle = 18 + across
    return int(bits[18:middle], 2) + 1, int(bits[middle : middle + down], 2) + 1
