"""Draws photographs that nobody took: light, blur, depth and grain, the same bytes' worth on every run.

For tests that need something a camera could have made, and for the few pages
that show what the site does with a photograph. No person stood for them.

    python scripts/test_photos.py FOLDER
"""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Size = tuple[int, int]
Colour = tuple[int, int, int]
Point = tuple[float, float]

SIZE: Size = (1600, 1200)
QUALITY = 80


def dice(seed: int) -> random.Random:
    """Chance that falls alike every time."""
    return random.Random(seed)  # noqa: S311 - nothing here is a secret


def gradient(size: Size, *stops: Colour) -> Image.Image:
    """Colours from top to bottom, smoothly."""
    strip = Image.new("RGB", (1, len(stops)))
    strip.putdata(stops)
    return strip.resize(size, Image.Resampling.BICUBIC)


def noise(size: Size, cell: float, seed: int) -> Image.Image:
    """Grey clouds: one random value for each cell (a part of the width), smooth in between."""
    columns = max(2, round(1 / cell))
    rows = max(2, round(columns * size[1] / size[0]))
    values = dice(seed).randbytes(columns * rows)
    return Image.frombytes("L", (columns, rows), values).resize(size, Image.Resampling.BICUBIC)


def texture(image: Image.Image, cell: float, amount: float, seed: int) -> Image.Image:
    """Light and dark patches over the whole picture."""
    clouds = Image.merge("RGB", (noise(image.size, cell, seed),) * 3)
    return Image.blend(image, ImageChops.overlay(image, clouds), amount)


def grain(image: Image.Image, amount: float, seed: int) -> Image.Image:
    """What a sensor adds in poor light."""
    width, height = image.size
    dots = Image.frombytes("L", image.size, dice(seed).randbytes(width * height))
    soft = dots.filter(ImageFilter.GaussianBlur(width / 1600))
    return Image.blend(image, ImageChops.soft_light(image, Image.merge("RGB", (soft,) * 3)), amount)


def vignette(image: Image.Image, amount: float) -> Image.Image:
    """A lens lets through less light in the corners."""
    edge = Image.radial_gradient("L").resize(image.size).point(lambda v: int(max(0, v - 90) * amount))
    return Image.composite(Image.new("RGB", image.size), image, edge)


def shape(image: Image.Image, colour: Colour, blur: float, points: Iterable[Point], alpha: int = 255) -> None:
    """A polygon in parts of the width and height, out of focus by ``blur`` (a part of the width)."""
    width, height = image.size
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).polygon([(x * width, y * height) for x, y in points], fill=alpha)
    image.paste(colour, (0, 0), mask.filter(ImageFilter.GaussianBlur(blur * width)))


def disc(
    image: Image.Image, colour: Colour, blur: float, centre: Point, radii: Point, alpha: int = 255
) -> None:
    """An ellipse; both radii are parts of the width."""
    width, height = image.size
    x, y = centre[0] * width, centre[1] * height
    across, down = radii[0] * width, radii[1] * width
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).ellipse((x - across, y - down, x + across, y + down), fill=alpha)
    image.paste(colour, (0, 0), mask.filter(ImageFilter.GaussianBlur(blur * width)))


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def lights(image: Image.Image, seed: int, count: int, rows: Point, colours: tuple[Colour, ...]) -> None:
    """Lamps far behind what is in focus."""
    chance = dice(seed)
    for _ in range(count):
        centre = chance.random(), chance.uniform(*rows)
        radius = chance.uniform(0.012, 0.045)
        disc(image, chance.choice(colours), 0.004, centre, (radius, radius), chance.randint(60, 150))


def window(size: Size) -> Image.Image:
    """Somebody at a window in the evening, seen from behind."""
    image = gradient(size, (38, 52, 78), (96, 104, 128), (222, 160, 112), (240, 190, 130), (92, 70, 62))
    lights(image, 3, 26, (0.35, 0.78), ((255, 206, 140), (255, 170, 96), (200, 214, 255)))
    for left in (0.0, 0.325, 0.66, 0.985):
        shape(image, (30, 26, 28), 0.004, box(left, 0, left + 0.018, 1))
    shape(image, (30, 26, 28), 0.004, box(0, 0.235, 1, 0.255))
    shape(image, (46, 38, 36), 0.003, box(0, 0.88, 1, 1))
    shoulders = [(0.30, 1.0), (0.315, 0.80), (0.37, 0.70), (0.45, 0.645), (0.46, 0.56), (0.545, 0.56)]
    shoulders += [(0.555, 0.645), (0.635, 0.70), (0.69, 0.80), (0.705, 1.0)]
    shape(image, (214, 150, 104), 0.005, [(x * 1.012 - 0.003, y - 0.008) for x, y in shoulders], 170)
    disc(image, (224, 160, 112), 0.004, (0.506, 0.43), (0.083, 0.105), 190)
    shape(image, (24, 24, 32), 0.002, shoulders)
    disc(image, (26, 22, 26), 0.002, (0.502, 0.44), (0.079, 0.102))
    disc(image, (22, 18, 22), 0.003, (0.502, 0.30), (0.042, 0.038))
    return image


