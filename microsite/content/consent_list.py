"""The list of consents that were published, on disk; see ``site/people/published.py``."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from msgspec import json

from microsite.content.consent import MISSING_CONSENT
from microsite.core.files import remove_drafts, remove_unless_file, replace_file, seal, unseal
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record, replace

FILES = ("consents.json", "consents.copy.json")
"""The list, twice: either can be lost or damaged."""

MISSING = "consents.missing.json"
"""The references that were missing in the last build, for builds with nothing to do."""


class PublishedConsent(Record):
    """What is kept of one consent. ``closed``: it was withdrawn, or its removal was noted.

    ``texts`` are sketches by the digest of the file, ``pages`` digests of paths, ``pictures`` those of files.
    ``copies`` are the digests of the published copies of each picture, for somebody may save one from a site.
    """

    texts: Mapping[str, tuple[str, ...]] = {}
    pages: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    closed: bool = False
    copies: Mapping[str, tuple[str, ...]] = {}

    def is_copied_in(self, words: Collection[str], least: int) -> bool:
        """Whether at least so many of these phrases, as digests, are of the text."""
        return any(len(set(sketch).intersection(words)) >= least for sketch in self.texts.values())

    def is_renewed_in(self, words: Collection[str]) -> bool:
        """Whether a text with these phrases, as digests, is for the most part the same."""
        return any(
            sketch and 2 * len(set(sketch).intersection(words)) >= len(sketch)
            for sketch in self.texts.values()
        )


PublishedConsents = Mapping[str, PublishedConsent]
"""By normalized reference."""

FindCopies = Callable[[Collection[str], Collection[str]], Mapping[str, Collection[str]]]
"""Called with the digests of pictures, and of those of which copies are known; returns copies by picture."""


def as_originals(contents: Mapping[str, str], consents: PublishedConsents) -> Mapping[str, str]:
    """The digests of files by path; of a published copy of a picture it is that of the picture."""
    pictures = (item for known in consents.values() for item in known.copies.items())
    originals = {copy: picture for picture, copies in pictures for copy in copies}
    return {path: originals.get(digest, digest) for path, digest in contents.items()}


def published_pictures(consents: PublishedConsents, refs: Collection[str]) -> frozenset[str]:
    """The digests of the pictures that were published with these consents, and of all copies of them."""
    known = [consents[ref] for ref in refs if ref in consents]
    copies = (copies for one in known for copies in one.copies.values())
    return frozenset().union(*(one.pictures for one in known), *copies)


def with_copies(consents: PublishedConsents, find: FindCopies) -> PublishedConsents:
    """The list with the copies of pictures that sites show now."""
    pictures = {picture for known in consents.values() if not known.closed for picture in known.pictures}
    before = {picture for known in consents.values() for picture in known.copies}
    try:
        found = find(pictures, before) if pictures else {}
    except OSError:  # a manifest that cannot be read now: the next build does it
        return consents
    return {ref: _with_copies(known, found) for ref, known in consents.items()}


def _with_copies(known: PublishedConsent, found: Mapping[str, Collection[str]]) -> PublishedConsent:
    copies = dict(known.copies)
    for picture in found.keys() & {*known.pictures}:
        copies[picture] = tuple(sorted({*found[picture], *copies.get(picture, ())}))
    return replace(known, copies=copies)


_ANSWER = text(
    "withdrawn: put back a file with that 'ref' and 'status: withdrawn'; anything else: note the address of"
    " the page in weggehaald.yaml"
)
LOST = text(
    "the list of consents that were published is lost: who was deleted before is not recognised any more"
)
_LOOK = text("look whether members have pages of somebody whose national page was deleted")
RESTORED = text("one of the two lists of published consents was lost or damaged; it is made again")


class ConsentList:
    """The list on disk, in the state folder. ``place`` is the name of that folder in messages.

    Only a file that is not there, or is damaged, is lost: any other error of the disk is raised as OSError.
    """

    def __init__(self, folder: Path, place: str) -> None:
        self._folder = folder
        self._place = place

    def load(self) -> PublishedConsents:
        """The list; empty when both files are lost."""
        return next((found for found in self._copies() if found is not None), {})

    def losses(self, published: bool) -> tuple[Problem, ...]:
        """What to report of the files; ``published``: there are sites, so there was a list."""
        copies = self._copies()
        if None not in copies:
            return ()
        if any(found is not None for found in copies):
            restored = Problem(Place(self._place), RESTORED, severity="notice")
            return (restored,) if published else ()  # else the first build was stopped while it wrote them
        traces = published or any(os.path.lexists(self._folder / name) for name in FILES)
        return (Problem(Place(self._place), LOST, _LOOK, "warning"),) if traces else ()

    def remove_drafts(self) -> None:
        """Remove what killed builds left half written."""
        for name in (*FILES, MISSING):
            remove_drafts(self._folder / name)

    @property
    def exists(self) -> bool:
        """Whether both files are there, without reading them."""
        return all((self._folder / name).is_file() for name in FILES)

    def problems(self, missing: Iterable[str]) -> tuple[Problem, ...]:
        """What to report of the consents that are missing."""
        place = Place(self._place)
        return tuple(Problem(place, MISSING_CONSENT.format(ref=ref), _ANSWER, "warning") for ref in missing)

    def missing(self) -> tuple[str, ...] | None:
        """The references that were missing in the last build; None when that is lost."""
        data = self._read(MISSING)
        return None if data is None else json.decode(data, type=tuple[str, ...])

    def save(self, consents: PublishedConsents, missing: Collection[str] = ()) -> None:
        """Write all files."""
        self._folder.mkdir(parents=True, exist_ok=True)
        data = json.encode(dict(sorted(consents.items())))
        for name in FILES:
            self._write(name, data)
        self._write(MISSING, json.encode(sorted(missing)))

    def _write(self, name: str, data: bytes) -> None:
        file = self._folder / name
        remove_unless_file(file)
        replace_file(file, seal(data))

    def _copies(self) -> list[PublishedConsents | None]:
        """The list in each file, None where it is lost; only the one that can be read where there is one."""
        copies: list[PublishedConsents | None] = []
        failed: OSError | None = None
        for name in FILES:
            try:
                data = self._read(name)
            except OSError as error:
                failed = error
            else:
                copies.append(None if data is None else json.decode(data, type=dict[str, PublishedConsent]))
        if failed is not None and not any(copy is not None for copy in copies):
            raise failed
        return copies

    def _read(self, name: str) -> memoryview | None:
        file = self._folder / name
        try:
            return None if remove_unless_file(file) else unseal(file.read_bytes())
        except FileNotFoundError:
            return None
