"""Old addresses of a page: ``aliases`` in its front matter."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from microsite.content.kinds import page_path
from microsite.content.tree import MappingNode, ScalarNode, SequenceNode
from microsite.core.problems import Problem, text
from microsite.core.urls import content_path, server_path

KEY = "aliases"

LONGEST = 200
"""The most bytes in an old address: its page is a file, also on a disk that takes no longer names."""


def aliases(front_matter: MappingNode, path: str) -> Iterator[tuple[str, str]]:
    """(dotted key, path within the site) of each old address of the document at ``path`` that is valid."""
    for i, node in enumerate(_written(front_matter)):
        if isinstance(node, ScalarNode) and (old := old_path(node.text, path)):
            yield f"{KEY}.{i}", old


def alias_problems(front_matter: MappingNode, path: str) -> Iterator[Problem]:
    """The old addresses of the document at ``path`` of which it is not certain what they mean."""
    for node in _written(front_matter):
        if isinstance(node, ScalarNode) and not old_path(node.text, path):
            yield Problem(node.place, _NO_ADDRESS.format(address=node.text), _FROM_THE_TOP)


def old_path(written: str, path: str) -> str:
    """The path within the site of an old address of the document at ``path``; "" when it is not certain.

    It is the name of the old file, or its address, with or without ``.html``. A name alone was in the folder
    of the document; anything else is counted from the first folder of the site.
    """
    plain = unicodedata.normalize("NFC", unquote(written.strip()))
    beside = "/" not in plain or plain.startswith(("./", "../"))
    page = path if plain.endswith(".md") else page_path(path)
    found = content_path(plain, posixpath.dirname(page) if beside else "")
    suffix = posixpath.splitext(found)[1]
    if plain.endswith("/"):
        found = f"{found}/index.html"
    elif suffix == ".md":
        found = "" if found.startswith("../") else page_path(found)
    elif not suffix:
        found = f"{found}.html"
    try:
        valid = plain and found.endswith(".html") and len(found.encode()) <= LONGEST
        return server_path(found) if valid else ""
    except ValueError:
        return ""


def _written(front_matter: MappingNode) -> tuple[object, ...]:
    node = front_matter.get(KEY)
    return node.items if isinstance(node, SequenceNode) else ()


_NO_ADDRESS = text("'{address}' is not the old address of a page")
_FROM_THE_TOP = text("write it from the first folder of the site on: /verhalen/voorbeeld.html")
