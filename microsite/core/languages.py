"""The languages that a page can be written in, with their names, directions and file names.

A translation has the language code in its file name: ``contact.en.md`` is ``contact.md`` in English.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from decimal import Decimal
from functools import cache
from typing import Protocol

from microsite.core.problems import Text, Translate, text

NAMES = {
    "nl": "Nederlands",
    "en": "English",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "fy": "Frysk",
    "pap": "Papiamentu",
    "pl": "Polski",
    "ru": "Русский",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}
"""Each language's own name by its code (BCP 47), in the order in which languages are offered."""

MONTHS = (
    text("January"),
    text("February"),
    text("March"),
    text("April"),
    text("May"),
    text("June"),
    text("July"),
    text("August"),
    text("September"),
    text("October"),
    text("November"),
    text("December"),
)

WEEKDAYS = (text("Mon"), text("Tue"), text("Wed"), text("Thu"), text("Fri"), text("Sat"), text("Sun"))
"""The short names of the days, from Monday on."""


_DAYS = (
    *(text("Monday"), text("Tuesday"), text("Wednesday"), text("Thursday")),
    *(text("Friday"), text("Saturday"), text("Sunday")),
)


def weekday(day: dt.date, translate: Translate) -> str:
    """Return the day of the week: ``maandag``."""
    return _DAYS[day.weekday()].render(translate)


class Day(Protocol):
    """A date; ``month`` and ``day`` are 0 where they are not known."""

    @property
    def year(self) -> int: ...
    @property
    def month(self) -> int: ...
    @property
    def day(self) -> int: ...


def longdate(day: Day, translate: Translate) -> str:
    """Return a date as people write it: ``30 november 2026``."""
    month = MONTHS[day.month - 1].render(translate) if day.month else ""
    return " ".join(filter(None, [f"{day.day or ''}", month, f"{day.year}"]))


def delimiter(language: str) -> str:
    """Return what separates the cells of a CSV file for the spreadsheets of this language."""
    return ";" if decimal(".", language) == "," else ","


QUARTER = text("quarter {number} of {year}")


def quarter(day: Day) -> Text:
    """Return the quarter of a date as people write it: ``1e kwartaal van 2027``."""
    return QUARTER.format(number=(day.month + 2) // 3, year=day.year)


_RIGHT_TO_LEFT = frozenset({"ar", "fa"})


def direction(language: str) -> str:
    """Return the value of HTML's ``dir`` attribute."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@cache
def translated(path: str) -> tuple[str, str]:
    """Return (path of the page that this file translates, language code), or (path, "") for an original."""
    stem, suffix = posixpath.splitext(path)
    original, _, language = stem.rpartition(".")
    return (f"{original}{suffix}", language) if original and language in NAMES else (path, "")


_SEEMS_LANGUAGE = re.compile(r"(.+)\.([a-z]{2}(?:[-_][a-z0-9]{2,4})?|pap)", re.IGNORECASE)


def seems_translated(path: str) -> tuple[str, str]:
    """Return (path, language code) as ``translated`` does, for a file that is none but seems meant so."""
    stem, suffix = posixpath.splitext(path)
    found = _SEEMS_LANGUAGE.fullmatch(stem)
    return (f"{found[1]}{suffix}", found[2]) if found and not translated(path)[1] else (path, "")


def grouped(number: Decimal, language: str) -> str:
    """Return a number with the separators of the language: 1000.5 is ``1.000,5`` in Dutch."""
    return f"{number:,f}" if language in ("en", "zh") else f"{number:,f}".translate(_SWAPPED)


_SWAPPED = str.maketrans(",.", ".,")


def decimal(number: str, language: str) -> str:
    """Return a number with the decimal separator of the language: ``1.2`` is ``1,2`` in Dutch."""
    return number if language in ("en", "zh") else number.replace(".", ",")
