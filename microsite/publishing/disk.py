"""File operations that publishing needs: stamps, links, locks, and folders that change places in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from microsite.content.files import FileChanged

_BODY, _START = re.compile(rb'<body class="kind-([^"]*)"'), 100_000
"""What every page of ours has within so many bytes."""

DRAFT = ".microsite-new"
"""The ending of a file that is about to be renamed. No listing shows it."""

Stamp = tuple[int, int]
"""The size of a file and its modification time in nanoseconds."""

NOT_A_FILE = (-1, -1)
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux, renameat2(2)
_RENAME_SWAP = 2  # macOS, renamex_np(2)

# ── looking ──


def stamps(folder: Path) -> dict[str, Stamp]:
    """The stamp of everything below ``folder`` that is no folder, by path; impossible for what is no file."""
    found: dict[str, Stamp] = {}
    for path, entry in _entries(folder):
        status = entry.stat(follow_symlinks=False)
        found[path] = (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else NOT_A_FILE
    return found


def paths(folder: Path) -> set[str]:
    """Everything below ``folder`` that is no folder."""
    return {path for path, _ in _entries(folder)}


def _entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [("", str(folder))]
    while waiting:
        prefix, path = waiting.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                elif not entry.name.endswith(DRAFT):
                    yield prefix + entry.name, entry


def stamp(file: Path) -> Stamp | None:
    try:
        status = file.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns


# ── writing ──


def write(target: str, content: bytes | Path) -> Stamp:
    """Make a new file of these bytes, or a link to this file of the cache. Missing folders are made.

    Raises FileChanged when the file of the cache is gone: another build pruned it.
    """
    try:
        return _create(target, content)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    try:
        return _create(target, content)
    except FileNotFoundError as gone:
        raise FileChanged(Path(target).name) from gone


def _create(target: str, content: bytes | Path) -> Stamp:
    # Strings, because making a Path for each of thousands of files takes a tenth of the time.
    if isinstance(content, bytes):
        with open(target, "xb") as stream:  # noqa: PTH123 -- a new file: an existing one may have other links
            stream.write(content)
    else:
        link(str(content), target)
    status = os.stat(target)  # noqa: PTH116
    return status.st_size, status.st_mtime_ns


def link(source: str, target: str) -> None:
    """Make a hard link, or a copy with the same time where the system or the file system has no links."""
    try:
        if hasattr(os, "link"):
            os.link(source, target)
            return
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        pass
    shutil.copy2(source, target)


def free_path(folder: Path, path: str) -> Path:
    """An unused path for a file: ``path`` within the folder, or one like it. Its folder is made."""
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        target = folder / target.name
    while os.path.lexists(target):
        target = target.with_name(target.name + "~")
    return target


def kind_of_page(file: Path) -> str | None:
    """The name of the kind of a page of ours; None for another file, and for one that cannot be read."""
    with contextlib.suppress(OSError), file.open("rb") as page:
        if (found := _BODY.search(page.read(_START))) is not None:
            return found[1].decode("utf-8", "replace")
    return None


def remove_drafts(folder: Path) -> None:
    for file in folder.rglob(f"*{DRAFT}"):
        file.unlink()


def remove_empty_folders(folder: Path) -> None:
    """Remove the empty folders below ``folder``."""
    for path, _, _ in sorted(os.walk(folder), reverse=True):
        if path != str(folder):
            with contextlib.suppress(OSError):
                os.rmdir(path)


# ── folders that change places ──


def exchange(new: Path, shown: Path) -> bool:
    """Let two folders change places in one step; where ``shown`` does not exist, ``new`` is moved there.

    Returns False, with nothing changed, where the system or the file system cannot do
    it: network drives, mount points, Windows. Raises OSError for any other failure.
    """
    try:
        if not os.path.lexists(shown):
            os.rename(new, shown)
            return True
        return _swap(os.fsencode(new), os.fsencode(shown))
    except OSError as error:
        if error.errno in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EBUSY, errno.EXDEV):
            return False
        raise


def _swap(one: bytes, other: bytes) -> bool:
    import ctypes  # most builds need no exchange

    library: Any = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        result = library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        result = library.renamex_np(one, other, _RENAME_SWAP)
    else:
        return False
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return True


# ── locks ──

_held: weakref.WeakSet[IO[bytes]] = weakref.WeakSet()


def _close_all() -> None:
    for stream in list(_held):
        stream.close()


if hasattr(os, "register_at_fork"):
    # A forked process would hold our locks too, and may outlive us.
    os.register_at_fork(after_in_child=_close_all)


def lock(file: Path) -> IO[bytes]:
    """Wait for the lock on this file, and take it. Closing the file, or dying, releases it."""
    stream = file.open("ab")
    _held.add(stream)
    if sys.platform == "win32":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX)
    return stream
