"""What the rules of the writing help read: a page's text in passages and sentences, and a few of its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.content.consent import mentioned_withdrawal
from microsite.content.hints.passages import Passage, Sentence, read, sentences
from microsite.content.kinds import Kind, kind_of
from microsite.content.markdown.source import SourceText
from microsite.content.overrides import MarkdownFile, SplitFile, merge
from microsite.content.tree import MappingNode, ScalarNode, groups, scalars
from microsite.core.languages import translated
from microsite.core.problems import InvalidFile, Place
from microsite.core.records import Record, replace

LANGUAGE = "nl"
"""The language that the rules are about."""

_SPEECH = re.compile(  # at most so long that a mark without its other half costs little
    r"‘(?:[^‘’]|’(?=\w)){0,600}’(?!\w)|“[^“”]{0,600}”|„[^„”]{0,600}”|\"[^\"]{0,600}\""
    r"|(?<!\w)'(?:[^']|'(?=\w)){0,300}'(?!\w)"
)
_MARKS = re.compile("[‘“„\"']")


class Article(Record):
    """A Dutch text to give hints about. ``source`` knows the places of its offsets.

    ``sentences`` are those to read on. ``told`` are the same without quotes, and with spaces for what is
    between quotation marks: somebody's own words are theirs. ``narration`` is all of that, at its offsets,
    and ``vocabulary`` its different words in small letters.
    ``people`` are the names in the front matter, ``quoted`` is whether that has a quote.
    """

    kind: Kind
    source: SourceText
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    told: tuple[Sentence, ...]
    narration: str
    vocabulary: frozenset[str]
    people: frozenset[str] = frozenset()
    quoted: bool = False

    def place(self, offset: int) -> Place:
        return self.source.place(offset)

    @property
    def running(self) -> Iterator[Passage]:
        return (passage for passage in self.passages if passage.running)


def read_page(file: MarkdownFile) -> SplitFile | None:
    """A file with what it takes of the page that it overrides.

    None when there is nothing to advise on: a translation, a file that cannot be read, one that changes
    only keys of a national page, and one of somebody who withdrew.
    """
    if translated(file.path)[1] or mentioned_withdrawal(file.data) is not None:
        return None
    try:
        split = merge(file)
    except InvalidFile:
        return None
    return split if isinstance(split, SplitFile) and split.name == file.name else None


def lines_of_keys(path: str, split: SplitFile) -> Iterator[Article]:
    """The texts in the front matter that readers see first, each as an article of its own."""
    for key in _SEEN:
        node = split.front_matter.get(key)
        for value in scalars(node) if node is not None else ():
            if value.place.path == split.name:
                typed = " " * (value.place.column - 1) + " ".join(value.text.split())
                yield article(path, SplitFile(_NO_KEYS, typed, split.name, value.place.line))


_SEEN = ("title", "summary", "share", "in_short")
_NO_KEYS = MappingNode(Place(""), ())


def article(path: str, split: SplitFile) -> Article:
    """The text of a page at ``path`` within ``content/``."""
    source = SourceText(split.body, split.name, split.first_line)
    passages = read(source)
    running = [s for passage in passages if passage.running for s in sentences(passage)]
    told = [replace(s, text=without_speech(s.text)) for s in running if s.passage.kind != "quote"]
    names = (node.get("name") for node in groups(split.front_matter))
    named = {name.text for name in names if isinstance(name, ScalarNode)}
    narration = _joined(told)
    return Article(
        kind_of(path),
        source,
        passages,
        tuple(running),
        tuple(told),
        narration,
        frozenset(re.findall(r"\w+", narration.lower())),
        frozenset(named),
        split.front_matter.get("quote") is not None,
    )


def _joined(told: list[Sentence]) -> str:
    """The sentences at their offsets in the source, each on lines of its own."""
    parts, end = [], 0
    for sentence in told:
        parts += [" " * (sentence.offset - end - 1), "\n" if sentence.offset > end else "", sentence.text]
        end = sentence.offset + len(sentence.text)
    return "".join(parts)


def without_speech(typed: str) -> str:
    """A sentence with spaces for what is between quotation marks."""
    if not _MARKS.search(typed):
        return typed
    return _SPEECH.sub(lambda found: " " * len(found[0]), typed)


def speeches(typed: str) -> list[str]:
    """What is between quotation marks."""
    return [found[0][1:-1] for found in _SPEECH.finditer(typed)]
