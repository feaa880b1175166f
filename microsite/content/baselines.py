"""Baselines: the national pages as they were when a member accepted its overrides of them.

They are in the member's folder, to compare with later versions. A build deletes those that may not be kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from microsite.core.problems import Place, Problem, text

BASELINES = ".basis"
"""The folder of the baselines in a member's ``content/``."""


def prune(brand: Path, keep: Callable[[str, bytes], bool], display_path: str) -> Iterator[Problem]:
    """Delete the baselines of a member that may not be kept. Yields a problem where that fails.

    ``keep`` decides, by the path within ``content/`` and the contents.
    """
    root = brand / "content" / BASELINES
    for folder, folders, files in os.walk(root, topdown=False) if not is_linked(root) else ():
        for name in (*files, *folders):
            file = Path(folder, name)
            path = file.relative_to(root).as_posix()
            try:
                if file.is_dir() and not file.is_symlink():
                    if not any(file.iterdir()):
                        file.rmdir()
                elif file.is_symlink() or not keep(path, file.read_bytes()):
                    file.unlink(missing_ok=True)
            except OSError as error:
                yield Problem(
                    Place(f"{display_path}/content/{BASELINES}/{path}"),
                    text("cannot be taken away: {reason}", reason=error.strerror or type(error).__name__),
                    text("take it away yourself: it may hold what somebody said who is not shown any more"),
                    "notice",
                )


def is_linked(path: Path) -> bool:
    """Whether this path, or a folder between it and ``content/``, is a symbolic link."""
    content = next(folder for folder in (path, *path.parents) if folder.name == BASELINES).parent
    within = (folder for folder in (path, *path.parents) if folder.is_relative_to(content))
    return any(place.is_symlink() for place in within)
