"""The cards of pages and the texts to post with them: which there are, of whom, and what they say."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from PIL import Image

from helpers.material import keys, made, planned
from helpers.sites import ADDRESS, ANOUK, BAS, OWN, Campaign, consent, jpeg, page, story
from microsite.rendering.artifact import Artifact

SIZES = {"vierkant": (1080, 1080), "staand": (1080, 1350), "story": (1080, 1920)}
MOST_BYTES = 90_000
BLUESKY = 300
START = "content/nieuws/start.md"


def cards(material: Mapping[str, Artifact]) -> set[str]:
    return {path for path in material if "-kaart-" in path or path.endswith("-bericht.txt")}


def of(stem: str, suffix: str = "png") -> set[str]:
    return {f"{stem}-kaart-{shape}.{suffix}" for shape in SIZES} | {f"{stem}-bericht.txt"}


def post(campaign: Campaign, stem: str) -> tuple[str, str]:
    """The text to post, and the alternative text."""
    _, *proposed, _, _, alt = made(planned(campaign)[f"{stem}-bericht.txt"]).decode().rstrip().split("\n\n")
    return "\n\n".join(proposed), alt


def test_a_quote_a_figure_a_message_and_a_question_have_cards(campaign: Campaign) -> None:
    campaign.write("content/brieven/stoel.md", page("De stoel", extra="dilemma: Wie beslist er?\n"))
    found = cards(planned(campaign))
    people = of("verhalen/anouk") | of("verhalen/bas") | of("verhalen/cor")
    assert found == people | of("bewijs/telling") | of("nieuws/start") | of("brieven/stoel")
    assert post(campaign, "brieven/stoel")[1].endswith("Wie beslist er? – In het kort.")


@pytest.mark.parametrize("shape", SIZES)
def test_a_card_has_its_size_and_is_the_same_each_time(campaign: Campaign, shape: str) -> None:
    path = f"verhalen/anouk-kaart-{shape}.png"
    data = made(planned(campaign)[path])
    assert Image.open(io.BytesIO(data)).size == SIZES[shape]
    assert len(data) <= MOST_BYTES
    assert made(planned(campaign)[path]) == data


def test_a_figure_goes_with_its_source_and_its_caveat(campaign: Campaign) -> None:
    assert post(campaign, "bewijs/telling")[1] == (
        "Bewijs: 64 deuren – Voordeuren in de flat – Alleen deze ene flat is geteld. – Welzijn Zandhage, 2026"
    )


@pytest.mark.parametrize(
    "agreed",
    [consent(scope="[web, print, press]"), consent(status="withdrawn"), consent(status="pending"), None],
)
def test_who_did_not_agree_to_networks_has_none(campaign: Campaign, agreed: str | None) -> None:
    assert of("verhalen/bas") <= cards(planned(campaign))
    campaign.write(BAS, story("Zebedeus leest", name="Zebedeus", agreed=agreed))
    material = planned(campaign, materials=("share", "cards"))
    assert not [path for path in material if "bas" in path]
    named = [path for path, item in material.items() if "Zebedeus" in repr(item.inputs)]
    on_the_site = agreed is not None and "scope: [web" in agreed and "status: valid" in agreed
    assert named == (["index.html"] if on_the_site else [])  # the list says why there is no card


def test_what_is_posted_are_the_words_of_the_campaign(campaign: Campaign) -> None:
    campaign.edit(ANOUK, "date: 2026-05-01", "date: 2026-05-01\nshare: Achter elke deur woont iemand.")
    words, alt = post(campaign, "verhalen/anouk")
    assert words == f"Achter elke deur woont iemand.\n\n{ADDRESS}verhalen/anouk.html"
    assert alt == "“Ik dacht dat ik de enige was.” – Anouk, Zandhage – Een rond raam"
    assert post(campaign, "verhalen/bas")[0].startswith("Hoe het ging met een deur.\n\n")


def test_a_figure_is_posted_as_one_that_counts_here_too(campaign: Campaign) -> None:
    assert "\n\nOok in Zandhage: Deur voor deur\n\n" in post(campaign, "bewijs/telling")[0]
    assert "Ook in" not in post(campaign, "nieuws/start")[0]


def test_who_does_not_exist_is_said_not_to(campaign: Campaign) -> None:
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=None, extra="fictional: true\n"))
    words, alt = post(campaign, "verhalen/bas")
    assert "\n\nDit verhaal is verzonnen.\n\n" in words
    assert "Dit verhaal is verzonnen" in alt


def test_a_post_fits_the_shortest_network(campaign: Campaign) -> None:
    campaign.edit(ANOUK, "summary: Hoe het ging met een deur.", f"summary: {'Een heel lang verhaal. ' * 20}")
    words, _ = post(campaign, "verhalen/anouk")
    assert words == f"Anouk doet open\n\n{ADDRESS}verhalen/anouk.html"
    assert len(words) <= BLUESKY


def test_a_photo_has_its_credit(campaign: Campaign) -> None:
    campaign.write("content/nieuws/start.jpg", jpeg("teal", (1600, 1200)))
    image = "image: {src: start.jpg, alt: De deur, credit: 'Foto: Anouk'}\n"
    campaign.write(START, page("Wij beginnen", extra=f"date: 2026-06-01\n{image}"))
    before = planned(campaign)
    assert of("nieuws/start", "jpg") <= cards(before)
    data = made(before["nieuws/start-kaart-staand.jpg"])
    assert data[:3] == b"\xff\xd8\xff"
    assert b"Exif" not in data
    assert len(data) <= MOST_BYTES
    campaign.edit(START, "Foto: Anouk", "Foto: Bas")
    after = keys(planned(campaign))
    changed = {path for path, key in keys(before).items() if after[path] != key and "-kaart-" in path}
    assert changed == {path for path in of("nieuws/start", "jpg") if path.endswith(".jpg")}


def test_only_the_cards_of_the_changed_quote_are_made_again(campaign: Campaign) -> None:
    before = keys(planned(campaign))
    campaign.edit(ANOUK, "de enige was", "alleen was")
    after = planned(campaign)
    changed = {path for path, key in keys(after).items() if before[path] != key}
    assert cards({path: after[path] for path in changed}) == of("verhalen/anouk")


@pytest.mark.parametrize("quote", ["一个声音", "Привет, сосед", "x" * 60, "heel lang " * 90])
def test_what_cannot_be_read_on_a_card_has_none(campaign: Campaign, quote: str) -> None:
    campaign.write(BAS, story("Bas leest", name="Bas", quote=quote.strip()))
    assert cards(planned(campaign)).isdisjoint(of("verhalen/bas"))


def test_without_an_address_there_are_cards_too(campaign: Campaign) -> None:
    campaign.edit(OWN, f"url: {ADDRESS}\n", "")
    assert post(campaign, "verhalen/anouk")[0] == "Hoe het ging met een deur."


def test_a_brand_chooses_what_is_made(campaign: Campaign) -> None:
    campaign.write(OWN, f"{campaign.read(OWN)}materials: [cards]\n")
    material = planned(campaign, materials=None)
    assert set(material) == cards(material) | {"index.html"}
    assert cards(planned(campaign, materials=("share",))) == set()
