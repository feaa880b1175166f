"""Pixels in Python: the same as Pillow makes of them, and a PNG that is the same everywhere."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from microsite.core.fingerprints import digest
from microsite.media import pillow
from microsite.media.raster import (
    Colour,
    Raster,
    bounds,
    colours,
    from_premultiplied,
    on_plate,
    png,
    read_png,
    resized,
)
from microsite.media.resvg import render_svg

DISC = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
<circle cx="4" cy="5" r="3" fill="#c0ffee" fill-opacity=".6"/><circle cx="7" cy="5" r="2" fill="#123"/>
</svg>"""


@st.composite
def rasters(draw: st.DrawFn) -> Raster:
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    colours = draw(st.lists(st.binary(min_size=4, max_size=4), min_size=1, max_size=400))
    chosen = draw(st.randoms(use_true_random=False))
    return Raster(width, height, b"".join(chosen.choice(colours) for _ in range(width * height)))


def opened(image: Raster) -> Image.Image:
    return Image.frombytes("RGBA", image.size, image.pixels)


@given(rasters(), st.booleans())
@example(Raster(1, 1, b"\0\0\0\0"), False)
@example(Raster(257, 1, bytes(value for at in range(257) for value in (at % 256, 0, at // 256, 255))), False)
@example(Raster(257, 1, bytes(value for at in range(257) for value in (at % 256, 0, at // 256, 9))), True)
def test_a_png_holds_the_same_pixels(image: Raster, small: bool) -> None:
    data = png(image, small)
    assert pillow.raster(pillow.open_image(data, "png")) == image


@given(rasters(), st.booleans())
def test_a_png_is_read_as_it_was_written(image: Raster, small: bool) -> None:
    assert read_png(png(image, small)) == image


@settings(max_examples=30)
@given(rasters(), st.integers(1, 60), st.integers(1, 60))
def test_another_size_is_what_pillow_makes_of_it(image: Raster, width: int, height: int) -> None:
    opaque = Raster(
        *image.size, b"".join(image.pixels[at : at + 3] + b"\xff" for at in range(0, len(image.pixels), 4))
    )
    found = resized(opaque, (width, height))
    wanted = opened(opaque).resize((width, height), Image.Resampling.BILINEAR).tobytes()
    assert found.size == (width, height)
    assert max(abs(one - other) for one, other in zip(found.pixels, wanted, strict=True)) <= 2
    assert min(found.opacity) == 255


@settings(max_examples=30)
@given(rasters(), st.integers(1, 60), st.integers(1, 60))
def test_what_cannot_be_seen_does_not_show_in_another_size(image: Raster, width: int, height: int) -> None:
    half = bytes(range(0, 256, 2))
    pixels = b"".join(b"\xc8\x10\x2e" + bytes([alpha]) for alpha in (half * 20)[: image.width * image.height])
    clear = Raster(*image.size, b"".join(p if p[3] > 99 else b"\0\xff\0\0" for p in _pixels(pixels)))
    found = resized(clear, (width, height))
    assert all(p[0] >= 190 and p[1] <= 25 for p in _pixels(found.pixels) if p[3] >= 99)


def _pixels(data: bytes) -> list[bytes]:
    return [data[at : at + 4] for at in range(0, len(data), 4)]


def test_the_colours_of_a_picture_are_those_of_most_of_it() -> None:
    red, almost, blue = b"\xc8\x10\x2e\xff", b"\xc9\x11\x2c\xff", b"\x10\x20\xa0\xff"
    image = Raster(100, 10, blue * 300 + red * 250 + almost * 200 + bytes(245 * 4) + b"\0\xff\0\xff" * 5)
    assert colours(image) == ("#c8102e", "#1020a0")


def test_a_png_is_the_same_everywhere() -> None:
    """Also where Python has zlib-ng in the place of zlib, and in a browser."""
    few, many = (
        Raster(64, 64, b"".join(bytes((x * step, y // 9, 7, 255)) for y in range(64) for x in range(64)))
        for step in (0, 4)
    )
    assert [digest(png(image))[:12] for image in (few, many)] == ["0355db1294d3", "4fabb94b902a"]


def test_a_drawing_makes_a_small_png() -> None:
    drawn = render_svg(DISC, 512, 512)
    out = io.BytesIO()
    opened(drawn).save(out, "PNG", optimize=True)
    assert len(png(drawn, small=True)) < len(png(drawn)) < len(out.getvalue())


@given(rasters(), st.integers(0, 9), st.integers(0, 9), st.sampled_from(["#ffffff", "#123456", "#000000"]))
def test_a_plate_is_what_pillow_makes_of_it(image: Raster, right: int, below: int, ground: str) -> None:
    size = image.width + right, image.height + below
    plate = Image.new("RGB", size, ground)
    plate.paste(opened(image), (right // 2, below // 2), opened(image))
    assert opened(on_plate(image, size, ground)).convert("RGB").tobytes() == plate.tobytes()


@settings(max_examples=200)
@given(rasters(), st.sampled_from([(0, 0, 0, 0), (255, 255, 255, 255), (200, 30, 90, 255)]))
def test_the_bounds_are_those_of_pillow(image: Raster, background: Colour) -> None:
    if background[3]:
        flat = Image.new("RGBA", image.size, background)
        difference = ImageChops.difference(opened(image), flat).convert("RGB").convert("L")
    else:
        difference = opened(image).getchannel("A")
    assert bounds(image, background) == difference.point(lambda value: value >= 16 and 255).getbbox()


def test_a_half_is_rounded_as_resvg_rounds_it() -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"><rect width="1"'
    drawn = render_svg(f'{square} height="1" fill="rgb(42,0,0)" fill-opacity="{66 / 255:.6f}"/></svg>', 1, 1)
    assert drawn.pixels == bytes([42, 0, 0, 66])
    assert from_premultiplied(1, 1, bytes([11, 0, 0, 66])) == drawn


def test_of_an_empty_image_there_are_no_bounds() -> None:
    assert bounds(Raster(2, 2, bytes(16)), (0, 0, 0, 0)) is None


@pytest.mark.parametrize("size", [(130, 128), (58, 139), (1, 1), (97, 12)])
def test_a_drawing_fills_exactly_the_size_that_is_asked_for(size: tuple[int, int]) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 172 170"><g/></svg>'
    assert render_svg(drawn, *size).size == size


def test_pixels_of_a_browser_become_those_of_a_png(monkeypatch: pytest.MonkeyPatch) -> None:
    """resvg multiplies colours with their opacity; what it writes in a PNG is divided again."""
    drawn = render_svg(DISC, 30, 20)
    asked: list[str] = []

    def pixels(svg: str) -> SimpleNamespace:
        asked.append(svg)
        multiplied = [
            round(value * drawn.pixels[at // 4 * 4 + 3] / 255) if at % 4 < 3 else value
            for at, value in enumerate(drawn.pixels)
        ]
        return SimpleNamespace(to_bytes=lambda: bytes(multiplied))

    monkeypatch.setitem(sys.modules, "resvg_py", None)
    monkeypatch.setitem(sys.modules, "resvg_wasm", SimpleNamespace(pixels=pixels))
    again = render_svg(DISC, 30, 20)
    assert 'width="30" height="20"' in asked[0]
    assert max(abs(a - b) for a, b in zip(again.pixels, drawn.pixels, strict=True)) <= 1
    assert again.opacity == drawn.opacity
    assert from_premultiplied(1, 2, bytes([60, 0, 128, 128, 0, 0, 0, 0])).pixels == bytes(
        [120, 0, 255, 128, 0, 0, 0, 0]
    )
