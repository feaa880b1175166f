"""Members' pages that are copies of texts which were taken out of the national content.

Of these there are only digests left, see ``content/recalls.py``. While the text itself is there,
``withdrawals.py`` compares with that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from microsite.content.consent import normalized
from microsite.content.documents import Document
from microsite.content.files import Source
from microsite.content.overrides import MarkdownFile
from microsite.content.recalls import Recall, path_digest, phrase_digest
from microsite.core.problems import Place, Problem, text
from microsite.site.people.published import references
from microsite.site.people.withdrawals import (
    COPIED_PICTURE,
    COPIED_TEXT,
    NAMESAKE,
    PARTLY_COPIED,
    Match,
    certain,
    lines_of_phrases,
    pictures_of,
    possible,
    traits_of,
)

COPIED, ALIKE = 3, 2
"""With how many phrases in common a page is a copy (two of a short text), and with how many it may be."""


class Recalled:
    """What the entries of ingetrokken.yaml say of pages and files.

    Where one of the national ``documents`` is at the path of such a text, with a new consent, only the
    reference counts: the person came back.
    """

    def __init__(self, recalls: Iterable[Recall], documents: Iterable[Document] = ()) -> None:
        self._recalls = tuple(recalls)
        self._documents = tuple(documents)

    def __bool__(self) -> bool:
        return bool(self._recalls)

    @cached_property
    def references(self) -> frozenset[str]:
        """The normalized references of the consents."""
        return frozenset(normalized(recall.ref) for recall in self._recalls) - {""}

    @cached_property
    def _active(self) -> tuple[Recall, ...]:
        agreed = (d for d in self._documents if d.consents and not d.redacted) if self._recalls else ()
        again = {path_digest(d.path) for d in agreed if self.references.isdisjoint(references(d))}
        return tuple(recall for recall in self._recalls if again.isdisjoint(recall.paths.split()))

    @cached_property
    def pictures(self) -> frozenset[str]:
        """The digests of their files, and of published copies of these."""
        return frozenset(digest for recall in self._active for digest in recall.pictures.split())

    @cached_property
    def paths(self) -> frozenset[str]:
        """The digests of the paths of what was taken away."""
        return frozenset(digest for recall in self._recalls for digest in recall.paths.split())

    def match(self, document: Document, own: MarkdownFile, images: Mapping[str, str]) -> Match | None:
        """What a member's page has in common with one of the texts; see ``Withdrawals.match``."""
        if document.meta is None or document.redacted or not self._active:
            return None
        if not self.pictures.isdisjoint(pictures_of(document, images)):
            return certain(COPIED_PICTURE)
        words = {phrase_digest(phrase) for phrase in traits_of(own, {}).phrases}
        found = None
        for recall in self._active:
            known = recall.words.split()
            shared = len(words.intersection(known))
            if shared >= _enough(known):
                return certain(COPIED_TEXT)
            about = recall.about.split()
            if not document.consents and len(words.intersection(about)) >= _enough(about):
                return certain(NAMESAKE)
            if shared >= ALIKE:
                found = possible(PARTLY_COPIED)
        return found

    def repeated_in(self, source: Source) -> tuple[tuple[str, int], ...]:
        """The references of those whose sentences a text has, with the first line of these.

        Raises FileChanged.
        """
        return _repeated(source, self._active) if self._active else ()

    def found_in(self, sources: Iterable[Source], national: bool) -> Iterator[Problem]:
        """What to report of files in which a name stood, and that are as they were then.

        And of ``national`` ones that a withdrawal that was stopped has not taken away yet.
        """
        named = {digest: recall.ref for recall in self._active for digest in recall.named.split()}
        taken = {path: recall.ref for recall in self._active for path in recall.paths.split()}
        for source in sources if self._active else ():
            if source.digest in named:
                message = NAMED.format(ref=named[source.digest])
                yield Problem(Place(source.name), message, _TAKE_AWAY, "warning")
            if national and source.size > STUB and (ref := taken.get(path_digest(source.path))):
                yield Problem(Place(source.name), _UNFINISHED, _FINISH.format(ref=ref), "warning")


@lru_cache(maxsize=50_000)
def _repeated(source: Source, recalls: tuple[Recall, ...]) -> tuple[tuple[str, int], ...]:
    """As ``Recalled.repeated_in``: a preview asks it of every text after every save."""
    whole = lines_of_phrases(source.read().decode("utf-8", "replace"))
    lines = {phrase_digest(phrase): line for phrase, line in whole.items()}
    shared = ((recall.ref, lines.keys() & set(recall.words.split())) for recall in recalls)
    return tuple((ref, min(lines[phrase] for phrase in both)) for ref, both in shared if len(both) >= ALIKE)


def _enough(known: Collection[str]) -> int:
    return max(2, min(COPIED, len(known) // 2))


STUB = 200
"""Bytes of a file from which it is more than the reference and the status of a consent."""

_UNFINISHED = text(
    "URGENT: a withdrawal was stopped half-way: nobody sees this any more, but it is still here"
)
_FINISH = text("finish it: python3 build.py withdraw {ref}")
NAMED = text("this named somebody who withdrew consent {ref}, and has not changed since")
_TAKE_AWAY = text("take the name away; if it is of somebody else, change anything in this file")
