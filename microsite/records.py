"""What an author fills in: the front matter of each kind, the site, a brand. Data only.

A field with a default may be left out. The names are the keys in the files.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from microsite.charts import Shape
from microsite.consent import Consent
from microsite.values import Record


@dataclass(frozen=True, slots=True)
class Image(Record):
    """``src`` is a file beside the page, or from the root of ``content/`` with a leading slash."""

    src: str
    alt: str = ""
    credit: str = ""
    decorative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta(Record):
    """What every page may say of itself. ``share`` is what people send along who pass it on."""

    title: str
    summary: str = ""
    share: str = ""
    in_short: tuple[str, ...] = ()
    date: dt.date | None = None
    updated: dt.date | None = None
    draft: bool = False
    expires_on: dt.date | None = None
    weight: int = 0
    tags: tuple[str, ...] = ()
    image: Image | None = None
    fictional: bool = False
    consent: Consent | None = None
    based_on: str = ""


@dataclass(frozen=True, slots=True)
class Person(Record):
    name: str
    pseudonym: bool = False
    age: int | None = None
    job: str = ""
    organisation: str = ""
    work_field: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Quote(Record):
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Meta):
    """``yields`` is what it brought about, ``facts`` the figures beside it, ``help`` lines from site.yaml."""

    role: str
    person: Person
    quote: Quote | None = None
    yields: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    help: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row(Record):
    """A figure in a chart: what it is of, and its id in the register."""

    label: str
    fact: str


@dataclass(frozen=True, slots=True)
class Chart(Record):
    """``whole`` is what a full bar stands for, such as 100 for percentages."""

    title: str
    rows: tuple[Row, ...]
    shape: Shape = "bars"
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Meta):
    claim: str
    method: str
    caveat: str
    facts: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    commissioned_by: str = ""
    strength: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(Meta):
    """A toolkit page. ``aim`` and ``duration`` are ids of the site's."""

    goal: str
    effort: str
    aim: str = ""
    duration: str = ""
    lead_time: str = ""
    roles: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class News(Meta):
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambassador(Meta):
    """Somebody who speaks for the campaign; the weblog is the files in the folder of the same name."""

    person: Person
    quote: Quote | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    available_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Meta):
    """An open exchange of letters; the letters are the files in the folder of the same name.

    ``rhythm`` is how many days there are between two letters.
    """

    dilemma: str
    rhythm: int = 7
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Meta):
    role: Literal["worker", "alderman"]
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden(Meta):
    """A municipality, a person or a place that is nominated or has won."""

    award: Literal["municipality", "person", "place"]
    year: int
    status: Literal["nominee", "winner"] = "nominee"
    municipality: str = ""
    person: Person | None = None
    nominated_by: str = ""
    scores: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Action(Record):
    """A call to action: what to do, and the page where it is done."""

    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Reasoning(Record):
    """What goes in, what comes out (an amount for each one that goes in, the id of a fact), and for whom."""

    title: str
    puts_in: str
    fact: str
    for_whom: tuple[str, ...]
    note: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(Meta):
    """The home page: ``lead`` is a story's file, ``figures`` are ids of facts."""

    lead: str = ""
    figures: tuple[str, ...] = ()
    action: Action | None = None
    reasoning: Reasoning | None = None


@dataclass(frozen=True, slots=True)
class HelpLine(Record):
    """Who helps right now. Shown with stories about one of the ``themes``, or that name it."""

    name: str
    what: str
    checked_on: dt.date | None = None
    phone: str = ""
    url: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuEntry(Record):
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Theme(Record):
    title: str
    description: str = ""
