"""A reference that is nearly that of somebody of the same name who withdrew: told, with the line."""

from __future__ import annotations

import pytest

from helpers.sites import Campaign, consent, story

NAME = "Fatima el Idrissi"
SECOND = "content/verhalen/weer.md"
OTHER_WORDS = "De straat was leeg."


def told(campaign: Campaign, ref: str, name: str) -> list[tuple[str, str]]:
    campaign.write(
        "content/verhalen/zij.md", story(name=NAME, agreed=consent(ref="C-77", status="withdrawn"))
    )
    campaign.write(SECOND, story("Nog eens", name=name, body=OTHER_WORDS, agreed=consent(ref=ref)))
    report = campaign.build()
    assert report.status == 0, report.said
    return [
        (p["path"], p["severity"])
        for p in report.data["problems"]
        if "nearly the reference C-77" in p["message"]
    ]


@pytest.mark.parametrize("ref", ["C_77", "C-0077", "C77", "c.77", "C/77"])
def test_it_is_told(campaign: Campaign, ref: str) -> None:
    assert told(campaign, ref, NAME) == [(SECOND, "warning")]


@pytest.mark.parametrize(
    ("ref", "name"),
    [("C_77", "Dunya Smit"), ("C-770", NAME), ("C-7-7", NAME), ("D-77", NAME), ("C-77b", NAME)],
)
def test_another_number_or_name_is_another_consent(campaign: Campaign, ref: str, name: str) -> None:
    assert told(campaign, ref, name) == []
