"""The page for who has two minutes: whom it shows, what it says of the day, and the mail that it opens."""

from __future__ import annotations

import datetime as dt
import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from helpers import sites
from helpers.pages import nodes
from helpers.sites import ADDRESS, BAS, BRAND, BRAND_FILE, DAY, OWN, Campaign, consent, page, story

PAGE, FIRST = "raad.html", "index.html"
LETTER = "Beste wethouder,\n\nLoop eens mee & kijk.\n\nMet groet,\n[uw naam]\n\nP.S. Wie belt er aan?"
QUESTION = "Wie belt er bij u aan?"
BLOCK = LETTER.replace("\n", "\n  ")
KEYS = f"question: {QUESTION}\nfigure: koppen\nlead: verhalen/bas.md\nletter: |\n  {BLOCK}"
TOMORROW = dt.date.fromisoformat(DAY) + dt.timedelta(days=1)


@pytest.fixture
def filled(campaign: Campaign) -> Campaign:
    campaign.write("content/raad.md", page("Voor de raad", "Lees verder.", KEYS + "\n"))
    return campaign


def words(campaign: Campaign, selector: str, path: str = PAGE) -> list[str]:
    return [" ".join(node.text().split()) for node in nodes(campaign.shown(path), selector)]


def href(campaign: Campaign, selector: str, path: str = PAGE) -> str:
    (node,) = nodes(campaign.shown(path), selector)
    return node.attributes["href"] or ""


def visit(campaign: Campaign, day: dt.date) -> None:
    campaign.write(OWN, BRAND_FILE + f"visit:\n  date: {day}\n  where: om tien uur in de flat\n")


def test_the_page_has_one_of_everything_and_the_first_page_leads_there(filled: Campaign) -> None:
    visit(filled, TOMORROW)
    filled.build().fine()
    assert words(filled, "h1") == ["Voor de raad"]
    assert words(filled, ".poster figcaption bdi")[:1] == ["Bas"]
    assert href(filled, ".poster-link a") == "verhalen/bas.html"
    assert words(filled, ".figure-number") == ["12 koppen koffie"]
    assert words(filled, ".account-caveat") == ["Wie thee drinkt, telt niet mee."]
    assert len(nodes(filled.shown(PAGE), ".account-source")) == 1
    assert words(filled, ".council-question .poster-quote") == [QUESTION]
    assert words(filled, ".council-day") == ["maandag 23 november 2026"]
    assert words(filled, ".council-day + p") == ["om tien uur in de flat"]
    assert "010-1234567" in words(filled, ".council-visit .plain")[0]
    assert href(filled, ".statement-council a", FIRST) == PAGE
    assert "statement-council" not in filled.shown("contact.html")
    assert "council" not in filled.shown("contact.html")
    (row,) = nodes(filled.shown("cijfers.html"), "#bron-koppen")
    assert f'href="{PAGE}"' in (row.html or "")


def test_the_button_opens_the_letter_as_a_mail_to_nobody_yet(filled: Campaign) -> None:
    filled.build().fine()
    mail = urlsplit(href(filled, ".council-send .button"))
    assert (mail.scheme, mail.path) == ("mailto", "")
    said = parse_qs(mail.query)
    assert said["subject"] == [QUESTION]
    end = f"Welzijn Zandhage, campagne@voorbeeld.example\r\n{ADDRESS}{PAGE}"
    (body,) = said["body"]
    assert body.startswith(LETTER.replace("\n", "\r\n") + "\r\n\r\n")
    assert body.endswith(end)
    shown = [
        (node.html or "").replace("<br>", "\n") for node in nodes(filled.shown(PAGE), ".council-letter p")
    ]
    assert [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in shown] == body.replace("\r\n", "\n").split(
        "\n\n"
    ), "the page shows the letter that is sent"
    assert href(filled, ".council-to-letter a") == "#naschrift"
    assert words(filled, "#naschrift") == ["P.S. Wie belt er aan?"]


def test_a_letter_without_a_postscript_gives_the_reason_itself(filled: Campaign) -> None:
    filled.edit("content/raad.md", "P.S. Wie", "PSV speelt. Wie")
    filled.build().fine()
    assert href(filled, ".council-to-letter a") == "#de-brief"
    assert not nodes(filled.shown(PAGE), "#naschrift")


def test_a_code_leads_back_from_paper_where_the_address_is_known(filled: Campaign) -> None:
    filled.build().fine()
    (code,) = nodes(filled.shown(PAGE), ".council-code")
    assert code.css_first("svg path") is not None
    assert code.text().strip() == ADDRESS + PAGE
    filled.edit(OWN, f"url: {ADDRESS}\n", "")
    filled.edit(OWN, "region: Zandhage\n", "")
    filled.build()
    assert nodes(filled.shown(PAGE), ".council-code") == []
    assert ADDRESS not in filled.shown(PAGE)
    assert href(filled, ".council-send .button").endswith("example%0D%0A")


