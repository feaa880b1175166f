"""One file of material, as it is planned."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import basename, splitext
from typing import Any

from microsite.content.facts import Fact
from microsite.core.problems import Text, text
from microsite.core.records import Record, replace
from microsite.core.settings import Material
from microsite.rendering.artifact import Artifact, Recipe, artifact
from microsite.site.embeds import PublishedImage
from microsite.site.page import Page

HOUSE_INPUTS = ("house",)
"""The inputs that each brand gives to material that several brands plan together."""


class MaterialFile(Record):
    """A file of material. Its path, that of ``artifact``, is within the folder of material.

    ``label`` says what it is ("Poster, A4"), ``format`` what opens it ("PDF"). ``page`` is the path of the
    page that it is made of, or "" for what is of the whole campaign, and ``alt`` what a picture shows.
    ``note`` says more of it, and ``slots`` are the names and labels of what has to be filled in by hand where
    the brand does not. ``credit`` says who made the photo that it shows. One of a page with a ``thumbnail``,
    a small picture of it, stands on the site too.
    """

    label: Text
    format: str
    artifact: Artifact
    page: str = ""
    alt: str = ""
    note: Text | None = None
    slots: tuple[tuple[str, Text], ...] = ()
    thumbnail: Artifact | None = None
    credit: str = ""
    kind: Material | None = None

    @property
    def name(self) -> str:
        """The name of the file, without folder and suffix."""
        return splitext(basename(self.artifact.path))[0]


def credit(page: Page, image: PublishedImage | None) -> str:
    """What has to stand with the photo of a page, on what shows it: who made it; "" for a drawing."""
    return page.figure.credit if page.figure is not None and image is not None and image.is_photo else ""


def in_house_style(path: str, recipe: Recipe, page: Page | None, /, **inputs: Any) -> Artifact:
    """A file in the house style of each brand, made of a page, or of the whole campaign."""
    document = page.document if page else None
    file = artifact(path, recipe, document.names if document else (), True, **inputs)
    return replace(file, own=document.own if document else (), pending=HOUSE_INPUTS)


def year(fact: Fact, translate: Callable[[Text], str]) -> str:
    """The year that a figure is of, or that it was read in."""
    if fact.undated:
        return translate(text("read in {year}", year=fact.as_of.year))
    return f"{fact.as_of.year}"
