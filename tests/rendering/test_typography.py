"""The last line of a sentence is never one short word, on slides and on screens."""

from __future__ import annotations

import html

import pytest

from microsite.content.markdown.reader import render
from microsite.core.typography import NARROW, bound
from microsite.rendering.jinja import breakable


def test_a_short_last_word_is_not_alone() -> None:
    assert bound("Bel of schrijf, wij nemen op.") == "Bel of schrijf, wij nemen\u00a0op."
    assert bound("Kom langs") == "Kom langs"
    assert bound("Dit is van alle vrijwilligers") == "Dit is van alle vrijwilligers"


def test_what_may_not_fit_on_the_line_of_a_phone_is_not_bound() -> None:
    assert bound("Het zal wel aan ons liggen.", NARROW).endswith("ons\u00a0liggen.")
    assert "\u00a0" not in bound("Hij is nu vrijwilliger hier.", NARROW)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("> Het zal wel aan ons liggen.\n> — Amina", "aan ons\u00a0liggen."),
        ("> Het zal wel\n> aan ons liggen.", "aan ons\u00a0liggen."),
        ('> Het zal wel aan [ons](https://a.example "dat is ik")', 'title="dat is ik"'),
        ("> Het zal wel aan `ons nu`", "<code>ons nu</code>"),
        ("> [!tip] Kijk eens\n> Het zal wel aan ons liggen.", "aan ons liggen."),
    ],
)
def test_so_does_a_quote_in_a_text(typed: str, shown: str) -> None:
    text, problems = render(typed, "a.md")
    assert problems == ()
    assert shown in html.unescape(text.html.decode())


def test_a_long_e_mail_address_can_be_broken_after_the_at() -> None:
    assert breakable("info@lid.example") == "info@lid.example"
    assert breakable("aanmelden@welzijn-lid.example") == "aanmelden@<span>welzijn-lid.example</span>"
    assert breakable("a<b@lid.example") == "a&lt;b@lid.example"
