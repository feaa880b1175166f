"""Which rows of the desk are shown, and in which order, as the query of its address says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from microsite.core.records import Record
from microsite.preview.desk import Row
from microsite.preview.standing import LABELS

SORTS: Mapping[str, Callable[[Row], Any]] = {
    "title": lambda row: (row.title or row.name).casefold(),
    "kind": lambda row: row.document.kind.name,
    "status": lambda row: [*LABELS].index(row.standing.name),
    "layer": lambda row: row.layer.sentence,
    "consent": lambda row: row.days,
    "words": lambda row: row.words,
    "ease": lambda row: row.ease.score if row.ease is not None else None,
    "attention": lambda row: row.attention,
}
"""The columns, each with what it is sorted by; None is last whatever the direction."""


class Choice(Record):
    """What is unknown in an address is as if it was not said. ``down``: the largest first."""

    words: str = ""
    status: str = ""
    kind: str = ""
    attention: bool = False
    sort: str = ""
    down: bool = False

    def apply(self, rows: Iterable[Row]) -> list[Row]:
        shown = [row for row in rows if self._fits(row)]
        if self.sort not in SORTS:
            return shown
        key = SORTS[self.sort]
        known = sorted((row for row in shown if key(row) is not None), key=key, reverse=self.down)
        return [*known, *(row for row in shown if key(row) is None)]

    def _fits(self, row: Row) -> bool:
        where = f"{row.title} {row.name}".casefold()
        return (
            all(word in where for word in self.words.casefold().split())
            and self.status in ("", row.standing.name)
            and self.kind in ("", row.document.kind.name)
            and not (self.attention and not row.attention)
        )

    def sorted_by(self, column: str) -> str:
        """The query that sorts by a column, or the other way round when it does already."""
        down = "" if self.sort != column or self.down else "1"
        return self._query(sort=column, down=down)

    def _query(self, **changes: str) -> str:
        known = {"q": self.words, "status": self.status, "kind": self.kind, "sort": self.sort}
        known |= {"attention": "1" if self.attention else "", "down": "1" if self.down else ""}
        return urlencode({name: value for name, value in (known | changes).items() if value})


def choice_of(query: Mapping[str, str]) -> Choice:
    return Choice(
        query.get("q", ""),
        query.get("status", ""),
        query.get("kind", ""),
        bool(query.get("attention")),
        query.get("sort", ""),
        bool(query.get("down")),
    )
