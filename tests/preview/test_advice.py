"""Hints about writing: in the bar below a page, and on the desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpers import sites
from helpers.pages import nodes
from helpers.previewing import previewing
from microsite.core.settings import WRITING_GUIDE
from microsite.preview.addresses import DESK, HINTS
from microsite.preview.preview import Preview
from microsite.preview.state import Request

GUIDE = 'jargon:\n  "casus": zeg om wie het gaat\n'
BODY = "De casus is besproken.\n\n‘Kom maar,’ zegt Bas, en hij zet een stoel bij de tafel.\n"


@pytest.fixture
def preview(campaign: sites.Campaign) -> Iterator[Preview]:
    campaign.write(f"content/{WRITING_GUIDE}", GUIDE)
    draft = sites.story("Concept", name="Bas", extra="draft: true\n", body=BODY)
    campaign.write("content/verhalen/concept.md", draft)
    with previewing(campaign) as made:
        yield made


def page(preview: Preview, address: str) -> str:
    asked = Request(address) if address == DESK else Request(HINTS, {"page": address})
    return preview.respond(asked).body.decode()


def test_a_page_tells_how_its_text_could_be_better(preview: Preview) -> None:
    """A draft too: that is when it is written."""
    shown = page(preview, "/verhalen/concept.html")
    assert "'casus' is a word of the trade" in shown.replace("&#39;", "'")
    assert "better: zeg om wie het gaat" in shown


def test_the_desk_has_them_by_line(preview: Preview) -> None:
    rows = [row.text() for row in nodes(page(preview, DESK), "details li")]
    assert [row for row in rows if "'casus' is a word of the trade; better: zeg om wie het gaat" in row]


def test_a_text_without_them_says_nothing(campaign: sites.Campaign, preview: Preview) -> None:
    campaign.edit("content/verhalen/concept.md", "De casus is besproken.", "Bas belt.")
    preview.refresh()
    assert "Writing hints" not in page(preview, "/verhalen/concept.html")


def test_they_are_no_problems(preview: Preview) -> None:
    assert "casus" not in " ".join(problem.render() for problem in preview.state.problems)
