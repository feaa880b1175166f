"""The site of a member in whose folder something is wrong, without what is wrong.

It is made when the site that stands there shows somebody who may not be shown any more. The house style
is then that of the last good site, of which copies are kept, where the present one is what is wrong.
"""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet
from pathlib import Path

from microsite.content.files import Layer, Source
from microsite.core.problems import errors
from microsite.pipeline import FONTS, IMAGES, Made, Walk

_STYLE = IMAGES | FONTS | {".yaml", ".json"}


def keep(folder: Path, layer: Layer) -> None:
    """Bring ``folder`` to copies of the files that a brand's house style is made of."""
    kept = {source.path: source.read() for source in _style(layer) if source.suffix in _STYLE}
    for path, data in kept.items():
        file = folder / path
        if not (file.is_file() and file.read_bytes() == data):
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_name(f"{file.name}.new")
            draft.write_bytes(data)
            os.replace(draft, file)
    for file in folder.rglob("*"):
        if file.is_file() and file.relative_to(folder).as_posix() not in kept:
            file.unlink()


def rescued(walk: Walk, layer: Layer, style: Layer) -> Made | None:
    """The site without the member's own texts that are at fault; None when something else is.

    ``style`` is what was kept of the house style.
    """
    while True:
        site = walk.site(layer)
        faulty = {problem.place.path for problem in errors(site.problems)}
        if not faulty:
            return site
        less = _without(layer, faulty, style)
        if less.sources == layer.sources and not layer.problems:
            if not _texts(layer):
                return None
            less = Layer(layer.name, _style(layer))
        layer = less


def _without(layer: Layer, faulty: AbstractSet[str], style: Layer) -> Layer:
    texts = tuple(source for source in _texts(layer) if source.name not in faulty)
    elsewhere = faulty - {source.name for source in _texts(layer)}
    house = style.sources if elsewhere and style.sources else _style(layer)
    return Layer(layer.name, (*house, *texts), refused=layer.refused)


def _texts(layer: Layer) -> tuple[Source, ...]:
    return tuple(source for source in layer.sources if source.path.startswith("content/"))


def _style(layer: Layer) -> tuple[Source, ...]:
    return tuple(source for source in layer.sources if not source.path.startswith("content/"))
