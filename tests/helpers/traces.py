"""Looking for somebody in all bytes of a folder, by encoding what is looked for."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import quopri
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import brotli
from PIL import Image

_STREAM = re.compile(rb"stream\r?\n")


def noise(size: tuple[int, int] = (640, 400)) -> bytes:
    """A photograph in which no two places are alike, the same in each run."""
    width, height = size
    pixels = hashlib.shake_256(b"een gezicht").digest(width * height // 16)
    stream = io.BytesIO()
    image = Image.frombytes("L", (width // 4, height // 4), pixels).resize(size, Image.Resampling.BICUBIC)
    image.convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


def written(text: str) -> Iterator[bytes]:
    """A text in twelve encodings."""
    for form in ("NFC", "NFD"):
        whole = unicodedata.normalize(form, text)
        plain = whole.encode()
        yield from (plain, whole.encode("utf-16-le"), whole.encode("utf-16-be"), quote(whole).encode())
        yield whole.encode("latin-1", "ignore")
        yield whole.encode("ascii", "xmlcharrefreplace")
        yield "".join(f"&#x{ord(c):x};" if ord(c) > 127 else c for c in whole).encode()
        yield html.escape(whole).encode()
        yield json.dumps(whole)[1:-1].encode()
        yield quopri.encodestring(plain).replace(b"=\n", b"")
        yield plain.hex().encode()
        for shift in range(3):
            yield base64.b64encode(bytes(shift) + plain)[4:-4]


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and what is packed in it."""
    yield name, data
    if data[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for one in archive.namelist():
                yield from unpacked(f"{name}/{one}", archive.read(one))
    elif data[:2] == b"\x1f\x8b":
        yield f"{name}/gz", gzip.decompress(data)
    elif name.endswith(".br"):
        yield f"{name}/br", brotli.decompress(data)
    elif data[:5] == b"%PDF-":
        for found in _STREAM.finditer(data):
            try:
                yield f"{name}/{found.start()}", zlib.decompressobj().decompress(data[found.end() :])
            except zlib.error:
                continue


def left(folder: Path, words: Iterable[str], picture: bytes = b"") -> list[tuple[str, bytes]]:
    """(path, what) for each place in the folder where one of the words, or a part of the picture, is."""
    looked = {needle for word in words for needle in written(word)}
    if picture:
        half = len(picture) // 6 * 3
        looked |= {picture[half : half + 48], base64.b64encode(picture[half : half + 48])}
    return [
        (name, needle)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for name, inner in unpacked(file.relative_to(folder).as_posix(), file.read_bytes())
        for needle in looked
        if needle in inner
    ]
