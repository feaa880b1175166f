"""How light a picture is, whatever is in the photo on it."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from microsite.rendering.print import pictures
from microsite.rendering.print.recipes import SHARE_BYTES


@pytest.mark.parametrize("grain", [1, 2, 4, 16])
def test_a_busy_photo_too_stays_below_what_networks_take(grain: int) -> None:
    """Half of a share picture is a photo of gravel: grains of so many pixels."""
    chance = random.Random(grain)  # noqa: S311 -- the same gravel every time
    across, down = 600 // grain, 630 // grain
    gravel = Image.frombytes("RGB", (across, down), chance.randbytes(across * down * 3))
    whole = Image.new("RGB", (1200, 630), "#0b6e4f")
    whole.paste(gravel.resize((600, 630)), (600, 0))
    drawn = io.BytesIO()
    whole.save(drawn, "PNG")
    light = pictures.light(drawn.getvalue(), True, SHARE_BYTES)
    assert len(light) <= SHARE_BYTES
    with Image.open(io.BytesIO(light)) as image:
        assert (image.size, image.format) == ((1200, 630), "JPEG")
