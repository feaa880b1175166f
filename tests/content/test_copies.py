"""Copies of texts that cloud drives and browsers make: left out, and told."""

from __future__ import annotations

import pytest

from helpers import sites
from helpers.sites import Campaign
from microsite.content.copies import copied_from

COPIES = [
    "anouk (1)",
    "anouk(1)",
    "anouk 2",
    "anouk kopie",
    "anouk - kopie",
    "anouk - Copy (2)",
    "anouk-kopie",
    "anouk copy 2",
    "Kopie van anouk",
    "anouk-LAPTOP-7QK2",
]
CONFLICTS = [
    "anouk (conflicterende kopie van Ria 2026-11-02)",
    "anouk (Ria's conflicted copy 2026-11-02)",
    "anouk (conflicted copy 2026-11-02 101512)",
    "anouk.sync-conflict-20261102-101512-ABCDEFG",
    "anouk_conflict-20261102-101512",
]
OWN = [
    "anouk",
    "anouk-2026",
    "anouk-in-ede",
    "brief 12",
    "1",
    "kopie",
    "over (en) door",
    "conflict-in-de-straat",
]


@pytest.mark.parametrize("name", [*COPIES, *CONFLICTS])
def test_the_original_of_a_copy(name: str) -> None:
    titles = {"verhalen/anouk.md": "Anouk", f"verhalen/{name}.md": "Anouk"}
    assert copied_from(f"verhalen/{name}.md", titles) == "verhalen/anouk.md"


@pytest.mark.parametrize("name", COPIES)
def test_another_title_or_no_original_is_a_page_of_its_own(name: str) -> None:
    assert copied_from(f"{name}.md", {"anouk.md": "Anouk", f"{name}.md": "Anouk en de lift"}) == ""
    assert copied_from(f"{name}.md", {f"{name}.md": "Anouk"}) == ""


@pytest.mark.parametrize("name", OWN)
def test_a_page_of_its_own(name: str) -> None:
    titles = dict.fromkeys((*(f"{own}.md" for own in OWN), "brief.md"), "Anouk")
    assert copied_from(f"{name}.md", titles) == ""


@pytest.mark.parametrize("name", ["anouk (1)", CONFLICTS[0]])
def test_a_copy_is_not_published(campaign: Campaign, name: str) -> None:
    campaign.build().fine()
    before = campaign.tree()
    copy = campaign.read("content/verhalen/anouk.md").replace("gaat een deur open", "gaat iets open")
    campaign.write(f"content/verhalen/{name}.md", copy)
    problem = campaign.build().only()
    assert (problem["path"], problem["line"]) == (f"content/verhalen/{name}.md", 2)
    assert problem["severity"] == "warning"
    assert problem["message"] == "left out: this seems to be a copy of 'verhalen/anouk.md'"
    assert campaign.tree() == before


def test_a_withdrawal_in_a_copy_counts(campaign: Campaign) -> None:
    text = campaign.read("content/verhalen/anouk.md").replace("status: valid", "status: withdrawn")
    campaign.write(f"content/verhalen/{CONFLICTS[0]}.md", text)
    report = campaign.build()
    assert report.status == 0, report.said
    assert not campaign.shows("gaat een deur open")


def test_a_copy_of_a_national_page_at_a_member(campaign: Campaign) -> None:
    campaign.write(f"brands/{sites.BRAND}/content/contact (1).md", campaign.read("content/contact.md"))
    assert "left out" in campaign.build().only()["message"]
