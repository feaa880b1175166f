"""Every kind of sheet that is printed, with little and with much on it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from helpers.printing import house, picture, template
from microsite.rendering.print.sheets import (
    CertificateView,
    FactView,
    FigureView,
    FlyerView,
    InfographicView,
    JuryView,
    Pair,
    Paper,
    PosterView,
    SheetView,
    Way,
    sheet,
)

SHORT = FigureView("€ 1,60", "Opbrengst van elke euro", "Bron: SEOR, 2020", "Het is een gemiddelde.")
LONG = FigureView(
    "20 van de 32 aanpakken",
    "Aanpakken in het sociaal werk waarbij een verbetering van het welzijn van de deelnemers is vastgesteld",
    "Bron: Michiel de Nooij Economisch Onderzoek en Advies, in opdracht van de gemeente Amsterdam, 2021",
    "Bij 24 van de 32 aanpakken was welzijn een doel. Hoe het is gemeten, verschilt per aanpak, en dit getal "
    "komt uit een samenvatting van het rapport. De onderzoekers schreven erbij dat je dé waarde van sociaal "
    "werk niet in één bedrag kunt vangen, en de sector gaf zelf de opdracht voor het onderzoek.",
)
WAY = Way("Lees waar dit cijfer vandaan komt", "bewijs/euro.html", "QR-code naar het bewijs")
DEED = Way("Aan de slag in je eigen gemeente", "doe-mee.html", "QR-code naar Doe mee")


POSTER = PosterView(
    "nl",
    "Amina belt aan",
    "Het zal wel aan ons liggen.",
    True,
    WAY,
    "Amina",
    "opbouwwerker, Zandhage",
    "Dit verhaal is verzonnen.",
    "Portret van Amina",
)


def flyer(figure: FigureView | None) -> FlyerView:
    return FlyerView(**asdict(POSTER), invitation="Dit kun je doen", deed=DEED, figure=figure)


def infographic(*rows: Pair) -> InfographicView:
    words = ("In Nederland", "Bij ons", "Schrijf hier jullie cijfer.", "Het cijfer", "Waar het vandaan komt")
    return InfographicView("nl", "Sociaal werk in cijfers", rows, WAY, *words)


VIEWS: dict[str, tuple[str, SheetView, Paper]] = {
    "poster": ("poster", POSTER, "a3"),
    "flyer": ("flyer", flyer(SHORT), "a5"),
    "flyer, long": ("flyer", flyer(LONG), "a5"),
    "flyer without a figure": ("flyer", flyer(None), "a5"),
    "figure": ("fact", FactView("nl", "Wat een euro oplevert", SHORT, WAY, "Bij ons"), "a3"),
    "figure, long": ("fact", FactView("nl", "Aanpakken", LONG, WAY, "Bij ons", LONG), "a4"),
    "infographic": ("infographic", infographic(Pair(SHORT), Pair(LONG, SHORT)), "a3"),
    "infographic, long": ("infographic", infographic(*[Pair(LONG, LONG)] * 4), "a3"),
    "certificate": (
        "certificate",
        CertificateView(
            "nl",
            "Eén trap tussen de dokter en het maatschappelijk werk",
            "Gouden gemeente 2026",
            "'s-Hertogenbosch",
            "De jury zag een gemeente die een muur weghaalde.",
            "Deze winnaar bestaat niet.",
            "Namens de jury",
            "Datum",
        ),
        "a4",
    ),
    "certificate with a face": (
        "certificate",
        CertificateView(
            "nl",
            "Ria onthoudt wie er gisteren niet was",
            "Gouden persoon 2026",
            "Ria",
            "Ria deelt de soep uit, en belt aan bij wie een dag overslaat.",
            "Deze persoon bestaat niet.",
            "Namens de jury",
            "Datum",
            "Portret van Ria",
        ),
        "a4",
    ),
    "form": (
        "jury",
        JuryView(
            "nl",
            "Wat is er goud aan?",
            "Voorgedragen",
            "Jurylid",
            "Punten.",
            "Waarom?",
            ("Nieuw?", "Samen?"),
            3,
        ),
        "a4",
    ),
}


def made(kind: str, brand: str, **more: Any) -> bytes:
    """The PDF of one of the VIEWS."""
    name, view, paper = VIEWS[kind]
    face = picture("content/verhalen/amina.svg") if getattr(view, "alt", "") else None
    return sheet(template(name), house(brand), view, paper, picture=face, **more)
