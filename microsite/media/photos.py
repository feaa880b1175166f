"""Photographs: what is in the file, which copies a page needs, and how a copy is made.

Pure functions over bytes. A photograph is never passed on as it came: every
copy is drawn anew, upright, in sRGB and without a word about where, when or by
whom it was taken. The choices of formats, widths and qualities are explained in
``docs/decisions/images.md``.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, Problem, Text, in_data, text
from microsite.core.records import Record
from microsite.core.urls import slugify

if TYPE_CHECKING:
    from PIL.Image import Image

Size = tuple[int, int]
Kind = Literal["avif", "jpeg", "png"]

# Part of every file name: raise it whenever ``encode`` makes other bytes than before.
SETTINGS = "1"

FOLDER = "beeld"
WIDTHS: dict[Kind, tuple[int, ...]] = {"avif": (480, 800, 1200, 1600), "jpeg": (480, 800, 1200)}
TYPES: dict[Kind, str] = {"avif": "image/avif", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".heic", ".avif", ".tif", ".tiff", ".bmp"}
)
"""Of the names of files that are taken for images."""
SUFFIXES: dict[Kind, str] = {"avif": "avif", "jpeg": "jpg", "png": "png"}
FALLBACK = 800
LONGEST_MARK = 720
SHARE = (1200, 630)

_MOST_PIXELS = 50_000_000
_LONGEST_SIDE = 20_000
_LEAST_STEP = 1.2  # a copy at the photograph's own width must be this much wider than the one before
_DENSE = 1200  # copies this wide go to dense screens, which forgive more
_QUALITY: dict[Kind, tuple[int, int]] = {"avif": (60, 52), "jpeg": (78, 72)}
_AVIF_SPEED = 6
_SHARE_QUALITIES = (82, 72, 60)
_SHARE_BYTES = 300_000  # chat programs show no preview of a larger picture
_SHARE_HEIGHT = 0.35  # where the crop is taken: faces are above the middle


class Photo(Record):
    """The facts of a usable photograph, as it is seen: turned upright."""

    digest: str
    width: int
    height: int
    format: str


class Variant(Record):
    """One copy to be made: ``encode(data, width, kind)`` gives the bytes that belong at ``path``."""

    path: str
    width: int
    height: int
    kind: Kind

    @property
    def type(self) -> str:
        return TYPES[self.kind]


class Picture(Record):
    """An image in a page; all paths are paths of the site.

    ``share`` is the version that is shown beside a link; a drawing has none, since networks do not show it.
    """

    width: int
    height: int
    variants: tuple[Variant, ...]
    src: str
    share: str = ""

    @property
    def types(self) -> tuple[str, ...]:
        """The MIME types to offer, best first."""
        return tuple(dict.fromkeys(v.type for v in self.variants))


# ── Pillow ───────────────────────────────────────────────────────────────────────────────────────────


@cache
def _pillow() -> ModuleType:
    """Pillow, loaded when the first photograph is: a build without new ones must not wait for it."""
    import PIL.Image
    import PIL.ImageCms

    PIL.Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    return PIL


@contextmanager
def _quiet() -> Iterator[None]:
    """Without Pillow's remarks about odd metadata, which stay behind anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


# ── what is in the file ──────────────────────────────────────────────────────────────────────────────


@_quiet()
def probe(data: bytes) -> Photo:
    """The facts of a photograph that can be used; raises ``InvalidFile`` when it cannot.

    The whole picture is decoded, because a file that was cut short looks sound from its header.
    """
    kind = _known(data)
    image = _open(data, kind)
    if kind != "jpeg" and getattr(image, "is_animated", False):
        raise InvalidFile(
            in_data(text("the image moves"), text("choose a still image, or place it as a video"))
        )
    if not _complete(data, kind, image):
        raise InvalidFile(_CUT_SHORT)
    width, height = image.size
    if _orientation(image) >= 5:
        width, height = height, width
    return Photo(digest(data), width, height, kind)


_CUT_SHORT = in_data(
    text("the image is damaged or not complete"), text("export the image again, or copy it once more")
)

_READ = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_NOT_READ = (
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "ICO"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"PK\3\4", "ZIP"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"qt  ": "video", b"isom": "video", b"mp42": "video"}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif", b"mif1", b"msf1"}


def _known(data: bytes) -> str:
    """Which of our formats these bytes are, by their first bytes: a name proves nothing."""
    if not data:
        raise InvalidFile(in_data(text("the file is empty")))
    for mark, kind in _READ:
        if data.startswith(mark):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    raise InvalidFile(in_data(*_stranger(data)))


def _stranger(data: bytes) -> tuple[Text, Text]:
    save = text("save it as a JPEG, PNG or WebP file")
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        also = {data[i : i + 4] for i in range(16, min(len(data), 64), 4)}
        if brand in _HEIF and not also & {b"avif"}:
            return (
                text("this is a HEIC photo from a phone, which browsers cannot show"),
                text("convert it to JPEG: open it on the phone or computer and export it as JPEG"),
            )
        name = "AVIF" if b"avif" in also else _BRANDS.get(brand, "video")
        return text("this is not a photo we can read but a file of type {type}", type=name), save
    if b"<svg" in data[:4096]:
        return text("this is an SVG drawing"), text("give the file a name that ends in .svg")
    name = next((name for mark, name in _NOT_READ if data.startswith(mark)), "")
    if name:
        return text("this is not a photo we can read but a file of type {type}", type=name), save
    return text("this is not a photo we can read"), save


