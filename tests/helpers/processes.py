"""The program in a process of its own, as people start it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.sites import NO_MATERIAL, Campaign
from microsite import cli

ENGINE = Path(cli.__file__).parent.parent
"""The folder of ``build.py``, ``templates/`` and ``assets/``."""


def environment(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "MICROSITE_LANGUAGE": "en", "PYTHONDONTWRITEBYTECODE": "1", **more}


def command(name: str, campaign: Campaign, *more: str) -> list[str]:
    """The words of ``build.py NAME`` for this campaign. No material, unless it is asked for."""
    places = ["--project", str(campaign.root), "--output", str(campaign.output)]
    return [sys.executable, str(ENGINE / "build.py"), name, *places, *NO_MATERIAL, *more]


def run(name: str, campaign: Campaign, *more: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``build.py NAME`` to its end, with these environment variables."""
    words = command(name, campaign, *more)
    surroundings = environment(**variables)
    return subprocess.run(words, env=surroundings, capture_output=True, text=True, timeout=300, check=False)


def start(name: str, campaign: Campaign, *more: str, flags: Sequence[str] = ()) -> subprocess.Popen[str]:
    """A running ``build.py NAME`` with all its output in one pipe; ``flags`` are those of Python."""
    python, *words = command(name, campaign, *more)
    with default_signals():
        return subprocess.Popen(
            [python, *flags, *words],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


@contextmanager
def default_signals() -> Iterator[None]:
    """Let processes that are started meanwhile react to SIGINT and SIGHUP.

    A shell's background job ignores the first, what ``nohup`` starts the second, and so
    would all their children: an ignored signal is inherited, one with a handler is not.
    """
    ignored = [one for one in (signal.SIGINT, signal.SIGHUP) if signal.getsignal(one) is signal.SIG_IGN]
    try:
        for one in ignored:
            signal.signal(one, lambda *_: None)
        yield
    finally:
        for one in ignored:
            signal.signal(one, signal.SIG_IGN)
