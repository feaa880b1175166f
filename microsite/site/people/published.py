"""The consents of national texts that were published once: the list outlives the texts themselves.

A text that is deleted without a withdrawal, and copies of it at members, are reported with its help. It
decides about no page. It has no names and no words: the references, and digests to recognise copies by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microsite.content.consent import COPY_OF_MISSING, normalized
from microsite.content.consent_list import PublishedConsent
from microsite.content.documents import Document
from microsite.content.overrides import MarkdownFile
from microsite.core.fingerprints import digest
from microsite.core.problems import Problem, text
from microsite.site.people.withdrawals import phrases, pictures_of

SKETCH = 64
"""How many digests of phrases are kept of a text: those that come first, so they are the same in a copy."""


def digests(file: MarkdownFile) -> frozenset[str]:
    """The phrases of a text, as digests."""
    return frozenset(digest(phrase.encode())[:12] for phrase in phrases(file))


def record(
    before: PublishedConsent | None,
    documents: Iterable[tuple[Document, MarkdownFile, str]],
    contents: Mapping[str, str],
) -> PublishedConsent:
    """What to keep of the texts with one consent: (document, file, digest of the file)."""
    known = before.texts if before is not None else {}
    texts, pages, pictures = {}, set(), set[str]()
    for document, file, version in documents:
        texts[version] = known.get(version) or tuple(sorted(digests(file))[:SKETCH])
        pages.add(digest(document.page.encode()))
        pictures |= pictures_of(document, contents)
    kept = before.copies if before is not None else {}
    copies = {picture: kept[picture] for picture in sorted(pictures & kept.keys())}
    return PublishedConsent(texts, tuple(sorted(pages)), tuple(sorted(pictures)), copies=copies)


def copy_problem(document: Document, ref: str) -> Problem:
    return Problem(document.place("consent"), COPY_OF_MISSING.format(ref=ref), _ASK, "warning")


_ASK = text("ask the campaign team whether the person withdrew; if so, take this page away")


def references(document: Document) -> frozenset[str]:
    """The normalized references of a document's consents."""
    return frozenset(normalized(consent.ref) for _, consent in document.consents) - {""}
