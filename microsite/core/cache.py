"""A cache on disk for what is expensive to compute and the same for every brand.

It holds values (such as parsed documents) and files (such as encoded photos) that
published sites hard-link to. An entry is deleted as soon as nothing uses it, so
withdrawn content disappears from the cache too: each has a file of its own.

Each file is verified when it is read, against the digest that it was stored with.
What is damaged, missing or in the way is removed and computed again, so the folder
may be deleted, or harmed in any way, at any time.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from msgspec import msgpack

from microsite.core.files import (
    DRAFT,
    digest_in_name,
    ensure_folder,
    key_in_name,
    remove,
    remove_obstacle,
    seal,
    unseal,
    write_file,
)
from microsite.core.fingerprints import digest

T = TypeVar("T")
Compute = Callable[[Collection[str]], Iterable[tuple[str, Any]]]
"""Yields (path, value) for the paths it is given; paths it leaves out are not cached."""

_VALUES, _FILES, _TEMPLATES = "values", "files", "templates"
_OLDER = "values.sqlite*"
"""What versions before 0.1.0 kept values in."""
_MARK = 16
"""The size of the mark of a value, see ``_mark``."""


class Cache:
    """The cache in ``folder``, which is created on first use. Several builds may use it at the same time.

    ``mended`` is called with each file or folder that could not be used and was removed, ``failed`` with
    each that the disk did not let us read, write or remove: without a cache there is a site as well.
    """

    def __init__(
        self,
        folder: Path,
        mended: Callable[[Path], None] = lambda _: None,
        failed: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self._folder = folder
        self._values = folder / _VALUES
        self._files = folder / _FILES
        self._mended = mended
        self._failed = failed
        self._verified: dict[str, tuple[int, int, int]] = {}  # the stamps of files, by path
        self._kept: dict[str, tuple[bytes, Any]] | None = None  # values with their marks, by path

    # ── values ──

    def keep_in_memory(self) -> None:
        """Keep values in memory too, for a program that asks for the same ones again and again."""
        self._kept = {}

    def get_or_compute(
        self, namespace: str, scope: str, keys: Mapping[str, str], compute: Compute, kind: type | None = None
    ) -> dict[str, Any]:
        """Return the values for the paths in ``keys``; a cached value is used while its key is the same.

        All others are computed in one call of ``compute`` and cached. Entries in
        this namespace and scope for paths that are not in ``keys`` are deleted.

        Values are pickled, or, when all are records of the class ``kind``, encoded
        with msgpack, which reads twice as fast.
        """
        # Unpickling is safe: the folder is ours, and whoever can write to it can do harm without a pickle.
        load: Callable[[memoryview], Any] = pickle.loads if kind is None else msgpack.Decoder(kind).decode
        dump = pickle.dumps if kind is None else msgpack.encode
        folder = self._scope(namespace, scope)
        paths = {_name(path): path for path in keys}
        found: dict[str, Any] = {}
        unused: list[Path] = []
        for entry in self._scan(folder):
            path = paths.get(entry.name)
            if path is None:
                unused.append(Path(entry.path))
                continue
            mark = _mark(scope, path, keys[path])
            kept = self._kept.get(entry.path) if self._kept is not None else None
            if kept is not None and kept[0] == mark:
                found[path] = kept[1]
            elif (data := self._read(entry)) is not None and data[:_MARK] == mark:
                with contextlib.suppress(Exception):  # a value of an older class is computed again
                    found[path] = self._keep(entry.path, mark, load(data[_MARK:]))
        if missing := [path for path in keys if path not in found]:
            with self._reporting(folder):
                self._ensure(folder)
            for path, value in compute(missing):  # written at once: the next may be computed meanwhile
                file, mark = folder / _name(path), _mark(scope, path, keys[path])
                with self._reporting(folder):
                    _write_value(file, seal(mark + dump(value)))
                found[path] = self._keep(str(file), mark, value)
        for file in unused:
            self._forget(file)
            with self._reporting(file):
                remove(file)
        return {path: found[path] for path in keys if path in found}

    def discard(self, namespace: str, scope: str, paths: Collection[str]) -> None:
        """Delete these entries."""
        folder = self._scope(namespace, scope)
        for path in paths:
            self._forget(folder / _name(path))
            with self._reporting(folder), contextlib.suppress(NotADirectoryError):
                remove(folder / _name(path))

    def _keep(self, file: str, mark: bytes, value: T) -> T:
        if self._kept is not None:
            self._kept[file] = mark, value
        return value

    def _forget(self, file: Path) -> None:
        if self._kept is not None:
            self._kept.pop(str(file), None)

    def _scope(self, namespace: str, scope: str) -> Path:
        return self._values / namespace / _name(scope)

    def _read(self, entry: os.DirEntry[str]) -> memoryview | None:
        """The contents of a value's file; None when it is not as it was written, and then it is removed."""
        if entry.is_file(follow_symlinks=False):
            try:
                with open(entry.path, "rb", buffering=0) as stream:  # noqa: PTH123 -- for thousands of files
                    data = unseal(stream.read())
            except FileNotFoundError:  # another build deleted it
                return None
            except OSError:
                data = None
            if data is not None:
                return data
        self._discard_damaged(Path(entry.path))
        return None

    # ── files ──

    def find(self, key: str) -> Path | None:
        """Return the path of the file with this key, if there is one.

        Sites hard-link to these files, so editing a published file in place changes
        the cached one too. Such a file is deleted.
        """
        for entry in self._scan(self._files / key[:2]):
            if entry.name.startswith(f"{key}-"):
                file = Path(entry.path)
                if self._is_intact(file):
                    return file
                self._discard_damaged(file)
        return None

    def put(self, key: str, data: bytes) -> Path | bytes:
        """Write a file under this key, atomically, and return its path. See ``digest_in_name``.

        Returns the data where that fails.
        """
        file = self._files / key[:2] / f"{key}-{digest(data)}"
        with self._reporting(file):
            self._ensure(file.parent)
            while True:
                with contextlib.suppress(FileNotFoundError):  # another build pruned the draft: write it again
                    write_file(file, data)
                    return file
        return data

    def _is_intact(self, file: Path) -> bool:
        """Has the file the digest in its name? It is read once, as long as its stamp is the same."""
        try:
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode):
                return False
            stamp = status.st_ino, status.st_size, status.st_mtime_ns
            if self._verified.get(file.name) != stamp:
                if digest(file.read_bytes()) != digest_in_name(file):
                    return False
                self._verified[file.name] = stamp
        except OSError:
            return False
        return True

    def prune(self, published: Callable[[Collection[str]], Collection[str]]) -> None:
        """Delete the files that no site uses, and what builds of older versions or that were killed left.

        A file with a second link is in use. ``published`` is asked which keys of the
        others are: where a file system has no links, sites have copies.
        """
        for older in self._folder.glob(_OLDER):
            remove(older)
        for entry in self._scan(self._folder / _TEMPLATES):
            if entry.name.endswith(DRAFT):
                remove(Path(entry.path))
        single: dict[Path, str] = {}
        for file in self._cached_files():
            # Another build may prune at the same time.
            with self._reporting(file), contextlib.suppress(FileNotFoundError):
                if not key_in_name(file) or not stat.S_ISREG(file.lstat().st_mode):
                    remove(file)
                elif file.lstat().st_nlink < 2:
                    single[file] = key_in_name(file)
        used = published(single.values()) if single else ()
        for file, key in single.items():
            if key not in used:
                with self._reporting(file):
                    remove(file)

    def _cached_files(self) -> Iterator[Path]:
        for folder in self._scan(self._files):
            if folder.is_dir(follow_symlinks=False):
                yield from (Path(entry.path) for entry in self._scan(Path(folder.path)))
            else:
                yield Path(folder.path)

    # ── the folder ──

    def _scan(self, folder: Path) -> list[os.DirEntry[str]]:
        """What is in the folder; nothing when there is no such folder."""
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except FileNotFoundError:
            return []
        except OSError:
            with self._reporting(folder):
                obstacle = remove_obstacle(folder, self._folder)
                if obstacle is None:
                    raise
                self._mended(obstacle)
            return []

    def _ensure(self, folder: Path) -> None:
        obstacle = ensure_folder(folder, self._folder)
        if obstacle is not None:
            self._mended(obstacle)

    def _discard_damaged(self, file: Path) -> None:
        with self._reporting(file):
            remove(file)
            self._mended(file)

    @contextlib.contextmanager
    def _reporting(self, path: Path) -> Iterator[None]:
        """Report an error of the disk at this path, and go on."""
        try:
            yield
        except OSError:
            self._failed(path)


