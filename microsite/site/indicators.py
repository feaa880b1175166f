"""The indicators on their page: the library by goal, and the words of the plan that follows."""

from __future__ import annotations

import json
from collections.abc import Mapping

from microsite.content.indicators_file import (
    ADVISED,
    MOST,
    QUARTERS,
    Chain,
    Direction,
    Form,
    Frequency,
    Indicator,
    IndicatorsFile,
    Per,
    Reach,
    hours,
)
from microsite.core.languages import QUARTER, delimiter
from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.site.context import SiteContext
from microsite.site.worksheets.sheet import opened

CHAIN_NAMES: Mapping[Chain, Text] = {
    "input": text("what goes in (input)"),
    "output": text("what you do (output)"),
    "outcome": text("what changes (outcome)"),
}

FORM_NAMES: Mapping[Form, Text] = {
    "tellen": text("counting"),
    "vragen": text("a question to people"),
    "verhaal": text("in people's own words"),
}

FREQUENCY_NAMES: Mapping[Frequency, Text] = {
    "kwartaal": text("every quarter"),
    "halfjaar": text("twice a year"),
    "jaar": text("once a year"),
}

DIRECTION_NAMES: Mapping[Direction, Text] = {
    "omhoog": text("Preferably higher, but talk about why."),
    "omlaag": text("Preferably lower, but talk about why."),
    "bespreken": text("Higher is not always better. Talk about what you see."),
}

EFFORTS: Mapping[Per, Text] = {
    "mens": text(
        "{minutes} minutes × {times} a year × {count} people, and {fixed} hours to work it out: {hours} hours"
    ),
    "bijeenkomst": text(
        "{minutes} minutes × {count} meetings a year, and {fixed} hours to work it out: {hours} hours"
    ),
    "vrijwilliger": text(
        "{minutes} minutes × {times} a year × {count} volunteers, and {fixed} hours to work it out: "
        "{hours} hours"
    ),
    "jaar": text("{minutes} minutes × {times} a year, and {fixed} hours to work it out: {hours} hours"),
}
"""How the hours of a year are reckoned; the script puts in what a visitor says."""

ADVICE: Mapping[str, Text] = {
    "many": text(
        "These are {count} indicators, together {hours} hours a year. We advise at most {most}: each figure "
        "takes time of people, and with more of them nobody talks about what they mean."
    ),
    "output": text(
        "You only count what you do yourselves (output). What changes for people is not in it: choose "
        "one of those (outcome) as well."
    ),
    "outcome": text("Nothing in it says what changes for people (outcome). Choose one of those as well."),
    "same": text("These measure nearly the same, so choose one of them: {names}"),
    "words": text(
        "You only count. Choose something that people tell in their own words, or that you ask them."
    ),
    "unknown": text(
        "This address has indicators that are not here (any more): {names}. The others are chosen."
    ),
}
"""What the script advises, by what it is about."""

COLUMNS = (
    text("Goal"),
    text("Indicator"),
    text("Kind"),
    text("How"),
    text("Definition"),
    text("What you count"),
    text("Out of how many"),
    text("Where from"),
    text("Who"),
    text("Name"),
    text("How often you look at the result"),
    text("Zero measurement"),
    text("Result of it"),
    text("Next measurement"),
    text("Hours a year"),
    text("Direction"),
    text("Note"),
)
"""The columns of the table that the script makes of a plan."""


class PickerRow(Record):
    """An indicator to choose, with its words in the language of the interface. ``fields`` are ids."""

    id: str
    indicator: Indicator
    fields: tuple[str, ...]
    field_names: str
    chain: str
    form: str
    frequency: str
    quarters: int
    direction: str
    effort: str
    hours: int


class PickerGoal(Record):
    id: str
    title: str
    rows: tuple[PickerRow, ...]


class PickerView(Record):
    """What the template of the page shows. ``data`` is the JSON that its script reads."""

    goals: tuple[PickerGoal, ...]
    fields: tuple[tuple[str, str], ...]
    reach: Reach
    advised: int
    most: int
    data: str


def picker_view(context: SiteContext, library: IndicatorsFile) -> PickerView:
    """The library of indicators by goal, in the language of the site's interface."""
    say, fields = context.translate, dict(library.fields)

    def row(id: str, one: Indicator) -> PickerRow:
        effort, takes = one.effort, hours(one.effort, library.reach)
        filled = EFFORTS[effort.per].format(
            minutes=effort.minutes,
            times=effort.times,
            count=library.reach.of(effort.per),
            fixed=effort.fixed,
            hours=takes,
        )
        names = ", ".join(fields[field] for field in one.fields)
        return PickerRow(
            id,
            one,
            one.fields,
            names,
            say(CHAIN_NAMES[one.chain]),
            say(FORM_NAMES[one.form]),
            say(FREQUENCY_NAMES[one.frequency]),
            QUARTERS[one.frequency],
            say(DIRECTION_NAMES[one.direction]),
            say(filled),
            takes,
        )

    rows = [(one.goal, row(id, one)) for id, one in library.indicators]
    goals = (
        PickerGoal(id, title, tuple(row for goal, row in rows if goal == id)) for id, title in library.goals
    )
    data = {
        "advised": ADVISED,
        "efforts": {per: say(opened(sentence)) for per, sentence in EFFORTS.items()},
        "advice": {name: say(opened(sentence)) for name, sentence in ADVICE.items()},
        "columns": tuple(map(say, COLUMNS)),
        "quarter": say(opened(QUARTER)),
        "delimiter": delimiter(context.language),
    }
    return PickerView(
        tuple(goal for goal in goals if goal.rows),
        library.fields,
        library.reach,
        ADVISED,
        MOST,
        json.dumps(data, ensure_ascii=False),
    )
