"""A brand: the house style and contact details of one organisation, as templates get them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from microsite.brand.brand_file import CampaignContact, Contact, Profile, Texts, ThemeContact, Visit
from microsite.brand.fonts import Face
from microsite.brand.local_indicators import Measuring
from microsite.brand.palette import Adjustment, Palette
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, replace
from microsite.core.settings import Material
from microsite.core.urls import without_index
from microsite.media.photos import Picture


class Brand(Record):
    """A valid brand. ``url`` ends with a slash, or is "" when the site's address is not known.

    ``in_region`` is the region within a sentence, such as "op Texel"; "" when there is no ``region``.
    ``visit`` is still to come, see ``visits.upcoming``.
    """

    id: str
    name: str
    url: str
    region: str
    in_region: str
    sender: str
    licence: str
    language: str
    contact: Contact
    contacts: tuple[ThemeContact, ...]
    texts: Texts
    profiles: tuple[Profile, ...]
    logo: Picture
    logo_dark: Picture | None
    logo_classes: str
    logo_width: int
    palette: Palette
    faces: tuple[Face, ...]
    slots: tuple[tuple[str, str], ...]
    hide: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    visit: Visit | None = None
    measuring: Measuring | None = None

    def slot(self, name: str) -> str:
        """The value of a placeholder in a Markdown text."""
        return dict(self.slots)[name]

    def with_contact(self, contact: Contact) -> Brand:
        """This brand with the contact of the campaign, where it has none of its own."""
        values = {"email": str(contact.email or ""), "telefoon": str(contact.phone or "")}
        slots = tuple((name, values.get(name, value)) for name, value in self.slots)
        return replace(self, contact=contact, slots=slots)

    def contact_about(self, themes: Iterable[str]) -> Contact:
        """The contact for the first of these themes that has one, else the general contact."""
        named = {theme: contact for contact in self.contacts for theme in contact.themes}
        return next((named[theme] for theme in themes if theme in named), self.contact)

    def absolute(self, path: str) -> str:
        """The absolute URL of a path of the site, or "" when the site's address is not known."""
        return self.url + without_index(path) if self.url else ""

    @property
    def host(self) -> str:
        """The name of the site's host, or of the brand: it makes what others keep of a site unique."""
        return urlsplit(self.url).hostname or self.id

    @property
    def base(self) -> str:
        """The path of the site's URL: "/" or "/a/b/campagne/"."""
        return urlsplit(self.url).path or "/"


def advice(brand: Brand, slots: Mapping[str, Sequence[str]], file: str) -> Iterator[Problem]:
    """What an organisation may want to know of its site, at its brand.yaml (``file``).

    Placeholders that it has no value for, with ``slots`` the pages that use each; and adjusted colours.
    """
    if isinstance(brand.contact, CampaignContact):
        message = text("'contact' is not filled in, so the site sends people to the campaign")
        yield Problem(Place(file), message, text("add 'email' or 'phone' below 'contact:'"), "warning")
        slots = {slot: pages for slot, pages in slots.items() if slot == "website"}
    for slot, key in _KEYS.items():
        pages = slots.get(slot, ())
        if pages and not brand.slot(slot):
            yield Problem(
                Place(file),
                text(
                    "'{key}' is not filled in, so {count} pages only say something like 'our website'",
                    key=key,
                    count=len(pages),
                ),
                text("add it; look for instance at {page}", page=pages[0]),
                "warning",
            )
    if "share" in brand.materials and not brand.url:
        message = text("without 'url', networks show no picture with a link to this site")
        yield Problem(Place(file), message, text("add 'url', the address of the site"), "notice")
    for adjustment in brand.palette.adjustments:
        yield _notice(adjustment, file)


_KEYS = {"telefoon": "contact.phone", "email": "contact.email", "website": "url"}


def _notice(adjustment: Adjustment, file: str) -> Problem:
    ratios = {key: str(getattr(adjustment, key)).replace(".", ",") for key in ("before", "after", "minimum")}
    message = _ADJUSTED[adjustment.role, adjustment.scheme]
    return Problem(
        Place(file),
        message.format(wanted=adjustment.wanted, used=adjustment.used, **ratios),
        None,
        "notice",
    )


_ADJUSTED = {
    ("link", "light"): text(
        "links on light paper are {used}: in {wanted} their contrast would be {before}, now it is {after} "
        "(needed: {minimum})"
    ),
    ("link", "dark"): text(
        "links on dark paper are {used}: in {wanted} their contrast would be {before}, now it is {after} "
        "(needed: {minimum})"
    ),
    ("second", "dark"): text(
        "in the dark, fields in the second colour are {used}: {wanted} is nearly white or grey, and would "
        "glare"
    ),
    ("edge", "light"): text(
        "rules and edges on light paper are {used}: in {wanted} their contrast would be {before}, now it is "
        "{after} (needed: {minimum})"
    ),
    ("edge", "dark"): text(
        "rules and edges on dark paper are {used}: in {wanted} their contrast would be {before}, now it is "
        "{after} (needed: {minimum})"
    ),
}

ADJUSTED = frozenset(message.sentence for message in _ADJUSTED.values())
"""The sentences that say why a colour is used in another shade."""
