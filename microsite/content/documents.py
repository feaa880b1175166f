"""Documents: one page of the campaign, parsed and rendered once for all brands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from microsite.content import schema
from microsite.content.aliases import alias_problems, aliases
from microsite.content.consent import Consent, Status, mentioned_withdrawal
from microsite.content.consents import KEY, Consents, read_consents, without_consents
from microsite.content.facts import two_readings
from microsite.content.files import MAX_TEXT_BYTES, too_large
from microsite.content.front_matter import Evidence, Film, Golden, Interview, Letter, Meta, Sound
from microsite.content.keywords import keyword_problems
from microsite.content.kinds import AnyMeta, Kind, kind_of, needs_consent, page_path, section_of
from microsite.content.markdown.notes import NOTE, NOTE_HINT, seems_note
from microsite.content.markdown.rendered import RenderedText
from microsite.content.override_messages import PAGE_ITSELF, TEXT
from microsite.content.overrides import MarkdownFile, NameClash, SplitFile, merge
from microsite.content.personal_data import personal_data
from microsite.content.tree import MappingNode, ScalarNode, key_positions, scalars
from microsite.core.invisible import blank, harmful
from microsite.core.languages import translated
from microsite.core.problems import InvalidFile, Place, Problem, Severity, errors, text
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL
from microsite.core.workers import CRASHED

SUMMARY_LIMIT = 160
SHARE_LIMIT = 200
"""With a URL this fits the shortest messages of social networks, those of Bluesky: 300 characters."""
NO_TEXT = RenderedText()
TO_FILL_IN = "…"
"""What stands in a new text where something has to be written."""


class Document(Record):
    """A Markdown file, parsed and rendered. ``meta`` is None when its front matter is not valid.

    ``path`` is that of the file within ``content/``, ``page`` that of the HTML page within the site.
    ``names`` are its source files as in messages, a member's before the national one that it overrides;
    ``written_in`` is the one that the text is from. ``key_positions`` are the line and column of each key of
    the front matter, by file name. ``original`` is the path of the document that this one translates, into
    ``language``; both are "" for an original. ``consents`` are all of it, by key: its own, and those of the
    people in its lists. ``unclear`` is the key of one that cannot be read, ``lacking`` that of a person in a
    list who has none. ``clashes``: it is a member's, and not shown because the national page at its path is
    another one. ``aliases`` are the paths within the site where its page was before, with their dotted keys.
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
    consents: tuple[tuple[str, Consent], ...] = ()
    unclear: str = ""
    lacking: str = ""
    clashes: bool = False
    aliases: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def kind(self) -> Kind:
        return kind_of(self.path)

    @property
    def redacted(self) -> bool:
        """Whether it needs a consent that it does not have, so that only the consent was kept."""
        return self.meta is not None and not self.meta.title

    @property
    def rewritten(self) -> bool:
        """Whether a member replaced the national text, whose headings may be gone."""
        return len(self.names) > 1 and self.written_in == self.names[0]

    @property
    def local(self) -> bool:
        """Whether a member added this page, as opposed to a national one, overridden or not."""
        return self.layer != NATIONAL and len(self.names) == 1 and not self.original

    @property
    def own(self) -> tuple[str, ...]:
        """What a member wrote: ``PAGE_ITSELF``, or the keys, and ``TEXT``, that it overrides."""
        if self.local:
            return (PAGE_ITSELF,)
        if len(self.names) == 1:
            return ()
        keys = self.key_positions.get(self.name, {})
        own = tuple(key for key in keys if "." not in key and key != "based_on")
        return (*own, TEXT) if self.rewritten else own

    def is_reworded(self, other: Document) -> bool:
        """Whether it is ``other`` but for its words, and what is told of them."""
        words = {"prose": NO_TEXT, "problems": (), "key_positions": {}}
        return replace(self, **words) == replace(other, **words)

    @property
    def parent(self) -> str:
        """The path of the document that this one is a part of, such as a letter's exchange; or ""."""
        return f"{posixpath.dirname(self.path)}.md" if self.kind.part_of else ""

    @property
    def section(self) -> str:
        folder = self.path.partition("/")[0] if "/" in self.path else ""
        return section_of(folder) or folder

    def place(self, key: str = "") -> Place:
        """Where a dotted key is in the front matter; the file, for one that is not there."""
        found = (Place(path, *keys[key]) for path, keys in self.key_positions.items() if key in keys)
        return next(found, Place(self.name, 1))


