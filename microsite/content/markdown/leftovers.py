"""Marks of Markdown, or of a dialect of it, that visitors would read: their author meant something by them.

They are looked for in what is printed, since only that tells whether they did nothing. What honest texts
have, such as ``5 * 3``, ``snake_case`` and ``€ 5**``, is none: see docs/decisions/markdown.md.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from microsite.content.markdown.source import SourceText
from microsite.core.problems import Text, text
from microsite.core.records import Record

Leftover = tuple[int | None, Text, Text]
"""The offset in the source, the message and the hint."""


class _Kind(Record):
    """Marks by the pattern of what is printed. Only what has one of ``signs`` is searched."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    hint: Text


def _kind(signs: str, pattern: str, hint: Text) -> _Kind:
    """A kind of which ``signs`` are apart by spaces; behind a dot is one that begins a line but the first."""
    begins = (f"\n{sign[1:]}" if sign[0] == "." else sign for sign in signs.split())
    return _Kind(tuple(begins), re.compile(pattern, re.M | re.I), hint)


_OPENS = "(?:(?<=^)|(?<=[\\s(\"'\u2018\u201c]))"
_ADDRESS = r"<?(?:(?:https?:|mailto:|tel:|www\.|[./#])[^\s()<>]+|[^\s()<>]+\.[a-z]{2,5}(?:[#?][^\s()<>]*)?)>?"
_ATTRIBUTE = r"(?:[.#][\w-]+|(?:class|height|id|lang|rel|style|target|title|width)=)"
_BULLETS = "\u2022\u2023\u25aa\u25ab\u25e6\u25cf\u25cb\u25a0\u25a1\u25c6\u2756\u00b7"
_OFTEN_BULLETS = "\u2013\u2014\u2192\u2713\u2714\u2610\u2611\u2612\u25ba\u25b6\u27a4\u00bb\u203a"
"""Bullets where two lines begin so."""

_BOLD = text("write **words**: as many marks behind as before, and no space within them")
_LINK = text("write [words](file.md): no space between the brackets, and none in the address")
_LIST = text("write '- ' at the start of each line: a hyphen and a space")
_NUMBERS = text("write '1. ' and so on at the start of each line: a number, a dot and a space")
_BOX = text("write a box as: > [!tip] Title")

_KINDS = (
    _kind("**", rf"{_OPENS}\*\*(?=[^\s*])|{_OPENS}\*\*(?= [^*\n]*[^\s*]\*\*(?!\*))", _BOLD),
    _kind("__", r"(?<!\w)__(?=[^\W_])", _BOLD),
    _kind(
        "*",
        rf"{_OPENS}\*(?=[^\W_][^*\n]*\s\*(?:[.,;:!?)\s]|$))",
        text("write *words*: no space within the marks"),
    ),
    _kind("~~", r"(?<!~)~~(?=[^\s~])", text("leave these words out, or write <del>words</del>")),
    _kind("==", r"(?<![=\w])==(?=[^\s=][^=\n]*==(?![=\w]))", text("write <mark>words</mark>")),
    _kind("](", r"\]\(", _LINK),
    _kind("]", rf"(?<!\[)\[(?!\d+\])[^\[\]\n]+\]\s+\({_ADDRESS}\)", _LINK),
    _kind(")[", rf"\([^()\n]+\)\[{_ADDRESS}\]", _LINK),
    _kind("[[", r"\[\[[^\[\]\n]+\]\]", _LINK),
    _kind("^[", r"\^\[[^\[\]\n]+\]", text("write [^name] here, and below the text: [^name]: the note")),
    _kind(
        "{",
        rf"\{{:?[ ]*{_ATTRIBUTE}[^{{}}\n]*\}}",
        text("write it right behind a link, without a space: [words](page.md){{.knop}}"),
    ),
    _kind("```", "```", text("put the three marks on a line of their own, above and below the code")),
    _kind("##", r"^#{2,6}(?=[ ])", text("put an empty line above it, and no spaces before it")),
    _kind(":::", r"^:::+(?=[ ]*\{?\w)", _BOX),
    _kind("!!!", r"^!!!(?= (?:caution|danger|example|hint|important|info|note|quote|tip|warning)\b)", _BOX),
    _kind(
        "[",
        r"^(?:-[ ]?)?\[[ xXvV]?\](?=[ ]?[^\W\d_])",
        text("write '- [ ] words': the reader does the ticking"),
    ),
    _kind(" ".join(_BULLETS), rf"^[{_BULLETS}](?=\s*\S)", _LIST),
    _kind(" .".join(f" {_OFTEN_BULLETS}")[2:], rf"^([{_OFTEN_BULLETS}])(?=\s+\S.*\n\1\s+\S)", _LIST),
    _kind(".-", r"^-(?=[^\W\d_].*\n-[^\W\d_])", _LIST),
    _kind(".2.", r"^1\.(?=[^\W\d_].*\n2\.[^\W\d_])", _NUMBERS),
    _kind(".o", r"^o(?=\s+\S.*\no\s+\S)", _LIST),  # a bullet of Word, as it is pasted
    _kind(
        ".b .B .(b .(B .(2 .II",
        r"^(?:(?-i:a\.)|a\)|\(a\)|\(1\)|I\.)(?=[ ]\S.*\n(?:(?-i:b\.)|b\)|\(b\)|\(2\)|II\.)[ ])",
        _NUMBERS,
    ),  # with capitals, "A." and "B." are initials
)
_SIGNS = sorted({sign for kind in _KINDS for sign in kind.signs} | {"|"})
_ORDINARY = bytes({*range(256)} - {*b"#*=[]_`{|~\x96\x97\xa2\xa3\xb7"})
"""Bytes of UTF-8 that none of the signs has, but for those that ``_MAY_BEGIN`` and ``_BOXES`` are about."""

