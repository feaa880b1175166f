"""The order of the packages, what may be imported where, and the size of files and classes."""

from __future__ import annotations

import ast
import graphlib
import importlib
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

import microsite
from helpers.modules import GRAPH, MODULES, NATIVE, OF_THE_SYSTEM, SOURCES, TREES, libraries
from helpers.sites import Campaign
from microsite.core.problems import Problem
from microsite.rendering import jinja

PACKAGE = Path(microsite.__file__).parent

ORDER = (
    "core",
    "media",
    "content",
    "brand",
    "rendering",
    "site",
    "publishing",
    "loading",
    "pipeline",
    "session",
    "material",
    "pack",
    "studio",
    "reduced",
    "retired",
    "build",
    "withdraw",
    "preview",
    "commands",
    "arguments",
    "cli",
    "__main__",
)
"""The packages and top-level modules: each imports only those before it."""

BASE = {"core.dutch_words", "core.problems", "core.fingerprints", "core.records"}
"""Modules that import none of ours but each other."""

DOORS = {
    "__main__",
    "cli",
    "commands.asking",
    "commands.explain",
    "commands.links",
    "commands.notify",
    "commands.serve",
    "preview.server",
    "preview.watch",
}
"""Modules that only each other may import, and that may use the network and today's date."""

LONGEST_FILE = 450
LONGEST_CLASS = 250
LONGEST_INIT = 25
LONG = re.compile(r"^Long because .+", re.MULTILINE)
"""The sentence in the docstring of a module that is longer than ``LONGEST_FILE``."""


def part(module: str) -> str:
    return module.partition(".")[0]


# ── imports ──────────────────────────────────────────────────────────────────────────────────────────


def test_there_is_no_circle_of_imports() -> None:
    order = list(graphlib.TopologicalSorter(GRAPH).static_order())
    assert sorted(order) == MODULES


def test_there_is_no_circle_of_packages() -> None:
    parts = {one: {part(to) for name in MODULES if part(name) == one for to in GRAPH[name]} for one in ORDER}
    list(graphlib.TopologicalSorter({one: used - {one} for one, used in parts.items()}).static_order())


def test_every_part_is_in_the_order() -> None:
    assert sorted(ORDER) == sorted({part(name) for name in MODULES})


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_one_way(name: str) -> None:
    allowed = {*ORDER[: ORDER.index(part(name)) + 1]}
    assert [target for target in sorted(GRAPH[name]) if part(target) not in allowed] == []


def test_the_graph_is_read_right() -> None:
    assert {"publishing.publisher", "content.files", "core.problems"} <= GRAPH["build"]
    assert "__main__" not in set().union(*GRAPH.values())


@pytest.mark.parametrize("door", sorted(DOORS))
def test_a_door_is_imported_by_doors_only(door: str) -> None:
    assert {name for name in MODULES if door in GRAPH[name]} <= DOORS - {door}


def test_the_base_imports_only_itself() -> None:
    assert set().union(*(GRAPH[name] for name in BASE)) <= BASE


@pytest.mark.parametrize(("library", "module"), sorted((NATIVE | OF_THE_SYSTEM).items()))
def test_a_native_library_is_imported_in_one_module(library: str, module: str) -> None:
    """So that it can be replaced there, where it does not exist: in a browser."""
    assert {name for name in MODULES if library in libraries(name)} == {module}


def test_links_are_made_in_one_module() -> None:
    assert [name for name in MODULES if "os.link(" in ast.unparse(TREES[name])] == ["publishing.disk"]


def test_no_module_asks_whether_it_runs_in_a_browser() -> None:
    """It asks for what it needs, in the module that needs it."""
    assert [name for name in MODULES if "emscripten" in SOURCES[name] or "pyodide" in SOURCES[name]] == []


@pytest.mark.parametrize("name", MODULES)
def test_imports_are_absolute_and_name_what_they_import(name: str) -> None:
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert [alias.name for alias in node.names] != ["*"]


