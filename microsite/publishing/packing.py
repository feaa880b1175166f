"""A site in one ZIP, with instructions for putting it online.

The ZIP holds the folder ``site/`` and, beside it so that it stays offline, HOSTING.txt:
what to do on each kind of host, which of our files it reads, and what it cannot do.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from microsite.core.file_types import COMPRESSED

GUIDE = "HOSTING.txt"
_FOLDER = "site"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time in a ZIP: equal sites make equal ZIPs


def write(target: Path, site: Path, paths: Iterable[str], instructions: str) -> None:
    """Make the ZIP: equal bytes of equal files. Who reads ``target`` sees the old one or the new one."""
    draft = _draft(target)
    try:
        with zipfile.ZipFile(draft, "w") as archive:
            _add(archive, GUIDE, instructions.replace("\n", "\r\n").encode("utf-8-sig"))
            for path in sorted(paths):
                _add(archive, f"{_FOLDER}/{path}", (site / path).read_bytes())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def take_away(target: Path) -> bool:
    """Remove the ZIP of a site that is not as it was; False when there is none that was made here.

    It holds who has to be gone from the site. A ZIP that somebody else made is left alone.
    """
    _draft(target).unlink(missing_ok=True)  # of a packing that was killed
    ours = _is_ours(target)
    if ours:
        target.unlink()
    return ours


def _draft(target: Path) -> Path:
    return target.with_name(f"{target.name}.new")


def _is_ours(file: Path) -> bool:
    """Is it built up as ``write`` does, to the times that all files in it have?"""
    if file.is_symlink() or not file.is_file():
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            inside = archive.infolist()
    except (OSError, zipfile.BadZipFile):
        return False
    names = [one.filename for one in inside]
    return (
        names[:1] == [GUIDE]
        and all(name.startswith(f"{_FOLDER}/") for name in names[1:])
        and all(one.date_time == _BEGINNING for one in inside)
    )


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _BEGINNING)
    info.create_system = 3  # so that the rights below are read as such
    info.external_attr = 0o644 << 16
    stored = name.endswith(COMPRESSED)
    archive.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 9)
