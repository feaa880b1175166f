"""Texts that name somebody whose consent was withdrawn or has ended: their writers have to look at them.

The names are read from the front matter of the texts that are left out, in each build again, and are kept
nowhere: a file with a reference only has no name to look for.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property

from microsite.content.baselines import BASELINES
from microsite.content.consent import Consent, normalized
from microsite.content.consents import people_of, read_consents
from microsite.content.documents import Document
from microsite.content.files import FileChanged, Source
from microsite.content.front_matter import people
from microsite.content.kinds import LETTER
from microsite.content.overrides import markdown_file
from microsite.content.recalls import RECALLS
from microsite.content.removed import REMOVED
from microsite.content.schema import is_yes
from microsite.content.tree import MappingNode, ScalarNode
from microsite.core.invisible import without_zero_width
from microsite.core.problems import Place, Problem, Text, text
from microsite.core.records import Record, replace
from microsite.site.people.withdrawals import parts, words_of

Words = tuple[str, ...]
"""Words without capitals and accents."""

_READ = frozenset({".md", ".yaml", ".txt", ".vtt", ".csv"})
_SIZE = 2_000_000
"""The bytes of a text, subtitles or table from which it is not read for this."""

_PARAGRAPH = re.compile(r"\n[ \t>]*\n")
_HEADER = re.compile(r"\A\s*---\s*\n.*?\n---[ \t]*(?:\n|\Z)", re.S)
_YAML_NOTE = re.compile(r"(?m)^[ \t]*#.*$")
_TARGET = re.compile(r"(?<=\])\([^)\n]*\)")
_KEY_OF_PERSON = re.compile(
    r"(?<![\w-])(name|municipality|organisation)[\"']?[ \t]*:[ \t]*[\"']?([^,}\n\"'#]+)"
)
_MADE_UP = re.compile(r"\bfictional[\"']?[ \t]*:[ \t]*(?:true|yes|ja)\b", re.I)
_GROUP_OF_CONSENT = re.compile(r"(?m)^(?:consent|may_be_public):.*(?:\n[ \t]+.*)*")
_BETWEEN = r"(?:[^\w.,;:!?\n]|_|\n(?![ \t>]*\n)){1,6}"
"""What stands between the words of a name: a new line and marks too, but no end of a sentence."""

_INITIAL = r"\.?"
_BEGIN, _END = r"(?<![^\W_])", r"(?![^\W_])"
_INFLECTED = r"(?:['\u2019]?s|['\u2019])?"
_SENTENCE = re.compile(r"(?:^|[.!?:;\u2026\"'\u2018\u2019\u201c\u201d>|*#\n-])[ \t*_]*$")


class Name(Record):
    """Somebody's name in the file ``origin``, with where they live and work.

    ``capital``: its last word has one. Else it may be no name, but words such as ``de buurvrouw``.
    ``exchange`` is the path of the exchange of letters that the file is a part of, or "".
    """

    words: Words
    municipality: Words
    organisation: Words
    capital: bool
    origin: str
    message: Text
    exchange: str = ""

    def is_shown(self, shown: Container[tuple[Words, Words]]) -> bool:
        """Whether somebody of this name (one word: of this municipality) is in ``shown``."""
        return (self.words, self.municipality if self._is_first_name else ()) in shown

    @property
    def _is_first_name(self) -> bool:
        return len(self.words) == 1

    def is_answered_in(self, path: str) -> bool:
        """Whether the file at this path belongs to the exchange in which this person wrote."""
        return bool(self.exchange) and path.startswith(
            (self.exchange, self.exchange.removesuffix(".md") + "/")
        )

    def found_in(self, plain: str, is_a_word: Callable[[str], bool], answered: bool = False) -> Iterator[int]:
        """Where this person is named in a text.

        A name of several words is looked for as it is. One word is a first name, which many have: it counts
        with a capital, in a paragraph that also has the municipality or organisation of this person. Where a
        sentence begins it does not count when it is a word as well (``Wil``), which ``is_a_word`` knows.
        In a letter that is ``answered``, "Beste Jan" and "mevrouw De Wit" need nothing beside them.
        """
        if max(map(len, self.words)) < (2 if self._is_first_name else 3):
            return  # initials
        for found in self._pattern.finditer(plain):
            if not self._is_first_name:
                if self.capital or found["last"][0].isupper():
                    yield found.start()
            elif found["last"][0].isupper() and (answered or self._beside.search(_paragraph(plain, found))):
                begins = _SENTENCE.search(plain[max(0, found.start() - 40) : found.start()])
                if not (begins and is_a_word(found["last"].lower())):
                    yield found.start()
        if answered and not self._is_first_name:
            for word in (self.words[0], self.words[-1]):
                yield from replace(self, words=(word,)).found_in(plain, is_a_word, answered)

    def is_in_path(self, path: str) -> bool:
        return not self._is_first_name and self._pattern.search(path) is not None

    @property
    def _pattern(self) -> re.Pattern[str]:
        *first, last = self.words
        written = "".join(f"{word}{_INITIAL if len(word) == 1 else ''}{_BETWEEN}" for word in first)
        before, after = (r"(?<![^\W_]-)", r"(?!-\w)") if self._is_first_name else ("", "")  # not Jan-Willem
        name = rf"{before}{written}(?P<last>{last}){_INFLECTED}{after}"
        return re.compile(f"{_BEGIN}{name}{_END}", re.I)

    @property
    def _beside(self) -> re.Pattern[str]:
        known = (words for words in (self.municipality, self.organisation) if words)
        either = "|".join(map(_BETWEEN.join, known))
        return re.compile(rf"{_BEGIN}(?:{either}){_END}" if either else r"(?!)", re.I)


def names(
    documents: Iterable[Document], sources: Mapping[str, Source], day: dt.date, withdrawn: Container[str]
) -> Iterator[Name]:
    """The names of the people in these documents who may not be shown any more.

    ``withdrawn`` are the normalized references of consents that are withdrawn elsewhere.
    """
    for document in documents:
        gone = {key: _reason(c, day, withdrawn) for key, c in document.consents}
        if not any(gone.values()):
            continue
        header, whole = parts(markdown_file(sources[document.path]))
        if header is None:
            yield from _mentioned(whole, document.name)
        elif not _is_made_up(header):
            known = {key for key, _ in read_consents(header).given}
            for key, person in people_of(header):
                own = f"{key}.consent"
                message = gone.get(own if own in known else "consent")
                if message is not None:
                    place, work = _value(person, "municipality"), _value(person, "organisation")
                    exchange = document.parent if document.kind is LETTER else ""
                    yield from _name(_value(person, "name"), place, work, document.name, message, exchange)


def _name(
    typed: str, municipality: str, organisation: str, origin: str, message: Text, exchange: str = ""
) -> Iterator[Name]:
    if words := words_of(typed):
        capital = re.findall(r"[^\W_]+", typed)[-1][0].isupper()
        yield Name(words, words_of(municipality), words_of(organisation), capital, origin, message, exchange)


def _mentioned(whole: str, origin: str) -> Iterator[Name]:
    """The names that a withdrawn file seems to have, for files whose front matter cannot be parsed."""
    header = _HEADER.match(whole)
    plain = _plain(header[0] if header else whole)
    if _MADE_UP.search(plain):
        return
    found: dict[str, list[str]] = {"name": [], "municipality": [""], "organisation": [""]}
    for key, value in _KEY_OF_PERSON.findall(plain):
        found[key].append(value)
    for typed in found["name"]:
        yield from _name(typed, found["municipality"][-1], found["organisation"][-1], origin, WITHDRAWN)


def _reason(consent: Consent, day: dt.date, withdrawn: Container[str]) -> Text | None:
    if consent.status == "withdrawn" or normalized(consent.ref) in withdrawn:
        return WITHDRAWN
    return ENDED if consent.status == "expired" or consent.expires_on <= day else None


def _is_made_up(header: MappingNode) -> bool:
    node = header.get("fictional")
    return isinstance(node, ScalarNode) and is_yes(node.text)


def _value(person: MappingNode, key: str) -> str:
    node = person.get(key)
    return _plain(node.text) if isinstance(node, ScalarNode) else ""


def shown_names(documents: Iterable[Document]) -> frozenset[tuple[Words, Words]]:
    """The people whom these documents show by name, with and without their municipality."""
    named = {
        (words_of(_plain(person.name)), words_of(_plain(person.municipality)))
        for document in documents
        if document.meta is not None
        for _, person in people(document.meta)
    }
    return frozenset(named | {(name, ()) for name, _ in named if len(name) > 1})


class Mentions:
    """Files, to look for names in. ``pages`` are the documents of those that are pages, by path."""

    def __init__(self, sources: Iterable[Source], pages: Mapping[str, Document]) -> None:
        self._sources = shown_sources(sources, pages)
        self._pages = pages

    def of(self, names: Iterable[Name]) -> Iterator[Problem]:
        """What to report: each line, and each file, with one of these names."""
        for name in names:
            message = name.message.format(page=name.origin)
            for source in self._sources:
                if source.name == name.origin or name.words in self._allowed(source):
                    continue
                if name.is_in_path(source.path):
                    yield Problem(Place(source.name), message, _RENAME, "warning")
                plain = self._texts.get(source.path, "")
                found = name.found_in(plain, self._is_a_word, name.is_answered_in(source.path))
                lines = {plain.count("\n", 0, start) + 1 for start in found}
                hint = _LOOK_IN_PAGE if source.path in self._pages else _LOOK
                yield from (Problem(Place(source.name, n), message, hint, "warning") for n in sorted(lines))

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        read = filter(is_read, self._sources)
        return {source.path: _text(source) for source in read}

    def _allowed(self, source: Source) -> set[Words]:
        page = self._pages.get(source.path)
        answers = page.meta.may_be_public if page is not None and page.meta is not None else ()
        return {words_of(_plain(typed)) for typed in answers}

    def _is_a_word(self, word: str) -> bool:
        """Whether these texts have it as an ordinary word: ``wil`` is one beside the name Wil."""
        ordinary = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        return any(ordinary.search(plain) for plain in self._texts.values())


def shown_sources(sources: Iterable[Source], pages: Container[str]) -> tuple[Source, ...]:
    """Which of these files may be on a site; ``pages`` are the paths of the pages that are."""
    return tuple(source for source in sources if _may_be_shown(source, pages))


def is_read(source: Source) -> bool:
    """Whether it is a text in which something may be said of somebody."""
    return source.suffix in _READ and source.size <= _SIZE


def _may_be_shown(source: Source, pages: Container[str]) -> bool:
    if source.suffix == ".md":
        return source.path in pages
    return source.path not in (REMOVED, RECALLS) and not source.path.startswith(f"{BASELINES}/")


def _text(source: Source) -> str:
    """The text of a file, with its lines: what is not for visitors is taken out of them.

    A file that changes during the build is read by the next one: no withdrawal has to wait for it.
    """
    try:
        plain = _plain(source.read().decode("utf-8", "replace").replace("\r\n", "\n"))
    except FileChanged:
        return ""
    if source.suffix == ".yaml":
        return _YAML_NOTE.sub(_blank, plain)
    if source.suffix == ".md":
        plain = _HEADER.sub(lambda header: _header(header[0]), plain, count=1)
        return _TARGET.sub(_blank, plain)
    return plain


def _header(front_matter: str) -> str:
    return _GROUP_OF_CONSENT.sub(_blank, _YAML_NOTE.sub(_blank, front_matter))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _plain(typed: str) -> str:
    """Without accents and what is not seen, so that one name is written in one way."""
    if typed.isascii():
        return typed
    apart = unicodedata.normalize("NFKD", without_zero_width(typed))
    return "".join(c for c in apart if not unicodedata.combining(c))


def _paragraph(plain: str, found: re.Match[str]) -> str:
    """The paragraph around a name; the whole front matter is one."""
    begins = max((m.end() for m in _PARAGRAPH.finditer(plain, 0, found.start())), default=0)
    after = _PARAGRAPH.search(plain, found.end())
    return plain[begins : after.start() if after else len(plain)]


WITHDRAWN = text("this names somebody who withdrew the consent for {page}")
ENDED = text("this names somebody whose consent for {page} has ended")
_RENAME = text("look whether it is the same person; if so, give this file another name")
_LOOK = text("look whether it is the same person; if so, take the name away")
_LOOK_IN_PAGE = text(
    "look whether it is the same person; if so, take the name away; if not, write it at 'may_be_public'"
)
