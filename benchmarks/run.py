#!/usr/bin/env python3
"""Build one campaign with this engine and with others, in turns, and compare: python benchmarks/run.py

--sizes 60,1000     stories; more than 2,000 is built by this engine alone, once, for its memory
--peers hugo,…      the others: hugo, pelican, mkdocs
--reps 3            rounds; the median counts
--demo              the campaign of this repository instead
--json FILE         all numbers
--peers-dir DIR     where the peers are; installed in benchmarks/.peers when not given
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import corpus
import goals
import tools
from measure import Failed, Run, median, run
from tools import HERE, PEERS, RUNTIME, Ours, Tool

INSTALLED = HERE / ".peers"
LARGE = 2000
COLD, UNCHANGED, EDIT = "cold", "nothing changed", "one body changed"


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what it costs ``tool`` to do ``step`` in a campaign of ``stories``."""

    stories: int
    tool: str
    step: str
    cost: Run


class Wrong(Exception):
    """A site is not what it must be, so its time means nothing. ``args[0]`` says what."""


def main() -> int:
    choices = _choices()
    equip()
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        try:
            rows = list(_demo(Path(work), choices.reps) if choices.demo else _all(Path(work), choices))
        except (Failed, Wrong) as error:
            print(f"stopped: {error.args[0]}", file=sys.stderr)
            return 1
    judged = [] if choices.demo else goals.judge({(r.stories, r.tool, r.step): r.cost for r in rows})
    for goal in judged:
        print(goal)
    if choices.json is not None:
        data = {
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "rows": [dataclasses.asdict(row) for row in rows],
            "goals": [dataclasses.asdict(goal) for goal in judged],
        }
        choices.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", default="60,1000", type=lambda given: [int(size) for size in given.split(",")]
    )
    parser.add_argument(
        "--peers", default=",".join(PEERS), type=lambda given: [p for p in given.split(",") if p]
    )
    parser.add_argument("--reps", default=3, type=int)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--peers-dir", type=Path)
    choices = parser.parse_args()
    if unknown := set(choices.peers) - PEERS.keys():
        parser.error(f"no such peer: {', '.join(sorted(unknown))}")
    return choices


# ── rounds ────────────────────────────────────────────────────────────────────


def _all(work: Path, choices: argparse.Namespace) -> Iterator[Row]:
    peers = installed(choices.peers_dir) if choices.peers else INSTALLED
    for stories in choices.sizes:
        if stories > LARGE:
            rows = _large(work / str(stories), stories)
        else:
            others = [PEERS[name](peers) for name in choices.peers]
            rows = _compared(work / str(stories), stories, [Ours(1), Ours(2), *others], choices.reps)
        yield from _shown(f"{stories:,} stories and {corpus.documents(0)} other texts", rows)


def _compared(work: Path, stories: int, contestants: Sequence[Tool], reps: int) -> list[Row]:
    """Every tool in every round, so that what else the machine does hits all alike."""
    folders = {tool: work / tool.name for tool in contestants}
    for tool, folder in folders.items():
        _say(f"{stories}: {tool.name}")
        tool.stage(folder, stories)
        run(tool.command(folder), folder)  # for the bytecode and the page cache
        _sound(tool.lacking(folder, stories), tool)
    costs: dict[tuple[Tool, str], list[Run]] = {}
    for number in range(reps):
        _say(f"{stories}: round {number + 1} of {reps}")
        for tool, folder in folders.items():
            for step, cost in _round(tool, folder, number):
                costs.setdefault((tool, step), []).append(cost)
    return [Row(stories, tool.name, step, median(runs)) for (tool, step), runs in costs.items()]


def _round(tool: Tool, folder: Path, number: int) -> Iterator[tuple[str, Run]]:
    """Cold; then, but not for our second line, again; and again after an edit."""
    command = tool.command(folder)
    tool.clear(folder)
    os.sync()
    yield COLD, run(command, folder)
    if isinstance(tool, Ours) and tool.jobs > 1:
        return
    yield UNCHANGED, run(command, folder)
    tool.edit(folder, number)
    yield EDIT, run(command, folder)
    _sound(tool.edited(folder, number), tool)


def _large(work: Path, stories: int) -> list[Row]:
    rows = []
    for tool in (Ours(1), Ours(2)):
        _say(f"{stories}: {tool.name}")
        folder = work / tool.name
        tool.stage(folder, stories)
        rows.append(Row(stories, tool.name, COLD, run(tool.command(folder), folder)))
        _sound(tool.lacking(folder, stories), tool)
    return rows


def _demo(work: Path, reps: int) -> Iterator[Row]:
    """The campaign of this repository, copied: photos, downloads and all."""
    costs: dict[tuple[str, str], list[Run]] = {}
    for number in range(reps):
        for jobs in (1, 2):
            tool = tools.Demo(jobs)
            folder = work / tool.name
            if not folder.exists():
                tool.stage(folder, 0)
            for step, cost in _round(tool, folder, number):
                costs.setdefault((tool.name, step), []).append(cost)
    rows = [Row(0, name, step, median(runs)) for (name, step), runs in costs.items()]
    yield from _shown("the campaign of this repository", rows)


def _sound(wrong: str, tool: Tool) -> None:
    if wrong:
        raise Wrong(f"{tool.name}: {wrong}")


# ── peers ─────────────────────────────────────────────────────────────────────


def installed(peers: Path | None = None) -> Path:
    """Where the peers are: in an environment of their own, or where they were put."""
    if peers is not None:
        return peers.resolve()
    _install(INSTALLED, HERE / "requirements-peers.txt")
    return INSTALLED


def equip() -> None:
    """See to it that we run in an environment like that of a user, who has not what our tests need."""
    _install(RUNTIME, HERE.parent / "requirements.txt")


def _install(folder: Path, wanted: Path) -> None:
    """An environment with this list of packages, made anew when the list has changed."""
    done = folder / "requirements.txt"
    if not done.exists() or done.read_bytes() != wanted.read_bytes():
        _say(f"installing {wanted.name}")
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
        done.write_bytes(wanted.read_bytes())


# ── telling ───────────────────────────────────────────────────────────────────


def _shown(title: str, rows: Sequence[Row]) -> Sequence[Row]:
    peers = [name for name in PEERS if any(row.tool == name for row in rows)]
    print(f"\n{title}")
    print(
        f"{'':18}{'':18}{'wall s':>8}{'cpu s':>8}{'MB':>6}{'others':>8}"
        + "".join(f"{'/' + p:>10}" for p in peers)
    )
    for row in sorted(rows, key=lambda row: (COLD, UNCHANGED, EDIT).index(row.step)):
        cost = row.cost
        peer = _finder(rows, row.step)
        ratios = "".join(f"{cost.wall / peer(name).wall:10.2f}" for name in peers)
        figures = f"{cost.wall:8.2f}{cost.cpu:8.2f}{cost.megabytes:6.0f}{cost.others:8.2f}"
        print(f"{row.step:18}{row.tool:18}{figures}{ratios}")
    print()
    return rows


def _finder(rows: Sequence[Row], step: str) -> Callable[[str], Run]:
    return lambda name: next(row.cost for row in rows if row.tool == name and row.step == step)


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
