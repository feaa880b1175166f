"""The records of front matter, one for each kind of page. The names of the fields are the keys in the files.

A field with a default is optional.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, get_args

from microsite.content.consent import CHANNELS, Channel, Consent
from microsite.core.records import Record
from microsite.media.charts import Shape


class PictureFile(Record):
    """A picture: ``src`` is relative to the page, or to ``content/`` with a leading slash.

    ``scope`` and ``expires_on`` are the terms of who made it or is on it, besides the consent for the page.
    """

    src: str
    alt: str = ""
    credit: str = ""
    scope: tuple[Channel, ...] = CHANNELS
    expires_on: dt.date | None = None


class Image(PictureFile):
    """The image of a page, which is ``decorative`` when it tells nothing."""

    decorative: bool = False


class Keepsake(PictureFile, kw_only=True):
    """The thing that a story is remembered by, in the museum; ``sentence`` tells what the two have to do."""

    alt: str
    sentence: str


class Person(Record):
    name: str
    pseudonym: bool = False
    age: int | None = None
    job: str = ""
    organisation: str = ""
    work_field: str = ""
    municipality: str = ""


class Participant(Person, kw_only=True):
    """One of several people on a page, each with a consent of their own. Without a name, it is not shown."""

    name: str = ""
    consent: Consent | None = None


class Meta(Record, kw_only=True):
    """The keys that all kinds have. ``share`` is the text that readers send along with the URL.

    ``recording`` is a sound file, with a path as that of an image: the text read aloud, or a conversation of
    which the text is the transcript.

    ``keywords`` are what people type in search who look for this page, where the text has other words.

    ``consent``, and that of each of ``people``, is never set: they are in ``Document.consents``.
    """

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
    keywords: tuple[str, ...] = ()
    contact: str = ""
    image: Image | None = None
    recording: str = ""
    fictional: bool = False
    consent: Consent | None = None
    people: tuple[Participant, ...] = ()
    based_on: str = ""
    aliases: tuple[str, ...] = ()
    may_be_public: tuple[str, ...] = ()


class Quote(Record):
    text: str
    speaker: str = ""


class Story(Meta, kw_only=True):
    """A story: ``yields`` are its outcomes; ``facts`` and ``help`` are ids, of facts and of help lines.

    ``object`` is its thing in the museum.
    """

    role: str
    person: Person
    quote: Quote | None = None
    yields: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    object: Keepsake | None = None


class Row(Record):
    """A bar or point in a chart; ``fact`` is an id in the register."""

    label: str
    fact: str


class Chart(Record):
    """A chart. ``whole`` is the value of a full bar, such as 100 for percentages."""

    title: str
    rows: tuple[Row, ...]
    shape: Shape = "bars"
    whole: Decimal | None = None


class Evidence(Meta, kw_only=True):
    claim: str
    method: str
    caveat: str
    facts: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    commissioned_by: str = ""
    strength: int = 1


class Guide(Meta, kw_only=True):
    """A page of the toolkit. ``aim`` and ``duration`` are ids in site.yaml.

    ``material`` are names of files that it offers, of ``site.material.files.OFFERED``.
    """

    goal: str
    effort: str
    aim: str = ""
    duration: str = ""
    lead_time: str = ""
    roles: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    material: tuple[str, ...] = ()


class News(Meta, kw_only=True):
    author: str = ""


class Opinion(Meta, kw_only=True):
    """What ``person`` thinks, and not the campaign."""

    person: Person


class Interview(Meta, kw_only=True):
    """A conversation in questions and answers with ``person``, and ``people`` where there are more.

    The headings of the text are the questions. ``interviewers`` ask them.
    """

    person: Person
    quote: Quote | None = None
    interviewers: tuple[Participant, ...] = ()


class Film(Meta, kw_only=True):
    """A film, with a path as that of an image. ``image`` shows before it plays; the text is what is said.

    ``without_people``: nobody is seen or heard in it, so that nobody has to agree.
    """

    film: str
    without_people: bool = False


class Sound(Meta, kw_only=True):
    """A recording to listen to, of which the text is the written version. See ``Film``."""

    recording: str
    without_people: bool = False


class Ambassador(Meta, kw_only=True):
    """A person who speaks for the campaign. The posts of its weblog are in the folder of the same name."""

    person: Person
    quote: Quote | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    available_for: tuple[str, ...] = ()


class Exchange(Meta, kw_only=True):
    """A public exchange of letters, which are in the folder of the same name.

    ``rhythm`` is the number of days between two letters.
    """

    dilemma: str
    rhythm: int = 7
    closed: bool = False


class Letter(Meta, kw_only=True):
    role: Literal["worker", "alderman"]
    person: Person


class Golden(Meta, kw_only=True):
    """A nominee or winner of the golden award: a municipality, a person or a place."""

    award: Literal["municipality", "person", "place"]
    year: int
    status: Literal["nominee", "winner"] = "nominee"
    municipality: str = ""
    person: Person | None = None
    nominated_by: str = ""
    scores: tuple[tuple[str, int], ...] = ()


class Action(Record):
    """A call to action: a link to ``page``, a path within ``content/``."""

    text: str
    page: str


class Reasoning(Record):
    """A cost and its benefit on the home page: the fact with id ``fact`` is what ``puts_in`` yields."""

    title: str
    puts_in: str
    fact: str
    for_whom: tuple[str, ...]
    note: str = ""
    page: str = ""


class Invitation(Record):
    """What a member without stories of its own asks of its readers, with the pages that they can go to."""

    text: str
    title: str = ""
    actions: tuple[Action, ...] = ()


class Campaign(Meta, kw_only=True):
    """The home page: ``lead`` is the path of a story, ``figures`` are ids of facts."""

    lead: str = ""
    figures: tuple[str, ...] = ()
    action: Action | None = None
    reasoning: Reasoning | None = None
    invitation: Invitation | None = None


Worksheet = Literal["sroi", "case", "indicators"]
WORKSHEETS: tuple[Worksheet, ...] = get_args(Worksheet)


class Plain(Meta, kw_only=True):
    """A page of no kind of its own. ``worksheet`` is what visitors fill in or choose there: see
    ``worksheets.file`` and ``indicators_file``.

    One with a ``question`` is for who has two minutes, such as a council member. ``lead`` is the path of the
    story there, ``figure`` the id of a fact; ``letter`` is plain text that readers send on as a mail.
    """

    worksheet: Worksheet | None = None
    question: str = ""
    lead: str = ""
    figure: str = ""
    letter: str = ""


GENERAL_CONTACT = "general"
"""The word for an organisation's general contact, as opposed to one for a theme."""

PERSON_KEYS = ("person", "people", "interviewers")
"""The keys of all records that hold a person, or a list of people (``Participant``)."""

PICTURE_KEYS = ("image", "object")
"""The keys of all records that hold a picture."""


CLIP_KEYS = ("recording", "film")
"""The keys of all records that hold a film or sound, with a path as that of an image."""


def clips(meta: Meta) -> Iterator[str]:
    """The films and sound of a front matter, as they are written."""
    yield from filter(None, (getattr(meta, key, "") for key in CLIP_KEYS))


def pictures(meta: Meta) -> Iterator[tuple[str, PictureFile]]:
    """The pictures of a front matter, each with its key."""
    for key in PICTURE_KEYS:
        picture = getattr(meta, key, None)
        if isinstance(picture, PictureFile):
            yield key, picture


def people(meta: Meta) -> Iterator[tuple[str, Person]]:
    """The people that a front matter names, each with its key: ``person``, or ``people.0`` in a list."""
    for key in PERSON_KEYS:
        value = getattr(meta, key, None)
        if isinstance(value, Person):
            yield key, value
        elif value is not None:
            yield from ((f"{key}.{i}", person) for i, person in enumerate(value))
