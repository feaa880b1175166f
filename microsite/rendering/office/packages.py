"""Packages of parts, which is what DOCX, PPTX and XLSX files are (ECMA-376 part 2).

The parts are drawn as templates. Equal parts give equal bytes: no file in the package has a time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from microsite.core.file_types import COMPRESSED
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import InvalidFile
from microsite.core.records import Record
from microsite.rendering.templates import Template

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/"
CORE = f"{_PACKAGE}metadata/core-properties"
"""The relation of a package with its title, author and language."""

PREFIXES = {
    "w": "application/vnd.openxmlformats-officedocument.wordprocessingml.",
    "p": "application/vnd.openxmlformats-officedocument.presentationml.",
    "s": "application/vnd.openxmlformats-officedocument.spreadsheetml.",
    "d": "application/vnd.openxmlformats-officedocument.drawingml.",
    "o": "application/vnd.openxmlformats-officedocument.",
    "c": "application/vnd.openxmlformats-package.",
}
"""How the content types of parts begin: ``w:styles+xml`` is that of the styles of a text."""

DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The content types of parts that are no XML, by their suffix."""


class Relation(Record):
    """What a part refers to, by ``id`` in its XML.

    ``kind`` is the last part of the type of the relation, such as ``image``, or a whole URI. ``target`` is
    the name of a part, or a URL when the relation is ``external``.
    """

    id: str
    kind: str
    target: str
    external: bool = False

    @property
    def type(self) -> str:
        return self.kind if ":" in self.kind else _OFFICE + self.kind

    @property
    def address(self) -> str:
        """The target as it is written: parts by their absolute name."""
        return self.target if self.external else f"/{self.target}"


class Part(Record):
    """One part of a package. ``type`` is its content type, "" for one that its suffix gives."""

    name: str
    data: bytes
    type: str = ""
    relations: tuple[Relation, ...] = ()

    @property
    def content_type(self) -> str:
        prefix, _, rest = self.type.partition(":")
        return PREFIXES[prefix] + rest


class PartTemplates(Record):
    """The templates of a package, as an input of its file."""

    templates: tuple[Template, ...]

    def fingerprint(self, name: Fingerprints) -> str:
        return name(self.templates)


class Drawer:
    """Draws the XML of parts with templates, by their names."""

    def __init__(self, templates: PartTemplates, **context: Any) -> None:
        self._templates = {template.name: template for template in templates.templates}
        self._context = context

    def draw(self, name: str, **context: Any) -> bytes:
        """Render a template. Characters that XML 1.0 does not have (production 2) are left out.

        Raises InvalidFile when the template fails.
        """
        from microsite.rendering import jinja  # imported here, as in ``recipes.page``

        try:
            drawn = jinja.compiled(self._templates[name]).render(self._context | context)
        except Exception as error:  # whatever a template does
            raise InvalidFile(jinja.problem(error, name)) from error
        return _NOT_XML.sub("", drawn).encode()


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

CONTENT_TYPES = "office/content-types.xml"
RELATIONSHIPS = "office/relationships.xml"
PROPERTIES = "office/properties.xml"
TEMPLATES = (CONTENT_TYPES, RELATIONSHIPS, PROPERTIES)
"""The templates that every package is made with."""


def packed(drawer: Drawer, parts: Iterable[Part], title: str = "", author: str = "") -> bytes:
    """The file of these parts. The first is the document itself; ``title`` and ``author`` describe it."""
    parts = tuple(parts)
    relations = [Relation("document", "officeDocument", parts[0].name)]
    if title:
        properties = drawer.draw(PROPERTIES, title=title, author=author)
        parts += (Part("docProps/core.xml", properties, "c:core-properties+xml"),)
        relations.append(Relation("core", CORE, parts[-1].name))
    return _zipped(_files(drawer, parts, tuple(relations)))


def _files(
    drawer: Drawer, parts: tuple[Part, ...], relations: tuple[Relation, ...]
) -> Iterator[tuple[str, bytes]]:
    """The files of a package by name, in their order: types first, each part before its relations."""
    yield "[Content_Types].xml", drawer.draw(CONTENT_TYPES, parts=parts, defaults=DEFAULTS)
    yield "_rels/.rels", drawer.draw(RELATIONSHIPS, relations=relations)
    for part in parts:
        yield part.name, part.data
        if part.relations:
            folder, _, file = part.name.rpartition("/")
            yield f"{folder}/_rels/{file}.rels", drawer.draw(RELATIONSHIPS, relations=part.relations)


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 3  # Unix, so that the permissions below are read
            info.external_attr = 0o644 << 16
            kept = zipfile.ZIP_STORED if name.endswith(COMPRESSED) else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, kept, 9)
    return stream.getvalue()
