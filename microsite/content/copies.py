"""Copies of texts that programs leave beside the original, such as ``anouk (1).md``."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

_CONFLICT = re.compile(
    r"""(?P<stem>.+?)[ ._-]*(?:
    \([^()]*conflict[^()]*\)  # Dropbox, Nextcloud: "(conflicterende kopie van Jan 2026-11-01)"
    | [._-](?:sync-)?conflict-\d{6,}.*  # Syncthing, ownCloud
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_COPY = re.compile(
    r"""(?P<stem>.+?)(?:
    [ _-]?\(\d{1,2}\)  # browsers, Google Drive
    | [ ]\d  # iCloud, Finder
    | [ _-]+(?:[Kk]opie|[Cc]opy)(?:[ _-]?\(?\d{1,2}\)?)?  # Explorer, Finder
    | -(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{4,}(?:-\d)?  # OneDrive: the name of a computer
    )
    | (?:[Kk]opie[ ]van|[Cc]opy[ ]of)[ ](?P<named>.+)""",
    re.VERBOSE,
)


def copied_from(path: str, titles: Mapping[str, str]) -> str:
    """The path of the text that the one at ``path`` is a copy of; "" for a text of its own.

    A name that speaks of a conflict is enough. Another name of a copy may well be that of a new page, so then
    the original has to be there too, with the same title. ``titles`` are those of all texts by path.
    """
    folder, name = posixpath.split(path)
    stem = name.removesuffix(".md")
    if found := _CONFLICT.fullmatch(stem):
        return posixpath.join(folder, f"{found['stem']}.md")
    if not (found := _COPY.fullmatch(stem)):
        return ""
    original = posixpath.join(folder, f"{found['stem'] or found['named']}.md")
    return original if titles.get(original) and titles[original] == titles.get(path) else ""
