"""Recipes of pages and text files: functions that return the bytes of a file from their arguments alone."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import re
from functools import lru_cache
from typing import Any

from microsite.brand.fonts import Face
from microsite.brand.fonts import css as fonts_css
from microsite.brand.palette import Palette
from microsite.brand.palette import css as palette_css
from microsite.content.files import Source
from microsite.core import brotli
from microsite.core.languages import decimal, delimiter
from microsite.rendering.artifact import Artifact
from microsite.rendering.templates import Template
from microsite.rendering.views import FactRow

WORDS_A_MINUTE = 200


def page(template: Template, **context: Any) -> bytes:
    """Render an HTML or XML page. The context is exactly what the template gets."""
    from microsite.rendering import jinja  # imported here: it takes 15 ms, and few processes render

    return jinja.compiled(template).render(context).encode()


def stylesheet(css: str, palette: Palette, faces: tuple[Face, ...], logo_width: int) -> bytes:
    """The stylesheet of a site, minified: the brand's colours, fonts and width of the logo, then the rules.

    ``logo_width`` is in pixels; 0 leaves it to the rules.
    """
    width = f":root {{ --logo-width: {logo_width / 16:g}rem; }}" if logo_width else ""
    return (_minify(f"{palette_css(palette)}{fonts_css(faces)}{width}") + _minify(css)).encode()


def shared_stylesheet(css: str) -> bytes:
    """Rules that are the same for all brands, minified."""
    return _minify(css).encode()


@lru_cache(maxsize=8)
def _minify(css: str) -> str:
    """Cached because the rules are the same for every brand."""
    import rcssmin  # imported here: most builds make no stylesheet

    # It takes ".a :is(b)" within a layer for a declaration, and would leave the space out.
    return str(rcssmin.cssmin(_DESCENDANT.sub(" *:", css)))


_DESCENDANT = re.compile(r"(?<=[\w\])*]) :(?=(?:has|is|not|where)\()")


def script(source: str) -> bytes:
    return source.encode()


def manifest(
    name: str, brand: str, language: str, colour: str, ground: str, icons: tuple[tuple[int, str], ...]
) -> bytes:
    """The web app manifest, with which a phone adds the site to its home screen. Its URLs are relative."""
    values = {
        "name": name if brand == name else f"{name} – {brand}",
        "short_name": name,
        "lang": language,
        "start_url": "index.html",
        "display": "browser",
        "theme_color": colour,
        "background_color": ground,
        "icons": [{"src": path, "sizes": f"{side}x{side}", "type": "image/png"} for side, path in icons],
    }
    written = json.dumps(values, ensure_ascii=False, indent=1)
    return written.replace("<", "\\u003c").encode()


def attachment(source: Source) -> bytes:
    """A file of the project, unchanged."""
    return source.read()


def compressed(original: Artifact, encoding: str) -> bytes:
    """A text file, precompressed for servers as ``br`` or ``gz``; the same bytes on every run."""
    data = original.make()
    if encoding == "gz":
        return gzip.compress(data, 9, mtime=0)
    return brotli.compress(data)


def register(rows: tuple[FactRow, ...], head: tuple[str, ...], language: str) -> bytes:
    """The register of facts as CSV, with the delimiter and decimal sign of spreadsheets in this language."""
    return table(tuple(_cells(row, language) for row in rows), head, language)


def _cells(row: FactRow, language: str) -> tuple[object, ...]:
    fact, source = row.fact, row.fact.source
    where = " ".join(page.path for page in row.pages)
    about = (source.title, source.author, source.publisher, source.date, source.url)
    figure = (fact.text, decimal(f"{fact.value:f}", language), fact.unit, fact.label)
    limits = (fact.caveat, None if fact.undated else fact.as_of, fact.valid_until, fact.strength)
    return (row.id, *figure, *about, *limits, where)


def table(rows: tuple[tuple[object, ...], ...], head: tuple[str, ...], language: str) -> bytes:
    """A table as CSV, with the delimiter of spreadsheets in this language. None is an empty cell."""
    stream = io.StringIO()
    lines = csv.writer(stream, delimiter=delimiter(language), lineterminator="\r\n")
    lines.writerow(head)
    for cells in rows:
        lines.writerow("" if cell is None else _inert(str(cell).replace("\u00a0", " ")) for cell in cells)
    return stream.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """Quote a cell that a spreadsheet would take for a formula; negative numbers stay numbers."""
    return f"'{cell}" if re.match(r"[=+@\t\r]|-(?![\d,]+$)", cell) else cell


def minutes(words: int) -> int:
    """The time to read this many words, in whole minutes, at least one."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def robots(sitemap: str) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, *([f"Sitemap: {sitemap}"] if sitemap else []), ""]).encode()
