"""The library: the pages of one site, with their links resolved and their lists in order.

It knows both layers, but no house style: members without texts of their own share one library.
"""

from __future__ import annotations

import datetime as dt
import itertools
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial

from microsite.content.documents import Document
from microsite.content.facts import Fact
from microsite.content.files import Source
from microsite.content.front_matter import (
    Campaign,
    Evidence,
    Exchange,
    Golden,
    Image,
    Meta,
)
from microsite.content.kinds import KINDS, PAGE, SECTIONS
from microsite.content.markdown.rendered import (
    FactMark,
    ImageMark,
    LinkMark,
    Mark,
    SlotMark,
    VideoMark,
    find_heading,
    slug,
)
from microsite.content.site_file import MenuEntry, Site, Theme
from microsite.core.file_types import LINKED, MEDIA_TYPES
from microsite.core.languages import decimal
from microsite.core.problems import Place, Problem, did_you_mean, text, unique
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL
from microsite.core.urls import slugify
from microsite.media.charts import chart as draw
from microsite.media.photos import Photo, Picture
from microsite.media.photos import picture as copies
from microsite.media.svg import Drawing
from microsite.rendering.views import (
    Body,
    Card,
    Entry,
    FactRow,
    FactUse,
    Figure,
    Film,
    Link,
    Part,
    Plot,
    Slot,
    Turn,
)
from microsite.site.admission import Admission
from microsite.site.page import Page, facets, proof_of, quoted_facts, role_of, site_terms
from microsite.site.page import card as page_card
from microsite.site.related import RelatedPages, related_pages

MOST_POINTS = 3
"""The highest score for a criterion of the golden award."""

Look = Photo | Drawing
"""What was found in an image file."""


class LibraryInput(Record):
    """What a library is assembled from. Files and images are by path within ``content/``.

    An image that cannot be used has its problems instead. ``site`` and ``facts`` are None when
    ``site.yaml`` or the register of facts cannot be read.
    """

    admission: Admission
    site: Site | None
    site_places: Mapping[str, Place]
    facts: Mapping[str, Fact] | None
    images: Mapping[str, Look | tuple[Problem, ...]]
    files: Mapping[str, Source]


class Library(Record):
    """Everything that one site shows.

    ``translations`` belong to one of the ``pages``, and are in no list themselves.
    """

    admission: Admission
    site: Site
    menu: tuple[Entry, ...]
    footer_menu: tuple[Entry, ...]
    story_steps: tuple[Entry, ...]
    pages: tuple[Page, ...]
    translations: tuple[Page, ...]
    related: Mapping[str, RelatedPages]
    themes: tuple[tuple[str, Theme], ...]
    facts: tuple[FactRow, ...]
    pictures: tuple[tuple[Source, Picture, Look], ...]
    attachments: tuple[Source, ...]
    problems: tuple[Problem, ...]

    def section(self, name: str) -> tuple[Card, ...]:
        """The cards of a section's documents in their order: weight, then newest first."""
        kind = SECTIONS.get(name)
        return tuple([page.card for page in self.pages if page.kind is kind])

    def tagged(self) -> dict[str, list[Card]]:
        """The cards of each theme, in the same order."""
        cards: dict[str, list[Card]] = {}
        for page in self.pages:
            for theme in dict.fromkeys(page.meta.tags):
                cards.setdefault(theme, []).append(page.card)
        return cards


def assemble(given: LibraryInput, day: dt.date) -> Library:
    """The pages of one site. What keeps it from being published is in the library's problems."""
    return _Assembly(given, day).library()


