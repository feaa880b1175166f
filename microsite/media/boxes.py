"""MP4 and M4A files: what browsers need is kept byte for byte, all else is blanked where it stands.

A file is boxes within boxes (ISO/IEC 14496-12). A box that is not in the list of those that a player needs
becomes one of type ``free``, filled with zeros: then every offset in the file stays right. With it go titles,
places, devices, makers and covers, wherever a program puts them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from microsite.core.problems import InvalidFile, in_data, text
from microsite.media.clip_problems import (
    DAMAGED,
    EXPORT,
    EXTRA_TRACK,
    NO_DURATION,
    NO_PICTURE,
    NO_SOUND,
    unplayable,
)

_KEPT: dict[bytes, frozenset[bytes]] = {
    b"": frozenset({b"ftyp", b"moov", b"mdat", b"moof", b"sidx", b"styp"}),
    b"moov": frozenset({b"mvhd", b"trak", b"mvex"}),
    b"mvex": frozenset({b"mehd", b"trex"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset(
        {b"stsd", b"stts", b"stss", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64"}
        | {b"sdtp", b"sgpd", b"sbgp", b"subs"}
    ),
    b"moof": frozenset({b"mfhd", b"traf"}),
    b"traf": frozenset({b"tfhd", b"tfdt", b"trun", b"sdtp", b"sgpd", b"sbgp", b"subs"}),
}
"""The boxes that are kept, by the one that they are in; ``b""`` is the file."""

_MORE_THAN_ONE = frozenset({b"trex", b"sgpd", b"sbgp", b"subs"})
_VIDEO_CODECS = frozenset({b"avc1", b"avc3", b"av01", b"vp08", b"vp09"})
_SOUND_CODECS = frozenset({b"mp4a", b"Opus", b"fLaC", b".mp3"})

MOST_BOXES = 200_000
"""Far more than a film has; a file of nothing but empty boxes is told instead of read for minutes."""


class Movie(NamedTuple):
    """``seconds`` of playing time; the size in pixels, 0 for sound; the file without what is hidden in it."""

    seconds: float
    width: int
    height: int
    clean: bytes


class _Box(NamedTuple):
    type: bytes
    start: int
    body: int
    end: int


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.durations: list[float] = []
        self.sizes: list[tuple[int, int]] = []
        self.sounds = 0
        self._count = 0

    def run(self) -> None:
        """Read the file, and blank what is not kept."""
        top = self._clean(b"", 0, len(self.data))
        if [box.type for box in top].count(b"moov") != 1 or not any(box.type == b"mdat" for box in top):
            raise InvalidFile(DAMAGED)
        (movie,) = (box for box in top if box.type == b"moov")
        self._movie(movie)

    def _boxes(self, start: int, end: int, whole: bool = False) -> Iterator[_Box]:
        """The boxes in this part of the data. Raises InvalidFile where one does not fit in it."""
        while start < end:
            self._count += 1
            if end - start < 8 or self._count > MOST_BOXES:
                raise InvalidFile(DAMAGED)
            size, kind = struct.unpack_from(">I4s", self.data, start)
            body = start + 8
            if size == 1 and end - start >= 16:
                (size,) = struct.unpack_from(">Q", self.data, body)
                body += 8
            elif size == 0 and whole:
                size = end - start
            if size < body - start or size > end - start:
                raise InvalidFile(DAMAGED)
            yield _Box(kind, start, body, start + size)
            start += size

    def _clean(self, within: bytes, start: int, end: int) -> list[_Box]:
        """The boxes that are kept here; the others are blanked."""
        kept = []
        for box in self._boxes(start, end, whole=not within):
            if box.type in _KEPT[within]:
                kept.append(box)
                if box.type in _KEPT and box.type != b"moov":  # that one is read by itself
                    self._group(box)
            else:
                self.data[box.start + 4 : box.start + 8] = b"free"
                self._blank(box.body, box.end)
        return kept

    def _group(self, box: _Box) -> None:
        if box.type in (b"moof", b"traf"):
            self._clean(box.type, box.body, box.end)

    def _blank(self, start: int, end: int) -> None:
        self.data[start:end] = bytes(end - start)

    def _inside(self, box: _Box) -> dict[bytes, _Box]:
        """The boxes in this one by type. Two of a type that a player needs would be read in two ways."""
        found: dict[bytes, _Box] = {}
        for inner in self._clean(box.type, box.body, box.end):
            if found.setdefault(inner.type, inner) is not inner and inner.type not in _MORE_THAN_ONE:
                raise InvalidFile(DAMAGED)
        return found

    def _movie(self, movie: _Box) -> None:
        inner = self._clean(b"moov", movie.body, movie.end)
        heads = [box for box in inner if box.type == b"mvhd"]
        if len(heads) != 1:
            raise InvalidFile(DAMAGED)
        self.durations.append(self._duration(heads[0]))
        for box in inner:
            if box.type == b"trak":
                self._track(box)
            elif box.type == b"mvex":
                self._inside(box)

    def _track(self, box: _Box) -> None:
        track = self._inside(box)
        head, media = self._needed(track, b"tkhd", 92), self._needed(track, b"mdia")
        if b"edts" in track:
            self._inside(track[b"edts"])
        inner = self._inside(media)
        self.durations.append(self._duration(self._needed(inner, b"mdhd", 24)))
        handler = self._needed(inner, b"hdlr", 24)
        kind = bytes(self.data[handler.body + 8 : handler.body + 12])
        self._blank(handler.body + 12, handler.end)
        if kind not in (b"vide", b"soun"):
            raise InvalidFile(EXTRA_TRACK)
        information = self._inside(self._needed(inner, b"minf"))
        if b"hdlr" in information:
            self._blank(information[b"hdlr"].body + 12, information[b"hdlr"].end)
        self._references(self._inside(self._needed(information, b"dinf")))
        table = self._inside(self._needed(information, b"stbl"))
        self._samples(self._needed(table, b"stsd", 16), kind)
        self._offsets(table)
        wide = self._stamps(head)
        if kind == b"vide":
            self.sizes.append(self._size(head, wide))
        else:
            self.sounds += 1

    def _needed(self, found: dict[bytes, _Box], kind: bytes, least: int = 0) -> _Box:
        box = found.get(kind)
        if box is None or box.end - box.start < least:
            raise InvalidFile(DAMAGED)
        return box

    def _stamps(self, box: _Box) -> bool:
        """Blank the times at which it was made and changed; whether numbers in this head are wide."""
        wide = self.data[box.body] == 1
        length = 16 if wide else 8
        if box.end - box.body < 4 + length:
            raise InvalidFile(DAMAGED)
        self._blank(box.body + 4, box.body + 4 + length)
        return wide

    def _duration(self, box: _Box) -> float:
        if box.end - box.body < 20:
            raise InvalidFile(DAMAGED)
        wide = self._stamps(box)
        start = box.body + (20 if wide else 12)
        if box.end - start < (12 if wide else 8):
            raise InvalidFile(DAMAGED)
        scale, length = struct.unpack_from(">IQ" if wide else ">II", self.data, start)
        unknown = length == (2**64 - 1 if wide else 2**32 - 1)
        if not scale:
            raise InvalidFile(DAMAGED)
        return 0.0 if unknown else float(length / scale)

    def _size(self, head: _Box, wide: bool) -> tuple[int, int]:
        """The size at which a track is shown; a phone that was held upright has turned it."""
        matrix = head.body + (52 if wide else 40)
        if head.end - matrix < 44:
            raise InvalidFile(DAMAGED)
        across, _, _, turned, *_ = struct.unpack_from(">9i", self.data, matrix)
        width, height = (value >> 16 for value in struct.unpack_from(">II", self.data, matrix + 36))
        return (height, width) if not across and turned else (width, height)

    def _references(self, inner: dict[bytes, _Box]) -> None:
        """Pictures and sound have to be in the file itself."""
        table = self._needed(inner, b"dref", 16)
        for entry in self._boxes(table.body + 8, table.end):
            if entry.end - entry.body != 4 or not self.data[entry.body + 3] & 1:
                raise InvalidFile(in_data(text("its pictures or sound are in another file"), EXPORT))

    def _samples(self, table: _Box, kind: bytes) -> None:
        entries = list(self._boxes(table.body + 8, table.end))
        if not entries:
            raise InvalidFile(DAMAGED)
        for entry in entries:
            if entry.type not in (_VIDEO_CODECS if kind == b"vide" else _SOUND_CODECS):
                raise InvalidFile(unplayable(entry.type.decode("latin-1"), kind == b"vide"))
            if kind == b"vide":
                if entry.end - entry.start < 86:
                    raise InvalidFile(DAMAGED)
                self._blank(entry.start + 50, entry.start + 82)  # the name of the program

    def _offsets(self, table: dict[bytes, _Box]) -> None:
        """Everything that a player is sent to has to be in the file."""
        box = table.get(b"stco") or table.get(b"co64")
        if box is None or box.end - box.body < 8:
            raise InvalidFile(DAMAGED)
        letter, size = ("I", 4) if box.type == b"stco" else ("Q", 8)
        (count,) = struct.unpack_from(">I", self.data, box.body + 4)
        if count * size > box.end - box.body - 8:
            raise InvalidFile(DAMAGED)
        if count and max(struct.unpack_from(f">{count}{letter}", self.data, box.body + 8)) >= len(self.data):
            raise InvalidFile(DAMAGED)


def read(data: bytes, film: bool) -> Movie:
    """Read an MP4 file with picture (``film``), or an M4A file with sound only.

    Raises InvalidFile for a file that is damaged, that browsers do not play, or that has more in it.
    """
    reader = _Reader(data)
    reader.run()
    if film and len(reader.sizes) != 1:
        raise InvalidFile(NO_PICTURE)
    if not film and (reader.sizes or not reader.sounds):
        raise InvalidFile(NO_SOUND)
    seconds = reader.durations[0] or max(reader.durations)
    if not seconds:
        raise InvalidFile(NO_DURATION)
    width, height = reader.sizes[0] if film else (0, 0)
    return Movie(seconds, width, height, bytes(reader.data))
