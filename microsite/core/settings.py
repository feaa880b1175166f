"""What a build is asked: which campaign, where to, and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from microsite.core.records import Record

ENGINE_ROOT = Path(__file__).resolve().parents[2]
"""Where the engine is, with the campaign's own templates and assets."""

NATIONAL = "content/"
"""The layer that all brands share; with a slash, so that no brand can be called that."""

BRAND_FILE = "brand.yaml"
HOME_BRAND = "sociaal-werkt"
"""The brand that is built when none is named: the national campaign itself."""

STATE = ".microsite"
"""The folder beside the sites with what is known of them."""

PACKED = ".zip"
"""How the ZIP of a site is called, behind the name of its folder."""

Host = Literal["apache", "wordpress", "iis", "nginx", "pages", "netlify"]
"""The kinds of hosts that HOSTING.txt has a guide for (see ``rendering.hosting.servers.GUIDES``)."""

Progress = Callable[[str, int, int], None]
"""Told of long work: what it is, how much is done, how much there is."""


class Project(Record):
    """Somebody's campaign: a folder with ``content/`` and ``brands/``; templates and assets may be ours."""

    root: Path
    output: Path

    def part(self, name: str) -> Path:
        own = self.root / name
        return own if own.is_dir() else ENGINE_ROOT / name

    def name_of(self, path: Path) -> str:
        """How a path is called in messages: from the project's folder, without the machine's own folders."""
        for root in (self.root, ENGINE_ROOT):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.name

    @property
    def state(self) -> Path:
        return self.output / STATE

    @property
    def compiled(self) -> Path:
        """Where compiled templates are kept: ours with our own code, as Python keeps that of modules."""
        folder = self.part("templates")
        return (
            folder / "__pycache__"
            if folder == ENGINE_ROOT / "templates"
            else self.state / "store" / "templates"
        )


class Options(Record):
    """How to build. ``day`` decides what exists; ``strict`` makes warnings errors."""

    day: dt.date
    strict: bool = False
    jobs: int = 1
