"""Setting material in the house style of a brand: its letters, its logo, and the values of a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from microsite.core.problems import InvalidFile, Text, in_data, text
from microsite.rendering.numerals import NUMBER
from microsite.rendering.print import compiler
from microsite.rendering.print.compiler import Format
from microsite.rendering.print.house import House, settable
from microsite.rendering.print.templates import PrintTemplate


def typeset(
    template: PrintTemplate,
    house: House,
    values: Mapping[str, Any],
    files: Mapping[str, bytes],
    format: Format,
    too_long: Text,
    alt: str = "",
) -> bytes:
    """The picture or the PDF of a template with these values. ``files`` are the pictures in it, by name,
    and ``alt`` is read aloud and not printed.

    Raises InvalidFile with ``too_long`` when a text does not fit, and when a letter is in none of the fonts.
    """
    fonts = house.font_files()
    given = {"alt": alt, **settable(values, fonts), "house": house.given(), "number": NUMBER}
    try:
        return compiler.compile(template, given, {**house.files(), **files}, fonts, format)
    except compiler.DoesNotFit:
        raise InvalidFile(in_data(too_long, text("make it shorter"))) from None
