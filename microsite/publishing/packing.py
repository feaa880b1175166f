"""A site in one ZIP, with instructions for putting it online.

The ZIP holds the folder ``site/`` and, beside it so that they stay offline, ``materiaal/``, the brand's own
folder where that is asked for, and HOSTING.txt: what to do on each kind of host, which of our files it reads,
and what it cannot do.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO, cast

from microsite.core.file_types import COMPRESSED
from microsite.core.settings import MATERIAL_FOLDER
from microsite.publishing.disk import Stamp

GUIDE = "HOSTING.txt"
CHECKSUMS = "SHA256SUMS.txt"
"""The name of the file with the checksum of each file of material, as ``sha256sum --check`` reads it."""

SITE, BRAND = "site", "huisstijl"
FOLDERS = (SITE, MATERIAL_FOLDER, BRAND)
_HEAD = 30 + len(GUIDE)
"""The size of the header of the first file."""
_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of all files, the earliest that a ZIP can hold: equal sites make equal ZIPs."""
_TIME_BYTES = b"\0\0\x21\0"

_DAMAGED = (zipfile.BadZipFile, NotImplementedError, ValueError)
"""What a ZipFile raises at a file that is none, or has a version or a name that it cannot read."""


def write(target: Path, folders: Mapping[str, tuple[Path, Iterable[str]]], instructions: str) -> None:
    """Write a ZIP to ``target``, which is replaced in one step.

    ``folders`` are those of FOLDERS that it holds: for each, where it is and the paths of its files.
    ``instructions`` becomes HOSTING.txt. Equal files give equal bytes.
    """
    draft = _draft(target)
    try:
        with draft.open("wb") as stream:
            file = _File(stream)
            with zipfile.ZipFile(cast("IO[bytes]", file), "w") as archive:
                _fill(archive, {name: _read(*files) for name, files in folders.items()}, instructions)
            if file.error is not None:
                raise file.error
        os.replace(draft, target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def in_memory(folders: Mapping[str, Mapping[str, bytes]], instructions: str) -> bytes:
    """The ZIP that ``write`` makes of these files, by folder and path."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        _fill(archive, {name: sorted(files.items()) for name, files in folders.items()}, instructions)
    return stream.getvalue()


def _read(folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    return ((path, (folder / path).read_bytes()) for path in sorted(paths))


def _fill(
    archive: zipfile.ZipFile, folders: Mapping[str, Iterable[tuple[str, bytes]]], instructions: str
) -> None:
    _add(archive, GUIDE, instructions.replace("\n", "\r\n").encode("utf-8-sig"))
    for name, files in folders.items():
        sums = []
        for path, data in files:
            _add(archive, f"{name}/{path}", data)
            if name == MATERIAL_FOLDER:
                sums.append(f"{hashlib.sha256(data).hexdigest()}  {path}\n")
        if sums:
            _add(archive, f"{name}/{CHECKSUMS}", "".join(sums).encode())


class _File:
    """A file for a ZipFile, which cannot be closed after an error: the first one is kept, for its caller."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.error: OSError | None = None
        self._position = 0

    def write(self, data: bytes) -> int:
        if self.error is None:
            try:
                self._stream.seek(self._position)
                self._stream.write(data)
                self._stream.flush()
            except OSError as error:
                self.error = error
        self._position += len(data)
        return len(data)

    def seek(self, position: int, whence: int = 0) -> int:
        if whence != os.SEEK_SET:
            raise io.UnsupportedOperation
        self._position = position
        return position

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        """``write`` has done it."""


def holds(target: Path, files: Mapping[str, Stamp]) -> bool:
    """Whether a ZIP has these files of a site, by path and size, and no others, besides material.

    What is in them is not read: each build looks at each ZIP. An older site has other paths.
    """
    try:
        with zipfile.ZipFile(target) as archive:
            every = {one.filename: one.file_size for one in archive.infolist()}
    except (FileNotFoundError, *_DAMAGED):
        return False
    inside = {path: size for path, size in every.items() if path.startswith(f"{SITE}/")}
    return inside == {f"{SITE}/{path}": size for path, (size, _) in files.items()}


def remove(target: Path) -> bool:
    """Remove an outdated ZIP, which may hold people who are not shown any more.

    Returns whether there was one. A ZIP that ``write`` did not make stays. Raises OSError when that cannot be
    found out.
    """
    draft = _draft(target)
    if draft.is_file():  # of an interrupted ``write``
        draft.unlink()
    ours = _is_ours(target)
    if ours:
        target.resolve().unlink()
        target.unlink(missing_ok=True)  # a link to it
    return ours


def _draft(target: Path) -> Path:
    return target.with_name(f"{target.name}.new")


def _is_ours(file: Path) -> bool:
    """Does it have the files and times that ``write`` gives a ZIP? A byte of its list may be damaged."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                inside = archive.infolist()
        except _DAMAGED:  # how it begins is still there, or what it holds cannot be read
            stream.seek(0)
            return _is_head(stream.read(_HEAD))
        return bool(inside) and all(
            (one.date_time == _TIME and _is_name(one.filename, i)) or _is_file(stream, one.header_offset, i)
            for i, one in enumerate(inside)
        )


def _is_name(name: str, number: int) -> bool:
    return name.partition("/")[0] in FOLDERS if number else name == GUIDE


def _is_file(stream: BinaryIO, offset: int, number: int) -> bool:
    """Is this the header of a file with our time and name, whatever the list at the end says of it?"""
    stream.seek(offset)
    data = stream.read(30)
    name = stream.read(int.from_bytes(data[26:28], "little")).decode(errors="replace")
    return data[:4] == b"PK\3\4" and data[10:14] == _TIME_BYTES and _is_name(name, number)


def _is_head(data: bytes) -> bool:
    """Is this the header of a file called HOSTING.txt with our time (APPNOTE.TXT 4.3.7)?"""
    return data[:4] == b"PK\3\4" and data[10:14] == _TIME_BYTES and data[30:] == GUIDE.encode()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _TIME)
    info.create_system = 3  # Unix, so that the permissions below are read
    info.external_attr = 0o644 << 16
    stored = name.endswith(COMPRESSED)
    archive.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 9)
