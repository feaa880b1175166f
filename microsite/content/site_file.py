"""The record of ``content/site.yaml``: the settings that all sites of a campaign share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from microsite.content import schema
from microsite.content.files import Source
from microsite.core import i18n
from microsite.core.contact_details import Phone
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, replace

SITE = "site.yaml"


class HelpLine(Record):
    """Where a reader finds help. Shown with stories on one of its ``themes``, and those that name its id."""

    name: str
    what: str
    checked_on: dt.date | None = None
    phone: Phone | None = None
    url: str = ""
    themes: tuple[str, ...] = ()


class MenuEntry(Record):
    title: str
    page: str


class Theme(Record):
    title: str
    description: str = ""


class Site(Record):
    """The settings of a campaign: its title and texts, menus, and taxonomies.

    Each taxonomy maps ids, as used in front matter, to names. ``about`` is the page that
    introduces the organisation behind the site, ``brand`` the id of the campaign's own brand.
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
    about: str = ""
    themes: tuple[tuple[str, Theme], ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    work_fields: tuple[tuple[str, str], ...] = ()
    aims: tuple[tuple[str, str], ...] = ()
    criteria: tuple[tuple[str, str], ...] = ()
    durations: tuple[tuple[str, str], ...] = ()
    help_lines: tuple[tuple[str, HelpLine], ...] = ()
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


def read_site(
    source: Source | None,
) -> tuple[Site | None, Mapping[str, Place], tuple[Problem, ...]]:
    """The settings in site.yaml, the places of its keys, and problems; None when they cannot be read."""
    if source is not None:
        site, places, problems = schema.load(Site, source)
        return site and completed(site), places, problems
    problem = Problem(
        Place(f"content/{SITE}"),
        text("there is no {file} here", file=SITE),
        text("it says what the campaign is called; begin with title, slogan, core_message and description"),
    )
    return None, {}, (problem,)
