"""Texts and slides in the material of a site: of whom they are, and when they are made."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from helpers import in_memory, office
from helpers.pages import nodes
from helpers.sites import BAS, BRAND, OWN, Campaign, Report, consent, page, story, tree
from microsite.core.cache import MemoryCache
from microsite.core.fingerprints import Fingerprints
from microsite.core.records import replace
from microsite.rendering.office.sender import Place, Sender
from microsite.rendering.office.texts import TEXTS

ALL = ("--material", "all")
OFFICE = (".docx", ".pptx")
DECK = "presentatie.pptx"
SAID = "Ik dacht dat ik de enige was."
PRINTED = consent(scope="[web, print]")
PRESS = consent(scope="[web, press]")
LETTER = "date: 2026-0{month}-01\nrole: {role}\nperson: {{name: {name}}}\n"


def packed(campaign: Campaign) -> Report:
    report = campaign.run("pack", *ALL, BRAND)
    assert report.status == 0, report.said
    return report


def folder(campaign: Campaign) -> Path:
    return campaign.output / f"{BRAND}.materiaal"


def office_files(campaign: Campaign) -> dict[str, str]:
    """All the words of the office files, by path."""
    found = {}
    for path in tree(folder(campaign)):
        if path.endswith(OFFICE):
            with zipfile.ZipFile(folder(campaign) / path) as archive:
                parts = (archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
                found[path] = b" ".join(parts).decode("utf-8").replace("\u00a0", " ")
    return found


def with_words(campaign: Campaign, words: str) -> set[str]:
    return {path for path, said in office_files(campaign).items() if words in said}


def quoting(campaign: Campaign, words: str) -> set[str]:
    """The paths of the office files that are planned with these words."""
    _, plan = in_memory.planned(in_memory.layers(campaign.root), MemoryCache(), materials=("office",))
    return {item.path for item in plan.material if item.path.endswith(OFFICE) and words in str(item.inputs)}


def text_file(stem: str) -> str:
    return f"teksten/{stem}.docx"


def made(report: Report) -> set[str]:
    return {path.removeprefix("materiaal/") for path in report.made if path.startswith("materiaal/")}


@pytest.fixture
def alone(campaign: Campaign) -> Campaign:
    """Bas has the only story."""
    for name in ("anouk", "cor"):
        campaign.remove(f"content/verhalen/{name}.md")
    campaign.edit("content/contact.md", " of lees [over Anouk](verhalen/anouk.md)", "")
    campaign.edit("content/index.md", "lead: verhalen/anouk.md\n", "")
    campaign.remove("content/verhalen/anouk.svg")
    return campaign


def test_the_pack_has_every_text_and_the_slides(campaign: Campaign) -> None:
    packed(campaign)
    assert set(office_files(campaign)) == {DECK, *(text_file(kind.stem) for kind in TEXTS)}
    for path in office_files(campaign):
        office.check((folder(campaign) / path).read_bytes())
    with zipfile.ZipFile(campaign.output / f"{BRAND}.zip") as archive:
        assert f"materiaal/{DECK}" in archive.namelist()


def test_the_list_says_what_has_to_be_filled_in(campaign: Campaign) -> None:
    packed(campaign)
    index = (folder(campaign) / "index.html").read_text(encoding="utf-8")
    said = {
        str(item.css_first("a").attributes["href"]): item.text()
        for item in nodes(index, "main li")
        if item.css("a")
    }
    assert "embargo" in said[text_file("persbericht")]
    assert "telefoonnummer" not in said[text_file("persbericht")]
    assert "gemeente" not in said[DECK]
    campaign.edit(OWN, ", phone: 010-1234567", "")
    packed(campaign)
    index = (folder(campaign) / "index.html").read_text(encoding="utf-8")
    assert "telefoonnummer" in index


@pytest.mark.parametrize(
    ("agreed", "shown"),
    [
        (PRINTED, {DECK, "raadsbrief", "spreektijd", "jaarverslag"}),
        (PRESS, {"persbericht"}),
        (
            consent(scope="[web, print, press]"),
            {DECK, "raadsbrief", "spreektijd", "jaarverslag", "persbericht"},
        ),
        (consent(), set()),
        (consent(scope="[web, social]"), set()),
        (consent(scope="[print, press]"), set()),
        (consent(scope="[web, print]", status="pending"), set()),
        (consent(scope="[web, print]", status="expired"), set()),
        (consent(scope="[web, print]", status="withdrawn"), set()),
        (consent(scope="[web, print]", expires_on="2026-11-22"), set()),
        (consent(scope="[web, print]", given_on="2026-11-23", final_text_seen_on="2026-11-23"), set()),
        (consent(scope="[web, print]", status="misschien"), set()),
        (None, set()),
    ],
)
def test_who_is_quoted_agreed_to_that_channel(alone: Campaign, agreed: str | None, shown: set[str]) -> None:
    alone.write(BAS, story("Bas leest", name="Bas", agreed=agreed))
    assert quoting(alone, SAID) == {path if path == DECK else text_file(path) for path in shown}


def test_who_does_not_exist_is_on_a_slide_that_says_so_and_in_no_letter(alone: Campaign) -> None:
    alone.write(BAS, story("Bas leest", name="Bas", agreed=None, extra="fictional: true\n"))
    assert quoting(alone, SAID) == quoting(alone, "Zandhage, dit verhaal is verzonnen") == {DECK}


def test_who_takes_back_print_is_gone_after_any_build_and_nothing_else_is(alone: Campaign) -> None:
    alone.write(BAS, story("Bas leest", name="Bas", agreed=consent(scope="[web, print, press]")))
    packed(alone)
    before = set(office_files(alone))
    alone.write(BAS, story("Bas leest", name="Bas", agreed=PRESS))
    assert alone.build(*ALL).status == 0
    assert with_words(alone, SAID) == {text_file("persbericht")}
    gone = {DECK, *map(text_file, ("raadsbrief", "spreektijd", "jaarverslag"))}
    assert before - set(office_files(alone)) == gone
    packed(alone)
    assert set(office_files(alone)) == before


def test_one_quote_changed_makes_only_what_quotes_it(alone: Campaign) -> None:
    alone.write(BAS, story("Bas leest", name="Bas", agreed=PRINTED))
    packed(alone)
    alone.edit(BAS, SAID, "Het lag aan de bel.")
    again = {path for path in made(packed(alone)) if path.endswith(OFFICE)}
    assert again == {DECK, *map(text_file, ("raadsbrief", "spreektijd", "jaarverslag"))}
    assert made(packed(alone)) == set()


@pytest.mark.parametrize(
    ("written", "said"),
    [("{{ undefined_name }}", "undefined_name"), ("{{ 1 // 0 }}", "zero"), ("{{ ui.nothing() }}", "nothing")],
)
def test_a_designers_slip_is_told_with_its_line(campaign: Campaign, written: str, said: str) -> None:
    campaign.with_own("templates")
    campaign.edit("templates/office/letters/column.xml", "{% block body %}", "{% block body %}\n" + written)
    report = campaign.run("pack", *ALL, BRAND)
    assert report.status == 1
    (problem,) = (line for line in report.problems if "error" in line)
    assert problem.startswith("templates/office/letters/column.xml:3:")
    assert said in problem


def test_an_exchange_is_a_booklet_when_all_its_writers_agreed(campaign: Campaign) -> None:
    campaign.write(
        "content/brieven/deur.md",
        page("De deur", extra="date: 2026-06-01\ndilemma: Bel je aan?\nclosed: true\n"),
    )
    for month, role, name in ((6, "worker", "Els"), (7, "alderman", "Ad")):
        keys = (
            LETTER.format(month=month, role=role, name=name)
            + f"consent: {{{PRINTED.replace('C-1', name)}}}\n"
        )
        campaign.write(f"content/brieven/deur/{month}.md", page(f"Brief van {name}", "Beste jij.", keys))
    packed(campaign)
    booklet = office_files(campaign)[text_file("briefwisseling-deur")]
    assert all(
        words in booklet for words in ("Bel je aan?", "Brief van Els", "Beste jij.", "Ad, 1 juli 2026")
    )
    campaign.edit("content/brieven/deur/7.md", "web, print", "web, social")
    packed(campaign)
    assert text_file("briefwisseling-deur") not in office_files(campaign)
    assert with_words(campaign, "Brief van Els") == set()


def test_the_fingerprint_of_a_sender_covers_all_of_it_and_no_folder() -> None:
    sender = office.sender()
    name = Fingerprints()
    style = sender.style
    moved = replace(style.logo, file="/elsewhere/logo.svg", name="elders")
    assert name(replace(sender, style=replace(style, logo=moved))) == name(sender)
    others: list[Sender] = [
        replace(sender, line="Anders"),
        replace(sender, filled=()),
        replace(sender, values=()),
        replace(sender, places=(Place("a", "b", "c"),)),
        replace(sender, colours=(("brand", "#000000"),)),
        replace(sender, style=replace(style, name="Anders")),
        replace(sender, style=replace(style, language="en")),
        replace(sender, style=replace(style, plate="#ffffff")),
        replace(sender, style=replace(style, fonts=())),
        replace(sender, style=replace(style, logo=replace(style.logo, digest="anders"))),
        replace(sender, style=replace(style, shades=replace(style.shades, brand="#000000"))),
    ]
    assert len({name(other) for other in (sender, *others)}) == len(others) + 1
    assert len(sender.__struct_fields__) + len(style.__struct_fields__) - 1 == len(others)
