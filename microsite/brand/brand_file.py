"""brand.yaml: what a member organisation fills in, and the checks that need nothing but the file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal
from urllib.parse import urlsplit

from microsite.brand.local_indicators import LocalIndicators, check_indicators
from microsite.brand.local_plan import LocalPlan, check_plan
from microsite.brand.region import check_region
from microsite.content.indicators_file import IndicatorsFile
from microsite.content.override_messages import NOT_HIDDEN
from microsite.content.planner_file import Planning
from microsite.core.contact_details import Email, Phone
from microsite.core.problems import Place, Problem, did_you_mean, text
from microsite.core.records import Record
from microsite.core.settings import MATERIALS, Host, Material
from microsite.core.urls import base_path, is_web_address, slugify, web_address_problem


class Contact(Record):
    """How to reach the organisation; preferably a role rather than a person."""

    name: str = ""
    role: str = ""
    email: Email | None = None
    phone: Phone | None = None
    address: str = ""

    @property
    def reachable(self) -> bool:
        """Whether there is a number to call or an address to mail: a postal address is not as easy."""
        return bool(self.email or self.phone)

    @property
    def of_campaign(self) -> bool:
        """Whether it is not the organisation's own."""
        return False

    @property
    def card(self) -> str:
        """The path of the contact's vCard, or "" when there is nothing to save in an address book."""
        return "contact.vcf" if self.reachable else ""


class CampaignContact(Contact):
    """The campaign's, on the site of an organisation that nobody can call or mail. It has no vCard here."""

    @property
    def of_campaign(self) -> bool:
        return True

    @property
    def card(self) -> str:
        return ""


class ThemeContact(Contact, kw_only=True):
    """A contact for some themes."""

    themes: tuple[str, ...]

    @property
    def card(self) -> str:
        return f"contact-{slugify(self.themes[0])}.vcf"


class Profile(Record):
    """An account elsewhere, shown as a plain link."""

    name: str
    url: str


class Texts(Record):
    """The organisation's own texts on the home page."""

    welcome: str = ""
    call_to_action: str = ""
    about: str = ""


class Visit(Record):
    """A day on which council members can come along. ``where`` may have the hour too."""

    date: dt.date
    where: str


class BrandFile(Record):
    """The keys of ``brand.yaml``. Colours, fonts and the logo are not checked yet."""

    name: str
    logo: str
    logo_dark: str = ""
    colour: str = ""
    second_colour: str = ""
    tokens: str = ""
    logo_width: int = 0
    font: str = ""
    font_bold: str = ""
    url: str = ""
    region: str = ""
    in_region: str = ""
    sender: str = ""
    contact: Contact = Contact()
    contacts: tuple[ThemeContact, ...] = ()
    texts: Texts = Texts()
    profiles: tuple[Profile, ...] = ()
    licence: str = ""
    language: Literal["nl", "en"] = "nl"
    hide: tuple[str, ...] = ()
    materials: tuple[Material, ...] = MATERIALS
    host: Host | None = None
    plan: LocalPlan | None = None
    visit: Visit | None = None
    indicators: LocalIndicators | None = None

    @property
    def address(self) -> str:
        """``url`` with exactly one slash at its end, or ""."""
        return self.url and self.url.rstrip("/") + "/"


def check_values(file: BrandFile, places: Mapping[str, Place]) -> Iterator[Problem]:
    """What is wrong with URLs, contacts and the region. ``places`` are the positions of the keys."""
    yield from _check_web_address(file.url, places.get("url"))
    yield from _check_own_address(file.url, places.get("url"))
    yield from _check_contacts(file.contacts, places)
    yield from check_region(file.region, file.in_region, file.language, places)
    for i, profile in enumerate(file.profiles):
        yield from _check_web_address(profile.url, places.get(f"profiles.{i}.url", places.get("profiles")))


def check_references(
    file: BrandFile,
    places: Mapping[str, Place],
    pages: Collection[str],
    themes: Collection[str] | None,
    planning: Planning | None,
    library: IndicatorsFile | None = None,
) -> Iterator[Problem]:
    """Warn about what the campaign does not have: pages, themes, activities, indicators.

    ``themes``, ``planning`` and the ``library`` of indicators are None when they are not known.
    """
    if file.plan is not None:
        yield from check_plan(file.plan, places, planning)
    if file.indicators is not None:
        yield from check_indicators(file.indicators, places, library)
    for i, page in enumerate(file.hide):
        if page not in pages:
            yield Problem(
                places.get(f"hide.{i}", places["hide"]),
                NOT_HIDDEN.format(page=page),
                did_you_mean(page, pages),
                "warning",
            )
    if themes is None:
        return
    for i, contact in enumerate(file.contacts):
        for j, theme in enumerate(contact.themes):
            if theme not in themes:
                yield Problem(
                    places.get(f"contacts.{i}.themes.{j}", places["contacts"]),
                    text("there is no theme '{theme}', so this contact is not shown for it", theme=theme),
                    did_you_mean(theme, themes),
                    "warning",
                )


def _check_web_address(url: str, place: Place | None) -> Iterator[Problem]:
    if url and place is not None and (found := web_address_problem(url)) is not None:
        yield Problem(place, *found)


def _check_own_address(url: str, place: Place | None) -> Iterator[Problem]:
    """The path of the site's own URL is also written in the configuration of web servers."""
    if not url or place is None or not is_web_address(url):
        return
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    if re.search(r"\.(?:[sx]?html?|php|aspx?|jsp)$", name, re.I):
        yield Problem(
            place,
            text("'{url}' is the address of a page, and a site has that of a folder", url=url),
            text("write: {line}", line=parts._replace(path=f"{folder}/").geturl()),
        )
    elif parts.query or parts.fragment or not _servable(parts.path):
        yield Problem(
            place,
            text("'{url}' is not an address that a site can have", url=url),
            text(
                "leave out what comes after a '?' or '#', and other signs than letters, digits, '-' and '/'"
            ),
        )


def _check_contacts(contacts: Iterable[ThemeContact], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Each contact has an email address or a phone number, and each theme has one contact."""
    seen = set[str]()
    for i, contact in enumerate(contacts):
        place = places.get(f"contacts.{i}", places["contacts"])
        if not contact.themes:
            yield Problem(
                places.get(f"contacts.{i}.themes", place),
                text("'{key}' is empty", key="themes"),
                text("name the themes; who is there for everything goes under 'contact'"),
            )
        if not contact.reachable:
            yield Problem(
                place, text("this contact cannot be reached"), text("add 'email' or 'phone', or leave it out")
            )
        for theme in contact.themes:
            if theme in seen:
                yield Problem(
                    places.get(f"contacts.{i}.themes", place),
                    text("two contacts for the theme '{theme}'", theme=theme),
                    text("name each theme once, so that it is clear whom to turn to"),
                )
            seen.add(theme)


def _servable(path: str) -> bool:
    try:
        base_path(path or "/")
    except ValueError:
        return False
    return True
