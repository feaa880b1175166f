"""Documents: one text of the campaign, read and rendered once, knowing no brand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import msgpack

from microsite.content import schema
from microsite.content import tree as trees
from microsite.content.consent import Consent
from microsite.content.front_matter import (
    Ambassador,
    AnyMeta,
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
from microsite.content.markdown.rendered import RenderedText
from microsite.content.overrides import GONE, GONE_HINT, PAGE_ITSELF, STALE, TEXT
from microsite.content.tree import Mapping, Unreadable
from microsite.core.fingerprints import digest
from microsite.core.languages import translated
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, astuple, replace
from microsite.core.settings import NATIONAL
from microsite.core.urls import slugify

SUMMARY_LIMIT = 160
SHARE_LIMIT = 200
"""With an address behind it, this fits in one message of the network with the shortest ones: 300 signs."""
LOCKED = frozenset({"consent", "fictional", "person", "claim", "caveat", "strength"})
"""What a member cannot change of a national page: who was asked what, and what the evidence does not say."""

OWN_WORDS = frozenset(
    {"title", "summary", "in_short", "share", "quote", "yields", "dilemma", "image.alt", "person.job"}
    | {"claim", "method", "caveat", "charts", "goal", "effort", "lead_time", "roles", "needs"}
    | (_NOT_READ := frozenset({"updated", "draft", "based_on"}))
)
"""What a translation says itself. All else, consent first, is that of the page that it translates."""

NO_TEXT = RenderedText()
_NO_SPOTS = msgpack.encode(())


class Kind(Record):
    """A row of the table of kinds: what a folder holds, what its front matter is, how it is shown.

    Of a kind that is ``part_of`` a section, the files stand in a folder named after a page of that section.
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
"""What the feed tells of."""
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


class File(Record):
    """A Markdown file as it was read: ``path`` within its layer, ``name`` as the author knows it.

    ``base`` is the national file at the same path that a member's file changes,
    ``original`` the file that this one translates. ``language`` is that of the words that we add to it.
    """

    path: str
    name: str
    layer: str
    data: bytes
    base: File | None = None
    original: File | None = None
    language: str = "nl"

    @property
    def version(self) -> str:
        """A short name for this very text, as ``based_on`` quotes it."""
        return digest(self.data)[:12]


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
    spots: bytes = _NO_SPOTS
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
        spots = _read_spots(self.spots)
        keys = dict.fromkeys(key for key, path, *_ in spots if path == self.names[0] and "." not in key)
        keys.pop("based_on", None)
        return (*keys, TEXT) if self.rewritten else tuple(keys)

    @property
    def whole(self) -> str:
        """The path of the text that this one is a part of: a letter of its exchange. "" for most."""
        return f"{posixpath.dirname(self.path)}.md" if self.kind.part_of else ""

    @property
    def section(self) -> str:
        return self.path.partition("/")[0] if "/" in self.path else ""

    def place(self, key: str = "") -> Place:
        """Where this key of the front matter stands, or else the file."""
        spots = _read_spots(self.spots) if key else ()
        return next((Place(path, *spot) for name, path, *spot in spots if name == key), Place(self.name, 1))


_read_spots = msgpack.Decoder(tuple[tuple[str, str, int, int], ...]).decode


def page_path(path: str) -> str:
    """The path of a document's page: ``verhalen/amina.md`` is shown at ``verhalen/amina.html``.

    A translation stands beside it: ``verhalen/amina.en.html``.
    """
    path, language = translated(path)
    folder, name = posixpath.split(path)
    stem = slugify(posixpath.splitext(name)[0])
    file = f"{stem}.{language}.html" if language else f"{stem}.html"
    return "/".join([*(slugify(part) for part in folder.split("/") if part), file])


# ── reading ───────────────────────────────────────────────────────────────────


def parse(file: File) -> Document:
    """Read one file. Whatever is wrong with it is in the document's problems; nothing is raised."""
    kind = kind_of(file.path)
    if (unfounded := _unfounded(file, kind)) is not None:
        return _bare(file, (unfounded,))
    try:
        header = _header(file)
        if file.base is not None:
            header = _over(_header(file.base), header, file)
        elif file.layer != NATIONAL and not file.original and (place := _left_behind(header)) is not None:
            return _bare(file, (Problem(place, GONE, GONE_HINT, "warning"),))
        if file.original is not None:
            header = _beside(file.original, header)
    except Unreadable as stop:
        return _unread(file, stop.problem)
    return _document(file, kind, header)


