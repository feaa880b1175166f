"""Photographs: what is in a file, which copies a page needs, and how each copy is made.

Pure functions over bytes. The original is never published: every copy is encoded
again, upright, in sRGB and without metadata. Formats, widths and qualities are
explained in ``docs/decisions/images.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, in_data, text
from microsite.core.records import Record
from microsite.core.urls import slugify
from microsite.media import bare, pillow, raster
from microsite.media.integrity import identify, is_complete
from microsite.media.raster import Size, read_png, resized

if TYPE_CHECKING:
    from microsite.media.pillow import Image

Kind = Literal["avif", "jpeg", "png"]
Lossy = Literal["avif", "jpeg"]

SETTINGS = "1"
"""Part of every file name: raise it whenever ``encode`` makes other bytes than before."""

FOLDER = "beeld"
WIDTHS: dict[Kind, tuple[int, ...]] = {"avif": (480, 800, 1200, 1600), "jpeg": (480, 800, 1200)}
TYPES: dict[Kind, str] = {"avif": "image/avif", "jpeg": "image/jpeg", "png": "image/png"}
SUFFIXES: dict[Kind, str] = {"avif": "avif", "jpeg": "jpg", "png": "png"}
ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".heic", ".avif", ".tif", ".tiff", ".bmp"}
)
"""The suffixes of files that are treated as images, including those that are rejected later."""
FALLBACK_WIDTH = 800
MAX_LOGO_SIDE = 720

_MIN_STEP = 1.2  # a copy at the photo's own width must be this much wider than the one before
_DENSE_WIDTH = 1200  # copies this wide are for dense screens, where a lower quality is enough
_QUALITY: dict[Kind, tuple[int, int]] = {"avif": (60, 52), "jpeg": (78, 72)}


class Photo(Record):
    """The facts of a usable photo; width and height are those of the upright picture."""

    digest: str
    width: int
    height: int
    format: str


class Variant(Record):
    """One copy to make: ``encode(data, width, kind)`` returns the bytes for ``path``."""

    path: str
    width: int
    height: int
    kind: Kind

    @property
    def type(self) -> str:
        return TYPES[self.kind]


class Picture(Record):
    """An image in a page; paths are relative to the site."""

    width: int
    height: int
    variants: tuple[Variant, ...]
    src: str

    @property
    def types(self) -> tuple[str, ...]:
        """The MIME types to offer, best first."""
        return tuple(dict.fromkeys(v.type for v in self.variants))


@pillow.no_warnings()
def probe(data: bytes) -> Photo:
    """Return the facts of a photo; raises InvalidFile when it cannot be used.

    The whole picture is decoded, because the header of a truncated file looks sound. Browsers, where no
    decoder is at hand, take those that were normalised there.
    """
    format = identify(data)
    if not pillow.is_here():
        return _probe_bare(data)
    image = pillow.open_image(data, format)
    if format != "jpeg" and getattr(image, "is_animated", False):
        raise InvalidFile(
            in_data(text("the image moves"), text("choose a still image, or place it as a video"))
        )
    if not is_complete(data, format, image):
        raise InvalidFile(pillow.DAMAGED)
    return Photo(digest(data), *pillow.upright_size(image), format)


def _probe_bare(data: bytes) -> Photo:
    logo = read_png(data)
    size = logo.size if logo is not None else bare.size(data, "jpeg")
    if size is None:
        raise InvalidFile(NOT_READY)
    return Photo(digest(data), *size, "png" if logo is not None else "jpeg")


NOT_READY = in_data(
    text("this picture was not made ready for the site"),
    text("choose it again in the studio, or open the folder there again"),
)


# ── which copies a page needs ────────────────────────────────────────────────────────────────────────


def widths(photo: Photo, kind: Kind = "avif") -> tuple[int, ...]:
    """Return the widths to make in pixels, ascending and never wider than the photo."""
    steps = tuple(width for width in WIDTHS[kind] if width <= photo.width)
    if not steps:
        return (photo.width,)
    if photo.width < WIDTHS[kind][-1] and photo.width >= steps[-1] * _MIN_STEP:
        return (*steps, photo.width)
    return steps


def picture(photo: Photo, name: str) -> Picture:
    """Return the copies of a photo and their paths; ``name`` only makes a saved file recognisable."""
    start = f"{FOLDER}/{stem(name)}-{_version(photo.digest)}"
    kinds: tuple[Kind, ...] = ("avif", "jpeg")
    variants = tuple(
        Variant(f"{start}-{width}.{SUFFIXES[kind]}", width, _height(photo.width, photo.height, width), kind)
        for kind in kinds
        for width in widths(photo, kind)
    )
    jpegs = [v for v in variants if v.kind == "jpeg"]
    fallback = max((v for v in jpegs if v.width <= FALLBACK_WIDTH), key=lambda v: v.width, default=jpegs[0])
    largest = max(variants, key=lambda v: v.width)
    return Picture(largest.width, largest.height, variants, fallback.path)


def mark(photo: Photo, name: str) -> Picture:
    """Return the one copy of a logo: a PNG, which may be transparent and which every browser shows."""
    width = max(1, round(photo.width * min(1.0, MAX_LOGO_SIDE / max(photo.width, photo.height))))
    height = _height(photo.width, photo.height, width)
    path = f"{FOLDER}/{stem(name)}-{_version(photo.digest)}.png"
    return Picture(width, height, (Variant(path, width, height, "png"),), path)


def stem(name: str) -> str:
    """Return a file's name as a slug of at most 40 characters, without folder and suffix."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return slugify(bare, "beeld")[:40].rstrip("-")


