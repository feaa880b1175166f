"""A social return on investment (SROI): from costs and outcomes to a range, a ratio and what they hang on.

The formulas are those of "A guide to Social Return on Investment" (Cabinet Office 2009, SROI Network 2012),
stages 4 and 5; the Dutch translation is "Handleiding SROI" (SROI Netwerk 2014). For an outcome that lasts
years 1 to T::

    first year   count * value * (1 - deadweight) * (1 - displacement) * (1 - attribution)
    year t       first year * (1 - drop-off) ** (t - 1)
    present      sum of year t / (1 + rate) ** t
    ratio        present / costs

The worksheet in the browser does the same (``assets/worksheets/sroi/10-sroi.js``). The sheets in
``tests/content/worksheets/sroi.json`` hold them equal: a rule that changes here changes there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from math import ceil
from typing import Literal, get_args

from microsite.content.worksheets.rules import (
    NOISE,
    YEARS,
    Bounds,
    Range,
    by_name,
    later,
    out_of_bounds,
    out_of_order,
    same,
)
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, replace

Grade = Literal["gemeten", "geschat", "aanname"]
"""How well the count of an outcome is known: measured, estimated from a source, or assumed."""
GRADES: tuple[Grade, ...] = get_args(Grade)

Correction = Literal["deadweight", "displacement", "attribution", "drop_off"]
CORRECTIONS: tuple[Correction, ...] = get_args(Correction)

LONGEST = 25
"""The longest that an outcome lasts, in years."""

HIGH_RATIO = 10
"""A ratio above this, at the best end too, is not told without a remark about how it came about."""

MARGIN = Decimal("0.2")
"""The part by which each assumption is lowered and raised, to see what matters most."""

_LARGEST = 10**9
_ONE, _ZERO = Decimal(1), Decimal(0)


class Cost(Record):
    """What the work takes over the whole time, in euros: money, and hours given. ``payer`` brings it in."""

    what: str
    payer: str
    amount: Decimal
    source: str


class Share(Record):
    """A part from 0 to 1, and why it is that large."""

    share: Decimal
    why: str


class Outcome(Record):
    """A change for ``count``, each worth ``value`` euros a year for ``years``, in prices of ``price_year``.

    ``deadweight`` would have happened anyway, ``displacement`` went at the cost of others, ``attribution`` is
    due to others, ``drop_off`` wears off each year. A change for the worse has a negative value. ``years`` is
    whole; what matters most moves it by a part, and then counts a part of the last year.
    """

    what: str
    receiver: str
    count: Range
    grade: Grade
    measured: str
    value: Decimal
    source: str
    price_year: int
    years: int
    deadweight: Share
    displacement: Share
    attribution: Share
    drop_off: Share


class Discount(Record):
    """The ``rate`` by which a later year counts less, 0.0225 for 2.25 %; the ``first_year`` too, or not."""

    rate: Decimal
    source: str
    first_year: bool = True


class Sheet(Record):
    """A worksheet that is filled in. ``unpriced`` has no price; a high ratio needs a ``remark``."""

    title: str
    year: int
    costs: tuple[Cost, ...]
    outcomes: tuple[Outcome, ...]
    discount: Discount
    unpriced: str = ""
    remark: str = ""


class Bar(Record):
    """The ratios when an assumption is a fifth lower, and higher. ``outcome`` is its number, -1 the rate."""

    outcome: int
    what: str
    low: Decimal
    high: Decimal

    @property
    def span(self) -> Decimal:
        return abs(self.high - self.low)


Bound = Literal["least", "more", "most", "without", "never", "nothing"]
"""How much hangs on one outcome, all else being equal. It pays with at least so many; it would with more than
are likely; it pays with at most so many, of a change for the worse; it pays without; it does not, even
without the change for the worse; the outcome counts for nothing."""


class Needed(Record):
    """The ``count`` of an outcome at which the costs are just met, and on which side of it that is.

    None where no count does. ``likely`` is the count of the sheet.
    """

    outcome: int
    bound: Bound
    count: Decimal | None
    likely: Decimal


class Return(Record):
    """What follows from a sheet, in euros of today.

    ``low`` and ``high`` are the worst and the best end: of a change for the worse, the most is the worst.
    ``years`` are the effects of each year before they are discounted. ``break_even`` is the part of the good
    effects at which costs, and the bad effects in full, are just met, None where nothing is good; ``payback``
    the months from which on costs stay met, None where that is never. ``gains`` and ``payers`` are amounts by
    who has them, the largest first; ``uncorrected`` is the present value of all that happens, whoever it is
    due to.
    """

    costs: Decimal
    low: Decimal
    likely: Decimal
    high: Decimal
    years: tuple[Decimal, ...]
    payback: Decimal | None
    payers: tuple[tuple[str, Decimal], ...]
    gains: tuple[tuple[str, Decimal], ...]
    needed: tuple[Needed, ...]
    bars: tuple[Bar, ...]
    uncorrected: Decimal
    break_even: Decimal | None

    @property
    def ratios(self) -> tuple[Decimal, Decimal, Decimal]:
        return self.low / self.costs, self.likely / self.costs, self.high / self.costs

    @property
    def net(self) -> Decimal:
        return self.likely - self.costs


def calculate(sheet: Sheet) -> Return:
    """What follows from a sheet in which :func:`check` finds no problem."""
    costs = _costs(sheet)
    likely = _present(sheet)
    years = _years(sheet)
    parts = tuple(_present(sheet, (outcome,)) for outcome in sheet.outcomes)
    return Return(
        costs,
        _present(sheet, end="low"),
        likely,
        _present(sheet, end="high"),
        years,
        _payback(years, costs),
        by_name((cost.payer, cost.amount) for cost in sheet.costs),
        by_name((outcome.receiver, part) for outcome, part in zip(sheet.outcomes, parts, strict=True)),
        tuple(_needed(sheet, i, part, likely - costs) for i, part in enumerate(parts)),
        tuple(sorted(_bars(sheet, costs), key=lambda bar: -round(bar.span / NOISE))),
        _present(replace(sheet, outcomes=tuple(map(_uncorrected, sheet.outcomes)))),
        _break_even(parts, costs),
    )


def _costs(sheet: Sheet) -> Decimal:
    return sum((cost.amount for cost in sheet.costs), _ZERO)


def _effects(outcome: Outcome, count: Decimal) -> Iterator[Decimal]:
    """The effect in each year."""
    left = count * outcome.value
    for correction in (outcome.deadweight, outcome.displacement, outcome.attribution):
        left *= _ONE - correction.share
    for year in range(ceil(outcome.years)):
        yield left * min(_ONE, Decimal(outcome.years) - year)
        left *= _ONE - outcome.drop_off.share


def _present(
    sheet: Sheet, outcomes: Iterable[Outcome] | None = None, end: Literal["low", "likely", "high"] = "likely"
) -> Decimal:
    total, growth = _ZERO, _ONE + sheet.discount.rate
    for outcome in sheet.outcomes if outcomes is None else outcomes:
        less = growth if sheet.discount.first_year else _ONE
        count = getattr(outcome.count, end if outcome.value >= 0 else _WORSE[end])
        for effect in _effects(outcome, count):
            total += effect / less
            less *= growth
    return total


_WORSE: Mapping[str, str] = {"low": "high", "likely": "likely", "high": "low"}
"""The count of a change for the worse, at each end of the range."""


def _years(sheet: Sheet) -> tuple[Decimal, ...]:
    years = [_ZERO] * max(outcome.years for outcome in sheet.outcomes)
    for outcome in sheet.outcomes:
        for i, effect in enumerate(_effects(outcome, outcome.count.likely)):
            years[i] += effect
    return tuple(years)


def _payback(years: Iterable[Decimal], costs: Decimal) -> Decimal | None:
    """The months until the effects, spread evenly over each year, not discounted, meet the costs for good."""
    left, months = costs, None
    for i, effect in enumerate(years):
        if left > 0 and left <= effect:
            months = 12 * (i + left / effect)
        left -= effect
    return months if left <= 0 else None


def _break_even(parts: Iterable[Decimal], costs: Decimal) -> Decimal | None:
    good, bad = _ZERO, _ZERO
    for part in parts:
        good, bad = good + max(part, _ZERO), bad + min(part, _ZERO)
    return (costs - bad) / good if good else None


def _needed(sheet: Sheet, i: int, part: Decimal, net: Decimal) -> Needed:
    """``part`` is the present value of the outcome; as much as ``net`` of it can be missed."""
    likely = sheet.outcomes[i].count.likely
    if not part:
        return Needed(i, "nothing", None, likely)
    count = likely * (part - net) / part
    bound: Bound
    if part < 0:
        bound = "most" if count >= -NOISE else "never"
    elif count <= NOISE:
        bound = "without"
    else:
        bound = "least" if count <= likely + NOISE else "more"
    return Needed(i, bound, None if bound in ("never", "without") else count, likely)


def _uncorrected(outcome: Outcome) -> Outcome:
    none = Share(_ZERO, "")
    return replace(outcome, deadweight=none, displacement=none, attribution=none, drop_off=none)


def _bars(sheet: Sheet, costs: Decimal) -> Iterator[Bar]:
    def ratios(change: Callable[[Decimal], Sheet]) -> tuple[Decimal, Decimal]:
        return _present(change(_ONE - MARGIN)) / costs, _present(change(_ONE + MARGIN)) / costs

    for i, outcome in enumerate(sheet.outcomes):
        for what in ("count", "value", "years", *CORRECTIONS):
            if _is_moved(outcome, what):
                yield Bar(i, what, *ratios(lambda by, i=i, what=what: _moved(sheet, i, what, by)))  # type: ignore[misc]
    if sheet.discount.rate:
        yield Bar(-1, "rate", *ratios(lambda by: _discounted(sheet, by)))


def _discounted(sheet: Sheet, by: Decimal) -> Sheet:
    return replace(sheet, discount=replace(sheet.discount, rate=sheet.discount.rate * by))


def _is_moved(outcome: Outcome, what: str) -> bool:
    """Whether the assumption is there to be moved: a fifth of nothing is nothing."""
    if what in ("years", "drop_off") and outcome.years == 1:
        return False
    value = getattr(outcome, what)
    return bool(value.likely if what == "count" else value.share if what in CORRECTIONS else value)


def _moved(sheet: Sheet, i: int, what: str, by: Decimal) -> Sheet:
    """The sheet with one assumption of one outcome multiplied; a share stays at most 1."""
    outcome = sheet.outcomes[i]
    if what == "count":
        outcome = replace(outcome, count=replace(outcome.count, likely=outcome.count.likely * by))
    elif what in ("value", "years"):
        outcome = replace(outcome, **{what: getattr(outcome, what) * by})
    else:
        part: Share = getattr(outcome, what)
        outcome = replace(outcome, **{what: replace(part, share=min(_ONE, part.share * by))})
    return replace(sheet, outcomes=(*sheet.outcomes[:i], outcome, *sheet.outcomes[i + 1 :]))


# ── what is refused ──


def check(sheet: Sheet, places: Mapping[str, Place]) -> Iterator[Problem]:
    """What keeps a ratio from being told. ``places`` are the positions of the keys."""
    problems = [*_check_values(sheet, places)]
    yield from problems
    if problems:
        return
    if not _costs(sheet):
        yield Problem(places["costs"], text("the costs are 0 together, so there is no ratio"))
        return
    if not sheet.remark.strip() and _present(sheet, end="high") > HIGH_RATIO * _costs(sheet):
        message = text("the ratio is above {most}; tell in 'remark' how that can be", most=HIGH_RATIO)
        yield Problem(places.get("remark", places["outcomes"]), message)


def _check_values(sheet: Sheet, places: Mapping[str, Place]) -> Iterator[Problem]:
    for name in ("costs", "outcomes"):
        if not getattr(sheet, name):
            yield Problem(places[name], text("'{key}' is empty", key=name))
    yield from out_of_bounds(_bounds(sheet), places)
    told: set[tuple[str, str]] = set()
    for i, outcome in enumerate(sheet.outcomes):
        at = f"outcomes.{i}"
        change = same(outcome.what), same(outcome.receiver)
        if change in told:
            message = text("this change is already there, for the same people: count it once")
            yield Problem(places[f"{at}.what"], message)
        told.add(change)
        yield from out_of_order(outcome.count, places[f"{at}.count"])
        yield from later(outcome.price_year, sheet.year, places[f"{at}.price_year"])


def _bounds(sheet: Sheet) -> Iterator[Bounds]:
    """Each number of a sheet."""
    yield "year", sheet.year, *YEARS
    yield "discount.rate", sheet.discount.rate, 0, 1
    for i, cost in enumerate(sheet.costs):
        yield f"costs.{i}.amount", cost.amount, 0, _LARGEST
    for i, outcome in enumerate(sheet.outcomes):
        at = f"outcomes.{i}"
        for name in ("low", "likely", "high"):
            yield f"{at}.count.{name}", getattr(outcome.count, name), 0, _LARGEST
        yield f"{at}.value", outcome.value, -_LARGEST, _LARGEST
        yield f"{at}.price_year", outcome.price_year, *YEARS
        yield f"{at}.years", outcome.years, 1, LONGEST
        for correction in CORRECTIONS:
            yield f"{at}.{correction}.share", getattr(outcome, correction).share, 0, 1
