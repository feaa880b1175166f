"""Files and folders that are not where their authors seem to think: a text that is no page of its kind.

A kind is known by its folder, and with the kind comes the question of consent. So what is nearly in such a
folder is reported.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from microsite.content.facts import FACTS
from microsite.content.files import HIDDEN_ON_SERVERS, Layer, Source
from microsite.content.indicators_file import INDICATORS
from microsite.content.kinds import KINDS, SECTIONS, section_of
from microsite.content.planner_file import HOLIDAYS, PLANNER
from microsite.content.recalls import RECALLS
from microsite.content.removed import REMOVED
from microsite.content.series.file import SERIES
from microsite.content.site_file import SITE
from microsite.content.worksheets.figures import FOLDER, is_saved_sheet
from microsite.content.worksheets.file import WORKSHEETS
from microsite.core.problems import Place, Problem, Text, did_you_mean, text
from microsite.core.settings import NATIONAL, WRITING_GUIDE
from microsite.core.urls import slugify

_OTHER_MARKDOWN = frozenset(
    {".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn", ".mdtxt", ".mdtext", ".mdx", ".rmd"}
)
_OTHER_TEXT = frozenset({".txt", ".text", ".html", ".htm", ".rtf", ".doc", ".pages", ".rst", ".adoc", ""})
"""Files that are neither read as a text nor published when a page links to them."""

_NOTES = re.compile(r"readme|licen[cs]e|copying|notice|changelog|credits|authors|todo|lees ?mij", re.I)
"""Names of files that are for those who work on the project."""

_COPY = re.compile(r"(?:kopie-van-|copy-of-)?(.+?)-?(?:\d+|kopie|copy|backup|bak)?")


_SETTINGS = frozenset(
    {SITE, FACTS, REMOVED, RECALLS, PLANNER, HOLIDAYS, WORKSHEETS, INDICATORS, SERIES, WRITING_GUIDE}
)
_FOR_SERVERS = re.compile(
    r"cname|_headers|_redirects|netlify\.toml|web\.config|favicon\..+|(?:robots|humans|security|ads|llms)\.txt"
)
"""Names of files that web servers and browsers ask for, in small letters."""

_FOR_BROWSERS = frozenset({".html", ".htm", ".php", ".css", ".js", ".xml", ".webmanifest"})


def misplaced(layer: Layer) -> Iterator[Problem]:
    """Warnings about the texts of a layer of content, and files in it that nothing is made of."""
    told: set[str] = set()
    national = layer.name == NATIONAL
    yield from _for_servers(layer.sources)
    for source in layer.sources:
        if source.suffix == ".md":
            for folder, message in _folders(source):
                if folder not in told:
                    told.add(folder)
                    name = source.name.removesuffix(source.path) + folder
                    yield Problem(Place(name), message, _MOVE, "warning")
        elif source.suffix in (".yaml", ".yml") and source.path not in _SETTINGS:
            hint = did_you_mean(source.path, _SETTINGS)
            yield Problem(Place(source.name), text("this file is not read"), hint, "warning")
        elif source.suffix == ".json" and (national or not is_saved_sheet(source.path)):
            yield Problem(Place(source.name), text("this file is not read"), _SHEETS, "warning")
        elif _is_unread(source):
            yield Problem(
                Place(source.name),
                text("this text is not read: it is no file that ends in .md"),
                text("give it a name that ends in .md, or take it away"),
                "warning",
            )


def misplaced_beside(layer: Layer) -> Iterator[Problem]:
    """Warnings about the files of a brand outside its ``content/`` that seem to be meant for its site."""
    beside = [source for source in layer.sources if not source.path.startswith("content/")]
    yield from _for_servers(source for source in beside if source.suffix not in _FOR_BROWSERS)
    for source in beside:
        if is_saved_sheet(source.path):
            yield Problem(Place(source.name), text("this file is not read"), _SHEETS, "warning")
        is_text = source.suffix == ".md" or source.suffix in _OTHER_MARKDOWN
        if is_text and not is_note(source):
            yield Problem(
                Place(source.name),
                text("this text is not read: texts are in the folder {folder}", folder="content/"),
                text("move it there, or take it away"),
                "warning",
            )


def _for_servers(sources: Iterable[Source]) -> Iterator[Problem]:
    """Files that their author wants beside the pages on the web server. A site has only files of its own."""
    told: set[str] = set()
    for source in sources:
        first, _, rest = source.path.partition("/")
        hidden = first.lower() in HIDDEN_ON_SERVERS
        named = not rest and (_FOR_SERVERS.fullmatch(first.lower()) or source.suffix in _FOR_BROWSERS)
        if (hidden or named) and first not in told:
            told.add(first)
            name = source.name.removesuffix(source.path) + first
            yield Problem(Place(name), _NOT_ON_SITE, _ON_SERVER, "warning")


_SHEETS = text("saved worksheets stand in the folder of an organisation, in {folder}").format(
    folder=f"content/{FOLDER}/"
)
_NOT_ON_SITE = text("this does not come onto the site: it has pages, and files that these link to")
_ON_SERVER = text("put it on the web server yourself, beside the site; or take it away")


def _folders(source: Source) -> Iterator[tuple[str, Text]]:
    """Each folder above this file that seems to be meant as another, and what to say of it."""
    parts = source.path.split("/")[:-1]
    for depth, part in enumerate(parts):
        folder = "/".join(parts[: depth + 1])
        if depth == 0 and part not in SECTIONS:
            if section := section_of(part):
                yield folder, text("this folder is read as '{section}'", section=section)
            elif section := _meant(part):
                message = text(
                    "this folder looks like '{section}', but its texts are plain pages", section=section
                )
                yield folder, message
        elif depth and not section_of(parts[0]) and (section := section_of(part) or _meant(part)):
            message = text(
                "'{section}' is one folder too deep here, so its texts are plain pages", section=section
            )
            yield folder, message


_MOVE = text("name the folder exactly so, right below {folder}", folder="content/")


def _meant(folder: str) -> str:
    """The section that the name of a folder is nearly that of; "" for a name of its own."""
    slug = slugify(folder)
    plain = found[1] if (found := _COPY.fullmatch(slug)) else slug
    for name in (slug, plain):
        for kind in KINDS:
            if kind.section and (name in (kind.section, *kind.near_names) or _one_slip(name, kind.section)):
                return kind.section
    return ""


def _one_slip(name: str, section: str) -> bool:
    """Whether a letter is missing, added, wrong or in its neighbour's place. Short words have neighbours."""
    if name == section or len(section) < 6 or abs(len(name) - len(section)) > 1:
        return False
    start = len(posixpath.commonprefix([name, section]))
    end = len(posixpath.commonprefix([name[start:][::-1], section[start:][::-1]]))
    rest, other = name[start : len(name) - end], section[start : len(section) - end]
    return max(len(rest), len(other)) <= 1 or (len(rest) == 2 and rest == other[::-1])


def _is_unread(source: Source) -> bool:
    if source.suffix in _OTHER_MARKDOWN:
        return not is_note(source)
    if source.suffix not in _OTHER_TEXT or "/" not in source.path or is_note(source):
        return False
    in_section = bool(section_of(source.path.partition("/")[0]))
    if source.suffix == ".txt":  # a download, such as what is said in a film, unless it begins as a page does
        return in_section and source.read().lstrip().startswith(b"---")
    return in_section


def is_note(source: Source) -> bool:
    """Whether a file is for those who work on the project, such as a README or a licence."""
    return _NOTES.search(posixpath.basename(source.path)) is not None
