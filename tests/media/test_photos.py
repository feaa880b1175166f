"""Photographs: what is refused, which copies are made, and that a copy tells nothing but its pixels."""

from __future__ import annotations

import io
import pickle
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageOps

from helpers.scenes import scenes
from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile
from microsite.media.photos import (
    Kind,
    Photo,
    Variant,
    encode,
    picture,
    probe,
    stem,
    widths,
)

ROOT = Path(__file__).parents[2]
KINDS: tuple[Kind, ...] = ("avif", "jpeg", "png")
Colour = tuple[int, int, int]


@cache
def scene(width: int = 320, height: int = 240) -> Image.Image:
    image: Image.Image = scenes().photo("avond-bij-het-raam", (width, height))
    return image


def saved(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def refusal(data: bytes) -> str:
    """Why these bytes are refused, with the hint."""
    with pytest.raises(InvalidFile) as caught:
        probe(data)
    (fault,) = caught.value.problems
    assert str(caught.value) == str(fault.message) == str(caught.value.problem.message)
    return f"{fault.message} ({fault.hint})"


def near(found: object, wanted: Colour, within: int = 12) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= within for one, other in zip(found, wanted, strict=False))


# ── what is in the file ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_facts_of_a_photo(form: str) -> None:
    data = saved(scene(), form)
    assert probe(data) == Photo(digest(data), 320, 240, form.lower())


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(320, 240), (31, 7)])
def test_every_kind_of_png_is_complete(mode: str, size: tuple[int, int]) -> None:
    grey = scene().convert("L").convert("I;16") if mode == "I;16" else scene().convert(mode)
    assert probe(saved(grey.resize(size), "PNG")).width == size[0]


@pytest.mark.external
def test_pillow_is_loaded_only_for_a_new_photo() -> None:
    script = (
        "import sys; from microsite.media import photos as i;"
        "i.picture(i.Photo('00', 900, 600, 'jpeg'), 'x.jpg'); sys.exit('PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def test_a_photo_with_more_pictures_behind_it_is_one_photo() -> None:
    """Phones put a depth map, a preview or a film behind the photograph."""
    out = io.BytesIO()
    scene().save(out, "MPO", save_all=True, append_images=[scene()])
    assert probe(out.getvalue()).format == "jpeg"
    assert opened(encode(out.getvalue(), 160, "jpeg")).size == (160, 120)
    assert probe(saved(scene()) + b"\0\0\0\x18ftypmp42" + bytes(500)).width == 320


STRANGERS = {
    "nothing": (b"", "the file is empty"),
    "words": (b"a photo", "not a photo we can read (save it as"),
    "iPhone": (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "HEIC photo from a phone"),
    "HEIF": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "convert it to JPEG"),
    "AVIF": (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", "type AVIF"),
    "AVIF, other mark": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "type AVIF"),
    "film": (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2", "type video"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "type PostScript"),
    "EPS from Windows": (b"\xc5\xd0\xd3\xc6" + bytes(40), "type PostScript"),
    "PDF": (b"%PDF-1.7", "type PDF"),
    "TIFF": (b"II*\0" + bytes(20), "type TIFF"),
    "BMP": (b"BM" + bytes(60), "type BMP"),
    "SVGZ": (b"\x1f\x8b\x08\0", "type SVGZ (export it as 'plain SVG', or as PNG"),
    "drawing": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "ends in .svg"),
    "only the start": (b"\xff\xd8\xff", "damaged or not complete"),
    "only the start of a PNG": (b"\x89PNG\r\n\x1a\n", "damaged or not complete"),
    "only the start of a GIF": (b"GIF89a", "damaged or not complete"),
    "only the start of a WebP": (b"RIFF\x10\0\0\0WEBPVP8 ", "damaged or not complete"),
}


