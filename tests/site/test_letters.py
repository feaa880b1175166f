"""An exchange of letters: two voices with their faces, made to be sent on, and nobody's who withdrew."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from helpers.sites import ADDRESS, Campaign, consent, drawing, page
from microsite.rendering.views import Writer

WHOLE = "brieven/lift.html"
QUESTION = "Wie betaalt de lift?"
FACE = "image: {src: dina.svg, alt: Dina lacht, credit: Tekening van Mo}\n"
DINA, JAN = "{name: Dina, job: huisarts}", "{name: Jan de Wit}"


def letter(campaign: Campaign, number: int, role: str, person: str, extra: str, body: str = "Dag.") -> None:
    keys = f"date: 2026-03-{number:02}\nrole: {role}\nperson: {person}\n{extra}"
    campaign.write(f"content/brieven/lift/{number}.md", page(f"Brief {number}", body, keys, "Kort."))


@pytest.fixture
def exchange(campaign: Campaign) -> Campaign:
    campaign.write(
        "content/brieven/lift.md",
        page("De lift", "Zij schrijven.", f"dilemma: {QUESTION}\nclosed: true\n", "Drie brieven."),
    )
    campaign.write("content/brieven/lift/dina.svg", drawing(3))
    letter(campaign, 1, "worker", DINA, f"{FACE}consent: {{{consent(ref='C-71')}}}\n")
    letter(campaign, 8, "alderman", JAN, f"consent: {{{consent(ref='C-72')}}}\n", "Beste Dina.")
    letter(campaign, 15, "worker", DINA, f"consent: {{{consent(ref='C-73')}}}\n", "Beste heer De Wit.")
    return campaign


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def shown(campaign: Campaign, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(campaign.shown(path))


def mail(tree: LexborHTMLParser) -> tuple[str, str]:
    """The subject and the text of the message that is made ready."""
    (link,) = tree.css('a[href^="mailto:?"]')
    asked = parse_qs(urlsplit(link.attributes["href"] or "").query)
    return asked["subject"][0], asked["body"][0]


def test_two_voices_with_their_faces_and_the_question_first(exchange: Campaign) -> None:
    exchange.build().fine()
    whole = shown(exchange, WHOLE)
    assert words(whole.css_first(".dialogue .poster-quote")) == QUESTION
    assert [words(voice.css_first("p")) for voice in whole.css(".dialogue .voice")] == [
        "Dina, huisarts",
        "Jan de Wit",
    ]
    assert [words(head) for head in whole.css(".letter .voice p")] == [
        "Dina, huisarts aan Jan de Wit 1 maart 2026",
        "Jan de Wit aan Dina, huisarts 8 maart 2026",
        "Dina, huisarts aan Jan de Wit 15 maart 2026",
    ]
    assert [words(title) for title in whole.css(".letter > h2")] == ["Brief 1", "Brief 8", "Brief 15"]
    sides = [(part.attributes["class"] or "").split()[-1] for part in whole.css(".letter")]
    assert sides == ["letter-worker", "letter-alderman", "letter-worker"]
    # A portrait that stands with one letter is the writer's in all; it is described once.
    assert [len(part.css("img")) for part in whole.css(".letter")] == [1, 0, 1]
    assert [image.attributes["alt"] for image in whole.css(".voice img")] == ["Dina lacht", "", ""]
    assert {words(mark) for mark in whole.css(".initials")} == {"JW"}
    assert "Tekening van Mo." in words(whole.css_first(".made-up"))
    last = shown(exchange, "brieven/lift/15.html")
    assert [image.attributes["alt"] for image in last.css(".voice img")] == ["Dina lacht"]
    listed = shown(exchange, "brieven/index.html").css_first(".dialogue-card")
    assert listed is not None
    assert words(listed.css_first("h2")) == QUESTION
    assert len(listed.css(".voice")) == 2


def test_a_letter_is_made_to_be_sent_on(exchange: Campaign) -> None:
    exchange.build().fine()
    assert mail(shown(exchange, WHOLE)) == (QUESTION, f"{QUESTION}\n\nDrie brieven.\n\n{ADDRESS}{WHOLE}")
    first = shown(exchange, "brieven/lift/1.html")
    assert mail(first) == (QUESTION, f"{QUESTION}\n\nBrief 1. Kort.\n\n{ADDRESS}brieven/lift/1.html")
    assert [a.attributes["href"] for a in first.css(".letter .button-row a")] == ["8.html", "../lift.html"]
    assert [a.attributes["href"] for a in shown(exchange, "brieven/lift/15.html").css(".button-row a")] == [
        "../lift.html"
    ]
    exchange.edit("content/brieven/lift/8.md", "[web, social", "[web")
    exchange.build()
    assert not shown(exchange, WHOLE).css('.pass-on, a[href^="mailto:?"]'), "not without all of its writers"


def test_who_withdrew_is_gone_from_the_other_letters_too(exchange: Campaign) -> None:
    exchange.build().fine()
    assert "Dina" in exchange.shown(WHOLE)
    for number, ref in ((1, "C-71"), (15, "C-73")):
        said = f"{ref}, status: "
        exchange.edit(f"content/brieven/lift/{number}.md", f"{said}valid", f"{said}withdrawn")
    report = exchange.build()
    assert report.status == 0
    assert [words(head) for head in shown(exchange, WHOLE).css(".voice p")] == [
        "Jan de Wit",
        "Jan de Wit 8 maart 2026",
    ]
    left = {path for path, data in exchange.tree().items() if b"Dina" in data}
    assert left == {WHOLE, "brieven/lift/8.html"}, "only where the other writer has the name in the text"
    told = {(p["path"], p["line"]) for p in report.data["problems"] if "names somebody" in p["message"]}
    assert told == {("content/brieven/lift/8.md", 9)}
    assert not shown(exchange, WHOLE).css("img[alt='Dina lacht'], .voice img")


def test_a_part_of_a_full_name_is_told_in_the_same_exchange_only(exchange: Campaign) -> None:
    exchange.write(
        "content/nieuws/feest.md", page("Feest", "Ook Jan en meneer De Wit.", "date: 2026-03-02\n")
    )
    exchange.edit("content/brieven/lift/8.md", "C-72, status: valid", "C-72, status: withdrawn")
    report = exchange.build()
    told = {(p["path"], p["line"]) for p in report.data["problems"] if "names somebody" in p["message"]}
    assert told == {("content/brieven/lift/15.md", 9)}


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Dina", "D"),
        ("Jan de Wit", "JW"),
        ("’t Hoen-van Dam", "TD"),
        ("Éva", "É"),
        ("7 Buren", "B"),
        ("…", ""),
    ],
)
def test_the_first_letters_of_a_name(name: str, initials: str) -> None:
    assert Writer(name, "worker").initials == initials
