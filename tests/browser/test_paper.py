"""On paper: a signature stays with its letter, a heading with what it is about, a sender with the text."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from helpers import browser as tools
from helpers.browser import Site
from helpers.sites import ADDRESS, BRAND_FILE, OWN, Campaign, page

LETTER = "date: 2026-03-01\nrole: worker\nperson: {name: Dina}\nfictional: true\n"
LINE = 60  # letters
SHORT, LONG = "Zij doet open en zegt dat het gaat.", "Zij doet open en zegt dat het gaat. " * 12
WRITE = """letters => {
    const letter = document.querySelector(".letter")
    for (const [paragraphs, words, name] of letters) {
        const one = letter.cloneNode(true)
        const end = ["Met groet,", name, "PS Hoe slaapt u?"]
        const lines = ["Beste wethouder,", ...Array(paragraphs).fill(words), ...end]
        one.querySelector(".prose").innerHTML = lines.map(line => `<p>${line}</p>`).join("")
        one.style.breakBefore = "page"
        letter.parentNode.append(one)
    }
}"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, .small-head")]
    .filter(one => one.checkVisibility() && one.nextElementSibling).map(one => one.innerText)"""


def plain(words: str) -> str:
    """The letters and digits only: on paper, lines and words are broken."""
    return re.sub(r"[\W_]", "", words)


def sheets(shown: Page) -> list[str]:
    """What stands on each sheet of A4."""
    with pypdfium2.PdfDocument(shown.pdf(format="A4", prefer_css_page_size=True)) as printed:
        return [plain(sheet.get_textpage().get_text_range()) for sheet in printed]


@pytest.mark.long
def test_a_signature_is_never_alone_on_a_sheet(chromium: Browser, campaign: Campaign) -> None:
    """Letters of many lengths, which end anywhere on their first, second or third sheet."""
    campaign.write("content/brieven/lift.md", page("De lift", extra="dilemma: Wie?\nfictional: true\n"))
    campaign.write("content/brieven/lift/1.md", page("Een brief", extra=LETTER))
    assert campaign.build().status == 0
    letters = [
        (n, words, f"Dina{n}")
        for words, counts in ((SHORT, range(20, 70)), (LONG, range(6, 20)))
        for n in counts
    ]
    with tools.opened(chromium) as shown:
        shown.goto((campaign.site / "brieven" / "lift.html").as_uri())
        shown.evaluate(WRITE, letters)
        printed = sheets(shown)
    signed = [text.partition("Metgroet") for text in printed if "Metgroet" in text]
    assert len(signed) == len(letters)
    assert len(printed) > 1.5 * len(letters), "many take more than a sheet"
    for (_, _, name), (before, _, after) in zip(letters, signed, strict=True):
        assert after.startswith(f"{name}PSHoeslaaptu"), f"{name}: greeting, name and postscript in one piece"
        assert before.endswith(plain(SHORT)), f"{name}: the last lines of the letter before it"


@pytest.mark.long
def test_no_heading_is_last_and_no_sheet_is_for_a_line(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    output = tmp_path_factory.mktemp("paper")
    tools.build(output, tools.BRAND, "wilgendam", material="none")
    wrong = []
    with tools.opened(chromium) as shown:
        for site in (Site(output / tools.BRAND), Site(output / "wilgendam")):
            for path in site.linked:
                shown.goto((site.folder / path).as_uri())
                shown.emulate_media(media="print")
                headings = [plain(words) for words in shown.evaluate(HEADINGS)]
                senders = [plain(one) for one in shown.locator(".letterhead:visible").all_inner_texts()]
                printed = sheets(shown)
                wrong += [
                    f"{path}: {one} is not on its first sheet" for one in senders if one not in printed[0]
                ]
                for i, text in enumerate(printed, start=1):
                    wrong += [f"{path}, {i}: {one} is last" for one in headings if one and text.endswith(one)]
                    wrong += [f"{path}, {i}: only {text}"] if len(text) < LINE else []
    assert wrong == []


def test_a_page_on_paper_says_whose_it_is_and_where_it_stands(chromium: Browser, campaign: Campaign) -> None:
    campaign.write("content/lang.md", page("Lang", "Een regel.\n\n" * 100))
    campaign.write(OWN, BRAND_FILE + "licence: Vrij te kopiëren.\n")
    assert campaign.build().status == 0
    with tools.opened(chromium) as shown:
        shown.goto((campaign.site / "lang.html").as_uri())
        assert not shown.locator(".letterhead").is_visible(), "on a screen that is the foot"
        first, *others = sheets(shown)
    words = (
        "Welzijn Zandhage",
        "Campagneteam",
        "campagne@voorbeeld.example",
        "010-1234567",
        "Vrij te kopiëren.",
    )
    for one in (*words, ADDRESS + "lang.html"):
        assert plain(one) in first
        assert plain(one) not in "".join(others), "the foot is not printed too"
    assert others
