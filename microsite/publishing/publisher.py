"""Publishing: make the files whose inputs changed, and replace the published site at once."""

from __future__ import annotations

import contextlib
import os
import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Raw, json

from microsite.content.files import os_advice, os_reason
from microsite.core.files import digest_in_name, ensure_folder, remove_unless_file
from microsite.core.fingerprints import Fingerprints, digest
from microsite.core.problems import Place, Problem, PublishError, text
from microsite.core.records import Record, replace
from microsite.core.settings import STATE_FOLDER, ZIP_SUFFIX
from microsite.publishing import disk
from microsite.publishing.manifest import FileEntry, Manifest, load, reasons
from microsite.publishing.result import Published
from microsite.publishing.swap import Swap, backup_file, refuse_foreign_files
from microsite.rendering.artifact import BEGINNING, Artifact, Content, Plan

_OWN = "-eigen"
"""Behind the name of a file that somebody went on with."""

_MISSING = "missing"
"""The kind of the page for what is not there; to import the table of kinds would slow each start."""


class Maker(Protocol):
    """What makes artifacts: see ``ArtifactMaker``."""

    engine: str
    fingerprints: Fingerprints

    def make(self, artifacts: Sequence[Artifact], /) -> Iterable[tuple[Artifact, Content]]:
        """The content of each, in any order. Raises PublishError with all problems."""


