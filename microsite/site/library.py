"""The library: the pages of one site, with their references resolved and their lists in order.

It knows both layers, but no house style: members without texts of their own share one library.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from microsite.content.documents import Document
from microsite.content.facts import Fact
from microsite.content.files import Source
from microsite.content.front_matter import Exchange, Plain
from microsite.content.indicators_file import INDICATORS, IndicatorsFile
from microsite.content.kinds import KINDS, PAGE, SECTIONS
from microsite.content.planner_file import Planning
from microsite.content.series.file import Series, as_of
from microsite.content.site_file import Site
from microsite.content.worksheets.figures import CalculatedFact, page_of
from microsite.content.worksheets.file import WORKSHEETS, WorksheetsFile
from microsite.core.languages import NAMES, seems_translated
from microsite.core.problems import Place, Problem, text, unique
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL
from microsite.core.urls import content_path
from microsite.rendering.hosting.policy import FEED
from microsite.rendering.views import Card, FactRow, NavLink
from microsite.site.embeds import EmbedResolver, PublishedImage
from microsite.site.exchanges import answer_due, late_answer, letters_of, rhythm_problems, with_letters
from microsite.site.expired_facts import Expired, ending_soon, refusal, without_quotes
from microsite.site.fact_uses import FactResolver
from microsite.site.links import FIGURES, FIGURES_TABLE, MUSEUM, OWN_FIGURES, PLANNER, LinkResolver, Report
from microsite.site.page import Page, PageBuilder
from microsite.site.people.admission import Admission
from microsite.site.planner import Planner, planner_of
from microsite.site.related import RelatedPages, related_pages
from microsite.site.site_files import SiteFiles


class LibraryInput(Record):
    """What a library is assembled from.

    ``site`` and ``facts`` are None when ``site.yaml`` or the register of facts cannot be read; ``expired``
    are those of the facts; ``own_facts`` those of the member. ``lenient``: a reference to what is not there
    is no error, see ``Pipeline.plan``.
    """

    admission: Admission
    site: Site | None
    site_places: Mapping[str, Place]
    facts: Mapping[str, Fact] | None
    fact_places: Mapping[str, Place]
    expired: Expired
    files: SiteFiles
    planning: Planning | None = None
    worksheets: WorksheetsFile = WorksheetsFile()
    indicators: IndicatorsFile | None = None
    lenient: bool = False
    own_facts: Mapping[str, Fact] = {}
    series: tuple[Series, ...] = ()
    refused_facts: frozenset[str] = frozenset()

    @property
    def current_facts(self) -> Mapping[str, Fact]:
        """Those of the member that have not expired."""
        return {id: fact for id, fact in self.own_facts.items() if id not in self.expired}


_NO_SITE = Site("", "", "", "")


class Library(Record):
    """Everything that one site shows on a ``day``, and what it was ``given``.

    ``translations`` belong to one of the ``pages``, and are in no list themselves. ``attachments`` are by
    the path where they are published. ``feed_links`` are where texts link to the feed. ``own_facts`` are the
    facts of the member that hold.
    """

    given: LibraryInput
    site: Site
    menu: tuple[NavLink, ...]
    footer_menu: tuple[NavLink, ...]
    reading_menu: tuple[NavLink, ...]
    team_menu: tuple[NavLink, ...]
    story_steps: tuple[NavLink, ...]
    pages: tuple[Page, ...]
    translations: tuple[Page, ...]
    related: Mapping[str, RelatedPages]
    facts: tuple[FactRow, ...]
    images: tuple[PublishedImage, ...]
    attachments: tuple[tuple[str, Source], ...]
    feed_links: tuple[Place, ...]
    planner: Planner | None
    worksheets: WorksheetsFile
    indicators: IndicatorsFile | None
    problems: tuple[Problem, ...]
    day: dt.date
    own_facts: Mapping[str, Fact] = {}

    @property
    def series(self) -> tuple[Series, ...]:
        return self.given.series

    @property
    def calculations(self) -> tuple[CalculatedFact, ...]:
        """The figures of the member that follow from a worksheet, the one that was counted last first."""
        found = [fact for fact in self.own_facts.values() if isinstance(fact, CalculatedFact)]
        return tuple(sorted(found, key=lambda fact: (-fact.sheet.account.counted.toordinal(), fact.page)))

    @property
    def admission(self) -> Admission:
        return self.given.admission

    def section(self, name: str) -> tuple[Card, ...]:
        """The cards of a section's documents in their order: see ``_order``."""
        kind = SECTIONS.get(name)
        return tuple([page.card for page in self.pages if page.kind is kind])


