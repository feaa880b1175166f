"""A saved worksheet: what is refused, for which reason and on which line. Nothing in it is believed."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import worksheets
from microsite.content.worksheets.saved import LONGEST, MOST_ROWS, read_saved

SHEETS = [worksheets.saved(vector["sheet"]) for vector in worksheets.vectors("sroi")["sheets"]]
SHEET = SHEETS[0]


def refused(sheet: Any) -> list[tuple[int, str]]:
    """(line, message) of what is wrong with a file, which is then not read."""
    read, _, problems = read_saved(worksheets.source(sheet))
    assert (read is None) == bool(problems)
    return [(problem.place.line, str(problem.message)) for problem in problems]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet["title"]))
def test_what_the_browser_saves_is_read(sheet: Any) -> None:
    assert refused(sheet) == []


def results(value: Any, key: str = "result") -> list[str]:
    """The keys of the figures of a result."""
    if isinstance(value, dict):
        return [found for name, item in value.items() for found in results(item, f"{key}.{name}")]
    return [key] if value is not None else []


@given(
    st.sampled_from([(sheet, key) for sheet in SHEETS for key in results(sheet["result"])]),
    st.floats(0.001, 1e6),
    st.booleans(),
)
def test_each_figure_that_was_altered_is_refused_on_its_line(
    which: tuple[Any, str], by: float, up: bool
) -> None:
    sheet, key = which
    *path, last = key.split(".")
    at = sheet
    for name in path:
        at = at[name]
    step = 0.1 if "shown" in key else 0.01 if last in ("costs", "effects") else 0.0001
    change = max(step, round(by, 4))
    altered = worksheets.changed(sheet, {key: round(at[last] + (change if up else -change), 4)})
    assert [line for line, _ in refused(altered)] == [worksheets.line_of(altered, key)]


def inputs(value: Any, key: str = "") -> list[str]:
    """The keys of the numbers that the result follows from."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [
            found for name, item in pairs for found in inputs(item, f"{key}.{name}" if key else f"{name}")
        ]
    last = key.rpartition(".")[2]
    return [key] if last in ("amount", "value", "rate", "low", "likely", "high", "share", "years") else []


def test_each_number_that_was_altered_is_refused() -> None:
    """A number of which nothing hangs, such as what wears off within one year, may be another."""
    seen = 0
    for sheet in SHEETS:
        bare = {key: value for key, value in sheet.items() if key != "result"}
        for key in inputs(bare):
            at = bare
            for name in key.split("."):
                at = at[int(name)] if isinstance(at, list) else at[name]
            for other in (at * 2 + 1, at // 2 if key.endswith("years") else at / 2):
                if other == at:
                    continue
                try:
                    honest = worksheets.saved(worksheets.changed(bare_sheet(bare), {key: other}))
                except AssertionError:
                    continue  # out of bounds: refused for that
                if honest["result"] != sheet["result"]:
                    assert refused(worksheets.changed(sheet, {key: other})), (sheet["title"], key, other)
                    seen += 1
    assert seen > 50


def bare_sheet(saved: Any) -> Any:
    """What a visitor filled in of a saved sheet."""
    return {key: saved[key] for key in saved if key not in ("worksheet", "format", "saved", "account")}


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("title", "'title' is empty"),
        ("account.caveat", "'caveat' is empty"),
        ("account.counted", "'counted' is empty"),
        ("outcomes.0.deadweight.why", "'why' is empty"),
        ("result.likely", "'likely' is empty"),
    ],
)
@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_what_is_missing_is_told(key: str, message: str, nothing: str | None) -> None:
    line = worksheets.line_of(SHEET, key)
    assert refused(worksheets.changed(SHEET, {key: nothing})) == [(line, message)]


def without(key: str) -> Any:
    return {name: value for name, value in SHEET.items() if name != key}


def test_a_file_of_before_or_after_says_so_and_no_more() -> None:
    old = [(1, "this worksheet was saved by an older version, without all that a figure needs")]
    assert refused(without("format")) == old
    assert refused({"costs": []}) == old
    new = "this worksheet was saved by a newer version of the campaign"
    assert refused({**SHEET, "format": 2, "meaning": "other"}) == [(3, new)]
    assert refused({**SHEET, "worksheet": "plan"})[0][1] == "'plan' is not a 'worksheet'"


