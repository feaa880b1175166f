"""A site in one ZIP, with instructions for putting it online.

The ZIP holds the folder ``site/`` and, beside it so that it stays offline, HOSTING.txt:
what to do on each kind of host, which of our files it reads, and what it cannot do.
"""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, BinaryIO, cast

from microsite.core.file_types import COMPRESSED
from microsite.publishing.disk import Stamp

GUIDE = "HOSTING.txt"
_FOLDER = "site"
_HEAD = 30 + len(GUIDE)
"""The size of the header of the first file."""
_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of all files, the earliest that a ZIP can hold: equal sites make equal ZIPs."""

_DAMAGED = (zipfile.BadZipFile, NotImplementedError, ValueError)
"""What a ZipFile raises at a file that is none, or has a version or a name that it cannot read."""


def write(target: Path, site: Path, paths: Iterable[str], instructions: str) -> None:
    """Write the ZIP of these paths of a site to ``target``, which is replaced in one step.

    ``instructions`` becomes HOSTING.txt. Equal files give equal bytes.
    """
    draft = _draft(target)
    try:
        with draft.open("wb") as stream:
            file = _File(stream)
            with zipfile.ZipFile(cast("IO[bytes]", file), "w") as archive:
                _add(archive, GUIDE, instructions.replace("\n", "\r\n").encode("utf-8-sig"))
                for path in sorted(paths):
                    _add(archive, f"{_FOLDER}/{path}", (site / path).read_bytes())
            if file.error is not None:
                raise file.error
        os.replace(draft, target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


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
    """Whether a ZIP has these files of a site, by path and size, and no others.

    What is in them is not read: each build looks at each ZIP. An older site has other paths.
    """
    try:
        with zipfile.ZipFile(target) as archive:
            inside = {one.filename: one.file_size for one in archive.infolist()}
    except (FileNotFoundError, *_DAMAGED):
        return False
    inside.pop(GUIDE, None)
    return inside == {f"{_FOLDER}/{path}": size for path, (size, _) in files.items()}


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
    """Does it have the files and times that ``write`` gives a ZIP?"""
    if not file.is_file():
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            inside = archive.infolist()
    except _DAMAGED:  # damaged: how it begins is still there, or what it holds cannot be read
        with file.open("rb") as stream:
            return _is_head(stream.read(_HEAD))
    paths = [one.filename for one in inside]
    return (
        paths[:1] == [GUIDE]
        and all(path.startswith(f"{_FOLDER}/") for path in paths[1:])
        and all(one.date_time == _TIME for one in inside)
    )


def _is_head(data: bytes) -> bool:
    """Is this the header of a file called HOSTING.txt with our time (APPNOTE.TXT 4.3.7)?"""
    return data[:4] == b"PK\3\4" and data[10:14] == b"\0\0\x21\0" and data[30:] == GUIDE.encode()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _TIME)
    info.create_system = 3  # Unix, so that the permissions below are read
    info.external_attr = 0o644 << 16
    stored = name.endswith(COMPRESSED)
    archive.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 9)
