"""The number in a figure, and the words around it."""

from __future__ import annotations

import pytest

from microsite.rendering.numerals import parts


@pytest.mark.parametrize(
    ("figure", "number"),
    [
        ("€ 1,60", ("", "€ 1,60", "")),
        ("ruim €\u00a01,90", ("ruim", "€\u00a01,90", "")),
        ("meer dan 50.000", ("meer dan", "50.000", "")),
        ("4 miljoen mensen", ("", "4 miljoen", "mensen")),
        ("20 van de 32 aanpakken", ("", "20", "van de 32 aanpakken")),
        ("93%", ("", "93%", "")),
        ("vijf van de zeven", None),
    ],
)
def test_the_number_is_taken_with_what_belongs_to_it(
    figure: str, number: tuple[str, str, str] | None
) -> None:
    assert parts(figure) == number
