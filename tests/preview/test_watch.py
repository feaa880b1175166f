"""The watch tells of every way in which programs save, and never of reading."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from helpers.saving import WAYS
from microsite.preview.watch import AFTERWARDS, LONGEST, QUIET, SETTLED, UNWATCHED, WATCHED, Debounce, Watch

DEADLINE = 30.0
A_WHILE = 0.4  # as long as it takes to be fairly sure that nothing comes


class Told:
    """Stands in for who listens."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self.files: set[str] = set()

    def __call__(self, *files: str) -> None:
        self.files.update(files)
        self._event.set()

    def forget(self) -> None:
        """What is under way belongs to the past."""
        time.sleep(A_WHILE)
        self._event.clear()

    @property
    def soon(self) -> bool:
        return self._event.wait(DEADLINE)

    @property
    def in_a_while(self) -> bool:
        return self._event.wait(A_WHILE)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "content"
    (made / "verhalen").mkdir(parents=True)
    (made / "verhalen" / "amina.md").write_text("een")
    return made


@pytest.fixture
def watching(told: Told) -> Iterator[Watch]:
    before = set(threading.enumerate())
    with Watch(told) as made:
        yield made
    _end_shared_thread()
    deadline = time.monotonic() + DEADLINE
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert set(threading.enumerate()) <= before


def _end_shared_thread() -> None:
    """On Linux watchdog has one thread for all its observers, which it never ends."""
    try:
        from watchdog.observers.inotify_c import InotifyFD
    except ImportError:
        return
    if InotifyFD._instance is not None:
        InotifyFD._instance.stop()
        InotifyFD._instance = None


@pytest.mark.parametrize("save", WAYS)
def test_every_way_of_saving_is_told(
    watching: Watch, told: Told, folder: Path, save: Callable[[Path, str], None]
) -> None:
    watching.follow([folder])
    file = folder / "verhalen" / "amina.md"
    save(file, "twee")
    assert told.soon
    deadline = time.monotonic() + DEADLINE
    while str(file) not in told.files and time.monotonic() < deadline:
        time.sleep(0.01)
    assert str(file) in told.files


def test_reading_is_not_told(watching: Watch, told: Told, folder: Path) -> None:
    watching.follow([folder])
    for _ in range(3):
        assert [path.read_text() for path in folder.rglob("*.md")] == ["een"]
    assert not told.in_a_while


def test_templates_that_a_build_compiles_are_not_told(watching: Watch, told: Told, folder: Path) -> None:
    watching.follow([folder])
    (folder / "__pycache__").mkdir()
    draft = folder / "__pycache__" / "story.html.new"
    draft.write_bytes(b"compiled")
    draft.rename(folder / "__pycache__" / "story.html.jinja")
    assert not told.in_a_while


def test_a_folder_that_is_moved_in_is_told_and_watched(watching: Watch, told: Told, folder: Path) -> None:
    elsewhere = folder.parent / "nieuws"
    elsewhere.mkdir()
    (elsewhere / "een.md").write_text("een")
    watching.follow([folder])
    elsewhere.rename(folder / "nieuws")
    assert told.soon
    told.forget()
    (folder / "nieuws" / "een.md").write_text("twee")
    assert told.soon


def test_removal_is_told(watching: Watch, told: Told, folder: Path) -> None:
    watching.follow([folder])
    shutil.rmtree(folder / "verhalen")
    assert told.soon


def test_a_folder_that_comes_later_is_watched_from_the_next_look_on(
    watching: Watch, told: Told, folder: Path
) -> None:
    later = folder.parent / "templates"
    watching.follow([folder, later])
    assert watching.poll_interval == WATCHED
    later.mkdir()
    watching.follow([folder, later])
    (later / "base.html").write_text("")
    assert told.soon


def test_a_folder_in_the_place_of_another_is_watched(watching: Watch, told: Told, folder: Path) -> None:
    watching.follow([folder])
    folder.rename(folder.parent / "oud")
    folder.mkdir()
    watching.follow([folder])
    told.forget()
    (folder / "nieuw.md").write_text("een")
    assert told.soon


def test_a_folder_that_is_gone_is_left(watching: Watch, told: Told, folder: Path) -> None:
    watching.follow([folder])
    shutil.rmtree(folder)
    assert told.soon
    watching.follow([folder])
    assert watching.poll_interval == UNWATCHED  # nothing is watched, so somebody must look
    folder.mkdir()
    watching.follow([folder])
    assert watching.poll_interval == WATCHED


def test_what_is_no_longer_followed_is_not_told(watching: Watch, told: Told, folder: Path) -> None:
    other = folder.parent / "assets"
    other.mkdir()
    watching.follow([folder, other])
    watching.follow([other])
    told.forget()
    (folder / "nieuw.md").write_text("een")
    assert not told.in_a_while


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE, errno.EACCES])
def test_where_nothing_can_be_watched_one_looks_more_often(
    monkeypatch: pytest.MonkeyPatch, told: Told, folder: Path, number: int
) -> None:
    class Full:
        def start(self) -> None: ...
        def stop(self) -> None: ...
        def join(self) -> None: ...

        def schedule(self, *_: object, **__: object) -> NoReturn:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr("watchdog.observers.Observer", Full)
    with Watch(told) as blind:
        blind.follow([folder])
        assert blind.poll_interval == UNWATCHED


def test_an_observer_that_cannot_start_is_as_if_there_were_none(
    monkeypatch: pytest.MonkeyPatch, told: Told, folder: Path
) -> None:
    def none(**_: Any) -> NoReturn:
        raise OSError(errno.EMFILE, "too many")

    monkeypatch.setattr("watchdog.observers.Observer", none)
    with Watch(told) as blind:
        blind.follow([folder])
        assert blind.poll_interval == UNWATCHED


def test_one_looks_when_it_has_been_quiet_for_a_moment() -> None:
    debounce = Debounce()
    assert debounce.look() is debounce.due() is None
    debounce.event(100.0, "a.md.tmp")
    debounce.event(100.0 + QUIET / 2, "a.md.tmp", "a.md")
    assert debounce.files == {"a.md.tmp", "a.md"}
    assert debounce.look() == 100.0 + QUIET / 2 + SETTLED
    assert debounce.due() == 100.0 + QUIET * 1.5
    debounce.looked(100.1, False)
    assert debounce.look() is None
    assert debounce.due() == 100.0 + QUIET * 1.5
    debounce.reset()
    assert debounce.look() is debounce.due() is None


def test_a_page_that_is_there_already_is_loaded_before_the_rest_is_done() -> None:
    debounce = Debounce()
    debounce.event(100.0, "a.md")
    debounce.looked(100.1, True)
    assert debounce.due() == 100.1 + AFTERWARDS
    debounce.event(100.2, "a.md")
    assert debounce.look() == 100.2 + SETTLED
    debounce.looked(100.3, True)
    assert debounce.due() == 100.0 + LONGEST
    debounce.event(100.4, "b.md")
    debounce.looked(100.41, False)
    assert debounce.due() == 100.4 + QUIET


def test_who_keeps_writing_cannot_put_a_look_off_for_ever() -> None:
    debounce = Debounce()
    for step in range(100):
        debounce.event(100.0 + step * QUIET / 2)
    assert debounce.due() == 100.0 + LONGEST
