"""Figures that expire: announced in time, and after that gone from the site, which otherwise stays."""

from __future__ import annotations

import json

import pytest

from helpers import sites
from helpers.sites import Campaign
from microsite.content.markdown.rendered import FactMark, ImageMark, LinkMark, RenderedText, without_blocks

REGISTER, HOME, EVIDENCE = "content/feiten.yaml", "content/index.md", "content/bewijs/telling.md"
ENDING = "the fact '{}' is valid until 2026-12-31: after that, what quotes it is left out"
LEFT_OUT = "left out: it quotes the fact '{}', which was valid until 2026-12-31"
NOT_SHOWN = "the fact '{}' was valid until 2026-12-31, so it is not shown here"
CUT = "this part of the text is left out: the fact '{}' was valid until 2026-12-31"
LAST, AFTER = "2026-12-31", "2027-01-01"


def expire(campaign: Campaign, id: str, day: str = LAST) -> None:
    """Make this figure of the small campaign valid until the day."""
    unit = {"deuren": "as_of: 2026-03-01", "koppen": "as_of: 2026-04-01"}[id]
    campaign.edit(REGISTER, unit, f"{unit}\n  valid_until: {day}")


def told(report: sites.Report) -> list[tuple[str, int, str, str]]:
    assert report.status == 0, report.said
    return [(p["path"], p["line"], p["severity"], p["message"]) for p in report.data["problems"]]


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        ("2026-10-01", ""),
        ("2026-10-02", "notice"),
        ("2026-11-30", "notice"),
        ("2026-12-01", "warning"),
        (LAST, "warning"),
    ],
)
def test_its_end_is_announced_once_at_its_line_of_the_register(
    campaign: Campaign, day: str, severity: str
) -> None:
    expire(campaign, "deuren")
    report = campaign.build(day=day)
    assert told(report) == ([(REGISTER, 9, severity, ENDING.format("deuren"))] if severity else [])
    assert "64 deuren" in campaign.shown("index.html")


def test_one_that_no_page_has_is_not_announced(campaign: Campaign) -> None:
    expire(campaign, "koppen")
    campaign.edit(EVIDENCE, "[deuren, koppen]", "[deuren]")
    assert told(campaign.build(day=LAST)) == told(campaign.build(day=AFTER)) == []


def test_a_page_that_quotes_it_is_left_out_and_all_else_is_published(campaign: Campaign) -> None:
    expire(campaign, "deuren")
    campaign.build(day=LAST)
    before = set(campaign.tree())
    assert told(campaign.build(day=AFTER)) == [
        (EVIDENCE, 7, "warning", LEFT_OUT.format("deuren")),
        ("content/contact.md", 5, "warning", "'verhalen/anouk.md' is left out, so it is not linked"),
        (HOME, 4, "warning", "'verhalen/anouk.md' is left out, so it is not linked"),
        (HOME, 5, "warning", NOT_SHOWN.format("deuren")),
        ("content/verhalen/anouk.md", 16, "warning", LEFT_OUT.format("deuren")),
        ("content/verhalen/bas.md", 11, "warning", "'anouk.md#de-hal' is left out, so it is not linked"),
    ]
    gone = {path for path in before - set(campaign.tree()) if path.endswith(".html")}
    assert gone == {"bewijs/index.html", "bewijs/telling.html", "cijfers.html", "verhalen/anouk.html"}
    assert "over Anouk" in campaign.shown("contact.html")
    assert not campaign.shows("64 deuren")


def test_it_comes_back_with_the_new_figure(campaign: Campaign) -> None:
    campaign.build(day=AFTER).fine()
    before = campaign.tree()
    expire(campaign, "deuren")
    campaign.build(day=AFTER)
    assert campaign.tree() != before
    campaign.edit(REGISTER, f"\n  valid_until: {LAST}", "")
    campaign.build(day=AFTER).fine()
    assert campaign.tree() == before


def test_a_list_and_a_chart_go_on_without_it(campaign: Campaign) -> None:
    expire(campaign, "koppen")
    charts = (
        "charts:\n  - {title: Alles, rows: [{label: D, fact: deuren}, {label: E, fact: deuren}]}\n"
        "  - {title: Weinig, rows: [{label: K, fact: koppen}, {label: D, fact: deuren}]}\n"
    )
    campaign.edit(EVIDENCE, "tags: [wonen]", f"{charts}tags: [wonen]")
    assert told(campaign.build(day=AFTER)) == [
        (EVIDENCE, line, "warning", NOT_SHOWN.format("koppen")) for line in (7, 10)
    ]
    html = campaign.shown("bewijs/telling.html")
    assert "64 deuren" in html
    assert "Alles" in html
    assert "Weinig" not in html
    assert not campaign.shows("12 koppen")


