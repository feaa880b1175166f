"""The terms of photos: where one may be used, and until when, besides what the people on its page agreed to.

They stand with it in the front matter, and go for the file under any name, wherever else it is shown.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping

from microsite.content.consent import CHANNELS, Channel, Refusal, ends_soon
from microsite.content.documents import Document
from microsite.content.files import Source
from microsite.content.front_matter import PictureFile, pictures
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record
from microsite.core.urls import content_path

ALL = frozenset(CHANNELS)


class PhotoTerms(Record):
    """The ``channels`` in which a photo may be used today. ``ended`` is the day on which its terms ended."""

    channels: frozenset[Channel]
    ended: dt.date | None = None

    def joined(self, other: PhotoTerms) -> PhotoTerms:
        """Both terms: the strictest count."""
        return PhotoTerms(self.channels & other.channels, self.ended or other.ended)

    def refusal(self, src: str) -> Refusal | None:
        """Why the photo may not be on the site; None when it may."""
        if self.ended is not None:
            return Refusal(_ENDED.format(src=src, day=self.ended), _ANEW, "notice")
        if "web" not in self.channels:
            return Refusal(_NOT_FOR_WEB.format(src=src), _SCOPE, "notice")
        return None


_ENDED = text("left out: the photo '{src}' may not be used since {day}")
_ENDING = text("the photo '{src}' may not be used from {day}: then it is left out")
_ANEW = text("ask who made it or is on it anew, or show another one")
_NOT_FOR_WEB = text("left out: the photo '{src}' is not for 'web'")
_SCOPE = text("'scope' with the image names what it may be used for: web, social, print, press")


def terms_of(
    documents: Iterable[Document],
    source: Callable[[str, Place], Source | None],
    day: dt.date,
    known: Mapping[str, PhotoTerms] = {},
) -> dict[str, PhotoTerms]:
    """The terms of the photos of these pages besides those that are ``known``, by the digest of the file.

    ``source`` is the file at a path, for the text at a place.
    """
    found = {**known}
    for document in documents:
        for key, image in pictures(document.meta) if document.meta else ():
            if not _has_terms(image):
                continue
            path = content_path(image.src, posixpath.dirname(document.path))
            file = source(path, document.place(f"{key}.src"))
            if file is not None:
                terms = _terms(image, day)
                found[file.digest] = terms.joined(found.get(file.digest, terms))
    return found


def ending_soon(documents: Iterable[Document], day: dt.date) -> Iterator[Problem]:
    """The photos on these pages of which the terms end soon."""
    for document in documents:
        for key, image in pictures(document.meta) if document.meta else ():
            if image.expires_on is None or image.expires_on <= day:
                continue
            if (severity := ends_soon(image.expires_on, day)) is not None:
                message = _ENDING.format(src=image.src, day=image.expires_on)
                yield Problem(document.place(f"{key}.expires_on"), message, _ANEW, severity)


def _has_terms(image: PictureFile) -> bool:
    return image.expires_on is not None or not ALL.issubset(image.scope)


def _terms(image: PictureFile, day: dt.date) -> PhotoTerms:
    if image.expires_on is not None and image.expires_on <= day:
        return PhotoTerms(frozenset(), image.expires_on)
    return PhotoTerms(frozenset(image.scope))
