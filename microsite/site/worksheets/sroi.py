"""The worksheet of a social return on its page: the form, and its example worked out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from microsite.content.worksheets.file import Rate, Sroi
from microsite.content.worksheets.persons import PATTERNS
from microsite.content.worksheets.rules import NOISE
from microsite.content.worksheets.saved import LONGEST
from microsite.content.worksheets.sroi import (
    GRADES,
    Bar,
    Bound,
    Correction,
    Grade,
    Outcome,
    Return,
    Sheet,
    calculate,
)
from microsite.core.languages import decimal
from microsite.core.problems import Text, text
from microsite.core.records import Record, replace
from microsite.site.context import SiteContext
from microsite.site.worksheets.sheet import (
    COMMON_PROBLEMS,
    COMMON_SENTENCES,
    Numbers,
    Say,
    Sentence,
    filled,
    flat,
    opened,
    plain,
)

BLANK = 2, 1
"""How many costs and how many changes a form begins with."""


class Swing(Record):
    """A bar of what matters most; ``x`` and ``width`` are percentages of the space."""

    label: str
    low: str
    high: str
    x: str
    width: str


class CorrectionView(Record):
    """A correction, with the answers that one chooses from: a share and its words."""

    name: Correction
    question: str
    answers: tuple[tuple[str, str], ...]


class SroiView(Record):
    """What the template of the worksheet shows. ``data`` is the JSON that its script reads.

    ``written`` is what the example has in each field, by keys such as ``costs.0.amount``, as one reads it;
    ``most`` the most characters of some fields, by key.
    """

    title: str
    data: str
    blank: tuple[int, int]
    sizes: tuple[int, int]
    grades: tuple[tuple[str, str], ...]
    corrections: tuple[CorrectionView, ...]
    first_year: tuple[tuple[str, str], ...]
    rates: tuple[Rate, ...]
    most: tuple[tuple[str, int], ...]
    written: tuple[tuple[str, str], ...]
    sentences: tuple[tuple[str, Sentence], ...]
    needed: tuple[str, ...]
    payers: tuple[tuple[str, str], ...]
    gains: tuple[tuple[str, str], ...]
    total: tuple[tuple[str, str], ...]
    swings: tuple[Swing, ...]


def sroi_view(context: SiteContext, sroi: Sroi) -> SroiView:
    """The worksheet of a social return with its example, in the language of the site's interface."""
    say = context.translate
    data = {
        "example": plain(sroi.example),
        "problems": {code: say(opened(sentence)) for code, sentence in PROBLEMS.items()},
        "needed": {bound: say(opened(sentence)) for bound, sentence in NEEDED.items()},
        "moved": {name: say(opened(sentence)) for name, sentence in MOVED.items()},
        "contacts": [pattern for kind, pattern in PATTERNS if kind in ("mail", "phone")],
    }
    view = sheet_view(context, sroi.example)
    return replace(view, data=json.dumps(data, ensure_ascii=False), rates=sroi.rates)


def sheet_view(context: SiteContext, sheet: Sheet) -> SroiView:
    """A sheet that is filled in, for a page without a script: without ``data`` and ``rates``."""
    say = context.translate
    found = calculate(sheet)
    numbers = Numbers(context.language)
    values = _values(sheet, found, numbers)
    holds = set(_holds(sheet, found))
    sentences = {
        name: Sentence(say(opened(sentence)), say(filled(sentence, values)) if name in holds else "")
        for name, sentence in SENTENCES.items()
    }
    grades = tuple((grade, say(GRADE_NAMES[grade])) for grade in GRADES)
    first_year = tuple((value, say(words)) for value, words in FIRST_YEAR)
    corrections = tuple(
        _correction(name, question, answers, say) for name, (question, answers) in CORRECTIONS.items()
    )
    most = tuple((key if key == "title" else f"account.{key}", length) for key, length in LONGEST.items())
    return SroiView(
        sheet.title,
        "",
        BLANK,
        (len(sheet.costs), len(sheet.outcomes)),
        grades,
        corrections,
        first_year,
        (),
        most,
        tuple(_written(sheet, (*grades, *first_year), corrections, context.language)),
        tuple(sentences.items()),
        tuple(_needed(sheet, found, say, numbers)),
        tuple((who, numbers.euros(amount)) for who, amount in found.payers),
        tuple((who, numbers.euros(amount)) for who, amount in found.gains),
        (("payers", numbers.euros(found.costs)), ("gains", numbers.euros(found.likely))),
        tuple(_swings(sheet, found.bars, say, numbers)),
    )


# ── the result ──

