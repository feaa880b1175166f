"""Workers: items that take too long are stopped, and no process stays behind."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import Any

import pytest

from microsite.core.workers import InProcess, Limit, Stopped, Workers, available

pytestmark = pytest.mark.external

LIMIT = Limit(20, 20)


def double(number: int) -> int:
    return 2 * number


def process(_: object) -> int:
    return os.getpid()


class Ring:
    """Something that is only let go of by the garbage collector."""

    def __init__(self) -> None:
        self.itself = self
        RINGS.add(self)


RINGS: weakref.WeakSet[Ring] = weakref.WeakSet()


def rings(_: object) -> int:
    """Leave another ring in this process; returns how many there are."""
    Ring()
    return len(RINGS)


def odd(what: Any) -> Any:
    """Does what it is told: the ways in which work can go wrong."""
    match what:
        case "hang":
            time.sleep(60)
        case "slow":
            time.sleep(0.1)
        case "die":
            os._exit(3)
        case "fail":
            raise ValueError("so")
        case "fail from":
            raise ValueError("so") from KeyError("this")
        case "leave":
            raise SystemExit(3)
        case "large":
            return b"x" * 5_000_000
        case "strange":
            return lambda: None
    return what


def loop(_: object) -> None:
    while True:
        sum(range(1000))


def paused(seconds: float) -> str:
    """Its process is stopped by a signal, as by a busy or sleeping machine, and goes on later."""
    subprocess.Popen(["/bin/sh", "-c", f"sleep {seconds}; kill -CONT {os.getpid()}"])
    os.kill(os.getpid(), signal.SIGSTOP)
    return "done"


def paused_once(marker: Path) -> str:
    if not marker.exists():
        marker.touch()
        time.sleep(60)
    return "done"


def results(jobs: int, items: list[Any], limit: Limit = LIMIT) -> list[Any]:
    with Workers(jobs) as workers:
        found = dict(workers.map(odd, items, limit))
    assert multiprocessing.active_children() == []
    return [found[i] for i in range(len(items))]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_everything_is_done_once(jobs: int) -> None:
    assert results(jobs, list(range(30))) == list(range(30))


def test_no_items_start_no_worker() -> None:
    assert results(2, []) == []


def test_what_takes_too_long_is_stopped_and_the_rest_is_done() -> None:
    began = time.perf_counter()
    assert results(2, [1, "hang", 2, "hang", 3], Limit(20, 2)) == [1, Stopped(True), 2, Stopped(True), 3]
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize(("what", "overdue"), [("hang", True), ("die", False)])
def test_one_of_many_is_named_and_all_others_are_done(what: str, overdue: bool) -> None:
    """A process is given several items at once; only the one that it was at is lost."""
    items: list[Any] = list(range(200))
    items[3] = items[70] = what
    expected: list[Any] = list(items)
    expected[3] = expected[70] = Stopped(overdue)
    assert results(2, items, Limit(20, 1.0)) == expected


def test_the_limit_is_for_one_item_not_for_all_that_a_process_was_given() -> None:
    assert results(1, ["slow"] * 20, Limit(20, 1.5)) == ["slow"] * 20


def test_what_computes_for_ever_is_stopped_by_its_processor_time() -> None:
    began = time.perf_counter()
    with Workers(1) as workers:
        assert list(workers.map(loop, [1], Limit(0.3, 60))) == [(0, Stopped(True))]
    assert time.perf_counter() - began < 30


def test_a_machine_that_pauses_is_no_fault_of_the_item() -> None:
    """Longer than the processor time that it may take: none passes while it stands still."""
    with Workers(1) as workers:
        assert list(workers.map(paused, [1.0], Limit(0.3, 20))) == [(0, "done")]


def test_what_was_stopped_is_tried_once_more(tmp_path: Path) -> None:
    with Workers(1) as workers:
        found = workers.map(paused_once, [tmp_path / "been here"], Limit(20, 1.0))
        assert list(found) == [(0, "done")]


def test_a_crash_is_distinguished_from_a_timeout() -> None:
    assert results(1, [1, "die", 2]) == [1, Stopped(False), 2]


@pytest.mark.parametrize("jobs", [1, 2])
def test_exceptions_are_raised_in_the_caller(jobs: int) -> None:
    with pytest.raises(ValueError, match="so"):
        results(jobs, [1, "fail", 2])
    assert multiprocessing.active_children() == []


def test_a_large_result_comes_whole() -> None:
    assert len(results(2, ["large"] * 3)[2]) == 5_000_000


@pytest.mark.parametrize("what", ["leave", "strange"])
def test_other_ways_to_go_wrong_stop_that_item_only(what: str) -> None:
    assert results(1, [1, what, 2]) == [1, Stopped(False), 2]


def test_processes_are_used_again() -> None:
    with Workers(2) as workers:
        first = {pid for _, pid in workers.map(process, range(6), LIMIT)}
        again = {pid for _, pid in workers.map(process, range(6), LIMIT)}
    assert len(first | again) <= 2
    assert os.getpid() not in first


def is_imported(module: str) -> bool:
    return module in sys.modules


def test_a_worker_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("microsite.core.workers._TIDY", 0.0)
    gc.disable()  # as in a build
    try:
        with Workers(1) as workers:
            found = [list(workers.map(rings, [0], LIMIT)) for _ in range(3)]
    finally:
        gc.enable()
    assert found == [[(0, 1)]] * 3


def test_a_worker_that_was_started_early_has_preloaded_and_is_used() -> None:
    assert "tabnanny" not in sys.modules
    with Workers(1) as workers:
        workers.start(preload=["tabnanny"])
        assert [result for _, result in workers.map(is_imported, ["tabnanny"], LIMIT)] == [True]
    assert "tabnanny" not in sys.modules


def test_the_cause_of_an_exception_is_kept() -> None:
    with Workers(1) as workers, pytest.raises(ValueError, match="so") as caught:
        list(workers.map(odd, ["fail from"], LIMIT))
    assert isinstance(caught.value.__cause__, KeyError)


def test_giving_up_half_way_leaves_no_process() -> None:
    with Workers(2) as workers:
        for _ in workers.map(odd, [1, "hang", "hang"], LIMIT):
            break
    assert multiprocessing.active_children() == []


def test_it_works_while_other_threads_run() -> None:
    """Processes are then spawned instead of forked."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert results(1, [1, 2]) == [1, 2]
    finally:
        stop.set()
        thread.join()


