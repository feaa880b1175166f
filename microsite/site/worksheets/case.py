"""The worksheet of one case on its page: the form, and its example worked out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from microsite.content.worksheets.case import Activity, Case, Expected, Outcome, Share, beyond, calculate
from microsite.content.worksheets.file import Cases, PriceList
from microsite.content.worksheets.persons import PATTERNS
from microsite.content.worksheets.rules import Range
from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.site.context import SiteContext
from microsite.site.worksheets.sheet import (
    COMMON_PROBLEMS,
    COMMON_SENTENCES,
    Numbers,
    Say,
    Sentence,
    filled,
    opened,
    plain,
)

BLANK = 2, 3, 3
"""How many tariffs, and how many rows of each timeline, a form begins with."""


class Step(Record):
    """A row of a timeline, as one reads it; ``amount`` and ``source`` are "" for an event without a price."""

    when: str
    what: str
    amount: str
    source: str


class ShareView(Record):
    """What a payer ``spent`` and would have; ``span`` is the range of the difference, "" where it is none."""

    payer: str
    spent: str
    difference: str
    span: str


class OneTariff(Record):
    """A tariff as one reads it, and as a button gives it to the script: JSON of what it fills in."""

    words: str
    fills: str


class Prices(Record):
    """A list of prices that can be used; ``fills`` is its source, for who looks up an amount there."""

    title: str
    source: str
    note: str
    url: str
    fills: str
    tariffs: tuple[OneTariff, ...]


class CaseView(Record):
    """What the template of the worksheet shows. ``data`` is the JSON that its script reads."""

    title: str
    data: str
    blank: tuple[int, int, int]
    lists: tuple[Prices, ...]
    lead: str
    sentences: tuple[tuple[str, Sentence], ...]
    happened: tuple[Step, ...]
    otherwise: tuple[Step, ...]
    tariffs: tuple[tuple[str, str, str], ...]
    shares: tuple[ShareView, ...]
    total: ShareView


def case_view(context: SiteContext, cases: Cases) -> CaseView:
    """The worksheet of one case, in the language of the site's interface."""
    case, say, numbers = cases.example, context.translate, Numbers(context.language)
    found = calculate(case)
    words = _Words(case, say, numbers)
    values = _values(case, found)
    data = {
        "example": plain(case),
        "problems": {code: say(opened(sentence)) for code, sentence in PROBLEMS.items()},
        "leads": {name: say(opened(sentence)) for name, sentence in LEADS.items()},
        "steps": {name: say(opened(sentence)) for name, sentence in STEPS.items()},
        "persons": PATTERNS,
    }
    return CaseView(
        case.subject,
        json.dumps(data, ensure_ascii=False),
        BLANK,
        tuple(_prices(one, words) for one in cases.lists),
        words.lead(found.total.difference),
        tuple(
            (name, Sentence(say(opened(sentence)), say(filled(sentence, values)) if holds else ""))
            for name, sentence in SENTENCES.items()
            for holds in [bool(values.get(name, ""))]
        ),
        tuple(words.step(row) for row in case.happened),
        tuple(words.step(row) for row in case.otherwise),
        tuple(
            (one.what, words.price(one.price, one.unit, one.price_year), one.source) for one in case.tariffs
        ),
        tuple(words.share(share) for share in found.payers),
        words.share(found.total),
    )


# ── the result ──

LEADS: Mapping[str, Text] = {
    "less": text(
        "This one case cost, by estimate, {low} to {high} less than if it had gone otherwise. "
        "Most likely: {likely} less."
    ),
    "more": text(
        "This one case cost, by estimate, {low} to {high} more than if it had gone otherwise. "
        "Most likely: {likely} more."
    ),
    "either_less": text(
        "This one case may have cost, by estimate, {low} more than if it had gone otherwise, "
        "but also {high} less. Most likely: {likely} less."
    ),
    "either_more": text(
        "This one case may have cost, by estimate, {low} more than if it had gone otherwise, "
        "but also {high} less. Most likely: {likely} more."
    ),
    "one_less": text("This one case cost, by estimate, {likely} less than if it had gone otherwise."),
    "one_more": text("This one case cost, by estimate, {likely} more than if it had gone otherwise."),
    "same": text("This one case cost, by estimate, as much as if it had gone otherwise."),
}
"""The first sentence of a result, by what it comes to. Amounts in it have no sign."""

SENTENCES: Mapping[str, Text] = {
    "about": text("About: {subject}. Over {months} months, reckoned for {year}."),
    "beyond": text(
        "Mind this: you look at {months} months, and a later month is named with: {beyond}. It is counted."
    ),
    "loses": text("By this estimate it cost more for: {loses}"),
    "point": COMMON_SENTENCES["point"],
    "prices": COMMON_SENTENCES["prices"],
    "rounded": text("Amounts are rounded to whole euros, so sums can be a euro off."),
    "why": text("Why it would have gone that way: {why}"),
    "free": text("What happened and has no amount: {free}"),
    "free_otherwise": text("What would have happened and has no amount: {free_otherwise}"),
    "unpriced": COMMON_SENTENCES["unpriced"],
    "learned": text("What we learn from it: {learned}"),
}
"""Each holds where the value of its name is not "": see ``_values``."""

STEPS: Mapping[str, Text] = {
    "counted": text("{count} × {price} per {unit} = {amount}"),
    "estimated": text("{low} to {high} × {price} per {unit}; likely {count} × {price} = {amount}"),
    "free": text("no amount"),
    "source": text("Paid by: {payer}. Source: {source}"),
    "price": text("{price} per {unit}, prices of {year}"),
    "spent": text("it cost {happened}; otherwise, likely, {otherwise}"),
    "span": text("{low} to {high}"),
}
"""The words of a row of a timeline, and of what is in tables."""


