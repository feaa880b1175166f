"""A file as its readers see it: unpacked, and unescaped in each of the ways in which letters are written.

``ENCODINGS`` are the twelve that are looked through. An encoder may escape some letters and not others, so
the file is decoded, and not the name encoded. Only what is in base64, UTF-16 and hexadecimal within other
bytes is looked for as such.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import html
import io
import quopri
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from microsite.core import brotli

ENCODINGS = (
    "UTF-8",
    "NFD",
    "Latin-1",
    "UTF-16LE",
    "UTF-16BE",
    "HTML",
    "percent",
    "JSON",
    "quoted-printable",
    "base64",
    "hex",
    "gzip/deflate/zip/brotli",
)

DEPTH = 4
"""How many times packed files within packed files are unpacked."""
LARGEST = 256 * 1024 * 1024
"""Bytes that are unpacked of one file."""

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile(
    "[\xad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060-\u2064\u20d0-\u20ff\ufeff]+"
)
"""Accents that stand apart, and signs without a width."""

_PERCENT = re.compile("%[0-9A-Fa-f]{2}")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{1,6}) ?")
_SOFT = re.compile(rb"=(?:[0-9A-F]{2}|\r?\n)")
_STREAM = re.compile(rb"stream\r?\n")
_UNPACKED = 1 << 20
_ZIP = b"PK\3\4"


def as_words(text: str) -> str:
    """The words of a text between spaces, without capitals, accents and marks: `` jose de wit ``."""
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKD", text))
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def contents(data: bytes, name: str, depth: int = DEPTH) -> Iterator[tuple[str, bytes]]:
    """A file and the files within it, each with its path: ``pack.zip/site/index.html``.

    Of a ZIP it is the names of these, for the signs between them are no words.
    """
    within = list(_unpacked(data, name)) if depth else []
    is_zip = within and data[:4] == _ZIP
    yield name, "\n".join(inner for inner, _ in within).encode() if is_zip else data
    for inner, found in within:
        yield from contents(found, f"{name}/{inner}" if inner else name, depth - 1)


def _unpacked(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    if data[:4] == _ZIP:
        with (
            contextlib.suppress(
                zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, zlib.error
            ),
            zipfile.ZipFile(io.BytesIO(data)) as archive,
        ):
            for one in archive.infolist():
                if one.file_size <= LARGEST:
                    yield one.filename, archive.read(one)
    elif data[:2] == b"\x1f\x8b":
        with contextlib.suppress(OSError, EOFError, zlib.error):
            yield "", gzip.decompress(data)
    elif name.endswith(".br"):
        with contextlib.suppress(ValueError):
            yield "", brotli.decompress(data, LARGEST)
    elif data[:1] == b"\x78":
        with contextlib.suppress(zlib.error):
            yield "", zlib.decompressobj().decompress(data, LARGEST)
    elif data[:5] == b"%PDF-":
        for found in _STREAM.finditer(data):
            with contextlib.suppress(zlib.error):
                yield "", zlib.decompressobj().decompress(data[found.end() :][:_UNPACKED], _UNPACKED)


def words(data: bytes) -> Iterator[tuple[str, str]]:
    """(encoding, words) of a file, for each way of reading it that makes a difference."""
    name = "UTF-8"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        name, text = "Latin-1", data.decode("latin-1")
        yield "UTF-8", as_words(data.decode("utf-8", "replace"))
    if "&" in text and (plain := html.unescape(text)) != text:
        name, text = "HTML", plain
    yield name, as_words(text)
    if "<" in text:
        yield name, as_words(_TAG.sub("", text))
    if _PERCENT.search(text):
        unquoted = unquote_to_bytes(text)
        for encoding in ("utf-8", "latin-1"):
            yield "percent", as_words(unquoted.decode(encoding, "replace"))
    if "\\" in text:
        yield "JSON", as_words(_ESCAPE.sub(_character, text).replace("\\n", " ").replace("\\/", "/"))
    if _SOFT.search(data):
        yield "quoted-printable", as_words(quopri.decodestring(data).decode("utf-8", "replace"))
    if b"\0" in data:
        for begin in (0, 1):
            yield "UTF-16LE", as_words(data[begin:].decode("utf-16-le", "replace"))
            yield "UTF-16BE", as_words(data[begin:].decode("utf-16-be", "replace"))


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2] or found[3], 16)
    return chr(code) if 0 < code <= 0x10FFFF else " "


def written_in(text: str) -> Iterator[tuple[str, bytes]]:
    """How a text can stand within other bytes, in base64 and hexadecimal: (encoding, bytes)."""
    for typed in dict.fromkeys((text, text.lower(), text.upper(), text.title())):
        for form in dict.fromkeys(unicodedata.normalize(form, typed) for form in ("NFC", "NFD")):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                yield from binary(form.encode(encoding))


def binary(data: bytes) -> Iterator[tuple[str, bytes]]:
    """How bytes can stand within others, in base64 (which has three alignments) and hexadecimal."""
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + data)
        begin, end = (0, 2, 3)[shift], (shift + len(data)) * 8 // 6  # what the bytes around it do not change
        if end - begin >= _STABLE:
            yield "base64", whole[begin:end]
            yield "base64", whole[begin:end].translate(_URL_SAFE)
    if len(data) > _STABLE // 2:
        yield "hex", data.hex().encode()
        yield "hex", data.hex().upper().encode()


_STABLE = 8
"""Characters of base64 or hexadecimal from which a find is no accident."""

_URL_SAFE = bytes.maketrans(b"+/", b"-_")
