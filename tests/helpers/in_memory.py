"""Makes a site without a disk, processes or native libraries: -m helpers.in_memory record|replay FOLDER

``record`` does it with all libraries, and writes what came of the native ones to FOLDER. ``replay``
does it again with that, while every native library refuses to be imported, and writes the site.
"""

from __future__ import annotations

import datetime as dt
import pickle
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path

from helpers import modules
from microsite.brand import fonts
from microsite.content.files import in_memory
from microsite.core.cache import MemoryCache
from microsite.core.settings import NATIONAL, Material, Options
from microsite.core.workers import InProcess
from microsite.loading import Loader
from microsite.pipeline import Pipeline, PlannedSite
from microsite.publishing.maker import ArtifactMaker
from microsite.rendering import design
from microsite.rendering.templates import CodeCache

BRAND = "sociaal-werkt"
NATIVE = frozenset({*modules.NATIVE, *modules.OF_THE_SYSTEM, "_multiprocessing"})
IN_BROWSERS = frozenset({"msgspec", "markupsafe", "yaml", "rcssmin"})
"""Libraries with compiled modules that exist there, or need no such module."""
DAY = dt.date(2026, 11, 22)
ROOT = Path(__file__).resolve().parents[2]


class Refuse:
    """An import hook: the native libraries are not installed here."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        if name.partition(".")[0] in NATIVE:
            raise ImportError(f"{name} is not available")
        return None


def layers(folder: Path) -> dict[str, dict[str, bytes]]:
    """The bytes of all files of a campaign, with the templates and assets of the program."""
    folders = {
        "content": folder / "content",
        "templates": ROOT / "templates",
        "assets": ROOT / "assets",
        "brand": folder / "brands" / BRAND,
    }
    return {
        name: {
            file.relative_to(root).as_posix(): file.read_bytes()
            for file in root.rglob("*")
            if file.is_file() and "__pycache__" not in file.parts
        }
        for name, root in folders.items()
    }


def site(files: Mapping[str, Mapping[str, bytes]], cache: MemoryCache) -> dict[str, bytes]:
    """Every file of the site, by path."""
    maker, plan = planned(files, cache)
    assert plan.artifacts, [problem.render() for problem in plan.problems]
    return {item.path: content for item, content in maker.make(plan.artifacts, here=True)}


def planned(
    files: Mapping[str, Mapping[str, bytes]],
    cache: MemoryCache,
    materials: tuple[Material, ...] = (),
) -> tuple[ArtifactMaker, PlannedSite]:
    """The plan of the site, and what makes it."""
    content = in_memory(NATIONAL, "content", files["content"])
    templates = in_memory("templates/", "templates", files["templates"])
    assets = in_memory("assets/", "assets", files["assets"])
    brand = in_memory(BRAND, f"brands/{BRAND}", files["brand"])
    workers, quiet = InProcess(), lambda *_: None
    loader = Loader(cache, workers, "engine", quiet, fonts.families(assets.by_path()))
    look = design.load(templates, assets, CodeCache(None, "engine"), placeholders=False)
    maker = ArtifactMaker("engine", cache, workers, quiet, many=False)
    pipeline = Pipeline(
        loader, loader.content(content), look, maker, Options(DAY, materials=materials), campaign=brand
    )
    return maker, pipeline.plan(brand)


def compiled_libraries() -> set[str]:
    """The installed libraries of which a compiled module was imported."""
    files = (Path(getattr(module, "__file__", None) or "") for module in list(sys.modules.values()))
    parts = (file.parts for file in files if file.suffix in (".so", ".pyd") and "site-packages" in file.parts)
    names = (part[part.index("site-packages") + 1].partition(".")[0] for part in parts)
    return {name.lstrip("_") for name in names}


def record(folder: Path) -> None:
    cache = MemoryCache()
    site(layers(folder), cache)
    del cache.entries["document", NATIONAL]  # texts are read again
    (folder / "made.pickle").write_bytes(pickle.dumps((cache.entries, cache.files)))


def replay(folder: Path) -> None:
    sys.meta_path.insert(0, Refuse())
    made = site(layers(folder), MemoryCache(*pickle.loads((folder / "made.pickle").read_bytes())))
    assert NATIVE.isdisjoint(name.partition(".")[0] for name in sys.modules)
    assert compiled_libraries() <= IN_BROWSERS
    (folder / "site.pickle").write_bytes(pickle.dumps(made))


if __name__ == "__main__":
    {"record": record, "replay": replay}[sys.argv[1]](Path(sys.argv[2]))
