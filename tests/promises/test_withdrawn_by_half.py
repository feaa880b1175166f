"""Slips with which a person was taken off one page and stayed on another, or stayed by another slip."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers import sites
from helpers.people import NAME, personal, traces
from helpers.sites import Campaign, consent, page, shows, story

ONE, TWO = "content/verhalen/een.md", "content/verhalen/twee.md"
OWN = "brands/lid/content/verhalen"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """Somebody on two national pages with one consent, and a member."""
    made = sites.campaign(tmp_path / "p", {ONE: personal(story())})
    made.add_member("lid", contact="{email: lid@voorbeeld.example}")
    return made


@pytest.mark.parametrize(
    ("there", "here"),
    {
        "in Dutch": ("C-1", "status: ingetrokken"),
        "in Dutch, otherwise": ("C-1", "status: Teruggetrokken"),
        "no space": ("C-1", "status:withdrawn"),
        "a dash of Word's": ("C\u20131", "status: withdrawn"),
        "a hyphen that does not break": ("C\u20111", "status: withdrawn"),
        "a sign without width": ("C-1\u200b", "status: withdrawn"),
    }.values(),
)
def test_a_slip_leaves_nobody_on_the_other_page(campaign: Campaign, there: str, here: str) -> None:
    campaign.write(TWO, personal(story("Nog een keer", agreed=consent(ref=there))))
    assert campaign.build("--all").status == 0
    assert campaign.shows("verhalen/twee.html")
    campaign.edit(ONE, "status: valid", here)
    report = campaign.build("--all")
    assert report.status == 0, report.said
    assert traces(campaign, report) == []


@pytest.mark.parametrize("status", ["getekend", "ingediend", "toegestaan"])
def test_another_word_is_no_withdrawal(campaign: Campaign, status: str) -> None:
    campaign.write(TWO, personal(story("Nog een keer")))
    campaign.edit(ONE, "status: valid", f"status: {status}")
    report = campaign.build()
    assert "the consent is not clear" in "".join(report.problems)
    assert campaign.shows("verhalen/twee.html")


def test_what_a_member_notes_holds_for_all_its_own_pages(campaign: Campaign) -> None:
    """Its numbers are its own: a national page with the same number stays."""
    campaign.remove(ONE)
    for name in ("een", "twee"):
        campaign.write(f"{OWN}/{name}.md", personal(story(f"Eigen {name}", agreed=consent(ref="C-11"))))
    assert campaign.build("--all").status == 0
    campaign.edit(f"{OWN}/een.md", "status: valid", "status: withdrawn")
    report = campaign.build("--all")
    assert report.status == 0, report.said
    assert traces(campaign, report) == []
    assert shows(campaign.output / "lid", "verhalen/anouk.html")


@pytest.mark.parametrize("ref", ["ref: C-1, ", ""])
def test_a_withdrawal_in_a_translation_is_one(campaign: Campaign, ref: str) -> None:
    translated = ONE.replace(".md", ".en.md")
    campaign.write(translated, page("A door", "Het kelderluik."))
    assert campaign.build("--all").status == 0
    campaign.edit(translated, "title:", f"consent: {{{ref}status: withdrawn}}\ntitle:")
    report = campaign.build("--all")
    assert report.status == 0, report.said
    assert any("een.en.md:2:1: warning: a translation takes 'consent'" in p for p in report.problems)
    assert traces(campaign, report) == []


def test_a_withdrawal_in_a_member_s_change_takes_the_page_off_its_site(campaign: Campaign) -> None:
    campaign.write(TWO, personal(story("Nog een keer")))
    assert campaign.build("--all").status == 0
    campaign.write(f"{OWN}/een.md", "---\nconsent: {status: withdrawn}\n---\n")
    report = campaign.build("--all")
    assert report.status == 0, report.said
    (told,) = (p for p in report.data["problems"] if p["severity"] == "warning")
    assert (told["path"], told["line"]) == (f"{OWN}/een.md", 2)
    assert "this site leaves it out, others do not" in told["message"]
    assert "tell the campaign team today" in told["hint"]
    assert not [path for path, data in sites.tree(campaign.output / "lid").items() if NAME.encode() in data]
    assert campaign.shows("verhalen/een.html")


@pytest.mark.parametrize("left", ["", "\n", "\ufeff \r\n"])
def test_a_file_that_is_emptied_keeps_nobody(campaign: Campaign, left: str) -> None:
    assert campaign.build("--all").status == 0
    campaign.write(ONE, left)
    report = campaign.build("--all")
    assert all(brand["reduced"] for brand in report.data["brands"].values())
    assert traces(campaign, report) == []


@pytest.mark.parametrize("where", [ONE, f"{OWN}/een.md"])
def test_a_consent_ends_in_a_file_with_a_slip_too(campaign: Campaign, where: str) -> None:
    campaign.remove(ONE)
    campaign.write(where, personal(story(agreed=consent(expires_on="2026-12-01"))))
    assert campaign.build("--all").status == 0
    campaign.edit(where, "role: client", "rol: client")
    report = campaign.build("--all")
    assert not any(brand["reduced"] for brand in report.data["brands"].values()), "no alarm before that day"
    report = campaign.build("--all", day="2026-12-01")
    assert traces(campaign, report) == []


def test_a_page_that_is_deleted_has_not_moved_to_one_that_was_there(campaign: Campaign) -> None:
    campaign.write("content/nieuws/ander.md", page("Ander", "Iets anders.", NEWS))
    assert campaign.build("--all").status == 0
    campaign.remove(ONE)
    campaign.edit("content/nieuws/start.md", "title:", "titel:")
    report = campaign.build("--all")
    assert all(brand["reduced"] for brand in report.data["brands"].values())
    assert not (campaign.site / "verhalen/een.html").exists()


NEWS = f"date: 2026-06-01\npeople:\n  - consent: {{{consent()}}}\n"


@pytest.mark.parametrize("megabytes", [2, 3])
def test_a_withdrawal_in_a_file_that_became_too_large_is_one(campaign: Campaign, megabytes: int) -> None:
    campaign.write(TWO, personal(story("Nog een keer")))
    assert campaign.build("--all").status == 0
    campaign.edit(ONE, "status: valid", "status: withdrawn")
    campaign.write(ONE, f"{campaign.read(ONE)}![x](data:image/png;base64,{'A' * (megabytes << 20)})\n")
    report = campaign.build("--all")
    assert report.status == 0, report.said
    (told,) = (p for p in report.problems if f"{ONE}:0:0: warning" in p)
    assert f"is {megabytes},1 MB; at most 1 MB is taken" in told
    assert traces(campaign, report) == []


@pytest.mark.parametrize("name", ["lid (1)", "Lid", "kopie van lid"])
def test_a_copy_of_a_site_with_somebody_is_urgent(campaign: Campaign, name: str) -> None:
    assert campaign.build("--all").status == 0
    shutil.copytree(campaign.output / "lid", campaign.output / name)
    campaign.edit(ONE, "status: valid", "status: withdrawn")
    report = campaign.build("--all")
    first = next(p for p in report.data["problems"] if p["severity"] == "error")
    assert first["path"].endswith(f"output/{name}")
    assert first["message"].startswith("URGENT")


def test_a_file_goes_from_other_pages_that_was_linked_by_a_label(campaign: Campaign) -> None:
    files = {ONE.replace("een.md", "brief.pdf"): PDF, "content/nieuws/haal.pdf": PDF}
    for path, data in files.items():
        campaign.write(path, data)
    campaign.write(ONE, personal(story(body="Het kelderluik, [meer][b].\n\n[b]: brief.pdf")))
    campaign.write("content/nieuws/haal.md", page("Haal", "[Haal op](haal.pdf)", "date: 2026-06-01\n"))
    assert campaign.build().status == 0
    assert PDF in campaign.tree().values()
    campaign.edit(ONE, "status: valid", "status: withdrawn")
    assert campaign.build().status == 0
    assert PDF not in campaign.everything().values()


def test_a_portrait_as_a_logo_is_told(campaign: Campaign) -> None:
    photo = sites.jpeg()
    campaign.write(ONE, personal(story(extra=PICTURES["beside a slip"][2])))
    campaign.write("content/verhalen/portret1.jpg", photo)
    campaign.write("brands/lid/team.jpg", photo)
    campaign.edit("brands/lid/brand.yaml", "logo.svg", "team.jpg")
    assert campaign.build("--all").status == 0
    campaign.edit(ONE, "status: valid", "status: withdrawn")
    report = campaign.build("--all")
    told = "brands/lid/team.jpg:0:0: warning: this file is of somebody who withdrew the consent"
    assert told in report.problems
    assert not shows(campaign.output / "lid", "verhalen/een.html")


PDF = b"%PDF-1.4\n%%EOF\n"

PICTURES = {
    "by a label": ("portret1.jpg", '![Iemand][foto]\n\n[foto]: portret1.jpg "Foto: J. de Wit"', ""),
    "with brackets in its name": ("foto(1).jpg", '![Iemand](foto(1).jpg "Foto: J. de Wit")', ""),
    "with a space in its name": ("mooie foto.jpg", '![Iemand](<mooie foto.jpg> "Foto: J. de Wit")', ""),
    "beside a slip": ("portret1.jpg", "", 'image: {src: portret1.jpg, alt: Ik, credit: "Foto: J. de Wit"}\n'),
}


@pytest.mark.parametrize("how", PICTURES)
def test_the_picture_goes_from_other_pages_however_it_was_embedded(campaign: Campaign, how: str) -> None:
    name, body, extra = PICTURES[how]
    photo = sites.jpeg()
    campaign.write(ONE, personal(story(body=f"Het kelderluik.\n\n{body}", extra=extra)))
    for path in (f"content/verhalen/{name}", "content/nieuws/kiek.jpg"):
        campaign.write(path, photo)
    campaign.write(
        "content/nieuws/kiek.md", page("Kiek", '![Een](kiek.jpg "Foto: J. de Wit")', "date: 2026-06-01\n")
    )
    assert campaign.build().status == 0
    assert "kiek-" in campaign.shown("nieuws/kiek.html")
    slip = "status: valid, status: withdrawn" if extra else "status: withdrawn"
    campaign.edit(ONE, "status: valid", slip)
    assert campaign.build().status == 0
    assert "kiek-" not in campaign.shown("nieuws/kiek.html")
    assert not [path for path in campaign.everything() if path.endswith((".jpg", ".avif"))]


@pytest.mark.parametrize(
    ("off", "on"),
    [("draft: true", "draft: false"), ("expires_on: 2026-11-01", "expires_on: 2030-01-01")],
)
def test_a_member_does_not_show_again_who_is_taken_off_nationally(
    campaign: Campaign, off: str, on: str
) -> None:
    campaign.write(f"{OWN}/een.md", f"---\n{on}\n---\n")
    assert campaign.build("--all").status == 0
    assert shows(campaign.output / "lid", "verhalen/een.html")
    campaign.edit(ONE, "role: client", f"role: client\n{off}")
    report = campaign.build("--all")
    assert report.status == 0, report.said
    assert not shows(campaign.output / "lid", "verhalen/een.html")
    key = on.partition(":")[0]
    assert f"{OWN}/een.md:2:1: warning: '{key}' of a national page stays as it is" in report.problems


def test_a_file_that_is_refused_stands_for_no_other(campaign: Campaign) -> None:
    """``con`` cannot be on Windows; that says nothing of connie.md, which begins with it."""
    campaign.write("content/verhalen/connie.md", campaign.read(ONE))
    campaign.remove(ONE)
    assert campaign.build("--all").status == 0
    campaign.remove("content/verhalen/connie.md")
    campaign.write("content/verhalen/con", "?")
    assert all(brand["reduced"] for brand in campaign.build("--all").data["brands"].values())
    assert not campaign.shows("verhalen/connie.html")
