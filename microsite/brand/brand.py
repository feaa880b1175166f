"""A brand: one organisation's house style and contact, as data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlsplit

from microsite.brand.brand_file import BrandFile, Contact, Profile, Texts, ThemeContact, check_values
from microsite.brand.colour import InvalidColour
from microsite.brand.fonts import DEFAULT, SUFFIXES, Face, Metrics, font_path
from microsite.brand.logos import Logo, classes
from microsite.brand.palette import Palette, derive
from microsite.brand.tokens import COLOURS, Tokens
from microsite.content.files import Source
from microsite.core.problems import Place, Problem, Translate, did_you_mean, text
from microsite.core.records import Record, replace
from microsite.core.urls import short
from microsite.media.photos import Photo, Picture, mark
from microsite.media.svg import Drawing


class Brand(Record):
    """A brand that pages can be made with. ``url`` ends with a slash, or is empty when it is not known."""

    id: str
    name: str
    url: str
    region: str
    sender: str
    licence: str
    language: str
    contact: Contact
    contacts: tuple[ThemeContact, ...]
    texts: Texts
    profiles: tuple[Profile, ...]
    logo: Picture
    logo_classes: str
    logo_width: int
    palette: Palette
    faces: tuple[Face, ...]
    slots: tuple[tuple[str, str], ...]
    hide: tuple[str, ...] = ()

    def slot(self, name: str) -> str:
        """What a brand slot in a text reads here."""
        return dict(self.slots)[name]

    def contact_about(self, themes: Iterable[str]) -> Contact:
        """Whom to turn to about the first of these themes that has a contact; else the general one."""
        named = {theme: contact for contact in self.contacts for theme in contact.themes}
        return next((named[theme] for theme in themes if theme in named), self.contact)

    def absolute(self, path: str) -> str:
        """The full address of a path of the site, or "" when the site's address is not known."""
        return self.url + short(path) if self.url else ""

    @property
    def base(self) -> str:
        """The path part of the site's address: "/" or "/a/b/campagne/"."""
        return urlsplit(self.url).path or "/"


Looks = Mapping[str, Logo | tuple[Problem, ...]]
"""The images in a brand's folder, each as a logo or with why it cannot be one."""

Fonts = Mapping[str, tuple[Source, Metrics | tuple[Problem, ...]]]
"""The fonts that a brand can choose from: families that come with the campaign, and files of its own."""


NARROWEST, WIDEST = 60, 360
"""Bounds of the width that a logo may ask for, in CSS pixels."""


def dressed(
    file: BrandFile,
    places: Mapping[str, Place],
    files: Mapping[str, Source],
    found: Mapping[str, Tokens | tuple[Problem, ...]],
    families: Collection[str],
) -> tuple[BrandFile, tuple[Problem, ...]]:
    """The file with what its design tokens say filled in, where it does not say so itself."""
    tokens, problems = Tokens(), list[Problem]()
    if file.tokens and file.tokens not in files:
        problems.append(
            Problem(
                places["tokens"],
                text("there is no file '{src}'", src=file.tokens),
                did_you_mean(file.tokens, [name for name in files if name.endswith(".json")])
                or text("put it beside brand.yaml"),
            )
        )
    elif file.tokens:
        read = found[file.tokens]
        if isinstance(read, Tokens):
            tokens = read
        else:
            problems += read
    if not (file.colour or tokens.colour or problems):
        problems.append(_no_colour(file, places, files))
    if tokens.font and tokens.font not in families and not file.font:
        problems.append(
            Problem(
                Place(files[file.tokens].name),
                text("the font '{name}' does not come with us, so another is used", name=tokens.font),
                text("put the font beside brand.yaml and name it in 'font'"),
                "notice",
            )
        )
    filled = replace(
        file,
        colour=file.colour or tokens.colour,
        second_colour=file.second_colour or tokens.second_colour,
        font=file.font or (tokens.font if tokens.font in families else ""),
        logo_width=file.logo_width or tokens.logo_width,
    )
    return filled, tuple(problems)


def _no_colour(file: BrandFile, places: Mapping[str, Place], files: Mapping[str, Source]) -> Problem:
    if file.tokens:
        return Problem(
            Place(files[file.tokens].name),
            text("no colour of the house style is found here"),
            text("give it in brand.yaml as 'colour', or name it here: {name}", name=COLOURS[0]),
        )
    if "colour" in places:
        return Problem(places["colour"], text("'{key}' is empty", key="colour"))
    return Problem(min(places.values()), text("'{key}' is missing", key="colour"))


