"""The table of kinds: which folder of ``content/`` holds which kind of page, and how each is shown."""

from __future__ import annotations

import posixpath
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Literal

from microsite.content.front_matter import (
    PERSON_KEYS,
    Ambassador,
    Campaign,
    Evidence,
    Exchange,
    Film,
    Golden,
    Guide,
    Interview,
    Letter,
    Meta,
    News,
    Opinion,
    Plain,
    Sound,
    Story,
    people,
)
from microsite.content.tree import MappingNode, ScalarNode, SequenceNode
from microsite.core.languages import translated
from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.core.urls import slugify


class Kind(Record):
    """A kind of page: where its files are, what their front matter is, and how its pages are shown.

    The files of a kind with a ``section`` are in that folder of ``content/``, and listed on its overview.
    Those of a kind that is ``part_of`` a section are in a folder named after a page of that section.
    """

    name: str
    template: str
    label: Text = text("Page")
    """What search results call a page of this kind."""

    section: str = ""
    part_of: str = ""
    near_names: tuple[str, ...] = ()
    """Slugs that a folder may have by mistake when its section is meant."""

    title: Text = text("Overview")
    """The title of the section's overview, where no ``index.md`` gives it another."""

    counts: tuple[Text, Text] = (text("1 page"), text("{count} pages"))
    """One page and several, above a filtered overview."""

    record: type[Meta] = Meta
    """The class of its front matter."""

    dated: bool = False
    """Whether ``date`` is required, and shown in lists."""

    translatable: bool = False
    in_feed: bool = False
    """Whether its pages with a date are in the Atom feed of the site."""

    asks_consent: bool = False
    """Whether its pages are about people, who have to agree."""

    impersonal: tuple[str, str] | None = None
    """A key and its value with which a page is about nobody, as long as it names no person."""

    fiction: tuple[Text, Text] = (text("Made up"), text("This person does not exist"))
    """How ``fictional`` pages are marked: on their cards, and on their poster."""

    card: Literal["line", "portrait", "portrait if pictured"] = "line"
    """How its pages look in lists: as a line of text, or as a person's portrait."""

    searched: tuple[str, ...] = ()
    """The keys that search looks through, besides those that all pages have."""

    about_themes: bool = False
    """Whether questions about a page go to the contact for its first theme, without being told so."""

    schema_type: str = "WebPage"
    """The type of its pages on schema.org. One of ARTICLES makes it an article, which needs a text."""

    previewed: bool = False
    """Whether networks show a picture of its own with a link to a page, and not that of the first page."""

    indexed: bool = True
    """Whether search engines may list its pages."""

    @property
    def has_text(self) -> bool:
        """Whether a page without a text is no page: the others show their front matter, or other pages."""
        return self.is_article or self is PAGE

    @property
    def is_article(self) -> bool:
        return self.schema_type in ARTICLES

    @property
    def archived(self) -> bool:
        """Whether search engines may keep a copy: not of pages that show people, themselves or in a part."""
        part = PARTS.get(self.section)
        return not (self.asks_consent or (part is not None and part.asks_consent))


ARTICLES = frozenset({"Article", "NewsArticle", "BlogPosting", "PodcastEpisode"})

