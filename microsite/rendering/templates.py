"""Templates: a name, and a name for all that it extends and includes.

A template is text of the national layer; members never write one. Its
fingerprint covers its whole chain and the language, so a page is made again
exactly when something that it is drawn with has changed. (The catalogue of the
language is part of the engine.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import CodeType

from microsite.core.fingerprints import digest
from microsite.core.problems import Problem
from microsite.core.records import Record

FOLDER = "templates"
"""How the folder of all templates is called in messages."""


class Compiled(Record):
    """What Jinja makes of a template: the code that draws it, and the names of those that it takes."""

    references: tuple[str, ...]
    code: CodeType


class Bundle(Record, eq=False):
    """All templates of a project. Equal digests mean equal bundles; gaps only where they are ``patient``."""

    digest: str
    templates: Mapping[str, Compiled]
    language: str = "nl"
    patient: bool = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bundle) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, str, bool]:
        return self.digest, self.language, self.patient


class Template(Record, eq=False):
    """One template, as an input of a page: see ``drawing.draw``."""

    name: str
    fingerprint: str
    bundle: Bundle


class BrokenTemplate(Exception):
    """``args[0]`` is the Problem."""

    @property
    def problem(self) -> Problem:
        problem: Problem = self.args[0]
        return problem


def closure(name: str, links: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The template and all that it is made with."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += links.get(current, ())
    return frozenset(found)


def template(
    name: str, bundle: Bundle, links: Mapping[str, Iterable[str]], digests: Mapping[str, str]
) -> Template:
    """``links`` as ``references`` gives them, ``digests`` of the files, both by name."""
    parts = [f"{part}={digests.get(part, '')}" for part in sorted(closure(name, links))]
    return Template(name, digest("\n".join([bundle.language, *parts]).encode()), bundle)
