"""Pictures, logos and fonts: what is in the files, and recipes for what a site gets of them.

Other processes do this work, so it imports no more than it takes.
"""

from __future__ import annotations

from functools import lru_cache

from microsite.brand import fonts, logos
from microsite.content.files import Source
from microsite.core.problems import InvalidFile, Problem
from microsite.media.photos import Kind, Photo, encode, probe, share
from microsite.media.svg import Drawing, clean, paint


def examine(source: Source) -> Photo | Drawing | tuple[Problem, ...]:
    """What is in an image file, or why it cannot be used."""
    try:
        data = source.read()
        if source.suffix != ".svg":
            return probe(data)
        return clean(data).facts
    except InvalidFile as invalid:
        return invalid.problems


def photo(source: Source, width: int, kind: Kind) -> bytes:
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


def icon(source: Source, colours: tuple[tuple[str, str], ...], ground: str, side: int) -> bytes:
    """An app's icon of a logo, or of the campaign's mark in the brand's colours."""
    if source.suffix != ".svg":
        return logos.icon(source.read(), False, ground, side)
    return logos.icon(paint(_clean(source), dict(colours)).encode(), True, ground, side)


def font(source: Source) -> bytes:
    """A member's own font, with what a site needs of it."""
    return fonts.webfont(source.read())
