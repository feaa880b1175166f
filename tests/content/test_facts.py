"""Facts: a figure is printed with its source, or it is not printed."""

from __future__ import annotations

import pytest

from helpers import sites
from helpers.sites import Campaign

REGISTER = "content/feiten.yaml"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("  caveat: Alleen deze ene flat is geteld.\n", "", (2, 3), "'caveat' is missing"),
        ("  as_of: 2026-03-01\n", "", (2, 3), "'as_of' is missing"),
        ("  text: 64 deuren\n", "", (2, 3), "'text' is missing"),
        ("title: Telling in de hal, ", "", (6, 11), "'title' is missing"),
        ("publisher: Welzijn Zandhage, ", "", (6, 11), "'publisher' is missing"),
        ("  caveat: Alleen deze ene flat is geteld.\n", "  caveat:\n", (7, 10), "'caveat' is empty"),
        ("value: 64", "value: 64 deuren", (3, 10), "'64 deuren' is not a number ('value')"),
        ("deuren:\n", "koppen:\n", (9, 1), "'koppen' stands here twice, first on line 1"),
        ("source: {", "bron: {", (6, 3), "unknown key 'bron'"),
        ("  as_of", "  strength: 9\n  as_of", (8, 13), "'strength' runs from 1 to 5"),
        (
            "  as_of: 2026-03-01",
            "  as_of: 2026-03-01\n  undated: true",
            (8, 10),
            "'undated' is for a figure of which only the month is known in which you read it",
        ),
    ],
)
def test_a_fact_that_is_not_whole_is_told(
    campaign: Campaign, old: str, new: str, place: tuple[int, int], message: str
) -> None:
    campaign.write(REGISTER, sites.FACTS.replace(old, new, 1))
    problems = campaign.build().data["problems"]
    assert message in [p["message"] for p in problems]
    found = next(p for p in problems if p["message"] == message)
    assert (found["path"], found["line"], found["column"]) == (REGISTER, *place)


@pytest.mark.parametrize(
    ("value", "words", "hint"),
    [
        ("1.250", "1.250 deuren", "write 1250, or with a decimal point 1.25"),
        ("64.000", "64 duizend deuren", "write 64000, or with a decimal point 64.0"),
        ("-1.250", "1.250 minder", "write -1250, or with a decimal point -1.25"),
        ("1.255", "ruim een deur", "write 1255, or with a decimal point 1.2550"),
        ("1.255", "1,255 deur", None),  # the sentence says which
        ("1.250", "1,25 deur", None),
        ("64.000", "64 deuren", None),
        ("1.25", "1,25 deur", None),
        ("0.125", "een achtste deur", None),
        ("1250", "1.250 deuren", None),
        ("4000000", "4 miljoen deuren", None),
        ("1250.125", "1.250,125 deuren", None),
    ],
)
def test_a_value_that_can_be_read_in_two_ways_is_refused(
    campaign: Campaign, value: str, words: str, hint: str | None
) -> None:
    register = sites.FACTS.replace("value: 64", f"value: {value}", 1).replace(
        "text: 64 deuren", f"text: {words}"
    )
    campaign.write(REGISTER, register)
    report = campaign.build()
    if hint is None:
        report.fine()
        return
    problem = report.only()
    assert (problem["path"], problem["line"], problem["hint"]) == (REGISTER, 3, hint)
    assert problem["message"] == f"'{value}' can be read in two ways"


def test_the_whole_of_a_chart_cannot_be_read_in_two_ways(campaign: Campaign) -> None:
    rows = "[{label: A, fact: deuren}, {label: B, fact: deuren}]"
    chart = f"charts:\n  - {{title: Deuren, whole: 1.000, rows: {rows}}}\nclaim:"
    campaign.edit("content/bewijs/telling.md", "claim:", chart)
    problem = campaign.build().only()
    assert problem["message"] == "'1.000' can be read in two ways"
    assert problem["line"] > 1


def test_a_fact_that_nobody_prints_may_expire(campaign: Campaign) -> None:
    campaign.edit(REGISTER, "as_of: 2026-04-01", "as_of: 2026-04-01\n  valid_until: 2026-01-01")
    campaign.edit("content/bewijs/telling.md", "[deuren, koppen]", "[deuren]")
    campaign.build().fine()
    assert not [path for path, html in campaign.pages() if "koppen koffie" in html]


def test_a_draft_may_quote_what_has_expired(campaign: Campaign) -> None:
    campaign.edit(REGISTER, "as_of: 2026-04-01", "as_of: 2026-04-01\n  valid_until: 2026-01-01")
    campaign.edit("content/bewijs/telling.md", "claim:", "draft: true\nclaim:")
    assert campaign.build().problems == [
        "content/bewijs/telling.md:1:0: notice: left out: it is a draft",
    ]