def _values(case: Case, found: Outcome) -> Mapping[str, str]:
    """What the sentences tell; "" where one does not hold."""
    likely = [share.difference.likely for share in found.payers]
    years = sorted({one.price_year for one in case.tariffs} - {case.year})
    shares = (found.total, *found.payers)
    equal = "; ".join(
        row.what for row in case.otherwise if row.tariff and row.count and row.count.low == row.count.high
    )
    amounts = [one for share in shares for one in (share.happened, *_ends(share.otherwise))]
    return {
        "loses": "; ".join(
            share.payer for share, one in zip(found.payers, likely, strict=True) if one < -_HALF_A_EURO
        ),
        "beyond": "; ".join(beyond(case)),
        "point": equal,
        "equal": equal,
        "prices": ", ".join(map(str, years)),
        "about": case.subject,
        "subject": case.subject,
        "months": str(case.months),
        "year": str(case.year),
        "years": ", ".join(map(str, years)),
        "rounded": "yes" if any(amount % 1 for amount in amounts) else "",
        "why": case.why,
        "free": _free(case.happened),
        "free_otherwise": _free(case.otherwise),
        "unpriced": case.unpriced,
        "learned": case.learned,
    }


_HALF_A_EURO = Decimal("0.5")


def _ends(one: Range) -> tuple[Decimal, Decimal, Decimal]:
    return one.low, one.likely, one.high


def _free(rows: Iterable[Activity | Expected]) -> str:
    return "; ".join(row.what for row in rows if not row.tariff)


class _Words:
    """What stands in a result, in one language."""

    def __init__(self, case: Case, say: Say, numbers: Numbers) -> None:
        self._case, self._say, self._numbers = case, say, numbers

    def lead(self, difference: Range) -> str:
        low, likely, high = (end.quantize(Decimal(1), ROUND_HALF_UP) for end in _ends(difference))
        if low == high:
            name = "one_less" if low > 0 else "one_more" if low else "same"
        elif low >= 0:
            name = "less"
        elif high <= 0:
            name, low, high = "more", high, low
        else:
            name = "either_less" if likely >= 0 else "either_more"
        euros = (self._numbers.euros(abs(one)) for one in (low, likely, high))
        return _bound(
            self._say(filled(LEADS[name], dict(zip(("low", "likely", "high"), euros, strict=True))))
        )

    def price(self, price: Decimal, unit: str, year: int) -> str:
        return self._filled("price", price=self._numbers.money(price), unit=unit, year=str(year))

    def step(self, row: Activity | Expected) -> Step:
        if not row.tariff or row.count is None:
            return Step(row.when, row.what, self._filled("free"), "")
        tariff, count = self._case.tariffs[row.tariff - 1], row.count
        is_sure = not isinstance(count, Range) or count.low == count.high
        likely = count.likely if isinstance(count, Range) else count
        low, high = (count.low, count.high) if isinstance(count, Range) else (count, count)
        amount = self._filled(
            "counted" if is_sure else "estimated",
            low=self._numbers.exact(low),
            high=self._numbers.exact(high),
            count=self._numbers.exact(likely),
            price=self._numbers.money(tariff.price),
            unit=tariff.unit,
            amount=self._numbers.money(likely * tariff.price),
        )
        return Step(row.when, row.what, amount, self._filled("source", payer=row.payer, source=row.source))

    def share(self, share: Share) -> ShareView:
        low, likely, high = map(self._numbers.euros, _ends(share.difference))
        return ShareView(
            share.payer,
            self._filled(
                "spent",
                happened=self._numbers.euros(share.happened),
                otherwise=self._numbers.euros(share.otherwise.likely),
            ),
            likely,
            "" if low == high else self._filled("span", low=low, high=high),
        )

    def _filled(self, name: str, **values: str) -> str:
        return _bound(self._say(filled(STEPS[name], values)))


def _bound(sentence: str) -> str:
    """The sentence with its amounts on one line: a message has no spaces that bind."""
    return sentence.replace("€ ", "€\xa0")


# ── the form ──

PROBLEMS: Mapping[str, Text] = {
    **COMMON_PROBLEMS,
    "twice": text("{field}: this is already there. Put it in once"),
    "nothing": text("Nothing in the two timelines has a price, so there is no difference to tell"),
    "mail": text("{field}: this looks like an e-mail address. Take it out"),
    "day": text(
        "{field}: this looks like a date of birth, or another day of one person. Write the month only"
    ),
    "account": text("{field}: this looks like a bank account. Take it out"),
    "phone": text("{field}: this looks like a phone number. Take it out"),
    "bsn": text("{field}: this looks like a citizen service number. Take it out"),
    "file": text("{field}: this looks like the number of a file about a person. Take it out"),
    "address": text("{field}: this looks like an address or a postcode. Take it out"),
    "name": text("{field}: this looks like the name of a person. Write for instance: a son"),
}
"""What the script says of a field, by the code of the problem."""


def _prices(one: PriceList, words: _Words) -> Prices:
    source = {"price_year": one.price_year, "source": one.source}
    tariffs: Iterator[OneTariff] = (
        OneTariff(
            f"{tariff.what}: {words.price(tariff.price, tariff.unit, one.price_year)}",
            json.dumps({**plain(tariff), **source}, ensure_ascii=False),
        )
        for tariff in one.tariffs
    )
    fills = json.dumps(source, ensure_ascii=False)
    return Prices(one.title, one.source, one.note, one.url, fills, tuple(tariffs))
