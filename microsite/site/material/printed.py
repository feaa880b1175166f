"""What all printed material is planned with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from posixpath import splitext

from microsite.content.facts import Fact
from microsite.content.files import Source
from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.rendering.print.sheets import FigureView, Paper, SheetView, Way, sheet, thumbnail
from microsite.rendering.print.templates import PrintTemplate
from microsite.site.context import SiteContext
from microsite.site.material.item import MaterialFile, in_house_style, year
from microsite.site.page import Page

Printing = Mapping[str, PrintTemplate]


class Print(Record):
    """A way to print a view: the name of the template, the end of the file's name, and the paper.

    With ``bleed`` it is for a printing office, with an edge that is cut off. What can be ``on_site`` too has
    one page.
    """

    template: str
    name: str
    label: Text
    paper: Paper
    bleed: bool = False
    on_site: bool = False

    def file(
        self,
        printing: Printing,
        view: SheetView,
        page: Page | None = None,
        picture: Source | None = None,
        changed: dt.date | None = None,
    ) -> MaterialFile:
        """The file of a view of a page, or of the whole campaign, last ``changed`` on a day."""
        start = f"{splitext(page.path)[0]}-{self.name}" if page else self.name
        changed = page.card.changed if page else changed
        shown = {"template": printing[self.template], "view": view, "paper": self.paper, "picture": picture}
        file = in_house_style(f"{start}.pdf", sheet, page, **shown, bleed=self.bleed, changed=changed)
        small = in_house_style(f"{start}-klein.png", thumbnail, page, **shown) if self.on_site else None
        path = page.path if page else ""
        return MaterialFile(self.label, "PDF", file, path, thumbnail=small)


def last_change(pages: Iterable[Page]) -> dt.date | None:
    """The day on which the last of these pages was changed; None without any that has a date."""
    return max(filter(None, (page.card.changed for page in pages)), default=None)


def figure_view(fact: Fact, context: SiteContext) -> FigureView:
    """A figure as it is printed: with its source and the year that it is of."""
    source = context.translate(text("Source: {name}", name=fact.source.publisher))
    return FigureView(fact.text, fact.label, f"{source}, {year(fact, context.translate)}", fact.caveat)


def way_to(context: SiteContext, ask: str, path: str, title: str) -> Way:
    """The way to a page of the site, with what is asked of who takes it."""
    return Way(ask, path, context.translate(text("QR code of the page ‘{title}’", title=title)))
