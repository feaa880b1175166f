"""Old addresses of a page (``aliases``): a page that sends on, rules for servers, and which lead nowhere."""

from __future__ import annotations

import json
import re

import pytest

from helpers import sites
from helpers.pages import nodes
from helpers.sites import ADDRESS, ANOUK, BAS, BRAND, COR, Campaign, consent, story
from microsite.content.aliases import old_path

OLD = "verhalen/oud.html"
WRONG = (
    *("", "/", "https://x.example/oud.html", "/oud.html?a=1", "/oud.html#kop", "/a.php", "/a$b", '/a"b.html'),
    *(
        "/a\\b.html",
        "/a%0Ab.html",
        "../../oud.html",
        "../../oud.md",
        "/%2e%2e/a.html",
        "/a//../..",
        "/.a/b.html",
        f"/{'a' * 200}.html",
    ),
)


def alias(campaign: Campaign, *written: str, path: str = ANOUK) -> None:
    campaign.edit(path, "title:", f"aliases: {json.dumps(written)}\ntitle:")


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/verhalen/oud.html", OLD),
        ("verhalen/oud.html", OLD),
        ("verhalen/oud", OLD),
        ("/verhalen/oud.md", OLD),
        ("oud.md", OLD),
        ("oud", OLD),
        ("oud.html", OLD),
        ("./oud.html", OLD),
        ("../nieuws/oud.md", "nieuws/oud.html"),
        ("/oud", "oud.html"),
        ("/2019/05/noor/", "2019/05/noor/index.html"),
        ("/Verhalen/Oud Verhaal.html", "Verhalen/Oud Verhaal.html"),
        ("verhalen/Oud Verhaal.md", "verhalen/oud-verhaal.html"),
        ("/caf%C3%A9.html", "café.html"),
        ("oud.en.md", "verhalen/oud.en.html"),
        *((wrong, "") for wrong in WRONG),
    ],
)
def test_an_old_address_is_written_as_people_know_it(written: str, path: str) -> None:
    assert old_path(written, "verhalen/nieuw.md") == path


def test_an_old_address_leads_to_the_page(campaign: Campaign) -> None:
    campaign.build().fine()
    before = campaign.tree()
    alias(campaign, "/verhalen/oud.html", "/2019/anouk/")
    report = campaign.build().fine()
    pages = [OLD, "2019/anouk/index.html"]
    assert {"_redirects", *pages} <= {*report.written}
    for path, there in zip(pages, ("anouk.html", "../../verhalen/anouk.html"), strict=True):
        html = campaign.shown(path)
        (canonical,) = nodes(html, "link[rel=canonical]")
        assert canonical.attributes["href"] == f"{ADDRESS}verhalen/anouk.html"
        (refresh,) = nodes(html, "meta[http-equiv=refresh]")
        assert refresh.attributes["content"] == f"0; url={there}"
        assert [a.attributes["href"] for a in nodes(html, "a")] == [there]
        assert nodes(html, "meta[name=robots]")[0].attributes["content"] == "noindex"
        assert nodes(html, "html")[0].attributes["lang"] == "nl"
        assert "Anouk" not in html
        assert len(html) < 2000
    for name, data in campaign.tree().items():
        if b"oud.html" in data:
            assert name in {
                "_redirects",
                ".htaccess",
                "hosting/nginx.conf",
                "hosting/Caddyfile",
                "web.config",
            }
    campaign.edit(ANOUK, 'aliases: ["/verhalen/oud.html", "/2019/anouk/"]\n', "")
    campaign.build().fine()
    assert campaign.tree() == before


