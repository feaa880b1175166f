"""The pictures in material, and material that is a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from microsite.content.files import Source
from microsite.media import pillow
from microsite.rendering.media_recipes import drawing

Colours = tuple[tuple[str, str], ...]

DRAWING, PHOTO = "picture.svg", "picture.jpg"
"""What the picture in a template is called."""

_COLOURS = (64, 40, 24)
_QUALITIES = (82, 74, 66, 58, 50, 42, 34, 26, 18, 10)


def shown(picture: Source | None, colours: Colours, photo: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """The picture as a template shows it, by its name there: a drawing in these colours, or what ``photo``
    makes of a photo, a JPEG.
    """
    if picture is None:
        return {}
    if picture.suffix == ".svg":
        return {DRAWING: drawing(picture, colours)}
    return {PHOTO: photo(picture.read())}


def light(png: bytes, photo: bool, limit: int) -> bytes:
    """The picture in at most ``limit`` bytes, as far as that depends on us.

    It is a PNG with a palette, or, with a ``photo`` in it, a JPEG.
    """
    smallest = b""
    for smallest in _made(png, photo):
        if len(smallest) <= limit:
            break
    return smallest


def _made(png: bytes, photo: bool) -> Iterator[bytes]:
    """The picture in fewer and fewer bytes."""
    image = pillow.open_image(png, "png").convert("RGB")
    if photo:
        yield from (pillow.jpeg(image, quality) for quality in _QUALITIES)
    else:
        yield from (pillow.few_colours(image, colours) for colours in _COLOURS)
