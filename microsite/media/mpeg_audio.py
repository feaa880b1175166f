"""MP3 files: the frames of sound, without the tags before and behind them."""

from __future__ import annotations

from microsite.core.problems import InvalidFile
from microsite.media.boxes import Movie
from microsite.media.clip_problems import DAMAGED

_KBITS = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
"""Bit rates of layer III by index: of MPEG 1, and of MPEG 2 and 2.5."""
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Samples a second, by version as it is written."""

_BEHIND = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3", b"3DI", b"\0", b"\xff\xff")
"""How what may stand behind the sound begins: tags, and zeros."""
_LEAST = 4


def read(data: bytes) -> Movie:
    """Read an MP3 file. Raises InvalidFile for one without sound, or with something else in it."""
    begin = start = _behind_tags(data)
    seconds, frames, promised = 0.0, 0, 0
    while (frame := _frame(data, start)) is not None:
        length, samples, rate = frame
        if frames == 0:
            promised = _promised(data[start : start + length])
        if start + length > len(data):
            break
        seconds += samples / rate
        frames += 1
        start += length
    complete = frame is not None or start == len(data) or data.startswith(_BEHIND, start)
    if frames < _LEAST or not complete or frames < promised * 0.95:
        raise InvalidFile(DAMAGED)
    return Movie(seconds, 0, 0, data[begin:start])


def _behind_tags(data: bytes) -> int:
    """Where the sound begins: behind one ID3 tag or more (https://id3.org/id3v2.4.0-structure), and zeros."""
    start = 0
    while data.startswith(b"ID3", start) and len(data) >= start + 10:
        size = 0
        for byte in data[start + 6 : start + 10]:
            size = size << 7 | byte & 0x7F
        start += 10 + size + (10 if data[start + 5] & 0x10 else 0)
    length = len(data) - start
    return len(data) - len(data[start:].lstrip(b"\0")) if length > 0 else len(data)


def _frame(data: bytes, start: int) -> tuple[int, int, int] | None:
    """The bytes of the frame that begins here, its samples and their rate; None when there is none."""
    if len(data) - start < 4 or data[start] != 0xFF or data[start + 1] & 0xE6 != 0xE2:
        return None
    version, bits, rate = data[start + 1] >> 3 & 3, data[start + 2] >> 4, data[start + 2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate == 3:
        return None
    samples, hertz = (1152 if version == 3 else 576), _RATES[version][rate]
    length = samples // 8 * _KBITS[version != 3][bits] * 1000 // hertz + (data[start + 2] >> 1 & 1)
    return length, samples, hertz


def _promised(frame: bytes) -> int:
    """How many frames the first one says that there are, or 0."""
    for mark in (b"Xing", b"Info"):
        found = frame.find(mark, 4, 64)
        if found >= 0 and len(frame) >= found + 12 and frame[found + 7] & 1:
            return int.from_bytes(frame[found + 8 : found + 12])
    return 0
