"""Consent: whether a person agreed to be shown on a day, in a channel, to an audience.

Anything unclear counts as no. Each reason has its own message, since each asks something else of the editor.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, get_args

from microsite.core.problems import Severity, Text, nearest, text
from microsite.core.records import Record, astuple

Channel = Literal["web", "social", "print", "press"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
Audience = Literal["national", "members"]
Status = Literal["valid", "pending", "withdrawn", "expired"]


class Consent(Record):
    """What a person agreed to. The signed form, ``ref``, is kept outside the project."""

    ref: str
    status: Status
    given_on: dt.date
    expires_on: dt.date
    scope: tuple[Channel, ...] = ()
    audience: tuple[Audience, ...] = ()
    final_text_seen_on: dt.date | None = None
    minor: bool = False
    guardian: bool = False


class Withdrawal(Record):
    """The same keys in a withdrawal, which needs none of them. Its fields are in the order of ``Consent``."""

    ref: str = ""
    status: str = "withdrawn"
    given_on: dt.date = dt.date.max
    expires_on: dt.date = dt.date.min
    scope: tuple[Channel, ...] = ()
    audience: tuple[Audience, ...] = ()
    final_text_seen_on: dt.date | None = None
    minor: bool = False
    guardian: bool = False

    def as_consent(self) -> Consent:
        return Consent(self.ref, "withdrawn", *astuple(self)[2:])


class Refusal(Record):
    """Why a document is left out, or soon will be. A ``warning`` is for the editor to resolve.

    ``viewable``: it only waits, and nobody said no, so editors see it in the preview. ``until`` is the day on
    which this reason goes by itself, where there is one.
    """

    reason: Text
    hint: Text | None
    severity: Severity
    viewable: bool = False
    until: dt.date | None = None
    key: str = ""
    """The key of the consent that this hangs on, where there is one."""


def normalized(ref: str) -> str:
    """A reference without white space and capitals, so that no typing error can undo a withdrawal.

    Nor can what Word makes of it: a dash in the place of a hyphen, a sign that is not seen.
    """
    if not ref.isascii():
        ref = _DASH.sub("-", _UNSEEN.sub("", unicodedata.normalize("NFKC", ref)))
    return "".join(ref.split()).casefold()


_DASH, _UNSEEN = re.compile("[\u2010-\u2015\u2212]"), re.compile("[\xad\u200b-\u200f\u2060-\u2064\ufeff]")


SOON: tuple[tuple[int, Severity], ...] = ((30, "warning"), (90, "notice"))
"""The number of days before the end of a consent from which it is reported, and how."""

ENDED = text("left out: consent {ref} ended on {day}")
ENDING = text("consent {ref} ends on {day}: then this is left out")
MISSING_CONSENT = text(
    "consent {ref} was published and is in no text any more: was it withdrawn, moved or renamed?"
)
COPY_OF_MISSING = text("this is like a national text that is gone, of consent {ref}")
_BACKWARDS = text("left out: consent {ref} ends on {day}, and begins on {given} only")
_DATES = text("look whether 'given_on' and 'expires_on' are right")
_ANEW = text("ask the person anew, and note the new dates")


def ending(consent: Consent, day: dt.date) -> Refusal | None:
    """What to report of a valid consent that ends within the days of ``SOON``."""
    severity = ends_soon(consent.expires_on, day)
    if severity is None:
        return None
    return Refusal(ENDING.format(ref=consent.ref, day=consent.expires_on), _ANEW, severity)


def ends_soon(end: dt.date, day: dt.date) -> Severity | None:
    """How to report what ends within the days of ``SOON``; None for what does not."""
    left = (end - day).days
    return next((severity for days, severity in SOON if left <= days), None)


def refusal(consent: Consent, day: dt.date, channel: Channel, audience: Audience) -> Refusal | None:
    """Why this person may not be shown, or None. A consent is valid from ``given_on`` until the day before
    ``expires_on``.
    """
    return next(refusals(consent, day, channel, audience), None)


def refusals(consent: Consent, day: dt.date, channel: Channel, audience: Audience) -> Iterator[Refusal]:
    """All reasons why this person may not be shown: one alone for a consent that is over."""
    if consent.status == "withdrawn":
        named = text("left out: consent {ref} was withdrawn", ref=consent.ref)
        named = named if consent.ref else text("left out: the consent was withdrawn")
        yield Refusal(named, None, "notice", key="status")
        return
    if (ended := _ended(consent, day)) is not None:
        yield ended
        return
    if consent.status == "pending":
        yield Refusal(
            text("left out: consent {ref} is still pending", ref=consent.ref),
            text("set 'status: valid' when the person has said yes to the final text"),
            "warning",
            viewable=True,
            key="status",
        )
    if day < consent.given_on:
        yield Refusal(
            text("left out: consent {ref} begins on {day}", ref=consent.ref, day=consent.given_on),
            None,
            "notice",
            viewable=True,
            until=consent.given_on,
            key="given_on",
        )
    if channel not in consent.scope:
        yield Refusal(
            text("left out: consent {ref} is not for '{channel}'", ref=consent.ref, channel=channel),
            text("'scope' names what the person agreed to: web, social, print, press"),
            "warning",
            key="scope",
        )
    if audience not in consent.audience:
        yield Refusal(
            text("left out: consent {ref} is not for '{audience}'", ref=consent.ref, audience=audience),
            text("'audience' names who may publish: national, members"),
            "notice",
            key="audience",
        )
    if consent.minor and not consent.guardian:
        yield Refusal(
            text("left out: consent {ref} is of a minor and lacks a parent's or guardian's", ref=consent.ref),
            text("set 'guardian: true' when a parent or guardian has agreed too"),
            "warning",
            viewable=True,
            key="guardian",
        )
    if consent.final_text_seen_on is None or consent.final_text_seen_on > day:
        yield Refusal(
            text("left out: the person of consent {ref} has not seen the final text", ref=consent.ref),
            text("note the day in 'final_text_seen_on'"),
            "warning",
            viewable=True,
            until=consent.final_text_seen_on,
            key="final_text_seen_on",
        )


def _ended(consent: Consent, day: dt.date) -> Refusal | None:
    """Why a consent is over, or was so before it began: then one of its days was mistyped."""
    if consent.expires_on <= consent.given_on:
        days = {"day": consent.expires_on, "given": consent.given_on}
        return Refusal(_BACKWARDS.format(ref=consent.ref, **days), _DATES, "warning", key="expires_on")
    if day >= consent.expires_on:
        return Refusal(
            ENDED.format(ref=consent.ref, day=consent.expires_on), _ANEW, "notice", key="expires_on"
        )
    if consent.status == "expired":
        return Refusal(
            text("left out: consent {ref} has ended", ref=consent.ref), _ANEW, "notice", key="status"
        )
    return None


def means_withdrawn(word: str) -> bool:
    """Whether a status is ``withdrawn``, also with a slip in it or in Dutch: ``withdrwan``."""
    if says_withdrawn(word):
        return True
    return word not in STATUSES and nearest(word.strip(), STATUSES) == "withdrawn"


def says_withdrawn(word: str) -> bool:
    """Whether a status is ``withdrawn``, with capitals or in Dutch."""
    return word.strip().lower() in _WORDS


_WORDS = ("withdrawn", "ingetrokken", "teruggetrokken")


STATUSES: tuple[str, ...] = get_args(Status)


def mentioned_withdrawal(data: bytes) -> Withdrawal | None:
    """The withdrawal that a file seems to have, for files whose front matter cannot be parsed."""
    plain = data.replace(b"\0", b"")  # of UTF-16, the letters of ASCII are left
    if _WITHDRAWN.search(plain) is None:
        return None
    ref = _REF.search(plain)
    return Withdrawal(ref[1].decode() if ref else "")


_WITHDRAWN = re.compile(rf"\bstatus[\"']?\s*:\s*[\"']?(?:{'|'.join(_WORDS)})\b".encode(), re.I)
_REF = re.compile(rb"(?<![\w-])ref[\"']?[ \t]*:[ \t]*[\"']?([\w./-]{1,100})", re.A)
