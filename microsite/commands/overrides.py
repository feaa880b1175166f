"""A member's overrides of national pages: comparing and accepting them.

Symbolic links are not followed, so nothing outside the brand's folder is written.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from pathlib import Path

from microsite.commands.compare import Change, changes, replaced
from microsite.commands.errors import CommandError
from microsite.content.baselines import BASELINES, is_linked
from microsite.content.documents import parse
from microsite.content.files import decode
from microsite.content.overrides import MarkdownFile, name_clash
from microsite.core.languages import translated
from microsite.core.problems import InvalidFile, Text, text
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL
from microsite.site.people.admission import national_refusal


class Override(Record):
    """A member's file that overrides a national page. ``path`` is relative to ``content/``."""

    path: str
    own: Path
    national: Path
    baseline: Path

    @property
    def version(self) -> str:
        """The version of the national page as it is now."""
        return _national(self.path, self.national).version

    @property
    def based_on(self) -> str:
        """The version of the national page that the override was made for; "" when it does not say."""
        found = _BASED_ON.search(_front_matter(_text(self.own))[0])
        return found[2].strip("\"' ") if found else ""


_BASED_ON = re.compile(r"^(based_on:[ \t]*)([^\n#]*?)([ \t]*(?:#[^\n]*)?)$", re.M)


def overrides(content: Path, brand: Path) -> tuple[Override, ...]:
    """The overrides in a brand's folder, by path."""
    own = brand / "content"
    found = []
    for file in sorted(own.rglob("*.md")) if not own.is_symlink() else ():
        path = file.relative_to(own).as_posix()
        hidden = any(part.startswith(".") for part in path.split("/"))
        if hidden or file.is_symlink() or not (content / path).is_file():
            continue
        if not _clashes(path, content, own):
            found.append(Override(path, file, content / path, own / BASELINES / path))
    return tuple(found)


def _clashes(path: str, content: Path, own: Path) -> bool:
    """Whether the member's file is a page of its own, or a translation of one, that overrides nothing."""
    page, language = translated(path)
    original = _file(page, content, own) if language else None
    try:
        return name_clash(replace(_file(path, content, own), original=original)) is not None
    except InvalidFile:
        return False  # reported where the file is read


def _file(path: str, content: Path, own: Path) -> MarkdownFile:
    """The member's file over the national one, as far as they exist."""
    base = _national(path, content / path) if (content / path).is_file() else None
    data = (own / path).read_bytes() if (own / path).is_file() else b""
    return MarkdownFile(path, path, own.parent.name, data, base if data else None)


def withheld_reason(override: Override, day: dt.date) -> Text | None:
    """Why consent keeps the national page off every site on this day; None when it does not."""
    path, language = translated(override.path)
    file = override.national.with_name(Path(path).name) if language else override.national
    return national_refusal(parse(_national(path, file)), day) if file.is_file() else None


def accept(override: Override, keep: bool) -> bool:
    """Set ``based_on`` to the current version of the national page; False when it was that already.

    With ``keep`` the national page is saved as the baseline of the next ``diff``.
    """
    version = override.version
    if keep:
        _write(override.baseline, override.national.read_bytes())
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
    """The changes of a national page since an override was accepted.

    ``known``: whether there is a baseline to compare with.
    """

    changes: tuple[Change, ...]
    known: bool


def diff(override: Override) -> Difference | None:
    """The changes since the override was accepted; None when there are none."""
    if override.based_on == override.version:
        return None
    now, own = _text(override.national), _text(override.own)
    if not override.baseline.is_file() or is_linked(override.baseline):
        return Difference(replaced(now, own), known=False)
    return Difference(changes(_text(override.baseline), now, own), known=True)


def _national(path: str, file: Path) -> MarkdownFile:
    return MarkdownFile(path, path, NATIONAL, file.read_bytes())


def _write(file: Path, data: bytes) -> None:
    """Replace a file, never writing through a link."""
    if BASELINES in file.parts and is_linked(file.parent):
        raise CommandError(text("{file} is a link to another place, which is not followed", file=file.parent))
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
        raise CommandError(stop.problem.message) from None


def _front_matter(raw: str) -> tuple[str, str]:
    """(front matter with its opening line, the rest from the closing line on)."""
    found = re.match(r"(\ufeff?---[ \t]*\r?\n.*?)(^---[ \t]*\r?$.*)", raw, re.S | re.M)
    if found is None:
        raise CommandError(text("the front matter is not closed"))
    return found[1], found[2]