class PublishedSite:
    """A published site and its manifest. ``folder`` may be a symbolic link; ``name`` is how messages call it.

    Use it as a context manager: the site is locked within, and an OSError becomes a PublishError.
    ``mended`` is called with what was in the place of a file of ours, and was removed. ``edited`` are the
    ends of the names of files that people go on with. In a folder that has any, files of their own may stand
    too: these stay, and so does what they changed, under another name.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        mended: Callable[[Path], None] = lambda _: None,
        edited: tuple[str, ...] = (),
    ) -> None:
        state = folder.parent / STATE_FOLDER / folder.name
        self.folder = Path(os.path.realpath(folder))
        self.name = name
        self.style = state / "style.bin"
        self._state = state
        self._mended = mended
        self._edited = edited
        self._lock = state / "lock"
        self._packed = folder.with_name(f"{folder.name}{ZIP_SUFFIX}")
        self._swap = Swap(self.folder, state, backup_file(folder), name)
        self._manifest: Manifest | None = None
        self._exit = contextlib.ExitStack()

    def __enter__(self) -> PublishedSite:
        try:
            self._remove_obstacles()
            self._exit.enter_context(disk.lock(self._lock))
            self._swap.recover()
        except OSError as error:
            self._exit.close()
            raise _not_written(self.name, self.folder, error) from error
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self._exit.close()
        if isinstance(error, OSError):
            raise _not_written(self.name, self.folder, error) from error

    def _remove_obstacles(self) -> None:
        copies = self._swap.copy.parent
        for folder, root in ((self._state, self._state.parent), (copies, copies.parent)):
            obstacle = ensure_folder(folder, root)
            if obstacle is not None:
                self._mended(obstacle)
        for file in (self._lock, self.style, *self._swap.manifest_files):
            if remove_unless_file(file):
                self._mended(file)

    def manifest(self) -> Manifest:
        """The manifest of the site; an empty one when there is no site, or nothing is known of it."""
        return self._known(None)

    def _known(self, found: Mapping[str, disk.Stamp] | None) -> Manifest:
        if self._manifest is None:
            self._manifest = self._swap.manifest(disk.stamps(self.folder) if found is None else found)
        return self._manifest

    def shown(self) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
        """The texts on the site that need somebody's consent, with the channels that they were shown in, and
        its files that are or may be of texts.

        That is as far as is known: it is asked when something went wrong.
        """
        try:
            known = self.manifest()
        except OSError:
            known = self._swap.any_manifest()
        try:
            found = disk.paths(self.folder) if os.path.isdir(self.folder) else set()  # noqa: PTH112
        except OSError:
            found = {*known.files}
        people = () if found.isdisjoint(known.files) else known.people
        channels = {path: known.channels.get(path, ()) for path in people}
        texts = {path for path in found & known.files.keys() if known.files[path].origins}
        unknown = found - known.files.keys()
        return channels, frozenset(
            texts.union(path for path in unknown if disk.kind_of_page(self.folder / path) != _MISSING)
        )

    def showing(self, pictures: Collection[str]) -> tuple[str, ...]:
        """The published files that were made from one of these pictures, by their digests."""
        try:
            files = self.manifest().files
        except OSError:
            files = self._swap.any_manifest().files
        wanted = {picture[:BEGINNING] for picture in pictures}
        return tuple(
            path
            for path, entry in files.items()
            if not wanted.isdisjoint(entry.inputs.get(name, "")[:BEGINNING] for name in ("source", "picture"))
        )

    @property
    def new(self) -> bool:
        """Was no site published here yet?"""
        return not self._swap.manifest_file.exists()

    def current(self, inputs: str) -> bool:
        """Was the site built from ``inputs``, and are all its files as they were written?"""
        saved = self._swap.saved()
        if saved is None or saved.inputs != inputs:
            return False  # publishing looks at its files
        found = disk.stamps(self.folder)
        if not (saved.stamps.items() <= found.items() if self._edited else saved.stamps == found):
            return False
        self._manifest = saved
        return self._swap.complete()

    def publish(self, plan: Plan, inputs: str, maker: Maker, only_keep: bool = False) -> Published:
        """Make the site what is planned. ``inputs`` is the digest of everything that the build read.

        With ``only_keep`` nothing is made: what would have to be is removed.

        Raises PublishError when there are other people's files, when an artifact cannot be
        made, or when the disk fails: the old site stays.
        """
        with self._recovering():
            found = disk.stamps(self.folder)
            old = self._known(found)
            planned = {item.path for item in plan.artifacts}
            known = bool(old.files) or (bool(self._edited) and not self.new)
            others: Collection[str] = ()
            if self._edited and known:
                found = self._set_aside(found, old)
                others = found.keys() - planned - old.files.keys()
            refuse_foreign_files(self.name, found.keys() - planned - old.files.keys() - {*others}, known)
            files, stale = _compare(plan.artifacts, old, found, maker)
            stale = {} if only_keep else stale
            removed = sorted(found.keys() - files.keys() - stale.keys() - {*others})
            written: list[str] = []
            for item, content in maker.make([one.artifact for one in stale.values()]):
                before, made = old.files.get(item.path), stale[item.path]
                name = digest_in_name(content) if isinstance(content, Path) else digest(content)
                # A file of the cache is linked again: the cached one of an older key has to become unused.
                may_stay = isinstance(content, bytes) and made.because != ("changed on disk",)
                if may_stay and before is not None and before.digest == name:
                    stamp = before.stamp
                else:
                    stamp = self._swap.add(item.path, content)
                    written.append(item.path)
                files[item.path] = made.entry(name, stamp)
            old = self._swap.recognise_equal(old, found)
            refuse_foreign_files(self.name, found.keys() - old.files.keys() - {*others}, known)
            if self._swap.restored:
                self._mended(self._swap.manifest_file)
            new = Manifest(files, inputs, plan.problems, plan.advice, plan.people, plan.channels)
            # First: an interruption leaves no ZIP of the old site.
            zip_removed = self.remove_zip(unless=None if written or removed else new)
            if written or removed:
                self._manifest = self._swap.replace(new, old, files.keys() - set(written), others)
            elif new != old or not self._swap.complete():
                self._swap.save(new)
                self._manifest = new
            because = tuple((path, one.because) for path, one in stale.items())
            changed = (tuple(stale), tuple(sorted(written)), tuple(removed))
            return Published(*changed, because, zip_removed, tuple(sorted(others)))

    def _set_aside(self, found: dict[str, disk.Stamp], old: Manifest) -> dict[str, disk.Stamp]:
        """Give files of ours that somebody went on with another name. Returns what stands in the folder."""
        edited = [
            path
            for path, entry in old.files.items()
            if path.endswith(self._edited)
            and found.get(path, entry.stamp) not in (entry.stamp, disk.NOT_A_FILE)
        ]
        moved = [
            path for path in edited if digest((self.folder / path).read_bytes()) != old.files[path].digest
        ]
        for path in moved:
            stem, suffix = posixpath.splitext(path)
            theirs = disk.free_path(self.folder, f"{stem}{_OWN}{suffix}")
            theirs.write_bytes((self.folder / path).read_bytes())  # a copy: the cache may have the same file
            (self.folder / path).unlink()
        return disk.stamps(self.folder) if moved else found

    @contextlib.contextmanager
    def _recovering(self) -> Iterator[None]:
        """Bring back the old site after an error."""
        try:
            yield
        except BaseException as error:
            self._manifest = None
            with contextlib.suppress(OSError):  # the next build does it
                self._swap.recover()
            if isinstance(error, OSError):
                raise _not_written(self.name, self.folder, error) from error
            raise

    def remove_zip(self, unless: Manifest | None = None) -> bool:
        """Remove the ZIP that was packed of this site. Returns whether there was one.

        ``unless`` is the manifest of the site: a ZIP with the same files stays, an older one that was put
        back does not.
        """
        if not any(self._packed.with_name(self._packed.name + end).is_file() for end in ("", ".new")):
            return False
        from microsite.publishing import packing  # seldom needed

        if unless is not None and packing.holds(self._packed, unless.stamps):
            return False
        return packing.remove(self._packed)


def published_keys(output: Path, keys: Collection[str]) -> set[str]:
    """Those of ``keys`` whose artifacts are files of the sites in the folder ``output``."""
    found: set[str] = set()
    for file in (output / STATE_FOLDER).glob("*/manifest.json"):
        site = output / file.parent.name
        files = (load(file, file.parent.name) or Manifest()).files
        found |= {
            entry.fingerprint
            for path, entry in files.items()
            if entry.fingerprint in keys and (site / path).is_file()
        }
    return found


def published_copies(output: Path, pictures: Collection[str], known: Collection[str]) -> dict[str, set[str]]:
    """The digests of the published files that were made from each of these pictures, by its digest.

    They are the same on all sites: no more are looked through once all but the ``known`` are found.
    """
    found: dict[str, set[str]] = {}
    beginnings = {picture[:BEGINNING]: picture for picture in pictures}
    for file in sorted((output / STATE_FOLDER).glob("*/manifest.json")):
        for entry in (load(file, file.parent.name) or Manifest()).files.values():
            source = entry.inputs.get("source", "")[:BEGINNING]
            if (picture := beginnings.get(source)) is not None:
                found.setdefault(picture, set()).add(entry.digest)
        if found.keys() | known >= {*pictures}:
            break
    return found


class _Stale(Record):
    """An artifact to make, and why."""

    artifact: Artifact
    fingerprint: str
    inputs: Mapping[str, str]
    because: tuple[str, ...]

    def entry(self, digest: str, stamp: disk.Stamp) -> FileEntry:
        item, inputs = self.artifact, Raw(json.encode(self.inputs))
        return FileEntry(self.fingerprint, digest, *stamp, self.because, item.origins, item.own, inputs)


def _compare(
    artifacts: Iterable[Artifact], old: Manifest, found: Mapping[str, disk.Stamp], maker: Maker
) -> tuple[dict[str, FileEntry], dict[str, _Stale]]:
    """The files that are as they have to be, and the artifacts to make, by path."""
    fresh: dict[str, FileEntry] = {}
    stale: dict[str, _Stale] = {}
    for item in artifacts:
        fingerprint = item.key(maker.fingerprints, maker.engine)
        before = old.files.get(item.path)
        present = before is not None and found.get(item.path) == before.stamp
        if before is not None and present and before.fingerprint == fingerprint:
            if (item.origins, item.own) != (before.origins, before.own):
                before = replace(before, origins=item.origins, own=item.own)
            fresh[item.path] = before
        else:
            inputs = item.input_fingerprints(maker.fingerprints)
            stale[item.path] = _Stale(item, fingerprint, inputs, reasons(before, present, inputs))
    return fresh, stale


def _not_written(name: str, folder: Path, error: OSError) -> PublishError:
    shown = os.path.isfile(f"{folder}/index.html")  # noqa: PTH113 -- raises nothing
    stays = (
        text("the site as it was is still there; {reason}")
        if shown
        else text("there was no site yet; {reason}")
    )
    mend = os_advice(error) or text("see to the disk and build again")
    return PublishError(
        Problem(
            Place(name),
            text("the site could not be written: {reason}", reason=os_reason(error)),
            stays.format(reason=mend.sentence),
        )
    )
