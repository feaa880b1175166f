"""What the elements of a parsed text mean: headings, images, links, call-outs, tables, footnotes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from microsite.content.markdown.links import (
    Rejection,
    Target,
    reject_misleading,
    reject_slot,
    reject_source,
    resolve_target,
)
from microsite.content.markdown.marks import Marks
from microsite.content.markdown.rendered import (
    HEADING_PREFIX,
    Heading,
    ImageMark,
    LinkMark,
    VideoMark,
    heading_slug,
)
from microsite.content.markdown.slots import BRACES
from microsite.content.markdown.source import SourceText
from microsite.content.markdown.tree import CALLOUTS, Tree, trusted
from microsite.core.file_types import VIDEOS
from microsite.core.problems import Problem, Severity, Text, did_you_mean, text

CLASSES = {"knop": "button", "download": "download", "video": "video-link"}
"""The classes that an author may give a link, as ``{.knop}`` behind it, and what they become."""

_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CLASSES = re.compile(r"\{:?[ ]*((?:[.#][\w-]+|[\w-]+=)[^{}\n]*)\}")
_UNDEFINED_NOTE = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?![:(])")
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?\u2026)\u201d\"'])\s+|\s+[\u2013\u2014|\xb7-]\s*|,\s+|\s*\((?=[^()]*\)\.?$))"
    r"(?:Foto|Photo|Fotografie|Beeld|Image|Illustratie|Illustration)\s*:\s*(.*)$"
)


class ElementReader:
    """Reads one tree, changes it in place, and collects its headings, web addresses and problems."""

    def __init__(self, tree: Tree, source: SourceText, marks: Marks) -> None:
        self.headings: list[Heading] = []
        self.addresses: list[LinkMark] = []
        self.problems: list[Problem] = []
        self._tree = tree
        self._source = source
        self._marks = marks

    def read(self, translate: Callable[[Text], str]) -> None:
        """All elements; ``translate`` gives a sentence of the program in the language of the text."""
        self._read_headings()
        self._read_images()
        self._read_rasters()
        self._read_links()
        self._read_callouts(translate)
        self._read_tasks()
        self._read_tables()
        self._read_footnotes()

    # ── headings ──

    def _read_headings(self) -> None:
        ids: set[str] = set()
        for element in self._tree.root.iter():
            if element.tag in _LEVELS:
                offset = self._source.next_heading(int(element.tag[1]))
                self._remove_classes(element, offset)
                words = self._words_of(element)
                level = self._checked_level(element, words, offset)
                heading = Heading(level, _unused_id(words, ids), words)
                ids.add(heading.id)
                self.headings.append(heading)
                self._tree.set(element, "id", heading.id)

    def _checked_level(self, element: Element, words: str, offset: int | None) -> int:
        if not words:
            self._report(offset, text("this heading has no words"), text("write them behind the marks"))
        level = int(element.tag[1])
        above = self.headings[-1].level if self.headings else 1
        if level == 1:
            message = text("a heading in a text begins with '##': '#' is for the title of the page")
            self._report(offset, message, text("write '## {words}'", words=words))
            element.tag, level = "h2", 2
        elif level > above + 1:
            message = text("this heading skips a level: '{marks}'", marks="#" * level)
            self._report(offset, message, text("write '{marks}'", marks="#" * (above + 1)), "warning")
        return level

    def _remove_classes(self, heading: Element, offset: int | None) -> None:
        """``{#name}`` behind a heading sets its id in other programs; here ids are derived."""
        last = heading[-1] if len(heading) else None
        words = ((heading.text if last is None else last.tail) or "").rstrip()
        found = _CLASSES.search(words)
        if found is None or found.end() != len(words):
            return
        kept = words[: found.start()].rstrip()
        if last is None:
            heading.text = kept
        else:
            last.tail = kept
        self._report(offset, text("'{choice}' does nothing here", choice=found[0]), None, "warning")

    # ── images and videos ──

    def _read_images(self) -> None:
        if self._tree.root.find(".//img") is None:
            return
        for parent in list(self._tree.root.iter()):
            images = parent.findall("img")
            for image in images:
                self._classes(image, {})
            texts = (parent.text, *(image.tail for image in images))
            alone = len(images) == len(parent) and not any((words or "").strip() for words in texts)
            if images and alone and parent.tag in ("p", "li", "dd"):
                self._lift(parent, images)
            else:
                for image in images:
                    self._reject_inline(image)

    def _lift(self, parent: Element, images: list[Element]) -> None:
        """Replaces images that fill a paragraph or an item by their marks, between blocks."""
        parent.text = "\n".join(filter(None, map(self._image, images)))
        for image in images:
            parent.remove(image)
        if parent.tag == "p":
            self._tree.unwrap(parent)

    def _reject_inline(self, image: Element) -> None:
        src = self._plain(image.get("src"))
        message = text("the image '{src}' stands in the middle of other text", src=src)
        hint = text("put it on a line of its own, with an empty line above and below")
        rejection = reject_source(src) or Rejection(message, hint)
        self._report(self._source.next_target(src), rejection.message, rejection.hint)
        image.tag, image.text = "span", image.get("alt")
        image.attrib.clear()

    def _image(self, image: Element) -> str:
        """The mark of an image or video; nothing when it cannot be shown."""
        src, alt, title = (self._plain(image.get(name)) for name in ("src", "alt", "title"))
        offset = self._source.next_target(src)
        position = self._source.position(offset)
        for rejection in filter(None, (reject_source(src), reject_slot(alt), reject_slot(title))):
            self._report(offset, rejection.message, rejection.hint)
            return ""
        if src.lower().endswith(VIDEOS):
            if not alt:
                hint = text("write ![title of the film]({src})", src=src)
                self._report(offset, text("the film '{src}' has no title", src=src), hint)
            return self._marks.add(VideoMark(src, alt, *position))
        if title.lower().strip(" .") == "decoratief":
            return self._marks.add(ImageMark(src, "", "", "", *position))
        if not alt:
            hint = text('write ![what it shows]({src}), or ![]({src} "decoratief")', src=src)
            self._report(offset, text("the image '{src}' has no description", src=src), hint)
        return self._marks.add(ImageMark(src, alt, *_caption(title), *position))

    def _read_rasters(self) -> None:
        """A figure of squares, of which the reader of the text left a mark in a paragraph of its own."""
        for paragraph in list(self._tree.root.iter("p")) if self._marks.has_blocks else ():
            if not len(paragraph) and self._marks.is_block(paragraph.text or ""):
                self._tree.unwrap(paragraph)

    # ── links ──

    def _read_links(self) -> None:
        for link in self._tree.links():
            target = self._plain(link.get("href"))
            offset = self._source.next_target(target)
            if classes := self._classes(link, CLASSES):
                self._tree.set(link, "class", " ".join(classes))
            words = self._words_of(link)
            if not words:
                hint = text("write them between the square brackets")
                self._report(offset, text("this link has no words"), hint)
            self._set_target(link, resolve_target(target, self.headings), words, offset)

    def _set_target(self, link: Element, target: Target | Rejection, words: str, offset: int | None) -> None:
        if isinstance(target, Target):
            target = reject_misleading(words, target) or target
        if isinstance(target, Rejection):
            self._report(offset, target.message, target.hint)
            del link.attrib["href"]
        elif target.kind == "site":
            mark = LinkMark(target.value, *self._source.position(offset))
            link.set("href", self._marks.add(mark))
        else:
            link.set("href", target.value)
            if target.is_web_address:
                self.addresses.append(LinkMark(target.value, *self._source.position(offset)))

    def _classes(self, element: Element, known: Mapping[str, str]) -> list[str]:
        """The classes in braces right behind a link or an image: ``{.knop}``, ``{: .knop .download }``."""
        found = _CLASSES.match(element.tail or "")
        if found is None:
            return []
        element.tail = (element.tail or "")[found.end() :]
        choices = found[1].split()
        for choice in choices:
            if choice.removeprefix(".") not in known:
                message = text("'{choice}' does nothing here", choice=choice)
                hint = did_you_mean(choice.strip(".#"), known)
                self._report(self._source.find(found[0]), message, hint, "warning")
        return [known[choice[1:]] for choice in choices if choice[1:] in known]

    # ── blocks ──

    def _read_callouts(self, translate: Callable[[Text], str]) -> None:
        for box in self._tree.root.iter("div"):
            if (kind := box.attrib.pop("unknown", None)) is not None:
                message = text("'{kind}' is not a kind of call-out", kind=kind)
                known = [name.replace("-", " ") for name in CALLOUTS]
                self._report(self._source.find(f"[!{kind}]"), message, did_you_mean(kind, known))
        for label in self._tree.root.iter("span"):
            if label.get("class") == trusted("callout-kind"):
                label.text = translate(CALLOUTS[label.text or ""])

    def _read_tasks(self) -> None:
        """``- [ ] words`` is an item to tick off. The stylesheet draws its box, in print too."""
        for item in self._tree.root.iter("li") if "[ ]" in self._source.text else ():
            words = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            if (words.text or "").lstrip().startswith("[ ] "):
                words.text = (words.text or "").lstrip()[4:].lstrip()
                self._tree.set(item, "class", "task")

    def _read_tables(self) -> None:
        boxes = [box for box in self._tree.root.iter("div") if len(box) and box[0].tag == "table"]
        for number, box in enumerate(boxes, 1):
            names = [self._words_of(cell) for cell in box.iter("th")]
            label = ", ".join(" ".join(BRACES.sub("", name).split()) for name in names if name)
            self._tree.set(box, "role", "region")
            self._tree.set(box, "aria-label", f"Tabel {number}: {label}" if label else f"Tabel {number}")
            self._tree.set(box, "tabindex", "0")
            for row in box.iter("tr"):
                if lost := row.attrib.pop("lost", None):
                    message = text("this row of the table has more cells than its first row")
                    hint = text("take out a '|', or write '\\|' where the mark itself is meant")
                    self._report(self._source.find(self._marks.as_typed(lost)), message, hint)

    def _read_footnotes(self) -> None:
        for label in self._tree.unused:
            offset = self._source.find(f"[^{label}]:")
            message = text("nothing refers to the footnote '{label}', so it is left out", label=label)
            self._report(offset, message, text("write [^{label}] in the text", label=label), "warning")
        for found in _UNDEFINED_NOTE.finditer(self._source.masked) if "[^" in self._source.text else ():
            if found[1] not in self._tree.notes:
                message = text("there is no footnote '{label}'", label=found[1])
                hint = text("write it below the text: [^{label}]: …", label=found[1])
                self._report(found.start(), message, hint)

    # ── words ──

    def _words_of(self, element: Element) -> str:
        """The text of an element on one line, without references to footnotes; marks as they were typed."""
        parts = [element.text or ""]
        for child in element:
            reference = child.tag == "sup" and "id" in child.attrib
            parts += ["" if reference else self._words_of(child), child.tail or ""]
        return self._plain("".join(parts))

    def _plain(self, markup: str | None) -> str:
        """What a visitor reads, on one line; marks as they were typed."""
        return " ".join(self._marks.as_typed(self._tree.plain(markup)).split()) if markup else ""

    def _report(
        self, offset: int | None, message: Text, hint: Text | None, severity: Severity = "error"
    ) -> None:
        self.problems.append(Problem(self._source.place(offset), message, hint, severity))


def _unused_id(words: str, used: set[str]) -> str:
    base = HEADING_PREFIX + (heading_slug(BRACES.sub(" ", words)) or "zonder-naam")
    candidates = itertools.chain([base], (f"{base}-{count}" for count in itertools.count(2)))
    return next(name for name in candidates if name not in used)


def _caption(title: str) -> tuple[str, str]:
    """Caption and credit of a title such as ``Bijschrift. Foto: Naam``."""
    found = _CREDIT.search(title)
    if found is None:
        return title, ""
    return title[: found.start()].strip(), found[1].strip().removesuffix(".").removesuffix(")").strip()
