"""The public holidays of the Netherlands."""

from __future__ import annotations

import datetime as dt

import pytest

from microsite.core.holidays import FIRST_YEAR, LAST_YEAR, easter, public_holidays


@pytest.mark.parametrize(
    "day",
    ["2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31", "2026-04-05", "2027-03-28", "2038-04-25"],
)
def test_easter_is_when_the_tables_say(day: str) -> None:
    assert easter(int(day[:4])).isoformat() == day


def test_easter_is_a_sunday_between_its_bounds() -> None:
    for year in range(1583, 4100):
        sunday = easter(year)
        assert sunday.isoweekday() == 7
        assert dt.date(year, 3, 22) <= sunday <= dt.date(year, 4, 25)


def test_the_holidays_of_a_year() -> None:
    assert [day.isoformat() for day in public_holidays(2026)] == [
        "2026-01-01",
        "2026-04-03",
        "2026-04-05",
        "2026-04-06",
        "2026-04-27",
        "2026-05-05",
        "2026-05-14",
        "2026-05-24",
        "2026-05-25",
        "2026-12-25",
        "2026-12-26",
    ]


def test_kings_day_is_never_on_a_sunday() -> None:
    kings_days = {year: public_holidays(year)[4] for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    assert all(day.isoweekday() != 7 for day in kings_days.values())
    assert {day.day for day in kings_days.values()} == {26, 27}
    assert kings_days[2025] == dt.date(2025, 4, 26)