def test_each_server_redirects(campaign: Campaign) -> None:
    alias(campaign, "/verhalen/oud verhaal.html")
    campaign.build().fine()
    site = {path: data.decode("utf-8", "replace") for path, data in campaign.tree().items()}
    new = "/campagne/verhalen/anouk.html"
    assert r'RewriteCond "%{REQUEST_URI}" "^(.*)verhalen/oud verhaal\.html$"' in site[".htaccess"]
    assert (
        r'RewriteRule "^verhalen/oud verhaal\.html$" "%1verhalen/anouk.html" [R=301,L]' in site[".htaccess"]
    )
    rule = f'location = "/campagne/verhalen/oud verhaal.html" {{ return 301 "{new}"; }}'
    assert rule in site["hosting/nginx.conf"]
    assert f'redir "/campagne/verhalen/oud verhaal.html" "{new}" permanent' in site["hosting/Caddyfile"]
    old = "/campagne/verhalen/oud%20verhaal.html"
    assert site["_redirects"].splitlines()[1:] == [f"{old} {new} 301!", f"{old} {new} 301"]
    (iis,) = re.findall(
        r'<location path="verhalen/oud verhaal.html">.*?</location>', site["web.config"], re.S
    )
    assert f'destination="{new}"' in iis
    assert 'httpResponseStatus="Permanent"' in iis


def test_where_the_address_is_not_known_no_rule_names_it(campaign: Campaign) -> None:
    campaign.edit(f"brands/{BRAND}/brand.yaml", f"url: {ADDRESS}\n", "")
    alias(campaign, "oud.md")
    campaign.build().fine()
    assert "canonical" not in campaign.shown(OLD)
    assert "oud.html" not in campaign.tree()["web.config"].decode()
    assert "%1verhalen/anouk.html" in campaign.tree()[".htaccess"].decode()


def test_a_page_in_another_language_has_old_addresses_of_its_own(campaign: Campaign) -> None:
    alias(campaign, "oud.md")
    english = (
        "---\ntitle: Anouk opens\nsummary: A door.\nimage: {alt: A}\naliases: [oud.en.md]\n---\nA door.\n"
    )
    campaign.write("content/verhalen/anouk.en.md", english)
    campaign.build().fine()
    assert 'url=anouk.html"' in campaign.shown(OLD)
    assert 'url=anouk.en.html"' in campaign.shown("verhalen/oud.en.html")


# ── what leads nowhere ──


@pytest.mark.parametrize(
    "taken",
    [
        "/verhalen/bas.html",
        "bas.md",
        "anouk.md",
        "/Verhalen/BAS.html",
        "/index.html",
        "/404.html",
        "/themas/wonen.html",
        "/zoeken.html",
        "/verhalen/bas.html/oud.html",
    ],
)
def test_an_address_of_a_page_is_not_an_old_one(campaign: Campaign, taken: str) -> None:
    alias(campaign, taken)
    problem = campaign.build().only()
    assert (problem["path"], problem["line"], problem["severity"]) == (ANOUK, 2, "error")
    assert "so that address cannot lead here" in problem["message"]


def test_nor_one_that_leads_to_another_page(campaign: Campaign) -> None:
    alias(campaign, "oud.md", "/verhalen/oud")
    alias(campaign, "Oud.html", path=BAS)
    problem = campaign.build().only()
    assert (problem["path"], problem["line"], problem["severity"]) == (BAS, 2, "error")
    assert f"leads to '{ANOUK}' already" in problem["message"]


@pytest.mark.parametrize("wrong", ["https://elders.example/oud.html", "/oud.php", "../../oud.html", "/a$b"])
def test_an_address_that_is_not_certain_is_a_mistake(campaign: Campaign, wrong: str) -> None:
    alias(campaign, "oud.md", wrong)
    problem = campaign.build().only()
    assert (problem["path"], problem["line"], problem["severity"]) == (ANOUK, 2, "error")
    assert f"'{wrong}' is not the old address" in problem["message"]


