"""Rendered texts as tests compare them."""

from __future__ import annotations

from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import (
    Mark,
    RenderedText,
    split_pieces,
)
from microsite.core.problems import Problem
from microsite.core.records import replace

FILE = "content/verhalen/amina.md"


def html_of(text: str) -> str:
    """The HTML of a text without errors, its marks as ``«name»``."""
    rendered, problems = render(text, FILE)
    assert not [p.render() for p in problems if p.severity == "error"]
    return joined(rendered)


def joined(rendered: RenderedText) -> str:
    names = [type(mark).__name__.removesuffix("Mark").lower() for mark in rendered.marks]
    first, *others = split_pieces(rendered.html)
    return first + "".join(f"«{name}»{piece}" for name, piece in zip(names, others, strict=True))


def marks(rendered: RenderedText) -> list[Mark]:
    """The marks of a text, wherever they stand in their line."""
    return [replace(mark, column=0) for mark in rendered.marks]


def only(text: str, first_line: int = 1) -> Problem:
    """The one problem of a text."""
    problems = render(text, FILE, first_line)[1]
    assert len(problems) == 1, [p.render() for p in problems]
    return problems[0]
