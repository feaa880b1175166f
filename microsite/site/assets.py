"""The shared files of a site that are not pages: scripts, the search index, images, attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from microsite.content.files import Layer, Source
from microsite.core.file_types import CAPTIONS, SOUNDS, VIDEOS
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import text
from microsite.core.records import replace
from microsite.media.photos import MADE, made_path
from microsite.media.svg import Drawing
from microsite.rendering import media_recipes as media
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.views import AssetPaths, Assets
from microsite.site import search
from microsite.site.context import DRAWING_INPUTS, SiteContext
from microsite.site.embeds import PublishedImage
from microsite.site.library import Library
from microsite.site.links import FIGURES_TABLE


def asset_paths(assets: Assets, fingerprint: Fingerprints, has_feed: bool) -> AssetPaths:
    """The paths of the shared files; those of a brand's own files are "" yet."""

    def named(start: str, content: str, end: str) -> str:
        return f"{start}-{fingerprint(content)[:10]}{end}" if content else ""

    return AssetPaths(
        style="",
        kinds=named("css/soorten", assets.kinds, ".css"),
        print=named("css/druk", assets.print, ".css"),
        script=named("js/site", assets.script, ".js"),
        finding=named("js/vinden", assets.finding, ".js"),
        searching=named("js/zoek", assets.searching, ".js"),
        toolkit=named("js/toolkit", assets.toolkit, ".js"),
        sroi=named("js/sroi", assets.worksheets.get("sroi", ""), ".js"),
        case=named("js/geval", assets.worksheets.get("case", ""), ".js"),
        indicators=named("js/indicatoren", assets.worksheets.get("indicators", ""), ".js"),
        icon="",
        icon_type="",
        touch_icon="",
        manifest="",
        feed="feed.xml" if has_feed else "",
    )


def asset_files(assets: Assets, paths: AssetPaths, index: search.Index) -> Iterator[Artifact]:
    """The stylesheet and scripts that all brands share."""
    names = assets.names
    if paths.kinds:
        yield artifact(paths.kinds, recipes.shared_stylesheet, names, css=assets.kinds)
    if paths.print:
        yield artifact(paths.print, recipes.shared_stylesheet, names, css=assets.print)
    if paths.script:
        yield artifact(paths.script, recipes.script, names, source=assets.script)
    if paths.finding:
        yield artifact(paths.finding, recipes.script, names, source=assets.finding)
    if paths.searching:
        yield artifact(paths.searching, recipes.script, names, source=assets.searching)
        yield artifact(index.path, search.index_script, index=index.contents)
    if paths.toolkit:
        yield artifact(paths.toolkit, recipes.script, names, source=assets.toolkit)
    if paths.sroi:
        yield artifact(paths.sroi, recipes.script, names, source=assets.worksheets["sroi"])
    if paths.case:
        yield artifact(paths.case, recipes.script, names, source=assets.worksheets["case"])
    if paths.indicators:
        yield artifact(paths.indicators, recipes.script, names, source=assets.worksheets["indicators"])


def register(context: SiteContext) -> Artifact:
    """The facts of a site as a table."""
    library = context.library
    head = tuple(map(context.translate, _COLUMNS))
    return artifact(
        FIGURES_TABLE, recipes.register, rows=library.facts, head=head, language=library.site.language
    )


_COLUMNS = (
    text("Name"),
    text("Figure"),
    text("Value"),
    text("Unit"),
    text("What it is"),
    text("Source"),
    text("Author"),
    text("Publisher"),
    text("Date of the source"),
    text("Address"),
    text("What it does not say"),
    text("Figure of"),
    text("Valid until"),
    text("Strength (1 to 5)"),
    text("Where we use it"),
)
"""The columns of the table of facts, in the order of ``recipes.register``."""


def library_files(library: Library) -> Iterator[Artifact]:
    """The images and attachments of the pages."""
    for image in library.images:
        yield from image_files(image)
    for path, source in library.attachments:
        yield artifact(path, _recipe(source), (source.name,), source=source)


def _recipe(source: Source) -> Callable[[Source], bytes]:
    """How a file that a text links to is published: as it is, but for what is hidden in films and sound."""
    if source.suffix in (*VIDEOS, *SOUNDS):
        return media.clip
    return media.subtitles if source.suffix == CAPTIONS else recipes.attachment


def image_files(image: PublishedImage) -> Iterator[Artifact]:
    """The copies of an image, or the drawing in the brand's colours."""
    source, origins = image.source, (image.source.name,)
    if isinstance(image.info, Drawing):
        drawing = artifact(image.picture.src, media.drawing, origins, source=source)
        yield replace(drawing, pending=DRAWING_INPUTS)
    for copy in image.picture.variants:
        yield artifact(copy.path, media.photo, origins, True, source=source, width=copy.width, kind=copy.kind)


def with_made(artifacts: tuple[Artifact, ...], files: Layer) -> tuple[Artifact, ...]:
    """The files of a site, with the copies of its own photos that a member's folder has.

    Others in that folder, of photos that are not on the site, are not used.
    """
    made = {source.path: source for source in files.sources if source.path.startswith(f"{MADE}/")}
    return tuple(_with_made(artifacts, made, files.name)) if made else artifacts


def _with_made(artifacts: Iterable[Artifact], made: dict[str, Source], layer: str) -> Iterator[Artifact]:
    for item in artifacts:
        given = item.arguments if item.recipe is media.photo else {}
        source: Source | None = given.get("source")
        copy = None
        if source is not None and source.layer == layer:
            copy = made.get(made_path(source.digest, given["width"], given["kind"]))
        yield replace(item, inputs=(("made", copy), *item.inputs)) if copy is not None else item
