"""Cards: what lists show of a page, and the filters that find it there."""

from __future__ import annotations

from collections.abc import Mapping

from microsite.content.documents import Document
from microsite.content.front_matter import (
    Ambassador,
    Evidence,
    Exchange,
    Golden,
    Guide,
    Letter,
    Meta,
    Story,
    people,
)
from microsite.core.problems import text
from microsite.rendering.views import Card, Exhibit, FactUse, Figure, Proof, Recording, Task

Facets = tuple[tuple[str, tuple[str, ...]], ...]
"""The filters that a page falls under: (query parameter, values)."""

FACETS = {
    "thema": text("Theme"),
    "rol": text("Who tells"),
    "plaats": text("Place"),
    "wie": text("Who does it"),
    "tijd": text("What it takes"),
    "doel": text("What you get out of it"),
}
"""The filters of lists, by their query parameter."""


def card_of(
    document: Document,
    meta: Meta,
    figures: Mapping[str, Figure],
    themes: tuple[str, ...],
    work_fields: Mapping[str, str],
    facets: Facets,
    recording: Recording | None,
) -> Card:
    """The card of a document. ``figures`` are its pictures by their keys.

    ``themes`` are titles, ``work_fields`` titles by id.
    """
    kept = meta.object if isinstance(meta, Story) and "object" in figures else None
    person = dict(people(meta)).get("person")
    quote = meta.quote if isinstance(meta, Story | Ambassador) else None
    golden = meta if isinstance(meta, Golden) else None
    return Card(
        document.kind.name,
        document.page,
        meta.title,
        meta.summary,
        meta.date,
        document.section,
        role=role_of(meta),
        name=person.name if person else "",
        place=(golden.municipality if golden else "") or (person.municipality if person else ""),
        work_field=work_fields.get(person.work_field, "") if person else "",
        themes=themes,
        quote=quote.text if quote else "",
        picture=figures.get("image"),
        exhibit=Exhibit(figures["object"], kept.sentence) if kept else None,
        fictional=meta.fictional,
        local=document.local,
        facets=facets,
        task=Task(meta.effort, meta.aim, meta.duration, meta.roles) if isinstance(meta, Guide) else None,
        award=golden.award if golden else "",
        year=golden.year if golden else 0,
        updated=meta.updated,
        recording=recording,
        question=meta.dilemma if isinstance(meta, Exchange) else "",
    )


def role_of(meta: Meta) -> str:
    """``worker`` or ``client``; "" for kinds without a role."""
    return meta.role if isinstance(meta, Story | Letter) else ""


def facets_of(meta: Meta, themes: tuple[str, ...], terms: Mapping[str, Mapping[str, str]]) -> Facets:
    """The facets of a page. ``themes`` are titles, ``terms`` the tables of ``site.yaml`` by name."""
    found: list[tuple[str, tuple[str, ...]]] = [("thema", themes)]
    match meta:
        case Story(role=role, person=person):
            found += [("rol", (terms["roles"].get(role, role),)), ("plaats", (person.municipality,))]
        case Guide():
            aim, duration = terms["aims"].get(meta.aim, ""), terms["durations"].get(meta.duration, "")
            found += [("wie", meta.roles), ("tijd", (duration,)), ("doel", (aim,))]
    return tuple([(name, filled) for name, values in found if (filled := tuple(filter(None, values)))])


def proof_of(meta: Evidence, used: Mapping[str, FactUse]) -> Proof:
    """The summary of a piece of evidence. ``used`` are the facts on its page, by id."""
    figure = next((used[id].fact for id in meta.facts if id in used), None)
    checked = meta.updated or meta.date
    return Proof(meta.claim, figure, meta.method, meta.commissioned_by, checked, meta.strength, meta.caveat)
