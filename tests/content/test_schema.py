"""YAML -> records: nothing is guessed, nothing is taken twice, every mistake has its place."""

from __future__ import annotations

import datetime as dt
import pickle
import time
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microsite.content import schema, yaml
from microsite.content.yaml import MAX_CHARACTERS, MAX_DEPTH
from microsite.core.invisible import blank, harmful
from microsite.core.problems import InvalidFile, Problem
from microsite.core.records import Record


class Inner(Record):
    name: str
    size: int = 0


class Everything(Record):
    text: str
    count: int = 0
    price: Decimal = Decimal(0)
    wanted: bool = False
    day: dt.date | None = None
    kind: Literal["small", "large"] = "small"
    words: tuple[str, ...] = ()
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    table: tuple[tuple[str, Inner], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def read(text: str) -> Everything:
    validated = schema.validate(Everything, yaml.parse(text, "f.yaml"))
    assert validated.problems == ()
    assert validated.record is not None
    return validated.record


def problems(text: str) -> tuple[Problem, ...]:
    try:
        return schema.validate(Everything, yaml.parse(text, "f.yaml")).problems
    except InvalidFile as stop:
        return (stop.problem,)


def only(text: str) -> str:
    """``line:column message``, and behind a bar the hint."""
    (problem,) = problems(text)
    place = problem.place
    hint = f" | {problem.hint}" if problem.hint else ""
    return f"{place.line}:{place.column} {problem.message}{hint}"


# ── values ──

LIST = "in a list, each line begins with '-' and a space"
CURLY = "curly quotation marks do not count as quotation marks here"
DIGITS = "write digits only, such as 3"
NUMBER = "write 1.6 for one and six tenths, and 4000000 without dots"


@pytest.mark.parametrize(
    "word", ["no", "on", "y", "NO", "null x", "12:30", "0612345670", "1e3", "2026-03-01", "1_0", "="]
)
def test_a_text_is_a_text(word: str) -> None:
    assert read(f"text: {word}").text == word


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("count: 010", "count", 10),
        ("count: -3", "count", -3),
        ("count: '7'", "count", 7),
        ("price: 1.60", "price", Decimal("1.60")),
        ("price: -0.5", "price", Decimal("-0.5")),
        ("wanted: true", "wanted", True),
        ("wanted: Ja", "wanted", True),
        ("wanted: nee", "wanted", False),
        ("wanted: No", "wanted", False),
        ("day: 2028-02-29", "day", dt.date(2028, 2, 29)),
        ("kind: large", "kind", "large"),
        ("words: [a, 'b, c', no]", "words", ("a", "b, c", "no")),
        ("words: []", "words", ()),
        ("words:", "words", ()),
        ("inner: {name: x}", "inner", Inner("x")),
        ("inner:", "inner", None),
        ("inner: ~", "inner", None),
        ("many: [{name: x, size: 2}]", "many", (Inner("x", 2),)),
        ("table: {b: {name: x}, a: {name: y}}", "table", (("b", Inner("x")), ("a", Inner("y")))),
        ("names: {b: x, a: y}", "names", (("b", "x"), ("a", "y"))),
        ("day: null", "day", None),
    ],
)
def test_a_value_has_the_type_of_its_field(line: str, name: str, value: object) -> None:
    assert getattr(read(f"text: x\n{line}"), name) == value


