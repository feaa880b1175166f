"""Exchanges of letters: one page with all its letters, in order."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from microsite.content.front_matter import Exchange, people
from microsite.core.problems import Problem, text
from microsite.core.records import replace
from microsite.rendering.views import FactUse, Turn
from microsite.site.cards import role_of
from microsite.site.page import Page


def with_letters(page: Page, letters: Sequence[Page], due: dt.date | None) -> Page:
    """The page of an exchange with its letters, their facts numbered as those of one text.

    ``due`` is the day on which the answer to the last letter is promised.
    """
    uses = {use.id: use for use in page.uses}
    turns = []
    for letter in letters:
        for use in letter.uses:
            uses.setdefault(use.id, FactUse(len(uses) + 1, use.id, use.fact))
        resolved = tuple(uses[p.id] if isinstance(p, FactUse) else p for p in letter.body.resolved)
        job = next((person.job for _, person in people(letter.meta)), "")
        body = replace(letter.body, resolved=resolved)
        turns.append(Turn(letter.card, role_of(letter.meta), job, body))
    if due is not None:
        turns[-1] = replace(turns[-1], due=due)
    return replace(page, uses=tuple(uses.values()), turns=tuple(turns))


def answer_due(letters: Sequence[Page], exchange: Exchange) -> dt.date | None:
    """The day on which the alderman answers the last letter, if that is still to come."""
    last = letters[-1].meta if letters else None
    if last is None or last.date is None or exchange.closed or role_of(last) != "worker":
        return None
    return last.date + dt.timedelta(days=exchange.rhythm)


def late_answer(letter: Page, due: dt.date) -> Problem:
    """A warning that the day has passed on which this letter would be answered."""
    message = text("the answer to this letter was due on {day}, and is not on the site", day=due)
    hint = text(
        "publish the answer; if none will come, write 'closed: true' in {page}", page=letter.document.parent
    )
    return Problem(letter.document.place("date"), message, hint, "warning")


def letters_of(page: Page, pages: Sequence[Page], day: dt.date) -> list[Page]:
    """The letters of an exchange, oldest first; one without a date counts as written on ``day``."""
    letters = [other for other in pages if other.document.parent == page.document.path]
    return sorted(letters, key=lambda letter: (letter.meta.date or day, letter.path))


def rhythm_problems(letters: Sequence[Page], rhythm: int) -> Iterator[Problem]:
    """Letters that do not alternate between the two writers, or not every ``rhythm`` days."""
    for before, letter in itertools.pairwise(letters):
        one, other = before.meta, letter.meta
        if role_of(one) == role_of(other):
            message = text("two letters of '{role}' after each other", role=role_of(other))
            hint = text("an answer stands between them; look at 'role' and 'date'")
            yield Problem(letter.document.place("role"), message, hint, "warning")
        if one.date and other.date and (days := (other.date - one.date).days) != rhythm:
            message = text("this letter comes {days} days after the one before", days=days)
            hint = text("the rhythm of this exchange is {days} days", days=rhythm)
            yield Problem(letter.document.place("date"), message, hint, "warning")
