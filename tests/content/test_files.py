"""Scanning: what is a file of the project, what is not, and when one is read again."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers import sites
from microsite.content import files as sources
from microsite.content.files import FileChanged, Layer, Stamps, scan
from microsite.core.fingerprints import digest

LATER = 4 * 10**18  # a moment after all files of these tests


def write(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path, encoding="utf-8")


def look(folder: Path, known: Stamps | None = None, now_ns: int = LATER) -> tuple[Layer, Stamps]:
    return scan(folder, "national", "content", known or {}, now_ns)


def only(layer: Layer) -> tuple[str, str]:
    (problem,) = layer.problems
    assert problem.hint is not None
    assert problem.severity == "error"
    return str(problem.place), str(problem.message)


def test_files_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/z.md", "a.md", "a/b/c.jpg", "B.MD")
    layer, _ = look(tmp_path)
    assert [source.path for source in layer.sources] == ["B.MD", "a.md", "a/b/c.jpg", "a/z.md", "b.md"]
    assert [source.name for source in layer.sources][1] == "content/a.md"
    assert {source.layer for source in layer.sources} == {"national"}


def test_a_file_knows_its_content(tmp_path: Path) -> None:
    write(tmp_path, "a.MD")
    ((source,), problems) = look(tmp_path)[0].sources, look(tmp_path)[0].problems
    assert problems == ()
    assert source.digest == source.fingerprint == digest(b"a.MD")
    assert (source.suffix, source.read()) == (".md", b"a.MD")


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert look(tmp_path / "nergens")[0] == Layer("national", ())


@pytest.mark.parametrize(
    "name", [".git/config", ".x.md.swp", "a.md~", "#a.md#", "~$a.docx", "__pycache__/a.pyc"]
)
def test_what_editors_and_systems_leave_is_passed_over(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert look(tmp_path)[0] == Layer("national", ())


@pytest.mark.parametrize("to", ["/etc/hostname", "../elders.md", "b.md", "nergens.md", "."])
def test_links_are_not_followed(tmp_path: Path, to: str) -> None:
    folder = tmp_path / "content"
    write(tmp_path, "elders.md", "content/b.md")
    (folder / "a.md").symlink_to(to)
    layer, _ = look(folder)
    assert [source.path for source in layer.sources] == ["b.md"]
    assert only(layer) == ("content/a.md", "is a link to another place, which is not followed")


def test_a_pipe_does_not_stop_the_build(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "foto.jpg")
    assert only(look(tmp_path)[0]) == ("content/foto.jpg", "is not a file")


@pytest.mark.parametrize(
    "name", ["a\nb.md", "a\x1b[31m.md", "a\\b.md", "a\u202eb.md", os.fsdecode(b"a\xff.md")]
)
def test_names_that_cannot_be_an_address(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    place, message = only(look(tmp_path)[0])
    assert "cannot be in a web address" in message
    place.encode()  # it can be printed
    assert place.isprintable()


def test_a_folder_with_such_a_name(tmp_path: Path) -> None:
    (tmp_path / "a\nb").mkdir()
    write(tmp_path, "a\nb/c.md")
    assert "cannot be in a web address" in only(look(tmp_path)[0])[1]


@pytest.mark.parametrize(
    ("name", "limit"), [("a.txt", 1 << 20), ("a.svg", 8 << 20), ("a.json", 8 << 20), ("a.mp4", 64 << 20)]
)
def test_files_have_a_limit(tmp_path: Path, name: str, limit: int) -> None:
    for size, fits in ((limit, True), (limit + 1, False)):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size)
        layer, _ = look(tmp_path)
        assert bool(layer.sources) is fits
        if not fits:
            assert f"is {limit >> 20},1 MB; at most {limit >> 20} MB is taken" in only(layer)[1]


@pytest.mark.parametrize(("one", "other"), [("A.md", "a.md"), ("X/b.md", "x/B.md")])
def test_names_that_are_one_name_elsewhere(tmp_path: Path, one: str, other: str) -> None:
    write(tmp_path, one, other)
    place, message = only(look(tmp_path)[0])
    assert {place.removeprefix("content/"), message.split("'")[1].removeprefix("content/")} == {one, other}


# ── what would keep all others waiting ──


def test_folders_within_each_other_have_a_limit(tmp_path: Path) -> None:
    """However many: what is deeper is not looked at, and the folder is named."""
    folder = tmp_path / "content"
    deep = "/".join("d" * (sources.MAX_DEPTH + 1))
    with sites.nested(folder):
        write(folder, "a.md", f"{deep[:-2]}/b.md", f"{deep}/te-diep.md")
        layer, _ = look(folder)
        (folder / deep / "te-diep.md").unlink()
    assert [source.path for source in layer.sources] == ["a.md", f"{deep[:-2]}/b.md"]
    assert only(layer) == (f"content/{deep}", "more than 20 folders stand within each other here")
    assert layer.rejected == (f"{deep}/",)


def test_so_has_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not taken is known as such: it says nothing about who is in it."""
    monkeypatch.setattr(sources, "MAX_FILES", 2)
    write(tmp_path, "a.md", "b.md", "c.md", "d.md", "e/f.md")
    layer, _ = look(tmp_path)
    assert [source.path for source in layer.sources] == ["a.md", "b.md"]
    assert only(layer)[0] == "content"
    assert layer.rejected == ("c.md", "d.md", "e/")


