"""A member's own pages that put words to somebody on a national page, without a consent for them.

Changes of the national page itself are locked: see ``content/overrides.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from microsite.content.consent import normalized
from microsite.content.documents import Document
from microsite.content.front_matter import Meta, people
from microsite.core.problems import Problem, text
from microsite.site.people.published import references

_Identity = tuple[str, str]
"""The name and the municipality of a person."""


def borrowed_words(own: Iterable[Document], national: Mapping[str, Document]) -> Iterator[Problem]:
    """What to report of a member's documents, beside the national ones by path.

    A part of somebody's page (a post), or beside that of others (a letter), without a consent is an error.
    What may be a coincidence is a warning: other words with the same reference, and somebody of the same
    name without a consent.
    """
    agreed = {path: (d, d.meta) for path, d in national.items() if d.meta is not None and d.consents}
    pages = {
        ref: path
        for path, (document, _) in agreed.items()
        for ref in references(document)
        if not document.language
    }
    parts = {document.parent for document, _ in agreed.values()} - {""}
    names = {identity: path for path, (_, meta) in agreed.items() for identity in _identities(meta)}
    for document in own:
        meta = document.meta
        if meta is None or document.redacted or not document.local:
            continue
        if not document.consents:
            if document.parent in agreed or document.parent in parts:
                yield Problem(document.place(), _PART.format(page=document.parent), _ASK)
            for key, identity in _identified(meta):
                if identity in names:
                    message = _NAMESAKE.format(page=names[identity])
                    yield Problem(document.place(f"{key}.name"), message, _WHO, "warning")
        for key, consent in document.consents:
            path = pages.get(normalized(consent.ref))
            if path and _differ(document, national[path]):
                message = _REFERENCE.format(ref=consent.ref, page=path)
                yield Problem(document.place(f"{key}.ref"), message, _SAME, "warning")


def _identities(meta: Meta) -> list[_Identity]:
    return [identity for _, identity in _identified(meta)]


def _identified(meta: Meta) -> Iterator[tuple[str, _Identity]]:
    """The people that can be known by their full name, or by their first name and municipality."""
    for key, person in people(meta):
        name, place = (" ".join(word.casefold().split()) for word in (person.name, person.municipality))
        if " " in name:
            yield key, (name, "")
        elif place:
            yield key, (name, place)


def _differ(document: Document, national: Document) -> bool:
    """Whether the words differ; those of a page that is not shown are not known."""
    return not national.redacted and _words(document) != _words(national)


def _words(document: Document) -> tuple[object, ...]:
    meta = document.meta
    return document.prose.html, getattr(meta, "title", ""), getattr(meta, "quote", None)


_PART = text("this is a part of '{page}', of somebody who did not agree to these words")
_ASK = text("ask the person, and write the consent for this text below 'consent:'")
_NAMESAKE = text("somebody of this name is on '{page}', and did not agree to these words")
_WHO = text("somebody else: give another name; the same person: add the consent for this text")
_REFERENCE = text("consent {ref} is of '{page}', which has other words")
_SAME = text(
    "a consent is for one text: take this page away, or give it the reference of a consent of its own"
)
