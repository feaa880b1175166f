"""Notes that an author means to hide and visitors would read, such as an HTML comment that is not closed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from microsite.content.markdown.source import SourceText
from microsite.core.problems import text

_DASHES = "(?:--|[\u2013\u2014])"
"""Word processors make one dash of two hyphens."""

_NOTE = re.compile(
    r"<!"  # whatever follows: no text begins so
    rf"|<{_DASHES}(?=\s[^<>]*{_DASHES}>)"
    rf"|(?<![\w!])!{_DASHES}(?=[^<>]*{_DASHES}>)"
    r"|\{#(?=[^{}]*#\})|\{%-?[ \t]*comment\b|\{\{[ \t]*[!#/]|<%(?=[^<>]*%>)|%%(?=[^%\n]+%%)"  # of templates
    r"|(?:(?<=\n)|\A|(?<=<p>))\[(?://|comment)\][ \t]*:",  # links that lead nowhere
    re.I,
)
_SIGNS = ("!", "{", "%", "[", "<-", "<\u2013", "<\u2014", "&lt;-", "&lt;\u2013", "&lt;\u2014")
_CODE = re.compile(r"<code\b[^>]*>.*?</code>", re.S)
_SPOILED = re.compile(r"<!---?>|<!--(?=(?:(?!-->).)*<!--)", re.S)
"""Comments that end where they begin, and comments in which another begins: the rest is read."""

NOTE = text("this is meant as a hidden note, but visitors would read it")
NOTE_HINT = text("write <!-- a note -->, or take it away; code is put between backticks")


def seems_note(words: str) -> bool:
    """Whether a text that is shown as it is typed has a note in it."""
    return any(sign in words for sign in _SIGNS) and _NOTE.search(html.unescape(words)) is not None


def printed_notes(markup: str, source: SourceText) -> Iterator[int | None]:
    """The offset in the source of each note that ``markup``, the HTML made of it, shows."""
    outside = source.without_code
    if "<!-" in outside:
        yield from (found.start() for found in _SPOILED.finditer(outside))
    if not any(sign in markup for sign in _SIGNS):
        return
    shown = [found[0] for found in _NOTE.finditer(html.unescape(_CODE.sub(" ", markup)))]
    in_code = sum(code.count("&lt;!--") for code in _CODE.findall(markup) if "&lt;!--" in code)
    if in_code > source.text.count("<!--") - outside.count("<!--"):  # indented, so that it became code
        shown.append("<!--")
    for opening in shown:
        yield _offset(opening, source)


def _offset(opening: str, source: SourceText) -> int | None:
    """Where this is typed: outside comments if possible, as it is or as a character reference."""
    for typed in (source.masked, source.without_code, source.text):
        found = re.search(rf"{re.escape(opening)}|&(?:lt|#60|#x3c);?{re.escape(opening[1:])}", typed, re.I)
        if found:
            return found.start()
    return None
