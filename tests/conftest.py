"""What all tests share: English messages, and nothing of the machine's own day."""

from __future__ import annotations

from pathlib import Path

import pytest
import sites
from hypothesis import settings

# A machine that is busy with other things is no slower program.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


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