FILL = "write something behind the colon"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text: x\ncount: 1.5", f"2:8 '1.5' is not a whole number ('count') | {DIGITS}"),
        ("text: x\ncount: 34 jaar", "2:8 '34 jaar' is not a whole number ('count') | write: 34"),
        ("text: x\ncount: 06-12 34", f"2:8 '06-12 34' is not a whole number ('count') | {DIGITS}"),
        ("text: x\ncount: 99999999999", f"2:8 '99999999999' is not a whole number ('count') | {DIGITS}"),
        ("text: x\ncount: \u0661", f"2:8 '\u0661' is not a whole number ('count') | {DIGITS}"),
        ("text: x\nprice: 1,6", "2:8 '1,6' is not a number ('price') | write: 1.6"),
        ("text: x\nprice: € 1.250,50", "2:8 '€ 1.250,50' is not a number ('price') | write: 1250.50"),
        ("text: x\nprice: 12%", "2:8 '12%' is not a number ('price') | write: 12"),
        ("text: x\nprice: 4 miljoen", f"2:8 '4 miljoen' is not a number ('price') | {NUMBER}"),
        ("text: x\nprice: 3 van de 5", f"2:8 '3 van de 5' is not a number ('price') | {NUMBER}"),
        ("text: x\nprice: 1.2.3", f"2:8 '1.2.3' is not a number ('price') | {NUMBER}"),
        ("text: x\nwanted: soms", "2:9 'soms' is not a yes or no ('wanted') | write true or false"),
        ("text: x\nday: 2026-02-29", "2:6 '2026-02-29' is not a day of the calendar | write: 2026-02-28"),
        ("text: x\nday: 2026-15-09", "2:6 '2026-15-09' is not a day of the calendar | write: 2026-09-15"),
        (
            "text: x\nday: 2026-03-32",
            "2:6 '2026-03-32' is not a day of the calendar | write year-month-day: 2026-03-01",
        ),
        (
            "text: x\nday: 1-3-2026",
            "2:6 '1-3-2026' is not a date ('day') | write year-month-day: 2026-03-01",
        ),
        *(
            (f"text: x\nday: {day}", f"2:6 '{day}' is not a date ('day') | write year-month-day: 2026-08-02")
            for day in (
                "2026-8-2",
                "2026/08/02",
                "2026-08-02 10:00",
                "2026-08-02T10:00:00Z",
                "02-08-2026 10:00",
                "2.8.2026",
                "2 augustus 2026",
                "zondag 2 aug. 2026",
                "2 aug '26",
                "2-8-26",
            )
        ),
        ("text: x\nday: “2026-08-02”", f"2:6 {CURLY} | write: 2026-08-02"),
        ("text: x\nkind: ‘large’", f"2:7 {CURLY} | write: large"),
        (
            "text: x\nday: 31-2-2026",
            "2:6 '31-2-2026' is not a date ('day') | write year-month-day: 2026-03-01",
        ),
        (
            "text: x\nday: morgen",
            "2:6 'morgen' is not a date ('day') | write year-month-day: 2026-03-01",
        ),
        (
            "text: x\nday: 2026-03-01T10:00",
            "2:6 '2026-03-01T10:00' is not a date ('day') | write year-month-day: 2026-03-01",
        ),
        ("text: x\nkind: larg", "2:7 'larg' is not a 'kind' | did you mean 'large'?"),
        ("text: x\nkind: zzz", "2:7 'zzz' is not a 'kind' | choose from: large, small"),
        ("text: x\nwords: a", "2:8 'words' takes a list | write: words: [a]"),
        ("text: x\nwords: a, b-c", "2:8 'words' takes a list | write: words: [a, b-c]"),
        ("text: x\nwords: Ja, dat kan.", "2:8 'words' takes a list | write: words: [\"Ja, dat kan.\"]"),
        ("text: x\nwords: a/b.md; c", "2:8 'words' takes a list | write: words: [a/b.md, c]"),
        ("text: x\nwords:\n  a: b", f"3:3 {LIST} | write a hyphen and a space in front of it"),
        ("text: x\nwords:\n  -a\n  -b", f"3:3 {LIST} | write a hyphen and a space in front of each line"),
        ("text: x\nwords:\n  • a\n  • b", f"3:3 {LIST} | write a hyphen and a space in front of each line"),
        ("text: [x]", "1:7 'text' takes one value, not a list or group | write: text: \"[x]\""),
        ("text: x\ninner:\n  name:Ria", "3:3 there is no space behind 'name:' | write: name: Ria"),
        (
            "text: x\ninner: {name: Ja, dat kan, size: 2}",
            "2:19 'dat kan' is taken for a key, because of the comma before it"  # noqa: ISC004
            ' | write: name: "Ja, dat kan"',
        ),
        (
            "text: x\nwords: [a, [b]]",
            "2:12 'words' takes one value, not a list or group | write: words: [a, \"[b]\"]",
        ),
        ("text: x\nnames: [a]", "2:8 'names' takes 'name: value' lines"),
        (
            "text: x\ninner: y",
            "2:8 expected a group of keys | write: inner: {name: y}; the keys are: name, size",
        ),
        ("text: x\ninner: {name:y}", "2:9 there is no space behind 'name:' | write: name: y"),
        ("text: x\ninner: {size: 2}", "2:8 'name' is missing"),
        (
            "text: x\nmany:\n  - {name: a}\n  - {nam: b, name: c}",
            "4:6 unknown key 'nam' | did you mean 'name'?",
        ),
        ("text: {a: b}", "1:7 'text' takes one value, not a list or group | write: text: \"{a: b}\""),
        ("text: ''", "1:7 'text' is empty | " + FILL),
        ("text:", "1:6 'text' is empty | " + FILL),
        ("text: '  '", "1:7 'text' is empty | " + FILL),
        ("count: 1", "1:1 'text' is missing"),
        ("", "1:1 'text' is missing"),
        ("# niets", "1:1 'text' is missing"),
        ("tekst: y", "1:1 unknown key 'tekst' | did you mean 'text'?"),
        ("text: x\ntekst: y", "2:1 unknown key 'tekst' | did you mean 'text'?"),
        ("text: x\ntxt: y", "2:1 unknown key 'txt' | did you mean 'text'?"),
        ("text: x\nText: y", "2:1 unknown key 'Text' | did you mean 'text'?"),
    ],
)
def test_each_mistake_has_its_place_and_its_way_out(text: str, expected: str) -> None:
    assert only(text) == expected


