"""Writing our own files, and finding out whether they are lost, damaged or of another type."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from hashlib import sha256
from pathlib import Path

DRAFT = ".tmp"
"""The ending of a file that ``write_file`` has not finished."""

_CHECK = 16
"""The size of the checksum of a sealed file."""


def replace_file(file: Path, data: bytes) -> None:
    """Make a file have these bytes, in one step: readers see the old ones or the new ones.

    Several processes may do so at the same time; the last one wins. The drafts of
    processes that were killed are removed.
    """
    if file.is_file() and file.read_bytes() == data:
        return
    draft = file.with_name(f".{file.name}.{os.getpid()}.new")
    while True:
        try:
            draft.write_bytes(data)
            remove_drafts(file, draft)
            with contextlib.suppress(FileNotFoundError):  # another process removed the draft: write it again
                os.replace(draft, file)
                return
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def remove_drafts(file: Path, own: Path | None = None) -> None:
    """Remove the drafts of a file that killed processes left, but for ``own``."""
    start = f".{file.name}."
    for name in os.listdir(file.parent):  # noqa: PTH208 -- one folder has two files of each member
        if name.startswith(start) and name.endswith("new") and (draft := file.with_name(name)) != own:
            remove(draft)


def write_file(file: Path, data: bytes) -> None:
    """Write a file in one step, while other processes may do the same.

    Raises FileNotFoundError when one of them removed the draft.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}{DRAFT}")
    try:
        draft.write_bytes(data)
        os.replace(draft, file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def seal(data: bytes) -> bytes:
    """Put a checksum before the data, for ``unseal``."""
    return _checksum(data) + data


def unseal(sealed: bytes) -> memoryview | None:
    """Return the data that was sealed; None when any byte of it was changed."""
    data = memoryview(sealed)[_CHECK:]
    return data if _checksum(data) == sealed[:_CHECK] else None


def _checksum(data: bytes | memoryview) -> bytes:
    return sha256(data).digest()[:_CHECK]  # processors have it in hardware: twice as fast as BLAKE2


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it; nothing happens when there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def remove_unless_file(path: Path) -> bool:
    """Remove a folder or a link in the place of a file. Returns whether there was one."""
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            return False
    except FileNotFoundError:
        return False
    remove(path)
    return True


def ensure_folder(folder: Path, root: Path) -> Path | None:
    """Make the folder and its parents. Returns what was in the way, which is removed at or below ``root``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        obstacle = remove_obstacle(folder, root)
        if obstacle is None:
            raise
        folder.mkdir(parents=True, exist_ok=True)
        return obstacle
    return None


def remove_obstacle(folder: Path, root: Path) -> Path | None:
    """Remove a file or broken link in the place of ``folder``, or of its parents up to ``root``.

    Returns what was removed.
    """
    for path in (*reversed(folder.parents), folder):
        if path.is_relative_to(root) and os.path.lexists(path) and not path.is_dir():
            path.unlink()
            return path
    return None


def key_in_name(file: Path) -> str:
    """The key of a file of the cache, see ``Cache.put``."""
    return file.name.rpartition("-")[0]


def digest_in_name(file: Path) -> str:
    """The digest of the bytes of a file of the cache, see ``Cache.put``."""
    return file.name.rpartition("-")[2]
