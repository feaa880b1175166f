"""The store: remembers what is asked for, forgets what is not, and can be lost or damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from microsite.core.cache import Store


class Work:
    """Something to remember, which counts what it is asked."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.asked: list[str] = []

    def __call__(self, paths: Collection[str]) -> Iterable[tuple[str, Any]]:
        self.asked += paths
        return [(path, f"{self.prefix}{path}") for path in paths]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store")
    yield store
    store.close()


def bytes_of(store: Store, folder: Path) -> bytes:
    store.close()
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_what_was_computed_is_not_computed_again(store: Store) -> None:
    work = Work()
    assert store.remember("n", "s", {"a": "1", "b": "1"}, work) == {"a": "a", "b": "b"}
    assert store.remember("n", "s", {"a": "1", "b": "2"}, work) == {"a": "a", "b": "b"}
    assert work.asked == ["a", "b", "b"]


def test_nothing_to_do_asks_for_nothing(store: Store) -> None:
    store.remember("n", "s", {"a": "1"}, Work())
    store.remember("n", "s", {"a": "1"}, lambda _: pytest.fail("asked"))
    assert store.remember("n", "t", {}, lambda _: pytest.fail("asked")) == {}


def test_names_and_scopes_do_not_meet(store: Store) -> None:
    for name, scope in (("n", "s"), ("n", "t"), ("m", "s")):
        store.remember(name, scope, {"a": "1"}, Work(name + scope))
    assert store.remember("n", "t", {"a": "1"}, Work()) == {"a": "nta"}
    store.remember("n", "s", {}, Work())
    assert store.remember("m", "s", {"a": "1"}, Work()) == {"a": "msa"}


def test_what_is_no_longer_asked_for_is_gone_from_the_disk(store: Store, tmp_path: Path) -> None:
    store.remember("n", "s", {"a": "1", "b": "1"}, Work("Zefanja" * 2000))
    store.remember("n", "s", {"a": "2", "b": "1"}, Work("leeg"))
    store.remember("n", "s", {"a": "2"}, Work("leeg"))
    assert b"Zefanja" not in bytes_of(store, tmp_path)


def test_what_is_forgotten_is_gone_from_the_disk(store: Store, tmp_path: Path) -> None:
    store.remember("n", "s", {"a": "1", "b": "1"}, Work("Zefanja" * 2000))
    store.forget("n", "s", ["a", "b", "c"])
    work = Work()
    assert store.remember("n", "s", {"a": "1"}, work) == {"a": "a"}
    assert work.asked == ["a"]
    assert b"Zefanja" not in bytes_of(store, tmp_path)


def test_a_result_that_does_not_come_is_not_remembered(store: Store) -> None:
    assert store.remember("n", "s", {"a": "1", "b": "1"}, lambda _: [("a", 1)]) == {"a": 1}
    work = Work()
    store.remember("n", "s", {"a": "1", "b": "1"}, work)
    assert work.asked == ["b"]


def test_work_that_fails_leaves_what_there_was(store: Store) -> None:
    def failing(paths: Collection[str]) -> Iterable[tuple[str, Any]]:
        yield "b", 1
        raise ValueError("so")

    store.remember("n", "s", {"a": "1"}, Work())
    with pytest.raises(ValueError, match="so"):
        store.remember("n", "s", {"b": "1"}, failing)
    store.remember("n", "s", {"a": "1"}, lambda _: pytest.fail("asked"))


def test_a_damaged_value_is_computed_again(store: Store, tmp_path: Path) -> None:
    store.remember("n", "s", {"a": "1", "b": "1"}, Work())
    with sqlite3.connect(tmp_path / "store" / "values.sqlite") as database:
        database.execute("UPDATE shelf SET value = 'x' WHERE path = 'a'")
    database.close()
    work = Work()
    assert store.remember("n", "s", {"a": "1", "b": "1"}, work) == {"a": "a", "b": "b"}
    assert work.asked == ["a"]


@pytest.mark.parametrize("rubbish", [b"no database at all", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_database_is_begun_anew(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "values.sqlite").write_bytes(rubbish)
    store = Store(tmp_path)
    assert store.remember("n", "s", {"a": "1"}, Work()) == {"a": "a"}
    store.close()


def test_a_database_that_breaks_off_is_begun_anew(tmp_path: Path) -> None:
    """Half a file still begins like a database."""
    store = Store(tmp_path)
    store.remember("n", "s", {str(i): "1" for i in range(500)}, Work("x" * 500))
    store.close()
    file = tmp_path / "values.sqlite"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    store = Store(tmp_path)
    assert len(store.remember("n", "s", {str(i): "1" for i in range(500)}, Work())) == 500
    store.close()


def test_two_builds_may_use_it_at_once(tmp_path: Path) -> None:
    one, other = Store(tmp_path), Store(tmp_path)
    one.remember("n", "s", {"a": "1"}, Work())
    other.remember("n", "t", {"a": "1"}, Work())
    assert one.remember("n", "t", {"a": "1"}, lambda _: pytest.fail("asked")) == {"a": "a"}
    one.close()
    other.close()


# ── files ──


def test_files_are_kept_while_a_site_links_to_them(store: Store, tmp_path: Path) -> None:
    used, unused = store.put("aa11", b"1"), store.put("aa22", b"2")
    (tmp_path / "site.jpg").hardlink_to(used)
    store.sweep()
    assert used.read_bytes() == b"1"
    assert not unused.exists()
    (tmp_path / "site.jpg").unlink()
    store.sweep()
    assert not used.exists()
    assert list(used.parent.iterdir()) == []


def test_a_file_is_there_whole_or_not_at_all(store: Store) -> None:
    file = store.put("aa11", b"1" * 10)
    assert file == store.file("aa11")
    store.put("aa11", b"2" * 5)
    assert file.read_bytes() == b"2" * 5
    assert [path.name for path in file.parent.iterdir()] == ["aa11"]


def test_sweeping_where_nothing_was_ever_kept(store: Store) -> None:
    store.sweep()
