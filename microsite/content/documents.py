"""Documents: one page of the campaign, parsed and rendered once for all brands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

from microsite.content import schema
from microsite.content.consent import Consent
from microsite.content.front_matter import Evidence, Golden, Letter, Meta
from microsite.content.kinds import AnyMeta, Kind, kind_of, needs_consent, page_path
from microsite.content.markdown.rendered import RenderedText
from microsite.content.overrides import PAGE_ITSELF, TEXT, File, SplitFile, merge
from microsite.content.tree import MappingNode, Node, ScalarNode, key_positions
from microsite.core.languages import translated
from microsite.core.problems import InvalidFile, Place, Problem, text
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL

SUMMARY_LIMIT = 160
SHARE_LIMIT = 200
"""With an address behind it, this fits in one message of the network with the shortest ones: 300 signs."""
NO_TEXT = RenderedText()


class Document(Record):
    """A text that was read. ``meta`` is None when problems stand in the way.

    ``page`` is the path of its page. ``names`` are the files that it is made of, a
    member's own before the national one that it changes; ``written_in`` is the one
    that its text stands in. ``spots`` are where its front matter keys stand, for problems that only the
    whole site can know; in MessagePack, since few are asked for. ``original`` is the path of the page
    that this one translates and ``language`` what its file's name says; "" for most. ``unclear``:
    something is said of a consent, and it cannot be read.
    """

    path: str
    page: str
    names: tuple[str, ...]
    layer: str
    meta: AnyMeta | None
    written_in: str = ""
    prose: RenderedText = NO_TEXT
    problems: tuple[Problem, ...] = ()
    key_positions: Mapping[str, Mapping[str, tuple[int, int]]] = {}
    original: str = ""
    language: str = ""
    unclear: bool = False

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def kind(self) -> Kind:
        return kind_of(self.path)

    @property
    def redacted(self) -> bool:
        """Is it of somebody who is not shown, so that nothing of what it says was kept?"""
        return self.meta is not None and not self.meta.title

    @property
    def rewritten(self) -> bool:
        """Has a member's text taken the place of the national one? Links to its headings may miss then."""
        return len(self.names) > 1 and self.written_in == self.names[0]

    @property
    def local(self) -> bool:
        """Is this a page of a member's own, as opposed to a national one, changed or not?"""
        return self.layer != NATIONAL and len(self.names) == 1 and not self.original

    @property
    def own(self) -> tuple[str, ...]:
        """What of it is a member's own: ``PAGE_ITSELF``, or the keys and ``TEXT`` that it changed."""
        if self.local:
            return (PAGE_ITSELF,)
        if len(self.names) == 1:
            return ()
        keys = self.key_positions.get(self.name, {})
        own = tuple(key for key in keys if "." not in key and key != "based_on")
        return (*own, TEXT) if self.rewritten else own

    @property
    def whole(self) -> str:
        """The path of the text that this one is a part of: a letter of its exchange. "" for most."""
        return f"{posixpath.dirname(self.path)}.md" if self.kind.part_of else ""

    @property
    def section(self) -> str:
        return self.path.partition("/")[0] if "/" in self.path else ""

    def place(self, key: str = "") -> Place:
        """Where this key of the front matter stands, or else the file."""
        found = (Place(path, *keys[key]) for path, keys in self.key_positions.items() if key in keys)
        return next(found, Place(self.name, 1))


# ── reading ───────────────────────────────────────────────────────────────────


def parse(file: File) -> Document:
    """Parse and render one file. Nothing is raised: what is wrong is in the document's ``problems``."""
    try:
        merged = merge(file)
    except InvalidFile as error:
        return _unreadable(file, error.problem)
    if isinstance(merged, Problem):
        return _bare(file, (merged,))
    return _document(file, merged)


def timed_out(file: File) -> Document:
    """The document of a file that could not be parsed in time, or crashed the parser."""
    problem = Problem(
        Place(file.name),
        text("this text takes too long to read, so it was stopped"),
        text("look for long rows of brackets, quotes or list marks"),
    )
    return _bare(file, (problem,))


def _document(file: File, split: SplitFile) -> Document:
    kind, tree = kind_of(file.path), split.front_matter
    consent, unclear = _consent(tree.get("consent"))
    others = MappingNode(tree.place, tuple((key, node) for key, node in tree.items if key.text != "consent"))
    reading = schema.read(kind.record, others)
    document = replace(
        _bare(file, (*split.problems, *reading.problems, *unclear)),
        meta=reading.record and replace(reading.record, consent=consent),
        written_in=split.name,
        unclear=consent is None and tree.get("consent") is not None,
        key_positions=_key_positions(tree),
    )
    if not _may_be_kept(kind, tree, consent):
        return _redacted(document, consent)
    from microsite.content.markdown import reader as markdown  # slow to import: see there

    prose, prose_problems = markdown.render(split.body, split.name, split.first_line, file.language)
    document = replace(document, prose=prose)
    advice = () if reading.problems else tuple(_advice(document))  # a misspelt key is not a missing one
    return replace(document, problems=(*document.problems, *prose_problems, *advice))


