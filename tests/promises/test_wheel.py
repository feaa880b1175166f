"""``pip install .``: a wheel with the program, its templates and assets, and the command ``microsite``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

from helpers.modules import FILES, PACKAGE
from helpers.sites import DAY, NO_MATERIAL, Campaign, tree

pytestmark = [pytest.mark.long, pytest.mark.external]
ROOT = PACKAGE.parent
OFFLINE = ["--quiet", "--no-deps", "--no-index", "--no-cache-dir"]


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, made as pip makes it, with the pinned tools that are here."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", *OFFLINE, "--no-build-isolation"]
    run(*pip, "--wheel-dir", folder, ROOT, folder=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The folder of programs of a new environment with that wheel; the libraries are those of this one."""
    place = wheel.parent / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", place, folder=wheel.parent)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    packages = run(python, "-c", "import site; print(site.getsitepackages()[0])", folder=wheel.parent).strip()
    (Path(packages) / "libraries.pth").write_text(str(Path(msgspec.__file__).parents[1]))
    run(sys.executable, "-m", "pip", "--python", python, "install", *OFFLINE, wheel, folder=wheel.parent)
    return programs


def test_the_wheel_has_all_that_the_program_reads_and_nothing_of_the_campaign(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = {f"microsite/{file.relative_to(PACKAGE).as_posix()}" for file in FILES.values()}
    shipped = {
        f"microsite/shipped/{file.relative_to(ROOT).as_posix()}"
        for folder in ("templates", "assets")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert ours | shipped <= names
    assert all(name.startswith("microsite/") for name in names)
    assert [name for name in names if name.endswith((".md", ".pyc"))] == [
        "microsite/shipped/docs/redactie/kenmerken.md"
    ]


def test_the_command_makes_the_site_that_build_py_makes(installed: Path, campaign: Campaign) -> None:
    words = ["build", "--date", DAY, *NO_MATERIAL]
    run(sys.executable, ROOT / "build.py", *words, folder=campaign.root)
    expected = tree(campaign.site)
    shutil.rmtree(campaign.output)
    run(installed / "microsite", *words, folder=campaign.root)
    assert tree(campaign.site) == expected
    where = run(
        installed / "python", "-c", "import microsite; print(microsite.__file__)", folder=campaign.root
    )
    assert str(installed.parent) in where


def test_the_command_says_its_own_name_and_gives_schemas(installed: Path, campaign: Campaign) -> None:
    assert run(installed / "microsite", "--help", folder=campaign.root).startswith("usage: microsite ")
    assert '"properties"' in run(installed / "microsite", "schema", "story", folder=campaign.root)
