"""The house: imports go one way, doors open from outside, and a build with nothing to do carries nothing."""

from __future__ import annotations

import ast
import graphlib
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import microsite
from helpers.sites import Campaign

PACKAGE = Path(microsite.__file__).parent
FILES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): file
    for file in PACKAGE.rglob("*.py")
    if file.parent != PACKAGE or file.stem != "__init__"
}
MODULES = sorted(FILES)

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
    "reduced",
    "build",
    "commands",
    "cli",
)
"""The packages and top-level modules: each imports only those before it."""

DOORS = {"cli", "commands.serve", "commands.watch", "commands.explain"}
HEAVY = {
    "jinja2",
    "markdown",
    "yaml",
    "PIL",
    "nh3",
    "frontmatter",
    "coloraide",
    "pymdownx",
    "brotli",
    "rcssmin",
}
NATIVE = {
    "PIL": "media.raster",
    "resvg_py": "media.raster",
    "brotli": "rendering.recipes",
    "sqlite3": "core.cache",
    "multiprocessing": "core.workers",
    "nh3": "content.markdown.sanitizer",
    "fontTools": "brand.fonts",
}
"""Libraries that are not pure Python, or need processes, and the only module that may import each."""

PRIVATE = {"rendering.jinja"}
"""The modules that still use private attributes of a library, or override them."""

TREES = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in FILES.items()}


def imports(name: str) -> Iterator[str]:
    """The modules of ours that a module imports, inside functions too; not those for types alone."""
    for node in _outside_type_checking(TREES[name]):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "microsite":
            package = (node.module or "").partition(".")[2]
            for alias in node.names:
                inner = f"{package}.{alias.name}".lstrip(".")
                yield inner if inner in FILES else package
        elif isinstance(node, ast.Import):
            yield from (a.name.partition(".")[2] for a in node.names if a.name.startswith("microsite."))


def _outside_type_checking(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _outside_type_checking(node)


GRAPH = {name: set(imports(name)) for name in MODULES}


def part(module: str) -> str:
    return module.partition(".")[0]


def test_there_is_no_circle_of_imports() -> None:
    order = list(graphlib.TopologicalSorter(GRAPH).static_order())
    assert sorted(order) == MODULES


def test_every_part_is_in_the_order() -> None:
    assert sorted(ORDER) == sorted({part(name) for name in MODULES})


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_one_way(name: str) -> None:
    allowed = {*ORDER[: ORDER.index(part(name)) + 1]}
    assert [target for target in sorted(GRAPH[name]) if part(target) not in allowed] == []


def test_the_graph_is_read_right() -> None:
    assert {"publishing.publisher", "content.files", "core.problems"} <= GRAPH["build"]
    assert "cli" not in set().union(*GRAPH.values())


@pytest.mark.parametrize("door", sorted(DOORS))
def test_doors_are_opened_from_outside_only(door: str) -> None:
    others = {name for name in MODULES if door in GRAPH[name]}
    assert others <= DOORS - {door}


def test_the_ground_floor_stands_on_nothing() -> None:
    floor = {"core.problems", "core.fingerprints", "core.records"}
    assert set().union(*(GRAPH[name] for name in floor)) <= floor


@pytest.mark.parametrize("library", sorted(NATIVE))
def test_a_native_library_is_imported_in_one_module(library: str) -> None:
    """So that it can be replaced there, where it does not exist: in a browser."""
    assert {name for name in MODULES if library in _libraries(name)} == {NATIVE[library]}


def test_importing_our_modules_loads_no_native_library() -> None:
    """They are imported in functions."""
    assert loaded(*(f"import microsite.{name}" for name in MODULES)) & NATIVE.keys() == set()


def _libraries(name: str) -> set[str]:
    """The libraries that a module imports, inside functions too; not those for types alone."""
    found = set()
    for node in _outside_type_checking(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("name", [m for m in MODULES if m not in PRIVATE])
def test_no_private_attribute_of_a_library_is_used_or_overridden(name: str) -> None:
    """Ruff (SLF001) finds most uses; this finds its exceptions, mangled names and overrides."""
    assert list(_private_names(name)) == []


def _private_names(name: str) -> Iterator[str]:
    for node in ast.walk(TREES[name]):
        known = getattr(node, "attr", None) or getattr(node, "name", None) or getattr(node, "id", None)
        if isinstance(known, str) and re.match(r"_[A-Za-z]\w*?__\w", known):
            yield known
    for line in FILES[name].read_text(encoding="utf-8").splitlines():
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


@pytest.mark.parametrize("name", [m for m in MODULES if m not in DOORS])
def test_only_doors_know_of_the_network_and_of_what_day_it_is(name: str) -> None:
    known = ast.unparse(TREES[name])
    assert not [
        word
        for word in ("socket", "urllib.request", "http.server", "http.client")
        if f"import {word}" in known
    ]
    assert "datetime.now" not in known
    assert "date.today" not in known


@pytest.mark.parametrize("name", MODULES)
def test_a_star_or_a_relative_import_hides_the_order(name: str) -> None:
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert [alias.name for alias in node.names] != ["*"]


def loaded(*lines: str) -> set[str]:
    """The top-level modules that a fresh Python has after these lines."""
    program = "\n".join([*lines, "import sys, json; print(json.dumps(sorted(sys.modules)))"])
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return {name.partition(".")[0] for name in names} | {n for n in names if n.startswith("microsite.")}


@pytest.mark.external
def test_a_build_with_nothing_to_do_carries_nothing(campaign: Campaign) -> None:
    day = "2026-11-22"
    call = f"main(['--project', {str(campaign.root)!r}, '--date', '{day}', '--jobs', '1'])"
    first = loaded("from microsite.cli import main", call)
    assert {"jinja2", "yaml"} <= first
    again = loaded("from microsite.cli import main", call)
    assert again & HEAVY == set()
    assert "microsite.pipeline" not in again


@pytest.mark.external
def test_a_text_is_read_in_another_process_and_carries_nothing_here(campaign: Campaign) -> None:
    day = "2026-11-22"
    call = f"main(['--project', {str(campaign.root)!r}, '--date', '{day}', '--jobs', '1'])"
    campaign.build("--jobs", "1", day=day).fine()
    campaign.edit("content/verhalen/bas.md", "Hij leest", "Zij leest")
    edited = loaded("from microsite.cli import main", call)
    assert campaign.build().made == []
    assert edited & HEAVY == set()


@pytest.mark.external
def test_what_waits_for_texts_has_not_read_jinja_yet() -> None:
    """It is read while the texts are (``Session.walk``), and by who draws."""
    assert loaded("import microsite.pipeline, microsite.publishing.maker") & HEAVY == set()
    assert "jinja2" in loaded("import microsite.rendering.jinja")


@pytest.mark.external
def test_a_process_for_pictures_reads_no_more_than_it_takes() -> None:
    assert loaded("import microsite.rendering.media_recipes") & HEAVY == set()


@pytest.mark.parametrize("name", [m for m in MODULES if m != "commands.serve"])
@pytest.mark.external
def test_importing_a_module_says_and_does_nothing(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import microsite.{name}"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(PACKAGE.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []
