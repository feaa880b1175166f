"""The evidence of the campaign: what is not printed, what is told apart, and what has to expire."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from microsite.core.settings import ENGINE_ROOT

CONTENT = ENGINE_ROOT / "content"
EVIDENCE = CONTENT / "bewijs"
REGISTER = CONTENT / "feiten.yaml"
FACTS = yaml.safe_load(REGISTER.read_text("utf-8"))
TEXTS = [REGISTER, *CONTENT.rglob("*.md"), *(ENGINE_ROOT / "brands").rglob("*.md")]
NOT_PRINTED = {
    "the four neighbourhoods of 2023: no amount was readable": r"Cigarbox|dubbel en dwars",
    "the cost of loneliness before correction for health": r"2 miljard",
    "care workers that would not be needed: no basis found": r"40\.000",
    "households with debts, which others call people": r"72[06]\.000|730\.000",
    "social workers: an old round number of the campaign": r"meer dan 50\.000",
    "savings without a source": r"bespaar\w* [^.]*jaarlijks miljoenen",
    "fewer visits to the GP here: never counted": r"(procent|%) minder (vaak )?naar de huisarts",
    "the youth work cohort has no comparison group": r"effectonderzoek toont aan",
    "half a grade in one subject is not half a Dutch mark": r"half punt",
}
AGEING = re.compile(r"sociaal-werkers|tekort-|minder-|armoede-|schulden-|schoolverlaters")


def paragraphs() -> Iterator[tuple[Path, str]]:
    """The paragraphs, list items and boxes of all texts of the campaign, without front matter."""
    for path in CONTENT.rglob("*.md"):
        body = path.read_text("utf-8").split("\n---\n", 1)[-1]
        yield from ((path, block) for block in re.split(r"\n{2,}|\n(?=- )", body))


@pytest.mark.parametrize("reason", NOT_PRINTED)
def test_what_could_not_be_verified_is_printed_nowhere(reason: str) -> None:
    found = [path for path in TEXTS if re.search(NOT_PRINTED[reason], path.read_text("utf-8"), re.I)]
    assert found == [], reason


def test_leaving_school_and_youth_work_are_never_told_in_one_breath() -> None:
    """That youth work keeps pupils in school was not found: side by side the two figures would say so."""
    told = [block for _, block in paragraphs() if "feit:schoolverlaters" in block]
    assert told
    assert [block for block in told if re.search(r"feit:jongeren|jongerenwerk", block)] == []


def test_what_happened_in_london_says_so_each_time() -> None:
    told = [block for _, block in paragraphs() if "feit:jongerenclubs-" in block]
    assert len(told) > 2
    assert [block for block in told if "Londen" not in block] == []
    assert all("Londen" in FACTS[id]["label"] for id in FACTS if id.startswith("jongerenclubs-"))


def test_figures_that_age_have_a_last_day() -> None:
    ageing = [id for id in FACTS if AGEING.match(id)]
    assert len(ageing) > 8
    assert [id for id in ageing if "valid_until" not in FACTS[id]] == []


def test_what_was_read_only_now_is_not_said_to_be_of_now() -> None:
    """A figure without a date is of no year that we know: it was read this year."""
    undated = [id for id, fact in FACTS.items() if fact.get("undated")]
    assert {"homestart-gezinnen", "recept-newcastle", "tekort-2033", "rekenkamer-regels"} <= set(undated)
    read = [id for id, fact in FACTS.items() if str(fact["as_of"]).startswith("2026-11")]
    assert read == [id for id in FACTS if id in undated]


def test_the_overview_says_how_much_there_is_and_how_strong() -> None:
    overview = (EVIDENCE / "index.md").read_text("utf-8")
    pieces = [path for path in EVIDENCE.glob("*.md") if path.stem != "index"]
    assert len(pieces) == 13
    assert "Dertien stukken" in overview
    assert "Een 5 staat er op dit moment niet bij." in overview
    assert [id for id, fact in FACTS.items() if fact.get("strength") == 5] == []
    assert [path for path in pieces if re.search(r"^strength: 5", path.read_text("utf-8"), re.M)] == []


@pytest.mark.parametrize(
    ("sheet", "official", "ours"),
    [
        ("impactkaart", "https://www.sociaalwerk-werkt.nl/", "rekenhulp.md"),
        ("kpi-model", "https://www.sociaalwerknederland.nl/", "indicatoren.md"),
        ("effectencalculator", "https://instrumentwijzer.nl/", "werkblad.md"),
    ],
)
def test_a_sheet_for_an_official_tool_leads_to_it_and_claims_no_likeness(
    sheet: str, official: str, ours: str
) -> None:
    """Ours stands beside the official one; that both give the same was never shown."""
    told = (CONTENT / "toolkit" / f"{sheet}-voorbereiden.md").read_text("utf-8")
    assert official in told
    assert ours in told
    assert "is van ons en niet van de makers" in told
    assert told.count("- [ ]") >= 10
    assert re.search(r"hetzelfde als|gelijk aan|net zo goed als|vervangt", told) is None