@pytest.mark.parametrize("status", ["withdrawn", "expired", "pending"])
def test_nobody_who_looks_for_one_person_gets_to_see_another(campaign: Campaign, status: str) -> None:
    campaign.edit(COR, "status: valid", f"status: {status}")
    alias(campaign, "cor.md")
    report = campaign.build()
    assert report.status == 0, report.said
    (problem,) = [p for p in report.data["problems"] if "so it does not lead here" in p["message"]]
    assert (problem["path"], problem["severity"]) == (ANOUK, "warning")
    assert "anouk" not in campaign.tree().get("verhalen/cor.html", b"").decode()
    assert "cor.html" not in campaign.tree().get("_redirects", b"").decode()
    nginx = campaign.tree()["hosting/nginx.conf"].decode()
    assert ('verhalen/cor.html" { return 410' in nginx) == (status == "withdrawn")


def test_an_address_that_was_noted_as_removed_stays_removed(campaign: Campaign) -> None:
    campaign.write("content/weggehaald.yaml", f"pages:\n  - address: {OLD}\n    until: 2027-01-01\n")
    alias(campaign, "oud.md")
    problem = campaign.build().only()
    assert (problem["severity"], "weggehaald.yaml" in problem["hint"]) == ("warning", True)
    assert "refresh" not in campaign.shown(OLD)


@pytest.mark.parametrize(("status", "gone"), [("withdrawn", True), ("expired", False)])
def test_the_old_address_goes_with_the_page(campaign: Campaign, status: str, gone: bool) -> None:
    alias(campaign, "oud.md")
    campaign.build().fine()
    campaign.edit(ANOUK, "status: valid", f"status: {status}")
    assert campaign.build().status == 0
    assert (OLD in campaign.tree()) == gone
    assert not [path for path, data in campaign.tree().items() if b"refresh" in data]
    assert ('oud.html" { return 410' in campaign.tree()["hosting/nginx.conf"].decode()) == gone


def test_also_where_only_the_withdrawal_is_left_of_it(campaign: Campaign) -> None:
    gone = "---\naliases: [oud.md]\nconsent: {ref: C-11, status: withdrawn}\n---\n"
    campaign.write(ANOUK, gone)
    assert campaign.build().status == 0
    assert 'oud.html" { return 410' in campaign.tree()["hosting/nginx.conf"].decode()


# ── links ──


def test_a_link_to_an_old_address_leads_there_and_is_told(campaign: Campaign) -> None:
    alias(campaign, "oud.md")
    campaign.edit(BAS, "(anouk.md#de-hal)", "(oud.md#de-hal)")
    campaign.edit("content/contact.md", "(verhalen/anouk.md)", "(verhalen/oud.md)")
    report = campaign.build()
    assert report.status == 0, report.said
    told = {p["path"]: (p["message"], p["hint"], p["severity"]) for p in report.data["problems"]}
    assert told == {
        BAS: ("'oud.md#de-hal' has moved", "write: anouk.md#de-hal", "warning"),
        "content/contact.md": ("'verhalen/oud.md' has moved", "write: /verhalen/anouk.md", "warning"),
    }
    assert 'href="anouk.html#kop-de-hal"' in campaign.shown("verhalen/bas.html")
    assert 'href="verhalen/anouk.html"' in campaign.shown("contact.html")


# ── members ──


def test_members_have_the_old_addresses_of_national_pages_and_their_own(campaign: Campaign) -> None:
    campaign.add_member("lid")
    alias(campaign, "oud.md")
    campaign.write("brands/lid/content/verhalen/anouk.md", "---\naliases: [ouder.md]\n---\n")
    campaign.write(
        "brands/lid/content/verhalen/eigen.md",
        story("Eigen", name="Mo", agreed=consent(ref="L-1"), extra="aliases: [/verhalen/ons-verhaal]\n"),
    )
    report = campaign.build("--brand", "lid")
    assert (report.status, report.only()["severity"]) == (0, "notice")  # the change was not accepted yet
    lid = sites.tree(campaign.output / "lid")
    for old, new in {"oud": "anouk", "ouder": "anouk", "ons-verhaal": "eigen"}.items():
        assert f'url={new}.html"' in lid[f"verhalen/{old}.html"].decode()
    assert campaign.build().status == 0
    assert "verhalen/ouder.html" not in campaign.tree()


