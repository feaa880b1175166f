"""Calendars (RFC 5545), read back by two libraries that others use."""

from __future__ import annotations

import datetime as dt
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from microsite.rendering.calendar import CalendarDay, calendar

STAMP = dt.date(2026, 11, 30)
DAY = CalendarDay(
    "20270104-column-1-0",
    dt.date(2027, 12, 31),
    "Vraag Łukasz, Ngọc; en ‘s-Hertogenbosch \\ IJ",
    "Een regel.\nNog een, die niet op één regel van vijfenzeventig bytes past: ééééééé.",
    "https://voorbeeld.example/campagne/toolkit/raad.html",
)
BARE = CalendarDay("20270104-column-1-1", dt.date(2028, 2, 29), "Antwoord", "", "")


def made(*days: CalendarDay) -> bytes:
    return calendar("Campagneplan, van ons", "voorbeeld.example", STAMP, days)


def test_the_lines_of_a_calendar() -> None:
    lines = made(BARE).decode().removesuffix("\r\n").split("\r\n")
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//voorbeeld.example//campagneplan//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Campagneplan\\, van ons",
        "BEGIN:VEVENT",
        "UID:20270104-column-1-1@voorbeeld.example",
        "DTSTAMP:20261130T000000Z",
        "DTSTART;VALUE=DATE:20280229",
        "DTEND;VALUE=DATE:20280301",
        "SUMMARY:Antwoord",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def by_icalendar(data: bytes) -> list[dict[str, Any]]:
    return [
        {
            "uid": str(event["uid"]),
            "start": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "title": str(event["summary"]),
            "description": str(event.get("description", "")),
            "url": str(event.get("url", "")),
        }
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
    ]


def by_vobject(data: bytes) -> list[dict[str, Any]]:
    return [
        {
            "uid": event.uid.value,
            "start": event.dtstart.value,
            "end": event.dtend.value,
            "title": event.summary.value,
            "description": event.description.value if hasattr(event, "description") else "",
            "url": event.url.value if hasattr(event, "url") else "",
        }
        for event in vobject.readOne(data.decode()).vevent_list
    ]


@pytest.mark.parametrize("read", [by_icalendar, by_vobject])
def test_other_programs_read_what_was_meant(read: Any) -> None:
    assert read(made(DAY, BARE)) == [
        {
            "uid": f"{day.id}@voorbeeld.example",
            "start": day.day,
            "end": day.day + dt.timedelta(days=1),
            "title": day.title,
            "description": day.description,
            "url": day.url,
        }
        for day in (DAY, BARE)
    ]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=300))
def test_any_title_is_read_back(title: str) -> None:
    (event,) = by_icalendar(made(CalendarDay("1", STAMP, title, "", "")))
    assert event["title"] == title


def test_no_line_is_longer_than_a_calendar_program_takes() -> None:
    data = made(DAY, BARE, CalendarDay("1", STAMP, "🙂é" * 200, "", ""))
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\r\n") == data.count(b"\n")
