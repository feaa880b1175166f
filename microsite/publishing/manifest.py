"""The manifest of a published site: its files, what each was made from, and what the build reported.

It is a JSON file beside the site, which the next build reads, with the name of the site and a digest, so
that a damaged one, or that of another site, is not believed. A new field needs a default, so that manifests
without it can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Raw, ValidationError, json

from microsite.core.fingerprints import digest
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

    ``fingerprint`` is that of its artifact, ``digest`` that of its bytes. ``because``: why it was made, see
    ``reasons``. For ``origins`` and ``own`` see ``Artifact``; ``encoded`` are its ``inputs`` in JSON.
    """

    fingerprint: str
    digest: str
    size: int
    mtime_ns: int
    because: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    encoded: Raw = field(default=Raw(b"{}"), name="inputs")

    @property
    def stamp(self) -> Stamp:
        return self.size, self.mtime_ns

    @property
    def inputs(self) -> dict[str, str]:
        """The beginning of the fingerprint of each input. Not decoded before: a build needs those of few."""
        return json.decode(self.encoded, type=dict[str, str])


class Manifest(Struct, frozen=True, omit_defaults=True):
    """What is known of a published site.

    ``files`` are by path. ``inputs`` is the digest of everything that the build read.
    ``problems`` and ``advice`` are what it reported; advice need not be acted on.
    ``people`` are the texts on the site that need somebody's consent, ``channels`` those that they agreed to.
    """

    files: Mapping[str, FileEntry] = field(default_factory=dict)
    inputs: str = ""
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    people: tuple[str, ...] = ()
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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


class _Sealed(Struct):
    """What the file has: ``digest`` is that of the bytes of the manifest."""

    site: str
    digest: str
    manifest: Raw


def sealed(site: str, manifest: Manifest) -> bytes:
    """What the file of the manifest of the site called ``site`` has, for ``load``."""
    data = json.encode(manifest)
    return json.encode(_Sealed(site, digest(data), Raw(data)))


def load(file: Path, site: str) -> Manifest | None:
    """The manifest in this file; None when there is none, or it is damaged or that of another site.

    Raises OSError when it cannot be read now.
    """
    try:
        data = file.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None
    try:
        found = json.decode(data, type=_Sealed)
        if found.site != site or digest(bytes(found.manifest)) != found.digest:
            return None
        return json.decode(found.manifest, type=Manifest)
    except ValidationError:
        return _load_older(data)
    except (DecodeError, UnicodeDecodeError):
        return None


class _Unsealed(Struct):
    """A manifest as it was written before there was a digest of it."""

    files: Mapping[str, FileEntry]
    people: tuple[str, ...] = ()


class _OlderEntry(Struct, array_like=True):
    fingerprint: str
    inputs: Any
    digest: str
    size: int
    mtime_ns: int


class _Older(Struct):
    """A manifest as it was written first."""

    files: Mapping[str, _OlderEntry]
    people: tuple[str, ...] = ()


def _load_older(data: bytes) -> Manifest | None:
    """A manifest of before version 0.1.0, as far as it tells which files are ours and who is shown.

    Every file is made anew, as always after an upgrade: fingerprints include the program's.
    """
    kinds: tuple[type[_Unsealed | _Older], ...] = (_Unsealed, _Older)
    for kind in kinds:
        try:
            older = json.decode(data, type=kind)
        except (DecodeError, UnicodeDecodeError):
            continue
        files = {
            path: FileEntry("", one.digest, one.size, one.mtime_ns, origins=getattr(one, "origins", ()))
            for path, one in older.files.items()
        }
        return Manifest(files, people=older.people)
    return None
