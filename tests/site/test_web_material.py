"""What stands on other sites and below e-mails: it needs no script, and asks nothing of who sees it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from helpers.material import made, planned
from helpers.pages import nodes
from helpers.sites import ADDRESS, BAS, OWN, Campaign, consent, story

CARD = "verhalen/anouk-insluiten.html"
SIGNATURE = "web/handtekening.html"
BANNERS = {"sticker": (480, 480), "banner-blok": (600, 500), "banner-breed": (1456, 180)}


def code(campaign: Campaign, path: str) -> str:
    """The HTML to copy."""
    (field,) = nodes(made(planned(campaign)[path]).decode(), "textarea")
    return field.text()


def test_a_signature_is_a_plain_table_without_a_picture(campaign: Campaign) -> None:
    html = code(campaign, SIGNATURE)
    assert html.startswith("<table")
    assert "Wij doen mee aan Deur voor deur" in html
    assert [link.attributes["href"] for link in nodes(html, "a")] == [ADDRESS]
    assert nodes(html, "img, script, style, link, div") == []


def test_without_an_address_nothing_leads_anywhere(campaign: Campaign) -> None:
    campaign.edit(OWN, f"url: {ADDRESS}\n", "")
    assert "href" not in code(campaign, SIGNATURE)
    assert CARD not in planned(campaign)


def test_a_card_to_embed_has_the_words_and_leads_to_the_story(campaign: Campaign) -> None:
    html = code(campaign, CARD)
    assert "“Ik dacht dat ik de enige was.”" in html
    assert [link.attributes["href"] for link in nodes(html, "a")] == [f"{ADDRESS}verhalen/anouk.html"]
    (image,) = nodes(html, "img")
    assert image.attributes["alt"] == "Een rond raam"
    assert (image.attributes["src"] or "").startswith(f"{ADDRESS}beeld/anouk-")
    assert nodes(html, "script, style, link, iframe, form") == []


def test_it_looks_the_same_within_any_stylesheet(campaign: Campaign) -> None:
    for node in nodes(code(campaign, CARD), "figure, figure :not(br)"):
        assert (node.attributes["style"] or "").startswith("all:initial;"), node.html


def test_what_is_shown_is_what_is_copied(campaign: Campaign) -> None:
    page = made(planned(campaign)[CARD]).decode()
    (shown,) = nodes(page, ".shown > figure")
    assert (shown.html or "").split() == "".join(
        node.html or "" for node in nodes(code(campaign, CARD), "figure")
    ).split()
    assert "<script" not in page


def test_somebody_who_does_not_exist_is_said_not_to(campaign: Campaign) -> None:
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=None, extra="fictional: true\n"))
    assert "Dit verhaal is verzonnen" in code(campaign, "verhalen/bas-insluiten.html")


@pytest.mark.parametrize("agreed", [consent(scope="[web]"), consent(status="withdrawn")])
def test_who_did_not_agree_to_networks_is_on_none(campaign: Campaign, agreed: str) -> None:
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=agreed))
    assert "verhalen/bas-insluiten.html" not in planned(campaign)


@pytest.mark.parametrize("name", BANNERS)
def test_a_banner_has_two_pixels_for_each(campaign: Campaign, name: str) -> None:
    data = made(planned(campaign)[f"web/{name}.png"])
    assert Image.open(io.BytesIO(data)).size == BANNERS[name]
    assert len(data) <= 60_000


def test_the_banners_are_shown_with_what_to_copy(campaign: Campaign) -> None:
    page = made(planned(campaign)["web/banners.html"]).decode()
    shown = [node.attributes for node in nodes(page, ".shown img")]
    assert [image["src"] for image in shown] == [f"{name}.png" for name in BANNERS]
    assert {image["alt"] for image in shown} == {"Wij doen mee aan Deur voor deur"}
    copied = [nodes(field.text(), "a > img")[0].attributes for field in nodes(page, "textarea")]
    assert copied == shown
