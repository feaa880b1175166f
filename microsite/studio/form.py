"""A YAML file as a form: the values of its fields by dotted key, and the file with other values.

A value is a text, or a list of texts where the field has several.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from microsite.content.tree import MappingNode, Node, ScalarNode, SequenceNode
from microsite.core.problems import Place

Value = str | list[str]
Fields = Mapping[str, Value]
"""The values by dotted key, such as ``contact.email``. One that is empty is as one that is not there."""

EMPTY = MappingNode(Place(""), ())

MOST = 4_000_000
"""Characters of settings that are read here: what the program refuses can be mended in the form too."""


def values(tree: MappingNode, keys: Sequence[str]) -> dict[str, Value]:
    """The values of those keys that have one."""
    found = {key: _value(tree, key) for key in keys}
    return {key: value for key, value in found.items() if value}


def with_values(tree: MappingNode, keys: Sequence[str], fields: Fields) -> MappingNode:
    """The tree with these values at these keys, which have no others."""
    for key in keys:
        tree = _with(tree, key.split("."), cleaned(fields.get(key, "")))
    return tree


def longest(tree: MappingNode, keys: Sequence[str]) -> str:
    """The key with the longest value."""
    found = values(tree, keys)
    return max(keys, key=lambda key: len(found.get(key, "")))


def cleaned(value: Value) -> Value:
    """A value as it is kept: as files are read, without spaces around it, nor half a sign."""
    if not isinstance(value, str):
        return [one for one in (_cleaned(each) for each in value) if one]
    return _cleaned(value)


def _cleaned(value: str) -> str:
    whole = _HALF.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", whole).strip()


_HALF = re.compile("[\ud800-\udfff\0]")
"""Of a sign in two halves, as JavaScript has them, one; and what no text has."""


def _value(tree: MappingNode, key: str) -> Value:
    node: Node | None = tree
    for part in key.split("."):
        node = node.get(part) if isinstance(node, MappingNode) else None
    if isinstance(node, SequenceNode):
        return [item.text for item in node.items if isinstance(item, ScalarNode)]
    return node.text if isinstance(node, ScalarNode) else ""


def _with(tree: MappingNode, key: list[str], value: Value) -> MappingNode:
    """The mapping with a value at a key, or without it; a group that has nothing left goes too."""
    name, *rest = key
    before = tree.get(name)
    after: Node | None = _node(value) if value else None
    if rest:
        group = _with(before if isinstance(before, MappingNode) else EMPTY, rest, value)
        after = group if group.items else None
    items = [(known, node if known.text != name else after) for known, node in tree.items]
    items += [(ScalarNode(EMPTY.place, name), after)] if before is None else []
    return MappingNode(tree.place, tuple((known, node) for known, node in items if node is not None))


def _node(value: Value) -> Node:
    if isinstance(value, str):
        return ScalarNode(EMPTY.place, value)
    return SequenceNode(EMPTY.place, tuple(ScalarNode(EMPTY.place, one) for one in value))
