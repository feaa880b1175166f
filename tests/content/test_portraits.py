"""The drawn portraits: what the script draws is what is there, and nobody is lost in any palette."""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from helpers.sites import drawn
from microsite.brand.colour import to_oklch
from microsite.brand.palette import derive
from microsite.brand.tones import tones
from microsite.media.svg import clean, paint

ROOT = Path(__file__).parents[2]
FLOOR = 0.11  # of OKLab: five times what is just noticeable, so still there at 64 pixels
SENT = 3 * 1024
HEX = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import portraits

        yield portraits
    finally:
        sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def everybody(script: Any) -> list[Any]:
    return list(script.people())


def test_the_files_are_what_the_script_draws_and_are_small(script: Any, everybody: list[Any]) -> None:
    for person in everybody:
        file = ROOT / script.file_of(person)
        assert file.read_text("utf-8") == script.draw(person), "run scripts/portraits.py"
        sent = paint(clean(file.read_bytes()).markup, {}).encode()
        assert len(gzip.compress(sent, 9)) <= SENT, file.name


def test_each_portrait_shows_who_its_page_tells_of(script: Any, everybody: list[Any]) -> None:
    for person in everybody:
        page = (ROOT / script.file_of(person)).with_suffix(".md").read_text("utf-8")
        front = yaml.safe_load(page.split("---\n")[1])
        alt, spec = front["image"]["alt"], person.spec
        assert front["image"]["src"] == f"{person.slug}.svg"
        assert front["person"]["age"] == spec["age"], person.slug
        assert ("bril" in alt) == spec["glasses"], alt
        assert ("baard" in alt) == (spec.get("beard", "none") != "none"), alt
        assert ("hoofddoek" in alt) == (spec["hair"]["style"] == "headscarf"), alt


def test_faces_poses_and_light_differ(everybody: list[Any]) -> None:
    poses = [person.spec["pose"] for person in everybody]
    moods = [pose["expression"] for pose in poses]
    assert len(set(moods)) >= 5
    assert max(map(moods.count, moods)) <= len(moods) / 3
    turned = {(pose.get("turn", "front"), pose.get("towards", "right")) for pose in poses}
    assert {("front", "right"), ("three-quarter", "left"), ("three-quarter", "right")} <= turned
    lights = [pose["light"] for pose in poses]
    assert min(lights.count("left"), lights.count("right")) >= len(lights) / 3


# ── told apart ────────────────────────────────────────────────────────────────


@settings(max_examples=60)
@given(colour=HEX, second=st.just("") | HEX)
@example("#5f3e29", "#2a2422")
@example("#f4d1b9", "")
@example("#ffffff", "")
@example("#000000", "")
def test_hair_skin_and_clothing_are_told_apart_in_any_palette(
    everybody: list[Any], colour: str, second: str
) -> None:
    shades = derive(colour, second).light
    used = {
        "paper": shades.paper,
        "tint": shades.tint,
        "ink": shades.ink,
        **tones(shades.brand, shades.second)._asdict(),
    }
    for person in everybody:
        for what, *pair in person.neighbours():
            one, other = (_lab(re.sub(r"var\(--(\w+), .*", lambda found: used[found[1]], c)) for c in pair)
            assert math.dist(one, other) >= FLOOR, (person.slug, what, pair)


def _lab(colour: str) -> tuple[float, float, float]:
    lightness, chroma, hue = to_oklch(colour)
    return lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))


def test_heads_lie_on_their_halo_only(script: Any, everybody: list[Any]) -> None:
    """The ground behind it has any tone, so hair that reached it could be lost."""
    for person in everybody:
        markup = script.draw(person).replace(person.colour("ground"), "#ff00ff", 1)
        image = drawn(paint(clean(markup.encode()).markup, {}), 200, 250).convert("RGB")
        ground = _where(image, "#ff00ff").filter(ImageFilter.MaxFilter(5))
        for colour in {*person.hair, *(person.beard or ())}:
            assert ImageChops.multiply(ground, _where(image, colour)).getbbox() is None, (person.slug, colour)


def _where(drawn: Image.Image, colour: str) -> Image.Image:
    apart = ImageChops.difference(drawn, Image.new("RGB", drawn.size, colour))
    return apart.convert("L").point(lambda value: 255 if value == 0 else 0)
