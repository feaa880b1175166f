"""The templates of material, in ``templates/print/``: Typst files, each an input of what is made with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from microsite.content.files import Layer, Source
from microsite.core.fingerprints import Fingerprints
from microsite.core.records import Record

FOLDER = "templates/print"
SUFFIX = ".typ"
_IN_LAYER = "print/"
_IMPORT = re.compile(rb'^#import "([\w-]+\.typ)"', re.M)


class PrintTemplate(Record):
    """A template, and the files that it imports, itself first."""

    sources: tuple[Source, ...]

    def fingerprint(self, name: Fingerprints) -> str:
        return name((self.name, *self.sources))

    @property
    def name(self) -> str:
        return self.sources[0].path.removeprefix(_IN_LAYER)

    def texts(self) -> dict[str, bytes]:
        return {source.path.removeprefix(_IN_LAYER): source.read() for source in self.sources}


def is_template(source: Source) -> bool:
    return source.path.startswith(_IN_LAYER) and source.suffix == SUFFIX


def load(layer: Layer) -> Mapping[str, PrintTemplate]:
    """The templates of material in a layer of templates, by their name without ``.typ``."""
    found = {source.path.removeprefix(_IN_LAYER): source for source in layer.sources if is_template(source)}
    imports = {name: _imported(source) for name, source in found.items()}
    return {
        name.removesuffix(SUFFIX): PrintTemplate(tuple(found[part] for part in _closure(name, imports)))
        for name in found
    }


def _imported(source: Source) -> tuple[str, ...]:
    return tuple(name.decode() for name in _IMPORT.findall(source.read()))


def _closure(name: str, imports: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in imports and current not in found:
            found[current] = None
            waiting += imports[current]
    return tuple(found)
