"""What a fresh interpreter loads, and that importing a module does nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.modules import MODULES, NATIVE, PACKAGE
from helpers.sites import DAY, NO_MATERIAL, Campaign

pytestmark = pytest.mark.external

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
"""Libraries that take long to load."""


def loaded(*lines: str) -> set[str]:
    """The top-level modules that a fresh Python has after these lines, and all of ours."""
    program = "\n".join([*lines, "import sys, json; print(json.dumps(sorted(sys.modules)))"])
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return {name.partition(".")[0] for name in names} | {n for n in names if n.startswith("microsite.")}


def loaded_by_a_build(campaign: Campaign, *first: str, then: str = "") -> set[str]:
    words = ["--project", str(campaign.root), "--date", DAY, "--jobs", "1", *NO_MATERIAL]
    return loaded(*first, "from microsite.cli import main", f"main({words})", then)


def test_a_build_without_material_does_not_load_what_sets_it(campaign: Campaign) -> None:
    assert "typst" not in loaded_by_a_build(campaign)


def test_a_build_with_nothing_to_do_loads_little(campaign: Campaign) -> None:
    assert {"jinja2", "yaml"} <= loaded_by_a_build(campaign)
    again = loaded_by_a_build(campaign)
    assert again & HEAVY == set()
    assert "microsite.pipeline" not in again


def test_a_document_is_parsed_in_another_process(campaign: Campaign) -> None:
    campaign.build().fine()
    campaign.edit("content/verhalen/bas.md", "Hij leest", "Zij leest")
    edited = loaded_by_a_build(campaign)
    assert campaign.build().made == []
    assert edited & HEAVY == {"jinja2"}  # the page is rendered here


def test_without_processes_the_site_is_the_same(campaign: Campaign) -> None:
    campaign.build().fine()
    tree = campaign.tree()
    shutil.rmtree(campaign.output)
    program = "import sys; sys.modules['_multiprocessing'] = None"
    assert "multiprocessing" not in loaded_by_a_build(campaign, program)
    assert campaign.tree() == tree


def test_jinja_is_loaded_once_a_worker_has_texts_to_read(campaign: Campaign) -> None:
    watch = [
        "import sys",
        "from microsite.core.workers import Workers",
        "known, begin = [], Workers.map",
        "Workers.map = lambda *given: (begin(*given), known.append('jinja2' in sys.modules))[0]",
    ]
    loaded_by_a_build(campaign, *watch, then="assert not known[0] and known[1]")


def test_jinja_is_not_loaded_before_documents_are_parsed() -> None:
    """It is loaded meanwhile, by ``Session.pipeline``, and by what renders."""
    assert loaded("import microsite.pipeline, microsite.publishing.maker") & HEAVY == set()
    assert "jinja2" in loaded("import microsite.rendering.jinja")


def test_a_process_for_images_loads_little() -> None:
    assert loaded("import microsite.rendering.media_recipes") & HEAVY == set()


def test_importing_our_modules_loads_no_native_library() -> None:
    """They are imported in functions."""
    assert loaded(*(f"import microsite.{name}" for name in MODULES)) & NATIVE.keys() == set()


def test_importing_any_module_prints_and_writes_nothing(tmp_path: Path) -> None:
    """In one process: that each can be imported first follows from there being no circles."""
    program = "\n".join(f"import microsite.{name}" for name in MODULES)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(PACKAGE.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_build_does_not_load_the_writing_hints(campaign: Campaign) -> None:
    loads = loaded_by_a_build(campaign)
    assert [name for name in loads if name.startswith("microsite.content.hints")] == []
