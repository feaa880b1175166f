"""The material of a site: all its files, and the page that lists them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from posixpath import splitext

from microsite.content.kinds import AMBASSADOR, STORY
from microsite.core.problems import Text, text
from microsite.core.records import replace
from microsite.core.settings import MATERIAL_INDEX, Material
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.views import MaterialGroup, MaterialLink
from microsite.site.context import SiteContext
from microsite.site.material.cards import card_material
from microsite.site.material.figures import figure_material
from microsite.site.material.golden import golden_material
from microsite.site.material.item import MaterialFile
from microsite.site.material.office import office_material
from microsite.site.material.posters import poster_material
from microsite.site.material.share_pictures import SHARE_TEMPLATE, share_picture_file
from microsite.site.material.web import web_material
from microsite.site.page import Page

TEMPLATE = "material.html"
INDEX_INPUTS = ("brand", "colours", "house")
"""The inputs that each brand gives to the page that lists its material."""


def share_material(context: SiteContext, printing: Mapping[str, PrintTemplate]) -> Iterator[MaterialFile]:
    """The share pictures, to post by hand, of a site that has none itself for want of an address."""
    template = printing.get(SHARE_TEMPLATE)
    if template is None or context.has_previews:
        return
    for path, item in context.share_pictures.items():
        stem, suffix = splitext(path)[0], splitext(item.path)[1]
        file = share_picture_file(item, f"{stem}-{_SHARE_NAME}{suffix}", template)
        note, made_by = context.photo_note(item.page, "social"), item.credit
        yield MaterialFile(_SHARE, suffix[1:].upper(), file, path, item.view.alt, note, credit=made_by)


_SHARE_NAME = "plaatje-bij-link"
_SHARE = text("Picture for a post with a link, 1200 × 630")

Planned = Callable[[SiteContext, Mapping[str, PrintTemplate]], Iterable[MaterialFile]]

PLANNERS: tuple[tuple[Material, Planned], ...] = (
    ("share", share_material),
    ("cards", card_material),
    ("print", poster_material),
    ("print", figure_material),
    ("print", golden_material),
    ("office", office_material),
    ("web", web_material),
)
"""What plans the files of each kind of material, in the order in which they are listed of a page."""


def material_files(
    context: SiteContext, printing: Mapping[str, PrintTemplate], kinds: Collection[Material]
) -> tuple[MaterialFile, ...]:
    """The files of these kinds of material, of the pages that may be shown in their channel."""
    chosen = ((kind, planned) for kind, planned in PLANNERS if kind in kinds)
    return tuple(replace(item, kind=kind) for kind, planned in chosen for item in planned(context, printing))


def material_index(context: SiteContext, items: Sequence[MaterialFile]) -> Artifact:
    """The page in the folder of material that lists it, by the page that each is of. It needs no site."""
    page = artifact(
        MATERIAL_INDEX,
        recipes.page,
        template=context.templates(TEMPLATE, context.language),
        groups=tuple(_groups(context, items)),
        site=context.library.site,
        language=context.language,
    )
    return replace(page, pending=INDEX_INPUTS)


def _groups(context: SiteContext, items: Sequence[MaterialFile]) -> Iterator[MaterialGroup]:
    """What is of the whole campaign, then what is of each page, in the order of the pages."""
    found: dict[str, list[MaterialFile]] = {}
    for item in items:
        found.setdefault(item.page, []).append(item)
    if whole := found.get(""):
        yield MaterialGroup(context.translate(_WHOLE), "", tuple(link_to(context, item) for item in whole))
    library, made = context.library, {item.kind for item in items}
    for page in (*library.pages, *library.translations):
        files = found.get(page.path, [])
        links = tuple(link_to(context, item) for item in files)
        lacking = made - {item.kind for item in files} if page.kind in (STORY, AMBASSADOR) else ()
        notes = tuple(context.translate(note) for note in _why_none(page, lacking))
        if links or notes:
            yield MaterialGroup(page.meta.title, page.path, links, page.document.language, notes)


def _why_none(page: Page, lacking: Collection[Material | None]) -> Iterator[Text]:
    """Why there is nothing of these kinds of a page about somebody, who is on it in every other case."""
    if "print" in lacking and not page.document.language:
        yield _NO_POSTERS if "print" in page.channels else _NOT_IN_PRINT
    if "cards" in lacking:
        yield _NO_CARDS if page.social else _NOT_SOCIAL


_NOT_IN_PRINT = text("No posters: there is no consent for 'print'.")
_NOT_SOCIAL = text("No cards: there is no consent for 'social'.")
_NO_POSTERS = text("No posters: the quote is too long for one, or has letters that our fonts lack.")
_NO_CARDS = text("No cards: there is no quote, it is too long, or it has letters that our fonts lack.")


def link_to(context: SiteContext, item: MaterialFile) -> MaterialLink:
    note = context.translate(item.note) if item.note else ""
    slots = tuple((name, context.translate(label)) for name, label in item.slots)
    label = context.translate(item.label)
    return MaterialLink(item.artifact.path, label, item.format, item.alt, note, slots, credit=item.credit)


_WHOLE = text("For the whole campaign")