def test_all_mistakes_are_told_at_once() -> None:
    text = "count: x\nday: x\nmany: [{size: a}, 3]\nonbekend: 1"
    found = [(problem.place.line, problem.place.column) for problem in problems(text)]
    assert found == [(1, 8), (2, 6), (3, 15), (3, 8), (3, 19), (4, 1), (1, 1)]


# ── what YAML takes for a note ──


@pytest.mark.parametrize(
    ("text", "line", "note", "better"),
    [
        ("text: Nummer #1", 1, "#1", 'text: "Nummer #1"'),
        ("text: Lees mee! #lezen #doen", 1, "#lezen #doen", 'text: "Lees mee! #lezen #doen"'),
        ("text: Plan # 2", 1, "# 2", 'text: "Plan # 2"'),
        ('text: De "ware" #1', 1, "#1", "text: 'De \"ware\" #1'"),
        ('text: "Samen" #doemee', 1, "#doemee", 'text: "Samen #doemee"'),
        ("text: x\nwords:\n  - Buurt #1\n  - b", 3, "#1", '- "Buurt #1"'),
        ("text: x\nmany:\n  - name: Buurt #1", 3, "#1", '- name: "Buurt #1"'),
        ("text: Een\n  twee\n  drie #4", 3, "#4", 'text: "Een twee drie #4"'),
    ],
)
def test_a_text_that_yaml_cuts_is_told_with_the_line_that_keeps_it(
    text: str, line: int, note: str, better: str
) -> None:
    (problem,) = problems(text)
    assert (problem.severity, problem.place.line) == ("warning", line)
    assert str(problem.message) == f"'{note}' is not shown: ' #' begins a note for yourself"
    assert str(problem.hint) == f"is it a note, put a space behind the '#'; else write: {better}"


def test_a_value_that_is_cut_as_a_whole_is_told() -> None:
    assert only("text: #1 in de buurt") == "1:6 'text' is empty | write: text: \"#1 in de buurt\""
    assert "'#wonen' is not shown" in only("text: x\nwords: #wonen")
    assert only("text: x\nwords: #wonen #geld").endswith("| write: words: [wonen, geld]")


