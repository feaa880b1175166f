"""A region within a sentence, as a Dutch reader would say it."""

from __future__ import annotations

import pytest

from microsite.brand.brand_file import BrandFile, check_values
from microsite.brand.region import SAID, within
from microsite.core.problems import Place


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("Wilgendam", "in Wilgendam"),
        ("Den Haag", "in Den Haag"),
        ("De Bilt", "in De Bilt"),
        ("'s-Hertogenbosch", "in 's-Hertogenbosch"),
        ("Twente", "in Twente"),
        ("Noord-Holland", "in Noord-Holland"),
        ("Achterhoek", "in de Achterhoek"),
        ("de Achterhoek", "in de Achterhoek"),
        ("het Gooi", "in het Gooi"),
        ("de Kop van Noord-Holland", "in de Kop van Noord-Holland"),
        ("Rijk van Nijmegen", "in het Rijk van Nijmegen"),
        ("Texel", "op Texel"),
        ("TEXEL", "op TEXEL"),
        ("Goeree-Overflakkee", "op Goeree-Overflakkee"),
        ("Goeree Overflakkee", "op Goeree Overflakkee"),
        ("de Veluwe", "op de Veluwe"),
        ("gemeente Texel", "in de gemeente Texel"),
        ("regio Zwolle", "in de regio Zwolle"),
        ("onze streek", "in onze streek"),
        ("", ""),
    ],
)
def test_as_people_say_it(region: str, said: str) -> None:
    assert within(region, "nl") == said


def test_another_language_says_in() -> None:
    assert (within("Springfield", "en"), within("", "en")) == ("in Springfield", "")


def test_no_region_is_said_in_two_ways() -> None:
    names = [name for names in SAID.values() for name in names.split()]
    assert len(names) == len(set(names))


PLACES = {key: Place("brand.yaml", line) for line, key in enumerate(("region", "in_region"), start=5)}


@pytest.mark.parametrize(
    ("region", "said", "line", "severity", "hint"),
    [
        ("Wilgendam", "", 0, "", ""),
        ("de Zaan", "aan de Zaan", 0, "", ""),
        ("Noord", "boven het Noordzeekanaal", 0, "", ""),
        ("Opsterland", "", 0, "", ""),
        ("Aan de Stegge", "", 5, "warning", "write 'region: de Stegge' and 'in_region: Aan de Stegge'"),
        ("op Texel", "", 5, "warning", "write: region: Texel"),
        ("rond de Vecht", "", 5, "warning", "write 'region: de Vecht' and 'in_region: rond de Vecht'"),
        ("Texel", "Texel", 6, "error", "such as: in_region: op Texel"),
        ("Texel", "Op Texel", 6, "error", "such as: in_region: op Texel"),
        ("Texel", "op Texel.", 6, "error", "such as: in_region: op Texel"),
        ("Achterhoek", "de Achterhoek", 6, "error", "such as: in_region: in de Achterhoek"),
        ("", "op Texel", 6, "error", "add the name itself: region: Texel"),
    ],
)
def test_what_does_not_fit_in_a_sentence_is_told(
    region: str, said: str, line: int, severity: str, hint: str
) -> None:
    file = BrandFile("Lid", "logo.svg", region=region, in_region=said)
    problems = [*check_values(file, PLACES)]
    assert [(p.place.line, p.severity) for p in problems] == ([(line, severity)] if line else [])
    assert all(hint in str(p.hint) for p in problems)
