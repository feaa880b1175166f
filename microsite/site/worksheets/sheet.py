"""What the pages of worksheets share: sentences with slots, numbers as people write them, and data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from string import Formatter
from typing import Any

from microsite.core.languages import decimal, grouped
from microsite.core.problems import Text
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

    def euros(self, value: Decimal) -> str:
        return f"€\xa0{grouped(value.quantize(Decimal(1), ROUND_HALF_UP) + 0, self._language)}"


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
    return value
