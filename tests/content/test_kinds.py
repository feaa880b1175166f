"""Ambassadors, open letters, golden awards: parts go with their whole, people are shown with consent only."""

from __future__ import annotations

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from helpers.sites import ADDRESS, Campaign, Report, drawing

AGREED = (
    "{ref: C-77, status: valid, given_on: 2026-01-01, expires_on: 2028-01-01, scope: [web, social],"
    " audience: [national, members], final_text_seen_on: 2026-01-15}"
)
CRITERIA = "criteria:\n  samen: Is het samen?\n"


def text(title: str, *lines: str, body: str = "Zomaar een zin.") -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", body, ""])


def built(campaign: Campaign) -> Report:
    """A build that was published, whoever it left out."""
    report = campaign.build()
    assert report.status == 0, report.said
    return report


def ambassador(campaign: Campaign, *lines: str) -> None:
    campaign.write(
        "content/ambassadeurs/fenna.md",
        text("Fenna vertelt", "summary: Zij komt langs.", "person: {name: Fennechien}", *lines),
    )


def post(campaign: Campaign, name: str, date: str, *lines: str) -> None:
    campaign.write(
        f"content/ambassadeurs/fenna/{name}.md",
        text(f"Stuk {name}", "summary: Over een hal.", f"date: {date}", *lines),
    )


def exchange(campaign: Campaign, *lines: str) -> None:
    campaign.write(
        "content/brieven/lift.md",
        text("De lift", "summary: Over een lift.", "dilemma: Wie betaalt?", "fictional: true", *lines),
    )


def letter(campaign: Campaign, number: int, date: str, role: str, *lines: str, body: str = "Dag.") -> None:
    campaign.write(
        f"content/brieven/lift/{number}.md",
        text(
            f"Brief {number}",
            f"date: {date}",
            f"role: {role}",
            f"person: {{name: Schrijver {number}}}",
            *(lines or ("fictional: true",)),
            body=body,
        ),
    )


# ── ambassadors ──


def test_a_weblog_stands_on_the_page_and_in_a_feed_of_its_own(campaign: Campaign) -> None:
    ambassador(campaign, f"consent: {AGREED}", "tags: [wonen]")
    post(campaign, "een", "2026-03-01", f"consent: {AGREED}", "tags: [wonen]")
    post(campaign, "twee", "2026-04-01", f"consent: {AGREED}", "tags: [wonen]")
    post(campaign, "later", "2027-04-01", f"consent: {AGREED}")
    built(campaign)
    page = LexborHTMLParser(campaign.shown("ambassadeurs/fenna.html"))
    assert [a.attributes["href"] for a in page.css(".weblog .line-title a")] == [
        "fenna/twee.html",
        "fenna/een.html",
    ]
    assert page.css("main > .band .lines a") == [], "what stands on the page is not told once more below it"
    feed = feedparser.parse(campaign.shown("ambassadeurs/fenna.xml"))
    assert not feed.bozo
    assert feed.feed.id == f"{ADDRESS}ambassadeurs/fenna.html"
    assert [entry.title for entry in feed.entries] == ["Stuk twee", "Stuk een"]
    whole = {entry.title for entry in feedparser.parse(campaign.shown("feed.xml")).entries}
    assert {"Stuk twee", "Stuk een"} <= whole


@pytest.mark.parametrize(
    "said",
    ["", "consent: " + AGREED.replace("valid", "withdrawn"), "consent: " + AGREED.replace("2028", "2026")],
)
def test_a_weblog_goes_with_its_ambassador(campaign: Campaign, said: str) -> None:
    ambassador(campaign, f"consent: {AGREED}")
    post(campaign, "een", "2026-03-01", "fictional: true")
    built(campaign)
    assert "ambassadeurs/fenna/een.html" in campaign.tree()
    ambassador(campaign, *([said] if said else []))
    report = built(campaign)
    left = sorted(path for path in campaign.tree() if path.startswith("ambassadeurs/"))
    withdrawn = ["ambassadeurs/fenna.html", "ambassadeurs/fenna/een.html"] if "withdrawn" in said else []
    assert left == withdrawn, "where a page was withdrawn, one says that nothing is there any more"
    everything = campaign.everything()
    assert not [path for path, data in everything.items() if b"Fennechien" in data or b"Stuk een" in data]
    assert "'ambassadeurs/fenna.md' is not shown" in report.said