def assemble(given: LibraryInput, day: dt.date) -> Library:
    """The pages of one site. What keeps it from being published is in the library's problems."""
    admission = given.admission
    site = given.site or _NO_SITE
    problems = [*admission.problems]
    report = problems.append
    links, embeds, builder = _builder(given, report)
    documents = [
        _as_of(day, without_quotes(document, given.expired, report), report)
        for document in sorted(admission.shown.values(), key=_order)
    ]
    built = [builder.page(document, document.meta) for document in documents if document.meta]
    for document in admission.broken:
        builder.body(document, {})  # for the problems in its text
    pages = [page for page in built if not page.document.original]
    pages = [*_with_letters(pages, admission, day, report)]
    problems += [*_in_site_language(admission.documents, site.language), *_collisions(documents)]
    problems += _unknown_languages(admission.shown, site.language)
    problems += _about_problems(site, links, admission, given.site_places)
    own_facts = given.current_facts
    rows = _fact_rows(pages, own_facts)
    planner = planner_of(given.planning, links, day) if given.planning is not None else None
    _report_lacking(links, rows, planner, pages, given.series)
    problems += (problem for series in given.series for problem in as_of(series, day))
    problems += _without_worksheet(pages, given)
    problems += ending_soon(rows, given.fact_places, day)
    used = {image.source.digest for image in embeds.images.values()}
    problems += given.files.unused(used | {source.digest for source in links.attachments.values()})
    return Library(
        given,
        site,
        links.menu("menu", site.menu, given.site_places),
        links.menu("footer_menu", site.footer_menu, given.site_places),
        links.menu("reading_menu", site.reading_menu, given.site_places),
        links.menu("team_menu", site.team_menu, given.site_places),
        links.menu("story_steps", site.story_steps, given.site_places),
        tuple(pages),
        tuple(page for page in built if page.document.original),
        related_pages(pages),
        rows,
        tuple(image for _, image in sorted(embeds.images.items())),
        tuple((path, file) for (path, _), file in sorted(links.attachments.items())),
        tuple(place for path, _, place in links.generated if path == FEED[0]),
        planner,
        given.worksheets,
        given.indicators,
        unique(problems),
        day,
        own_facts,
    )


def reassemble(library: Library, document: Document, day: dt.date) -> tuple[Page | None, tuple[Problem, ...]]:
    """The page of a ``document`` of this library of which only the words are others, and what is wrong there.

    None when it cannot be told without the other pages: it may be left out now, or it shows a file that was
    not published.
    """
    given = library.given
    meta, shown = document.meta, {**given.admission.shown, document.path: document}
    if meta is None or isinstance(meta, Exchange) or refusal(document, meta, given.expired) is not None:
        return None, ()
    given = replace(given, admission=replace(given.admission, shown=shown))
    problems: list[Problem] = []
    links, embeds, builder = _builder(given, problems.append)
    document = _as_of(day, without_quotes(document, given.expired, problems.append), problems.append)
    page = builder.page(document, document.meta or meta)
    _report_lacking(links, library.facts, library.planner, library.pages, given.series)
    published = {image.picture.src for image in library.images} | {path for path, _ in library.attachments}
    used = {*embeds.images, *(path for path, _ in links.attachments)}
    return page if used <= published else None, tuple(problems)


def _builder(given: LibraryInput, report: Report) -> tuple[LinkResolver, EmbedResolver, PageBuilder]:
    """What pages are built with, and what finds the files that they refer to."""
    admission, language = given.admission, (given.site or _NO_SITE).language
    calculations = frozenset(fact.page for fact in given.current_facts.values() if fact.page)
    refused = frozenset(map(page_of, given.refused_facts))
    links = LinkResolver(admission, given.files, language, report, given.lenient, calculations, refused)
    embeds = EmbedResolver(given.files, links, report)
    facts = FactResolver(given.facts, given.expired, report, given.refused_facts)
    return links, embeds, PageBuilder(given.site, links, embeds, facts, admission.channels, report)


def _report_lacking(
    links: LinkResolver,
    rows: Sequence[FactRow],
    planner: Planner | None,
    pages: Sequence[Page],
    series: tuple[Series, ...],
) -> None:
    """Report the links to generated pages that this site does not have."""
    made = {
        FIGURES: rows,
        FIGURES_TABLE: rows,
        PLANNER: planner,
        MUSEUM: exhibits(pages),
        OWN_FIGURES: series,
    }
    lacking = {path for path, content in made.items() if not content}
    for path, written, place in links.generated:
        if path in lacking:
            links.report_missing(written, path, place)


def _as_of(day: dt.date, document: Document, report: Report) -> Document:
    """The document without a last change that is still to come, which would mislead search engines."""
    meta = document.meta
    if meta is None or meta.updated is None or meta.updated <= day:
        return document
    message = text("'updated' is still to come, so it is not shown: {day}", day=meta.updated)
    hint = text("write the day on which the text was last changed")
    report(Problem(document.place("updated"), message, hint, "warning"))
    return replace(document, meta=replace(meta, updated=None))


