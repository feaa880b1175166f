"""The score of Flesch and Douma, and the syllables that it counts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from microsite.content.hints.passages import read, sentences
from microsite.content.hints.readability import LEVELS, ReadingEase, reading_ease
from microsite.content.hints.syllables import syllables
from microsite.content.markdown.source import SourceText

COUNTED = yaml.safe_load((Path(__file__).parent / "syllables.yaml").read_text(encoding="utf-8"))
EASY = "Noor heeft een la. De la kan niet meer dicht. Er liggen brieven in. Zij maakt ze niet open. " * 6
HARD = (
    "De gemeentelijke verantwoordelijkheid voor maatschappelijke ondersteuning veronderstelt"
    " samenwerkingsovereenkomsten tussen zorgaanbieders en welzijnsorganisaties. "
) * 9


def test_syllables_are_counted_as_by_hand() -> None:
    assert len(COUNTED) >= 100
    assert {word: syllables(word) for word, _ in COUNTED} == dict(COUNTED)


def test_the_formula_is_that_of_douma() -> None:
    assert ReadingEase(words=100, sentences=10, syllables=150).score == pytest.approx(82.035)
    assert ReadingEase(words=100, sentences=5, syllables=180).score == pytest.approx(49.635)


@pytest.mark.parametrize(
    ("syllables_", "level"),
    [(130, "very easy"), (150, "easy"), (165, "fairly easy"), (175, "ordinary"), (190, "fairly difficult")],
)
def test_scores_have_his_names(syllables_: int, level: str) -> None:
    assert str(ReadingEase(100, 10, syllables_).level) == level


def test_there_are_names_for_all_scores() -> None:
    assert [least for least, _ in LEVELS] == [90, 80, 70, 60, 45, 30]
    assert str(ReadingEase(100, 1, 300).level) == "very difficult"


def test_easy_is_easier_than_hard() -> None:
    easy, hard = reading_ease(EASY), reading_ease(HARD)
    assert easy is not None
    assert hard is not None
    assert easy.score > 90
    assert hard.score < 0


def test_a_short_text_has_no_score() -> None:
    assert reading_ease("") is None
    assert reading_ease("Noor heeft een la. " * 24) is None
    assert reading_ease("Noor heeft een la. " * 25) == ReadingEase(100, 25, 100)


def test_only_words_to_read_on_are_counted() -> None:
    """No headings, tables, code, images, addresses, notes to oneself, or letters to take over."""
    body = "Noor heeft een la. " * 25
    extra = """
## Verantwoordelijkheid

| Samenwerkingsovereenkomst | Ja |
| --- | --- |
| 12 | Verantwoordelijkheid |

![Plattegrond van de flat](plattegrond.jpg "Verantwoordelijkheid")

```
verantwoordelijkheid
```

<!-- verantwoordelijkheid -->

> [!overnemen] Brief
> Geachte verantwoordelijke,

---
"""
    assert reading_ease(body + "\n" + extra) == ReadingEase(100, 25, 100)


def test_a_link_counts_by_its_words() -> None:
    body = 'Noor heeft een [la](/verhalen/verantwoordelijkheid.md "Een lange titel"). ' * 25
    assert reading_ease(body) == ReadingEase(100, 25, 100)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Hij belt. Zij ook.", ["Hij belt.", "Zij ook."]),
        ("‘Welke is het ergst?’ vraagt hij.", ["‘Welke is het ergst?’ vraagt hij."]),
        ("‘Kom maar.’ Zij loopt mee.", ["‘Kom maar.’", "Zij loopt mee."]),
        ("Mw. J. de Vries belt. Ja.", ["Mw. J. de Vries belt.", "Ja."]),
        ("Neem bijv. Een paraplu mee.", ["Neem bijv. Een paraplu mee."]),
        ("Het is half tien (’s avonds). Dan pas.", ["Het is half tien (’s avonds).", "Dan pas."]),
        ("Neem brood mee, enz.", ["Neem brood mee, enz."]),
        ("Wat nu? 64 deuren!", ["Wat nu?", "64 deuren!"]),
        ("Op 1.600 plekken, voor € 1,60. Dus.", ["Op 1.600 plekken, voor € 1,60.", "Dus."]),
        ("Zonder punt", ["Zonder punt"]),
    ],
)
def test_where_sentences_end(typed: str, found: list[str]) -> None:
    (passage,) = read(SourceText(typed, "a.md", 1))
    assert [sentence.text for sentence in sentences(passage)] == found


def test_passages_are_where_they_were_typed() -> None:
    typed = """Eerste **alinea**
op twee regels.

## Kop

- een [link](a.md){.knop}
- twee
  en verder

> Ik dacht dat alles erg was.
> — Noor

> [!tip] Bel op dinsdag
> Dan is er iemand.

| Dag | Uur |

Laatste.[^1]

[^1]: Bron.
"""
    source = SourceText(typed, "a.md", 10)
    passages = read(source)
    assert [(p.kind, source.place(p.offset).line, p.box, p.speaker) for p in passages] == [
        ("paragraph", 10, "", ""),
        ("heading", 13, "", ""),
        ("item", 15, "", ""),
        ("item", 16, "", ""),
        ("quote", 19, "", "Noor"),
        ("paragraph", 23, "tip", ""),
        ("cells", 25, "", ""),
        ("paragraph", 27, "", ""),
    ]
    assert passages[0].text.split() == ["Eerste", "alinea", "op", "twee", "regels."]
    assert (passages[2].links[0].words, passages[2].links[0].button) == ("link", True)
    assert passages[-1].notes
