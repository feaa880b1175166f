"""The feed as readers show it: text and picture, nothing that leads nowhere, and nobody who did not agree."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from helpers import sites
from helpers.material import planned_site
from helpers.sites import ADDRESS, ANOUK, BAS, Campaign

ATOM = "{http://www.w3.org/2005/Atom}"
START = "content/nieuws/start.md"
NEWS = sites.page(
    "Wij beginnen",
    "Er zijn {{ feit:deuren }}.\n\n## Waar\n\nLees [Anouk](../verhalen/anouk.md#de-hal), kijk [hier](#waar), "
    "mail {{ email }}, of ga naar {{ organisatie }} via [elders](https://elders.example/?a=1&b=2).\n\n"
    "<p title=']]>'>Zo ]]> en <script>alert(1)</script> niet[^1].</p>\n\n[^1]: Een noot.",
    "date: 2026-06-01\n",
)

Entries = dict[str, ElementTree.Element]


@pytest.fixture
def told(campaign: Campaign) -> Campaign:
    campaign.write(START, NEWS)
    campaign.edit(sites.OWN, "name: Welzijn Zandhage", "name: 'Wel & <b>zijn</b>'")
    return campaign


def entries(feed: str) -> Entries:
    root = ElementTree.fromstring(feed)
    return {_text(entry, "id").removeprefix(ADDRESS): entry for entry in root.iter(f"{ATOM}entry")}


def _text(entry: ElementTree.Element, name: str) -> str:
    found = entry.findall(ATOM + name)
    assert len(found) == 1, name
    return found[0].text or ""


def content(entry: ElementTree.Element) -> LexborHTMLParser:
    (found,) = entry.findall(f"{ATOM}content")
    assert found.attrib == {"type": "html"}
    return LexborHTMLParser(found.text or "")


def test_it_is_a_feed_as_the_standard_says(told: Campaign) -> None:
    """RFC 4287, and what the W3C's validator warns of."""
    told.build()
    root = ElementTree.fromstring(told.shown("feed.xml"))
    assert root.tag == f"{ATOM}feed"
    for node in (root, *root.iter(f"{ATOM}entry")):
        assert _text(node, "id").startswith(ADDRESS)
        assert _text(node, "title").strip()
        moment = dt.datetime.fromisoformat(_text(node, "updated"))
        assert moment.tzinfo is not None
        links = [link.attrib for link in node.findall(f"{ATOM}link")]
        assert [link["type"] for link in links if link["rel"] == "alternate"] == ["text/html"]
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert [link.attrib["href"] for link in root.findall(f"{ATOM}link[@rel='self']")] == [
        f"{ADDRESS}feed.xml"
    ]
    found = entries(told.shown("feed.xml"))
    assert len(found) == len(list(root.iter(f"{ATOM}entry"))) >= 3
    files = told.tree()
    for entry in found.values():
        text = content(entry)
        assert not text.css("script, style, [style], iframe, object, form, input, button")
        assert not [name for node in text.css("*") for name in node.attributes if name.startswith("on")]
        assert text.body is not None
        assert text.body.text(strip=True)
        for node in text.css("[href], [src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            assert address.startswith(("https://", "mailto:", "tel:")), address
            if address.startswith(ADDRESS):
                assert address.removeprefix(ADDRESS).partition("#")[0] in files, address
        assert all(image.attributes["alt"] is not None for image in text.css("img"))


def test_news_is_there_as_a_whole_with_its_sources(told: Campaign) -> None:
    told.build()
    text = content(entries(told.shown("feed.xml"))["nieuws/start.html"])
    words = text.body.text() if text.body else ""
    assert "Zo ]]> en" in words
    assert "Wel & <b>zijn</b>" in words
    assert "alert" not in words
    assert "64 deuren: Voordeuren in de flat. Bron: Telling in de hal, Welzijn Zandhage." in words
    assert "Alleen deze ene flat is geteld." in words
    page = f"{ADDRESS}nieuws/start.html"
    links = [link.attributes["href"] for link in text.css("a")]
    assert links[:4] == [
        f"{page}#bron-deuren",
        f"{ADDRESS}verhalen/anouk.html#kop-de-hal",
        f"{page}#kop-waar",
        "https://elders.example/?a=1&b=2",
    ]


def test_a_person_is_there_as_in_the_preview_of_a_link(campaign: Campaign) -> None:
    """With portrait, quote and summary for who agreed to that; without the story, which nobody may keep."""
    campaign.edit(BAS, "scope: [web, social]", "scope: [web]")
    campaign.build().fine()
    found = entries(campaign.shown("feed.xml"))
    anouk, bas = content(found["verhalen/anouk.html"]), content(found["verhalen/bas.html"])
    (portrait,) = anouk.css("img")
    source = (portrait.attributes["src"] or "").removeprefix(ADDRESS)
    assert source in campaign.tree()
    assert portrait.attributes["alt"] == "Een rond raam"
    assert [node.text() for node in anouk.css("blockquote p")] == ["Ik dacht dat ik de enige was."]
    assert not bas.css("img, blockquote")
    for text in (anouk, bas):
        assert "Hoe het ging met een deur." in [node.text() for node in text.css("p")]
        assert text.css("a")[-1].text() == "Lees verder"
    assert "Op de vierde" not in campaign.shown("feed.xml")

    campaign.edit(ANOUK, "status: valid", "status: withdrawn")
    campaign.build()
    feed = campaign.shown("feed.xml")
    assert "Anouk" not in feed
    assert source not in feed


def test_the_picture_is_that_of_a_link_where_there_is_one(campaign: Campaign) -> None:
    campaign.edit(ANOUK, "alt: Een rond raam", "alt: Een rond raam, scope: [web]")
    plain = planned_site(campaign, materials=())
    drawn = planned_site(campaign, materials=("share",))
    without, with_one = (entries(plan["feed.xml"].make().decode()) for plan in (plain, drawn))
    assert not content(without["verhalen/anouk.html"]).css("img"), "its terms are not for social media"
    (image,) = content(with_one["verhalen/anouk.html"]).css("img")
    picture = (image.attributes["src"] or "").removeprefix(ADDRESS)
    assert picture.startswith("delen/verhalen/anouk.")
    assert picture in drawn
    assert "enige was" in (image.attributes["alt"] or "")
