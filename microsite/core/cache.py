"""A cache on disk for what is expensive to compute and the same for every brand.

It holds values (such as parsed documents) in an SQLite database, and files (such
as encoded photos) that published sites hard-link to. An entry is deleted as soon
as nothing uses it, so withdrawn content disappears from the cache too. The folder
may be deleted at any time: the next build fills it again.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import msgpack

if TYPE_CHECKING:
    from sqlite3 import Connection

T = TypeVar("T")
Compute = Callable[[Collection[str]], Iterable[tuple[str, Any]]]
"""Yields (path, value) for the paths it is given; paths it leaves out are not cached."""

_SECOND = 10**9

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    namespace TEXT, scope TEXT, path TEXT, key TEXT, value BLOB, PRIMARY KEY (namespace, scope, path)
) WITHOUT ROWID
"""
_SELECT = "SELECT path, key, value FROM entries WHERE namespace = ? AND scope = ?"
_DELETE = "DELETE FROM entries WHERE namespace = ? AND scope = ? AND path = ?"
_REPLACE = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)"


class Cache:
    """The cache in ``folder``, which is created on first use. Several builds may use it at the same time.

    Disk errors, including a locked database, are raised as OSError. A corrupt database is replaced.
    """

    def __init__(self, folder: Path) -> None:
        self._values = folder / "values.sqlite"
        self._files = folder / "files"
        self._templates = folder / "templates"
        self._connection: Connection | None = None

    def close(self) -> None:
        """Close the database; the next call opens it again. Required before a fork."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def get_or_compute(
        self, namespace: str, scope: str, keys: Mapping[str, str], compute: Compute, kind: type | None = None
    ) -> dict[str, Any]:
        """Return the values for the paths in ``keys``; a cached value is used while its key is the same.

        All others are computed in one call of ``compute`` and cached. Entries in
        this namespace and scope for paths that are not in ``keys`` are deleted.

        Values are pickled, or, when all are records of the class ``kind``, encoded
        with msgpack, which reads twice as fast.
        """
        return self._run(lambda: self._get_or_compute(namespace, scope, keys, compute, kind))

    def _get_or_compute(
        self, namespace: str, scope: str, keys: Mapping[str, str], compute: Compute, kind: type | None
    ) -> dict[str, Any]:
        # Unpickling is safe: the folder is ours, and whoever can write to it can do harm without a pickle.
        load: Callable[[bytes], Any] = pickle.loads if kind is None else msgpack.Decoder(kind).decode
        dump = pickle.dumps if kind is None else msgpack.encode
        values: dict[str, Any] = {}
        stale: list[str] = []
        for path, key, value in self._database.execute(_SELECT, (namespace, scope)):
            if keys.get(path) == key:
                # A value of an older class, or a corrupt one, is computed again.
                with contextlib.suppress(Exception):
                    values[path] = load(value)
            elif path not in keys:
                stale.append(path)
        missing = [path for path in keys if path not in values]
        fresh = dict(compute(missing)) if missing else {}
        if stale or fresh:
            with self._transaction() as database:
                database.executemany(_DELETE, [(namespace, scope, path) for path in stale])
                database.executemany(
                    _REPLACE,
                    ((namespace, scope, path, keys[path], dump(value)) for path, value in fresh.items()),
                )
        return values | fresh

    def discard(self, namespace: str, scope: str, paths: Collection[str]) -> None:
        """Delete these entries and overwrite their bytes on disk."""

        def delete() -> None:
            with self._transaction() as database:
                database.executemany(_DELETE, [(namespace, scope, path) for path in paths])

        self._run(delete)

    @property
    def _database(self) -> Connection:
        if self._connection is None:
            self._connection = _connect(self._values)
        return self._connection

    def _run(self, work: Callable[[], T]) -> T:
        """Call ``work``, and once more with an empty database if this one turns out to be corrupt."""
        import sqlite3

        try:
            try:
                return work()
            except sqlite3.DatabaseError as error:
                if type(error) is not sqlite3.DatabaseError:  # its subclasses mean something else
                    raise
                self.close()
                for suffix in ("", "-journal"):
                    self._values.with_name(self._values.name + suffix).unlink(missing_ok=True)
                return work()
        except sqlite3.OperationalError as error:
            raise OSError(errno.EIO, str(error)) from error

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Connection]:
        database = self._database
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            if database.in_transaction:  # a full disk may have ended it already
                database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")

    def find(self, key: str) -> Path | None:
        """Return the path of the file with this key, if there is one."""
        file = self.file(key)
        return file if file.exists() else None

    def file(self, key: str) -> Path:
        """Return the path for the file with this key, whether it exists or not.

        Sites hard-link to these files, so editing a published file in place changes
        the cached one too. Such a file is deleted.
        """
        file = self._files / key[:2] / key
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mtime_ns % _SECOND:
                file.unlink()
        return file

    def put(self, key: str, data: bytes) -> Path:
        """Write a file under this key, atomically, and return its path."""
        target = self.file(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{key}.{os.getpid()}.new")
        while True:
            try:
                draft.write_bytes(data)
                # A modification time in whole seconds marks the file as unchanged since; see ``file``.
                now = draft.stat().st_mtime_ns // _SECOND * _SECOND
                os.utime(draft, ns=(now, now))
            except OSError:
                draft.unlink(missing_ok=True)
                raise
            with contextlib.suppress(FileNotFoundError):  # another build pruned the draft: write it again
                os.replace(draft, target)
                return target

    def prune(self) -> None:
        """Delete the files that no site links to, and drafts left behind by an interrupted build."""
        for file in (*self._files.glob("*/*"), *self._templates.glob("*.tmp")):
            with contextlib.suppress(FileNotFoundError):  # another build may prune at the same time
                if file.stat().st_nlink == 1:
                    file.unlink()


class MemoryCache:
    """A cache in memory, where there is no disk or no SQLite. It has the interface of ``Cache``.

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


def _connect(file: Path) -> Connection:
    import sqlite3

    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=60, isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 65536")  # a whole text fits in a page: reads twice as fast
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = OFF")  # losing the cache costs only time
        connection.execute(_SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection
