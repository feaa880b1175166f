"""Who withdrew is named in another text: that is for its writer to decide, so it is told, with the line."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from helpers import sites
from helpers.sites import Campaign, Report, consent, page, story
from microsite.site.people import mentions

HER = "content/verhalen/zij.md"
NAME = "Fatima el Idrissi"
NEWS = "date: 2026-06-01\n"
HERE, THERE = "content/nieuws/start.md", "brands/lid/content/nieuws/feest.md"


def withdraw(campaign: Campaign, name: str = NAME, extra: str = "", **changes: str | None) -> None:
    """The story of somebody who withdrew."""
    agreed = consent(**{"ref": "C-91", "status": "withdrawn", **changes})
    organisation = f"person: {{name: {name}, municipality: Zandhage, organisation: Buurthuis De Kreek}}"
    text = story(name=name, agreed=agreed, extra=extra)
    campaign.write(HER, text.replace(f"person: {{name: {name}, municipality: Zandhage}}", organisation))


def told(report: Report) -> list[dict[str, Any]]:
    return [p for p in report.data["problems"] if p["message"].startswith("this names somebody")]


def places(report: Report) -> list[tuple[str, int]]:
    assert {p["severity"] for p in told(report)} <= {"warning"}
    return [(p["path"], p["line"]) for p in told(report)]


PLACES = {
    "news": (HERE, page(body="Een zin.\n\nOok Fatima el Idrissi was er.", extra=NEWS), 8),
    "over two lines": (HERE, page(body="Ook Fatima\nel Idrissi was er.", extra=NEWS), 6),
    "a summary": (HERE, page(summary="Met Fatima el Idrissi.", extra=NEWS), 3),
    "an alt text": (HERE, page(body="![Fatima el Idrissi lacht](../verhalen/anouk.svg)", extra=NEWS), 6),
    "marked up": (HERE, page(body="Ook **Fatima** el _Idrissi_.", extra=NEWS), 6),
    "of her": (HERE, page(body="Dit is Fatima el Idrissi's deur.", extra=NEWS), 6),
    "of her, with a curl": (HERE, page(body="Fatima el Idrissi\u2019s deur.", extra=NEWS), 6),
    "another story": ("content/verhalen/cor.md", story(agreed=consent(ref="C-13"), quote=f"Dank {NAME}"), 8),
    "subtitles": ("content/film.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nFatima el Idrissi: dag\n", 4),
    "settings of the campaign": (
        "content/site.yaml",
        f"{sites.SITE}roles:\n  client: Zoals {NAME}\n",
        sites.SITE.count("\n") + 2,
    ),
    "a member's news": (THERE, page(body=f"Met {NAME}.", extra=NEWS), 6),
    "a member's contact": ("brands/lid/brand.yaml", f"contact: {{name: {NAME}, email: a@b.nl}}\n", 4),
    "the name of a file": ("content/fatima-el-idrissi.svg", sites.drawing(9), 0),
    "the name of a page": ("content/nieuws/fatima-el-idrissi.md", page(extra=NEWS), 0),
}


@pytest.mark.parametrize("case", PLACES)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_name_in_another_text_is_told_with_its_line(campaign: Campaign, case: str, command: str) -> None:
    path, text, line = PLACES[case]
    campaign.add_member("lid")
    campaign.write(path, campaign.read(path) + text if path.endswith("brand.yaml") else text)
    withdraw(campaign)
    report = campaign.run(command, "--all")
    assert report.status == 0, report.said
    assert places(report) == [(path, line)]
    assert NAME not in str(told(report))
    assert "content/verhalen/zij.md" in told(report)[0]["message"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("there", ["Zoë Açık", "Zoe Acık"])
def test_accents_are_no_other_name(campaign: Campaign, form: Any, there: str) -> None:
    withdraw(campaign, unicodedata.normalize(form, "Zoë Açık"))
    campaign.write(HERE, page(body=f"Met {there}.", extra=NEWS))
    assert places(campaign.build()) == [(HERE, 6)]


HONEST = {
    "a first name": "Fatima bakte wafels.",
    "a part of a word": "De Fatimakerk en mevrouw Idrissi.",
    "in other sentences": "Dat is Fatima.\n\nEl Idrissi is een straat.",
    "a link to where the story was": "[Haar verhaal](../verhalen/zij.md)",
}


@pytest.mark.parametrize("body", HONEST.values(), ids=HONEST)
def test_what_may_be_anybody_is_not_told(campaign: Campaign, body: str) -> None:
    withdraw(campaign)
    campaign.write(HERE, page(body=body, extra=NEWS))
    assert places(campaign.build()) == []


FIRST_NAMES = {
    "with the municipality": ("Noor", "In Zandhage woont Noor, zij bakt.", True),
    "with the organisation": ("Noor", "Wat Noors collega’s van buurthuis De\nKreek zeggen.", True),
    "of her": ("Noor", "In Zandhage staat Noor's deur open.", True),
    "at the beginning": ("Noor", "Noor woont in Zandhage.", True),
    "in another paragraph": ("Noor", "Wij zijn in Zandhage.\n\nNoor bakt.", False),
    "elsewhere": ("Noor", "Noor bakt in Waterwijk.", False),
    "without a capital": ("Wil", "Wat wil Zandhage?", False),
    "a word at the beginning": ("Wil", "Ik wil dat. Wil je ook naar Zandhage?", False),
    "in the middle": ("Wil", "Ik wil dat. In Zandhage zei Wil dat ook.", True),
    "another word": ("Noor", "Noord-Zandhage en de Noordzee.", False),
    "another name": ("Jan", "Janneke en Jan-Willemijn uit Zandhage.", False),
    "an initial": ("N.", "N. uit Zandhage.", False),
    "a compound": ("Jan", "De Klein-Jan en Jan-Willem uit Zandhage.", False),
    "words": ("de buurvrouw", "De buurvrouw uit Zandhage en de buurvrouw.", False),
}


@pytest.mark.parametrize("case", FIRST_NAMES)
def test_a_first_name_counts_beside_a_place_or_work(campaign: Campaign, case: str) -> None:
    name, body, is_told = FIRST_NAMES[case]
    withdraw(campaign, name)
    campaign.write(HERE, page(body=body, extra=NEWS))
    assert places(campaign.build()) == ([(HERE, 6)] if is_told else [])


def test_a_name_of_somebody_else_is_written_at_may_be_public(campaign: Campaign) -> None:
    withdraw(campaign)
    campaign.write(HERE, page(body=f"Met {NAME}.", extra=f"{NEWS}may_be_public: [{NAME}]\n"))
    assert places(campaign.build()) == []


def test_who_is_shown_with_a_consent_may_be_named(campaign: Campaign) -> None:
    withdraw(campaign)
    campaign.write(HERE, page(body=f"Met {NAME}.", extra=NEWS))
    campaign.write("content/verhalen/cor.md", story("Anders", name=NAME, agreed=consent(ref="C-13")))
    assert places(campaign.build()) == []


@pytest.mark.parametrize(
    "changes", [{"extra": "fictional: true\n"}, {"status": "valid"}, {"status": "pending"}], ids=str
)
def test_nobody_withdrew(campaign: Campaign, changes: dict[str, str]) -> None:
    withdraw(campaign, **changes)
    campaign.write(HERE, page(body=f"Met {NAME}.", extra=NEWS))
    assert places(campaign.build()) == []


def test_a_name_is_known_from_a_file_with_a_slip_too(campaign: Campaign) -> None:
    withdraw(campaign)
    campaign.edit(HER, "role: client", "role client")
    campaign.write(HERE, page(body=f"Met {NAME}.", extra=NEWS))
    assert places(campaign.build()) == [(HERE, 6)]


def test_a_consent_that_ended_is_told_as_that(campaign: Campaign) -> None:
    withdraw(campaign, status="valid", expires_on="2026-11-01")
    campaign.write(HERE, page(body=f"Met {NAME}.", extra=NEWS))
    (problem,) = told(campaign.build())
    assert problem["message"] == f"this names somebody whose consent for {HER} has ended"


def test_of_several_people_only_who_withdrew_is_looked_for(campaign: Campaign) -> None:
    people = "".join(
        f"  - {{name: {name}, consent: {{{consent(ref=ref, status=status)}}}}}\n"
        for name, ref, status in ((NAME, "C-91", "withdrawn"), ("Hendrikje Bos", "C-92", "valid"))
    )
    campaign.write("content/nieuws/samen.md", page(extra=f"{NEWS}people:\n{people}"))
    campaign.write(HERE, page(body=f"Met {NAME}.\n\nMet Hendrikje Bos.", extra=NEWS))
    assert places(campaign.build()) == [(HERE, 6)]


def test_a_member_s_own_person_is_looked_for_in_its_own_texts(campaign: Campaign) -> None:
    campaign.add_member("lid")
    withdraw(campaign)
    campaign.write("brands/lid/content/verhalen/zij.md", campaign.read(HER))
    campaign.remove(HER)
    campaign.write(THERE, page(body=f"Met {NAME}.", extra=NEWS))
    campaign.write(HERE, page(body=f"Met {NAME}.", extra=NEWS))
    assert places(campaign.build("--all")) == [(THERE, 6)]


@pytest.mark.parametrize("harm", ["strict", "an error"])
def test_the_warning_does_not_hold_up_the_withdrawal(
    campaign: Campaign, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    withdraw(campaign, status="valid")
    campaign.write(HERE, page(body=f"Met {NAME}.", extra=NEWS))
    campaign.build().fine()
    assert campaign.shows("verhalen/zij.html")
    withdraw(campaign)
    if harm == "an error":
        monkeypatch.setattr(mentions, "_text", fail)
    report = campaign.build(*(["--strict"] if harm == "strict" else []))
    assert not campaign.shows("verhalen/zij.html")
    if harm == "an error":
        assert report.status == 0
        assert "could not be looked for: RecursionError" in report.said