def test_the_home_page_loses_the_block_of_its_text_that_quotes_it(campaign: Campaign) -> None:
    expire(campaign, "koppen")
    campaign.edit(EVIDENCE, "[deuren, koppen]", "[deuren]")
    body = (
        "Bel [ons](contact.md).\n\n- Een.\n- Goed voor **{{ feit:koppen }}**.\n\n"
        "## Wat {{ feit:deuren }} doen\n\nLees [over Bas](verhalen/bas.md) <br> bij {{ organisatie }}."
    )
    campaign.edit(HOME, "Welkom bij {{ organisatie }}.", body)
    assert told(campaign.build(day=AFTER)) == [(HOME, 11, "warning", CUT.format("koppen"))]
    html = campaign.shown("index.html")
    assert "<li>Een.</li>" not in html
    assert 'Bel <a href="contact.html">ons</a>.' in html
    assert 'Lees <a href="verhalen/bas.html">over Bas</a>' in html
    assert "bij Welzijn Zandhage." in html
    assert "64 deuren" in html
    assert not campaign.shows("12 koppen")


def test_the_reasoning_of_the_home_page_goes_with_its_figure(campaign: Campaign) -> None:
    expire(campaign, "koppen")
    campaign.edit(EVIDENCE, "[deuren, koppen]", "[deuren]")
    reasoning = "reasoning: {title: Wat gebeurt er, puts_in: Een euro., fact: koppen, for_whom: [ons]}\n"
    campaign.edit(HOME, "figures:", f"{reasoning}figures:")
    assert [problem[3] for problem in told(campaign.build(day=AFTER))] == [NOT_SHOWN.format("koppen")]
    assert "Wat gebeurt er" not in campaign.shown("index.html")


def test_a_strict_build_stops(campaign: Campaign) -> None:
    expire(campaign, "koppen")
    assert campaign.build("--strict", day=AFTER).status == 1


def test_the_index_names_figures_by_the_days_they_have_left(campaign: Campaign) -> None:
    expire(campaign, "koppen")
    campaign.add_member("lid")
    for day, where in (("2026-10-01", ""), ("2026-10-02", "90"), ("2026-12-01", "30"), (AFTER, "0")):
        campaign.build("--all", day=day)
        data = json.loads((campaign.output / "index.json").read_text(encoding="utf-8"))
        found = data["members"][sites.BRAND]["facts"]
        assert found == {days: ["koppen"] if days == where else [] for days in ("90", "30", "0")}


# ── dates of sources ──


@pytest.mark.parametrize(
    ("written", "machine", "shown"),
    [
        ("2022", "2022", "2022"),
        ("2011-01", "2011-01", "januari 2011"),
        ("2026-03-02", "2026-03-02", "2 maart 2026"),
    ],
)
def test_a_date_says_what_the_source_says_and_no_more(
    campaign: Campaign, written: str, machine: str, shown: str
) -> None:
    campaign.edit(REGISTER, "date: 2026-03-01", f"date: {written}")
    campaign.edit(REGISTER, "as_of: 2026-03-01", f"as_of: {written}")
    campaign.build().fine()
    assert campaign.shown("cijfers.html").count(f'<time datetime="{machine}">{shown}</time>') == 1
    row = next(line for line in campaign.shown("cijfers.csv").splitlines() if line.startswith("deuren"))
    assert row.split(";").count(machine) == 2


@pytest.mark.parametrize(
    "written", ["2022-13", "2022-00", "0000", "2026-02-30", "22", "maart 2022", "2022-3"]
)
def test_what_is_no_date_is_an_error(campaign: Campaign, written: str) -> None:
    campaign.edit(REGISTER, "as_of: 2026-03-01", f"as_of: {written}")
    problem = campaign.build().only()
    assert (problem["path"], problem["line"], problem["column"]) == (REGISTER, 8, 10)
    assert written in problem["message"]


# ── blocks ──


FIRST, LIST, LAST_BLOCK = (
    "<p>Een \0<br>.</p>\n",
    "<ul><li><p>a</p></li><li>\0</li></ul>\n",
    '<p><a href="\0" title="<p>">b</a></p>',
)


@pytest.mark.parametrize(
    ("unwanted", "blocks"),
    [
        (set(), ["\0", FIRST, LIST, LAST_BLOCK]),
        ({0}, [FIRST, LIST, LAST_BLOCK]),
        ({1}, ["\0", LIST, LAST_BLOCK]),
        ({2}, ["\0", FIRST, LAST_BLOCK]),
        ({3}, ["\0", FIRST, LIST]),
        ({0, 1, 2, 3}, []),
    ],
)
def test_blocks_are_taken_out_whole(unwanted: set[int], blocks: list[str]) -> None:
    marks = (ImageMark("a", "", "", "", 1), FactMark("b", 2), FactMark("c", 3), LinkMark("d", 4))
    text = RenderedText(f"\0{FIRST}{LIST}{LAST_BLOCK}".encode(), marks)
    cut = without_blocks(text, unwanted)
    assert "".join(cut.html.decode().split()) == "".join("".join(blocks).split())
    assert cut.marks == tuple(mark for i, mark in enumerate(marks) if i not in unwanted)
