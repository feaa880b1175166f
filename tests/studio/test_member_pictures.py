"""A member's photo and logo: the studio makes the same site as the command line; which copies are taken."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image

from helpers import sites, studio
from helpers.sites import BRAND, DAY, Campaign, page
from microsite.content.files import in_memory
from microsite.core.fingerprints import digest
from microsite.core.problems import errors
from microsite.media import photos, pillow
from microsite.media.photos import Lossy, made_path
from microsite.media.raster import Raster, png
from microsite.studio import pictures
from microsite.studio.workbench import Workbench

MADE = Path(__file__).parent / "bare"
"""A photo and its copies, as ``studio/codecs.mjs`` makes them: see test_in_a_browser.py."""

OWN = f"brands/{BRAND}"
PHOTO = "content/nieuws/raam.jpg"
COPIES: list[tuple[int, Lossy]] = [(480, "avif"), (600, "avif"), (480, "jpeg"), (600, "jpeg")]


def made(width: int, kind: Lossy) -> bytes:
    return (MADE / f"{width}.{photos.SUFFIXES[kind]}").read_bytes()


def folder() -> dict[str, bytes]:
    """What a studio adds to a member's folder for a PNG logo and a photo, by path."""
    photo = (MADE / "raam.jpg").read_bytes()
    red, blue, clear = b"\xc8\x10\x2e\xff", b"\x10\x20\xa0\xff", bytes(4)
    logo = Raster(300, 260, (red * 200 + clear * 100) * 130 + (clear * 60 + blue * 240) * 130)
    text = page("Eigen", '![Een raam](raam.jpg "Foto: Buro Raam")', "date: 2026-01-01\n")
    files = {PHOTO: photo, "logo.png": png(logo, small=True), "content/nieuws/eigen.md": text.encode()}
    return files | {made_path(digest(photo), *copy): made(*copy) for copy in COPIES}


@pytest.fixture
def member(campaign: Campaign) -> Campaign:
    for path, content in folder().items():
        campaign.write(f"{OWN}/{path}", content)
    campaign.edit(sites.OWN, "logo.svg", "logo.png")
    return campaign


def test_the_site_is_that_of_the_command_line(member: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    given = studio.of(member)
    assert member.build().one["done"]
    with monkeypatch.context() as browser:
        browser.setattr(pillow, "is_here", lambda: False)  # as in a browser
        for name in ("avif", "jpeg", "png", "normalize"):
            browser.delattr(pillow, name)
        found = studio.site(given, member.root / OWN)
    assert found == sites.tree(member.site)
    published = {digest(data): path for path, data in found.items()}
    assert {digest(made(*copy)) for copy in COPIES} <= published.keys()
    assert digest(folder()["logo.png"]) in published
    assert not any(path.startswith(photos.MADE) for path in found)


def _with_words(data: bytes) -> bytes:
    return data[:2] + b"\xff\xfe\x00\x08geheim" + data[2:]


def _of_another() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (480, 320), "teal").save(out, "JPEG", progressive=True)
    return out.getvalue()


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(_with_words(made(480, "jpeg")), id="words"),
        pytest.param(made(600, "jpeg"), id="size"),
        pytest.param(made(480, "avif"), id="kind"),
        pytest.param(_of_another(), id="another photo"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_copy_that_is_not_right_is_made_anew(member: Campaign, copy: bytes) -> None:
    photo = folder()[PHOTO]
    member.write(f"{OWN}/{made_path(digest(photo), 480, 'jpeg')}", copy)
    assert member.build().one["done"]
    published = {path for path, data in sites.tree(member.site).items() if data == copy and copy}
    assert not [path for path in published if "-480.jpg" in path]
    (own,) = [data for path, data in sites.tree(member.site).items() if path.endswith("-480.jpg")]
    assert own == photos.encode(photo, 480, "jpeg")


def test_copies_of_a_photo_that_is_not_on_the_site_stay_off_it(member: Campaign) -> None:
    member.remove(f"{OWN}/{PHOTO}")
    member.edit(f"{OWN}/content/nieuws/eigen.md", "![Een raam]", "Geen foto: [een raam]")
    member.edit(f"{OWN}/content/nieuws/eigen.md", '(raam.jpg "Foto: Buro Raam")', "(/contact.md)")
    assert member.build().one["done"]
    assert not {made(*copy) for copy in COPIES} & {*sites.tree(member.site).values()}
    files = {path: data for path, data in folder().items() if path != PHOTO}
    assert len(pictures.unused(in_memory(BRAND, OWN, files))) == len(COPIES)


@pytest.mark.parametrize("gone", [PHOTO, "logo.png", "made"])
def test_what_is_not_made_ready_is_refused_in_the_studio(member: Campaign, gone: str) -> None:
    photo = folder()[PHOTO]
    if gone == "made":
        member.remove(f"{OWN}/{made_path(digest(photo), 600, 'avif')}")
    else:
        member.write(f"{OWN}/{gone}", sites.jpeg())
    plan = Workbench(studio.of(member), dt.date.fromisoformat(DAY)).plan(member.root / OWN)
    (problem, *_) = errors(plan.problems)
    assert problem.place.path == f"{OWN}/{PHOTO if gone == 'made' else gone}"
    assert problem.message == photos.NOT_READY.message


def test_what_is_to_be_made_is_told(member: Campaign) -> None:
    files = folder()
    found = {one.source.path: one for one in pictures.pictures(in_memory(BRAND, OWN, files))}
    assert {path: (one.ready, one.missing) for path, one in found.items()} == {
        PHOTO: (True, ()),
        "logo.png": (True, ()),
    }
    bare = {path: data for path, data in files.items() if not path.startswith(photos.MADE)}
    (photo, _) = pictures.pictures(in_memory(BRAND, OWN, bare))
    wanted = [(one.width, one.height, one.kind, one.quality) for one in photo.missing]
    assert wanted == [
        (480, 320, "avif", 60),
        (600, 400, "avif", 60),
        (480, 320, "jpeg", 78),
        (600, 400, "jpeg", 78),
    ]
