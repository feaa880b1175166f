"""The cache: returns what is cached, deletes what is unused, and survives being lost or corrupt."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microsite.core.cache import Cache
from microsite.core.files import digest_in_name, remove
from microsite.core.fingerprints import digest


class Work:
    """A computation that records its calls."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.asked: list[str] = []

    def __call__(self, paths: Collection[str]) -> Iterable[tuple[str, Any]]:
        self.asked += paths
        return [(path, f"{self.prefix}{path}") for path in paths]


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "store")


def bytes_of(folder: Path) -> bytes:
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


def test_values_that_are_kept_in_memory_are_read_once(cache: Cache, tmp_path: Path) -> None:
    cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, Work())
    cache.keep_in_memory()
    again = cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, lambda _: pytest.fail("asked"))
    for file in filter(Path.is_file, tmp_path.rglob("*")):
        file.write_bytes(b"damaged")
    once_more = cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, lambda _: pytest.fail("asked"))
    assert once_more["a"] is again["a"]
    work = Work("new ")
    assert cache.get_or_compute("n", "s", {"a": "2"}, work) == {"a": "new a"}
    cache.discard("n", "s", ["a"])
    assert cache.get_or_compute("n", "s", {"a": "2", "b": "1"}, work) == {"a": "new a", "b": "new b"}
    assert work.asked == ["a", "a", "b"]


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
    assert b"Zefanja" not in bytes_of(tmp_path)


def test_discarded_entries_are_gone_from_the_disk(cache: Cache, tmp_path: Path) -> None:
    cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, Work("Zefanja" * 2000))
    cache.discard("n", "s", ["a", "b", "c"])
    work = Work()
    assert cache.get_or_compute("n", "s", {"a": "1"}, work) == {"a": "a"}
    assert work.asked == ["a"]
    assert b"Zefanja" not in bytes_of(tmp_path)


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_with_any_changed_byte_is_computed_again(tmp_path: Path, data: st.DataObject) -> None:
    mended: list[Path] = []
    cache = Cache(tmp_path, mended.append)
    keys = {"a": "1", "b": "1"}
    cache.get_or_compute("n", "s", keys, Work())
    file = data.draw(st.sampled_from(sorted(file for file in tmp_path.rglob("*") if file.is_file())))
    content = bytearray(file.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)
    work = Work()
    assert cache.get_or_compute("n", "s", keys, work) == {"a": "a", "b": "b"}
    assert len(work.asked) == 1
    assert mended == [file]


def test_a_value_in_the_place_of_another_is_not_used(cache: Cache, tmp_path: Path) -> None:
    cache.get_or_compute("n", "s", {"a": "1"}, Work())
    (first,) = (file for file in tmp_path.rglob("*") if file.is_file())
    cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, Work())
    (second,) = (file for file in tmp_path.rglob("*") if file.is_file() and file != first)
    second.write_bytes(first.read_bytes())
    assert cache.get_or_compute("n", "s", {"a": "1", "b": "1"}, Work()) == {"a": "a", "b": "b"}


def test_a_value_of_an_older_class_is_computed_again(cache: Cache) -> None:
    cache.get_or_compute("n", "s", {"a": "1"}, Work())
    assert cache.get_or_compute("n", "s", {"a": "1"}, lambda _: [("a", 7)], int) == {"a": 7}


HARMS: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: (path / "in").mkdir(parents=True),
    "a file": lambda path: path.write_bytes(b"x"),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("depth", range(5))
def test_what_is_in_the_way_is_removed(tmp_path: Path, harm: str, depth: int) -> None:
    """``depth``: the cache, its values, a namespace, a scope or a value."""
    mended: list[Path] = []
    cache = Cache(tmp_path / "store", mended.append)
    cache.get_or_compute("n", "s", {"a": "1"}, Work())
    (value,) = (file for file in tmp_path.rglob("*") if file.is_file())
    place = [*reversed(value.parents), value][-5 + depth]
    remove(place)
    HARMS[harm](place)
    for _ in range(2):
        assert cache.get_or_compute("n", "s", {"a": "1"}, Work()) == {"a": "a"}
    assert cache.get_or_compute("n", "s", {"a": "1"}, lambda _: pytest.fail("asked")) == {"a": "a"}
    if depth == 4 or harm != "a folder":
        assert mended == [place]


