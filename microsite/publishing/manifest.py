"""The manifest of a published site: its files, what each was made from, and what the build reported.

It is a JSON file beside the site, which the next build reads. A new field needs a
default, so that manifests without it can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import DecodeError, ValidationError, json

from microsite.core.files import replace_file
from microsite.core.problems import Problem
from microsite.core.records import Record, Struct, field, replace
from microsite.publishing.disk import Stamp


class OwnFile(Record):
    """A published file with ``parts`` that are the member's own: keys of its front matter, or all of it."""

    path: str
    origins: tuple[str, ...]
    parts: tuple[str, ...]


class FileEntry(Struct, frozen=True, omit_defaults=True):
    """A published file.

    ``fingerprint`` and ``inputs`` are those of its artifact, ``digest`` is that of its bytes.
    ``because``: why it was made, see ``reasons``. For ``origins`` and ``own`` see ``Artifact``.
    """

    fingerprint: str
    inputs: Mapping[str, str]
    digest: str
    size: int
    mtime_ns: int
    because: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    @property
    def stamp(self) -> Stamp:
        return self.size, self.mtime_ns


class Manifest(Struct, frozen=True, omit_defaults=True):
    """What is known of a published site.

    ``files`` are by path. ``inputs`` is the digest of everything that the build read.
    ``problems`` and ``advice`` are what it reported; advice need not be acted on.
    ``people`` are the texts on the site that need somebody's consent.
    """

    files: Mapping[str, FileEntry] = field(default_factory=dict)
    inputs: str = ""
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def stamps(self) -> dict[str, Stamp]:
        return {path: entry.stamp for path, entry in self.files.items()}

    @property
    def own(self) -> tuple[OwnFile, ...]:
        return tuple(
            OwnFile(path, entry.origins, entry.own) for path, entry in self.files.items() if entry.own
        )

    def with_stamps(self, stamps: Mapping[str, Stamp]) -> Manifest:
        """The manifest with the times that the file system stored: some keep whole seconds only."""
        files = {
            path: replace(entry, mtime_ns=stamps[path][1]) if path in stamps else entry
            for path, entry in self.files.items()
        }
        return replace(self, files=files)


def reasons(before: FileEntry | None, present: bool, inputs: Mapping[str, str]) -> tuple[str, ...]:
    """Why a file is made: the names of the inputs that changed since ``before``, or one of three words.

    ``new`` when there was no such file, ``changed on disk`` when it is not ``present``
    as it was written, and ``recipe`` when its inputs are the same and the program is not.
    """
    if before is None:
        return ("new",)
    if not present:
        return ("changed on disk",)
    changed = {name for name, _ in inputs.items() ^ before.inputs.items()}
    return tuple(sorted(changed)) or ("recipe",)


def save(file: Path, manifest: Manifest) -> None:
    replace_file(file, json.encode(manifest))


def load(file: Path) -> Manifest | None:
    """The manifest in this file; None when there is none that can be read."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    try:
        return json.decode(data, type=Manifest)
    except ValidationError:
        return _load_older(data)
    except DecodeError:
        return None


class _OlderEntry(Struct, array_like=True):
    fingerprint: str
    inputs: Any
    digest: str
    size: int
    mtime_ns: int


class _OlderManifest(Struct):
    files: Mapping[str, _OlderEntry]
    people: tuple[str, ...] = ()


def _load_older(data: bytes) -> Manifest | None:
    """A manifest as it was written before version 0.1.0, as far as it tells which files are ours.

    Every file is made anew, as always after an upgrade: fingerprints include the program's.
    """
    try:
        older = json.decode(data, type=_OlderManifest)
    except DecodeError:
        return None
    files = {
        path: FileEntry("", {}, entry.digest, entry.size, entry.mtime_ns)
        for path, entry in older.files.items()
    }
    return Manifest(files, people=older.people)
