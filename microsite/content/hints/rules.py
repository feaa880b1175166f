"""The table of rules, and the function that asks them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microsite.content.hints import clauses, structure, words
from microsite.content.hints.article import Article, article, lines_of_keys, read_page
from microsite.content.hints.finding import Hint, Rule
from microsite.content.hints.guide_file import WritingGuide
from microsite.content.hints.words import LISTS
from microsite.content.overrides import MarkdownFile

RULES: tuple[Rule, ...] = (*structure.RULES, *clauses.RULES, *words.RULES)
"""In the order of the handbook: the text as a whole, its sentences, its words."""


def hints(file: MarkdownFile, guide: WritingGuide) -> tuple[Hint, ...]:
    """Advice on the texts of a file, in their order; () for a file on which none is given: see ``read_page``.

    The preview and the desk call this for a file, ``check --hints`` for all of a layer. Nothing is raised.
    ``guide`` is what ``guide_file.read_guide`` makes of the campaign's schrijfwijzer.yaml. The score of a
    text is not among them: see ``readability.reading_ease``.
    """
    page = read_page(file)
    if page is None:
        return ()
    found = [hint for line in lines_of_keys(file.path, page) for hint in _asked(LISTS, line, guide)]
    return tuple(sorted([*found, *_asked(RULES, article(file.path, page), guide)]))


def _asked(rules: Iterable[Rule], of: Article, guide: WritingGuide) -> Iterator[Hint]:
    for rule in rules:
        for found in rule.find(of, guide):
            yield Hint(of.place(found.offset), rule.name, found.message, found.advice)
