"""From SVG to pixels, with resvg: the only module that imports it, which it does on first use."""

from __future__ import annotations

from microsite.media import pillow
from microsite.media.raster import Raster, from_premultiplied


def render_svg(markup: str, width: int, height: int) -> Raster:
    """Draw an SVG, stretched to this size in pixels. System fonts are not used, as they differ by machine.

    In a browser, the page gives the program a module ``resvg_wasm`` with a function ``pixels`` of the same
    arguments, which returns the pixels of resvg as a ``Uint8Array``.
    """
    try:
        import resvg_py
    except ImportError:
        import resvg_wasm

        return from_premultiplied(width, height, resvg_wasm.pixels(markup, width, height).to_bytes())
    png = resvg_py.svg_to_bytes(svg_string=markup, width=width, height=height, skip_system_fonts=True)
    return pillow.raster(pillow.open_image(png, "png"))