def _version(content: str) -> str:
    return digest(f"{SETTINGS} {content}".encode())[:10]


def _height(width: int, height: int, target: int) -> int:
    return max(1, round(height * target / width))


# ── how a copy is made ───────────────────────────────────────────────────────────────────────────────


MADE = "made"
"""The folder of a member with copies that were made elsewhere, see ``docs/decisions/studio-pictures.md``."""


class Copy(Record):
    """A copy to make elsewhere, of a quality of 100; ``path`` is where the folder of a member has it."""

    path: str
    width: int
    height: int
    kind: Lossy
    quality: int


def copies(photo: Photo) -> Iterator[Copy]:
    """The copies of a photo that are made elsewhere."""
    for copy in picture(photo, "").variants:
        if copy.kind != "png":
            path = made_path(photo.digest, copy.width, copy.kind)
            yield Copy(path, copy.width, copy.height, copy.kind, _quality(copy.width, copy.kind))


def made_path(digest: str, width: int, kind: Kind) -> str:
    """Where in the folder of a member a copy is of the photo with this digest."""
    return f"{MADE}/{_version(digest)}-{width}.{SUFFIXES[kind]}"


@pillow.no_warnings()
def is_made(copy: bytes, data: bytes, width: int, kind: Kind) -> bool:
    """Whether ``copy`` may be published as that of a photo that ``probe`` accepted.

    It has nothing in it but a picture of the right size and, where it can be decoded, the same picture.
    """
    if kind == "png" or (size := bare.size(copy, kind)) is None or size[0] != width:
        return False
    if not pillow.is_here():
        return (found := bare.size(data, "jpeg")) is not None and size[1] == _height(*found, width)
    original = pillow.open_image(data, identify(data))
    if size[1] != _height(*pillow.upright_size(original), width):
        return False
    try:
        return pillow.is_like(pillow.open_image(copy, kind), original)
    except Exception:  # noqa: BLE001 -- a decoder raises whatever its parser ran into
        return False


@pillow.no_warnings()
def encode(data: bytes, width: int, kind: Kind) -> bytes:
    """Encode a copy of a photo that ``probe`` accepted, ``width`` pixels wide.

    A logo that is a bare PNG of that width is its own copy.
    """
    if kind == "png" and (logo := read_png(data)) is not None:
        return data if logo.width == width else raster.png(resized(logo, (width, _height(*logo.size, width))))
    image = upright(data, lambda size: (width, _height(*size, width)))
    if kind == "png":
        return pillow.png(image)
    quality = _quality(width, kind)
    return pillow.jpeg(image, quality) if kind == "jpeg" else pillow.avif(image, quality)


def _quality(width: int, kind: Kind) -> int:
    return _QUALITY[kind][width >= _DENSE_WIDTH]


def crop(data: bytes, size: Size) -> bytes:
    """A JPEG of this size, from the middle of a photo that ``probe`` accepted, as much of it as can be."""

    def cover(found: Size) -> Size:
        scale = max(size[0] / found[0], size[1] / found[1])
        return max(size[0], round(found[0] * scale)), max(size[1], round(found[1] * scale))

    return pillow.jpeg(pillow.middle(upright(data, cover), size), _QUALITY["jpeg"][False])


def upright(data: bytes, fit: Callable[[Size], Size]) -> Image:
    """Decode a photo without its metadata, in sRGB and resized to ``fit(upright size)``."""
    return pillow.normalize(pillow.open_image(data, identify(data)), fit)
