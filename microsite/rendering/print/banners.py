"""Stickers and banners for somebody's own site.

Worker processes run these recipes, so the module imports little.
"""

from __future__ import annotations

from msgspec.structs import asdict

from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.rendering.print import pictures
from microsite.rendering.print.house import House
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.print.typeset import typeset

BANNER_BYTES = 60_000
_DENSITY = 2


class Banner(Record):
    """A banner: its size where it is shown, in pixels. The picture has two for each, for dense screens.

    ``signed``: it has the logo on it, for a place where the sender is not known.
    """

    file: str
    label: Text
    width: int
    height: int
    signed: bool = True


BANNERS = (
    Banner("sticker.png", text("Sticker, 240 × 240"), 240, 240, signed=False),
    Banner("banner-blok.png", text("Banner, a block, 300 × 250"), 300, 250),
    Banner("banner-breed.png", text("Banner, wide, 728 × 90"), 728, 90),
)


class BannerView(Record):
    """What banners say: ``lead`` comes before the name of the campaign."""

    language: str
    lead: str
    slogan: str
    alt: str


def banner(template: PrintTemplate, house: House, view: BannerView, size: Banner) -> bytes:
    """A banner as PNG. Raises InvalidFile when the name of the campaign does not fit."""
    values = {
        **asdict(view),
        "slogan": view.slogan if size.signed else "",
        "width": size.width * _DENSITY,
        "height": size.height * _DENSITY,
    }
    too_long = text("'{words}' does not fit on the banner", words=house.campaign)
    png = typeset(template, house, values, {}, "png", too_long)
    return pictures.light(png, False, BANNER_BYTES)
