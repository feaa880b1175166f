"""Rules about a text as a whole: how it begins and ends, who speaks in it, and how it is divided."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.content.hints.article import Article, speeches, without_speech
from microsite.content.hints.clauses import self_praise
from microsite.content.hints.finding import Finding, Rule
from microsite.content.hints.guide_file import WritingGuide
from microsite.content.hints.passages import Passage, words
from microsite.content.hints.readability import ease_of
from microsite.core.problems import text

_TOLD = ("story", "post")
"""The kinds of pages that tell a story."""

# ── a moment that somebody was at ──

_DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag"
_TIMES = (
    rf"{_DAY}\w*",
    r"(?:die|deze|vorige|volgende) (?:dag|ochtend|morgen|middag|avond|nacht|week|winter|zomer|keer)",
    r"om (?:half |kwart \w+ )?\w+ uur|om half \w+|’s (?:avonds|ochtends|nachts|middags)",
    r"voor het eerst|de eerste (?:keer|winter|dag|avond)|een kwartier",
    r"toen|gisteren|vanochtend|morgen",
)
_ACTS = re.compile(
    r"\b(?:zei|vroeg|vraagt|riep|lachte?|knikte?|zweeg|huilde|keek|kijkt|wachtte|bleef|telde|regende"
    r"|wordt stil|stond|staat|zat|zit|lag|ligt|hangt|hield|liep|loopt|kwam(?:en)?|ging|stapte|fietste"
    r"|fietsen|klopte|belde|pakte?|gooide|gaf|nam|neemt|haalde|haalt|legde|legt|zette|schoof|schuift|opende|draait|tikte"
    r"|wees|plakt|kocht|deed)\b",
    re.I,
)
_THINGS = re.compile(
    r"\b(?:deur|mat|sleutel|hal|trap|trappenhuis|raam|muur|kamer|keuken|tafel|stoel|bank|bankje|bed|pan|emmer"
    r"|koffie|thee|soep|klontjes|theedoek|brief|envelop\w*|pen|telefoon|tas|zak|krat|thermoskan|jas|schoenen|handen"
    r"|fiets|bus|auto|straat|tuin|markt|tunnel|hond|kat|duif|tulpen|wisselgeld|hamer|schaar|trom|behang|stickers?)\b",
    re.I,
)
_MOMENT = (
    re.compile(rf"\b(?:{'|'.join(_TIMES)})\b", re.I),
    _ACTS,
    _THINGS,
    re.compile(r"[‘“\"][^’”\"]{3,300}[’”\"]"),
)
_CONCRETE = 2
"""How many different signs of a moment there are in a text that has one."""


def _has_moment(passages: list[Passage]) -> bool:
    typed = "\n".join(passage.text for passage in passages)
    signs = sum(sign.search(typed) is not None for sign in _MOMENT)
    return signs >= _CONCRETE or len({act.lower() for act in _ACTS.findall(typed)}) >= _CONCRETE


def _anecdote(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    running = list(article.running)
    if article.kind.name in _TOLD and running and not _has_moment(running):
        yield Finding(running[0].offset, text("nothing happens here that one could have seen"), _MOMENT_WAS)


_MOMENT_WAS = text("tell one moment: where it was, who was there, what somebody said or did")

ANECDOTE = Rule("anecdote", text("A moment"), _anecdote)

# ── beginning and end ──

_PEOPLE = r"(?:mensen|jongeren|ouderen|kinderen|ouders|gezinnen|mantelzorgers|inwoners|bewoners)"
_OFFICE = r"(?:de |het )?(?:gemeente|overheid|organisatie|stichting|regio)"
_POLICY = r"(?:beleid\w*|plan\w*|vastgelegd|verantwoordelijk|visie)"
_IDEA = r"(?:(?:\w+ )?\w*werk|armoede|schulden|mantelzorg|\w{4,}(?:heid|schap|atie|teit|zorg|problematiek))"
_ABSTRACTIONS = (
    r"stichting|ons team|wij zijn er|onze (?:organisatie|stichting|missie|visie)",
    r"in het kader van|binnen (?:onze|de organisatie)|vanuit (?:onze|de visie)|sinds (?:\d{4}|de)\b",
    r"(?:op (?:verzoek|initiatief)|in opdracht) van (?:de|het|onze)\b|het is (?:algemeen )?bekend",
    r"(?:naam|welzijn\w*(?: \w+)?) (?:is|biedt|zet|werkt|helpt|organiseert)\b",
    rf"{_OFFICE}\b.*\b{_POLICY}\b",
    rf"{_IDEA} (?:is|zijn|komt|komen|vormt|heeft|hebben|speelt|neemt|wordt)\b",
    rf"(?:veel|steeds meer|de meeste|sommige|heel wat) (?:{_PEOPLE}|gemeenten|organisaties)\b",
    r"de afgelopen (?:jaren|decennia|tijd)|in onze (?:samenleving|maatschappij)",
    r"in (?:nederland|deze tijd)|tegenwoordig",
    r"[^.]{3,40} is (?:dé|een (?:onderwerp|thema|begrip|vakgebied|organisatie|instelling)\b)",
)
_ABSTRACT = re.compile(rf"\s*(?:{'|'.join(_ABSTRACTIONS)})", re.I)
_DATED = ("story", "post", "news")


def _beginning(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    first = next(article.running, None)
    if article.kind.name not in _DATED or first is None or first.kind == "quote":
        return
    opening = without_speech(first.text)
    if _ABSTRACT.match(opening) or ((found := self_praise(opening)) and found.start() < _OPENING):
        yield Finding(first.offset, text("this begins with an organisation or an idea"), _BEGIN)


_OPENING = 60
_BEGIN = text("begin with a moment: a door that opens, a hand, something that somebody said")

BEGINNING = Rule("beginning", text("The beginning"), _beginning)

_CLOSINGS = (
    r"voor meer informatie|meer (?:informatie|weten)|wil (?:je|jij|u) (?:ook|meer)\b|heb je vragen over dit",
    r"heeft u vragen|neem (?:dan )?contact op|wordt vervolgd|(?:wij|we) (?:wensen|bedanken|danken)\b",
    r"kortom|al met al|concluderend|samenvattend|tot slot kunnen we|zo zie je|\w+ loont\b",
    r"(?:dit|het) (?:verhaal|voorbeeld|project) (?:laat|toont|bewijst)",
    r"(?:de|onze) organisatie is|(?:naam|welzijn\w*(?: \w+)?) (?:is|biedt|helpt|organiseert)\b",
    r"(?:het|dit) project (?:wordt|is) mede|\w[^.]{0,60}\b(?:mogelijk gemaakt|gesubsidieerd|gefinancierd)",
)
_CLOSING = re.compile(rf"\s*(?:{'|'.join(_CLOSINGS)})", re.I)


def _ending(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    passages = list(article.running)
    if article.kind.name not in _TOLD or not passages or passages[-1].kind == "quote":
        return
    last = passages[-1]
    closing = without_speech(last.text)
    if _CLOSING.match(closing) or self_praise(closing):
        yield Finding(
            last.offset, text("this story ends with information, or with what one has to think"), _END
        )


_END = text("stop one paragraph earlier, at what somebody does or says; the rest can be in a box")

ENDING = Rule("ending", text("The end"), _ending)

# ── somebody speaks ──

_I = re.compile(r"\b(?:ik|mijn|mij|me|wij|we|ons|onze)\b", re.I)
_SAYS = re.compile(r"\b(?:zegt|zei|vraagt|vroeg)\b[^.]{0,20}:|^\s*[A-Z]\w+: ")
_UTTERANCE = re.compile(r"[.,!?…]$|^\w+[.!?]")
_SAID_SO = re.compile(
    r"[’”\"'],?\s+(?:zegt|zei|vraagt|vroeg|vertelt|roept|riep|denkt|fluistert|lacht|aldus)\b"
)


def _speaking(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    running = list(article.running)
    if article.kind.name not in _TOLD or article.quoted or not running:
        return
    if not any(_speaks(passage) for passage in running):
        yield Finding(running[0].offset, text("nobody speaks in this story"), _LET_SPEAK)


def _speaks(passage: Passage) -> bool:
    if passage.kind == "quote" or _SAYS.search(passage.text) or _I.search(without_speech(passage.text)):
        return True
    if _SAID_SO.search(passage.text):
        return True
    return any(_UTTERANCE.search(said.strip()) for said in speeches(passage.text))


_LET_SPEAK = text("ask for one sentence of the person it is about, and put it between quotation marks")

SPEAKING = Rule("speaking", text("Somebody speaks"), _speaking)

# ── what to do next ──

_ASKED = ("news", "guide", "page")
_DO = re.compile(
    r"(?:bel|mail|kom|doe|meld|lees|kijk|vraag|draag|stuur|schrijf|neem|deel|help|ga|loop|bekijk"
    r"|download|bestel|hang"
    r"|steun|word|geef|zet|maak|vertel|nodig|plan|probeer|begin|oefen)\b",
    re.I,
)
_MAY_DO = re.compile(r"\bwie\b.*\b(?:wil|kan|heeft)\b.*\b(?:mailt|stuurt|belt|komt|meldt)\b", re.I)


def _action(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    running = list(article.running)
    if article.kind.name not in _ASKED or not running or any(p.links for p in article.passages):
        return
    if not any(_DO.match(s.text) or _MAY_DO.search(s.text) for s in article.sentences):
        yield Finding(running[-1].offset, text("the reader cannot do anything with this"), _NEXT)


_NEXT = text("say at the end what one can do: come, call, read on; with a link or a number")

ACTION = Rule("call-to-action", text("What can I do?"), _action)

# ── division ──

LONGEST_PARAGRAPH = 100
LONGEST_WITHOUT_HEADING = 320
"""Words."""


def _paragraphs(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    for passage in article.running:
        count = len(words(passage.text)) if len(passage.text) > 3 * LONGEST_PARAGRAPH else 0
        if count > LONGEST_PARAGRAPH:
            yield Finding(passage.offset, text("a paragraph of {count} words", count=count), _EMPTY_LINE)


_EMPTY_LINE = text("put an empty line where a new thought begins: one thought in a paragraph")

PARAGRAPH = Rule("long-paragraph", text("Long paragraphs"), _paragraphs)


def _headings(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    """Long stretches without a heading; letters have none, and the first page is built otherwise."""
    if article.kind.name in ("letter", "campaign"):
        return
    count, begin = 0, 0
    for passage in article.passages:
        if passage.kind == "heading":
            count = 0
        elif passage.running:
            begin = begin if count else passage.offset
            before, count = count, count + len(passage.text.split())
            if before <= LONGEST_WITHOUT_HEADING < count:
                told = text("more than {count} words without a heading", count=LONGEST_WITHOUT_HEADING)
                yield Finding(begin, told, _HEADING)


_HEADING = text("put one above each part, with '## ': words that say what happens there")

HEADINGS = Rule("subheadings", text("Headings in between"), _headings)

HARDEST = 45
"""The score of Flesch and Douma below which a text is difficult."""


def _ease(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    ease = ease_of(article.sentences)
    if ease is not None and ease.score < HARDEST:
        told = text("reading ease {score}: long words, long sentences", score=round(ease.score))
        yield Finding(next(article.running).offset, told, _SHORTER)


_SHORTER = text("60 or more is good for most readers; look for the longest words first, and say it aloud")

EASE = Rule("reading-ease", text("Reading ease"), _ease)

RULES = (BEGINNING, ENDING, SPEAKING, ANECDOTE, ACTION, PARAGRAPH, HEADINGS, EASE)
