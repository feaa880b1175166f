"""What an organisation measures: what is wrong with it, what its page shows, and the plan in its material."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import in_memory, office, sites
from helpers import indicators as tools
from helpers.indicators import LIBRARY, OWN, PAGE
from helpers.sites import Campaign
from microsite.brand.local_indicators import LocalIndicators, measuring_of
from microsite.core.cache import MemoryCache

LINES = sites.BRAND_FILE.count("\n")
START = "  start: 2027-02-15\n"
GOOD = f"{START}  chosen: [minder-alleen]\n"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    campaign = sites.campaign(tmp_path / "c")
    campaign.write("content/indicatoren.yaml", LIBRARY)
    campaign.write("content/kiezen.md", PAGE)
    return campaign


def measuring(campaign: Campaign, lines: str) -> None:
    campaign.write(sites.OWN, f"{sites.BRAND_FILE}indicators:\n{lines}")


@pytest.mark.parametrize(
    ("lines", "line", "severity", "message", "hint"),
    [
        ("  chosen: [minder-alleen]\n", 2, "error", "'start' is missing", ""),
        (
            "  start: 1827-02-15\n  chosen: [minder-alleen]\n",
            2,
            "error",
            "a measuring plan begins between 2014 and 2099",
            "look at the year",
        ),
        (
            f"{START}  chosen: [minder-alleen, minder-allen]\n",
            3,
            "warning",
            "there is no indicator 'minder-allen', so it is not in the measuring plan",
            "did you mean 'minder-alleen'?",
        ),
        (
            f"{START}  chosen: [verhaal, verhaal]\n",
            3,
            "warning",
            "the indicator 'verhaal' is here twice, and counts once",
            "take one of the two away",
        ),
        (
            f"{START}  chosen: [minder-alleen, bezoekers, verhaal]\n{OWN}{OWN[7:]}{OWN[7:]}",
            2,
            "warning",
            "6 indicators take 44 hours a year; choose at most 5",
            "with more figures nobody finds the time to talk about them",
        ),
        (
            f"{START}  chosen: [bezoekers]\n",
            2,
            "warning",
            "none of these indicators says what changes for people",
            "choose one whose 'chain' is outcome as well",
        ),
        (
            START,
            2,
            "warning",
            "this plan has no indicators, so there is none",
            "name some in 'chosen', or write one in 'own'",
        ),
        (
            START + OWN.replace("      definition: Wat er in het schrift staat.\n", ""),
            4,
            "error",
            "'definition' is missing",
            "",
        ),
        (
            f"{START}{OWN}      numerator: wie iets opschreef\n",
            12,
            "error",
            "'numerator' goes with 'denominator', and that is not there",
            "a share needs both: what you count, and out of how many",
        ),
        (
            START + OWN.replace("minutes: 10", "minutes: 6000"),
            11,
            "error",
            "'minutes' runs from 0 to 600",
            "",
        ),
        (
            START + OWN.replace("de beheerder", "Jan de Vries, 06-12345678"),
            9,
            "error",
            "this looks like a telephone number of a person",
            "name the work and no person, such as: the coordinator",
        ),
        (
            START + OWN.replace("de beheerder", "jan@voorbeeld.nl"),
            9,
            "error",
            "this looks like an e-mail address of a person",
            "name the work and no person, such as: the coordinator",
        ),
        (f"{GOOD}  people: -1\n", 4, "error", "'people' runs from 1 to 100000", ""),
        (f"{GOOD}  meetings: veel\n", 4, "error", "'veel' is not a whole number ('meetings')", ""),
    ],
)
def test_a_slip_is_told_with_its_line(
    campaign: Campaign, lines: str, line: int, severity: str, message: str, hint: str
) -> None:
    measuring(campaign, lines)
    problem = campaign.build().only()
    assert problem["path"] == sites.OWN
    assert (problem["message"], problem["severity"]) == (message, severity)
    assert problem["line"] - LINES == line
    assert not hint or problem["hint"] == hint


def test_without_a_library_only_what_is_ones_own_is_measured(campaign: Campaign) -> None:
    campaign.remove("content/indicatoren.yaml")
    campaign.remove("content/kiezen.md")
    measuring(campaign, f"{GOOD}{OWN}")
    problem = campaign.build().only()
    assert problem["message"] == "there is no library of indicators to choose from"
    assert problem["severity"] == "warning"
    measuring(campaign, START + OWN)
    campaign.build().fine()


def test_it_is_looked_at_again_when_the_campaign_changes_its_library(campaign: Campaign) -> None:
    measuring(campaign, GOOD)
    campaign.build().fine()
    campaign.edit("content/indicatoren.yaml", "  minder-alleen:", "  meer-samen:")
    assert [problem["message"] for problem in campaign.build().data["problems"]] == [
        "there is no indicator 'minder-alleen', so it is not in the measuring plan",
    ]


def test_the_page_of_the_member_shows_what_it_measures(campaign: Campaign) -> None:
    campaign.add_member("lid")
    measuring(campaign, f"{GOOD}  people: 30\n{OWN}")
    report = campaign.build("--all")
    assert report.status == 0, report.said
    shown = campaign.shown("kiezen.html")
    own = shown[shown.index("picker-own") : shown.index("data-picker")]
    assert "Vanaf het 1e kwartaal van 2027." in own
    for words in ("Minder alleen", "Het gaat ook vanzelf op en neer.", "Wat er in het schrift staat."):
        assert words in own
    other = (campaign.output / "lid/kiezen.html").read_text(encoding="utf-8")
    assert "picker-own" not in other
    for page, numbers in ((shown, ["30", "40", "20"]), (other, ["100", "40", "20"])):
        assert re.findall(r'type="?number"?[^>]* value="?(\d+)', page) == numbers
        assert re.findall(r'data-usual="?(\d+)', page) == numbers


def test_the_plan_is_a_text_in_the_pack(campaign: Campaign) -> None:
    measuring(campaign, f"{GOOD}  people: 30\n{OWN}")
    files = in_memory.layers(campaign.root)
    maker, plan = in_memory.planned(files, MemoryCache(), materials=("office",))
    (file,) = (item for item in plan.material if item.path.endswith("plan/meetplan.docx"))
    ((_, data),) = maker.make([file], here=True)
    assert isinstance(data, bytes)
    office.check(data)
    said = office.words(data, "word/document.xml").replace("\xa0", " ")
    assert "Wat wij meten vanaf het 1e kwartaal van 2027" in said
    assert "Dit kost samen ongeveer 12 uur per jaar." in said  # 5 × 2 × 30 / 60 + 3, and 10 × 20 / 60
    for pair in (
        "Minder alleen\nde gastvrouw\n[naam]\n8",
        "Wat misging\nde beheerder\n[naam]\n4",
        "Nulmeting\n1e kwartaal van 2027\nVolgende meting\n3e kwartaal van 2027",
        "Volgende meting\n2e kwartaal van 2027",
        "Wat je telt\nwie vooruitging\nVan hoeveel\nwie twee keer antwoordde",
        "Kanttekening\nHet gaat ook vanzelf op en neer.",
    ):
        assert pair in said
    assert said.count("Uitkomst van de nulmeting: [getal, of wat mensen zeiden]") == 2
    assert not [item for item in plan.artifacts if "meetplan" in item.path]


@given(
    start=st.dates(dt.date(2014, 1, 1), dt.date(2099, 12, 31)),
    people=st.integers(1, 100_000),
    chosen=st.lists(st.sampled_from(["minder-alleen", "bezoekers", "verhaal", "nooit"]), max_size=6),
)
def test_the_sum_is_that_of_its_lines_and_each_is_measured_later(
    start: dt.date, people: int, chosen: list[str]
) -> None:
    found = measuring_of(LocalIndicators(start, tuple(chosen), people=people), tools.library())
    known = {id for id in chosen if id != "nooit"}
    if not known:
        assert found is None
        return
    assert found is not None
    assert len(found.measures) == len(known)
    assert found.hours == sum(one.hours for one in found.measures)
    assert 0 <= (start - found.first).days < 92
    assert (found.first.day, found.first.month % 3) == (1, 1)
    for one in found.measures:
        quarters = {"kwartaal": 1, "halfjaar": 2, "jaar": 4}[one.measure.frequency]
        later = (one.again.year - found.first.year) * 12 + one.again.month - found.first.month
        assert (later, one.again.day) == (3 * quarters, 1)