def test_figures_are_numbered_in_the_order_in_which_they_are_read(campaign: Campaign) -> None:
    campaign.edit(
        "content/bewijs/telling.md",
        "Wij telden.",
        "Eerst {{ feit:koppen }}, dan {{ feit:deuren }} en {{feit:koppen}}.",
    )
    campaign.build().fine()
    html = campaign.shown("bewijs/telling.html")
    assert html.index('id="bron-koppen" value="1"') < html.index('id="bron-deuren" value="2"')
    assert html.count('href="#bron-koppen"') >= 2


def test_the_overview_names_every_page_that_prints_a_figure(campaign: Campaign) -> None:
    campaign.build().fine()
    html = campaign.shown("cijfers.html")
    for page in ("index.html", "verhalen/anouk.html", "bewijs/telling.html"):
        assert f'href="{page}"' in html


def test_an_amount_stays_on_one_line(campaign: Campaign) -> None:
    campaign.edit("content/feiten.yaml", "text: 12 koppen koffie", "text: € 12 aan koffie")
    campaign.write(
        "content/verhalen/dina.md", sites.story("Dina spaart € 5", body="Voor € 1,60, of een € meer.")
    )
    campaign.build().fine()
    html = campaign.shown("verhalen/dina.html")
    assert '<h1 class="poster-title">Dina spaart €\u00a05</h1>' in html
    assert "Voor €&nbsp;1,60, of een € meer." in html
    assert "€\u00a012 aan koffie" in campaign.shown("cijfers.html")
    assert "€ 12 aan koffie" in campaign.shown("cijfers.csv")


def test_a_figure_without_a_date_says_when_it_was_read_and_not_of_when_it_is(campaign: Campaign) -> None:
    campaign.edit(REGISTER, ", date: 2026-03-01}", "}")
    campaign.edit(REGISTER, "as_of: 2026-03-01", "as_of: 2026-03\n  undated: true")
    campaign.build().fine()
    for page in ("cijfers.html", "bewijs/telling.html"):
        html = campaign.shown(page)
        assert 'Gelezen in <time datetime="2026-03">maart 2026</time>, jaar onbekend.' in html
        assert "Cijfer van <time" not in html.partition('id="bron-deuren"')[2].partition("</li>")[0]
    assert "gelezen in 2026" in campaign.shown("index.html")
    assert "2026-03" not in campaign.shown("cijfers.csv")


def test_what_is_said_most_often_comes_first(campaign: Campaign) -> None:
    for name in ("dina", "ede", "fay"):
        written = sites.story(f"Van {name}", name=name, body="Samen goed voor {{ feit:koppen }}.")
        campaign.write(f"content/verhalen/{name}.md", written)
    campaign.build().fine()
    html = campaign.shown("cijfers.html")
    assert html.index('id="bron-koppen"') < html.index('id="bron-deuren"')


def test_without_figures_there_is_no_overview(campaign: Campaign) -> None:
    campaign.remove(REGISTER)
    campaign.edit("content/bewijs/telling.md", "facts: [deuren, koppen]\n", "")
    campaign.edit("content/index.md", "figures: [deuren]\n", "")
    campaign.edit("content/verhalen/anouk.md", "{{ feit:deuren }}", "deuren")
    campaign.build().fine()
    assert "cijfers.html" not in campaign.tree()
    assert not [path for path, html in campaign.pages() if "cijfers.html" in html]


def test_a_changed_figure_changes_every_page_that_prints_it_and_no_other(campaign: Campaign) -> None:
    campaign.build().fine()
    campaign.edit(REGISTER, "text: 64 deuren", "text: 65 deuren")
    report = campaign.build().fine()
    listed = ["bewijs/index.html", "bewijs/telling.html", "cijfers.csv", "cijfers.html", "index.html"]
    assert [path for path in report.made if "zoeken" not in path] == [
        *listed,
        "verhalen/anouk.html",
    ]
    assert report.parsed == []
    assert not [path for path, html in campaign.pages() if "64 deuren" in html.replace("Er zijn 64", "")]


def test_a_member_s_own_figures_stand_beside_the_national_ones(campaign: Campaign) -> None:
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    own = sites.FACTS.replace("64 deuren", "7 deuren").replace("deuren:\n", "eigen:\n")
    campaign.write("brands/lid/content/feiten.yaml", own.partition("koppen:")[0])
    campaign.write(
        "brands/lid/content/over.md", sites.page("Over", "Wel {{ feit:eigen }} en {{ feit:deuren }}.")
    )
    assert campaign.build("--all").status == 0
    overview = sites.tree(campaign.output / "lid")["cijfers.html"].decode()
    assert "7 deuren" in overview
    assert "64 deuren" in overview
    assert "7 deuren" not in campaign.shown("cijfers.html")


def test_a_member_cannot_change_a_national_figure(campaign: Campaign) -> None:
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    campaign.write("brands/lid/content/feiten.yaml", "# eigen\n" + sites.FACTS.partition("koppen:")[0])
    problem = campaign.build("--brand", "lid").only()
    assert "'deuren' is a fact of the national register" in problem["message"]
    assert problem["path"] == "brands/lid/content/feiten.yaml"
