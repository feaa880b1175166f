"""What a member does with its own folder: begin one, and keep its changes in step with the national pages.

The only module that writes in a brand's folder, and only where somebody asked for it. Links are not
followed: what is written stays in the folder.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

from microsite.brand import colour, logos
from microsite.commands.compare import Change, changes, replaced
from microsite.content.baselines import BASIS, linked
from microsite.content.documents import parse
from microsite.content.files import decode
from microsite.content.overrides import File
from microsite.core.languages import translated
from microsite.core.problems import InvalidFile, Text, Translate, text
from microsite.core.records import Record
from microsite.core.settings import BRAND_FILE, NATIONAL
from microsite.media.photos import ENDINGS
from microsite.site.admission import national_refusal


class Impossible(Exception):
    """It cannot be done. ``args`` are the Texts that say why and what to do."""


class Override(Record):
    """A member's file that changes a national page. Paths are those in ``content/``."""

    path: str
    own: Path
    national: Path
    basis: Path

    @property
    def version(self) -> str:
        """What ``based_on`` reads when the change was made to the national page as it is now."""
        return _national(self.path, self.national).version

    @property
    def based_on(self) -> str:
        found = _BASED_ON.search(_front_matter(_text(self.own))[0])
        return found[2].strip("\"' ") if found else ""


_BASED_ON = re.compile(r"^(based_on:[ \t]*)([^\n#]*?)([ \t]*(?:#[^\n]*)?)$", re.M)


def overrides(content: Path, brand: Path) -> tuple[Override, ...]:
    """The files in a brand's ``content/`` that change a national page, by path."""
    own = brand / "content"
    found = []
    for file in sorted(own.rglob("*.md")) if not own.is_symlink() else ():
        path = file.relative_to(own).as_posix()
        hidden = any(part.startswith(".") for part in path.split("/"))
        if not hidden and not file.is_symlink() and (content / path).is_file():
            found.append(Override(path, file, content / path, own / BASIS / path))
    return tuple(found)


def left_out(override: Override, day: dt.date) -> Text | None:
    """Why nobody may show the national page on this day; None when consent does not stand in the way."""
    path, language = translated(override.path)
    file = override.national.with_name(Path(path).name) if language else override.national
    return national_refusal(parse(_national(path, file)), day) if file.is_file() else None


def accept(override: Override, keep: bool) -> bool:
    """Note in the member's file that it stands on the national page as it is now; False when it did already.

    Only the line ``based_on`` is written. With ``keep`` the national page is kept beside it, for ``diff``.
    """
    version = override.version
    if keep:
        _write(override.basis, override.national.read_bytes())
    if override.based_on == version:
        return False
    raw = override.own.read_bytes().decode("utf-8")
    header, rest = _front_matter(raw)
    newline = "\r\n" if "\r\n" in header else "\n"
    if _BASED_ON.search(header):
        header = _BASED_ON.sub(lambda found: f"{found[1]}{version}{found[3]}", header, count=1)
    else:
        header = f"{header}based_on: {version}{newline}"
    _write(override.own, (header + rest).encode("utf-8"))
    return True


class Difference(Record):
    """How a national page moved on under a member's change; ``known`` is whether it was kept how it was."""

    changes: tuple[Change, ...]
    known: bool


def diff(override: Override) -> Difference | None:
    """What has changed nationally since a change was accepted; None when nothing has."""
    if override.based_on == override.version:
        return None
    now, own = _text(override.national), _text(override.own)
    if not override.basis.is_file() or linked(override.basis):
        return Difference(replaced(now, own), known=False)
    return Difference(changes(_text(override.basis), now, own), known=True)


def _national(path: str, file: Path) -> File:
    return File(path, path, NATIONAL, file.read_bytes())


def _write(file: Path, data: bytes) -> None:
    """Put a new file in the place of what is there, so that nothing is written through a link."""
    if BASIS in file.parts and linked(file.parent):
        raise Impossible(text("{file} is a link to another place, which is not followed", file=file.parent))
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.new")
    draft.unlink(missing_ok=True)
    with draft.open("xb") as stream:
        stream.write(data)
    if file.is_file() and not file.is_symlink():
        shutil.copymode(file, draft)
    os.replace(draft, file)


