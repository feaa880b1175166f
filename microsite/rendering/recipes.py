"""Recipes: the bytes of pages and of the small files around them, each from exactly its arguments."""

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
from microsite.core.languages import decimal
from microsite.rendering.artifact import Artifact
from microsite.rendering.templates import Template
from microsite.rendering.views import FactRow

WORDS_A_MINUTE = 200


def page(template: Template, **context: Any) -> bytes:
    """An HTML or XML page: the template with exactly these values."""
    from microsite.rendering import jinja  # imported here: it takes 15 ms, and few processes render

    return jinja.render(template, context).encode()


def stylesheet(css: str, palette: Palette, faces: tuple[Face, ...], logo_width: int) -> bytes:
    """The stylesheet of a site, minified: the brand's colours, fonts and width of the logo, then the rules.

    ``logo_width`` is in pixels; 0 leaves it to the rules.
    """
    width = f":root {{ --logo-width: {logo_width / 16:g}rem; }}" if logo_width else ""
    return (_minify(f"{palette_css(palette)}{fonts_css(faces)}{width}") + _minify(css)).encode()


def kinds_stylesheet(css: str) -> bytes:
    """The rules for the pages that are not stories, minified."""
    return _minify(css).encode()


@lru_cache(maxsize=8)
def _minify(css: str) -> str:
    """Cached because the rules are the same for every brand."""
    import rcssmin  # imported here: most builds make no stylesheet

    return str(rcssmin.cssmin(css))


def script(source: str) -> bytes:
    return source.encode()


def manifest(
    name: str, brand: str, language: str, colour: str, ground: str, icons: tuple[tuple[int, str], ...]
) -> bytes:
    """What a phone needs to put the site on its home screen. Addresses in it are relative to itself."""
    told = {
        "name": name if brand == name else f"{name} – {brand}",
        "short_name": name,
        "lang": language,
        "start_url": "index.html",
        "display": "browser",
        "theme_color": colour,
        "background_color": ground,
        "icons": [{"src": path, "sizes": f"{side}x{side}", "type": "image/png"} for side, path in icons],
    }
    written = json.dumps(told, ensure_ascii=False, indent=1)
    return written.replace("<", "\\u003c").encode()


def attachment(source: Source) -> bytes:
    """A file as it is."""
    return source.read()


def compressed(original: Artifact, encoding: str) -> bytes:
    """A text file as servers may send it: ``br`` or ``gz``, the same bytes on every run."""
    data = original.make()
    if encoding == "gz":
        return gzip.compress(data, 9, mtime=0)
    import brotli  # seldom needed: an option

    return bytes(brotli.compress(data, quality=11))


def register(rows: tuple[FactRow, ...], head: tuple[str, ...], language: str) -> bytes:
    """The register of figures as a table that spreadsheets in this language open as it is."""
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=";" if decimal(".", language) == "," else ",", lineterminator="\r\n")
    table.writerow(head)
    for row in rows:
        fact, source = row.fact, row.fact.source
        where = " ".join(page.path for page in row.pages)
        about = (source.title, source.author, source.publisher, source.date, source.url)
        figure = (fact.text, decimal(f"{fact.value:f}", language), fact.unit, fact.label)
        limits = (fact.caveat, fact.as_of, fact.valid_until, fact.strength)
        cells = (row.id, *figure, *about, *limits, where)
        table.writerow("" if cell is None else _inert(str(cell).replace("\u00a0", " ")) for cell in cells)
    return stream.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a number below zero stays one."""
    return f"'{cell}" if re.match(r"[=+@\t\r]|-(?![\d,]+$)", cell) else cell


def minutes(words: int) -> int:
    """How long reading takes, in whole minutes, at least one."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def robots(sitemap: str) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, *([f"Sitemap: {sitemap}"] if sitemap else []), ""]).encode()
