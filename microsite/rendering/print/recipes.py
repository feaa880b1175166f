"""Recipes of material that is set with Typst: functions that return the bytes of a file from their arguments.

Worker processes run these, so the module imports little.
"""

from __future__ import annotations

from functools import partial

from msgspec.structs import asdict

from microsite.content.files import Source
from microsite.core.problems import text
from microsite.core.records import Record
from microsite.media.photos import encode
from microsite.rendering.print import pictures
from microsite.rendering.print.house import House
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.print.typeset import typeset

SHARE_BYTES = 40_000
"""The most that a share picture may weigh, as far as that depends on us."""
_PHOTO_WIDTH = 900


class ShareView(Record):
    """What a share picture says. ``words`` is its one sentence, between quotation marks when ``quoted``.

    ``below`` explains it, ``by`` and ``about`` say whose words they are. ``remark`` is what has to be said
    with it, ``label`` what kind of page it leads to. Of a ``figure`` the number is the image.
    """

    language: str
    words: str
    quoted: bool = False
    below: str = ""
    by: str = ""
    about: str = ""
    remark: str = ""
    label: str = ""
    figure: bool = False

    @property
    def alt(self) -> str:
        """The alternative text of the picture: what is to be read on it."""
        words = f"“{self.words}”" if self.quoted else self.words
        by = ", ".join(filter(None, (self.by, self.about)))
        lead = f"{self.label}: " if self.label else ""
        return " – ".join(filter(None, (f"{lead}{words}", self.below, by, self.remark)))


def share_picture(template: PrintTemplate, house: House, view: ShareView, picture: Source | None) -> bytes:
    """The picture that networks show with a link: 1200 by 630 pixels, at most SHARE_BYTES.

    It is a PNG, or a JPEG when it shows a photo. Raises InvalidFile when a text does not fit.
    """
    shown = pictures.shown(picture, house.colours, partial(encode, width=_PHOTO_WIDTH, kind="jpeg"))
    values = {**asdict(view), "picture": next(iter(shown), "")}
    too_long = text("'{words}' does not fit on the picture that networks show", words=view.words)
    png = typeset(template, house, values, shown, "png", too_long, view.alt)
    return pictures.light(png, pictures.PHOTO in shown, SHARE_BYTES)