@pytest.mark.parametrize("own", ["a page", "an old address"])
def test_what_a_member_has_there_of_its_own_is_what_its_site_shows(campaign: Campaign, own: str) -> None:
    campaign.add_member("lid")
    alias(campaign, "oud.md")
    extra = "" if own == "a page" else "aliases: [oud.md]\n"
    name = "oud" if own == "a page" else "eigen"
    text = story("Eigen", name="Mo", agreed=consent(ref="L-1"), extra=extra)
    campaign.write(f"brands/lid/content/verhalen/{name}.md", text)
    problem = campaign.build("--brand", "lid").only()
    assert (problem["path"], problem["severity"]) == (ANOUK, "notice")
    shown = (campaign.output / "lid" / OLD).read_text()
    assert ("Eigen" in shown) if own == "a page" else ("url=eigen.html" in shown)


# ── a story that moved ──


def move(campaign: Campaign, change: str = "") -> None:
    campaign.write(
        "content/verhalen/elders.md", campaign.read(ANOUK).replace("status: valid", change or "status: valid")
    )
    campaign.remove(ANOUK)
    campaign.edit(BAS, "(anouk.md#de-hal)", "(elders.md)")
    campaign.edit("content/contact.md", "(verhalen/anouk.md)", "(verhalen/elders.md)")
    campaign.edit("content/index.md", "lead: verhalen/anouk.md", "lead: verhalen/elders.md")


def test_a_story_that_moved_is_told_the_line_to_add(campaign: Campaign) -> None:
    campaign.build().fine()
    move(campaign)
    problem = campaign.build().only()
    assert (problem["path"], problem["severity"]) == ("content/verhalen/elders.md", "notice")
    assert "this page was at verhalen/anouk.html before" in problem["message"]
    line = problem["hint"].partition("add: ")[2]
    assert line == "aliases: [/verhalen/anouk.html]"
    campaign.edit("content/verhalen/elders.md", "title:", f"{line}\ntitle:")
    campaign.build().fine()
    assert 'url=elders.html"' in campaign.shown("verhalen/anouk.html")


LINE = "aliases: [/nieuws/start.html]"


def rename(
    campaign: Campaign, old: str = "content/nieuws/start.md", new: str = "content/nieuws/begin.md"
) -> None:
    campaign.write(new, campaign.read(old))
    campaign.remove(old)


def offers(report: sites.Report) -> list[tuple[str, str]]:
    """(file, line to add) of each page that is said to have been elsewhere."""
    told = [p for p in report.data["problems"] if "this page was at" in p["message"]]
    return [(p["path"], p["hint"].partition("add: ")[2]) for p in told]


def test_any_page_that_was_renamed_is_told_the_line_to_add(campaign: Campaign) -> None:
    campaign.build().fine()
    rename(campaign)
    assert offers(campaign.run("check")) == [("content/nieuws/begin.md", LINE)]
    assert offers(campaign.build()) == [("content/nieuws/begin.md", LINE)]
    campaign.write("content/over.md", sites.page("Over ons", "Wij."))
    assert offers(campaign.build()) == [("content/nieuws/begin.md", LINE)]  # until somebody does it
    campaign.edit("content/nieuws/begin.md", "title:", f"{LINE}\ntitle:")
    campaign.build().fine()


@pytest.mark.parametrize(
    ("old", "new"), [("title: Wij beginnen", "title: Het begin"), ("Vandaag.", "Vandaag, na de koffie.")]
)
def test_a_page_that_was_renamed_and_changed_is_known_by_the_rest(
    campaign: Campaign, old: str, new: str
) -> None:
    campaign.build().fine()
    rename(campaign)
    campaign.edit("content/nieuws/begin.md", old, new)
    assert offers(campaign.build()) == [("content/nieuws/begin.md", LINE)]


def test_a_page_that_took_the_place_of_another_is_not_taken_for_it(campaign: Campaign) -> None:
    campaign.build().fine()
    campaign.write("content/nieuws/begin.md", sites.page("Iets anders", "Gisteren.", "date: 2026-06-02\n"))
    campaign.remove("content/nieuws/start.md")
    campaign.build().fine()


