"""Artifacts: the files of a site as data, each a path, the recipe that makes it, and the recipe's inputs.

The inputs are exactly the recipe's keyword arguments, so a dependency can be neither forgotten nor too wide,
and their fingerprints tell when the file must be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from microsite.core.fingerprints import Fingerprints, digest
from microsite.core.problems import Problem
from microsite.core.records import Record, replace

Recipe = Callable[..., bytes]

Inputs = tuple[tuple[str, Any], ...]

BEGINNING = 12
"""So many digits of the fingerprints of inputs are kept: whole ones were three quarters of a manifest."""

Content = bytes | Path
"""The bytes of an artifact, or a file of the cache with them; see ``files.digest_in_name``."""


class Artifact(Record):
    """One file of a site.

    ``common`` and ``given`` are inputs too: those of all pages of a site, and those that its brand gives.
    An artifact that several brands share is planned with the names of the latter in ``pending``, and
    ``filled`` for each brand. ``origins`` are the names of the project's files that it is made from and
    ``own`` what of it is a member's own (see ``Document.own``), both for reports. ``shared``: it is costly
    and the same for every brand, so it is made once, cached and linked.
    """

    path: str
    recipe: Recipe
    inputs: Inputs
    origins: tuple[str, ...] = ()
    shared: bool = False
    own: tuple[str, ...] = ()
    common: Inputs = ()
    given: Inputs = ()
    pending: tuple[str, ...] = ()

    @property
    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the recipe."""
        return {**dict(self.inputs), **dict(self.common), **dict(self.given)}

    def make(self) -> bytes:
        return self.recipe(**self.arguments)

    def fingerprint(self, fingerprints: Fingerprints) -> str:
        recipe = f"{self.recipe.__module__}.{self.recipe.__qualname__}"
        groups = (self.inputs, self.common, self.given)
        return " ".join([recipe, *map(fingerprints.pairs, groups)])

    def key(self, fingerprints: Fingerprints, engine: str) -> str:
        """Return the digest of the recipe, the inputs and ``engine``, the digest of the program itself."""
        return digest(f"{engine} {self.fingerprint(fingerprints)}".encode())

    def input_fingerprints(self, fingerprints: Fingerprints) -> dict[str, str]:
        """The beginning of the fingerprint of each input, enough to tell which of them changed."""
        inputs = (*self.inputs, *self.common, *self.given)
        return {name: fingerprints(value)[:BEGINNING] for name, value in inputs}


def artifact(
    path: str, recipe: Recipe, origins: tuple[str, ...] = (), shared: bool = False, /, **inputs: Any
) -> Artifact:
    return Artifact(path, recipe, tuple(sorted(inputs.items())), origins, shared)


def filled(artifacts: Iterable[Artifact], values: Mapping[str, Any]) -> Iterator[Artifact]:
    """Return the artifacts with their ``pending`` inputs. Equal names get the same ``given`` object."""
    given: dict[tuple[str, ...], Inputs] = {}
    for item in artifacts:
        names = item.pending
        if names and names not in given:
            given[names] = tuple((name, values[name]) for name in names)
        yield replace(item, given=given[names], pending=()) if names else item


class Plan(Record):
    """All files of one site and of its ``material``, and what to report of it.

    ``advice`` need not be acted on. ``people`` are the texts on the site that need somebody's consent,
    ``channels`` those that each of these may be shown in. ``gone`` are the paths of removed pages, which
    servers answer with 410.
    """

    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    people: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    material: tuple[Artifact, ...] = ()
    channels: Mapping[str, tuple[str, ...]] = {}
