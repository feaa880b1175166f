"""The plain words of a page's text."""

from __future__ import annotations

from decimal import Decimal

from microsite.content.facts import Fact, Reference
from microsite.content.markdown.rendered import join_pieces
from microsite.content.schema import PartialDate
from microsite.rendering.office.paragraphs import paragraphs
from microsite.rendering.views import Body, FactUse, Link, Part, Slot

FACT = Fact("9 & 1", Decimal(9), "", "", Reference("", ""), "", PartialDate(2026))


def read(*pieces: str | Part | None) -> tuple[str, ...]:
    """The paragraphs of a text of which every second piece is a part."""
    body = Body(join_pieces(map(str, pieces[::2])), pieces[1::2], "name")
    return paragraphs(body, {"organisatie": "Wij & <zij>"}.__getitem__)


def test_each_block_is_a_paragraph() -> None:
    html = "<h2>Kop</h2><p>Een <b>twee</b>\n drie<br>vier</p><ul><li>a</li><li>b</li></ul>"
    assert read(html) == ("Kop", "Een twee drie", "vier", "a", "b")


def test_links_are_words_and_numbers_of_notes_are_left_out() -> None:
    link = ('<p>Lees <a href="', Link('a"b.html'), '">hier</a><sup><a href="#1">1</a></sup>.</p>')
    assert read(*link) == ("Lees hier.",)
    assert read('<p>Lees <a href="', None, '">hier</a>.</p>') == ("Lees hier.",)


def test_facts_and_slots_say_what_they_stand_for() -> None:
    words = ("<p>", FactUse(1, "f", FACT), " van ", Slot("organisatie"), "</p>")
    assert read(words[0], words[1], str(words[2]), words[3], str(words[4])) == ("9 & 1 van Wij & <zij>",)