def test_pages_that_are_alike_are_not_guessed_at(campaign: Campaign) -> None:
    for name in ("een", "twee"):
        campaign.write(f"content/nieuws/{name}.md", campaign.read("content/nieuws/start.md"))
    campaign.build().fine()
    for name in ("een", "twee"):
        campaign.remove(f"content/nieuws/{name}.md")
    rename(campaign)
    assert offers(campaign.build()) == []


def test_the_line_has_the_aliases_that_are_there(campaign: Campaign) -> None:
    campaign.edit("content/nieuws/start.md", "title:", "aliases: [/nieuws/eerste.html]\ntitle:")
    campaign.build().fine()
    rename(campaign)
    report = campaign.build()
    assert offers(report) == [
        ("content/nieuws/begin.md", "aliases: [/nieuws/eerste.html, /nieuws/start.html]")
    ]
    assert report.only()["line"] == 2  # where the aliases are


def test_an_address_that_was_taken_away_on_purpose_is_not_offered(campaign: Campaign) -> None:
    campaign.build().fine()
    rename(campaign)
    campaign.write("content/weggehaald.yaml", "pages: [{address: nieuws/start.html, until: 2027-11-22}]\n")
    assert offers(campaign.build()) == []


def test_a_rename_that_breaks_links_is_told_with_these(campaign: Campaign) -> None:
    campaign.edit("content/contact.md", "Bel", "Lees [het nieuws](nieuws/start.md). Bel")
    campaign.build().fine()
    rename(campaign)
    report = campaign.build()
    assert report.status == 1
    assert offers(report) == [("content/nieuws/begin.md", LINE)]
    campaign.edit("content/nieuws/begin.md", "title:", f"{LINE}\ntitle:")
    assert "write: /nieuws/begin.md" in campaign.build().said


def test_of_a_member_only_its_own_pages_are_told(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write(
        "brands/lid/content/nieuws/ons.md", sites.page("Ons nieuws", "Hier.", "date: 2026-06-02\n")
    )
    campaign.build("--brand", "lid").fine()
    rename(campaign)
    rename(campaign, "brands/lid/content/nieuws/ons.md", "brands/lid/content/nieuws/van-ons.md")
    told = offers(campaign.build("--brand", "lid"))
    assert told == [("brands/lid/content/nieuws/van-ons.md", "aliases: [/nieuws/ons.html]")]


def test_a_story_that_moved_is_no_alarm_when_something_else_is_wrong(campaign: Campaign) -> None:
    campaign.build().fine()
    campaign.edit(f"brands/{BRAND}/brand.yaml", "logo:", "onbekend: 1\nlogo:")
    move(campaign)
    report = campaign.build()
    assert report.status == 1
    assert "may not be shown any more" not in report.said
    assert not report.one["reduced"]


def test_a_story_that_is_deleted_has_not_become_another_of_the_same_person(campaign: Campaign) -> None:
    campaign.build().fine()
    other = campaign.read(ANOUK).replace(
        "Op de vierde gaat een deur open.", "Nu gaat het over heel iets anders."
    )
    move(campaign)
    campaign.write("content/verhalen/elders.md", other.replace("Daar hangen", "Ergens staan"))
    campaign.edit(f"brands/{BRAND}/brand.yaml", "logo:", "onbekend: 1\nlogo:")
    assert campaign.build().one["reduced"]


@pytest.mark.parametrize("status", ["withdrawn", "expired"])
def test_a_story_that_moved_and_is_not_shown_any_more_is_one(campaign: Campaign, status: str) -> None:
    campaign.build().fine()
    campaign.edit(f"brands/{BRAND}/brand.yaml", "logo:", "onbekend: 1\nlogo:")
    move(campaign, status)
    report = campaign.build()
    assert report.one["reduced"], report.said
    assert "anouk" not in campaign.shown("verhalen/index.html")
