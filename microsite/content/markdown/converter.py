"""Markdown text in, sanitised HTML out: Python-Markdown and nh3, set up for this project.

This module knows text, syntax and safety. What a link, an image or a heading *means* is the
reader's (see ``Reader``): it sees the parsed tree before it is written out, every tag that
was typed as HTML, and every address that is about to be let through.
"""

from __future__ import annotations

import html
import itertools
import re
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, ClassVar, Protocol, TypeVar
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor, HRProcessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import DelimiterProcessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX, AtomicString, Registry

from microsite.core.problems import Place, Problem, Text, text
from microsite.core.records import Record

T = TypeVar("T")

# Private-use characters are ours alone: ``Source`` takes out those that were typed and ``convert``
# those that were spelled as numbers (&#xE000;). So nobody else can write a value that is trusted.
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_COMMON = bytes({*b"\t\n", *range(0x20, 0x7F), *range(0x80, 0xC0), *range(0xC3, 0xED), *range(0xF0, 0xF3)})
"""Bytes of UTF-8 that are in no character that is private or cannot be shown."""
_TRUST, _OUTSIDE = "\ue000", "\ue001"
_LIFTED = "x-lifted"  # a tag that is not allowed, so that only its text is left
_CALLOUTS = {
    "tip": text("Tip"),
    "let-op": text("Mind"),
    "voorbeeld": text("Example"),
    "weetje": text("Did you know?"),
    "overnemen": text("Words to take over"),
}
Say = Callable[[Text], str]


class Reader(Protocol):
    """Gives meaning to one text while it is converted."""

    def say(self, sentence: Text) -> str:
        """Words of ours in the language of the text."""

    def tree(self, tree: Tree) -> None:
        """The whole text, parsed; to be changed in place."""

    def left_out(self, tag: str, attribute: str) -> None:
        """A tag, or an attribute of it, that the author typed as HTML and that is not allowed."""

    def typed_link(self, target: str) -> None:
        """A link that the author typed as HTML."""

    def link(self, target: str) -> str | None:
        """What to print for an ``href``; None leaves the attribute out."""


class Tree(Record):
    """A parsed text. ``notes`` are the footnotes in it, ``unused`` those that nothing refers to."""

    root: Element
    raw: Sequence[str]
    notes: Sequence[str]
    unused: Sequence[str]

    callouts: ClassVar[tuple[str, ...]] = tuple(kind.replace("-", " ") for kind in _CALLOUTS)

    def set(self, element: Element, name: str, value: str) -> None:
        """Gives an attribute that authors may not type themselves."""
        element.set(name, _trusted(value))

    def unwrap(self, element: Element) -> None:
        """Leaves only the text of an element standing, between the elements around it."""
        element.tag = _LIFTED

    def links(self) -> Iterable[Element]:
        """The links that were written, so without those of footnotes."""
        return [link for link in self.root.iter("a") if not link.get("href", "").startswith(_TRUST)]

    def unknown_callouts(self) -> Iterable[str]:
        boxes = self.root.iter("div")
        return [kind for box in boxes if (kind := box.attrib.pop("unknown", None)) is not None]

    def plain(self, markup: str) -> str:
        """What a visitor would read where Python-Markdown left place-holders and entities."""
        if "\x02" in markup:
            markup = HTML_PLACEHOLDER_RE.sub(self._entity, markup.replace(AMP_SUBSTITUTE, "&"))
        return html.unescape(markup) if "&" in markup else markup

    def _entity(self, found: re.Match[str]) -> str:
        raw = self.raw[int(found[1])]
        return raw if raw.startswith("&") else ""


def convert(typed: str, reader: Reader) -> str:
    """Safe HTML for a text, read by this reader. Any exception of the parser comes through."""
    global _converter  # noqa: PLW0603 -- one for the process: it is costly to make
    with _lock:
        converter = _converter or _Converter()
        _converter = None  # one that failed halfway is not used again
        markup = converter.convert(typed, reader)
        _converter = converter
    return markup


def _trusted(value: str) -> str:
    """An attribute value of ours, as opposed to one that was typed."""
    return _TRUST + value


# ── the text as it was typed ──

