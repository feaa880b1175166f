"""A logo is never lost on its ground, never too wide, and an icon is a square of it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from helpers.sites import BRAND, Campaign
from microsite.brand.logos import PLATES, advice, classes, examine, icon, icon_ground
from microsite.brand.palette import derive
from microsite.core.problems import InvalidFile

BLUE = derive("#00539f")
CSS = Path(__file__).parents[2] / "assets/css/20-layout.css"
ROUND = '<circle cx="20" cy="20" r="20" fill="{}"/><circle cx="20" cy="20" r="8" fill="#fff"/>'
WIDE = '<path d="M3 0H45V40H3ZM55 0H97V40H55Z" fill="{}"/>'
WORDS = '<path d="M50 5H60V35H50ZM70 5H80V35H70Z" fill="{}"/>'


def drawn(inside: str, width: int = 100, height: int = 40) -> bytes:
    box = f'viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{inside}</svg>'.encode()


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def plates(inside: str, colour: str = "#00539f") -> set[str]:
    found = classes(examine(drawn(inside), True), derive(colour)).split()
    return {name for name in found if not name.startswith("logo-")}


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (WORDS.format("#111111"), {"night-light"}),
        (WORDS.format("#ffffff"), {"day-dark"}),
        (WORDS.format("#ffd400"), {"day-dark"}),
        (WORDS.format("#e30613"), set()),
        (ROUND.format("#00539f") + WORDS.format("#111111"), {"night-light"}),
        (ROUND.format("#00539f") + WORDS.format("#ffffff"), {"day-dark"}),
        (ROUND.format("#111111"), set()),  # the white within it is seen
        ('<rect width="100" height="40" rx="9" fill="#fff"/>' + WORDS.format("#111111"), set()),
        ('<rect width="100" height="40" fill="#111111"/>', set()),  # it brings its own ground
        (WORDS.format("#111111") + '<path d="M5 5H40V35H5Z" fill="#fff"/>', {"day-middle", "night-middle"}),
        ('<text y="20" fill="white">Lid</text>', {"day-dark"}),
        ('<text y="20">Lid</text>', {"night-light"}),
    ],
)
def test_a_logo_gets_a_plate_where_it_would_be_lost_and_only_there(inside: str, wanted: set[str]) -> None:
    assert plates(inside) == wanted


def test_a_png_is_judged_by_its_pixels_in_the_same_way() -> None:
    image = Image.new("RGBA", (200, 80))
    image.paste((255, 255, 255, 255), (20, 20, 180, 60))
    assert classes(examine(png(image), False), BLUE) == "logo-wide day-dark"
    assert classes(examine(png(image.convert("RGB")), False), BLUE) == "logo-wide"


@pytest.mark.parametrize(
    ("width", "height", "shape"), [(400, 40, "wide"), (40, 40, "square"), (40, 100, "tall")]
)
def test_a_tall_logo_gets_more_height(width: int, height: int, shape: str) -> None:
    logo = examine(drawn('<rect width="30" height="30"/>', width, height), True)
    assert logo.shape == shape
    assert logo.makes_an_icon == (shape == "square")


@pytest.mark.parametrize("inside", ["", '<rect width="9" height="9" fill="none"/>'])
def test_an_empty_logo_is_refused(inside: str) -> None:
    with pytest.raises(InvalidFile, match="empty"):
        examine(drawn(inside), True)


def test_the_stylesheet_has_every_plate_in_the_colour_that_was_reckoned_with() -> None:
    rules = dict(re.findall(r"\.((?:day|night)-\w+) \{ background: (#\w+); \}", CSS.read_text("utf-8")))
    assert rules == {f"{time}-{name}": ground for time in ("day", "night") for name, ground in PLATES.items()}


@pytest.mark.parametrize("colour", ["#00539f", "#ffffff", "#ffd400", "#000000"])
def test_an_icon_stands_on_the_brand_unless_it_would_be_lost_there(colour: str) -> None:
    logo = examine(drawn('<circle cx="20" cy="20" r="18" fill="#00539f"/>', 40, 40), True)
    ground = icon_ground(logo, derive(colour))
    assert ground == (colour if colour in ("#ffffff", "#ffd400") else PLATES["light"])


@pytest.mark.parametrize(("width", "height"), [(40, 40), (40, 30), (30, 40)])
def test_an_icon_is_square_and_keeps_the_shape_of_the_logo(width: int, height: int) -> None:
    shape = f'<ellipse cx="{width / 2}" cy="{height / 2}" rx="{width / 2}" ry="{height / 2}" fill="#fff"/>'
    image = Image.open(io.BytesIO(icon(drawn(shape, width, height), True, "#00539f", 180)))
    assert image.size == (180, 180)
    assert not image.has_transparency_data
    image = image.convert("RGB")
    left, top, right, bottom = image.convert("L").point(lambda grey: 255 * (grey > 160)).getbbox()
    assert (right - left) / (bottom - top) == pytest.approx(width / height, abs=0.02)
    assert min(left, top, 180 - right, 180 - bottom) >= 24


def test_an_icon_that_covers_its_corners_has_no_margin() -> None:
    data = icon(drawn('<rect width="40" height="40"/>', 40, 40), True, "#ffffff", 180)
    image = Image.open(io.BytesIO(data)).convert("RGB")
    assert image.getcolors() == [(180 * 180, (0, 0, 0))]


@pytest.mark.external
def test_icons_are_the_same_in_every_run() -> None:
    program = (
        "import hashlib, pathlib; from microsite.brand.logos import icon;"
        "data = pathlib.Path('assets/images/icon.svg').read_bytes();"
        "print(*(hashlib.sha256(icon(data, True, '#c93a1e', s)).hexdigest() for s in (180, 192, 512)))"
    )
    root = CSS.parent.parent.parent
    runs = {
        subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


# ── in a site ──


def test_a_logo_for_dark_paper_is_shown_there_and_needs_no_plate(campaign: Campaign) -> None:
    folder = f"brands/{BRAND}"
    settings = campaign.read(f"{folder}/brand.yaml")
    campaign.write(f"{folder}/logo.svg", drawn(WIDE.format("#111111")))
    campaign.build().fine()
    assert "night-light" in campaign.shown("index.html")
    campaign.write(f"{folder}/brand.yaml", f"{settings}logo_dark: licht.svg\n")
    assert any("licht.svg" in problem for problem in campaign.build().problems)
    campaign.write(f"{folder}/licht.svg", drawn(WIDE.format("#eeeeee")))
    campaign.build().fine()
    page = campaign.shown("index.html")
    (dark,) = re.findall(r'<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)" width="100"', page)
    assert "night-light" not in page
    assert "#eeeeee" in campaign.shown(dark)
    campaign.write(f"{folder}/licht.svg", drawn(WIDE.format("#111111")))
    campaign.build().fine()
    assert "prefers-color-scheme: dark" not in campaign.shown("index.html"), "it is the same file"


def linked(campaign: Campaign) -> dict[str, str]:
    found = re.findall(r'<link rel="([\w-]*icon|manifest)" href="([^"]+)"', campaign.shown("index.html"))
    assert all((campaign.site / path).is_file() for _, path in found)
    return dict(found)


def test_a_square_logo_is_the_icon(campaign: Campaign) -> None:
    campaign.write(f"brands/{BRAND}/logo.svg", drawn(ROUND.format("#c8102e"), 40, 40))
    campaign.build().fine()
    links = linked(campaign)
    assert links["icon"].endswith("-192.png")
    assert links["apple-touch-icon"].endswith("-180.png")


def test_a_wide_logo_leaves_the_icon_to_the_mark_of_the_campaign(campaign: Campaign) -> None:
    campaign.build().fine()
    links = linked(campaign)
    assert links["icon"].endswith(".svg")
    assert "#c8102e" in campaign.shown(links["icon"])
    told = json.loads(campaign.shown(links["manifest"]))
    assert told["theme_color"] == "#c8102e"
    for told_icon in told["icons"]:
        image = Image.open(io.BytesIO((campaign.site / told_icon["src"]).read_bytes()))
        assert told_icon["sizes"] == f"{image.width}x{image.height}"


def test_letters_that_need_a_font_are_told_and_publish(campaign: Campaign) -> None:
    campaign.write(f"brands/{BRAND}/logo.svg", drawn('<text y="20">Welzijn</text>'))
    report = campaign.build()
    assert report.status == 0
    assert report.only()["severity"] == "warning"
    assert report.only()["path"] == f"brands/{BRAND}/logo.svg"
    assert "night-light" in campaign.shown("index.html")


def told(data: bytes, name: str) -> list[str]:
    """What is said of a logo that can be used."""
    return [f"{p.severity} {p.message}" for p in advice(examine(data, name.endswith(".svg")), name)]


def picture(size: tuple[int, int], box: tuple[int, int, int, int], ground: str) -> bytes:
    image = Image.new("RGBA", size, ground)
    image.paste((0, 83, 159, 255), box)
    return png(image)


@pytest.mark.parametrize(
    ("size", "box", "ground", "words"),
    [
        ((299, 90), (0, 0, 299, 90), "#0000", "notice the logo is 299 by 90 pixels"),
        ((90, 300), (0, 0, 90, 300), "#0000", ""),
        ((600, 600), (0, 240, 600, 360), "#0000", "fills 100% of the width and 21% of the height"),
        ((600, 600), (0, 240, 600, 360), "#fff", "fills 100% of the width and 21% of the height"),
        ((600, 600), (0, 240, 600, 360), "#ffd400", ""),  # it has a ground of its own
        ((600, 200), (90, 30, 510, 170), "#0000", ""),  # the clear space of a house style
    ],
)
def test_a_small_logo_and_wide_margins_are_told(
    size: tuple[int, int], box: tuple[int, int, int, int], ground: str, words: str
) -> None:
    said = told(picture(size, box, ground), "logo.png")
    assert len(said) == bool(words)
    assert words in "".join(said)


def test_margins_of_a_drawing_are_told_and_its_size_is_not() -> None:
    inside = '<rect x="40" y="2" width="20" height="36" fill="#00539f"/>'
    (said,) = told(drawn(inside), "logo.svg")
    assert "fills 21% of the width and 91% of the height" in said
    assert told(drawn('<rect width="100" height="40" fill="#00539f"/>', 20, 8), "logo.svg") == []


STRANGERS = {
    "logo.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "type PostScript (EPS)", "plain SVG"),
    "logo.pdf": (b"%PDF-1.7", "type PDF", "plain SVG"),
    "logo.ai": (b"%PDF-1.6", "type PDF", "plain SVG"),
    "logo.svgz": (b"\x1f\x8b\x08\0", "type SVGZ", "plain SVG"),
    "logo.bmp": (b"BM" + bytes(60), "type BMP", "save it as"),
    "logo.svg": (b"\x89PNG\r\n\x1a\n", "an image of type PNG", "ends in .png"),
    "logo.png": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawing", "ends in .svg"),
    "logo.docx": (b"PK\3\4", "type ZIP", "save it as"),
    "logo": (b"words", "not a photo we can read", "save it as"),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_a_logo_of_another_kind_is_told_what_it_is_and_what_to_export(campaign: Campaign, name: str) -> None:
    data, message, hint = STRANGERS[name]
    campaign.write(f"brands/{BRAND}/{name}", data)
    campaign.edit(f"brands/{BRAND}/brand.yaml", "logo.svg", name)
    problem = campaign.run("check", "--brand", BRAND).only()
    assert problem["path"] == f"brands/{BRAND}/{name}"
    assert message in problem["message"]
    assert hint in problem["hint"]


@pytest.mark.parametrize(
    ("name", "size", "words"), [("logo.png", 65 << 20, "65,0 MB"), ("logo.svg", 2 << 20, "200 kB")]
)
def test_a_logo_over_the_limit_is_told_once(campaign: Campaign, name: str, size: int, words: str) -> None:
    with (campaign.root / f"brands/{BRAND}/{name}").open("wb") as stream:
        stream.truncate(size)
        stream.write(b"<")
    campaign.edit(f"brands/{BRAND}/brand.yaml", "logo.svg", name)
    problem = campaign.run("check", "--brand", BRAND).only()
    assert problem["path"] == f"brands/{BRAND}/{name}"
    assert words in problem["message"]


@pytest.mark.parametrize("size", [(1800, 180), (60, 600), (90, 40)], ids=["wide", "tall", "small"])
def test_a_see_through_logo_stays_so_for_every_browser(campaign: Campaign, size: tuple[int, int]) -> None:
    """White letters on white would be nothing to see, and a dark page would get a white block."""
    image = Image.new("RGBA", size)
    image.paste((255, 255, 255, 255), (size[0] // 8, size[1] // 8, size[0] * 7 // 8, size[1] * 7 // 8))
    campaign.write(f"brands/{BRAND}/logo.png", png(image))
    campaign.edit(f"brands/{BRAND}/brand.yaml", "logo.svg", "logo.png")
    assert campaign.build("--strict").status == 0
    (path,) = (path for path in campaign.tree() if path.startswith("beeld/logo"))
    shown = Image.open(io.BytesIO(campaign.tree()[path]))
    width, height = shown.size
    assert f'src="{path}" width="{width}" height="{height}"' in campaign.shown("index.html")
    assert max(shown.size) == min(720, max(size))
    assert shown.getpixel((width * 3 // 8, height * 3 // 8)) == (255, 255, 255, 255)
    assert shown.getpixel((0, 0)) == (0, 0, 0, 0)
