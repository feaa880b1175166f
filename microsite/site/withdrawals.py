"""Who asked nationally to be shown no more, and what a member has that still shows that person.

The text of somebody who is not shown is remembered nowhere: it is read from the national file again for
each build, and only where a member has pages of its own.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from microsite.content import tree as trees
from microsite.content import yaml as notation
from microsite.content.consent import Refusal
from microsite.content.documents import Document
from microsite.content.files import decode
from microsite.content.markdown.rendered import ImageMark
from microsite.content.overrides import File
from microsite.core.problems import InvalidFile, Text, text
from microsite.core.records import Record

WORDS_A_PHRASE = 6
CERTAIN, LIKELY = 12, 3
"""From how many phrases in common a page is a copy, and from how many it may be one."""

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?<=\])\([^)\n]*\)|\{\{[^}\n]*\}\}|<[^>\n]*>")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(\s*<?([^\s)>]+)")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")


class Copy(Record):
    """Why a member's page is not shown, or (when it is only ``likely``) has to be looked at."""

    refusal: Refusal
    likely: bool


class _Person(Record):
    """What a withdrawn page says and shows. ``pictures`` are the contents of its images."""

    words: tuple[str, ...]
    phrases: frozenset[str]
    name: tuple[str, ...]
    municipality: tuple[str, ...]
    pictures: frozenset[str]


class Withdrawals:
    """The national pages that are ``gone``; ``files`` are all national ones, ``images`` contents by path."""

    def __init__(self, gone: frozenset[str], files: Iterable[File], images: Mapping[str, str]) -> None:
        self._people: list[_Person] = []
        self._others: list[File] = []
        self._common: frozenset[str] | None = None
        for file in files:
            if file.path in gone:
                self._people.append(_person(file, images))
            else:
                self._others.append(file)

    def judge(self, document: Document, own: File, images: Mapping[str, str]) -> Copy | None:
        """What this page of a member has of somebody who withdrew; None when it has nothing."""
        meta = document.meta
        if meta is None or document.redacted:
            return None
        page = _person(own, images)
        shown = {image.src for image in [meta.image] if image is not None}
        shown |= {mark.src for mark in document.prose.marks if isinstance(mark, ImageMark)}
        pictures = {images.get(_path(src, own.path), "") for src in shown} - {""}
        copies = [copy for person in self._people if (copy := self._alike(person, page, pictures, document))]
        return min(copies, key=lambda copy: copy.likely, default=None)

    def heard_in(self, file: File) -> bool:
        """Does this text name one of them in full, or have sentences of one?"""
        page = _person(file, {})
        return any(
            (len(person.name) > 1 and _within(person.name, page.words))
            or len(self._shared(person, page)) >= LIKELY
            for person in self._people
        )

    def _alike(self, person: _Person, page: _Person, pictures: set[str], document: Document) -> Copy | None:
        shared = self._shared(person, page)
        most = min(CERTAIN, max(LIKELY, len(person.phrases) // 2))
        if len(shared) >= most:
            return _certain(text("left out: the text is of somebody who withdrew the consent for it"))
        if pictures & person.pictures:
            return _certain(text("left out: the picture is of somebody who withdrew the consent for it"))
        full = len(person.name) > 1
        same_name = bool(person.name) and person.name == page.name
        if same_name and (full or (person.municipality and person.municipality == page.municipality)):
            if document.meta is not None and document.meta.consent is None:
                return _certain(text("left out: somebody of this name withdrew the consent"))
            return _likely(text("somebody of this name withdrew the consent for a national page"))
        if full and _within(person.name, page.words):
            return _likely(text("this text names somebody who withdrew the consent for a national page"))
        if len(shared) >= LIKELY:
            return _likely(text("some sentences here are of somebody who withdrew the consent for them"))
        return None

    def _shared(self, person: _Person, page: _Person) -> frozenset[str]:
        """The phrases that both have and no page that is shown."""
        shared = person.phrases & page.phrases
        return shared - self._said_by_others() if len(shared) >= LIKELY else shared

    def _said_by_others(self) -> frozenset[str]:
        """What stands on national pages that are shown, and so is not of the one person alone."""
        if self._common is None:
            self._common = frozenset().union(*(_phrases(passages(file)) for file in self._others))
        return self._common


def _certain(reason: Text) -> Copy:
    hint = text("take it away: what is withdrawn nationally is shown nowhere")
    return Copy(Refusal(reason, hint, "notice"), likely=False)


def _likely(reason: Text) -> Copy:
    hint = text("look whether it is the same person; if so, take this page away")
    return Copy(Refusal(reason, hint, "warning"), likely=True)


def _person(file: File, images: Mapping[str, str]) -> _Person:
    header, body = _parts(file)
    values = dict(_scalars(header)) if header is not None else {}
    said = passages(file)
    sources = {*_PICTURE.findall(body), values.get("image.src", "")} - {""}
    return _Person(
        tuple(word for passage in said for word in passage),
        _phrases(said),
        _words(values.get("person.name", "")),
        _words(values.get("person.municipality", "")),
        frozenset({images.get(_path(src, file.path), "") for src in sources} - {""}),
    )


def passages(file: File) -> tuple[tuple[str, ...], ...]:
    """The words of a file as people read them: those of each value of the front matter, and of the text."""
    header, body = _parts(file)
    told = (value for _, value in _scalars(header)) if header is not None else ()
    return tuple(map(_words, (*told, body)))


def _parts(file: File) -> tuple[trees.Mapping | None, str]:
    """The front matter and the text; a file in which they cannot be told apart is all text."""
    whole = file.data.decode("utf-8", "replace")
    try:
        whole = decode(file.data, file.name)
        header, body, _ = notation.split(whole, file.name)
        return notation.tree(header, file.name, 2), body
    except InvalidFile:
        return None, whole


def _scalars(tree: trees.Mapping, within: str = "") -> Iterator[tuple[str, str]]:
    for key, node in tree.items:
        name = f"{within}{key.text}"
        if name != "consent":
            yield from _values(name, node)


def _values(name: str, node: trees.Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, trees.Mapping):
        yield from _scalars(node, f"{name}.")
    elif isinstance(node, trees.Sequence):
        for item in node.items:
            yield from _values(name, item)
    else:
        yield name, node.text


def _words(written: str) -> tuple[str, ...]:
    plain = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", written).translate(_UNSEEN))
    return tuple(_WORD.findall(plain.casefold()))


def _phrases(said: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(
        " ".join(words[i : i + WORDS_A_PHRASE])
        for words in said
        for i in range(len(words) - WORDS_A_PHRASE + 1)
    )


def _within(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[i : i + len(name)] == name for i in range(len(words) - len(name) + 1))


def _path(src: str, page: str) -> str:
    folder = "" if src.startswith("/") else posixpath.dirname(page)
    return posixpath.normpath(posixpath.join(folder, src.lstrip("/")))
