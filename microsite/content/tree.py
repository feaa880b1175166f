"""YAML as a tree of nodes with their places, in which every scalar is still text. See ``yaml.py``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microsite.core.problems import Place
from microsite.core.records import Record


class Note(Record):
    """A comment behind a value, from the ``#`` on; ``quoted`` is the line with both between quotes."""

    place: Place
    text: str
    quoted: str


class ScalarNode(Record):
    place: Place
    text: str
    note: Note | None = None


class SequenceNode(Record):
    """A list. ``quoted``, as of a mapping, is its line as it would be for a text: between quotes.

    It is "" for one that is not between brackets on one line.
    """

    place: Place
    items: tuple[Node, ...]
    quoted: str = ""


class MappingNode(Record):
    place: Place
    items: tuple[tuple[ScalarNode, Node], ...]
    quoted: str = ""

    def get(self, key: str) -> Node | None:
        return next((node for k, node in self.items if k.text == key), None)


Node = ScalarNode | SequenceNode | MappingNode


def groups(node: Node) -> Iterator[MappingNode]:
    """All mappings in a tree, itself first."""
    if isinstance(node, MappingNode):
        yield node
        for _, value in node.items:
            yield from groups(value)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from groups(item)


def scalars(node: Node) -> Iterator[ScalarNode]:
    """All values in a tree, without the keys."""
    if isinstance(node, ScalarNode):
        yield node
    for value in node.items if isinstance(node, SequenceNode) else ():
        yield from scalars(value)
    for _, value in node.items if isinstance(node, MappingNode) else ():
        yield from scalars(value)


def said(node: Node | None) -> object:
    """What a node says, wherever it stands; to compare."""
    if isinstance(node, MappingNode):
        return {key.text: said(value) for key, value in node.items}
    if isinstance(node, SequenceNode):
        return [said(item) for item in node.items]
    return node.text if node is not None else None


def key_positions(tree: MappingNode, prefix: str = "") -> Iterable[tuple[str, Place]]:
    """The place of each value in a tree, by its dotted key: ``person.name``, ``tags.0``."""
    for key, node in tree.items:
        name = f"{prefix}{key.text}"
        yield name, node.place
        if isinstance(node, MappingNode):
            yield from key_positions(node, f"{name}.")
        elif isinstance(node, SequenceNode):
            for i, item in enumerate(node.items):
                yield f"{name}.{i}", item.place
                if isinstance(item, MappingNode):
                    yield from key_positions(item, f"{name}.{i}.")
