"""The record of ``content/site.yaml``: the settings that all sites of a campaign share."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from microsite.core import i18n as catalogue
from microsite.core.problems import text
from microsite.core.records import Record, replace


class HelpLine(Record):
    """Where a reader finds help. Shown with stories on one of its ``themes``, and those that name its id."""

    name: str
    what: str
    checked_on: dt.date | None = None
    phone: str = ""
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
    introduces the organisation behind the site.
    """

    title: str
    slogan: str
    core_message: str
    description: str
    language: Literal["nl", "en"] = "nl"
    precompress: bool = False
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
    say = catalogue.translator(site.language)
    roles, durations = (tuple((id, name.render(say)) for id, name in table) for table in (ROLES, DURATIONS))
    return replace(site, roles=site.roles or roles, durations=site.durations or durations)