def _unfounded(file: File, kind: Kind) -> Problem | None:
    """Is this a translation that has nothing to stand beside?

    For a member that is no error: the national page may be gone because somebody asked for that.
    """
    path, language = translated(file.path)
    if not language:
        return None
    if kind not in TRANSLATABLE:
        message = text("a page of this kind has no translations yet")
        hint = text("translate a story, a piece of evidence, a tool, news or a plain page")
        return Problem(Place(file.name), message, hint)
    if file.original is not None:
        return None
    message = text("there is no page '{page}' that this could be a translation of", page=path)
    hint = text("write that page first, or give this file the name of the page that it translates")
    return Problem(Place(file.name), message, hint, "error" if file.layer == NATIONAL else "warning")


class _Header(Record):
    """A file in its parts: the front matter, and the text with where it stands."""

    tree: Mapping
    body: str
    name: str
    first_line: int
    problems: tuple[Problem, ...] = ()


def _header(file: File) -> _Header:
    from microsite.content import yaml as notation  # only who reads a text needs its libraries

    header, body, first_line = notation.split(written(file.data, file.name), file.name)
    return _Header(notation.tree(header, file.name, 2), body, file.name, first_line)


def _over(base: _Header, own: _Header, file: File) -> _Header:
    """A member's changes laid over a national page: its keys replace, its text does where there is one."""
    problems = []
    changes = {}
    for key, node in own.tree.items:
        if key.text in LOCKED and base.tree.get(key.text) is not None:
            problems.append(
                Problem(
                    key.place,
                    text("'{key}' of a national page stays as it is", key=key.text),
                    text("take this key out; ask the campaign team when it is not right"),
                )
            )
        else:
            changes[key.text] = (key, node)
    problems += _based_on(own.tree, file)
    kept = tuple(changes.pop(key.text, (key, node)) for key, node in base.tree.items)
    tree = Mapping(own.tree.place, (*kept, *changes.values()))
    text_of = own if own.body.strip() else base
    return _Header(tree, text_of.body, text_of.name, text_of.first_line, tuple(problems))


def _beside(original: File, own: _Header) -> _Header:
    """A translation with all that it takes from its page, as that page is in this layer."""
    page = _header(original)
    page = _over(_header(original.base), page, original) if original.base else page
    problems = [*_behind(page, own)]
    return replace(
        own,
        tree=_translation(page.tree, own.tree, "", problems),
        problems=(*own.problems, *problems),
    )


def _behind(page: _Header, own: _Header) -> Iterator[Problem]:
    """Have the words of a page changed since? A translation that does not say of which it is cannot tell."""
    node, now = own.tree.get("based_on"), _version_of_words(page)
    if isinstance(node, trees.Scalar) and node.text != now:
        message = text("the page that this translates has other words now")
        hint = text(
            "look what is different; is the translation right, write: based_on: {version}", version=now
        )
        yield Problem(node.place, message, hint, "warning")


def _version_of_words(page: _Header) -> str:
    """A short name for what there is to translate, as ``based_on`` of a translation quotes it."""

    def words(name: str, node: trees.Node) -> Iterator[tuple[str, str]]:
        if isinstance(node, Mapping):
            for key, inner in node.items:
                yield from words(f"{name}.{key.text}".removeprefix("."), inner)
        elif isinstance(node, trees.Sequence):
            for item in node.items:
                yield from words(name, item)
        else:
            yield name, node.text

    told = OWN_WORDS - _NOT_READ
    said = ((name, text) for name, text in words("", page.tree) if {name, name.partition(".")[0]} & told)
    return digest(repr([*said, page.body]).encode())[:12]


