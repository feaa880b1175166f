"""The pages that only the preview has, and what it adds to those of the site."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import Any

from microsite.content.consent import Refusal
from microsite.content.documents import Document
from microsite.content.hints.finding import HINT, Hint
from microsite.core.problems import Problem, Text, Translate, errors, text
from microsite.core.records import Record, replace
from microsite.preview.addresses import DAY, DESK, PROBLEMS, SCRIPT, STYLE
from microsite.preview.excerpts import Files
from microsite.preview.standing import Standing
from microsite.preview.state import State
from microsite.preview.templates import render
from microsite.preview.wanted import Link, links
from microsite.rendering.hosting import policy
from microsite.rendering.templates import CodeCache
from microsite.site.people.admission import DRAFT

TYPES = dict(policy.CONTENT_TYPES)
HTML = TYPES["html"]

_CONTENT = re.compile(rb"(?=<main\b)|(?<=<body>)")
"""Where the content of a page begins: below the menu, so that the link past that stays the first."""

_LIVE = {"script": SCRIPT, "style": STYLE, "desk": DESK, "problems_page": PROBLEMS, "day_action": DAY}


class Pages(Record):
    """Renders what the preview adds, for an editor who reads ``translate``.

    ``token`` is in each form that changes something: a page of another site cannot read it. Compiled
    templates are kept in ``code_cache``.
    """

    translate: Translate
    files: Files
    token: str
    code_cache: CodeCache | None = None

    def _render(self, template: str, **context: Any) -> str:
        return render(template, self.translate, self.code_cache, **context)

    def own(self, template: str, version: str, **context: Any) -> bytes:
        """A page of the preview itself. ``version`` identifies what it shows."""
        page = self._render(template, version=version, token=self.token, **_LIVE, **context)
        return page.encode()

    def problems(self, problems: Sequence[Problem], title: Text, version: str) -> bytes:
        """A page with problems."""
        shown = tuple(self.files.shown(problems))
        return self.own("problem-page.html", version, problems=shown, title=title)

    def explained(self, document: Document, standing: Standing, version: str) -> bytes:
        """The page of a document that is not shown to editors either: why that is, and what to do."""
        against = standing.against
        place = document.place()
        return self.own(
            "explained.html",
            version,
            label=standing.label,
            name=document.name,
            reasons=self._reasons(against),
            problems=tuple(self.files.shown(document.problems)) if standing.name != "withdrawn" else (),
            link=self.files.link(place) if standing.name != "withdrawn" else "",
        )

    def hints(self, hints: Sequence[Hint]) -> bytes:
        """What the bar shows of the hints about a text."""
        advised = (Problem(hint.place, hint.message, hint.advice, "notice") for hint in hints)
        shown = tuple(replace(one, severity=HINT) for one in self.files.shown(advised))
        return self._render("hints.html", hints=shown).strip().encode()

    def with_bar(
        self,
        page: bytes,
        state: State,
        origins: Collection[str] = (),
        about: Sequence[Link] = (),
        path: str = "",
    ) -> bytes:
        """The page of the site at ``path``, with the bar of the preview, which also listens for changes.

        What is wrong in ``origins``, the files that it is made from, stands in it too, but for errors: those
        keep the page back, and are told over it. ``about`` are the people that it is about.
        """
        here = (p for p in state.problems if p.place.path in origins and p.severity != "error")
        bar = self._render(
            "bar.html",
            state=state,
            count=self.count(state),
            about=about,
            stale=bool(errors(state.problems)),
            problems=tuple(self.files.shown(here)),
            token=self.token,
            version=state.version_of(path),
            path=path,
            **_LIVE,
        )
        added = f"{bar}\n".encode()
        at = page.rfind(b"</body>")
        return page + added if at < 0 else page[:at] + added + page[at:]

    def with_ribbon(
        self, page: bytes, document: Document, standing: Standing, problems: Sequence[Problem]
    ) -> bytes:
        """The page of what is not public yet, with what it is, when that changes, and its problems."""
        ribbon = self._render(
            "ribbon.html",
            kind=standing.name,
            label=standing.label,
            since=standing.since,
            reasons=self._reasons(standing.against) if standing.since is None else (),
            link=self.files.link(document.place()),
            about=links(document),
            problems=tuple(self.files.shown(problems)),
            **_LIVE,
        ).encode()
        start = _CONTENT.search(page)
        at = start.end() if start is not None else 0
        return page[:at] + ribbon + page[at:]

    def told(self, state: State) -> dict[str, str]:
        """What open pages are told of the problems: only errors keep a page from being renewed."""
        wrong = errors(state.problems)
        shown = tuple(self.files.shown(wrong))
        html = self._render("stale.html", problems=shown, good=bool(state.version)) if wrong else ""
        return {"html": html, "count": self.count(state)}

    def count(self, state: State) -> str:
        """The number of problems in words."""
        number = len(state.problems)
        if not number:
            return _NONE.render(self.translate)
        words = _ONE if number == 1 else _SEVERAL.format(count=number)
        return words.render(self.translate)

    def _reasons(self, against: Sequence[Refusal]) -> tuple[tuple[str, Text | None], ...]:
        """Each reason without 'left out: ', which the label says, and its hint."""
        said = ((refused.reason, refused.reason.render(self.translate), refused.hint) for refused in against)
        return tuple(
            (words.partition(": ")[2] or words, _READY if reason == DRAFT else hint)
            for reason, words, hint in said
        )


_READY = text("take out 'draft: true' when visitors may read it")
_NONE, _ONE, _SEVERAL = text("no problems"), text("1 problem"), text("{count} problems")


def content_type(path: str) -> str:
    """The Content-Type of a file of the site."""
    feed, kind = policy.FEED
    return kind if path == feed else TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def day_of(written: str) -> dt.date | None:
    """The day that a form gives; None when it is none."""
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None
