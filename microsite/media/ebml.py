"""WebM files: what browsers need is kept byte for byte, all else becomes Void where it stands.

A file is elements within elements (EBML, RFC 8794; Matroska, RFC 9559). One that is not in the list of those
that a player needs is overwritten with zeros as a Void element of the same length, so that every position in
the file stays right. With it go titles, days, tags, covers and chapters.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import NamedTuple

from microsite.core.problems import InvalidFile, in_data, text
from microsite.media.boxes import MOST_BOXES, Movie
from microsite.media.clip_problems import (
    COMMENTED_SOUND,
    DAMAGED,
    EXPORT,
    EXTRA_TRACK,
    NO_DURATION,
    NO_PICTURE,
    unplayable,
)

_HEADER, _SEGMENT, _INFO, _TRACKS, _TRACK = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE
_DOCTYPE, _SCALE, _DURATION, _MUXER, _WRITER = 0x4282, 0x2AD7B1, 0x4489, 0x4D80, 0x5741
_TYPE, _CODEC, _PICTURE = 0x83, 0x86, 0xE0
_CLUSTER, _SEEK, _CUES = 0x1F43B675, 0x114D9B74, 0x1C53BB6B
_WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT, _SHOWN_UNIT = 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2
_VOID = 0xEC

_KEPT: dict[int, frozenset[int]] = {
    0: frozenset({_HEADER, _SEGMENT}),
    _HEADER: frozenset({0x4286, 0x42F7, 0x42F2, 0x42F3, _DOCTYPE, 0x4287, 0x4285}),
    _SEGMENT: frozenset({_SEEK, _INFO, _TRACKS, _CLUSTER, _CUES}),
    _INFO: frozenset({_SCALE, _DURATION, _MUXER, _WRITER}),
    _TRACKS: frozenset({_TRACK}),
    _TRACK: frozenset(
        {0xD7, 0x73C5, _TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8, 0x23E383, 0x22B59C, 0x22B59D}
        | {_CODEC, 0x63A2, 0x56AA, 0x56BB, 0x55EE, _PICTURE, 0xE1}
    ),
}
"""The ids of the elements that are kept, by that of the one they are in; 0 is the file."""

_VIDEO_CODECS = frozenset({"V_VP8", "V_VP9", "V_AV1"})


class _Element(NamedTuple):
    id: int
    start: int
    body: int
    end: int


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.sizes: list[tuple[int, int]] = []
        self.seconds = 0.0
        self._count = 0

    def run(self) -> None:
        top = self._clean(0, 0, len(self.data))
        if [element.id for element in top] != [_HEADER, _SEGMENT]:
            raise InvalidFile(DAMAGED)
        header, segment = top
        if self._text(self._one(self._clean(_HEADER, header.body, header.end), _DOCTYPE)) != "webm":
            raise InvalidFile(in_data(text("this is a Matroska film, which not all browsers play"), EXPORT))
        inner = self._clean(_SEGMENT, segment.body, segment.end)
        if not any(element.id == _CLUSTER for element in inner):
            raise InvalidFile(DAMAGED)
        self._info(self._one(inner, _INFO))
        tracks = self._one(inner, _TRACKS)
        for track in self._clean(_TRACKS, tracks.body, tracks.end):
            self._track(track)

    def _number(self, start: int, end: int, marked: bool) -> tuple[int, int]:
        """A number of variable length (RFC 8794, 4), and where it ends; ids are ``marked``."""
        first = self.data[start] if start < end else 0
        length = 9 - first.bit_length()
        if not first or start + length > end or (marked and length > 4):
            raise InvalidFile(DAMAGED)
        number = int.from_bytes(self.data[start : start + length])
        value = number & ((1 << 7 * length) - 1)
        if not marked and value == (1 << 7 * length) - 1:  # made while it was being recorded
            raise InvalidFile(NO_DURATION)
        return (number if marked else value), start + length

    def _elements(self, start: int, end: int) -> Iterator[_Element]:
        while start < end:
            self._count += 1
            if self._count > MOST_BOXES:
                raise InvalidFile(DAMAGED)
            id, body = self._number(start, end, marked=True)
            size, body = self._number(body, end, marked=False)
            if size > end - body:
                raise InvalidFile(DAMAGED)
            yield _Element(id, start, body, body + size)
            start = body + size

    def _clean(self, within: int, start: int, end: int) -> list[_Element]:
        """The elements that are kept here; the others become Void."""
        kept = []
        for element in self._elements(start, end):
            if element.id in _KEPT[within]:
                kept.append(element)
            else:
                self._void(element)
        return kept

    def _void(self, element: _Element) -> None:
        length = element.end - element.start
        if length - 2 < 127:
            head = bytes([_VOID, 0x80 | length - 2])
        else:
            head = bytes([_VOID, 0x01]) + (length - 9).to_bytes(7)
        self.data[element.start : element.end] = head + bytes(length - len(head))

    def _one(self, elements: list[_Element], id: int) -> _Element:
        found = [element for element in elements if element.id == id]
        if len(found) != 1:
            raise InvalidFile(DAMAGED)
        return found[0]

    def _text(self, element: _Element) -> str:
        return bytes(self.data[element.body : element.end]).rstrip(b"\0").decode("latin-1")

    def _integer(self, element: _Element) -> int:
        if element.end - element.body > 8:
            raise InvalidFile(DAMAGED)
        return int.from_bytes(self.data[element.body : element.end])

    def _info(self, info: _Element) -> None:
        inner = self._clean(_INFO, info.body, info.end)
        scale, length = 1_000_000, 0.0
        for element in inner:
            if element.id == _SCALE:
                scale = self._integer(element)
            elif element.id == _DURATION:
                form = {4: ">f", 8: ">d"}.get(element.end - element.body)
                if form is None:
                    raise InvalidFile(DAMAGED)
                (length,) = struct.unpack_from(form, self.data, element.body)
            else:  # the names of programs have to be there
                self.data[element.body : element.end] = bytes(element.end - element.body)
        self.seconds = length * scale / 1e9
        if not (math.isfinite(self.seconds) and self.seconds > 0):
            raise InvalidFile(NO_DURATION)

    def _track(self, track: _Element) -> None:
        inner = self._clean(_TRACK, track.body, track.end)
        kind = self._integer(self._one(inner, _TYPE))
        codec = self._text(self._one(inner, _CODEC))
        if kind not in (1, 2):
            raise InvalidFile(EXTRA_TRACK)
        if kind == 2 and codec == "A_VORBIS":
            raise InvalidFile(COMMENTED_SOUND)
        if codec not in (_VIDEO_CODECS if kind == 1 else {"A_OPUS"}):
            raise InvalidFile(unplayable(codec[:40], kind == 1))
        if kind == 1:
            picture = self._one(inner, _PICTURE)
            self.sizes.append(self._size(picture))

    def _size(self, picture: _Element) -> tuple[int, int]:
        values = {
            element.id: self._integer(element)
            for element in self._elements(picture.body, picture.end)
            if element.id in (_WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT, _SHOWN_UNIT)
        }
        if not values.get(_SHOWN_UNIT) and values.get(_SHOWN_WIDTH) and values.get(_SHOWN_HEIGHT):
            return values[_SHOWN_WIDTH], values[_SHOWN_HEIGHT]
        return values.get(_WIDTH, 0), values.get(_HEIGHT, 0)


def read(data: bytes) -> Movie:
    """Read a WebM file with one picture. Raises InvalidFile as ``boxes.read`` does."""
    reader = _Reader(data)
    reader.run()
    if len(reader.sizes) != 1:
        raise InvalidFile(NO_PICTURE)
    return Movie(reader.seconds, *reader.sizes[0], bytes(reader.data))