@pytest.mark.parametrize("over", [0, 1])
def test_a_day_that_is_over_is_told_and_not_shown(filled: Campaign, over: int) -> None:
    visit(filled, dt.date.fromisoformat(DAY) - dt.timedelta(days=over))
    report = filled.build()
    line = BRAND_FILE.count("\n") + 2
    told = [f"{OWN}:{line}:9: warning: this day is over, so the site asks to choose one: 2026-11-21"] * over
    assert report.problems == told
    assert report.status == 0
    assert words(filled, ".council-day") == [["zondag 22 november 2026"], ["Kies zelf een dag"]][over]
    assert ("om tien uur" in filled.shown(PAGE)) is not over


def test_a_member_shows_one_of_its_own(filled: Campaign) -> None:
    filled.write(
        f"brands/{BRAND}/content/verhalen/dewi.md", story("Dewi telt", name="Dewi", agreed=consent(ref="D-1"))
    )
    filled.build().fine()
    assert words(filled, ".poster figcaption bdi")[:1] == ["Dewi"]
    filled.write(f"brands/{BRAND}/content/raad.md", "---\nlead: verhalen/cor.md\n---\n")
    assert filled.build().status == 0
    assert words(filled, ".poster figcaption bdi")[:1] == ["Cor"]


@pytest.mark.parametrize("agreed", [{"status": "withdrawn"}, {"scope": "[print]"}])
def test_who_may_not_be_shown_is_not_there_and_another_is(filled: Campaign, agreed: dict[str, str]) -> None:
    filled.build().fine()
    assert "Bas" in filled.shown(PAGE)
    filled.write(BAS, story("Bas leest de brief", name="Bas", agreed=consent(ref="C-12", **agreed)))
    assert filled.build().status == 0
    assert "Bas" not in filled.shown(PAGE)
    assert "bas.html" not in filled.shown(PAGE)
    assert words(filled, ".poster figcaption bdi")[:1] == ["Anouk"]
    for name in (sites.ANOUK, sites.COR):
        filled.edit(name, "status: valid", "status: withdrawn")
    assert filled.build().status == 0
    assert nodes(filled.shown(PAGE), ".poster") == []
    assert words(filled, "h1") == ["Voor de raad"]
    assert words(filled, ".council-question .poster-quote") == [QUESTION]


def test_only_who_agreed_to_print_is_on_paper(filled: Campaign) -> None:
    filled.build().fine()
    assert len(nodes(filled.shown(PAGE), ".council-unprinted")) == 1
    filled.edit(BAS, "scope: [web, social]", "scope: [web, social, print]")
    filled.build().fine()
    assert nodes(filled.shown(PAGE), ".council-unprinted") == []


def test_who_has_another_name_is_said_to_have_one(filled: Campaign) -> None:
    filled.build().fine()
    assert words(filled, ".poster .label") == []
    filled.edit(BAS, "{name: Bas,", "{name: Bas, pseudonym: ja,")
    filled.build().fine()
    assert words(filled, ".poster .label") == ["Dit is niet de echte naam"]


def test_keys_that_would_not_be_shown_are_told(campaign: Campaign) -> None:
    campaign.write("content/raad.md", page("Voor de raad", extra="figure: koppen\n"))
    told = "content/raad.md:4:9: warning: 'figure' is only shown on a page with a 'question'"
    assert campaign.build().problems == [told]


def test_the_menu_of_the_team_stands_apart(filled: Campaign) -> None:
    site = sites.SITE + "team_menu:\n  - {title: Toolkit, page: toolkit/index.md}\n"
    filled.write("content/site.yaml", site + "  - {title: De raad, page: toolkit/raad.md}\n")
    filled.build().fine()
    heads = words(filled, ".colophon nav .colophon-head", FIRST)
    assert heads == ["Over deze site", "Voor wie meewerkt"]
    assert words(filled, ".colophon nav:last-of-type li", FIRST) == ["Toolkit", "De raad"]
    assert "Toolkit" not in " ".join(words(filled, ".menu li", FIRST))
    current = nodes(filled.shown("toolkit/index.html"), ".colophon [aria-current]")
    assert [node.text() for node in current] == ["Toolkit"]
    assert "Toolkit" in words(filled, ".crumbs", "toolkit/raad.html")[0]


def test_a_member_nobody_can_call_says_that_the_contact_is_the_campaign_s(filled: Campaign) -> None:
    filled.write("brands/kaal/brand.yaml", "name: Buurtteam Kaal\nlogo: logo.svg\ncolour: '#123456'\n")
    filled.write("brands/kaal/logo.svg", sites.LOGO)
    filled.build("--all").fine()
    kaal = (filled.site.parent / "kaal" / PAGE).read_text("utf-8")
    (said,) = [" ".join(node.text().split()) for node in nodes(kaal, ".council-national")]
    assert (
        said
        == "Dit is het team van de landelijke campagne. Buurtteam Kaal heeft hier nog geen nummer of adres."
    )
    assert (
        "Welzijn Zandhage, campagne@voorbeeld.example"
        in nodes(kaal, ".council-letter p:last-child")[0].text()
    )
    assert not nodes(filled.shown(PAGE), ".council-national")
