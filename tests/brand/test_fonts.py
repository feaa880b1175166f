"""Fonts: what is shipped, what is refused, and what comes out of a member's file."""

from __future__ import annotations

import contextlib
import copy
import io
import re
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli as native
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.sites import BRAND, Campaign
from microsite.brand import fonts
from microsite.core import brotli
from microsite.core.problems import InvalidFile

SHIPPED = Path(__file__).parents[2] / "assets" / "fonts"
FILES = {name: (SHIPPED / f"{name}.woff2").read_bytes() for name in fonts.SHIPPED}


def test_every_font_that_is_shipped_is_known_and_has_its_licence() -> None:
    assert {file.stem for file in SHIPPED.glob("*.woff2")} == set(fonts.SHIPPED)
    for name in fonts.SHIPPED:
        licence = (SHIPPED / f"{name}-LICENSE.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License" in licence or "SIL OPEN FONT LICENSE" in licence
        assert "with Reserved Font Name" not in licence.split("-----")[0]


@pytest.mark.parametrize("name", sorted(fonts.SHIPPED))
def test_what_the_code_says_of_a_font_is_what_the_file_says(name: str) -> None:
    assert fonts.examine(FILES[name]) == fonts.OwnFont(fonts.SHIPPED[name])


def test_the_campaigns_own_is_small() -> None:
    assert len(FILES[fonts.DEFAULT]) <= 32 * 1024


@pytest.mark.parametrize("name", sorted(fonts.SHIPPED))
def test_dutch_and_its_neighbours_can_be_written(name: str) -> None:
    known = TTFont(io.BytesIO(FILES[name])).getBestCmap()
    assert not {c for c in "éëïóöüàç€‘’“”…–—ąęłńśźżğışİçțș" if ord(c) not in known}


def test_the_campaigns_own_has_the_signs_of_our_own_texts() -> None:
    known = TTFont(io.BytesIO(FILES[fonts.DEFAULT])).getBestCmap()
    assert not {c for c in "ĳĲ→↑←−" if ord(c) not in known}


@pytest.mark.parametrize("name", sorted(fonts.SHIPPED))
def test_a_site_has_the_licence_of_its_font_and_who_has_the_copyright(campaign: Campaign, name: str) -> None:
    campaign.write(
        f"brands/{BRAND}/brand.yaml", campaign.read(f"brands/{BRAND}/brand.yaml") + f"font: {name}\n"
    )
    campaign.build().fine()
    licence, font = sorted((campaign.site / "fonts").iterdir())
    text = licence.read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in text
    for data in (font.read_bytes(), fonts.webfont(font.read_bytes())):  # a member may send what we publish
        known = TTFont(io.BytesIO(data))["name"]
        assert str(known.getDebugName(0)).split(" (")[0] in text.splitlines()[0]
        assert "SIL Open Font License" in known.getDebugName(13)


def test_a_font_made_small_twice_is_the_same() -> None:
    once = fonts.webfont(FILES[fonts.DEFAULT])
    assert once == fonts.webfont(FILES[fonts.DEFAULT])
    assert once.startswith(b"wOF2")


def changed(change: Callable[[TTFont], None], name: str = "hanken-grotesk") -> bytes:
    """A font of ours after a change."""
    font = TTFont(io.BytesIO(FILES[name]))
    change(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def as_kind(flavor: str | None) -> bytes:
    def change(font: TTFont) -> None:
        font.flavor = flavor

    return changed(change)


KINDS = {"woff2": FILES["hanken-grotesk"], "woff": as_kind("woff"), "ttf": as_kind(None)}


def allowing(bits: int) -> Callable[[TTFont], None]:
    def change(font: TTFont) -> None:
        font["OS/2"].fsType = bits

    return change


@pytest.mark.parametrize(
    ("bits", "is_told"),
    [(0, False), (2, True), (4, False), (8, False), (6, False), (0x100, True), (0x102, True)],
)
def test_a_font_that_may_not_be_embedded_is_told(bits: int, is_told: bool) -> None:
    advice = fonts.examine(changed(allowing(bits))).advice
    assert ["web licence" in str(problem.hint) for problem in advice] == [True] * is_told


def without_accents(font: TTFont) -> None:
    for table in font["cmap"].tables:
        table.cmap = {code: glyph for code, glyph in table.cmap.items() if code < 0x80}


def test_a_font_without_the_letters_of_dutch_is_told() -> None:
    (problem,) = fonts.examine(changed(without_accents)).advice
    assert "the font has no 'ëïé" in str(problem.message)
    assert problem.severity == "warning"


def more_axes(font: TTFont) -> None:
    """A second axis, and weights that nobody uses."""
    font.ensureDecompiled()
    for tag in ("HVAR", "MVAR", "avar", "GDEF", "GPOS"):  # these have a place for each axis
        if tag in font:
            del font[tag]
    weight = font["fvar"].axes[0]
    slant = copy.deepcopy(weight)
    slant.axisTag, slant.minValue, slant.defaultValue, slant.maxValue = "slnt", -10, 0, 0
    font["fvar"].axes.append(slant)
    for instance in font["fvar"].instances:
        instance.coordinates["slnt"] = 0
    weight.minValue, weight.maxValue = 100, 1000


def test_axes_and_weights_that_nobody_uses_are_left_out() -> None:
    font = changed(more_axes)
    assert fonts.examine(font).metrics.weights == (400, 800)
    (axis,) = TTFont(io.BytesIO(fonts.webfont(font)))["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 800)


def test_notes_of_fontforge_are_dropped_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    def note(font: TTFont) -> None:
        font["FFTM"] = DefaultTable("FFTM")
        font["FFTM"].data = b"\0" * 28

    assert "FFTM" not in TTFont(io.BytesIO(fonts.webfont(changed(note))))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"wOF2" + b"\0" * 200,
        b"\0\1\0\0" + b"\xff" * 200,
        FILES[fonts.DEFAULT][:9000],
        b"x" * (fonts.MOST_BYTES + 1),
    ],
)
def test_what_is_no_font_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(InvalidFile) as refused:
        fonts.examine(data)
    assert refused.value.problems[0].message.sentence


ZEROS = bytes(4 * brotli.MOST)


def woff2_bomb() -> bytes:
    """A font that has much more in it than it says."""
    font = FILES[fonts.DEFAULT]
    (length,) = struct.unpack_from(">L", font, 20)  # of what is compressed, which is the last of the file
    packed = native.compress(ZEROS, quality=1)
    whole = len(font) - (length + 3 & ~3) + len(packed)
    head = font[:8] + struct.pack(">L", whole) + font[12:20] + struct.pack(">L", len(packed))
    return head + font[24 : -(length + 3 & ~3)] + packed


def woff_bomb(count: int = 1) -> bytes:
    """The same, in tables that may be the same piece of the file."""
    packed, begin = zlib.compress(ZEROS[:: 2 * count - 1], 1), 44 + 20 * count
    head = b"wOFF\0\1\0\0" + struct.pack(">LHHL24x", begin + len(packed), count, 0, len(ZEROS))
    row = struct.pack(">4sLLLL", b"glyf", begin, len(packed), len(ZEROS), 0)
    return bytes(head + row * count + packed)


@pytest.mark.parametrize("bomb", [woff2_bomb, woff_bomb, lambda: woff_bomb(9)])
def test_a_bomb_is_refused_before_it_takes_all_memory(bomb: Callable[[], bytes]) -> None:
    data = bomb()
    assert len(data) < fonts.MOST_BYTES
    tracemalloc.start()
    with pytest.raises(InvalidFile):
        fonts.examine(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2.5 * brotli.MOST


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["woff2", "woff", "ttf"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6),
    st.floats(0.2, 1),
)
def test_a_font_in_which_something_is_changed_is_read_or_refused(
    kind: str, changes: list[tuple[float, int]], rest: float
) -> None:
    damaged = bytearray(KINDS[kind])
    for where, value in changes:  # most in the head, where the sizes are
        damaged[int(len(damaged) * where**6)] = value
    with contextlib.suppress(InvalidFile):
        assert fonts.examine(bytes(damaged[: int(len(damaged) * rest**0.1)])).metrics.weights


def test_a_site_has_only_the_font_that_its_brand_chose(campaign: Campaign) -> None:
    brand = campaign.read(f"brands/{BRAND}/brand.yaml")
    campaign.write(f"brands/{BRAND}/brand.yaml", brand + "font: huis.woff2\n")
    (campaign.root / f"brands/{BRAND}/huis.woff2").write_bytes(FILES["newsreader"])
    campaign.build()
    (font,) = (campaign.site / "fonts").iterdir()
    assert font.read_bytes() == fonts.webfont(FILES["newsreader"])
    (style,) = (campaign.site / "css").glob("site-*.css")
    css = style.read_text(encoding="utf-8")
    assert f'url("../fonts/{font.name}")' in css
    assert "Newsreader" not in css
    assert set(re.findall(r'font-family: ?("[^"]*")', css)) == {'"brand"', '"brand until then"'}


@pytest.mark.parametrize(
    "name", ["hanken-grotes", "../../geheim.woff2", "x'; } body { color: red", "/etc/hosts"]
)
def test_a_font_that_is_not_there_is_told(campaign: Campaign, name: str) -> None:
    brand = campaign.read(f"brands/{BRAND}/brand.yaml")
    quoted = name.replace("'", "''")
    campaign.write(f"brands/{BRAND}/brand.yaml", f"{brand}font: '{quoted}'\n")
    report = campaign.build()
    assert report.status == 1
    assert report.only()["line"] == 7
    assert report.only()["message"] == f"there is no font '{name}'"
