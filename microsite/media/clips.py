"""Films and sound: what is in the file, and its bytes without what is hidden in it.

Picture and sound stay as they are: nothing here decodes or encodes them. See ``docs/decisions/clips.md``.
"""

from __future__ import annotations

from microsite.core.file_types import VIDEOS
from microsite.core.problems import InvalidFile, in_data, text
from microsite.core.records import Record
from microsite.media import boxes, ebml, mpeg_audio
from microsite.media.boxes import Movie
from microsite.media.clip_problems import EXPORT

LONGEST = 6 * 60 * 60
"""Seconds that a film or recording may take: a file that says more is wrong."""
SIDES = (16, 8192)
"""The least and the most pixels on a side."""

_SIGNATURES = (
    (4, b"ftyp", "mp4"),
    (0, b"\x1a\x45\xdf\xa3", "webm"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"RIFF", "avi / wav"),
    (0, b"fLaC", "flac"),
    (0, b"FLV", "flv"),
    (4, b"moov", "mov"),
    (4, b"mdat", "mov"),
    (4, b"wide", "mov"),
    (0, b"\x30\x26\xb2\x75", "wmv"),
)
_FAMILIES = {".mp4": "mp4", ".m4a": "mp4", ".webm": "webm", ".mp3": "mp3"}


class Clip(Record):
    """What a film or recording is: its length in ``seconds``, its size in pixels (0 for sound).

    ``size`` is the number of bytes that are published.
    """

    seconds: float
    width: int
    height: int
    size: int


def probe(data: bytes, suffix: str) -> Clip:
    """The facts of a file with this suffix. Raises InvalidFile when it cannot be used."""
    movie = _read(data, suffix)
    if movie.seconds > LONGEST:
        raise InvalidFile(in_data(text("the file says that it takes longer than six hours"), EXPORT))
    least, most = SIDES
    if suffix in VIDEOS and not all(least <= side <= most for side in (movie.width, movie.height)):
        size = f"{movie.width} x {movie.height}"
        raise InvalidFile(in_data(text("a picture of {size} pixels cannot be shown", size=size), EXPORT))
    return Clip(round(movie.seconds, 3), movie.width, movie.height, len(movie.clean))


def clean(data: bytes, suffix: str) -> bytes:
    """What is published of a file that ``probe`` accepted: without titles, names, places and devices."""
    return _read(data, suffix).clean


def _read(data: bytes, suffix: str) -> Movie:
    wanted = _FAMILIES[suffix]
    found = next((name for at, mark, name in _SIGNATURES if data.startswith(mark, at)), wanted)
    if not data:
        raise InvalidFile(in_data(text("the file is empty")))
    if found != wanted:
        raise InvalidFile(
            in_data(
                text("this is a file of type {type}, whatever its name says", type=found.upper()),
                text("export it as {suffix}; another name is not enough", suffix=suffix[1:].upper()),
            )
        )
    match suffix:
        case ".webm":
            return ebml.read(data)
        case ".mp3":
            return mpeg_audio.read(data)
        case _:
            return boxes.read(data, film=suffix == ".mp4")
