"""Who is deleted is gone, whatever still refers to them: a link becomes words, with a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import sites
from helpers.clips import VTT, mp4
from helpers.people import personal, traces
from helpers.sites import Campaign, consent, jpeg, page, story

THEME = "  rouw: {title: Rouw, description: Verlies.}\n"
IEMAND = "content/verhalen/iemand.md"
DUNYA = "content/ambassadeurs/dunya.md"
FILES = {
    IEMAND: personal(
        story(
            tags="rouw",
            agreed=consent(ref="C-91"),
            body="Het kelderluik ging open.\n\n## Kop\n\nTekst.",
            extra="image: {src: iemand.jpg, alt: Een gezicht, credit: J. de Wit}\n",
        )
    ),
    "content/verhalen/iemand.jpg": jpeg("purple"),
    "content/verhalen/iemand.pdf": b"%PDF-1.4 iemand\n",
    "content/verhalen/iemand.mp4": mp4(b"iemand"),
    "content/verhalen/iemand.vtt": VTT,
    "content/verhalen/iemand.txt": "Wat er gebeurt.\n",
}
"""A story with all that may stand beside it."""

REFERENCES: dict[str, tuple[str, str]] = {
    "a link in a text": ("content/contact.md", page(body="Lees [haar verhaal](verhalen/iemand.md).")),
    "a link as in a browser": (
        "content/contact.md",
        page(body="Lees [haar verhaal](/verhalen/iemand.html)."),
    ),
    "a link to a heading": ("content/contact.md", page(body="Lees [haar verhaal](verhalen/iemand.md#kop).")),
    "a link from another story": ("content/verhalen/dirk.md", story(body="Als [zij](iemand.md).")),
    "a link to a file": ("content/contact.md", page(body="Lees [haar brief](verhalen/iemand.pdf).")),
    "the lead of the first page": ("content/index.md", sites.HOME.replace("anouk.md", "iemand.md")),
    "a menu": (
        "content/site.yaml",
        sites.SITE.replace("footer_menu:\n", "footer_menu:\n  - {title: Zij, page: verhalen/iemand.md}\n"),
    ),
    "a picture": (
        "content/nieuws/start.md",
        page(body='![Zij](../verhalen/iemand.jpg "Foto: J. de Wit")', extra="date: 2026-06-01\n"),
    ),
    "a film": (
        "content/nieuws/start.md",
        page(body="![Zij](../verhalen/iemand.mp4)", extra="date: 2026-06-01\n"),
    ),
    "a translation": (
        "content/verhalen/iemand.en.md",
        "---\ntitle: A door\nsummary: A door opens.\nimage: {alt: A face}\n---\nOpen.\n",
    ),
    "the only page of a theme": ("content/contact.md", page(body="Over [rouw](themas/rouw.html).")),
}


def of_the_person(campaign: Campaign) -> list[str]:
    """What of the files is published."""
    return [path for path in campaign.tree() if "iemand" in path and not path.startswith("hosting/")]


def delete(campaign: Campaign) -> None:
    for path in FILES:
        campaign.remove(path)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("case", REFERENCES)
def test_a_reference_does_not_keep_who_is_deleted_online(campaign: Campaign, case: str, strict: bool) -> None:
    for path, content in FILES.items():
        campaign.write(path, content)
    path, referring = REFERENCES[case]
    campaign.write(path, referring)
    campaign.edit("content/site.yaml", "  meedoen:", f"{THEME}  meedoen:")
    campaign.build().fine()
    assert of_the_person(campaign)
    delete(campaign)
    report = campaign.build(*["--strict"] * strict)
    assert of_the_person(campaign) == []
    assert [problem for problem in report.data["problems"] if problem["path"] == path] != []
    if strict:
        assert report.status == 1
    else:
        assert report.status == 0, report.said
        assert {problem["severity"] for problem in report.data["problems"]} == {"warning"}
        assert traces(campaign, report) == []
        again = campaign.build()
        assert (again.status, again.written, again.problems) == (0, [], report.problems)


def test_the_posts_of_an_ambassador_who_is_deleted(campaign: Campaign) -> None:
    agreed = f"person: {{name: Dunya, municipality: Zandhage}}\nconsent: {{{consent()}}}\n"
    campaign.write(DUNYA, page("Dunya", extra=agreed))
    post = page("Een dag op zaal", extra=f"date: 2026-06-01\nconsent: {{{consent()}}}\n")
    campaign.write("content/ambassadeurs/dunya/dag.md", post)
    campaign.build().fine()
    campaign.remove(DUNYA)
    report = campaign.build()
    assert report.status == 0, report.said
    assert report.only()["severity"] == "warning"
    assert not [path for path, html in campaign.pages() if "Dunya" in html or "Een dag op zaal" in html]


def test_what_weggehaald_names_is_no_broken_link(campaign: Campaign) -> None:
    """Also where pages are seldom about people."""
    extra = f"date: 2026-06-01\nconsent: {{{consent()}}}\n"
    campaign.write("content/nieuws/zij.md", page("Zij begint", extra=extra))
    campaign.edit("content/contact.md", "Bel ", "[Zij](nieuws/zij.md) Bel ")
    campaign.build().fine()
    campaign.remove("content/nieuws/zij.md")
    listed = "pages:\n  - address: nieuws/zij.html\n    until: 2027-11-22\n"
    campaign.write("content/weggehaald.yaml", listed)
    report = campaign.build()
    assert report.status == 0, report.said
    assert report.only()["severity"] == "warning"
    assert "Zij begint" not in str(campaign.tree())


@pytest.mark.parametrize("path", ["content/nieuws/zij.md", "content/zij.md"])
def test_a_link_to_a_deleted_page_of_another_kind_keeps_nobody_online(campaign: Campaign, path: str) -> None:
    """It stays an error, which nobody wrote down as a removal, and the person goes."""
    agreed = f"date: 2026-06-01\nconsent: {{{consent()}}}\n"
    campaign.write(path, page("Zij begint", "Het kelderluik ging open.", agreed))
    campaign.edit("content/contact.md", "Bel ", f"[Zij]({path.removeprefix('content/')}) Bel ")
    campaign.build().fine()
    campaign.remove(path)
    report = campaign.build()
    assert (report.status, report.one["reduced"]) == (1, True)
    assert "there is no page or file" in report.said
    assert not [name for name, data in campaign.everything().items() if b"kelderluik" in data]
    assert "Zij Bel" in campaign.shown("contact.html")


def test_what_is_shown_does_not_depend_on_what_was(campaign: Campaign, tmp_path: Path) -> None:
    for path, content in FILES.items():
        campaign.write(path, content)
    campaign.write(*REFERENCES["a link in a text"])
    campaign.edit("content/site.yaml", "  meedoen:", f"{THEME}  meedoen:")
    campaign.build().fine()
    delete(campaign)
    campaign.build()
    assert campaign.tree() == sites.cold(campaign, tmp_path / "cold")
