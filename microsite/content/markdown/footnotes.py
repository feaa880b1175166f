"""Footnotes: the syntax of Python-Markdown, with numbers, ids and back-links of our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from microsite.content.markdown.layout import lay_out
from microsite.content.markdown.tree import TRUST, trusted
from microsite.core.problems import Text, text


class Footnotes(FootnoteExtension):
    """Footnotes that are numbered in the order in which the text is read.

    Python-Markdown numbers them in the order in which it parses: lists and tables last. So a reference
    only gets its label while the text is parsed, and its number from ``finish``.
    """

    def __init__(self) -> None:
        super().__init__(USE_DEFINITION_ORDER=False, PLACE_MARKER=TRUST)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        super().extendMarkdown(md)
        md.treeprocessors.deregister("footnote-reorder")
        md.treeprocessors.deregister("footnote-duplicate")
        md.postprocessors.deregister("footnote")

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802
        return id

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802
        return id

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """The notes in the order in which they are defined."""
        if not self.footnotes:
            return None
        section = Element("section", {"class": trusted("footnotes")})
        items = SubElement(section, "ol")
        for label, note in self.footnotes.items():
            content = Element("div")
            self.parser.parseChunk(content, "\n".join(lay_out(note.split("\n"))))
            SubElement(items, "li", {"label": label}).extend(content)
        return section

    def finish(self, root: Element, translate: Callable[[Text], str]) -> list[str]:
        """Sets numbers, ids and back-links; removes notes that nothing refers to, and returns their labels.

        To be called once the references in the text have been parsed.
        """
        section = root.find("section")
        if section is None:
            return []
        notes = {item.attrib.pop("label"): item for item in section[0]}
        section[0][:] = []
        references = [*_references(root)]
        order = [*dict.fromkeys(reference.get("id", "") for reference in references)]
        for label in order:  # which grows: a note can refer to others, and those come behind it
            within = [*_references(notes[label])]
            references += within
            order += dict.fromkeys(r.get("id", "") for r in within if r.get("id") not in order)
        numbers = {label: number for number, label in enumerate(order, 1)}
        uses: Counter[str] = Counter()
        for reference in references:
            label = reference.get("id", "")
            uses[label] += 1
            _complete(reference, numbers[label], uses[label], translate)
        for label, number in numbers.items():
            _add_back_links(notes[label], number, uses[label], translate)
        section[0][:] = [notes[label] for label in order]
        section.set("aria-label", trusted(translate(text("Footnotes"))))
        if not order:
            root.remove(section)
        return [label for label in notes if label not in numbers]


def _references(element: Element) -> Iterator[Element]:
    """The ``<sup>`` of each reference, in reading order; its id is the label of the note."""
    return (sup for sup in element.iter("sup") if len(sup) and sup[0].get("class") == "footnote-ref")


def _complete(reference: Element, number: int, use: int, translate: Callable[[Text], str]) -> None:
    """Gives a reference its number; ``use`` counts the references to one note."""
    reference.set("id", trusted(f"noot-{number}-terug-{use}"))
    link = reference[0]
    link.text = str(number)
    link.set("class", trusted("footnote-ref"))
    link.set("href", trusted(f"#noot-{number}"))
    link.set("aria-label", trusted(translate(text("Footnote {number}", number=number))))


def _add_back_links(note: Element, number: int, uses: int, translate: Callable[[Text], str]) -> None:
    note.set("id", trusted(f"noot-{number}"))
    last = note[-1] if len(note) and note[-1].tag == "p" else SubElement(note, "p")
    for use in range(1, uses + 1):
        where = translate(text("Back to footnote {number} in the text", number=number))
        where += f" ({use})" if use > 1 else ""
        _append_text(last, "\xa0")
        link = SubElement(last, "a", {"class": trusted("footnote-back")})
        link.set("href", trusted(f"#noot-{number}-terug-{use}"))
        link.set("aria-label", trusted(where))
        link.text = "\u21a9\ufe0e"  # with the selector for text, so that it is never shown as an emoji


def _append_text(element: Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip("\n") + words
    else:
        element.text = (element.text or "") + words
