"""Marks that are printed as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.markdown import FILE, html_of, only
from microsite.content.markdown.reader import render

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("typed", "line", "column", "mark", "write"),
    [
        ("tekst\n\n• brood\n• koffie", 3, 1, "'•'", "'- '"),
        ("Tekst:\n•\tbrood\n•\tkoffie", 2, 1, "'•'", "'- '"),
        ("> • brood", 1, 3, "'•'", "'- '"),
        ("tekst\n\n– brood\n– koffie", 3, 1, "'–'", "'- '"),
        ("✓ gratis\n✓ snel", 1, 1, "'✓'", "'- '"),
        ("tekst\n-brood\n-koffie", 2, 1, "'-'", "'- '"),
        ("1.Bel\n2.Wacht", 1, 1, "'1.'", "'1. '"),
        ("Zo:\na) bel\nb) wacht", 2, 1, "'a)'", "'1. '"),
        ("Zo:\n(1) bel\n(2) wacht", 2, 1, "'(1)'", "'1. '"),
        ("1. bel\n   a) kort\n   b) lang\n2. wacht", 2, 4, "'a)'", "'1. '"),
        ("- brood\n  • wit\n  • bruin", 2, 3, "'•'", "'- '"),
        ("I. bel\nII. wacht", 1, 1, "'I.'", "'1. '"),
        ("Mee:\no\tbrood\no\tkoffie", 2, 1, "'o'", "'- '"),
        ("- [ ] open\n- [x] klaar", 2, 3, "'[x]'", "'- [ ] words'"),
        ("-[ ] open", 1, 1, "'-[ ]'", "'- [ ] words'"),
        ("- [] open", 1, 3, "'[]'", "'- [ ] words'"),
        ("`~~code~~` en\ndat is ~~weg~~.", 2, 8, "'~~'", "<del>"),
        ("een ==woord== hier", 1, 5, "'=='", "<mark>"),
        ("zie [tekst] (contact.md)", 1, 5, "'[tekst] (contact.md)'", "[words](file.md)"),
        ("zie [*tekst*] (contact.md)", 1, 13, "'[tekst] (contact.md)'", "[words](file.md)"),
        ("![foto] (a.jpg)", 1, 2, "'[foto] (a.jpg)'", "[words](file.md)"),
        ("[a](b.md) en [tekst] (https://www.example.nl/x)", 1, 14, "example", "[words](file.md)"),
        ("(tekst)[contact.md]", 1, 1, "'(tekst)[contact.md]'", "[words](file.md)"),
        ("[[contact]]", 1, 1, "'[[contact]]'", "[words](file.md)"),
        ("[tekst]( contact.md", 1, 7, "']('", "[words](file.md)"),
        ("[a](b.md) {.knop}", 1, 11, "'{.knop}'", "[words](page.md){.knop}"),
        ("[a](b.md){.knop}\n\n- tekst {.knop}", 3, 9, "'{.knop}'", "[words](page.md){.knop}"),
        ("tekst^[noot]", 1, 6, "'^[noot]'", "[^name]"),
        ("dit is **vet**, en **dit", 1, 20, "'**'", "**words**"),
        ("dit **is ** vet", 1, 5, "'**'", "**words**"),
        ("dit ** is** vet", 1, 5, "'**'", "**words**"),
        ("<div>**is</div>", 1, 6, "'**'", "**words**"),
        ("dit *is * schuin", 1, 5, "'*'", "*words*"),
        ("::: tip\ntekst\n:::", 1, 1, "':::'", "> [!tip]"),
        ("!!! note\ntekst", 1, 1, "'!!!'", "> [!tip]"),
        ("tekst\n\n| a | b |\n| 1 | 2 |", 3, 1, "table", "| --- | --- |"),
        ("| a | b |\n| --- |\n| 1 | 2 |", 1, 1, "table", "| --- | --- |"),
        ("tekst\n\nDag\tOpen\nma\t9 uur\ndi\t9 uur", 3, 1, "tabs", "'| Dag | Open |'"),
        ("\tma\tdi\nopen\t9\t10", 1, 1, "tabs", "'|  | ma | di |'"),
        ("    • code\n\n• proza", 3, 1, "'•'", "'- '"),
    ],
)
def test_a_mark_that_is_printed_is_told(typed: str, line: int, column: int, mark: str, write: str) -> None:
    problem = only(typed, 11)
    assert (problem.severity, problem.place.line, problem.place.column) == ("warning", line + 10, column)
    assert mark in problem.message.render()
    assert problem.hint is not None
    assert write in problem.hint.render()


def test_each_place_is_told_once() -> None:
    problems = render("• a\n• b\n\ntekst\n\n• c\n\n**een\n**twee ~~x~~ ~~y~~", FILE)[1]
    assert [(problem.place.line, problem.place.column) for problem in problems] == [
        (1, 1),
        (6, 1),
        (8, 1),
        (9, 8),
    ]


HONEST = """\
1970 was een goed jaar.
3) hieronder staat het.
Dat is zo: 5 * 3 * 2 = 30, en 2**3 = 8, en 2 ** 3.
In snake_case, mijn_bestand_2.txt, _init_ en tekst__met__streepjes.
Medewerker #1 van de maand. De actie # van de maand. #jijdoetertoe
Vanaf € 5* per maand en € 6** per jaar.
\\* excl. btw
Groet,<br>Jan<br>T 010-1234567 | M 06-12345678<br>E jan@x.example | W x.example
ma | di | wo
a|b|c en 3 | 4
Het kost ~5 euro, ongeveer ~~~.
[sic] (2024), [naam] (zie p. 3), [1] (blz. 12), (d.w.z.) [noot], [1] (www.example.nl), [Ja] (nee)
Naam: ________ en ____ en wachtwoord: ****
*.pdf en *.docx, medewerk*er*s
a == b en c == d, {naam} en {x}
Hij zei: [...] (lacht)
– Kom je? – zei zij.
→ Lees verder
Let op!!! Dit is belangrijk.
12:30 - 14:00, en A - Z, en m^2
C:\\map\\ en 't Is “waar”
A · B · C
1.5 liter
-5 graden
Zie <https://x.example/a_b_c_(d)> en `**`, `~~x~~` en `[a] (b.md)`.
Open: ma. t/m vr.
A. de Vries
B. Jansen
»Kom«, zei hij.
De functie f(x)[0].
Vraag? [Ja] / [Nee]
Tel.:\t010
"""


@pytest.mark.parametrize(
    "typed", ["A. de Vries\nB. Jansen", *HONEST.splitlines(), HONEST, HONEST.replace("\n", "\n\n")]
)
def test_honest_sentences_give_no_alarm(typed: str) -> None:
    assert [problem.render() for problem in render(typed, FILE)[1]] == []


@pytest.mark.parametrize(
    "typed", ["- brood\n- koffie", "1. a\n2. b", "| a | b |\n|---|---|\n| \\| | **c** |"]
)
def test_marks_that_do_something_give_no_alarm(typed: str) -> None:
    assert html_of(typed)
    assert render(typed, FILE)[1] == ()


def test_the_campaign_has_none() -> None:
    for path in sorted(ROOT.glob("content/**/*.md")):
        typed = path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        assert [problem.render() for problem in render(typed, path.name)[1]] == [], path
