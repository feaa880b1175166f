"""weggehaald.yaml: the addresses of pages that were removed, which servers answer with 410 (Gone)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from microsite.content import schema
from microsite.content.consent import Audience
from microsite.content.files import Source
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record
from microsite.core.urls import server_path

REMOVED = "weggehaald.yaml"


class RemovedPage(Record):
    """``until`` is the last day on which the entry counts. ``audience``: whose sites had it; None is all."""

    address: str
    until: dt.date
    audience: Audience | None = None


class RemovedPages(Record):
    """The keys of weggehaald.yaml."""

    pages: tuple[RemovedPage, ...]


class GonePage(Record):
    """A page that is answered with 410. ``path`` is within the site, ``place`` is where that is decided."""

    path: str
    place: Place


class RemovedEntry(Record):
    """A valid entry of weggehaald.yaml."""

    page: GonePage
    until: dt.date
    audience: Audience | None = None


def read_removed(source: Source | None) -> tuple[tuple[RemovedEntry, ...], tuple[Problem, ...]]:
    """The entries of a layer's weggehaald.yaml, and problems."""
    if source is None:
        return (), ()
    register, places, problems = schema.load(RemovedPages, source)
    if register is None:
        return (), problems
    entries: list[RemovedEntry] = []
    invalid: list[Problem] = []
    for i, page in enumerate(register.pages):
        place = places[f"pages.{i}.address"]
        path = page.address.removeprefix("/")
        if _is_page(path):
            entries.append(RemovedEntry(GonePage(path, place), page.until, page.audience))
        else:
            invalid.append(
                Problem(
                    place,
                    text("'{address}' is not the address of a page", address=page.address),
                    text("write it from the first folder of the site on: verhalen/voorbeeld.html"),
                )
            )
    return tuple(entries), (*problems, *invalid)


def still_gone(entries: Iterable[RemovedEntry], day: dt.date, audience: Audience) -> Iterator[GonePage]:
    """The pages that are answered with 410 on this day, on sites that are this audience."""
    return (entry.page for entry in entries if day <= entry.until and entry.audience in (None, audience))


def _is_page(path: str) -> bool:
    try:
        return server_path(path).endswith(".html")
    except ValueError:
        return False
