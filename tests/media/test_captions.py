"""Captions: read strictly, told by line, written anew."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.core.problems import InvalidFile
from microsite.media import captions
from microsite.media.captions import Captions, Cue

WHOLE = """\
WEBVTT - De klemmende deur
Kind: captions
Language: nl

NOTE gemaakt door Anouk, 06-12345678

STYLE
::cue { color: #eee }

1
00:01.000 --> 00:02.500 line:0 position:20% region:boven
<v Bas>Deze deur klemt
al een jaar.

00:00:03.000 --> 01:00:04.000
- Wie is daar?
"""


def test_what_people_read_is_written_anew_and_no_more() -> None:
    found = captions.read(WHOLE)
    assert found.language == "nl"
    assert [(cue.start, cue.end, cue.line) for cue in found.cues] == [(1, 2.5, 11), (3, 3604, 15)]
    assert captions.written(found) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500 line:0 position:20%\n"
        "<v Bas>Deze deur klemt\nal een jaar.\n\n"
        "00:00:03.000 --> 01:00:04.000\n- Wie is daar?\n"
    )
    assert found.outlast(3603) is None
    assert found.outlast(3600) == found.cues[1]


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ("", 1, "begin with the line WEBVTT"),
        ("1\n00:00:01,000 --> 00:00:02,000\nSRT\n", 1, "begin with the line WEBVTT"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nDag\n", 1, "begin with the line WEBVTT"),
        ("WEBVTT\n", 0, "there are no captions"),
        ("WEBVTT\n\nNOTE niets\n", 0, "there are no captions"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nDag\n", 3, "'00:01,000 --> 00:02,000' is no time"),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nDag\n", 3, "is no time"),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nDag\n", 3, "ends before it begins"),
        (
            "WEBVTT\n\n00:02.000 --> 00:03.000\nDag\n\n00:01.000 --> 00:04.000\nDag\n",
            6,
            "before the one above",
        ),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\n\nDag\n", 3, "no words with this time"),
        ("WEBVTT\n\nDag\n", 3, "no time with these words"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nDag\n00:02.000 --> 00:03.000\nDag\n", 3, "no blank line"),
    ],
)
def test_a_mistake_is_told_with_its_line(written: str, line: int, said: str) -> None:
    with pytest.raises(InvalidFile) as told:
        captions.read(written)
    problem = told.value.problem
    assert (problem.place.line, said in str(problem.message)) == (line, True), problem


def test_of_many_mistakes_the_first_are_told() -> None:
    with pytest.raises(InvalidFile) as told:
        captions.read("WEBVTT\n\n" + "nooit --> nooit\nDag\n\n" * 500)
    assert len(told.value.problems) == 20


WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1).filter(
    lambda typed: "-->" not in typed
)


@given(st.lists(st.tuples(st.integers(0, 9_999_999), st.integers(1, 9999), WORDS), min_size=1))
def test_what_was_written_reads_the_same(typed: list[tuple[int, int, str]]) -> None:
    cues = tuple(
        Cue(start / 1000, (start + length) / 1000, "", words, 0) for start, length, words in sorted(typed)
    )
    again = captions.read(captions.written(Captions(cues)))
    assert [(c.start, c.end, c.words) for c in again.cues] == [(c.start, c.end, c.words) for c in cues]


@given(st.text(st.sampled_from("WEBVTT0123:.->\n \tNOTE"), max_size=120))
def test_any_text_is_read_or_told(typed: str) -> None:
    for whole in (typed, f"WEBVTT\n\n{typed}"):
        with contextlib.suppress(InvalidFile):
            assert captions.read(whole).cues
