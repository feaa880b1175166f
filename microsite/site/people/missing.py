"""The published consents that no national text has any more, and members' pages that are like such a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from microsite.content.consent import normalized
from microsite.content.consent_list import PublishedConsent, PublishedConsents, as_originals
from microsite.content.documents import Document
from microsite.content.files import Layer
from microsite.content.overrides import markdown_file
from microsite.content.removed import RemovedEntry
from microsite.core.fingerprints import digest
from microsite.core.problems import Problem
from microsite.core.records import replace
from microsite.core.settings import NATIONAL
from microsite.site.people.published import copy_problem, digests, record, references
from microsite.site.people.withdrawals import LIKELY, pictures_of


class MissingConsents:
    """Compares the list of ``published`` consents with the national ``documents``, from ``layer``.

    ``removed`` are the entries of the national weggehaald.yaml.
    """

    def __init__(
        self,
        published: PublishedConsents,
        documents: Mapping[str, Document],
        layer: Layer,
        removed: Collection[RemovedEntry],
    ) -> None:
        self._published = published
        self._documents = documents
        self._layer = layer
        self._removed = removed
        self._recorded: dict[str, PublishedConsent] = {}

    @cached_property
    def unexplained(self) -> tuple[str, ...]:
        """Those of which nobody noted why they are missing."""
        noted = {digest(entry.page.path.encode()) for entry in self._removed}
        return tuple(
            ref for ref, known in self._gone.items() if not known.closed and noted.isdisjoint(known.pages)
        )

    def updated(
        self, shown: Mapping[str, Mapping[str, Document]], withdrawn: Collection[str]
    ) -> PublishedConsents:
        """The list after the texts ``shown``, by consent and path, were published."""
        sources, contents = self._layer.by_path(), self._layer.digests()
        settled = {*withdrawn, *self._missing}.difference(self.unexplained)
        consents = {
            ref: replace(known, closed=known.closed or ref in settled)
            for ref, known in self._published.items()
            if ref not in self._renewed
        }
        for ref, documents in shown.items():
            known = self._published.get(ref) or self._recorded.get(ref)
            files = ((d, markdown_file(sources[path]), sources[path].digest) for path, d in documents.items())
            consents[ref] = self._recorded[ref] = record(known, files, contents)
        return consents

    def copies(self, shown: Iterable[Document], layer: Layer) -> Iterator[Problem]:
        """The shown pages of a member, from ``layer``, that are like a national text that is gone."""
        own = [document for document in shown if document.layer != NATIONAL]
        missing = self._gone if own else {}
        if not missing:
            return
        common = frozenset().union(*self._words.values())
        sources = layer.by_path()
        contents = as_originals(self._layer.digests() | layer.digests(), self._published)
        for document in own:
            words = digests(markdown_file(sources[document.path])) - common
            pictures = pictures_of(document, contents)
            for ref, known in missing.items():
                if (
                    ref in references(document)
                    or known.is_copied_in(words, LIKELY)
                    or pictures & {*known.pictures}
                ):
                    yield copy_problem(document, ref)
                    break

    @cached_property
    def pages(self) -> frozenset[str]:
        """The digests of the pages that the texts had."""
        return frozenset(page for known in self._gone.values() for page in known.pages)

    @cached_property
    def _gone(self) -> PublishedConsents:
        """The missing consents whose text is gone too."""
        return {ref: known for ref, known in self._missing.items() if ref not in self._renewed}

    @cached_property
    def _missing(self) -> PublishedConsents:
        """The consents of the list that no national text names, as far as those can be read."""
        there = frozenset().union(*map(references, self._documents.values()))
        missing = {ref: known for ref, known in self._published.items() if ref not in there}
        if not missing or self._layer.rejected:
            return {}
        sources = self._layer.by_path()
        unclear = [
            document
            for document in self._documents.values()
            if document.meta is None or document.unclear or (document.redacted and not references(document))
        ]
        words = [normalized(sources[d.path].read().decode("utf-8", "replace")) for d in unclear]
        return {ref: known for ref, known in missing.items() if not any(ref in word for word in words)}

    @cached_property
    def _words(self) -> Mapping[str, frozenset[str]]:
        """The phrases of all national texts, as digests."""
        texts = (source for source in self._layer.sources if source.suffix == ".md")
        return {source.path: digests(markdown_file(source)) for source in texts}

    @cached_property
    def _renewed(self) -> frozenset[str]:
        """The missing consents whose text is there with another one."""
        if not self._missing:
            return frozenset()
        texts = [
            self._words[path] for path, document in self._documents.items() if self._is_agreed_anew(document)
        ]
        return frozenset(ref for ref, known in self._missing.items() if any(map(known.is_renewed_in, texts)))

    def _is_agreed_anew(self, document: Document) -> bool:
        """Whether a text has a consent that it did not have before, which may be in the place of another."""
        before = ((self._published.get(ref), self._words[document.path]) for ref in references(document))
        return any(known is None or not known.is_renewed_in(words) for known, words in before)
