"""Quarters: how they are written, and that their weeks are all of their days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from microsite.content.series.quarters import Quarter, meant_quarter, parse_quarter, quarter_of

QUARTERS = some.builds(Quarter, some.integers(1950, 2900), some.integers(1, 4))


@given(some.dates(dt.date(1950, 1, 1), dt.date(2900, 1, 1)))
def test_each_day_is_in_its_quarter(day: dt.date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.plus(1).first == quarter.last + dt.timedelta(days=1)


@given(QUARTERS, some.integers(-100, 100))
def test_steps_forth_and_back_cancel(quarter: Quarter, steps: int) -> None:
    later = quarter.plus(steps)
    assert quarter.until(later) == steps
    assert (later > quarter) is (steps > 0)
    assert later.plus(-steps) == quarter


@given(QUARTERS)
def test_the_weeks_of_a_quarter_have_each_of_its_days_once_and_fit_a_sheet(quarter: Quarter) -> None:
    weeks = list(quarter.weeks())
    days = [first + dt.timedelta(days=i) for first, last in weeks for i in range((last - first).days + 1)]
    assert days == [quarter.first + dt.timedelta(days=i) for i in range(len(days))]
    assert days[-1] == quarter.last
    assert all(first.isocalendar()[:2] == last.isocalendar()[:2] for first, last in weeks)
    assert 13 <= len(weeks) <= 15


@given(QUARTERS)
def test_a_quarter_is_read_as_it_is_written(quarter: Quarter) -> None:
    assert parse_quarter(str(quarter)) == quarter


@pytest.mark.parametrize(
    "written", ["2026-K3", "2026K3", "2026 k3", "2026-Q3", "2026q3", "K3 2026", "Q3-2026"]
)
def test_what_a_quarter_may_be_written_as(written: str) -> None:
    assert parse_quarter(written) == Quarter(2026, 3)


@pytest.mark.parametrize(
    "written", ["", "2026", "2026-K5", "2026-K0", "26-K3", "K3", "2026-K33", "0001-K1", "٢٠٢٦-K3", "2026-3"]
)
def test_what_is_no_quarter(written: str) -> None:
    assert parse_quarter(written) is None


@pytest.mark.parametrize(
    "written", ["2026-3", "3-2026", "3/2026", "3e kwartaal 2026", "3e kwartaal van 2026"]
)
def test_what_is_meant_is_proposed(written: str) -> None:
    assert meant_quarter(written) == Quarter(2026, 3)


@given(some.text())
def test_whatever_is_written_is_a_quarter_or_none(written: str) -> None:
    assert parse_quarter(written) is None or meant_quarter(written) is None