def test_a_file_that_cannot_be_looked_at_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.md")
    monkeypatch.setattr(sources, "_read", _no_more_files)
    layer, _ = look(tmp_path)
    assert only(layer) == ("content/a.md", "cannot read this: Too many open files")
    assert "allow more open files" in str(layer.problems[0].hint)


def _no_more_files(_: str) -> bytes:
    raise OSError(errno.EMFILE, "Too many open files")


# ── what was seen before ──


def test_what_has_not_changed_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.md", "b.md")
    first, stamps = look(tmp_path)
    assert len(stamps) == 2
    monkeypatch.setattr(sources, "_read", lambda _: pytest.fail("read again"))
    second, again = look(tmp_path, stamps)
    assert (first, stamps) == (second, again)


def test_what_was_written_just_now_is_not_trusted_yet(tmp_path: Path) -> None:
    """Two saves within the clock's tick would look like one."""
    write(tmp_path, "a.md")
    just_now = (tmp_path / "a.md").stat().st_mtime_ns + 10**9
    assert look(tmp_path, now_ns=just_now)[1] == {}
    assert len(look(tmp_path, now_ns=just_now + 5 * 10**9)[1]) == 1


def test_a_save_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    """Some programs put the old time back; the time of the change itself they cannot."""
    file = tmp_path / "a.md"
    file.write_text("een", encoding="utf-8")
    os.utime(file, ns=(10**18, 10**18))
    before, stamps = look(tmp_path)
    file.write_text("two", encoding="utf-8")
    os.utime(file, ns=(10**18, 10**18))
    after, _ = look(tmp_path, stamps)
    assert before.sources[0].digest != after.sources[0].digest


def test_a_replaced_file_is_seen(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    _, stamps = look(tmp_path)
    (tmp_path / "b.md").replace(tmp_path / "a.md")
    layer, _ = look(tmp_path, stamps)
    assert [(source.path, source.digest) for source in layer.sources] == [("a.md", digest(b"b.md"))]


@pytest.mark.parametrize("how", ["changed", "gone", "a link"])
def test_a_file_that_changes_under_the_build_is_noticed(tmp_path: Path, how: str) -> None:
    write(tmp_path, "a.md")
    (source,) = look(tmp_path)[0].sources
    file = tmp_path / "a.md"
    file.unlink()
    if how == "changed":
        file.write_text("anders", encoding="utf-8")
    elif how == "a link":
        file.symlink_to("/etc/hostname")
    with pytest.raises(FileChanged, match=r"content/a\.md"):
        source.read()


def test_stamps_are_only_of_what_is_there(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    stamps: Mapping[str, object] = look(tmp_path)[1]
    assert set(stamps) == {str(tmp_path / "a.md"), str(tmp_path / "b.md")}
