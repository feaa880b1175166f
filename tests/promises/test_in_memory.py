"""The pipeline runs where there are no processes, disk or native libraries: the bytes are the same."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from helpers import in_memory, sites
from helpers.sites import Campaign


def run(command: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "helpers.in_memory", command, str(folder)],
        env={"PYTHONPATH": f"{in_memory.ROOT}{os.pathsep}{in_memory.ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_site_from_memory_is_that_of_a_build(campaign: Campaign, photo: bytes) -> None:
    assert in_memory.BRAND == sites.BRAND
    campaign.write("content/verhalen/bas.jpg", photo)
    campaign.edit(
        "content/verhalen/bas.md", "role:", "image: {src: bas.jpg, alt: Een brief, credit: Jan}\nrole:"
    )
    campaign.build(day=in_memory.DAY.isoformat()).fine()
    run("record", campaign.root)
    run("replay", campaign.root)
    made = pickle.loads((campaign.root / "site.pickle").read_bytes())
    assert made == campaign.tree()
