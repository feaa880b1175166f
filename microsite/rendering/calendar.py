"""Days as an iCalendar file (RFC 5545), which every calendar program can add.

The planner in the browser writes the same bytes (``assets/planner/20-calendar.js``).
"""

from __future__ import annotations

import datetime as dt

from microsite.core.content_lines import content_line, escaped
from microsite.core.records import Record


class CalendarDay(Record):
    """Something on a whole day. ``id`` is the same in every version of the calendar, ``url`` may be ""."""

    id: str
    day: dt.date
    title: str
    description: str
    url: str


def calendar(name: str, host: str, stamp: dt.date, days: tuple[CalendarDay, ...]) -> bytes:
    """The calendar of these days. ``host`` makes their ids unique, ``stamp`` is the day of this version.

    The days are free, not busy: what has to be done on a day leaves room for appointments.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{escaped(host)}//campagneplan//NL"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day.id}@{host}",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.day + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(day.title)}",
            *([f"DESCRIPTION:{escaped(day.description)}"] if day.description else []),
            *([f"URL:{day.url}"] if day.url else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return b"".join(content_line(line) for line in [*lines, "END:VCALENDAR"])