@pytest.mark.parametrize(("data", "reason"), STRANGERS.values(), ids=list(STRANGERS))
def test_what_is_no_photo_is_named(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


def test_ghostscript_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("PIL.EpsImagePlugin.Ghostscript", lambda *a, **k: asked.append(a))
    data = saved(scene(), "EPS")
    assert "PostScript" in refusal(data)
    assert "damaged" in refusal(b"\x89PNG\r\n\x1a\n" + data)
    assert asked == []


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_moving_images_are_refused(form: str) -> None:
    frames = [scene().resize((40, 30)).rotate(90 * turn) for turn in range(3)]
    assert "the image moves" in refusal(saved(frames[0], form, save_all=True, append_images=frames[1:]))


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_file_that_was_cut_short_is_refused(form: str, part: float) -> None:
    data = saved(scene(), form)
    assert "not complete" in refusal(data[: int(len(data) * part)])


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("restart", [{}, {"restart_marker_rows": 1}, {"restart_marker_blocks": 3}])
def test_a_jpeg_that_misses_rows_is_refused(progressive: bool, restart: dict[str, Any]) -> None:
    data = saved(scene(), progressive=progressive, **restart)
    assert probe(data).width == 320
    for missing in (200, 400, 401, 402, 403, 1000):
        assert "not complete" in refusal(data[:-missing].removesuffix(b"\xff") + b"\xff\xd9")


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(size: tuple[int, int], pixels: bytes, interlaced: int = 0) -> bytes:
    header = struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, interlaced)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_png_that_misses_rows_is_refused() -> None:
    assert probe(png((100, 50), (b"\0" + b"\x80" * 100) * 50)).height == 50
    assert "not complete" in refusal(png((100, 50), (b"\0" + b"\x80" * 100) * 49))


def test_an_interlaced_png_is_counted_by_its_passes() -> None:
    assert probe(png((8, 8), (b"\0\1" * 2 + b"\0\1\1" * 3 + b"\0\1\1\1\1" * 6 + (b"\0" + b"\1" * 8) * 4), 1))
    assert "not complete" in refusal(png((8, 8), b"\0\1" * 2 + b"\0\1\1" * 3 + b"\0\1\1\1\1" * 6, 1))


@pytest.mark.parametrize("size", [(7_100, 7_100), (12_000, 12_000), (20_000, 20_000), (1_000_000, 1)])
def test_bombs_are_refused_before_they_are_opened(size: tuple[int, int]) -> None:
    assert ("50 million" if size[1] > 1 else "a side of the image") in refusal(png(size, b"\0"))


def test_reasons_travel_between_processes() -> None:
    with pytest.raises(InvalidFile) as caught:
        probe(b"")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


# ── which copies a page needs ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("width", "avif", "jpeg"),
    [
        (4000, (480, 800, 1200, 1600), (480, 800, 1200)),
        (1600, (480, 800, 1200, 1600), (480, 800, 1200)),
        (1599, (480, 800, 1200, 1599), (480, 800, 1200)),
        (1300, (480, 800, 1200), (480, 800, 1200)),
        (1000, (480, 800, 1000), (480, 800, 1000)),
        (480, (480,), (480,)),
        (333, (333,), (333,)),
    ],
)
def test_copies_are_never_wider_than_the_photo(
    width: int, avif: tuple[int, ...], jpeg: tuple[int, ...]
) -> None:
    photo = Photo("00", width, 100, "jpeg")
    assert (widths(photo), widths(photo, "jpeg")) == (avif, jpeg)


def test_a_picture_names_its_files_by_their_content() -> None:
    made = picture(Photo("ab", 900, 600, "jpeg"), "content/nieuws/Foto van Zoë.JPG")
    other = picture(Photo("ac", 900, 600, "jpeg"), "content/nieuws/Foto van Zoë.JPG")
    start = made.src.removesuffix("-800.jpg")
    assert start.startswith("beeld/foto-van-zoe-")
    assert len(start) == len("beeld/foto-van-zoe-") + 10
    assert made.variants == (
        Variant(f"{start}-480.avif", 480, 320, "avif"),
        Variant(f"{start}-800.avif", 800, 533, "avif"),
        Variant(f"{start}-480.jpg", 480, 320, "jpeg"),
        Variant(f"{start}-800.jpg", 800, 533, "jpeg"),
    )
    assert (made.width, made.height) == (800, 533)
    assert made.types == ("image/avif", "image/jpeg")
    assert [(v.path, v.width) for v in made.variants if v.type == "image/jpeg"] == [
        (f"{start}-480.jpg", 480),
        (f"{start}-800.jpg", 800),
    ]
    assert not {v.path for v in made.variants} & {v.path for v in other.variants}


