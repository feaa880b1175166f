"""A member's own region first: named at the top, its stories leading, and asked for where there are none."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from helpers import sites
from helpers.pages import nodes
from helpers.sites import ANOUK, VALID, Campaign

INVITATION = (
    "invitation: {text: Wie wil er vertellen?, "
    "actions: [{text: Laat het weten, page: contact.md}, {text: Zo gaat dat, page: toolkit/raad.md}]}\n"
)
CONTACT = "{email: lid@voorbeeld.example}"
OWN_TEXTS = "brands/lid/content"


@pytest.fixture
def member(campaign: Campaign) -> Campaign:
    campaign.edit("content/index.md", "lead:", f"{INVITATION}lead:")
    campaign.add_member("lid", contact=CONTACT, region="Texel")
    return campaign


def home(campaign: Campaign, path: str = "index.html", *, brand: str = "lid") -> LexborHTMLParser:
    return LexborHTMLParser((campaign.output / brand / path).read_text(encoding="utf-8"))


def words(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def own(name: str, date: str, *, more: str = "", agreed: str = VALID) -> str:
    text = sites.story(f"{name} van hier", name=name, agreed=agreed.replace("C-1", f"L-{name}"), extra=more)
    return text.replace("date: 2026-05-01", f"date: {date}")


def test_the_region_is_named_and_a_story_of_it_is_asked_for(member: Campaign) -> None:
    member.build("--all").fine()
    page = home(member)
    assert words(page, "hgroup") == ["Deur voor deur Ook op Texel"]
    assert words(page, ".poster-quote") == ["“Ik dacht dat ik de enige was.”"]
    (asked,) = page.css(".invitation")
    assert words(page, ".invitation h2") == ["Wie is hier Anouk?"]
    assert "Wie wil er vertellen?" in asked.text()
    links = [(link.text(), link.attributes["href"]) for link in asked.css("a")]
    assert links == [("Laat het weten", "contact.html"), ("Zo gaat dat", "toolkit/raad.html")]
    listed = home(member, "verhalen/index.html")
    assert words(listed, ".invitation h2") == ["Wie is hier Anouk?"]
    assert listed.css(".invitation a")[0].attributes["href"] == "../contact.html"

    national = home(member, brand=sites.BRAND)
    assert words(national, "hgroup") == ["Deur voor deur Ook in Zandhage"]
    assert not national.css(".invitation")

    member.add_member("lid", contact=CONTACT)
    member.build("--brand", "lid").fine()
    assert not home(member).css("hgroup, .poster-place")
    assert words(home(member), "h1") == ["Deur voor deur"]


def test_an_own_story_leads_the_newest_or_the_one_that_was_chosen(member: Campaign) -> None:
    member.write(f"{OWN_TEXTS}/verhalen/mo.md", own("Mo", "2026-02-01"))
    member.build("--all").fine()
    page = home(member)
    assert words(page, ".poster .shout figcaption") == ["Mo, Zandhage"]
    assert not page.css(".invitation")
    assert not home(member, "verhalen/index.html").css(".invitation")
    assert words(home(member, brand=sites.BRAND), ".poster .shout figcaption")[0].startswith("Anouk")

    member.write(f"{OWN_TEXTS}/verhalen/bo.md", own("Bo", "2026-03-01"))
    member.build("--brand", "lid").fine()
    assert words(home(member), ".poster .shout figcaption") == ["Bo, Zandhage"]
    assert words(home(member), ".cards .card-title")[:2] == ["Mo van hier", "Anouk doet open"]
    listed = words(home(member, "verhalen/index.html"), "[data-group] .card-title")
    assert listed[:2] == ["Bo van hier", "Mo van hier"]

    for chosen, name in (("mo", "Mo"), ("anouk", "Anouk")):
        member.write(f"{OWN_TEXTS}/index.md", f"---\nlead: verhalen/{chosen}.md\n---\n")
        assert member.build("--brand", "lid").status == 0
        assert words(home(member), ".poster .shout figcaption")[0].startswith(name)


def test_who_withdraws_leads_no_longer(member: Campaign) -> None:
    member.write(f"{OWN_TEXTS}/verhalen/mo.md", own("Mo", "2026-02-01"))
    member.write(f"{OWN_TEXTS}/index.md", "---\nlead: verhalen/mo.md\n---\n")
    assert member.build("--brand", "lid").status == 0
    member.edit(f"{OWN_TEXTS}/verhalen/mo.md", "status: valid", "status: withdrawn")
    assert member.build("--brand", "lid").status == 0
    page = home(member)
    assert not page.css(".shout")
    assert words(page, ".invitation h2") == ["Wie vertelt een verhaal van hier?"]


def test_own_news_comes_first_at_home_and_in_time_in_the_list(member: Campaign) -> None:
    member.write(f"{OWN_TEXTS}/nieuws/hier.md", sites.page("Van hier", extra="date: 2026-01-02\n"))
    member.build("--brand", "lid").fine()
    news = [title for title in words(home(member), ".line-title") if title in ("Van hier", "Wij beginnen")]
    assert news[0] == "Van hier"
    listed = words(home(member, "nieuws/index.html"), ".line-title")
    assert listed[-1] == "Van hier"


def test_the_question_can_be_in_a_member_s_own_words(member: Campaign) -> None:
    member.write(f"{OWN_TEXTS}/index.md", "---\ninvitation: {title: Wie van ons eiland?, text: Bel.}\n---\n")
    assert member.build("--brand", "lid").status == 0
    assert words(home(member), ".invitation h2") == ["Wie van ons eiland?"]


# ── that people do not exist ──


def labels(campaign: Campaign, path: str) -> tuple[int, int]:
    """How often a page says that somebody is made up: on cards, and once for all."""
    html = campaign.shown(path)
    cards = [node for node in nodes(html, ".card .label, .line .label") if "erzonnen" in node.text()]
    return len(cards), html.count("Deze mensen en plaatsen bestaan niet.")


def test_a_list_says_once_that_its_people_are_made_up_and_a_story_once(campaign: Campaign) -> None:
    stories = (ANOUK, sites.BAS, sites.COR)
    for path in stories:
        campaign.edit(path, "title:", "fictional: true\ntitle:")
    campaign.build().fine()
    for path in ("index.html", "verhalen/index.html", "themas/wonen.html"):
        assert labels(campaign, path) == (0, 1), path
    story = campaign.shown("verhalen/anouk.html")
    assert story.count("Dit verhaal is verzonnen") == 1
    assert labels(campaign, "verhalen/anouk.html") == (0, 0)
    assert "bestaat niet" not in story

    campaign.edit(sites.BAS, "fictional: true\n", "")
    campaign.build().fine()
    assert labels(campaign, "verhalen/index.html")[1] == 0
    assert labels(campaign, "verhalen/index.html")[0] == 2
    assert labels(campaign, "verhalen/bas.html") == (0, 1)
