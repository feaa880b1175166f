"""The site of one member from a bundle, in memory and in this process: what the studio asks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path

from microsite.brand import fonts
from microsite.content import yaml
from microsite.content.documents import Document
from microsite.content.files import Layer, decode, scan
from microsite.content.kinds import CAMPAIGN, LISTING
from microsite.core.cache import MemoryCache
from microsite.core.problems import InvalidFile, Problem, PublishError, errors, in_data, text
from microsite.core.records import replace
from microsite.media.photos import NOT_READY
from microsite.pipeline import PlannedSite
from microsite.rendering.artifact import Artifact
from microsite.rendering.templates import CodeCache
from microsite.studio.bundle import Bundle, Reading, pipeline_of, quiet
from microsite.studio.pictures import pictures
from microsite.studio.release import admitted

_TYPED = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.M | re.S)


def not_here(files: Layer) -> Iterator[Problem]:
    """What in a member's folder only the command line can use, or makes in another way than the studio.

    Pictures that the page did not make ready are encoded anew; HTML that somebody typed is cleaned by another
    parser.
    """
    for picture in pictures(files):
        if picture.missing or not picture.ready:
            yield NOT_READY.in_file(picture.source.name)
    for source in files.sources:
        if source.suffix == ".md":
            try:
                written = decode(source.read(), source.name)
            except InvalidFile:
                continue  # told where it is read
            yield from (problem.in_file(source.name) for problem in _html(written))


def _html(written: str) -> Iterator[Problem]:
    """One problem for each line of the front matter with HTML in it, and one for the text."""
    try:
        body = yaml.split_front_matter(written, "")[2]
    except InvalidFile:
        body = 1
    bare = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), written)
    found: dict[int, list[re.Match[str]]] = {}
    for tag in islice(_TYPED.finditer(bare), _MOST):
        found.setdefault(min(bare.count("\n", 0, tag.start()) + 1, body), []).append(tag)
    for tags in found.values():
        before = bare[: tags[0].start()]
        named = dict.fromkeys(_NAMED.sub(r"\1>", tag[0]) if tag[0] != "<!--" else tag[0] for tag in tags)
        hint = _INSTEAD.format(tags=", ".join([*named][:_TOLD]))
        yield in_data(_HTML, hint, before.count("\n") + 1, len(before) - before.rfind("\n"))


_MOST, _TOLD = 100, 4
_NAMED = re.compile(r"^(</?[A-Za-z0-9-]+).*$", re.S)
_HTML = text("the studio takes no HTML in a text")
_INSTEAD = text("take {tags} away: bold is **between two asterisks**, a link is [words](https://…)")


class Workbench:
    """Makes the site of the folder that it was given last. ``reading`` is told which file is read."""

    def __init__(
        self, bundle: Bundle, day: dt.date, code: CodeCache | None = None, reading: Reading = quiet
    ) -> None:
        cache = MemoryCache(bundle.values, bundle.files)
        self._pipeline = pipeline_of(bundle, cache, day, code, reading)
        self._files: Mapping[str, Artifact] = {}

    def plan(self, folder: Path) -> PlannedSite:
        """The plan of the site of the brand in this folder. With errors, the last site stays."""
        files, _ = scan(folder, folder.name, f"brands/{folder.name}", {}, 0)
        if refused := tuple(not_here(files)):
            known = {problem.place.path for problem in refused}
            kept = tuple(source for source in files.sources if source.name not in known)
            files = replace(files, sources=kept, problems=(*files.problems, *refused))
        plan = self._pipeline.plan(files)
        if errors(plan.problems):
            return plan
        before, self._files = self._files, {item.path: item for item in plan.artifacts}
        try:  # of all files a font takes longest, and what is planned next would wait for it
            for path in self._files:
                if path.startswith(f"{fonts.FOLDER}/"):
                    self.file(path)
        except PublishError as error:
            self._files = before
            return replace(plan, problems=(*plan.problems, *error.problems))
        return plan

    @cached_property
    def national(self) -> tuple[Document, ...]:
        """The national pages that a member may hide: all but the first page and the heads of lists."""
        shown = admitted(self._pipeline, self._pipeline.day)["members"].shown.values()
        return tuple(d for d in shown if d.kind not in (CAMPAIGN, LISTING) and not d.original)

    @property
    def behind(self) -> tuple[str, ...]:
        """The paths of the pages that say who is behind the site, and how to reach them."""
        site = self._pipeline.national.site
        return (site.contact, *(entry.page for entry in site.footer_menu)) if site is not None else ()

    @property
    def themes(self) -> tuple[tuple[str, str], ...]:
        """The ids and titles of the themes of the campaign."""
        site = self._pipeline.national.site
        return tuple((id, theme.title) for id, theme in site.themes) if site is not None else ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files of the site."""
        return tuple(self._files)

    def file(self, path: str) -> bytes:
        """A file of the site. Raises KeyError when there is none, and PublishError."""
        ((_, data),) = self._made([self._files[path]])
        return data

    def site(self) -> dict[str, bytes]:
        """All files of the site, by path."""
        return dict(self._made(self._files.values()))

    def _made(self, items: Iterable[Artifact]) -> Iterator[tuple[str, bytes]]:
        for item, content in self._pipeline.maker.make([*items], here=True):
            yield item.path, content if isinstance(content, bytes) else content.read_bytes()
