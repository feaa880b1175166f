"""What somebody wants gone, and the address of the page of the desk that takes it away."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from urllib.parse import urlencode

from microsite.content.consent import CHANNELS, Channel, normalized
from microsite.content.documents import Document
from microsite.core.records import Record
from microsite.preview.addresses import WITHDRAW


class Wanted(Record):
    """A reference, or the path of a text, and only these channels of it."""

    ref: str
    channels: tuple[Channel, ...] = ()

    def address(self, **more: str) -> str:
        chosen = {str(channel): "1" for channel in self.channels}
        return f"{WITHDRAW}?{urlencode({'ref': self.ref, **chosen, **more})}"

    @property
    def command(self) -> str:
        """What does the same in a terminal."""
        words = ["python3 build.py withdraw", shlex.quote(self.ref)]
        return " ".join([*words, *(f"--channel {channel}" for channel in self.channels)])


def wanted_in(values: Mapping[str, str]) -> Wanted:
    """What the values of a form or a query ask for: each channel is a value of its own."""
    return Wanted(values.get("ref", "").strip(), tuple(one for one in CHANNELS if values.get(one)))


class Link(Record):
    """To the page that takes away what is about one consent."""

    ref: str
    address: str


def links(document: Document) -> tuple[Link, ...]:
    """For each consent of a text of the campaign: an organisation's own text is for them to take away."""
    refs = {normalized(c.ref): c.ref for _, c in document.consents if c.ref and not document.local}
    return tuple(Link(ref, Wanted(ref).address()) for ref in refs.values())
