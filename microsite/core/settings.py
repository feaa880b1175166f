"""The settings of a build: the campaign's folders, and the options of the command line."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from microsite.core.problems import Text, text
from microsite.core.records import Record

PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the program."""

_SHIPPED = PACKAGE / "shipped"
INSTALLED = _SHIPPED.is_dir()
"""Whether this is a wheel, and not a checkout."""

ENGINE_ROOT = _SHIPPED if INSTALLED else PACKAGE.parent
"""The folder with the templates and assets that come with the program: of the checkout, or in the wheel."""

COMMAND = "microsite" if INSTALLED else "python3 build.py"

NATIONAL = "content/"
"""The name of the layer that all brands share; the slash keeps it apart from the ids of brands."""

BRAND_FILE = "brand.yaml"
WRITING_GUIDE = "schrijfwijzer.yaml"
STUDIO = "studio"
"""The folder in the output with the studio, which no brand may be called."""

BRAND_ID = re.compile(rf"(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9]|{STUDIO})$)[a-z0-9][a-z0-9-]*")
"""The name of a brand's folder: part of addresses and of file names on every system, Windows too."""

_BRAND_KEY = re.compile(rb"""^brand:[ \t]*["']?([a-z0-9][a-z0-9-]*)["']?[ \t]*(?:#.*)?\r?$""", re.M)

STATE_FOLDER = ".microsite"
"""The folder in the output for what is kept between builds."""

ZIP_SUFFIX = ".zip"

MATERIAL_FOLDER = "materiaal"
"""The folder for material in a ZIP, and the end of the name of the one beside a site."""

MATERIAL_INDEX = "index.html"
"""The page in that folder that lists what is in it."""

AGREEMENT_FOLDER = "voor-akkoord"
"""Where pages go that are shown to the person before they are public: beside ``content/``, as what is below
the output may be put online."""

Host = Literal["apache", "wordpress", "iis", "nginx", "pages", "netlify"]
"""The kinds of hosts that HOSTING.txt has a guide for (see ``rendering.hosting.servers.GUIDES``)."""

Material = Literal["share", "cards", "office", "print", "web"]
"""What can be made of a site besides its pages: the pictures that networks show with links, cards to post,
files for office programs, what is printed, and what stands on other sites and below e-mails."""

MATERIALS: tuple[Material, ...] = get_args(Material)
"""What is made when a brand.yaml does not say. Share pictures are in the site, everything is in the pack."""

MATERIAL_CHOICES: dict[str, tuple[Material, ...]] = {"none": (), "share": ("share",), "all": MATERIALS}
"""The values of ``--material``, which goes over what a brand.yaml says."""

Cms = Literal["decap", "sveltia"]
"""The programs to write in a browser with, that keep texts in files (see ``commands.editors.cms``)."""

CMS_CHOICES: tuple[Cms, ...] = get_args(Cms)

Progress = Callable[[str, int, int], None]
"""Called during long work with its name, the number of items that are done and the total."""


def not_an_id(name: str) -> Text:
    """The message about a name that does not match ``BRAND_ID``."""
    if name == STUDIO:
        return text("'{name}' cannot be a brand's folder: the studio stands there", name=name)
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
            with contextlib.suppress(ValueError):
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
    are errors. ``jobs`` is the number of processes. ``materials`` are made instead of what each brand.yaml
    says, unless it is None. With ``packed``, all material of a site is made, not only what stands on it.
    """

    day: dt.date
    strict: bool = False
    jobs: int = 1
    materials: tuple[Material, ...] | None = None
    packed: bool = False
