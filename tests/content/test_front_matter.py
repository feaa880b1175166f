"""From the bytes of a file to its front matter and its text, with the right line numbers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.sites import Campaign
from microsite.content.files import decode
from microsite.content.yaml import split_front_matter
from microsite.core.problems import InvalidFile, Place

NAME = "content/a.md"


def refused(data: bytes | str) -> tuple[Place, str]:
    with pytest.raises(InvalidFile) as stop:
        split_front_matter(decode(data if isinstance(data, bytes) else data.encode(), NAME), NAME)
    problem = stop.value.problem
    assert problem.hint is not None
    return problem.place, str(problem.message)


# ── bytes ──


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: \xc3\xa9\n---\nx\n",
        b"\xef\xbb\xbf---\ntitle: \xc3\xa9\n---\nx\n",  # with a byte order mark
        b"---\r\ntitle: \xc3\xa9\r\n---\r\nx\r\n",  # from Windows
        b"---\rtitle: \xc3\xa9\r---\rx\r",  # from a very old Mac
        b"\xef\xbb\xbf---\r\ntitle: \xc3\xa9\r---\nx\r\n",  # of all a little
    ],
)
def test_how_a_file_is_saved_does_not_matter(data: bytes) -> None:
    header, body, line = split_front_matter(decode(data, NAME), NAME)
    assert (header.strip(), body.strip(), line) == ("title: é", "x", 4)


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        ("---\ntitle: x\n---\n".encode("utf-16"), 0, 0, "is saved as UTF-16"),
        (b"\xfe\xff\x00-\x00-\x00-", 0, 0, "is saved as UTF-16"),
        ("---\ntitle: één\n---\n".encode("latin-1"), 2, 8, "not saved as UTF-8"),
        ("---\ntitle: x\n---\nprijs € 5".encode("cp1252"), 4, 7, "not saved as UTF-8"),
        (b"---\ntitle: x\n---\na\nb\0c\n", 5, 0, "a NUL character"),
        (b"\xff", 1, 1, "not saved as UTF-8"),
        (b"---\n\xed\xa0\x80\n---\n", 2, 1, "not saved as UTF-8"),  # half a pair, as bad programs write it
    ],
)
def test_what_is_no_text_is_told_with_its_place(data: bytes, line: int, column: int, message: str) -> None:
    place, said = refused(data)
    assert message in said
    assert (place.path, place.line, place.column) == (NAME, line, column)


def test_utf_16_without_a_mark_is_not_taken_for_a_text() -> None:
    place, _ = refused("---\ntitle: x\n---\n".encode("utf-16-le"))
    assert place.line == 1


# ── front matter ──


@pytest.mark.parametrize(
    ("text", "header", "body", "line"),
    [
        ("---\na: 1\n---\nx", "a: 1", "x", 4),
        ("---\na: 1\n---\n\n\nx", "a: 1", "x", 6),
        ("---\na: 1\n---\n", "a: 1", "", 4),
        ("---\na: 1\n---", "a: 1", "", 3),
        ("---  \na: 1\n---\t\nx", "a: 1", "x", 4),
        ("---\n---\nx", "", "x", 3),
        ("---\n\n---\nx", "", "x", 4),
        ("---\na: 1\n---\nx\n\n---\n\ny", "a: 1", "x\n\n---\n\ny", 4),  # a rule in the text
        ("---\na: '---'\n---\nx", "a: '---'", "x", 4),
        ("---\na: 1\n---\n---\nx", "a: 1", "---\nx", 4),
        ("---\na: |\n  ---\n  b\n---\nx", "a: |\n  ---\n  b", "x", 6),  # only at the start of a line
    ],
)
def test_header_body_and_the_line_of_the_body(text: str, header: str, body: str, line: int) -> None:
    found = split_front_matter(decode(text.encode(), NAME), NAME)
    assert (found[0].rstrip("\n"), found[1].rstrip("\n")) == (header, body)
    if body:
        assert found[2] == line


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("empty", [0, 1, 3])
def test_a_slip_below_empty_lines_is_told_with_its_own_line(
    campaign: Campaign, empty: int, ends: str
) -> None:
    text = f"---\n{chr(10) * empty}titel: x\n---\nx\n"
    campaign.write("content/contact.md", text.replace("\n", ends))
    problems = campaign.build().problems
    assert f"content/contact.md:{empty + 2}:1: error: unknown key 'titel'" in problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the first line must be '---'"),
        ("\n", "the first line must be '---'"),
        ("title: x\n---\nx", "the first line must be '---'"),
        ("# Kop\n\nTekst", "the first line must be '---'"),
        ("\n---\ntitle: x\n---\nx", "the first line must be '---'"),
        (" ---\ntitle: x\n---\nx", "the first line must be '---'"),
        ("----\ntitle: x\n----\nx", "the first line must be '---'"),
        ("+++\ntitle = 'x'\n+++\nx", "the first line must be '---'"),
        ("--- title: x ---\nx", "the first line must be '---'"),
        ("\u200b---\ntitle: x\n---\nx", "the first line must be '---'"),
        ("---\ntitle: x\n", "the front matter is not closed"),
        ("---\ntitle: x\n--\nx", "the front matter is not closed"),
        ("---\ntitle: x\n ---\nx", "the front matter is not closed"),
        ("---\ntitle: x\n...\nx", "the front matter is not closed"),
        ("---", "the front matter is not closed"),
    ],
)
def test_front_matter_is_never_lost_without_a_word(text: str, message: str) -> None:
    """Python-frontmatter gives no metadata at all for these, and consent would be among them."""
    place, said = refused(text)
    assert said == message
    assert place == Place(NAME, 1)


# ── anything at all ──


@given(st.binary(max_size=200))
@example(b"---\n---\n---")
@example(b"---\r\r---\r")
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        split_front_matter(decode(data, NAME), NAME)
    except InvalidFile as stop:
        assert stop.problem.render()  # noqa: PT017 - either way is right


lines = st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), max_size=12)


@given(
    header=st.lists(lines.filter(lambda line: not line.startswith("---")), max_size=4),
    body=st.lists(lines, min_size=1, max_size=6),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
)
@example(header=["a: 1"], body=["", "", "x", ""], ends="\r\n")
@example(header=[], body=["\u2329"], ends="\n")
def test_the_line_of_the_body_is_the_line_in_the_file(header: list[str], body: list[str], ends: str) -> None:
    typed = ends.join(["---", *header, "---", *body])
    if not "".join(body).strip():
        return
    _, text, line = split_front_matter(decode(typed.encode(), NAME), NAME)
    first = text.split("\n")[0].strip()
    there = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    assert there.split("\n")[line - 1].strip().endswith(first)
