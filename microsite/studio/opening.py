"""What a member opens to go on with: is it a member's folder? Nothing is replaced before that is known."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from microsite.content.files import MAX_BYTES
from microsite.core.problems import InvalidFile, Problem, Text, Translate, text
from microsite.core.settings import BRAND_FILE
from microsite.publishing import packing
from microsite.studio import settings


class Refused(Exception):
    """It cannot be opened."""

    def __init__(self, reason: Text, problem: Problem | None = None) -> None:
        super().__init__(reason.sentence)
        self._reason, self._problem = reason, problem

    def render(self, translate: Translate) -> str:
        """Why, in a sentence for the member, without a full stop."""
        if self._problem is None:
            return self._reason.render(translate)
        reason, line = self._problem.message.render(translate), self._problem.place.line or 1
        return self._reason.format(line=line, reason=reason).render(translate)


def unpacked(file: Path) -> dict[str, bytes]:
    """The files in a ZIP, by path, but for those of a site that is in it. Raises Refused."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive.namelist())
            inside = [one for one in archive.infolist() if not one.is_dir() and one.file_size <= MAX_BYTES]
            wanted = [one for one in inside if not one.filename.startswith(f"{packing.SITE}/")]
            return {one.filename: archive.read(one) for one in wanted}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError):
        raise Refused(_NO_ZIP) from None


def folder(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """The member's folder among these files, by path within it: the outermost with a brand.yaml.

    Raises Refused when there is none, when that cannot be read, or when a path leads out of the folder.
    """
    _check(found)
    roots = [path for path in found if PurePosixPath(path).name == BRAND_FILE]
    if not roots:
        raise Refused(_NO_FOLDER)
    root = min(roots, key=lambda path: (path.count("/"), path)).removesuffix(BRAND_FILE)
    try:
        settings.read(found[root + BRAND_FILE])
    except InvalidFile as error:
        raise Refused(_UNREADABLE, error.problem) from None
    return {path.removeprefix(root): data for path, data in found.items() if path.startswith(root)}


def _check(paths: Iterable[str]) -> None:
    """Raise Refused unless each path stays in a folder, on any computer, and none is another's folder."""
    files = {path for path in paths if not path.endswith("/")}
    folders = {str(above) for path in files for above in PurePosixPath(path).parents}
    if any(_LEADS_OUT.search(path) for path in paths) or files & folders:
        raise Refused(_UNSAFE)


_LEADS_OUT = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.{1,2}(?:/|$)|//|[\\\0]")
_NO_ZIP = text("this is no ZIP, or it is damaged: choose the ZIP that you downloaded from the studio")
_NO_FOLDER = text("there is no brand.yaml in it: choose the folder huisstijl, or the ZIP of the studio")
_UNREADABLE = text(
    "brand.yaml in it cannot be read (line {line}: {reason}): choose another, or mend that line"
)
_UNSAFE = text("there are names of files in it that a folder of the studio does not have: choose another")
