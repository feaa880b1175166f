"""Markdown -> RenderedText: what an author means, each text rendered once.

Importing it costs about 50 ms (Python-Markdown, nh3), so that is left to who reads a text.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from microsite.content.markdown import converter as prose
from microsite.content.markdown.converter import Source, Tree
from microsite.content.markdown.rendered import (
    HEADING_PREFIX,
    FactMark,
    Heading,
    ImageMark,
    LinkMark,
    Mark,
    RenderedText,
    SlotMark,
    VideoMark,
    find_heading,
    join_pieces,
    slug,
    tokenize,
)
from microsite.core import i18n as catalogue
from microsite.core import urls as addresses
from microsite.core.file_types import VIDEOS
from microsite.core.fingerprints import digest
from microsite.core.problems import (
    Place,
    Problem,
    Severity,
    Text,
    Translate,
    did_you_mean,
    nearest,
    text,
    unique,
)
from microsite.core.records import Record

SLOTS = ("organisatie", "gemeente", "website", "email", "telefoon")
"""The values of a brand that a text may name between double braces."""

CLASSES = {"knop": "button", "download": "download", "video": "video-link"}
"""What may stand in braces behind a link, and the class that it becomes."""


def render(
    typed: str, path: str, first_line: int = 1, language: str = "nl"
) -> tuple[RenderedText, tuple[Problem, ...]]:
    """A Markdown text as RenderedText, with everything in it that its author should mend.

    The words that we add to it are in ``language``.

    ``path`` is the file as the author knows it and ``first_line`` the line of it on which the text
    begins, so that problems and marks name the true line. Never raises. When one of the problems
    is an ``error`` the RenderedText is incomplete, or empty, and not meant to be published.
    """
    source = Source(typed, path, first_line)
    if refused := prose.refusals(source):
        return RenderedText(), refused
    reading = _Reading(source, catalogue.translator(language))
    try:
        markup = prose.convert(reading.body(), reading)
        return reading.cut(markup), unique(reading.problems)
    except RecursionError:
        message = text("this text is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 -- any failure of the parser is told, never shown as a traceback
        message = text("this text cannot be read: {reason}", reason=f"{type(error).__name__}: {error}")
    return RenderedText(), (Problem(Place(path, first_line), message, text("take out what was added last")),)


def guard(typed: str, path: str, first_line: int = 1) -> tuple[Problem, ...]:
    """What would keep a parser busy for minutes, found in microseconds; ``render`` asks this first."""
    return prose.refusals(Source(typed, path, first_line))


# ── where a link goes ──


class _Address(Record):
    """A target understood: a page or file of ours, a heading on this page, or an address elsewhere."""

    kind: Literal["ours", "heading", "outside"]
    value: str


class _Flaw(Record):
    message: Text
    hint: Text | None


_INVISIBLE = re.compile("[\\s\x00-\x1f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([^/?#]*?):")
_HOST = re.compile(r"https?://[^/?#\s@:]+", re.I)
_EMAIL = re.compile(r"[^/?#@\s]+@[^/?#@\s]+\.[a-z]{2,}", re.I)
_BRACES = re.compile(r"\{\{.*?\}\}")
_SCHEMES = ("https", "http", "mailto", "tel")


def _address(typed: str) -> _Address | _Flaw:
    """Where a target leads, or why it cannot be followed."""
    target = typed.strip()
    bare = unicodedata.normalize("NFKC", _INVISIBLE.sub("", target))
    if not bare:
        return _Flaw(text("this link goes nowhere"), text("write the page between the round brackets"))
    if flaw := _slot_flaw(target):
        return flaw
    if "\\" in bare:
        return _better(target, target.replace("\\", "/"))
    if bare.startswith("//"):
        return _better(target, f"https:{target}")
    if scheme := _SCHEME.match(bare):
        return _elsewhere(target, scheme[1])
    if bare.lower().startswith("www."):
        return _better(target, f"https://{target}")
    if _EMAIL.fullmatch(bare):
        return _better(target, f"mailto:{target}")
    return _Address("heading" if target.startswith("#") else "ours", target)


def _elsewhere(target: str, scheme: str) -> _Address | _Flaw:
    """An address with a scheme, which the author must have typed as plainly as it reads."""
    name = scheme.lower()
    if name not in _SCHEMES or not target.lower().startswith(f"{name}:"):
        choices = ", ".join(f"{known}:" for known in _SCHEMES)
        message = text("a link cannot begin with '{scheme}:'", scheme=scheme)
        return _Flaw(message, text("choose from: {choices}", choices=choices))
    complete = {"mailto": "@" in target, "tel": any(c.isdigit() for c in target)}
    if not complete.get(name, _HOST.match(target) is not None):
        return _Flaw(text("'{target}' is not a complete address", target=target), None)
    box = re.split(r"[@?]", target)[1] if name == "mailto" else ""
    found = (
        addresses.odd_letter(box)
        if box
        else addresses.spoofing_problem(target)
        if name.startswith("http")
        else None
    )
    if found is not None:
        return _Flaw(*found)
    return _Address("outside", re.sub(r"\s+", "" if name == "tel" else "%20", target))


def _pretence(words: str, address: _Address) -> _Flaw | None:
    """What is wrong with a link whose words are the address of another host than it leads to."""
    host = urlsplit(address.value).hostname if address.value.lower().startswith("http") else None
    shown = addresses.reads_as(words)
    if not shown or host is None or addresses.same_host(shown, host):
        return None
    return _Flaw(
        text("these words are the address of {shown}, and the link leads to {host}", shown=shown, host=host),
        text("say in words where it leads"),
    )


def _better(target: str, better: str) -> _Flaw:
    return _Flaw(text("'{target}' is not an address", target=target), text("write '{better}'", better=better))


def _slot_flaw(value: str) -> _Flaw | None:
    found = _BRACES.search(value)
    if found is None or not _SLOT.match(found[0]):
        return None
    return _Flaw(
        text("'{slot}' cannot be filled in here", slot=found[0]), text("write it in the text itself")
    )


def _source_flaw(src: str) -> _Flaw | None:
    """Why an image or film cannot be shown: it has to be a file of ours."""
    address = _address(src)
    if isinstance(address, _Flaw):
        return address
    if address.kind == "ours":
        return None
    hint = text("put the file beside the text, so that no visitor is sent to another site")
    return _Flaw(text("'{src}' is not a file of ours", src=src), hint)


def _caption(title: str) -> tuple[str, str]:
    """Caption and maker out of ``Bijschrift. Foto: Naam``."""
    found = _CREDIT.search(title)
    if found is None:
        return title, ""
    return title[: found.start()].strip(), found[1].strip().removesuffix(".").removesuffix(")").strip()


def _count(typed: list[str], different: set[str]) -> int:
    """How many words a visitor reads; each mark in running text counts as one."""
    signs = (word for word in different if not (word.isalnum() or _COUNTS.search(word)))
    return len(typed) - sum(map(typed.count, signs))


# ── reading one text ──

_SLOT = re.compile(rf"\{{\{{(?<!\\\{{\{{)[ \t]*(?:({'|'.join(SLOTS)})|feit:[ \t]*([^{{}}\n]*?))[ \t]*\}}\}}")
_NAMED = re.compile(r"\{\{(?<!\\\{\{)[ \t]*([A-Za-z-]{3,20})[ \t]*(?::[^{}\n]*)?\}\}")
_CHOICE = re.compile(r"\{:?[ ]*((?:[.#][\w-]+|[\w-]+=)[^{}\n]*)\}")
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?\u2026)\u201d\"'])\s+|\s+[\u2013\u2014|\xb7-]\s*|,\s+|\s*\((?=[^()]*\)\.?$))"
    r"(?:Foto|Photo|Fotografie|Beeld|Image|Illustratie|Illustration)\s*:\s*(.*)$"
)
_UNDEFINED = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?![:(])")
_PENDING, _PLACED = 0xF0000, 0x100000
_MARK = re.compile("([\U000f0000-\U0010ffff])")
_INTERNAL = re.compile("[\x02\x03\ue000-\uf8ff]")
_CODE = re.compile(r"<(/?)(?:code|pre)\b[^>]*>|[\U000f0000-\U000fffff]")
_LINKED = re.compile(r"<a\b[^>]*>(.*?)</a>", re.S)
_TAG = re.compile(r"<[^>]*>")
_NOWHERE = re.compile(r"<a>(.*?)</a>", re.S)
_COUNTS = re.compile("[\\w\U000f0000-\U000fffff]")
_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


class _Reading:
    """The reader of one text (see ``prose.Reader``): collects its marks, headings and problems.

    A mark is one private-use character until the HTML is finished. Those in running text stand in the
    source before it is parsed, so that their place is exact. Those of links become final only when
    nh3 lets the ``href`` through, so that none can end up anywhere else.
    """

    def __init__(self, source: Source, translate: Translate) -> None:
        self.source = source
        self._translate = translate
        self.problems: list[Problem] = []
        self._headings: list[Heading] = []
        self._taken: set[str] = set()
        self._passed: list[int] = []  # the levels of the headings that were read since one was looked for
        self._here: int | None = None
        self._pending: list[tuple[Mark, str, int | None]] = []  # the mark, as it was typed, and where
        self._links: list[LinkMark] = []
        self._tree: Tree | None = None

    def body(self) -> str:
        """The text to be parsed, with its slots and facts as marks."""
        self._check_typed()
        typed = self.source.without_private()
        return _SLOT.sub(self._slot, typed) if "{{" in typed else typed

    def cut(self, markup: str) -> RenderedText:
        """The finished HTML, cut at its marks."""
        markup = self._without_marks_in_code(markup)
        if "<a>" in markup:
            markup = _NOWHERE.sub(r"\1", markup)
        if any(isinstance(mark, FactMark) for mark, _, _ in self._pending):
            self._check_facts_in_links(markup)
        pieces: list[str] = []
        marks: list[Mark] = []
        rest = ""
        for part in _MARK.split(markup):
            code = ord(part) if len(part) == 1 else 0
            if code < _PENDING:
                rest += part
                continue
            mark: Mark = self._links[code - _PLACED] if code >= _PLACED else self._waiting(part)[0]
            if code >= _PLACED or not isinstance(mark, LinkMark):
                pieces.append(rest)
                marks.append(mark)
                rest = ""
        typed = html.unescape(_TAG.sub(" ", markup)).split()
        different = set(typed)  # looking for the words costs more than setting them apart
        vocabulary = " ".join(sorted(set(tokenize(" ".join(different)))))
        count = _count(typed, different)
        pieces.append(rest)
        data = join_pieces(pieces)
        return RenderedText(data, tuple(marks), tuple(self._headings), count, vocabulary, digest(data))

    # ── marks ──

    def _spot(self, offset: int | None) -> tuple[int, int]:
        place = self.source.place(offset)
        return place.line, place.column

    def _slot(self, found: re.Match[str]) -> str:
        offset = found.start()
        spot = self._spot(offset)
        mark: Mark = SlotMark(found[1], *spot) if found[1] else FactMark(found[2].strip(), *spot)
        return self._mark(mark, found[0], offset)

    def _mark(self, mark: Mark, typed: str = "", offset: int | None = None) -> str:
        self._pending.append((mark, typed, offset))
        return chr(_PENDING + len(self._pending) - 1)

    def _waiting(self, character: str) -> tuple[Mark, str, int | None]:
        return self._pending[ord(character) - _PENDING]

    def _as_typed(self, value: str) -> str:
        """A value with its marks put back as they were typed, and nothing else of ours or the parser's."""
        if value.isascii() and value.isprintable():
            return value
        restored = _MARK.sub(lambda found: self._original(found[0]), value)
        return _INTERNAL.sub("", restored)

    def _original(self, character: str) -> str:
        known = 0 <= ord(character) - _PENDING < len(self._pending)
        return self._waiting(character)[1] if known else ""

    def _without_marks_in_code(self, markup: str) -> str:
        if "<code" not in markup and "<pre" not in markup:
            return markup
        depth = 0

        def restored(found: re.Match[str]) -> str:
            nonlocal depth
            if found[0].startswith("<"):
                depth += -1 if found[1] else 1
                return found[0]
            return html.escape(self._original(found[0]), quote=False) if depth else found[0]

        return _CODE.sub(restored, markup)

    def _check_facts_in_links(self, markup: str) -> None:
        """A fact links to its source, and a link cannot stand in a link."""
        for link in _LINKED.finditer(markup):
            for character in _MARK.findall(link[1]):
                mark, typed, offset = (
                    self._waiting(character) if ord(character) < _PLACED else (None, "", None)
                )
                if isinstance(mark, FactMark):
                    message = text("'{fact}' stands inside a link", fact=typed)
                    self._tell(offset, message, text("put the link before or behind it"))

    # ── what prose asks ──

    def say(self, sentence: Text) -> str:
        return sentence.render(self._translate)

    def tree(self, tree: Tree) -> None:
        self._tree = tree
        for element in tree.root.iter():
            if element.tag in _LEVELS:
                self._read_heading(tree, element)
        self._read_images(tree)
        for link in tree.links():
            self._read_link(tree, link)
        self._read_callouts(tree)
        self._read_tasks(tree)
        self._read_tables(tree)
        self._read_footnotes(tree)

    def left_out(self, tag: str, attribute: str) -> None:
        offset = self.source.tag(tag)
        if attribute:
            message = text("'{name}' is left out of the tag <{tag}>", name=attribute, tag=tag)
            self._tell(offset, message, None, "warning")
            return
        hint = text("write an image as ![what it shows](file.jpg)") if tag == "img" else None
        self._tell(offset, text("the tag <{tag}> is left out", tag=tag), hint, "warning")

    def typed_link(self, target: str) -> None:
        typed = self._as_typed(target)
        address = self._destination(html.unescape(typed))
        if isinstance(address, _Flaw):
            self._tell(self.source.find(typed), address.message, address.hint)

    def link(self, target: str) -> str | None:
        if (
            len(target) == 1
            and _MARK.match(target)
            and isinstance(mark := self._waiting(target)[0], LinkMark)
        ):
            return self._place(mark)
        address = self._destination(self._as_typed(target))
        if isinstance(address, _Flaw):
            return None
        if address.kind == "ours":
            return self._place(LinkMark(address.value, *self._spot(self.source.target(address.value))))
        return address.value

    def _place(self, mark: LinkMark) -> str:
        self._links.append(mark)
        return chr(_PLACED + len(self._links) - 1)

    # ── headings ──

    def _read_heading(self, tree: Tree, element: Element) -> None:
        level = int(element.tag[1])
        self._passed.append(level)
        self._drop_choice(element)
        words = self._words_of(element)
        if not words:
            self._tell_here(text("this heading has no words"), text("write them behind the marks"))
        above = self._headings[-1].level if self._headings else 1
        if level == 1:
            message = text("a heading in a text begins with '##': '#' is for the title of the page")
            self._tell_here(message, text("write '## {words}'", words=words))
            element.tag, level = "h2", 2
        elif level > above + 1:
            message = text("this heading skips a level: '{marks}'", marks="#" * level)
            self._tell_here(message, text("write '{marks}'", marks="#" * (above + 1)), "warning")
        heading = Heading(level, self._unused_id(words), words)
        self._headings.append(heading)
        tree.set(element, "id", heading.id)

    def _tell_here(self, message: Text, hint: Text | None, severity: Severity = "error") -> None:
        """Of the heading that is read now. Where it stands is only looked for when somebody is told."""
        for level in self._passed:
            self._here = self.source.heading(level)
        self._passed.clear()
        self._tell(self._here, message, hint, severity)

    def _unused_id(self, words: str) -> str:
        base = HEADING_PREFIX + (slug(_BRACES.sub(" ", words)) or "zonder-naam")
        unused = next(name for name in _numbered(base) if name not in self._taken)
        self._taken.add(unused)
        return unused

    def _drop_choice(self, heading: Element) -> None:
        """``{#name}`` behind a heading: known from elsewhere, not used here."""
        last = heading[-1] if len(heading) else None
        words = ((heading.text if last is None else last.tail) or "").rstrip()
        found = _CHOICE.search(words)
        if found is None or found.end() != len(words):
            return
        kept = words[: found.start()].rstrip()
        if last is None:
            heading.text = kept
        else:
            last.tail = kept
        self._tell_here(text("'{choice}' does nothing here", choice=found[0]), None, "warning")

    # ── images and films ──

    def _read_images(self, tree: Tree) -> None:
        if tree.root.find(".//img") is None:
            return
        for parent in list(tree.root.iter()):
            images = parent.findall("img")
            for image in images:
                self._choices(image, {})
            texts = (parent.text, *(image.tail for image in images))
            alone = len(images) == len(parent) and not any((words or "").strip() for words in texts)
            if images and alone and parent.tag in ("p", "li", "dd"):
                self._lift(parent, images)
            else:
                for image in images:
                    self._misplaced(image)

    def _lift(self, parent: Element, images: list[Element]) -> None:
        """Images that fill a paragraph or an item come to stand between blocks."""
        parent.text = "\n".join(filter(None, map(self._image, images)))
        for image in images:
            parent.remove(image)
        if parent.tag == "p" and self._tree is not None:
            self._tree.unwrap(parent)

    def _misplaced(self, image: Element) -> None:
        src = self._plain(image.get("src"))
        message = text("the image '{src}' stands in the middle of other text", src=src)
        hint = text("put it on a line of its own, with an empty line above and below")
        flaw = _source_flaw(src) or _Flaw(message, hint)
        self._tell(self.source.target(src), flaw.message, flaw.hint)
        image.tag, image.text = "span", image.get("alt")
        image.attrib.clear()

    def _image(self, image: Element) -> str:
        """The character that stands for an image or film; nothing when it cannot be shown."""
        src, alt, title = (self._plain(image.get(name)) for name in ("src", "alt", "title"))
        offset = self.source.target(src)
        spot = self._spot(offset)
        for flaw in filter(None, (_source_flaw(src), _slot_flaw(alt), _slot_flaw(title))):
            self._tell(offset, flaw.message, flaw.hint)
            return ""
        if src.lower().endswith(VIDEOS):
            if not alt:
                hint = text("write ![title of the film]({src})", src=src)
                self._tell(offset, text("the film '{src}' has no title", src=src), hint)
            return self._mark(VideoMark(src, alt, *spot))
        if title.lower().strip(" .") == "decoratief":
            return self._mark(ImageMark(src, "", "", "", *spot))
        if not alt:
            hint = text('write ![what it shows]({src}), or ![]({src} "decoratief")', src=src)
            self._tell(offset, text("the image '{src}' has no description", src=src), hint)
        return self._mark(ImageMark(src, alt, *_caption(title), *spot))

    # ── links ──

    def _read_link(self, tree: Tree, link: Element) -> None:
        target = self._plain(link.get("href"))
        offset = self.source.target(target)
        if classes := self._choices(link, CLASSES):
            tree.set(link, "class", " ".join(classes))
        if not self._words_of(link):
            self._tell(offset, text("this link has no words"), text("write them between the square brackets"))
        address = self._destination(target)
        if isinstance(address, _Address) and (flaw := _pretence(self._words_of(link), address)):
            address = flaw
        if isinstance(address, _Flaw):
            self._tell(offset, address.message, address.hint)
            del link.attrib["href"]
        elif address.kind == "ours":
            link.set("href", self._mark(LinkMark(address.value, *self._spot(offset))))
        else:
            link.set("href", address.value)

    def _destination(self, target: str) -> _Address | _Flaw:
        """Where a target leads, with the headings of this text looked up."""
        address = _address(target)
        if isinstance(address, _Flaw) or address.kind != "heading" or address.value == "#top":
            return address
        if found := find_heading(self._headings, address.value[1:]):
            return _Address("heading", f"#{found.id}")
        message = text("there is no heading '{target}' in this text", target=address.value)
        known = [heading.id.removeprefix(HEADING_PREFIX) for heading in self._headings]
        return _Flaw(message, did_you_mean(address.value[1:], known))

    def _choices(self, element: Element, known: Mapping[str, str]) -> list[str]:
        """What stands in braces right behind a link or an image: ``{.knop}``, ``{: .knop .download }``."""
        found = _CHOICE.match(element.tail or "")
        if found is None:
            return []
        element.tail = (element.tail or "")[found.end() :]
        choices = found[1].split()
        for choice in choices:
            if choice.removeprefix(".") not in known:
                message = text("'{choice}' does nothing here", choice=choice)
                hint = did_you_mean(choice.strip(".#"), known)
                self._tell(self.source.find(found[0]), message, hint, "warning")
        return [known[choice[1:]] for choice in choices if choice[1:] in known]

    # ── the rest ──

    def _read_callouts(self, tree: Tree) -> None:
        for kind in tree.unknown_callouts():
            message = text("'{kind}' is not a kind of call-out", kind=kind)
            self._tell(self.source.find(f"[!{kind}]"), message, did_you_mean(kind, tree.callouts))

    def _read_tasks(self, tree: Tree) -> None:
        """``- [ ] words`` is a line to tick off. The stylesheet draws its box, so that paper has one too."""
        for item in tree.root.iter("li") if "[ ]" in self.source.text else ():
            words = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            if (words.text or "").lstrip().startswith("[ ] "):
                words.text = (words.text or "").lstrip()[4:].lstrip()
                tree.set(item, "class", "task")

    def _read_tables(self, tree: Tree) -> None:
        boxes = [box for box in tree.root.iter("div") if len(box) and box[0].tag == "table"]
        for number, box in enumerate(boxes, 1):
            names = [self._words_of(cell) for cell in box.iter("th")]
            label = ", ".join(" ".join(_BRACES.sub("", name).split()) for name in names if name)
            tree.set(box, "role", "region")
            tree.set(box, "aria-label", f"Tabel {number}: {label}" if label else f"Tabel {number}")
            tree.set(box, "tabindex", "0")
            for row in box.iter("tr"):
                if lost := row.attrib.pop("lost", None):
                    message = text("this row of the table has more cells than its first row")
                    hint = text("take out a '|', or write '\\|' where the mark itself is meant")
                    self._tell(self.source.find(self._as_typed(lost)), message, hint)

    def _read_footnotes(self, tree: Tree) -> None:
        for label in tree.unused:
            offset = self.source.find(f"[^{label}]:")
            message = text("nothing refers to the footnote '{label}', so it is left out", label=label)
            self._tell(offset, message, text("write [^{label}] in the text", label=label), "warning")
        for found in _UNDEFINED.finditer(self.source.masked) if "[^" in self.source.text else ():
            if found[1] not in tree.notes:
                message = text("there is no footnote '{label}'", label=found[1])
                hint = text("write it below the text: [^{label}]: …", label=found[1])
                self._tell(found.start(), message, hint)

    def _check_typed(self) -> None:
        """What can be seen before the text is parsed."""
        if (offset := self.source.private) is not None:
            code = f"{ord(self.source.text[offset]):04X}"
            message = text("the character U+{code} cannot be shown and is left out", code=code)
            hint = text("it often comes along from Word: delete it, or type the mark that is meant")
            self._tell(offset, message, hint, "warning")
        if (offset := self.source.unclosed_fence) is not None:
            self._tell(offset, text("this block of code has no end"), text("write the same marks below it"))
        for found in _NAMED.finditer(self.source.masked) if "{{" in self.source.text else ():
            near = nearest(found[1], (*SLOTS, "feit"))
            if near and not _SLOT.match(found[0]):
                message = text("'{typed}' is printed as it is typed", typed=found[0])
                self._tell(found.start(), message, text("did you mean '{near}'?", near=near), "warning")

    def _words_of(self, element: Element) -> str:
        """The text of an element on one line, references to footnotes aside; marks as they were typed."""
        parts = [element.text or ""]
        for child in element:
            reference = child.tag == "sup" and "id" in child.attrib
            parts += ["" if reference else self._words_of(child), child.tail or ""]
        return self._plain("".join(parts))

    def _plain(self, markup: str | None) -> str:
        """What a visitor would read, on one line; marks as they were typed."""
        if not markup or self._tree is None:
            return ""
        return " ".join(self._as_typed(self._tree.plain(markup)).split())

    def _tell(
        self, offset: int | None, message: Text, hint: Text | None, severity: Severity = "error"
    ) -> None:
        self.problems.append(Problem(self.source.place(offset), message, hint, severity))


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{count}" for count in itertools.count(2))
