"""The compiler of material starts threads of its own, and a process that forks after that can wait for ever.

A build runs it in workers only; so do these tests, since others in the same process fork.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from helpers.printing import compiled
from microsite.rendering.print import compiler


@pytest.fixture(scope="module", autouse=True)
def compiled_in_another_process() -> Iterator[None]:
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned) as pool, pytest.MonkeyPatch.context() as patch:

        def elsewhere(*arguments: Any, **more: Any) -> bytes:
            return pool.submit(compiled, *arguments, **more).result()

        patch.setattr(compiler, "compile", elsewhere)
        yield
