"""The templates and assets of a project, which all its sites are rendered with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from microsite.brand import fonts
from microsite.content.files import Layer, Source, decode
from microsite.content.front_matter import WORKSHEETS
from microsite.content.misplaced import is_note
from microsite.core.problems import InvalidFile, Place, Problem, text
from microsite.core.records import Record
from microsite.media import svg
from microsite.rendering import template_folder
from microsite.rendering.print import templates as printing
from microsite.rendering.print.templates import PrintTemplate
from microsite.rendering.template_folder import TemplateFolder
from microsite.rendering.templates import CodeCache
from microsite.rendering.views import Assets

KINDS, PRINT = "kinds/", "print/"
FINDING, SEARCHING, TOOLKIT = "finding/", "searching/", "toolkit/"
PLANNER, INDICATORS = "planner/", "indicators/"
ALL_SHEETS = "worksheets/"
SHEETS = {name: f"{ALL_SHEETS}{name}/" for name in WORKSHEETS}
STYLES = ("", KINDS, PRINT)
SCRIPTS = ("", FINDING, SEARCHING, TOOLKIT, PLANNER, INDICATORS, *SHEETS.values(), ALL_SHEETS)
"""The folders of assets: those that all pages need (""), and those that are for some, or for paper."""

ICON = "images/icon.svg"


class Design(Record):
    """``printing`` are the templates of material, by name."""

    templates: TemplateFolder
    printing: Mapping[str, PrintTemplate]
    assets: Assets
    problems: tuple[Problem, ...]


def load(template_files: Layer, asset_files: Layer, code_cache: CodeCache, placeholders: bool) -> Design:
    """Load the templates and the assets. What cannot be used is left out, with a problem."""
    folder, broken = template_folder.load(template_files, code_cache, placeholders)
    assets, invalid = load_assets(asset_files)
    return Design(
        folder, printing.load(template_files), assets, (*broken, *invalid, *template_files.problems)
    )


def load_assets(layer: Layer) -> tuple[Assets, tuple[Problem, ...]]:
    """Join the stylesheets and the scripts, by folder, and check the icon."""
    problems: list[Problem] = []

    def joined(suffix: str, folder: str = "") -> str:
        texts = []
        for source in layer.sources:
            if source.suffix == suffix and _folder(source) == folder:
                try:
                    texts.append(decode(source.read(), source.name))
                except InvalidFile as invalid:
                    problems.extend(invalid.problems)
        return "\n".join(texts)

    icon = layer.by_path().get(ICON)
    if icon is not None:
        try:
            svg.clean(icon.read())
        except InvalidFile as invalid:
            problems += [problem.in_file(icon.name) for problem in invalid.problems]
            icon = None
    shared = joined(".js", ALL_SHEETS)
    own = {name: joined(".js", folder) for name, folder in SHEETS.items()}
    sheets: dict[str, str] = {name: f"{shared}\n{script}" for name, script in own.items() if script}
    assets = Assets(
        css=joined(".css"),
        kinds=joined(".css", KINDS),
        print=joined(".css", PRINT),
        script=joined(".js"),
        finding=joined(".js", FINDING),
        searching=joined(".js", SEARCHING),
        toolkit=joined(".js", TOOLKIT),
        planner=joined(".js", PLANNER),
        worksheets=sheets | {"indicators": joined(".js", INDICATORS)},  # these share nothing with the forms
        icon=icon,
        licences=fonts.licences(layer.by_path()),
        full_fonts=fonts.full_fonts(layer.by_path()),
        static_fonts=fonts.static_fonts(layer.by_path()),
        names=tuple(source.name for source in layer.sources),
    )
    return assets, (*layer.problems, *problems, *_unused(layer))


def _folder(source: Source) -> str:
    return next((part for part in (*STYLES, *SCRIPTS) if part and source.path.startswith(part)), "")


def _unused(layer: Layer) -> Iterator[Problem]:
    """Files of the campaign that no site has anything of."""
    files = layer.by_path()
    statics = chain.from_iterable(fonts.static_fonts(files).values())
    letters = (*fonts.families(files).values(), *fonts.full_fonts(files).values(), *statics)
    used = {ICON, *(source.path for source in letters)}
    folders = {".css": STYLES, ".js": SCRIPTS}
    for path, source in files.items():
        if path not in used and _folder(source) not in folders.get(source.suffix, ()) and not is_note(source):
            yield Problem(Place(source.name), _UNUSED, _USED, "notice")


_UNUSED = text("nothing of the site is made with this file")
_USED = text(
    "assets/ is for stylesheets, scripts and images/icon.svg; put pictures beside the texts in content/"
)
