"""YAML from a tree: what is written is read as it was, whatever its values are.

Every value is between double quotes, on one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from microsite.content import yaml
from microsite.content.tree import MappingNode, Node, SequenceNode, said
from microsite.core.problems import InvalidFile


def lines(tree: MappingNode) -> str:
    """A mapping with a line for each key; those of a mapping in it are indented."""
    return "".join(_lines(tree))


def flow(node: Node) -> str:
    """A node between braces or brackets, or quotes."""
    if isinstance(node, MappingNode):
        return "{" + ", ".join(f"{_key(key.text)}: {flow(value)}" for key, value in node.items) + "}"
    if isinstance(node, SequenceNode):
        return "[" + ", ".join(map(flow, node.items)) + "]"
    return _quoted(node.text)


def changed(source: str, wanted: MappingNode) -> str:
    """YAML that says what is wanted: what says so in ``source`` stays as it is written there, with comments.

    Raises InvalidFile for a source that is none.
    """
    tree = yaml.parse(source, "", limit=len(source))
    rows = [f"{row}\n" for row in source.removesuffix("\n").split("\n")] if source else []
    written = "".join(_changed(tree, wanted, rows, 0, len(rows)))
    try:
        if said(yaml.parse(written, "", limit=len(written))) == said(wanted):
            return written
    except InvalidFile:
        pass
    return lines(wanted)  # as of keys that share a line


def _lines(tree: MappingNode) -> Iterator[str]:
    for key, node in tree.items:
        if isinstance(node, MappingNode) and node.items:
            yield f"{_key(key.text)}:\n"
            yield from (f"  {line}" for line in _lines(node))
        else:
            yield f"{_key(key.text)}: {flow(node)}\n"


def _changed(
    tree: MappingNode, wanted: MappingNode, source: list[str], begin: int, end: int
) -> Iterator[str]:
    """The lines of a mapping that stands from the line ``begin`` until ``end``, counted from 0."""
    edges = [*(key.place.line - 1 for key, _ in tree.items), end]
    indent = " " * (tree.items[0][0].place.column - 1) if tree.items else ""
    yield from source[begin : edges[0]]
    for (key, node), first, after in zip(tree.items, edges, edges[1:], strict=False):
        last = after
        while last > first + 1 and _aside(source[last - 1]):
            last -= 1
        new = wanted.get(key.text)
        if said(new) == said(node):
            yield from source[first:last]
        elif isinstance(new, MappingNode) and isinstance(node, MappingNode) and _is_below(node, first):
            yield source[first]
            yield from _changed(node, new, source, first + 1, last)
        elif new is not None:
            yield from (indent + line for line in _lines(MappingNode(tree.place, ((key, new),))))
        yield from source[last:after]
    known = {key.text for key, _ in tree.items}
    added = tuple((key, value) for key, value in wanted.items if key.text not in known)
    yield from (indent + line for line in _lines(MappingNode(tree.place, added)))


def _is_below(node: MappingNode, line: int) -> bool:
    """Whether a mapping is written below its key, which is on this line, counted from 0."""
    return bool(node.items) and node.items[0][0].place.line - 1 > line


def _aside(line: str) -> bool:
    """Whether a line says nothing to the program: a comment, or nothing."""
    return not line.strip() or line.lstrip().startswith("#")


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else _quoted(name)


def _quoted(value: str) -> str:
    return _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))


_PLAIN = re.compile(r"[a-z][a-z0-9_]*")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML does not take, or takes for the end of a line; JSON has seen to the rest."""
