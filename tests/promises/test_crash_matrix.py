"""Every call of a build that touches its folders: killed at each, and refused at many of them.

Prints how many there were, and what was seen. ``MICROSITE_CRASH_STEP=10`` takes each tenth point only.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

import pytest

from helpers import faults
from helpers.faults import NO_EXCHANGE, Bench, Fault

pytestmark = pytest.mark.long

STEP = int(os.environ.get("MICROSITE_CRASH_STEP", "1"))
THREADS = os.cpu_count() or 1
ERRORS = ("ENOSPC", "EIO", "EMFILE", "EROFS", "EACCES")
COPIES = "copy_file_range,sendfile"

Trial = Callable[[Bench, Fault], str]
"""Does one point; tells what was seen, with an exclamation mark before what must not be."""


@pytest.fixture
def benches(tmp_path: Path) -> Callable[[Callable[[Path], Bench]], Callable[[], Bench]]:
    """For each thread a bench of its own, made by the same function."""

    def each(make: Callable[[Path], Bench]) -> Callable[[], Bench]:
        known = local()

        def mine() -> Bench:
            if not hasattr(known, "bench"):
                known.bench = make(tmp_path / f"bank-{os.urandom(4).hex()}")
            bench: Bench = known.bench
            return bench

        return mine

    return each


def survey(mine: Callable[[], Bench], points: Sequence[Fault], trial: Trial) -> Counter[str]:
    """What was seen at all these points. Fails with those where it must not be."""

    def one(point: Fault) -> tuple[Fault, str]:
        return point, trial(mine(), point)

    with ThreadPoolExecutor(THREADS) as pool:
        seen = list(pool.map(one, points))
    wrong = [f"{point}: {what}" for point, what in seen if "!" in what]
    found = Counter(what for _, what in seen)
    print(f"\n{len(points)} points: {dict(found)}")
    assert wrong == [], f"{len(wrong)} of {len(points)}:\n" + "\n".join(wrong[:20])
    return found


def killed_and_mended(options: Sequence[str], after: Sequence[str] = (), *, mixed: bool = False) -> Trial:
    """Kill a build, and build again; ``mixed``: in between the site may be on its way."""

    def trial(bench: Bench, point: Fault) -> str:
        bench.reset()
        ended = bench.build(*options, *point.options)
        if not ended.killed:
            return "ended before" if ended.status == 0 else f"!status {ended.status}: {ended.said}"
        seen = bench.verdict()
        if seen.startswith("torn"):
            wrong = bench.foreign_bytes() + bench.dangling()
            seen = f"!{seen}" if not mixed or wrong else "on its way"
        trouble = bench.mended(bench.build(*after))
        return f"!after {seen}: {trouble}" if trouble else seen

    return trial


def refused_and_mended(bench: Bench, point: Fault) -> str:
    """Let one call fail, and build again."""
    bench.reset()
    ended = bench.build(*point.options)
    seen = bench.verdict()
    if "Traceback" in ended.said or ended.status not in (0, 1) or len(ended.said.splitlines()) > 5:
        return f"!status {ended.status}: {ended.said}"
    if seen.startswith("torn") or (ended.status == 0 and seen != "new"):
        return f"!status {ended.status}: {seen}"
    trouble = bench.mended(bench.build())
    return f"!after {seen}: {trouble}" if trouble else f"status {ended.status}, {seen}"


def all_calls(bench: Bench, options: Sequence[str] = (), *, step: int = 1) -> list[Fault]:
    bench.reset()
    found = faults.calls(bench, options)
    return [Fault(kind, when) for kind, numbers in found.items() for when in numbers][:: step * STEP]


class TestKilled:
    def test_a_change(self, benches, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        points = all_calls(faults.changed(tmp_path / "proef"))
        found = survey(benches(faults.changed), points, killed_and_mended(()))
        assert found.keys() >= {"old", "new"}

    def test_a_first_build(self, benches, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        points = all_calls(faults.first(tmp_path / "proef"))
        survey(benches(faults.first), points, killed_and_mended(()))

    def test_a_change_file_by_file(self, benches, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        points = all_calls(faults.changed(tmp_path / "proef"), NO_EXCHANGE)
        trial = killed_and_mended(NO_EXCHANGE, NO_EXCHANGE, mixed=True)
        found = survey(benches(faults.changed), points, trial)
        assert "on its way" in found

    @pytest.mark.parametrize("options", [(), NO_EXCHANGE], ids=["exchange", "file-by-file"])
    def test_a_build_that_mends(self, benches, tmp_path: Path, options) -> None:  # type: ignore[no-untyped-def]
        """Killed file by file half-way, killed again while the next build finishes that."""

        def halfway(folder: Path) -> Bench:
            pages = {"nieuw.html", "weg.html"}  # the new one is there already, the old one still
            return stopped(folder, "rename", lambda bench: pages <= bench.tree().keys(), NO_EXCHANGE)

        points = all_calls(halfway(tmp_path / "proef"), options)
        found = survey(benches(halfway), points, killed_and_mended(options, options, mixed=True))
        assert found.keys() <= {"on its way", "new", "ended before"}

    def test_a_build_that_settles(self, benches, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        """Killed right after the exchange, killed again while the next build finds out."""

        def exchanged(folder: Path) -> Bench:
            return stopped(folder, "unlinkat", lambda bench: bench.verdict() == "new")

        points = all_calls(exchanged(tmp_path / "proef"))
        found = survey(benches(exchanged), points, killed_and_mended(()))
        assert found.keys() <= {"new", "ended before"}


def stopped(folder: Path, kind: str, wanted: Callable[[Bench], bool], options: Sequence[str] = ()) -> Bench:
    """A bench that begins with a build that was killed at a call of this kind, and left it as wanted."""
    bench = faults.changed(folder)
    bench.reset()
    for when in faults.calls(bench, options)[kind]:
        bench.reset()
        bench.build(*options, *Fault(kind, when).options)
        if wanted(bench):
            shutil.rmtree(bench.before)
            faults.clone(bench.campaign.output, bench.before)
            return bench
    raise AssertionError(f"no {kind} stops a build there")


class TestRefused:
    @pytest.mark.parametrize("error", ERRORS)
    def test_one_call_in_a_change(self, benches, tmp_path: Path, error: str) -> None:  # type: ignore[no-untyped-def]
        points = all_calls(faults.changed(tmp_path / "proef"), step=4)
        points = [Fault(point.call, point.when, f"error={error}") for point in points]
        found = survey(benches(faults.changed), points, refused_and_mended)
        assert any(what.startswith("status 1, old") for what in found)

    def test_all_calls_from_one_on(self, benches, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        """A disk that stays full or read-only: links, folders and replacements fail until the build ends."""
        points = all_calls(faults.changed(tmp_path / "proef"))
        kinds = {
            "link": "EPERM",
            "mkdir": "ENOSPC",
            "rename": "EROFS",
            "renameat2": "EROFS",
            "unlinkat": "EROFS",
        }
        points = [Fault(p.call, p.when, f"error={kinds[p.call]}") for p in points if p.call in kinds]

        def trial(bench: Bench, point: Fault) -> str:
            bench.reset()
            more = ("-e", f"inject={COPIES}:error=ENOSPC") if point.call == "link" else ()
            ended = bench.build("-e", f"inject={point.call}:{point.what}:when={point.when}+", *more)
            seen = bench.verdict()
            if "Traceback" in ended.said or ended.status not in (0, 1) or seen.startswith("torn"):
                return f"!status {ended.status}, {seen}: {ended.said}"
            trouble = bench.mended(bench.build())
            return f"!after {seen}: {trouble}" if trouble else f"status {ended.status}, {seen}"

        survey(benches(faults.changed), points, trial)