def test_a_case_is_no_figure() -> None:
    case = {"worksheet": "case", **worksheets.vectors("case")["sheets"][0]["sheet"]}
    assert refused(case) == [(2, "this is the worksheet of one case, and one case proves nothing")]


def test_the_lengths_are_those_that_fit_with_a_figure() -> None:
    for key, most in LONGEST.items():
        at = key if key == "title" else f"account.{key}"
        assert refused(worksheets.changed(SHEET, {at: "a" * most})) == []
        ((line, message),) = refused(worksheets.changed(SHEET, {at: "a" * (most + 1)}))
        assert line == worksheets.line_of(SHEET, at)
        assert message == f"'{key}' has {most + 1} characters; at most {most} fit with a figure"


def test_nobody_counts_after_the_sheet_was_saved() -> None:
    late = worksheets.changed(SHEET, {"account.counted": "2026-01-16"})
    assert refused(late)[0][1] == "this is after the day on which it was saved"


@pytest.mark.parametrize(
    "key",
    [
        "title",
        "account.organisation",
        "account.by",
        "account.caveat",
        "costs.0.source",
        "outcomes.0.drop_off.why",
    ],
)
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Els, els.dijk@voorbeeld.nl", "this looks like an e-mail address of a person"),
        ("Els (06 12345678)", "this looks like a telephone number of a person"),
    ],
)
def test_nobody_is_reached_by_what_stands_on_a_sheet(key: str, words: str, message: str) -> None:
    told = worksheets.changed(SHEET, {key: words})
    assert refused(told) == [(worksheets.line_of(told, key), message)]


TEXT = worksheets.written(SHEET)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace('"format": 1,', '"format": 1, "format": 1,'),
        TEXT.replace('"format": 1,', '"format": 1, "sender": "me",'),
        TEXT.replace('"format": 1,', "format: 1,"),
        TEXT.replace("15000", "NaN", 1),
        TEXT.replace("15000", "Infinity", 1),
        TEXT.replace("15000", "1e9", 1),
        TEXT.replace("15000", "9" * 5000, 1),
        TEXT.replace("15000", "true", 1),
        TEXT.replace('"het jaar 2025"', '"\\ud800"'),
        TEXT.replace('"het jaar 2025"', '"{{ organisatie }}"'),
        TEXT.replace('"het jaar 2025"', '["het jaar 2025"]'),
        TEXT[:-20],
        TEXT + TEXT,
        "",
        "[]",
        "nonsense",
        "&a [*a, *a]",
        '{"format": 1, "a": ' + "[" * 50_000 + "]" * 50_000 + "}",
        '{"format": 1, "a": "' + "x" * 100_000 + '"}',
        '{"format": 1' + ',"a":1' * 10_000 + "}",
    ],
    ids=range(20),
)
def test_hostile_files_are_refused_at_once(text: str) -> None:
    begun = time.process_time()
    assert refused(text), text[:100]
    assert time.process_time() - begun < 2


def test_too_many_rows_are_not_computed() -> None:
    many = {**SHEET, "costs": SHEET["costs"] * MOST_ROWS}
    ((_, message),) = refused(many)
    assert message == f"'costs' has {2 * MOST_ROWS} rows; at most {MOST_ROWS} are taken"


@settings(max_examples=60)
@given(st.data())
def test_any_damage_is_told_or_harmless(data: st.DataObject) -> None:
    """A file with a piece cut out or put in is refused, or says the same result."""
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, min(len(TEXT), start + 40)))
    text = TEXT[:start] + data.draw(st.text(max_size=8)) + TEXT[end:]
    sheet, _, problems = read_saved(worksheets.source(text.encode("utf-8", "replace").decode()))
    assert (sheet is None) == any(problem.severity == "error" for problem in problems)
    if sheet is not None:
        result = json.loads(TEXT)["result"]
        assert abs(float(sheet.result.likely) - result["likely"]) < 1e-3
