"""``pack``: a site and its material in one ZIP."""

from __future__ import annotations

from pathlib import Path

from microsite import material
from microsite import pack as packs
from microsite.commands.errors import CommandError
from microsite.content.files import os_advice, os_reason, scan
from microsite.core.problems import Translate, text
from microsite.core.settings import MATERIAL_INDEX, Project
from microsite.publishing import packing


def pack(
    project: Project,
    brand: Path,
    host: str | None,
    to: Path | None,
    translate: Translate,
    with_brand: bool = False,
) -> None:
    """Write a ZIP of the published site, with instructions for hosting it, and the brand's own files."""
    target = (to or packs.zip_file(project, brand.name)).absolute()
    shown_as = to or project.display_path(target)
    own = scan(brand, brand.name, brand.name, {}, 0)[0].sources if with_brand else ()
    try:
        packs.write(project, brand, target, host or "", translate, [source.path for source in own])
        size, _, tenths = f"{target.stat().st_size / 1_000_000:.1f}".partition(".")
    except packs.NotPacked as failed:
        (error,) = failed.args
        raise CommandError(
            text("{file} could not be made: {reason}", file=shown_as, reason=os_reason(error)),
            *filter(None, [os_advice(error)]),
        ) from error
    made = text(
        "packed: {file} ({size}.{tenths} MB); {guide} in it says what to do",
        file=shown_as,
        size=size,
        tenths=tenths,
        guide=packing.GUIDE,
    )
    print(made.render(translate))
    index = material.folder(project, brand.name) / MATERIAL_INDEX
    if index.is_file():
        print(text("your material: open {file}", file=project.display_path(index)).render(translate))
