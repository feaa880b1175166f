"""``pytest --quick``: the packages' own tests, without a browser, a server or any other process.

Left out are the tests in tests/promises, tests/browser and tests/servers and those marked ``long`` or
``external``. Any other test that starts a process or opens a socket fails. Documents are parsed in the
test's own process; with a time limit, in a process that can be killed, they are in all other runs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from microsite.core.workers import Workers

TESTS = Path(__file__).resolve().parent.parent
LEFT_OUT = {"promises", "browser", "servers"}
EVENTS = {
    "subprocess.Popen",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.exec",
    "os.system",
    "socket.__new__",
}


def is_quick(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("external", "long"))
    return not marked and item.path.relative_to(TESTS).parts[0] not in LEFT_OUT


class QuickMode:
    """The plugin that is registered for ``--quick``."""

    def __init__(self) -> None:
        self._testing = False
        self._seen: list[str] = []

    def pytest_sessionstart(self) -> None:
        sys.addaudithook(self._audit)

    def _audit(self, event: str, arguments: object) -> None:
        if self._testing and event in EVENTS:
            self._seen.append(event)
            raise RuntimeError(event)

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        config.hook.pytest_deselected(items=[item for item in items if not is_quick(item)])
        items[:] = filter(is_quick, items)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Iterator[None]:
        return (yield from self._watched())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        return (yield from self._watched())

    def _watched(self) -> Iterator[None]:
        """Fail also where the program handles the exception that the audit hook raises."""
        self._testing = True
        self._seen.clear()
        try:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(Workers, "map", _map)
                patched.setattr(Workers, "start", lambda *_, **__: None)
                yield
        finally:
            self._testing = False
            if self._seen:
                pytest.fail(f"{self._seen} in a quick test: mark it 'external'", pytrace=False)


def _map(
    self: Workers, function: Callable[[Any], Any], items: Sequence[Any], limit: float
) -> Iterator[tuple[int, Any]]:
    return ((number, function(item)) for number, item in enumerate(items))
