"""Publishing: make what has changed, and show the new site all at once or not at all.

Beside the site stands a folder with what we know of it (``output/.microsite/<id>/``):

    manifest.json   each file: what it was made from, and how it lay on disk
    next.json       the manifest of a site that is about to be shown
    site/           that site, complete
    style/          the house style of the last good site (see rescue.py)
    lock

The site of next time is put together out of links to the files that stay and
new files, and takes the place of the old one in a single step. Whoever is killed
on the way leaves one of the two, and the next build finds out which.

Where folders cannot change places (a mount point, some network drives) the files
do so one by one. Whoever is killed then leaves a mixture, and ``next.json`` with
the complete ``site/``: the next build finishes that first, whatever its own
sources say.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from microsite.content.files import Changed
from microsite.core.fingerprints import Fingerprints, digest
from microsite.core.problems import Place, Problem, PublishError, text
from microsite.core.records import Record, replace
from microsite.core.settings import PACKED, STATE
from microsite.publishing.manifest import FileEntry, Manifest, load, reasons, save
from microsite.publishing.swap import exchange, lock
from microsite.rendering.artifact import Artifact, inputs_of, name_of

_DRAFT = ".microsite-new"


class Published(Record):
    """What publishing did: the paths that were made and why, those whose bytes were new, those removed.

    ``unpacked``: a ZIP of the site as it was went too.
    """

    made: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    because: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unpacked: bool = False


Content = bytes | Path
"""What is at a path: bytes, or a file of the cache to link to, whose name is that of its content."""

Make = Callable[[Sequence[Artifact]], Iterable[tuple[Artifact, Content]]]
"""Makes artifacts, in any order. Raises PublishError with all problems that it met."""


class PublishedSite:
    """One published site: the folder (where a link to one leads), and what is known of it.

    Use as a context manager: it is locked meanwhile, and what the operating
    system refuses meanwhile is raised as PublishError.
    """

    def __init__(self, folder: Path, shown_as: str) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.shown_as = shown_as
        self._state = folder.parent / STATE / folder.name
        self._next = self._state / "site"
        self.style = self._state / "style"
        self._packed = folder.with_name(f"{folder.name}{PACKED}")
        self._known: Manifest | None = None
        self._held = contextlib.ExitStack()

    def __enter__(self) -> PublishedSite:
        try:
            self._state.mkdir(parents=True, exist_ok=True)
            self._held.enter_context(lock(self._state / "lock"))
            self._recover()
        except OSError as error:
            self._held.close()
            raise _refused(self.shown_as, error) from error
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self._held.close()
        if isinstance(error, OSError):
            raise _refused(self.shown_as, error) from error

    def manifest(self) -> Manifest:
        """What is known of the published site; an empty manifest when nothing is."""
        if self._known is None:
            self._known = load(self._state / "manifest.json") or Manifest()
        return self._known

    @property
    def new(self) -> bool:
        """Is nothing known of a site here?"""
        return not (self._state / "manifest.json").exists()

    def current(self, inputs: str) -> bool:
        """Is the site the one that was made from ``inputs``, with all its files as they were written?"""
        manifest = self.manifest()
        return manifest.inputs == inputs and _listing(self.folder) == manifest.stamps

    def publish(
        self,
        artifacts: Iterable[Artifact],
        make: Make,
        engine: str,
        inputs: str,
        problems: tuple[Problem, ...],
        fingerprint: Fingerprints,
        advice: tuple[Problem, ...] = (),
        people: tuple[str, ...] = (),
    ) -> Published:
        """Bring the folder to exactly these artifacts.

        Raises PublishError when there are files that are not ours, when something
        cannot be made or the disk does not take it: the old site stays.
        """
        try:
            return self._publish(artifacts, make, engine, inputs, problems, fingerprint, advice, people)
        except BaseException as error:
            with contextlib.suppress(OSError):  # then the next build does it
                self._recover()
            if isinstance(error, OSError):
                raise _refused(self.shown_as, error) from error
            raise

    def _publish(
        self,
        artifacts: Iterable[Artifact],
        make: Make,
        engine: str,
        inputs: str,
        problems: tuple[Problem, ...],
        fingerprint: Fingerprints,
        advice: tuple[Problem, ...],
        people: tuple[str, ...],
    ) -> Published:
        old = self.manifest()
        found = _listing(self.folder)
        self._refuse_foreign(found.keys() - old.files.keys(), known=bool(old.files))
        files: dict[str, FileEntry] = {}
        due: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {}
        stale: list[Artifact] = []
        for item in artifacts:
            name = name_of(item, fingerprint, engine)
            before = old.files.get(item.path)
            present = before is not None and found.get(item.path) == before.stamp
            if before is not None and present and before.fingerprint == name:
                if (item.origins, item.own) != (before.origins, before.own):
                    before = replace(before, origins=item.origins, own=item.own)
                files[item.path] = before
            else:
                now = inputs_of(item, fingerprint)
                due[item.path] = name, now, reasons(before, present, now)
                stale.append(item)
        removed = sorted(found.keys() - files.keys() - due.keys())
        written: list[str] = []
        for item, content in make(stale):
            fingerprint_, now, because = due[item.path]
            before = old.files.get(item.path)
            name = digest(content) if isinstance(content, bytes) else content.name
            if before is not None and before.digest == name and "changed on disk" not in because:
                size, mtime = before.stamp
            else:
                size, mtime = _put(f"{self._next}/{item.path}", content)
                written.append(item.path)
            files[item.path] = FileEntry(
                fingerprint_, now, name, size, mtime, because, item.origins, item.own
            )
        new = Manifest(files, inputs, problems, advice, people)
        unpacked = False
        if written or removed:
            unpacked = self.unpack()  # first: who is stopped here leaves nothing that is of before
            self._show(new, old, links=files.keys() - set(written))
        elif new != old:
            save(self._state / "manifest.json", new)
            self._known = new
        return Published(
            tuple(due),
            tuple(sorted(written)),
            tuple(removed),
            tuple((path, because) for path, (*_, because) in due.items()),
            unpacked,
        )

    def unpack(self) -> bool:
        """Take away the ZIP that was packed of this site, and tell whether there was one."""
        if not any(self._packed.with_name(self._packed.name + end).is_file() for end in ("", ".new")):
            return False
        from microsite.publishing import packing  # seldom needed

        return packing.take_away(self._packed)

    def _refuse_foreign(self, foreign: Iterable[str], known: bool) -> None:
        if foreign and not known:
            problem = Problem(
                Place(self.shown_as),
                text("there are files here that were not made here, so nothing was published"),
                text("empty this folder, or choose another with --output"),
            )
            raise PublishError(problem)
        problems = [
            Problem(
                Place(f"{self.shown_as}/{path}"),
                text("is not a file of this site, so nothing was published"),
                text("move it elsewhere: this folder is replaced as a whole"),
            )
            for path in sorted(foreign)
        ]
        if problems:
            raise PublishError(*problems)

    # ── showing ──

    def _show(self, new: Manifest, old: Manifest, links: Collection[str]) -> None:
        """Complete the next site with links to files that stay, and put it in the old one's place."""
        self._next.mkdir(parents=True, exist_ok=True)
        for folder in sorted({path.rpartition("/")[0] for path in links}):
            (self._next / folder).mkdir(parents=True, exist_ok=True)
        for path in links:
            _link(f"{self.folder}/{path}", f"{self._next}/{path}")
        if self.folder.is_dir():
            shutil.copymode(self.folder, self._next)
        save(self._state / "next.json", new)
        if exchange(self._next, self.folder):
            self._settle(old)
            self._known = new
        else:
            if foreign := _listing(self.folder).keys() - old.files.keys():
                (self._state / "next.json").unlink()
                self._refuse_foreign(foreign, known=bool(old.files))
            self._replay(new, old)

    def _settle(self, old: Manifest) -> None:
        """The next site is shown: what we know of it becomes what we know, and what the old one had goes.

        But not what somebody put in the old one since it was looked at: that goes back to where it was put.
        """
        left = {path for path, _ in _entries(self._next)}
        for path in sorted(left - old.files.keys()):
            os.rename(self._next / path, _free(self.folder, path))
        os.replace(self._state / "next.json", self._state / "manifest.json")
        self._known = None
        shutil.rmtree(self._next, ignore_errors=True)  # the next build removes what cannot be removed now

    def _replay(self, new: Manifest, old: Manifest) -> None:
        """Where folders cannot change places: file by file, pages after what they refer to, removals last.

        First all is put beside its place, for that is what can fail; the old site
        is untouched until then. Who is stopped later does it again.
        """
        order = sorted(new.files, key=lambda path: (path.endswith((".html", ".xml")), path))
        due = [path for path in order if _stat(self.folder / path) != new.files[path].stamp]
        for path in due:
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            _link(f"{self._next}/{path}", f"{self.folder}/{path}{_DRAFT}")
        for path in due:
            os.replace(f"{self.folder}/{path}{_DRAFT}", f"{self.folder}/{path}")
        for path in old.files.keys() - new.files.keys():
            (self.folder / path).unlink(missing_ok=True)
        _remove_empty(self.folder)
        save(self._state / "manifest.json", new.with_stamps(_listing(self.folder)))
        self._known = None
        (self._state / "next.json").unlink()
        shutil.rmtree(self._next, ignore_errors=True)

    def _recover(self) -> None:
        """Finish or undo what a build left that was stopped."""
        pending = load(self._state / "next.json")
        if pending is not None:
            if _listing(self._next) == pending.stamps:
                _remove_drafts(self.folder)
                if self._begun(pending, self.manifest()):
                    self._replay(pending, self.manifest())
            elif pending.stamps.items() <= _listing(self.folder).items():
                self._settle(self.manifest())
        (self._state / "next.json").unlink(missing_ok=True)
        (self._state / "seal.json").unlink(missing_ok=True)  # of earlier versions, as is spare/
        for left in (self._next, self._state / "spare"):
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(left)

    def _begun(self, new: Manifest, old: Manifest) -> bool:
        """Has the file-by-file way been started? Then the folder is not the old site any more."""
        found = _listing(self.folder)
        changed = not old.stamps.items() <= found.items()
        return bool(found) and (changed or not found.keys().isdisjoint(new.files.keys() - old.files.keys()))


