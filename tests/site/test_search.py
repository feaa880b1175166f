"""What can be searched: every word of what is shown, and nothing of what is not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from helpers import sites
from helpers.sites import Campaign
from microsite.content.markdown.rendered import tokenize
from microsite.core.settings import ENGINE_ROOT
from microsite.site.search import WEIGHTS


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return sites.campaign(tmp_path / "c")


def index(campaign: Campaign) -> dict[str, Any]:
    """The one index of the site, as the browser gets it."""
    (file,) = campaign.site.glob("js/zoeken-*.js")
    found: dict[str, Any] = json.loads(
        file.read_text("utf-8").removeprefix("window.searchIndex=").rstrip(";\n")
    )
    return found


def pages(campaign: Campaign, word: str, language: str = "nl") -> dict[str, int]:
    """The pages that have the word, each with its weight."""
    data, number, found = index(campaign), 0, {}
    for step in data["words"][language].get(word, ()):
        number += step
        found[data["pages"][number // WEIGHTS][0]] = number % WEIGHTS
    return found


def test_words_are_found_where_they_stand_and_a_title_weighs_most(campaign: Campaign) -> None:
    campaign.build().fine()
    assert pages(campaign, "brief") == {"verhalen/bas.html": 2}
    assert pages(campaign, "zandhage") == {
        "verhalen/anouk.html": 1,
        "verhalen/bas.html": 1,
        "verhalen/cor.html": 1,
    }
    assert pages(campaign, "hal") == {"verhalen/anouk.html": 0}
    assert pages(campaign, "voordeuren") == {"verhalen/anouk.html": 0}, "what a figure in the text counts"
    assert not pages(campaign, "href")


@pytest.mark.parametrize("key", ["draft: true", "expires_on: 2026-11-01", "date: 2027-01-01"])
def test_what_is_not_shown_is_not_found(campaign: Campaign, key: str) -> None:
    campaign.write("content/geheim.md", sites.page("Zonnebloempit", "Zonnebloempit.", f"{key}\n"))
    campaign.build()
    assert not pages(campaign, "zonnebloempit")


def test_a_withdrawn_consent_takes_somebody_out_of_the_index(campaign: Campaign) -> None:
    campaign.build().fine()
    assert pages(campaign, "cor")
    campaign.edit("content/verhalen/cor.md", "status: valid", "status: withdrawn")
    campaign.build()
    assert not pages(campaign, "cor")
    assert "verhalen/cor.html" not in str(index(campaign))


def test_keys_that_nobody_reads_are_not_in_the_index(campaign: Campaign) -> None:
    campaign.build().fine()
    listed = index(campaign)["words"]["nl"]
    assert not {"final", "scope", "members", "c", "client", "valid"} & set(listed)


def test_only_the_search_page_knows_the_index(campaign: Campaign) -> None:
    campaign.build().fine()
    (file,) = campaign.site.glob("js/zoeken-*.js")
    assert [path for path, page in campaign.pages() if file.name in page] == ["zoeken.html"]


def test_a_word_is_a_matter_for_the_index_and_the_page_that_names_it(campaign: Campaign) -> None:
    campaign.build().fine()
    (before,) = campaign.site.glob("js/zoeken-*.js")
    campaign.edit("content/verhalen/bas.md", "Hij leest", "Zij leest")
    report = campaign.build().fine()
    (after,) = campaign.site.glob("js/zoeken-*.js")
    assert report.written == [f"js/{after.name}", "verhalen/bas.html", "zoeken.html"]
    assert report.removed == [f"js/{before.name}"]


CASES = yaml.safe_load((Path(__file__).parent / "searches.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("typed", "words"), CASES["words"].items())
def test_words_lose_their_accents_and_single_signs(typed: str, words: str) -> None:
    """The same cases hold the script in the browser: see tests/browser/test_visit.py."""
    assert list(tokenize(typed)) == words.split()


def test_keywords_weigh_as_a_title_and_are_not_on_the_page(campaign: Campaign) -> None:
    campaign.edit("content/verhalen/bas.md", "summary:", "keywords: [Zwérver, slapen in de auto]\nsummary:")
    campaign.build().fine()
    assert pages(campaign, "zwerver") == pages(campaign, "auto") == {"verhalen/bas.html": 2}
    assert "zwerver" not in campaign.shown("verhalen/bas.html").lower()


def test_translations_and_pages_without_a_document_are_found_in_their_language(campaign: Campaign) -> None:
    campaign.write("content/contact.en.md", "---\ntitle: Contact us\nkeywords: [helpdesk]\n---\nSunflower.\n")
    campaign.build().fine()
    assert pages(campaign, "sunflower", "en") == {"contact.en.html": 0}
    assert pages(campaign, "helpdesk", "en") == {"contact.en.html": 2}
    assert not pages(campaign, "sunflower")
    assert [page[4:] for page in index(campaign)["pages"] if page[0].startswith("contact.")] == [[], ["en"]]
    assert pages(campaign, "wonen")["themas/wonen.html"] == 2


SITE = """
help_lines: {lijn: {name: Lijn, what: Dag en nacht., phone: 010-7654321, keywords: [geld nood, Nood]}}
help_keywords: [hulplijn]
synonyms: {wijkcentrum: 'buurthuis, sociaal werk'}
"""


def test_help_lines_are_on_the_search_page_with_the_words_that_show_them(campaign: Campaign) -> None:
    site = campaign.read("content/site.yaml")
    campaign.write("content/site.yaml", site + SITE)
    campaign.build().fine()
    help = LexborHTMLParser(campaign.shown("zoeken.html")).css_first("section.help")
    line = help.css_first("li")
    assert json.loads(help.attributes["data-words"] or "") == ["hulplijn"]
    assert json.loads(line.attributes["data-words"] or "") == ["geld nood", "Nood"]
    assert line.css_first("a").attributes["href"] == "tel:+31107654321"
    assert index(campaign)["synonyms"] == {"wijkcentrum": ["buurthuis", "sociaal werk"]}
    wrong = SITE.replace("Nood]", "GELD nood, '!']").replace("wijkcentrum:", "het wijkcentrum:")
    campaign.write("content/site.yaml", site + wrong)
    assert campaign.build().problems == [
        "content/site.yaml:17:96: warning: 'GELD nood' stands here twice",
        "content/site.yaml:17:107: error: nobody can find '!'",
        "content/site.yaml:19:29: error: 'het wijkcentrum' is not one word",
    ]


def test_numbers_for_help_in_texts_are_those_of_the_help_lines() -> None:
    """The numbers are in site.yaml, where they are checked every year; texts that repeat one follow it."""
    lines = yaml.safe_load((ENGINE_ROOT / "content/site.yaml").read_text("utf-8"))["help_lines"].values()
    known = {re.sub(r"\D", "", line["phone"]) for line in lines}
    texts = [*(ENGINE_ROOT / "content").rglob("*.md"), *(ENGINE_ROOT / "brands").rglob("*.md")]
    used = {number for text in texts for number in re.findall(r"\(tel:(\d+)\)", text.read_text("utf-8"))}
    assert used <= known
    assert used >= {"112", "08000113"}


def test_keywords_that_cannot_be_typed_are_told(campaign: Campaign) -> None:
    sentence = "een hele zin die niemand ooit zo in een zoekbalk zal typen"
    campaign.edit("content/contact.md", "summary:", f"keywords: [wmo, WMÓ, €, {sentence}]\nsummary:")
    assert campaign.build().problems == [
        "content/contact.md:3:17: warning: 'WMÓ' stands here twice",
        "content/contact.md:3:22: error: nobody can find '€'",
        "content/contact.md:3:25: warning: this keyword has 58 characters",
    ]


def test_what_a_page_comes_down_to_is_shown_and_found(campaign: Campaign) -> None:
    campaign.edit(
        "content/contact.md", "summary:", "in_short: [Bel de <b>zonnebloem</b>., En wacht.]\nsummary:"
    )
    campaign.build().fine()
    assert "<li>Bel de &lt;b&gt;zonnebloem&lt;/b&gt;.</li>" in campaign.shown("contact.html")
    assert pages(campaign, "zonnebloem") == {"contact.html": 1}
