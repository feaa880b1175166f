"""Recipes: the bytes of pages and of the small files around them, each from exactly its arguments."""

from __future__ import annotations

import gzip
import math
import re
from functools import lru_cache
from typing import Any

from microsite.artifacts import Artifact
from microsite.fonts import Face, webfont
from microsite.fonts import css as fonts_css
from microsite.images import Kind as ImageKind
from microsite.images import encode, share
from microsite.palette import Palette
from microsite.palette import css as palette_css
from microsite.sources import Source
from microsite.templates import Template
from microsite.vectors import clean, paint

WORDS_A_MINUTE = 200


def page(template: Template, **context: Any) -> bytes:
    """An HTML or XML page: the template with exactly these values."""
    return template.render(context).encode()


def stylesheet(css: str, palette: Palette, faces: tuple[Face, ...]) -> bytes:
    """One stylesheet: the brand's colours and font, then the campaign's rules, without comments or indents.

    Nothing else is squeezed out: servers compress, and a space may mean something
    (``.prose :is(h2)`` is not ``.prose:is(h2)``).
    """
    bare = _COMMENT.sub(lambda found: found[1] or "", f"{palette_css(palette)}{fonts_css(faces)}\n{css}")
    return re.sub(r"\s*\n\s*", "\n", bare).strip().encode()


_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/""", re.DOTALL)


def script(source: str) -> bytes:
    return source.encode()


def photo(source: Source, width: int, kind: ImageKind) -> bytes:
    """One copy of a photograph."""
    return encode(source.read(), width, kind)


def share_image(source: Source) -> bytes:
    """The photograph as chat programs and networks show it beside a link."""
    return share(source.read())


def drawing(source: Source, colours: tuple[tuple[str, str], ...]) -> bytes:
    """An SVG in the brand's colours."""
    return paint(_clean(source), dict(colours)).encode()


@lru_cache(maxsize=128)
def _clean(source: Source) -> str:
    """Brands draw the same file one after the other."""
    return clean(source.read()).markup


def font(source: Source) -> bytes:
    """A member's own font, with what a site needs of it."""
    return webfont(source.read())


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


def minutes(words: int) -> int:
    """How long reading takes, in whole minutes, at least one."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def robots(sitemap: str) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, *([f"Sitemap: {sitemap}"] if sitemap else []), ""]).encode()


def sitemap(template: Template, addresses: tuple[tuple[str, str], ...]) -> bytes:
    """``addresses``: (absolute address, ISO date of the last change or "")."""
    return template.render({"addresses": addresses}).encode()
