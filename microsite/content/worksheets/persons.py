"""What in a worksheet seems to be about one person: it is told before anything is computed.

A published text is read by ``content/personal_data.py``, which speaks up only when it is all but certain.
Here a mistaken finding costs somebody a few words, and a missed one travels in a file: so these patterns are
wider. The worksheet in the browser is given the same patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from microsite.content.personal_data import BSN, EMAIL, IBAN, PHONE
from microsite.core.problems import Place, Problem, Text, text
from microsite.core.records import Record

Kind = Literal["mail", "day", "account", "phone", "bsn", "file", "address", "name"]

_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = "(?:0?[1-9]|1[0-2])"
_NAMES = "jan feb mrt maart mar apr mei may jun jul aug sep okt oct nov dec"
_MONTHS = "|".join(f"{name}|{name.capitalize()}|{name.upper()}" for name in _NAMES.split(" "))
_YEAR = "(?:(?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9])"
_TITLES = "[Mm]evrouw|[Mm]eneer|[Mm]evr|[Mm]w|[Dd]hr|[Dd]e [Hh]eer|[Ff]amilie|[Ff]am|[Jj]uf|[Dd]okter|[Dd]r"
_BETWEEN = "(?:(?:van|de|der|den|ten|ter|het|'t|el|al) +){0,3}"
_STREETS = "straat|laan|plein|gracht|kade|singel|dijk|steeg|weg"
_LETTERS = "(?!SA|SD|SS|EU|EG)[A-Z]{2}"
_NO_WORDS = "(?!km|kg|cm|mm|ml|mg|kw|al|en|er|in|is|je|na|nu|of|om|op|te|we|ze|zo)[a-z]{2}"
_FILES = "(?:[Dd]ossier|[Cc]li[eë]nt|[Pp]ati[eë]nt|[Zz]aak)"

PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("mail", r"[^\s@]@[^\s@]{1,64}\.[A-Za-z]{2}"),
    ("day", f"(?:^|[^0-9]){_DAY} ?[-–/.] ?{_MONTH} ?[-–/.] ?{_YEAR}"),
    ("day", rf"(?:^|[^0-9]){_DAY}(?:e|ste|de)? ?(?:{_MONTHS})[A-Za-z]{{0,9}}\.? ?{_YEAR}"),
    ("day", "(?:19|20)[0-9]{2}[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12][0-9]|3[01])(?![0-9])"),
    ("day", r"(?:^|[^A-Za-z])(?:[Gg]eb\.|[Gg]eboren|[Gg]eboorte|[Bb]orn)[^0-9]{0,20}[0-9]"),
    ("account", "(?:^|[^A-Za-z])[A-Z]{2}[0-9]{2} ?[A-Z]{4}(?: ?[0-9]){8}"),
    ("phone", "(?:^|[^0-9,.])(?:[+] ?[1-9]|00[1-9]|0[1-9])(?:[ \u00a0.()/–-]{0,3}[0-9]){8}"),
    ("bsn", "(?:^|[^0-9])([0-9](?:[ \u00a0.–-]?[0-9]){8})(?![0-9])"),
    ("file", f"{_FILES}[a-z]{{0,8}}[ .:#]{{0,3}}[0-9][0-9/.-]{{4}}"),
    ("address", f"(?:^|[^0-9A-Za-z])[1-9][0-9]{{3}}(?: ?{_LETTERS}| ?{_NO_WORDS})(?![0-9A-Za-z])"),
    ("address", f"(?:^|[^A-Za-z])[A-Z][a-z'-]{{1,40}}(?:{_STREETS}) [1-9]"),
    ("name", rf"(?:^|[^A-Za-z])(?:{_TITLES})\.? +{_BETWEEN}[A-ZÀ-Ý]"),
)
"""What each kind looks like, in what regular expressions of Python and JavaScript have in common.

What "bsn" finds is one only when it passes the check on eleven.
"""

_FOUND = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)

MESSAGES: Mapping[Kind, Text] = {
    "mail": EMAIL,
    "day": text("this looks like a date of birth, or another day of one person"),
    "account": IBAN,
    "phone": PHONE,
    "bsn": BSN,
    "file": text("this looks like the number of a file about a person"),
    "address": text("this looks like an address or a postcode"),
    "name": text("this looks like the name of a person"),
}


def kind_of(words: str, days: bool = True) -> Kind | None:
    """What a text seems to tell of one person; ``days`` is whether a date with a day does."""
    for kind, pattern in _FOUND:
        if kind == "bsn":
            if any(map(_passes_eleven, pattern.findall(words))):
                return kind
        elif (days or kind != "day") and pattern.search(words):
            return kind
    return None


def _passes_eleven(typed: str) -> bool:
    """The check on a citizen service number: its digits, weighed 9 to 2 and -1, are a multiple of 11."""
    digits = [int(c) for c in typed if c.isdigit()]
    weighed = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return not weighed % 11 and any(digits)


def about_persons(sheet: Record, places: Mapping[str, Place], dated: str) -> Iterator[Problem]:
    """What in a sheet seems to be about a person. Where keys begin with ``dated``, dates may have a day."""
    for key, words in texts(sheet):
        kind = kind_of(words, not key.startswith(dated))
        if kind is not None:
            yield Problem(places[key], MESSAGES[kind], text("take it away, or write it in another way"))


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Each text in a record, by its key such as ``happened.0.what``."""
    if isinstance(value, str):
        if value:
            yield key, value
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name), f"{key}.{name}" if key else name)
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from texts(item, f"{key}.{i}")
