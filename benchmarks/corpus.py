"""A campaign of any size to build: N stories and thirty other texts, equal on every machine and in every run.

Story *i* is the same in a campaign of 60 as in one of 5,000. The sentences are
filler put together from a small grammar: they look like Dutch, in length and
letters, and say nothing about anybody.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

SECTIONS = {"verhalen": "Verhalen", "toolkit": "Toolkit", "bewijs": "Bewijs", "nieuws": "Nieuws"}
OTHERS = {"toolkit": 12, "bewijs": 8, "nieuws": 10}
THEMES = {
    "geld": "Geld",
    "huis": "Een huis",
    "school": "School",
    "buurt": "De buurt",
    "zorgen": "Zorgen voor een ander",
    "alleen": "Alleen zijn",
    "jong": "Jong zijn",
    "oud": "Ouder worden",
    "nieuwkomers": "Nieuwkomers",
    "meedoen": "Meedoen",
}
DRAWINGS = 6
BEGIN = dt.date(2025, 12, 31)

_NAMES = (
    "Aaf Bilal Corrie Demir Eef Farida Goos Hind Imke Jurre "
    "Kadir Lieke Mo Noor Oscar Pien Rachid Saar Teun Wim"
).split()
_PLACES = "Lagezand Molenhoek-West Oudebrug Rietkerk Torendam Wilgenoord Zuiderhout Brinkveen".split()
_JOBS = ("wijkwerker", "jongerenwerker", "budgetcoach", "opbouwwerker", "ouderenwerker")
_WHEN = (
    "Op maandag|Na de zomer|In het eerste gesprek|Aan het eind van de week|Vorig jaar|Elke donderdag|"
    "Tegen de avond|Bij de tweede afspraak|Zonder het te zeggen|Met een zucht|Voor het eerst"
).split("|")
_WHO = (
    "{naam}|{naam}|{naam}|de buurman|een collega|de wijkverpleegkundige|een vrijwilliger|de leraar|"
    "iemand van de gemeente|de huismeester|een zus"
).split("|")
_DOES = (
    ("belt", "de verhuurder"),
    ("schrijft", "een brief aan de gemeente"),
    ("legt", "alle rekeningen op tafel"),
    ("vraagt", "wat er nodig is"),
    ("loopt", "mee naar de balie"),
    ("zet", "een pot koffie"),
    ("maakt", "een lijst van drie dingen"),
    ("leest", "elke brief hardop voor"),
    ("brengt", "een doos met kleren"),
    ("kent", "de weg in {plaats}"),
    ("rekent", "uit wat er per week overblijft"),
    ("luistert", "een uur lang"),
    ("zoekt", "het juiste formulier op"),
)
_AND = (
    "|||, en dat is al heel wat|, want uitstellen maakt het alleen groter|, zonder haast|"
    ", al gaat het niet vanzelf|, en daarna nog een keer|, omdat niemand anders het doet|"
    ", tot ieders verbazing|, en schrijft de datum in een schriftje"
).split("|")
_HEADINGS = (
    "Een dichte deur|De eerste stap|Wat er op tafel ligt|Samen uitzoeken|Een jaar later|"
    "Wie er komt helpen|Wat het kost|Een gewone week|Nog niet klaar"
).split("|")
_TITLES = (
    "{naam} begint opnieuw",
    "De voordeur van {naam}",
    "Drie brieven in {plaats}",
    "{naam} belt terug",
    "Een tafel in {plaats}",
)
_WORK = (
    "Zo pak je het aan",
    "Een middag plannen",
    "Wie nodig je uit",
    "Wat je klaarlegt",
    "Wat wij tellen",
    "Hoe wij kijken",
)


@dataclass(frozen=True, slots=True)
class Text:
    """One document. In the body ``(@verhalen/noor-0004)`` stands for the address of another one."""

    section: str
    slug: str
    title: str
    summary: str
    date: dt.date
    themes: tuple[str, ...]
    drawing: str
    body: str
    name: str = ""
    place: str = ""
    job: str = ""
    role: str = ""
    quote: str = ""

    @property
    def page(self) -> str:
        """Its address on every site, without ``.html``."""
        return f"{self.section}/{self.slug}"


def texts(stories: int) -> Iterator[Text]:
    """All documents, stories first, made one at a time: the one who measures must stay small."""
    yield from (story(i) for i in range(stories))
    for section, count in OTHERS.items():
        yield from (_other(section, i) for i in range(count))


def documents(stories: int) -> int:
    return stories + sum(OTHERS.values())


def story(i: int) -> Text:
    chance = random.Random(f"story {i}")
    name, place = _person(i)
    worker = chance.random() < 0.5
    return Text(
        "verhalen",
        _slug(i),
        chance.choice(_TITLES).format(naam=name, plaats=place),
        _sentence(chance, name, place)[:150],
        BEGIN - dt.timedelta(days=i % 1500),
        tuple(chance.sample(sorted(THEMES), chance.randint(1, 3))),
        f"beeld-{i % DRAWINGS}.svg",
        _body(chance, name, place, _elsewhere(chance, i)),
        name,
        place,
        chance.choice(_JOBS) if worker else "",
        "worker" if worker else "client",
        _sentence(chance, name, place),
    )


def drawing(i: int) -> str:
    """A portrait of nobody."""
    chance = random.Random(f"drawing {i}")
    dots = "".join(
        f'<circle cx="{chance.randrange(300)}" cy="{chance.randrange(400)}" r="{chance.randrange(12, 80)}"'
        f' fill="#{chance.randrange(1 << 24):06x}"/>'
        for _ in range(10)
    )
    size = 'width="300" height="400" viewBox="0 0 300 400"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{dots}</svg>\n'


def _other(section: str, i: int) -> Text:
    chance = random.Random(f"{section} {i}")
    name, place = _person(i)
    return Text(
        section,
        f"{section}-{i:02d}",
        f"{_WORK[i % len(_WORK)]} ({i + 1})",
        _sentence(chance, name, place)[:150],
        BEGIN - dt.timedelta(days=7 * i),
        tuple(chance.sample(sorted(THEMES), 1)),
        f"beeld-{i % DRAWINGS}.svg",
        _body(chance, name, place, (0,)),
    )


def _person(i: int) -> tuple[str, str]:
    return _NAMES[i * 7 % len(_NAMES)], _PLACES[i * 3 % len(_PLACES)]


def _slug(i: int) -> str:
    return f"{_person(i)[0].lower()}-{i:04d}"


def _elsewhere(chance: random.Random, i: int) -> tuple[int, ...]:
    """Stories to link to: earlier ones, so that they are there in a campaign of any size."""
    return tuple(chance.randrange(i) for _ in range(3)) if i else (0,)


def _sentence(chance: random.Random, name: str, place: str) -> str:
    verb, what = chance.choice(_DOES)
    who = chance.choice(_WHO)
    early = chance.random() < 0.5
    words = f"{chance.choice(_WHEN)} {verb} {who} {what}" if early else f"{who} {verb} {what}"
    words = words.format(naam=name, plaats=place) + chance.choice(_AND)
    return f"{words[0].upper()}{words[1:]}."


def _body(chance: random.Random, name: str, place: str, links: tuple[int, ...]) -> str:
    """About 650 words in the shapes that editors use: headings, lists, a quotation, sometimes a table."""

    def sentence() -> str:
        return _sentence(chance, name, place)

    def paragraph() -> str:
        said = [sentence() for _ in range(chance.randint(5, 8))]
        if chance.random() < 0.6:
            at = chance.randrange(len(said))
            first, _, rest = said[at].partition(" ")
            said[at] = chance.choice((f"**{first}** {rest}", f"*{first}* {rest}", f"‘{said[at]}’"))
        return " ".join(said)

    blocks = [paragraph()]
    for number, heading in enumerate(chance.sample(_HEADINGS, 5)):
        blocks += [f"## {heading}", paragraph(), paragraph()]
        if number < len(links):
            other = links[number]
            blocks[-1] += f" Lees ook [het verhaal uit {_person(other)[1]}](@verhalen/{_slug(other)})."
        match chance.randrange(6):
            case 0:
                blocks.append("\n".join(f"- {sentence()}" for _ in range(4)))
            case 1:
                blocks.append("\n".join(f"{n}. {sentence()}" for n in range(1, 4)))
            case 2:
                blocks.append(f"> {sentence()} {sentence()}")
            case 3:
                chosen = chance.sample(_DOES, 3)
                rows = "\n".join(f"| {verb} {what} | {chance.randint(1, 30)} |" for verb, what in chosen)
                blocks.append("| Wat | Hoe vaak |\n| --- | ---: |\n" + rows.format(plaats=place))
    return "\n\n".join(blocks) + "\n"