def _key_positions(front_matter: MappingNode) -> dict[str, dict[str, tuple[int, int]]]:
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for key, place in key_positions(front_matter):
        found.setdefault(place.path, {})[key] = place.line, place.column
    return found


def _consent(node: Node | None) -> tuple[Consent | None, tuple[Problem, ...]]:
    """The consent, and what is unclear about it.

    A consent that cannot be read keeps the person off the site, but must not
    keep the site as it was: it may be a withdrawal with a typing error.
    """
    if node is None:
        return None, ()
    if not isinstance(node, MappingNode):
        problem = Problem(node.place, text("the consent cannot be read"), text("write its keys below it"))
        return None, (replace(problem, severity="warning"),)
    reading = schema.read(Consent, node)
    unclear = tuple(replace(problem, severity="warning") for problem in reading.problems)
    return None if unclear else reading.record, unclear


def _may_be_kept(kind: Kind, tree: MappingNode, consent: Consent | None) -> bool:
    """Is it clear from the file alone that what it says of a person may be read and remembered?"""
    if tree.get("consent") is not None:
        return consent is not None and consent.status == "valid"
    fictional = tree.get("fictional")
    made_up = isinstance(fictional, ScalarNode) and schema.is_yes(fictional.text)
    return made_up or not needs_consent(kind, tree)


def _redacted(document: Document, consent: Consent | None) -> Document:
    """Somebody who may not be shown: nothing is kept but that, and no mistake elsewhere stands in its way."""
    unclear = tuple(p for p in document.problems if p.severity == "warning" and consent is None)
    return replace(document, meta=Meta(title="", consent=consent), problems=unclear)


def _unreadable(file: File, problem: Problem) -> Document:
    """A file that cannot be read. One that speaks of a withdrawal counts as withdrawn all the same."""
    document = _bare(file, (problem,))
    if not any(mentions_withdrawal(part.data) for part in (file, file.original) if part is not None):
        return document
    document = replace(document, key_positions={file.name: {"consent": (1, 0)}}, unclear=True)
    return _redacted(replace(document, problems=()), None)


def mentions_withdrawal(data: bytes) -> bool:
    """Does this file say that a consent was withdrawn, even where it cannot be read?"""
    return _WITHDRAWN.search(data) is not None


_WITHDRAWN = re.compile(rb"\bstatus\s*:\s*[\"']?withdrawn\b")


def _bare(file: File, problems: tuple[Problem, ...]) -> Document:
    """What is known of a file before it is read, and what is wrong with it."""
    page, language = translated(file.path)
    names = (file.name,) if file.base is None else (file.name, file.base.name)
    return Document(
        file.path,
        page_path(file.path),
        names,
        file.layer,
        None,
        problems=problems,
        original=page if language else "",
        language=language,
    )


def _advice(document: Document) -> Iterable[Problem]:
    """What the types cannot say."""
    meta = document.meta
    if meta is None:
        return
    yield from _too_long(document, meta)
    if not meta.summary and document.kind.section:
        yield Problem(document.place(), text("'{key}' is missing", key="summary"), None)
    if document.kind.dated and meta.date is None:
        yield Problem(document.place(), text("'{key}' is missing", key="date"), None)
    if meta.updated and meta.date and meta.updated < meta.date:
        yield Problem(document.place("updated"), text("'updated' lies before 'date'"), None, "warning")
    image = meta.image
    if image is not None and not image.alt and not image.decorative:
        yield Problem(
            document.place("image"),
            text("the image has no text for who cannot see it"),
            text("add 'alt: …', or 'decorative: true' when it tells nothing"),
        )
    if isinstance(meta, Golden) and meta.award == "person" and meta.person is None:
        yield Problem(document.place("award"), text("'{key}' is missing", key="person"), None)
    if isinstance(meta, Letter) and b'id="' in document.prose.html:
        yield Problem(
            document.place("title"),
            text("a letter has no headings and no footnotes"),
            text("it is read together with the others; write it as people write letters"),
        )
    if isinstance(meta, Evidence) and not 1 <= meta.strength <= 5:
        yield Problem(document.place("strength"), text("'strength' runs from 1 to 5"), None)


def _too_long(document: Document, meta: Meta) -> Iterable[Problem]:
    """Texts that others cut off where they show them."""
    for key, words, limit, message, hint in (
        ("summary", meta.summary, SUMMARY_LIMIT, _LONG_SUMMARY, _SHORTER_SUMMARY),
        ("share", meta.share, SHARE_LIMIT, _LONG_SHARE, _SHORTER_SHARE),
    ):
        if len(words) > limit:
            problem = message.format(count=len(words)), hint.format(limit=limit)
            yield Problem(document.place(key), *problem, "warning")


_LONG_SUMMARY = text("the summary has {count} characters")
_SHORTER_SUMMARY = text("keep it within {limit}: it is shown in lists and when people share the page")
_LONG_SHARE = text("the text to share has {count} characters")
_SHORTER_SHARE = text("keep it within {limit}: with the address of the page it has to fit in one message")
