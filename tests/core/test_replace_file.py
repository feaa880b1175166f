"""Replacing a file: by several processes at once, and after one that was killed."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from helpers import sites
from microsite.core.files import replace_file


def test_a_file_is_replaced_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "[a].json"
    for left in (
        ".[a].json.new",
        ".[a].json.123.new",
    ):  # of an older version, and of a process that was killed
        (tmp_path / left).write_bytes(b"half")
    (tmp_path / ".b.json.123.new").write_bytes(b"another file's")
    replace_file(file, b"one")
    replace_file(file, b"two")
    assert file.read_bytes() == b"two"
    assert sites.names(tmp_path) == [".b.json.123.new", "[a].json"]


def test_what_cannot_be_replaced_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(OSError, match="directory"):
        replace_file(tmp_path / "a.json", b"one")
    assert sites.names(tmp_path) == ["a.json"]


def _replace_often(file: Path, name: str) -> None:
    for i in range(300):
        replace_file(file, f"{name}{i}".encode() * 100)


@pytest.mark.external
def test_processes_that_replace_it_at_once_do_not_fail(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_replace_often, args=(file, name)) for name in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(set(file.read_bytes().split(b"299"))) == 2
    assert sites.names(tmp_path) == ["a.json"]
