"""The poster of a story: in every house style, size and length it is all there."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import asdict

from helpers.printing import EXAMPLES, faults, house, leaves, picture, tags, template
from helpers.sheets import DEED, LONG, SHORT
from microsite.content.files import Source, in_memory
from microsite.core.problems import InvalidFile
from microsite.core.records import replace
from microsite.rendering.print.house import House
from microsite.rendering.print.sheets import FlyerView, Paper, PosterView, Way, sheet

PAPERS: tuple[Paper, ...] = ("a3", "a4", "a5")
DRAWING = "content/verhalen/amina.svg"
PICTURES = (DRAWING, "content/verhalen/bram.svg", "tests/rendering/print/twee-kopjes-op-tafel.jpg", "")
MILLIMETRE = 72 / 25.4
WORDS = [
    *("ik", "jij", "zij", "ze", "we", "dat", "het", "een", "de", "niet", "nog", "maar", "en", "of", "toen"),
    *(
        "iemand",
        "niemand",
        "deur",
        "brief",
        "straat",
        "avond",
        "vraagt",
        "opbouwwerker",
        "schuldhulpverlening",
    ),
    *("arbeidsongeschiktheidsverzekering", "buurthuis,", "liggen.", "kom,", "weg?", "Dus", "Ngọc", "Łukasz"),
    *("'s-Hertogenbosch", "IJsbrand", "€1,60", "1.128", "in", "een-op-een-gesprekken", "geen"),
]


def view(words: str, by: str = "Amina", about: str = "opbouwwerker, Zandhage") -> PosterView:
    return PosterView(
        "nl",
        "Amina belt aan",
        words,
        True,
        Way("Lees het hele verhaal", "verhalen/amina.html", "QR-code"),
        by,
        about,
        "Dit verhaal is verzonnen.",
        "Portret van Amina",
    )


def texts(shown: PosterView, style: House) -> tuple[str, ...]:
    asked = (shown.way.ask, style.address) if style.url else (style.campaign,)
    return (f"“{shown.words}”", shown.by, shown.about, shown.remark, *asked)


def portrait(path: str) -> Source | None:
    return picture(path) if path else None


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("brand", EXAMPLES)
def test_all_of_it_is_there(brand: str, paper: Paper) -> None:
    shown = view("Op elke verdieping zeiden ze hetzelfde: het zal wel aan ons liggen.")
    made = sheet(template("poster"), house(brand), shown, paper, picture=portrait(DRAWING))
    assert faults(made, texts(shown, house(brand))) == []
    assert len(leaves(made)) == 1
    assert sheet(template("poster"), house(brand), shown, paper, picture=portrait(DRAWING)) == made


def test_it_is_read_in_order() -> None:
    made = sheet(template("poster"), house("wilgendam"), view("Ik kom."), "a4", picture=portrait(DRAWING))
    assert [tag for tag in tags(made) if tag != "Span"] == [
        "H1",
        "Figure Portret van Amina",
        *("P", "P", "P"),
        "Figure QR-code",
        *("P", "P"),
        "Figure Welzijn Wilgendam",
    ]


def test_for_the_printer_it_runs_on_for_three_millimetres() -> None:
    made = sheet(template("poster"), house("wilgendam"), view("Ik kom."), "a4", True, portrait(DRAWING))
    page = leaves(made)[0]
    assert [round((a - b) / MILLIMETRE, 2) for a, b in zip(page.sheet, page.paper, strict=True)] == [
        3,
        3,
        -3,
        -3,
    ]
    assert round((page.sheet[2] - page.sheet[0]) / MILLIMETRE) == 210
    face = next(box for alt, box in page.figures if alt.startswith("Portret"))
    assert face[2] == pytest.approx(page.paper[2], abs=0.5)


def test_no_line_has_a_single_word_at_the_end() -> None:
    shown = view("Op elke verdieping zeiden ze hetzelfde: het zal wel aan ons liggen.")
    words = leaves(sheet(template("poster"), house("roetmolen"), shown, "a4"))[0].words
    last = next(box for word, box in words if word == "liggen.”")
    assert [word for word, box in words if abs(box[1] - last[1]) < 20] != ["liggen.”"]


def test_without_an_address_there_is_no_code() -> None:
    style, shown = replace(house("wilgendam"), url="", address=""), view("Ik kom.")
    made = sheet(template("poster"), style, shown, "a4", picture=portrait(DRAWING))
    assert faults(made, texts(shown, style)) == []
    assert [alt for alt, _ in leaves(made)[0].figures] == ["Portret van Amina", "Welzijn Wilgendam"]


def test_a_word_that_no_line_can_hold_is_told() -> None:
    with pytest.raises(InvalidFile) as caught:
        sheet(template("poster"), house("wilgendam"), view("x" * 200), "a5")
    assert "Amina belt aan" in caught.value.problem.message.render(str)


@pytest.mark.parametrize("seed", range(50))
def test_nothing_covers_anything(seed: int) -> None:
    check(random.Random(seed))  # noqa: S311


@pytest.mark.long
@pytest.mark.parametrize("part", range(39))
def test_nothing_covers_anything_in_two_thousand_cases(part: int) -> None:
    for seed in range(50 + 50 * part, 100 + 50 * part):
        check(random.Random(seed))  # noqa: S311


def check(chance: random.Random) -> None:
    """A sentence of 10 to 400 signs, a name, a logo of any shape, any sheet: all of it is there."""
    length = chance.choice((10, 25, 60, 120, 250, 400))
    words = chance.choice(WORDS).capitalize()
    while len(words) < length:
        words += f" {chance.choice(WORDS)}"
    by = " ".join(chance.choices(WORDS, k=chance.randint(0, 4)))
    about = ", ".join(chance.choices(WORDS, k=chance.randint(0, 5)))
    shown = view(words, by, about)
    style = with_logo(house(chance.choice(EXAMPLES)), chance.choice((0.15, 0.5, 1, 2.5, 9)))
    if chance.random() < 0.2:
        style = replace(style, url="", address="")
    face, paper, bleed = portrait(chance.choice(PICTURES)), chance.choice(PAPERS), chance.random() < 0.3
    kind, more = "poster", ()
    if chance.random() < 0.3:
        kind, paper, figure = "flyer", "a5", chance.choice((SHORT, LONG, None))
        shown = FlyerView(**asdict(shown), invitation="Dit kun je doen", deed=DEED, figure=figure)
        more = (shown.invitation, DEED.ask, *(asdict(figure).values() if figure else ()))
    made = sheet(template(kind), style, shown, paper, bleed, face)
    assert faults(made, (*texts(shown, style), *more)) == [], (shown, style.name, paper)


def with_logo(style: House, ratio: float) -> House:
    """This house style with a logo that is so many times as wide as it is high."""
    width, height = round(100 * max(1.0, ratio)), round(100 * max(1.0, 1 / ratio))
    size = f'width="{width}" height="{height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0H{width}V{height}z"/></svg>'
    logo = in_memory("x", "x", {"logo.svg": svg.encode()}).by_path()["logo.svg"]
    return replace(style, logo=logo, logo_size=(width, height))