def test_a_small_picture_has_a_fallback_too() -> None:
    made = picture(Photo("ab", 200, 300, "png"), "x.png")
    assert made.src.endswith("-200.jpg")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("amina.jpg", "amina"),
        ("IMG_2031.JPEG", "img-2031"),
        ("../../etc/p w\"><x'.png", "p-w-x"),
        ("C:\\foto\\één & twee.webp", "een-twee"),
        ("写真.jpg", "beeld"),
        (".jpg", "beeld"),
        ("a" * 90 + ".jpg", "a" * 40),
        ("b" * 39 + " c.jpg", "b" * 39),
    ],
)
def test_names_are_plain(name: str, wanted: str) -> None:
    assert stem(name) == wanted


# ── how a copy is made ───────────────────────────────────────────────────────────────────────────────


def secrets() -> bytes:
    """A JPEG that tells more than its pixels, in every place that a JPEG has for it."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "SECRET-description", "SECRET-artist", "SECRET-copyright"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 23.0), 3: "E", 4: (4.0, 53.0, 9.0)})
    exif.get_ifd(0x8769)[0xA431] = "SECRET-serial"
    parts = (
        b"\xff\xe1" + sized(b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET-xmp</x:xmpmeta>"),
        b"\xff\xed" + sized(b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x0bSECRET-iptc"),
        b"\xff\xfe" + sized(b"SECRET-comment"),
    )
    profile = swapped_profile(b"SECRET-profile")
    data = saved(scene(), exif=exif, icc_profile=profile)
    return data[:2] + b"".join(parts) + data[2:] + b"SECRET-trailer"


def sized(body: bytes) -> bytes:
    return struct.pack(">H", len(body) + 2) + body


def swapped_profile(words: bytes = b"red and blue have changed places") -> bytes:
    """An ICC profile that anybody can see at work: sRGB with the primaries of red and blue exchanged."""

    def xyz(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(part * 65536) for part in (x, y, z)))

    curve = b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(2.2 * 256))
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words + bytes(80),
        b"cprt": b"text\0\0\0\0" + words + b"\0",
        b"wtpt": xyz(0.9642, 1, 0.8249),
        b"bXYZ": xyz(0.4361, 0.2225, 0.0139),
        b"gXYZ": xyz(0.3851, 0.7169, 0.0971),
        b"rXYZ": xyz(0.1431, 0.0606, 0.7141),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    index, body = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        index += name + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    head = struct.pack(">I4sI4s4s4s", 132 + 12 * len(tags) + len(body) - 4, b"", 0x02100000, *HEAD_KINDS)
    head = head.ljust(36, b"\0") + b"acsp"
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    whole = head.ljust(128, b"\0") + index + body
    return struct.pack(">I", len(whole)) + whole[4:]


HEAD_KINDS = (b"mntr", b"RGB ", b"XYZ ")
MAKERS: dict[str, Callable[[bytes], bytes]] = {
    "avif": lambda data: encode(data, 160, "avif"),
    "jpeg": lambda data: encode(data, 160, "jpeg"),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=list(MAKERS))
@pytest.mark.external
def test_a_copy_tells_nothing(make: Callable[[bytes], bytes], tmp_path: Path) -> None:
    data = secrets()
    assert data.count(b"SECRET") >= 9
    assert opened(data).getexif().get_ifd(0x8825)
    made = make(data)
    assert b"SECRET" not in made
    assert not [mark for mark in (b"Exif", b"xap", b"xmp", b"8BIM", b"ICC_", b"mntr") if mark in made]
    image = opened(made)
    assert not image.getexif()
    assert not image.info.keys() & {"exif", "icc_profile", "xmp", "comment", "photoshop", "dpi"}
    if tool := shutil.which("exiftool"):
        (tmp_path / "made").write_bytes(made)
        found = subprocess.run(
            [tool, "-a", "-G1", tmp_path / "made"], capture_output=True, text=True, check=True
        )
        assert not [
            group for group in ("GPS", "IFD0", "XMP", "IPTC", "ICC_Profile") if f"[{group}" in found.stdout
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_words_in_a_png_stay_behind(kind: Kind) -> None:
    words = chunk(b"tEXt", b"Comment\0SECRET") + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET")
    data = saved(scene(), "PNG")
    data = data[:33] + words + data[33:]
    assert probe(data).format == "png"
    assert b"SECRET" not in encode(data, 100, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_copy_stands_upright(orientation: int, kind: Kind) -> None:
    corners = Image.new("RGB", (2, 2))
    corners.putdata([(220, 30, 30), (30, 200, 30), (30, 30, 220), (230, 220, 40)])
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(corners.resize((96, 64), Image.Resampling.NEAREST), exif=exif, quality=95, subsampling=0)
    wanted = ImageOps.exif_transpose(opened(data))
    photo = probe(data)
    assert (photo.width, photo.height) == wanted.size
    made = opened(encode(data, photo.width // 2, kind)).convert("RGB")
    assert made.size == (wanted.width // 2, wanted.height // 2)
    for x, y in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)):
        seen = wanted.getpixel((int(x * wanted.width), int(y * wanted.height)))
        assert isinstance(seen, tuple)
        assert near(
            made.getpixel((int(x * made.width), int(y * made.height))), (seen[0], seen[1], seen[2]), 20
        )


@pytest.mark.parametrize("exif", [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0" + b"\xff" * 40])
def test_damaged_exif_does_not_matter(exif: bytes) -> None:
    data = saved(scene(), exif=exif)
    assert probe(data).width == 320
    assert opened(encode(data, 100, "jpeg")).size == (100, 75)


GREEN: Colour = (40, 160, 90)


def cases() -> dict[str, tuple[bytes, Colour]]:
    green = Image.new("RGB", (64, 64), GREEN)
    cmyk = Image.new("CMYK", (64, 64), (215, 95, 165, 0))
    grey16 = Image.new("I;16", (64, 64), 150 * 257)
    palette = green.convert("P", palette=Image.Palette.ADAPTIVE)
    return {
        "rgb": (saved(green, "PNG"), GREEN),
        "cmyk": (saved(cmyk, "JPEG", quality=95), GREEN),
        "grey": (saved(Image.new("L", (64, 64), 150)), (150, 150, 150)),
        "16 bits": (saved(grey16, "PNG"), (150, 150, 150)),
        "palette": (saved(palette, "PNG"), GREEN),
        "palette in a GIF": (saved(palette, "GIF"), GREEN),
        "one bit": (saved(Image.new("1", (64, 64), 1), "PNG"), (255, 255, 255)),
        "opaque alpha": (saved(Image.new("RGBA", (64, 64), (*GREEN, 255)), "PNG"), GREEN),
        "grey with alpha": (saved(Image.new("LA", (64, 64), (150, 255)), "PNG"), (150, 150, 150)),
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("data", "colour"), cases().values(), ids=list(cases()))
def test_every_kind_of_colour_comes_out_in_rgb(data: bytes, colour: Colour, kind: Kind) -> None:
    assert probe(data).width == 64
    made = opened(encode(data, 32, kind))
    assert made.mode == "RGB"
    assert near(made.getpixel((16, 16)), colour)


@pytest.mark.parametrize(
    "image",
    [
        Image.new("RGBA", (64, 64), (*GREEN, 0)),
        Image.new("LA", (64, 64), (90, 0)),
        Image.new("RGBA", (64, 64), (*GREEN, 0)).convert("P"),
    ],
    ids=["RGBA", "LA", "P"],
)
def test_transparent_stays_so_in_avif_and_turns_white_in_jpeg(image: Image.Image) -> None:
    data = saved(image, "PNG", **({"transparency": 0} if image.mode == "P" else {}))
    avif, jpeg = opened(encode(data, 32, "avif")), opened(encode(data, 32, "jpeg"))
    assert avif.mode == "RGBA"
    assert avif.getchannel("A").getextrema() == (0, 0)
    assert jpeg.mode == "RGB"
    assert near(jpeg.getpixel((16, 16)), (255, 255, 255))


@pytest.mark.parametrize("kind", KINDS)
def test_colours_mean_what_their_profile_says(kind: Kind) -> None:
    red = Image.new("RGB", (64, 64), (200, 40, 40))
    for form in ("JPEG", "PNG", "WEBP"):
        made = opened(encode(saved(red, form, icc_profile=swapped_profile()), 32, kind))
        assert near(made.getpixel((16, 16)), (40, 40, 200), 20), form
        assert "icc_profile" not in made.info


@pytest.mark.parametrize("profile", [b"no profile", swapped_profile()[:200], swapped_profile()[:-20]])
def test_a_damaged_profile_is_passed_over(profile: bytes) -> None:
    data = saved(Image.new("RGB", (64, 64), GREEN), "PNG", icc_profile=profile)
    assert opened(encode(data, 32, "jpeg")).size == (32, 32)


def test_a_profile_for_other_channels_is_passed_over() -> None:
    data = saved(Image.new("L", (64, 64), 150), "PNG", icc_profile=swapped_profile())
    assert near(opened(encode(data, 32, "jpeg")).getpixel((16, 16)), (150, 150, 150))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = saved(Image.new("RGB", (64, 64), GREEN), icc_profile=lab)
    assert near(opened(encode(data, 32, "jpeg")).getpixel((16, 16)), GREEN)


def test_jpegs_are_progressive() -> None:
    assert opened(encode(saved(scene()), 160, "jpeg")).info.get("progressive")


def test_a_copy_looks_like_the_photo() -> None:
    data = saved(scene(), "PNG")
    small = scene().resize((160, 120), Image.Resampling.LANCZOS).convert("RGB")
    for kind in KINDS:
        made = opened(encode(data, 160, kind)).convert("RGB")
        differences = [abs(a - b) for a, b in zip(made.tobytes(), small.tobytes(), strict=True)]
        assert sum(differences) / len(differences) < 6, kind


def test_copies_are_as_large_as_the_picture_says() -> None:
    data = saved(scene(501, 333))
    for variant in picture(probe(data), "x").variants:
        assert opened(encode(data, variant.width, variant.kind)).size == (variant.width, variant.height)


# ── the same bytes ───────────────────────────────────────────────────────────────────────────────────


def names(data: bytes) -> list[str]:
    return [digest(make(data)) for make in MAKERS.values()]


def test_equal_photos_give_equal_bytes_in_any_thread() -> None:
    data = saved(scene())
    with ThreadPoolExecutor(3) as pool:
        assert len({tuple(found) for found in pool.map(names, [data] * 3)}) == 1


@pytest.mark.external
def test_equal_photos_give_equal_bytes_in_any_process(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(secrets())
    script = (
        "import sys; from pathlib import Path; from microsite.media.photos import digest, encode;"
        "d = Path(sys.argv[1]).read_bytes();"
        "print(*(digest(x) for x in (encode(d, 160, 'avif'), encode(d, 160, 'jpeg'))))"
    )
    environment = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(tmp_path / "photo.jpg")]
    found = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.split() == names(secrets())


def test_the_demonstration_photos_are_drawn_alike_every_time() -> None:
    module = scenes()
    for name in module.SCENES:
        first, second = (module.photo(name, (96, 72)).tobytes() for _ in range(2))
        assert first == second


def test_the_script_writes_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = scenes()
    monkeypatch.setattr(sys, "argv", ["test_photos.py", str(tmp_path / "new")])
    monkeypatch.setattr(module, "photo", lambda name: Image.new("RGB", (8, 8)))
    module.main()
    assert sorted(path.stem for path in (tmp_path / "new").iterdir()) == sorted(module.SCENES)
