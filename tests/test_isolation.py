"""A member who means harm: what it writes is text, and only its own files are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from microsite.fonts import DEFAULT
from tests.sites import SMALL, Campaign

EVIL = (
    "\"><script src=//boos.example/x.js></script><img src=x onerror=alert(1)>{{ 7*191 }}{% raw %}${7*191}'}*{"
)
RAW = ("<script src=//boos", "<img src=x onerror", "onerror=alert(1)>", "</style><", "1337")
PLAIN = (".vcf", ".webmanifest")  # an address book and a home screen show text as it is
TEXTS = ("name", "region", "sender", "licence")
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
FONT = (Path(__file__).parent.parent / "assets/fonts" / f"{DEFAULT}.woff2").read_bytes()


def brand(campaign: Campaign, **changes: object) -> None:
    """A member of which these keys are other than they should be."""
    keys = {"name": "Lid", "logo": "logo.svg", "colour": "#00506b", "url": "https://lid.example/", **changes}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items()]
    campaign.write("brands/lid/brand.yaml", "".join(lines))
    campaign.write("brands/lid/logo.svg", LOGO)


def files(campaign: Campaign) -> dict[str, str]:
    folder = campaign.output / "lid"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes().decode("utf-8", "replace")
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_texts_of_a_member_are_text_in_every_file(campaign: Campaign) -> None:
    contact = dict.fromkeys(("name", "role", "phone", "address", "email"), EVIL)
    profiles = [{"name": EVIL, "url": "https://profiel.example/"}]
    said = {"welcome": "Welkom " + EVIL, "call_to_action": "Doe " + EVIL, "about": "Over " + EVIL}
    brand(campaign, **dict.fromkeys(TEXTS, EVIL), contact=contact, profiles=profiles, texts=said)
    page = SMALL["content/nieuws/start.md"].replace("Vandaag.", f"Dit is {EVIL} niet.")
    campaign.write("brands/lid/content/nieuws/eigen.md", page)
    report = campaign.build("--brand", "lid")
    assert report.status == 0, report.said
    made = files(campaign)
    assert "&lt;script src=//boos.example/x.js&gt;" in made["index.html"]
    assert "Dit is" in made["nieuws/eigen.html"]
    assert all(f"{word} &#34;&gt;" in made["index.html"] for word in ("Welkom", "Doe", "Over"))
    read_as_markup = {path: words for path, words in made.items() if not path.endswith(PLAIN)}
    assert not {(path, word) for path, words in read_as_markup.items() for word in RAW if word in words}
    assert not [path for path, words in made.items() if path.endswith(".css") and "boos" in words]


def test_a_link_in_a_page_runs_nothing(campaign: Campaign) -> None:
    brand(campaign)
    page = SMALL["content/nieuws/start.md"].replace("Vandaag.", "[Kijk](javascript:alert(1))")
    campaign.write("brands/lid/content/nieuws/eigen.md", page)
    report = campaign.build("--brand", "lid")
    assert report.only()["path"] == "brands/lid/content/nieuws/eigen.md"
    assert not [path for path, words in files(campaign).items() if 'href="javascript:' in words]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//lid.example/",
        "https://lid.example@boos.example/",
        "https://lid.example\\@boos.example/",
        "https://lіd.example/",  # a Cyrillic і
        "https://lid.example/\u202eelpmaxe",
        'https://lid.example/"><script>',
        "https://lid.example:99999/",
        "https:///lid.example/",
    ],
)
@pytest.mark.parametrize("key", ["url", "profiles"])
def test_addresses_that_only_look_like_one_are_refused(campaign: Campaign, key: str, url: str) -> None:
    brand(campaign, **{key: url if key == "url" else [{"name": "Elders", "url": url}]})
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert not (campaign.output / "lid").exists()
    assert report.only()["path"] == "brands/lid/brand.yaml"
    assert report.only()["line"] > 0


@pytest.mark.parametrize("key", ["logo", "font"])
@pytest.mark.parametrize(
    "path", ["../ander/geheim.svg", "../../content/site.yaml", "/etc/passwd", "C:\\geheim", "brand.yaml", "."]
)
def test_files_outside_the_own_folder_are_not_there(campaign: Campaign, key: str, path: str) -> None:
    campaign.write("brands/ander/geheim.svg", LOGO)
    brand(campaign, **{key: path})
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert report.only()["path"] == "brands/lid/brand.yaml"
    assert not (campaign.output / "lid").exists()


@pytest.mark.parametrize(("key", "name"), [("logo", "logo.svg"), ("font", "huis.woff2")])
def test_a_link_to_another_file_is_not_followed(campaign: Campaign, key: str, name: str) -> None:
    brand(campaign, **{key: name})
    other = campaign.write(f"brands/ander/{name}", FONT if key == "font" else LOGO)
    place = campaign.root / "brands/lid" / name
    place.unlink(missing_ok=True)
    place.symlink_to(other)
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert any(f"brands/lid/{name}" in problem for problem in report.problems)
    assert not (campaign.output / "lid").exists()


@pytest.mark.parametrize(
    "colour",
    [
        "red; } body { display: none",
        "url(//boos.example)",
        "var(--ink)",
        "#fff}*{",
        "rgb(1e999 0 0)",
        "{{ 7*7 }}",
    ],
)
def test_a_colour_is_a_colour_or_nothing(campaign: Campaign, colour: str) -> None:
    brand(campaign, colour=colour)
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert report.only()["line"] == 3
