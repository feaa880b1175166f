"""What the preview shows, and what it answers: values that go between threads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus

from microsite.core.fingerprints import digest
from microsite.core.problems import Problem
from microsite.core.records import Record


class State(Record):
    """What the preview shows. ``version`` identifies the plan that is served, "" before the first.

    ``day`` is the day as on which the site is shown, ``today`` the one that the preview began with.
    ``ahead`` are the versions of pages that were served before the plan that they are in, by path.
    """

    version: str = ""
    problems: tuple[Problem, ...] = ()
    day: dt.date = dt.date.min
    today: dt.date = dt.date.min
    ahead: Mapping[str, str] = {}

    def version_of(self, path: str) -> str:
        """Identifies what is served of a page."""
        return self.ahead.get(path, self.version)

    @property
    def name(self) -> str:
        """Identifies the plan and the problems."""
        lines = [self.version, *(problem.render() for problem in self.problems)]
        return digest("\n".join(lines).encode())


class Request(Record):
    """What a browser asks for. ``address`` is a path without percent-escapes, ``posted`` a form."""

    address: str
    query: Mapping[str, str] = {}
    posted: Mapping[str, str] | None = None


class Response(Record):
    """An HTTP response. ``location`` is where it redirects to; ``problems`` are those of this page."""

    status: HTTPStatus
    kind: str
    body: bytes
    location: str = ""
    problems: tuple[Problem, ...] = ()
    own: bool = False
    """Whether it is a page of the preview itself, which may have forms."""
