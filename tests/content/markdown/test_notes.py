"""Notes that an author means to hide: none is printed, and what is no note is left alone."""

from __future__ import annotations

import pytest

from helpers.sites import Campaign, page
from microsite.content.documents import parse
from microsite.content.markdown.notes import NOTE
from microsite.content.markdown.reader import render
from microsite.content.overrides import MarkdownFile
from microsite.core.settings import NATIONAL

NAME = "Fatima"


def notes(typed: str) -> list[int]:
    """The lines on which a note that would be printed is reported."""
    return [problem.place.line for problem in render(typed, "a.md")[1] if problem.message == NOTE]


PRINTED = [
    "<!-- Noor heet Fatima",
    "<!--Noor heet Fatima",
    "Noor. <!-- Fatima -- > Verder.",
    "<!-- Fatima --",
    "<!- Fatima ->",
    "<!\u2014 Fatima \u2014>",
    "<!\u2013 Fatima \u2013>",
    "<!\u2014 Fatima -->",
    "<!-- Fatima \u2014>",
    "<! Fatima >",
    "< !-- Fatima -->",
    "<-- Fatima -->",
    "!-- Fatima -->",
    "&lt;!-- Fatima --&gt;",
    "&#60;!-- Fatima -->",
    "<!--> Fatima -->",
    "<!-- een <!-- twee --> Fatima -->",
    "Noor <!-- Fatima\n\nen meer --> liep.",
    "    <!-- Fatima -->",
    "| a | b |\n| --- | --- |\n| <!-- Fatima | x --> |",
    "- Noor\n- <!-- Fatima",
    "> <!-- Fatima",
    "## Noor <!-- Fatima",
    '[Noor](https://www.example.nl/ "<!-- Fatima")',
    "{# Fatima #}",
    "{% comment %}Fatima{% endcomment %}",
    "{{! Fatima }}",
    "<%-- Fatima --%>",
    "%% Fatima %%",
    "[//]: # Fatima",
    "[//] : # (Fatima)",
    "[comment]: # Noor is Fatima",
]


@pytest.mark.parametrize("typed", PRINTED)
def test_a_note_that_would_be_printed_is_an_error_at_its_line(typed: str) -> None:
    found = notes(f"Een zin.\n\n{typed}\n\nNog een zin.\n")
    assert found, typed
    assert set(found) <= {3, 4, 5}
    problems = render(typed, "a.md")[1]
    assert {problem.severity for problem in problems if problem.message == NOTE} == {"error"}
    assert NAME not in "".join(str(problem.message) for problem in problems if problem.message == NOTE)


@pytest.mark.parametrize(
    "typed",
    [
        "<!-- Fatima -->",
        "<!--Fatima-->",
        "Noor. <!-- Fatima --> Verder.",
        "<!-- een\n\ntwee -->\n\nVerder.",
        "<!-- een ` -->\n\nDrie ` vier",
        "<!-- een -- twee -->",
        "> <!-- een\n> twee -->",
        "`<!-- Fatima`",
        "`` <! ` x ``",
        "```\n<!-- Fatima\n{# x #}\n```",
        "~~~\n%% x %%\n~~~",
        "[//]: # (Fatima)",
        "Van a --> b, <--> en a <- b.",
        "Een <--> pijl, a < b, 3 <5!",
        "Let op! Bel -- of mail.",
        "Kom je ook?! \u2014 zei ze. \u2014 Ja!",
        "Van 10% naar 20%, en 5 %% te veel.",
        "Zie #1 en {accolades}, {{ organisatie }} en C# {#}.",
        "## Kop {#kop}",
        "[noot]: https://www.example.nl/",
        "Ik :-) <3 en >:-( zeggen niets!",
        "&lt;b&gt; is vet.",
    ],
)
def test_what_is_not_printed_or_is_no_note_is_left_alone(typed: str) -> None:
    assert notes(f"Een zin.\n\n{typed}\n\nNog een zin.\n") == []


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("title: Noor <!-- Fatima -->", 2),
        ("title: x\nsummary: '{# Fatima #}'", 3),
        ("title: x\ntags: ['<! a']", 3),
    ],
)
def test_a_note_in_the_front_matter_too(value: str, line: int) -> None:
    document = parse(MarkdownFile("a.md", "content/a.md", NATIONAL, f"---\n{value}\n---\nTekst.\n".encode()))
    assert [p.place.line for p in document.problems if p.message == NOTE] == [line]


def test_a_comment_of_yaml_is_none() -> None:
    data = b"---\n# Noor heet Fatima\ntitle: Noor # Fatima\n---\nTekst.\n"
    document = parse(MarkdownFile("a.md", "content/a.md", NATIONAL, data))
    assert document.problems == ()
    assert NAME not in repr(document)


def test_nothing_is_published_with_it(campaign: Campaign) -> None:
    campaign.write("content/over.md", page("Over", "Noor.\n\n<!-- Noor heet Fatima"))
    report = campaign.build()
    assert report.status == 1
    assert any("content/over.md:7:1: error: this is meant as a hidden note" in p for p in report.problems)
    assert not [
        path for path, data in campaign.everything().items() if b"Fatima" in data and "output/" in path
    ]
