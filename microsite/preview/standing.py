"""How a document stands: public, waiting for a day, an editor or a person, or not to be shown at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from microsite.content.consent import Refusal
from microsite.content.documents import Document
from microsite.core.problems import Text, text
from microsite.core.records import Record
from microsite.site.people.admission import Admission

Name = Literal["public", "later", "draft", "asked", "over", "refused", "withdrawn", "broken", "hidden"]

LABELS: Mapping[Name, Text] = {
    "public": text("Public"),
    "later": text("Public later"),
    "draft": text("Draft"),
    "asked": text("Waiting for consent"),
    "over": text("No longer public"),
    "refused": text("Not shown"),
    "withdrawn": text("Withdrawn"),
    "broken": text("Cannot be read"),
    "hidden": text("Hidden by your brand.yaml"),
}


class Standing(Record):
    """``since`` is the day from which it is public, where only days are waited for.

    ``against`` are the reasons why it is not public.
    """

    name: Name
    since: dt.date | None = None
    against: tuple[Refusal, ...] = ()

    @property
    def label(self) -> Text:
        return LABELS[self.name]


def standing(document: Document, admission: Admission, day: dt.date) -> Standing:
    """How a document stands on this day. ``admission`` is one with ``Rules.early``."""
    path = document.path
    if document.meta is None:
        return Standing("broken")
    if any(consent.status == "withdrawn" for _, consent in document.consents):
        return Standing("withdrawn", None, admission.refusals.get(path, ()))
    against = _against(document, admission)
    if path not in admission.shown:
        return Standing("hidden" if path in admission.unlinked else "refused", None, against)
    if not against:
        return Standing("public")
    days = [refused.until for refused in against]
    if all(days):
        return Standing("later", max(filter(None, days)), against)
    if document.meta.expires_on is not None and document.meta.expires_on <= day:
        return Standing("over", None, against)
    return Standing("draft" if document.meta.draft else "asked", None, against)


def _against(document: Document, admission: Admission) -> tuple[Refusal, ...]:
    """The reasons against a document, or else against the page that it is a part or a translation of."""
    above = document.parent or document.original
    own = admission.refusals.get(document.path, ())
    parent = admission.shown.get(above) if above and not own else None
    return own or (_against(parent, admission) if parent is not None else ())