SENTENCES: Mapping[str, Text] = {
    "range": text(
        "For each euro that goes in, {low} to {high} euros come back, by estimate. Most likely: {likely}."
    ),
    "lost": text(
        "For each euro that goes in, it comes to {low} to {high} euros, by estimate. Most likely: {likely}. "
        "Below 0, more is lost than the work brings."
    ),
    "unsure": text("At the low end of this range it costs more than it brings."),
    "point": COMMON_SENTENCES["point"],
    "assumed": text("Assumed, and neither counted nor looked up: {assumed}"),
    "break_even": text("The costs are met as long as at least {percent} of the good effects comes true."),
    "loss": text(
        "By this estimate it costs {short} more than it brings. "
        "It may be worth that: look at what is not in euros."
    ),
    "payback": text(
        "How many months until it has brought what it cost, if effects come evenly over each year: {months}"
    ),
    "uncorrected": text("Without the four corrections it would say {bare} euros: so much do they matter."),
    "alone": text(
        "For each change it says that nothing would have happened anyway, nothing moved and nobody helped. "
        "That is rare."
    ),
    "prices": COMMON_SENTENCES["prices"],
    "unpriced": COMMON_SENTENCES["unpriced"],
    "remark": text("What belongs to it: {remark}"),
}

NEEDED: Mapping[Bound, Text] = {
    "least": text("It pays with at least {count} of the {all}: {what}"),
    "more": text("It would pay with {count} or more, and {all} are expected: {what}"),
    "most": text("It pays with at most {count}, and {all} are expected: {what}"),
    "without": text("It pays without this too: {what}"),
    "never": text("It does not pay without this either: {what}"),
    "nothing": text("This counts for nothing in the sum: {what}"),
}


def _holds(sheet: Sheet, found: Return) -> Iterator[str]:
    """The names of the sentences that hold for this sheet."""
    pays, loses = found.net > -_HALF_A_EURO, min(found.ratios) <= _HALF_A_TENTH
    holds = {
        "range": not loses,
        "lost": loses,
        "unsure": pays and found.low < found.costs,
        "point": bool(_equal(sheet)),
        "assumed": bool(_assumed(sheet)),
        "break_even": pays and found.break_even is not None,
        "loss": not pays,
        "payback": pays and found.payback is not None,
        "uncorrected": True,
        "alone": not any(map(_is_shared, sheet.outcomes)),
        "prices": any(outcome.price_year != sheet.year for outcome in sheet.outcomes),
        "unpriced": bool(sheet.unpriced.strip()),
        "remark": bool(sheet.remark.strip()),
    }
    return (name for name, is_so in holds.items() if is_so)


def _is_shared(outcome: Outcome) -> bool:
    """Whether a part of it is not due to this work."""
    return any(one.share for one in (outcome.deadweight, outcome.displacement, outcome.attribution))


_HALF_A_EURO = Decimal("0.5")
_HALF_A_TENTH = Decimal("-0.05")
"""From here down a ratio is shown with a minus."""


def _equal(sheet: Sheet) -> list[str]:
    """The changes without a range, as is only right for what was counted."""
    return [one.what for one in sheet.outcomes if one.count.low == one.count.high and one.grade != "gemeten"]


def _assumed(sheet: Sheet) -> list[str]:
    return [one.what for one in sheet.outcomes if one.grade == "aanname"]


def _values(sheet: Sheet, found: Return, numbers: Numbers) -> Mapping[str, str]:
    low, likely, high = map(numbers.ratio, found.ratios)
    percent = min(Decimal(100), _at_least((found.break_even or Decimal(0)) * 100))
    return {
        "low": low,
        "likely": likely,
        "high": high,
        "equal": "; ".join(_equal(sheet)),
        "assumed": "; ".join(_assumed(sheet)),
        "percent": f"{numbers.rounded(percent)}\xa0%",
        "short": numbers.euros(-found.net),
        "months": numbers.rounded(_at_least(found.payback or Decimal(0))),
        "bare": numbers.ratio(found.uncorrected / found.costs),
        "year": str(sheet.year),
        "years": ", ".join(
            str(year) for year in sorted({one.price_year for one in sheet.outcomes} - {sheet.year})
        ),
        "unpriced": sheet.unpriced,
        "remark": sheet.remark,
    }


def _at_least(value: Decimal) -> Decimal:
    """The whole number that is enough."""
    return (value - NOISE).to_integral_value(ROUND_CEILING)


def _at_most(value: Decimal) -> Decimal:
    return (value + NOISE).to_integral_value(ROUND_FLOOR)


def _needed(sheet: Sheet, found: Return, say: Say, numbers: Numbers) -> Iterator[str]:
    for line in found.needed:
        values = {"what": sheet.outcomes[line.outcome].what, "all": numbers.plain(line.likely)}
        if line.count is not None:
            parts = 1 if line.likely == int(line.likely) else 10  # of half a job, tenths are needed
            rounded = _at_most if line.bound == "most" else _at_least
            values["count"] = numbers.plain(rounded(line.count * parts) / parts)
        yield say(filled(NEEDED[line.bound], values))


