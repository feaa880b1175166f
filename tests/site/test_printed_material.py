"""Posters: of whom they are made, and when."""

from __future__ import annotations

import re

import pytest

from helpers.material import keys, planned
from helpers.sites import ANOUK, BAS, BRAND, OWN, Campaign, consent, page, story

PRINT = consent(scope="[web, print]")
POSTERS = ("poster-a3-drukwerk.pdf", "poster-a3.pdf", "poster-a4.pdf")


def posters(campaign: Campaign, name: str = "") -> list[str]:
    return sorted(path for path in planned(campaign) if "-poster-" in path and name in path)


@pytest.fixture
def campaign(campaign: Campaign) -> Campaign:
    campaign.edit(ANOUK, "scope: [web, social]", "scope: [web, print]")
    return campaign


def test_a_story_has_posters_of_each_size(campaign: Campaign) -> None:
    assert posters(campaign, "anouk") == [f"verhalen/anouk-{end}" for end in POSTERS]


@pytest.mark.parametrize("scope", ["[web]", "[web, social, press]"])
def test_who_did_not_agree_to_print_is_on_none(campaign: Campaign, scope: str) -> None:
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=consent(scope=scope)))
    assert posters(campaign, "bas") == []
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=PRINT))
    assert len(posters(campaign, "bas")) == len(POSTERS)


def test_only_the_posters_of_the_changed_quote_change(campaign: Campaign) -> None:
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=PRINT))
    before = keys(planned(campaign, materials=("print",)))
    campaign.edit(ANOUK, "de enige was", "alleen was")
    after = keys(planned(campaign, materials=("print",)))
    assert {path for path in after if after[path] != before[path]} == set(posters(campaign, "anouk"))


def test_a_brand_can_do_without(campaign: Campaign) -> None:
    campaign.write(OWN, f"{campaign.read(OWN)}materials: [share]\n")
    assert [path for path in planned(campaign, materials=None) if path.endswith(".pdf")] == []


def test_what_no_font_can_set_is_on_none(campaign: Campaign) -> None:
    campaign.edit(ANOUK, "Ik dacht dat ik de enige was.", "Привет, сосед")
    assert posters(campaign, "anouk") == []


EVIDENCE = page("De deuren", extra="facts: [deuren]\nclaim: Open.\nmethod: Geteld.\ncaveat: Eén flat.\n")
OWN_FACTS = f"brands/{BRAND}/content/feiten.yaml"


def own_fact(campaign: Campaign, beside: str) -> str:
    """The national fact on doors, once more, as a member's own that stands beside that one."""
    facts = campaign.read("content/feiten.yaml")
    doors = re.search(r"^deuren:\n(?: .*\n)+", facts, re.M)
    assert doors is not None
    own = doors[0].replace("deuren:", "onze-deuren:", 1).replace("64 deuren", "9 deuren")
    return f"{own}  beside: {beside}\n"


def test_a_figure_has_a_poster_and_stands_on_the_sheet_of_all(campaign: Campaign) -> None:
    campaign.write("content/bewijs/deuren.md", EVIDENCE)
    found = planned(campaign, materials=("print",))
    assert "bewijs/deuren-cijfer-a3.pdf" in found
    assert "64 deuren" in str(found["infographic-a3.pdf"].inputs)


def test_a_member_s_own_figure_stands_beside_the_national_one(campaign: Campaign) -> None:
    campaign.write("content/bewijs/deuren.md", EVIDENCE)
    campaign.write(OWN_FACTS, own_fact(campaign, "deuren"))
    found = planned(campaign, materials=("print",))
    for path in ("bewijs/deuren-cijfer-a4.pdf", "infographic-a3.pdf"):
        assert "9 deuren" in str(found[path].inputs), path


def test_a_figure_beside_one_that_is_not_there_is_an_error_with_its_line(campaign: Campaign) -> None:
    campaign.write(OWN_FACTS, own_fact(campaign, "duren"))
    report = campaign.build()
    line = len(campaign.read(OWN_FACTS).splitlines())
    assert any(problem.startswith(f"{OWN_FACTS}:{line}:") for problem in report.problems), report.problems


WINNER = "date: 2026-06-01\naward: municipality\nyear: 2026\nstatus: winner\nmunicipality: Zandhage\n"


def test_a_winner_has_a_certificate_and_the_jury_a_form(campaign: Campaign) -> None:
    campaign.write("content/goud/zandhage.md", page("De muur ging weg", extra=WINNER))
    campaign.write(
        "content/site.yaml", f"{campaign.read('content/site.yaml')}criteria: {{nieuw: Is het nieuw?}}\n"
    )
    found = planned(campaign, materials=("print",))
    assert "goud/zandhage-oorkonde-a4.pdf" in found
    assert "Is het nieuw?" in str(found["goud/juryformulier-a4.pdf"].inputs)
    campaign.write("content/goud/zandhage.md", page("De muur", extra=WINNER.replace("winner", "nominee")))
    assert "goud/zandhage-oorkonde-a4.pdf" not in planned(campaign, materials=("print",))


def test_a_flyer_says_what_you_can_do(campaign: Campaign) -> None:
    campaign.write("content/doe-mee.md", page("Doe mee"))
    steps = "story_steps: [{title: Aan de slag, page: doe-mee.md}]\n"
    campaign.write("content/site.yaml", campaign.read("content/site.yaml") + steps)
    assert "Aan de slag" in str(planned(campaign)["verhalen/anouk-flyer-a5.pdf"].inputs)


AWARDS = {
    "municipality": ("municipality: Zandhage\n", "Deze gemeente bestaat niet"),
    "person": ("person: {name: Ria, municipality: Zandhage}\n", "Deze persoon bestaat niet"),
    "place": ("municipality: Zandhage\n", "Deze plek bestaat niet"),
}


@pytest.mark.parametrize("award", AWARDS)
def test_a_made_up_winner_is_said_to_be_so_by_what_it_is(campaign: Campaign, award: str) -> None:
    more, said = AWARDS[award]
    front = f"date: 2026-06-01\naward: {award}\nyear: 2026\nstatus: winner\nfictional: true\n{more}"
    campaign.write("content/goud/winnaar.md", page("De muur ging weg", extra=front))
    found = planned(campaign, materials=("print",))
    view = dict(found["goud/winnaar-oorkonde-a4.pdf"].inputs)["view"]
    assert view.remark == said
    assert "goud/winnaar-oorkonde-a4-drukwerk.pdf" in found


def test_a_sheet_is_dated_by_its_page(campaign: Campaign) -> None:
    campaign.edit(ANOUK, "date: 2026-05-01\n", "date: 2026-05-01\nupdated: 2026-05-09\n")
    found = planned(campaign, materials=("print",))
    assert str(dict(found["verhalen/anouk-poster-a4.pdf"].inputs)["changed"]) == "2026-05-09"
