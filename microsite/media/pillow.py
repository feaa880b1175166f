"""Photos: the only module that imports Pillow, which it does on first use.

Images are opened within limits, normalised (upright, sRGB, no metadata) and
encoded so that equal input gives equal bytes on every machine.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from microsite.core.problems import InvalidFile, Problem, in_data, text
from microsite.media.raster import Raster, Size

if TYPE_CHECKING:
    import PIL.Image

    Image: TypeAlias = PIL.Image.Image

MAX_PIXELS = 50_000_000
MAX_SIDE = 20_000

DAMAGED = in_data(
    text("the image is damaged or not complete"), text("export the image again, or copy it once more")
)
_SMALLER = text("make it smaller: 2000 pixels wide is enough")

_ORIENTATION = 0x0112
_SIDEWAYS = 5
"""The first EXIF orientation that swaps width and height."""
# EXIF orientation -> the Pillow transposition that undoes it.
_TRANSPOSITIONS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
_BASE_MODES = {"1": "L", "L": "L", "LA": "L", "CMYK": "CMYK"}
_AVIF_SPEED = 6


@cache
def _pillow() -> ModuleType:
    import PIL.Image
    import PIL.ImageCms

    PIL.Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    return PIL


def is_here() -> bool:
    """Whether there is a Pillow: not in browsers."""
    try:
        import PIL.Image  # noqa: F401 -- whether it can be
    except ImportError:
        return False
    return True


@contextmanager
def no_warnings() -> Iterator[None]:
    """Suppress Pillow's warnings about odd metadata, none of which is kept."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def open_image(data: bytes, format: str) -> Image:
    """Read the header of an image in this one format; its pixels are decoded when they are asked for.

    Raises InvalidFile when the header is damaged or the image is too large.
    """
    pil = _pillow()
    try:
        image: Image = pil.Image.open(io.BytesIO(data), formats=[format.upper()])
    except pil.Image.DecompressionBombError:
        raise InvalidFile(_too_large()) from None
    except Exception as error:  # a decoder raises whatever its parser ran into
        raise InvalidFile(DAMAGED) from error
    if image.width * image.height > MAX_PIXELS:
        raise InvalidFile(_too_large())
    if max(image.size) > MAX_SIDE:
        raise InvalidFile(
            in_data(text("a side of the image is longer than {most} pixels", most=MAX_SIDE), _SMALLER)
        )
    return image


def _too_large() -> Problem:
    most = MAX_PIXELS // 1_000_000
    return in_data(text("the image has more than {most} million pixels", most=most), _SMALLER)


def raster(image: Image) -> Raster:
    """The pixels of an image."""
    return Raster(*image.size, image.convert("RGBA").tobytes())


# ── normalising ──────────────────────────────────────────────────────────────────────────────────────


def upright_size(image: Image) -> Size:
    """Width and height once the EXIF orientation is applied."""
    return image.size[::-1] if _orientation(image) >= _SIDEWAYS else image.size


def normalize(image: Image, fit: Callable[[Size], Size]) -> Image:
    """Return the pixels alone: upright, in sRGB (RGBA if any is transparent), resized to ``fit(size)``."""
    pil = _pillow().Image
    orientation = _orientation(image)
    target = fit(upright_size(image))
    stored = target[::-1] if orientation >= _SIDEWAYS else target
    image.draft(image.mode, (stored[0] * 2, stored[1] * 2))
    image = _srgb(image).resize(stored, pil.Resampling.LANCZOS, reducing_gap=2.0)
    if orientation > 1:
        image = image.transpose(pil.Transpose(_TRANSPOSITIONS[orientation]))
    bare: Image = pil.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _orientation(image: Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 -- damaged EXIF says nothing about the pixels
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _srgb(image: Image) -> Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 257)).convert("L")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    colours = _apply_profile(image.convert(_BASE_MODES.get(image.mode, "RGB")), profile)
    if alpha is not None and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


def _apply_profile(image: Image, profile: bytes | None) -> Image:
    if not profile:
        return image.convert("RGB")
    cms = _pillow().ImageCms
    try:
        converted: Image = cms.profileToProfile(
            image,
            cms.ImageCmsProfile(io.BytesIO(profile)),
            cms.createProfile("sRGB"),
            renderingIntent=cms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=cms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (cms.PyCMSError, OSError, ValueError):  # damaged, or meant for other channels
        return image.convert("RGB")
    return converted


# ── encoding ─────────────────────────────────────────────────────────────────────────────────────────


def jpeg(image: Image, quality: int) -> bytes:
    """Encode as JPEG; transparent pixels become white."""
    if image.mode == "RGBA":
        paper: Image = _pillow().Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def png(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def few_colours(image: Image, colours: int) -> bytes:
    """Encode a drawing as a PNG with a palette of at most so many colours: a third of the size."""
    pil = _pillow().Image
    reduced = image.convert("RGB").quantize(colours, pil.Quantize.FASTOCTREE, dither=pil.Dither.NONE)
    return png(reduced)


def avif(image: Image, quality: int) -> bytes:
    out = io.BytesIO()
    # The bytes depend on the number of threads: one, on every machine.
    image.save(out, "AVIF", codec="aom", quality=quality, speed=_AVIF_SPEED, max_threads=1, autotiling=False)
    return out.getvalue()


def is_like(image: Image, other: Image) -> bool:
    """Whether two images show the same: their means in a few squares differ no more than encoding changes."""
    one, two = (
        normalize(each, lambda _: (_SQUARES, _SQUARES)).convert("RGB").tobytes() for each in (image, other)
    )
    return sum(abs(a - b) for a, b in zip(one, two, strict=True)) <= _ALIKE * len(one)


_SQUARES, _ALIKE = 16, 6
"""Squares on each side, and how much of 255 they may differ: another photo differs some 50."""


def middle(image: Image, size: Size) -> Image:
    """The part of this size in the middle of an image."""
    left, top = (image.width - size[0]) // 2, (image.height - size[1]) // 2
    return image.crop((left, top, left + size[0], top + size[1]))
