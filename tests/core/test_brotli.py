"""Brotli: what a font is written with, in a browser too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.core import brotli

ROOT = Path(__file__).resolve().parents[2]


@given(st.binary(max_size=2000), st.sampled_from([brotli.MODE_GENERIC, brotli.MODE_TEXT, brotli.MODE_FONT]))
def test_what_was_compressed_comes_back(data: bytes, mode: int) -> None:
    assert brotli.decompress(brotli.compress(data, mode), len(data)) == data


def test_what_is_larger_than_it_may_be_is_refused() -> None:
    packed = brotli.compress(b"a" * 100_000)
    assert brotli.decompress(packed, 100_000) == b"a" * 100_000
    for most in (0, 1, 99_999):
        with pytest.raises(ValueError, match=str(most)):
            brotli.decompress(packed, most)


@given(st.binary(max_size=200))
def test_what_is_damaged_is_refused_or_read(data: bytes) -> None:
    packed = brotli.compress(data)
    for wrong in (packed[:-1], packed + b"x", b"", data):
        try:
            assert len(brotli.decompress(wrong, 10_000)) <= 10_000
        except ValueError:
            assert wrong != packed


def test_browsers_get_the_version_that_is_installed_here() -> None:
    """Else scripts/studio/compile_brotli.py is to be run again."""
    (version,) = re.findall(r"^brotli==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    assert [file.name for file in (ROOT / "studio" / "brotli").glob("*.wasm")] == [f"brotli-{version}.wasm"]