# ── parsing ──


def parse(file: MarkdownFile, early: bool = False, asking: bool = False) -> Document:
    """Parse and render one file. Nothing is raised: what is wrong is in the document's ``problems``.

    ``early``: a text whose consent is still pending is read too, and a draft for which nobody was asked yet,
    for its editors. ``asking``: so is each other that nobody withdrew, for the people in it who are to
    decide. Such documents must not get into a cache.
    """
    if len(file.data) > MAX_TEXT_BYTES:
        return _unreadable(file, too_large(Place(file.name), len(file.data), MAX_TEXT_BYTES))
    try:
        merged = merge(file)
    except InvalidFile as error:
        return _unreadable(file, error.problem)
    if isinstance(merged, Problem):
        return _bare(file, (merged,))
    if isinstance(merged, NameClash):
        return _clashing(file, merged)
    statuses: tuple[Status, ...] = ("valid", "pending") if early else ("valid",)
    return _document(file, merged, None if asking else statuses)


def timed_out(file: MarkdownFile) -> Document:
    """The document of a file that could not be parsed in time."""
    problem = Problem(
        Place(file.name),
        text("this text takes too long to read, so it was stopped"),
        text("look for long rows of brackets, quotes or list marks"),
    )
    return _bare(file, (problem,))


def crashed(file: MarkdownFile) -> Document:
    """The document of a file during which the process ended: the parser crashed, or memory ran out."""
    return _bare(file, (CRASHED.in_file(file.name),))


def _document(file: MarkdownFile, split: SplitFile, kept: tuple[Status, ...] | None) -> Document:
    kind, tree = kind_of(file.path), split.front_matter
    consents = read_consents(tree)
    if split.withdrawn:
        given, slips = (*consents.given, *split.withdrawn), (*consents.slips, *split.problems)
        consents = replace(consents, given=given, slips=slips)
    validated = schema.validate(kind.record, without_consents(tree))
    document = replace(
        _bare(file, (*split.problems, *validated.problems, *consents.slips)),
        meta=validated.record,
        written_in=split.name,
        consents=consents.given,
        unclear=consents.unclear,
        key_positions=_key_positions(tree),
        aliases=tuple(aliases(tree, file.path)),
    )
    read = _may_be_kept(kind, tree, consents, kept) if kept else not _seems_withdrawn(file, consents)
    if kept and "pending" in kept and not read and _is_begun(tree, consents):
        document = replace(document, lacking=KEY)
    elif not read:
        told = (*split.problems, *consents.slips)  # the other problems quote what the other keys say
        return _redacted(replace(document, lacking=consents.lacking, problems=told), consents.slips)
    from microsite.content.markdown import reader as markdown  # slow to import: see there

    prose, prose_problems = markdown.render(split.body, split.name, split.first_line, file.language)
    document = replace(document, prose=prose)
    prose_problems += tuple(
        Problem(node.place, NOTE, NOTE_HINT) for node in scalars(tree) if seems_note(node.text)
    )
    if document.meta is not None and not document.meta.draft:
        empty = (node for node in scalars(tree) if node.text in (TO_FILL_IN, "..."))
        prose_problems += tuple(Problem(node.place, _STILL, _DRAFT, "warning") for node in empty)
    prose_problems += tuple(alias_problems(tree, file.path))
    found = personal_data(file.path, tree, split.body, split.name, split.first_line)
    prose_problems += tuple(found)
    prose_problems += tuple(_unseen(document, split, told=bool(prose_problems)))
    advice = () if errors(validated.problems) else tuple(_advice(document))  # misspelt is not missing
    return replace(document, problems=(*document.problems, *prose_problems, *advice))


