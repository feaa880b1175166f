"""Brotli: the only module that imports it, which it does on first use.

In a browser it is the module ``brotli_wasm`` of the page that runs this program (studio/brotli.mjs): the same
library, so that the bytes are the same.
"""

from __future__ import annotations

MODE_GENERIC, MODE_TEXT, MODE_FONT = 0, 1, 2
"""Of what the data are: as Brotli numbers them."""

MOST = 32_000_000
"""No file that we read is larger when it is decompressed; a bomb is."""


def compress(data: bytes, mode: int = MODE_GENERIC) -> bytes:
    """As small as it goes; the same bytes on every run."""
    try:
        import brotli
    except ImportError:
        import brotli_wasm

        return bytes(brotli_wasm.compress(data, mode).to_bytes())
    return bytes(brotli.compress(data, mode=mode, quality=11))


def decompress(data: bytes, most: int = MOST) -> bytes:
    """Raises ValueError for what is damaged, or larger than ``most`` bytes."""
    found = _decompressed(bytes(data), most)
    if found is None:
        raise ValueError(f"not Brotli, or larger than {most} bytes")
    return found


def _decompressed(data: bytes, most: int) -> bytes | None:
    try:
        import brotli
    except ImportError:
        import brotli_wasm

        found = brotli_wasm.decompress(data, most)
        return None if found is None else bytes(found.to_bytes())
    reader = brotli.Decompressor()
    try:
        found = reader.process(data, output_buffer_limit=most + 1)
        # It stops before the end of what is larger.
        return bytes(found) if reader.is_finished() and len(found) <= most else None
    except brotli.error:
        return None
