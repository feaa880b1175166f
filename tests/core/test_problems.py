"""Problems: how they read, and a folder of broken campaigns, each with the places that must be blamed.

A folder in ``broken/`` lies over the small campaign of ``sites.py``. Its file
``expected`` has a line for each problem, ``path:line:column: severity: message``,
and below it what the hint says, indented; a hint that is not written there may be anything,
and so may a column that is written as ``*``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from helpers import sites
from helpers.sites import Campaign
from microsite.core.problems import (
    Place,
    Problem,
    did_you_mean,
    errors,
    nearest,
    printable,
    text,
    unique,
)

BROKEN = sorted(folder for folder in (Path(__file__).parent / "broken").iterdir() if folder.is_dir())


# ── how they read ──


def test_a_problem_reads_like_a_compiler_s() -> None:
    problem = Problem(
        Place("content/a.md", 7, 1),
        text("unknown key '{key}'", key="x"),
        text("did you mean '{near}'?", near="y"),
    )
    assert problem.render() == "content/a.md:7:1: error: unknown key 'x'\n    hint: did you mean 'y'?"


@pytest.mark.parametrize(
    ("place", "shown"), [(Place("a"), "a"), (Place("a", 3), "a:3"), (Place("a", 3, 4), "a:3:4")]
)
def test_what_is_not_known_of_a_place_is_not_shown(place: Place, shown: str) -> None:
    assert str(place) == shown


def test_a_problem_is_told_in_the_reader_s_language() -> None:
    dutch = {
        "unknown key '{key}'": "'{key}' is geen sleutel",
        "error": "fout",
        "hint": "tip",
        "write it": "schrijf",
    }
    problem = Problem(Place("a"), text("unknown key '{key}'", key="x"), text("write it"))
    assert problem.render(dutch.__getitem__) == "a: fout: 'x' is geen sleutel\n    tip: schrijf"


def test_a_value_with_braces_is_a_value() -> None:
    assert str(text("unknown key '{key}'", key="{key} {0} {{")) == "unknown key '{key} {0} {{'"


def test_each_once_in_the_order_of_places_errors_first() -> None:
    def at(line: int, severity: str, words: str = "x") -> Problem:
        return Problem(Place("a", line), text(words), None, severity)  # type: ignore[arg-type]

    assert unique([at(2, "error"), at(1, "warning"), at(1, "error"), at(2, "error")]) == (
        at(1, "error"),
        at(1, "warning"),
        at(2, "error"),
    )
    assert errors([at(1, "warning"), at(2, "error"), at(3, "notice")]) == (at(2, "error"),)


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("sumary", ["summary", "title"], "summary"),
        ("TITLE", ["summary", "title"], "title"),
        ("xyz", ["summary", "title"], None),
        ("", ["summary"], None),
        ("a", [], None),
    ],
)
def test_the_nearest_word(word: str, known: list[str], near: str | None) -> None:
    assert nearest(word, known) == near


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("geldig", ["valid", "pending", "withdrawn", "expired"], "did you mean 'valid'?"),
        ("Ingetrokken", ["valid", "pending", "withdrawn", "expired"], "did you mean 'withdrawn'?"),
        ("samenvatting", ["summary", "title"], "did you mean 'summary'?"),
        ("gemeente", ["municipality", "person"], "did you mean 'municipality'?"),
        ("gemeente", ["region", "name"], "did you mean 'region'?"),
        ("leeftijd", ["name"], "choose from: name"),
        ("nor.md", ["noor.md"], "did you mean 'noor.md'?"),
        ("role", ["profiles", "name"], "choose from: name, profiles"),  # a wrong guess is followed
    ],
)
def test_what_is_meant_is_told_in_dutch_too(word: str, known: list[str], hint: str) -> None:
    assert str(did_you_mean(word, known)) == hint


def test_what_to_do_when_nothing_is_meant() -> None:
    assert str(did_you_mean("x.pdf", ["a.md"], text("put it there"))) == "put it there"


def test_a_no_break_space_is_shown_as_a_space() -> None:
    assert text("'{value}'", value="€\u00a05\u202f\x1b").render() == "'€ 5 \\x1b'"


def test_few_choices_are_all_named_many_are_not() -> None:
    assert str(did_you_mean("x", ["b", "a"])) == "choose from: a, b"
    assert did_you_mean("x", [f"keuze-{i}" for i in range(13)]) is None
    assert did_you_mean("x", []) is None


@given(st.text())
def test_nothing_that_is_printed_drives_a_terminal(words: str) -> None:
    shown = printable(words)
    harmless = "\n\u200c\u200d"  # the last two are within emoji and the letters of some scripts
    assert all(c.isprintable() or c in harmless for c in shown)
    assert words != shown or all(c.isprintable() or c in harmless for c in words)


def test_a_name_cannot_make_up_a_line_of_its_own() -> None:
    place = Place("content/a\nx.md:1: error: alles is weg", 1)
    assert "\n" not in str(place)


short = st.text(max_size=5)
texts = st.builds(lambda s, v: text(s, v=v), short, short)


@given(
    st.builds(
        Problem,
        st.builds(Place, short, st.integers(0, 9), st.integers(0, 9)),
        texts,
        st.none() | texts,
        st.sampled_from(["error", "warning", "notice"]),
    )
)
def test_a_problem_survives_being_kept(problem: Problem) -> None:
    assert json.decode(json.encode(problem), type=Problem) == problem


# ── broken campaigns ──


def expected(file: Path) -> list[tuple[str, str]]:
    """(problem, hint) pairs of a file ``expected``."""
    pairs: list[tuple[str, str]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            pairs[-1] = pairs[-1][0], line.strip()
        elif line:
            pairs.append((line, ""))
    return pairs


def told(problems: list[str], wanted: list[tuple[str, str]]) -> list[str]:
    """The problems, with ``*`` for a column where that is what is wanted."""
    anywhere = {re.sub(r":\*:", ":", problem, count=1) for problem, _ in wanted if ":*:" in problem}
    return [
        re.sub(r":(\d+):\d+:", r":\1:*:", problem, count=1)
        if re.sub(r":(\d+):\d+:", r":\1:", problem, count=1) in anywhere
        else problem
        for problem in problems
    ]


@pytest.mark.parametrize("case", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_campaign_is_told_where_and_how(campaign: Campaign, case: Path) -> None:
    for path, data in sites.tree(case).items():
        if path != "expected":
            campaign.write(path, data)
    report = campaign.build()
    wanted = expected(case / "expected")
    assert told(report.problems, wanted) == [problem for problem, _ in wanted]
    for (_, hint), found in zip(wanted, report.hints, strict=True):
        assert found == hint or not hint
    assert report.status == (1 if any(": error: " in problem for problem, _ in wanted) else 0)
    assert campaign.site.exists() is (report.status == 0)
    assert campaign.build().problems == report.problems


# ── what no folder can hold, or should not ──


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_fifty_thousand_brackets(campaign: Campaign, bracket: str) -> None:
    campaign.edit("content/contact.md", "title: Contact", "title: Contact\ntags:\n  " + bracket * 50_000)
    problem = campaign.build().only()
    assert problem["path"] == "content/contact.md"
    assert problem["line"] in (2, 4)
    assert problem["message"]


def test_brackets_in_a_text(campaign: Campaign) -> None:
    campaign.edit("content/contact.md", "Bel ", "[" * 50_000 + " Bel ")
    problem = campaign.build().data["problems"][0]
    assert (problem["path"], problem["line"]) == ("content/contact.md", 5)
    assert problem["hint"]


def test_a_huge_header(campaign: Campaign) -> None:
    campaign.edit("content/contact.md", "title: Contact", "title: Contact\ntags:\n" + "  - wonen\n" * 9000)
    problem = campaign.build().only()
    assert problem["path"] == "content/contact.md"
    assert "characters of settings" in problem["message"]


def test_a_huge_file(campaign: Campaign) -> None:
    campaign.write("content/contact.md", sites.page(body="Tekst. " * 200_000))
    report = campaign.build()
    assert "content/contact.md:0:0: error: is 1,4 MB; at most 1 MB is taken" in report.problems
    assert not any("there is no page or file" in problem for problem in report.problems)


def test_a_name_that_differs_in_capitals_only(campaign: Campaign) -> None:
    campaign.write("content/Contact.md", sites.page("Ook contact"))
    report = campaign.build()
    assert report.status == 1
    assert any(
        "'content/Contact.md' but for capitals" in p and p.startswith("content/contact.md")
        for p in report.problems
    )


def test_whatever_is_wrong_in_a_text_has_a_column(campaign: Campaign) -> None:
    campaign.edit(
        "content/contact.md",
        "Bel ",
        "Zie [a](nergens.md), [b](verhalen/anouk.md#x) en {{ feit:x }}.\n\n"
        "![c](x.svg)\n\n[d](nieuws/start.md)\n\nBel ",
    )
    campaign.edit("content/nieuws/start.md", "date:", "draft: true\ndate:")
    problems = [p for p in campaign.build().data["problems"] if p["path"] == "content/contact.md"]
    assert len(problems) == 5
    assert [p["message"] for p in problems if not p["column"]] == []


def test_a_slip_in_the_front_matter_does_not_hide_one_in_the_text(campaign: Campaign) -> None:
    campaign.edit("content/contact.md", "summary:", "sumary:")
    campaign.edit("content/contact.md", "Bel ", "Zie [a](nergens.md), {{ feit:x }}. Bel ")
    assert len(campaign.build().problems) == 3
