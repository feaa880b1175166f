"""YAML as a tree of nodes with their places, in which every scalar is still text. See ``yaml.py``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microsite.core.problems import Place
from microsite.core.records import Record


class ScalarNode(Record):
    place: Place
    text: str


class SequenceNode(Record):
    place: Place
    items: tuple[Node, ...]


class MappingNode(Record):
    place: Place
    items: tuple[tuple[ScalarNode, Node], ...]

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