def _text(file: Path) -> str:
    try:
        return decode(file.read_bytes(), file.name)
    except InvalidFile as stop:
        raise Impossible(stop.problem.message) from None


def _front_matter(raw: str) -> tuple[str, str]:
    """(from the first line up to the closing '---', from there on)."""
    found = re.match(r"(\ufeff?---[ \t]*\r?\n.*?)(^---[ \t]*\r?$.*)", raw, re.S | re.M)
    if found is None:
        raise Impossible(text("the front matter is not closed"))
    return found[1], found[2]


# ── a new brand ───────────────────────────────────────────────────────────────


class Beginning(Record):
    """The three things that a brand cannot do without, each as ``good_name`` and so on give it."""

    name: str
    logo: Path
    colour: str


def refuse_folder(folder: Path) -> None:
    """Raise Impossible when no brand can begin in this folder."""
    if folder.exists():
        raise Impossible(text("there is already a folder {folder}", folder=folder.name))
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", folder.name):
        raise Impossible(
            text("'{name}' cannot be a brand's folder: use small letters, digits, hyphens", name=folder.name)
        )


def good_name(given: str) -> str:
    """What the organisation is called; raises Impossible, as the next two, when it cannot be used."""
    if not given.strip():
        raise Impossible(text("'{key}' is empty", key="name"))
    return given.strip()


def good_logo(given: str) -> Path:
    """The file that is meant: a terminal puts quotes or backslashes in what is dragged to it."""
    file = Path(given).expanduser()
    if not file.exists():
        with contextlib.suppress(ValueError):
            (meant,) = shlex.split(given)
            file = Path(meant).expanduser()
    if not file.is_file() or file.suffix.lower() not in ENDINGS:
        raise Impossible(text("there is no image '{src}'", src=file))
    try:
        logos.examine(file.read_bytes(), file.suffix.lower() == ".svg")
    except InvalidFile as invalid:
        raise Impossible(
            *(said for problem in invalid.problems for said in (problem.message, problem.hint) if said)
        ) from None
    return file


def good_colour(given: str) -> str:
    """As ``#rrggbb``: without the quotes that it has in brand.yaml, with the '#' that is often left out."""
    bare = given.strip("'\"")
    try:
        return colour.parse(f"#{bare}" if re.fullmatch("[0-9A-Fa-f]{6}", bare) else bare)
    except colour.InvalidColour as error:
        raise Impossible(error.message, error.hint) from None


def begin(folder: Path, given: Beginning, say: Translate) -> tuple[Path, ...]:
    """Make a brand's folder with a commented brand.yaml and the logo; returns what was written."""
    logo = folder / f"logo{given.logo.suffix.lower()}"
    folder.mkdir(parents=True)
    shutil.copyfile(given.logo, logo)
    settings = folder / BRAND_FILE
    settings.write_text(_settings(given.name, logo.name, given.colour, say), encoding="utf-8")
    return settings, logo


def _settings(name: str, logo: str, colour: str, say: Translate) -> str:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    lines: Sequence[str | Text] = (
        text("These three are all that is needed."),
        f'name: "{quoted}"',
        f"logo: {logo}",
        f"colour: '{colour}'",
        "",
        text("The rest may stay away. Take off the '#' before a line to use it."),
        "# second_colour: '#f2b632'",
        "# tokens: huisstijl.tokens.json",
        "# logo_width: 180",
        "# font: hanken-grotesk",
        "# url: https://www.example.nl/campagne/",
        "# region: Voorbeeldstad",
        "# contact:",
        "#   role: Communicatie",
        "#   email: info@example.nl",
        "#   phone: 012 345 67 89",
        "# contacts:",
        "#   - {themes: [gezondheid], role: Team gezondheid, email: gezondheid@example.nl}",
        "# texts:",
        "#   welcome: Welkom bij ons in Voorbeeldstad.",
        "#   call_to_action: Kom eens langs.",
        "#   about: Wij werken in elf wijken.",
        "# profiles:",
        "#   - {name: LinkedIn, url: https://www.linkedin.com/company/voorbeeld}",
        "# hide: [nieuws/nieuwe-site.md]",
    )
    return "\n".join(f"# {line.render(say)}" if isinstance(line, Text) else line for line in lines) + "\n"
