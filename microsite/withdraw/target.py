"""Whom a withdrawal is about: the national texts with one consent, their parts, and their files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from microsite.content.consent import normalized
from microsite.content.consent_list import PublishedConsents, published_pictures
from microsite.content.documents import Document
from microsite.content.overrides import markdown_file
from microsite.content.recalls import Recall
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, ProblemError, did_you_mean, text
from microsite.core.records import Record
from microsite.loading import LayerContent
from microsite.site.people.published import references
from microsite.site.people.withdrawals import files_of


class CannotWithdraw(ProblemError):
    """It is not clear whose texts are meant, or they are not the campaign's."""


class Target(Record):
    """What is taken away. ``ref`` is as it is written; paths are those within ``content/``.

    ``texts`` have the consent, and are reduced to it. ``parts`` are removed: translations, and posts or
    letters without a consent of somebody else. ``files`` are pictures, films and such. ``recall`` is what
    ingetrokken.yaml says already, when this was begun before.
    """

    ref: str
    texts: tuple[str, ...]
    parts: tuple[str, ...]
    files: tuple[str, ...]
    recall: Recall | None = None


def find_target(
    wanted: str,
    national: LayerContent,
    published: PublishedConsents,
    members: Iterable[LayerContent] = (),
) -> Target:
    """Whose texts are meant: ``wanted`` is a reference, or the path or address of a text.

    ``members`` are only looked through for a text that the campaign does not have. Raises CannotWithdraw.
    """
    document = _at_path(wanted, national.documents)
    if document is not None and document.original:
        document = national.documents.get(document.original, document)
    ref = _reference_of(document) if document is not None else wanted.strip()
    key = normalized(ref)
    recall = next((one for one in national.recalls if normalized(one.ref) == key), None)
    texts = {path: d for path, d in national.documents.items() if key in references(d) and not d.original}
    if document is not None and not document.original:
        texts[document.path] = document
    texts |= _unread(key, national)
    if not texts and recall is None:
        known = {c.ref for d in national.documents.values() for _, c in d.consents if c.ref}
        for own in members:
            for document in own.documents.values():
                if key in references(document) or document.name == wanted:
                    raise CannotWithdraw(Problem(document.place("consent"), _OF_A_MEMBER, _ASK_THEM))
        raise CannotWithdraw(Problem(Place(wanted), _NO_TEXT, did_you_mean(wanted, sorted(known), _LOOK)))
    written = (c.ref for d in texts.values() for _, c in d.consents if normalized(c.ref) == key)
    parts = _parts(frozenset(texts), key, national.documents)
    files = _files((*texts, *parts), national, recall, published_pictures(published, [key]))
    return Target(next(written, ref), tuple(sorted(texts)), parts, files, recall)


def _at_path(wanted: str, documents: Mapping[str, Document]) -> Document | None:
    """The document at a path or an address, as people copy it: ``content/verhalen/noor.md``."""
    path = wanted.strip().replace("\\", "/").removeprefix("./").removeprefix("content/").removeprefix("/")
    if path in documents:
        return documents[path]
    return next((d for d in documents.values() if d.page == path.removesuffix(".html") + ".html"), None)


def _reference_of(document: Document) -> str:
    """The one reference of a text; of one without any, made of its path: there has to be one to go on."""
    given = {normalized(consent.ref): consent.ref for _, consent in document.consents if consent.ref}
    if len(given) > 1:
        message = _SEVERAL.format(refs=", ".join(sorted(given.values())))
        raise CannotWithdraw(Problem(document.place("consent"), message, _WHICH))
    return next(iter(given.values()), f"W-{digest(document.path.encode())[:8]}")


def _unread(key: str, national: LayerContent) -> dict[str, Document]:
    """The texts with this reference whose front matter cannot be read."""
    sources = national.layer.by_path()
    unread = (d for d in national.documents.values() if d.meta is None or d.unclear)
    return {d.path: d for d in unread if _has_word(key, sources[d.path].read())}


def _has_word(key: str, data: bytes) -> bool:
    words = data.replace(b"\0", b"").decode("utf-8", "replace").replace(",", " ").replace("}", " ").split()
    return any(normalized(word.strip("\"'")) == key for word in words)


def _parts(texts: frozenset[str], key: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Translations of these texts, and their posts and letters unless somebody else agreed to those."""
    found: set[str] = set()
    while more := set(_parts_of(texts | found, key, documents)) - texts - found:
        found |= more
    return tuple(sorted(found))


def _parts_of(paths: Collection[str], key: str, documents: Mapping[str, Document]) -> Iterator[str]:
    for document in documents.values():
        if document.original in paths or (document.parent in paths and references(document) <= {key}):
            yield document.path


def _files(
    texts: Iterable[str], national: LayerContent, recall: Recall | None, published: Collection[str]
) -> tuple[str, ...]:
    """The files of these texts, and all others of the national layer with the same contents.

    ``published`` are digests of pictures that were published with the consent.
    """
    sources = national.layer.by_path()
    own = {path for text_path in texts for path in files_of(markdown_file(sources[text_path]), sources)}
    digests = {sources[path].digest for path in own}.union(
        published, recall.pictures.split() if recall else ()
    )
    return tuple(path for path, source in sources.items() if source.digest in digests)


_NO_TEXT = text("no text of the campaign has this consent, and no text is at this path")
_LOOK = text(
    "look for the reference below 'consent:' in the text, or give its path: content/verhalen/noor.md"
)
_OF_A_MEMBER = text("this is a page of an organisation's own, and only they change what is in their folder")
_ASK_THEM = text("ask them to write 'status: withdrawn' here, and to take the text and the pictures away")
_SEVERAL = text("several people agreed to this page: {refs}")
_WHICH = text("give the reference of who withdraws")
