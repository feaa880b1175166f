"""What all tests share: English messages, and nothing of the machine's own day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from helpers import quick, sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A machine that is busy with other things is no slower program.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick", action="store_true", help="the packages' own tests: see tests/helpers/quick.py"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--quick"):
        config.pluginmanager.register(quick.QuickMode())


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "en")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def campaign(tmp_path: Path) -> sites.Campaign:
    """The small campaign, not built yet."""
    return sites.campaign(tmp_path / "campagne")


@pytest.fixture
def photo() -> bytes:
    return sites.jpeg()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the tests of one file. Those of other files do not load what drives it."""
    from playwright.sync_api import sync_playwright

    from helpers import browser

    with sync_playwright() as playwright, closing(browser.launch(playwright)) as running:
        yield running
