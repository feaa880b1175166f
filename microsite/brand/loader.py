"""Load a brand: brand.yaml, its logo, fonts and design tokens, checked against the campaign."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from microsite.brand import fonts, logos, tokens
from microsite.brand.brand import Brand
from microsite.brand.brand_file import (
    BrandFile,
    CampaignContact,
    Visit,
    check_references,
    check_values,
)
from microsite.brand.colour import InvalidColour, parse
from microsite.brand.fonts import Face, Metrics, font_path
from microsite.brand.local_indicators import measuring_of
from microsite.brand.local_plan import LocalPlan
from microsite.brand.logos import Logo
from microsite.brand.palette import Palette, derive
from microsite.brand.region import within
from microsite.brand.tokens import Tokens
from microsite.content import schema
from microsite.content.files import Source
from microsite.content.indicators_file import IndicatorsFile
from microsite.content.planner_file import Planning
from microsite.core import i18n
from microsite.core.problems import Place, Problem, Severity, Text, did_you_mean, errors, text
from microsite.core.records import Record, replace
from microsite.core.settings import BRAND_FILE
from microsite.media.photos import ENDINGS, Photo, Picture, mark
from microsite.media.svg import Drawing

T = TypeVar("T")

MIN_LOGO_WIDTH, MAX_LOGO_WIDTH = 60, 360
"""Bounds for ``logo_width``, in CSS pixels."""


class BrandKit(Record):
    """A brand with the files that its site publishes: the logo, and a font for each of ``brand.faces``.

    ``dark`` is the logo for dark paper with its file, if the brand has another one there. ``plan`` is what
    the organisation wants to do itself, and ``visit`` the day on which it has visitors with the place in its
    file, if it says so.
    """

    brand: Brand
    logo: Logo
    logo_file: Source
    font_files: tuple[Source, ...]
    dark: tuple[Logo, Source] | None = None
    plan: LocalPlan | None = None
    visit: tuple[Visit, Place] | None = None


class LoadedBrand(Record):
    """``kit`` is None when one of the problems is an error that leaves no brand to work with."""

    kit: BrandKit | None
    problems: tuple[Problem, ...]


class Examine(Protocol):
    """Applies ``function`` to files, in other processes or from a cache.

    Returns the result of each by path, or its problems, at the name of the file.
    """

    def __call__(
        self, namespace: str, function: Callable[[Source], T | tuple[Problem, ...]], sources: Sequence[Source]
    ) -> Mapping[str, T | tuple[Problem, ...]]: ...


def load_brand(
    id: str,
    files: Mapping[str, Source],
    families: Mapping[str, Source],
    pages: Collection[str],
    themes: Collection[str] | None,
    examine: Examine,
    rejected: Collection[str] = (),
    planning: Planning | None = None,
    library: IndicatorsFile | None = None,
) -> LoadedBrand:
    """The brand in a folder with these files, by path.

    ``families`` are the fonts that come with the campaign, ``pages`` the paths of its documents and
    ``themes`` the ids of its themes, or None when they are not known. ``rejected`` are the paths of files
    that are there and could not be taken, which is told where they are scanned. ``planning`` is what plans
    are made from and ``library`` has the indicators to choose from, or None.
    """
    source = files.get(BRAND_FILE)
    if source is None and BRAND_FILE in rejected:
        return LoadedBrand(None, ())
    if source is None:
        problem = Problem(
            Place(f"{id}/{BRAND_FILE}"),
            text("there is no {file} here", file=BRAND_FILE),
            text("begin with name, logo and colour; of one that has left, take the whole folder away"),
        )
        return LoadedBrand(None, (problem,))
    file, places, problems = schema.load(BrandFile, source)
    if file is None:
        return LoadedBrand(None, problems)
    hints = {slip.place: slip.hint for slip in problems}
    loader = _Loader(id, places, files, families, examine, hints, rejected)
    kit = loader.load(file)
    wrong = {problem.place for problem in loader.problems}
    references = check_references(file, places, pages, themes, planning, library)
    if kit is not None and file.indicators is not None:
        brand = replace(kit.brand, measuring=measuring_of(file.indicators, library))
        kit = replace(kit, brand=brand)
    slips = (slip for slip in problems if slip.place not in wrong)
    return LoadedBrand(kit, (*slips, *loader.problems, *references))


def campaign_contact(source: Source | None) -> CampaignContact | None:
    """How to reach the campaign, by the brand.yaml of its own site; None when that does not tell."""
    file = schema.load(BrandFile, source)[0] if source is not None else None
    if file is None or not file.contact.reachable:
        return None
    contact = file.contact
    return CampaignContact(contact.name or file.name, contact.role, contact.email, contact.phone)


class _Loader:
    """Collects the problems of one brand while its parts are loaded."""

    def __init__(
        self,
        id: str,
        places: Mapping[str, Place],
        files: Mapping[str, Source],
        families: Mapping[str, Source],
        examine: Examine,
        hints: Mapping[Place, Text | None],
        rejected: Collection[str],
    ) -> None:
        self.id = id
        self.places = places
        self.files = files
        self.families = families
        self.examine = examine
        self.rejected = rejected
        self.hints = hints
        self.problems: list[Problem] = []

    def load(self, written: BrandFile) -> BrandKit | None:
        file = self._with_tokens(written)
        if errors(self.problems) or not file.colour:
            return None
        self.problems += check_values(file, self.places)
        palette, logo, letters = self._palette(file), self._logo("logo", file.logo), self._fonts(file)
        at_night = self._logo("logo_dark", file.logo_dark) if file.logo_dark else None
        if palette is None or logo is None or {file.font, file.font_bold} & {*self.rejected}:
            return None
        if errors(self.problems):
            return None
        logo_file, dark = self.files[file.logo], None
        if at_night is not None and self.files[file.logo_dark].digest != logo_file.digest:
            dark = at_night, self.files[file.logo_dark]
        brand = Brand(
            id=self.id,
            name=file.name,
            url=file.address,
            region=file.region,
            in_region=file.in_region or within(file.region, file.language),
            sender=file.sender,
            licence=file.licence,
            language=file.language,
            contact=file.contact,
            contacts=file.contacts,
            texts=file.texts,
            profiles=file.profiles,
            logo=_picture(logo.look, logo_file),
            logo_dark=_picture(dark[0].look, dark[1]) if dark else None,
            logo_classes=logos.classes(logo, palette, dark[0] if dark else None),
            logo_width=file.logo_width and min(max(file.logo_width, MIN_LOGO_WIDTH), MAX_LOGO_WIDTH),
            palette=palette,
            faces=tuple(face for _, face in letters),
            slots=_slots(file),
            hide=file.hide,
            materials=file.materials,
        )
        visit = (file.visit, self.places["visit.date"]) if file.visit is not None else None
        fonts_of = tuple(source for source, _ in letters)
        return BrandKit(brand, logo, logo_file, fonts_of, dark, file.plan, visit)

    def _error(self, key: str, message: Text, hint: Text | None = None) -> None:
        self.problems.append(Problem(self.places[key], message, hint))

    def _examined(
        self, namespace: str, function: Callable[[Source], T | tuple[Problem, ...]], paths: Collection[str]
    ) -> dict[str, T]:
        """The results for those files that can be used; problems for the others."""
        found = self.examine(namespace, function, [self.files[path] for path in paths])
        usable = {}
        for path, result in found.items():
            if isinstance(result, tuple):
                self.problems += result
            else:
                usable[path] = result
        return usable

    # ── design tokens and colours ──

    def _with_tokens(self, file: BrandFile) -> BrandFile:
        """The file, with what it leaves out taken from its design tokens."""
        found = self._tokens(file)
        self.problems += _unresolved(found, file, self.files)
        if not (file.colour or found.colour or file.tokens in self.rejected or errors(self.problems)):
            self.problems.append(self._no_colour(file, found.choices))
        if found.font and found.font not in self.families and not file.font:
            self.problems.append(
                Problem(
                    Place(self.files[file.tokens].name),
                    text("the font '{name}' does not come with us, so another is used", name=found.font),
                    text("put the font beside brand.yaml and name it in 'font'"),
                    "notice",
                )
            )
        return replace(
            file,
            colour=file.colour or found.colour,
            second_colour=file.second_colour or found.second_colour,
            font=file.font or (found.font if found.font in self.families else ""),
            logo_width=file.logo_width or found.logo_width,
        )

    def _tokens(self, file: BrandFile) -> Tokens:
        if file.tokens in self.rejected:
            return Tokens()
        if file.tokens and file.tokens not in self.files:
            self._error(
                "tokens",
                text("there is no file '{src}'", src=file.tokens),
                did_you_mean(
                    file.tokens,
                    [path for path in self.files if path.endswith(".json")],
                    text("put it beside brand.yaml"),
                ),
            )
            return Tokens()
        paths = [file.tokens] if file.tokens else []
        return self._examined("tokens", tokens.examine_file, paths).get(file.tokens, Tokens())

    def _no_colour(self, file: BrandFile, choices: Sequence[str]) -> Problem:
        if file.tokens:
            hint = text("give it in brand.yaml as 'colour', or name it here: {name}", name=tokens.COLOURS[0])
            if choices:
                hint = text(
                    "give it in brand.yaml as 'colour'; these are there: {choices}",
                    choices=", ".join(choices),
                )
            return Problem(
                Place(self.files[file.tokens].name), text("no colour of the house style is found here"), hint
            )
        if "colour" in self.places:
            place = self.places["colour"]
            return Problem(place, text("'{key}' is empty", key="colour"), self.hints.get(place))
        return Problem(min(self.places.values()), text("'{key}' is missing", key="colour"))

    def _palette(self, file: BrandFile) -> Palette | None:
        colours = []
        for key, written in (("colour", file.colour), ("second_colour", file.second_colour)):
            try:
                colours.append(parse(written) if written else "")
            except InvalidColour as error:
                self._error(key, error.message, error.hint)
        return derive(*colours) if len(colours) == 2 else None

    # ── logo ──

    def _logo(self, key: str, name: str) -> Logo | None:
        """A logo; whatever file is named is examined, for its problems say best what it is."""
        if name in self.rejected:
            return None
        if name not in self.files:
            images = [path for path, source in self.files.items() if source.suffix in ENDINGS]
            self._error(
                key,
                text("there is no image '{src}'", src=name),
                did_you_mean(name, images, text("put the logo beside brand.yaml, as SVG or PNG")),
            )
            return None
        logo = self._examined(key, logos.examine_file, [name]).get(name)
        if logo is not None:
            self.problems += logos.advice(logo, self.files[name].name)
        return logo

    # ── fonts ──

    def _fonts(self, file: BrandFile) -> list[tuple[Source, Face]]:
        """The font files, the regular one first, as web fonts."""
        own = {path: source for path, source in self.files.items() if source.suffix in fonts.SUFFIXES}
        if file.font_bold and not (_is_font(file.font) and _is_font(file.font_bold)):
            self._error(
                "font_bold",
                text("'font_bold' goes with a file of your own in 'font'"),
                text("give both as files in this folder, or leave 'font_bold' out"),
            )
            return []
        known = {**self.families, **own}
        chosen = {"font": file.font, "font_bold": file.font_bold} if file.font else _default(known)
        for key, name in chosen.items():
            if name and name not in known and name not in self.rejected:
                self._error(
                    key,
                    text("there is no font '{name}'", name=name),
                    did_you_mean(name, known, _BESIDE if _is_font(name) else None) or _BESIDE,
                )
        examined = self._examined(
            "font", fonts.examine_file, [name for name in chosen.values() if name in own]
        )
        for path, font in examined.items():
            self.problems += [problem.in_file(own[path].name) for problem in font.advice]
        metrics = {**fonts.SHIPPED, **{path: font.metrics for path, font in examined.items()}}
        return [
            (known[name], Face(font_path(known[name].digest), _weighted(metrics[name], file, key)))
            for key, name in chosen.items()
            if name in known and name in metrics
        ]


def _unresolved(found: Tokens, file: BrandFile, files: Mapping[str, Source]) -> Iterator[Problem]:
    """The problems of tokens whose values brand.yaml does not have, each once. Only a colour is needed."""
    said = set()
    for key, problem in found.problems:
        if not getattr(file, key) and problem not in said:
            said.add(problem)
            severity: Severity = "error" if key == "colour" else "warning"
            yield replace(problem.in_file(files[file.tokens].name), severity=severity)


_BESIDE = text("put the font beside brand.yaml, as WOFF2, TTF or OTF")


def _is_font(name: str) -> bool:
    return any(name.lower().endswith(suffix) for suffix in fonts.SUFFIXES)


def _default(known: Collection[str]) -> dict[str, str]:
    return {"font": fonts.DEFAULT} if fonts.DEFAULT in known else {}


def _weighted(metrics: Metrics, file: BrandFile, key: str) -> Metrics:
    """With two files, the one in ``font`` is the regular and the other the bold, whatever they say."""
    if not file.font_bold:
        return metrics
    return replace(metrics, weights=(400, 400) if key == "font" else (700, 900))


def _picture(look: Photo | Drawing, source: Source) -> Picture:
    if isinstance(look, Photo):
        return mark(look, "logo")
    return Picture(round(look.width), round(look.height), (), f"beeld/logo-{source.digest[:10]}.svg")


def _slots(file: BrandFile) -> tuple[tuple[str, str], ...]:
    """The values of the placeholders that Markdown texts may use."""
    url = urlsplit(file.address)
    return (
        ("organisatie", file.name),
        ("gemeente", file.region or text("your municipality").render(i18n.translator(file.language))),
        ("website", url.netloc + url.path.rstrip("/")),
        ("email", str(file.contact.email or "")),
        ("telefoon", str(file.contact.phone or "")),
    )
