"""Saved worksheets in a member's folder, as figures of its own.

``content/rekenbladen/jongerenwerk.json`` is the fact ``jongerenwerk``: see
docs/decisions/own-calculations.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from posixpath import basename, splitext

from microsite.content.facts import Fact, Reference
from microsite.content.files import Source
from microsite.content.schema import PartialDate
from microsite.content.worksheets.persons import texts
from microsite.content.worksheets.rules import same
from microsite.content.worksheets.saved import SavedSheet, read_saved
from microsite.content.worksheets.sroi import CORRECTIONS, Outcome, Sheet, calculate
from microsite.core import i18n
from microsite.core.languages import decimal
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, replace
from microsite.core.urls import slugify

FOLDER = "rekenbladen"
"""The folder of ``content/`` with the saved worksheets of a member."""

MOST = 20
"""How many of them a member may have."""

YEARS = 3
"""How long a figure is shown, from the day up to which was counted."""

HIGHEST = 100
"""A ratio above this is a mistake in an amount, and no figure."""

STRONGEST = 3
"""An own calculation is never stronger: it has assumptions that anyone can read, and nobody checked it."""


class CalculatedFact(Fact, kw_only=True):
    """A figure that follows from a ``sheet``, which ``page`` shows with all that is assumed."""

    page: str
    sheet: SavedSheet


class ReadFigure(Record):
    """The figure of a file, None where it is refused.

    ``counted`` and ``organisation`` are the places of those keys of its account.
    """

    fact: CalculatedFact | None
    counted: Place
    organisation: Place
    problems: tuple[Problem, ...]


def is_saved_sheet(path: str) -> bool:
    """Whether the file at this path of ``content/`` is read as a worksheet."""
    folder, _, name = path.partition("/")
    return folder == FOLDER and "/" not in name and name.lower().endswith(".json")


def id_of(source: Source) -> str:
    return splitext(basename(source.path))[0]


def read_figure(source: Source, language: str, invented: Collection[str] = ()) -> ReadFigure:
    """The figure of a saved worksheet, in the language of the site.

    ``invented`` is what the example says of where it is from: see :func:`reasons`.
    """
    sheet, places, problems = read_saved(source, language)
    id, here = id_of(source), Place(source.name)
    if slugify(id) != id:
        hint = text("give the file this name: {name}", name=f"{slugify(id)}.json")
        problems += (Problem(here, text("'{id}' cannot be the name of a figure", id=id), hint),)
    if sheet is None or slugify(id) != id:
        return ReadFigure(None, here, here, problems)
    if left := [key for key, said in _reasons(sheet) if said in invented]:
        return ReadFigure(None, here, here, (*problems, *(Problem(places[k], _INVENTED, _SAY) for k in left)))
    if max(map(abs, calculate(sheet).ratios)) > HIGHEST:
        message = text("the ratio is above {most}: that is no figure for a campaign", most=HIGHEST)
        told = Problem(places["result"], message, text("look for an amount that is wrong"))
        return ReadFigure(None, here, here, (*problems, told))
    counted, organisation = places["account.counted"], places["account.organisation"]
    return ReadFigure(figure_of(sheet, id, language), counted, organisation, problems)


def reasons(sheet: Sheet) -> frozenset[str]:
    """The sources and reasons of a sheet, as far as words matter: without capitals and signs."""
    return frozenset(said for _, said in _reasons(sheet))


def _reasons(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Those by key. The percentage is not one of them: most take that of the example."""
    for key, words in texts(sheet):
        if key.startswith(("costs.", "outcomes.")) and key.endswith((".source", ".measured", ".why")):
            yield key, _SIGNS.sub(" ", words.lower()).strip()


_SIGNS = re.compile(r"[\W_]+")
_INVENTED = text("this is still of the example that is made up")
_SAY = text("write in the worksheet where it comes from in your case, and save it again")


def figure_of(sheet: SavedSheet, id: str, language: str) -> CalculatedFact:
    """The fact of this id that follows from a sheet without a problem: its range first, its caveat always."""
    say, account, found = i18n.translator(language), sheet.account, calculate(sheet)
    low, likely, high = (ratio.quantize(_TENTH, ROUND_HALF_UP) + 0 for ratio in found.ratios)
    amounts = {name: _euros(value, language) for name, value in zip(_ENDS, (low, likely, high), strict=True)}
    words = _ONE if low == likely == high else _RANGE
    caveats = [account.caveat, _LIMITS.render(say)]
    if low < 1 <= likely:
        caveats.append(_UNSURE.render(say))
    return CalculatedFact(
        words.format(**amounts).render(say).replace("€ ", "€\xa0"),  # a message for people has no such space
        likely,
        text("euros for each euro in {title}", title=sheet.title).render(say),
        text(
            "What each euro in {title} yields, by an own calculation ({period})",
            title=sheet.title,
            period=account.period,
        ).render(say),
        Reference(
            text("Own calculation with the worksheet").render(say),
            account.organisation,
            account.by,
            _day(sheet.saved),
        ),
        " ".join(sentence if sentence[-1] in ".!?…" else f"{sentence}." for sentence in caveats),
        _day(account.counted),
        end_of(account.counted),
        strength_of(sheet),
        page=page_of(id),
        sheet=sheet,
    )