def _swings(sheet: Sheet, bars: tuple[Bar, ...], say: Say, numbers: Numbers) -> Iterator[Swing]:
    ends = [end for bar in bars for end in (bar.low, bar.high)] or [Decimal(0)]
    start, space = min(ends), max(ends) - min(ends)
    for bar in bars:
        what = "" if bar.outcome < 0 else sheet.outcomes[bar.outcome].what
        parts = min(bar.low, bar.high) - start, bar.span
        x, width = (str(round(100 * part / space, 2)) if space else "0" for part in parts)
        label = say(filled(MOVED[bar.what], {"what": what}))
        yield Swing(label, numbers.ratio(bar.low), numbers.ratio(bar.high), x, width)


# ── the form ──

GRADE_NAMES: Mapping[Grade, Text] = {
    "gemeten": text("counted or measured"),
    "geschat": text("estimated, from a source"),
    "aanname": text("assumed"),
}

FIRST_YEAR: tuple[tuple[str, Text], ...] = (
    ("true", text("from the first year on")),
    ("false", text("from the second year on")),
)
"""Whether the first year counts less too, by the value of ``first_year`` as a file has it."""

MOVED: Mapping[str, Text] = {
    "count": text("How many: {what}"),
    "value": text("What it is worth: {what}"),
    "deadweight": text("What would have happened anyway: {what}"),
    "displacement": text("What only moved: {what}"),
    "attribution": text("What others did: {what}"),
    "drop_off": text("What wears off: {what}"),
    "years": text("How long it lasts: {what}"),
    "rate": text("How much later counts"),
}

PROBLEMS: Mapping[str, Text] = {
    **COMMON_PROBLEMS,
    "twice": text("{field}: this change is already there, for the same people. Count it once"),
    "nothing": text("The costs are 0 together, so there is no ratio"),
    "high": text("{field}: the outcome, or its high end, is above {most}; tell how that can be"),
}
"""What the script says of a field, by the code of the problem."""

_SHARES = ("0", "0.25", "0.5", "0.75", "1")

CORRECTIONS: Mapping[Correction, tuple[Text, tuple[Text, ...]]] = {
    "deadweight": (
        text("What would have happened anyway?"),
        (
            text("0 %: nothing, this is only because of us"),
            text("25 %: for one in four"),
            text("50 %: for about half"),
            text("75 %: for most of them"),
            text("100 %: everything, also without us"),
        ),
    ),
    "displacement": (
        text("What only moved from one place to another?"),
        (
            text("0 %: nobody is worse off by it"),
            text("25 %: a small part"),
            text("50 %: about half"),
            text("75 %: the larger part"),
            text("100 %: all of it, others lost as much"),
        ),
    ),
    "attribution": (
        text("What is the work of others?"),
        (
            text("0 %: nobody else helped"),
            text("25 %: others helped a little"),
            text("50 %: others did as much as we"),
            text("75 %: others did most"),
            text("100 %: others did it all"),
        ),
    ),
    "drop_off": (
        text("What wears off each year?"),
        (
            text("0 %: it stays, or it lasts one year"),
            text("25 %: a quarter a year"),
            text("50 %: each year half of it"),
            text("75 %: after a year little is left"),
            text("100 %: after a year it is over"),
        ),
    ),
}
"""The question of each correction, and its five answers: a filter of five steps, and no false precision."""


def _correction(name: Correction, question: Text, answers: tuple[Text, ...], say: Say) -> CorrectionView:
    chosen = zip(_SHARES, map(say, answers), strict=True)
    return CorrectionView(name, say(question), tuple(chosen))


def _written(
    sheet: Sheet,
    choices: Iterable[tuple[str, str]],
    corrections: Iterable[CorrectionView],
    language: str,
) -> Iterator[tuple[str, str]]:
    words = dict(choices)
    answers = {one.name: {Decimal(share): answer for share, answer in one.answers} for one in corrections}
    for key, value in flat(plain(sheet)):
        *_, name, last = ("", *key.split("."))
        if last == "share":
            own = f"{_percent(value, language)}\xa0%"
            yield key, answers[name].get(Decimal(str(value)), own)  # type: ignore[index]
        elif last == "rate":
            yield key, _percent(value, language)
        elif isinstance(value, str | bool):
            yield key, words.get(str(value).lower(), str(value))
        else:
            yield key, decimal(str(value), language)


def _percent(part: float, language: str) -> str:
    return decimal(f"{(100 * Decimal(str(part))).normalize():f}", language)
