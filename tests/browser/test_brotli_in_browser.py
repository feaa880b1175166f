"""The Brotli of the studio, in Chromium: it packs and unpacks as Python's package does, to the byte."""

from __future__ import annotations

import base64
import io
import random
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont, woff2
from playwright.sync_api import Browser

from helpers import browser
from microsite.brand import fonts
from microsite.core import brotli

ROOT = Path(__file__).resolve().parents[2]

RUN = """async ({ wasm, calls }) => {
    const { brotli } = await import("./brotli.mjs");
    const code = new Uint8Array(await (await fetch(wasm)).arrayBuffer()), library = brotli(() => code);
    const python = (text) => ({ toJs: () => Uint8Array.from(atob(text), each => each.charCodeAt()) });
    const text = (bytes) => bytes && btoa(Array.from(bytes, each => String.fromCharCode(each)).join(""));
    return calls.map(([name, data, number]) => text(library[name](python(data), number)) ?? null);
}"""


def in_chromium(chromium: Browser, calls: list[tuple[str, bytes, int]]) -> list[bytes | None]:
    """What the functions of ``studio/brotli.mjs`` return, for (name, data, mode or most)."""
    (wasm,) = (ROOT / "studio" / "brotli").glob("*.wasm")
    asked = [(name, base64.b64encode(data).decode(), number) for name, data, number in calls]
    with browser.served(ROOT / "studio") as root, browser.opened(chromium) as page:
        page.goto(f"{root}/studio.css")  # nothing else of the page runs
        found = page.evaluate(RUN, {"wasm": f"brotli/{wasm.name}", "calls": asked})
    return [None if one is None else base64.b64decode(one) for one in found]


@pytest.fixture(scope="module")
def streams() -> list[bytes]:
    """What fontTools has packed for two fonts, pieces of that with errors, and what is hardly a file."""
    packed: list[bytes] = []

    class Seen:
        MODE_FONT = brotli.MODE_FONT

        def __getattr__(self, name: str) -> Any:
            return getattr(brotli, name)

        def compress(self, data: bytes, mode: int) -> bytes:
            packed.append(data)
            return brotli.compress(data, mode)

    with pytest.MonkeyPatch.context() as patch:
        for file in ("assets/fonts/newsreader.woff2", "brands/vuurduin/fredoka.woff2"):
            font = fonts.open_font((ROOT / file).read_bytes())
            patch.setattr(woff2, "brotli", Seen())
            _save(font)
            patch.undo()
    chance = random.Random(22)  # noqa: S311 -- no secret
    for _ in range(20):
        piece = bytearray(chance.choice(packed[:2]))[chance.randrange(20_000) :][: chance.randrange(9000)]
        for at in range(0, len(piece), chance.randrange(40, 4000)):
            piece[at] = chance.randrange(256)
        packed.append(bytes(piece))
    return [*packed, b"", b"x", bytes(100_000)]


def _save(font: TTFont) -> None:
    font.flavor = "woff2"
    font.save(io.BytesIO())


def test_it_packs_to_the_same_bytes(chromium: Browser, streams: list[bytes]) -> None:
    assert len(streams) == 25
    calls = [(data, mode) for data in streams for mode in (brotli.MODE_GENERIC, brotli.MODE_FONT)]
    found = in_chromium(chromium, [("compress", *call) for call in calls])
    assert [n for n, call in enumerate(calls) if found[n] != brotli.compress(*call)] == []


def test_it_unpacks_and_refuses_the_same(chromium: Browser, streams: list[bytes]) -> None:
    calls = []
    chance = random.Random(2)  # noqa: S311 -- no secret
    for data in streams:
        packed = brotli.compress(data, brotli.MODE_FONT)
        damaged = bytearray(packed)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        calls += [(packed, len(data) + 1), (packed, max(1, len(data) // 2)), (packed + b"x", brotli.MOST)]
        calls += [(packed[: len(packed) // 2], brotli.MOST), (bytes(damaged), 200_000)]
    found = in_chromium(chromium, [("decompress", *call) for call in calls])
    assert [n for n, call in enumerate(calls) if found[n] != _unpacked(*call)] == []
    assert None in found


def _unpacked(data: bytes, most: int) -> bytes | None:
    try:
        return brotli.decompress(data, most)
    except ValueError:
        return None
