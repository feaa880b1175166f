"""What the tests in a browser share: the demo campaign's own site, and a host that shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpers import browser as tools
from helpers.browser import Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The campaign's own site, with all of its material; it is only looked at."""
    return Site(tools.built_once(tmp_path_factory, tools.BRAND, material="all") / tools.BRAND)


@pytest.fixture(scope="module")
def root(site: Site) -> Iterator[str]:
    """Where that site stands, with a slash at the end."""
    with tools.served(site.folder) as host:
        yield f"{host}/"
