"""Looking through all files in a folder for what has to be gone from it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from microsite.core.fingerprints import digest
from microsite.core.records import Record
from microsite.core.settings import Project
from microsite.withdraw.needles import Needles
from microsite.withdraw.views import ENCODINGS, as_words, binary, contents, words, written_in

_BINARY = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".woff", ".woff2", ".ttf", ".otf"})
"""Files without text for people: in these, only bytes are looked for."""


class Trace(Record):
    """Something that is still there: in which file, within which packed file, written in which way."""

    file: Path
    inner: str
    encoding: str

    def describe(self, project: Project) -> str:
        place = "/".join(filter(None, [project.display_path(self.file), self.inner]))
        return f"{place} ({self.encoding})"


class Searched(Record):
    """What was found. ``files`` were looked through, of which ``packed`` were in others; ``addresses`` is how
    often an address stood there that holds the name and may.
    """

    files: int
    packed: int
    addresses: int
    traces: tuple[Trace, ...]


def search(folders: Iterable[Path], needles: Needles, addresses: Iterable[str]) -> Searched:
    """Look through all files below these folders. ``addresses`` of pages and texts may stand there.

    A file that cannot be read is a trace: nobody knows what is in it.
    """
    look = Look(needles, addresses)
    traces: list[Trace] = []
    for folder in folders:
        for file, path in _files(folder):
            traces += look.through(file, path)
    return Searched(look.files, look.packed, look.addresses, tuple(dict.fromkeys(traces)))


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files below a folder, with their paths in it. Links are not followed."""
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    yield Path(entry.path), os.path.relpath(entry.path, folder)


class Look:
    """One search. Equal files, such as a photo that all sites have, are looked through once."""

    def __init__(self, needles: Needles, addresses: Iterable[str]) -> None:
        self.files = self.packed = self.addresses = 0
        self._needles = needles
        self._phrases = [_bounded(phrase) for name in needles.named for phrase in (name, f"{name}s")]
        self._phrases += needles.phrases
        self._allowed = sorted({as_words(address) for address in addresses}, key=len, reverse=True)
        self._clean: set[str] = set()

    @cached_property
    def _bytes(self) -> tuple[tuple[str, bytes], ...]:
        names = (found for name in self._needles.names for found in written_in(name))
        phrases = (found for phrase in self._needles.phrases[:_FEW] for found in binary(phrase.encode()))
        pictures = (found for bit in self._needles.bits for found in (("bytes", bit), *binary(bit)))
        utf16 = (
            (name, word.encode(name))
            for word in self._needles.names
            if len(word) > _LONG
            for name in ("utf-16-le", "utf-16-be")
        )
        return tuple(dict.fromkeys((*names, *phrases, *pictures, *utf16)))

    def through(self, file: Path, path: str) -> Iterator[Trace]:
        """What is still in this file, and in its name."""
        if self._in_words(as_words(path)):
            yield Trace(file, "", ENCODINGS[0])
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            return
        except OSError:
            yield Trace(file, "", "?")
            return
        for name, inner in contents(data, file.name):
            self.files += 1
            within = name.removeprefix(file.name).strip("/")
            self.packed += bool(within)
            key = digest(inner)
            if key in self._clean:
                continue
            counted = self.addresses
            traces = [Trace(file, within, encoding) for encoding in self._encodings(inner, name, key)]
            if traces:
                yield from traces
            elif self.addresses == counted:
                self._clean.add(key)

    def _encodings(self, data: bytes, name: str, key: str) -> Iterator[str]:
        """The ways in which something is still in these bytes."""
        if key in self._needles.pictures:
            yield "bytes"
        flat = data.replace(b"\n", b"").replace(b"\r", b"") if b"base64" in data.lower() else data
        yield from (encoding for encoding, each in self._bytes if each in flat)
        if os.path.splitext(name)[1].lower() not in _BINARY:
            for i, (encoding, view) in enumerate(words(data)):
                if self._in_words(view, count=i == 0):
                    yield encoding

    def _in_words(self, view: str, *, count: bool = True) -> bool:
        """Whether one of the phrases is among these words, apart from addresses that may be there."""
        if not any(phrase in view for phrase in self._phrases):
            return False
        for address in self._allowed:
            known = view.count(address)
            self.addresses += known if count else 0
            view = view.replace(address, " / ") if known else view
        return any(phrase in view for phrase in self._phrases)


def _bounded(phrase: str) -> str:
    """A single word as a whole word; several also where signs of the file are joined to them."""
    return phrase if " " in phrase else f" {phrase} "


_FEW = 12
"""So many phrases are looked for in base64 and hexadecimal: a text is there as a whole or not at all."""

_LONG = 3
