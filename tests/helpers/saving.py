"""The ways in which programs save a file."""

from __future__ import annotations

import os
from pathlib import Path


def plain(file: Path, content: str) -> None:
    file.write_text(content)


def renamed(file: Path, content: str) -> None:
    """As most editors do."""
    draft = file.with_name(f"{file.name}.tmp")
    draft.write_text(content)
    os.replace(draft, file)


def with_backup(file: Path, content: str) -> None:
    """As vim does."""
    backup = file.with_name(f"{file.name}~")
    os.rename(file, backup)
    file.write_text(content)
    backup.unlink()


def made_again(file: Path, content: str) -> None:
    file.unlink()
    file.write_text(content)


def from_elsewhere(file: Path, content: str) -> None:
    """A file that was written in another folder and moved here, as synchronising programs do."""
    draft = file.parent.parent.parent / "elsewhere.tmp"
    draft.write_text(content)
    os.replace(draft, file)


WAYS = (plain, renamed, with_backup, made_again, from_elsewhere)