class _Assembly:
    """The work of ``assemble``; it lives as long as that call."""

    def __init__(self, given: LibraryInput, day: dt.date) -> None:
        self.given = given
        self.day = day
        self.admission = given.admission
        self.problems: list[Problem] = []
        self.shown = {
            document.path: document for document in sorted(given.admission.shown.values(), key=_order)
        }
        self.pictures: dict[str, tuple[Source, Picture, Look]] = {}
        self.by_file: dict[str, Picture] = {}
        self.attachments: dict[str, Source] = {}
        self.site = given.site or Site("", "", "", "")
        self.themes = dict(self.site.themes)
        self.theme_entries = {id: Entry(theme.title, theme_path(id)) for id, theme in self.themes.items()}
        self.words = {
            name: dict(getattr(self.site, name))
            for name in ("roles", "work_fields", "aims", "criteria", "durations", "help_lines")
        }

    def library(self) -> Library:
        for document in self.admission.documents:
            self._check_language(document)
        self._refuse_collisions()
        made = [self._page(document, document.meta) for document in self.shown.values() if document.meta]
        pages = [page for page in made if not page.document.original]
        pages = [
            self._with_letters(page, page.meta, pages) if isinstance(page.meta, Exchange) else page
            for page in pages
        ]
        for document in self.admission.broken:
            self._body(document, {})
        self._check_about()
        return Library(
            self.admission,
            self.site,
            self._menu("menu", self.site.menu),
            self._menu("footer_menu", self.site.footer_menu),
            self._menu("story_steps", self.site.story_steps),
            tuple(pages),
            tuple(page for page in made if page.document.original),
            related_pages(pages),
            self.site.themes,
            _fact_rows(pages),
            tuple(self.pictures[path] for path in sorted(self.pictures)),
            tuple(self.attachments[path] for path in sorted(self.attachments)),
            unique((*self.admission.problems, *self.problems)),
        )

    def _check_language(self, document: Document) -> None:
        if document.language == self.site.language:
            message = text("this site is in '{language}' already", language=document.language)
            hint = text("give the file the name of another language, such as: {name}", name="contact.en.md")
            self.problems.append(Problem(Place(document.name), message, hint))

    def _refuse_collisions(self) -> None:
        first: dict[str, Document] = {}
        for document in self.shown.values():
            other = first.setdefault(document.page, document)
            if other is not document:
                self.problems.append(
                    Problem(
                        Place(document.name),
                        text(
                            "gets the same address as '{other}': {page}", other=other.name, page=document.page
                        ),
                        text("rename one of the two files"),
                    )
                )

    def _check_about(self) -> None:
        place = self.given.site_places.get("about", Place(NATIONAL))
        if not self.site.about or self._target(self.site.about, "", place) is None:
            return
        document = self.shown.get(_absolute(self.site.about, ""))
        if document is None or document.kind is not PAGE:
            self.problems.append(
                Problem(
                    place,
                    text("'{page}' is no page of its own, such as contact.md", page=self.site.about),
                    text("choose a page that stands in content/ itself"),
                )
            )

    # ── one page ──

    def _page(self, document: Document, meta: Meta) -> Page:
        figure = self._own_image(document, meta)
        themes = self._themes(document, meta)
        used: dict[str, FactUse] = {}
        body = self._body(document, used)
        for key, id in quoted_facts(meta):
            self._use(id, document.place(key), used)
        plots: tuple[Plot, ...] = ()
        proof = None
        if isinstance(meta, Evidence):
            plots, proof = self._plots(document, meta, used), proof_of(meta, used)
        self._check_words(document, meta)
        titles = tuple([theme.title for theme in themes])
        filters = facets(meta, titles, self.words)
        card = page_card(document, meta, figure, titles, self.words["work_fields"], filters)
        return Page(
            document,
            document.kind,
            meta,
            document.page,
            card,
            body,
            figure,
            tuple(used.values()),
            themes,
            document.path in self.admission.shareable,
            plots,
            proof,
        )

    def _with_letters(self, page: Page, meta: Exchange, pages: Sequence[Page]) -> Page:
        """The page of an exchange, with all its letters on it, their figures numbered as one text."""
        letters = [other for other in pages if other.document.whole == page.document.path]
        letters.sort(key=lambda letter: (letter.meta.date or self.day, letter.path))
        withheld = any(document.whole == page.document.path for document in self.admission.withheld)
        if not withheld:  # who is not shown leaves a gap that nobody has to mend
            self._check_rhythm(letters, meta.rhythm)
        used = {use.id: use for use in page.uses}
        turns = []
        for letter in letters:
            for use in letter.uses:
                used.setdefault(use.id, FactUse(len(used) + 1, use.id, use.fact))
            resolved = tuple(used[p.id] if isinstance(p, FactUse) else p for p in letter.body.resolved)
            turns.append(Turn(letter.card, role_of(letter.meta), replace(letter.body, resolved=resolved)))
        if turns and turns[-1].by == "worker" and turns[-1].card.date and not meta.closed:
            due = turns[-1].card.date + dt.timedelta(days=meta.rhythm)
            turns[-1] = replace(turns[-1], due=due)
        return replace(page, uses=tuple(used.values()), turns=tuple(turns))

    def _check_rhythm(self, letters: Sequence[Page], rhythm: int) -> None:
        for before, letter in itertools.pairwise(letters):
            one, other = before.meta, letter.meta
            if role_of(one) == role_of(other):
                message = text("two letters of '{role}' after each other", role=role_of(other))
                hint = text("an answer stands between them; look at 'role' and 'date'")
                self.problems.append(Problem(letter.document.place("role"), message, hint, "warning"))
            if one.date and other.date and (days := (other.date - one.date).days) != rhythm:
                message = text("this letter comes {days} days after the one before", days=days)
                hint = text("the rhythm of this exchange is {days} days", days=rhythm)
                self.problems.append(Problem(letter.document.place("date"), message, hint, "warning"))

    def _themes(self, document: Document, meta: Meta) -> tuple[Entry, ...]:
        entries = []
        for i, tag in enumerate(meta.tags):
            theme = self.themes.get(tag)
            if theme is None:
                self._unknown(document.place(f"tags.{i}"), "themes", tag, self.themes)
            else:
                entries.append(self.theme_entries[tag])
        return tuple(entries)

    def _check_words(self, document: Document, meta: Meta) -> None:
        for key, name, word in site_terms(meta):
            if word not in self.words[name]:
                self._unknown(document.place(key), name, word, self.words[name])
        if isinstance(meta, Golden):
            for criterion, score in meta.scores:
                if not 0 <= score <= MOST_POINTS:
                    message = text("a score runs from 0 to {most}", most=MOST_POINTS)
                    self.problems.append(Problem(document.place(f"scores.{criterion}"), message, None))
        if isinstance(meta, Campaign):
            for key, target in (
                ("lead", meta.lead),
                ("action.page", meta.action.page if meta.action else ""),
                ("reasoning.page", meta.reasoning.page if meta.reasoning else ""),
            ):
                if target:
                    self._target(target, "", document.place(key))

    def _unknown(self, place: Place, key: str, word: str, known: Iterable[str]) -> None:
        if self.given.site is None:
            return
        self.problems.append(
            Problem(
                place,
                text("'{word}' is not one of the {key} in site.yaml", word=word, key=key),
                did_you_mean(word, known),
            )
        )

    # ── marks ──

    def _body(self, document: Document, used: dict[str, FactUse]) -> Body:
        prose = document.prose
        folder = posixpath.dirname(document.path)
        resolved = tuple([self._resolve(mark, document, folder, used) for mark in prose.marks])
        return Body(prose.html, resolved, prose.html_digest)

    def _resolve(self, mark: Mark, document: Document, folder: str, used: dict[str, FactUse]) -> Part | None:
        """What a mark comes to: "" where it is wrong, None for a link that leads nowhere."""
        place = Place(document.written_in, mark.line, mark.column)
        match mark:
            case LinkMark():
                return self._target(mark.target, folder, place, document.language)
            case FactMark():
                return self._use(mark.id, place, used) or ""
            case SlotMark():
                return Slot(mark.name)
            case ImageMark():
                found = self._picture(mark, folder, lambda: place)
                if found is None:
                    return ""
                return Figure(found, mark.alt, mark.caption, mark.credit, not mark.alt)
            case VideoMark():
                return self._film(mark, folder, place) or ""

    def _use(self, id: str, place: Place, used: dict[str, FactUse]) -> FactUse | None:
        if self.given.facts is None:
            return None
        fact = self.given.facts.get(id)
        if fact is None:
            self.problems.append(
                Problem(
                    place,
                    text("there is no fact '{id}' in the register", id=id),
                    did_you_mean(id, self.given.facts),
                )
            )
            return None
        if fact.valid_until is not None and fact.valid_until < self.day:
            self.problems.append(
                Problem(
                    place,
                    text("the fact '{id}' was valid until {day}", id=id, day=fact.valid_until),
                    text("look up the new figure and note it in the register, or take it out of the text"),
                )
            )
        return used.setdefault(id, FactUse(len(used) + 1, id, fact))

    def _plots(self, document: Document, meta: Evidence, used: dict[str, FactUse]) -> tuple[Plot, ...]:
        plots = []
        for i, chart in enumerate(meta.charts):
            key = f"charts.{i}"
            found = [
                (row.label, self._use(row.fact, document.place(f"{key}.rows.{n}.fact"), used))
                for n, row in enumerate(chart.rows)
            ]
            rows = tuple((label, use) for label, use in found if use is not None)
            units = sorted({use.fact.unit for _, use in rows})
            if len(units) > 1:
                message = text(
                    "this chart sets figures of different kinds side by side: {units}", units="; ".join(units)
                )
                hint = text("take figures with the same 'unit', or make two charts")
                self.problems.append(Problem(document.place(key), message, hint))
            points = [(label, use.fact.text, use.fact.value) for label, use in rows]
            plots.append(Plot(chart.title, draw(chart.shape, points, chart.whole), rows))
        return tuple(plots)

    def _target(self, written: str, folder: str, place: Place, language: str = "") -> Link | None:
        """Where a reference leads; None, with a problem noted, when there is nothing to link to.

        From a page in another language to that of the page there, if it has one.
        """
        address, _, fragment = written.partition("#")
        path = _absolute(address, folder)
        document = self.shown.get(path)
        if document is None:
            document = next((self.shown[p] for p in _spellings(path) if p in self.shown), None)
        if document is not None:
            if language and not fragment:
                document = self.shown.get(f"{document.path.removesuffix('.md')}.{language}.md", document)
            return Link(document.page, self._heading(document, fragment, place))
        if any(p in self.admission.unlinked for p in _spellings(path)):
            return None
        if any(p in self.admission.left_out for p in _spellings(path)):
            self.problems.append(
                Problem(
                    place,
                    text("'{target}' is left out, so it is not linked", target=written),
                    None,
                    "notice",
                )
            )
            return None
        if (overview := self._overview(path)) is not None:
            return Link(overview)
        source = self.given.files.get(path)
        if source is not None and source.suffix in LINKED:
            self.attachments[path] = source
            return Link(attachment_path(path), size=_size(source, language or self.site.language))
        self._missing(written, path, place)
        return None

    def _overview(self, path: str) -> str | None:
        """The pages that no file stands for: those of the themes that are used."""
        section, _, theme = path.removesuffix(".html").partition("/")
        used = {tag for document in self.shown.values() if document.meta for tag in document.meta.tags}
        if section == "themas" and theme in ("", "index"):
            return "themas/index.html" if used else None
        return theme_path(theme) if section == "themas" and theme in used else None

    def _heading(self, document: Document, fragment: str, place: Place) -> str:
        """The id of the heading that is meant; "" for the page as a whole."""
        if not fragment:
            return ""
        heading = find_heading(document.prose.headings, fragment)
        if heading is not None:
            return heading.id
        known = [slug(heading.text) for heading in document.prose.headings]
        self.problems.append(
            Problem(
                place,
                text("'{page}' has no heading '#{id}'", page=document.name, id=fragment),
                did_you_mean(fragment, known),
                "notice" if document.rewritten else "error",
            )
        )
        return ""

    def _missing(self, written: str, path: str, place: Place) -> None:
        known = [*self.shown, *(p for p, s in self.given.files.items() if s.suffix in LINKED)]
        near = did_you_mean(posixpath.basename(path), [posixpath.basename(p) for p in known])
        self.problems.append(
            Problem(place, text("there is no page or file '{target}'", target=written), near)
        )

    # ── images and films ──

    def _own_image(self, document: Document, meta: Meta) -> Figure | None:
        image = meta.image
        if image is None:
            return None
        place = partial(document.place, "image.src")
        found = self._picture(image, posixpath.dirname(document.path), place)
        if found is None:
            return None
        return Figure(found, "" if image.decorative else image.alt, "", image.credit, image.decorative)

    def _picture(self, image: Image | ImageMark, folder: str, place: Callable[[], Place]) -> Picture | None:
        """The copies of an image that a page shows; None, with a problem noted, when it cannot."""
        path = _absolute(image.src, folder)
        found = self.by_file.get(path) or self._copied(image.src, path, place)
        if found is not None and not image.credit and not image.src.lower().endswith(".svg"):
            self.problems.append(
                Problem(
                    place(),
                    text("the photo '{src}' has no credit", src=image.src),
                    text("say who made it: 'credit: …' in the front matter, '… Foto: name' in the text"),
                )
            )
        return found

    def _copied(self, src: str, path: str, place: Callable[[], Place]) -> Picture | None:
        source = self.given.files.get(path)
        if source is None or path not in self.given.images:
            images = [posixpath.basename(p) for p in self.given.images]
            self.problems.append(
                Problem(
                    place(),
                    text("there is no image '{src}'", src=src),
                    did_you_mean(posixpath.basename(src), images)
                    if images
                    else text("put the image beside the page"),
                )
            )
            return None
        look = self.given.images[path]
        if isinstance(look, tuple):
            self.problems += look
            return None
        picture = _copies(look, source)
        self.by_file[path] = self.pictures.setdefault(picture.src, (source, picture, look))[1]
        return self.by_file[path]

    def _film(self, mark: VideoMark, folder: str, place: Place) -> Film | None:
        path = _absolute(mark.src, folder)
        source = self.given.files.get(path)
        stem, suffix = posixpath.splitext(path)
        if source is None:
            self._missing(mark.src, path, place)
            return None
        captions = self.given.files.get(f"{stem}.vtt")
        transcript = self.given.files.get(f"{stem}.txt")
        if captions is None or transcript is None:
            self.problems.append(
                Problem(
                    place,
                    text("the film '{src}' has no captions or no written version", src=mark.src),
                    text("put '{vtt}' and '{txt}' beside it", vtt=f"{stem}.vtt", txt=f"{stem}.txt"),
                )
            )
            return None
        for file in (source, captions, transcript):
            self.attachments[file.path] = file
        return Film(
            attachment_path(path),
            MEDIA_TYPES[suffix.lower()],
            mark.title,
            attachment_path(captions.path),
            attachment_path(transcript.path),
        )

    # ── menus ──

    def _menu(self, key: str, entries: Sequence[MenuEntry]) -> tuple[Entry, ...]:
        menu = []
        for i, entry in enumerate(entries):
            target = self._target(
                entry.page, "", self.given.site_places.get(f"{key}.{i}", Place("site.yaml"))
            )
            if target is not None:
                menu.append(Entry(entry.title, target.path, target.path.partition("/")[0]))
        return tuple(menu)


