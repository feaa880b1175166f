"""Reading published pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode


def nodes(html: str, selector: str) -> list[LexborNode]:
    return LexborHTMLParser(html).css(selector)


def addresses(html: str) -> Iterator[tuple[str, str]]:
    """(attribute, value) of everything on a page that a browser may follow or fetch."""
    for node in nodes(html, "[href], [src], [srcset], [poster]"):
        for name, value in node.attributes.items():
            if name in ("href", "src", "poster"):
                yield name, value or ""
            elif name == "srcset":
                yield from ((name, part.split()[0]) for part in (value or "").split(","))


def undigested(paths: list[str]) -> list[str]:
    """In order, the search index without the digest in its name."""
    return sorted(re.sub(r"^js/zoeken-[0-9a-f]{10}\.js$", "js/zoeken.js", path) for path in paths)
