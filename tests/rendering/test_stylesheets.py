"""Stylesheets as they are published."""

from __future__ import annotations

import re

import pytest

from microsite.rendering.recipes import shared_stylesheet


@pytest.mark.parametrize("selector", [".a :is(b, i)", "#a :not(b)", ".a[b] :where(i)", ".a :is(b):has(> i)"])
@pytest.mark.parametrize(
    "around", ["{}", "@layer x {{ {} }}", "@layer x {{ .c {{ top: 0; }} @media print {{ {} }} }}"]
)
def test_minifying_leaves_it_a_descendant(selector: str, around: str) -> None:
    written = shared_stylesheet(around.format(f"{selector} {{ color: red; }}")).decode()
    assert re.search(r"[\w\]] \*:(is|not|where)\(", written), written
