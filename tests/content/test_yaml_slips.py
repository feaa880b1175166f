"""What people type as a title, and what is said of it: the right line, in words, and how to type it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from microsite.content import schema, yaml
from microsite.content.quoting import quoted
from microsite.core.problems import InvalidFile, Problem
from microsite.core.records import Record


class Page(Record):
    title: str
    summary: str = ""
    author: str = ""
    words: tuple[str, ...] = ()


def read(text: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        validated = schema.validate(Page, yaml.parse(text, "f.md", 2))
    except InvalidFile as stop:
        return "", stop.problems
    return (validated.record.title if validated.record else ""), validated.problems


def told(title: str) -> tuple[str, Problem | None]:
    """The title that is read, or what is said of it."""
    found, problems = read(f"summary: s\ntitle: {title}\nauthor: a\n")
    assert len(problems) <= 1
    return found, problems[0] if problems else None


AS_TYPED = [
    "Ria's verhaal",
    "Ria zegt 'nee'",
    'Ria zegt "nee"',
    "“Ik ben er weer”",
    "Om 12:30 uur",
    "12:30 uur",
    "R&B in de buurt",
    "50% korting",
    "nee",
    "null",
    "2026",
    "1.250 huishoudens",
    "Wat? Nee!",
    "?Wat nu",
    "-5 graden",
    "C#",
    "€ 1,60 per euro",
    "Samen – of niet",
    "https://www.example.nl/",
    "a@example.nl",
    "(Niet) voor iedereen",
    "… en toen",
    "C:\\docs",
    "<b>Vet</b>",
]


@pytest.mark.parametrize("title", AS_TYPED)
def test_an_honest_title_is_read_as_it_is_typed(title: str) -> None:
    assert told(title) == (title, None)


BEGINS = "a value that begins with '{}' needs quotation marks"
GOES_ON = "the value goes on behind the closing quotation mark"
LEFT_OPEN = "a quotation mark or apostrophe that nothing closes"
COLON = "a colon inside a value that has no quotes"
CURLY = "curly quotation marks do not count as quotation marks here"


@pytest.mark.parametrize(
    ("title", "message", "better"),
    [
        ('"Ria" zegt nee', GOES_ON, "'\"Ria\" zegt nee'"),
        ('"Ria" zegt "nee"', GOES_ON, '\'"Ria" zegt "nee"\''),
        ('"Ria" en "Mo"', GOES_ON, '\'"Ria" en "Mo"\''),
        ('"Ze zei "ja" tegen ons"', GOES_ON, "'Ze zei \"ja\" tegen ons'"),
        ("'Ze zei 't kan'", GOES_ON, '"Ze zei \'t kan"'),
        ("'t Kan 'beter'", GOES_ON, "\"'t Kan 'beter'\""),
        ('"Ria"\'s verhaal', GOES_ON, '"\\"Ria\\"\'s verhaal"'),
        ('"Ria": een verhaal', GOES_ON, "'\"Ria\": een verhaal'"),
        ("'s-Hertogenbosch", LEFT_OPEN, '"\'s-Hertogenbosch"'),
        ("'s Ochtends: koffie", LEFT_OPEN, '"\'s Ochtends: koffie"'),
        ("'70-jarigen", LEFT_OPEN, '"\'70-jarigen"'),
        ('"Ria zegt nee', LEFT_OPEN, '"Ria zegt nee"'),
        ("'Ria zegt nee", LEFT_OPEN, '"Ria zegt nee"'),
        ('"Ria”', LEFT_OPEN, '"Ria"'),
        ("[Ria] doet mee", BEGINS.format("["), '"[Ria] doet mee"'),
        ("[Lees](dit.md)", BEGINS.format("["), '"[Lees](dit.md)"'),
        ("[Ria]", "'title' takes one value, not a list or group", '"[Ria]"'),
        ("{Ria}", "'title' takes one value, not a list or group", '"{Ria}"'),
        ("{{ organisatie }} doet mee", "'{{ organisatie }}' cannot be filled in here", "… doet mee"),
        ("{{ iets }} doet mee", BEGINS.format("{"), '"{{ iets }} doet mee"'),
        ("*Ria*", BEGINS.format("*"), '"*Ria*"'),
        ("**Ria** helpt", BEGINS.format("*"), '"**Ria** helpt"'),
        ("@home", BEGINS.format("@"), '"@home"'),
        ("`code`", BEGINS.format("`"), '"`code`"'),
        ("- x", BEGINS.format("-"), '"- x"'),
        ("-", BEGINS.format("-"), '"-"'),
        ("> 100 mensen", BEGINS.format(">"), '"> 100 mensen"'),
        ("| x", BEGINS.format("|"), '"| x"'),
        ("% korting", BEGINS.format("%"), '"% korting"'),
        ("& meer", BEGINS.format("&"), '"& meer"'),
        ("&Co", BEGINS.format("&"), '"&Co"'),
        ("!Doe mee", BEGINS.format("!"), '"!Doe mee"'),
        ("! Doe mee", BEGINS.format("!"), '"! Doe mee"'),
        ("? Wat nu", BEGINS.format("?"), '"? Wat nu"'),
        (", en toen", BEGINS.format(","), '", en toen"'),
        (": begin", BEGINS.format(":"), '": begin"'),
        ("Ria: een verhaal", COLON, '"Ria: een verhaal"'),
        ("Ria:", COLON, '"Ria:"'),
        ('Ria zei: "nee"', COLON, "'Ria zei: \"nee\"'"),
        ('Ria zei: "\'t kan"', COLON, '"Ria zei: \\"\'t kan\\""'),
        ("“Ria” zegt: “nee”", COLON, '"“Ria” zegt: “nee”"'),
        ("“Ria: een verhaal”", CURLY, '"Ria: een verhaal"'),
        ("‘Ria: een verhaal’", CURLY, '"Ria: een verhaal"'),
        ("„Ria: een verhaal”", CURLY, '"Ria: een verhaal"'),
        ('"C:\\docs"', "a backslash between double quotation marks", "'C:\\docs'"),
        ("#1 in de buurt", "'title' is empty", '"#1 in de buurt"'),
    ],
)
def test_a_title_that_yaml_takes_otherwise_is_told_with_the_right_line(
    title: str, message: str, better: str
) -> None:
    _, problem = told(title)
    assert problem is not None
    assert (problem.place.line, str(problem.message)) == (3, message)
    assert str(problem.hint) == f"write: title: {better}"
    assert read(f"title: {better}")[1] == ()


TYPE = "take away what stands in front of it, and type spaces"
OFF = "does not begin below the lines that it belongs to | let it begin straight below"
ODD = "stands an invisible sign instead of a space"
NOTE = "' #' begins a note here, so the rest of the line is not read"
NO_BREAK = "a no-break space, as Word makes them"
LIST = "in a list, each line begins with '-' and a space"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("summary: s\ntitle:Ria\nauthor: a", "3 there is no space behind 'title:' | write: title: Ria"),
        ("title:Ria", "2 there is no space behind 'title:' | write: title: Ria"),
        (
            "title: Ria\nsummary:\u00a0s\nauthor: a",
            f"3 behind 'summary:' {ODD}: {NO_BREAK} | write: summary: s",
        ),
        (
            "title: Ria\n\u00a0\u00a0author: a",
            f"3 before 'author' stands an invisible sign: {NO_BREAK} | {TYPE}",
        ),
        (
            "title: Ria\n\u200bauthor: a",
            f"3 before 'author' stands an invisible sign: a space without width | {TYPE}",
        ),
        ("title: Ria\n\tauthor: a", "3 a tab at the beginning of the line | indent with spaces"),
        (" title: Ria\nauthor: a", "2 a space in front of 'title' | write: title: Ria"),
        (
            "title: Ria\n  author: a",
            "3 'author' does not begin below the lines that it belongs to"  # noqa: ISC004
            " | write it at the start of the line, without a space in front: author: a",
        ),
        (
            "quote:\n  text: Ria\n    speaker: a",
            f"4 'speaker' {OFF} 'text', with as many spaces in front (2): speaker: a",
        ),
        ("title: Ria\nwords:\n  * een\n  * twee", f"4 {LIST} | write: - een"),
        (
            "title: Ria\nwords:\n  - *een*\n",
            "4 a value that begins with '*' needs quotation marks | write: - \"*een*\"",
        ),
        (
            "title: Ria\nwords: [wonen, zorg\nauthor: a",
            "3 a bracket that nothing closes | write: words: [wonen, zorg]",
        ),
        (
            "title: Ria\nwords: [Nummer #1, zorg]\nauthor: a",
            f'3 {NOTE} | write: words: ["Nummer #1", zorg]',
        ),
        ('title: "Ria\nsummary: "s"\nauthor: a', f'2 {LEFT_OPEN} | write: title: "Ria"'),
        ("title: 't Kan\nsummary: 's ochtends", f'2 {LEFT_OPEN} | write: title: "\'t Kan"'),
        ("title = Ria\nauthor: a", "2 a line without 'key: value' | write: title: Ria"),
        (
            "title: Ria\nen verder\nauthor: a",
            "3 a line without 'key: value' | does it go on with the line above, put two spaces in front; "  # noqa: ISC004
            "else a ':' is missing, or the closing '---'",
        ),
        (
            "title Ria\nauthor: a",
            "2 a line without 'key: value' | write: title: Ria",
        ),
        (
            "title: Ria\nsummary: Zij\n  zei: ja\nauthor: a",
            f"4 {COLON} | put the whole value between double quotes",
        ),
        (
            "title: Ria\nsummary: Zij\n  zei mij: ja\nauthor: a",
            f"4 {COLON} | put the whole value between double quotes",
        ),
        ('title: Ria\nsummary: |\n  a: b\n  "c" d\nauthor: "a" b', f"6 {GOES_ON} | write: author: '\"a\" b'"),
        ('title: Ria\nsummary: "een\n  twee: x"\nauthor: "a" b', f"5 {GOES_ON} | write: author: '\"a\" b'"),
    ],
)
def test_the_line_that_has_to_change_is_blamed(text: str, expected: str) -> None:
    _, (problem,) = read(text)
    assert f"{problem.place.line} {problem.message} | {problem.hint}" == expected


@pytest.mark.parametrize(
    "text",
    [
        "title: Ria\nsummary: |\n  \u00a0a: b\n",
        'title: Ria\nsummary: "een\n  \u00a0twee: drie"\n',
        "title: Ria\u00a0Bos\nsummary: prijs:\u00a0vijf\n",
        "title: Ria\nwords:\n- een\n- twee\nauthor: a\n",
        "title: Ria\nwords: [een,\n  twee]\nauthor: a\n",
        "title: >-\n  Ria: een\n  verhaal\n",
    ],
)
def test_honest_yaml_is_left_alone(text: str) -> None:
    assert read(text)[1] == ()


printable = (
    st.text(
        st.sampled_from("aB9 \"'“”’#:-*&!@`%|>[]{},?~\\=<.é") | st.characters(exclude_categories=["C", "Z"]),
        min_size=1,
        max_size=24,
    )
    .map(str.strip)
    .filter(lambda line: line.isprintable() and bool(line))
)


@given(printable)
def test_any_line_between_our_quotes_is_read_as_it_was_typed(line: str) -> None:
    assert read(f"title: {quoted(line)}\nauthor: a\n") == (line, ())
    assert read(f"title: x\nwords: [{quoted(line)}, b]\n")[1] == ()


@settings(max_examples=400)
@given(printable)
@example("a #b")
@example("'a' #b")
@example('"a" b "')
@example("[a, 'b]")
@example("[:0]")
@example("[a, ?b]")
@example("{:0}")
def test_any_title_is_read_as_typed_or_told_with_a_line_that_reads_so(line: str) -> None:
    title, problem = told(line)
    if problem is None:
        note = line.find(" #") if " #" in line else len(line)
        assert title in (line, line[:note].strip()) or line[0] in "\"'"
        return
    assert problem.place.line == 3
    better = str(problem.hint).partition("write: ")[2]
    assert better or str(problem.message) == "'title' is empty", problem.render()
    if better:
        again, problems = read(f"{better}\nauthor: a\n")
        if line[0] in "[{" and problems:  # meant as a list, so it may be told in a second step
            better = str(problems[0].hint).partition("write: ")[2]
            again, problems = read(f"{better}\nauthor: a\n")
        assert (problems, bare(again)) == ((), bare(line))


def bare(line: str) -> str:
    """Without what may be a quotation mark around the value, and what closes a bracket."""
    return re.sub("[\"'“”„‟«»‘’‚‛‹›\\]} ]", "", line)
