"""The drawing of a figure in the register: what is drawn, and whether the words of the figure say so too."""

from __future__ import annotations

import re
from decimal import Decimal

from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.media import drawings
from microsite.media.drawings import MOST, MOST_MONEY, Kind, Mark


class Drawing(Record):
    """How a figure is drawn. ``of``: the whole of a share (else 100), or the money that was put in (else 1).

    ``each`` is how many one mark of a count stands for.
    """

    kind: Kind
    of: Decimal | None = None
    each: Decimal = Decimal(1)
    mark: Mark = "square"

    def of_value(self, value: Decimal) -> str:
        """The SVG of a value that this drawing fits."""
        return drawings.draw(self.kind, value, self.of, self.each, self.mark)


Misfit = tuple[str, Text, Text]
"""The key of a drawing that is to blame, what is wrong, and what to do."""


def misfit(drawing: Drawing, value: Decimal, words: str) -> Misfit | None:
    """Why a drawing does not show this value, or None; ``words`` are those that are printed with it."""
    if drawing.kind == "share":
        return _misfit_of_share(drawing.of or Decimal(100), value, words)
    if drawing.kind == "count":
        return _misfit_of_count(drawing.each, value)
    put_in = drawing.of if drawing.of is not None else Decimal(1)
    if put_in <= 0 or not 0 < value <= MOST_MONEY * put_in:
        return (
            "of" if drawing.of is not None else "kind",
            text("{value} is not drawn as money that comes out for {whole}", value=value, whole=put_in),
            text("write in 'of' what was put in: at least a sixth of 'value'"),
        )
    return None


def _misfit_of_share(whole: Decimal, value: Decimal, words: str) -> Misfit | None:
    if whole <= 0 or not 0 <= value <= whole:
        return (
            "of",
            text("{value} is no share of {whole}", value=value, whole=whole),
            text("write in 'of' how many there are in all"),
        )
    if not _says(words, whole) and not (whole == 100 and _PERCENT.search(words)):
        return (
            "of",
            text(
                "the drawing shows {value} of {whole}, and the words of the figure do not",
                value=value,
                whole=whole,
            ),
            text("name {whole} in 'text', 'unit', 'label' or 'caveat', or write another 'of'", whole=whole),
        )
    return None


def _misfit_of_count(each: Decimal, value: Decimal) -> Misfit | None:
    if each <= 0 or value <= 0 or value % each:
        return (
            "each",
            text("{value} cannot be drawn in marks of {each}", value=value, each=each),
            text("write in 'each' how many one mark stands for, without a remainder"),
        )
    if value / each > MOST:
        return (
            "each",
            text("a drawing of {count} marks is too full", count=int(value / each)),
            text("write in 'each' how many one mark stands for: at most {most} marks", most=MOST),
        )
    return None


_PERCENT = re.compile(r"%|procent|percent")
_NUMBER = re.compile(r"\d{1,3}(?:[.\u00a0]\d{3})+(?!\d)|\d+(?:,\d+)?|[a-zé]+", re.I)
_IN_WORDS: dict[str, Decimal] = {}
for _from, _step, _words in (
    (0, 1, "nul een twee drie vier vijf zes zeven acht negen tien"),
    (11, 1, "elf twaalf dertien veertien vijftien zestien zeventien achttien negentien"),
    (20, 10, "twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd"),
):
    _IN_WORDS |= {word: Decimal(_from + _step * i) for i, word in enumerate(_words.split())}


def _says(words: str, number: Decimal) -> bool:
    """Whether a Dutch sentence names a number, in figures or as a word."""
    found = (match.lower() for match in _NUMBER.findall(words))
    return number in {_IN_WORDS.get(word.replace("één", "een")) or _read(word) for word in found}


def _read(figures: str) -> Decimal | None:
    plain = figures.replace(".", "").replace("\u00a0", "").replace(",", ".")
    return Decimal(plain) if plain[:1].isdecimal() else None
