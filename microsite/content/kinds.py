"""The table of kinds: which folder of ``content/`` holds which kind of page, and how each is shown."""

from __future__ import annotations

import posixpath
from functools import cache

from microsite.content import tree as trees
from microsite.content.front_matter import (
    Ambassador,
    Campaign,
    Evidence,
    Exchange,
    Golden,
    Guide,
    Letter,
    Meta,
    News,
    Story,
)
from microsite.content.tree import Mapping
from microsite.core.languages import translated
from microsite.core.records import Record
from microsite.core.urls import slugify


class Kind(Record):
    """A row of the table of kinds: its folder, the record of its front matter, its template.

    The files of a kind that is ``part_of`` a section are in a folder named after a page of that section.
    """

    name: str
    section: str
    record: type[Meta]
    template: str
    asks_consent: bool = False
    part_of: str = ""


STORY = Kind("story", "verhalen", Story, "story.html", asks_consent=True)
EVIDENCE = Kind("evidence", "bewijs", Evidence, "evidence.html")
GUIDE = Kind("guide", "toolkit", Guide, "guide.html")
NEWS = Kind("news", "nieuws", News, "news.html")
AMBASSADOR = Kind("ambassador", "ambassadeurs", Ambassador, "ambassador.html", asks_consent=True)
POST = Kind("post", "", Meta, "post.html", asks_consent=True, part_of="ambassadeurs")
EXCHANGE = Kind("exchange", "brieven", Exchange, "exchange.html")
LETTER = Kind("letter", "", Letter, "letter.html", asks_consent=True, part_of="brieven")
GOLDEN = Kind("golden", "goud", Golden, "golden.html", asks_consent=True)
PAGE = Kind("page", "", Meta, "page.html")
CAMPAIGN = Kind("campaign", "", Campaign, "campaign.html")
LISTING = Kind("listing", "", Meta, "listing.html")

KINDS = (
    *(STORY, EVIDENCE, GUIDE, NEWS, AMBASSADOR, POST, EXCHANGE, LETTER, GOLDEN),
    *(PAGE, CAMPAIGN, LISTING),
)
TRANSLATABLE = (STORY, EVIDENCE, GUIDE, NEWS, AMBASSADOR, GOLDEN, PAGE)
DATED = (STORY, EVIDENCE, GUIDE, NEWS, POST, LETTER, GOLDEN)
"""The kinds that are in the feed."""
SECTIONS = {kind.section: kind for kind in KINDS if kind.section}
_PARTS = {kind.part_of: kind for kind in KINDS if kind.part_of}


@cache
def kind_of(path: str) -> Kind:
    """The kind of the Markdown file at this path of ``content/``."""
    path, _ = translated(path)
    if path == "index.md":
        return CAMPAIGN
    section, _, rest = path.partition("/")
    if section not in SECTIONS:
        return PAGE
    if "/" in rest and section in _PARTS:
        return _PARTS[section]
    return LISTING if rest == "index.md" else SECTIONS[section]


def page_path(path: str) -> str:
    """The path of a document's page: ``verhalen/amina.md`` is published as ``verhalen/amina.html``.

    A translation is published beside it: ``verhalen/amina.en.html``.
    """
    path, language = translated(path)
    folder, name = posixpath.split(path)
    stem = slugify(posixpath.splitext(name)[0])
    file = f"{stem}.{language}.html" if language else f"{stem}.html"
    return "/".join([*(slugify(part) for part in folder.split("/") if part), file])


def asks_consent(kind: Kind, tree: Mapping) -> bool:
    """Whether this front matter is about a person. A municipality, with no person named, is not."""
    award = tree.get("award")
    nobody = isinstance(award, trees.Scalar) and award.text == "municipality" and tree.get("person") is None
    return kind.asks_consent and not (kind is GOLDEN and nobody)
