"""A withdrawal from the five example sites, with packs and all material, looked through byte by byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers import processes, sites, traces
from helpers.sites import Campaign, consent

pytestmark = pytest.mark.long

ENGINE = processes.ENGINE
NAME, REF = "Zéfanja van Wezel", "C-66"
STORY = "content/verhalen/zefanja-van-wezel.md"
FACE = traces.noise((900, 1200))
TEXT = f"""\
---
title: Zéfanja telde de druppels
summary: Hoe een lekkage in de Merelflat uitliep op een keukentafel vol buren.
date: 2026-05-01
tags: [{{theme}}]
role: client
person: {{{{name: {NAME}, municipality: Wilgendam}}}}
quote: {{{{text: "Ik telde de druppels tot ik niet meer wist hoeveel emmers er stonden.", speaker: {NAME}}}}}
image: {{{{src: zefanja-van-wezel.jpg, alt: Zéfanja aan tafel, credit: J. de Wit}}}}
consent: {{{{{consent(ref=REF, scope="[web, social, print, press]")}}}}}
---
Toen het water door het plafond kwam belde ik bij de buren aan en niemand deed open.

Pas een week later zat er iemand van het wijkteam bij mij aan de keukentafel die bleef luisteren.
"""
WORDS = (NAME, "van Wezel", "telde de druppels", "lekkage in de Merelflat", "keukentafel die bleef luisteren")


def test_nothing_is_left_of_five_brands(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path / "campagne")
    for folder in ("content", "brands"):
        shutil.copytree(ENGINE / folder, campaign.root / folder)
    withdrawn_from(campaign, "share")
    assert len(list(campaign.output.glob("*.zip"))) == 5


def test_nothing_is_left_on_posters_cards_and_slides(tmp_path: Path) -> None:
    withdrawn_from(sites.campaign(tmp_path / "campagne"), "all")


def withdrawn_from(campaign: Campaign, materials: str) -> None:
    """Pack all sites of a campaign with the story, and withdraw it."""
    more = ("--material", materials, "--jobs", "2")
    theme = "bestaanszekerheid" if "bestaanszekerheid" in campaign.read("content/site.yaml") else "wonen"
    campaign.write(STORY, TEXT.format(theme=theme))
    campaign.write(STORY.replace(".md", ".jpg"), FACE)
    for brand in sorted(folder.name for folder in (campaign.root / "brands").iterdir()):
        report = campaign.run("pack", brand, *more)
        assert report.status == 0, report.said
    before = {path.split("/")[0] for path, _ in traces.left(campaign.output, WORDS, FACE)}
    made = {file.name for file in campaign.output.glob("[a-z]*")} - {"index.json"}
    assert before >= {name for name in made if materials == "all" or not name.endswith(".materiaal")}
    own = sites.tree(campaign.root / "brands")
    report = campaign.run("withdraw", REF, "--yes", *more)
    assert report.status == 0, report.said
    assert traces.left(campaign.output, WORDS, FACE) == []
    assert sites.tree(campaign.root / "brands") == own