def resolve(
    id: str,
    file: BrandFile,
    places: Mapping[str, Place],
    files: Mapping[str, Source],
    looks: Looks,
    fonts: Fonts,
    translate: Translate,
) -> tuple[Brand | None, tuple[Problem, ...]]:
    """The brand, or None with what stands in its way. ``files`` are those of the brand's folder."""
    problems = [*check_values(file, places)]
    palette = None
    try:
        palette = derive(file.colour, file.second_colour)
    except InvalidColour as error:
        place = _colour_place(file, places)
        problems.append(Problem(place, error.message, error.hint))
    logo = _logo(file, places, files, looks, problems)
    faces = _faces(file, places, fonts, problems)
    if palette is None or logo is None or problems:
        return None, tuple(problems)
    url = file.address
    brand = Brand(
        id,
        file.name,
        url,
        file.region,
        file.sender,
        file.licence,
        file.language,
        file.contact,
        file.contacts,
        file.texts,
        file.profiles,
        _picture(logo.look, files[file.logo]),
        classes(logo, palette),
        file.logo_width and min(max(file.logo_width, NARROWEST), WIDEST),
        palette,
        faces,
        slots=(
            ("organisatie", file.name),
            ("gemeente", file.region or text("your municipality").render(translate)),
            ("website", urlsplit(url).netloc + urlsplit(url).path.rstrip("/")),
            ("email", file.contact.email),
            ("telefoon", file.contact.phone),
        ),
        hide=file.hide,
    )
    return brand, tuple(_worded(logo, files[file.logo]))


def moved(palette: Palette, name: str) -> tuple[Problem, ...]:
    """For each shade that took the place of the organisation's own colour: which, and why."""
    return tuple(
        Problem(
            Place(name),
            _MOVED[move.role, move.scheme].filled(
                wanted=move.wanted,
                used=move.used,
                **{key: str(getattr(move, key)).replace(".", ",") for key in ("before", "after", "minimum")},
            ),
            None,
            "notice",
        )
        for move in palette.adjustments
    )


_MOVED = {
    ("link", "light"): text(
        "links on light paper are {used}: in {wanted} their contrast would be {before}, now it is {after} "
        "(needed: {minimum})"
    ),
    ("link", "dark"): text(
        "links on dark paper are {used}: in {wanted} their contrast would be {before}, now it is {after} "
        "(needed: {minimum})"
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


def _colour_place(file: BrandFile, places: Mapping[str, Place]) -> Place:
    try:
        derive(file.colour)
    except InvalidColour:
        return places["colour"]
    return places["second_colour"]


def _logo(
    file: BrandFile,
    places: Mapping[str, Place],
    files: Mapping[str, Source],
    looks: Looks,
    problems: list[Problem],
) -> Logo | None:
    source = files.get(file.logo)
    if source is None or file.logo not in looks:
        problems.append(
            Problem(
                places["logo"],
                text("there is no image '{src}'", src=file.logo),
                did_you_mean(file.logo, looks) or text("put the logo beside brand.yaml, as SVG or PNG"),
            )
        )
        return None
    look = looks[file.logo]
    if isinstance(look, tuple):
        problems += look
        return None
    return look


def _picture(look: Photo | Drawing, source: Source) -> Picture:
    if isinstance(look, Photo):
        return mark(look, "logo")
    return Picture(round(look.width), round(look.height), (), f"beeld/logo-{source.digest[:10]}.svg")


def _worded(logo: Logo, source: Source) -> Iterable[Problem]:
    if isinstance(logo.look, Drawing) and logo.look.has_text:
        yield Problem(
            Place(source.name),
            text("the logo has letters that need a font, which visitors may not have"),
            text("turn them into outlines in the drawing program ('convert text to paths')"),
            "warning",
        )


def chosen_fonts(file: BrandFile, fonts: Fonts) -> tuple[str, ...]:
    """The names in ``fonts`` of what the brand's letters come from, regular first."""
    if not file.font:
        return (DEFAULT,) if DEFAULT in fonts else ()
    return (file.font, file.font_bold) if file.font_bold else (file.font,)


def _faces(
    file: BrandFile, places: Mapping[str, Place], fonts: Fonts, problems: list[Problem]
) -> tuple[Face, ...]:
    if file.font_bold and not (_is_file(file.font) and _is_file(file.font_bold)):
        problems.append(
            Problem(
                places["font_bold"],
                text("'font_bold' goes with a file of your own in 'font'"),
                text("give both as files in this folder, or leave 'font_bold' out"),
            )
        )
        return ()
    faces = []
    for key, name in zip(("font", "font_bold"), chosen_fonts(file, fonts), strict=False):
        source, metrics = fonts.get(name, (None, ()))
        if source is None:
            problems.append(
                Problem(
                    places[key],
                    text("there is no font '{name}'", name=name),
                    did_you_mean(name, fonts) or text("put the font beside brand.yaml, as WOFF2, TTF or OTF"),
                )
            )
        elif isinstance(metrics, Metrics):
            faces.append(Face(font_path(source.digest), _bounded(metrics, file, key)))
        else:
            problems += metrics
    return tuple(faces)


def _is_file(name: str) -> bool:
    return any(name.lower().endswith(suffix) for suffix in SUFFIXES)


def _bounded(metrics: Metrics, file: BrandFile, key: str) -> Metrics:
    """Of two files one is the regular and the other the bold, whatever they say of themselves."""
    if not file.font_bold:
        return metrics
    return replace(metrics, weights=(400, 400) if key == "font" else (700, 900))
