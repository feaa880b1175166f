"""The settings of a build: the campaign's folders, and the options of the command line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from microsite.core.problems import Text, text
from microsite.core.records import Record

ENGINE_ROOT = Path(__file__).resolve().parents[2]
"""The folder of the engine, with the templates and assets that come with it."""

NATIONAL = "content/"
"""The name of the layer that all brands share; the slash keeps it apart from the ids of brands."""

BRAND_FILE = "brand.yaml"
BRAND_ID = re.compile(r"(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9])$)[a-z0-9][a-z0-9-]*")
"""The name of a brand's folder: part of addresses and of file names on every system, Windows too."""

_BRAND_KEY = re.compile(rb"""^brand:[ \t]*["']?([a-z0-9][a-z0-9-]*)["']?[ \t]*(?:#.*)?\r?$""", re.M)

STATE_FOLDER = ".microsite"
"""The folder in the output for what is kept between builds."""

ZIP_SUFFIX = ".zip"

Host = Literal["apache", "wordpress", "iis", "nginx", "pages", "netlify"]
"""The kinds of hosts that HOSTING.txt has a guide for (see ``rendering.hosting.servers.GUIDES``)."""

Progress = Callable[[str, int, int], None]
"""Called during long work with its name, the number of items that are done and the total."""


def not_an_id(name: str) -> Text:
    """The message about a name that does not match ``BRAND_ID``."""
    if re.fullmatch(r"[a-z0-9-]+", name) and not name.startswith("-"):
        return text("'{name}' cannot be a brand's folder: Windows keeps that name for itself", name=name)
    return text("'{name}' cannot be a brand's folder: use small letters, digits, hyphens", name=name)


class Project(Record):
    """A campaign: a folder with ``content/`` and ``brands/``, and the folder that sites are built in."""

    root: Path
    output: Path

    def folder(self, name: str) -> Path:
        """Return the campaign's folder of this name, or the engine's when it has none."""
        own = self.root / name
        return own if own.is_dir() else ENGINE_ROOT / name

    def design_folders(self, name: str) -> tuple[Path, ...]:
        """Return the engine's folder of templates or assets, and the campaign's, whose files go over ours."""
        return tuple(dict.fromkeys((ENGINE_ROOT / name, self.root / name)))

    def display_path(self, path: Path) -> str:
        """Return a path for messages: relative to the campaign or the engine, else its last part."""
        for root in (self.root, ENGINE_ROOT):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.name

    @property
    def campaign_brand(self) -> Path | None:
        """The folder of the campaign's own brand, which ``brand`` in site.yaml names; None without one.

        It is built when no brand is given, and its contact stands in where a member has none.
        """
        try:
            settings = (self.folder("content") / "site.yaml").read_bytes()
        except OSError:
            return None
        found = _BRAND_KEY.search(settings)  # YAML is read later: a build with nothing to do needs none of it
        return self.folder("brands") / found[1].decode() if found else None

    @property
    def state_folder(self) -> Path:
        return self.output / STATE_FOLDER

    @property
    def template_cache(self) -> Path:
        """The folder for compiled templates; those of the engine are shared by all campaigns."""
        ours, *own = self.design_folders("templates")
        shared = not any(folder.is_dir() for folder in own)
        return ours / "__pycache__" if shared else self.state_folder / "store" / "templates"


class Options(Record):
    """The options of a build.

    ``day`` stands for today: it decides what is published. With ``strict``, warnings
    are errors. ``jobs`` is the number of processes.
    """

    day: dt.date
    strict: bool = False
    jobs: int = 1
