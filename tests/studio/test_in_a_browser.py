"""The studio as it is put online: what it makes in Node and in Chromium, without anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import asdict
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from helpers import browser, sites, studio, studio_page
from helpers.scenes import scenes
from microsite.core.fingerprints import digest
from microsite.media import bare, pillow
from microsite.media.photos import SUFFIXES, Lossy, made_path
from microsite.media.raster import Raster, png
from microsite.studio import pictures

pytestmark = pytest.mark.long

ROOT, DAY = studio.ROOT, studio.MADE_ON
EXAMPLES = ("lichtveen", "roetmolen", "sociaal-werkt", "vuurduin", "wilgendam")
OWN_FONTS = {
    "eigen.woff2": ROOT / "brands" / "vuurduin" / "fredoka.woff2",
    "eigen.ttf": ROOT / "assets" / "fonts" / "instrument-sans.ttf",
}
COPIES: list[tuple[int, Lossy]] = [(480, "avif"), (600, "avif"), (480, "jpeg"), (600, "jpeg")]
"""Of the photo in ``bare/``."""
FREDOKA = ROOT / "brands" / "vuurduin" / "fredoka.woff2"
MEGABYTE = 1_000_000
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


def run(output: Path, folders: list[Path], to: Path, day: str = DAY) -> list[dict[str, float]]:
    """Make the ZIPs of these folders in Node; returns the seconds and the memory of each."""
    words = ["node", "studio/run.mjs", str(output / "studio"), *map(str, folders), str(to), "--date", day]
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


# ── Node ──


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, bytes]:
    """The ZIPs that the command line makes of the example brands and of twenty organisations at random."""
    at = tmp_path_factory.mktemp("leden")
    folders = [ROOT / "brands" / id for id in EXAMPLES]
    folders += [_at_random(random.Random(one), at / f"lid-{one}") for one in range(20)]  # noqa: S311 -- no secret
    return {folder: studio.pack(folder, at) for folder in folders}


def test_the_zips_are_those_of_the_command_line(
    output: Path, packed: Mapping[Path, bytes], tmp_path: Path
) -> None:
    measured = run(output, [*packed], tmp_path)
    assert [f.name for f in packed if (tmp_path / f"{f.name}.zip").read_bytes() != packed[f]] == []
    assert max(each["heap"] for each in measured) <= 100 * MEGABYTE


def _at_random(chance: random.Random, folder: Path) -> Path:
    """A brand with a logo, colours and texts of its own; some with a photo, a PNG or a font as well."""
    colours = [f"#{chance.randrange(1 << 24):06x}" for _ in range(3)]
    width, height = chance.randrange(40, 400), chance.randrange(40, 200)
    shapes = "".join(
        f'<circle cx="{chance.randrange(width)}" cy="{chance.randrange(99)}" r="{chance.randrange(5, 60)}"'
        f' fill="{chance.choice(colours)}" fill-opacity="{chance.choice(["1", "0.4"])}"/>'
        for _ in range(chance.randrange(1, 6))
    )
    shapes += f'<rect x="9" y="9" width="{width // 2}" height="{height // 2}" fill="{colours[2]}"/>'
    rows = [f"| {chance.randrange(99)} | *{chance.choice('abc')}* |" for _ in range(3)]
    above = f"## Kop {chance.randrange(9)}\n\n- een\n- [twee](/verhalen/index.md)\n\n| a | b |\n| - | - |\n"
    text = above + "\n".join(rows)
    photo, logo = chance.random() < 0.4, chance.choice(["logo.svg", "logo.svg", "logo.png"])
    if photo:
        text += '\n\n![Een raam](raam.jpg "Foto: Buro Raam")'
    files = _prepared(chance, photo) | {
        "logo.svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{shapes}</svg>',
        "brand.yaml": (
            f"name: Lid {chance.randrange(999)} & Co\nlogo: {logo}\ncolour: '{colours[0]}'\n"
            f"second_colour: '{colours[1]}'\nregion: Dorp {chance.randrange(99)}\n"
            f"font: {chance.choice(['hanken-grotesk', 'newsreader', *OWN_FONTS])}\n"
            f"url: https://lid{chance.randrange(99)}.example/campagne/\n"
            "contact: {role: Team, email: post@lid.example, phone: 010-2345678}\n"
        ),
        "content/nieuws/eigen.md": sites.page("Van ons", text, "date: 2026-05-05\n"),
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def _prepared(chance: random.Random, photo: bool) -> dict[str, bytes | str]:
    """What the page puts in a folder when a logo in PNG, a photo or a font is dropped."""
    plates = [bytes(chance.randrange(256) for _ in range(3)) + b"\xff" for _ in range(3)]
    logo = Raster(300, 120, b"".join(bytes(4) * 40 + plates[row // 40] * 260 for row in range(120)))
    fonts = {name: file.read_bytes() for name, file in OWN_FONTS.items()}
    bare = {path.name: path.read_bytes() for path in (ROOT / "tests" / "studio" / "bare").iterdir()}
    copies = {
        made_path(digest(bare["raam.jpg"]), width, kind): bare[f"{width}.{SUFFIXES[kind]}"]
        for width, kind in COPIES
    }
    photos = {"content/nieuws/raam.jpg": bare["raam.jpg"], **copies} if photo else {}
    return {"logo.png": png(logo, small=True), **fonts, **photos}


def test_the_zips_of_chromium_are_those_of_the_command_line(
    page: Page, packed: Mapping[Path, bytes], tmp_path: Path
) -> None:
    campaign = ROOT / "brands" / "sociaal-werkt"  # by its name the program knows the campaign's own brand
    as_member = tmp_path / "huisstijl"
    shutil.copytree(campaign, as_member)
    zips = {folder: zipped for folder, zipped in packed.items() if folder != campaign}
    different = []
    for folder, zipped in {**zips, as_member: studio.pack(as_member, tmp_path)}.items():
        files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
        given = {path: base64.b64encode(file.read_bytes()).decode() for path, file in files.items()}
        if page.evaluate(PACKED, given) != hashlib.sha256(zipped).hexdigest():
            different.append(folder.name)
    assert different == []


PACKED = """async (given) => {
    const { call } = await import("./program.js"), files = {};
    const bytes = (text) => Uint8Array.from(atob(text), each => each.charCodeAt());
    for (const [path, data] of Object.entries(given)) files[path] = bytes(data);
    const { fields } = await call("open", files);
    await call("plan", fields, []);
    const digest = await crypto.subtle.digest("SHA-256", await call("pack"));
    return [...new Uint8Array(digest)].map(each => each.toString(16).padStart(2, "0")).join("");
}"""
"""What the page's program makes of a folder; its digest."""


