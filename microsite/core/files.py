"""Writing files."""

from __future__ import annotations

import os
from pathlib import Path


def replace_file(file: Path, data: bytes) -> None:
    """Make a file have these bytes, in one step: readers see the old ones or the new ones."""
    if file.is_file() and file.read_bytes() == data:
        return
    draft = file.with_name(f".{file.name}.new")
    draft.write_bytes(data)
    os.replace(draft, file)
