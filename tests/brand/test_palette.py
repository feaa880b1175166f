"""Whatever colour a member chooses, everything can be read, and the colour stays theirs."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microsite.brand.colour import InvalidColour, contrast, to_oklch
from microsite.brand.palette import (
    INTERFACE,
    PAIRS,
    TEXT,
    Palette,
    Shades,
    css,
    derive,
)
from microsite.core.fingerprints import Fingerprints

HEX = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
GREYS = st.tuples(st.integers(0, 252), *(st.integers(0, 3) for _ in range(3))).map(
    lambda t: "#{:02x}{:02x}{:02x}".format(*(t[0] + offset for offset in t[1:]))
)
CORNERS = st.lists(st.sampled_from(("00", "01", "7f", "80", "fe", "ff")), min_size=3, max_size=3).map(
    lambda channels: "#" + "".join(channels)
)
COLOURS = HEX | GREYS | CORNERS
SECONDS = st.just("") | COLOURS

EXTREMES = (
    *("#000000", "#ffffff", "#ffff00", "#00ffff", "#ff00ff", "#ff0000", "#00ff00", "#0000ff"),
    *("#010101", "#fefefe", "#767676", "#777777", "#808080", "#757575", "#39ff14", "#ccff00"),
    *("#fffffe", "#fffff0", "#191919", "#30302e", "#0000fe", "#7f7f7e"),
)
MEMBERS = ("#ffd400", "#1a1a1a", "#00539f", "#e30613", "#2e8540", "#ff4fa3", "#00857c", "#8c8c8c")

ROLES = Shades.__struct_fields__
GROUNDS = ("brand", "brand_hover", "second", "tint", "paper", "surface")


def schemes(palette: Palette) -> tuple[tuple[str, Shades], ...]:
    return ("light", palette.light), ("dark", palette.dark)


def shade(shades: Shades, role: str) -> str:
    value: str = getattr(shades, role)
    return value


def hues_apart(a: str, b: str) -> float:
    return abs((to_oklch(a).hue - to_oklch(b).hue + 180) % 360 - 180)


def assert_readable(palette: Palette) -> None:
    for scheme, shades in schemes(palette):
        for role, ground, minimum in PAIRS:
            ratio = contrast(shade(shades, role), shade(shades, ground))
            assert ratio >= minimum, (scheme, role, ground, ratio, shades)


# ── readable, always ──────────────────────────────────────────────────────────


@given(COLOURS, SECONDS)
@example("#ffffff", "#ffffff")
@example("#000000", "#000000")
@example("#ffff00", "")
def test_every_pair_holds_for_any_colour(colour: str, second: str) -> None:
    assert_readable(derive(colour, second))


@pytest.mark.parametrize("colour", EXTREMES)
@pytest.mark.parametrize("second", ["", "#ffffff", "#000000", "#ffff00"])
def test_every_pair_holds_at_the_extremes(colour: str, second: str) -> None:
    assert_readable(derive(colour, second))


@given(COLOURS, SECONDS, HEX)
def test_the_focus_ring_shows_on_every_ground(colour: str, second: str, photo: str) -> None:
    for _, shades in schemes(derive(colour, second)):
        for ground in (*(shade(shades, role) for role in GROUNDS), photo):
            assert max(contrast(shades.focus, ground), contrast(shades.halo, ground)) >= INTERFACE


@given(COLOURS)
def test_a_hover_is_seen(colour: str) -> None:
    for _, shades in schemes(derive(colour)):
        assert shades.brand_hover != shades.brand
        assert shades.link_hover != shades.link


@given(COLOURS)
def test_light_is_light_dark_is_dark_and_neither_is_white_or_black(colour: str) -> None:
    palette = derive(colour)
    assert 0.9 < to_oklch(palette.light.paper).lightness < 1
    assert 0.15 < to_oklch(palette.dark.paper).lightness < 0.35
    for _, shades in schemes(palette):
        assert len({shades.paper, shades.surface, shades.tint, shades.line}) == 4


@given(COLOURS)
def test_a_field_of_the_brand_is_not_lost_on_paper(colour: str) -> None:
    brand = to_oklch(colour)
    for _, shades in schemes(derive(colour)):
        paper = to_oklch(shades.paper)
        assert abs(brand.lightness - paper.lightness) > 0.02 or brand.chroma - paper.chroma > 0.05


def test_pairs_name_roles_once() -> None:
    assert {name for pair in PAIRS for name in pair[:2]} <= set(ROLES)
    assert len({pair[:2] for pair in PAIRS}) == len(PAIRS)


# ── the member's own colour ───────────────────────────────────────────────────


@given(COLOURS, COLOURS)
def test_fields_have_exactly_the_colours_that_were_chosen(colour: str, second: str) -> None:
    for scheme, shades in schemes(derive(colour, second)):
        assert shades.brand == colour
        assert shades.second == second or (scheme == "dark" and to_oklch(second).chroma < 0.05)


@pytest.mark.parametrize("second", ["#ffffff", "#d1d1d1", "#f3f0e8", "#808080", "#f8e4f9"])
def test_a_white_or_grey_second_colour_does_not_glare_in_the_dark(second: str) -> None:
    palette = derive("#00539f", second)
    assert palette.light.second == second
    assert to_oklch(palette.dark.second).lightness < 0.45
    (move,) = (move for move in palette.adjustments if move.role == "second")
    assert (move.scheme, move.wanted, move.used) == ("dark", second, palette.dark.second)
    assert derive("#00539f", "#333333").dark.second == "#333333"
    assert derive("#00539f", "#ffe9a8").dark.second == "#ffe9a8"
    assert to_oklch(derive("#8c8c8c").dark.second).lightness < 0.45


@given(COLOURS, SECONDS)
def test_a_colour_that_passes_is_left_alone(colour: str, second: str) -> None:
    for _, shades in schemes(derive(colour, second)):
        worst = min(contrast(colour, shades.paper), contrast(colour, shades.surface))
        assert (shades.link == colour) == (worst >= TEXT or second == colour == shades.link)
        assert (shades.edge == colour) == (worst >= INTERFACE)
        assert (shades.chart == colour) == (min(worst, contrast(colour, shades.tint)) >= INTERFACE)


@given(COLOURS, SECONDS)
def test_every_move_is_told_and_nothing_else(colour: str, second: str) -> None:
    palette = derive(colour, second)
    expected = {
        (role, scheme)
        for scheme, shades in schemes(palette)
        for role in ("link", "edge")
        if shade(shades, role) not in (colour, second)
    }
    if palette.dark.second != second and second:
        expected.add(("second", "dark"))
    assert {(move.role, move.scheme) for move in palette.adjustments} == expected
    assert len(palette.adjustments) == len(expected)
    for move in (move for move in palette.adjustments if move.role != "second"):
        assert move.wanted == colour
        assert move.before < move.minimum <= move.after
        assert move.used == shade(dict(schemes(palette))[move.scheme], move.role)


@given(COLOURS)
def test_a_moved_colour_keeps_its_hue_and_gains_no_chroma(colour: str) -> None:
    for move in derive(colour).adjustments:
        wanted, used = to_oklch(move.wanted), to_oklch(move.used)
        assert used.chroma <= wanted.chroma + 0.01
        if min(wanted.chroma, used.chroma) > 0.06:
            assert hues_apart(move.wanted, move.used) < 4


@given(COLOURS)
def test_a_moved_colour_goes_no_further_than_it_must(colour: str) -> None:
    for move in derive(colour).adjustments:
        wanted = to_oklch(move.wanted)
        is_grey = wanted.chroma < 0.03 or wanted.lightness < 0.2
        if not (is_grey and move.role == "link"):
            assert move.after < move.minimum + Decimal("0.12")


def test_a_move_says_what_was_done() -> None:
    light = [move for move in derive("#FFD400").adjustments if move.role == "link"]
    assert [(m.scheme, m.wanted, m.before, m.minimum) for m in light] == [
        ("light", "#ffd400", Decimal("1.27"), Decimal("4.5"))
    ]
    assert Decimal("4.5") <= light[0].after < Decimal("4.6")


def test_a_readable_second_colour_makes_the_links_when_the_first_cannot() -> None:
    palette = derive("#ffd400", "#003366")
    assert (palette.light.link, palette.dark.link) == ("#003366", "#ffd400")
    assert derive("#00539f", "#cc0000").light.link == "#00539f"
    assert derive("#ffd400", "#333333").light.link not in ("#ffd400", "#333333")


def test_a_grey_link_that_has_to_move_is_told_from_muted_text() -> None:
    for scheme, shades in (("light", derive("#8c8c8c").light), ("dark", derive("#1a1a1a").dark)):
        assert contrast(shades.link, shades.surface) >= 7, scheme
    assert derive("#666666").light.link == "#666666"


# ── what we add ───────────────────────────────────────────────────────────────


@given(GREYS)
def test_a_grey_brand_gets_no_colour_that_it_has_not(colour: str) -> None:
    own = max(0.03, to_oklch(colour).chroma + 0.01)  # near black the least step counts as chroma
    for _, shades in schemes(derive(colour)):
        assert all(to_oklch(shade(shades, role)).chroma < own for role in ROLES)


@pytest.mark.parametrize("colour", [c for c in MEMBERS if c not in ("#1a1a1a", "#8c8c8c")])
def test_a_derived_second_is_told_from_the_first(colour: str) -> None:
    second = derive(colour).light.second
    assert abs(to_oklch(second).lightness - to_oklch(colour).lightness) > 0.15
    assert hues_apart(second, colour) > 30
    assert to_oklch(second).chroma < 0.12


@given(COLOURS)
def test_both_schemes_share_the_fields(colour: str) -> None:
    light, dark = derive(colour).light, derive(colour).dark
    assert light.on_brand == dark.on_brand
    if to_oklch(light.second).chroma >= 0.03:
        assert (light.second, light.on_second) == (dark.second, dark.on_second)


def test_paper_is_warm_for_warm_brands_and_cool_for_cool_ones() -> None:
    red, _, blue = (int(derive("#e30613").light.paper[i : i + 2], 16) for i in (1, 3, 5))
    assert red > blue
    red, _, blue = (int(derive("#00539f").light.paper[i : i + 2], 16) for i in (1, 3, 5))
    assert blue > red


def test_the_second_colour_is_judged_as_well() -> None:
    with pytest.raises(InvalidColour, match="'#12345' is not a colour"):
        derive("#00539f", "#12345")


# ── a value among values ──────────────────────────────────────────────────────


def test_css_gives_every_role_in_both_schemes() -> None:
    palette = derive("#00539f")
    sheet = css(palette)
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")
    assert "color-scheme: light dark;" in light
    for part, shades in ((light, palette.light), (dark, palette.dark)):
        found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))
        assert found == {role.replace("_", "-"): shade(shades, role) for role in ROLES}
    assert sheet.count("{") == sheet.count("}") == 3


@pytest.mark.external
def test_the_same_colours_give_the_same_palette_in_every_run() -> None:
    code = f"from microsite.brand.palette import *; print(*(derive(c) for c in {MEMBERS}), sep='\\n')"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {"".join(f"{derive(colour)}\n" for colour in MEMBERS)}


def test_a_palette_pickles_and_has_a_fingerprint() -> None:
    palette = derive("#ffd400")
    copy = pickle.loads(pickle.dumps(palette))
    assert copy == palette
    assert Fingerprints()(copy) == Fingerprints()(palette) != Fingerprints()(derive("#ffd401"))


@pytest.mark.external
def test_hex_needs_no_library() -> None:
    code = (
        "import sys; from microsite.brand.palette import derive; derive('#00539f', '#FD0');"
        "print('coloraide' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "False\n"


# ── what the stylesheets combine ──

SHEETS = sorted((Path(__file__).parents[2] / "assets").rglob("*.css"))
TOKENS = {role.replace("_", "-") for role in ROLES}
QUIET = {"paper", "surface"}
"""What anything may stand on that does not say what it stands on."""
KNOWN_GROUNDS = {
    ".coin-edge": {"on-brand"},  # coins are filled with the colour of the text on a field of the brand
    ".coin-sign": {"on-brand"},
    ".toggle input": {"brand"},
    ".skip:focus": {"ink"},
    ".card:has(a:focus-visible)": QUIET | {"tint"},
    ".chart-mark": {"tint"},  # a bar lies on its ground, the whole
}
"""Selectors that stand on something else."""
INHERITS = ("ink", "link", "link-hover", "muted", "bar", "focus")
"""What may stand on a field that does not give these other values."""
WITHOUT = {
    ".card-picture": INHERITS,  # a photograph fills it
    ".chart-column": INHERITS,  # nothing stands on it, and its edge is what is seen
    ".chart-ground": INHERITS,  # the whole of a bar, which has a colour of its own: see .chart-mark
    "::selection": INHERITS,
    "mark": INHERITS,
    ".skip": INHERITS,
    ".prose mark": INHERITS,
    "button": INHERITS,  # a few words; the ring is drawn outside it
    ".button": INHERITS,
    "button:hover": INHERITS,
    ".button:hover": INHERITS,
    **{
        f"{around} {button}{state}": INHERITS
        for around in (".field", ".callout")
        for button in ("button", ".button")
        for state in ("", ":hover")
    },
    ".label-local": INHERITS,
    ".label-strong": INHERITS,
    ".card-bare .card-text": INHERITS,  # all in it inherits its colour, and the card has the ring
    ".card-text": INHERITS,
    ".help": ("muted", "bar"),  # a heading, names and numbers
    ".callout-let-op": ("link", "link-hover", "muted", "bar"),  # as .callout has them
    ".field-brand": ("link", "link-hover", "muted", "bar"),  # as .field has them
    ".field-second": ("link", "link-hover", "muted", "bar"),
    ".field-tint": ("link", "link-hover", "muted", "bar"),
}
"""What stands on no field of this selector."""
DECORATES = {"line"}
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def declarations(body: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in body.split(";") if ":" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def colours_in(value: str) -> set[str]:
    """The colour tokens of a value. The bar is the edge, and on a field what its text is."""
    first = {found[1] for found in re.finditer(r"(?<!,)(?<!, )var\(--([\w-]+)", value)}
    return {"edge" if name == "bar" else name for name in first} & TOKENS


def selectors(written: str) -> list[str]:
    """The parts of a list, with ``:is(a, b)`` written out."""
    while found := re.search(r"\*?:is\(([^()]*(?:\([^()]*\)[^()]*)*)\)", written):
        return [
            one
            for part in re.split(r",(?![^()]*\))", found[1])
            for one in selectors(written[: found.start()] + part.strip() + written[found.end() :])
        ]
    return [" ".join(part.split()) for part in re.split(r",(?![^()]*\))", written)]


def used_pairs(sheet: str) -> Iterator[tuple[str, str, str, Decimal]]:
    """(selector, role, ground, ratio that is needed) of all that a stylesheet sets on something."""
    for written, body in _RULE.findall(_COMMENT.sub(" ", sheet)):
        said = declarations(body)
        own = colours_in(said.get("background", ""))
        drawn = "content" in said or re.search(r"\.on$|hr$|::(before|after)$", written.strip())
        shapes = {
            k: v for k, v in said.items() if re.fullmatch(r"(border|outline|fill|stroke|accent)\b.*", k)
        }
        for selector in selectors(written):
            around = KNOWN_GROUNDS.get(selector, QUIET)
            grounds = own if own and not drawn else around
            texts = colours_in(said.get("color", "")) | colours_in(said.get("--link", ""))
            yield from ((selector, role, ground, TEXT) for role in texts for ground in grounds)
            marks = set().union(*map(colours_in, shapes.values())) | (own if drawn else set())
            if said.get("paint-order") == "stroke":  # what keeps a text apart from what is behind it
                marks -= colours_in(said.get("stroke", ""))
            if "fill" in said and selector in WITHOUT:
                marks -= colours_in(said["fill"])
            for role in marks - DECORATES:
                yield from (
                    (selector, role, ground, INTERFACE) for ground in around if role not in own or drawn
                )
            focus = colours_in(said.get("--focus", "")) or ({"focus"} if own else set())
            if drawn or not own:
                continue
            for role in {*INHERITS} - {*WITHOUT.get(selector, ())}:
                given = said.get("color") if role == "ink" else said.get(f"--{role}")
                if role == "focus":
                    yield from ((selector, ring, ground, INTERFACE) for ring in focus for ground in own)
                elif given is None:
                    needed = INTERFACE if role == "bar" else TEXT
                    yield from ((selector, *pair, needed) for pair in ((role, g) for g in own))


def unpromised(sheet: str) -> list[tuple[str, str, str]]:
    """What a stylesheet combines and the palette does not promise to be told apart."""
    promised = {frozenset((p.role.replace("_", "-"), p.ground.replace("_", "-"))): p.minimum for p in PAIRS}
    return [
        (selector, role, ground)
        for selector, role, ground, needed in used_pairs(sheet)
        if promised.get(frozenset(("edge" if role == "bar" else role, ground)), Decimal(0)) < needed
    ]


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.name)
def test_stylesheets_combine_only_what_is_promised(file: Path) -> None:
    assert unpromised(file.read_text(encoding="utf-8")) == []


def test_the_stylesheets_are_read_right() -> None:
    sheet = "\n".join(file.read_text(encoding="utf-8") for file in SHEETS)
    pairs = {(role, ground) for _, role, ground, _ in used_pairs(sheet)}
    assert {("on-brand", "brand"), ("on-tint", "tint"), ("muted", "surface"), ("edge", "paper")} <= pairs
    assert {("on-second", "second"), ("link", "paper"), ("focus", "tint"), ("brand", "on-brand")} <= pairs
    named = {one for written, _ in _RULE.findall(_COMMENT.sub(" ", sheet)) for one in selectors(written)}
    assert {*KNOWN_GROUNDS, *WITHOUT} - named == set()


@pytest.mark.parametrize(
    ("rule", "pair"),
    [
        (".new { color: var(--brand); }", ("brand", "paper")),
        (".new { color: var(--edge); }", ("edge", "paper")),  # enough for a rule, not for text
        (".new { background: var(--tint); color: var(--muted); }", ("muted", "tint")),
        (".new { background: var(--second); color: var(--ink); }", ("ink", "second")),
        (".new { background: var(--brand); color: var(--on-brand); }", ("link", "brand")),
        (".new { background: var(--tint); }", ("muted", "tint")),
        (".new { border: 1px solid var(--second); }", ("second", "paper")),
        (".new::before { content: ''; background: var(--tint); }", ("tint", "paper")),
        (".a, .b:is(.c, .d) { fill: var(--on-tint); }", ("on-tint", "surface")),
        ("@media print { .new { stroke: var(--brand, red); } }", ("brand", "paper")),
        (
            ".new { background: var(--brand); color: var(--on-brand); --focus: var(--second); }",
            ("second", "brand"),
        ),
    ],
)
def test_a_new_pair_is_noticed(rule: str, pair: tuple[str, str]) -> None:
    assert pair in {(role, ground) for _, role, ground in unpromised(rule)}
