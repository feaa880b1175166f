"""Facts on pages: their numbered uses, and the charts made of them."""

from __future__ import annotations

from collections.abc import Mapping

from microsite.content.documents import Document
from microsite.content.facts import Fact
from microsite.content.front_matter import Chart, Evidence
from microsite.core.problems import Place, Problem, did_you_mean, text
from microsite.media import charts
from microsite.rendering.views import FactUse, Plot
from microsite.site.expired_facts import Expired, not_shown
from microsite.site.links import Report

Uses = dict[str, FactUse]
"""The facts on one page, by id, in the order of their numbers."""


class FactResolver:
    """Looks up facts in the register of one site; ``facts`` is None when that could not be read.

    Those that were ``refused`` are not reported as missing: that is told where they are.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact] | None,
        expired: Expired,
        report: Report,
        refused: frozenset[str] = frozenset(),
    ) -> None:
        self._facts = facts
        self._expired = expired
        self._report = report
        self._refused = refused

    def use(self, id: str, place: Place, uses: Uses) -> FactUse | None:
        """The use of this fact on a page, added to its ``uses``; None without one that is valid."""
        if self._facts is None:
            return None
        fact = self._facts.get(id)
        if fact is None and id in self._refused:
            return None
        if fact is None:
            message = text("there is no fact '{id}' in the register", id=id)
            self._report(Problem(place, message, did_you_mean(id, self._facts)))
            return None
        if id in self._expired:
            self._report(not_shown(id, self._expired[id], place))
            return None
        return uses.setdefault(id, FactUse(len(uses) + 1, id, fact))

    def plots(self, document: Document, meta: Evidence, uses: Uses) -> tuple[Plot, ...]:
        """The charts of a piece of evidence that compare figures: one alone is no chart."""
        plots = [self._plot(document, f"charts.{i}", chart, uses) for i, chart in enumerate(meta.charts)]
        return tuple([plot for plot in plots if len(plot.rows) > 1])

    def _plot(self, document: Document, key: str, chart: Chart, uses: Uses) -> Plot:
        found = [
            (row.label, self.use(row.fact, document.place(f"{key}.rows.{n}.fact"), uses))
            for n, row in enumerate(chart.rows)
        ]
        rows = tuple((label, use) for label, use in found if use is not None)
        units = sorted({use.fact.unit for _, use in rows})
        if len(units) > 1:
            message = text(
                "this chart sets figures of different kinds side by side: {units}", units="; ".join(units)
            )
            hint = text("take figures with the same 'unit', or make two charts")
            self._report(Problem(document.place(key), message, hint))
        points = [(label, use.fact.text, use.fact.value) for label, use in rows]
        caveats = {use.fact.caveat for _, use in rows}
        shared = caveats.pop() if len(caveats) == 1 else ""
        return Plot(chart.title, charts.chart(chart.shape, points, chart.whole), rows, shared)
