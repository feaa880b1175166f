"""Rules about single words and phrases: most of them are lists of the campaign, in ``schrijfwijzer.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from microsite.content.hints.article import Article
from microsite.content.hints.finding import Finding, Rule
from microsite.content.hints.guide_file import Phrases, WritingGuide, find_phrases
from microsite.content.hints.passages import Passage
from microsite.core.problems import Text, text


def _listed(name: str, title: Text, message: Text, phrases: Callable[[WritingGuide], Phrases]) -> Rule:
    """A rule that tells of the phrases of a list, each once, outside what somebody says."""

    def find(article: Article, guide: WritingGuide) -> Iterator[Finding]:
        seen = set()
        for match in find_phrases(phrases(guide), article.narration, article.vocabulary):
            words = " ".join(match.words.split())
            if words.lower() not in seen:
                seen.add(words.lower())
                told, advice = message.format(words=words), _INSTEAD.format(words=match.instead)
                yield Finding(match.offset, told, advice)

    return Rule(name, title, find)


_INSTEAD = text("better: {words}")

CLICHE = _listed(
    "cliche",
    text("Borrowed images"),
    text("'{words}' is an image that everybody uses"),
    lambda guide: guide.cliches,
)
JARGON = _listed(
    "jargon",
    text("Words of the trade"),
    text("'{words}' is a word of the trade"),
    lambda guide: guide.jargon,
)
STIFF = _listed(
    "stiff-words",
    text("Formal words"),
    text("'{words}' is a formal word"),
    lambda guide: guide.stiff_words,
)
PRAISE = _listed(
    "praise",
    text("Words of praise"),
    text("'{words}' praises, and shows nothing"),
    lambda guide: guide.praise,
)
DIGNITY = _listed(
    "dignity",
    text("Dignity"),
    text("'{words}' makes a person into what went wrong"),
    lambda guide: guide.dignity,
)

# ── abbreviations ──

_PART_OF_NAME = re.compile(r"\s+[A-Z][a-z]|[-][A-Z][a-z]")
_NAMED_SO = re.compile(r"(?:bureau|stichting|platform|vakbond|bond|fonds|keten|partij)\s+$", re.I)
_ROMAN = re.compile(r"[IVX]+")


def _abbreviations(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    """The first use of an abbreviation that is not explained anywhere on the page."""
    meanings = dict(guide.abbreviations)
    seen = {word.upper() for word in guide.known_abbreviations} - {word.upper() for word in meanings}
    for found in _short(guide.abbreviations).finditer(article.narration):
        short = found[0]
        meaning = meanings.get(short, "")
        if short.upper() in seen or (not meaning and _is_a_name(article.narration, found)):
            continue
        seen.add(short.upper())
        if not _explained(short, meaning, article.source.text):
            message = text("'{word}' is not explained", word=short)
            yield Finding(found.start(), message, _MEANS.format(words=meaning) if meaning else _EXPLAIN)


@lru_cache(maxsize=4)
def _short(abbreviations: Phrases) -> re.Pattern[str]:
    """Those of the list, and three capitals: four may be a word, and two are a size or a level as often."""
    listed = "".join(f"{re.escape(word)}|" for word, _ in abbreviations)
    return re.compile(rf"(?<![\w-])(?:{listed}[A-Z]{{3}})(?!\w)")


def _is_a_name(typed: str, found: re.Match[str]) -> bool:
    """Whether the letters are a name or number: ``bureau BKB``, ``SEO Onderzoek``, ``Willem III``."""
    if _ROMAN.fullmatch(found[0]) or _PART_OF_NAME.match(typed, found.end()):
        return True
    return _NAMED_SO.search(typed, max(0, found.start() - 20), found.start()) is not None


def _explained(short: str, meaning: str, typed: str) -> bool:
    """Whether the page says what it means: in brackets, behind a colon, or as a title to point at."""
    word = re.escape(short)
    said = rf"\({word}\)|\b{word} \(\w+[ -]\w|\b{word}: \w+ \w|\w{{4,}}, de {word}\b|<abbr[^>]*>{word}<"
    return re.search(said, typed) is not None or (bool(meaning) and meaning.lower() in typed.lower())


_MEANS = text("write what it means once: {words}")
_EXPLAIN = text("write once what it means, or leave it out")

ABBREVIATION = Rule("abbreviation", text("Abbreviations"), _abbreviations)

# ── links ──

_EMPTY = re.compile(
    r"(?:(?:naar|op|via|in|zie|bekijk|open|het|de|deze|dit|onze) )*"
    r"(?:klik(?: hier)?|hier|daar|lees (?:meer|verder)|verder(?: lezen)?|meer(?: (?:info|informatie|lezen))?"
    r"|ga verder|bekijk|open|download(?:en)?|link|pagina|website|site|bestand|document|pdf)$|klik hier\b",
    re.I,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+/\S{2,}")


def _links(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    for passage in article.passages:
        for link in passage.links:
            bare = re.sub(r"[\W_]+$", "", link.words.strip(" *_"))
            if _EMPTY.match(bare):
                yield Finding(
                    link.offset, text("'{words}' does not say where a link leads", words=bare), _LEADS
                )
            elif _ADDRESS.fullmatch(link.words.strip()):
                yield Finding(link.offset, text("the words of this link are an address"), _LEADS)


_LEADS = text("make words that say what is there into the link: who hears only the links can choose too")

LINK = Rule("link-words", text("Words in links"), _links)

# ── numbers ──

_NUMBER_WORD = (
    r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twintig|dertig|veertig|vijftig|zestig|zeventig"
    r"|tachtig|negentig|honderd|\d[\d.,]*)"
)
_PEOPLE = r"(?:mensen|nederlanders|gezinnen|huishoudens|kinderen|jongeren|ouderen)"
_EFFECT = r"(?:levert|leveren|leverde|bespaart|besparen|bespaarde|scheelt|kost)"
_OF_IT = r"(?=[^.;:]* (?:op|minder|per jaar|jaarlijks)\b)"
_CLAIMS = (
    rf"(?!(?:honderd|100) ?(?:%|procent)){_NUMBER_WORD} ?(?:%|procent\b)",
    rf"{_NUMBER_WORD} op de (?:{_NUMBER_WORD})\b(?!\s+(?:verdieping|rij))",
    r"(?:bijna|ruim|meer dan|zo’n|ongeveer) (?:de helft|driekwart|een kwart) van\b",
    rf"\d{{1,3}}(?:\.\d{{3}})+(?=\s+{_PEOPLE})",
    rf"{_NUMBER_WORD} (?:duizend|miljoen|miljard)\b",
    r"half miljoen\b",
    rf"{_NUMBER_WORD} keer zo(?:veel| veel)\b",
    r"(?:daalde|steeg|groeide|afnam|toenam) met (?:een kwart|de helft|een derde|twee derde)\b",
    r"(?<!\d )(?:miljoenen|miljarden)\b",
    rf"{_EFFECT}\b[^.;:]{{0,40}}?(?:€ ?\d[\d.,]*\d|\d[\d.,]* euro){_OF_IT}",
    r"(?:verdubbelde|halveerde|verdrievoudigde)\b(?= in)",
)
_CLAIM = re.compile(rf"(?<![\w.,-])(?:{'|'.join(_CLAIMS)})", re.I)
_MAY_CLAIM = re.compile(
    r"%|procent| op de |helft|kwart|\.\d{3}|duizend|miljoen|miljard|keer zo|daalde|steeg|groei|nam"
    r"|lever|bespa|scheel|kost|bbelde|halveer|voudigde"
)
"""Something of every claim; to look through most sentences fast."""

_SOURCE = re.compile(
    r"\b(?:volgens|blijkt|onderzoek\w*|onderzocht\w*|bron|rapport\w*|cijfers van|telde|monitor|jaarverslag"
    r"|enquête|meting|berekende|rekende|peiling|bureau)\b|\b(?-i:[A-Z]{3,5})\b",
    re.I,
)
_FROM_A_SOURCE = 200
"""How many characters before or behind a number its source may be named."""


def _numbers(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    """Claims with a number, where no source is near. A page of evidence is about nothing else."""
    if article.kind.name in ("evidence", "listing"):
        return
    for sentence in article.told:
        if not _MAY_CLAIM.search(sentence.text):
            continue
        for found in _CLAIM.finditer(sentence.text):
            at = sentence.offset + found.start()
            if not _has_source(sentence.passage, at):
                yield Finding(at, text("this number has no source"), _NAME_SOURCE)
                break


def _has_source(passage: Passage, at: int) -> bool:
    here = at - passage.offset
    near = passage.text[max(0, here - _FROM_A_SOURCE) : here + _FROM_A_SOURCE]
    marked = any(abs(note - at) < _FROM_A_SOURCE for note in passage.notes)
    linked = any(abs(link.offset - at) < _FROM_A_SOURCE for link in passage.links)
    return marked or linked or _SOURCE.search(near) is not None


_NAME_SOURCE = text("put it in feiten.yaml and name it as {example}, or say who counted it").format(
    example="{{ feit:naam }}"
)

NUMBER = Rule("bare-number", text("Numbers without a source"), _numbers)

LISTS = (DIGNITY, CLICHE, JARGON, STIFF, PRAISE)
"""The rules that are a list of the campaign: they can be asked of a single line."""

RULES = (*LISTS, ABBREVIATION, LINK, NUMBER)
