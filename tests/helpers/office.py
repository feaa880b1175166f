"""Office files of the example members, and what is in them, read as any other program would."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from helpers import sites
from microsite.brand import logos
from microsite.brand.fonts import families
from microsite.brand.loader import BrandKit, load_brand
from microsite.content.files import in_memory
from microsite.core.records import replace
from microsite.rendering import template_folder
from microsite.rendering.office.house_style import HouseStyle
from microsite.rendering.office.packages import PartTemplates
from microsite.rendering.office.sender import Sender
from microsite.rendering.office.slides import (
    TEMPLATES,
    AskSlide,
    ChartSlide,
    ContactSlide,
    FigureSlide,
    PersonSlide,
    Portrait,
    Slide,
    TitleSlide,
    deck,
)
from microsite.rendering.office.slots import Filled, of_brand
from microsite.rendering.template_folder import TemplateFolder
from microsite.rendering.templates import CodeCache

ROOT = Path(__file__).resolve().parents[2]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def folder_files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


@cache
def kit(brand: str) -> BrandKit:
    """An example member's brand."""
    files = in_memory(brand, f"brands/{brand}", folder_files(ROOT / "brands" / brand)).by_path()
    assets = in_memory("assets/", "assets", folder_files(ROOT / "assets")).by_path()
    loaded = load_brand(
        brand,
        files,
        families(assets),
        (),
        None,
        lambda _, function, sources: {source.path: function(source) for source in sources},
    )
    assert loaded.kit is not None, loaded.problems
    return loaded.kit


def house_style(brand: str) -> HouseStyle:
    found = kit(brand)
    shades = found.brand.palette.light
    plate = logos.plate(found.logo, shades.paper)
    return HouseStyle(
        found.brand.name, found.brand.language, shades, found.font_files, found.logo_file, plate
    )


def sender(brand: str = "wilgendam", filled: Filled | None = None) -> Sender:
    """An example member, which fills in these slots, or what its brand.yaml does."""
    found = kit(brand).brand
    return Sender(
        house_style(brand),
        "Een campagne & meer",
        of_brand(found, "Een campagne") if filled is None else filled,
        found.slots,
    )


@cache
def _folder(many: bool) -> TemplateFolder:
    layer = in_memory("templates/", "templates", folder_files(ROOT / "templates"))
    return template_folder.load(layer, CodeCache(None, "engine"), placeholders=many)[0]


def templates(*names: str, many: bool = False) -> PartTemplates:
    """The templates of these names, as a build of one site or of ``many`` has them."""
    return PartTemplates(tuple(_folder(many).template(name, "nl") for name in names))


def parts(data: bytes) -> dict[str, bytes]:
    """The files of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def xml(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)


def words(data: bytes, part: str) -> str:
    """The text of a part, its paragraphs apart."""
    root = xml(parts(data)[part])
    kind = W if part.startswith("word/") else A
    return "\n".join(
        "".join(run.text or "" for run in paragraph.iter(f"{kind}t")) for paragraph in root.iter(f"{kind}p")
    )


_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def check(data: bytes) -> None:
    """Every part is well-formed and has a type, and every reference leads to a part that is there."""
    found = parts(data)
    types = xml(found["[Content_Types].xml"])
    named = {str(override.get("PartName"))[1:] for override in types.iter(f"{_TYPES}Override")}
    suffixes = {default.get("Extension") for default in types.iter(f"{_TYPES}Default")}
    assert named <= found.keys()
    reached = {"[Content_Types].xml"}
    for name, content in found.items():
        suffix = name.rpartition(".")[2]
        if suffix in ("xml", "rels"):
            xml(content)
        assert name in named or (suffix in suffixes and suffix != "xml") or name == "[Content_Types].xml", (
            name
        )
        if suffix == "rels":
            folder, _, file = name.rpartition("/")
            owner = f"{folder.removesuffix('_rels')}{file.removesuffix('.rels')}"
            reached.add(name)
            relations = {
                str(one.get("Id")): str(one.get("Target"))
                for one in xml(content).iter(f"{_RELS}Relationship")
                if one.get("TargetMode") != "External"
            }
            assert all(target[1:] in found for target in relations.values()), relations
            reached |= {target[1:] for target in relations.values()}
            if owner in found:
                every = {str(one.get("Id")) for one in xml(content).iter(f"{_RELS}Relationship")}
                assert referred(found[owner]) <= every, owner
    assert reached == found.keys()


def referred(part: bytes) -> set[str]:
    """The relations that the XML of a part names."""
    return {
        value for element in xml(part).iter() for key, value in element.attrib.items() if key.startswith(_R)
    }


SOURCES = in_memory(
    "x", "x", {"bas.svg": sites.drawing().encode(), "bas.jpg": sites.jpeg(size=(900, 1200))}
).by_path()
DRAWN = Portrait(SOURCES["bas.svg"], 80, 60, "Portret van Bas")
PHOTO = Portrait(SOURCES["bas.jpg"], 900, 1200, "Bas in zijn tuin")
CHART = ChartSlide(
    "Vijf van de zeven",
    "projecten",
    (("Wel", Decimal(5)), ("Niet & nooit", Decimal("2.5"))),
    "SEO",
    "Weinig.",
)
SLIDES: tuple[Slide, ...] = (
    TitleSlide("Eerst de mens, dan het cijfer."),
    PersonSlide("Ik kom.", "Bas", "Wilgendam", DRAWN, "Bas kwam nooit.", True),
    PersonSlide("Ik kom ook.", "Cor", portrait=PHOTO),
    PersonSlide("Wij komen.", "Dirk"),
    FigureSlide("€ 1,60", "Opbrengst", "SEOR", "Een gemiddelde."),
    CHART,
    replace(CHART, whole=Decimal(7), rest="overige"),
    AskSlide("Loop een ochtend mee.", "Kies een dag."),
    ContactSlide("Bel ons."),
)


def example_deck(brand: str = "wilgendam", slides: tuple[Slide, ...] = SLIDES) -> bytes:
    """A deck with a slide of each kind."""
    return deck(templates(*TEMPLATES), "Sociaal werkt!", slides, sender(brand))
