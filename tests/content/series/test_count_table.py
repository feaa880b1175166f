"""The counts of a series as spreadsheets save them, and what is told of a table that cannot be right."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from microsite.content.files import Source, in_memory
from microsite.content.series.quarters import Quarter
from microsite.content.series.table import BOUND, LARGEST, MAX_ROWS, Count, read_table

HEAD = "kwartaal;aantal;opmerking"


def source(data: bytes) -> Source:
    return in_memory("lid", "brands/lid/content/reeksen", {"inloop.csv": data}).sources[0]


def table(*lines: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *lines, ""]).encode()


def read(data: bytes, people: bool = True) -> Sequence[Count]:
    counts, problems = read_table(source(data), people)
    assert problems == ()
    return counts


def told(data: bytes, people: bool = True) -> list[tuple[int, str, str]]:
    """The line, message and hint of each problem."""
    _, problems = read_table(source(data), people)
    assert {problem.place.path for problem in problems} <= {"brands/lid/content/reeksen/inloop.csv"}
    return [(problem.place.line, str(problem.message), str(problem.hint)) for problem in problems]


def values(counts: Sequence[Count]) -> list[tuple[str, Decimal | None, bool, str]]:
    return [(str(count.quarter), count.value, count.small, count.note) for count in counts]


LINES = ("2026-K1;1.250;", "2026-K2;;Café dicht", "2026-K3;98;één keer; ".removesuffix("; "))
EXPECTED = [
    ("2026-K1", Decimal(1250), False, ""),
    ("2026-K2", None, False, "Café dicht"),
    ("2026-K3", Decimal(98), False, "één keer"),
]


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [
        ("utf-8", ";", "\n"),
        ("utf-8-sig", ";", "\r\n"),
        ("cp1252", ";", "\r\n"),
        ("utf-16", "\t", "\r\n"),
        ("utf-8", ",", "\n"),
        ("cp1252", ";", "\r"),
    ],
)
def test_a_table_is_read_as_spreadsheets_save_it(encoding: str, delimiter: str, end: str) -> None:
    written = end.join([HEAD, *LINES, ";;", ""]).replace(";", delimiter)
    assert values(read(written.encode(encoding))) == EXPECTED


def test_the_line_with_which_excel_names_its_sign_is_no_row() -> None:
    assert values(read(b"sep=;\r\n" + table(*LINES))) == EXPECTED


def test_the_order_of_lines_does_not_matter_and_remarks_may_be_left_out() -> None:
    counts = read(table("2026-K2;9", "2026-K1;8", head="Kwartaal;Aantal"))
    assert [str(count.quarter) for count in counts] == ["2026-K1", "2026-K2"]


@pytest.mark.parametrize("written", ["0", "1", "4", "<5", "< 5", "minder dan 5", "Minder dan 5"])
def test_a_small_count_of_people_is_not_kept(written: str) -> None:
    assert values(read(table(f"2026-K1;{written};"))) == [("2026-K1", None, True, "")]


def test_of_things_small_counts_and_parts_are_told() -> None:
    counts = read(table("2026-K1;4;", "2026-K2;12,5;", "2026-K3;0;"), people=False)
    assert [count.value for count in counts] == [Decimal(4), Decimal("12.5"), Decimal(0)]


@given(some.lists(some.none() | some.integers(0, LARGEST), min_size=1, max_size=40), some.booleans())
def test_what_is_written_is_read_and_nothing_below_the_bound_is_left(
    numbers: list[int | None], people: bool
) -> None:
    first = Quarter(2010, 1)
    lines = [
        f"{first.plus(i)};{'' if n is None else n};{'dicht' if n is None else ''}"
        for i, n in enumerate(numbers)
    ]
    counts, problems = read_table(source(table(*lines)), people)
    if all(n is None for n in numbers):
        assert [str(problem.message) for problem in problems] == ["there is no count in this table"]
        return
    assert problems == ()
    assert [str(count.quarter) for count in counts] == [str(first.plus(i)) for i in range(len(numbers))]
    for count, n in zip(counts, numbers, strict=True):
        small = people and n is not None and n < BOUND
        assert (count.value, count.small) == (None if small or n is None else n, small)


@given(some.binary(max_size=400) | some.binary(max_size=200).map(lambda data: HEAD.encode() + b"\n" + data))
def test_whatever_is_in_a_file_it_is_counts_or_told(data: bytes) -> None:
    counts, problems = read_table(source(data), True)
    assert problems or any(not count.missing for count in counts)
    for count in counts:
        assert count.value is None or count.value >= BOUND


@pytest.mark.parametrize(
    ("lines", "line", "message", "hint"),
    [
        (
            ["2026-K1;8;", "2026-K1;9;"],
            3,
            "2026-K1 is in this table twice: it is on line 2 too",
            "take one of the two out; only you know which",
        ),
        (
            ["2025-K4;8;", "2026-K2;9;"],
            3,
            "2026-K1 is missing before this line",
            "was nothing counted, say so: 2026-K1;;why nothing was counted",
        ),
        (
            ["2025-K2;8;", "2026-K2;9;"],
            3,
            "2025-K3 to 2026-K1 are missing before this line",
            "was nothing counted, say so: 2025-K3;;why nothing was counted",
        ),
        (
            ["2026-K1;;", "2026-K2;9;"],
            2,
            "2026-K1 has no count, and no remark says why",
            "was nothing counted, say so: 2026-K1;;why nothing was counted",
        ),
        (
            ["2026-K1;8;Bel Jo op 06-12345678"],
            2,
            "this looks like a telephone number of a person",
            "take it out of the remark: everybody can read that on the site",
        ),
        (["2026-3;8;"], 2, "'2026-3' is no quarter ('kwartaal')", "write: 2026-K3"),
        (["mei;8;"], 2, "'mei' is no quarter ('kwartaal')", "write: 2026-K3"),
        (["2026-K1;8;a;b"], 2, "this line has more fields than there are columns", "a field with"),
        (['2026-K1;8;"open'], 2, "the quotation marks in this line do not fit", "a field with"),
        (['2026-K1;8;"toe"en'], 2, "the quotation marks in this line do not fit", "a field with"),
        (["2026-K1;8;\x07"], 2, "a control character, which cannot stand in a text: ", "take the sign out"),
        (["2026-K1;8;\u202eab"], 2, "an invisible sign that turns letters around: ", "take the sign out"),
        ([f"2026-K1;8;{'a' * 301}"], 2, "a remark has at most 300 characters ('opmerking')", "say it in one"),
    ],
)
def test_a_slip_is_told_at_its_line(lines: list[str], line: int, message: str, hint: str) -> None:
    (found,) = told(table(*lines))
    assert found[0] == line
    assert found[1].startswith(message)
    assert found[2].startswith(hint)


@pytest.mark.parametrize(
    "written",
    ["-8", "1,234", "1.25", "12.3456", "1e3", "=SUM(A1)", "#N/B", "acht", "1000000", "9" * 5000, "٨"],
)
def test_what_is_no_count_is_told(written: str) -> None:
    ((line, message, _),) = told(table(f"2026-K1;{written};"))
    assert line == 2
    assert message == f"'{written}' is no count ('aantal')"


@pytest.mark.parametrize(
    "row",
    ["2026-K2;acht;", "2026-K2;;", "2026-K2;8;a;b", "2026-K2;8;06-12345678", "2026-2;8;", "voorjaar;8;"],
)
def test_a_row_that_is_wrong_is_one_problem_and_its_quarter_is_not_missing(row: str) -> None:
    assert [line for line, _, _ in told(table("2026-K1;8;", row, "2026-K3;9;"))] == [3]


def test_people_are_not_counted_in_parts() -> None:
    whole = "write a whole number in digits, such as 1250: people are not counted in parts"
    for written in ("12,5", "1.20", "ca. 15"):
        assert [hint for _, _, hint in told(table(f"2026-K1;{written};"))] == [whole]
    assert told(table("2026-K1;1.20;"), people=False)[0][2].startswith(
        "write digits only, such as 1250; with"
    )
    assert read(table("2026-K1;12,00;"))[0].value == 12


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("2026-K1;8;", "the names of the columns are missing"),
        ("kwartaal;opmerking", "the column 'aantal' is missing"),
        ("kwartaal;aantal;aantal", "two columns are called 'aantal'"),
        ("kwartaal;aantal;opmerkingen", "unknown column 'opmerkingen'"),
    ],
)
def test_a_wrong_first_line_is_told_once(head: str, message: str) -> None:
    (found,) = told(table("2026-K1;8", head=head))
    assert found[:2] == (1, message)


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest"])
def test_a_workbook_is_told_to_be_none(data: bytes) -> None:
    assert told(data)[0][1] == "this is a workbook of a spreadsheet, and no CSV"


def test_a_table_is_not_longer_than_a_life() -> None:
    lines = [f"{Quarter(1950, 1).plus(i)};9;" for i in range(MAX_ROWS + 1)]
    ((line, message, _),) = told(table(*lines))
    assert (line, message) == (MAX_ROWS + 2, f"a series has at most {MAX_ROWS} quarters")
    assert told(table("2026-K1;9;" + "a" * 200_000))[0][1] == "this table is larger than 128 kB"


def test_the_line_is_where_a_row_begins() -> None:
    data = table('2026-K1;8;"twee\r\nregels"', "2026-K2;acht;")
    assert told(data)[0][:2] == (4, "'acht' is no count ('aantal')")
