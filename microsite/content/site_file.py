"""The record of ``content/site.yaml``: the settings that all sites of a campaign share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from microsite.content import schema
from microsite.content.files import Source
from microsite.content.keywords import keyword_problems
from microsite.content.markdown.rendered import tokenize
from microsite.core import i18n
from microsite.core.contact_details import Phone
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, replace

SITE = "site.yaml"


class HelpLine(Record):
    """Where a reader finds help. Shown with stories on one of its ``themes``, and those that name its id.

    Whoever searches for one of its ``keywords`` is shown it above all else that is found.
    """

    name: str
    what: str
    checked_on: dt.date | None = None
    phone: Phone | None = None
    url: str = ""
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class MenuEntry(Record):
    title: str
    page: str


class Theme(Record):
    title: str
    description: str = ""


class Site(Record):
    """The settings of a campaign: its title and texts, menus, and taxonomies.

    Each taxonomy maps ids, as used in front matter, to names. ``about`` is the page that
    introduces the organisation behind the site, ``contact`` the one that says how to reach it, and ``brand``
    the id of the campaign's own brand. ``reading_menu`` is for who wants to read, see or hear more,
    ``footer_menu`` says who is behind the site, ``team_menu`` is for who make the campaign.

    In search, ``help_keywords`` show all help lines, and for a word of ``synonyms`` what it is called here
    is searched too: words, or several with commas between them.
    """

    title: str
    slogan: str
    core_message: str
    description: str
    language: Literal["nl", "en"] = "nl"
    precompress: bool = False
    brand: str = ""
    menu: tuple[MenuEntry, ...] = ()
    footer_menu: tuple[MenuEntry, ...] = ()
    reading_menu: tuple[MenuEntry, ...] = ()
    team_menu: tuple[MenuEntry, ...] = ()
    about: str = ""
    contact: str = ""
    themes: tuple[tuple[str, Theme], ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    work_fields: tuple[tuple[str, str], ...] = ()
    aims: tuple[tuple[str, str], ...] = ()
    criteria: tuple[tuple[str, str], ...] = ()
    durations: tuple[tuple[str, str], ...] = ()
    help_lines: tuple[tuple[str, HelpLine], ...] = ()
    help_keywords: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    story_steps: tuple[MenuEntry, ...] = ()


ROLES = (("worker", text("They do the work")), ("client", text("They were helped")))
DURATIONS = (
    ("hours", text("A few hours")),
    ("days", text("A few days")),
    ("months", text("A few months, a little at a time")),
)


def completed(site: Site) -> Site:
    """Fill in the default names of roles and durations, in the language of the site."""
    translate = i18n.translator(site.language)
    roles, durations = (
        tuple((id, name.render(translate)) for id, name in table) for table in (ROLES, DURATIONS)
    )
    return replace(site, roles=site.roles or roles, durations=site.durations or durations)


def _searched(site: Site, places: Mapping[str, Place]) -> Iterator[Problem]:
    """What is wrong with the words that people may search for."""
    for key, words in (
        ("help_keywords", site.help_keywords),
        *((f"help_lines.{id}.keywords", line.keywords) for id, line in site.help_lines),
    ):
        yield from keyword_problems(words, [places.get(f"{key}.{i}", Place(SITE)) for i in range(len(words))])
    for word, others in site.synonyms:
        place = places[f"synonyms.{word}"]
        if len(tokenize(word)) != 1:
            yield Problem(place, text("'{word}' is not one word", word=word), _ONE_WORD)
        yield from keyword_problems(phrases := others.split(","), [place] * len(phrases))


_ONE_WORD = text("write one word before the colon; behind it there may be more")


def read_site(
    source: Source | None,
) -> tuple[Site | None, Mapping[str, Place], tuple[Problem, ...]]:
    """The settings in site.yaml, the places of its keys, and problems; None when they cannot be read."""
    if source is not None:
        site, places, problems = schema.load(Site, source)
        if site is None:
            return None, places, problems
        return completed(site), places, (*problems, *_searched(site, places))
    problem = Problem(
        Place(f"content/{SITE}"),
        text("there is no {file} here", file=SITE),
        text("it says what the campaign is called; begin with title, slogan, core_message and description"),
    )
    return None, {}, (problem,)
