"""The museum: each story by its thing, as long as the story may be shown."""

from __future__ import annotations

import pytest

from helpers.pages import nodes
from helpers.sites import ANOUK, BAS, BRAND, COR, VALID, Campaign, consent, drawing, jpeg, page, story

MUSEUM = "verhalen/museum.html"
FIRST, LIST = "index.html", "verhalen/index.html"


def kept(src: str, sentence: str = "Zo begon het.", more: str = "") -> str:
    return f'object: {{src: {src}, alt: "Een ding, {src}.", sentence: "{sentence}"{more}}}\n'


def bas(agreed: str = VALID.replace("C-1", "C-12"), extra: str = "", more: str = "") -> str:
    return story("Bas leest de brief", name="Bas", agreed=agreed, extra=kept("bel.svg", more=more) + extra)


@pytest.fixture
def filled(campaign: Campaign) -> Campaign:
    """Two stories with a thing, one without; a guide that shows the thing of Bas beside its title."""
    campaign.edit(ANOUK, "image:", kept("sleutel.svg", "Deze past op de deur.") + "image:")
    campaign.write("content/verhalen/sleutel.svg", drawing(8))
    campaign.write("content/verhalen/bel.svg", drawing(9))
    campaign.write(BAS, bas())
    campaign.edit(
        "content/toolkit/raad.md",
        "goal:",
        "image: {src: /verhalen/bel.svg, decorative: true}\ngoal:",
    )
    return campaign


def sentences(campaign: Campaign) -> list[str]:
    return [node.text() for node in nodes(campaign.shown(MUSEUM), ".exhibit-sentence")]


def links(html: str) -> list[str]:
    return [node.attributes["href"] or "" for node in nodes(html, 'a[href$="museum.html"]')]


def test_each_thing_leads_to_its_story_and_says_what_is_to_be_seen(filled: Campaign) -> None:
    filled.build().fine()
    museum = filled.shown(MUSEUM)
    assert sentences(filled) == ["Deze past op de deur.", "Zo begon het."]
    assert [node.attributes["href"] for node in nodes(museum, ".exhibit a")] == ["anouk.html", "bas.html"]
    alts = [node.attributes["alt"] for node in nodes(museum, ".exhibit img")]
    assert alts == ["Een ding, sleutel.svg.", "Een ding, bel.svg."]
    assert links(filled.shown(FIRST)) == [MUSEUM]
    assert links(filled.shown(LIST)) == ["museum.html"]
    assert links(filled.shown("verhalen/bas.html")) == []
    assert MUSEUM in filled.shown("sitemap.xml")
    (ornament,) = nodes(filled.shown("toolkit/raad.html"), ".opening-picture img")
    assert ornament.attributes["alt"] == ""
    assert nodes(filled.shown("toolkit/raad.html"), "figure.image") == []
    (thumb,) = nodes(filled.shown("toolkit/index.html"), ".line-picture img")
    assert thumb.attributes["alt"] == ""


@pytest.mark.parametrize(
    "file",
    [
        bas(agreed=consent(ref="C-12", status="withdrawn")),
        bas(agreed=consent(ref="C-12", status="pending")),
        bas(agreed=consent(ref="C-12", scope="[print]")),
        bas(agreed=consent(ref="C-12", audience="[members]")),
        bas(extra="draft: true\n"),
        bas(extra="expires_on: 2026-01-01\n"),
        bas().replace("date: 2026-05-01", "date: 2027-05-01"),
        bas(more=", scope: [print]"),
        bas(more=", expires_on: 2026-01-01"),
    ],
    ids=["withdrawn", "pending", "print", "members", "draft", "over", "early", "its print", "its end"],
)
def test_a_thing_goes_with_its_story(filled: Campaign, file: str) -> None:
    filled.build().fine()
    filled.write(BAS, file)
    report = filled.build()
    assert report.status == 0, report.said
    assert sentences(filled) == ["Deze past op de deur."]
    assert "bel.svg" not in filled.shown(MUSEUM)


