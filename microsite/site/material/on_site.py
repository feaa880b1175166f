"""The material that stands on the site itself: which page offers it, and the page that lists all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import basename

from microsite.content.front_matter import Guide
from microsite.content.kinds import GUIDE, MATERIAL
from microsite.core.problems import Problem, did_you_mean, text
from microsite.core.records import replace
from microsite.core.settings import MATERIAL_FOLDER
from microsite.rendering.artifact import Artifact
from microsite.rendering.office.texts import TEXTS
from microsite.rendering.views import MaterialGroup, MaterialLink
from microsite.site.context import SiteContext
from microsite.site.links import MATERIAL as MATERIAL_PAGE
from microsite.site.material.figures import INFOGRAPHIC
from microsite.site.material.files import link_to
from microsite.site.material.golden import JURY
from microsite.site.material.item import MaterialFile
from microsite.site.material.office import DECK
from microsite.site.page import Page

OnSite = Mapping[str, tuple[MaterialFile, ...]]
"""The material that stands on the site, by the path of the page that offers it."""

OFFERED = (
    *(kind.stem for kind in TEXTS),
    *(basename(kind.name) for kind in (INFOGRAPHIC[0], JURY)),
    DECK,
)
"""The names of the files of the whole campaign that a guide can offer."""


def material_on_site(context: SiteContext, items: Sequence[MaterialFile]) -> OnSite:
    """What a page offers: what is made of it and has a small picture, and what its front matter names."""
    named = {item.name: item for item in items if not item.page}
    offers: dict[str, tuple[MaterialFile, ...]] = {}
    for item in items:
        if item.page and item.thumbnail is not None:
            offers[item.page] = (*offers.get(item.page, ()), item)
    for page in context.library.pages:
        wished = page.meta.material if isinstance(page.meta, Guide) else ()
        if found := tuple(named[name] for name in wished if name in named):
            offers[page.path] = (*offers.get(page.path, ()), *found)
    return offers


def unknown_names(pages: Iterable[Page]) -> Iterator[Problem]:
    """The names in the front matter of guides that no file can have."""
    for page in pages:
        for i, name in enumerate(page.meta.material if isinstance(page.meta, Guide) else ()):
            if name not in OFFERED:
                hint = did_you_mean(name, OFFERED, text("choose from: {choices}", choices=", ".join(OFFERED)))
                message = text("there is no material '{name}'", name=name)
                yield Problem(page.document.place(f"material.{i}"), message, hint)


def files_on_site(offers: OnSite) -> Iterator[Artifact]:
    """The files that stand on the site, with the small picture of each."""
    for item in {item.artifact.path: item for items in offers.values() for item in items}.values():
        yield from map(_on_site, filter(None, (item.artifact, item.thumbnail)))


def links_on_site(context: SiteContext, offers: OnSite) -> dict[str, tuple[MaterialLink, ...]]:
    """The links to the same."""
    return {path: tuple(_link_on_site(context, item) for item in items) for path, items in offers.items()}


def _link_on_site(context: SiteContext, item: MaterialFile) -> MaterialLink:
    small = _on_site(item.thumbnail).path if item.thumbnail else ""
    return replace(link_to(context, item), path=_on_site(item.artifact).path, thumbnail=small)


def material_page(context: SiteContext, links: Mapping[str, tuple[MaterialLink, ...]]) -> Artifact:
    """The page of the site that lists the material on it: of pages, then what guides offer, each once."""
    titles = {page.path: page.meta.title for page in context.library.pages if page.kind is not GUIDE}
    offered = dict.fromkeys(link for path, found in links.items() if path not in titles for link in found)
    groups = [MaterialGroup(titles[path], path, links[path]) for path in links if path in titles]
    groups.append(MaterialGroup("", "", tuple(offered)))
    title = context.translate(text("Material"))
    summary = context.translate(text("In our house style, to print and hang up, or to fill in yourself."))
    crumbs = context.crumbs(GUIDE.section)
    return context.generated(
        MATERIAL_PAGE, MATERIAL, GUIDE.section, title, summary, crumbs=crumbs, groups=tuple(groups)
    )


def _on_site(file: Artifact) -> Artifact:
    return replace(file, path=f"{MATERIAL_FOLDER}/{file.path}")
