"""brand.yaml as a form: the values of its fields by dotted key, and the file with other values."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping

from microsite.content import yaml
from microsite.content.files import decode
from microsite.content.tree import MappingNode, Node, ScalarNode, SequenceNode
from microsite.core.problems import Place
from microsite.core.settings import BRAND_FILE

FIELDS = (
    *("name", "region", "logo", "colour", "second_colour", "url", "sender"),
    *("contact.role", "contact.name", "contact.email", "contact.phone", "contact.address"),
    *("texts.welcome", "texts.call_to_action", "texts.about"),
)
"""The keys that the form asks for, in the order in which they are written."""

_PLACE = Place(BRAND_FILE)


def read(data: bytes) -> dict[str, str]:
    """The values of the fields that are in a brand.yaml. Raises InvalidFile."""
    tree = yaml.parse(decode(data, BRAND_FILE), BRAND_FILE)
    found = {key: _value(tree, key) for key in FIELDS}
    return {key: value for key, value in found.items() if value}


def write(data: bytes, fields: Mapping[str, str]) -> bytes:
    """A brand.yaml with these values in its fields; what has none goes, what is no field stays.

    The file stays as it is, comments too, when it says the same. Raises InvalidFile.
    """
    written = {key: unicodedata.normalize("NFC", fields.get(key, "").strip()) for key in FIELDS}
    wanted = {key: value for key, value in written.items() if value}
    if data and read(data) == wanted:
        return data
    tree = yaml.parse(decode(data, BRAND_FILE), BRAND_FILE)
    for key in FIELDS:
        tree = _with(tree, key.split("."), wanted.get(key, ""))
    return "".join(_lines(tree)).encode()


def _value(tree: MappingNode, key: str) -> str:
    node: Node | None = tree
    for part in key.split("."):
        node = node.get(part) if isinstance(node, MappingNode) else None
    return node.text if isinstance(node, ScalarNode) else ""


def _with(tree: MappingNode, key: list[str], value: str) -> MappingNode:
    """The mapping with a value at a key, or without it; a group that has nothing left goes too."""
    name, *rest = key
    before = tree.get(name)
    after: Node | None = ScalarNode(_PLACE, value) if value else None
    if rest:
        group = _with(before if isinstance(before, MappingNode) else MappingNode(_PLACE, ()), rest, value)
        after = group if group.items else None
    items = [(known, node if known.text != name else after) for known, node in tree.items]
    items += [(ScalarNode(_PLACE, name), after)] if before is None else []
    return MappingNode(tree.place, tuple((known, node) for known, node in items if node is not None))


def _lines(tree: MappingNode) -> Iterator[str]:
    for key, node in tree.items:
        if isinstance(node, MappingNode):
            yield f"{key.text}:\n"
            yield from (f"  {line}" for line in _lines(node))
        else:
            yield f"{key.text}: {_flow(node)}\n"


def _flow(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "{" + ", ".join(f"{key.text}: {_flow(value)}" for key, value in node.items) + "}"
    if isinstance(node, SequenceNode):
        return "[" + ", ".join(map(_flow, node.items)) + "]"
    return json.dumps(node.text, ensure_ascii=False)
