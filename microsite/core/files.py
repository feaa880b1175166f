"""Writing files."""

from __future__ import annotations

import contextlib
import glob
import os
from pathlib import Path


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
            for other in file.parent.glob(f".{glob.escape(file.name)}.*new"):  # ``.new``: of older versions
                if other != draft:
                    other.unlink(missing_ok=True)
            with contextlib.suppress(FileNotFoundError):  # another process removed the draft: write it again
                os.replace(draft, file)
                return
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