class MemoryCache:
    """A cache in memory, where there is no disk. It has the interface of ``Cache``.

    ``entries`` and ``files`` are those of another MemoryCache.
    """

    def __init__(
        self,
        entries: Mapping[tuple[str, str], Mapping[str, tuple[str, Any]]] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        self.entries = {scope: dict(values) for scope, values in (entries or {}).items()}
        self.files = dict(files or {})

    def get_or_compute(
        self, namespace: str, scope: str, keys: Mapping[str, str], compute: Compute, kind: type | None = None
    ) -> dict[str, Any]:
        """See ``Cache.get_or_compute``."""
        known = self.entries.get((namespace, scope), {})
        kept = {path: known[path] for path, key in keys.items() if path in known and known[path][0] == key}
        missing = [path for path in keys if path not in kept]
        kept |= {path: (keys[path], value) for path, value in compute(missing)} if missing else {}
        self.entries[namespace, scope] = kept
        return {path: value for path, (_, value) in kept.items()}

    def discard(self, namespace: str, scope: str, paths: Collection[str]) -> None:
        """See ``Cache.discard``."""
        for path in paths:
            self.entries.get((namespace, scope), {}).pop(path, None)

    def find(self, key: str) -> bytes | None:
        """Return the bytes of the file with this key, if there is one."""
        return self.files.get(key)

    def put(self, key: str, data: bytes) -> bytes:
        """Keep a file under this key, and return its bytes."""
        self.files[key] = data
        return data


def _name(text: str) -> str:
    """A file name for a scope or a path."""
    return digest(text.encode(errors="surrogateescape"))


def _mark(scope: str, path: str, key: str) -> bytes:
    """What a value is stored for: a file in the place of another one does not have its mark."""
    return sha256(f"{scope}\n{path}\n{key}".encode(errors="surrogateescape")).digest()[:_MARK]


def _write_value(file: Path, data: bytes) -> None:
    """Write the file, or remove it: without room on the disk a value is not cached."""
    try:
        write_file(file, data)
    except OSError:
        remove(file)
