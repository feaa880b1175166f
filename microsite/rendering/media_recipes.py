"""Recipes of images, icons, fonts, films and sound, and the examination of such files.

Worker processes run these, so the module imports little.
"""

from __future__ import annotations

from functools import lru_cache

from microsite.brand import fonts, logos
from microsite.content.files import Source, decode
from microsite.core.file_types import CAPTIONS
from microsite.core.problems import problems_or
from microsite.media import captions, clips, raster
from microsite.media.captions import Captions
from microsite.media.clips import Clip
from microsite.media.photos import Kind, Photo, encode, is_made, probe
from microsite.media.resvg import render_svg
from microsite.media.svg import Drawing, Vector, clean, paint


@problems_or
def examine(source: Source) -> Photo | Drawing:
    """Return the facts of an image file, or the problems for which it cannot be used."""
    data = source.read()
    return clean(data).facts if source.suffix == ".svg" else probe(data)


@problems_or
def examine_clip(source: Source) -> Clip | Captions:
    """Return the facts of a film or sound, or the captions of one, or the problems with it."""
    if source.suffix == CAPTIONS:
        return captions.read(decode(source.read(), ""))
    return clips.probe(source.read(), source.suffix)


def clip(source: Source) -> bytes:
    """A film or sound, without what is hidden in the file."""
    return clips.clean(source.read(), source.suffix)


def subtitles(source: Source) -> bytes:
    """The captions of a film, written anew."""
    return captions.written(captions.read(decode(source.read(), source.name))).encode()


def photo(source: Source, width: int, kind: Kind, made: Source | None = None) -> bytes:
    """A photo, scaled to a width in pixels and encoded anew; or the copy ``made``, if that may be taken."""
    data = source.read()
    if made is not None and is_made(copy := made.read(), data, width, kind):
        return copy
    return encode(data, width, kind)


def drawing(source: Source, colours: tuple[tuple[str, str], ...]) -> bytes:
    """An SVG file, sanitized, in the colours of the brand."""
    return paint(_cleaned(source).markup, dict(colours)).encode()


@lru_cache(maxsize=128)
def _cleaned(source: Source) -> Vector:
    """Cached because brands use the same file one after the other."""
    return clean(source.read())


def icon(source: Source, colours: tuple[tuple[str, str], ...], ground: str, side: int) -> bytes:
    """A square PNG icon of a logo, or of an SVG file in the colours of the brand; ``side`` is in pixels."""
    if source.suffix != ".svg":
        return logos.icon(source.read(), False, ground, side)
    return logos.icon(paint(_cleaned(source).markup, dict(colours)).encode(), True, ground, side)


def still(source: Source, colours: tuple[tuple[str, str], ...], width: int) -> bytes:
    """An image for files that take no SVG: PNG of a drawing, in the colours of the brand, JPEG of a photo."""
    if source.suffix != ".svg":
        return encode(source.read(), width, "jpeg")
    drawn = _cleaned(source)
    height = round(width * drawn.height / drawn.width)
    return raster.png(render_svg(paint(drawn.markup, dict(colours)), width, height), small=True)


def font(source: Source) -> bytes:
    """A member's own font, reduced to what a site needs."""
    return fonts.webfont(source.read())