@pytest.mark.parametrize("day", ["2026-11-29", "2027-01-01"])
def test_on_another_day_it_refuses(output: Path, tmp_path: Path, day: str) -> None:
    words = ["node", "studio/run.mjs", str(output / "studio"), str(ROOT / "brands" / "lichtveen")]
    words += [str(tmp_path), "--date", day]
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "deze studio is van voor 30 december 2026" in done.stderr
    assert not list(tmp_path.iterdir())


def test_nothing_of_consents_is_in_what_is_put_online(output: Path) -> None:
    texts = [file.read_text("utf-8") for file in (ROOT / "content").rglob("*.md")]
    heads = [text.split("\n---", 1)[0] for text in texts]
    lines = [line for head in heads for line in head.splitlines() if "ref: " in line]
    refs = {line.partition("ref: ")[2].partition(",")[0] for line in lines}
    assert len(refs) > 5
    for file in (output / "studio").rglob("*"):
        if file.is_file():
            assert studio.leaks(file.read_bytes(), sorted(refs)) == [], file.name


def test_a_first_visit_is_small_enough(output: Path) -> None:
    import brotli

    files = [file for file in (output / "studio").rglob("*") if file.is_file()]
    later = json.loads((output / "studio" / "names.json").read_bytes())["later"]
    codecs = [output / "studio" / name for name in later]
    first = [file for file in files if not file.name.startswith("rest-") and file not in codecs]
    sizes = {file: len(brotli.compress(file.read_bytes(), quality=11)) for file in files}
    assert sum(sizes[file] for file in first) <= 6.8 * MEGABYTE
    assert sum(sizes[file] for file in codecs) <= 2.3 * MEGABYTE
    assert sum(sizes[file] for file in files if file not in codecs) <= 8 * MEGABYTE


