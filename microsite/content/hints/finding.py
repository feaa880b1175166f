"""What a rule finds, and what an author is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from microsite.content.hints.article import Article
from microsite.content.hints.guide_file import WritingGuide
from microsite.core.problems import Place, Text, Translate, text, untranslated
from microsite.core.records import Record


class Finding(Record):
    """Something to advise on: where it begins in the source, what it is, and what the author can do."""

    offset: int
    message: Text
    advice: Text


class Rule(Record):
    """A rule of the writing help. ``name`` is for programs; its heading in the handbook is ``title``."""

    name: str
    title: Text
    find: Callable[[Article, WritingGuide], Iterable[Finding]]


class Hint(Record, order=True):
    """Advice about a text. It has no severity: nothing waits for it, and no exit status knows it.

    It quotes words of a list, never what the text says about somebody: it may be read by more people.
    """

    place: Place
    rule: str
    message: Text
    advice: Text

    def render(self, translate: Translate = untranslated) -> str:
        """Return the translated hint as a Problem is: a line, and a second one for the advice."""
        head = f"{self.place}: {translate(HINT.sentence)}: {self.message.render(translate)}"
        return f"{head}\n    {translate('hint')}: {self.advice.render(translate)}"


HINT = text("writing hint")