def _translation(page: Mapping, own: Mapping, within: str, problems: list[Problem]) -> Mapping:
    """The keys of a page without its words, and the words of its translation; the same within a group."""
    taken: list[tuple[trees.Scalar, trees.Node]] = []
    groups = {name.partition(".")[0] for name in OWN_WORDS if "." in name} if not within else set()
    for key, node in page.items:
        words = own.get(key.text)
        if key.text in groups and isinstance(node, Mapping):
            group = words if isinstance(words, Mapping) else Mapping(own.place, ())
            taken.append((key, _translation(node, group, f"{key.text}.", problems)))
        elif f"{within}{key.text}" not in OWN_WORDS:
            taken.append((key, node))
    for key, node in own.items:
        if f"{within}{key.text}" in OWN_WORDS:
            taken.append((key, node))
        elif not (key.text in groups and isinstance(node, Mapping) and page.get(key.text) is not None):
            problems.append(_not_own(key, within))
    return Mapping(own.place, tuple(taken))


def _not_own(key: trees.Scalar, within: str) -> Problem:
    return Problem(
        key.place,
        text("a translation takes '{key}' from the page that it translates", key=f"{within}{key.text}"),
        text("take this key out; it holds for every language"),
    )


def _left_behind(header: _Header) -> Place | None:
    """Where a member's file shows that it changed a national page: it says so, or is no page by itself.

    It is not shown then. The page may be gone because somebody asked for that.
    """
    node = header.tree.get("based_on")
    if node is not None:
        return node.place
    return header.tree.place if header.tree.get("title") is None and not header.body.strip() else None


def _based_on(tree: Mapping, file: File) -> Iterable[Problem]:
    """Has the national page moved on since this change was made? A change that does not say cannot tell."""
    node = tree.get("based_on")
    if node is None:
        yield Problem(
            tree.place,
            text("this changes a national page, and does not say which text of it"),
            text(
                "note that, to hear of it when that text changes: python3 build.py accept {brand}",
                brand=file.layer,
            ),
            "notice",
        )
        return
    if file.base is None or not isinstance(node, trees.Scalar) or node.text == file.base.version:
        return
    yield Problem(
        node.place,
        STALE,
        text(
            "see what is new: python3 build.py diff {brand}; is yours right: python3 build.py accept {brand}",
            brand=file.layer,
        ),
        "warning",
    )


def overdue(file: File) -> Document:
    """What stands for a file that took the parser too long, or took it down."""
    problem = Problem(
        Place(file.name),
        text("this text takes too long to read, so it was stopped"),
        text("look for long rows of brackets, quotes or list marks"),
    )
    return _bare(file, (problem,))


def written(data: bytes, name: str) -> str:
    """The text of a file with words to be read, as ``decode``; an amount of money stays on one line."""
    return _AMOUNT.sub("€\u00a0", decode(data, name))


def decode(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, with or without a byte order mark, any line ends.

    Raises Unreadable with the line where it is something else.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Problem(Place(name), text("is saved as UTF-16"), text("save it as UTF-8")))
    try:
        decoded = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise Unreadable(
            Problem(
                Place(name, before.count(b"\n") + 1, column),
                text("a character that is not saved as UTF-8"),
                text("save the file as UTF-8 in your editor ('Save as', 'Encoding')"),
            )
        ) from None
    if "\r" in decoded:
        decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in decoded:
        before_nul = decoded.partition("\0")[0]
        line = before_nul.count("\n") + 1
        raise Unreadable(
            Problem(Place(name, line), text("a NUL character"), text("is this really a text file?"))
        )
    return decoded


def _document(file: File, kind: Kind, header: _Header) -> Document:
    tree = header.tree
    consent, unclear = _consent(tree.get("consent"))
    others = Mapping(tree.place, tuple((key, node) for key, node in tree.items if key.text != "consent"))
    reading = schema.read(kind.record, others)
    document = replace(
        _bare(file, (*header.problems, *reading.problems, *unclear)),
        meta=reading.record and replace(reading.record, consent=consent),
        written_in=header.name,
        unclear=consent is None and tree.get("consent") is not None,
        spots=msgpack.encode([(key, *astuple(place)) for key, place in places(tree)]),
    )
    if not _may_be_kept(kind, tree, consent):
        return _redacted(document, consent)
    from microsite.content.markdown import reader as markdown  # slow to come: see there

    prose, prose_problems = markdown.render(header.body, header.name, header.first_line, file.language)
    document = replace(document, prose=prose)
    advice = () if reading.problems else tuple(_advice(document))  # a key mistyped is not one missing
    return replace(document, problems=(*document.problems, *prose_problems, *advice))