# ── files ─────────────────────────────────────────────────────────────────────


def _listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below the folder (and what is no file, with impossible numbers): size and time."""
    found: dict[str, tuple[int, int]] = {}
    for path, entry in _entries(folder):
        status = entry.stat(follow_symlinks=False)
        regular = stat.S_ISREG(status.st_mode)
        found[path] = (status.st_size, status.st_mtime_ns) if regular else (-1, -1)
    return found


def _entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All below the folder that is no folder, with its path from there."""
    waiting = [("", str(folder))]
    while waiting:
        prefix, path = waiting.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                elif not entry.name.endswith(_DRAFT):
                    yield prefix + entry.name, entry


def _stat(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns


def _put(target: str, content: bytes | Path) -> tuple[int, int]:
    try:
        return _create(target, content)
    except FileNotFoundError:  # the first file of its folder
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    try:
        return _create(target, content)
    except FileNotFoundError as gone:
        raise Changed(Path(target).name) from gone  # another build pruned the cache


def _create(target: str, content: bytes | Path) -> tuple[int, int]:
    # Thousands of files in a row: a Path for each takes a tenth of the time that they take.
    if isinstance(content, bytes):
        with open(target, "xb") as stream:  # noqa: PTH123 -- never into a file that may have other names
            stream.write(content)
    else:
        _link(str(content), target)
    status = os.stat(target)  # noqa: PTH116
    return status.st_size, status.st_mtime_ns


def _link(source: str, target: str) -> None:
    """The same file under another name, or a copy with the same time where that cannot be."""
    try:
        os.link(source, target)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        shutil.copy2(source, target)


def _free(folder: Path, path: str) -> Path:
    """Where this file can stand without being in the way of another: its own place, or nearly."""
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        target = folder / target.name
    while os.path.lexists(target):
        target = target.with_name(target.name + "~")
    return target


def _remove_drafts(folder: Path) -> None:
    for file in folder.rglob(f"*{_DRAFT}"):
        file.unlink()


def _remove_empty(folder: Path) -> None:
    for path, _, _ in sorted(os.walk(folder), reverse=True):
        if path != str(folder):
            with contextlib.suppress(OSError):
                os.rmdir(path)


def _refused(shown_as: str, error: OSError) -> PublishError:
    reason = error.strerror or type(error).__name__
    return PublishError(
        Problem(
            Place(shown_as),
            text("the site could not be written: {reason}", reason=reason),
            text("the site as it was is still there; see to the disk and build again"),
        )
    )