def _open(data: bytes, kind: str) -> Image:
    """The image with only its header read, in that one format and no larger than we can handle."""
    pil = _pillow()
    try:
        image: Image = pil.Image.open(io.BytesIO(data), formats=[kind.upper()])
    except pil.Image.DecompressionBombError:
        raise InvalidFile(_too_large()) from None
    except Exception as error:  # a plugin raises whatever its parser stumbled over
        raise InvalidFile(_CUT_SHORT) from error
    if image.width * image.height > _MOST_PIXELS:
        raise InvalidFile(_too_large())
    if max(image.size) > _LONGEST_SIDE:
        message = text("a side of the image is longer than {most} pixels", most=_LONGEST_SIDE)
        raise InvalidFile(in_data(message, _SMALLER))
    return image


_SMALLER = text("make it smaller: 2000 pixels wide is enough")


def _too_large() -> Problem:
    most = _MOST_PIXELS // 1_000_000
    return in_data(
        text("the image has more than {most} million pixels", most=most),
        _SMALLER,
    )


def _complete(data: bytes, kind: str, image: Image) -> bool:
    """Whether every row is there. A decoder paints the rows that it misses and says nothing."""
    try:
        if kind == "jpeg":
            return _whole_jpeg(data)
        image.load()
        return kind != "png" or _whole_png(data)
    except InvalidFile:
        raise
    except Exception:  # noqa: BLE001 -- a decoder raises whatever the damage made it stumble over
        return False


def _whole_png(data: bytes) -> bool:
    """Whether the compressed data hold exactly the bytes that the header promises."""
    header, packed = b"", []
    for name, body in _png_chunks(data):
        if name == b"IHDR":
            header = body
        elif name == b"IDAT":
            packed.append(body)
    promised = sum(_png_passes(*struct.unpack(">IIBBBBB", header)))
    machine, found = zlib.decompressobj(), 0
    for part in packed:
        rest = part
        while rest and found <= promised:
            found += len(machine.decompress(rest, 1 << 20))
            rest = machine.unconsumed_tail
    return found >= promised


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        yield name, data[at + 8 : at + 8 + size]
        at += size + 12


