"""Films and sound: what is in the file, what is taken out of it, and files that are meant to harm."""

from __future__ import annotations

import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import clips as made
from helpers.clips import box, element, full, mp3, mp4, track, webm
from microsite.core.problems import InvalidFile
from microsite.media import clips
from microsite.media.clips import Clip

SECRET = b"GEHEIM van Anouk"
TAG = b"TAG" + SECRET.ljust(125, b"\0")
ID3 = b"ID3\x04\0\0" + bytes([0, 0, 1, 0]) + SECRET.ljust(128, b"\0")

HIDDEN: dict[str, tuple[str, bytes]] = {
    "a title and a place": (".mp4", mp4(b"", 2, box("udta", box(b"\xa9xyz", b"+52.1+004.3/" + SECRET)))),
    "metadata of Apple": (".mp4", mp4(b"", 2, box("meta", box("keys", SECRET)))),
    "a box of a program's own": (".mp4", mp4(b"", 2, end=box("uuid", bytes(16), SECRET))),
    "an empty box that is not": (".mp4", mp4(b"", 2, end=box("free", SECRET))),
    "a box that is wide": (".mp4", mp4(b"", 2, end=struct.pack(">I4sQ", 1, b"uuid", 16 + 16) + SECRET)),
    "one that runs to the end": (".mp4", mp4(b"", 2, end=struct.pack(">I4s", 0, b"skip") + SECRET)),
    "deep in a track": (".mp4", mp4(b"", 2, tracks=(track(table=box("name", SECRET)),))),
    "the name of a track": (".mp4", mp4(b"", 2, tracks=(track(name=SECRET),))),
    "the name in sound": (".m4a", made.m4a() + box("udta", SECRET)),
    "tags": (".webm", webm(b"", 2, element(0x1254C367, SECRET))),
    "an attachment": (".webm", webm(b"", 2, element(0x1941A469, SECRET * 20))),
    "a title": (".webm", webm(b"", 2, info=element(0x7BA9, SECRET))),
    "the program": (".webm", webm(b"", 2).replace(b"Telefoon van Anouk", b"X GEHEIM van Anouk")),
    "a tag before": (".mp3", ID3 + mp3()),
    "a tag behind": (".mp3", mp3() + TAG),
    "two tags and a third": (".mp3", ID3 + ID3 + mp3() + b"APETAGEX" + SECRET + TAG),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_what_is_hidden_in_a_file_is_not_published(case: str) -> None:
    suffix, data = HIDDEN[case]
    assert SECRET in data
    clip, clean = clips.probe(data, suffix), clips.clean(data, suffix)
    assert SECRET not in clean
    assert b"Anouk" not in clean
    assert len(clean) == clip.size <= len(data)
    assert (clips.probe(clean, suffix), clips.clean(clean, suffix)) == (clip, clean)


@pytest.mark.parametrize(
    ("suffix", "make"), [(".mp4", mp4), (".webm", webm), (".mp3", mp3), (".m4a", made.m4a)]
)
def test_what_plays_stays_as_it_is(suffix: str, make: object) -> None:
    data = make(b"wat er klinkt")  # type: ignore[operator]
    clean = clips.clean(data, suffix)
    assert clean.index(b"wat er klinkt") == data.index(b"wat er klinkt")
    assert len(clean) == len(data)


def test_the_times_of_making_are_not_published() -> None:
    data = mp4(made=0x61626364)
    assert data.count(b"abcd") == 6
    assert b"abcd" not in clips.clean(data, ".mp4")


@pytest.mark.parametrize(
    ("suffix", "data", "clip"),
    [
        (".mp4", mp4(seconds=83.5), (83.5, 320, 180)),
        (".mp4", mp4(tracks=(track(turned=True),)), (2, 180, 320)),
        (".mp4", mp4(tracks=(track(), track(b"soun", b"mp4a"))), (2, 320, 180)),
        (".webm", webm(seconds=61, size=(640, 360)), (61, 640, 360)),
        (".m4a", made.m4a(seconds=9), (9, 0, 0)),
        (".mp3", mp3(frames=100), (2.612, 0, 0)),
        (".mp3", mp3(frames=100)[:-9], (2.586, 0, 0)),
    ],
)
def test_length_and_size_are_those_of_the_file(
    suffix: str, data: bytes, clip: tuple[float, int, int]
) -> None:
    found = clips.probe(data, suffix)
    assert (found.seconds, found.width, found.height) == clip


HUGE = struct.pack(">I4sQ", 1, b"mdat", 1 << 63)
NESTED = b""
for _ in range(3000):
    NESTED = box("moov", NESTED)
DEEP = b""
for _ in range(1000):
    DEEP = element(0x1654AE6B, DEEP)

REFUSED: dict[str, tuple[str, bytes, str]] = {
    "nothing": (".mp4", b"", "the file is empty"),
    "a text": (".mp4", b"Beste redactie, hierbij de film.", "damaged"),
    "a photo": (".mp3", b"\xff\xd8\xff\xe0" + bytes(500), "damaged"),
    "a film of another type": (".mp4", webm(), "a file of type WEBM"),
    "sound of another type": (".mp3", b"OggS" + bytes(200), "a file of type OGG"),
    "cut short": (".mp4", mp4()[:-1], "damaged"),
    "only its beginning": (".mp4", mp4()[:20], "damaged"),
    "a box of 2^63 bytes": (".mp4", mp4(end=HUGE), "damaged"),
    "a box of 2^63 bytes first": (".mp4", box("ftyp", b"isom") + HUGE, "damaged"),
    "a box smaller than its head": (".mp4", mp4(end=struct.pack(">I4s", 7, b"free")), "damaged"),
    "boxes in boxes without end": (".mp4", box("ftyp", b"isom") + NESTED, "damaged"),
    "more boxes than any film has": (".mp4", mp4(end=box("free") * 300_000), "damaged"),
    "two descriptions": (".mp4", mp4() + mp4(), "damaged"),
    "two tables of samples": (".mp4", mp4(tracks=(track(table=full("stts", bytes(4))),)), "damaged"),
    "sound outside the file": (".mp4", mp4(tracks=(track(offset=1 << 31),)), "damaged"),
    "a scale of zero": (".mp4", mp4().replace(struct.pack(">2I", 1000, 2000), bytes(8)), "damaged"),
    "a track of places": (
        ".mp4",
        mp4(tracks=(track(), track(b"meta", b"mebx"))),
        "a track in the file that nobody",
    ),
    "HEVC from a phone": (".mp4", mp4(tracks=(track(codec=b"hvc1"),)), "not all browsers show this picture"),
    "sound without loss": (".m4a", mp4(tracks=(track(b"soun", b"alac"),), brand=b"M4A "), "'alac'"),
    "no picture": (".mp4", made.m4a(), "there is not one picture"),
    "two pictures": (".mp4", mp4(tracks=(track(), track())), "there is not one picture"),
    "a film called sound": (".m4a", mp4(), "no file of sound only"),
    "without a length": (".mp4", mp4(seconds=0), "does not say how long"),
    "a week": (".mp4", mp4(seconds=600_000), "longer than six hours"),
    "of no size": (".mp4", mp4(tracks=(track(size=(0, 0), turned=True),)), "0 x 0"),
    "of a great size": (".mp4", mp4(tracks=(track(size=(60_000, 20)),)), "60000 x 20"),
    "Matroska": (".webm", webm(doctype=b"matroska"), "Matroska"),
    "an element that is too long": (".webm", webm()[:-1], "damaged"),
    "recorded live": (".webm", webm().replace(b"\x18\x53\x80\x67\x01", b"\x18\x53\x80\x67\xff"), ""),
    "elements in elements": (".webm", element(0x1A45DFA3, element(0x4282, b"webm")) + DEEP, "damaged"),
    "subtitles within": (".webm", webm(kind=17, codec=b"S_TEXT/WEBVTT"), "a track in the file that nobody"),
    "sound with comments": (".webm", webm(kind=2, codec=b"A_VORBIS"), "Vorbis"),
    "a length that is no number": (".webm", webm(seconds=float("nan")), "does not say how long"),
    "a length without end": (".webm", webm(seconds=float("inf")), "does not say how long"),
    "a tag of 256 MB": (".mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + mp3(), "damaged"),
    "half of it is something else": (".mp3", mp3() + b"PK\3\4" + bytes(9000), "damaged"),
    "fewer frames than it says": (
        ".mp3",
        mp3(bytes(32) + b"Xing\0\0\0\1" + struct.pack(">I", 5000)),
        "damaged",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_used_is_told_soon(case: str) -> None:
    suffix, data, said = REFUSED[case]
    before = time.process_time()
    with pytest.raises(InvalidFile) as told:
        clips.probe(data, suffix)
    assert time.process_time() - before < 3
    assert said in str(told.value.problem.message)
    assert told.value.problem.severity == "error"


def usable(data: bytes, suffix: str) -> Clip | None:
    try:
        clip = clips.probe(data, suffix)
    except InvalidFile:
        return None
    assert clips.probe(clips.clean(data, suffix), suffix) == clip
    return clip


SOUND_FILES = [(".mp4", mp4(b"beeld")), (".webm", webm(b"beeld")), (".mp3", mp3()), (".m4a", made.m4a())]


@settings(max_examples=300, deadline=2000)
@given(st.data())
def test_no_change_of_a_file_does_more_than_make_it_unusable(drawn: st.DataObject) -> None:
    """Bytes are changed, taken out and put in, as by a bad disk and by somebody who means harm."""
    suffix, data = drawn.draw(st.sampled_from(SOUND_FILES))
    changed = bytearray(data)
    for _ in range(drawn.draw(st.integers(1, 6))):
        at = drawn.draw(st.integers(0, max(0, len(changed) - 1)))
        end = at + drawn.draw(st.integers(0, 12))
        changed[at:end] = drawn.draw(st.binary(max_size=12))
    usable(bytes(changed), suffix)


@settings(max_examples=200, deadline=2000)
@given(st.binary(max_size=400), st.sampled_from([(".mp4", 4), (".webm", 0), (".mp3", 0)]))
def test_any_bytes_are_read_or_told(junk: bytes, form: tuple[str, int]) -> None:
    suffix, _ = form
    start = {".mp4": box("ftyp", b"isom"), ".webm": b"\x1a\x45\xdf\xa3", ".mp3": made.FRAME}[suffix]
    usable(start + junk, suffix)
