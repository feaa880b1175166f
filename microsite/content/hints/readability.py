"""How easy a text is to read, by the formula of Flesch and Douma.

    206.835 - 0.93 x (words / sentences) - 77 x (syllables / words)

W.H. Douma made it in Wageningen in 1960 from that of Rudolf Flesch (1948), for Dutch: *De leesbaarheid van
landbouwbladen*. His table of scores, and the formula, are in "Leesbaarheid", 1977, on dbnl.org
(``_taa014197701_01_0089``). It counts the length of words and sentences, and nothing else: not whether the
words are known, the order is clear, or it is true. So it is a hint about a text as a whole, never a mark.
"""

from __future__ import annotations

from collections.abc import Iterable

from microsite.content.hints.passages import Sentence, read, sentences, words
from microsite.content.hints.syllables import syllables
from microsite.content.markdown.source import SourceText
from microsite.core.problems import Text, text
from microsite.core.records import Record

FEWEST_WORDS = 100
"""Flesch took samples of a hundred words. In a shorter text one long name would decide."""

LEVELS = (
    (90, text("very easy")),
    (80, text("easy")),
    (70, text("fairly easy")),
    (60, text("ordinary")),
    (45, text("fairly difficult")),
    (30, text("difficult")),
)
"""The scores from which a text is as easy as this: those of Douma."""

_HARDEST = text("very difficult")


class ReadingEase(Record):
    """What the score of a text is made of. Numbers in figures are no words here."""

    words: int
    sentences: int
    syllables: int

    @property
    def score(self) -> float:
        """Mostly between 0 (very difficult) and 100 (very easy), but it has no bounds."""
        long_sentences = 0.93 * self.words / self.sentences
        return 206.835 - long_sentences - 77 * self.syllables / self.words

    @property
    def level(self) -> Text:
        return next((level for least, level in LEVELS if self.score >= least), _HARDEST)


def reading_ease(markdown: str) -> ReadingEase | None:
    """How easy a Dutch text in Markdown is to read; None for one of less than ``FEWEST_WORDS`` words.

    Paragraphs, lists and quotes count; headings, tables, code and texts to take over do not.
    """
    passages = read(SourceText(markdown, "", 1))
    return ease_of(s for passage in passages if passage.running for s in sentences(passage))


def ease_of(found: Iterable[Sentence]) -> ReadingEase | None:
    """The same for the sentences of a text that has been read."""
    spoken = [typed for sentence in found if (typed := words(sentence.text))]
    count = sum(map(len, spoken))
    if count < FEWEST_WORDS:
        return None
    return ReadingEase(count, len(spoken), sum(syllables(word) for typed in spoken for word in typed))
