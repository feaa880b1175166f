"""A page of a site: a document with every reference in it resolved."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from microsite.content.consent import Channel
from microsite.content.documents import Document
from microsite.content.front_matter import (
    GENERAL_CONTACT,
    Campaign,
    Evidence,
    Golden,
    Guide,
    Meta,
    Plain,
    Story,
    people,
)
from microsite.content.kinds import Kind
from microsite.content.markdown.rendered import (
    FactMark,
    ImageMark,
    LinkMark,
    Mark,
    RasterMark,
    SlotMark,
    VideoMark,
)
from microsite.content.site_file import Site
from microsite.core.problems import Place, Problem, did_you_mean, text
from microsite.core.records import Record
from microsite.rendering.rasters import raster_of
from microsite.rendering.views import (
    Body,
    Card,
    FactUse,
    Figure,
    NavLink,
    Part,
    Plot,
    Proof,
    Slot,
    Turn,
    Video,
)
from microsite.site.cards import card_of, facets_of, proof_of
from microsite.site.embeds import EmbedResolver
from microsite.site.fact_uses import FactResolver, Uses
from microsite.site.links import LinkResolver, Report, theme_path

MOST_POINTS = 3
"""The highest score for a criterion of the golden award."""
SITE_TERMS = ("roles", "work_fields", "aims", "criteria", "durations", "help_lines")
"""The tables of ``site.yaml`` whose ids front matter may use."""


class Page(Record):
    """A document that is shown, with everything its template prints.

    ``channels`` are those that its people agreed to.
    ``proof`` and ``plots`` are for evidence, ``turns`` for an exchange of letters, ``film`` for a film.
    """

    document: Document
    kind: Kind
    meta: Meta
    path: str
    card: Card
    body: Body
    figure: Figure | None
    uses: tuple[FactUse, ...]
    themes: tuple[NavLink, ...]
    channels: frozenset[Channel]
    plots: tuple[Plot, ...] = ()
    proof: Proof | None = None
    turns: tuple[Turn, ...] = ()
    film: Video | None = None

    @property
    def social(self) -> bool:
        """Whether it may be shared on social networks, and shown in previews on other sites."""
        return "social" in self.channels


def site_terms(meta: Meta) -> Iterator[tuple[str, str, str]]:
    """The values of a front matter that site.yaml has to define: (key, table in site.yaml, value)."""
    for key, person in people(meta):
        if person.work_field:
            yield f"{key}.work_field", "work_fields", person.work_field
    match meta:
        case Story(role=role, help=help_lines):
            yield "role", "roles", role
            for i, id in enumerate(help_lines):
                yield f"help.{i}", "help_lines", id
        case Guide(aim=aim, duration=duration):
            if aim:
                yield "aim", "aims", aim
            if duration:
                yield "duration", "durations", duration
        case Golden(scores=scores):
            for criterion, _ in scores:
                yield f"scores.{criterion}", "criteria", criterion


def linked_pages(meta: Meta) -> Iterator[tuple[str, str]]:
    """The pages that a front matter refers to: (key, path)."""
    if isinstance(meta, Campaign):
        pages = (
            ("lead", meta.lead),
            ("action.page", meta.action.page if meta.action else ""),
            ("reasoning.page", meta.reasoning.page if meta.reasoning else ""),
            *(
                (f"invitation.actions.{i}.page", action.page)
                for i, action in enumerate(meta.invitation.actions if meta.invitation else ())
            ),
        )
        yield from ((key, page) for key, page in pages if page)
    elif isinstance(meta, Plain) and meta.lead:
        yield "lead", meta.lead


def quoted_facts(meta: Meta) -> Iterator[tuple[str, str]]:
    """The ids of the facts in a front matter, each with its key: (key, id)."""
    match meta:
        case Evidence(facts=ids) | Story(facts=ids):
            yield from ((f"facts.{i}", id) for i, id in enumerate(ids))
        case Campaign(reasoning=reasoning, figures=ids):
            if reasoning is not None:
                yield "reasoning.fact", reasoning.fact
            yield from ((f"figures.{i}", id) for i, id in enumerate(ids))
        case Plain(figure=id) if id:
            yield "figure", id


def _unused(meta: Meta) -> Iterator[str]:
    """The keys that are for a page with a question, on one without."""
    if isinstance(meta, Plain) and not meta.question:
        yield from (key for key in ("lead", "figure", "letter") if getattr(meta, key))


class PageBuilder:
    """Builds the pages of one site. ``channels`` are those of each document, by path."""

    def __init__(
        self,
        site: Site | None,
        links: LinkResolver,
        embeds: EmbedResolver,
        facts: FactResolver,
        channels: Mapping[str, frozenset[Channel]],
        report: Report,
    ) -> None:
        known = site or Site("", "", "", "")
        self._has_site = site is not None
        self._language = known.language
        self._themes = {id: NavLink(theme.title, theme_path(id)) for id, theme in known.themes}
        self._terms = {name: dict(getattr(known, name)) for name in SITE_TERMS}
        self._links = links
        self._embeds = embeds
        self._facts = facts
        self._channels = channels
        self._report = report

    def page(self, document: Document, meta: Meta) -> Page:
        """The page of a document with this ``meta``."""
        figures = self._embeds.front_matter_figures(document, meta)
        themes = tuple(self._page_themes(document, meta))
        uses: Uses = {}
        body = self.body(document, uses)
        for key, id in quoted_facts(meta):
            self._facts.use(id, document.place(key), uses)
        evidence = meta if isinstance(meta, Evidence) else None
        plots = self._facts.plots(document, evidence, uses) if evidence else ()
        self._check(document, meta)
        titles = tuple([theme.title for theme in themes])
        facets = facets_of(meta, titles, self._terms)
        language = document.language or self._language
        film = self._embeds.film_of(document, meta, language, figures.get("image"))
        recording = film.file if film is not None else self._embeds.recording(document, meta, language)
        return Page(
            document,
            document.kind,
            meta,
            document.page,
            card_of(document, meta, figures, titles, self._terms["work_fields"], facets, recording),
            body,
            figures.get("image"),
            tuple(uses.values()),
            themes,
            self._channels[document.path],
            plots,
            proof_of(evidence, uses) if evidence else None,
            film=film,
        )

    def body(self, document: Document, uses: Uses) -> Body:
        """The text of a document; the facts in it are added to ``uses``."""
        prose = document.prose
        folder = posixpath.dirname(document.path)
        resolved = tuple([self._resolve(mark, document, folder, uses) for mark in prose.marks])
        return Body(prose.html, resolved, prose.html_digest)

    def _resolve(self, mark: Mark, document: Document, folder: str, uses: Uses) -> Part | None:
        """What a mark is replaced by: "" when it is wrong, None for a link without a target."""
        place = Place(document.written_in, mark.line, mark.column)
        match mark:
            case LinkMark():
                return self._links.resolve(mark.target, folder, place, document.language)
            case FactMark():
                return self._facts.use(mark.id, place, uses) or ""
            case SlotMark():
                return Slot(mark.name)
            case ImageMark():
                return self._embeds.figure(mark, folder, place) or ""
            case RasterMark():
                return raster_of(mark)
            case VideoMark():
                language = document.language or self._language
                return self._embeds.film(mark, folder, place, language) or ""

    def _page_themes(self, document: Document, meta: Meta) -> Iterator[NavLink]:
        for i, tag in enumerate(meta.tags):
            if tag in self._themes:
                yield self._themes[tag]
            else:
                self._report_unknown(document.place(f"tags.{i}"), "themes", tag, self._themes)

    def _check(self, document: Document, meta: Meta) -> None:
        """Report what only the whole site can tell to be wrong."""
        for key, name, term in site_terms(meta):
            if term not in self._terms[name]:
                self._report_unknown(document.place(key), name, term, self._terms[name])
        if meta.contact and meta.contact not in (contacts := [*self._themes, GENERAL_CONTACT]):
            self._report_unknown(document.place("contact"), "themes", meta.contact, contacts)
        for key, target in linked_pages(meta):
            self._links.resolve(target, "", document.place(key))
        for key in _unused(meta):
            message = text("'{key}' is only shown on a page with a 'question'", key=key)
            hint = text("add 'question', one sentence, or take this line out")
            self._report(Problem(document.place(key), message, hint, "warning"))
        if isinstance(meta, Golden):
            for criterion, score in meta.scores:
                if not 0 <= score <= MOST_POINTS:
                    message = text("a score runs from 0 to {most}", most=MOST_POINTS)
                    self._report(Problem(document.place(f"scores.{criterion}"), message))

    def _report_unknown(self, place: Place, key: str, term: str, known: Iterable[str]) -> None:
        if self._has_site:
            message = text("'{word}' is not one of the {key} in site.yaml", word=term, key=key)
            self._report(Problem(place, message, did_you_mean(term, known)))
