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
from microsite.content.front_matter import Exchange
from microsite.content.kinds import KINDS, PAGE, SECTIONS
from microsite.content.site_file import Site
from microsite.core.languages import NAMES, seems_translated
from microsite.core.problems import Place, Problem, text, unique
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL
from microsite.core.urls import content_path
from microsite.rendering.hosting.policy import FEED
from microsite.rendering.views import Card, FactRow, NavLink
from microsite.site.embeds import EmbedResolver, PublishedImage
from microsite.site.exchanges import answer_due, late_answer, letters_of, rhythm_problems, with_letters
from microsite.site.expired_facts import Expired, ending_soon, without_quotes
from microsite.site.fact_uses import FactResolver
from microsite.site.links import FIGURES, FIGURES_TABLE, LinkResolver, Report
from microsite.site.page import Page, PageBuilder
from microsite.site.people.admission import Admission
from microsite.site.related import RelatedPages, related_pages
from microsite.site.site_files import SiteFiles


class LibraryInput(Record):
    """What a library is assembled from.

    ``site`` and ``facts`` are None when ``site.yaml`` or the register of facts cannot be read; ``expired``
    are those of the facts. ``lenient``: a reference to what is not there is no error, see ``Pipeline.plan``.
    """

    admission: Admission
    site: Site | None
    site_places: Mapping[str, Place]
    facts: Mapping[str, Fact] | None
    fact_places: Mapping[str, Place]
    expired: Expired
    files: SiteFiles
    lenient: bool = False


class Library(Record):
    """Everything that one site shows.

    ``translations`` belong to one of the ``pages``, and are in no list themselves. ``attachments`` are by
    the path where they are published. ``feed_links`` are where texts link to the feed.
    """

    admission: Admission
    site: Site
    menu: tuple[NavLink, ...]
    footer_menu: tuple[NavLink, ...]
    story_steps: tuple[NavLink, ...]
    pages: tuple[Page, ...]
    translations: tuple[Page, ...]
    related: Mapping[str, RelatedPages]
    facts: tuple[FactRow, ...]
    images: tuple[PublishedImage, ...]
    attachments: tuple[tuple[str, Source], ...]
    feed_links: tuple[Place, ...]
    problems: tuple[Problem, ...]

    def section(self, name: str) -> tuple[Card, ...]:
        """The cards of a section's documents in their order: weight, then newest first."""
        kind = SECTIONS.get(name)
        return tuple([page.card for page in self.pages if page.kind is kind])


def assemble(given: LibraryInput, day: dt.date) -> Library:
    """The pages of one site. What keeps it from being published is in the library's problems."""
    admission = given.admission
    site = given.site or Site("", "", "", "")
    problems = [*admission.problems]
    report = problems.append
    links = LinkResolver(admission, given.files, site.language, report, given.lenient)
    embeds = EmbedResolver(given.files, links, report)
    facts = FactResolver(given.facts, given.expired, report)
    builder = PageBuilder(given.site, links, embeds, facts, admission.shareable, report)
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
    rows = _fact_rows(pages)
    if not rows:
        for path, written, place in links.generated:
            if path in (FIGURES, FIGURES_TABLE):
                links.report_missing(written, path, place)
    problems += ending_soon(rows, given.fact_places, day)
    used = {image.source.digest for image in embeds.images.values()}
    problems += given.files.unused(used | {source.digest for source in links.attachments.values()})
    return Library(
        admission,
        site,
        links.menu("menu", site.menu, given.site_places),
        links.menu("footer_menu", site.footer_menu, given.site_places),
        links.menu("story_steps", site.story_steps, given.site_places),
        tuple(pages),
        tuple(page for page in built if page.document.original),
        related_pages(pages),
        rows,
        tuple(image for _, image in sorted(embeds.images.items())),
        tuple((path, file) for (path, _), file in sorted(links.attachments.items())),
        tuple(place for path, _, place in links.generated if path == FEED[0]),
        unique(problems),
    )


def _as_of(day: dt.date, document: Document, report: Report) -> Document:
    """The document without a last change that is still to come, which would mislead search engines."""
    meta = document.meta
    if meta is None or meta.updated is None or meta.updated <= day:
        return document
    message = text("'updated' is still to come, so it is not shown: {day}", day=meta.updated)
    hint = text("write the day on which the text was last changed")
    report(Problem(document.place("updated"), message, hint, "warning"))
    return replace(document, meta=replace(meta, updated=None))


def _order(document: Document) -> tuple[int, int, int, str]:
    """Kinds as in their table; in a kind by weight, then newest first."""
    meta = document.meta
    date = meta.date.toordinal() if meta is not None and meta.date is not None else 0
    return KINDS.index(document.kind), meta.weight if meta else 0, -date, document.path


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
    """Whether the ``about`` of site.yaml is a page at the top of ``content/``."""
    place = places.get("about", Place(NATIONAL))
    if not site.about or links.resolve(site.about, "", place) is None:
        return
    document = admission.shown.get(content_path(site.about, ""))
    if document is None or document.kind is not PAGE:
        yield Problem(
            place,
            text("'{page}' is no page of its own, such as contact.md", page=site.about),
            text("choose a page that stands in content/ itself"),
        )


def _fact_rows(pages: Iterable[Page]) -> tuple[FactRow, ...]:
    """The facts on these pages, those that most pages use first."""
    uses: dict[str, tuple[Fact, list[NavLink]]] = {}
    for page in pages:
        for use in page.uses:
            uses.setdefault(use.id, (use.fact, []))[1].append(NavLink(page.meta.title, page.path))
    rows = (FactRow(id, fact, tuple(entries)) for id, (fact, entries) in uses.items())
    return tuple(sorted(rows, key=lambda row: (-len(row.pages), row.id)))