_BOXES = (":::", "!!!")
_MAY_BEGIN = re.compile(
    rf"\n(?:-[^\W\d_]|2\.[^\W\d_]|[bB][.)][ ]|\([bB2]\)[ ]|II\.[ ]|o\s|[{_OFTEN_BULLETS}]\s)"
)
_CODE = re.compile(r"<(code|pre|kbd|samp)\b[^>]*>.*?</\1>", re.S)
_INDENT = re.compile(r"\n[ ]+")
_TAG = re.compile(r"<[^>]*>")
_ROW = re.compile(r"^\|.*[\w-].*\|[ ]*$", re.M)
_NO_ITEM = rf"(?!\s*(?:[-*+o{_BULLETS}]|\d+[.)])\t)"
_CELLS = rf"{_NO_ITEM}(?![ ]{{4}})[^\t\n]*[^\s:][ ]*\t[^\n]*\S"
_TABBED = re.compile(rf"(?<=\n)(?<!\t)\t?{_CELLS}(?=[ \t]*\n{_CELLS})")
_CONTEXT = 40


def leftovers(markup: str, words: str, source: SourceText) -> Iterator[Leftover]:
    """The marks that are printed by ``markup``, the HTML that was made of ``source``.

    ``words`` are the different words that a visitor reads, which are quicker to look through.
    """
    if "\t" in source.text:
        yield from _tables_with_tabs(source)
    if "\n " in markup:  # lines of an item, as they were indented
        markup = _INDENT.sub("\n", markup)
    ordinary = not words.encode().translate(None, _ORDINARY) and not any(box in words for box in _BOXES)
    if ordinary and not _MAY_BEGIN.search(markup):
        return
    signs = {sign for sign in _SIGNS if sign in markup}
    if not signs:
        return
    prose = html.unescape(_TAG.sub("", _CODE.sub("\0", markup)))
    for kind in _KINDS:
        if not signs.isdisjoint(kind.signs):
            for found in _first_of_runs(kind.pattern, prose):
                message = text("'{typed}' is printed as it is typed", typed=found[0])
                yield _typed_at(found, source), message, kind.hint
    for found in _first_of_runs(_ROW, prose) if "|" in signs else ():
        row = _row("---" for _ in range(found[0].count("|") - 1))
        hint = text("write this below its first row: {row}", row=row)
        yield _typed_at(found, source), text("this table is printed as it is typed"), hint


def _tables_with_tabs(source: SourceText) -> Iterator[Leftover]:
    """Tables as they come from a spreadsheet, whose cells are printed behind each other."""
    for found in _first_of_runs(_TABBED, f"\n{source.masked}\n"):
        cells = [cell.strip() for cell in found[0].split("\t")]
        message = text("this table has tabs, and is printed as one line of words")
        hint = text("write its first row as '{row}', and below it '{dashes}'")
        yield (
            found.start() - 1,
            message,
            hint.format(row=_row(cells), dashes=_row("---" for _ in cells)),
        )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _first_of_runs(pattern: re.Pattern[str], words: str) -> Iterator[re.Match[str]]:
    """The first match of each line; and of lines below each other, where a match is that of a line."""
    last = -1
    for found in pattern.finditer(words):
        between = words[last : found.start()] if last >= 0 else "\n\n"
        line_start = not found.start() or words[found.start() - 1] == "\n"
        if between.count("\n") > (1 if line_start else 0):
            yield found
        last = found.end()


def _typed_at(found: re.Match[str], source: SourceText) -> int | None:
    """Where this mark is typed: of its places outside code, the one with most of the same words around it."""
    printed, typed = found.string, source.masked
    before = printed[max(0, found.start() - _CONTEXT) : found.start()][::-1]
    behind = printed[found.end() : found.end() + _CONTEXT]

    def likeness(place: re.Match[str]) -> int:
        typed_before = typed[max(0, place.start() - _CONTEXT) : place.start()][::-1]
        return _same(before, typed_before) + _same(behind, typed[place.end() : place.end() + _CONTEXT])

    for sign in (found[0], found[0][found[0].find("]") :]):  # words in brackets can have marks themselves
        if places := [*re.finditer(re.escape(sign), typed)]:
            return max(places, key=likeness).start()
    return None


def _same(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
