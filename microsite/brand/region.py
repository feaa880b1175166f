"""A region within a sentence: "in Wilgendam", "in de Achterhoek", "op Texel"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from microsite.core.problems import Place, Problem, text

SAID = {
    "op": (
        "Texel Vlieland Terschelling Ameland Schiermonnikoog Wieringen Marken Urk Walcheren Tholen "
        "Goeree-Overflakkee Schouwen-Duiveland Noord-Beveland Zuid-Beveland Voorne Voorne-Putten IJsselmonde "
        "Aruba Bonaire Curaçao Saba Sint-Eustatius Sint-Maarten IJburg Katendrecht"
    ),
    "op de": "Veluwe Heuvelrug Utrechtse-Heuvelrug Waddeneilanden Zuid-Hollandse-eilanden",
    "in de": (
        "Achterhoek Betuwe Liemers Kempen Peel Meierij Baronie Langstreek Biesbosch Bollenstreek Zaanstreek "
        "IJmond Randstad Drechtsteden Alblasserwaard Bommelerwaard Hoeksche-Waard Krimpenerwaard "
        "Lopikerwaard Haarlemmermeer Noordoostpolder Wieringermeer Purmer Beemster Stellingwerven "
        "Vijfheerenlanden Vechtstreek Veenkoloniën Gelderse-Vallei Kop-van-Noord-Holland Kop-van-Overijssel "
        "Mijnstreek Noordkop Duin-en-Bollenstreek Friese-Wouden"
    ),
    "in het": (
        "Gooi Westland Oldambt Groene-Hart Heuvelland Westerkwartier Rijk-van-Nijmegen Rivierenland "
        "Land-van-Cuijk Land-van-Heusden-en-Altena Land-van-Maas-en-Waal Reestdal Vechtdal"
    ),
}
"""Regions of which a Dutch reader says otherwise than "in", without an article, a hyphen for each space."""

_KINDS = ("gemeente", "regio", "provincie", "wijk", "stad", "streek")
_ARTICLES = re.compile(r"(?:de|het|'t|’t)\s+")
_PREPOSITIONS = re.compile(
    r"(?:in|op|aan|bij|rond|rondom|langs|tussen|onder|boven|on|at|near|around)\s+", re.I
)
_PHRASE = re.compile(r"[a-z]+ \S.*(?<![.!?,;:])")


def within(region: str, language: str) -> str:
    """How a sentence says that something is in a region, in Dutch or English; "" without a region.

    >>> within("Achterhoek", "nl")
    'in de Achterhoek'
    """
    if not region or language != "nl":
        return region and f"in {region}"
    name = _ARTICLES.sub("", region)
    said = _SAID.get("-".join(name.casefold().split()))
    if said is not None:
        return f"{said} {name}"
    return f"in de {region}" if region.partition(" ")[0] in _KINDS else f"in {region}"


_SAID = {name.casefold(): said for said, names in SAID.items() for name in names.split()}


def check_region(region: str, said: str, language: str, places: Mapping[str, Place]) -> Iterator[Problem]:
    """What is wrong with the keys ``region`` and ``in_region`` (``said``) of brand.yaml."""
    preposition = _PREPOSITIONS.match(region)
    if preposition is not None:
        name = region[preposition.end() :]
        message = text("'{region}' is more than the name of a region", region=region)
        hint = text("write: {line}", line=f"region: {name}")
        if within(name, language) != region:
            hint = text("write 'region: {name}' and 'in_region: {region}'", name=name, region=region)
        yield Problem(places["region"], message, hint, "warning")
    if said and not region:
        yield Problem(
            places["in_region"],
            text("'in_region' says nothing without 'region'"),
            text("add the name itself: {line}", line=f"region: {_PREPOSITIONS.sub('', said)}"),
        )
    elif said and (not _PHRASE.fullmatch(said) or _ARTICLES.match(said)):
        yield Problem(
            places["in_region"],
            text("'{said}' does not fit in a sentence after the word 'also'", said=said),
            text("write it as people say it, such as: {line}", line=f"in_region: {within(region, language)}"),
        )