def test_a_piece_of_nobody_s_weblog_is_an_error(campaign: Campaign) -> None:
    post(campaign, "een", "2026-03-01", "fictional: true")
    problem = campaign.build().only()
    assert problem["path"] == "content/ambassadeurs/fenna/een.md"
    assert "is not shown" in problem["message"]


def test_a_piece_asks_consent_like_the_rest(campaign: Campaign) -> None:
    ambassador(campaign, "fictional: true")
    post(campaign, "een", "2026-03-01")
    assert "there is no consent" in campaign.build().said
    assert "ambassadeurs/fenna/een.html" not in campaign.tree()


# ── letters ──


def test_an_exchange_is_read_as_a_whole(campaign: Campaign) -> None:
    exchange(campaign)
    letter(campaign, 2, "2026-03-08", "alderman", body="Er zijn {{ feit:deuren }}.")
    letter(campaign, 1, "2026-03-01", "worker", body="{{ feit:koppen }} en {{ feit:deuren }}.")
    report = built(campaign)
    assert report.problems == []
    page = LexborHTMLParser(campaign.shown("brieven/lift.html"))
    letters = page.css(".letter")
    assert [part.css_first("h2").text() for part in letters] == ["Brief 1", "Brief 2"]  # type: ignore[union-attr]
    numbers = [[a.text().strip()[-1] for a in part.css(".fact")] for part in letters]
    assert numbers == [["1", "2"], ["2"]]
    sources = [li.attributes["id"] for li in page.css(".sources li")]
    assert sources == ["bron-koppen", "bron-deuren"]
    assert "Not answered" not in page.html  # type: ignore[operator]
    assert "brieven/lift/1.html" in campaign.tree()
    assert 'href="lift.html"' in campaign.shown("brieven/index.html")


def test_the_rhythm_and_the_turns_are_checked(campaign: Campaign) -> None:
    exchange(campaign)
    letter(campaign, 1, "2026-03-01", "worker")
    letter(campaign, 2, "2026-03-10", "worker")
    report = built(campaign)
    assert sorted((p["line"], p["severity"], p["message"]) for p in report.data["problems"]) == [
        (3, "warning", "the answer to this letter was due on 2026-03-17, and is not on the site"),
        (3, "warning", "this letter comes 9 days after the one before"),
        (4, "warning", "two letters of 'worker' after each other"),
    ]
    exchange(campaign, "rhythm: 9")
    assert "days after" not in built(campaign).said


def test_a_letter_without_an_answer_says_when_it_is_due(campaign: Campaign) -> None:
    exchange(campaign)
    letter(campaign, 1, "2026-11-15", "worker")
    letter(campaign, 2, "2027-03-08", "alderman")
    assert {p["severity"] for p in built(campaign).data["problems"]} == {"notice"}
    page = LexborHTMLParser(campaign.shown("brieven/lift.html"))
    due = page.css_first(".letter-open time")
    assert due is not None
    assert due.attributes["datetime"] == "2026-11-22"
    exchange(campaign, "closed: true")
    built(campaign)
    assert "letter-open" not in campaign.shown("brieven/lift.html")


def test_a_day_of_an_answer_that_has_passed_is_not_printed_and_the_editor_hears_of_it(
    campaign: Campaign,
) -> None:
    exchange(campaign)
    letter(campaign, 1, "2026-11-14", "worker")
    problem = built(campaign).only()
    assert problem["message"] == "the answer to this letter was due on 2026-11-21, and is not on the site"
    assert (problem["path"], problem["line"]) == ("content/brieven/lift/1.md", 3)
    assert problem["severity"] == "warning"
    assert "letter-open" not in campaign.shown("brieven/lift.html")
    exchange(campaign, "closed: true")
    built(campaign).fine()
    exchange(campaign)
    letter(campaign, 2, "2026-11-21", "alderman", f"consent: {AGREED.replace('valid', 'withdrawn')}")
    assert "was due" not in built(campaign).said


