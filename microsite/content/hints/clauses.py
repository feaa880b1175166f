"""Rules about how a sentence is built: its length, who does something in it, and who talks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.content.hints.article import Article
from microsite.content.hints.finding import Finding, Rule
from microsite.content.hints.guide_file import WritingGuide
from microsite.content.hints.passages import words
from microsite.core.problems import text

# ── length ──

LONGEST = 28
"""Words. The campaign's guide says about fifteen; from twice that on, a reader has to begin again."""

_LISTED = 3
"""Commas behind a colon from which on it is a list, of which each part is read by itself."""


def _long(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    for sentence in article.told:
        if len(sentence.text) < LONGEST * 3:
            continue
        before, colon, behind = sentence.text.partition(":")
        listed = colon and behind.count(",") >= _LISTED
        count = len(words(before if listed else sentence.text))
        if count > LONGEST:
            yield Finding(sentence.offset, text("a sentence of {count} words", count=count), _SPLIT)


_SPLIT = text("make two of it: one thought in a sentence, about fifteen words")

LONG = Rule("long-sentence", text("Long sentences"), _long)

# ── the passive ──

_CLAUSE = re.compile(
    r"[,;:()–—]|(?<=\s)(?:en|maar|want|of|dat|omdat|toen|als|die|zodat|terwijl|wat|hoe|waarom|wie"
    r"|welke|waar)(?=\s)"
)
_BECOME = re.compile(r"\b(?:wordt|worden|werd|werden)\b", re.I)
_PARTICIPLE = re.compile(
    r"\b(?:\w{0,9}ge[a-zë]{2,}(?:d|t)|\w{0,9}ge[a-zë]{2,}en|(?:be|ver|ont|her|er|onder|over"
    r"|mis)[a-zë]{2,}(?:d|t)"
    r"|\w{0,9}ge(?:daan|zien|slagen|staan)|besloten|besproken|begrepen|beschreven|bekeken|bewezen|betrokken"
    r"|verwezen|verboden|vergeten|verloren|verkregen|verzonden|ontvangen|ontworpen|ontnomen|ondernomen"
    r"|onderhouden|onderwezen|overwogen|ontslagen|afgesproken|doorverwezen|aanbevolen|uitbesteed"
    r"|ingezet)\b",
    re.I,
)
_TO_BE_CONTINUED = re.compile(r"wordt vervolgd", re.I)
_NO_PARTICIPLE = re.compile(
    r"(?:ge(?:woon|zellig|zond|lijk|weldig|duld|luid|zicht|dicht|wicht|recht|rucht|vecht|slacht|bied|bit|bed|weld|ld"
    r"|moed|noot|beurt|zind|schikt|hecht|trouwd|boren|zinnen|sprekken|meenten?|vallen|bouwen|bieden|dachten|tallen"
    r"|voelens|volgen|heimen|luiden|zichten|rechten|nieten|loven|bruiken|beuren|ven|bergen|leden|tijden|zamen|legen)"
    r"|\w*(?:gelegenheid|geld|gebied|gezicht|gevoel|heid)|be(?:ter|kend|reid|wust|vriend|langrijkst|stand|richt|eld"
    r"|leid|wind|est|st|urt|roemd|nieuwd|deesd|nauwd)|ver(?:liefd|der|stand|trouwd|moeid|band|bond|haal|keerd|driet"
    r"|dacht)|er(?:nst|gst|gens)|onder(?:kant|ste|scheid|houd)|over(?:lijd|last|zicht|schot)|ontvangst|herfst|mist"
    r"|egen|eigen|tegen|regen|morgen|dagen|vragen|krijgen|mogen|jongen)$",
    re.I,
)


_OFTEN, _FEW = 8, 4
"""One sentence in so many is passive in a text of which it is told: a single one does no harm, unless the
text has but a few."""

_BY = re.compile(r"\bdoor (?!(?:middel|de week|de jaren|het jaar|elkaar)\b)", re.I)


def _passive(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    """Passives that name who does it, which are turned round at once; all in a text full of them."""
    passives = [(sentence, found) for sentence in article.told if (found := _passive_in(sentence.text))]
    often = len(passives) * _OFTEN >= len(article.told) and (len(passives) > 1 or len(article.told) <= _FEW)
    for sentence, (at, verb, done) in passives:
        if often or _BY.search(sentence.text):
            told = text("'{verb} … {done}' hides who does it", verb=verb, done=done)
            yield Finding(sentence.offset + at, told, _ACTIVE)


def _passive_in(sentence: str) -> tuple[int, str, str] | None:
    """Where the first passive clause has its verb, that verb, and the participle."""
    if not _BECOME.search(sentence) or _TO_BE_CONTINUED.match(sentence):
        return None
    begin = 0
    for end in [*(found.end() for found in _CLAUSE.finditer(sentence)), len(sentence)]:
        clause = sentence[begin:end]
        if (verb := _BECOME.search(clause)) and (done := _participle(clause)):
            return begin + verb.start(), verb[0].lower(), done
        begin = end
    return None


def _participle(clause: str) -> str:
    found = (word[0].lower() for word in _PARTICIPLE.finditer(clause))
    return next((word for word in found if not _NO_PARTICIPLE.match(word)), "")


_ACTIVE = text("say who does it: 'they help her' instead of 'she is helped'")

PASSIVE = Rule("passive", text("The passive"), _passive)

# ── nouns made of verbs ──

_DOING = (
    r"(?:\w+eren|(?:ver|be|ont|her|onder|over)\w{3,}en|\w*(?:bieden|vragen|bouwen|brengen|stellen"
    r"|voeren|zetten"
    r"|komen|pakken|leveren|geven|maken|houden|regelen|stemmen|lenen|dringen|leggen|nemen|vinden"
    r"|zoeken|sluiten"
    r"|lossen|vullen|voegen|richten|trekken|doen|helpen))"
)
_NO_DOING = (
    r"(?:inkomen|vermogen|kinderen|einde|leven|midden|overlijden|bestaan|onderwerpen|verleden|betogen)"
)
_NOUN = re.compile(
    rf"\bhet (?:[a-z]\w+ |op [a-z]+ |in [a-z]+ )?(?!{_NO_DOING}\b)(?P<verb>{_DOING}) van\b"
    r"|\b(?:de|een) (?:versterking|verbetering|vergroting|bevordering|stimulering|vermindering|realisatie"
    r"|realisering|optimalisering) van\b"
    r"|\bter (?:bevordering|verbetering|versterking|voorkoming|ondersteuning|vergroting|bescherming) van\b",
    re.I,
)


def _nouns(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    for found in _NOUN.finditer(article.narration):
        told = text("'{words}' hides what somebody does", words=" ".join(found[0].split()).lower())
        yield Finding(found.start(), told, _VERB)


_VERB = text("use the verb, with who does it: 'neighbours meet' instead of 'the meeting of neighbours'")

NOUNS = Rule("noun-style", text("Nouns instead of verbs"), _nouns)

# ── the organisation about itself ──

_OFFERS = (
    r"(?:bied(?:t|en)?|ondersteun(?:t|en)|begeleid(?:t|en)|helpen mensen|faciliteren|realiseren|dragen bij"
    r"|streven|streeft|(?:geloven|gelooft) in|vinden het belangrijk|hechten waarde|hebben als doel"
    r"|sta(?:an|at) (?:voor|klaar|midden)|zijn er voor|maken ons sterk|beschik(?:t|ken) over"
    r"|zetten ons in|zet zich in|blijven ons inzetten|richten ons op|richt zich op"
    r"|werken (?:aan|vraaggericht))"
)
_OURS = (
    r"(?:onze|ons) (?:organisatie|stichting|vereniging|team|professionals|medewerkers|collega’s"
    r"|vrijwilligers)"
)
_WE = re.compile(
    rf"\b(?:wij|we|naam|{_OURS})\b(?:\s+[\w’-]+){{0,2}}?\s+{_OFFERS}\b|\b{_OFFERS}\s+(?:wij|we)\b"
    r"|\b(?:vanuit |volgens )?onze (?:missie|visie|ambitie|kernwaarden?|dienstverlening|expertise)\b"
    r"|\bonze (?:organisatie|stichting) (?:heeft|is|wil|kan|werkt)\b"
    r"|\bonze (?:professionals|medewerkers) werken\b"
    r"|\b(?:wij|we) zijn (?:dé|een) \w*(?:organisatie|stichting|partner)\b"
    r"|^als \w*organisatie\b[^.]{0,20}\b(?:wij|we)\b"
    r"|\bmet onze (?:jarenlange |ruime )?ervaring\b|\bbij ons staat\b[^.]{0,30}\bcentraal\b",
    re.I,
)


def _we(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    for sentence in article.told:
        if found := self_praise(sentence.text):
            yield Finding(sentence.offset + found.start(), _ABOUT_US, _ABOUT_THEM)


def self_praise(typed: str) -> re.Match[str] | None:
    """Where an organisation says what it offers, strives for or believes in."""
    return _WE.search(typed) if _MAY_BE_US.search(typed) else None


_MAY_BE_US = re.compile(r"\b(?:[Ww]e|[Ww]ij|Naam|[Oo]nze|[Oo]ns)\b")


_ABOUT_US = text("here the organisation talks about itself")
_ABOUT_THEM = text("say what somebody notices of it: who came in, what happened, what is different now")

WE = Rule("organisation-we", text("The organisation about itself"), _we)

# ── names ──

_NAME = r"[A-Z][a-zë]+(?:[ -](?:van|de|den|der|ten|ter|el|El|bin)){0,3}(?: [A-Z][a-zë]+)+"
_SAYS = (
    r"(?:zegt|zei|vertelt|vertelde|legt uit|legde uit|aldus|volgens|benadrukt|benadrukte|vindt|vond"
    r"|noemt|noemde"
    r"|stelt|meent|lacht|lachte|wijst|weet|wist|roept|fluistert|verzucht|vervolgt|antwoordt|vraagt"
    r"|vroeg|denkt|reageert|besluit|legt)"
)
_SAID = re.compile(rf"(?P<before>\b\w+[ ])?(?P<name>{_NAME})(?P<behind>,? ?\(?[\w]*)")
_SPEAKS = re.compile(rf"^\s*{_SAYS}\b|\b{_SAYS}\s+$", re.I)
_ORGANISATION = re.compile(
    r"\b(?:Welzijn|Werk|Stichting|Nederland|Zorg|Huis|Leger|Fonds|Bureau|Universiteit|Hogeschool"
    r"|Gemeente|Kamer"
    r"|Bank|Raad|Straat|Plein|Stad)\b"
)
_NO_ROLE = frozenset(
    """
    en ook dat maar want toen als omdat met door van voor of volgens hoe wat waar daar dan nu
    """.split()  # noqa: SIM905 -- as readable as a list of words can be
)
_NO_NAME = _NO_ROLE | {
    "over",
    "in",
    "uit",
    "na",
    "bij",
    "op",
    "te",
    "naar",
    "tot",
    "onder",
    "tegen",
    "zonder",
}
_NO_NAME |= {"hij", "zij", "ze", "het", "de", "een"}
_ROLE = re.compile(r"[A-Z]\w*(?:werker|werkster|houder|lid|meester|coach|arts|zorger|ist|eur|vrouw|man)\b")


def _names(article: Article, guide: WritingGuide) -> Iterator[Finding]:
    """The first time that somebody with a family name speaks, if nothing says who that is."""
    if article.kind.name not in ("story", "news", "post"):
        return
    known = set(article.people)
    for sentence in article.told:
        for found in _SAID.finditer(sentence.text):
            name = found["name"]
            first, *_, family = name.split()
            if family in known or name in known or first.lower() in _NO_NAME:
                continue
            known.add(family)
            if _speaks(sentence.text, found) and not _introduced(sentence.text, found):
                yield Finding(sentence.offset + found.start("name"), _WHO, _FUNCTION)


def _speaks(sentence: str, found: re.Match[str]) -> bool:
    before, behind = sentence[: found.start("name")], sentence[found.end("name") :]
    return bool(_SPEAKS.search(behind[:20])) or bool(_SPEAKS.search(before[-20:]))


def _introduced(sentence: str, found: re.Match[str]) -> bool:
    """Whether a word before or behind the name says who it is, or it is not the name of a person."""
    name, before = found["name"], (found["before"] or "").strip().lower()
    if _ORGANISATION.search(name) or _ROLE.match(name):
        return True
    if re.match(r"\s*[,(]\s*[a-z]|\s+(?:van|uit|bij) ", sentence[found.end("name") :]):
        return True
    return bool(before) and before not in _NO_ROLE and re.fullmatch(_SAYS, before) is None


_WHO = text("a name without a word about who it is")
_FUNCTION = text("say once who speaks: a function, or what this person has to do with it")

NAMES = Rule("unnamed-role", text("Names without a function"), _names)

RULES = (LONG, PASSIVE, NOUNS, WE, NAMES)
