"""Who writes a text that is too long for material hears of it, and nobody else."""

from __future__ import annotations

import pytest

from helpers.sites import BAS, Campaign, consent, story

SAID = "too long for"
AGREED = consent(ref="C-77", scope="[web, social, print]")


def told(campaign: Campaign, *more: str) -> list[str]:
    report = campaign.run("check", "--material", "all", *more)
    assert report.status == 0, report.said
    return [line for line in report.said.splitlines() if SAID in line]


def bas(letters: int) -> str:
    return story("Bas leest", name="Bas", agreed=AGREED, quote=("deur " * 400)[:letters].strip() + ".")


@pytest.mark.parametrize(
    ("letters", "kinds"),
    [(200, ()), (400, ("the",)), (600, ("the", "poster")), (1000, ("the", "card", "poster"))],
)
def test_what_there_is_none_of_is_told_at_the_text(
    campaign: Campaign, letters: int, kinds: tuple[str, ...]
) -> None:
    campaign.write(BAS, bas(letters))
    line = next(i for i, words in enumerate(bas(letters).splitlines(), 1) if words.startswith("quote:"))
    lines = told(campaign)
    assert [words.partition(":15: notice: ")[0] for words in lines] == [f"{BAS}:{line}"] * len(kinds)
    said = [words.partition(SAID)[2].removeprefix(" a").split()[0].rstrip(":") for words in lines]
    assert sorted(said) == sorted(kinds)


def test_a_member_hears_of_its_own_texts_only(campaign: Campaign) -> None:
    campaign.write(BAS, bas(1000))
    campaign.add_member("lid")
    assert told(campaign, "--brand", "lid") == []
    own = "brands/lid/content/verhalen/eigen.md"
    campaign.write(own, bas(1000).replace("C-77", "C-78").replace("Bas leest", "Bas schrijft"))
    assert {line.partition(":")[0] for line in told(campaign, "--brand", "lid")} == {own}


def test_what_somebody_did_not_agree_to_is_not_too_long(campaign: Campaign) -> None:
    campaign.write(BAS, bas(1000).replace("[web, social, print]", "[web]"))
    assert told(campaign) == []
