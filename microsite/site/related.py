"""Related pages: which other pages of a site each page leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from microsite.core.records import Record
from microsite.rendering.views import Card
from microsite.site.page import Page

RELATED = 3
"""How many related pages a page shows at most."""


class RelatedPages(Record):
    """The pages to go on to: those on the same themes, and the neighbours in the list of the section."""

    related: tuple[Card, ...]
    previous: Card | None
    next: Card | None


def related_pages(pages: Sequence[Page]) -> dict[str, RelatedPages]:
    """The related pages of each page, by path. ``pages`` are in the order of their lists."""
    related = _by_themes(pages)
    found = {}
    for i, page in enumerate(pages):
        before = pages[i - 1] if i and _same_list(pages[i - 1], page) else None
        after = pages[i + 1] if i + 1 < len(pages) and _same_list(pages[i + 1], page) else None
        found[page.path] = RelatedPages(
            related[page.path], before.card if before else None, after.card if after else None
        )
    return found


def _by_themes(pages: Sequence[Page]) -> dict[str, tuple[Card, ...]]:
    """For each page the ``RELATED`` pages of its section that share most themes and are near in the list.

    Only neighbours in the list of each theme are compared, so the cost is linear in the number of pages.
    """
    tags = [frozenset(page.meta.tags) for page in pages]
    wholes = [page.document.parent for page in pages]
    result = {}
    for page, own_tags, positions in zip(pages, tags, _positions(pages), strict=True):
        found: dict[int, tuple[int, int, str, int]] = {}
        for listed, index in positions:
            for step in range(1, min(RELATED + 1, len(listed))):
                other = listed[(index + step) % len(listed)]
                if other not in found and wholes[other] != page.document.path:  # not a part of this page
                    found[other] = -len(own_tags & tags[other]), step, pages[other].path, other
        result[page.path] = tuple([pages[other].card for *_, other in sorted(found.values())[:RELATED]])
    return result


def _positions(pages: Sequence[Page]) -> list[list[tuple[list[int], int]]]:
    """For each page the lists of its themes in its section, each with its index there."""
    lists: dict[tuple[str, str], list[int]] = defaultdict(list)
    positions = []
    for number, page in enumerate(pages):
        own = [lists[page.document.section, tag] for tag in page.meta.tags]
        positions.append([(listed, len(listed)) for listed in own])
        for listed in own:
            listed.append(number)
    return positions


def _same_list(one: Page, other: Page) -> bool:
    return bool(one.kind.section) and one.kind is other.kind
