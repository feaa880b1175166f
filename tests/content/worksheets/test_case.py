"""One case in two timelines: the sums, what is refused, and what is about a person."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import worksheets
from microsite.content.worksheets.case import Activity, Case, Expected, Tariff, beyond, calculate, read_case
from microsite.content.worksheets.persons import MESSAGES, kind_of
from microsite.content.worksheets.rules import Range, same

VECTORS = worksheets.vectors("case")
CASE = VECTORS["sheets"][0]["sheet"]


@pytest.mark.parametrize("vector", VECTORS["sheets"], ids=lambda vector: vector["name"])
def test_what_a_case_comes_to(vector: Any) -> None:
    case, problems = read_case(worksheets.source(vector["sheet"]))
    assert problems == ()
    assert case is not None
    assert worksheets.made_of_case(calculate(case)) == vector["made"]


def test_the_case_of_the_handbook_of_the_field() -> None:
    """Computed by hand: 52 * 75 + 10 * 35 = 4250, and 20 * 80 + 4 * 35 = 1740."""
    total, municipality, insurer = VECTORS["sheets"][0]["made"]
    assert total[1:3] == ["1740.0000", "4250.0000"]
    assert (total[6], municipality[6], insurer[6]) == ("2510.0000", "2300.0000", "210.0000")


@pytest.mark.parametrize(("when", "months", "is_after"), VECTORS["beyond"])
def test_a_month_after_the_period_is_told(when: str, months: int, is_after: bool) -> None:
    row = Activity(when, "hulp", 1, Decimal(1), "gemeente", "bron")
    free = Activity(when, "gratis", 0)
    tariff = Tariff("hulp", "uur", Decimal(80), 2026, "bron")
    assert beyond(Case("iets", 2026, months, (tariff,), (row, free), (), "")) == ("hulp",) * is_after


@pytest.mark.parametrize("refused", VECTORS["refused"], ids=lambda one: f"{one['at']} {one['code']}")
def test_no_difference_as_long_as_something_is_missing(refused: Any) -> None:
    changed = worksheets.changed(CASE, refused["set"])
    case, problems = read_case(worksheets.source(changed))
    assert case is None
    assert problems[0].place.line == worksheets.line_of(changed, refused["at"])
    if refused["code"] in MESSAGES:
        assert problems[0].message == MESSAGES[refused["code"]]


@pytest.mark.parametrize("missing", ["count", "payer", "source"])
def test_a_key_that_a_row_with_a_price_lacks_is_told_at_the_row(missing: str) -> None:
    row = {key: value for key, value in CASE["otherwise"][0].items() if key != missing}
    case, (problem,) = read_case(worksheets.source({**CASE, "otherwise": [row]}))
    assert case is None
    assert str(problem.message) == f"'{missing}' is empty"


def test_a_result_that_was_changed_by_hand_is_refused() -> None:
    saved = {**CASE, "result": {"low": 2510, "likely": 2510, "high": 2510}}
    assert read_case(worksheets.source(saved))[1] == ()
    saved = worksheets.changed(saved, {"result.likely": 25100})
    case, (problem,) = read_case(worksheets.source(saved))
    assert case is None
    assert str(problem.message) == "computed from this sheet, it is 2510.0000"
    assert problem.place.line == worksheets.line_of(saved, "result.likely")


# ── what is about a person ──


@pytest.mark.parametrize(("words", "kind"), VECTORS["persons"])
def test_what_seems_to_be_about_a_person(words: str, kind: str | None) -> None:
    assert kind_of(words) == kind


def test_a_source_of_prices_may_have_a_day_and_no_more() -> None:
    dated = {"tariffs.0.source": "Prijslijst, 20 november 2023"}
    assert read_case(worksheets.source(worksheets.changed(CASE, dated)))[1] == ()
    called = {"tariffs.0.source": "Gebeld met 06-12345678"}
    assert read_case(worksheets.source(worksheets.changed(CASE, called)))[0] is None


@given(st.text("0123456789+@.- /aZ()'", max_size=200))
def test_any_text_has_an_answer(words: str) -> None:
    assert kind_of(words) in {None, *MESSAGES}


def test_a_long_text_is_looked_through_at_once() -> None:
    for part in ("1", "0 ", "a@", "1-", "Aa", "mevrouw ", "AA00"):
        kind_of(part * 50_000)


# ── properties ──

PRICES = st.integers(0, 10**6).map(lambda cents: Decimal(cents) / 100)
COUNTS = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
NAMES = st.sampled_from(["gemeente", "De  Gemeente ", "zorgverzekeraar", "woningcorporatie"])
RANGES = st.lists(COUNTS, min_size=3, max_size=3).map(sorted).map(lambda three: Range(*three))
TARIFFS = st.lists(
    st.builds(Tariff, st.just("hulp"), st.just("uur"), PRICES, st.just(2026), st.just("bron")),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    tariffs = draw(TARIFFS)
    number = st.integers(0, len(tariffs))

    def rows(kind: Any, counts: Any) -> Any:
        row = st.builds(kind, st.just("nu"), st.just("iets"), number, counts, NAMES, st.just("bron"))
        return draw(st.lists(row, min_size=1, max_size=4).map(tuple))

    return Case("iets", 2026, 12, tariffs, rows(Activity, COUNTS), rows(Expected, RANGES), "daarom")


@given(cases())
def test_the_payers_make_the_whole(case: Case) -> None:
    found = calculate(case)
    assert sum(share.happened for share in found.payers) == found.total.happened
    for end in ("low", "likely", "high"):
        total = sum(getattr(share.difference, end) for share in found.payers)
        assert total == getattr(found.total.difference, end)
    for share in (found.total, *found.payers):
        assert share.difference.low <= share.difference.likely <= share.difference.high
    likely = [share.difference.likely for share in found.payers]
    assert likely == sorted(likely, reverse=True)
    names = [same(share.payer) for share in found.payers]
    assert len(names) == len(set(names))


@given(cases())
def test_what_happened_in_both_timelines_makes_no_difference(case: Case) -> None:
    otherwise = tuple(
        Expected(one.when, one.what, one.tariff, Range(*[one.count or Decimal(0)] * 3), one.payer, one.source)
        for one in case.happened
    )
    found = calculate(
        Case(case.subject, case.year, case.months, case.tariffs, case.happened, otherwise, case.why)
    )
    assert all(share.difference == Range(*[Decimal(0)] * 3) for share in (found.total, *found.payers))
