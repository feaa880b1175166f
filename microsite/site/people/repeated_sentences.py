"""Texts with sentences of somebody who withdrew the consent for them, without a name or a reference.

A member's pages are compared in ``withdrawals.py``, and left out when they are copies. A national page, a
brand.yaml or a figure serves more than one person, so there it is told, for somebody to look at.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from microsite.content.files import FileChanged, Source
from microsite.core.problems import Place, Problem, text
from microsite.site.people.mentions import is_read, shown_sources
from microsite.site.people.recalled import Recalled
from microsite.site.people.withdrawals import Withdrawals


def repeated_sentences(
    sources: Iterable[Source],
    pages: Container[str],
    withdrawals: Withdrawals,
    recalled: Recalled,
    national: bool,
) -> Iterator[Problem]:
    """What to report of these files; ``pages`` are the paths of those that are shown pages."""
    yield from recalled.found_in(sources := tuple(sources), national)
    for source in filter(is_read, shown_sources(sources, pages)):
        try:
            there = tuple(withdrawals.repeated_in(source, national and source.path in pages))
            taken = recalled.repeated_in(source)
        except FileChanged:  # the next build reads it: no withdrawal has to wait for it
            continue
        for page, line in there:
            yield Problem(Place(source.name, line), _REPEATED.format(page=page), _LOOK, "warning")
        for ref, line in taken:
            yield Problem(Place(source.name, line), _RECALLED.format(ref=ref), _LOOK, "warning")


_REPEATED = text("these are words of somebody who withdrew the consent for {page}")
_RECALLED = text("these are words of somebody who withdrew consent {ref}")
_LOOK = text("take them away; if they are of somebody else, say it in other words")
