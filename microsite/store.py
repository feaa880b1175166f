"""Work that is remembered between builds: what is costly and the same for every brand.

Two shelves in one folder: values (a parsed document) in a small database, and
files (an encoded photo) that sites link to. Both hold only what is still in
use, so that what was withdrawn is gone from here too. Losing the folder costs
time and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS shelf (
    name TEXT, scope TEXT, path TEXT, key TEXT, value BLOB, PRIMARY KEY (name, scope, path)
) WITHOUT ROWID
"""


class Store:
    """Opens (or makes) the store in ``folder``. Safe for several builds at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = folder / "files"
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._database = self._open()
        except sqlite3.DatabaseError:
            (folder / "values.sqlite").unlink(missing_ok=True)
            self._database = self._open()

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._folder / "values.sqlite", timeout=60, isolation_level=None)
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(_SCHEMA)
        return database

    def close(self) -> None:
        self._database.close()

    def remember(
        self,
        name: str,
        scope: str,
        keys: Mapping[str, str],
        compute: Callable[[Collection[str]], Iterable[tuple[str, Any]]],
    ) -> dict[str, Any]:
        """A value for each path of ``keys``: the one on the shelf when it was put there under the same key.

        The others are computed, all in one call, and put on the shelf. What the
        shelf holds in this scope for paths that are no longer asked for is removed.
        """
        values: dict[str, Any] = {}
        stale: list[str] = []
        rows = self._database.execute(
            "SELECT path, key, value FROM shelf WHERE name = ? AND scope = ?", (name, scope)
        )
        for path, key, value in rows:
            if keys.get(path) == key:
                with contextlib.suppress(Exception):  # a value of an older class, or a damaged one
                    values[path] = pickle.loads(value)
            elif path not in keys:
                stale.append(path)
        missing = [path for path in keys if path not in values]
        fresh = dict(compute(missing)) if missing else {}
        with self._transaction():
            self._database.executemany(
                "DELETE FROM shelf WHERE name = ? AND scope = ? AND path = ?",
                [(name, scope, path) for path in stale],
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?, ?)",
                (
                    (name, scope, path, keys[path], pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
                    for path, value in fresh.items()
                ),
            )
        return values | fresh

    def forget(self, name: str, scope: str, paths: Collection[str]) -> None:
        """Take these off the shelf, bytes and all."""
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
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def file(self, key: str) -> Path:
        """Where the file of this key is or would be."""
        return self._files / key[:2] / key

    def put(self, key: str, data: bytes) -> Path:
        """Keep the bytes under this key. Whoever reads meanwhile sees all of it or nothing."""
        target = self.file(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{key}.{os.getpid()}.new")
        draft.write_bytes(data)
        os.replace(draft, target)
        return target

    def sweep(self) -> None:
        """Remove the files that no site links to any more."""
        for folder in self._files.glob("*"):
            for file in folder.iterdir():
                if file.stat().st_nlink == 1:
                    file.unlink(missing_ok=True)
