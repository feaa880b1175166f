"""The social return: the sums, what is refused, and on which line of a saved file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import worksheets
from helpers.worksheets import read_sheet
from microsite.content.worksheets.rules import Range
from microsite.content.worksheets.sroi import (
    CORRECTIONS,
    Cost,
    Discount,
    Outcome,
    Share,
    Sheet,
    calculate,
)

VECTORS = worksheets.vectors("sroi")
SHEET = VECTORS["sheets"][0]["sheet"]


@pytest.mark.parametrize("vector", VECTORS["sheets"], ids=lambda vector: vector["name"])
def test_what_a_sheet_yields(vector: Any) -> None:
    sheet, problems = read_sheet(worksheets.source(vector["sheet"]))
    assert problems == ()
    assert sheet is not None
    assert worksheets.made(calculate(sheet)) == vector["made"]


@pytest.mark.parametrize("refused", VECTORS["refused"], ids=lambda one: f"{one['at']} {one['code']}")
def test_no_number_as_long_as_something_is_missing(refused: Any) -> None:
    changed = worksheets.changed(SHEET, refused["set"])
    sheet, problems = read_sheet(worksheets.source(changed))
    assert sheet is None
    key = "outcomes" if refused["at"] == "remark" else refused["at"]
    assert problems[0].place.line == worksheets.line_of(changed, key)


@pytest.mark.parametrize("changes", [{"year": 1800}, {"year": 2200}, {"outcomes.0.price_year": 2200}])
def test_a_year_out_of_bounds_is_told_once(changes: dict[str, Any]) -> None:
    _, (problem,) = read_sheet(worksheets.source(worksheets.changed(SHEET, changes)))
    assert "1990" in str(problem.message)


@pytest.mark.parametrize("missing", ["deadweight", "displacement", "attribution", "drop_off", "source"])
def test_a_key_that_is_left_out_is_told(missing: str) -> None:
    outcome = {key: value for key, value in SHEET["outcomes"][0].items() if key != missing}
    sheet, problems = read_sheet(worksheets.source({**SHEET, "outcomes": [outcome]}))
    assert sheet is None
    assert f"'{missing}'" in str(problems[0].message)


SHARES = st.decimals(0, 1, places=2)
COUNTS = st.lists(st.integers(0, 10_000).map(Decimal), min_size=3, max_size=3).map(sorted)
OUTCOMES = st.builds(
    Outcome,
    what=st.just("iets"),
    receiver=st.sampled_from(["gemeente", "bewoners"]),
    count=COUNTS.map(lambda three: Range(*three)),
    grade=st.just("aanname"),
    measured=st.just("geteld"),
    value=st.integers(-5000, 5000).map(Decimal),
    source=st.just("bron"),
    price_year=st.just(2026),
    years=st.integers(1, 25),
    **{name: st.builds(Share, SHARES, st.just("daarom")) for name in CORRECTIONS},  # type: ignore[arg-type]
)
SHEETS = st.builds(
    Sheet,
    title=st.just("Blad"),
    year=st.just(2026),
    costs=st.builds(
        Cost, st.just("uren"), st.just("gemeente"), st.integers(1, 10**6).map(Decimal), st.just("b")
    ).map(lambda cost: (cost,)),
    outcomes=st.lists(OUTCOMES, min_size=1, max_size=4).map(tuple),
    discount=st.builds(Discount, st.decimals(0, 1, places=3), st.just("bron"), st.booleans()),
)
NEAR = Decimal("1e-15")


@given(SHEETS)
def test_the_parts_make_the_whole(sheet: Sheet) -> None:
    found = calculate(sheet)
    near = NEAR * (1 + sum(abs(amount) for _, amount in found.gains))
    assert abs(sum(amount for _, amount in found.gains) - found.likely) <= near
    assert sum(amount for _, amount in found.payers) == found.costs
    assert found.bars == tuple(sorted(found.bars, key=lambda bar: -round(bar.span, 6)))
    assert found.low <= found.likely <= found.high
    if all(outcome.value >= 0 for outcome in sheet.outcomes):
        assert found.likely <= found.uncorrected + near


def parts(sheet: Sheet) -> list[Decimal]:
    """The present value of each outcome."""
    return [
        calculate(Sheet(sheet.title, sheet.year, sheet.costs, (outcome,), sheet.discount)).likely
        for outcome in sheet.outcomes
    ]


@given(SHEETS)
def test_where_so_many_come_true_the_costs_are_just_met(sheet: Sheet) -> None:
    """Break-even, for one outcome and for all of them."""
    found = calculate(sheet)
    for line in found.needed:
        if line.count is None:
            continue
        outcome = sheet.outcomes[line.outcome]
        count = Range(Decimal(0), line.count, Decimal(10**9))
        values = {name: getattr(outcome, name) for name in outcome.__struct_fields__} | {"count": count}
        outcomes = (*sheet.outcomes[: line.outcome], Outcome(**values), *sheet.outcomes[line.outcome + 1 :])
        met = calculate(Sheet(sheet.title, sheet.year, sheet.costs, outcomes, sheet.discount))
        assert abs(met.likely - found.costs) <= NEAR * 10**6 * (found.costs + abs(found.likely))
    if found.break_even is not None:
        bad = sum(min(outcome_part, Decimal(0)) for outcome_part in parts(sheet))
        good = sum(max(outcome_part, Decimal(0)) for outcome_part in parts(sheet))
        assert abs(found.break_even * good + bad - found.costs) <= NEAR * (found.costs + good - bad)