def _png_passes(
    width: int, height: int, depth: int, colour: int, _zip: int, _filter: int, interlaced: int
) -> Iterator[int]:
    """The bytes of each pass: one, or the seven of Adam7."""
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    passes: tuple[tuple[int, int, int, int], ...] = ((0, 0, 1, 1),)
    if interlaced:
        passes = (
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        )
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            yield rows * (1 + -(-columns * bits // 8))


_JPEG_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_RUBBISH = bytes((n * 89 + 37) % 255 for n in range(168))
_MORE_DATA = _RUBBISH + b"".join(bytes((0xFF, 0xD0 + n)) + _RUBBISH for n in range(8)) * 2


def _whole_jpeg(data: bytes) -> bool:
    """Whether the picture ends where its data do.

    A decoder believes an end mark that comes too early, and paints the rest
    grey. So it is decoded twice, the second time with rubbish before the end
    mark (restart marks included): a complete picture has no room for it.
    """
    end, progressive = _jpeg_end(data)
    coarse = 2 if progressive else 8  # one scan sends the average of each 8 by 8 block along with its details
    return (
        end > 0
        and len({_decoded(data[:end] + more + b"\xff\xd9", coarse) for more in (b"", _MORE_DATA)}) == 1
    )


def _decoded(data: bytes, coarse: int) -> str:
    """The name of the pixels, at a fraction of the size that the format can give cheaply."""
    image = _open(data, "jpeg")
    image.draft(image.mode, (max(1, image.width // coarse), max(1, image.height // coarse)))
    return digest(image.tobytes())


def _jpeg_end(data: bytes) -> tuple[int, bool]:
    """Where the first picture's end mark is, 0 when it has none, and whether it comes in several scans.

    Phones put more pictures and films behind the first one.
    """
    at, progressive = 2, False
    while match := _JPEG_MARKER.search(data, at):
        code, at = data[match.end() - 1], match.end()
        if code == 0xD9:
            return match.start(), progressive
        if code == 0xC2:
            progressive = True
        if code != 0x01:
            at += int.from_bytes(data[at : at + 2], "big")
    return 0, progressive


def _orientation(image: Image) -> int:
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001 -- damaged EXIF says nothing about the picture
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


# ── which copies a page needs ────────────────────────────────────────────────────────────────────────


def widths(photo: Photo, kind: Kind = "avif") -> tuple[int, ...]:
    """The widths to make, narrow to wide: never wider than the photograph."""
    ladder = WIDTHS[kind]
    steps = tuple(width for width in ladder if width <= photo.width)
    if not steps:
        return (photo.width,)
    if photo.width < ladder[-1] and photo.width >= steps[-1] * _LEAST_STEP:
        return (*steps, photo.width)
    return steps


def picture(photo: Photo, name: str) -> Picture:
    """The copies of a photograph and what they are called; ``name`` is only for people who save one."""
    start = f"{FOLDER}/{stem(name)}-{_version(photo)}"
    kinds: tuple[Kind, ...] = ("avif", "jpeg")
    variants = tuple(
        Variant(f"{start}-{width}.{SUFFIXES[kind]}", width, _height(photo.width, photo.height, width), kind)
        for kind in kinds
        for width in widths(photo, kind)
    )
    jpegs = [v for v in variants if v.kind == "jpeg"]
    fallback = max((v for v in jpegs if v.width <= FALLBACK), key=lambda v: v.width, default=jpegs[0])
    largest = max(variants, key=lambda v: v.width)
    return Picture(largest.width, largest.height, variants, fallback.path, share_path(photo, name))


def mark(photo: Photo, name: str) -> Picture:
    """The one copy of a logo: a PNG, for it may be see-through and every browser has to show it."""
    width = max(1, round(photo.width * min(1.0, LONGEST_MARK / max(photo.width, photo.height))))
    height = _height(photo.width, photo.height, width)
    path = f"{FOLDER}/{stem(name)}-{_version(photo)}.png"
    return Picture(width, height, (Variant(path, width, height, "png"),), path)


def share_path(photo: Photo, name: str) -> str:
    """Where ``share(data)`` belongs."""
    return f"{FOLDER}/{stem(name)}-{_version(photo)}-delen.jpg"


def stem(name: str) -> str:
    """A file's name without folder and suffix, in letters and digits that any server can handle."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return slugify(bare, "beeld")[:40].rstrip("-")


def _version(photo: Photo) -> str:
    return digest(f"{SETTINGS} {photo.digest}".encode())[:10]


def _height(width: int, height: int, target: int) -> int:
    return max(1, round(height * target / width))


# ── how a copy is made ───────────────────────────────────────────────────────────────────────────────


@_quiet()
def encode(data: bytes, width: int, kind: Kind) -> bytes:
    """A copy of a photograph that ``probe`` found usable, ``width`` pixels wide: equal bytes on every run."""
    image = upright(data, lambda size: (width, _height(*size, width)))
    if kind == "png":
        return _png(image)
    quality = _QUALITY[kind][width >= _DENSE]
    return _jpeg(image, quality) if kind == "jpeg" else _avif(image, quality)


@_quiet()
def share(data: bytes) -> bytes:
    """The picture that goes with a shared link: a JPEG of 1200 by 630, cut above the middle."""

    def cover(size: Size) -> Size:
        scale = min(1.0, max(SHARE[0] / size[0], SHARE[1] / size[1]))
        return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))

    image = upright(data, cover)
    scale = min(image.width / SHARE[0], image.height / SHARE[1])
    width, height = SHARE[0] * scale, SHARE[1] * scale
    left, top = (image.width - width) / 2, (image.height - height) * _SHARE_HEIGHT
    crop = image.resize(SHARE, box=(left, top, left + width, top + height))
    made = b""
    for quality in _SHARE_QUALITIES:
        made = _jpeg(crop, quality)
        if len(made) <= _SHARE_BYTES:
            break
    return made


def upright(data: bytes, fit: Callable[[Size], Size]) -> Image:
    """Nothing but pixels: upright, in sRGB, at the size that ``fit`` makes of the picture's own."""
    pil = _pillow().Image
    image = _open(data, _known(data))
    turn = _orientation(image)
    lying = turn >= 5
    target = fit(image.size[::-1] if lying else image.size)
    stored = target[::-1] if lying else target
    image.draft(image.mode, (stored[0] * 2, stored[1] * 2))
    image = _srgb(image).resize(stored, pil.Resampling.LANCZOS, reducing_gap=2.0)
    if turn > 1:
        image = image.transpose(pil.Transpose(_TURNS[turn]))
    bare: Image = pil.new(image.mode, image.size)
    bare.paste(image)
    return bare


# EXIF orientation -> the Pillow transposition that undoes it.
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


def _srgb(image: Image) -> Image:
    """The picture in RGB with the colours that its profile means; RGBA when something is transparent."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 257)).convert("L")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    colours = _profiled(image.convert(_PLAIN.get(image.mode, "RGB")), profile)
    if alpha is not None and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


_PLAIN = {"1": "L", "L": "L", "LA": "L", "CMYK": "CMYK"}


def _profiled(image: Image, profile: bytes | None) -> Image:
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


def _jpeg(image: Image, quality: int) -> bytes:
    if image.mode == "RGBA":
        paper: Image = _pillow().Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _png(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _avif(image: Image, quality: int) -> bytes:
    out = io.BytesIO()
    # The bytes depend on the number of threads: one, on every machine.
    image.save(out, "AVIF", codec="aom", quality=quality, speed=_AVIF_SPEED, max_threads=1, autotiling=False)
    return out.getvalue()
