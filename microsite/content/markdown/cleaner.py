"""Sanitises HTML without nh3, which is a native library: in a browser.

What comes out is safe whatever comes in, because all of it is written here: a ``<`` stands only before a name
on the list, and each tag that is opened is closed. For the HTML that Markdown makes it is what nh3 makes of
it. Typed HTML whose tags cross each other is closed, but not repaired as a browser would repair it: see
``docs/decisions/sanitizer.md``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from html import unescape
from html.entities import html5

from microsite.core.records import Record

AttributeFilter = Callable[[str, str, str], str | None]
"""Given a tag, an attribute and its value: the value to write, or None to leave the attribute out."""


class AllowList(Record):
    """What may be in HTML. ``attributes`` are by tag, under ``*`` those of all tags."""

    tags: frozenset[str]
    attributes: Mapping[str, frozenset[str]]
    url_schemes: frozenset[str]


_MARKUP = re.compile(
    r"""<(?:!--(?:-?>|.*?(?:--!?>|\Z))                          # a comment
    |(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)(?=[\s/>])
     .*?(?:</\1[^>]*>?|\Z)
    |(?P<end>/?)(?P<tag>[a-z][^\s/>]*)(?P<rest>(?:=\s*"[^"]*(?:"|\Z)|=\s*'[^']*(?:'|\Z)|[^>])*+)
     (?:>|(?P<cut>\Z))
    |[!?/][^>]*(?:>|\Z))                                         # what browsers take for a comment
    """,
    re.S | re.X | re.I,
)
"""A tag, or what is left out as a whole: what browsers do not read as HTML, too."""

_ATTRIBUTE = re.compile(r"""([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")
_NAMED = re.compile(r"&[a-z0-9]+[;=]?", re.I)
"""What may be a character reference in an attribute, where ``&copy=`` is none: the next part of a query."""

_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.I)
_BREAKS = str.maketrans("", "", "\t\n\r")
"""Browsers leave these out of an address."""

_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", 0xA0: "&nbsp;", 0: None}
_VALUE = {**_TEXT, ord('"'): "&quot;", 0: "\ufffd"}
_WITHOUT_CONTENT = frozenset({"br", "col", "hr", "wbr"})
_BLOCKS = """aside blockquote dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre section
    summary table ul"""
_ENDS = {**dict.fromkeys(_BLOCKS.split(), "p"), "a": "a"}
"""The element, if it is open, that ends where this one begins: of what Markdown makes, not of all of HTML."""


def clean(html: str, allowed: AllowList, attribute_filter: AttributeFilter) -> str:
    """Well-formed HTML with only what is allowed. The filter is asked about each attribute that is."""
    out: list[str] = []
    opened: list[str] = []
    depth: Counter[str] = Counter()

    def close(tag: str) -> None:
        last = ""
        while last != tag:
            last = opened.pop()
            depth[last] -= 1
            out.append(f"</{last}>")

    position = 0
    for found in _MARKUP.finditer(html):
        out.append(_text(html[position : found.start()]))
        position = found.end()
        tag = (found["tag"] or "").lower()
        if tag not in allowed.tags or found["cut"] is not None:
            continue
        if found["end"]:
            if depth[tag]:
                close(tag)
            elif tag == "p":  # it was closed by a block within it
                out.append("<p></p>")
            continue
        if depth[ended := _ENDS.get(tag, "")]:
            close(ended)
        out.append(_opening(tag, found["rest"], allowed, attribute_filter))
        if tag not in _WITHOUT_CONTENT:
            opened.append(tag)
            depth[tag] += 1
    return "".join([*out, _text(html[position:]), *(f"</{tag}>" for tag in reversed(opened))])


def _text(html: str) -> str:
    return unescape(html).translate(_TEXT)


def _opening(tag: str, typed: str, allowed: AllowList, attribute_filter: AttributeFilter) -> str:
    names: Collection[str] = allowed.attributes["*"] | allowed.attributes.get(tag, frozenset())
    values: dict[str, str] = {}
    for name, *value in _ATTRIBUTE.findall(typed):
        values.setdefault(name.lower(), unescape(_NAMED.sub(_reference, "".join(value))))
    written = ""
    for name, value in values.items():
        if name in names and (name != "href" or _may_be_followed(value, allowed.url_schemes)):
            result = attribute_filter(tag, name, value)
            if result is not None:
                written += f' {name}="{result.translate(_VALUE)}"'
    return f"<{tag}{written}>"


def _reference(found: re.Match[str]) -> str:
    return found[0] if found[0][1:] in html5 else f"&amp;{found[0][1:]}"


def _may_be_followed(address: str, schemes: Collection[str]) -> bool:
    scheme = _SCHEME.match(address.translate(_BREAKS))
    return scheme is None or scheme[1].lower() in schemes
