"""What the handbook says of each key: the tables of ``docs/redactie/kenmerken.md``.

They are the one place where a key is explained, so what other editors show is read from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from microsite.content.consents import KEY as CONSENT
from microsite.content.front_matter import Meta
from microsite.core.records import Record
from microsite.core.settings import ENGINE_ROOT

PAGE = ENGINE_ROOT / "docs" / "redactie" / "kenmerken.md"

_TABLE = re.compile(r"^<!-- kenmerken: (\w+) -->\n((?:\|.*\n)+)", re.M)
_ROW = re.compile(r"^\| `([^`|]+)` \| (.*?) \| (.*?) \| (.*?) \|$", re.M)
_CODE = re.compile(r"`([^`]*)`")
_SEE = re.compile(r"(?:[;,]? zie|\. Zie) \[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


class Entry(Record):
    """A row of a table, as it is written. ``required`` begins with the word for yes or no."""

    what: str
    required: str
    example: str

    @property
    def sentence(self) -> str:
        """What the key is, and when it is needed, as sentences without markup."""
        return f"{self.explanation} {self.when}".replace("`", "").rstrip()

    @property
    def explanation(self) -> str:
        """What the key is, as a sentence with the names of keys and choices between backticks."""
        what = _LINK.sub(r"\1", _SEE.sub("", self.what)).removesuffix(".")
        return f"{what[0].upper()}{what[1:]}."

    @property
    def when(self) -> str:
        """When it is needed, in the same way; nothing where that is always or never."""
        word, comma, when = self.required.partition(", ")
        if not comma:
            return ""
        return f"Verplicht {when}." if word == "ja" else f"Hoeft niet, {when}."

    @property
    def sample(self) -> str:
        """A value as it can be typed, or "" where the handbook only shows the form of one."""
        found = _CODE.match(self.example)
        return found[1] if found and "…" not in found[1] else ""


def entry(record: type, path: str) -> Entry:
    """What is said of the key of a record with this dotted path (see ``keys.Key``). Raises KeyError.

    The keys that all pages have are told once, and those of a consent too.
    """
    inside = path.rpartition(f".{CONSENT}.")[2]
    names = ((record.__name__, path), (Meta.__name__, path), (Meta.__name__, f"{CONSENT}.{inside}"))
    found = (tables().get(table, {}).get(key) for table, key in names)
    said = next((row for row in found if row is not None), None)
    if said is None:
        raise KeyError(f"{record.__name__}: {path}")
    return said


@cache
def tables() -> Mapping[str, Mapping[str, Entry]]:
    """The tables by the name of their record: an entry for each key. Raises OSError without the handbook."""
    page = PAGE.read_text(encoding="utf-8")
    return {
        name: {key: Entry(*cells) for key, *cells in _ROW.findall(rows)}
        for name, rows in _TABLE.findall(page)
    }
