"""The studio of our campaign, made once for all tests that put it online."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from helpers import studio


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the studio of our campaign, made on a day."""
    folder = tmp_path_factory.mktemp("studio") / "output"
    command = [sys.executable, "scripts/studio/make.py", "--loose", "--output", str(folder)]
    subprocess.run([*command, "--date", studio.MADE_ON], cwd=studio.ROOT, check=True)
    return folder
