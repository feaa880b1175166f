"""Where links lead: to a page, a heading on it, an overview, or a file to download."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from microsite.content.documents import Document
from microsite.content.files import Source
from microsite.content.kinds import SECTIONS, THEMES_FOLDER, may_be_withdrawn, page_path
from microsite.content.markdown.rendered import find_heading, heading_slug
from microsite.content.recalls import path_digest
from microsite.content.series.file import is_table
from microsite.content.site_file import MenuEntry
from microsite.core.file_types import LINKED
from microsite.core.languages import decimal
from microsite.core.problems import Place, Problem, Text, did_you_mean, nearest, text
from microsite.core.urls import content_path, slugify
from microsite.rendering.hosting.policy import FEED
from microsite.rendering.views import Link, NavLink
from microsite.site.moved import moved_here
from microsite.site.people.admission import Admission
from microsite.site.site_files import SiteFiles

FIGURES, FIGURES_TABLE, SEARCH = "cijfers.html", "cijfers.csv", "zoeken.html"
PLANNER = "toolkit/planner.html"
MATERIAL = "toolkit/materiaal.html"
MUSEUM = "verhalen/museum.html"
OWN_FIGURES = "onze-cijfers.html"
GENERATED = frozenset({FIGURES, FIGURES_TABLE, OWN_FIGURES, SEARCH, PLANNER, MUSEUM, FEED[0]})
"""The files of a site without a document or a section that a text can link to, where there are such."""

Report = Callable[[Problem], None]
_ONLY_WORDS = text(
    "it is left out or has moved, and a link is only words; refer to something else, or change the text"
)


_PUT_THERE = text("put the file beside the page, under this name")
_AS_TYPED = text("'{target}' has counts as they were typed in, also those that could point to somebody")
_DOWNLOAD = text("link to {page}: there is a table to download", page=OWN_FIGURES)
_NO_PAGE = text("look what the file is called now; is the page gone, take the link out")


class LinkResolver:
    """Finds what the links of one site refer to, and collects the ``attachments`` among it.

    ``language`` is the site's, ``calculations`` the pages of its own figures, ``refused`` those of
    figures that are told to be wrong where they are. Problems are given to ``report``. ``lenient``: see
    ``LibraryInput``.
    """

    def __init__(
        self,
        admission: Admission,
        files: SiteFiles,
        language: str,
        report: Report,
        lenient: bool = False,
        calculations: frozenset[str] = frozenset(),
        refused: frozenset[str] = frozenset(),
    ) -> None:
        self.attachments: dict[tuple[str, str], Source] = {}  # by published path and digest
        self.generated: list[tuple[str, str, Place]] = []  # links to GENERATED: (path, as written, place)
        self._admission = admission
        self._shown = admission.shown
        self._gone = frozenset(page.path for page in admission.gone)
        moved = moved_here(admission)
        self._moved = {path: moved[path] for path in moved.keys() - self._gone}
        self._files = files
        self.language = language
        self._report = report
        self._lenient = lenient
        self._calculations = calculations
        self._refused = refused

    def resolve(self, written: str, folder: str, place: Place, language: str = "") -> Link | None:
        """The target of a link as an author wrote it on a page in ``folder``; None when it has none.

        A link on a page in another ``language`` leads to the target's translation, if there is one.
        """
        address, _, fragment = written.partition("#")
        path = content_path(address, folder)
        document = self._document(path)
        if document is not None:
            if language and not fragment:
                document = self._shown.get(f"{document.path.removesuffix('.md')}.{language}.md", document)
            return Link(document.page, self._heading(document, fragment, place))
        candidates = _candidates(path)
        if path in self._refused or not self._admission.unlinked.isdisjoint(candidates):
            return None
        if not self._admission.left_out.isdisjoint(candidates):
            message = text("'{target}' is left out, so it is not linked", target=written)
            set_aside = not self._admission.set_aside.isdisjoint(candidates)
            self._report(Problem(place, message, severity="warning" if set_aside else "notice"))
            return None
        if (overview := self._overview(path)) is not None:
            return Link(overview)
        if path in GENERATED:
            self.generated.append((path, written, place))
            return Link(path)
        source = self._files.source(path, place)
        if source is not None and source.suffix in LINKED:
            if self.is_refused(source, written, place):
                return None
            return Link(self.attach(source), size=file_size(source, source.size, language or self.language))
        if (document := self._at_old_address(path)) is not None:
            message = text("'{target}' has moved", target=written)
            hint = text("write: {target}", target=_relative(document.path, folder) + written[len(address) :])
            self._report(Problem(place, message, hint, "warning"))
            return Link(document.page, self._heading(document, fragment, place))
        self.report_missing(written, path, place)
        return None

    def _at_old_address(self, path: str) -> Document | None:
        """The document that was at this path before, by its ``aliases``."""
        pages = map(page_path, _candidates(path)) if self._moved else ()
        return next((self._moved[page] for page in pages if page in self._moved), None)

    def is_refused(self, source: Source, written: str, place: Place) -> bool:
        """Whether this file is not shown, which is then reported: it belongs to somebody who withdrew, the
        terms of a photo are against it, it has counts that are not told, or it is a film, sound or captions
        that cannot be used.
        """
        if is_table(source.path):
            self._report(Problem(place, _AS_TYPED.format(target=written), _DOWNLOAD))
            return True
        if self._is_forbidden(source, written, place):
            return True
        info = self._files.clip(source)
        if isinstance(info, tuple):
            for problem in info:
                self._report(problem)
        return isinstance(info, tuple)

    def _is_forbidden(self, source: Source, written: str, place: Place) -> bool:
        withdrawn, photos = self._admission.files, self._admission.photos
        if not (withdrawn or photos):
            return False
        if source.digest not in withdrawn:
            terms = photos.get(source.digest)
            refusal = terms.refusal(written) if terms is not None else None
            if refusal is not None:
                self._report(Problem(place, refusal.reason, refusal.hint, refusal.severity))
            return refusal is not None
        message = text("'{target}' belongs to somebody who withdrew the consent: left out", target=written)
        hint = text(
            "take it out of this text, and look whether the words around it are about this person too"
        )
        self._report(Problem(place, message, hint, "warning"))
        return True

    def attach(self, source: Source) -> str:
        """Publish this file too; the path where it will be."""
        version = source.digest[:10] if self._files.is_second(source) else ""
        path = attachment_path(source.path, version)
        self.attachments.setdefault((path, source.digest), source)
        return path

    def menu(
        self, key: str, entries: Sequence[MenuEntry], places: Mapping[str, Place]
    ) -> tuple[NavLink, ...]:
        """The entries of a menu in ``site.yaml`` that lead somewhere; ``places`` are those of its keys."""
        menu = []
        for i, entry in enumerate(entries):
            link = self.resolve(entry.page, "", places.get(f"{key}.{i}", Place("site.yaml")))
            if link is not None and link.path == FEED[0]:  # some sites have none
                self.report_missing(entry.page, link.path, places.get(f"{key}.{i}", Place("site.yaml")))
            elif link is not None:
                section, _, name = link.path.partition("/")
                menu.append(NavLink(entry.title, link.path, section if name == "index.html" else ""))
        return tuple(menu)

    def report_missing(self, written: str, path: str, place: Place) -> None:
        """Report that nothing is at ``path``, to which the author referred as ``written``.

        A warning where it may be gone because somebody withdrew: an error would keep the person online.
        """
        gone = self.may_be_gone(path)
        otherwise = _ONLY_WORDS if gone else _PUT_THERE if _is_file(path) else _NO_PAGE
        hint = meant(written, path, self._targets()) or otherwise
        message = text("there is no page or file '{target}'", target=written)
        self._report(Problem(place, message, hint, "warning" if gone else "error"))

    def _targets(self) -> Iterator[str]:
        """What a link can lead to: texts, files to download, and the lists that there are."""
        yield from self._shown
        yield from (known for known in self._files.paths() if _is_file(known))
        lists = (f"{section}/" for section in SECTIONS)
        themes = {tag for document in self._shown.values() if document.meta for tag in document.meta.tags}
        yield from (known for known in lists if self._overview(known.rstrip("/")))
        yield from (f"{THEMES_FOLDER}/{theme}" for theme in themes)

    def may_be_gone(self, path: str) -> bool:
        """Whether what is not there may be gone because of a person, so that it stops no build."""
        removed = not self._gone.isdisjoint(map(page_path, _candidates(path)))
        taken = self._admission.taken
        removed = removed or any(path_digest(one) in taken for one in (path, *_candidates(path)) if taken)
        return self._lenient or removed or may_be_withdrawn(path)

    def _document(self, path: str) -> Document | None:
        found = self._shown.get(path)
        if found is not None:
            return found
        return next((self._shown[p] for p in _candidates(path) if p in self._shown), None)

    def _overview(self, path: str) -> str | None:
        """The pages that are generated without a document: of sections and themes that have pages, and of
        figures.
        """
        if path in self._calculations:
            return path
        section, _, name = path.removesuffix(".html").partition("/")
        if (kind := SECTIONS.get(section)) is not None and name in ("", "index", "index.md"):
            has_pages = any(document.kind is kind for document in self._shown.values())
            return f"{section}/index.html" if has_pages else None
        if section != THEMES_FOLDER:
            return None
        used = {tag for document in self._shown.values() if document.meta for tag in document.meta.tags}
        if name in ("", "index"):
            return "themas/index.html" if used else None
        return theme_path(name) if name in used else None

    def _heading(self, document: Document, fragment: str, place: Place) -> str:
        """The id of the heading that a fragment refers to; "" for the page as a whole."""
        if not fragment:
            return ""
        heading = find_heading(document.prose.headings, fragment)
        if heading is not None:
            return heading.id
        known = [heading_slug(heading.text) for heading in document.prose.headings]
        self._report(
            Problem(
                place,
                text("'{page}' has no heading '#{id}'", page=document.name, id=fragment),
                did_you_mean(fragment, known),
                "notice" if document.rewritten or self._lenient else "error",
            )
        )
        return ""


def meant(written: str, path: str, known: Iterable[str]) -> Text | None:
    """A hint with the one of the ``known`` paths that is most like ``path``, as it can be written there.

    The author wrote ``written``; names are compared first, as a file is more often in another folder.
    """
    by_name: dict[str, list[str]] = {}
    for one in known:
        by_name.setdefault(posixpath.basename(one.rstrip("/")), []).append(one)
    name = posixpath.basename(path)
    near = name if name in by_name else _nearest_name(name, by_name)
    found = nearest(path, by_name[near], 0) if near is not None else None
    if found is None:
        return None
    here = "/" not in written and posixpath.dirname(path) == posixpath.dirname(found)
    return text("did you mean '{near}'?", near=posixpath.basename(found) if here else f"/{found}")


def _nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The name of a file that is most like this one. That both end in ``.md`` does not make them alike."""
    stem, suffix = posixpath.splitext(name)
    by_stem: dict[str, list[str]] = {}
    for one in known:
        by_stem.setdefault(posixpath.splitext(one)[0], []).append(one)
    near = nearest(stem, by_stem, 0.7)
    return nearest(f"{near}{suffix}", by_stem[near], 0) if near is not None else None