def _consent(node: trees.Node | None) -> tuple[Consent | None, tuple[Problem, ...]]:
    """The consent, and what is unclear about it.

    A consent that cannot be read keeps the person off the site, but must not
    keep the site as it was: it may be a withdrawal with a typing error.
    """
    if node is None:
        return None, ()
    if not isinstance(node, Mapping):
        problem = Problem(node.place, text("the consent cannot be read"), text("write its keys below it"))
        return None, (replace(problem, severity="warning"),)
    reading = schema.read(Consent, node)
    unclear = tuple(replace(problem, severity="warning") for problem in reading.problems)
    return None if unclear else reading.record, unclear


def asks_consent(kind: Kind, tree: Mapping) -> bool:
    """Is it about a person? A municipality alone, with nobody named, is nobody."""
    award = tree.get("award")
    nobody = isinstance(award, trees.Scalar) and award.text == "municipality" and tree.get("person") is None
    return kind.asks_consent and not (kind is GOLDEN and nobody)


def _may_be_kept(kind: Kind, tree: Mapping, consent: Consent | None) -> bool:
    """Is it clear from the file alone that what it says of a person may be read and remembered?"""
    if tree.get("consent") is not None:
        return consent is not None and consent.status == "valid"
    fictional = tree.get("fictional")
    made_up = isinstance(fictional, trees.Scalar) and schema.is_yes(fictional.text)
    return made_up or not asks_consent(kind, tree)


def _redacted(document: Document, consent: Consent | None) -> Document:
    """Somebody who may not be shown: nothing is kept but that, and no mistake elsewhere stands in its way."""
    unclear = tuple(p for p in document.problems if p.severity == "warning" and consent is None)
    return replace(document, meta=Meta(title="", consent=consent), problems=unclear)


def _unread(file: File, problem: Problem) -> Document:
    """A file that cannot be read. One that speaks of a withdrawal counts as withdrawn all the same."""
    document = _bare(file, (problem,))
    if not any(speaks_of_withdrawal(part.data) for part in (file, file.original) if part is not None):
        return document
    document = replace(document, spots=msgpack.encode([("consent", file.name, 1, 0)]), unclear=True)
    return _redacted(replace(document, problems=()), None)


def speaks_of_withdrawal(data: bytes) -> bool:
    """Does this file say that a consent was withdrawn, even where it cannot be read?"""
    return _WITHDRAWN.search(data) is not None


_AMOUNT = re.compile(r"€ (?=\d)")
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


def places(tree: Mapping, within: str = "") -> Iterable[tuple[str, Place]]:
    """Where each value of a tree stands, by its dotted key: ``person.name``, ``tags.0``."""
    for key, node in tree.items:
        name = f"{within}{key.text}"
        yield name, node.place
        if isinstance(node, Mapping):
            yield from places(node, f"{name}.")
        elif isinstance(node, trees.Sequence):
            for i, item in enumerate(node.items):
                yield f"{name}.{i}", item.place
                if isinstance(item, Mapping):
                    yield from places(item, f"{name}.{i}.")


def _advice(document: Document) -> Iterable[Problem]:
    """What the types cannot say."""
    meta = document.meta
    if meta is None:
        return
    yield from _too_long(document, meta)
    if not meta.summary and document.kind.section:
        yield Problem(document.place(), text("'{key}' is missing", key="summary"), None)
    if document.kind in (NEWS, POST, LETTER) and meta.date is None:
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
            problem = message.filled(count=len(words)), hint.filled(limit=limit)
            yield Problem(document.place(key), *problem, "warning")


_LONG_SUMMARY = text("the summary has {count} characters")
_SHORTER_SUMMARY = text("keep it within {limit}: it is shown in lists and when people share the page")
_LONG_SHARE = text("the text to share has {count} characters")
_SHORTER_SHARE = text("keep it within {limit}: with the address of the page it has to fit in one message")