def street(size: Size) -> Image.Image:
    """A row of houses in the blue hour, just after the rain."""
    image = gradient(size, (34, 48, 92), (84, 98, 148), (196, 150, 150), (70, 66, 84), (30, 32, 46))
    chance = dice(11)
    left = -0.03
    while left < 1:
        width, top = chance.uniform(0.11, 0.17), chance.uniform(0.16, 0.27)
        brick = chance.randint(-14, 14)
        wall = (92 + brick, 62 + brick // 2, 58)
        middle = left + width / 2
        roof = [(left, 0.66), (left, top), (middle, top - 0.09), (left + width, top), (left + width, 0.66)]
        shape(image, wall, 0.0012, roof)
        for row in range(3):
            for column in range(2):
                x, y = left + width * (0.16 + 0.42 * column), top + 0.04 + 0.145 * row
                lit = chance.random() < 0.45
                glass = (255, 204, 128) if lit else (52, 58, 82)
                shape(image, (206, 200, 190), 0.001, box(x - 0.004, y - 0.006, x + width * 0.30, y + 0.103))
                shape(image, glass, 0.0012, box(x, y, x + width * 0.30 - 0.004, y + 0.097))
        left += width
    wet = image.crop((0, round(size[1] * 0.30), size[0], round(size[1] * 0.66)))
    wet = wet.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((size[0], size[1] - round(size[1] * 0.70)))
    wet = wet.filter(ImageFilter.BoxBlur((size[0] / 240, size[1] / 24)))
    image.paste(Image.blend(wet, Image.new("RGB", wet.size, (18, 22, 36)), 0.35), (0, round(size[1] * 0.70)))
    shape(image, (78, 78, 90), 0.0015, box(0, 0.65, 1, 0.705))
    lights(image, 5, 12, (0.52, 0.66), ((255, 190, 110), (255, 226, 180)))
    return image


def table(size: Size) -> Image.Image:
    """Two cups on a table in the morning: the talk has begun."""
    image = gradient(size, (206, 214, 204), (236, 226, 204), (190, 164, 132), (150, 112, 78), (112, 78, 52))
    lights(image, 8, 16, (0.02, 0.40), ((255, 252, 238), (214, 232, 214), (244, 226, 190)))
    shape(image, (168, 124, 84), 0.006, [(0, 0.56), (1, 0.50), (1, 1), (0, 1)], 190)
    for number in range(14):
        y = 0.57 + 0.034 * number
        shape(image, (120, 82, 52), 0.001, [(0, y + 0.03), (1, y - 0.03), (1, y - 0.027), (0, y + 0.033)], 90)
    for x, y, scale, blur, cup in (
        (0.70, 0.50, 0.72, 0.006, (176, 74, 58)),
        (0.36, 0.66, 1.0, 0.0015, (62, 104, 120)),
    ):
        width, height = 0.115 * scale, 0.20 * scale
        disc(
            image,
            (70, 46, 32),
            0.016 * scale,
            (x + 0.05 * scale, y + height * 0.98),
            (width * 1.5, 0.03),
            170,
        )
        disc(image, (238, 232, 220), blur, (x, y + height), (width * 1.55, 0.038 * scale))
        disc(image, cup, blur, (x + width, y + height * 0.48), (0.045 * scale, 0.050 * scale))
        disc(image, (190, 168, 140), blur, (x + width, y + height * 0.48), (0.027 * scale, 0.031 * scale))
        sides = [
            (x - width, y),
            (x + width, y),
            (x + width * 0.74, y + height),
            (x - width * 0.74, y + height),
        ]
        shape(image, cup, blur, sides)
        shade = tuple(part * 2 // 3 for part in cup)
        edge = [
            (x + width * 0.35, y),
            (x + width, y),
            (x + width * 0.74, y + height),
            (x + width * 0.3, y + height),
        ]
        shape(image, (shade[0], shade[1], shade[2]), 0.016 * scale, edge, 150)
        disc(image, (232, 222, 206), blur, (x, y), (width, 0.030 * scale))
        disc(image, (52, 30, 20), blur, (x, y + 0.004), (width * 0.90, 0.024 * scale))
        disc(image, (206, 180, 150), blur * 2, (x - width * 0.4, y), (width * 0.26, 0.007 * scale), 150)
    return image


SCENES: dict[str, Callable[[Size], Image.Image]] = {
    "avond-bij-het-raam": window,
    "straat-na-de-regen": street,
    "twee-kopjes-op-tafel": table,
}


def photo(name: str, size: Size = SIZE) -> Image.Image:
    """One of the ``SCENES``, as a camera would have seen it."""
    seed = sum(name.encode())
    scene = texture(SCENES[name](size), 0.02, 0.06, seed)
    scene = texture(scene, 0.006, 0.05, seed + 1)
    return grain(vignette(scene, 0.8), 0.22, seed + 2)


def jpeg(image: Image.Image, quality: int = QUALITY) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the demonstration photographs.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCENES:
        data = jpeg(photo(name))
        (folder / f"{name}.jpg").write_bytes(data)
        print(f"{folder / name}.jpg: {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