@pytest.mark.parametrize(
    "text",
    [
        "text: x  # worker | client",
        "text: x # nog nakijken",
        "text: x ## nakijken",
        "text: x\nwords: # nog kiezen",
        "text: x\nday: 2026-03-01 #gecheckt",
        "text: x\nkind: large #of small",
        "text: x\ncount: #3",
        "text: x#1",
        "text: 'x #1'",
        "text: >\n  x #1\n",
        "text: |\n  x #1\n",
        "text: x\nwords: [a, b] #c",
        "#text: y\ntext: x\n#words: [a]",
    ],
)
def test_an_honest_note_is_left_alone(text: str) -> None:
    assert problems(text) == ()


# ── what we do not take ──


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text: a\ntext: b", "2:1 'text' stands here twice, first on line 1 | remove one of the two"),
        (
            "inner: {name: a, name: b}",
            "1:18 'name' stands here twice, first on line 1 | remove one of the two",
        ),
        (
            "text: &a x\nwords: [*a]",
            "1:7 a value that begins with '&' needs quotation marks | write: text: \"&a x\"",
        ),
        ("text: *a", "1:7 a value that begins with '*' needs quotation marks | write: text: \"*a\""),
        ("<<: *a", None),
        ("<<: {text: x}", None),
        (
            "text: !!python/object x",
            "1:7 a value that begins with '!' needs quotation marks | write: text: \"!!python/object x\"",
        ),
        ("text: !x y", "1:7 a value that begins with '!' needs quotation marks | write: text: \"!x y\""),
        ("? [a]\n: b", "1:1 a line without 'key: value' | is there a ':' missing, or the closing '---'?"),
        ("{{ x }}: y", None),
        ("text: x\n---\ntext: y", "2:1 a second document begins here | remove the '---'"),
        ("- a", "1:1 expected 'key: value' lines | write for instance 'title: A good day'"),
        ("zomaar", "1:1 a line without 'key: value' | is there a ':' missing, or the closing '---'?"),
        (
            "text: a: b",
            '1:8 a colon inside a value that has no quotes | write: text: "a: b"',
        ),
        ("text: x\n\tcount: 1", None),
        ("text: 'x", None),
        ("text: [x", None),
        ("text: x\n  y: z\n q", None),
        ("text: \x07", None),
        ("text: \x85", None),
        ("%YAML 9.9\n---\ntext: x", None),
        ("text: @x", None),
        ("text: `x`", None),
        ("text: 50% korting\nwords: [%]", None),
    ],
)
def test_what_is_not_taken_is_refused_with_a_place(text: str, expected: str | None) -> None:
    if expected is not None:
        assert only(text) == expected
        return
    found = problems(text)
    assert found
    assert all(problem.place.line >= 1 for problem in found)


def test_a_tab_is_called_a_tab() -> None:
    assert only("text: x\ninner:\n\tname: y") == "3:1 a tab at the beginning of the line | indent with spaces"


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("times", [MAX_DEPTH + 2, 1000, 50_000])
def test_nesting_is_stopped_before_it_hurts(bracket: str, times: int) -> None:
    """50,000 brackets end the usual loader, written in C, with a segmentation fault."""
    began = time.process_time()
    (problem,) = problems(f"text: x\nwords:\n  {bracket * times}"[: MAX_CHARACTERS + 100])
    assert time.process_time() - began < 2
    assert "nested" in str(problem.message) or "characters of settings" in str(problem.message)


def test_as_deep_as_is_allowed() -> None:
    deep = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert "one value" in only(f"text: {deep}")


def test_a_header_of_a_megabyte_is_not_read() -> None:
    began = time.process_time()
    text = "".join(f"k{i}: x\n" for i in range(120_000))
    assert only(text) == f"1:0 more than {MAX_CHARACTERS} characters of settings"
    assert time.process_time() - began < 0.5


