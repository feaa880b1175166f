"""Replacing a published site by the next one, all at once or not at all.

A folder beside the site holds its state (``output/.microsite/<id>/``):

    manifest.json   the manifest of the published site; a copy is ``output/.backup/.microsite/<id>.json``
    next.json       the manifest of a complete next site that is about to be published
    old.json        the paths of the files of the site that it replaces
    site/           the next site
    style.bin       the house style of the last good site (see reduced.py)
    lock

The copy is elsewhere, so that a lost state folder does not make our own files somebody else's. A file that
neither lists is ours when it has the path and the bytes of a file of the next site.

The next site consists of new files and of links to those that stay. It changes places
with the published one in a single step. A build that is killed leaves one of the two,
and the next build finds out which.

Where folders cannot change places (a mount point, some network drives) the files are
replaced one by one. A build that is killed then leaves a mixture, and ``next.json``
with the complete ``site/``: the next build finishes that before anything else.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec import json

from microsite.core.files import remove, replace_file, seal, unseal
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, PublishError, text
from microsite.core.records import replace
from microsite.core.settings import STATE_FOLDER
from microsite.publishing import disk
from microsite.publishing.manifest import FileEntry, Manifest, load, sealed

_OLDER = ("seal.json", "spare", "style")
"""What versions before 0.1.0 kept."""

BACKUP = ".backup"
"""The folder with copies of what is in the state folder and cannot be made again."""


def backup_file(folder: Path) -> Path:
    """The file with the copy of the manifest of the site in this folder."""
    return folder.parent / BACKUP / STATE_FOLDER / f"{folder.name}.json"


_NAMED = 5
"""How many files are named of a folder of which nothing is known."""


class Swap:
    """The replacement of the site in ``folder``, with its ``state`` in a folder on the same file system.

    ``copy`` is the file with the copy of the manifest. ``restored``: the manifest was lost or damaged.
    """

    def __init__(self, folder: Path, state: Path, copy: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.restored = False
        self.manifest_file = state / "manifest.json"
        self.copy = copy
        self._site = state.name
        self._saved: Manifest | None = None
        self._next_manifest = state / "next.json"
        self._old_paths = state / "old.json"
        self.manifest_files = (self.manifest_file, self._next_manifest, self._old_paths, copy)
        self._next = state / "site"
        self._older = [state / each for each in _OLDER]

    def saved(self) -> Manifest | None:
        """The manifest as it was saved; None when it is lost or damaged."""
        if self._saved is None:
            self._saved = load(self.manifest_file, self._site)
        return self._saved

    def manifest(self, found: Mapping[str, disk.Stamp]) -> Manifest:
        """The manifest, or its copy where that fits better to the files that were ``found`` in the folder."""
        saved = self.saved()
        if saved is not None and saved.stamps == found:
            return saved
        known = [each for each in (saved, load(self.copy, self._site)) if each is not None]
        best = max(known, key=lambda each: len(each.stamps.items() & found.items()), default=Manifest())
        self.restored = bool(found) and best is not saved
        for other in known:
            best = self.recognise(best, found, other.files)
        return best

    def any_manifest(self) -> Manifest:
        """The manifest or its copy, whichever can be read."""
        for file in (self.manifest_file, self.copy):
            with contextlib.suppress(OSError):
                if (known := load(file, self._site)) is not None:
                    return known
        return Manifest()

    def recognise(
        self, known: Manifest, found: Mapping[str, disk.Stamp], others: Mapping[str, FileEntry]
    ) -> Manifest:
        """The manifest with those files that were ``found`` as ``others`` says they were written."""
        files = {
            path: FileEntry("", others[path].digest, *found[path])
            for path in (found.keys() & others.keys()) - known.files.keys()
            if found[path] == others[path].stamp or self._is_written(path, found[path], others[path])
        }
        return replace(known, files={**known.files, **files}) if files else known

    def _is_written(self, path: str, stamp: disk.Stamp, entry: FileEntry) -> bool:
        if stamp == disk.NOT_A_FILE or stamp[0] != entry.size:
            return False
        return digest((self.folder / path).read_bytes()) == entry.digest

    def recognise_equal(self, known: Manifest, found: Mapping[str, disk.Stamp]) -> Manifest:
        """The manifest with those files that were ``found`` and have the bytes of the next site's."""
        unknown = (path for path in found.keys() - known.files.keys() if (self._next / path).is_file())
        return self.recognise(known, found, {path: self._entry(path) for path in unknown})

    def _entry(self, path: str) -> FileEntry:
        data = (self._next / path).read_bytes()
        return FileEntry("", digest(data), len(data), 0)

    def complete(self) -> bool:
        """Is the copy of the manifest there too?"""
        try:
            return self.copy.stat().st_size == self.manifest_file.stat().st_size
        except FileNotFoundError:
            return False

    def save(self, manifest: Manifest) -> None:
        """Save the manifest of the published site, and its copy."""
        data = sealed(self._site, manifest)
        replace_file(self.copy, data)
        replace_file(self.manifest_file, data)
        self._saved = manifest

    def add(self, path: str, content: bytes | Path) -> disk.Stamp:
        """Add a new file to the next site: these bytes, or a link to this file of the cache."""
        return disk.write(f"{self._next}/{path}", content)

    def replace(
        self, new: Manifest, old: Manifest, links: Collection[str], others: Collection[str] = ()
    ) -> Manifest:
        """Complete the next site with ``links`` to files that stay, and publish it.

        ``others`` are other people's files, which stay too. Returns the manifest as it was saved. Raises
        PublishError when there are more of those, and they cannot be kept.
        """
        self._link(links)
        if self.folder.is_dir():
            shutil.copymode(self.folder, self._next)
        if old.files and old is not self._saved:
            replace_file(self.manifest_file, sealed(self._site, old))  # to recover needs it
        data = sealed(self._site, new)
        self._old_paths.write_bytes(seal(json.encode(sorted(old.files))))
        self._next_manifest.write_bytes(data)  # half of it is damaged, and that is as none
        replace_file(
            self.copy, data
        )  # with next.json there, ``recover`` knows of which site the copy has to be
        if disk.exchange(self._next, self.folder):
            self._settle(old.files.keys())
            self._saved = new
            return new
        found = disk.stamps(self.folder)
        if foreign := found.keys() - old.files.keys() - {*others}:
            remove(self._next_manifest)
            refuse_foreign_files(self.name, foreign, bool(old.files))
        return self._replace_file_by_file(new, old)

    def recover(self) -> None:
        """Finish or undo what an interrupted build left."""
        self._saved = None
        new = load(self._next_manifest, self._site)
        if new is not None:
            if disk.stamps(self._next) == new.stamps:
                disk.remove_drafts(self.folder)
                old = load(self.manifest_file, self._site)
                if self._is_mixed(new, old or Manifest()):
                    self._replace_file_by_file(new, old or Manifest())
                elif old is not None:
                    replace_file(self.copy, self.manifest_file.read_bytes())
            elif new.stamps.items() <= disk.stamps(self.folder).items():
                old = load(self.manifest_file, self._site) or Manifest()
                self._settle(old.files.keys() | self._read_old_paths())
        for left in (self._next_manifest, self._old_paths, self._next, *self._older):
            remove(left)

    def _read_old_paths(self) -> AbstractSet[str]:
        """The paths of the files of the site that was replaced; none when that is lost or damaged."""
        try:
            data = unseal(self._old_paths.read_bytes())
        except FileNotFoundError:
            data = None
        return frozenset(json.decode(data, type=list[str]) if data is not None else ())

    def _link(self, paths: Collection[str]) -> None:
        self._next.mkdir(parents=True, exist_ok=True)
        for folder in sorted({path.rpartition("/")[0] for path in paths}):
            (self._next / folder).mkdir(parents=True, exist_ok=True)
        for path in paths:
            disk.link(f"{self.folder}/{path}", f"{self._next}/{path}")

    def _settle(self, old: AbstractSet[str]) -> None:
        """After the exchange: save the manifest, and remove the site with the files ``old``.

        Files that others put in the old site during the build move to the new one.
        """
        for path in sorted(disk.paths(self._next) - old):
            os.rename(self._next / path, disk.free_path(self.folder, path))
        os.replace(self._next_manifest, self.manifest_file)
        remove(self._old_paths)
        shutil.rmtree(self._next, ignore_errors=True)  # the next build removes what could not be removed

    def _replace_file_by_file(self, new: Manifest, old: Manifest) -> Manifest:
        """Replace the files one by one: pages after the files they refer to, removals last.

        First each is linked beside its place, because that is what can fail: until then
        the old site is untouched. An interruption after that is repaired by doing it again.
        """
        order = sorted(new.files, key=lambda path: (path.endswith((".html", ".xml")), path))
        changed = [path for path in order if disk.stamp(self.folder / path) != new.files[path].stamp]
        for path in changed:
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            disk.link(f"{self._next}/{path}", f"{self.folder}/{path}{disk.DRAFT}")
        for path in changed:
            os.replace(f"{self.folder}/{path}{disk.DRAFT}", f"{self.folder}/{path}")
        for path in old.files.keys() - new.files.keys():
            (self.folder / path).unlink(missing_ok=True)
        disk.remove_empty_folders(self.folder)
        saved = new.with_stamps(disk.stamps(self.folder))
        self.save(saved)
        remove(self._next_manifest)
        remove(self._old_paths)
        shutil.rmtree(self._next, ignore_errors=True)
        return saved

    def _is_mixed(self, new: Manifest, old: Manifest) -> bool:
        """Was replacing file by file interrupted, so that the folder is not the old site any more?"""
        found = disk.stamps(self.folder)
        changed = not old.stamps.items() <= found.items()
        added = not found.keys().isdisjoint(new.files.keys() - old.files.keys())
        return bool(found) and (changed or added)


def refuse_foreign_files(name: str, foreign: Collection[str], known: bool) -> None:
    """Raise PublishError when the folder called ``name`` has ``foreign`` files.

    ``known``: is there a manifest of this folder?
    """
    foreign = sorted(foreign)
    if foreign and not known:
        named = ", ".join(foreign[:_NAMED]) + (" …" if len(foreign) > _NAMED else "")
        raise PublishError(
            Problem(
                Place(name),
                text("it is not known who made these files, so nothing was published: {files}", files=named),
                text("move this folder elsewhere and build again, or choose another with --output"),
            )
        )
    if foreign:
        raise PublishError(
            *(
                Problem(
                    Place(f"{name}/{path}"),
                    text("is not a file of this site, so nothing was published"),
                    text("move it elsewhere: this folder is replaced as a whole"),
                )
                for path in foreign
            )
        )
