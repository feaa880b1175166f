"""Cards: pictures to post on networks, each in the shapes that these show large.

Worker processes run these recipes, so the module imports little.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from msgspec.structs import asdict

from microsite.content.files import Source
from microsite.core.problems import text
from microsite.core.records import Record
from microsite.media.photos import encode
from microsite.rendering.print import pictures
from microsite.rendering.print.compiler import Format
from microsite.rendering.print.house import House
from microsite.rendering.print.recipes import ShareView
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.print.typeset import typeset

CARD_BYTES = 90_000
"""The most that a card may weigh, as far as that depends on us."""
_PHOTO_WIDTH = 1080


class Shape(Record):
    """The size of a card in pixels. Networks lay their own bars over ``top`` and ``foot`` of it."""

    name: str
    width: int
    height: int
    top: int = 0
    foot: int = 0


SHAPES = (
    Shape("vierkant", 1080, 1080),
    Shape("staand", 1080, 1350),
    Shape("story", 1080, 1920, top=250, foot=340),
)
"""A square, what takes the most room in lists, and a whole screen."""


class CardView(Record):
    """What a card says. ``note`` has to be known with it: the caveat of a figure, which has a ``source``.

    ``credit`` is who made its photo, ``seen`` the alternative text of its picture.
    """

    said: ShareView
    note: str = ""
    source: str = ""
    credit: str = ""
    seen: str = ""

    @property
    def beside(self) -> str:
        """What has to be read besides what is said."""
        return f"{self.note} {self.source}"

    @property
    def alt(self) -> str:
        """The alternative text of the card: what is to be read and to be seen on it."""
        return " – ".join(filter(None, (self.said.alt, self.note, self.source, self.seen)))


def card(
    template: PrintTemplate, house: House, view: CardView, picture: Source | None, shape: Shape
) -> bytes:
    """A card: a PNG, or a JPEG when it shows a photo. Raises InvalidFile when a text does not fit."""
    shown = pictures.shown(picture, house.colours, partial(encode, width=_PHOTO_WIDTH, kind="jpeg"))
    png = compiled(template, house, view, shown, shape, "png")
    return pictures.light(png, pictures.PHOTO in shown, CARD_BYTES)


def compiled(
    template: PrintTemplate,
    house: House,
    view: CardView,
    shown: Mapping[str, bytes],
    shape: Shape,
    format: Format,
) -> bytes:
    """A card as the compiler makes it. ``shown`` is its picture, by name, or nothing."""
    values: dict[str, Any] = {
        **_texts(view),
        "picture": next(iter(shown), ""),
        "photo": pictures.PHOTO in shown,
        "shape": asdict(shape),
    }
    size = f"{shape.width} × {shape.height}"
    too_long = text("'{words}' does not fit on the card of {size}", words=view.said.words, size=size)
    return typeset(template, house, values, shown, format, too_long, view.alt)


def _texts(view: CardView) -> dict[str, Any]:
    return {**asdict(view.said), "note": view.note, "source": view.source, "credit": view.credit}