_TARGETS = (  # a sign that is always there, and the whole
    ("](", re.compile(r"\]\(\s*<?([^\s<>)]*)")),  # [words](target or ![words](target
    ("]:", re.compile(r"^ {0,3}\[[^\]\n]*\]:[ \t]*<?([^\s<>]+)", re.M)),  # [label]: target
    ("=", re.compile(r"""\b(?:href|src)\s*=\s*["']?([^\s"'<>]+)""", re.I)),
    ("<", re.compile(r"<([a-z][a-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>", re.I)),
)
_HEADING = re.compile(  # behind the end of the line above: what begins with a letter is found quickly
    r"\n(?:[ >]*(?:[*+-][ ]+|\d+\.[ ]+)?(#{1,6})(?=[ \n]|$)"  # ## words
    r"|(?<=\n\n)[ >]*(?=\S).*\n[ >]*([=-])\2*[ ]*$)",  # words, underlined
    re.M,
)
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)


class Source:
    """What an author typed: finds back where something stands, which the parser does not remember."""

    def __init__(self, typed: str, path: str, first_line: int) -> None:
        self.text = typed.replace("\r\n", "\n").replace("\r", "\n")
        self.path = path
        self.first_line = first_line
        self._asked: Counter[str] = Counter()

    def place(self, offset: int | None) -> Place:
        """Line and column in the author's file; only the file when the offset is not known."""
        if offset is None:
            return Place(self.path)
        line = bisect_right(self._starts, offset) - 1
        return Place(self.path, line + self.first_line, offset - self._starts[line] + 1)

    def target(self, target: str) -> int | None:
        """Where the next link or image with this target stands; the last one when they are used up."""
        places = self._targets.get(target)
        if not places:
            return self.find(target)
        self._asked[target] += 1
        return places[min(self._asked[target], len(places)) - 1]

    def find(self, words: str) -> int | None:
        found = self.masked.find(words) if words else -1
        return found if found >= 0 else None

    def tag(self, name: str) -> int | None:
        found = re.search(rf"<{re.escape(name)}(?![\w-])", self.masked, re.I)
        return found.start() if found else None

    def heading(self, level: int) -> int | None:
        """Where the next heading of this level stands."""
        return next((offset for typed, offset in self._headings if typed == level), None)

    def without_private(self) -> str:
        return self.text if self.private is None else _PRIVATE.sub(" ", self.text)

    @cached_property
    def odd(self) -> bool:
        """May there be characters that are private or cannot be shown? Seldom, and that is seen quickly."""
        return bool(self.text.encode("utf-8", "surrogatepass").translate(None, _COMMON))

    @cached_property
    def private(self) -> int | None:
        """Where the first private-use character stands."""
        found = _PRIVATE.search(self.text) if self.odd else None
        return found.start() if found else None

    @cached_property
    def unclosed_fence(self) -> int | None:
        """Where a block of code begins that is never closed."""
        lines = self.text.split("\n") if _may_have_fences(self.text) else []
        return next((self._starts[first] for first, _, closed in fences(lines) if not closed), None)

    @cached_property
    def masked(self) -> str:
        """The text with code and comments blanked, everything else in its place."""
        masked = self.text
        if _may_have_fences(masked):
            lines = masked.split("\n")
            for first, last, _ in fences(lines):
                lines[first : last + 1] = [" " * len(line) for line in lines[first : last + 1]]
            masked = "\n".join(lines)
        if "`" in masked:
            masked = _SPAN.sub(_blank, masked)
        return _COMMENT.sub(_blank, masked) if "<!--" in masked else masked

    @cached_property
    def _headings(self) -> Iterator[tuple[int, int]]:
        for found in _HEADING.finditer(f"\n\n{self.masked}"):
            if found[1]:
                yield len(found[1]), found.start(1) - 2
            else:
                yield " =-".index(found[2]), found.start() - 1

    @cached_property
    def _starts(self) -> list[int]:
        return [*itertools.accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0)]

    @cached_property
    def _targets(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        signed = [pattern for sign, pattern in _TARGETS if sign in self.masked]
        matches = [found for pattern in signed for found in pattern.finditer(self.masked)]
        end = 0
        for found in sorted(matches, key=lambda found: found.start()):
            if found.start() >= end:
                places.setdefault(found[1], []).append(found.start(1))
                end = found.end()
        return places


def _may_have_fences(typed: str) -> bool:
    return "```" in typed or "~~~" in typed


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


# ── what no parser is shown ──

_DEEPEST = 50


class _Limit(Record):
    """A pattern, and how often it may occur before a text is refused.

    Only what is ``likely`` to have more is searched: that is told much quicker.
    """

    pattern: re.Pattern[str]
    allowed: int
    message: Text
    hint: Text
    likely: Callable[[Source], bool]


def _at_most(limit: int, mark: str, pattern: str, sign: str = "") -> _Limit:
    message = text("this text has more than {limit} times '{mark}'", limit=limit, mark=mark)
    hint, sign = text("divide it over more pages"), sign or mark
    return _Limit(
        re.compile(pattern, re.M),
        limit,
        message,
        hint,
        lambda source: sign in source.text and source.text.count(sign) >= limit,
    )


_MARKS = "*_`[]()<>!#~^|\\{}&:+"
_RUNS = tuple(mark * 80 for mark in _MARKS)
_NESTED = r"(?:[ \t]*(?:[*+>-]|\d+\.)(?=[ \t>])){20}|[ \t]{80,}(?:[*+>-]|\d+\.)[ \t]"
_NESTED_BELOW = re.compile(rf"\n(?:{_NESTED})")
_LIMITS = (
    _Limit(
        re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"),
        0,
        text("there is a character that cannot be shown"),
        text("delete it, or type the words around it again"),
        lambda source: source.odd,
    ),
    _Limit(
        re.compile(r"\A.{200000}(.)", re.S),
        0,
        text("this text has more than {limit} characters", limit=200_000),
        text("divide it over more pages"),
        lambda source: len(source.text) > 200_000,
    ),
    _Limit(
        re.compile(r"^.{5001}", re.M),
        0,
        text("this line has more than {limit} characters", limit=5_000),
        text("divide it into paragraphs, with an empty line between"),
        lambda source: len(source.text) > 5_000,
    ),
    _Limit(
        re.compile(rf"([{re.escape(_MARKS)}])\1{{79}}"),
        0,
        text("the same mark stands {limit} times in a row", limit=80),
        text("delete most of them"),
        lambda source: any(run in source.text for run in _RUNS),
    ),
    _Limit(
        re.compile(rf"^(?:{_NESTED})", re.M),
        0,
        text("lists and quotes are nested {limit} deep here", limit=20),
        text("take out marks or spaces at the start of the line"),
        lambda source: _NESTED_BELOW.search(f"\n{source.text}") is not None,
    ),
    # More than anyone needs, fewer than a parser chokes on.
    _at_most(1_000, "[", r"\["),
    _at_most(2_000, "<", r"<"),
    _at_most(200, "<!", r"<!"),
    _at_most(200, "<?", r"<\?"),
    _at_most(1_000, "`", r"`"),
    _at_most(500, "#", r"^#"),
    _at_most(200, ":", r"^:"),
    _at_most(200, "---", r"^[ >]*(?:[-=_*] *){3,}$", sign="\n"),
)
_OPENED = re.compile(r"<(/?)(?!(?:br|hr|img|wbr|p|li|td|th|tr|input|col)\b)[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>])")


def refusals(source: Source) -> tuple[Problem, ...]:
    """What would keep the parser or the sanitiser busy for minutes, found in microseconds."""
    found: list[Problem] = []
    for limit in _LIMITS:
        if not limit.likely(source):
            continue
        matches = limit.pattern.finditer(source.text)
        if one_more := next(itertools.islice(matches, limit.allowed, None), None):
            offset = one_more.start(one_more.lastindex or 0)
            found.append(Problem(source.place(offset), limit.message, limit.hint))
    if (deep := _too_deep(source.text)) is not None:
        message = text("HTML is nested more than {limit} deep here", limit=_DEEPEST)
        found.append(Problem(source.place(deep), message, text("close the tags, or write it as Markdown")))
    return tuple(found)


def _too_deep(typed: str) -> int | None:
    depth = 0
    for found in _OPENED.finditer(typed) if typed.count("<") > _DEEPEST else ():
        depth = max(0, depth + (-1 if found[1] else 1))
        if depth > _DEEPEST:
            return found.start()
    return None


# ── the parser and the sanitiser ──

_TAGS = set(
    re.split(
        r"\s+",
        "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
        " figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp section small span strong"
        " sub summary sup table tbody td tfoot th thead time tr u ul var wbr",
    )
)
_TYPED = {  # the attributes that authors may type themselves
    "*": frozenset({"title", "lang", "dir"}),
    "a": frozenset({"href"}),
    "ol": frozenset({"start", "reversed"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "details": frozenset({"open"}),
}
_OURS = frozenset({"id", "class", "role", "tabindex", "aria-label"})


_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "[",
    "image_link": "[",
    "image_reference": "[",
    "short_reference": "[",
    "short_image_ref": "[",
    "footnote": "[",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "entity": "&",
    "linebreak": "  \n",
    "em_strong": "*_",
}
"""Without this sign in it no text matches the pattern of this name; without either for emphasis."""
_BLOCK_SIGNS = {
    "table": "|",
    "hashheader": "#",
    "setextheader": "\n",
    "deflist": ":",
    "quote": ">",
    "footnote": "[^",
    "reference": "]:",
}
"""The same for what makes something of a whole block."""


def _signed(known: Registry[T], signs: Mapping[str, str]) -> list[tuple[str, T]]:
    """All that is registered, in its order, each with its sign."""
    by_index = {known.get_index_for_name(name): sign for name, sign in signs.items() if name in known}
    return [(by_index.get(i, ""), item) for i, item in enumerate(known)]


class _Blocks:
    """Takes the place of a block parser's ``parseBlocks``: tries only what may make something of a block."""

    def __init__(self, parser: BlockParser) -> None:
        self._processors = _signed(parser.blockprocessors, _BLOCK_SIGNS)

    def __call__(self, parent: Element, blocks: list[str]) -> None:
        while blocks:
            for sign, processor in self._processors:
                if (
                    sign in blocks[0]
                    and processor.test(parent, blocks[0])
                    and processor.run(parent, blocks) is not False
                ):
                    break


class _Inline(InlineProcessor):
    """Python-Markdown's own, which tries each pattern on each text; here only those that may match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._patterns = _signed(md.inlinePatterns, _SIGNS)
        self._apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Takes the place of a method of Python-Markdown's own; a test holds it to the same results."""
        if isinstance(data, AtomicString):
            return data
        index, start = patternIndex, 0
        while index < len(self._patterns):
            sign, pattern = self._patterns[index]
            matched = sign in data if sign != "*_" else "*" in data or "_" in data
            if matched:
                data, matched, start = self._apply(pattern, data, index, start)
            if not matched:
                index, start = index + 1, 0
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803
    ) -> list[tuple[Element, list[str]]]:
        """The same, for a text in which nothing was found."""
        if not data or STX in data:
            made: list[Any] = super()._InlineProcessor__processPlaceholders(data, parent, isText)  # type: ignore[misc]
            return made
        if isText:
            parent.text = parent.text + data if parent.text else data
        else:
            parent.tail = parent.tail + data if parent.tail else data
        return []


class _Emphasis(DelimiterProcessor):
    """Looks for the next mark in one go, where Python-Markdown asks of each letter whether it is one."""

    def search(self, data: str, start: int) -> re.Match[str] | None:
        for mark in self.compiled_re.finditer(data, start):
            known = self.delimiters[mark[0]]
            found = known.boundary.match(data, mark.start())
            if found is not None and (known.stack or not str(found.lastgroup).startswith("e")):
                return found
        return None


class _Rules(HRProcessor):
    """A line of text that begins with a letter is no rule."""

    def test(self, parent: Element, block: str) -> bool:
        return ("\n" in block or block.lstrip(" ")[:1] in "-_*") and super().test(parent, block)


class _Whitespace(NormalizeWhitespace):
    """Looks only for what there is: tabs, and lines of spaces (no other kind of space comes this far)."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join((*lines, ""))
        if any(sign in source for sign in (" \n", "\t", "\r", STX, ETX)):
            return super().run(lines)
        return [*lines, "", ""]


class _Html(HtmlBlockPreprocessor):
    """Reads a text as HTML only where it may have some."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any("<" in line or "&" in line for line in lines) else lines


class _Unescape(UnescapeTreeprocessor):
    """Puts back what an author escaped; only where something was taken out."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text


class _Converter:
    """One Python-Markdown and one nh3, made once and reused."""

    def __init__(self) -> None:
        self._reader: Reader  # while a text is converted
        extensions = [DefListExtension(), SaneListExtension()]  # by name would search all libraries
        self._markdown = md = Markdown(extensions=extensions, output_format="html")
        md.ESCAPED_CHARS.append("|")
        md.is_block_level = cache(md.is_block_level)  # type: ignore[method-assign]  # asked of each element, twice
        self._footnotes = _Footnotes(self._say)
        self._footnotes.extendMarkdown(md)
        md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
        md.preprocessors.register(_Fences(md), "fenced_code_block", 25)
        md.preprocessors.register(_Html(md), "html_block", 20)
        md.parser.blockprocessors.register(_Tables(md.parser), "table", 75)
        md.parser.blockprocessors.register(_Headers(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(_Rules(md.parser), "hr", 50)
        md.parser.blockprocessors.register(_BlockQuotes(md.parser), "quote", 20)
        md.parser.parseBlocks = _Blocks(md.parser)  # type: ignore[method-assign]
        md.inlinePatterns.register(emphasis := _Emphasis("*", "strong,em", md), "em_strong", 60)
        emphasis.add("_", "strong,em", smart=True)
        md.treeprocessors.register(_Inline(md), "inline", 20)
        md.treeprocessors.register(_Unescape(md), "unescape", 0)
        md.treeprocessors.register(_Quotes(md, self._say), "quotes", 30)
        md.treeprocessors.register(_Hook(self._read), "read", -10)
        self._cleaner = nh3.Cleaner(
            tags=_TAGS,
            clean_content_tags={"script", "style"},
            attributes={tag: set(names) for tag, names in {**_TYPED, "*": _TYPED["*"] | _OURS}.items()},
            attribute_filter=self._attribute,
            link_rel=None,
            url_schemes={"http", "https", "mailto", "tel"},
        )

    def convert(self, typed: str, reader: Reader) -> str:
        self._reader = reader
        self._markdown.reset()
        markup = self._markdown.convert(typed)
        if STX in markup or ETX in markup:  # what is left of its place-holders after odd input
            markup = markup.replace(STX, "").replace(ETX, "")
        markup = self._cleaner.clean(_without_private_numbers(markup))
        del self._reader
        return markup.replace(f'{_OUTSIDE}"', '" rel="noreferrer"')

    def _say(self, sentence: Text) -> str:
        return self._reader.say(sentence)

    def _read(self, root: Element) -> None:
        stash = self._markdown.htmlStash.rawHtmlBlocks
        raw = [str(piece) for piece in stash]
        unused = self._footnotes.finish(root)
        self._reader.tree(Tree(root, raw, list(self._footnotes.footnotes), unused))
        stash[:] = [_bounded(piece, self._reader) for piece in raw]

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        """nh3 asks this for every attribute that is allowed on the tag."""
        if value.startswith(_TRUST):
            return value[1:]
        if name in _OURS:
            return None
        if name == "href":
            address = self._reader.link(value)
            outside = address is not None and address.startswith(("http:", "https:"))
            return f"{address}{_OUTSIDE}" if outside else address
        return None if _PRIVATE.search(value) else value


_lock = threading.Lock()


# ── what was typed as HTML ──

_SWALLOWED = re.compile(  # their content is no markup to a browser: left standing they could swallow the page
    r"<(script|style|template|iframe|noscript|noembed|noframes|textarea|title|xmp|plaintext|select|option|svg"
    r"|math|object|embed|audio|video|canvas|form|button|frameset)(?=[\s/>]).*?(?:</\1\s*>|\Z)",
    re.S | re.I,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>?")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_NUMBER = re.compile(r"&#(?:x0*([0-9a-f]{4,6})|0*([0-9]{5,7}));?", re.I)


def _bounded(raw: str, reader: Reader) -> str:
    """Typed HTML without the tags that are not allowed, so that none can reach beyond its own piece."""

    def without(found: re.Match[str]) -> str:
        reader.left_out(found[1].lower(), "")
        return " "

    def checked(found: re.Match[str]) -> str:
        tag = found[2].lower()
        if tag not in _TAGS:
            reader.left_out(tag, "")
            return " "
        if not found[1] and found[3]:
            _check_attributes(tag, found[3], reader)
        return found[0]

    return _TAG.sub(checked, _SWALLOWED.sub(without, raw)) if "<" in raw else raw


def _check_attributes(tag: str, attributes: str, reader: Reader) -> None:
    for found in _ATTRIBUTE.finditer(attributes):
        name = found[1].lower()
        if name == "href" and tag == "a":
            reader.typed_link((found[2] or "").strip("\"'"))
        elif name not in _TYPED["*"] and name not in _TYPED.get(tag, ()):
            reader.left_out(tag, name)


def _without_private_numbers(markup: str) -> str:
    """No private-use character spelled as a number: nh3 would make a real one of it."""

    def harmless(found: re.Match[str]) -> str:
        code = int(found[1], 16) if found[1] else int(found[2])
        private = code <= 0x10FFFF and _PRIVATE.match(chr(code))
        return "\ufffd" if private else found[0]

    return _NUMBER.sub(harmless, markup) if "&#" in markup else markup


# ── syntax ──


class _Hook(Treeprocessor):
    """Shows the finished tree."""

    def __init__(self, show: Callable[[Element], None]) -> None:
        super().__init__()
        self._show = show

    def run(self, root: Element) -> None:
        self._show(root)


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*[\w#.+-]*[ \t]*$")


def fences(lines: Sequence[str]) -> Iterable[tuple[int, int, bool]]:
    """First and last line of each fenced block of code, counted from 0, and whether it was closed."""
    opened, mark = -1, ""
    for number, line in enumerate(lines):
        if opened < 0:
            if found := _FENCE.match(line):
                opened, mark = number, found[1]
        elif (bare := line.strip()).startswith(mark) and not bare.strip(mark[0]):
            yield opened, number, True
            opened = -1
    if opened >= 0:
        yield opened, len(lines) - 1, False


class _Fences(Preprocessor):
    """Fenced code, in one pass over the lines (the extension's pattern is quadratic and imports Pygments)."""

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        position = 0
        for first, last, closed in fences(lines):
            code = "\n".join(lines[first + 1 : last if closed else last + 1])
            block = f"<pre><code>{html.escape(code.rstrip())}\n</code></pre>"
            kept += [*lines[position:first], "", self.md.htmlStash.store(block), ""]
            position = last + 1
        return kept + lines[position:]


class _Headers(HashHeaderProcessor):
    """A heading needs a space after its marks, so that a hashtag at the start of a line stays text."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})(?=[ \n]|$)(?P<header>(?:\\.|[^\\#\n]|#+(?=[^#\n]))*?)#*(?:\n|$)"
    )


class _BlockQuotes(BlockQuoteProcessor):
    """Two quotes with an empty line between them are two; Python-Markdown would join them."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = self.RE.search(block)
        start = found.start() if found else 0
        self.parser.parseBlocks(parent, [block[:start]])
        lines = [self.clean(line) for line in block[start:].split("\n")]
        self.parser.state.set("blockquote")
        self.parser.parseChunk(SubElement(parent, "blockquote"), "\n".join(lines))
        self.parser.state.reset()


class _Tables(TableProcessor):
    """Tables in a box that can be scrolled; alignment as a class, never as a style."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser, {"use_align_attribute": False})

    def run(self, parent: Element, blocks: list[str]) -> None:
        box = SubElement(parent, "div", {"class": _trusted("table")})
        super().run(box, blocks)
        for cell in box.iter():
            if style := cell.attrib.pop("style", ""):
                cell.set("class", _trusted(f"align-{style.removeprefix('text-align: ').strip(';')}"))
            if cell.tag == "th" and cell.text:
                cell.set("scope", "col")
            elif cell.tag == "th":
                cell.tag = "td"  # an empty corner heads nothing

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        if row.count("|") >= len(align) and len(self._split_row(row)) > len(align):  # type: ignore[attr-defined]
            parent[-1].set("lost", row)  # Python-Markdown drops these cells; the reader tells


class _Footnotes(FootnoteExtension):
    """The extension's syntax; numbers, ids and back-links are our own."""

    def __init__(self, say: Say) -> None:
        super().__init__(USE_DEFINITION_ORDER=False, PLACE_MARKER=_TRUST)
        self._say = say

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        super().extendMarkdown(md)
        md.treeprocessors.deregister("footnote-reorder")
        md.treeprocessors.deregister("footnote-duplicate")
        md.postprocessors.deregister("footnote")

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802
        return f"noot-{self.footnote_order.index(id) + 1}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802
        self.found_refs[id] = self.found_refs.get(id, 0) + 1
        return _trusted(f"{self.makeFootnoteId(id)}-terug-{self.found_refs[id]}")

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """The notes as they are written; ``finish`` puts them in the order of the text."""
        if not self.footnotes:
            return None
        section = Element("section", {"class": _trusted("footnotes")})
        items = SubElement(section, "ol")
        for label, note in self.footnotes.items():
            content = Element("div")
            self.parser.parseChunk(content, note)
            SubElement(items, "li", {"label": label}).extend(content)
        return section

    def finish(self, root: Element) -> list[str]:
        """Puts numbers, ids and back-links in; returns the labels that nothing refers to, which are gone."""
        section = root.find("section")
        if section is None:
            return []
        section.set("aria-label", _trusted(self._say(text("Footnotes"))))
        for reference in root.iter("a"):
            if reference.get("class") == "footnote-ref":
                reference.set("class", _trusted("footnote-ref"))
                reference.set("href", _trusted(reference.get("href", "")))
                name = self._say(text("Footnote {number}", number=reference.text or ""))
                reference.set("aria-label", _trusted(name))
        notes = {item.attrib.pop("label"): item for item in section[0]}
        section[0][:] = [notes[label] for label in self.footnote_order]
        for label in self.footnote_order:
            self._return_from(notes[label], label)
        if not self.footnote_order:
            root.remove(section)
        return [label for label in notes if label not in self.footnote_order]

    def _return_from(self, note: Element, label: str) -> None:
        name = self.makeFootnoteId(label)
        note.set("id", _trusted(name))
        last = note[-1] if len(note) and note[-1].tag == "p" else SubElement(note, "p")
        for count in range(1, self.found_refs[label] + 1):
            where = self._say(text("Back to footnote {number} in the text", number=name[5:]))
            where += f" ({count})" if count > 1 else ""
            _append_text(last, "\xa0")
            link = SubElement(last, "a", {"class": _trusted("footnote-back")})
            link.set("href", _trusted(f"#{name}-terug-{count}"))
            link.set("aria-label", _trusted(where))
            link.text = "\u21a9\ufe0e"  # as text, never as a coloured picture


def _append_text(element: Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip("\n") + words
    else:
        element.text = (element.text or "") + words


_CALLOUT = re.compile(r"\[!([^\]\n]{1,40})\][ ]*(.*)(?:\n|$)")
# An em dash, an en dash or two hyphens.
_SPEAKER = re.compile("(?:\u2014|\u2013|--)[ ]*(?=[^\\s\u2014\u2013-])")


class _Quotes(Treeprocessor):
    """Call-outs, and quotes with a speaker, while paragraphs still hold what was typed."""

    def __init__(self, md: Markdown, say: Say) -> None:
        super().__init__(md)
        self._say = say

    def run(self, root: Element) -> None:
        if root.find(".//blockquote") is None:
            return
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag == "blockquote" and not _callout(child, self._say):
                    parent[index] = _quote(child)


def _callout(quote: Element, say: Say) -> bool:
    """Makes a call-out of a quote that begins as one."""
    first = quote[0] if len(quote) and quote[0].tag == "p" else None
    found = _CALLOUT.match(first.text or "") if first is not None else None
    if first is None or found is None:
        return False
    kind = re.sub(r"[\s_-]+", "-", found[1].strip().lower())
    if kind not in _CALLOUTS:
        quote.set("unknown", found[1])  # the reader tells
        kind = "tip"
    quote.tag = "div"
    quote.set("class", _trusted(f"callout callout-{kind}"))
    quote.set("role", _trusted("note"))  # beside the text, and no landmark: a page has many
    first.text = (first.text or "")[found.end() :]
    if not first.text.strip():
        quote.remove(first)
    title = Element("p", {"class": _trusted("callout-title")})
    label = SubElement(title, "span", {"class": _trusted("callout-kind")})
    label.text = AtomicString(say(_CALLOUTS[kind]))
    label.tail = f": {found[2].strip()}" if found[2].strip() else None
    quote.insert(0, title)
    return True


def _quote(quote: Element) -> Element:
    """The quote itself, or a figure around it when its last line names a speaker."""
    last = quote[-1] if len(quote) and quote[-1].tag == "p" else None
    if last is None:
        return quote
    words = (last.text or "").rstrip()
    start = 0 if _SPEAKER.match(words) and len(quote) > 1 else words.rfind("\n") + 1
    said = _SPEAKER.match(words[start:])
    if said is None or (start == 0 and len(quote) == 1):
        return quote
    last.text = words[:start].rstrip()
    if not last.text:
        quote.remove(last)
    figure = Element("figure", {"class": _trusted("quote")})
    figure.append(quote)
    SubElement(figure, "figcaption").text = words[start + said.end() :]
    return figure


_converter: _Converter | None = _Converter()
