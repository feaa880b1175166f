"""What Python does not offer of the operating system: two folders that change places, and a lock."""

from __future__ import annotations

import errno
import os
import sys
import weakref
from pathlib import Path
from typing import IO, Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux, renameat2(2)
_RENAME_SWAP = 2  # macOS, renamex_np(2)


def exchange(new: Path, shown: Path) -> bool:
    """Put ``new`` in the place of ``shown``, and the other way round, in one step.

    Where nothing is shown yet ``new`` is moved there. Returns False, with
    nothing done, when the system or this file system cannot: network drives,
    mount points, Windows. Raises OSError for whatever else goes wrong.
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
    import ctypes  # only here: most builds show nothing new

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


_held: weakref.WeakSet[IO[bytes]] = weakref.WeakSet()


def _let_go() -> None:
    for stream in list(_held):
        stream.close()


if hasattr(os, "register_at_fork"):
    # A process split off would hold our locks too, and may outlive us.
    os.register_at_fork(after_in_child=_let_go)


def lock(file: Path) -> IO[bytes]:
    """Wait until nobody else has this lock, and take it. Closing the file gives it back; so does dying."""
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
