"""What can be searched: every word of what is shown, and nothing of what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers import sites
from helpers.sites import Campaign
from microsite.content.markdown.rendered import tokenize
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


def pages(campaign: Campaign, word: str) -> dict[str, int]:
    """The pages that have the word, each with its weight."""
    data, number, found = index(campaign), 0, {}
    for step in data["words"].get(word, ()):
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
    listed = index(campaign)["words"]
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


def test_words_lose_their_accents_and_single_signs() -> None:
    assert list(tokenize("Eén café, ’s avonds: 64 ruïnes & ÀLLES")) == [
        "een",
        "cafe",
        "avonds",
        "64",
        "ruines",
        "alles",
    ]


def test_what_a_page_comes_down_to_is_shown_and_found(campaign: Campaign) -> None:
    campaign.edit(
        "content/contact.md", "summary:", "in_short: [Bel de <b>zonnebloem</b>., En wacht.]\nsummary:"
    )
    campaign.build().fine()
    assert "<li>Bel de &lt;b&gt;zonnebloem&lt;/b&gt;.</li>" in campaign.shown("contact.html")
    assert pages(campaign, "zonnebloem") == {"contact.html": 1}