STORY = Kind(
    "story",
    "story.html",
    text("Story"),
    section="verhalen",
    near_names=("verhaal", "story", "stories"),
    title=text("Stories"),
    counts=(text("1 story"), text("{count} stories")),
    record=Story,
    translatable=True,
    in_feed=True,
    asks_consent=True,
    fiction=(text("Made-up story"), text("This story is made up")),
    card="portrait",
    searched=("person.job", "person.organisation", "object.alt"),
    about_themes=True,
    schema_type="Article",
    previewed=True,
)
EVIDENCE = Kind(
    "evidence",
    "evidence.html",
    text("Evidence"),
    section="bewijs",
    near_names=("bewijzen", "evidence"),
    title=text("Evidence"),
    counts=(text("1 piece of evidence"), text("{count} pieces of evidence")),
    record=Evidence,
    translatable=True,
    in_feed=True,
    searched=("claim", "method", "caveat"),
    about_themes=True,
    schema_type="Article",
    previewed=True,
)
GUIDE = Kind(
    "guide",
    "guide.html",
    text("Tool"),
    section="toolkit",
    near_names=("tool", "tools"),
    title=text("Toolkit"),
    counts=(text("1 guide"), text("{count} guides")),
    record=Guide,
    translatable=True,
    in_feed=True,
    searched=("goal", "roles", "needs"),
    schema_type="Article",
    previewed=True,
)
NEWS = Kind(
    "news",
    "news.html",
    text("News"),
    section="nieuws",
    near_names=("nieuwsbericht", "nieuwsberichten", "news"),
    title=text("News"),
    counts=(text("1 message"), text("{count} messages")),
    record=News,
    dated=True,
    translatable=True,
    in_feed=True,
    schema_type="NewsArticle",
    previewed=True,
)
OPINION = Kind(
    "opinion",
    "opinion.html",
    text("Opinion"),
    section="opinie",
    near_names=("opinies", "opinion", "opiniestukken", "columns"),
    title=text("Opinion"),
    counts=(text("1 opinion"), text("{count} opinions")),
    record=Opinion,
    translatable=True,
    in_feed=True,
    asks_consent=True,
    searched=("person.name", "person.job", "person.organisation"),
    schema_type="Article",
    previewed=True,
)
INTERVIEW = Kind(
    "interview",
    "interview.html",
    text("Interview"),
    section="interviews",
    near_names=("interview", "gesprekken"),
    title=text("Interviews"),
    counts=(text("1 interview"), text("{count} interviews")),
    record=Interview,
    translatable=True,
    in_feed=True,
    asks_consent=True,
    card="portrait if pictured",
    searched=("person.job", "person.organisation", "people.job"),
    schema_type="Article",
    previewed=True,
)
FILM = Kind(
    "film",
    "film.html",
    text("Film"),
    section="films",
    near_names=("film", "video", "videos", "filmpjes"),
    title=text("Films"),
    counts=(text("1 film"), text("{count} films")),
    record=Film,
    translatable=True,
    in_feed=True,
    asks_consent=True,
    impersonal=("without_people", "true"),
    searched=("people.name", "people.job"),
    schema_type="Article",
    previewed=True,
)
SOUND = Kind(
    "sound",
    "sound.html",
    text("To listen to"),
    section="geluid",
    near_names=("audio", "podcast", "podcasts", "luisteren"),
    title=text("To listen to"),
    counts=(text("1 recording"), text("{count} recordings")),
    record=Sound,
    translatable=True,
    in_feed=True,
    asks_consent=True,
    impersonal=("without_people", "true"),
    searched=("people.name", "people.job"),
    schema_type="Article",
    previewed=True,
)
AMBASSADOR = Kind(
    "ambassador",
    "ambassador.html",
    text("Ambassador"),
    section="ambassadeurs",
    near_names=("ambassador", "ambassadors"),
    title=text("Ambassadors"),
    counts=(text("1 ambassador"), text("{count} ambassadors")),
    record=Ambassador,
    translatable=True,
    asks_consent=True,
    card="portrait",
    previewed=True,
)
POST = Kind(
    "post",
    "post.html",
    text("Weblog"),
    part_of="ambassadeurs",
    dated=True,
    in_feed=True,
    asks_consent=True,
    schema_type="BlogPosting",
    previewed=True,
)
EXCHANGE = Kind(
    "exchange",
    "exchange.html",
    text("Letters"),
    section="brieven",
    near_names=("brief", "briefwisseling", "letters"),
    title=text("Open letters"),
    counts=(text("1 exchange of letters"), text("{count} exchanges of letters")),
    record=Exchange,
    schema_type="CollectionPage",
    previewed=True,
)
LETTER = Kind(
    "letter",
    "letter.html",
    text("Letter"),
    part_of="brieven",
    record=Letter,
    dated=True,
    in_feed=True,
    asks_consent=True,
    schema_type="Article",
    previewed=True,
)
GOLDEN = Kind(
    "golden",
    "golden.html",
    text("Gold"),
    section="goud",
    near_names=("gouden", "gold"),
    title=text("Gold"),
    counts=(text("1 nomination"), text("{count} nominations")),
    record=Golden,
    translatable=True,
    in_feed=True,
    asks_consent=True,
    impersonal=("award", "municipality"),
    card="portrait if pictured",
    previewed=True,
)
PAGE = Kind("page", "page.html", record=Plain, translatable=True)
CAMPAIGN = Kind(
    "campaign",
    "campaign.html",
    text("First page"),
    record=Campaign,
    fiction=STORY.fiction,
    schema_type="WebSite",
    previewed=True,
)
LISTING = Kind("listing", "listing.html", text("Overview"), schema_type="CollectionPage")

KINDS = (
    *(STORY, EVIDENCE, GUIDE, NEWS, OPINION, INTERVIEW, FILM, SOUND),
    *(AMBASSADOR, POST, EXCHANGE, LETTER, GOLDEN),
    *(PAGE, CAMPAIGN, LISTING),
)
"""The kinds of documents, in the order of their pages in mixed lists."""

