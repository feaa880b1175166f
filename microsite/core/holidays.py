"""The public holidays of the Netherlands, which are days on which nobody is at work."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 2014, 2099
"""The years for which the rules hold: there is a King's Day since 2014."""


@lru_cache(maxsize=64)
def public_holidays(year: int) -> tuple[dt.date, ...]:
    """The generally recognised holidays of a year, and Good Friday, which counts as one.

    They are those of article 3 of the Algemene termijnenwet. King's Day is 27 April, or the 26th when
    that is a Sunday.
    """
    sunday = easter(year)
    kings_day = dt.date(year, 4, 27)
    return (
        dt.date(year, 1, 1),
        sunday - dt.timedelta(days=2),  # Good Friday
        sunday,
        sunday + dt.timedelta(days=1),
        kings_day - dt.timedelta(days=kings_day.isoweekday() == 7),
        dt.date(year, 5, 5),  # Liberation Day
        sunday + dt.timedelta(days=39),  # Ascension Day
        sunday + dt.timedelta(days=49),  # Whit Sunday and Monday
        sunday + dt.timedelta(days=50),
        dt.date(year, 12, 25),
        dt.date(year, 12, 26),
    )


def easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar, by the anonymous rule in Nature of 20 April 1876.

    As given by J. Meeus, Astronomical Algorithms (1991), chapter 8: it has no exceptions.
    """
    century, rest = divmod(year, 100)
    skipped, corrected = century // 4, century % 4
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - skipped - moon + 15) % 30
    weekday = (32 + 2 * corrected + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