@pytest.mark.parametrize("name", sorted(set(MODULES) - DOORS))
def test_only_doors_use_the_network_and_todays_date(name: str) -> None:
    source = ast.unparse(TREES[name])
    network = ("socket", "urllib.request", "http.server", "http.client", "smtplib")
    assert [word for word in network if f"import {word}" in source] == []
    assert "datetime.now" not in source
    assert "date.today" not in source


# ── private names ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", MODULES)
def test_no_private_name_of_another_module_is_imported(name: str) -> None:
    nodes = [node for node in ast.walk(TREES[name]) if isinstance(node, ast.ImportFrom)]
    private = [alias.name for node in nodes for alias in node.names if re.match(r"_[^_]", alias.name)]
    assert private == []


@pytest.mark.parametrize("name", MODULES)
def test_no_private_attribute_of_a_library_is_used_or_overridden(name: str) -> None:
    """Ruff (SLF001) finds most uses; this finds its exceptions, mangled names and overrides."""
    assert list(_private_names(name)) == []


def _private_names(name: str) -> Iterator[str]:
    for node in ast.walk(TREES[name]):
        known = getattr(node, "attr", None) or getattr(node, "name", None) or getattr(node, "id", None)
        if isinstance(known, str) and re.match(r"_[A-Za-z]\w*?__\w", known):
            yield known
    for line in SOURCES[name].splitlines():
        if "noqa: SLF001" in line and "of this module" not in line:
            yield line.strip()
    for kind in vars(importlib.import_module(f"microsite.{name}")).values():
        if isinstance(kind, type) and kind.__module__ == f"microsite.{name}":
            yield from (f"{kind.__qualname__}.{own}" for own in _overridden(kind))


def _overridden(kind: type) -> Iterator[str]:
    """The private attributes of other people's classes that a class of ours defines anew."""
    bases = [base for base in kind.__mro__[1:] if not base.__module__.startswith("microsite")]
    bases = [base for base in bases if base.__module__ not in ("typing", "collections.abc")]
    for name in vars(kind):
        if re.match(r"_[^_]", name) and any(name in vars(base) for base in bases):
            yield name


# ── size ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_no_longer_than_one_idea_takes() -> None:
    """Or says in its docstring: "Long because …"; and none says so that is not."""
    long = {name for name in MODULES if len(SOURCES[name].splitlines()) > LONGEST_FILE}
    reasoned = {name for name in MODULES if LONG.search(ast.get_docstring(TREES[name]) or "")}
    assert long == reasoned


def test_no_class_is_long() -> None:
    classes = [
        (name, node) for name in MODULES for node in ast.walk(TREES[name]) if isinstance(node, ast.ClassDef)
    ]
    assert [f"{name}.{node.name}" for name, node in classes if _lines(node) > LONGEST_CLASS] == []


def test_constructors_store_and_functions_do() -> None:
    constructors = [
        (name, node)
        for name in MODULES
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    ]
    assert [f"{name}:{node.lineno}" for name, node in constructors if _lines(node) > LONGEST_INIT] == []


def _lines(node: ast.ClassDef | ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_a_failing_template_is_eight_calls_deep(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build is one story: from the command line to the template no call only passes on another."""
    calls: list[str] = []
    real = jinja.problem

    def recording(error: Exception, page: str) -> Problem:
        deep = [*traceback.extract_stack()[:-1], *traceback.extract_tb(error.__traceback__)[1:]]
        calls[:] = [frame.name for frame in deep if PACKAGE in Path(frame.filename).parents]
        return real(error, page)

    monkeypatch.setattr(jinja, "problem", recording)
    campaign.with_own("templates")
    campaign.edit("templates/page.html", "{{ super() -}}", "{{ 1 // 0 }}")
    assert campaign.build("--jobs", "1").status == 1
    assert calls[0] == "main"
    assert calls[-1] == "page"
    assert len(calls) <= 8, calls
