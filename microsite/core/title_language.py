"""The language that a short title is written in, guessed from its words.

Only for a hint to the author: a library that tells languages apart needs whole sentences, and megabytes.
"""

from __future__ import annotations

import re

_WORDS = {
    "en": """
        the and from with what how why this that these those their its are was were be been by to on at
        into about between among through toward towards does do not study studies report review research
        evidence social care health work working worker workers youth young people community communities
        public policy policies services service family families child children poverty debt older adults
        elderly women men school schools support improve improving reduce reducing measuring measure value
        values effect effects effectiveness outcome outcomes impact cost costs benefit benefits return
        investment analysis systematic meta risk factors loneliness isolation wellbeing well being
        prescribing welfare housing homeless homelessness inequality education local national global
        government council councils city cities new does can could should will may save shows show year
        years elements guide toolkit framework practice lessons learned early intervention prevention
        volunteers volunteering neighbourhood neighbourhoods annual preventing trends europe european a an
        of for as
    """,
    "de": """
        der das und für mit von ein eine einer eines zur zum ist im auf bei nicht über durch soziale
        sozialer sozialen arbeit wirkung wirkungen kosten nutzen studie bericht jugend kinder familien
        gesundheit stadt gemeinde
    """,
    "fr": """
        le la les des du et une un pour dans sur au aux avec par est sont ce cette travail étude rapport
        santé jeunes famille familles coût coûts évaluation politique politiques entre
    """,
    "nl": """
        de het een van voor met naar bij wat hoe waarom door uit over niet ook zijn er dat die deze dit je
        we wij jouw ons onze aan op te tot en of als om naast meer minder jaar werk sociaal sociale kosten
        baten onderzoek rapport effect effecten businesscase businesscases monitor analyse cijfers
        gemeente gemeenten zorg welzijn jongeren kinderen ouderen mensen gezinnen campagne organisatie
        buurt wijk stad handreiking factsheet
    """,
}
_COMMON = {code: frozenset(words.split()) for code, words in _WORDS.items()}

_ENGLISH = re.compile(
    r"\w{2}(?:tions?|ments|ities|ity|ness|ships?|ical|ingly|ously|ised|ized|ising|izing|ght)$"
)
_DUTCH = re.compile(r"aa|uu|ij|oe|sch|cht|kk|lijk|heid|(?:tie|ties|isch|ische|eel|ele|en|jes?|tjes?|ingen)$")
_DUTCH_KIND = re.compile(
    r"(?:verslag|rapport|onderzoek|evaluatie|meting|reiking|leidraad|notitie|advies|businesscases?)$"
)
"""What Dutch publications call themselves, whatever English name comes after it: it counts twice."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(title: str) -> str:
    """The code of the language of a title: nl, en, de or fr; "" when its words do not tell."""
    words = [word.lower() for word in _WORD.findall(title)]
    score = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    others = [word for word in words if not any(word in common for common in _COMMON.values())]
    score["en"] += sum(bool(_ENGLISH.search(word)) for word in others)
    score["nl"] += sum(bool(_DUTCH.search(word)) for word in others)
    score["nl"] += sum(bool(_DUTCH_KIND.search(word)) for word in words)
    first, second = sorted(score, key=lambda code: -score[code])[:2]
    return first if score[first] >= 2 and score[first] > 2 * score[second] else ""
