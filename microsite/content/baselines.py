"""What a member keeps of national pages: how they were when its changes to them were accepted.

A build takes away from it what may not be kept. Links are not followed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from microsite.core.problems import Place, Problem, text

BASIS = ".basis"
"""The folder in a member's ``content/`` with these pages."""


def prune(brand: Path, keep: Callable[[str, bytes], bool], display_path: str) -> Iterator[Problem]:
    """Take away what was kept of national pages and may not be any more; tells what the disk refused.

    ``keep`` is asked for each with its path in ``content/`` and its bytes.
    """
    kept = brand / "content" / BASIS
    for folder, folders, files in os.walk(kept, topdown=False) if not is_linked(kept) else ():
        for name in (*files, *folders):
            file = Path(folder, name)
            path = file.relative_to(kept).as_posix()
            try:
                if file.is_dir() and not file.is_symlink():
                    if not any(file.iterdir()):
                        file.rmdir()
                elif file.is_symlink() or not keep(path, file.read_bytes()):
                    file.unlink(missing_ok=True)
            except OSError as error:
                yield Problem(
                    Place(f"{display_path}/content/{BASIS}/{path}"),
                    text("cannot be taken away: {reason}", reason=error.strerror or type(error).__name__),
                    text("take it away yourself: it may hold what somebody said who is not shown any more"),
                    "notice",
                )


def is_linked(basis: Path) -> bool:
    """Is it, or a folder on the way to it, a link to another place?"""
    content = next(folder for folder in (basis, *basis.parents) if folder.name == BASIS).parent
    within = (folder for folder in (basis, *basis.parents) if folder.is_relative_to(content))
    return any(place.is_symlink() for place in within)
