"""Baselines: the national pages as they were when a member accepted its overrides of them.

They are in the member's folder, to compare with later versions. A build deletes those that may not be kept.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from microsite.content.files import MAX_TEXT_BYTES, os_reason
from microsite.core.problems import Place, Problem, text

BASELINES = ".basis"
"""The folder of the baselines in a member's ``content/``."""


def prune(brand: Path, keep: Callable[[str, bytes], bool], display_path: str) -> Iterator[Problem]:
    """Delete the baselines of a member that may not be kept. Yields a problem where that fails.

    ``keep`` decides, by the path within ``content/`` and the contents.
    """
    root = brand / "content" / BASELINES
    found = _below(root) if root.is_dir() and not is_linked(root) else []
    for file, is_folder in reversed(found):
        path = file.relative_to(root).as_posix()
        try:
            if is_folder:
                if not any(file.iterdir()):
                    file.rmdir()
            elif not (_may_be_ours(file) and keep(path, file.read_bytes())):
                file.unlink(missing_ok=True)
        except OSError as error:
            yield Problem(
                Place(f"{display_path}/content/{BASELINES}/{path}"),
                text("cannot be taken away: {reason}", reason=os_reason(error)),
                text("take it away yourself: it may hold what somebody said who is not shown any more"),
                "notice",
            )


def _below(root: Path) -> list[tuple[Path, bool]]:
    """Everything below a folder, parents first, and whether it is a folder. Without recursion."""
    found: list[tuple[Path, bool]] = []
    waiting = [root]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                found.append((Path(entry.path), is_folder))
                if is_folder:
                    waiting.append(Path(entry.path))
    return found


def _may_be_ours(file: Path) -> bool:
    """Whether it can be read as a text: a pipe would hold up the build, a huge file fill the memory."""
    status = file.lstat()
    return stat.S_ISREG(status.st_mode) and status.st_size <= MAX_TEXT_BYTES


def is_linked(path: Path) -> bool:
    """Whether this path, or a folder between it and ``content/``, is a symbolic link."""
    content = next(folder for folder in (path, *path.parents) if folder.name == BASELINES).parent
    within = (folder for folder in (path, *path.parents) if folder.is_relative_to(content))
    return any(place.is_symlink() for place in within)