# ── spread ──


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 200])
def test_spread_does_everything_once(jobs: int, count: int) -> None:
    with Workers(jobs) as workers:
        assert sorted(workers.spread(double, range(count))) == [(i, 2 * i) for i in range(count)]
    assert multiprocessing.active_children() == []


def test_spread_raises_exceptions() -> None:
    with Workers(2) as workers, pytest.raises(ValueError, match="so"):
        list(workers.spread(odd, [*range(100), "fail", *range(100)]))
    assert multiprocessing.active_children() == []


def test_spread_does_not_pass_over_a_process_that_dies() -> None:
    """Half the pages must never look like all of them."""
    with Workers(2) as workers, pytest.raises((EOFError, OSError, RuntimeError)):
        list(workers.spread(odd, [*range(100), "die", *range(100)]))
    assert multiprocessing.active_children() == []


# ── without processes ──


def test_where_processes_cannot_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(available(3), Workers)
    monkeypatch.setitem(sys.modules, "_multiprocessing", None)
    workers = available(3)
    assert isinstance(workers, InProcess)
    workers.start(preload=["json"])
    assert dict(workers.map(process, [1, 2], LIMIT)) == dict.fromkeys([0, 1], os.getpid())
    assert dict(workers.spread(process, range(200))) == dict.fromkeys(range(200), os.getpid())
    with pytest.raises(ValueError, match="so"):
        list(workers.map(odd, ["fail"], LIMIT))
    workers.close()
