"""The stories of the campaign do not all sound alike: a visitor reads several of them in one sitting."""

import re

import pytest

from microsite.core.settings import ENGINE_ROOT

STORIES = sorted(
    path
    for path in (ENGINE_ROOT / "content" / "verhalen").glob("*.md")
    if path.stem != "index" and "." not in path.stem
)
CLIPPED = 5
"""A sentence of so few words, alone at the beginning or the end, is a tone of voice."""


def told(text: str) -> list[str]:
    """The paragraphs and lists of a story: without front matter, headings, quotes and boxes."""
    body = text.split("\n---\n", 1)[1]
    return [block for block in re.split(r"\n{2,}", body.strip()) if not block.startswith(("#", ">"))]


def sentences(paragraph: str) -> list[str]:
    return re.split(r"(?<=[.!?])[’*]*\s+", paragraph)


@pytest.mark.parametrize("end", [0, -1], ids=["openings", "endings"])
def test_one_story_in_three_at_most_is_clipped_or_quoted_at_its(end: int) -> None:
    alike = []
    for path in STORIES:
        paragraph = told(path.read_text(encoding="utf-8"))[end]
        sentence = sentences(paragraph)[end]
        if paragraph.startswith("‘") or len(sentence.split()) <= CLIPPED:
            alike.append(path.stem)
    assert len(STORIES) == 12
    assert len(alike) <= len(STORIES) // 3, alike
