"""Names of files and pages as people type and bring them: accents, encodings, languages, other alphabets."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest

from helpers import sites
from helpers.sites import BRAND, Campaign, page
from microsite.content.markdown.rendered import tokenize
from microsite.core.letters import PLAIN
from microsite.core.settings import BRAND_ID, ENGINE_ROOT
from microsite.core.urls import slugify

NFD = unicodedata.normalize("NFD", "café één.md")
NFC = unicodedata.normalize("NFC", "café één.md")


@pytest.mark.parametrize("stored", [NFC, NFD])
@pytest.mark.parametrize(
    "typed", [f"<{NFC}>", f"<{NFD}>", "caf%C3%A9%20%C3%A9%C3%A9n.md", "cafe%CC%81%20e%CC%81e%CC%81n.md"]
)
def test_a_name_with_accents_is_found_however_it_is_written(
    campaign: Campaign, stored: str, typed: str
) -> None:
    campaign.write(f"content/{stored}", page("Café"))
    campaign.edit("content/contact.md", "(verhalen/anouk.md)", f"({typed})")
    campaign.build().fine()
    assert 'href="cafe-een.html"' in campaign.shown("contact.html")


def test_images_and_files_too(campaign: Campaign) -> None:
    campaign.write("content/mijn schema één.svg", sites.drawing())
    campaign.write("content/mijn lijst.pdf", b"%PDF-1.7")
    body = "![Rond](mijn%20schema%20%C3%A9%C3%A9n.svg)\n\nZie [de lijst](/mijn%20lijst.pdf)."
    campaign.write("content/over.md", page("Over", body))
    campaign.build().fine()
    html = campaign.shown("over.html")
    assert "mijn-schema-een" in html
    assert "bestanden/mijn-lijst.pdf" in html


def test_a_member_s_override_under_the_other_form(campaign: Campaign) -> None:
    campaign.write(f"content/{NFC}", page("Café"))
    campaign.write(f"brands/{BRAND}/content/{NFD}", "---\ntitle: Bij ons\n---\n")
    campaign.build()
    assert "Bij ons" in campaign.shown("cafe-een.html")


def test_one_name_in_both_forms_is_told(campaign: Campaign) -> None:
    campaign.write(f"content/{NFC}", page("Café"))
    campaign.write(f"content/{NFD}", page("Café"))
    if len(list((campaign.root / "content").glob("caf*"))) < 2:
        pytest.skip("this disk has one form only")
    report = campaign.build()
    assert report.status == 1
    assert "is here twice" in report.said


@pytest.mark.parametrize("folder", ["content", f"brands/{BRAND}", f"brands/{BRAND}/content"])
def test_a_name_that_is_not_utf_8_is_a_message_in_the_report(campaign: Campaign, folder: str) -> None:
    path = os.fsencode(campaign.root / folder) + b"/caf\xe9.md"
    try:
        Path(os.fsdecode(path)).write_text(page("Café"), encoding="utf-8")
    except OSError:
        pytest.skip("this disk takes UTF-8 only")
    (problem,) = campaign.build().data["problems"]
    assert problem["path"] == f"{folder}/caf\\udce9.md"
    assert "characters that cannot be in a web address" in problem["message"]


@pytest.mark.parametrize("id", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_no_brand_has_a_name_that_windows_keeps(campaign: Campaign, id: str) -> None:
    campaign.add_member(id)
    assert "Windows keeps that name" in campaign.build("--brand", id).said
    assert not BRAND_ID.fullmatch(id)


@pytest.mark.parametrize("id", ["contact", "con-brio", "nulpunt", "com", "lpt10", "console"])
def test_a_brand_may_begin_with_such_a_name(id: str) -> None:
    assert BRAND_ID.fullmatch(id)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Łukasz", "lukasz"),
        ("Đorđe", "dorde"),
        ("Søren Ærø", "soren-aero"),
        ("œuvre", "oeuvre"),
        ("Þórir", "thorir"),
        ("Işık", "isik"),
        ("Ĳsbreker", "ijsbreker"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("één\u00adheid", "eenheid"),
    ],
)
def test_letters_without_accents_keep_words_whole(words: str, slug: str) -> None:
    assert slugify(words) == slug
    assert tokenize(words) == slug.split("-")


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff"])
def test_an_invisible_sign_hides_no_word_from_search(sign: str) -> None:
    assert tokenize(f"schuld{sign}hulp") == ["schuldhulp"]


def test_the_script_folds_the_same_letters() -> None:
    script = (ENGINE_ROOT / "assets" / "searching" / "20-languages.js").read_text(encoding="utf-8")
    table = re.search(r"const letters = \{(.*?)\};", script, re.S)
    assert table is not None
    assert dict(re.findall(r'"(.)": "(\w+)"', table[1])) == PLAIN


# ── languages ──


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("contact.EN.md", "give the file this name: contact.en.md"),
        ("contact.en-GB.md", "give the file this name: contact.en.md"),
        ("contact.pt.md", "choose from: nl, en, ar"),
    ],
)
def test_a_translation_into_no_language_is_told(campaign: Campaign, name: str, hint: str) -> None:
    campaign.write(f"content/{name}", page("Contact"))
    problem = campaign.build().only()
    assert (problem["path"], problem["severity"]) == (f"content/{name}", "warning")
    assert problem["hint"].startswith(hint)


@pytest.mark.parametrize("name", ["contact.oud.md", "over.pt.md", "contact.2026.md", "contact.v2.md"])
def test_other_names_with_a_dot_are_pages(campaign: Campaign, name: str) -> None:
    campaign.write(f"content/{name}", page("Nog een"))
    campaign.build().fine()


# ── generated pages ──


def test_pages_that_the_program_makes_can_be_linked_to(campaign: Campaign) -> None:
    body = "[Alle](/cijfers.html) [tabel](/cijfers.csv) [zoek](../zoeken.html) [feed](/feed.xml)"
    campaign.write("content/hoe/waar.md", page("Waar", body))
    campaign.build().fine()
    html = campaign.shown("hoe/waar.html")
    for path in ("cijfers.html", "cijfers.csv", "zoeken.html", "feed.xml"):
        assert f'href="../{path}">' in html
        assert path in campaign.tree()


def test_only_where_they_are_made(campaign: Campaign) -> None:
    campaign.write("content/hoe.md", page("Hoe", "Het [nieuws](/feed.xml) volgen."))
    campaign.edit(f"brands/{BRAND}/brand.yaml", f"url: {sites.ADDRESS}\n", "")
    report = campaign.build()
    assert [p["message"] for p in report.data["problems"]] == [
        "a site without 'url' has no feed, so there it is not linked"
    ]
    assert "Het nieuws volgen." in campaign.shown("hoe.html")
    campaign.remove("content/feiten.yaml")
    campaign.edit("content/bewijs/telling.md", "facts: [deuren, koppen]\n", "")
    campaign.edit("content/index.md", "figures: [deuren]\n", "")
    campaign.edit("content/verhalen/anouk.md", "{{ feit:deuren }}", "deuren")
    campaign.write("content/hoe.md", page("Hoe", "Alle [cijfers](/cijfers.html)."))
    assert campaign.build().only()["message"] == "there is no page or file '/cijfers.html'"
