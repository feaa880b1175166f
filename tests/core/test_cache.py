"""The cache: returns what is cached, deletes what is unused, and survives being lost or corrupt."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from microsite.core.cache import Cache


class Work:
    """A computation that records its calls."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.asked: list[str] = []

    def __call__(self, paths: Collection[str]) -> Iterable[tuple[str, Any]]:
        self.asked += paths
        return [(path, f"{self.prefix}{path}") for path in paths]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "store")
    yield cache
    cache.close()


def bytes_of(cache: Cache, folder: Path) -> bytes:
    cache.close()
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_cached_value_is_not_computed_again(cache: Cache) -> None:
    work = Work()
    assert cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, work) == {"a": "a", "b": "b"}
    assert cache.get_or_compute("n", "s", {"a": "1", "b": "2"}, work) == {"a": "a", "b": "b"}
    assert work.asked == ["a", "b", "b"]


def test_nothing_is_computed_when_all_is_cached(cache: Cache) -> None:
    cache.get_or_compute("n", "s", {"a": "1"}, Work())
    cache.get_or_compute("n", "s", {"a": "1"}, lambda _: pytest.fail("asked"))
    assert cache.get_or_compute("n", "t", {}, lambda _: pytest.fail("asked")) == {}


def test_namespaces_and_scopes_are_separate(cache: Cache) -> None:
    for name, scope in (("n", "s"), ("n", "t"), ("m", "s")):
        cache.get_or_compute(name, scope, {"a": "1"}, Work(name + scope))
    assert cache.get_or_compute("n", "t", {"a": "1"}, Work()) == {"a": "nta"}
    cache.get_or_compute("n", "s", {}, Work())
    assert cache.get_or_compute("m", "s", {"a": "1"}, Work()) == {"a": "msa"}


def test_unused_entries_are_gone_from_the_disk(cache: Cache, tmp_path: Path) -> None:
    cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, Work("Zefanja" * 2000))
    cache.get_or_compute("n", "s", {"a": "2", "b": "1"}, Work("leeg"))
    cache.get_or_compute("n", "s", {"a": "2"}, Work("leeg"))
    assert b"Zefanja" not in bytes_of(cache, tmp_path)


def test_discarded_entries_are_gone_from_the_disk(cache: Cache, tmp_path: Path) -> None:
    cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, Work("Zefanja" * 2000))
    cache.discard("n", "s", ["a", "b", "c"])
    work = Work()
    assert cache.get_or_compute("n", "s", {"a": "1"}, work) == {"a": "a"}
    assert work.asked == ["a"]
    assert b"Zefanja" not in bytes_of(cache, tmp_path)


def test_a_path_that_is_left_out_is_not_cached(cache: Cache) -> None:
    assert cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, lambda _: [("a", 1)]) == {"a": 1}
    work = Work()
    cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, work)
    assert work.asked == ["b"]


def test_a_failing_computation_keeps_the_entries(cache: Cache) -> None:
    def failing(paths: Collection[str]) -> Iterable[tuple[str, Any]]:
        yield "b", 1
        raise ValueError("so")

    cache.get_or_compute("n", "s", {"a": "1"}, Work())
    with pytest.raises(ValueError, match="so"):
        cache.get_or_compute("n", "s", {"b": "1"}, failing)
    cache.get_or_compute("n", "s", {"a": "1"}, lambda _: pytest.fail("asked"))


def test_a_damaged_value_is_computed_again(cache: Cache, tmp_path: Path) -> None:
    cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, Work())
    with sqlite3.connect(tmp_path / "store" / "values.sqlite") as database:
        database.execute("UPDATE entries SET value = 'x' WHERE path = 'a'")
    database.close()
    work = Work()
    assert cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, work) == {"a": "a", "b": "b"}
    assert work.asked == ["a"]


@pytest.mark.parametrize("rubbish", [b"no database at all", b"SQLite format 3\0" + b"x" * 5000])
def test_a_corrupt_database_is_replaced(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "values.sqlite").write_bytes(rubbish)
    cache = Cache(tmp_path)
    assert cache.get_or_compute("n", "s", {"a": "1"}, Work()) == {"a": "a"}
    cache.close()


def test_a_truncated_database_is_replaced(tmp_path: Path) -> None:
    """Its header is still valid."""
    cache = Cache(tmp_path)
    cache.get_or_compute("n", "s", {str(i): "1" for i in range(500)}, Work("x" * 500))
    cache.close()
    file = tmp_path / "values.sqlite"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    cache = Cache(tmp_path)
    assert len(cache.get_or_compute("n", "s", {str(i): "1" for i in range(500)}, Work())) == 500
    cache.close()


def test_two_builds_may_use_it_at_once(tmp_path: Path) -> None:
    one, other = Cache(tmp_path), Cache(tmp_path)
    one.get_or_compute("n", "s", {"a": "1"}, Work())
    other.get_or_compute("n", "t", {"a": "1"}, Work())
    assert one.get_or_compute("n", "t", {"a": "1"}, lambda _: pytest.fail("asked")) == {"a": "a"}
    one.close()
    other.close()


# ── files ──


def test_files_are_kept_while_a_site_links_to_them(cache: Cache, tmp_path: Path) -> None:
    used, unused = cache.put("aa11", b"1"), cache.put("aa22", b"2")
    (tmp_path / "site.jpg").hardlink_to(used)
    cache.prune()
    assert used.read_bytes() == b"1"
    assert not unused.exists()
    (tmp_path / "site.jpg").unlink()
    cache.prune()
    assert not used.exists()
    assert list(used.parent.iterdir()) == []


def test_a_file_is_there_whole_or_not_at_all(cache: Cache) -> None:
    file = cache.put("aa11", b"1" * 10)
    assert file == cache.file("aa11")
    cache.put("aa11", b"2" * 5)
    assert file.read_bytes() == b"2" * 5
    assert [path.name for path in file.parent.iterdir()] == ["aa11"]


def test_pruning_an_empty_cache(cache: Cache) -> None:
    cache.prune()