def test_when_it_cannot_be_made_the_one_of_before_stays(output: Path, tmp_path: Path) -> None:
    before = sites.tree(output / "studio")
    campaign = sites.campaign(tmp_path / "campagne")
    campaign.edit("content/contact.md", "title:", "titel:")
    command = [sys.executable, "scripts/studio/make.py", "--loose", "--project", str(campaign.root)]
    done = subprocess.run(
        [*command, "--output", str(output), "--date", DAY],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "content/contact.md" in done.stderr
    assert sites.tree(output / "studio") == before


ENCODE = """
import { readFileSync, writeFileSync } from "node:fs";
const [home, pixels, asked] = process.argv.slice(1), { width, height, wanted } = JSON.parse(asked);
const { codecs } = await import(`${home}/codecs.mjs`);
const encode = codecs(async (name) => readFileSync(`${home}/${name}`));
const image = { data: new Uint8ClampedArray(readFileSync(pixels)), width, height };
for (const [file, one] of Object.entries(wanted)) writeFileSync(file, await encode(image, one));
"""


def encode(output: Path, image: Image.Image, to: Path, wanted: dict[str, Mapping[str, object]]) -> None:
    """Encode an image with the codecs of the studio, in Node, into files in a folder."""
    (to / "pixels").write_bytes(image.convert("RGBA").tobytes())
    files = {str(to / name): one for name, one in wanted.items()}
    asked = json.dumps({"width": image.width, "height": image.height, "wanted": files})
    words = ["node", "--input-type=module", "-e", ENCODE, str(output / "studio"), str(to / "pixels"), asked]
    subprocess.run(words, check=True)


def test_the_codecs_make_what_the_other_tests_take(output: Path, tmp_path: Path) -> None:
    """See test_member_pictures.py. New codecs make other files in ``tests/studio/bare/``."""
    image = scenes().photo("avond-bij-het-raam", (600, 400))
    best = {"width": 600, "height": 400, "kind": "jpeg", "quality": 92}
    encode(output, image, tmp_path, {"raam.jpg": best})
    photo = (tmp_path / "raam.jpg").read_bytes()
    copies = {f"{one.width}.{SUFFIXES[one.kind]}": asdict(one) for one in pictures.copies(photo)}
    encode(output, image, tmp_path, copies)
    (tmp_path / "pixels").unlink()
    assert sites.tree(tmp_path) == sites.tree(ROOT / "tests" / "studio" / "bare")


@pytest.mark.parametrize("size", [(1, 1), (17, 33), (480, 1), (1, 481), (999, 3), (255, 257)])
def test_a_picture_of_any_size_is_bare(output: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    kinds: dict[str, Lossy] = {"noise.avif": "avif", "noise.jpg": "jpeg"}
    noise = random.Random(1).randbytes(3 * size[0] * size[1])  # noqa: S311 -- no secret
    given = {"width": size[0], "height": size[1], "quality": 72}  # the least that is asked
    wanted = {file: {**given, "kind": kind} for file, kind in kinds.items()}
    encode(output, Image.frombytes("RGB", size, noise), tmp_path, wanted)
    assert {bare.size((tmp_path / file).read_bytes(), kind) for file, kind in kinds.items()} == {size}


# ── Chromium ──


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with browser.served(output) as root:
        yield f"{root}/studio/"


@pytest.fixture
def page(address: str, chromium: Browser) -> Iterator[Page]:
    with browser.opened(chromium, viewport=DESKTOP) as page:
        page.set_default_timeout(180_000)
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        yield page


def download(page: Page, to: Path) -> Path:
    with page.expect_download() as found:
        page.click("#download")
    found.value.save_as(to)
    return to


def test_from_a_logo_and_a_colour_to_a_site(page: Page, tmp_path: Path) -> None:
    studio_page.wait_for(page, studio_page.KEPT)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    studio_page.fill_in(page, region="Voorbeeldstad")
    frame = page.frame_locator("#preview")
    expect(frame.locator("body")).to_contain_text("Voorbeeldstad")
    page.click("[data-page=story]")
    frame.get_by_role("link", name="Verhalen").first.click()
    expect(frame.locator("h1")).to_have_text("Verhalen")
    zipped = download(page, tmp_path / "campagne.zip")
    zipfile.ZipFile(zipped).extractall(tmp_path / "open")
    assert zipped.read_bytes() == studio.pack(tmp_path / "open" / "huisstijl", tmp_path)
    assert [url for url in asked if not re.search(r"/studio/voorbeeld/|^blob:|^data:", url)] == []


def write_story(page: Page, text: str) -> None:
    page.click("#story-new")
    page.check("[name=story-role][value=client]")
    page.fill("#story-name", "Noor")
    page.fill("#story-headline", "Noor maakt haar post weer open")
    page.fill("#story-summary", "Een jaar lang gingen de enveloppen in een la.")
    page.fill("#story-text", text)


def agree(page: Page) -> None:
    page.check("[name=story-status][value=valid]")
    page.fill("#story-given", "2026-11-01")
    page.check('[data-story="consent.scope"] [value=web]')
    page.check('[data-story="consent.audience"] [value=members]')
    page.fill("#story-until", "2028-11-01")
    page.click("#story-number")


def test_with_a_page_hidden_and_a_story_that_is_refused_until_she_agreed(page: Page, tmp_path: Path) -> None:
    studio_page.fill_in(page, region="Voorbeeldstad")
    page.click("#hiding summary")
    page.get_by_label("De kleine trom").check()
    expect(page.locator("#hidden-told")).to_contain_text("één landelijke pagina")
    write_story(page, "\nNoor heeft een la.\n\nHij is <b>vol</b>.")
    expect(page.locator("#story-text ~ .wrong")).to_contain_text("Regel 4, teken 8")
    expect(page.locator("#download")).to_be_disabled()
    page.fill("#story-text", "Noor heeft een la.\n\nHij is vol: 41 enveloppen.")
    expect(page.locator(".consent > .wrong")).to_contain_text("er is geen toestemming")
    expect(page.locator("#not-in")).to_contain_text("Noor maakt haar post weer open")
    agree(page)
    expect(page.locator("#story-seen + .wrong")).to_contain_text("heeft de laatste tekst nog niet gezien")
    page.set_input_files("#story-picture", ROOT / "tests" / "studio" / "bare" / "raam.jpg")
    page.fill("#story-alt", "Een raam.")
    page.fill("#story-credit", "Foto: wij")
    page.fill("#story-seen", "2026-11-20")
    expect(page.locator("#story-verdict")).to_have_text("Dit verhaal staat op jullie site.")
    page.click("#story-done")
    page.click("[data-page=story]")
    expect(page.frame_locator("#preview").locator("h1")).to_contain_text("Noor maakt haar post")
    zipped = download(page, tmp_path / "campagne.zip")
    zipfile.ZipFile(zipped).extractall(tmp_path / "open")
    assert zipped.read_bytes() == studio.pack(tmp_path / "open" / "huisstijl", tmp_path)
    site = tmp_path / "open" / "site"
    assert "41 enveloppen" in (site / "verhalen" / "maakt-haar-post-weer-open.html").read_text("utf-8")
    assert "De kleine trom" not in (site / "verhalen" / "index.html").read_text("utf-8")

    page.reload()  # all that was typed is there again, and can be taken away
    page.get_by_role("button", name="Bewerk ‘Noor").click()
    expect(page.locator("#story-text")).to_have_value("Noor heeft een la.\n\nHij is vol: 41 enveloppen.")
    expect(page.locator("#story-picture-shown")).to_be_visible()
    page.click("#story-remove")
    expect(page.locator("#remove")).to_contain_text("met het nummer V-")
    page.click("#remove-yes")
    expect(page.locator("#story-list li")).to_have_count(0)
    expect(page.locator("#download")).to_be_enabled()
    zipfile.ZipFile(download(page, tmp_path / "zonder.zip")).extractall(tmp_path / "zonder")
    assert not list((tmp_path / "zonder" / "huisstijl").rglob("*.md"))
    assert not list((tmp_path / "zonder" / "huisstijl").rglob("*.jpg"))


def test_a_story_can_be_written_with_the_keyboard_and_axe_finds_nothing(page: Page) -> None:
    studio_page.fill_in(page)
    page.focus("#story-new")
    page.keyboard.press("Enter")
    expect(page.locator("#story-title")).to_be_focused()
    asked: list[str] = []
    while "story-done" not in asked and len(asked) < 60:
        page.keyboard.press("Tab")
        asked.append(page.evaluate("document.activeElement.id || document.activeElement.name"))
        if asked[-1] in ("story-name", "story-headline", "story-summary", "story-text"):
            page.keyboard.type("Woorden")
        if asked[-1] in ("story-role", "story-status"):
            page.keyboard.press("Space")
    expect(page.locator(".consent .wrong").first).to_be_visible()
    looks = [browser.Look("light", DESKTOP), browser.Look("dark", PHONE)]
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert browser.audit_open(page, looks) == []
    for width in (320, 390, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(browser.WIDTH) == []
    page.focus("#story-done")
    page.keyboard.press("Enter")
    expect(page.locator('[data-edit="0"]')).to_be_focused()


DEVICE = "GEHEIMECAMERA"


def _saved(image: Image.Image, form: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def _from_a_phone(image: Image.Image) -> bytes:
    """The image as a phone held upright makes it, with what phones and programs put in."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, DEVICE
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (52.0, 5.0, 11.0)
    turned = image.transpose(Image.Transpose.ROTATE_90)
    return _saved(turned, "JPEG", exif=exif, comment=DEVICE.encode(), quality=90)


def test_of_a_photo_and_a_logo_only_the_picture_is_left(page: Page, tmp_path: Path) -> None:
    """In a ZIP from elsewhere, and dropped on the page."""
    image = scenes().photo("avond-bij-het-raam", (900, 600))
    text = sites.page("Eigen", '![Een raam](raam.jpg "Foto: Buro Raam")', "date: 2026-01-01\n")
    before = {
        "brand.yaml": b"name: Lid\nlogo: merk.jpg\ncontact: {email: post@lid.example}\ncolour: '#0b6e4f'\n",
        "merk.jpg": _saved(Image.new("RGB", (900, 300), "#c8102e"), "JPEG", comment=DEVICE.encode()),
        "content/nieuws/eigen.md": text.encode(),
        "content/nieuws/raam.jpg": _from_a_phone(image),
        "made/0123456789-480.jpg": _from_a_phone(image),
    }
    with zipfile.ZipFile(tmp_path / "map.zip", "w") as archive:
        for path, data in before.items():
            archive.writestr(path, data)
    page.set_input_files("#zip", tmp_path / "map.zip")
    expect(page.locator("#download")).to_be_enabled()
    expect(page.locator(".swatches button")).to_have_count(1)
    zipped = download(page, tmp_path / "campagne.zip")
    zipfile.ZipFile(zipped).extractall(tmp_path / "open")
    own = tmp_path / "open" / "huisstijl"
    made = sites.tree(own)
    assert len([path for path in made if path.startswith("made/")]) == 4
    assert "made/0123456789-480.jpg" not in made
    for path, data in {**made, **sites.tree(tmp_path / "open" / "site")}.items():
        assert studio.leaks(data, [DEVICE]) == [], path
        assert b"Exif" not in data, path
    assert pillow.is_like(Image.open(own / "content/nieuws/raam.jpg"), image)
    assert zipped.read_bytes() == studio.pack(own, tmp_path)

    logo = _saved(Image.new("RGBA", (400, 99), "#0b6e4f"), "PNG")
    page.set_input_files("#logo", {"name": "merk.png", "mimeType": "image/png", "buffer": logo})
    expect(page.locator("#logo-shown")).to_have_js_property("naturalWidth", 400)
    page.set_input_files("#logo", {"name": "merk.heic", "mimeType": "image/heic", "buffer": b"geen beeld"})
    expect(page.locator("#drop .wrong")).to_contain_text("Bewaar het als JPEG of PNG")


def test_design_tokens_give_the_colours(page: Page) -> None:
    studio_page.fill_in(page)
    page.click("#tokens-more summary")
    page.set_input_files("#tokens", ROOT / "brands" / "vuurduin" / "vuurduin.tokens.json")
    expect(page.locator(".taken")).to_contain_text("Kleur: #")
    expect(page.locator("#colour")).to_have_value("")
    expect(page.locator("#download")).to_be_enabled()
    page.set_input_files(
        "#tokens", {"name": "leeg.json", "mimeType": "application/json", "buffer": b"geen json"}
    )
    expect(page.locator("#tokens + .wrong")).to_be_visible()
    expect(page.locator("#download")).to_be_disabled()


def restricted(font: Path, to: Path) -> Path:
    """The font, as one that may not be used on a site, as TTF."""
    opened = TTFont(font)
    opened["OS/2"].fsType, opened.flavor = 2, None
    opened.save(to)
    return to


def test_a_font_is_on_the_site_and_in_the_zip(page: Page, tmp_path: Path) -> None:
    studio_page.fill_in(page)
    page.set_input_files("#font", {"name": "brief.pdf", "mimeType": "", "buffer": b"%PDF-"})
    expect(page.locator("#font + .wrong")).to_contain_text("geen lettertype")
    page.set_input_files("#font", {"name": "stuk.woff2", "mimeType": "", "buffer": b"wOF2" + bytes(99)})
    expect(page.locator("#font + .wrong")).to_contain_text("beschadigd")
    expect(page.locator("#download")).to_be_disabled()
    page.set_input_files("#font", restricted(FREDOKA, tmp_path / "mag-niet.TTF"))
    expect(page.locator("#font + .wrong")).to_contain_text("fsType")
    page.set_input_files("#font", FREDOKA)
    expect(page.locator("#font-name")).to_have_text("lettertype.woff2")
    expect(page.locator(".wrong")).to_have_count(0)
    expect(page.locator("#download")).to_be_enabled()
    zipped = download(page, tmp_path / "campagne.zip")
    zipfile.ZipFile(zipped).extractall(tmp_path / "open")
    assert zipped.read_bytes() == studio.pack(tmp_path / "open" / "huisstijl", tmp_path)
    (font,) = (tmp_path / "open" / "site" / "fonts").glob("*.woff2")
    assert "Fredoka" in str(TTFont(font)["name"].getDebugName(1))
    own = {file.name: file.read_bytes() for file in (tmp_path / "open" / "huisstijl").glob("letter*")}
    assert own == {"lettertype.woff2": FREDOKA.read_bytes()}

    page.reload()  # it is there again, and can be taken away
    expect(page.locator("#font-name")).to_have_text("lettertype.woff2")
    page.click("#font-gone")
    expect(page.locator("#font-found")).to_be_hidden()
    expect(page.locator("#download")).to_be_enabled()
    zipfile.ZipFile(download(page, tmp_path / "zonder.zip")).extractall(tmp_path / "zonder")
    assert not list((tmp_path / "zonder" / "huisstijl").glob("letter*"))


def test_a_problem_stands_beside_its_field_and_the_site_of_before_stays(page: Page) -> None:
    studio_page.fill_in(page)
    page.fill("#email", "geen adres")
    expect(page.locator("#email + .wrong")).to_contain_text("geen adres")
    expect(page.locator("#email")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#download")).to_be_disabled()
    expect(page.frame_locator("#preview").locator("body")).to_contain_text("Sociaal werkt!")
    page.fill("#email", "post@voorbeeld.example")
    expect(page.locator(".wrong")).to_have_count(0)


def test_it_is_there_again_without_a_network_until_it_is_thrown_away(page: Page) -> None:
    studio_page.fill_in(page)
    studio_page.wait_for(page, studio_page.KEPT)
    page.context.set_offline(offline=True)
    page.reload()
    expect(page.locator("#download")).to_be_enabled()
    expect(page.locator("#name")).to_have_value("Welzijn Voorbeeldstad")
    page.context.set_offline(offline=False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click(".existing summary")
    page.click("#clear")
    page.wait_for_selector("body[data-ready]")
    expect(page.locator("#name")).to_have_value("")


def test_a_zip_of_before_goes_on(page: Page, tmp_path: Path) -> None:
    zipped = tmp_path / "wilgendam.zip"
    zipped.write_bytes(studio.pack(ROOT / "brands" / "wilgendam", tmp_path))
    page.set_input_files("#zip", zipped)
    expect(page.locator("#download")).to_be_enabled()
    name = page.input_value("#name")
    assert name
    broken = {"name": "kapot.zip", "mimeType": "application/zip", "buffer": zipped.read_bytes()[:2000]}
    page.set_input_files("#zip", broken)
    expect(page.locator("#refused")).to_contain_text("kapot.zip is niet geopend")
    page.set_input_files("#zip", zipped)  # what is there goes only when the member says so: here she does not
    expect(page.locator("#refused")).to_be_hidden()
    assert download(page, tmp_path / "again.zip").read_bytes() == zipped.read_bytes()
    page.fill("#name", "")
    expect(page.locator("#download")).to_be_disabled()
    page.fill("#name", name)
    expect(page.locator("#download")).to_be_enabled()
    page.set_input_files("#logo", {"name": "leeg.png", "mimeType": "image/png", "buffer": b""})
    expect(page.locator("#drop")).to_contain_text("leeg.png is niet gebruikt")
    page.fill("#region", "Elders")
    expect(page.locator("#told")).to_have_text("Jullie site is bijgewerkt.")
    expect(page.locator("#drop")).to_contain_text("leeg.png is niet gebruikt")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, address: str, chromium: Browser) -> None:
    looks = [browser.Look("light", PHONE), browser.Look("dark", DESKTOP)]
    assert browser.audit(chromium, [address], looks) == []
    studio_page.fill_in(page)
    page.fill("#email", "geen adres")
    page.wait_for_selector(".wrong")
    for width in (320, 390, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(browser.WIDTH) == []


def test_it_can_be_done_with_the_keyboard(page: Page) -> None:
    studio_page.fill_in(page)
    page.focus("#name")
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert [each for each in order if each in {"region", "logo", "colour", "role", "email", "phone"}] == [
        *("region", "logo", "colour", "role", "email", "phone")
    ]
