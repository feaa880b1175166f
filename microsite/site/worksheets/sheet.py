"""What the pages of worksheets share: sentences with slots, numbers as people write them, and data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from string import Formatter
from typing import Any

from microsite.core.languages import decimal, grouped
from microsite.core.problems import Text, text
from microsite.core.records import Record

Say = Callable[[Text], str]


class Sentence(Record):
    """A sentence with slots such as ``{low}``, and as it is for the example; "" where it does not hold."""

    pattern: str
    filled: str


def opened(sentence: Text) -> Text:
    """The sentence with its slots still in it, for the script."""
    return filled(sentence, _Slots())


class _Slots(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def filled(sentence: Text, values: Mapping[str, str]) -> Text:
    names = [name for _, name, _, _ in Formatter().parse(sentence.sentence) if name]
    return sentence.format(**{name: values[name] for name in names})


class Numbers:
    """Numbers as people write them; the script does the same with ``Intl.NumberFormat``."""

    def __init__(self, language: str) -> None:
        self._language = language

    def rounded(self, value: Decimal, step: str = "1") -> str:
        return decimal(str(value.quantize(Decimal(step), ROUND_HALF_UP) + 0), self._language)  # never -0

    def plain(self, value: Decimal) -> str:
        """To a tenth, and without one where it is whole."""
        return self.rounded(value, "1" if value == int(value) else "0.1")

    def ratio(self, value: Decimal) -> str:
        return self.rounded(value, "0.1")

    def exact(self, value: Decimal) -> str:
        """To four decimals, and without those that are nil."""
        digits = f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP) + 0:f}".rstrip("0").rstrip(".")
        return grouped(Decimal(digits), self._language)

    def money(self, value: Decimal) -> str:
        """With cents where there are."""
        cents = value.quantize(Decimal("0.01"), ROUND_HALF_UP) + 0
        return f"€\xa0{grouped(cents, self._language)}" if cents % 1 else self.euros(cents)

    def euros(self, value: Decimal) -> str:
        return f"€\xa0{grouped(value.quantize(Decimal(1), ROUND_HALF_UP) + 0, self._language)}"


COMMON_SENTENCES: Mapping[str, Text] = {
    "point": text(
        "At the least and at the most are the same for: {equal}. So it seems more certain than it is."
    ),
    "prices": text("Not brought to the prices of {year}: prices of {years}."),
    "unpriced": text("What is not in this number: {unpriced}"),
}

COMMON_PROBLEMS: Mapping[str, Text] = {
    "empty": text("{field}: still empty"),
    "number": text("{field}: this is no number. Write it like 1500 or 2,5"),
    "whole": text("{field}: this is no whole number"),
    "range": text("{field}: from {least} to {most}"),
    "order": text("{field}: at the least, probably and at the most are not in that order"),
    "later": text("{field}: this is after the year in which you reckon"),
}
"""What the scripts say of a field, by the code of the problem."""


def flat(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """The values in lists and mappings, by keys such as ``costs.0.amount``."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for name, item in items:
            yield from flat(item, f"{key}.{name}" if key else str(name))
    else:
        yield key, value


def plain(value: object) -> Any:
    """A sheet as the script reads it, and as a file has it: the keys of the records, and numbers."""
    if isinstance(value, Record):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
