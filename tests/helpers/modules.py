"""The modules of the package and what each imports, read from their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import microsite

PACKAGE = Path(microsite.__file__).parent
FILES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): file
    for file in PACKAGE.rglob("*.py")
    if file.parent != PACKAGE or file.stem != "__init__"
}
MODULES = sorted(FILES)
SOURCES = {name: file.read_text(encoding="utf-8") for name, file in FILES.items()}
TREES = {name: ast.parse(source) for name, source in SOURCES.items()}

NATIVE = {
    "PIL": "media.pillow",
    "resvg_py": "media.resvg",
    "resvg_wasm": "media.resvg",
    "brotli": "core.brotli",
    "brotli_wasm": "core.brotli",
    "multiprocessing": "core.workers",
    "nh3": "content.markdown.sanitizer",
    "fontTools": "brand.fonts",
    "typst": "rendering.print.compiler",
}
"""Libraries that are not pure Python, or need processes, and the only module that may import each."""

OF_THE_SYSTEM = {
    "fcntl": "publishing.disk",
    "msvcrt": "publishing.disk",
    "ctypes": "publishing.disk",
    "watchdog": "preview.watch",
}
"""What only some systems have, and the only module that may import each."""


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


def libraries(name: str) -> set[str]:
    """The libraries that a module imports, inside functions too; not those for types alone."""
    found = set()
    for node in _outside_type_checking(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def _outside_type_checking(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _outside_type_checking(node)


GRAPH = {name: set(imports(name)) for name in MODULES}
