"""The files of a site that its brand decides: stylesheet, fonts, logo, icons, contacts, server rules."""

from __future__ import annotations

from collections.abc import Iterator

from microsite.brand import logos
from microsite.brand.brand import Brand
from microsite.brand.fonts import licence_path
from microsite.brand.loader import BrandKit
from microsite.brand.tones import tones
from microsite.brand.vcards import vcard
from microsite.content.files import Source
from microsite.content.site_file import Site
from microsite.core.fingerprints import Fingerprints
from microsite.core.records import Record, replace
from microsite.core.urls import without_index
from microsite.rendering import media_recipes as media
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.hosting import servers
from microsite.rendering.views import AssetPaths, Assets
from microsite.site.assets import image_files
from microsite.site.embeds import PublishedImage
from microsite.site.moved import MovedPage

ICON_SIZES = (180, 192, 512)
"""The sides of app icons in pixels: Apple's first, then those of the web app manifest."""
_ICON_ROLES = ("brand", "on_brand", "second", "on_second", "tint", "on_tint", "paper", "ink")

Colours = tuple[tuple[str, str], ...]


class Icon(Record):
    """The icon of a site: the logo where that is suitable, else the campaign's in the brand's colours.

    ``drawn``: it is published as a drawing too. ``stem`` is how the paths of its files begin.
    """

    source: Source
    colours: Colours
    ground: str
    drawn: bool
    stem: str

    @property
    def paths(self) -> dict[int, str]:
        """The paths of its PNG files, by size."""
        return {size: f"{self.stem}-{size}.png" for size in ICON_SIZES}


def drawing_colours(brand: Brand) -> Colours:
    """The colours in which drawings are published, by the names they have there."""
    light = brand.palette.light
    own = tuple((role.replace("_", "-"), getattr(light, role)) for role in _ICON_ROLES)
    return (*own, *tones(light.brand, light.second)._asdict().items())


def site_icon(kit: BrandKit, assets: Assets, fingerprint: Fingerprints) -> Icon | None:
    """The icon of a brand's site; None when neither the brand nor the campaign has one."""
    own = kit.logo.makes_an_icon
    source = kit.logo_file if own else assets.icon
    if source is None:
        return None
    palette = kit.brand.palette
    colours = drawing_colours(kit.brand)
    ground = logos.icon_ground(kit.logo, palette) if own else palette.light.brand
    name = fingerprint((logos.SETTINGS, source, colours, ground))[:10]
    return Icon(source, colours, ground, not own, f"beeld/icoon-{name}")


def logo_files(kit: BrandKit) -> Iterator[Artifact]:
    """The logo as it is published, and the one for dark paper."""
    yield from image_files(PublishedImage(kit.logo_file, kit.brand.logo, kit.logo.look))
    if kit.dark is not None and kit.brand.logo_dark is not None:
        logo, file = kit.dark
        yield from image_files(PublishedImage(file, kit.brand.logo_dark, logo.look))


def brand_paths(
    shared: AssetPaths, brand: Brand, icon: Icon | None, css: str, fingerprint: Fingerprints
) -> AssetPaths:
    """The paths of all files that every page of this brand's site refers to."""
    style = fingerprint((css, brand.palette, brand.faces, brand.logo_width))[:10]
    paths = replace(shared, style=f"css/site-{style}.css", icon_type="image/svg+xml")
    if icon is None:
        return paths
    return replace(
        paths,
        icon=f"{icon.stem}.svg" if icon.drawn else icon.paths[192],
        icon_type="image/svg+xml" if icon.drawn else "image/png",
        touch_icon=icon.paths[ICON_SIZES[0]],
        manifest="site.webmanifest",
    )


def brand_files(
    kit: BrandKit, paths: AssetPaths, icon: Icon | None, assets: Assets, site: Site
) -> Iterator[Artifact]:
    """The stylesheet, fonts and icons. With a font of ours goes its licence, which asks for that."""
    brand = kit.brand
    yield artifact(
        paths.style,
        recipes.stylesheet,
        assets.names,
        css=assets.css,
        palette=brand.palette,
        faces=brand.faces,
        logo_width=brand.logo_width,
    )
    for source, face in zip(kit.font_files, brand.faces, strict=True):
        own = source.layer == brand.id
        recipe = media.font if own else recipes.attachment
        yield artifact(face.path, recipe, (source.name,), own, source=source)
        licence = None if own else assets.licences.get(source.path)
        if licence is not None:
            yield artifact(licence_path(licence), recipes.attachment, (licence.name,), source=licence)
    if icon is not None:
        yield from _icon_files(icon, paths, brand, site)


def _icon_files(icon: Icon, paths: AssetPaths, brand: Brand, site: Site) -> Iterator[Artifact]:
    origins = (icon.source.name,)
    if icon.drawn:
        yield artifact(paths.icon, media.drawing, origins, source=icon.source, colours=icon.colours)
    for size, path in icon.paths.items():
        yield artifact(
            path,
            media.icon,
            origins,
            True,
            source=icon.source,
            colours=icon.colours,
            ground=icon.ground,
            side=size,
        )
    yield artifact(
        paths.manifest,
        recipes.manifest,
        name=site.title,
        brand=brand.name,
        language=site.language,
        colour=brand.palette.light.brand,
        ground=brand.palette.light.paper,
        icons=tuple((size, path) for size, path in icon.paths.items() if size != ICON_SIZES[0]),
    )


def address_files(brand: Brand, gone: tuple[str, ...], moved: tuple[MovedPage, ...]) -> Iterator[Artifact]:
    """The files that name the address of the site: robots.txt, the servers' rules, contact cards."""
    yield artifact("robots.txt", recipes.robots, sitemap=brand.absolute("sitemap.xml"))
    pairs = tuple((page.path, without_index(page.target)) for page in moved)
    for path, recipe in (*servers.FILES, *([servers.REDIRECTS] if pairs else [])):
        known = pairs if brand.url or path not in servers.NEED_ADDRESS else ()
        yield artifact(path, recipe, base=brand.base, gone=gone, moved=known)
    for contact in (brand.contact, *brand.contacts):
        if contact.card:
            yield artifact(contact.card, vcard, contact=contact, organisation=brand.name, url=brand.url)