def test_without_room_on_the_disk_nothing_is_cached(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.get_or_compute("n", "s", {"a": "1"}, Work("oud "))

    def full(_: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        assert cache.get_or_compute("n", "s", {"a": "2"}, Work()) == {"a": "a"}
    work = Work()
    cache.get_or_compute("n", "s", {"a": "1"}, work)
    assert work.asked == ["a"]


def test_what_was_forgotten_is_in_no_byte_of_the_folder(cache: Cache, tmp_path: Path) -> None:
    """Of texts of all sizes, changed, withdrawn and discarded in any order."""
    chance = random.Random(7)  # noqa: S311 -- the same sizes in each run
    texts: dict[str, str] = {}
    for step in range(200):
        path = f"{chance.randrange(12)}"
        gone = texts.pop(path, None)
        if chance.random() < 0.6:
            texts[path] = f"Zefanja{step}. " * chance.choice([1, 30, 700, 9000])
        elif chance.random() < 0.5:
            cache.discard("n", "s", [path])
        keys = {path: digest(text.encode()) for path, text in texts.items()}
        cache.get_or_compute("n", "s", keys, lambda paths: [(path, texts[path]) for path in paths])
        found = bytes_of(tmp_path)
        assert gone is None or gone.partition(" ")[0].encode() not in found
        assert all(text.encode() in found for text in texts.values())


def test_two_builds_may_use_it_at_once(tmp_path: Path) -> None:
    one, other = Cache(tmp_path), Cache(tmp_path)
    one.get_or_compute("n", "s", {"a": "1"}, Work())
    other.get_or_compute("n", "t", {"a": "1"}, Work())
    assert one.get_or_compute("n", "t", {"a": "1"}, lambda _: pytest.fail("asked")) == {"a": "a"}


# ── files ──


def nowhere(_: Collection[str]) -> tuple[()]:
    """No site uses any file."""
    return ()


def test_files_are_kept_while_a_site_links_to_them(cache: Cache, tmp_path: Path) -> None:
    used, unused = cache.put("aa11", b"1"), cache.put("aa22", b"2")
    (tmp_path / "site.jpg").hardlink_to(used)
    cache.prune(nowhere)
    assert used.read_bytes() == b"1"
    assert not unused.exists()
    (tmp_path / "site.jpg").unlink()
    cache.prune(nowhere)
    assert not used.exists()
    assert list(used.parent.iterdir()) == []


def test_files_are_kept_while_a_site_has_a_copy(cache: Cache) -> None:
    used, unused = cache.put("aa11", b"1"), cache.put("aa22", b"2")
    asked: list[str] = []

    def published(keys: Collection[str]) -> list[str]:
        asked.extend(keys)
        return ["aa11"]

    cache.prune(published)
    assert sorted(asked) == ["aa11", "aa22"]
    assert used.exists()
    assert not unused.exists()


def test_a_file_is_there_whole_or_not_at_all(cache: Cache) -> None:
    cache.put("aa11", b"1" * 10)
    file = cache.put("aa11", b"1" * 10)
    assert file == cache.find("aa11")
    assert file.read_bytes() == b"1" * 10
    assert digest_in_name(file) == digest(b"1" * 10)
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("known", [True, False])
def test_a_file_that_was_changed_is_not_used(tmp_path: Path, known: bool) -> None:
    mended: list[Path] = []
    cache = Cache(tmp_path, mended.append)
    file = cache.put("aa11", b"1" * 10)
    if known:
        assert cache.find("aa11") == file
    file.write_bytes(b"1" * 9 + b"2")
    os.utime(file, ns=(1, 1))
    assert cache.find("aa11") is None
    assert mended == [file]
    assert not file.exists()


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("depth", range(4))
def test_what_is_in_the_way_of_a_file_is_removed(tmp_path: Path, harm: str, depth: int) -> None:
    cache = Cache(tmp_path / "store")
    file = cache.put("aa11", b"1")
    place = [*reversed(file.parents), file][-4 + depth]
    remove(place)
    HARMS[harm](place)
    cache.prune(nowhere)
    assert cache.find("aa11") is None
    assert cache.put("aa11", b"1").read_bytes() == b"1"
    assert cache.find("aa11") == file


def test_drafts_and_what_older_versions_kept_are_removed(cache: Cache, tmp_path: Path) -> None:
    used = cache.put("aa11", b"1")
    store = tmp_path / "store"
    left = [store / "values.sqlite", store / "files/aa/aa22", store / "files/aa/.aa11-1.7.tmp"]
    for file in left:
        file.write_bytes(b"x")
    (tmp_path / "site.jpg").hardlink_to(left[1])
    (tmp_path / "photo.jpg").hardlink_to(used)
    cache.prune(nowhere)
    assert [file for file in store.rglob("*") if file.is_file()] == [used]


def test_pruning_an_empty_cache(cache: Cache) -> None:
    cache.prune(nowhere)
