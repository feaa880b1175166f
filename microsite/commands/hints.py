"""``check --hints``: advice on writing, besides the problems. No exit status depends on it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from microsite.content.files import FileChanged, Layer, Source, scan
from microsite.content.hints.article import LANGUAGE
from microsite.content.hints.finding import Hint
from microsite.content.hints.guide_file import WritingGuide, read_guide
from microsite.content.hints.rules import hints
from microsite.content.overrides import MarkdownFile, markdown_file
from microsite.content.site_file import SITE, read_site
from microsite.core.problems import Translate, text
from microsite.core.records import replace
from microsite.core.settings import NATIONAL, WRITING_GUIDE, Project


def print_hints(project: Project, brands: Sequence[Path], translate: Translate) -> None:
    """Print the hints about the texts of the campaign, and those that these members wrote themselves."""
    national = _scan(project, project.folder("content"), NATIONAL)
    shared = national.by_path()
    site, *_ = read_site(shared.get(SITE))
    if site is not None and site.language != LANGUAGE:
        print(text("hints are for texts in Dutch, and this site has another language").render(translate))
        return
    guide, problems = read_guide(shared.get(WRITING_GUIDE))
    for problem in problems:
        print(problem.render(translate))
    layers = [_scan(project, folder, folder.name).subfolder("content") for folder in brands]
    count = 0
    for hint in (hint for layer in (national, *layers) for hint in _hints(layer, shared, guide)):
        print(hint.render(translate))
        count += 1
    print((_COUNT.format(count=count) if count != 1 else _ONE).render(translate))


_ONE = text("1 writing hint")
_COUNT = text("{count} writing hints")


def _scan(project: Project, folder: Path, name: str) -> Layer:
    return scan(folder, name, project.display_path(folder), {}, time.time_ns())[0]


def _hints(layer: Layer, national: Mapping[str, Source], guide: WritingGuide) -> Iterator[Hint]:
    for source in layer.sources:
        if source.suffix == ".md":
            try:
                yield from hints(_file(source, layer, national), guide)
            except FileChanged:
                continue  # it is being written; the next check reads it


def _file(source: Source, layer: Layer, national: Mapping[str, Source]) -> MarkdownFile:
    file, base = markdown_file(source), national.get(source.path)
    return file if layer.name == NATIONAL or base is None else replace(file, base=markdown_file(base))