def test_a_header_as_large_as_is_allowed_is_read_quickly() -> None:
    began = time.process_time()
    text = "".join(f"k{i}: x\n" for i in range(6_800))
    assert len(text) < MAX_CHARACTERS
    assert len(problems(text)) > 6_000
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("text: 's-Hertogenbosch\n", "1:7"),
        ("number: 1\ntext: 's-Hertogenbosch\ncolour: '#123456'\n", "2:7"),
        ("text: 's-Hertogenbosch\nsender: 't Gooi\n", "1:7"),
        ('text: "Een deur\nnumber: 1\n', "1:7"),
    ],
)
def test_an_apostrophe_that_begins_a_value_is_pointed_at(text: str, place: str) -> None:
    assert only(text).startswith(f"{place} a quotation mark or apostrophe that nothing closes | write: ")


@pytest.mark.parametrize("value", ["'zij zei: ja'", "'bron: '", "'een:\n  twee'", "'it''s'"])
def test_what_stands_between_quotes_is_taken(value: str) -> None:
    assert yaml.parse(f"text: {value}\nnumber: 1\n", "f.yaml").items


def test_lines_are_counted_from_where_the_text_begins() -> None:
    with pytest.raises(InvalidFile) as stop:
        yaml.parse("a: b: c", "f.md", 12)
    assert stop.value.problem.place.line == 12


# ── tables ──


def test_a_table_keeps_its_order_and_tells_all_that_is_wrong() -> None:
    sound = schema.validate_table(Inner, yaml.parse("b: {name: x}\na: {name: y}", "f.yaml"))
    assert sound.record == (("b", Inner("x")), ("a", Inner("y")))
    broken = schema.validate_table(Inner, yaml.parse("b: {nme: x}\na: {name: y}\nc: 3", "f.yaml"))
    assert [problem.place.line for problem in broken.problems] == [1, 3]


# ── anything at all ──


@given(st.text(max_size=120))
@example("? \n")
@example("? a\n? b")
@example("{}")
@example("text: |+\n\n")
@example("text: >-\n x\n\u2028y")
@example("-\t- x")
@example("\ufeffa: b")
@example("text: \U0001f600\n\x85a: b")
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for problem in problems(text):
        assert problem.render()
        assert problem.place.line >= 1


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), min_size=1).filter(
    lambda word: not blank(word) and not list(harmful(word))
)


@given(words)
def test_a_quoted_text_is_read_as_it_is(word: str) -> None:
    assert read("text: '" + word.replace("'", "''") + "'").text == word.strip()


def test_records_travel() -> None:
    record = read("text: x\nday: 2026-01-01\ninner: {name: y}\nmany: [{name: z}]")
    assert pickle.loads(pickle.dumps(record)) == record


class _Titled(Record):
    title: str
    lines: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ('title: "{{ organisatie }} doet mee"', [(1, 8)]),
        ("title: In de la lagen {{ feit:enveloppen }}", [(1, 8)]),
        ("title: Mee\nlines:\n  - een\n  - bel {{telefoon}}", [(4, 5)]),
        ("title: Mee\nnamed:\n  een: mail {{ e-mail }}", [(3, 8)]),
        ('title: Mee\nlines: ["x {{ organisaite }}"]', [(2, 9)]),
        ("title: Schrijf {{ woord }} of {x}", []),
        (r"title: Schrijf \{{ organisatie }}", []),
    ],
)
def test_what_is_only_filled_in_in_a_text_is_refused_elsewhere(
    typed: str, places: list[tuple[int, int]]
) -> None:
    problems = schema.validate(_Titled, yaml.parse(typed, "a.yaml")).problems
    assert [(problem.place.line, problem.place.column) for problem in problems] == places
    assert all("cannot be filled in here" in problem.render() for problem in problems)


def test_a_key_that_nobody_put_below_its_group_is_told_where_it_belongs() -> None:
    said = [problem.render() for problem in problems("text: x\ninner:\nname: y\nsize: 2")]
    assert any("'size' is below 'inner', and does not belong to it yet" in line for line in said)
    assert any("'name' is below 'inner'" in line for line in said)
