#!/usr/bin/env python3
"""The door: python build.py [build|check|serve|explain] …"""

import os
import sys
from pathlib import Path

VENV = Path(__file__).resolve().parent / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python has to be told so
        sys.exit("microsite vraagt Python 3.11 of nieuwer.")
    try:
        from microsite.__main__ import run

        run()
    except ModuleNotFoundError as missing:
        name = missing.name or "microsite"
        if name.split(".")[0] == "microsite":
            raise
        return elsewhere(name)


def elsewhere(missing: str) -> int:
    """Go on in the Python that was set up for microsite, if there is one and this is another."""
    if PYTHON.exists() and Path(sys.prefix).resolve() != VENV:
        command = [str(PYTHON), *sys.orig_argv[1:]]
        if os.name != "nt":
            os.execv(PYTHON, command)  # noqa: S606 -- no shell is meant
        import subprocess  # seldom needed, and slow to come

        return subprocess.call(command)
    setup = "`make site` (of: python scripts/setup_tools.py runtime)"
    print(f"Eerst inrichten: draai {setup}. Nu ontbreekt {missing}.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(run())
