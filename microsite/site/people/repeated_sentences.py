"""Texts with sentences of somebody who withdrew the consent for them, without a name or a reference.

A member's pages are compared in ``withdrawals.py``, and left out when they are copies. A national page, a
brand.yaml or a figure serves more than one person, so there it is told, for somebody to look at.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from microsite.content.files import FileChanged, Source
from microsite.core.problems import Place, Problem, text
from microsite.site.people.mentions import is_read, shown_sources
from microsite.site.people.withdrawals import Withdrawals


def repeated_sentences(
    sources: Iterable[Source], pages: Container[str], withdrawals: Withdrawals, national: bool
) -> Iterator[Problem]:
    """What to report of these files; ``pages`` are the paths of those that are shown pages."""
    for source in filter(is_read, shown_sources(sources, pages)):
        try:
            whole = source.read().decode("utf-8", "replace")
        except FileChanged:  # the next build reads it: no withdrawal has to wait for it
            continue
        for page, line in withdrawals.repeated_in(whole, national and source.path in pages):
            yield Problem(Place(source.name, line), _REPEATED.format(page=page), _LOOK, "warning")


_REPEATED = text("these are words of somebody who withdrew the consent for {page}")
_LOOK = text("take them away; if they are of somebody else, say it in other words")
