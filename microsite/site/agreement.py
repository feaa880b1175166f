"""One page by itself, for the person it is about: before it is public, and with nothing of anybody else."""

from __future__ import annotations

import datetime as dt

from microsite.content.consent import CHANNELS, Audience, Channel
from microsite.content.documents import Document
from microsite.content.front_matter import people
from microsite.content.kinds import CAMPAIGN, LISTING
from microsite.core.records import Record, replace
from microsite.rendering.artifact import Artifact
from microsite.site.library import LibraryInput
from microsite.site.people.admission import Admission


class Asked(Record):
    """What one person is asked: ``name`` is "" for the only one. ``until`` is None when that is not said."""

    name: str
    channels: tuple[Channel, ...]
    audience: tuple[Audience, ...]
    until: dt.date | None


class Agreement(Record):
    """What is said above the page. ``public``: the site shows it already."""

    day: dt.date
    public: bool
    asked: tuple[Asked, ...]


def file_name(path: str, brand: str) -> str:
    """The name of the file of a text within ``content/``, of a member's own ``brand`` or "" for national."""
    return "-".join(filter(None, [brand, *path.removesuffix(".md").split("/")])) + ".html"


def is_about_somebody(document: Document) -> bool:
    """Whether it can stand by itself: the first page and lists consist of other pages."""
    return document.kind not in (CAMPAIGN, LISTING)


def agreement(document: Document, day: dt.date, public: bool) -> Agreement:
    """What to ask the people of a document. Where no channel is noted, it is all of them."""
    named = dict(people(document.meta)) if document.meta is not None else {}
    several = len(document.consents) > 1
    asked = tuple(
        Asked(
            named[owner].name if several and (owner := _owner(key)) in named else "",
            consent.scope or CHANNELS,
            consent.audience,
            consent.expires_on,
        )
        for key, consent in document.consents
    )
    return Agreement(day, public, asked or (Asked("", CHANNELS, (), None),))


def _owner(consent: str) -> str:
    """The key of the person whose consent this is: that of the page is of ``person``."""
    return consent.rpartition(".")[0] or "person"


def alone(given: LibraryInput, document: Document) -> LibraryInput:
    """What a site is assembled from that has this document only. Links to other pages are words there."""
    document = replace(document, original="")  # a translation stands by itself too
    others = {other.path for other in given.admission.documents} - {document.path}
    admission = Admission(
        documents=(document,),
        shown={document.path: document},
        left_out=frozenset(),
        unlinked=frozenset(others),
        withheld=(),
        channels={document.path: frozenset(CHANNELS)},
        people=(),
        expected=frozenset(),
        unknown=(),
        problems=(),
        files=given.admission.files,
    )
    site = given.site
    if site is not None:
        site = replace(site, menu=(), footer_menu=(), reading_menu=(), team_menu=(), story_steps=(), about="")
    return replace(given, admission=admission, site=site, planning=None, lenient=True)


def with_agreement(page: Artifact, said: Agreement) -> Artifact:
    """The page of a document with this above it, in the place of menus."""
    inputs = {**dict(page.inputs), "agreement": said, "crumbs": ()}
    return replace(page, inputs=tuple(sorted(inputs.items())))
