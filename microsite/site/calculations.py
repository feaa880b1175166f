"""The pages of figures that a member calculated itself: all that is assumed, for who wants to check it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from microsite.content.front_matter import Plain
from microsite.content.kinds import CALCULATION
from microsite.core.problems import text
from microsite.rendering.artifact import Artifact
from microsite.rendering.views import NavLink
from microsite.site.context import SiteContext
from microsite.site.links import FIGURES
from microsite.site.worksheets.sheet import plain
from microsite.site.worksheets.sroi import sheet_view


def calculation_pages(context: SiteContext) -> Iterator[Artifact]:
    """A page of each. ``filled_in`` is its sheet as the page of the worksheet has it behind its ``#``."""
    pages = context.library.pages
    worksheet = next((p.path for p in pages if isinstance(p.meta, Plain) and p.meta.worksheet == "sroi"), "")
    figures = NavLink(context.translate(text("All figures")), FIGURES, ours=True)
    for fact in context.library.calculations:
        yield context.generated(
            fact.page,
            CALCULATION,
            "",
            context.translate(text("The calculation: {title}", title=fact.sheet.title)),
            context.translate(text("Where this figure comes from, with all that is assumed.")),
            crumbs=(*context.crumbs(""), figures),
            fact=fact,
            account=fact.sheet.account,
            worked=sheet_view(context, fact.sheet),
            worksheet=worksheet,
            filled_in=json.dumps(plain(fact.sheet), ensure_ascii=False),
        )
