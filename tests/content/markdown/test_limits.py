"""Texts that are refused because they would take minutes."""

from __future__ import annotations

import time

import pytest

from helpers.markdown import FILE
from microsite.content.markdown.limits import limit_violations
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import (
    RenderedText,
)
from microsite.content.markdown.source import SourceText


@pytest.mark.parametrize(
    ("hostile", "line"),
    [
        ("![" * 16_000, 3),
        ("[" * 16_000, 3),
        ("[[[a]]]" * 4_000, 3),
        ("<![CDATA[" * 4_000, 3),
        ("[^a]" * 8_000, 3),
        ("[a](" * 8_000, 3),
        ("[a](<" * 8_000, 3),
        ("[a]\n" * 8_000, 1_003),
        ("``` \n" * 3_000, 336),
        ("# a\n" * 8_000, 503),
        ("<p m='1'\n" * 8_000, 2_003),
        ("* " * 495, 3),
        ("- " * 495, 3),
        ("1. " * 495, 3),
        ("> " * 495, 3),
        ("*" * 1_983 + "a" + "*" * 1_983, 3),
        ("<div markdown='1'>" * 330, 3),
        ("<div>\n" * 60, 53),
        ("a\n---\n" * 5_000, 404),
        ("a\n: b\n" * 5_000, 404),
        ("x" * 5_001, 3),
        (" " * 80 + "- x", 3),
        ("een\nt\x00wee", 4),
        ("een\nt\x92wee", 4),
        ("een\nt\ud800wee", 4),
        (("woord " * 100 + "\n") * 400, 335),
    ],
)
def test_what_would_take_minutes_is_refused_with_its_line(hostile: str, line: int) -> None:
    started = time.process_time()
    text = f"tekst\n\n{hostile}"
    rendered, problems = render(text, FILE)
    assert time.process_time() - started < 2
    assert rendered == RenderedText()
    assert problems == limit_violations(SourceText(text, FILE, 1))
    assert line in [p.place.line for p in problems], [p.render() for p in problems]
    assert {p.severity for p in problems} == {"error"}


def test_real_texts_are_within_the_limits() -> None:
    story = "## Kop\n\n" + "Een zin van zes woorden hier. " * 100 + "\n\n- a\n    - b\n\n"
    assert limit_violations(SourceText(story + "-" * 100, FILE, 1)) == ()
    assert limit_violations(SourceText("<https://x.nl/>\n" * 200 + "<p>x\n" * 200, FILE, 1)) == ()
