"""What the module of each host declares: ``FILE`` and ``GUIDES``; and helpers to write its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from microsite.core.problems import Text
from microsite.core.records import Record

Moved = tuple[tuple[str, str], ...]
"""Pairs of an old path and a new one, within the site."""


class ServerFile(NamedTuple):
    """A file that configures a web server, at ``path`` in the site.

    All recipes take ``base``, the path of the site's URL; ``gone``, the paths within the site that are
    answered with 410 where the server can do that; and ``moved``, pairs of an old path and a new one, which
    are answered with 301.
    """

    path: str
    recipe: Callable[..., bytes]


class HostGuide(Record):
    """What HOSTING.txt says of a kind of host. ``reads`` are the files of the site that configure it."""

    title: Text
    steps: tuple[Text, ...]
    reads: tuple[str, ...]
    limits: tuple[Text, ...]


# ── writing configuration files ──


def lines(*parts: str | Iterable[str]) -> list[str]:
    """Flatten lines and lists of lines."""
    return [line for part in parts for line in ((part,) if isinstance(part, str) else part)]


def block(head: str, body: Iterable[str], end: str) -> list[str]:
    """The body indented between two lines."""
    return [head, *(f"    {line}" if line else "" for line in body), end]


def encode(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
