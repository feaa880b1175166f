"""Slots and facts in a text."""

from __future__ import annotations

import pytest

from helpers.markdown import FILE, html_of, marks, only
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import (
    FactMark,
    SlotMark,
    split_pieces,
)
from microsite.content.markdown.slots import SLOTS


def test_slots_and_facts_become_marks_with_their_line() -> None:
    rendered, problems = render(
        "Wij zijn {{ organisatie }}.\n\n{{feit:rendement}} en {{ feit: x-2 }}", FILE, 8
    )
    assert split_pieces(rendered.html) == ["<p>Wij zijn ", ".</p>\n<p>", " en ", "</p>"]
    assert marks(rendered) == [SlotMark("organisatie", 8), FactMark("rendement", 10), FactMark("x-2", 10)]
    assert problems == ()


@pytest.mark.parametrize("name", SLOTS)
def test_every_slot_works_in_every_kind_of_text(name: str) -> None:
    slot = f"{{{{ {name} }}}}"
    text = (
        f"**{slot}**\n\n- {slot}\n\n> {slot}\n\n| {slot} | b |\n|---|---|\n| {slot} | c |\n\n[{slot}](a.md)"
    )
    assert [m for m in marks(render(text, FILE)[0]) if isinstance(m, SlotMark)] == [
        SlotMark(name, line) for line in (1, 3, 5, 7, 9, 11)
    ]


@pytest.mark.parametrize(
    "typed", ["{{ 7*7 }}", "{% raw %}", "{{ config.items() }}", "{{}}", "{ email }", "{{ email"]
)
def test_other_braces_are_text(typed: str) -> None:
    rendered, problems = render(typed, FILE)
    assert split_pieces(rendered.html) == [f"<p>{typed}</p>"]
    assert problems == ()


@pytest.mark.parametrize(
    "typed",
    ["`{{ email }}`", "    {{ email }}", "```\n{{ email }}\n```", "<pre>{{ email }}</pre>", r"\{{ email }}"],
)
def test_code_and_escaped_braces_stay_as_typed(typed: str) -> None:
    rendered = render(typed, FILE)[0]
    assert rendered.marks == ()
    assert "{{ email }}" in split_pieces(rendered.html)[0]


def test_a_fact_in_code_is_escaped() -> None:
    assert html_of("`{{ feit:<b> }}`") == "<p><code>{{ feit:&lt;b&gt; }}</code></p>"


@pytest.mark.parametrize(
    "typed",
    [
        "[mail](mailto:{{ email }})",
        "[site]({{ website }})",
        "![Team {{ organisatie }}](a.jpg)",
        '![Team](a.jpg "{{ gemeente }}")',
        '<a href="{{ website }}">x</a>',
    ],
)
def test_a_slot_cannot_stand_in_an_attribute(typed: str) -> None:
    assert "cannot be filled in here" in only(f"Regel\n\n{typed}").render()
    assert only(f"Regel\n\n{typed}").place.line == 3


def test_a_slot_in_the_title_of_a_tag_takes_the_title_with_it() -> None:
    assert html_of('<abbr title="{{ email }}">x</abbr>') == "<p><abbr>x</abbr></p>"


def test_a_fact_cannot_stand_inside_a_link() -> None:
    problem = only("Lees [dat {{ feit:x }} klopt](bewijs.md)")
    assert problem.place.column == 11
    assert "inside a link" in problem.render()