def test_a_letter_without_consent_is_nowhere_and_nobody_is_asked_to_mend_the_gap(campaign: Campaign) -> None:
    exchange(campaign)
    letter(campaign, 1, "2026-03-01", "worker")
    letter(campaign, 2, "2026-03-08", "alderman", f"consent: {AGREED}", body="Zeldzaamwoord.")
    letter(campaign, 3, "2026-03-15", "worker")
    built(campaign)
    assert "Zeldzaamwoord" in campaign.shown("brieven/lift.html")
    letter(
        campaign,
        2,
        "2026-03-08",
        "alderman",
        f"consent: {AGREED.replace('valid', 'withdrawn')}",
        body="Zeldzaamwoord.",
    )
    report = built(campaign)
    assert not [path for path, data in campaign.everything().items() if b"Zeldzaamwoord" in data]
    assert "after each other" not in report.said


def test_a_letter_has_no_headings(campaign: Campaign) -> None:
    exchange(campaign)
    letter(campaign, 1, "2026-03-01", "worker", body="## Kop\n\nDag.")
    assert "a letter has no headings and no footnotes" in campaign.build().said


# ── golden awards ──


def golden(campaign: Campaign, *lines: str) -> None:
    campaign.write("content/goud/plek.md", text("Een plek van goud", "summary: Daar.", "year: 2026", *lines))


@pytest.mark.parametrize(
    ("lines", "there"),
    [
        (("award: municipality",), True),
        (("award: municipality", "person: {name: Fenna}"), False),
        (("award: place",), False),
        (("award: place", "fictional: true"), True),
        (("award: person", "person: {name: Fenna}", f"consent: {AGREED}"), True),
    ],
)
def test_a_municipality_alone_is_nobody(campaign: Campaign, lines: tuple[str, ...], there: bool) -> None:
    golden(campaign, *lines)
    built(campaign)
    assert ("goud/plek.html" in campaign.tree()) is there


def test_a_golden_person_has_a_name(campaign: Campaign) -> None:
    golden(campaign, "award: person", "fictional: true")
    assert "'person' is missing" in campaign.build().said


def test_a_golden_person_with_a_portrait_opens_with_it(campaign: Campaign) -> None:
    campaign.write("content/goud/fenna.svg", drawing())
    image = 'image: {src: fenna.svg, alt: "Fenna.", credit: "Tekening: Fenna’s nicht"}'
    golden(campaign, "award: person", "person: {name: Fenna}", "fictional: true", image)
    built(campaign)
    page = LexborHTMLParser(campaign.shown("goud/plek.html"))
    assert len(page.css(".poster img")) == len(page.css("main img")) == 1
    assert page.css_first(".label-strong, .columns-lead .label").text() == "Gouden persoon 2026: voorgedragen"
    assert "Tekening: Fenna’s nicht." in page.css_first(".made-up").text()
    (card,) = LexborHTMLParser(campaign.shown("goud/index.html")).css(".card")
    assert card.css_first(".line-award").text() == "Gouden persoon 2026"


def test_scores_are_those_of_the_site(campaign: Campaign) -> None:
    campaign.write("content/site.yaml", campaign.read("content/site.yaml") + CRITERIA)
    golden(campaign, "award: municipality", "scores: {samen: 4, same: 1}")
    said = campaign.build().said
    assert "a score runs from 0 to 3" in said
    assert "'same' is not one of the criteria in site.yaml" in said


def test_winners_come_first_and_anyone_can_nominate(campaign: Campaign) -> None:
    golden(campaign, "award: municipality", "status: winner")
    campaign.write(
        "content/goud/dorp.md", text("Een dorp", "summary: Daar.", "year: 2026", "award: municipality")
    )
    built(campaign)
    page = LexborHTMLParser(campaign.shown("goud/index.html"))
    assert [a.text() for a in page.css(".line-title a")] == ["Een plek van goud", "Een dorp"]
    assert [p.text() for p in page.css(".line-award")] == ["Gouden gemeente 2026"] * 2
    button = page.css_first("#voordragen ~ div a")
    assert button is not None
    assert (button.attributes["href"] or "").startswith("mailto:campagne@voorbeeld.example?subject=")
