"""The drawn photographs of ``scripts/test_photos.py``."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "scripts" / "test_photos.py"


@cache
def scenes() -> Any:
    spec = importlib.util.spec_from_file_location("photos", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