def end_of(counted: dt.date) -> dt.date:
    """The last day on which a figure is shown of what was counted up to a day."""
    years = counted.year + YEARS
    return counted.replace(year=years, day=28 if (counted.month, counted.day) == (2, 29) else counted.day)


def strength_of(sheet: Sheet) -> int:
    """How sure it is, on the scale of facts: 3 when most of what changes, in euros, was counted or looked up
    and a part is left to others; 1 when nothing was; else 2.
    """
    if all(outcome.grade == "aanname" for outcome in sheet.outcomes):
        return 1
    assumed = sum(_weight(sheet, one) for one in sheet.outcomes if one.grade == "aanname")
    others = any(getattr(one, name).share for one in sheet.outcomes for name in CORRECTIONS)
    return STRONGEST if others and 2 * assumed <= sum(_weight(sheet, one) for one in sheet.outcomes) else 2


def _weight(sheet: Sheet, outcome: Outcome) -> Decimal:
    return abs(calculate(replace(sheet, outcomes=(outcome,))).likely)


Register = tuple[dict[str, Fact] | None, Mapping[str, Place], tuple[Problem, ...]]
"""The facts of a member by id, the places of their keys, and problems: see ``facts.read_register``."""


def joined(
    register: Register, figures: Iterable[tuple[Source, ReadFigure]], national: Collection[str]
) -> Register:
    """The register with the figures of these files. ``national`` are the ids that are taken."""
    facts, found, problems = dict(register[0] or {}), dict(register[1]), [*register[2]]
    for source, figure in figures:
        id, here = id_of(source), Place(source.name)
        problems += figure.problems
        if figure.fact is not None and (id in national or id in facts):
            message = text("there is a figure '{id}' already", id=id)
            problems.append(Problem(here, message, text("give the file another name")))
        elif figure.fact is not None:
            facts[id] = figure.fact
            found |= {
                id: here,
                f"{id}.valid_until": figure.counted,
                f"{id}.organisation": figure.organisation,
            }
    return (None if register[0] is None else facts), found, tuple(problems)


def one_too_many(source: Source) -> ReadFigure:
    here = Place(source.name)
    message = text("there are more than {most} worksheets here", most=MOST)
    return ReadFigure(None, here, here, (Problem(here, message, text("take away those of before")),))


def page_of(id: str) -> str:
    """The path of the page of the figure of a saved worksheet."""
    return f"{FOLDER}/{id}.html"


def refused(sources: Iterable[Source], facts: Collection[str]) -> frozenset[str]:
    """The figures of saved worksheets that are not among ``facts``: why is told of the file itself."""
    return frozenset(id_of(one) for one in sources if is_saved_sheet(one.path)).difference(facts)


def of_another(facts: Mapping[str, Fact], places: Mapping[str, Place], name: str) -> Iterator[Problem]:
    """Figures that say to be of another organisation than the member of this name."""
    for id, fact in facts.items():
        if isinstance(fact, CalculatedFact):
            theirs, ours = same(fact.sheet.account.organisation), same(name)
            if theirs not in ours and ours not in theirs:
                message = text("this is not the name of your organisation: {name}", name=name)
                yield Problem(places[f"{id}.organisation"], message, _WHOSE, "warning")


_WHOSE = text("look whether this sheet is yours; if so, write that name in the worksheet, and save it again")


def out_of_time(facts: Mapping[str, Fact], places: Mapping[str, Place], day: dt.date) -> Iterator[Problem]:
    """Figures of what was counted too long before this day, which are shown nowhere, or after it."""
    for id, fact in facts.items():
        if not isinstance(fact, CalculatedFact):
            continue
        counted, end = fact.sheet.account.counted, end_of(fact.sheet.account.counted)
        if counted > day:
            message = text("this day is still to come: {day}", day=counted)
            yield Problem(places[f"{id}.valid_until"], message, text("write up to which day was counted"))
        if end < day:
            message = text("counted too long ago: this figure was shown until {day}", day=end)
            yield Problem(places[f"{id}.valid_until"], message, _COUNT, "warning")


_COUNT = text("count again, and save the worksheet anew; or take this file away")


def _euros(value: Decimal, language: str) -> str:
    return f"€\xa0{decimal(f'{value:.2f}', language)}"


def _day(day: dt.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


_TENTH = Decimal("0.1")
_ENDS = ("low", "likely", "high")
_RANGE = text("between {low} and {high}, probably {likely}")
_ONE = text("by estimate {likely}")
_LIMITS = text("It rests on assumptions of our own, and cannot be compared with other projects.")
_UNSURE = text("At the low end it costs more than it brings.")
