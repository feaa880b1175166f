"""Other people's programs from npm, as the lock file in ``tests/npm`` pins them.

``make test-long`` installs them, and no test does: two tests side by side would undo each other's.
"""

from __future__ import annotations

from pathlib import Path

MODULES = Path(__file__).parent.parent / "npm" / "node_modules"


def program(name: str) -> str:
    """The file that starts a program.

    Raises:
        AssertionError: it is not there.
    """
    file = MODULES / ".bin" / name
    assert file.is_file(), f"no {name}: python scripts/setup_tools.py long-tools"
    return str(file)
