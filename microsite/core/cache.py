"""Work that is remembered between builds: what is costly and the same for every brand.

Two shelves in one folder: values (a parsed document) in a small database, and
files (an encoded photo) that sites link to. Both hold only what is still in
use, so that what was withdrawn is gone from here too. Losing the folder costs
time and nothing else.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pickle
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import msgpack

T = TypeVar("T")

_SECOND = 10**9

_SCHEMA = """
CREATE TABLE IF NOT EXISTS shelf (
    name TEXT, scope TEXT, path TEXT, key TEXT, value BLOB, PRIMARY KEY (name, scope, path)
) WITHOUT ROWID
"""


class Store:
    """Opens (or makes) the store in ``folder``. Safe for several builds at once.

    What the disk does not take is raised as OSError. A damaged database is thrown away.
    """

    def __init__(self, folder: Path) -> None:
        self._values = folder / "values.sqlite"
        self._files = folder / "files"
        self._templates = folder / "templates"
        self._connection: sqlite3.Connection | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self._do(lambda: self._database)

    @property
    def _database(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._values, timeout=60, isolation_level=None)
            try:
                self._connection.execute("PRAGMA page_size = 65536")  # a text in one piece: half the time
                self._connection.execute("PRAGMA secure_delete = ON")
                self._connection.execute("PRAGMA synchronous = OFF")
                self._connection.execute(_SCHEMA)
            except BaseException:
                self.close()
                raise
        return self._connection

    def close(self) -> None:
        """Let go of the database until it is needed again, as before a process is split off."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _do(self, work: Callable[[], T]) -> T:
        """Work with the database; when it turns out to be damaged, with a new one."""
        with _refusals():
            try:
                return work()
            except sqlite3.DatabaseError as error:
                if type(error) is not sqlite3.DatabaseError:
                    raise
                self.close()
                for file in (self._values, self._values.with_name(f"{self._values.name}-journal")):
                    file.unlink(missing_ok=True)
                return work()

    def remember(
        self,
        name: str,
        scope: str,
        keys: Mapping[str, str],
        compute: Callable[[Collection[str]], Iterable[tuple[str, Any]]],
        kind: type | None = None,
    ) -> dict[str, Any]:
        """A value for each path of ``keys``: the one on the shelf when it was put there under the same key.

        The others are computed, all in one call, and put on the shelf. What the
        shelf holds in this scope for paths that are no longer asked for is removed.

        With ``kind`` all are records of this class, and read in half the time: for a shelf with thousands.
        """
        return self._do(lambda: self._remember(name, scope, keys, compute, kind))

    def _remember(
        self,
        name: str,
        scope: str,
        keys: Mapping[str, str],
        compute: Callable[[Collection[str]], Iterable[tuple[str, Any]]],
        kind: type | None,
    ) -> dict[str, Any]:
        # It is our own folder: whoever writes there needs no pickle to do harm.
        read: Callable[[bytes], Any] = pickle.loads if kind is None else msgpack.Decoder(kind).decode
        values: dict[str, Any] = {}
        stale: list[str] = []
        rows = self._database.execute(
            "SELECT path, key, value FROM shelf WHERE name = ? AND scope = ?", (name, scope)
        )
        for path, key, value in rows:
            if keys.get(path) == key:
                try:
                    values[path] = read(value)
                except Exception:  # noqa: BLE001, S112 -- a value of an older class, or a damaged one
                    continue
            elif path not in keys:
                stale.append(path)
        missing = [path for path in keys if path not in values]
        fresh = dict(compute(missing)) if missing else {}
        if not (stale or fresh):
            return values
        write = pickle.dumps if kind is None else msgpack.encode
        with self._transaction():
            self._database.executemany(
                "DELETE FROM shelf WHERE name = ? AND scope = ? AND path = ?",
                [(name, scope, path) for path in stale],
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?, ?)",
                ((name, scope, path, keys[path], write(value)) for path, value in fresh.items()),
            )
        return values | fresh

    def forget(self, name: str, scope: str, paths: Collection[str]) -> None:
        """Take these off the shelf, bytes and all."""
        self._do(lambda: self._forget(name, scope, paths))

    def _forget(self, name: str, scope: str, paths: Collection[str]) -> None:
        with self._transaction():
            self._database.executemany(
                "DELETE FROM shelf WHERE name = ? AND scope = ? AND path = ?",
                [(name, scope, path) for path in paths],
            )

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._database.in_transaction:  # a full disk may have ended it already
                self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def file(self, key: str) -> Path:
        """Where the file of this key is or would be.

        A site links to it, so who edits that site's file in place has edited this one: it is thrown away.
        """
        file = self._files / key[:2] / key
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mtime_ns % _SECOND:
                file.unlink()
        return file

    def put(self, key: str, data: bytes) -> Path:
        """Keep the bytes under this key. Whoever reads meanwhile sees all of it or nothing."""
        target = self.file(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{key}.{os.getpid()}.new")
        while True:
            try:
                draft.write_bytes(data)
                # A whole second is the sign that nobody wrote in it since.
                now = draft.stat().st_mtime_ns // _SECOND * _SECOND
                os.utime(draft, ns=(now, now))
            except OSError:
                draft.unlink(missing_ok=True)
                raise
            with contextlib.suppress(FileNotFoundError):  # another build swept it: once more
                os.replace(draft, target)
                return target

    def sweep(self) -> None:
        """Remove the files that no site links to any more, and what a killed build left half written."""
        for file in (*self._files.glob("*/*"), *self._templates.glob("*.tmp")):
            with contextlib.suppress(FileNotFoundError):  # another build sweeps too
                if file.stat().st_nlink == 1:
                    file.unlink()


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """What SQLite refuses as what the operating system refuses: it is the disk that is full, or locked."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error)) from error
