"""Texts that are not in the folder or the kind of file that their authors seem to mean."""

from __future__ import annotations

import unicodedata

import pytest

from helpers.people import NAME, personal, traces
from helpers.sites import BRAND, Campaign, page, story
from microsite.content.files import in_memory
from microsite.content.kinds import SECTIONS, kind_of
from microsite.content.misplaced import misplaced, misplaced_beside
from microsite.core.problems import Problem
from microsite.core.settings import ENGINE_ROOT


def said_of(*paths: str) -> list[str]:
    layer = in_memory("national", "content", dict.fromkeys(paths, b""))
    return [f"{problem.place} {problem.severity}: {problem.message}" for problem in misplaced(layer)]


SAME = ["Verhalen", "VERHALEN", "verhalen ", " verhalen", "verhalen.", "_verhalen", "verh\u00e1len"]
SAME += ["\uff56erhalen", unicodedata.normalize("NFD", "verh\u00e1len")]


@pytest.mark.parametrize("folder", SAME)
def test_a_folder_with_the_address_of_a_kind_is_of_that_kind(folder: str) -> None:
    assert kind_of(f"{folder}/x.md").name == "story"
    assert said_of(f"{folder}/x.md") == [f"content/{folder} warning: this folder is read as 'verhalen'"]


def test_people_in_such_a_folder_are_asked_for_their_consent(campaign: Campaign) -> None:
    campaign.write("content/Verhalen/iemand.md", personal(story(agreed=None)))
    campaign.write("content/goud /iemand.md", personal(story(agreed=None)))
    report = campaign.build()
    assert report.status == 0
    assert sum("left out: there is no consent" in problem for problem in report.problems) == 2
    assert traces(campaign, report) == []


def test_its_texts_are_in_the_lists_of_that_kind(campaign: Campaign) -> None:
    campaign.write("content/Nieuws/kelder.md", page("Het kelderluik", extra="date: 2026-05-01\n"))
    campaign.write("content/Verhalen/iemand.md", personal(story()))
    assert campaign.build().status == 0
    assert "Het kelderluik" in campaign.shown("nieuws/index.html")
    assert b"Het kelderluik" in campaign.tree()["feed.xml"]
    assert NAME in campaign.shown("verhalen/index.html")


@pytest.mark.parametrize("section", SECTIONS)
def test_of_every_kind(section: str) -> None:
    assert kind_of(f"{section.title()}/x.md") is kind_of(f"{section}/x.md")
    assert said_of(f"{section}/x.md", f"{section}/index.md") == []
    for name in SECTIONS[section].near_names:
        assert f"looks like '{section}'" in "".join(said_of(f"{name}/x.md"))


@pytest.mark.parametrize(
    ("path", "folder", "section"),
    [
        ("verhaal/x.md", "verhaal", "verhalen"),
        ("Verhaal/x.md", "Verhaal", "verhalen"),
        ("verhaalen/x.md", "verhaalen", "verhalen"),
        ("verhalne/x.md", "verhalne", "verhalen"),
        ("vrhalen/x.md", "vrhalen", "verhalen"),
        ("v\u0435rhalen/x.md", "v\u0435rhalen", "verhalen"),  # a letter of Cyrillic script
        ("verhalen-2026/x.md", "verhalen-2026", "verhalen"),
        ("Kopie van verhalen/x.md", "Kopie van verhalen", "verhalen"),
        ("verhalen (1)/x.md", "verhalen (1)", "verhalen"),
        ("ambassadeur/x.md", "ambassadeur", "ambassadeurs"),
        ("brief/x.md", "brief", "brieven"),
        ("stories/x.md", "stories", "verhalen"),
        ("paginas/verhalen/x.md", "paginas/verhalen", "verhalen"),
        ("paginas/Verhalen/x.md", "paginas/Verhalen", "verhalen"),
        ("nl/verhaal/x.md", "nl/verhaal", "verhalen"),
        ("content/brieven/a/1.md", "content/brieven", "brieven"),
    ],
)
def test_a_folder_that_is_nearly_one_is_told(path: str, folder: str, section: str) -> None:
    (said,) = said_of(path, path.replace(".md", "y.md"))
    assert said.startswith(f"content/{folder} warning: ")
    assert f"'{section}'" in said


@pytest.mark.parametrize(
    "path",
    [
        "verhalen/x.markdown",
        "x.markdown",
        "verhalen/x.mdown",
        "verhalen/x",
        "nieuws/x.html",
    ],
)
def test_a_file_that_is_not_read_is_told(path: str) -> None:
    assert said_of(path) == [f"content/{path} warning: this text is not read: it is no file that ends in .md"]


@pytest.mark.parametrize(("data", "told"), [(b"---\ntitle: X\n---\n", 1), (b"Wat er wordt gezegd.", 0)])
def test_a_txt_is_a_download_unless_it_begins_as_a_page(data: bytes, told: int) -> None:
    layer = in_memory("national", "content", {"verhalen/x.txt": data})
    assert len([*misplaced(layer)]) == told


@pytest.mark.parametrize(
    "path",
    [
        "over-ons/x.md",
        "over/index.md",
        "wijken/oost/x.md",
        "oud/x.md",
        "hout/x.md",
        "goed/x.md",
        "verhuizen/x.md",
        "verslagen/x.md",
        "verhalen-schrijven/x.md",
        "nieuwsgierig/x.md",
        "bewijzen-en-tellen/x.md",
        "brievenbus/x.md",
        "contact.md",
        "verhalen.md",
        "verhalen/2026/x.md",
        "toolkit/brieven/voorbeeld.md",
        "verhalen/x.MD",
        "Verhalen/foto.jpg",
        "verhalen/foto.jpg",
        "toolkit/telstaat.csv",
        "toolkit/uitnodiging.docx",
        "verhalen/README.txt",
        "nieuws/foto-LICENSE.txt",
        "LICENSE",
        "verhalen/film.vtt",
    ],
)
def test_honest_names_are_not_told(path: str) -> None:
    assert said_of(path) == []


def beside(*paths: str) -> list[Problem]:
    return list(misplaced_beside(in_memory(BRAND, f"brands/{BRAND}", dict.fromkeys(paths, b""))))


def test_a_text_beside_the_folder_of_texts_is_told(campaign: Campaign) -> None:
    said = beside("x.md", "verhalen/x.md", "Content/verhalen/x.md", "x.markdown")
    assert [problem.severity for problem in said] == ["warning"] * 4
    assert beside("content/x.md", "README.md", "brand.yaml", "logo.svg", "fonts/OFL-LICENSE.md") == []
    campaign.write(f"brands/{BRAND}/verhalen/x.md", story())
    assert any(f"brands/{BRAND}/verhalen/x.md:0:0: warning: " in p for p in campaign.build().problems)


def test_nothing_is_told_of_the_examples() -> None:
    for folder in (ENGINE_ROOT / "content", *ENGINE_ROOT.glob("brands/*/content")):
        files = (file for file in folder.rglob("*") if file.is_file() and ".basis" not in file.parts)
        assert said_of(*(file.relative_to(folder).as_posix() for file in files)) == []


NOT_ON_SITE = "this does not come onto the site: it has pages, and files that these link to"


@pytest.mark.parametrize(
    "path",
    [
        *("CNAME", "_headers", "_redirects", "netlify.toml", "web.config", "favicon.ico", "favicon.png"),
        *("robots.txt", "security.txt", ".htaccess", ".nojekyll", "google1a2b.html", "stijl.css", "site.js"),
        *("sitemap.xml", "index.php"),
    ],
)
def test_files_for_web_servers_are_told(path: str) -> None:
    assert said_of(path) == [f"content/{path} warning: {NOT_ON_SITE}"]


def test_a_folder_for_web_servers_is_told_once(campaign: Campaign) -> None:
    campaign.write("content/.well-known/security.txt", "Contact: mailto:a@b.example\n")
    campaign.write("content/.well-known/change-password", "x")
    campaign.write(f"brands/{BRAND}/CNAME", "www.voorbeeld.example\n")
    report = campaign.build()
    assert report.status == 0
    assert report.problems == [
        f"brands/{BRAND}/CNAME:0:0: warning: {NOT_ON_SITE}",
        f"content/.well-known:0:0: warning: {NOT_ON_SITE}",
    ]
    assert not campaign.shows("a@b.example")


@pytest.mark.parametrize(
    "path", [".gitkeep", ".DS_Store", ".obsidian/x.json", "foto.psd", "kaart.pdf", "uitleg.txt"]
)
def test_other_files_beside_the_content_are_not(path: str, campaign: Campaign) -> None:
    campaign.write(f"content/{path}", b"x")
    campaign.write(f"brands/{BRAND}/{path}", b"x")
    campaign.build().fine()


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("feiten.yml", "did you mean 'feiten.yaml'?"),
        ("Site.yaml", "did you mean 'site.yaml'?"),
        ("bewijs/feiten.yaml", "did you mean 'feiten.yaml'?"),
    ],
)
def test_settings_under_another_name_are_told(path: str, hint: str) -> None:
    layer = in_memory("national", "content", {path: b""})
    (problem,) = misplaced(layer)
    assert str(problem.message) == "this file is not read"
    assert str(problem.hint) == hint