def _unseen(document: Document, split: SplitFile, told: bool) -> Iterator[Problem]:
    """Signs in the text that nobody sees and that do harm, and a text in which there is nothing to see.

    ``told``: something else was said of the text already, which may be why nothing is there.
    """
    for typed in (split.body, _REFERENCE.sub(_character, split.body)):
        found = list(harmful(typed))
        for offset, message, hint in found:
            yield Problem(Place(split.name, split.first_line + typed.count("\n", 0, offset)), message, hint)
        if found:
            return
    finished = document.meta is not None and not document.meta.draft
    shown = document.prose.marks or not blank(_TAG.sub("", document.prose.html.decode()))
    if document.kind.has_text and finished and not shown and not told:
        spoken = isinstance(document.meta, Film | Sound)
        message = _UNWRITTEN if spoken else text("there is no text below the front matter")
        severity: Severity = "error" if spoken else "warning"
        yield Problem(Place(split.name, split.first_line), message, _DRAFT, severity)


_UNWRITTEN = text("what is said has to stand below the front matter too, for who cannot hear it")
_STILL = text("this is still to be filled in")
_TAG = re.compile(r"<[^>]*>|&(?:nbsp|#160|#8203|zwsp);")
_REFERENCE = re.compile(r"&#(?:x[0-9a-f]{1,6}|[0-9]{1,7});", re.I)
_DRAFT = text("write it, or put 'draft: true' in the front matter as long as it is not there")


def _character(reference: re.Match[str]) -> str:
    """The character of a numeric reference, where HTML would print it as it is."""
    number = reference[0][2:-1].lower()
    code = int(number[1:], 16) if number.startswith("x") else int(number)
    return chr(code) if code <= 0x10FFFF and chr(code) not in "\r\n" else reference[0]


def _key_positions(front_matter: MappingNode) -> dict[str, dict[str, tuple[int, int]]]:
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for key, place in key_positions(front_matter):
        found.setdefault(place.path, {})[key] = place.line, place.column
    return found


def _may_be_kept(kind: Kind, tree: MappingNode, consents: Consents, kept: tuple[Status, ...]) -> bool:
    """Whether the text may be rendered, as far as the file alone can tell: with a status of ``kept`` only."""
    if consents.unclear or any(consent.status not in kept for _, consent in consents.given):
        return False
    fictional = tree.get("fictional")
    if isinstance(fictional, ScalarNode) and schema.is_yes(fictional.text):
        return True
    if consents.lacking:  # the consent of the page is that of somebody else
        return False
    return KEY in dict(consents.given) or not needs_consent(kind, tree)


def _is_begun(tree: MappingNode, consents: Consents) -> bool:
    """Whether it is a draft whose people were not asked yet: then nobody said no."""
    draft = tree.get("draft")
    asked = consents.given or consents.unclear or consents.lacking
    return not asked and isinstance(draft, ScalarNode) and schema.is_yes(draft.text)


def _seems_withdrawn(file: MarkdownFile, consents: Consents) -> bool:
    """Whether somebody withdrew; of a consent that cannot be read, any sign of that will do."""
    if any(consent.status == "withdrawn" for _, consent in consents.given):
        return True
    parts = (part.data for part in (file, file.base, file.original) if part is not None)
    return bool(consents.unclear) and any(mentioned_withdrawal(part) is not None for part in parts)


def _redacted(document: Document, slips: tuple[Problem, ...]) -> Document:
    """The document of a person who may not be shown: only its consents, and the problems with those."""
    given = document.consents and not document.unclear
    problems = slips if given else tuple(p for p in document.problems if p.severity == "warning")
    draft = document.meta is not None and document.meta.draft
    return replace(document, meta=Meta(title="", draft=draft), problems=problems)


