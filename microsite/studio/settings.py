"""brand.yaml as a form."""

from __future__ import annotations

from microsite.content import yaml, yaml_writer
from microsite.content.files import decode
from microsite.content.tree import MappingNode
from microsite.core.settings import BRAND_FILE
from microsite.studio import form
from microsite.studio.form import Fields, Value

FIELDS = (
    *("name", "region", "logo", "colour", "second_colour", "tokens", "font", "font_bold", "url", "sender"),
    *("contact.role", "contact.name", "contact.email", "contact.phone", "contact.address"),
    *("texts.welcome", "texts.call_to_action", "texts.about"),
    "hide",
)
"""The keys that the form asks for, in the order in which they are written."""


def read(data: bytes) -> dict[str, Value]:
    """The values of the fields that are in a brand.yaml. Raises InvalidFile."""
    return form.values(_parsed(decode(data, BRAND_FILE)), FIELDS)


def longest(data: bytes) -> str:
    """The field with the longest value. Raises InvalidFile."""
    return form.longest(_parsed(decode(data, BRAND_FILE)), FIELDS)


def _parsed(decoded: str) -> MappingNode:
    return yaml.parse(decoded, BRAND_FILE, limit=form.MOST)


def write(data: bytes, fields: Fields) -> bytes:
    """A brand.yaml with these values in its fields; what has none goes, what is no field stays.

    So do comments, but for those behind a value that goes. Raises InvalidFile.
    """
    decoded = decode(data, BRAND_FILE)
    before = _parsed(decoded)
    after = form.with_values(before, FIELDS, fields)
    if form.values(after, FIELDS) == form.values(before, FIELDS):
        return data
    return yaml_writer.changed(decoded, after).encode()
