"""Removed pages: servers answer 410, other hosts show a page that says nothing of who was on it."""

from __future__ import annotations

import re

import pytest

from helpers import sites
from helpers.sites import Campaign, consent, story

ANOUK = "verhalen/anouk.html"
REMOVED = "content/weggehaald.yaml"
LIST = "pages:\n  - address: {address}\n    until: {until}\n"


def answered_with_410(campaign: Campaign, brand: str = sites.BRAND) -> list[str]:
    """The paths with a rule, which every server that can answer 410 has."""
    site = sites.tree(campaign.output / brand)
    base = re.escape(re.search(r"location \^~ \"(.*)\" \{", site["hosting/nginx.conf"].decode())[1])
    nginx = re.findall(rf'location = "{base}(.*)" {{ return 410; }}', site["hosting/nginx.conf"].decode())
    apache = re.findall(r'RewriteRule "\^(.*)\$" "-" \[G\]', site[".htaccess"].decode())
    caddy = re.findall(r"@weggehaald path (.*)", site["hosting/Caddyfile"].decode())
    assert [path.replace("\\", "") for path in apache] == nginx
    assert re.findall(rf'"{base}(.*?)"', " ".join(caddy)) == nginx
    return nginx


def withdraw(campaign: Campaign) -> None:
    campaign.edit("content/verhalen/anouk.md", "status: valid", "status: withdrawn")


def test_a_site_without_removed_pages_has_no_rules_for_them(campaign: Campaign) -> None:
    campaign.build().fine()
    assert answered_with_410(campaign) == []


def test_the_page_of_who_withdrew_is_gone(campaign: Campaign) -> None:
    withdraw(campaign)
    report = campaign.build()
    assert report.status == 0, report.said
    assert answered_with_410(campaign) == [ANOUK]
    tree = campaign.tree()
    named = {path for path, data in tree.items() if b"anouk.html" in data}
    assert named == {"hosting/Caddyfile", "hosting/nginx.conf"}  # and .htaccess, as a pattern
    html = tree[ANOUK].decode()
    assert 'content="noindex' in html
    assert "Anouk" not in html
    relative = html.replace('"../', '"')
    assert relative == tree["404.html"].decode().replace('"/campagne/', '"')


def test_every_removed_page_looks_the_same(campaign: Campaign) -> None:
    extra = f"consent: {{{consent(status='withdrawn')}}}\ndate: 2026-05-01\n"
    campaign.write("content/nieuws/zij.md", sites.page("Zij", extra=extra))
    withdraw(campaign)
    assert campaign.build().status == 0
    assert answered_with_410(campaign) == ["nieuws/zij.html", ANOUK]
    assert campaign.tree()["nieuws/zij.html"] == campaign.tree()[ANOUK]


def test_a_page_that_is_shown_again_is_not_gone(campaign: Campaign) -> None:
    campaign.build().fine()
    shown = campaign.tree()
    withdraw(campaign)
    campaign.build()
    campaign.edit("content/verhalen/anouk.md", "status: withdrawn", "status: valid")
    campaign.build().fine()
    assert campaign.tree() == shown


def test_a_site_that_never_could_show_somebody_does_not_name_the_page(campaign: Campaign) -> None:
    """The address of a page may contain a name."""
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    audiences = {"n": "[national]", "m": "[members]", "b": "[national, members]", "o": None}
    for name, audience in audiences.items():
        agreed = consent(ref=f"C-{name}", status="withdrawn", audience=audience)
        campaign.write(f"content/verhalen/{name}.md", story(agreed=agreed))
    assert campaign.build("--all").status == 0
    assert answered_with_410(campaign) == [f"verhalen/{name}.html" for name in "bno"]
    assert answered_with_410(campaign, "lid") == [f"verhalen/{name}.html" for name in "bmo"]
    assert not [path for path in sites.tree(campaign.output / "lid") if path.endswith("/n.html")]


@pytest.mark.parametrize("status", ["pending", "expired", "valid"])
def test_who_is_left_out_for_another_reason_is_not_gone(campaign: Campaign, status: str) -> None:
    agreed = consent(status=status, given_on="2020-01-01", expires_on="2021-01-01")
    campaign.write("content/verhalen/iemand.md", story(agreed=agreed))
    assert campaign.build().status == 0
    assert answered_with_410(campaign) == []


# ── weggehaald.yaml ──


@pytest.mark.parametrize("address", ["verhalen/dirk.html", "/verhalen/dirk.html"])
@pytest.mark.parametrize(("until", "gone"), [("2026-11-21", False), ("2026-11-22", True)])
def test_an_entry_counts_up_to_its_day(campaign: Campaign, address: str, until: str, gone: bool) -> None:
    campaign.write(REMOVED, LIST.format(address=address, until=until))
    campaign.build(day="2026-11-22").fine()
    assert answered_with_410(campaign) == ["verhalen/dirk.html"] * gone
    assert ("verhalen/dirk.html" in campaign.tree()) == gone


def test_members_have_the_national_entries_and_their_own(campaign: Campaign) -> None:
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    campaign.write(REMOVED, LIST.format(address="verhalen/dirk.html", until="2027-01-01"))
    campaign.write(f"brands/lid/{REMOVED}", LIST.format(address="nieuws/wij.html", until="2027-01-01"))
    assert campaign.build("--all").status == 0
    assert answered_with_410(campaign) == ["verhalen/dirk.html"]
    assert answered_with_410(campaign, "lid") == ["nieuws/wij.html", "verhalen/dirk.html"]


@pytest.mark.parametrize("address", [ANOUK, "index.html", "verhalen/index.html"])
def test_a_page_that_is_there_wins_and_is_told(campaign: Campaign, address: str) -> None:
    campaign.build().fine()
    shown = campaign.tree()
    campaign.write(REMOVED, LIST.format(address=address, until="2027-01-01"))
    report = campaign.build()
    problem = report.only()
    assert (problem["severity"], problem["path"], problem["line"]) == ("notice", REMOVED, 2)
    assert f"there is a page at {address} again" in problem["message"]
    assert campaign.tree() == shown


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        *(
            (LIST.format(address=f"'{wrong}'", until="2027-01-01"), 2, f"'{wrong}' is not the address of a")
            for wrong in (
                "verhalen/dirk",
                "https://example.nl/a.html",
                "verhalen/../a.html",
                "verhalen/$a.html",
            )
        ),
        (LIST.format(address="a.html", until="1 mei"), 3, "is not a date"),
        ("pages:\n  - address: a.html\n", 2, "'until' is missing"),
        ("paginas: []\n", 1, "unknown key 'paginas'"),
        ("pages: [\n", 1, "a bracket that nothing closes"),
    ],
)
def test_a_mistake_is_told_at_its_line(campaign: Campaign, text: str, line: int, message: str) -> None:
    campaign.write(REMOVED, text)
    report = campaign.build()
    assert report.status == 1
    found = [(p["path"], p["line"]) for p in report.data["problems"] if message in p["message"]]
    assert (REMOVED, line) in found, report.said


def test_the_last_page_of_an_old_site_is_taken_off_as_before(campaign: Campaign) -> None:
    """The page that takes the place of a removed one does not count as one that still has to go."""
    withdraw(campaign)
    assert campaign.build().status == 0
    before = campaign.tree()
    campaign.edit(f"brands/{sites.BRAND}/brand.yaml", "logo:", "onbekend: 1\nlogo:")
    report = campaign.build()
    assert report.status == 1
    assert "may not be shown any more" not in report.said
    assert campaign.tree() == before
