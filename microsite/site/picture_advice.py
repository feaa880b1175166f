"""What to say of pictures: those that no text names, that are too small for their place, or cut at a face.

Nothing of this keeps a site from being published; it is told by ``check``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from urllib.parse import quote

from microsite.content.files import Layer, Source
from microsite.core.problems import Place, Problem, text
from microsite.media.photos import ENDINGS, Photo
from microsite.rendering.views import Figure
from microsite.site.embeds import PublishedImage
from microsite.site.page import Page

COLUMN = 672
"""Pixels of the column of text, in which a picture is at its widest (``figure_block`` in ui.html)."""

POSTER = 640, 740
"""Pixels of the picture at the top of a page about somebody, on a common screen (``poster`` in ui.html)."""

CARD = 4 / 5
"""Width by height of a person's picture in lists (``.card-picture``)."""

_TOLERATED = 1.15  # of a picture that is drawn larger than it is nobody sees so little
_CUT = 0.6  # of the width that is seen; where less is, a face beside the middle is cut


def picture_advice(
    pages: Iterable[Page], images: Iterable[PublishedImage], files: Iterable[Layer]
) -> Iterator[Problem]:
    """What to say of the pictures of these pages, and of the ``files``, layers of content.

    ``images`` are those of the site.
    """
    photos = {image.picture.src: image for image in images if isinstance(image.info, Photo)}
    for page in pages:
        for figure, place, at_top in _figures(page):
            image = photos.get(figure.picture.src)
            if image is not None and isinstance(image.info, Photo):
                yield from _about_photo(image.info, image.source, place(), at_top)
    for layer in files:
        yield from _unused(layer)


def _figures(page: Page) -> Iterator[tuple[Figure, Callable[[], Place], bool]]:
    """Each picture of a page, where it is named, and whether it is the picture of a person at the top."""
    document = page.document
    if page.figure is not None:
        yield page.figure, partial(document.place, "image.src"), page.kind.card != "line"
    for mark, part in zip(document.prose.marks, page.body.resolved, strict=True):
        if isinstance(part, Figure):
            yield part, partial(Place, document.written_in, mark.line, mark.column), False


def _about_photo(photo: Photo, source: Source, place: Place, at_top: bool) -> Iterator[Problem]:
    name = posixpath.basename(source.path)
    wide, high = POSTER if at_top else (COLUMN, 0)
    enlarged = max(wide / photo.width, high / photo.height)
    if enlarged > _TOLERATED:
        message = _SMALL.format(src=name, width=photo.width, height=photo.height)
        yield Problem(
            place, message, _LARGER.format(width=max(1200, round(photo.width * enlarged))), "notice"
        )
    seen = photo.height * CARD / photo.width
    if at_top and seen < _CUT:
        percentage = round(100 * seen)
        yield Problem(place, _MIDDLE.format(src=name, percentage=percentage), _STANDING, "notice")


def _unused(layer: Layer) -> Iterator[Problem]:
    """The pictures that no text or setting in a layer names, be it a draft or one that is not shown."""
    pictures = [source for source in layer.sources if source.suffix in ENDINGS]
    if not pictures:
        return
    words = "\n".join(_words(source) for source in layer.sources if source.suffix in (".md", ".yaml"))
    for source in pictures:
        name = posixpath.basename(source.path)
        if not any(form.casefold() in words for form in (name, quote(name))):
            yield Problem(Place(source.name), _UNUSED, _AWAY, "notice")


def _words(source: Source) -> str:
    return source.read().decode("utf-8", "replace").casefold()


_SMALL = text("the photo '{src}' is {width} by {height} pixels: too few for its place, so it looks blurred")
_LARGER = text("take one that is at least {width} pixels wide")
_MIDDLE = text("lists of people show only the middle of the photo '{src}': {percentage} percent of its width")
_STANDING = text(
    "is the face elsewhere, then cut the photo yourself: standing, with the face above the middle"
)
_UNUSED = text("no text in this folder names this picture")
_AWAY = text("use it in a text, or take it away")
