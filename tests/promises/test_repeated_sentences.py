"""Sentences of somebody who withdrew, in texts that need nobody's consent: told, with the line."""

from __future__ import annotations

import pytest

from helpers import sites
from helpers.sites import Campaign, consent, page, story

HER = "content/verhalen/zij.md"
NEWS = "date: 2026-06-01\n"
SAID = "Het kelderluik ging langzaam open en daarachter stond mijn oude fiets te roesten."
FACT = (
    "luiken:\n  text: 3 luiken\n  value: 3\n  unit: luik\n  label: Luiken\n"
    f"  source: {{title: T, publisher: P}}\n  caveat: {SAID}\n  as_of: 2026-04-01\n"
)

PLACES = {
    "news": ("content/nieuws/start.md", page(body=f"Een zin.\n\nZij zei: {SAID}", extra=NEWS), 8),
    "over two lines": ("content/nieuws/start.md", page(body=SAID.replace("en d", "en\nd"), extra=NEWS), 6),
    "a summary": ("content/nieuws/start.md", page(summary=SAID, extra=NEWS), 3),
    "subtitles": ("content/film.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{SAID}\n", 4),
    "a figure of the campaign": ("content/feiten.yaml", sites.FACTS + FACT, sites.FACTS.count("\n") + 7),
    "a figure of a member": ("brands/lid/content/feiten.yaml", FACT, 7),
}


def places(campaign: Campaign) -> list[tuple[str, int, str]]:
    report = campaign.build("--all")
    assert report.status == 0, report.said
    told = [p for p in report.data["problems"] if p["message"].startswith("these are words of somebody")]
    return [(p["path"], p["line"], p["severity"]) for p in told]


@pytest.mark.parametrize("where", PLACES)
def test_the_sentences_are_told_once_she_withdrew(campaign: Campaign, where: str) -> None:
    campaign.add_member("lid")
    path, content, line = PLACES[where]
    campaign.write(HER, story(body=SAID, agreed=consent(ref="C-91")))
    campaign.write(path, content)
    assert places(campaign) == []
    campaign.edit(HER, "status: valid", "status: withdrawn")
    assert places(campaign) == [(path, line, "warning")]


def test_the_settings_of_a_member_are_read(campaign: Campaign) -> None:
    campaign.add_member("lid")
    settings = campaign.read("brands/lid/brand.yaml")
    campaign.write(HER, story(body=SAID, agreed=consent(ref="C-91", status="withdrawn")))
    campaign.write("brands/lid/brand.yaml", f"{settings}texts: {{about: '{SAID}'}}\n")
    assert places(campaign) == [("brands/lid/brand.yaml", settings.count("\n") + 1, "warning")]


def test_what_other_pages_say_too_is_of_nobody(campaign: Campaign) -> None:
    """Neither are a few words in common."""
    ours = "Wil je ook zo iemand zijn die met ons mee wil doen?"
    campaign.write(HER, story(body=f"{SAID} {ours}", agreed=consent(ref="C-91", status="withdrawn")))
    for name in ("een", "twee"):
        campaign.write(f"content/nieuws/{name}.md", page(body=ours, extra=NEWS))
    campaign.write(
        "content/nieuws/drie.md", page(body="Het kelderluik ging langzaam open en dicht.", extra=NEWS)
    )
    assert places(campaign) == []
