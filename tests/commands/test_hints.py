"""``check --hints``: advice besides the problems, on which nothing depends."""

from __future__ import annotations

import pytest

from helpers.sites import Campaign
from microsite.core.settings import WRITING_GUIDE

GUIDE = f"content/{WRITING_GUIDE}"
FILE = "content/nieuws/soep.md"
SOUP = """---
title: Soep
summary: Er is soep.
date: 2026-03-01
---

Kom langs.

Er is een steentje bijgedragen.
"""


@pytest.fixture
def campaign(campaign: Campaign) -> Campaign:
    campaign.write(GUIDE, 'cliches:\n  "steentje bij*": zeg wat iemand deed\n')
    campaign.write(FILE, SOUP)
    return campaign


def test_they_are_told_with_file_line_and_advice(campaign: Campaign) -> None:
    found = campaign.run("check", "--hints")
    assert found.status == 0
    assert f"{FILE}:9:11: writing hint: 'steentje bijgedragen' is an image that everybody uses" in found.said
    assert "hint: better: zeg wat iemand deed" in found.said


@pytest.mark.parametrize("words", [("build",), ("check",), ("check", "--strict")])
def test_nobody_gets_them_unasked(campaign: Campaign, words: tuple[str, ...]) -> None:
    assert "writing hint" not in campaign.run(*words).said


def test_they_change_no_exit_status(campaign: Campaign) -> None:
    strict = campaign.run("check", "--strict").status
    assert campaign.run("check", "--strict", "--hints").status == strict


def test_a_guide_that_cannot_be_read_is_told_and_stops_nothing(campaign: Campaign) -> None:
    campaign.write(GUIDE, "clichés:\n  a: b\n")
    found = campaign.run("check", "--hints")
    assert found.status == 0
    assert f"{GUIDE}:1:1: notice: " in found.said
    assert campaign.run("check").status == 0


def test_without_a_guide_there_are_hints_of_other_rules(campaign: Campaign) -> None:
    (campaign.root / GUIDE).unlink()
    campaign.edit(FILE, "steentje bijgedragen.", "[hier](soep.md) iets.")
    found = campaign.run("check", "--hints")
    assert "'hier' does not say where a link leads" in found.said


def test_a_member_gets_those_of_its_own_texts(campaign: Campaign) -> None:
    campaign.add_member("lid", contact="{email: info@lid.example}")
    campaign.write("brands/lid/content/nieuws/lid.md", SOUP.replace("Soep", "Erwtensoep"))
    found = campaign.run("check", "--hints", "--brand", "lid")
    assert "brands/lid/content/nieuws/lid.md:9:11: writing hint" in found.said