def test_what_is_withdrawn_is_shown_nowhere(filled: Campaign) -> None:
    """Not beside the title of a guide either, whose editor is told where."""
    filled.build().fine()
    filled.write(BAS, bas(agreed=consent(ref="C-12", status="withdrawn")))
    report = filled.build()
    assert report.status == 0, report.said
    (told,) = (p for p in report.problems if "raad.md" in p)
    assert told.startswith("content/toolkit/raad.md:4:"), told
    assert not nodes(filled.shown("toolkit/raad.html"), ".opening-picture")
    assert not [path for path in filled.tree() if path.startswith("beeld/bel-")]


def test_without_a_thing_there_is_no_museum_and_no_way_to_it(filled: Campaign) -> None:
    filled.write("content/contact.md", page(body="Naar [het museum](verhalen/museum.html)."))
    filled.build().fine()
    assert links(filled.shown("contact.html")) == [MUSEUM]
    filled.edit(ANOUK, kept("sleutel.svg", "Deze past op de deur."), "")
    filled.write(BAS, story("Bas leest de brief", name="Bas", agreed=VALID.replace("C-1", "C-12")))
    assert "content/contact.md:5" in filled.build().only()["path"] + ":5"
    filled.write("content/contact.md", page())
    filled.build()
    assert not filled.shows(MUSEUM)
    assert links(filled.shown(FIRST)) == links(filled.shown(LIST)) == []


def test_a_members_own_things_come_first(filled: Campaign) -> None:
    filled.add_member("lid")
    own = story("Dina zwemt", name="Dina", agreed=VALID.replace("C-1", "C-31"), extra=kept("bad.jpg"))
    own = own.replace("2026-05-01", "2025-05-01")
    filled.write("brands/lid/content/verhalen/dina.md", own)
    filled.write("brands/lid/content/verhalen/bad.jpg", jpeg())
    problems = filled.build("--all").problems
    assert len(problems) == 1
    assert problems[0].startswith("brands/lid/content/verhalen/dina.md:10:"), "a photo says who made it"
    credited = own.replace("sentence:", "credit: Sanne, sentence:")
    filled.write("brands/lid/content/verhalen/dina.md", credited)
    filled.build("--all").fine()
    html = (filled.output / "lid" / MUSEUM).read_text("utf-8")
    assert nodes(html, ".exhibit a")[0].attributes["href"] == "dina.html"
    assert len(nodes(html, ".exhibit .label-local")) == 1
    assert "dina" not in (filled.output / BRAND / MUSEUM).read_text("utf-8")


def test_what_is_wrong_with_a_thing_is_told_on_its_line(filled: Campaign) -> None:
    for wrong, words in (
        ("object: {src: bel.svg, alt: Een bel}", "'sentence'"),
        ("object: {src: bel.svg, sentence: Zo.}", "'alt'"),
        (kept("weg.svg").strip(), "weg.svg"),
        ("object: {src: bel.svg, alt: Een bel, sentence: Zo., decorative: true}", "decorative"),
    ):
        agreed = VALID.replace("C-1", "C-13")
        filled.write(COR, story("Cor wacht", name="Cor", agreed=agreed, extra=f"{wrong}\n"))
        (problem,) = (p for p in filled.build().problems if "cor.md" in p)
        assert problem.startswith(f"{COR}:10:"), problem
        assert words in problem


def test_a_translation_has_no_thing(filled: Campaign) -> None:
    translated = '---\ntitle: Bas reads\nsummary: A letter.\nquote: {text: "Yes."}\n---\nHe reads.\n'
    filled.write("content/verhalen/bas.en.md", translated)
    filled.build().fine()
    filled.edit("content/verhalen/bas.en.md", "quote:", "object: {alt: A bell}\nquote:")
    problem = filled.build().only()
    assert (problem["path"], problem["line"]) == ("content/verhalen/bas.en.md", 4)
