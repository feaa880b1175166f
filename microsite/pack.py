"""The ZIP of a published site and its material, with instructions for hosting it.

It imports little, since a ZIP of a site that has not changed takes no longer than that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from microsite import material
from microsite.brand.brand_file import BrandFile
from microsite.content import schema, yaml
from microsite.content.files import decode
from microsite.core.problems import InvalidFile, Place, Problem, Translate, text
from microsite.core.records import replace
from microsite.core.settings import BRAND_FILE, MATERIAL_FOLDER, ZIP_SUFFIX, Project
from microsite.publishing import packing
from microsite.publishing.publisher import PublishedSite
from microsite.rendering.hosting.guide import guide


class NotPacked(Exception):
    """The disk did not let us write a ZIP; ``args`` is the OSError."""


def zip_file(project: Project, id: str) -> Path:
    """Where the ZIP of a brand's site is, when nobody says where it goes."""
    return project.output / f"{id}{ZIP_SUFFIX}"


NUMBERED = ("contact", "contacts")
"""The keys with telephone numbers: the library that reads those takes longer than the rest of the file."""


def settings(brand: Path, without: Collection[str] = NUMBERED) -> BrandFile:
    """The settings of a brand whose site has been built, without these keys. Raises InvalidFile."""
    file = brand / BRAND_FILE
    tree = yaml.parse(decode(file.read_bytes(), file.name), file.name)
    asked = tuple((key, value) for key, value in tree.items if key.text not in without)
    record = schema.validate(BrandFile, replace(tree, items=asked)).record
    if record is None:
        raise InvalidFile(Problem(Place(file.name), text("{file} cannot be read", file=file.name)))
    return record


def instructions(brand: Path, host: str, translate: Translate) -> str:
    """HOSTING.txt for the site of the brand in a folder; ``host`` goes over what its brand.yaml says.

    Raises InvalidFile.
    """
    file = settings(brand)
    base = urlsplit(file.address).path or "/"
    return guide(file.name, file.address, base, host or file.host or "", translate)


def write(
    project: Project,
    brand: Path,
    target: Path,
    host: str,
    translate: Translate,
    own: Iterable[str] = (),
) -> None:
    """Write the ZIP of the site of the brand in a folder. ``host`` goes over what its brand.yaml says.

    ``own`` are the paths of the brand's own files that go with it. Raises NotPacked, InvalidFile and
    PublishError.
    """
    told = instructions(brand, host, translate)
    shown, place = project.output / brand.name, material.folder(project, brand.name)
    with (
        PublishedSite(shown, project.display_path(shown)) as site,
        PublishedSite(place, project.display_path(place)) as beside,
    ):
        folders = {
            packing.SITE: (site.folder, site.manifest().files),
            MATERIAL_FOLDER: (beside.folder, beside.manifest().files),
            packing.BRAND: (brand, own),
        }
        try:
            packing.write(target, folders, told)
        except OSError as error:  # the site would take it for one of its own
            raise NotPacked(error) from error
