"""The sound of a page: a player above its text, an enclosure in the feed, and gone with the page."""

from __future__ import annotations

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from helpers.clips import mp3
from helpers.sites import ADDRESS, ANOUK, Campaign, page

SOUND = mp3(b"hoor", 5)
FILE = "bestanden/verhalen/anouk.mp3"


@pytest.fixture(autouse=True)
def _recorded(campaign: Campaign) -> None:
    campaign.write("content/verhalen/anouk.mp3", SOUND)
    campaign.edit(ANOUK, "role: client\n", "role: client\nrecording: anouk.mp3\n")


def test_a_page_can_be_listened_to_and_its_feed_has_the_sound(campaign: Campaign) -> None:
    campaign.build().fine()
    shown = LexborHTMLParser(campaign.shown("verhalen/anouk.html"))
    (audio,) = shown.css("audio")
    assert audio.attributes["src"] == f"../{FILE}"
    assert "MP3, 2 kB" in shown.css_first("figure.recording").text()  # type: ignore[union-attr]
    assert campaign.tree()[FILE] == SOUND
    (entry,) = [e for e in feedparser.parse(campaign.shown("feed.xml")).entries if e.enclosures]
    (sound,) = entry.enclosures
    assert (sound.href, sound.type, sound.length) == (f"{ADDRESS}{FILE}", "audio/mpeg", "2085")


def test_it_goes_with_who_withdraws_and_from_other_pages_too(campaign: Campaign) -> None:
    start = "content/nieuws/start.md"
    campaign.write(start, page(extra="date: 2026-06-01\nrecording: ../verhalen/anouk.mp3\n"))
    campaign.build().fine()
    campaign.edit(ANOUK, "status: valid", "status: withdrawn")
    report = campaign.build()
    assert report.status == 0, report.said
    assert SOUND not in campaign.tree().values()
    told = [(p["path"], p["line"]) for p in report.data["problems"] if "who withdrew" in p["message"]]
    assert told == [(start, 5)]


@pytest.mark.parametrize(
    ("recording", "said"),
    [
        ("anouk.svg", "'anouk.svg' is no sound file that browsers play"),
        ("anuk.mp3", "there is no page or file 'anuk.mp3'"),
    ],
)
def test_it_is_a_sound_file_that_is_there(campaign: Campaign, recording: str, said: str) -> None:
    campaign.edit(ANOUK, "recording: anouk.mp3", f"recording: {recording}")
    problem = campaign.build().only()
    assert (problem["path"], problem["line"], problem["message"]) == (ANOUK, 7, said)


def test_a_translation_has_a_sound_of_its_own_or_none(campaign: Campaign) -> None:
    english = "content/verhalen/anouk.en.md"
    text = "---\ntitle: Anouk opens\nsummary: A door.\nimage: {alt: A round window}\n---\nA door opens.\n"
    campaign.write(english, text)
    campaign.build().fine()
    assert "<audio" not in campaign.shown("verhalen/anouk.en.html")
    campaign.write("content/verhalen/anouk.en.mp3", SOUND)
    campaign.write(english, text.replace("image:", "recording: anouk.en.mp3\nimage:"))
    campaign.build().fine()
    assert "anouk-en.mp3" in campaign.shown("verhalen/anouk.en.html")
