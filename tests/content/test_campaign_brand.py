"""Which brand is the campaign's own stands in site.yaml, and not in the program."""

from __future__ import annotations

import pytest

from helpers import sites
from helpers.sites import BRAND, Campaign
from microsite.core.settings import ENGINE_ROOT, Project

SITE = "content/site.yaml"
NATIONAL_ONLY = sites.consent(ref="C-40", audience="[national]")


@pytest.fixture
def campaign(campaign: Campaign) -> Campaign:
    campaign.write("content/verhalen/dina.md", sites.story("Dina", name="Dina", agreed=NATIONAL_ONLY))
    campaign.add_member("lid", contact="{email: info@lid.example}")
    return campaign


def shown(campaign: Campaign, brand: str) -> bool:
    return "verhalen/dina.html" in sites.tree(campaign.output / brand)


@pytest.mark.parametrize("written", ["lid", "'lid'", '"lid"  # de onze'])
def test_another_brand_can_be_the_campaign_s_own(campaign: Campaign, written: str) -> None:
    campaign.edit(SITE, f"brand: {BRAND}", f"brand: {written}")
    campaign.build("--all")
    assert shown(campaign, "lid")
    assert not shown(campaign, BRAND)
    campaign.edit("content/contact.md", "Bel ", "Bel ons ")
    assert list(campaign.build().data["brands"]) == ["lid"]  # what is built when none is asked for


def test_without_one_all_are_members(campaign: Campaign) -> None:
    campaign.edit(SITE, f"brand: {BRAND}\n", "")
    campaign.build("--all")
    assert not shown(campaign, "lid")
    assert not shown(campaign, BRAND)
    assert campaign.build().status == 2


def test_one_that_is_not_there_is_told(campaign: Campaign) -> None:
    campaign.edit(SITE, f"brand: {BRAND}", "brand: ldi")
    report = campaign.build("--all")
    assert report.status == 2
    assert "there is no 'ldi' in brands/, which site.yaml has as 'brand'" in report.said
    assert campaign.build("--brand", "lid").status == 0


def test_nothing_of_this_campaign_is_in_the_program() -> None:
    assert Project(ENGINE_ROOT, ENGINE_ROOT / "output").campaign_brand == ENGINE_ROOT / "brands" / BRAND
    program = [*(ENGINE_ROOT / "microsite").rglob("*.py"), *(ENGINE_ROOT / "templates").rglob("*.*ml")]
    words = ("sociaal-werkt", "sociaal werk", "social work")
    for file in program:
        text = file.read_text(encoding="utf-8").lower()
        assert [word for word in words if word in text] == [], file
