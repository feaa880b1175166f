"""How often each rule agrees with the labels of ``tests/content/hints/*.yaml``: see README.md there."""

from __future__ import annotations

import re

import pytest

from helpers.labelled import LABELLED, NAMES, campaign_guide, found, hints_in, labelled, measured
from microsite.content.hints.rules import RULES
from microsite.core import i18n
from microsite.core.settings import ENGINE_ROOT

PRECISION, RECALL = 0.8, 0.7
FEWEST = 20
RECORD = ENGINE_ROOT / "docs" / "decisions" / "hints.md"
HANDBOOK = ENGINE_ROOT / "docs" / "redactie" / "schrijfhulp.md"
SHAPES = {"long-paragraph", "subheadings"}
"""Rules about long texts, of which the handbook has no example in full."""

_SECTION = re.compile(r"^## ([^\n]+)\n\n(.*?)(?=^## |\Z)", re.M | re.S)
_EXAMPLE = re.compile(r"^- Zo (?:niet|wel): `?(.+?)`?$", re.M)


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_right_four_times_in_five(name: str) -> None:
    """And what is written down of it in the record is so."""
    assert sum(map(len, labelled(name).values())) >= FEWEST
    precision, recall, wrong = measured(name)
    assert precision >= PRECISION, wrong
    assert recall >= RECALL, wrong
    written = f"| `{name}` | {precision:.2f} | {recall:.2f} |"
    assert written in RECORD.read_text(encoding="utf-8"), written


def test_every_labelled_file_is_of_a_rule() -> None:
    assert {file.stem for file in LABELLED.glob("*.yaml")} - {"syllables"} == set(NAMES)


def test_the_handbook_tells_of_every_rule_in_their_order() -> None:
    translate = i18n.translator("nl")
    sections = dict(_SECTION.findall(HANDBOOK.read_text(encoding="utf-8")))
    titles = [rule.title.render(translate) for rule in RULES]
    assert [title for title in sections if title in titles] == titles
    assert [title for title in titles if not sections[title].startswith("**Waarom?**")] == []


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_examples_of_the_handbook_are_examples(rule: object) -> None:
    name = getattr(rule, "name", "")
    title = getattr(rule, "title").render(i18n.translator("nl"))  # noqa: B009
    before, after = _EXAMPLE.findall(dict(_SECTION.findall(HANDBOOK.read_text(encoding="utf-8")))[title])
    assert name in SHAPES or (found(name, before), found(name, after)) == (True, False)


# ── what no label tells ──


def test_a_hint_is_where_it_is() -> None:
    (hint,) = [h for h in hints_in("Noor belt.\n\nSamen dragen zij hun steentje bij.") if h.rule == "cliche"]
    assert (hint.place.path, hint.place.line, hint.place.column) == ("content/verhalen/a.md", 7, 22)
    assert str(hint.advice) == "better: zeg wat iemand precies deed"


def test_what_readers_see_first_is_read_too() -> None:
    keys = "title: Bij een probleemgezin\nsummary: Noor.\nin_short:\n  - Samen hun steentje bijdragen."
    found = [(h.rule, h.place.line, h.place.column) for h in hints_in("Noor belt.", keys=keys)]
    assert ("dignity", 2, 16) in found
    assert ("cliche", 5, 15) in found


def test_a_phrase_is_told_once() -> None:
    body = "Een probleemgezin.\n\nNog een probleemgezin, en het Probleemgezin van hiernaast."
    assert [h.place.line for h in hints_in(body) if h.rule == "dignity"] == [5]


@pytest.mark.parametrize(
    "body",
    [
        "‘Wij zijn een probleemgezin,’ zegt zij.",
        "> Wij zijn een probleemgezin.\n> — Ria",
        "```\neen probleemgezin\n```",
        "<!-- een probleemgezin -->",
        "> [!voorbeeld] Zo liever niet\n> Het is een probleemgezin.",
        "| Zo niet | probleemgezin |\n| --- | --- |\n| a | b |",
    ],
)
def test_what_somebody_says_or_only_shows_is_left_alone(body: str) -> None:
    assert "dignity" not in {hint.rule for hint in hints_in(body)}


@pytest.mark.parametrize("path", ["verhalen/a.en.md", "contact.ar.md"])
def test_a_translation_has_no_hints(path: str) -> None:
    assert hints_in("Een probleemgezin.", path) == ()


@pytest.mark.parametrize("status", ["withdrawn", "Ingetrokken"])
def test_who_withdrew_is_not_quoted(status: str) -> None:
    keys = f"title: T\nconsent: {{ref: C-1, status: {status}}}"
    assert hints_in("Een probleemgezin.", keys=keys) == ()
    assert hints_in("Een probleemgezin.", keys=keys.replace(status, "pending")) != ()


def test_a_file_that_cannot_be_read_has_no_hints() -> None:
    assert hints_in("Een probleemgezin.", keys="title: [") == ()


def test_a_quote_in_the_front_matter_lets_somebody_speak() -> None:
    body = "Noor had schulden. Een man hielp haar."
    assert "speaking" in {hint.rule for hint in hints_in(body)}
    keys = 'title: T\nquote: {text: "Welke is het ergst?"}'
    assert "speaking" not in {hint.rule for hint in hints_in(body, keys=keys)}


def test_who_is_in_the_front_matter_has_been_introduced() -> None:
    body = "‘Kom maar,’ zegt Loes Verhagen. Zij lacht."
    assert "unnamed-role" in {hint.rule for hint in hints_in(body)}
    keys = "title: T\nperson: {name: Loes Verhagen}"
    assert "unnamed-role" not in {hint.rule for hint in hints_in(body, keys=keys)}


def test_no_hint_quotes_what_is_said_of_somebody() -> None:
    """Only words of a list, verbs and numbers: hints are read by more people than the text is."""
    body = "‘Het helpt,’ zegt Jan de Vries. Ruim de helft van de bewoners van Zandhage kent Samira. " * 3
    said = " ".join(h.render() for h in hints_in(body))
    assert said
    assert not any(name in said for name in ("Vries", "Samira", "Zandhage"))


def test_one_passive_in_a_long_text_is_left_alone() -> None:
    text = "Noor belt aan. De deur gaat open. " * 8
    assert "passive" not in {h.rule for h in hints_in(text + "Er werd gelachen.")}
    assert "passive" in {h.rule for h in hints_in(text + "Zij werd door buren geholpen.")}


def test_the_lists_of_the_campaign_can_be_read() -> None:
    guide = campaign_guide()
    assert min(map(len, (guide.cliches, guide.jargon, guide.stiff_words, guide.praise, guide.dignity))) >= 20
