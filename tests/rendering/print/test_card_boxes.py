"""Cards in every house style and shape: all of it is there, and nothing is below anything else."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageChops

from helpers.printing import EXAMPLES, faults, house, leaves, template
from microsite.core.problems import InvalidFile
from microsite.rendering.print import pictures
from microsite.rendering.print.cards import SHAPES, CardView, Shape, compiled
from microsite.rendering.print.recipes import ShareView

UPRIGHT, SQUARE, WIDE = (800, 1000), (600, 600), (1600, 900)
Size = tuple[int, int]
MAGENTA = (255, 0, 255)
STRIP, EDGE = 112, 40
LEAST_SEEN = 0.1
REMARK = "Dit verhaal is verzonnen"
WORDS = [
    *("ik", "jij", "zij", "ze", "we", "dat", "het", "een", "de", "niet", "nog", "maar", "en", "of", "toen"),
    *("iemand", "niemand", "deur", "brief", "straat", "avond", "vraagt", "buurthuis,", "liggen.", "kom,"),
    *("opbouwwerker", "schuldhulpverlening", "arbeidsongeschiktheidsverzekering", "weg?", "Dus", "Ngọc"),
    *("Łukasz", "'s-Hertogenbosch", "IJsbrand", "€1,60", "1.128", "in", "een-op-een-gesprekken", "geen"),
]
NAMES = ("Amina", "Wietske van der Meulen-Hoogeveen", "Bartholomeus", "Ngọc Đorđević", "Şükran")
JOBS = (
    "opbouwwerker, Zandhage",
    "schoolmaatschappelijk werker, 's-Hertogenbosch",
    "",
    "coördinator schuldhulp",
)
FIGURES = (
    "€ 1,60",
    "ruim € 1,90",
    "26 organisaties",
    "20 van de 32 aanpakken",
    "1.128",
    "93%",
    "4 miljoen mensen",
)


def quote(words: str, by: str = "Amina", about: str = "opbouwwerker, Zandhage") -> CardView:
    return CardView(ShareView("nl", words, True, by=by, about=about, remark=REMARK))


def figure(words: str, caveat: str = "Alleen deze ene flat is geteld.") -> CardView:
    said = ShareView(
        "nl", words, below="Voordeuren in de flat die nog open gaan", label="Bewijs", figure=True
    )
    return CardView(said, f"Let op: {caveat}", "Welzijn Zandhage, 2026")


def message(words: str, below: str = "Kom binnen, ook als je niets nodig hebt.") -> CardView:
    return CardView(ShareView("nl", words, label="Nieuws"), below)


def found(brand: str, view: CardView, shape: Shape, picture: Size | None = None) -> list[str]:
    """What is wrong with this card, with a picture of this size."""
    style, shown = house(brand), {pictures.DRAWING: _sheet(*picture)} if picture else {}
    arguments = template("card"), style, view, shown, shape
    pdf, png = compiled(*arguments, "pdf"), compiled(*arguments, "png")
    (page,) = leaves(pdf)
    seen = f"on {view.alt}"  # its box is that of the whole picture, before it is cut to its place
    wrong = [
        fault
        for fault in faults(pdf, _texts(view))
        if not fault.startswith((seen, view.alt, "off the paper"))
    ]
    left, top, right, bottom = _covered(png)
    signed = {*style.name.split(), *style.campaign.split(), *style.address.split()}
    for word, box in page.words:
        if box[3] > shape.height - shape.top or box[1] < shape.foot:
            wrong.append(f"below the bars: {word}")
        if box[1] < shape.foot + STRIP and word not in signed:
            wrong.append(f"on the strip: {word}")
        if box[0] < EDGE or box[2] > shape.width - EDGE:
            wrong.append(f"at the edge: {word}")
        high, low = shape.height - box[3], shape.height - box[1]
        if box[0] < right and box[2] > left and high < bottom and low > top:
            wrong.append(f"on the picture: {word}")
    if picture and (right - left) * (bottom - top) < shape.width * shape.height * LEAST_SEEN:
        wrong.append(f"the picture is small: {(left, top, right, bottom)}")
    return wrong


def _texts(view: CardView) -> list[str]:
    said = view.said
    words = f"“{said.words}”" if said.quoted else said.words
    parts = words.split(" ") if view.source else [words]  # the number of a figure has a line of its own
    texts = [*parts, said.below, said.by, said.about, said.remark, said.label, view.note, view.source]
    return [text for text in texts if text]


def _sheet(width: int, height: int) -> bytes:
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size} fill="#f0f"/></svg>'.encode()


def _covered(png: bytes) -> tuple[int, int, int, int]:
    """The box of what the picture covers: left, top, right, bottom."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    plain = Image.new("RGB", image.size, MAGENTA)
    different = ImageChops.difference(image, plain).convert("L").point(lambda value: 255 * (value < 8))
    return different.getbbox() or (0, 0, 0, 0)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
@pytest.mark.parametrize("brand", EXAMPLES)
def test_all_of_it_is_there(brand: str, shape: Shape) -> None:
    words = "Op elke verdieping zeiden ze hetzelfde: het zal wel aan ons liggen."
    assert found(brand, quote(words), shape, UPRIGHT) == []
    assert found(brand, figure("20 van de 32 aanpakken"), shape) == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_messages_and_questions(shape: Shape) -> None:
    assert found("vuurduin", message("Zaterdag 12 december staat het Dijkhuis open"), shape) == []
    assert found("vuurduin", message("Zo doe je mee", ""), shape, WIDE) == []
    assert found("roetmolen", message("Wat doe je als een veilige hal ook een eenzame hal is?"), shape) == []


@pytest.mark.parametrize("words", FIGURES)
def test_figures(words: str) -> None:
    for shape in SHAPES:
        assert found("wilgendam", figure(words, "Wie thee drinkt, telt niet mee. " * 12), shape) == []


def test_what_cannot_fit_is_told() -> None:
    with pytest.raises(InvalidFile) as caught:
        found("wilgendam", quote("Zo lang. " * 300), SHAPES[0], UPRIGHT)
    assert "Zo lang." in caught.value.problem.message.render(str)
    assert "1080 × 1080" in caught.value.problem.message.render(str)


def assert_cases_fit(seed: int, cases: int) -> None:
    chosen = random.Random(seed)  # noqa: S311
    for case in range(cases):
        length = chosen.randrange(10, 400)
        words = chosen.choice(WORDS).capitalize()
        while len(words) < length:
            words += f" {chosen.choice(WORDS)}"
        words = words[:400].rsplit(" ", 1)[0]
        shape, brand = chosen.choice(SHAPES), chosen.choice(EXAMPLES)
        kind = chosen.choice(("quote", "quote", "figure", "message"))
        if kind == "quote":
            size, view = (
                chosen.choice((UPRIGHT, SQUARE, WIDE, None)),
                quote(words, chosen.choice(NAMES), chosen.choice(JOBS)),
            )
        elif kind == "figure":
            size, view = None, figure(chosen.choice(FIGURES), words)
        else:
            size, view = chosen.choice((UPRIGHT, WIDE, None)), message(words[:160].rsplit(" ", 1)[0])
        assert found(brand, view, shape, size) == [], (seed, case, brand, shape.name, size, view)


def test_fifty_random_cards_fit() -> None:
    assert_cases_fit(seed=1, cases=50)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_two_thousand_random_cards_fit(seed: int) -> None:
    assert_cases_fit(seed, cases=200)
