"""What Dutch editors call the keys and values that are English here.

No measure of likeness finds these: 'samenvatting' is no typing error for 'summary'. They are looked for in
what is possible at a place only, so one word may stand for several.
"""

from __future__ import annotations

from collections.abc import Collection

_WORDS = {
    "summary": "samenvatting inleiding lead",
    "title": "titel kop naam",
    "share": "delen deeltekst",
    "in_short": "kort in_het_kort",
    "date": "datum dag publicatiedatum",
    "updated": "bijgewerkt gewijzigd aangepast",
    "draft": "concept kladversie",
    "expires_on": "verloopt vervalt einddatum verloopt_op",
    "given_on": "gegeven gegeven_op",
    "weight": "volgorde gewicht plek",
    "tags": "themas thema thema's thema’s labels trefwoorden themes",
    "themes": "themas thema thema's thema’s tags",
    "image": "beeld foto afbeelding plaatje",
    "object": "voorwerp ding",
    "sentence": "zin",
    "src": "bestand bron foto",
    "alt": "beschrijving omschrijving alttekst",
    "credit": "fotograaf maker foto bron",
    "consent": "toestemming",
    "person": "persoon",
    "people": "mensen personen",
    "name": "naam",
    "pseudonym": "schuilnaam",
    "age": "leeftijd",
    "job": "beroep functie",
    "organisation": "organisatie organization",
    "work_field": "werkveld",
    "municipality": "gemeente plaats woonplaats",
    "region": "regio gemeente plaats",
    "quote": "citaat",
    "text": "tekst",
    "speaker": "spreker",
    "role": "rol functie",
    "roles": "rollen",
    "facts": "feiten cijfers",
    "figures": "cijfers feiten",
    "help": "hulp hulplijnen",
    "yields": "opbrengst opbrengsten resultaat resultaten",
    "claim": "bewering stelling",
    "method": "methode",
    "caveat": "kanttekening",
    "strength": "sterkte bewijskracht",
    "source": "bron",
    "publisher": "uitgever",
    "author": "auteur schrijver",
    "value": "waarde getal",
    "unit": "eenheid",
    "as_of": "peildatum",
    "undated": "zonder_datum",
    "valid_until": "geldig_tot",
    "charts": "grafieken grafiek",
    "goal": "doel",
    "needs": "nodig benodigdheden",
    "year": "jaar",
    "award": "prijs",
    "fictional": "verzonnen fictief",
    "keywords": "trefwoorden zoekwoorden steekwoorden",
    "synonyms": "synoniemen",
    "aliases": "oude_adressen oud_adres",
    "based_on": "gebaseerd_op",
    "closed": "gesloten afgesloten",
    "rhythm": "ritme",
    "since": "sinds",
    "until": "tot",
    "minor": "minderjarig",
    "guardian": "voogd ouder",
    "scope": "bereik",
    "audience": "doelgroep publiek",
    "colour": "kleur",
    "second_colour": "tweede_kleur steunkleur",
    "font": "lettertype",
    "contact": "contactpersoon",
    "phone": "telefoon telefoonnummer tel mobiel",
    "email": "mail e-mail mailadres",
    "address": "adres",
    "url": "website adres link site",
    "hide": "verbergen verberg weglaten",
    "sender": "afzender",
    "licence": "licentie",
    "core_message": "kernboodschap",
    "description": "omschrijving beschrijving",
    "page": "pagina",
    "general": "algemeen",
    # values
    "valid": "geldig akkoord ja ok",
    "pending": "aangevraagd afwachting",
    "withdrawn": "ingetrokken intrekking teruggetrokken herroepen",
    "expired": "verlopen",
    "press": "pers",
    "print": "drukwerk papier",
    "social": "sociaal socials",
    "web": "site website internet",
    "national": "landelijk",
    "members": "leden lid",
    "worker": "werker medewerker hulpverlener",
    "client": "cliënt bewoner deelnemer",
    "alderman": "wethouder",
    "place": "plek plaats",
    "nominee": "genomineerd genomineerde",
    "winner": "winnaar",
    "bars": "balken balk staven staaf staafdiagram",
    "line": "lijn",
    "hours": "uren",
    "days": "dagen",
    "months": "maanden",
}
NAMES = frozenset(_WORDS)
"""The English words that have a Dutch one: the keys that are most used, and words that they take."""

_MEANINGS = {
    word: [name for name, words in _WORDS.items() if word in words.split()]
    for words in _WORDS.values()
    for word in words.split()
}


def meaning(word: str, possible: Collection[str]) -> str | None:
    """The one of the ``possible`` words that a Dutch word stands for, or None."""
    meanings = _MEANINGS.get(word.strip().lower().replace(" ", "_"), ())
    return next((name for name in meanings if name in possible), None)
