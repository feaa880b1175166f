"""The house has floors: a module imports only what stands below it, so no two need each other."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent / "microsite"


def name_of(path: Path) -> str:
    parts = path.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, known: set[str]) -> set[str]:
    """The modules of the house that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write the import in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found & known - {"microsite"}


def test_no_module_needs_one_that_needs_it() -> None:
    modules = {name_of(path): path for path in HOUSE.rglob("*.py")}
    floors = TopologicalSorter({name: imports(path, set(modules)) for name, path in modules.items()})
    order = list(floors.static_order())  # a circle is told by its names
    assert set(order) == set(modules) - {"microsite"} or set(order) == set(modules)
