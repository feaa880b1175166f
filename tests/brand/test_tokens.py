"""A member's design tokens, in three dialects, become a colour, a font and a size; or a sentence."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sites import BRAND, Campaign
from microsite.brand.colour import parse
from microsite.brand.tokens import Tokens, examine
from microsite.core.problems import InvalidFile

HOUSE = {
    "utrecht.button.primary-action.background-color": "{huis.kleur.diep}",
    "utrecht.page-footer.background-color": "hsl(40 100% 40%)",
    "utrecht.document.font-family": "'Hanken Grotesk', Arial",
    "utrecht.logo.max-inline-size": "12rem",
    "huis.kleur.diep": "{huis.kleur.bron}",
    "huis.kleur.bron": "#0a5c36",
}
FOUND = Tokens("#0a5c36", "#cc8800", "hanken-grotesk", 192)


def nested(tokens: dict[str, Any], key: str = "") -> dict[str, Any]:
    """The tokens as a tree, each as ``{key: value}``; as the bare value without a key."""
    root: dict[str, Any] = {}
    for name, value in tokens.items():
        *groups, last = name.split(".")
        group = root
        for part in groups:
            group = group.setdefault(part, {})
        group[last] = {key: value, "comment": "x"} if key else value
    return root


def examined(tree: object) -> Tokens:
    return examine(json.dumps(tree).encode())


def unresolved(data: bytes) -> list[tuple[str, str, int]]:
    """The key, message and line of each token that leads nowhere."""
    return [(key, str(problem.message), problem.place.line) for key, problem in examine(data).problems]


def refused(data: bytes) -> tuple[str, int]:
    with pytest.raises(InvalidFile) as stop:
        examine(data)
    return str(stop.value), stop.value.problem.place.line


@pytest.mark.parametrize("key", ["$value", "value", ""])
def test_the_three_dialects_say_the_same(key: str) -> None:
    assert examined(nested(HOUSE, key)) == FOUND


def test_sets_of_tokens_studio_may_stand_before_the_names() -> None:
    assert examined({"merk/huis": nested(HOUSE, "$value")}) == FOUND


def test_aliases_of_the_older_dialect_may_end_in_value() -> None:
    house = HOUSE | {"utrecht.button.primary-action.background-color": "{huis.kleur.bron.value}"}
    assert examined(nested(house, "value")) == FOUND


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ({"colorSpace": "srgb", "components": [0, 0.2, 0.4], "hex": "#003366"}, "#003366"),
        ({"colorSpace": "srgb", "components": [0, 0.2, 0.4], "alpha": 1}, "#003366"),
        ({"colorSpace": "hsl", "components": [210, 100, 20]}, "#003366"),
        ({"colorSpace": "oklch", "components": [0.5, 0, 0]}, parse("oklch(0.5 0 0)")),
        ({"colorSpace": "srgb", "components": [0, 0.2, 0.4], "hex": "#003366", "alpha": 0.5}, ""),
        ({"colorSpace": "nergens", "components": [1]}, ""),
        ("transparent", ""),
        ("red; } body { display: none", ""),
    ],
)
def test_a_colour_may_be_an_object_and_is_a_colour_or_nothing(value: object, colour: str) -> None:
    assert examined({"basis": {"color": {"action-1": {"color-default": {"$value": value}}}}}).colour == colour


def test_what_cannot_be_used_leaves_it_to_the_next_role() -> None:
    house = nested({"utrecht.button.primary-action.background-color": "transparent", **LINK})
    assert examined(house) == Tokens("#123456")


LINK = {"utrecht.link.color": "#123456"}


@pytest.mark.parametrize("width", ["200px", {"value": 200, "unit": "px"}, 200])
def test_a_width_is_a_number_of_pixels(width: object) -> None:
    assert examined({"utrecht": {"logo": {"max-inline-size": {"$value": width}}}}).logo_width == 200


def test_a_circle_is_told_with_its_names_and_its_line() -> None:
    data = b'{"utrecht": {"link":\n {"color": "{a.b}"}},\n "a": {"b": "{a.c}",\n "c": "{a.b}"}}'
    assert unresolved(data) == [("colour", "this token refers to itself: a.b → a.c → a.b", 2)]


def test_an_alias_of_nothing_is_told_where_it_stands() -> None:
    data = b'{"utrecht": {"link": {"color": "{a.b}"}},\n "a": {"b":\n "{weg.is.weg}"}}'
    assert unresolved(data) == [("colour", "there is no token 'weg.is.weg' to refer to", 3)]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"[]", 1),
        (b'{"a":\n "b"', 2),
        (b'{"a": 1,\n "a": 2}', 2),
        (b'{"a": ' * 5_000 + b"1" + b"}" * 5_000, 0),
        (b'{"a": ' * 40 + b"1" + b"}" * 40, 1),
        (b'{"a": 1' + b"0" * 5_000 + b"}", 0),
        (b"{" + b" " * 4_000_000 + b"}", 0),
        (b"\xff\xfe", 0),
    ],
)
def test_what_is_no_file_of_tokens_is_a_sentence_with_a_line(data: bytes, line: int) -> None:
    assert refused(data)[1] == line


LEAVES = st.sampled_from(
    ["{a}", "{a.b}", "{utrecht.link.color}", "#fff", "x", "", "{", 1, -0.5, True, None, [], ["{a}"]]
)
NAMES = st.sampled_from(["a", "b", "utrecht", "link", "color", "$value", "value", "hex", "a.b", "$type", ""])
TREES = st.recursive(LEAVES, lambda inside: st.dictionaries(NAMES, inside, max_size=4), max_leaves=30)


def examined_or_refused(data: bytes) -> Tokens | str:
    try:
        return examine(data)
    except InvalidFile as stop:
        return str(stop)


@given(st.one_of(TREES.map(lambda tree: json.dumps(tree).encode()), st.binary(max_size=60)))
def test_no_file_is_a_surprise(data: bytes) -> None:
    found = examined_or_refused(data)
    assert isinstance(found, str) or not found.colour or parse(found.colour) == found.colour


@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["{a}", "{b}", "{c}", "{d}", "#fff"])))
def test_chains_of_aliases_end(colours: dict[str, str]) -> None:
    found = examined_or_refused(json.dumps({"utrecht": {"link": {"color": "{a}"}}, **colours}).encode())
    assert not isinstance(found, str)
    assert found.colour == "#ffffff" or "refer" in str(found.problems[0][1].message)


LIGHT, DARK = (nested({"basis.color.accent-1.color-default": colour}) for colour in ("#003a8c", "#a8c7ff"))
BUTTON = nested({"utrecht.button.primary-action.background-color": "{basis.color.accent-1.color-default}"})


def themes(*chosen: tuple[str, str, str]) -> list[dict[str, object]]:
    """Themes of Tokens Studio, each with a name, a group and the set that it has besides ``knop``."""
    return [
        {
            "name": name,
            "group": group,
            "selectedTokenSets": {set: "enabled", "knop": "source", "rest": "disabled"},
        }
        for name, group, set in chosen
    ]


@pytest.mark.parametrize(
    ("extra", "colour"),
    [
        ({}, "#003a8c"),  # the light one
        ({"$metadata": {"tokenSetOrder": ["licht", "donker", "knop"]}}, "#003a8c"),
        ({"$metadata": {"tokenSetOrder": ["knop", "rest", "licht"]}}, "#003a8c"),
        ({"$metadata": {"tokenSetOrder": ["knop", "licht", "rest"]}}, "#cc0000"),  # the last that is not dark
        ({"$themes": themes(("Dag", "", "licht"), ("Nacht", "", "donker"))}, "#003a8c"),
        ({"$themes": themes(("Dark", "", "donker"), ("Light", "", "licht"))}, "#003a8c"),
        ({"$themes": themes(("Alleen donker", "", "donker"))}, "#a8c7ff"),
        (
            {
                "$themes": themes(
                    ("Merk", "merk", "licht"), ("Donker", "stand", "donker"), ("Licht", "stand", "licht")
                )
            },
            "#003a8c",
        ),
        ({"$themes": "x", "$metadata": ["y"]}, "#003a8c"),
    ],
)
def test_of_several_sets_the_theme_decides_and_else_the_light_one(
    extra: dict[str, object], colour: str
) -> None:
    rest = nested({"basis.color.accent-1.color-default": "#cc0000"})
    sets = {"rest": rest, "licht": LIGHT, "donker": DARK, "knop": BUTTON}
    assert examined({**sets, **extra}).colour == colour


def test_the_order_of_sets_says_which_of_two_values_is_used() -> None:
    sets = {"a": LIGHT, "b": nested({"basis.color.accent-1.color-default": "#cc0000"})}
    for order, colour in ((["a", "b"], "#cc0000"), (["b", "a"], "#003a8c")):
        assert examined({**sets, "$metadata": {"tokenSetOrder": order}}).colour == colour


@pytest.mark.parametrize("prefix", ["", "--"])
def test_names_may_be_written_as_one_word(prefix: str) -> None:
    words = (lambda name: name.replace(".", "-")) if prefix else camel
    flat = {
        f"{prefix}{words(name)}": value for name, value in HOUSE.items() if "huis" not in f"{name}{value}"
    }
    flat[f"{prefix}{words('utrecht.button.primary-action.background-color')}"] = "#0a5c36"
    assert examined(flat) == FOUND


def camel(name: str) -> str:
    first, *rest = re.split(r"[.-]", name)
    return first + "".join(word.capitalize() for word in rest)


def test_the_font_of_the_basis_is_found() -> None:
    assert (
        examined(nested({"basis.text.font-family.default": ["Hanken Grotesk", "Arial"]})).font
        == "hanken-grotesk"
    )


@pytest.mark.parametrize("grey", ["#ffffff", "#d1d1d1", "#1a1a1a", "#f4f6f8"])
def test_white_and_grey_are_no_second_colour(grey: str) -> None:
    tokens = {**HOUSE, "utrecht.page-footer.background-color": grey}
    assert examined(nested(tokens)).second_colour == ""
    more = {**tokens, "basis.color.accent-2.color-default": "#cc8800"}
    assert examined(nested(more)).second_colour == "#cc8800"


def test_without_a_known_name_a_few_colours_are_named() -> None:
    tokens = {
        "huis.kleur.oever.500": "#0a5c36",
        "huis.wit": "#fff",
        "huis.rood": "#c00",
        "huis.kleur.twee": "#0a5c36",
    }
    assert examined(nested(tokens)).choices == ("huis.rood (#cc0000)", "huis.kleur.twee (#0a5c36)")
    assert examined(nested(HOUSE)).choices == ()
    assert len(examined({f"kleur-{n}": f"#c0{n:04x}" for n in range(40)}).choices) == 8


# ── in a site ──


def brand(campaign: Campaign, tokens: dict[str, Any], extra: str = "") -> None:
    campaign.write(f"brands/{BRAND}/huis.json", json.dumps(nested(tokens, "$value")))
    lines = f"name: Lid\nlogo: logo.svg\ntokens: huis.json\n{extra}contact: {{email: a@lid.example}}\n"
    campaign.write(f"brands/{BRAND}/brand.yaml", lines)


def style(campaign: Campaign) -> str:
    (path,) = (campaign.site / "css").glob("site-*.css")
    return path.read_text("utf-8")


def test_tokens_dress_a_site_and_brand_yaml_has_the_last_word(campaign: Campaign) -> None:
    brand(campaign, HOUSE)
    campaign.build().fine()
    assert "--brand:#0a5c36" in style(campaign)
    assert "--second:#cc8800" in style(campaign)
    assert "--logo-width:12rem" in style(campaign)
    brand(campaign, HOUSE, "colour: '#112233'\n")
    campaign.build().fine()
    assert "--brand:#112233" in style(campaign)


def test_a_house_style_without_a_colour_is_told(campaign: Campaign) -> None:
    brand(campaign, {"utrecht.document.color": "#111111"})
    problem = campaign.build().only()
    assert (problem["path"], problem["message"]) == (
        f"brands/{BRAND}/huis.json",
        "no colour of the house style is found here",
    )
    brand(campaign, {"huis.rood": "#cc0000"})
    assert "huis.rood (#cc0000)" in campaign.build().only()["hint"]


def test_what_brand_yaml_has_itself_needs_no_token(campaign: Campaign) -> None:
    brand(campaign, HOUSE | {"utrecht.document.font-family": "{huis.letter}"})
    report = campaign.build()
    assert report.status == 0
    assert report.only()["severity"] == "warning"
    assert report.only()["message"] == "there is no token 'huis.letter' to refer to"
    brand(campaign, HOUSE | {"utrecht.document.font-family": "{huis.letter}"}, "font: newsreader\n")
    campaign.build().fine()
    brand(campaign, HOUSE | {"huis.kleur.diep": "{weg}"}, "colour: '#112233'\nfont: newsreader\n")
    campaign.build().fine()


@pytest.mark.parametrize(
    ("size", "words"), [(2_000_000, ""), (5_000_000, "larger than 4 MB"), (9 << 20, "9,1 MB")]
)
def test_a_large_file_is_read_and_too_large_a_one_is_told_once(
    campaign: Campaign, size: int, words: str
) -> None:
    brand(campaign, HOUSE | {"huis.lang": "x" * size})
    if words:
        assert words in campaign.build().only()["message"]
    else:
        campaign.build().fine()


def test_a_font_that_we_do_not_have_is_a_notice(campaign: Campaign) -> None:
    brand(campaign, HOUSE | {"utrecht.document.font-family": "Huisletter"})
    report = campaign.build("--strict")
    assert report.status == 0
    assert report.only()["severity"] == "notice"


def test_a_missing_or_broken_file_is_told(campaign: Campaign) -> None:
    brand(campaign, HOUSE)
    campaign.write(f"brands/{BRAND}/huis.json", '{"utrecht": {"link": {"color": "{weg}"}}}')
    assert campaign.build().only()["path"] == f"brands/{BRAND}/huis.json"
    campaign.remove(f"brands/{BRAND}/huis.json")
    assert campaign.build().only()["path"] == f"brands/{BRAND}/brand.yaml"
    campaign.write(f"brands/{BRAND}/brand.yaml", "name: Lid\nlogo: logo.svg\n")
    assert campaign.build().only()["message"] == "'colour' is missing"
