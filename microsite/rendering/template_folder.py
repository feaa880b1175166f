"""The templates of a project, read from its layer: which template is rendered with which others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from microsite.content.files import Layer, Source
from microsite.content.kinds import BY_NAME
from microsite.content.misplaced import is_note
from microsite.core.cache import Cache, MemoryCache
from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, Place, Problem, did_you_mean, text
from microsite.core.records import Record, replace
from microsite.rendering.office import slides, texts
from microsite.rendering.print import templates as printing
from microsite.rendering.templates import FOLDER, CodeCache, Template, TemplateSet
from microsite.rendering.web_snippets import SNIPPETS

FEEDS = frozenset({"feed.xml", "sitemap.xml", "material.html"})
"""The templates of files that are not pages."""

WEB = frozenset(f"web/{name}.html" for name in ("banners", *SNIPPETS, *(f"{name}-code" for name in SNIPPETS)))
"""The templates of what stands on other sites and below e-mails."""

_OFFICE = frozenset((*texts.TEMPLATES, *slides.TEMPLATES)) | {
    kind.template for kind in (*texts.TEXTS, *texts.OWN_TEXTS)
}

_NAMES = frozenset(kind.template for kind in BY_NAME.values()) | FEEDS | WEB | _OFFICE

SUFFIXES = frozenset({".html", ".xml", ".txt"})


class TemplateFolder(Record):
    """A template set with, by name, the digest of each file and the templates that it refers to."""

    templates: TemplateSet
    digests: Mapping[str, str]
    references: Mapping[str, tuple[str, ...]]

    def template(self, name: str, language: str) -> Template:
        parts = [f"{part}={self.digests.get(part, '')}" for part in sorted(_closure(name, self.references))]
        fingerprint = digest("\n".join([language, *parts]).encode())
        return Template(name, fingerprint, replace(self.templates, language=language))


def load(
    layer: Layer, code_cache: CodeCache, placeholders: bool
) -> tuple[TemplateFolder, tuple[Problem, ...]]:
    """Return the templates of a layer, with a problem for each that cannot be compiled or refers to none."""
    sources = {source.path: source for source in layer.sources if source.suffix in SUFFIXES}
    digests = {path: source.digest for path, source in sources.items()}
    name = digest("\n".join(f"{path}={value}" for path, value in digests.items()).encode())
    templates = TemplateSet(name, _Texts(sources), placeholders=placeholders, code_cache=code_cache)
    problems: list[Problem] = []

    def compute(paths: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        from microsite.rendering import jinja  # only when a template has changed

        for path in paths:
            try:
                yield path, jinja.references(templates, path)
            except InvalidFile as invalid:
                problems.extend(invalid.problems)

    keys = {path: digest(f"{code_cache.engine} {value}".encode()) for path, value in digests.items()}
    cache = Cache(code_cache.folder) if code_cache.folder else MemoryCache()
    try:
        references = cache.get_or_compute("template", "templates", keys, compute)
    except OSError:  # the folder of the engine need not be ours to write in
        references = dict(compute(keys))
    problems += _missing(references, digests)
    for template in sorted(_NAMES - digests.keys()):
        problems.append(Problem(Place(FOLDER), text("there is no template '{name}'", name=template)))
    if len(references) == len(digests):  # of one that cannot be read, nobody knows what it refers to
        problems += _unused(layer, references)
    return TemplateFolder(templates, digests, references), tuple(problems)


def _missing(references: Mapping[str, Iterable[str]], known: Collection[str]) -> Iterator[Problem]:
    for path, names in references.items():
        for name in names:
            if name not in known:
                message = text("there is no template '{name}'", name=name)
                yield Problem(Place(f"{FOLDER}/{path}"), message, did_you_mean(name, known))


def _unused(layer: Layer, references: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """Files of the campaign that no page is rendered with."""
    used = frozenset().union(*(_closure(name, references) for name in _NAMES))
    for source in layer.sources:
        if source.path not in used and not (is_note(source) or printing.is_template(source)):
            message = text("no page is rendered with this template")
            yield Problem(Place(source.name), message, did_you_mean(source.path, _NAMES), "notice")


def _closure(name: str, references: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return the names of the template and of every template that it is rendered with."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += references.get(current, ())
    return frozenset(found)


class _Texts(Mapping[str, str]):
    """The texts of files, each read when it is asked for."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources

    def __getitem__(self, name: str) -> str:
        return self._sources[name].read().decode("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)