# ── helpers without a state ───────────────────────────────────────────────────


def theme_path(theme: str) -> str:
    return f"themas/{slugify(theme)}.html"


def _size(source: Source, language: str) -> str:
    """Kind and size of a file as people read them: in Dutch ``PDF, 1,2 MB``."""
    kilobytes = max(1, round(source.size / 1000))
    amount = f"{kilobytes} kB" if kilobytes < 1000 else f"{decimal(f'{kilobytes / 1000:.1f}', language)} MB"
    return f"{source.suffix[1:].upper()}, {amount}"


def attachment_path(path: str) -> str:
    """Where a file is published that a page links to."""
    folder, name = posixpath.split(path)
    stem, suffix = posixpath.splitext(name)
    return posixpath.join(
        "bestanden", *map(slugify, filter(None, folder.split("/"))), slugify(stem) + suffix.lower()
    )


def _order(document: Document) -> tuple[int, int, int, str]:
    """Kinds as in their table; in a kind by weight, then newest first."""
    meta = document.meta
    date = meta.date.toordinal() if meta is not None and meta.date is not None else 0
    return KINDS.index(document.kind), meta.weight if meta else 0, -date, document.path


def _fact_rows(pages: Iterable[Page]) -> tuple[FactRow, ...]:
    uses: dict[str, tuple[Fact, list[Entry]]] = {}
    for page in pages:
        for use in page.uses:
            uses.setdefault(use.id, (use.fact, []))[1].append(Entry(page.meta.title, page.path))
    rows = (FactRow(id, fact, tuple(entries)) for id, (fact, entries) in uses.items())
    return tuple(sorted(rows, key=lambda row: (-len(row.pages), row.id)))


@lru_cache(maxsize=65536)
def _absolute(written: str, folder: str) -> str:
    """The path in ``content/`` of a reference from a page in ``folder``."""
    if written.startswith("/"):
        return posixpath.normpath(written.lstrip("/") or ".")
    return posixpath.normpath(posixpath.join(folder, written))


def _spellings(path: str) -> tuple[str, ...]:
    """The files that an address may mean: ``a.md`` itself, and ``a/`` or ``a`` as browsers know them."""
    if path.endswith(".md"):
        return (path,)
    if path == ".":
        return ("index.md",)
    if posixpath.splitext(path)[1] == ".html":
        return (f"{path[:-5]}.md",)
    return f"{path}.md", f"{path}/index.md"


def _copies(look: Look, source: Source) -> Picture:
    stem = posixpath.splitext(posixpath.basename(source.path))[0]
    if isinstance(look, Photo):
        return copies(look, stem)
    return Picture(
        round(look.width), round(look.height), (), f"beeld/{slugify(stem)[:40]}-{source.digest[:10]}.svg"
    )
