"""The page in the folder of material: what it lists, under which heading, in which order."""

from __future__ import annotations

import pytest

from helpers.material import planned
from helpers.pages import nodes
from helpers.sites import ANOUK, BAS, Campaign, consent, page, story

BOTH = consent(ref="C-77", scope="[web, social, print, press]")


def index(campaign: Campaign) -> str:
    data = planned(campaign)["index.html"].make()
    assert isinstance(data, bytes)
    return data.decode()


def headings(html: str) -> list[str]:
    return [node.text() for node in nodes(html, "main h2")]


@pytest.fixture
def listed(campaign: Campaign) -> Campaign:
    campaign.edit(ANOUK, "scope: [web, social]", "scope: [web, print]")
    campaign.write(BAS, story("Bas leest de brief", name="Bas", agreed=BOTH))
    campaign.write("content/nieuws/start.en.md", page("We begin", "Today.", summary="In short."))
    return campaign


def test_what_is_of_the_whole_campaign_stands_first_and_pages_in_the_order_of_the_site(
    listed: Campaign,
) -> None:
    found = headings(index(listed))
    assert found[0] == "Voor de hele campagne"
    assert len(found) == len(set(found))
    stories = [title for title in found if "Bas" in title or "Anouk" in title]
    assert stories == ["Anouk doet open", "Bas leest de brief"]


def test_the_contents_lead_to_each_heading(listed: Campaign) -> None:
    html = index(listed)
    links = [(node.text(), node.attributes["href"]) for node in nodes(html, "nav a")]
    assert links == [
        (node.text(), f"#{node.attributes['id']}") for node in nodes(html, "main h2") if node.id != "mag"
    ]


def test_a_translation_stands_under_its_own_title_in_its_language(listed: Campaign) -> None:
    (heading,) = (node for node in nodes(index(listed), "main h2") if node.text() == "We begin")
    assert heading.attributes["lang"] == "en"


@pytest.mark.parametrize(
    ("extra", "said"), [("", "Bas (niet de echte naam), Zandhage"), ("fictional: true\n", None)]
)
def test_a_text_that_is_sent_says_that_a_name_is_not_the_real_one(
    campaign: Campaign, extra: str, said: str | None
) -> None:
    told = story(name="Bas", agreed=BOTH, extra=extra).replace("name: Bas,", "name: Bas, pseudonym: true,")
    campaign.write(BAS, told)
    found = planned(campaign, materials=("office",))["teksten/persbericht.docx"]
    assert dict(dict(found.inputs)["filled"]).get("speaker") == said


LONG = "Een zin die maar doorgaat. " * 40


@pytest.mark.parametrize(
    ("scope", "quote", "said"),
    [
        ("[web, social, print]", "Kort.", []),
        ("[web, social]", "Kort.", ["‘print’"]),
        ("[web]", "Kort.", ["‘print’", "‘social’"]),
        ("[web, social, print]", LONG, ["Geen posters: het citaat is te lang", "Geen kaarten: er is geen"]),
    ],
)
def test_it_says_why_there_is_no_poster_or_card_of_somebody(
    campaign: Campaign, scope: str, quote: str, said: list[str]
) -> None:
    campaign.edit(ANOUK, "scope: [web, social]", "scope: [web, social, print]")
    campaign.write(BAS, story("Bas leest", name="Bas", quote=quote, agreed=consent(ref="C-77", scope=scope)))
    (heading,) = (node for node in nodes(index(campaign), "main h2") if node.text() == "Bas leest")
    assert heading.parent is not None
    notes = [node.text() for node in heading.parent.css("h2 ~ p")]
    assert len(notes) == len(said)
    assert all(words in note for words, note in zip(said, notes, strict=True))
