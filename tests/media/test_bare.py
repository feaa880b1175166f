"""Pictures with nothing else in the file: what the studio makes is taken, whatever is added to it is not."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from microsite.media import bare
from microsite.media.photos import Lossy
from microsite.media.raster import Raster, png, read_png

MADE = Path(__file__).parents[1] / "studio" / "bare"
SIZES: dict[str, tuple[Lossy, tuple[int, int]]] = {
    "480.avif": ("avif", (480, 320)),
    "600.avif": ("avif", (600, 400)),
    "480.jpg": ("jpeg", (480, 320)),
    "600.jpg": ("jpeg", (600, 400)),
    "raam.jpg": ("jpeg", (600, 400)),
}
LOGO = Raster(4, 2, bytes(range(32)))


@cache
def made(name: str) -> bytes:
    return (MADE / name).read_bytes()


@pytest.mark.parametrize("name", SIZES)
def test_what_the_studio_makes_is_bare(name: str) -> None:
    kind, size = SIZES[name]
    assert bare.size(made(name), kind) == size
    assert bare.size(made(name), "avif" if kind == "jpeg" else "jpeg") is None


def _size(name: str, data: bytes) -> tuple[int, int] | None:
    if name == "logo.png":
        image = read_png(data)
        return image.size if image is not None else None
    return bare.size(data, SIZES[name][0])


NAMES = ("480.avif", "480.jpg", "logo.png")


def _whole(name: str) -> bytes:
    return png(LOGO) if name == "logo.png" else made(name)


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
def test_a_changed_file_is_refused_or_is_a_picture_of_that_size_and_nothing_else(
    name: str, data: st.DataObject
) -> None:
    whole = _whole(name)
    at = data.draw(st.integers(0, len(whole)) | st.integers(0, 400))
    gone, new = data.draw(st.integers(0, 9)), data.draw(st.binary(max_size=60))
    changed = whole[:at] + new + whole[at + gone :]
    found = _size(name, changed)
    if found is not None:
        image = Image.open(io.BytesIO(changed))
        assert image.size == found
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop", "Raw profile type exif"} & {
            *image.info
        }
        assert image.n_frames == 1 if hasattr(image, "n_frames") else True


@pytest.mark.parametrize("name", NAMES)
@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_bytes_at_all_are_answered(name: str, rest: bytes, kept: int) -> None:
    assert _size(name, _whole(name)[:kept] + rest) is None or rest == _whole(name)[kept:]


@pytest.mark.parametrize("name", NAMES)
@given(st.binary(min_size=1, max_size=50))
def test_nothing_comes_before_or_after(name: str, more: bytes) -> None:
    assert _size(name, _whole(name) + more) is None
    assert _size(name, more + _whole(name)) is None


def _segments(data: bytes) -> list[int]:
    """Where the segments of a JPEG begin, but for the data between them."""
    found, at = [], 2
    while data[at : at + 2] != b"\xff\xd9":
        found.append(at)
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        while data[at] != 0xFF or data[at + 1] == 0:
            at += 1
    return [*found, at]


@given(
    st.sampled_from(_segments(made("480.jpg"))), st.integers(0xC0, 0xFE), st.binary(min_size=3, max_size=90)
)
def test_no_segment_is_added_but_for_tables(at: int, mark: int, body: bytes) -> None:
    segment = bytes([0xFF, mark]) + struct.pack(">H", 2 + len(body)) + body
    whole = made("480.jpg")
    if bare.size(whole[:at] + segment + whole[at:], "jpeg") is not None:
        assert mark == 0xC4
        assert len({*body[17:]}) == len(body[17:])  # each value once: no text


@given(st.text("ABCDEFGH", min_size=4, max_size=4), st.binary(max_size=40))
def test_no_box_is_added(name: str, body: bytes) -> None:
    whole, box = made("480.avif"), struct.pack(">I4s", 8 + len(body), name.encode()) + body
    for at in (0, 32, 32 + 12, 274, len(whole)):
        assert bare.size(whole[:at] + box + whole[at:], "avif") is None


def test_no_unit_is_added_within_the_picture() -> None:
    """Of AV1: one with metadata, whose length the boxes know of."""
    whole = made("480.avif")
    start = whole.index(b"mdat") + 4
    item, unit = whole[start:], b"\x2a\x04\x04hoi"
    for at in (0, 2, 14, len(item)):
        changed = item[:at] + unit + item[at:]
        head = whole[:start].replace(struct.pack(">I", len(item)), struct.pack(">I", len(changed)))
        head = head[:-8] + struct.pack(">I4s", 8 + len(changed), b"mdat")
        assert bare.size(head + changed, "avif") is None


@pytest.mark.parametrize(
    "options", [{"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0"}, {"comment": b"Anouk"}, {"icc_profile": b"x"}]
)
def test_a_jpeg_of_another_with_words_in_it_is_refused(options: dict[str, bytes]) -> None:
    def saved(**more: bytes) -> bytes:
        out = io.BytesIO()
        Image.open(io.BytesIO(made("raam.jpg"))).convert("RGB").save(out, "JPEG", **more)
        return out.getvalue()

    assert bare.size(saved(), "jpeg") == (600, 400)
    assert bare.size(saved(**options), "jpeg") is None


def test_another_size_than_that_of_the_picture_is_refused() -> None:
    whole = made("480.avif")
    assert (
        bare.size(whole.replace(struct.pack(">II", 480, 320), struct.pack(">II", 320, 480)), "avif") is None
    )


def test_a_picture_of_far_too_many_bytes_is_refused() -> None:
    whole = made("480.jpg")
    many = whole[:-2] + bytes(700_000) + whole[-2:]
    assert bare.size(many, "jpeg") is None


# ── PNG ──


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@given(st.sampled_from([b"tEXt", b"eXIf", b"iCCP", b"tIME", b"IDAT", b"pHYs"]), st.binary(max_size=40))
def test_no_chunk_is_added(name: bytes, body: bytes) -> None:
    whole, at = png(LOGO), 8
    while at < len(whole):
        assert read_png(whole[:at] + _chunk(name, body) + whole[at:]) is None
        at += 12 + int.from_bytes(whole[at : at + 4], "big")


@pytest.mark.parametrize("more", [b"geheim", bytes(1 << 20)])
def test_nothing_is_packed_behind_the_rows(more: bytes) -> None:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))

    def file(rows: bytes, after: bytes = b"") -> bytes:
        return (
            b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(rows) + after) + _chunk(b"IEND", b"")
        )

    assert read_png(file(bytes(14))) == Raster(2, 2, b"\0\0\0\xff" * 4)
    assert read_png(file(bytes(14) + more)) is None
    assert read_png(file(bytes(14), more)) is None
    assert read_png(file(bytes(13))) is None
