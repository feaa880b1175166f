"""The house style of a brand, for its material."""

from __future__ import annotations

from urllib.parse import urlsplit

from microsite.brand import logos
from microsite.brand.fonts import DEFAULT, FOLDER
from microsite.brand.loader import BrandKit
from microsite.content.site_file import Site
from microsite.rendering.print.house import House
from microsite.rendering.views import Assets
from microsite.site.brand_files import drawing_colours

_REGULAR, _DISPLAY = 400, 800


def house_of(kit: BrandKit, assets: Assets, site: Site) -> House | None:
    """What material takes of a brand; None without any font, as there are none of the system's."""
    brand = kit.brand
    fallback = assets.full_fonts.get(f"{FOLDER}/{DEFAULT}.woff2")
    if fallback is None:
        return None
    own = (assets.full_fonts.get(s.path, s) if s.layer != brand.id else s for s in kit.font_files)
    files = (*own,) or (fallback,)
    weights = [face.metrics.weights for face in brand.faces] or [(_REGULAR, _DISPLAY)]
    address = urlsplit(brand.url)
    return House(
        brand.name,
        site.title,
        brand.url,
        (address.netloc + address.path).rstrip("/"),
        drawing_colours(brand),
        (files[0], files[-1], fallback),
        (max(_REGULAR, weights[0][0]), min(_DISPLAY, weights[-1][1])),
        kit.logo_file,
        (brand.logo.width, brand.logo.height),
        logos.plate(kit.logo, brand.palette.light.paper),
    )