def _unreadable(file: MarkdownFile, problem: Problem) -> Document:
    """The document of a file without valid front matter; redacted when it mentions a withdrawal."""
    document = _bare(file, (problem,))
    mentioned = (mentioned_withdrawal(part.data) for part in (file, file.original) if part is not None)
    withdrawal = next(filter(None, mentioned), None)
    if withdrawal is None:
        return document
    given = ((KEY, withdrawal.as_consent()),)
    document = replace(document, consents=given, key_positions={file.name: {KEY: (1, 0)}})
    return _redacted(document, (_without_words(problem),))


def _without_words(problem: Problem) -> Problem:
    """The problem as a warning that quotes nothing of the file but numbers; nor does its hint."""
    values = tuple(
        (key, value if value.replace(",", "").isdigit() else "…") for key, value in problem.message.values
    )
    hint = None if problem.hint is not None and problem.hint.values else problem.hint
    return replace(problem, message=replace(problem.message, values=values), hint=hint, severity="warning")


def _clashing(file: MarkdownFile, clash: NameClash) -> Document:
    """The document of a page that has the name of a national one: its consent, and nothing else of it."""
    consents = read_consents(clash.front_matter).given
    document = replace(_bare(replace(file, base=None), (clash.problem,)), clashes=True)
    return replace(document, meta=Meta(title=""), consents=consents)


def _bare(file: MarkdownFile, problems: tuple[Problem, ...]) -> Document:
    """A document without front matter and text."""
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
    """Problems that the types of the fields cannot express."""
    meta = document.meta
    if meta is None:
        return
    yield from _too_long(document, meta)
    yield from keyword_problems(
        meta.keywords, [document.place(f"keywords.{i}") for i in range(len(meta.keywords))]
    )
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
    yield from _of_its_kind(document, meta)


def _of_its_kind(document: Document, meta: Meta) -> Iterable[Problem]:
    """What is missing or too much on a page of this kind."""
    if isinstance(meta, Film) and (meta.image is None or meta.image.decorative):
        message = text("the film has no picture to begin with")
        yield Problem(document.place("film"), message, _POSTER, "warning")
    if isinstance(meta, Interview) and document.prose.html and not document.prose.headings:
        message = text("there are no questions in this interview")
        yield Problem(document.place("title"), message, _QUESTIONS, "warning")
    if isinstance(meta, Golden) and meta.award == "person" and meta.person is None:
        yield Problem(document.place("award"), text("'{key}' is missing", key="person"), None)
    if isinstance(meta, Letter) and b'id="' in document.prose.html:
        yield Problem(
            document.place("title"),
            text("a letter has no headings and no footnotes"),
            text("it is read together with the others; write it as people write letters"),
        )
    if isinstance(meta, Evidence):
        yield from _numbers(document, meta)


_POSTER = text("add 'image' with 'alt': a picture of the film that shows before it plays")
_QUESTIONS = text("write each question as a heading, '## Why did you begin?', and the answer below it")


def _numbers(document: Document, meta: Evidence) -> Iterable[Problem]:
    if not 1 <= meta.strength <= 5:
        yield Problem(document.place("strength"), text("'strength' runs from 1 to 5"), None)
    for i, chart in enumerate(meta.charts):
        if chart.whole is not None and (said := two_readings(chart.whole)) is not None:
            yield Problem(document.place(f"charts.{i}.whole"), *said)
        if len(chart.rows) == 1:
            yield Problem(
                document.place(f"charts.{i}"),
                text("a chart of one figure has nothing to compare with, and is left out"),
                text("set the figure large with 'facts', and give it a 'drawing' in feiten.yaml"),
                "warning",
            )


def _too_long(document: Document, meta: Meta) -> Iterable[Problem]:
    """Texts that search engines and social networks would cut off."""
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
