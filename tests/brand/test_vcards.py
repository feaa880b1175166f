"""The contact as address books read it (RFC 6350)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser

from helpers import sites
from helpers.sites import Campaign
from microsite.brand.brand_file import Contact
from microsite.brand.vcards import vcard
from microsite.core.contact_details import parse_email, parse_phone


def unfolded(card: bytes) -> list[str]:
    return card.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_all_that_is_known_and_no_more() -> None:
    contact = Contact(
        "Noor Bakker",
        "Buurtwerker",
        parse_email("noor@voorbeeld.example"),
        parse_phone("010 123 45 67"),
        "Hal 1, Zandhage",
    )
    assert unfolded(vcard(contact, "Welzijn; Zandhage", "https://voorbeeld.example/")) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        "FN:Noor Bakker\\, Welzijn\\; Zandhage",
        "ORG:Welzijn\\; Zandhage",
        "TITLE:Buurtwerker",
        "EMAIL:noor@voorbeeld.example",
        "TEL:+31101234567",
        "ADR:;;Hal 1\\, Zandhage;;;;",
        "URL:https://voorbeeld.example/",
        "END:VCARD",
    ]
    assert unfolded(vcard(Contact(), "Welzijn", ""))[2:-1] == ["KIND:org", "FN:Welzijn", "ORG:Welzijn"]


def test_a_value_cannot_begin_a_line_of_its_own() -> None:
    contact = Contact(role="Team\r\nTEL:112\rX:1\u2028Y:2", address="Hal 1\nURL:x")
    lines = unfolded(vcard(contact, "C:\\Welzijn", ""))
    assert "FN:Team\\nTEL:112\\nX:1\\nY:2\\, C:\\\\Welzijn" in lines
    assert "ADR:;;Hal 1\\nURL:x;;;;" in lines
    assert "ORG:C:\\\\Welzijn" in lines
    assert not [line for line in lines if line.startswith(("TEL", "URL", "X", "Y"))]


def test_long_lines_are_folded_between_characters() -> None:
    name = "é" * 200
    card = vcard(Contact(name=name), "Welzijn", "")
    assert all(len(line) <= 75 for line in card.split(b"\r\n"))
    assert [line.decode() for line in card.split(b"\r\n")]
    assert f"FN:{name}\\, Welzijn" in unfolded(card)


def test_an_address_book_tells_of_which_organisation_a_card_is() -> None:
    team = unfolded(vcard(Contact(role="Team Communicatie"), "Welzijn Lichtveen", ""))
    assert team[3:6] == [
        "FN:Team Communicatie\\, Welzijn Lichtveen",
        "ORG:Welzijn Lichtveen",
        "TITLE:Team Communicatie",
    ]
    named = unfolded(vcard(Contact(role="Redactie Welzijn Lichtveen"), "Welzijn Lichtveen", ""))
    assert named[3] == "FN:Redactie Welzijn Lichtveen"


def test_the_site_has_the_contact_of_its_own_brand(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.build().fine()
    assert "EMAIL:campagne@voorbeeld.example" in unfolded(campaign.tree()["contact.vcf"])
    assert 'href="../contact.vcf"' in campaign.shown("verhalen/anouk.html")
    campaign.edit(OWN, "email: campagne@voorbeeld.example, phone: 010-1234567", "")
    campaign.write("content/verhalen/index.md", "---\ntitle: Verhalen\n---\n")
    for story in (sites.ANOUK, sites.BAS, sites.COR):
        campaign.edit(story, "status: valid", "status: expired")
    report = campaign.build()
    assert "contact.vcf" in report.removed
    assert "contact.vcf" not in campaign.shown("contact.html")


def test_who_has_no_contact_sends_people_to_the_campaign(tmp_path: Path) -> None:
    """Whoever is shown can ask to be taken off the site, on every page that says so."""
    campaign = sites.campaign(tmp_path / "c")
    campaign.add_member("lid", contact="{role: Redactie, address: Dorpsplein 1}")
    campaign.write("content/privacy.md", sites.page("Privacy", "Bel {{ telefoon }} of mail {{ email }}."))
    campaign.build("--brand", "lid").fine()
    pages = {path: (campaign.output / "lid" / path).read_text() for path in ("privacy.html", "index.html")}
    for page in pages.values():
        assert 'href="mailto:campagne@voorbeeld.example"' in page
        assert 'href="tel:+31101234567"' in page
        assert "Welzijn Zandhage</bdi>, Campagneteam" in page
        assert "contact.vcf" not in page
        assert ("Dorpsplein 1" in page, "Redactie" in page) == (True, False)
    assert not list((campaign.output / "lid").glob("*.vcf"))

    assert campaign.build("--brand", "lid").written == []
    campaign.edit(OWN, "010-1234567", "010-7654321")
    assert "privacy.html" in campaign.build("--brand", "lid").written
    assert campaign.build("--brand", "lid").made == []
    campaign.write("content/privacy.md", sites.page("Privacy", "Van ons."))
    campaign.add_member("lid", contact="{phone: 010-1111111}")
    campaign.build("--brand", "lid").fine()
    own = (campaign.output / "lid/index.html").read_text()
    assert ("010-1111111" in own, "010-7654321" in own) == (True, False)


def test_people_are_shown_where_somebody_can_be_reached(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.add_member("lid")
    campaign.edit(OWN, "email: campagne@voorbeeld.example, phone: 010-1234567", "")
    for brand in ("lid", sites.BRAND):
        problem = campaign.build("--brand", brand).only()
        assert (problem["path"], problem["severity"]) == (f"brands/{brand}/brand.yaml", "error")
        assert "nobody can be called or mailed" in problem["message"]
        assert f"brands/{sites.BRAND}/brand.yaml" in problem["hint"]
    for story in (sites.ANOUK, sites.BAS, sites.COR):  # without people, there is nobody to ask
        campaign.edit(story, "status: valid", "status: expired")
    assert campaign.build("--brand", "lid").status == 0


OWN = f"brands/{sites.BRAND}/brand.yaml"
THEMED = "contacts:\n  - {themes: [wonen], role: Team wonen, email: wonen@voorbeeld.example}\n"
GENERAL = b"campagne@voorbeeld.example"


def test_a_theme_has_a_contact_of_its_own_and_the_rest_the_general_one(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.write(OWN, campaign.read(OWN) + THEMED)
    campaign.build().fine()
    tree = campaign.tree()
    assert "EMAIL:wonen@voorbeeld.example" in unfolded(tree["contact-wonen.vcf"])
    assert sorted(path for path in tree if b"wonen@voorbeeld.example" in tree[path]) == [
        "bewijs/telling.html",
        "contact-wonen.vcf",
        "themas/wonen.html",
        "verhalen/anouk.html",
        "verhalen/bas.html",
    ]
    assert 'href="../contact-wonen.vcf"' in campaign.shown("verhalen/anouk.html")
    assert [path for path in tree if path.endswith(".html") and GENERAL not in tree[path]] == []


def test_the_first_theme_of_a_page_that_somebody_is_named_for_decides(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    more = "  - {themes: [meedoen], name: Mo, phone: 010-7654321}\n"
    campaign.write(OWN, campaign.read(OWN) + THEMED + more)
    campaign.edit("content/verhalen/bas.md", "tags: [wonen]", "tags: [meedoen, wonen]")
    campaign.build().fine()
    assert "010-7654321" in campaign.shown("verhalen/bas.html")
    assert "wonen@voorbeeld.example" not in campaign.shown("verhalen/bas.html")


def asked_on(campaign: Campaign, path: str) -> bool:
    return "wonen@voorbeeld.example" in campaign.shown(path)


def test_stories_and_evidence_ask_the_contact_for_a_theme_and_a_page_can_name_it(
    tmp_path: Path,
) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.write(OWN, campaign.read(OWN) + THEMED)
    campaign.edit("content/nieuws/start.md", "title:", "tags: [wonen]\ntitle:")
    campaign.edit("content/verhalen/bas.md", "title:", "contact: general\ntitle:")
    campaign.build().fine()
    assert asked_on(campaign, "verhalen/anouk.html")
    assert asked_on(campaign, "bewijs/telling.html")
    assert not asked_on(campaign, "nieuws/start.html")
    assert not asked_on(campaign, "verhalen/bas.html")
    campaign.edit("content/nieuws/start.md", "title:", "contact: wonen\ntitle:")
    campaign.build().fine()
    assert asked_on(campaign, "nieuws/start.html")


def test_a_page_names_a_theme_that_exists(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.edit("content/nieuws/start.md", "title:", "contact: woonen\ntitle:")
    problem = campaign.build().only()
    assert (problem["path"], problem["line"]) == ("content/nieuws/start.md", 2)
    assert "'wonen'" in problem["hint"]


def test_contacts_that_help_nobody_are_mistakes_with_their_place(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.write(OWN, f"{campaign.read(OWN)}{THEMED}  - {{themes: [wonen], role: Team}}\n")
    report = campaign.build()
    assert report.status == 1
    assert report.problems == [
        f"{OWN}:9:5: error: this contact cannot be reached",
        f"{OWN}:9:14: error: two contacts for the theme 'wonen'",
    ]
    assert None not in report.hints


def test_a_theme_that_is_gone_does_not_stand_in_a_members_way(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.write(OWN, campaign.read(OWN) + THEMED.replace("wonen]", "woonen]"))
    report = campaign.build()
    assert report.status == 0
    problem = report.only()
    assert (problem["severity"], problem["line"]) == ("warning", 8)
    assert "'wonen'" in problem["hint"]


def test_a_page_is_passed_on_by_links_to_the_network_itself(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.edit("content/verhalen/bas.md", "Bas leest de brief", "'Bas & ‘wij’ #1'")
    campaign.build().fine()
    page = campaign.shown("verhalen/bas.html")
    words = quote(f"Bas & ‘wij’ #1 {sites.ADDRESS}verhalen/bas.html")
    for start in ("wa.me/?text=", "bsky.app/intent/compose?text=", "share.joinmastodon.org/#text="):
        assert f'href="https://{start}{words}"' in page


def test_an_editor_chooses_the_words_that_go_along_with_a_page(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.edit("content/verhalen/bas.md", "date:", 'share: Eén brief & \'n "kop koffie".\ndate:')
    campaign.build().fine()
    page = LexborHTMLParser(campaign.shown("verhalen/bas.html"))
    chosen, address = 'Eén brief & \'n "kop koffie".', f"{sites.ADDRESS}verhalen/bas.html"
    links = [link.attributes["href"] or "" for link in page.css(".pass-on a")]
    sent = [unquote(link.partition("text=")[2] or link.partition("body=")[2]) for link in links]
    assert sent == [f"{chosen}\n\n{address}", f"{chosen} {address}", "", "", *[f"{chosen} {address}"] * 2]
    assert page.css_first('meta[property="og:description"]').attributes["content"] == chosen
    assert page.css_first('meta[name="description"]').attributes["content"] != chosen
    assert page.css_first("[data-share]").attributes["data-title"] == chosen


def test_number_and_address_in_a_text_can_be_tapped_but_not_twice(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    body = "Bel {{ telefoon }}, of [schrijf *naar {{ email }}*](verhalen/anouk.md). Of {{ email }}."
    campaign.write("content/contact.md", sites.page(body=body))
    campaign.build().fine()
    prose = LexborHTMLParser(campaign.shown("contact.html")).css_first(".prose")
    assert prose is not None
    assert [(link.attributes["href"], link.text()) for link in prose.css("a")] == [
        ("tel:+31101234567", "010-1234567"),
        ("verhalen/anouk.html", "schrijf naar campagne@voorbeeld.example"),
        ("mailto:campagne@voorbeeld.example", "campagne@voorbeeld.example"),
    ]
