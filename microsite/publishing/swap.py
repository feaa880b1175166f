"""Replacing a published site by the next one, all at once or not at all.

A folder beside the site holds its state (``output/.microsite/<id>/``):

    manifest.json   the manifest of the published site
    next.json       the manifest of a complete next site that is about to be published
    site/           the next site
    style.bin       the house style of the last good site (see reduced.py)
    lock

The next site consists of new files and of links to those that stay. It changes places
with the published one in a single step. A build that is killed leaves one of the two,
and the next build finds out which.

Where folders cannot change places (a mount point, some network drives) the files are
replaced one by one. A build that is killed then leaves a mixture, and ``next.json``
with the complete ``site/``: the next build finishes that before anything else.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from microsite.core.files import remove
from microsite.core.problems import Place, Problem, PublishError, text
from microsite.publishing import disk
from microsite.publishing.manifest import Manifest, load, save

_OLDER = ("seal.json", "spare", "style")
"""What versions before 0.1.0 kept."""


class Swap:
    """The replacement of the site in ``folder``, with its ``state`` in a folder on the same file system."""

    def __init__(self, folder: Path, state: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.manifest_file = state / "manifest.json"
        self._next_manifest = state / "next.json"
        self.manifest_files = (self.manifest_file, self._next_manifest)
        self._next = state / "site"
        self._older = [state / each for each in _OLDER]

    def manifest(self) -> Manifest:
        return load(self.manifest_file) or Manifest()

    def add(self, path: str, content: bytes | Path) -> disk.Stamp:
        """Add a new file to the next site: these bytes, or a link to this file of the cache."""
        return disk.write(f"{self._next}/{path}", content)

    def replace(self, new: Manifest, old: Manifest, links: Collection[str]) -> Manifest:
        """Complete the next site with ``links`` to files that stay, and publish it.

        Returns the manifest as it was saved. Raises PublishError when there are other
        people's files that cannot be kept.
        """
        self._link(links)
        if self.folder.is_dir():
            shutil.copymode(self.folder, self._next)
        save(self._next_manifest, new)
        if disk.exchange(self._next, self.folder):
            self._settle(old)
            return new
        found = disk.stamps(self.folder)
        if found.keys() - old.files.keys():
            self._next_manifest.unlink()
            refuse_foreign_files(self.name, found, old)
        return self._replace_file_by_file(new, old)

    def recover(self) -> None:
        """Finish or undo what an interrupted build left."""
        new = load(self._next_manifest)
        if new is not None:
            if disk.stamps(self._next) == new.stamps:
                disk.remove_drafts(self.folder)
                old = self.manifest()
                if self._is_mixed(new, old):
                    self._replace_file_by_file(new, old)
            elif new.stamps.items() <= disk.stamps(self.folder).items():
                self._settle(self.manifest())
        for left in (self._next_manifest, self._next, *self._older):
            remove(left)

    def _link(self, paths: Collection[str]) -> None:
        self._next.mkdir(parents=True, exist_ok=True)
        for folder in sorted({path.rpartition("/")[0] for path in paths}):
            (self._next / folder).mkdir(parents=True, exist_ok=True)
        for path in paths:
            disk.link(f"{self.folder}/{path}", f"{self._next}/{path}")

    def _settle(self, old: Manifest) -> None:
        """After the exchange: save the manifest, and remove the old site.

        Files that others put in the old site during the build move to the new one.
        """
        for path in sorted(disk.paths(self._next) - old.files.keys()):
            os.rename(self._next / path, disk.free_path(self.folder, path))
        os.replace(self._next_manifest, self.manifest_file)
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
        save(self.manifest_file, saved)
        self._next_manifest.unlink()
        shutil.rmtree(self._next, ignore_errors=True)
        return saved

    def _is_mixed(self, new: Manifest, old: Manifest) -> bool:
        """Was replacing file by file interrupted, so that the folder is not the old site any more?"""
        found = disk.stamps(self.folder)
        changed = not old.stamps.items() <= found.items()
        added = not found.keys().isdisjoint(new.files.keys() - old.files.keys())
        return bool(found) and (changed or added)


def refuse_foreign_files(name: str, found: Collection[str], known: Manifest) -> None:
    """Raise PublishError when the folder called ``name`` has files that the manifest does not know."""
    foreign = sorted(path for path in found if path not in known.files)
    if foreign and not known.files:
        raise PublishError(
            Problem(
                Place(name),
                text("there are files here that were not made here, so nothing was published"),
                text("empty this folder, or choose another with --output"),
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
