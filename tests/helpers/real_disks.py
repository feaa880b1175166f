"""Builds on disks of their own kind; run by test_crash.py where one may mount them. Prints JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from helpers import faults
from helpers.faults import Bench, Ended
from helpers.sites import BRAND, Campaign


def main() -> None:
    """``argv[1]`` is the folder of a Bench that was changed."""
    home = Path(sys.argv[1])
    old = faults.everything(home / "voor" / BRAND)
    new = faults.everything(home / "koud" / BRAND)
    seen: dict[str, Any] = {}

    place = disk(home / "vol", "size=8m")
    bench = Bench(Campaign(home / "campagne", place / "uit"), home / "voor", old, new)
    bench.reset()
    filler = place / "vulling"
    filler.touch()
    seen["full"] = []
    for left in range(0, 64, 8):  # so many KB are free
        filler.write_bytes(b"")
        bench.reset()
        fill(filler, place, left)
        seen["full"].append(account(bench, bench.build()))
    filler.unlink()
    seen["room again"] = account(bench, bench.build())

    place = disk(home / "ander", "size=8m")
    bench = Bench(Campaign(home / "campagne", place / "uit"), home / "voor", old, new)
    bench.reset()
    seen["on another disk"] = account(bench, bench.build())

    bench = Bench(Campaign(home / "campagne", home / "uit-schijf"), home / "voor", old, new)
    disk(bench.shown, "size=8m")
    seen["output is a disk"] = [account(bench, bench.build()), account(bench, bench.build())]
    print(json.dumps(seen))


def disk(place: Path, options: str) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
    return place


def free(place: Path) -> int:
    status = os.statvfs(place)
    return status.f_bavail * status.f_bsize


def fill(filler: Path, place: Path, left: int) -> None:
    """Make the filler so large that this many KB are free."""
    filler.write_bytes(bytes(free(place) - left * 1024))


def account(bench: Bench, ended: Ended) -> list[Any]:
    lines = ended.said.splitlines()
    sentence = "Traceback" not in ended.said and len(lines) == (1 if ended.status == 0 else 3)
    return [ended.status, bench.verdict(), "sentence" if sentence else ended.said]


if __name__ == "__main__":
    main()
