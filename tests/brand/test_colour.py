"""Colours as members write them, and the arithmetic that palettes are made with."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.brand.colour import InvalidColour, Oklch, contrast, parse, to_hex, to_oklch
from microsite.brand.palette import derive

HEX = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


# ── contrast and OKLCH ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [
        ("#767676", "#fff", 4.542),
        ("#777777", "#fff", 4.478),
        ("#74d4ec", "#fffcf0", 1.652),
        ("#f19089", "#fffcf0", 2.248),
        ("black", "white", 21.0),
        ("#abcdef", "#ABCDEF", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(a: str, b: str, ratio: float) -> None:
    assert contrast(a, b) == pytest.approx(ratio, abs=0.0005)
    assert contrast(a, b) == contrast(b, a)


@given(HEX, HEX)
def test_arithmetic_agrees_with_coloraide(a: str, b: str) -> None:
    from coloraide import Color

    assert contrast(a, b) == pytest.approx(Color(a).contrast(Color(b), method="wcag21"), rel=5e-4)
    lightness, chroma, hue = Color(a).convert("oklch").coords(nans=False)
    own = to_oklch(a)
    assert own.lightness == pytest.approx(lightness, abs=1e-4)
    assert own.chroma == pytest.approx(chroma, abs=1e-4)
    if chroma > 0.01:
        assert abs((own.hue - hue + 180) % 360 - 180) < 0.2


@given(HEX)
def test_there_and_back(colour: str) -> None:
    assert to_hex(to_oklch(colour)) == colour


@given(st.floats(0.1, 1), st.floats(0, 0.5), st.floats(0, 360))
def test_the_gamut_costs_chroma_and_not_lightness(lightness: float, chroma: float, hue: float) -> None:
    shown = to_oklch(to_hex(Oklch(lightness, chroma, hue)))
    assert shown.lightness == pytest.approx(lightness, abs=0.02)
    assert shown.chroma <= chroma + 0.02


# ── what a member writes ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#00539F", "#00539f"),
        ("#fd0", "#ffdd00"),
        (" #ffd400\n", "#ffd400"),
        ("Rebeccapurple", "#663399"),
        ("rgb(0 83 159)", "#00539f"),
        ("rgb(0, 83, 159)", "#00539f"),
        ("rgba(0, 83, 159, 1)", "#00539f"),
        ("#00539fff", "#00539f"),
        ("hsl(211 60% 35%)", "#24578f"),
        ("hsl(211deg, 60%, 35%)", "#24578f"),
        ("oklch(0 0 none)", "#000000"),
        ("rgb(none 255 0)", "#00ff00"),
    ],
)
def test_css_colours_are_read(written: str, colour: str) -> None:
    assert parse(written) == colour
    assert derive(written) == derive(colour)


def test_a_colour_beyond_the_screen_becomes_the_nearest_that_it_has() -> None:
    vivid = to_oklch(parse("oklch(0.7 0.4 150)"))
    assert vivid.lightness == pytest.approx(0.7, abs=0.02)
    assert abs(vivid.hue - 150) < 5


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("#12345", "'#12345' is not a colour", "write six hex digits, such as '#12345a', or a CSS colour"),
        ("ffd400", "'ffd400' is not a colour", "did you mean '#ffd400'?"),
        ("yelow", "'yelow' is not a colour", "did you mean 'yellow'?"),
        (
            "var(--x)",
            "'var(--x)' is not a colour",
            "write six hex digits, such as '#12345a', or a CSS colour",
        ),
        ("", "no colour is given", "put quotes round it: in YAML a '#' begins a remark"),
        (
            "transparent",
            "'transparent' is see-through",
            "choose a colour without transparency, such as '#00539f'",
        ),
        (
            "#ffd40080",
            "'#ffd40080' is see-through",
            "choose a colour without transparency, such as '#00539f'",
        ),
        ("rgb(0 0 0 / none)", "'rgb(0 0 0 / none)' is see-through", None),
        ("currentcolor", "'currentcolor' is not a colour", None),
        ("rgb(nan 0 0)", "'rgb(nan 0 0)' is not a colour", None),
        ("oklch(1e999 0 0)", "'oklch(1e999 0 0)' is not a colour", None),
        ("red; } body { display: none", "'red; } body { display: none' is not a colour", None),
        ("{colour}", "'{colour}' is not a colour", None),
        ("x" * 200, "'" + "x" * 40 + "…' is not a colour", None),
    ],
)
def test_what_is_no_colour_is_said_with_a_hint(written: str, message: str, hint: str | None) -> None:
    with pytest.raises(InvalidColour) as caught:
        parse(written)
    assert str(caught.value) == caught.value.message.render() == message
    assert caught.value.hint.render() == hint or hint is None
    assert str(pickle.loads(pickle.dumps(caught.value))) == message


@given(
    st.text(max_size=30)
    | st.from_regex(r"(rgb|hsl|oklch|color|#|lab)\(?[ 0-9a-f.%/e+-]{0,20}\)?", fullmatch=True)
)
def test_any_text_is_a_colour_or_a_sentence(written: str) -> None:
    try:
        assert re.fullmatch("#[0-9a-f]{6}", parse(written))
    except InvalidColour as problem:
        sentences = problem.message.render(), problem.hint.render()
        assert all(sentences)
