"""Share pictures: what networks and chat programs show with a link to a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from posixpath import splitext

from microsite.content.files import Source
from microsite.content.front_matter import (
    Ambassador,
    Campaign,
    Exchange,
    Golden,
    Letter,
    Person,
    Story,
    people,
)
from microsite.content.kinds import made_up
from microsite.content.site_file import Site
from microsite.core.problems import Text
from microsite.core.records import Record
from microsite.rendering.artifact import Artifact
from microsite.rendering.print.recipes import ShareView, share_picture
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.views import LinkPreview
from microsite.site.embeds import PublishedImage
from microsite.site.material.item import credit, in_house_style, year
from microsite.site.page import Page

FOLDER = "delen"
SHARE_TEMPLATE = "share"
MOST_LETTERS, _LONGEST_WORD = 300, 34
"""What still can be read on a share picture; a page with more shows that of the site."""

_LATIN = ("LATIN", "MODIFIER LETTER", "FEMININE ORDINAL", "MASCULINE ORDINAL")
"""How the names of letters begin that our fonts have."""

Translated = Callable[[Text], str]


class SharePicture(Record):
    """The share picture of a page: what it says and shows, and where it is."""

    path: str
    view: ShareView
    picture: Source | None
    page: Page
    credit: str = ""

    @property
    def preview(self) -> LinkPreview:
        return LinkPreview(self.path, self.view.alt)


def share_pictures(
    pages: Iterable[Page],
    image_of: Callable[[Page], PublishedImage | None],
    site: Site,
    translate: Translated,
) -> dict[str, SharePicture]:
    """The share pictures of those of the pages that have one of their own, by the path of the page."""
    found = {}
    for page in pages:
        if not (page.kind.previewed and page.social):
            continue
        image = image_of(page)
        view = view_of(page, image is not None, site, translate)
        if not readable(view):
            continue
        path = f"{FOLDER}/{splitext(page.path)[0]}"
        suffix = "jpg" if image is not None and image.is_photo else "png"
        picture = image.source if image else None
        found[page.path] = SharePicture(f"{path}.{suffix}", view, picture, page, credit(page, image))
    return found


def share_picture_files(pictures: Iterable[SharePicture], template: PrintTemplate) -> Iterator[Artifact]:
    """The share pictures, as files of the site."""
    return (share_picture_file(item, item.path, template) for item in pictures)


def share_picture_file(item: SharePicture, path: str, template: PrintTemplate) -> Artifact:
    """A share picture at this path."""
    return in_house_style(
        path, share_picture, item.page, template=template, view=item.view, picture=item.picture
    )


def view_of(page: Page, pictured: bool, site: Site, translate: Translated) -> ShareView:
    """What the picture of a page says: a person's words, a figure, or else its title.

    ``pictured``: it shows the image of the page too.
    """
    meta, kind = page.meta, page.kind
    language = page.document.language or site.language
    person = dict(people(meta)).get("person")
    about = _about(person) if person else ""
    remark = translate(made_up(kind, meta)) if meta.fictional else ""
    if isinstance(meta, Campaign):
        return ShareView(language, site.slogan, below=meta.summary)
    if isinstance(meta, Story | Ambassador) and meta.quote:
        by = meta.quote.speaker or (person.name if person else "")
        known = about if person and by == person.name else ""
        return ShareView(language, meta.quote.text, True, by=by, about=known, remark=remark)
    label = translate(kind.label)
    if isinstance(meta, Exchange):
        return ShareView(
            language, meta.dilemma, below="" if pictured else meta.summary, remark=remark, label=label
        )
    if page.proof is not None and page.proof.figure is not None:
        figure = page.proof.figure
        source = ", ".join(filter(None, (figure.source.publisher, year(figure, translate))))
        return ShareView(language, figure.text, below=figure.label, remark=source, label=label, figure=True)
    shown = isinstance(meta, Letter | Golden) and person is not None
    name = person.name if shown and person and person.name != meta.title else ""
    below = "" if name or pictured else meta.summary
    return ShareView(
        language, meta.title, below=below, by=name, about=about if name else "", remark=remark, label=label
    )


def _about(person: Person) -> str:
    return ", ".join(filter(None, (person.job, person.municipality)))


def readable(view: ShareView, most: int = MOST_LETTERS, note: str = "") -> bool:
    """Whether it, with a ``note``, is short enough for a glance, and in letters that our fonts have."""
    letters = (sign for sign in set(_words(view, note)) if unicodedata.category(sign)[0] == "L")
    latin = all(unicodedata.name(sign, "").startswith(_LATIN) for sign in letters)
    return latin and not too_long(view, most, note)


def too_long(view: ShareView, most: int, note: str = "") -> bool:
    """Whether it has more letters than this, or a word that fits no line."""
    words = _words(view, note)
    return len(words) > most or max(map(len, words.split()), default=0) > _LONGEST_WORD


def _words(view: ShareView, note: str) -> str:
    return f"{view.words} {view.below} {view.by} {view.about} {view.remark} {note}"
