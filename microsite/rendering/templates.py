"""Templates as inputs of pages: a name, a fingerprint, and the set that they are loaded from.

Templates come with the national layer; members never write one. The fingerprint of a template covers every
template that it extends, includes or imports, and the language, so a page is rendered again exactly when
something that it is rendered with has changed. (The message catalogue is part of the engine.)
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from microsite.core.records import Record

FOLDER = "templates"
"""The name of the folder of templates in messages."""


SELDOM = "office/"
"""How the names of templates begin that few builds render: they are compiled when one does."""


class CodeCache(Record):
    """The folder, if any, of compiled templates and what they refer to, for one version of the engine."""

    folder: Path | None
    engine: str


class TemplateSet(Record, eq=False):
    """The texts of all templates by name, and how they are rendered.

    With ``placeholders``, values that differ between brands may be left open: see ``placeholders``.
    Sets with the same digest, language and ``placeholders`` are equal.
    """

    digest: str
    texts: Mapping[str, str]
    language: str = "nl"
    placeholders: bool = False
    code_cache: CodeCache | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TemplateSet) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, str, bool]:
        return self.digest, self.language, self.placeholders


class Template(Record, eq=False):
    """One template of a set, as an input of a page: see ``jinja.compiled``."""

    name: str
    fingerprint: str
    templates: TemplateSet
