"""Renders a Markdown text, and reports everything in it that its author should mend.

Importing this takes about 50 ms (Python-Markdown), so modules import it only once there is a text to read.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence

from microsite.content.markdown.converter import convert
from microsite.content.markdown.elements import ElementReader
from microsite.content.markdown.leftovers import leftovers
from microsite.content.markdown.limits import limit_violations
from microsite.content.markdown.links import Rejection, resolve_target
from microsite.content.markdown.marks import COUNTED, Marks
from microsite.content.markdown.notes import NOTE, NOTE_HINT, printed_notes
from microsite.content.markdown.rasters import OPENING, read_raster
from microsite.content.markdown.rendered import (
    FactMark,
    Heading,
    LinkMark,
    Mark,
    RenderedText,
    SlotMark,
    join_pieces,
    tokenize,
)
from microsite.content.markdown.sanitizer import safe_html, strip_disallowed, unclosed_tags
from microsite.content.markdown.slots import LIKE_A_SLOT, SLOT, meant
from microsite.content.markdown.source import SourceText, fences
from microsite.content.markdown.tree import Tree
from microsite.core.fingerprints import digest
from microsite.core.i18n import translator
from microsite.core.problems import (
    Place,
    Problem,
    Severity,
    Text,
    Translate,
    text,
    unique,
)
from microsite.core.records import replace


def render(
    typed: str, path: str, first_line: int = 1, language: str = "nl"
) -> tuple[RenderedText, tuple[Problem, ...]]:
    """A Markdown text as HTML, with its problems.

    ``path`` is the file as the author knows it and ``first_line`` the line of it on which the text begins;
    problems and marks give lines of that file. The words that the program adds, such as the labels of
    footnotes, are in ``language``.

    Never raises. When one of the problems is an ``error``, the text is incomplete or empty, and must not be
    published.
    """
    source = SourceText(typed, path, first_line)
    if violations := limit_violations(source):
        return RenderedText(), violations
    visitor = TextVisitor(source, translator(language))
    try:
        markup = convert(visitor.markdown(), visitor)
        rendered = visitor.finish(safe_html(markup, visitor.link))
        return rendered, unique(visitor.problems)
    except RecursionError:
        message = text("this text is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 -- the author gets a problem whatever fails in the parser
        message = text("this text cannot be read: {reason}", reason=f"{type(error).__name__}: {error}")
    return RenderedText(), (Problem(Place(path, first_line), message, text("take out what was added last")),)


class TextVisitor:
    """Follows a text through the converter and the sanitiser; collects its marks, headings and problems.

    To be called in the order of its methods: ``markdown``, ``visit``, ``link`` for each link, ``finish``.
    """

    def __init__(self, source: SourceText, translate: Translate) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._translate = translate
        self._marks = Marks()
        self._headings: Sequence[Heading] = ()
        self._addresses: list[LinkMark] = []

    def markdown(self) -> str:
        """The text to convert, with marks for its slots and facts."""
        self._check_source()
        typed = self._source.without_private
        typed = SLOT.sub(self._mark_slot, typed) if "{{" in typed else typed
        return self._mark_rasters(typed) if OPENING.search(typed) else typed

    def translate(self, sentence: Text) -> str:
        return sentence.render(self._translate)

    def visit(self, tree: Tree) -> None:
        elements = ElementReader(tree, self._source, self._marks)
        elements.read(self.translate)
        self._headings, self._addresses = elements.headings, elements.addresses
        self.problems += elements.problems
        tree.raw[:] = [strip_disallowed(raw, self._report_removed, self._check_link) for raw in tree.raw]
        if tree.raw:
            self._check_tags("".join(tree.raw))

    def link(self, target: str) -> str | None:
        """What to write in an ``href``; None when the link leads nowhere good."""
        if mark := self._marks.link(target):
            return self._marks.add_link(mark)
        resolved = resolve_target(self._marks.as_typed(target), self._headings)
        if isinstance(resolved, Rejection):
            return None
        if resolved.kind == "site":
            position = self._source.position(self._source.next_target(resolved.value))
            return self._marks.add_link(LinkMark(resolved.value, *position))
        return resolved.value

    def finish(self, markup: str) -> RenderedText:
        """The sanitised HTML, cut at its marks."""
        markup = self._marks.restore_in_code(markup)
        if "<a>" in markup:
            markup = _LINK_WITHOUT_TARGET.sub(r"\1", markup)
        for offset in printed_notes(markup, self._source):
            self._report(offset, NOTE, NOTE_HINT)
        count, words = _words(markup)
        for offset, message, hint in leftovers(markup, words, self._source):
            self._report(offset, message, hint, "warning")
        for fact in self._marks.facts_in_links(markup):
            message = text("'{fact}' stands inside a link", fact=fact.typed)
            self._report(fact.offset, message, text("put the link before or behind it"))
        pieces, marks = self._marks.split(markup)
        joined = join_pieces(pieces)
        return RenderedText(
            joined,
            tuple(marks),
            tuple(self._headings),
            count,
            _vocabulary(words),
            digest(joined),
            tuple(self._addresses),
        )

    # ── what was typed ──

    def _check_source(self) -> None:
        """Problems that are found without parsing the text."""
        source = self._source
        if (offset := source.first_private) is not None:
            code = f"{ord(source.text[offset]):04X}"
            message = text("the character U+{code} cannot be shown and is left out", code=code)
            hint = text("it often comes along from Word: delete it, or type the mark that is meant")
            self._report(offset, message, hint, "warning")
        if (offset := source.unclosed_fence) is not None:
            self._report(offset, text("this block of code has no end"), text("write the same marks below it"))
        for found in LIKE_A_SLOT.finditer(source.masked) if "{{" in source.text else ():
            near = meant(found[1])
            if near and not SLOT.match(found[0]):
                message = text("'{typed}' is printed as it is typed", typed=found[0])
                self._report(found.start(), message, text("did you mean '{near}'?", near=near), "warning")

    def _mark_slot(self, found: re.Match[str]) -> str:
        offset = found.start()
        position = self._source.position(offset)
        mark: Mark = SlotMark(found[1], *position) if found[1] else FactMark(found[2].strip(), *position)
        return self._marks.add(mark, found[0], offset)

    def _mark_rasters(self, typed: str) -> str:
        """The text with a mark for each block that is a figure of squares."""
        lines, source = typed.split("\n"), self._source.without_private.split("\n")
        for fence in reversed([*fences(source)]):
            opening = OPENING.fullmatch(source[fence.first])
            if opening is None or not fence.closed:
                continue
            place = Place(self._source.path, self._source.first_line + fence.first + 1)
            if opening[1]:
                message = text("a raster begins at the start of the line")
                self.problems.append(Problem(replace(place, line=place.line - 1), message, _NOT_IN_A_LIST))
                continue
            mark, problems = read_raster("\n".join(source[fence.first + 1 : fence.last]), place)
            self.problems += problems
            character = self._marks.add(mark) if mark is not None else ""
            lines[fence.first : fence.last + 1] = ["", character, ""]
        return "\n".join(lines)

    def _check_link(self, target: str) -> None:
        """Reports a link that was typed as HTML; ``link`` removes its target."""
        typed = self._marks.as_typed(target)
        resolved = resolve_target(html.unescape(typed), self._headings)
        offset = self._source.find(typed)
        if isinstance(resolved, Rejection):
            self._report(offset, resolved.message, resolved.hint)
        elif resolved.is_web_address:
            self._addresses.append(LinkMark(resolved.value, *self._source.position(offset)))

    def _check_tags(self, raw: str) -> None:
        """Reports tags without an end: what follows would be inside them. ``raw`` is all HTML that was typed.

        Only that tells which tags are HTML, and only the source where they are.
        """
        if not (unclosed := unclosed_tags(raw)):
            return
        typed = unclosed_tags(self._source.masked)
        for name, tags in unclosed.items():
            for _, offset in itertools.zip_longest(tags, typed.get(name, ())[: len(tags)]):
                hint = text("write </{tag}> where it stops", tag=name)
                self._report(offset, text("the tag <{tag}> has no end", tag=name), hint)

    def _report_removed(self, tag: str, attribute: str) -> None:
        offset = self._source.find_tag(tag)
        if attribute:
            message = text("'{name}' is left out of the tag <{tag}>", name=attribute, tag=tag)
            self._report(offset, message, None, "warning")
            return
        hint = text("write an image as ![what it shows](file.jpg)") if tag == "img" else None
        self._report(offset, text("the tag <{tag}> is left out", tag=tag), hint, "warning")

    def _report(
        self, offset: int | None, message: Text, hint: Text | None, severity: Severity = "error"
    ) -> None:
        self.problems.append(Problem(self._source.place(offset), message, hint, severity))


_NOT_IN_A_LIST = text("take the spaces away; it cannot stand in a list")
_LINK_WITHOUT_TARGET = re.compile(r"<a>(.*?)</a>", re.S)
_TAG = re.compile(r"<[^>]*>")
_COUNTED = re.compile(rf"[\w{COUNTED}]")


def _words(markup: str) -> tuple[int, str]:
    """How many words a visitor reads, and the different ones, with spaces between."""
    typed = html.unescape(_TAG.sub(" ", markup)).split()
    distinct = set(typed)  # every word is examined once, which is cheaper than once for each occurrence
    signs = (word for word in distinct if not (word.isalnum() or _COUNTED.search(word)))
    return len(typed) - sum(map(typed.count, signs)), " ".join(distinct)


def _vocabulary(words: str) -> str:
    """See ``RenderedText``."""
    return " ".join(sorted(set(tokenize(words))))
