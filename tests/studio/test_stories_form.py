"""A story as a form: what was typed is there again, and a file that says more stays as it is."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microsite.content import documents
from microsite.content.consent import CHANNELS
from microsite.content.overrides import MarkdownFile
from microsite.core.problems import Place, Problem, text
from microsite.studio import form, stories
from microsite.studio.form import Value

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    *("---", "a: b", "- x", "#", "null", "no", "12:30", "007", "*a", "&b", "!!python", "{x}", "[y]", "a # b"),
    *(
        "|",
        ">",
        "\\u0041",
        '"',
        "'",
        "`",
        "@",
        "%",
        "\\",
        "👩‍👩‍👧 🏳️‍🌈",
        "\u00a0",
        "\u2028",
        "\x85",
        "\ufeff",
        "\x07",
    ),
    *("\ud83d", "<b>", "<!-- x -->", "{{ organisatie }}", "---\n---\ntitle: x", "title:\u00a0x", "é", "\0"),
)
WORDS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(HOSTILE), max_size=5).map("\n".join))
DAYS = st.dates().map(str)
CHOSEN = st.lists(st.sampled_from(CHANNELS), unique=True)
TICKED = st.sampled_from(["", "true"])
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys((*stories.KEYS, stories.TEXT), WORDS),
    **dict.fromkeys(("date", "image.expires_on", "consent.given_on", "consent.expires_on"), DAYS),
    "consent.final_text_seen_on": DAYS,
    **dict.fromkeys(("person.pseudonym", "consent.minor", "consent.guardian", "fictional"), TICKED),
    "person.age": st.integers(0, 130).map(str),
    "role": st.sampled_from(["worker", "client"]),
    "tags": st.lists(WORDS, max_size=3),
    "image.scope": CHOSEN,
    "consent.scope": CHOSEN,
    "consent.status": st.sampled_from(["valid", "pending", "withdrawn"]),
    "consent.audience": st.lists(st.sampled_from(["members", "national"]), unique=True),
}
STORY = st.fixed_dictionaries({}, optional=FIELDS)


def wanted(fields: dict[str, Value]) -> dict[str, Value]:
    return {key: typed for key, value in fields.items() if (typed := form.cleaned(value))}


@given(STORY)
@example(dict.fromkeys(("title", "summary", stories.TEXT), "\n".join(HOSTILE)))
@example(dict.fromkeys(("title", "summary", stories.TEXT), "é: 👩‍👩‍👧 " * 12_500))
def test_what_was_typed_is_there_again(fields: dict[str, Value]) -> None:
    written = stories.write(b"", fields)
    assert stories.read(written) == wanted(fields)
    assert stories.write(written, fields) == written


@given(STORY, STORY)
def test_the_last_values_count(first: dict[str, Value], second: dict[str, Value]) -> None:
    assert stories.read(stories.write(stories.write(b"", first), second)) == wanted(second)


def test_what_is_typed_loses_no_more_than_the_space_around_it() -> None:
    typed = "  # Kop: één\r\n\r\n- x: \u2018y\u2019 \ud83d\n"
    assert form.cleaned(typed) == unicodedata.normalize("NFC", "# Kop: één\n\n- x: ‘y’ \ufffd")


def test_it_is_written_as_people_would_and_comments_stay() -> None:
    fields: dict[str, Value] = {
        "title": "Mo: open",
        "role": "client",
        "person.name": "Mo",
        "consent.scope": ["web", "press"],
        "text": "Eén.\n\n---\n\nTwee.",
    }
    written = stories.write(b"", fields)
    assert written.decode() == (
        '---\ntitle: "Mo: open"\nrole: "client"\nperson:\n  name: "Mo"\nconsent:\n'
        '  scope: ["web", "press"]\n---\n\nEén.\n\n---\n\nTwee.\n'
    )
    noted = written.replace(b'role: "client"', b"# gevraagd aan Mo\nrole: client # zeker")
    assert stories.write(noted, fields) == noted
    again = stories.write(noted, {**fields, "title": "Mo"})
    assert again == noted.replace(b'"Mo: open"', b'"Mo"')


@pytest.mark.parametrize(
    "line",
    [
        "weight: 3",
        "draft: true",
        "yields: [een, twee]",
        "people: [{name: Bas}]",
        "person: {name: Mo, city: x}",
        "consent: {ref: a, status: expired}",
        "consent: {ref: a, given_on: eens}",
        "consent: ja",
        "role: boss",
        "date: 2026-02-30",
        "tags: geld",
        "fictional: ja",
        "title: [a, b]",
        "titel: x",
    ],
)
def test_a_file_that_says_more_is_left_alone(line: str) -> None:
    assert stories.read(f"---\n{line}\n---\n\nTekst.\n".encode()) is None


@pytest.mark.parametrize("data", [b"", b"# kop\n", b"---\ntitle: x\n", b"---\na: [\n---\n", b"\xff\xfe"])
def test_what_is_no_story_is_left_alone(data: bytes) -> None:
    assert stories.read(data) is None


def test_the_stories_of_the_examples_are_held_or_left_alone() -> None:
    files = [*ROOT.glob("content/verhalen/*.md"), *ROOT.glob("brands/*/content/verhalen/*.md")]
    for file in files:
        data = file.read_bytes()
        if (fields := stories.read(data)) is not None:
            assert stories.write(data, fields) == data


def test_what_a_story_cannot_do_without() -> None:
    every = {"title": "a", "summary": "b", "role": "worker", "person.name": "c", "text": "d"}
    assert stories.lacks(every) == ()
    for key in every:
        assert stories.lacks({**every, key: " "}) == (key,)
        file = MarkdownFile("verhalen/x.md", "x.md", "ons", stories.write(b"", {**every, key: ""}))
        told = documents.parse(file, asking=True).problems
        assert [stories.where(file.data, "d", problem).key for problem in told if key != "text"] in (
            [key],
            [],
        )
        assert told, key


@pytest.mark.parametrize(
    ("title", "name", "taken", "path"),
    [
        ("Mo doet het buurthuis open", "Mo", (), "doet-het-buurthuis-open"),
        ("Anouks dag", "Anouk de Wit", (), "dag"),
        ("Mo", "Mo", (), "verhalen"),
        ("🎈", "X", ("content/verhalen/verhalen.md",), "verhalen-2"),
        ("Een dag", "Mo", ("content/verhalen/Een-Dag.md",), "een-dag-2"),
    ],
)
def test_no_name_is_in_an_address(title: str, name: str, taken: tuple[str, ...], path: str) -> None:
    found = stories.path({"title": title, "person.name": name}, taken)
    assert found == f"content/verhalen/{path}.md"


def test_a_problem_is_of_a_field_and_of_a_line_as_it_was_typed() -> None:
    typed = "\n\nEén.\n\nEen <b>woord</b>."
    fields: dict[str, Value] = {"title": "a", "person.name": "b", "person.age": "9", "text": typed}
    data = stories.write(b"", {**fields, "consent.ref": "V-1"})
    line = data.decode().split("\n").index("Een <b>woord</b>.") + 1
    x = text("this line cannot be read")

    def where(line: int, column: int = 0, message: object = x) -> stories.Where:
        return stories.where(data, typed, Problem(Place("", line, column), message))  # type: ignore[arg-type]

    assert where(line, 5) == stories.Where("text", 5, 5)
    assert where(2, 8) == stories.Where("title")
    assert where(5, 8) == stories.Where("person.age")
    assert where(2, 1, text("'{key}' is missing", key="role")) == stories.Where("role")
    assert where(2, 1, text("'{key}' is missing", key="person")) == stories.Where("person.name")
    assert where(7, 3, text("'{key}' is missing", key="given_on")) == stories.Where("consent.given_on")
    assert where(1) == stories.Where("")
