"""Films and sound of a few hundred bytes: real in form, with nothing to see or to hear."""

from __future__ import annotations

import struct

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nEen deur gaat open.\n"


def box(kind: str | bytes, *inside: bytes) -> bytes:
    """A box of an MP4 file."""
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind.encode() if isinstance(kind, str) else kind) + body


def full(kind: str, *inside: bytes, flags: int = 0) -> bytes:
    """A box with a version (0) and flags."""
    return box(kind, struct.pack(">I", flags), *inside)


def head(kind: str, seconds: float, made: int = 0) -> bytes:
    """mvhd or mdhd: the times it was made and changed, the scale, the length."""
    return full(kind, struct.pack(">4I", made, made, 1000, round(seconds * 1000)), bytes(80))


def track(
    handler: bytes = b"vide",
    codec: bytes = b"avc1",
    seconds: float = 2,
    size: tuple[int, int] = (320, 180),
    turned: bool = False,
    name: bytes = b"Kamera van Anouk",
    made: int = 0,
    offset: int = 32,
    table: bytes = b"",
) -> bytes:
    matrix = (
        (0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30) if turned else (65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    )
    tkhd = full(
        "tkhd",
        struct.pack(">5I", made, made, 1, 0, round(seconds * 1000)),
        bytes(16),
        struct.pack(">9i", *matrix),
        struct.pack(">2I", size[0] << 16, size[1] << 16),
        flags=3,
    )
    entry = box(codec, bytes(8 + 16), struct.pack(">2H", *size), bytes(14), name.ljust(32, b"\0"), bytes(4))
    entry = entry if handler == b"vide" else box(codec, bytes(28))
    stbl = box(
        "stbl",
        full("stsd", struct.pack(">I", 1), entry),
        full("stts", bytes(4)),
        full("stsc", bytes(4)),
        full("stsz", bytes(8)),
        full("stco", struct.pack(">2I", 1, offset)),
        table,
    )
    dinf = box("dinf", full("dref", struct.pack(">I", 1), full("url ", flags=1)))
    minf = box("minf", full("vmhd" if handler == b"vide" else "smhd", bytes(8)), dinf, stbl)
    hdlr = full("hdlr", bytes(4), handler, bytes(12), name + b"\0")
    return box("trak", tkhd, box("mdia", head("mdhd", seconds, made), hdlr, minf))


def mp4(
    content: bytes = b"",
    seconds: float = 2,
    *more: bytes,
    tracks: tuple[bytes, ...] | None = None,
    end: bytes = b"",
    brand: bytes = b"isom",
    made: int = 0,
) -> bytes:
    """An MP4 file. ``more`` is within its ``moov``, ``end`` behind all else; ``content`` is what plays."""
    shown = (track(seconds=seconds, made=made),) if tracks is None else tracks
    moov = box("moov", head("mvhd", seconds, made), *shown, *more)
    return box("ftyp", brand, bytes(4), brand) + box("mdat", content + bytes(64)) + moov + end


def m4a(content: bytes = b"", seconds: float = 2) -> bytes:
    return mp4(content, seconds, tracks=(track(b"soun", b"mp4a", seconds),), brand=b"M4A ")


FRAME = b"\xff\xfb\x90\x64"
"""The head of a frame of MP3: 128 kbit and 44,1 kHz, so 417 bytes and 1152 samples."""


def mp3(content: bytes = b"", frames: int = 50) -> bytes:
    """An MP3 file of so many frames, with ``content`` in the first."""
    return (FRAME + content).ljust(417, b"\0") + (FRAME + bytes(413)) * (frames - 1)


def element(id: int, inside: bytes) -> bytes:
    """An element of a WebM file, with its size in eight bytes."""
    return id.to_bytes((id.bit_length() + 7) // 8) + bytes([1]) + len(inside).to_bytes(7) + inside


def webm(
    content: bytes = b"",
    seconds: float = 2,
    *more: bytes,
    kind: int = 1,
    codec: bytes = b"V_VP9",
    size: tuple[int, int] = (320, 180),
    doctype: bytes = b"webm",
    info: bytes = b"",
) -> bytes:
    """A WebM file. ``more`` is within its segment, ``info`` within what it says of itself."""
    picture = b"".join(element(id, side.to_bytes(2)) for id, side in zip((0xB0, 0xBA), size, strict=True))
    entry = element(0x83, bytes([kind])) + element(0x86, codec) + element(0xE0, picture)
    about = element(0x2AD7B1, (1_000_000).to_bytes(4)) + element(0x4489, struct.pack(">d", seconds * 1000))
    about += element(0x4D80, b"Lavf") + element(0x5741, b"Telefoon van Anouk") + info
    segment = element(0x1549A966, about) + element(0x1654AE6B, element(0xAE, entry))
    segment += b"".join(more) + element(0x1F43B675, content + bytes(8))
    return element(0x1A45DFA3, element(0x4282, doctype)) + element(0x18538067, segment)