def _is_file(path: str) -> bool:
    """Whether a path is that of a file to download, and not of a page."""
    return posixpath.splitext(path)[1].lower() in LINKED


def _relative(path: str, folder: str) -> str:
    """A path in ``content/`` as a page in ``folder`` refers to it."""
    return posixpath.basename(path) if posixpath.dirname(path) == folder else f"/{path}"


def theme_path(theme: str) -> str:
    """The path of the page of a theme, by its id."""
    return f"themas/{slugify(theme)}.html"


def attachment_path(path: str, version: str = "") -> str:
    """Where the file at this path of ``content/`` is published. ``version`` tells two of one path apart."""
    folder, name = posixpath.split(path)
    stem, suffix = posixpath.splitext(name)
    return posixpath.join(
        "bestanden",
        *map(slugify, filter(None, folder.split("/"))),
        slugify(f"{stem} {version}".rstrip()) + suffix.lower(),
    )


def _candidates(path: str) -> tuple[str, ...]:
    """The files that a path may refer to: ``a.md``, or ``a.html``, ``a/`` and ``a`` as in browsers."""
    if path.endswith(".md"):
        return (path,)
    if path == ".":
        return ("index.md",)
    if posixpath.splitext(path)[1] == ".html":
        return (f"{path[:-5]}.md",)
    return f"{path}.md", f"{path}/index.md"


def file_size(source: Source, size: int, language: str) -> str:
    """The type of a file and its size in bytes, such as ``PDF, 1,2 MB`` in Dutch."""
    kilobytes = max(1, round(size / 1000))
    amount = f"{kilobytes} kB" if kilobytes < 1000 else f"{decimal(f'{kilobytes / 1000:.1f}', language)} MB"
    return f"{source.suffix[1:].upper()}, {amount}"
