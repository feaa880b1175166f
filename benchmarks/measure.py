"""Running a program and noting what it cost."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost.

    ``cpu`` is of the program and all its processes, ``megabytes`` the most that
    one of them held at a time, ``others`` how many cores were busy with something
    else meanwhile.
    """

    wall: float
    cpu: float
    megabytes: float
    others: float


class Failed(Exception):
    """The program ended badly. ``args[0]`` is the end of what it said."""


def run(command: Sequence[str], folder: Path) -> Run:
    """Run to the end, and raise Failed when that is not a good one."""
    with (folder / "bench.log").open("w+b") as log:
        busy, began = _busy(), time.perf_counter()
        pid = _start(command, folder, log)
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - began
        cpu = usage.ru_utime + usage.ru_stime
        others = max(0.0, _busy() - busy - cpu) / wall
        if status:
            log.seek(0)
            raise Failed(f"{Path(command[0]).name}: {log.read().decode(errors='replace')[-2000:]}")
    return Run(wall, cpu, usage.ru_maxrss / 1024, others)


def median(runs: Sequence[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in Run.__slots__))


def _start(command: Sequence[str], folder: Path, log: IO[bytes]) -> int:
    # Bytecode is kept, as it is for whoever builds a second time.
    unset = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "SOURCE_DATE_EPOCH")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment | {"NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    process.returncode = 0  # we wait for it ourselves: only wait4 tells what it used
    return process.pid


def _busy() -> float:
    """The processor seconds that this machine has worked; 0 where it does not tell."""
    try:
        line = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0]
    except OSError:
        return 0.0
    user, nice, system, _idle, _iowait, *rest = (int(field) for field in line.split()[1:9])
    return (user + nice + system + sum(rest)) / _TICKS
