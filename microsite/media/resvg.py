"""From SVG to pixels, with resvg: the only module that imports it, which it does on first use."""

from __future__ import annotations

import re

from microsite.media import pillow
from microsite.media.raster import Raster, from_premultiplied

_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r' (?:width|height)="[^"]*"')


def render_svg(markup: str, width: int, height: int) -> Raster:
    """Draw an SVG with a ``viewBox`` in an image of exactly this size in pixels; its proportions are kept.

    System fonts are not used, as they differ by machine. In a browser, the page gives the program a module
    ``resvg_wasm`` with a function ``pixels``, which returns the pixels of resvg for an SVG of that size as a
    ``Uint8Array``. The size is in the SVG, as each of the two rounds one that it is given in its own way.
    """
    sized = _ROOT.sub(lambda root: _with_size(root[0], width, height), markup, count=1)
    try:
        import resvg_py
    except ImportError:
        import resvg_wasm

        return from_premultiplied(width, height, resvg_wasm.pixels(sized).to_bytes())
    png = resvg_py.svg_to_bytes(svg_string=sized, skip_system_fonts=True)
    return pillow.raster(pillow.open_image(png, "png"))


def _with_size(root: str, width: int, height: int) -> str:
    return _SIZE.sub("", root).replace("<svg", f'<svg width="{width}" height="{height}"', 1)
