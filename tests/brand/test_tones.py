"""A drawing's tones keep apart whatever the brand, and are the brand's own colours where they can be."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from microsite.brand.colour import to_oklch
from microsite.brand.palette import derive
from microsite.brand.tones import RANGES, tones

HEX = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
ROUNDING = 0.004  # of eight bits a channel, at the dark end


@given(HEX, st.just("") | HEX)
@example("#ffffff", "#ffffff")
@example("#000000", "#000000")
def test_each_tone_lies_in_its_range_for_any_colour(colour: str, second: str) -> None:
    shades = derive(colour, second).light
    for name, tone in tones(shades.brand, shades.second)._asdict().items():
        least, most = RANGES[name]
        assert least - ROUNDING <= to_oklch(tone).lightness <= most + ROUNDING, (name, tone)


def test_a_colour_that_lies_in_a_range_is_used_unchanged() -> None:
    assert tones("#c93a1e", "#f2b632")[:2] == ("#f2b632", "#c93a1e")
    assert tones("#ffd400", "#26326b")[::2] == ("#ffd400", "#26326b")


def test_the_nearest_of_two_colours_is_moved_and_keeps_its_hue() -> None:
    mid = tones("#5b2a86", "#7cc49a").mid
    assert abs(to_oklch(mid).hue - to_oklch("#5b2a86").hue) < 2
