"""``explain``: what a published file is made from and why it was last made, from the manifest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from microsite.content.override_messages import PAGE_ITSELF, TEXT
from microsite.core.problems import Text, Translate, did_you_mean, text
from microsite.core.settings import Project
from microsite.publishing.manifest import FileEntry
from microsite.publishing.publisher import PublishedSite

FOUND, UNKNOWN = 0, 1


def explain(project: Project, brand: Path, path: str, translate: Translate) -> int:
    """Explain one path of a brand's site; returns the exit status, 1 when there is no such file."""
    folder = project.output / brand.name
    with PublishedSite(folder, project.display_path(folder)) as site:
        files = site.manifest().files
    wanted = path.removeprefix(f"{project.display_path(folder)}/").strip("/") or "index.html"
    entry = files.get(wanted) or files.get(f"{wanted}/index.html")
    if entry is None:
        shown = project.display_path(folder)
        print(text("there is no '{path}' in {folder}/", path=path, folder=shown).render(translate))
        if (near := did_you_mean(wanted, files)) is not None:
            print(near.render(translate))
        return UNKNOWN
    for line in _explanation(brand, wanted, entry, translate):
        print(line.render(translate))
    return FOUND


def _explanation(brand: Path, path: str, entry: FileEntry, translate: Translate) -> list[Text]:
    return [
        text("{path} ({size} bytes)", path=path, size=entry.size),
        *_layer(brand, entry),
        text("made from: {names}", names=", ".join(entry.origins) or "-"),
        text("last made because of: {reasons}", reasons=", ".join(_reasons(entry, translate))),
        text("inputs:"),
        *(
            text("  {name} {content}", name=name.ljust(12), content=value)
            for name, value in entry.inputs.items()
        ),
    ]


def _reasons(entry: FileEntry, translate: Translate) -> list[str]:
    """Why it was last made: names of inputs, and translated words for other reasons."""
    return [_WORDS[reason].render(translate) if reason in _WORDS else reason for reason in entry.because]


_WORDS = {
    "new": text("new"),
    "changed on disk": text("changed on disk"),
    "recipe": text("the program itself"),
}


def _layer(brand: Path, entry: FileEntry) -> Iterator[Text]:
    """The layer of a page, and what a member's file overrides."""
    if not entry.own:
        yield text("whose: of the campaign team (national)")
        return
    if entry.own == (PAGE_ITSELF,):
        yield text("whose: of {brand} (a page of its own)", brand=brand.name)
        return
    yield text("whose: of the campaign team (national), with changes of {brand}", brand=brand.name)
    keys = [part for part in entry.own if part != TEXT]
    if keys:
        yield text("  changed in {file}: {keys}", file=entry.origins[0], keys=", ".join(keys))
    if TEXT in entry.own:
        yield text("  changed in {file}: the text", file=entry.origins[0])
