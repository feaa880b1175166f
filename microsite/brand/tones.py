"""Three tones of a brand for drawings, each in a fixed range of lightness.

A brand may choose any colour, so in a drawing no part in the brand's own colour is
certain to stand out from hair, skin or the next part. Parts in different tones are.
"""

from __future__ import annotations

from typing import NamedTuple

from microsite.brand.colour import parse, to_hex, to_oklch

RANGES = {"pale": (0.76, 0.92), "mid": (0.54, 0.62), "deep": (0.0, 0.40)}
"""OKLCH lightness of each tone, lowest and highest."""


class Tones(NamedTuple):
    """``#rrggbb``: each is the colour of the brand nearest to its range, moved no more than needed."""

    pale: str
    mid: str
    deep: str


def tones(brand: str, second: str) -> Tones:
    """The tones of the first and second colour of a palette. Raises InvalidColour."""
    return Tones(*(_moved((brand, second), *RANGES[name]) for name in Tones._fields))


def _moved(chosen: tuple[str, ...], least: float, most: float) -> str:
    def there(lightness: float) -> float:
        return min(max(lightness, least), most)

    written = [parse(colour) for colour in chosen]
    nearest = min(written, key=lambda colour: abs(there(own := to_oklch(colour).lightness) - own))
    own = to_oklch(nearest)
    if there(own.lightness) == own.lightness:
        return nearest
    return to_hex(own._replace(lightness=there(own.lightness)))
