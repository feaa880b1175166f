"""What pages tell search engines in JSON-LD: enough to be shown well, and no more than the page says."""

from __future__ import annotations

import json

import pytest

from helpers import sites
from helpers.material import planned_site
from helpers.pages import nodes
from helpers.sites import ADDRESS, ANOUK, OWN, Campaign
from helpers.structured import checked, structured, unseen

Site = dict[str, str]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site, set[str]]:
    """The pages of a campaign and of a member, whose links have pictures; and the paths of all files."""
    site = sites.campaign(tmp_path_factory.mktemp("data") / "campagne")
    site.edit("content/site.yaml", "brand:", "about: over.md\ncontact: contact.md\nbrand:")
    site.write("content/over.md", sites.page("Over ons"))
    site.write("content/contact.en.md", sites.page("Contact us"))
    site.edit(ANOUK, "scope: [web, social]", "scope: [web]")
    site.edit("content/nieuws/start.md", "title:", "updated: 2026-07-01\ntitle:")
    site.add_member("lid", url="https://lid.example/", contact="{address: Dorpsplein 1}")
    (files, pages), (_, theirs) = (_pages(site, brand) for brand in (sites.BRAND, "lid"))
    return pages, theirs, files


def _pages(campaign: Campaign, brand: str) -> tuple[set[str], Site]:
    planned = planned_site(campaign, brand, ("share",))
    return {*planned}, {
        path: item.make().decode() for path, item in planned.items() if path.endswith(".html")
    }


@pytest.fixture
def shown(drawn: tuple[Site, Site, set[str]]) -> Site:
    return drawn[0]


@pytest.fixture
def elsewhere(drawn: tuple[Site, Site, set[str]]) -> Site:
    return drawn[1]


def test_every_page_that_can_be_found_describes_itself(shown: Site) -> None:
    found = set()
    for path, html in shown.items():
        if nodes(html, "meta[name=robots][content*=noindex]"):
            assert not nodes(html, "script[type='application/ld+json']"), path
            continue
        page = checked(html, ADDRESS, ADDRESS + path.removesuffix("index.html"))
        found.add(page["@type"])
        assert unseen(html) == [], path
        assert "Person" not in json.dumps(structured(html))
    assert found == {
        "WebSite",
        "WebPage",
        "Article",
        "NewsArticle",
        "CollectionPage",
        "ContactPage",
        "AboutPage",
    }


def test_who_wrote_it_when_and_what_it_looks_like(
    shown: Site, elsewhere: Site, drawn: tuple[Site, Site, set[str]]
) -> None:
    news = structured(shown["nieuws/start.html"])[0]
    assert (news["datePublished"], news["dateModified"]) == ("2026-06-01", "2026-07-01")
    assert news["author"]["name"] == news["publisher"]["name"] == "Welzijn Zandhage"
    assert news["publisher"]["logo"].startswith(f"{ADDRESS}beeld/logo-")
    picture = news["image"]["url"].removeprefix(ADDRESS)
    assert picture.startswith("delen/nieuws/start.")
    assert picture in drawn[2]
    news = structured(elsewhere["nieuws/start.html"])[0]
    assert news["author"] == {"@type": "Organization", "name": "Deur voor deur"}
    assert news["publisher"]["name"] == "Lid"


def test_who_is_not_on_social_media_has_no_picture_there(shown: Site) -> None:
    assert "image" not in structured(shown["verhalen/anouk.html"])[0]
    assert "image" in structured(shown["verhalen/bas.html"])[0]


@pytest.mark.parametrize("path", ["contact.html", "contact.en.html"])
def test_the_page_with_the_contact_says_how_to_reach_the_organisation(
    shown: Site, elsewhere: Site, path: str
) -> None:
    page = structured(shown[path])[0]
    assert page["@type"] == "ContactPage"
    assert page["mainEntity"]["name"] == "Welzijn Zandhage"
    assert page["mainEntity"]["contactPoint"] == {
        "@type": "ContactPoint",
        "contactType": "customer service",
        "email": "campagne@voorbeeld.example",
        "telephone": "+31101234567",
    }
    borrowed = structured(elsewhere[path])[0]
    assert (borrowed["@type"], "mainEntity" in borrowed) == ("ContactPage", False)


def test_without_an_address_there_is_nothing_to_point_at(campaign: Campaign) -> None:
    campaign.edit(OWN, f"url: {ADDRESS}\n", "")
    campaign.build().fine()
    (page,) = structured(campaign.shown("nieuws/start.html"))
    assert page["publisher"] == {"@type": "Organization", "name": "Welzijn Zandhage"}
    assert "url" not in page


@pytest.mark.parametrize("key", ["about", "contact"])
def test_these_pages_stand_on_their_own(campaign: Campaign, key: str) -> None:
    campaign.edit("content/site.yaml", "brand:", f"{key}: verhalen/anouk.md\nbrand:")
    problem = campaign.build().only()
    assert problem["message"] == "'verhalen/anouk.md' is no page of its own, such as contact.md"
    assert problem["path"] == "content/site.yaml"
