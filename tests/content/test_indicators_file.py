"""indicatoren.yaml: what is wrong with it, on which line; and the hours that follow from it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import indicators as tools
from helpers import sites
from helpers.indicators import LIBRARY, PAGE
from microsite.content.indicators_file import (
    INDICATORS,
    Effort,
    Reach,
    hours,
    read_indicators,
)

ROOT = Path(__file__).parents[2]
FILE = f"content/{INDICATORS}"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("people: 100", "people: 0", 1, "'people' runs from 1 to 100000"),
        ("volunteers: 20", "volunteers: 100001", 1, "'volunteers' runs from 1 to 100000"),
        ("reach: {people: 100, meetings: 40, volunteers: 20}\n", "", 1, "'reach' is missing"),
        ("goal: meedoen", "goal: meedoe", 34, "there is no goal 'meedoe' in this file"),
        ("fields: [inloop]", "fields: [inlop]", 8, "there is no field of work 'inlop' in this file"),
        ("fields: [inloop]", "fields: []", 8, "'fields' is empty"),
        ("  bezoekers:", "  Bezoekers!:", 22, "'Bezoekers!' cannot be the name of an indicator"),
        (
            "    numerator: wie vooruitging\n",
            "",
            13,
            "'denominator' goes with 'numerator', and that is not there",
        ),
        ("minutes: 45, times: 10", "minutes: 601, times: 10", 42, "'minutes' runs from 0 to 600"),
        ("minutes: 45, times: 10", "minutes: 45, times: 0", 42, "'times' runs from 1 to 366"),
        ("fixed: 2}", "fixed: -1}", 42, "'fixed' runs from 0 to 1000"),
        ("minutes: 3}", "minutes: 3, times: 2}", 30, "'times' and 'per: bijeenkomst' do not go together"),
        ("chain: output", "chain: effect", 25, "'effect' is not a 'chain'"),
        ("    definition: Het aantal bezoekers.\n", "", 22, "'definition' is missing"),
        ("    caution: Tien mensen zijn niet iedereen.\n", "", 33, "'caution' is missing"),
        ("frequency: jaar", "frequency: maand", 41, "'maand' is not a 'frequency'"),
    ],
)
def test_a_slip_is_told_with_its_line(old: str, new: str, line: int, message: str) -> None:
    assert LIBRARY.count(old) == 1
    found, problems = read_indicators(tools.source(LIBRARY.replace(old, new)))
    assert found is None
    assert [(problem.place.line, str(problem.message)) for problem in problems] == [(line, message)]
    assert problems[0].place.path == FILE


def test_a_name_that_is_nearly_right_is_offered() -> None:
    _, problems = read_indicators(tools.source(LIBRARY.replace("goal: meedoen", "goal: meedoe")))
    assert problems[0].hint is not None
    assert str(problems[0].hint) == "did you mean 'meedoen'?"


@given(
    per=st.sampled_from(["mens", "bijeenkomst", "vrijwilliger", "jaar"]),
    minutes=st.integers(0, 600),
    times=st.integers(1, 366),
    fixed=st.integers(0, 1000),
    reach=st.builds(Reach, *[st.integers(1, 100_000)] * 3),
)
def test_hours_are_never_less_than_what_was_reckoned_and_less_than_one_more(
    per: str, minutes: int, times: int, fixed: int, reach: Reach
) -> None:
    effort = Effort(per, minutes, times, fixed)  # type: ignore[arg-type]
    count = {"mens": reach.people, "bijeenkomst": reach.meetings, "vrijwilliger": reach.volunteers}
    exact = Fraction(minutes * times * count.get(per, 1), 60) + fixed
    assert 0 <= hours(effort, reach) - exact < 1
    assert hours(effort, reach) == ceil(exact)


def test_a_page_to_choose_on_needs_a_library(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.write("content/kiezen.md", PAGE)
    problem = campaign.build().only()
    assert problem["message"] == "the worksheet 'indicators' is not on this page: it has no settings"
    assert problem["hint"] == f"put them in {FILE}, below 'indicators:'"
    campaign.write(FILE, LIBRARY)
    campaign.build().fine()
    shown = campaign.shown("kiezen.html")
    assert shown.count("data-indicator=") == 3
    assert "5 minuten × 2 keer per jaar × 100 mensen, plus 3 uur om het uit te werken: 20 uur" in shown
    scripts = [path for path in campaign.tree() if path.startswith("js/indicatoren-")]
    named = [path for path, page in campaign.pages() if scripts[0] in page]
    assert (len(scripts), named) == (1, ["kiezen.html"])


def test_only_the_campaign_has_a_library(tmp_path: Path) -> None:
    campaign = sites.campaign(tmp_path / "c")
    campaign.write(f"brands/{sites.BRAND}/{FILE}", LIBRARY)
    assert campaign.build().only()["message"] == f"only the campaign team has a {INDICATORS}"


def test_the_library_of_the_campaign_serves_who_manages_and_who_pays() -> None:
    """Enough of it for each goal and field, with what changes and in people's own words."""
    library = tools.library((ROOT / FILE).read_text(encoding="utf-8"))
    indicators = [one for _, one in library.indicators]
    assert len(indicators) >= 24
    for goal, _ in library.goals:
        assert "outcome" in {one.chain for one in indicators if one.goal == goal}
    for field, _ in library.fields:
        here = [one for one in indicators if field in one.fields]
        assert len(here) >= 3, field
        assert "outcome" in {one.chain for one in here}, field
    assert sum(one.form == "verhaal" for one in indicators) >= 5
    assert {one.chain for one in indicators} == {"input", "output", "outcome"}
    assert len({one.name for one in indicators}) == len(indicators)
    assert max(hours(one.effort, library.reach) for one in indicators) <= 40
