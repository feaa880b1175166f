"""A page of a site, and the card that stands for it in lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from microsite.content.documents import Document
from microsite.content.front_matter import (
    Ambassador,
    Campaign,
    Evidence,
    Golden,
    Guide,
    Letter,
    Meta,
    Story,
    people,
)
from microsite.content.kinds import Kind
from microsite.core.problems import text
from microsite.core.records import Record
from microsite.rendering.views import Body, Card, Entry, FactUse, Figure, Plot, Proof, Task, Turn


class Page(Record):
    """A document that is shown, with everything its template prints.

    ``social``: its picture may be used in previews on other sites. ``proof`` and ``plots`` are for
    evidence, ``turns`` for an exchange of letters.
    """

    document: Document
    kind: Kind
    meta: Meta
    path: str
    card: Card
    body: Body
    figure: Figure | None
    uses: tuple[FactUse, ...]
    themes: tuple[Entry, ...]
    social: bool
    plots: tuple[Plot, ...] = ()
    proof: Proof | None = None
    turns: tuple[Turn, ...] = ()


def role_of(meta: Meta) -> str:
    """``worker`` or ``client``; "" for kinds without a role."""
    return meta.role if isinstance(meta, Story | Letter) else ""


def card(
    document: Document,
    meta: Meta,
    figure: Figure | None,
    themes: tuple[str, ...],
    work_fields: Mapping[str, str],
    facets: tuple[tuple[str, tuple[str, ...]], ...],
) -> Card:
    """The card of a document. ``themes`` are titles, ``work_fields`` titles by id."""
    person = next((person for _, person in people(meta)), None)
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
        picture=figure,
        fictional=meta.fictional,
        local=document.local,
        facets=facets,
        task=_task(meta) if isinstance(meta, Guide) else None,
        award=golden.award if golden else "",
        year=golden.year if golden else 0,
    )


FACETS = {
    "thema": text("Theme"),
    "rol": text("Who tells"),
    "plaats": text("Place"),
    "wie": text("Who does it"),
    "tijd": text("What it takes"),
    "doel": text("What you get out of it"),
}
"""The filters of lists, by their query parameter."""


def facets(
    meta: Meta, themes: tuple[str, ...], words: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The filters of lists that a page falls under: (query parameter, values)."""
    found: list[tuple[str, tuple[str, ...]]] = [("thema", themes)]
    match meta:
        case Story(role=role, person=person):
            found += [("rol", (words["roles"].get(role, role),)), ("plaats", (person.municipality,))]
        case Guide():
            aim, duration = words["aims"].get(meta.aim, ""), words["durations"].get(meta.duration, "")
            found += [("wie", meta.roles), ("tijd", (duration,)), ("doel", (aim,))]
    return tuple([(name, filled) for name, values in found if (filled := tuple(filter(None, values)))])


def _task(meta: Guide) -> Task:
    return Task(meta.effort, meta.aim, meta.duration, meta.roles)


def proof_of(meta: Evidence, used: Mapping[str, FactUse]) -> Proof:
    """The summary of a piece of evidence. ``used`` are the facts on its page, by id."""
    figure = next((used[id].fact for id in meta.facts if id in used), None)
    checked = meta.updated or meta.date
    return Proof(meta.claim, figure, meta.method, meta.commissioned_by, checked, meta.strength, meta.caveat)


def site_terms(meta: Meta) -> Iterator[tuple[str, str, str]]:
    """The values of a front matter that site.yaml has to define: (key, table in site.yaml, value)."""
    for key, person in people(meta):
        if person.work_field:
            yield f"{key}.work_field", "work_fields", person.work_field
    match meta:
        case Story(role=role, help=help_lines):
            yield "role", "roles", role
            for i, id in enumerate(help_lines):
                yield f"help.{i}", "help_lines", id
        case Guide(aim=aim, duration=duration):
            if aim:
                yield "aim", "aims", aim
            if duration:
                yield "duration", "durations", duration
        case Golden(scores=scores):
            for criterion, _ in scores:
                yield f"scores.{criterion}", "criteria", criterion


def quoted_facts(meta: Meta) -> Iterator[tuple[str, str]]:
    """The ids of the facts in a front matter, each with its key: (key, id)."""
    match meta:
        case Evidence(facts=ids) | Story(facts=ids):
            yield from ((f"facts.{i}", id) for i, id in enumerate(ids))
        case Campaign(reasoning=reasoning, figures=ids):
            if reasoning is not None:
                yield "reasoning.fact", reasoning.fact
            yield from ((f"figures.{i}", id) for i, id in enumerate(ids))
