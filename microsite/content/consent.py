"""May this document be published: on this day, in this channel, by this layer?

Everything that is unclear is a no. The reasons are told apart, because the
editor has to do something else for each of them.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from microsite.core.problems import Severity, Text, text
from microsite.core.records import Record

Channel = Literal["web", "social", "print", "press"]
Audience = Literal["national", "members"]
Status = Literal["valid", "pending", "withdrawn", "expired"]


class Consent(Record):
    """What a person agreed to. The record itself, with the name, is kept outside the project."""

    ref: str
    status: Status
    given_on: dt.date
    expires_on: dt.date
    scope: tuple[Channel, ...] = ()
    audience: tuple[Audience, ...] = ()
    final_text_seen_on: dt.date | None = None
    minor: bool = False
    guardian: bool = False


class Refusal(Record):
    """Why somebody is not shown, or soon will not be. A ``notice`` states, a ``warning`` asks for work."""

    reason: Text
    hint: Text | None
    severity: Severity


def known_as(ref: str) -> str:
    """A consent's reference as it is compared: small differences in writing must not keep a person shown."""
    return "".join(ref.split()).casefold()


SOON: tuple[tuple[int, Severity], ...] = ((30, "warning"), (90, "notice"))
"""From how many days before its end a consent is spoken of, and how."""

ENDED = text("left out: consent {ref} ended on {day}")
ENDING = text("consent {ref} ends on {day}: then this is left out")
_ANEW = text("ask the person anew, and note the new dates")


def ending(consent: Consent, day: dt.date) -> Refusal | None:
    """What to say of a consent that holds on this day and soon will not, while there is time to ask."""
    left = (consent.expires_on - day).days
    said = next((severity for days, severity in SOON if left <= days), None)
    if said is None:
        return None
    return Refusal(ENDING.format(ref=consent.ref, day=consent.expires_on), _ANEW, said)


def refusal(consent: Consent, day: dt.date, channel: Channel, audience: Audience) -> Refusal | None:
    """The first reason against showing this person, or None when there is none.

    Valid from ``given_on`` up to but not including ``expires_on``.
    """
    if consent.status == "withdrawn":
        return Refusal(text("left out: consent {ref} was withdrawn", ref=consent.ref), None, "notice")
    if day >= consent.expires_on:
        ended = ENDED.format(ref=consent.ref, day=consent.expires_on)
        return Refusal(ended, _ANEW, "notice")
    if consent.status == "expired":
        return Refusal(text("left out: consent {ref} has ended", ref=consent.ref), _ANEW, "notice")
    if consent.status == "pending":
        return Refusal(
            text("left out: consent {ref} is still pending", ref=consent.ref),
            text("set 'status: valid' when the person has said yes to the final text"),
            "warning",
        )
    if day < consent.given_on:
        return Refusal(
            text("left out: consent {ref} begins on {day}", ref=consent.ref, day=consent.given_on),
            None,
            "notice",
        )
    if channel not in consent.scope:
        return Refusal(
            text("left out: consent {ref} is not for '{channel}'", ref=consent.ref, channel=channel),
            text("'scope' names what the person agreed to: web, social, print, press"),
            "warning",
        )
    if audience not in consent.audience:
        return Refusal(
            text("left out: consent {ref} is not for '{audience}'", ref=consent.ref, audience=audience),
            text("'audience' names who may publish: national, members"),
            "notice",
        )
    if consent.minor and not consent.guardian:
        return Refusal(
            text("left out: consent {ref} is of a minor and lacks a parent's or guardian's", ref=consent.ref),
            text("set 'guardian: true' when a parent or guardian has agreed too"),
            "warning",
        )
    if consent.final_text_seen_on is None or consent.final_text_seen_on > day:
        return Refusal(
            text("left out: the person of consent {ref} has not seen the final text", ref=consent.ref),
            text("note the day in 'final_text_seen_on'"),
            "warning",
        )
    return None
