"""Finds members' pages that copy, or are about, a person whose consent was withdrawn nationally.

The text of a withdrawn page is never cached: it is read from the national file again in each build, and
only when a member has pages of its own.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property

from microsite.content import tree as trees
from microsite.content.consent import Consent, Refusal, normalized
from microsite.content.consents import people_of, read_consents
from microsite.content.documents import Document
from microsite.content.files import Source, decode
from microsite.content.front_matter import CLIP_KEYS, PICTURE_KEYS, clips, pictures
from microsite.content.kinds import may_be_withdrawn
from microsite.content.markdown.rendered import ImageMark, VideoMark
from microsite.content.overrides import MarkdownFile
from microsite.core.invisible import without_zero_width
from microsite.core.languages import translated
from microsite.core.problems import InvalidFile, Text, text
from microsite.core.records import Record
from microsite.core.urls import content_path

WORDS_A_PHRASE = 6
CERTAIN, LIKELY = 12, 3
"""With how many phrases in common a page is a copy, and with how many it may be one."""

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?<=\])\([^)\n]*\)|\{\{[^}\n]*\}\}|<[^>\n]*>")
_TARGET = r"[ \t]*(?:<(?P<quoted>[^<>\n]+)>|(?P<bare>(?:[^\s()<]|\([^\s()]*\))+))"
_PICTURE = re.compile(rf"!\[[^\]\n]*\]\({_TARGET}")
_LINK = re.compile(rf"\]\({_TARGET}")
_DEFINED = re.compile(rf"(?m)^ {{0,3}}\[(?P<label>[^\]\n]+)\]:{_TARGET}")
_PICTURE_BY_LABEL = re.compile(r"!\[([^\]\n]*)\](?:\[([^\]\n]*)\])?(?!\()")
_KEY_OF_FILE = re.compile(r"(?<![\w-])(?:src|recording|film)[\"']?[ \t]*:[ \t]*[\"']?([^,}\n\"'#]+)")
_TEXTS = (".md", ".yaml")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.S | re.M)


class Match(Record):
    """What a member's page has in common with a withdrawn one.

    A ``certain`` match is left out; otherwise the page is shown, and somebody has to look at it.
    """

    refusal: Refusal
    certain: bool


def strongest(matches: Iterable[Match | None]) -> Match | None:
    """A certain match where there is one, else one that somebody has to look at."""
    return max(filter(None, matches), key=lambda match: match.certain, default=None)


class Traits(Record):
    """What the page in the file ``name`` is compared by.

    ``people`` are their names and municipalities, as case-folded words; ``phrases`` are runs of
    ``WORDS_A_PHRASE`` words, ``pictures`` the digests of its images.
    """

    name: str
    words: tuple[str, ...]
    phrases: frozenset[str]
    people: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    pictures: frozenset[str]


class Withdrawals:
    """The withdrawn pages of the national layer, to compare members' pages with.

    ``paths`` are the withdrawn ones among the national ``files``, ``references`` those of their consents;
    ``images`` are digests by path.
    """

    def __init__(
        self,
        paths: frozenset[str],
        files: Iterable[MarkdownFile],
        images: Mapping[str, str],
        references: Container[str] = (),
    ) -> None:
        self._references = references
        self._paths = paths
        self._files = tuple(files)
        self._images = images

    @cached_property
    def _withdrawn(self) -> tuple[Traits, ...]:
        withdrawn = (file for file in self._files if file.path in self._paths)
        return tuple(traits_of(file, self._images, self._references) for file in withdrawn)

    @cached_property
    def _common(self) -> Counter[str]:
        """On how many other national pages a phrase is: it does not point to one person."""
        others = (file for file in self._files if file.path not in self._paths)
        return Counter(phrase for file in others for phrase in _phrases(_passages(*parts(file))))

    def match(self, document: Document, own: MarkdownFile, images: Mapping[str, str]) -> Match | None:
        """The strongest match of a member's page with a withdrawn one; ``own`` is its file."""
        if document.meta is None or document.redacted:
            return None
        page = traits_of(own, images)
        pictures = pictures_of(document, images)
        consents = bool(document.consents)
        matches = [found for one in self._withdrawn if (found := self._match(one, page, pictures, consents))]
        return strongest(matches)

    def mentioned_in(self, file: MarkdownFile) -> bool:
        """Whether this text has the full name of a withdrawn person, or phrases of a withdrawn page."""
        page = traits_of(file, {})
        return any(
            _is_mentioned(one, page) or len(self._shared(one, page)) >= LIKELY for one in self._withdrawn
        )

    def repeated_in(self, source: Source, national: bool) -> Iterator[tuple[str, int]]:
        """The withdrawn pages that a text has sentences of, by name, with the first line of these.

        ``national``: it is the text of a national page, so what it says itself is not common yet.
        """
        written = [withdrawn for withdrawn in self._withdrawn if withdrawn.phrases]
        lines = lines_of_phrases(source.read().decode("utf-8", "replace")) if written else {}
        for withdrawn in written:
            shared = [p for p in withdrawn.phrases & lines.keys() if self._common[p] <= national]
            if len(shared) >= LIKELY:
                yield withdrawn.name, min(lines[phrase] for phrase in shared)

    def _match(
        self, withdrawn: Traits, page: Traits, pictures: frozenset[str], consents: bool
    ) -> Match | None:
        shared = self._shared(withdrawn, page)
        most = min(CERTAIN, max(LIKELY, len(withdrawn.phrases) // 2))
        if len(shared) >= most:
            return certain(COPIED_TEXT)
        if pictures & withdrawn.pictures:
            return certain(COPIED_PICTURE)
        if _has_the_same_person(withdrawn, page):
            if not consents:
                return certain(NAMESAKE)
            return possible(text("somebody of this name withdrew the consent for a national page"))
        if len(shared) >= LIKELY:
            return possible(PARTLY_COPIED)
        return None

    def _shared(self, withdrawn: Traits, page: Traits) -> frozenset[str]:
        """The phrases that both have, without those that shown national pages have too."""
        shared = withdrawn.phrases & page.phrases
        return shared.difference(self._common) if len(shared) >= LIKELY else shared


def files_of(page: MarkdownFile, paths: Iterable[str]) -> frozenset[str]:
    """Which of the files at ``paths`` belong to a page: its images and films, and files beside them or it.

    A file that it only links to does where all files are about people; elsewhere it is of use to others.
    Captions in another language, as in ``film.en.vtt``, are beside a film.
    """
    header, body = parts(page)
    folder = posixpath.dirname(page.path)
    embedded = {content_path(src, folder) for src in _embedded(header, body)}
    linked = {content_path(target, folder) for target in _targets(_LINK, body) | _targets(_DEFINED, body)}
    stems = {_stem(path) for path in (page.path, *embedded)}
    return frozenset(
        path
        for path in paths
        if not path.endswith(_TEXTS)
        and (_stem(path) in stems or _stem(translated(path)[0]) in stems or _is_theirs(path, linked))
    )


def _stem(path: str) -> str:
    return posixpath.splitext(path)[0]


def _is_theirs(path: str, linked: Container[str]) -> bool:
    return path in linked and may_be_withdrawn(path)


def pictures_of(document: Document, contents: Mapping[str, str]) -> frozenset[str]:
    """The digests of the images, films and sound of a document; ``contents`` are those of files by path."""
    folder = posixpath.dirname(document.path)
    shown = {mark.src for mark in document.prose.marks if isinstance(mark, ImageMark | VideoMark)}
    if document.meta is not None:
        shown |= {picture.src for _, picture in pictures(document.meta)} | {*clips(document.meta)}
    return frozenset(contents.get(content_path(src, folder), "") for src in shown) - {""}


def _embedded(header: trees.MappingNode | None, body: str) -> set[str]:
    """The images, films and sound of a page, as they are written; ``body`` is all of it without a header."""
    if header is None:
        named = {typed.strip() for typed in _KEY_OF_FILE.findall(body)}
    else:
        values = dict(_scalars(header))
        named = {values.get(key, "") for key in (*(f"{key}.src" for key in PICTURE_KEYS), *CLIP_KEYS)}
    labels = {(label or alt).casefold() for alt, label in _PICTURE_BY_LABEL.findall(body)}
    defined = {
        found["quoted"] or found["bare"]
        for found in _DEFINED.finditer(body)
        if found["label"].casefold() in labels
    }
    return {*named, *defined, *_targets(_PICTURE, body)} - {""}


def _targets(pattern: re.Pattern[str], body: str) -> set[str]:
    return {found["quoted"] or found["bare"] for found in pattern.finditer(body)}


def _has_the_same_person(withdrawn: Traits, page: Traits) -> bool:
    """Whether both name somebody in full, or by first name in one municipality."""
    return any(
        name == other and (len(name) > 1 or (name and place and place == other_place))
        for name, place in withdrawn.people
        for other, other_place in page.people
    )


def _is_mentioned(withdrawn: Traits, page: Traits) -> bool:
    return any(len(name) > 1 and _within(name, page.words) for name, _ in withdrawn.people)


COPIED_TEXT = text("left out: the text is of somebody who withdrew the consent for it")
COPIED_PICTURE = text("left out: the picture is of somebody who withdrew the consent for it")
PARTLY_COPIED = text("some sentences here are of somebody who withdrew the consent for them")
NAMESAKE = text("left out: somebody of this name withdrew the consent")


def certain(reason: Text) -> Match:
    """The match of a page that is left out for this reason."""
    hint = text("take it away: what is withdrawn nationally is shown nowhere")
    return Match(Refusal(reason, hint, "notice"), certain=True)


def possible(reason: Text) -> Match:
    """The match of a page that is shown, for somebody to look at."""
    hint = text("look whether it is the same person; if so, take this page away")
    return Match(Refusal(reason, hint, "warning"), certain=False)


def phrases_apart(file: MarkdownFile) -> frozenset[str]:
    """Phrases of a text and its front matter that have no word in common, of which digests can be kept."""
    passages = _passages(*parts(file))
    return frozenset(
        " ".join(words[i : i + WORDS_A_PHRASE])
        for words in passages
        for i in range(0, len(words) - WORDS_A_PHRASE + 1, WORDS_A_PHRASE)
    )


def phrases(file: MarkdownFile) -> frozenset[str]:
    """The runs of ``WORDS_A_PHRASE`` words in a text below its front matter, which is not parsed."""
    whole = file.data.decode("utf-8", "replace")
    return _phrases([words_of(_FRONT_MATTER.sub("", whole, count=1))])


def traits_of(
    file: MarkdownFile, images: Mapping[str, str], withdrawn: Container[str] | None = None
) -> Traits:
    """The traits of a page; ``withdrawn`` references leave out people in it who did not withdraw."""
    header, body = parts(file)
    passages = _passages(header, body)
    folder = posixpath.dirname(file.path)
    return Traits(
        file.name,
        tuple(word for passage in passages for word in passage),
        _phrases(passages),
        tuple(_people(header, withdrawn)) if header is not None else (),
        frozenset({images.get(content_path(src, folder), "") for src in _embedded(header, body)} - {""}),
    )


def _people(
    front_matter: trees.MappingNode, withdrawn: Container[str] | None
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The name and municipality of each person in a front matter."""
    given = dict(read_consents(front_matter).given) if withdrawn is not None else {}
    for key, person in people_of(front_matter):
        consent = given.get(f"{key}.consent", given.get("consent"))
        if withdrawn is not None and consent is not None and not _is_withdrawn(consent, withdrawn):
            continue
        values = dict(_scalars(person))
        yield words_of(values.get("name", "")), words_of(values.get("municipality", ""))


def _is_withdrawn(consent: Consent, withdrawn: Container[str]) -> bool:
    return consent.status == "withdrawn" or normalized(consent.ref) in withdrawn


def _passages(header: trees.MappingNode | None, body: str) -> tuple[tuple[str, ...], ...]:
    """The words of each value of the front matter, and those of the text."""
    values = (value for _, value in _scalars(header)) if header is not None else ()
    return tuple(map(words_of, (*values, body)))


def parts(file: MarkdownFile) -> tuple[trees.MappingNode | None, str]:
    """The front matter and the text; all text when the front matter cannot be parsed."""
    from microsite.content import yaml  # a build without withdrawn pages needs no YAML library

    whole = file.data.replace(b"\0", b"").decode("utf-8", "replace")  # of UTF-16, the letters are left
    try:
        whole = decode(file.data, file.name)
        header, body, _ = yaml.split_front_matter(whole, file.name)
        return yaml.parse(header, file.name, 2), body
    except InvalidFile:
        return None, whole


def _scalars(tree: trees.MappingNode, within: str = "") -> Iterator[tuple[str, str]]:
    for key, node in tree.items:
        name = f"{within}{key.text}"
        if key.text != "consent":
            yield from _values(name, node)


def _values(name: str, node: trees.Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, trees.MappingNode):
        yield from _scalars(node, f"{name}.")
    elif isinstance(node, trees.SequenceNode):
        for item in node.items:
            yield from _values(name, item)
    else:
        yield name, node.text


def words_of(typed: str) -> tuple[str, ...]:
    """The case-folded words of a text, without those in addresses, tags and placeholders."""
    return tuple(_WORD.findall(_folded(typed)))


def _folded(typed: str) -> str:
    """With the lines of ``typed``."""
    return _ADDRESS.sub(" ", without_zero_width(unicodedata.normalize("NFKC", typed))).casefold()


def lines_of_phrases(whole: str) -> dict[str, int]:
    """The phrases of a text, whatever it is the text of, with the first line on which each begins."""
    rows = enumerate(_folded(whole).split("\n"), start=1)
    words = [(word, line) for line, row in rows for word in _WORD.findall(row)]
    runs = [words[i : i + WORDS_A_PHRASE] for i in range(len(words) - WORDS_A_PHRASE + 1)]
    return {" ".join(word for word, _ in run): run[0][1] for run in reversed(runs)}


def _phrases(passages: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(
        " ".join(words[i : i + WORDS_A_PHRASE])
        for words in passages
        for i in range(len(words) - WORDS_A_PHRASE + 1)
    )


def _within(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[i : i + len(name)] == name for i in range(len(words) - len(name) + 1))
