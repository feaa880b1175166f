"""Who sends an office file: its house style, what its brand fills in, and whom it knows nearby."""

from __future__ import annotations

from microsite.core.fingerprints import Fingerprints
from microsite.core.records import Record
from microsite.rendering.office.house_style import HouseStyle
from microsite.rendering.office.slots import Filled


class Place(Record):
    """A place on the social map: who is there, for what, and how to reach them."""

    name: str
    offer: str
    reach: str


class Sender(Record):
    """An organisation as its office files show it.

    ``line`` says who sends them, ``filled`` are the slots that brand.yaml fills, and ``values`` what the
    placeholders in texts of the site say. ``colours`` are those of drawings, by role.
    """

    style: HouseStyle
    line: str
    filled: Filled
    values: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    colours: tuple[tuple[str, str], ...] = ()

    def fingerprint(self, name: Fingerprints) -> str:
        """Of files their contents, wherever they are."""
        style = self.style
        files = tuple(source.digest for source in (*style.fonts, style.logo))
        own = (style.name, style.language, style.shades, style.plate, files)
        return name((own, self.line, self.filled, self.values, self.places, self.colours))

    def value(self, name: str) -> str:
        """What a placeholder in a text of the site says; "" for one without a value."""
        return dict(self.values).get(name, "")