THEMES = Kind("themes", "themes.html", schema_type="CollectionPage")
THEME = Kind("theme", "theme.html", text("Theme"), schema_type="CollectionPage")
FACTS = Kind("facts", "facts.html")
CALCULATION = Kind("calculation", "calculation.html")
MUSEUM = Kind("museum", "museum.html", schema_type="CollectionPage")
PLANNER = Kind("planner", "planner.html")
MATERIAL = Kind("material", "materials.html")
SERIES = Kind("series", "series.html")
TALLY = Kind("tally", "tally.html", indexed=False)
SEARCH = Kind("search", "search.html", indexed=False)
MISSING = Kind("missing", "404.html", indexed=False)
MOVED = Kind("moved", "moved.html", indexed=False)
STYLE_GUIDE = Kind("style-guide", "styleguide.html", indexed=False)
GENERATED = (
    *(THEMES, THEME, FACTS, CALCULATION, SERIES, TALLY, MUSEUM, MATERIAL, PLANNER),
    *(SEARCH, MISSING, MOVED, STYLE_GUIDE),
)
"""The kinds of pages that are generated without a document."""

BY_NAME = {kind.name: kind for kind in (*KINDS, *GENERATED)}
if TYPE_CHECKING:
    AnyMeta = Meta
else:  # what msgspec needs to know to decode the front matter of a document
    AnyMeta = reduce(or_, dict.fromkeys(kind.record for kind in KINDS))

THEMES_FOLDER = "themas"
FIRST = "index.md"
"""The first page of a site."""
_NAMES_OF_LISTS = ("", "index", "index.md", "index.html")
SECTIONS = {kind.section: kind for kind in KINDS if kind.section}
PARTS = {kind.part_of: kind for kind in KINDS if kind.part_of}


@cache
def section_of(folder: str) -> str:
    """The section with the address of this folder, such as of ``Verhalen``; "" when there is none."""
    if folder in SECTIONS:
        return folder
    slug = slugify(folder, "")
    return slug if slug in SECTIONS else ""


@cache
def kind_of(path: str) -> Kind:
    """The kind of the Markdown file at this path of ``content/``."""
    path, _ = translated(path)
    if path == FIRST:
        return CAMPAIGN
    folder, _, rest = path.partition("/")
    section = section_of(folder) if rest else ""
    if not section:
        return PAGE
    if "/" in rest and section in PARTS:
        return PARTS[section]
    return LISTING if rest == "index.md" else SECTIONS[section]


def may_be_withdrawn(path: str) -> bool:
    """Whether what a text refers to at this path may be gone because somebody withdrew.

    That is so in the folders of kinds that show people, and for lists that exist as long as they have pages.
    """
    folder, _, name = path.partition("/")
    kind = SECTIONS.get(folder)
    return folder == THEMES_FOLDER or (kind is not None and (not kind.archived or name in _NAMES_OF_LISTS))


def page_path(path: str) -> str:
    """The path of a document's page: ``verhalen/amina.md`` is published as ``verhalen/amina.html``.

    A translation is published beside it: ``verhalen/amina.en.html``.
    """
    path, language = translated(path)
    folder, name = posixpath.split(path)
    stem = slugify(posixpath.splitext(name)[0])
    file = f"{stem}.{language}.html" if language else f"{stem}.html"
    return "/".join([*(slugify(part) for part in folder.split("/") if part), file])


def needs_consent(kind: Kind, front_matter: MappingNode) -> bool:
    """Whether a page with this front matter needs a consent of its own: see also ``Kind.impersonal``.

    A page about the people of a list needs theirs, and no other. A part, such as a post, has a writer too.
    """
    people = [node for key in PERSON_KEYS if (node := front_matter.get(key)) is not None]
    listed = [node for node in people if isinstance(node, SequenceNode) and node.items]
    if not kind.asks_consent or (listed == people != [] and not kind.part_of):
        return False
    if kind.impersonal is None:
        return True
    key, value = kind.impersonal
    node = front_matter.get(key)
    impersonal = isinstance(node, ScalarNode) and node.text == value
    return not impersonal or bool(people)


def made_up(kind: Kind, meta: Meta) -> Text:
    """What is said with a page that is made up, by whom or what it is about."""
    if isinstance(meta, Golden):
        return _NO_SUCH[meta.award]
    return kind.fiction["person" in dict(people(meta))]


_NO_SUCH = {
    "municipality": text("This municipality does not exist"),
    "person": text("This person does not exist"),
    "place": text("This place does not exist"),
}