def _order(document: Document) -> tuple[int, int, bool, int, str]:
    """Kinds as in their table; in a kind by weight, then a member's own, then newest first.

    What is dated, such as news, is in the order of time, whoever it is of.
    """
    meta = document.meta
    national = not document.local and not document.kind.dated
    date = meta.date.toordinal() if meta is not None and meta.date is not None else 0
    return KINDS.index(document.kind), meta.weight if meta else 0, national, -date, document.path


def _with_letters(
    pages: Sequence[Page], admission: Admission, day: dt.date, report: Report
) -> Iterator[Page]:
    """All pages, those of exchanges with their letters."""
    for page in pages:
        if not isinstance(page.meta, Exchange):
            yield page
            continue
        letters = letters_of(page, pages, day)
        due = answer_due(letters, page.meta)
        missing = {document.path for document in admission.withheld} | admission.set_aside
        if not any(posixpath.dirname(path) == page.document.path.removesuffix(".md") for path in missing):
            for problem in rhythm_problems(letters, page.meta.rhythm):  # a missing letter leaves a gap
                report(problem)
            if due is not None and due < day:
                report(late_answer(letters[-1], due))
        yield with_letters(page, letters, due if due is not None and due >= day else None)


def _in_site_language(documents: Iterable[Document], language: str) -> Iterator[Problem]:
    """Translations into the language of the site itself."""
    for document in documents:
        if document.language == language:
            message = text("this site is in '{language}' already", language=document.language)
            hint = text("give the file the name of another language, such as: {name}", name="contact.en.md")
            yield Problem(Place(document.name), message, hint)


def _unknown_languages(paths: Mapping[str, Document], language: str) -> Iterator[Problem]:
    """Files that seem to be translations, and are pages of their own."""
    for path, document in paths.items():
        page, code = seems_translated(path)
        if code and page in paths:
            known = code.lower().replace("_", "-").partition("-")[0]
            hint = text("choose from: {choices}", choices=", ".join(NAMES))
            if known in NAMES:
                name = f"{posixpath.basename(page).removesuffix('.md')}.{known}.md"
                hint = text("give the file this name: {name}", name=name)
            message = text("this is a page in '{language}' and no translation: '{code}' is not known")
            yield Problem(Place(document.name), message.format(code=code, language=language), hint, "warning")


def _collisions(documents: Iterable[Document]) -> Iterator[Problem]:
    """Documents whose pages have the same path."""
    first: dict[str, Document] = {}
    for document in documents:
        other = first.setdefault(document.page, document)
        if other is not document:
            message = text("gets the same address as '{other}': {page}", other=other.name, page=document.page)
            yield Problem(Place(document.name), message, text("rename one of the two files"))


def _about_problems(
    site: Site, links: LinkResolver, admission: Admission, places: Mapping[str, Place]
) -> Iterator[Problem]:
    """Whether ``about`` and ``contact`` of site.yaml are pages at the top of ``content/``."""
    for key, page in (("about", site.about), ("contact", site.contact)):
        place = places.get(key, Place(NATIONAL))
        if not page or links.resolve(page, "", place) is None:
            continue
        document = admission.shown.get(content_path(page, ""))
        if document is None or document.kind is not PAGE:
            yield Problem(
                place,
                text("'{page}' is no page of its own, such as contact.md", page=page),
                text("choose a page that stands in content/ itself"),
            )


def exhibits(pages: Iterable[Page]) -> tuple[Card, ...]:
    """The cards of the stories of which the museum has a thing."""
    return tuple(page.card for page in pages if page.card.exhibit is not None)


def _without_worksheet(pages: Iterable[Page], given: LibraryInput) -> Iterator[Problem]:
    """Pages with a worksheet of which the settings say nothing, so that it is not there."""
    for page in pages:
        name = page.meta.worksheet if isinstance(page.meta, Plain) else None
        owner, file = (given, INDICATORS) if name == "indicators" else (given.worksheets, WORKSHEETS)
        if name and getattr(owner, name) is None:
            message = text("the worksheet '{name}' is not on this page: it has no settings", name=name)
            hint = text("put them in {file}, below '{name}:'", file=f"content/{file}", name=name)
            yield Problem(page.document.place("worksheet"), message, hint)


def _fact_rows(pages: Iterable[Page], own: Mapping[str, Fact]) -> tuple[FactRow, ...]:
    """The facts on these pages, and those of the member with a page of their own, by weight; those that most
    pages use first.
    """
    uses: dict[str, tuple[Fact, list[NavLink]]] = {id: (fact, []) for id, fact in own.items() if fact.page}
    for page in pages:
        for use in page.uses:
            uses.setdefault(use.id, (use.fact, []))[1].append(NavLink(page.meta.title, page.path))
    rows = (FactRow(id, fact, tuple(entries)) for id, (fact, entries) in uses.items())
    return tuple(sorted(rows, key=lambda row: (row.fact.weight, -len(row.pages), row.id)))
