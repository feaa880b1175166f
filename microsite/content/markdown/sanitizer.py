"""What HTML may come out of a text, and the sanitiser that holds it to that."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from microsite.content.markdown import cleaner
from microsite.content.markdown.cleaner import AllowList, AttributeFilter
from microsite.content.markdown.source import PRIVATE
from microsite.content.markdown.tree import TRUST

_TAGS = """
    a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp section small span strong
    sub summary sup table tbody td tfoot th thead time tr u ul var wbr
"""
TAGS = frozenset(_TAGS.split())
CONTENT_DROPPED = frozenset({"script", "style"})
URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_TYPED = {  # the attributes that authors may type
    "*": frozenset({"title", "lang", "dir"}),
    "a": frozenset({"href"}),
    "ol": frozenset({"start", "reversed"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "details": frozenset({"open"}),
}
_SET_BY_US = frozenset({"id", "class", "role", "tabindex", "aria-label"})
ATTRIBUTES = {**_TYPED, "*": _TYPED["*"] | _SET_BY_US}
"""The attributes that are allowed on each tag, and under ``*`` on all."""

ALLOWED = AllowList(TAGS, ATTRIBUTES, URL_SCHEMES)

_EXTERNAL = "\ue001"


def sanitize(html: str, attribute_filter: AttributeFilter) -> str:
    """Well-formed HTML of any text, in which only ``TAGS`` and ``ATTRIBUTES`` are left.

    The filter is asked about every attribute that is allowed on its tag. What it returns is escaped and
    written. Tags that are not allowed go and their content stays, except that of ``CONTENT_DROPPED``.
    Comments go. This is done by nh3 where it is installed, else by ``cleaner``.
    """
    try:
        import nh3
    except ImportError:
        return cleaner.clean(html, ALLOWED, attribute_filter)
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(CONTENT_DROPPED),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=attribute_filter,
        link_rel=None,
        url_schemes=set(URL_SCHEMES),
    )


def safe_html(html: str, link: Callable[[str], str | None]) -> str:
    """What may be published of ``html``.

    ``link`` is given the target of every link, and returns what to write in its ``href``, or None for none.
    """

    def attribute_filter(_tag: str, name: str, value: str) -> str | None:
        if value.startswith(TRUST):
            return value[1:]
        if name in _SET_BY_US:
            return None
        if name == "href":
            address = link(value)
            external = address is not None and address.startswith(("http:", "https:"))
            return f"{address}{_EXTERNAL}" if external else address
        return None if PRIVATE.search(value) else value

    cleaned = sanitize(_without_private_references(html), attribute_filter)
    return cleaned.replace(f'{_EXTERNAL}"', '" rel="noreferrer"')


_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.I)


def _without_private_references(html: str) -> str:
    """No private-use or control character spelled as a character reference: the sanitiser would decode it."""

    def replaced(found: re.Match[str]) -> str:
        hexadecimal, decimal = (digits and (digits.lstrip("0")[:8] or "0") for digits in found.groups())
        character = unescape(f"&#x{hexadecimal};" if hexadecimal else f"&#{decimal};")
        return found[0] if character and not PRIVATE.match(character) else "\ufffd"

    return _REFERENCE.sub(replaced, html) if "&#" in html else html


# ── the HTML that an author typed ──

_SWALLOWED = re.compile(  # browsers do not read their content as HTML: left open they could swallow the page
    r"<(script|style|template|iframe|noscript|noembed|noframes|textarea|title|xmp|plaintext|select|option|svg"
    r"|math|object|embed|audio|video|canvas|form|button|frameset)(?=[\s/>]).*?(?:</\1\s*>|\Z)",
    re.S | re.I,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>?")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_WITHOUT_END = frozenset(  # that HTML has no end tag for, or closes by itself where the next begins
    {"br", "hr", "wbr", "col", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"}
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")


def unclosed_tags(typed: str) -> dict[str, list[int]]:
    """The offsets of opening tags without an end, by name, of those that keep working until they have one."""
    opened: dict[str, list[int]] = {}
    for found in _TAG.finditer(_COMMENT.sub(lambda comment: " " * len(comment[0]), typed)):
        name = found[2].lower()
        if not found[1]:
            if name in TAGS and name not in _WITHOUT_END:
                opened.setdefault(name, []).append(found.start())
        elif opened.get(name):
            opened[name].pop()
    return {name: offsets for name, offsets in opened.items() if offsets}


def strip_disallowed(raw: str, removed: Callable[[str, str], None], link: Callable[[str], None]) -> str:
    """Typed HTML without the tags that are not allowed, so that none can reach beyond its own piece.

    ``removed`` is called with the tag, and the attribute or an empty string, of all that is not allowed;
    ``link`` with the target of every link.
    """

    def without(found: re.Match[str]) -> str:
        removed(found[1].lower(), "")
        return " "

    def checked(found: re.Match[str]) -> str:
        tag = found[2].lower()
        if tag not in TAGS:
            removed(tag, "")
            return " "
        if not found[1] and found[3]:
            check_attributes(tag, found[3])
        return found[0]

    def check_attributes(tag: str, attributes: str) -> None:
        for found in _ATTRIBUTE.finditer(attributes):
            name = found[1].lower()
            if name == "href" and tag == "a":
                link((found[2] or "").strip("\"'"))
            elif name not in _TYPED["*"] and name not in _TYPED.get(tag, ()):
                removed(tag, name)

    return _TAG.sub(checked, _SWALLOWED.sub(without, raw)) if "<" in raw else raw
