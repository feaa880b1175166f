"""Typst: the only module that imports it, which it does on first use.

A template is compiled in a folder of its own with the files it shows, so it can read nothing else, and with
the fonts that it is given, so it looks the same on every machine.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from microsite.core.problems import InvalidFile, Place, Problem, text
from microsite.rendering.print.templates import FOLDER, PrintTemplate

if TYPE_CHECKING:
    import typst

Format = Literal["png", "pdf"]

STANDARDS: Sequence[typst.PDFStandard] = ("a-2a", "ua-1")
"""What every PDF is: to be kept (PDF/A-2a), and to be read by everybody (PDF/UA-1)."""

_POINTS_AN_INCH = 72  # a template's measures in points are pixels of its picture
_FONTS = "fonts"
_OVERFLOW = "does not fit"
"""What templates panic with when a text is too long for its place."""


class DoesNotFit(Exception):
    """A text is too long for its place, even in the smallest letters."""


def compile(
    template: PrintTemplate,
    given: Mapping[str, Any],
    files: Mapping[str, bytes],
    fonts: Sequence[bytes],
    format: Format,
) -> bytes:
    """The picture or the PDF of a template. The same bytes on every run.

    ``given`` is what the template gets, as JSON, with the names of the ``fonts`` (TTF or OTF files) as
    ``families``; strings in it are text, never markup. ``files`` are the pictures that it shows, by name.
    Raises DoesNotFit, and InvalidFile for everything else that the compiler says, warnings too: that a font
    is missing is only a warning to it.
    """
    import typst

    with _folder({**template.texts(), **files}, fonts) as folder:
        letters = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / _FONTS]
        )
        known = {Path(font.path or "").name: font.family for font in letters.fonts()}
        families = [known[_font_name(i)] for i in range(len(fonts)) if _font_name(i) in known]
        compiler = typst.Compiler(root=folder, font_paths=letters)
        try:
            made, warnings = compiler.compile_with_warnings(
                input=folder / template.name,
                sys_inputs={"given": json.dumps({**given, "families": families}, sort_keys=True)},
                format=format,
                ppi=_POINTS_AN_INCH,
                pdf_standards=list(STANDARDS) if format == "pdf" else [],
                timestamp=0,
            )
        except typst.TypstError as error:
            if _OVERFLOW in error.message:
                raise DoesNotFit from error
            raise InvalidFile(_problem(template, error.message)) from error
    if warnings:
        raise InvalidFile(_problem(template, warnings[0].message))
    if not isinstance(made, bytes):
        raise InvalidFile(_problem(template, "more than one page in a picture"))
    return made


@contextmanager
def _folder(files: Mapping[str, bytes], fonts: Sequence[bytes]) -> Iterator[Path]:
    """A folder with these files. The compiler reads fonts when it first needs them, so they stay there."""
    with tempfile.TemporaryDirectory(prefix="microsite-") as name:
        folder = Path(name)
        (folder / _FONTS).mkdir()
        named = {f"{_FONTS}/{_font_name(i)}": font for i, font in enumerate(fonts)}
        for path, data in {**files, **named}.items():
            (folder / path).write_bytes(data)
        yield folder


def _font_name(i: int) -> str:
    return f"{i}.ttf"


def _problem(template: PrintTemplate, said: str) -> Problem:
    place = Place(f"{FOLDER}/{template.name}")
    return Problem(place, text("this template cannot be used: {reason}", reason=said))
