"""Exchanges of letters: one page with all its letters, in order."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from microsite.content.front_matter import Exchange, people
from microsite.core.problems import Problem, text
from microsite.core.records import replace
from microsite.rendering.views import FactUse, Turn, Writer
from microsite.site.cards import role_of
from microsite.site.page import Page


def with_letters(page: Page, letters: Sequence[Page], due: dt.date | None) -> Page:
    """The page of an exchange with its letters, their facts numbered as those of one text.

    ``due`` is the day on which the answer to the last letter is promised.
    """
    uses = {use.id: use for use in page.uses}
    by = writers(letters)
    turns: list[Turn] = []
    for letter in letters:
        for use in letter.uses:
            uses.setdefault(use.id, FactUse(len(uses) + 1, use.id, use.fact))
        resolved = tuple(uses[p.id] if isinstance(p, FactUse) else p for p in letter.body.resolved)
        writer, body = by[_identity(letter)], replace(letter.body, resolved=resolved)
        others = [*(turn.writer for turn in reversed(turns)), *by.values()]
        to = next((other for other in others if other.role != writer.role), None)
        turns.append(Turn(letter.card, writer, to, body))
    if due is not None:
        turns[-1] = replace(turns[-1], due=due)
    card = replace(page.card, writers=tuple(by.values()))
    return replace(page, card=card, uses=tuple(uses.values()), turns=tuple(turns))


def writers(letters: Sequence[Page]) -> dict[tuple[str, str], Writer]:
    """Who wrote these letters, by role and name. A portrait with one letter is the writer's in all."""
    found: dict[tuple[str, str], Writer] = {}
    for letter in letters:
        known = found.get(_identity(letter))
        job = next((person.job for _, person in people(letter.meta)), "")
        found[_identity(letter)] = Writer(
            letter.card.name,
            letter.card.role,
            known.job if known and known.job else job,
            known.picture if known and known.picture else letter.figure,
        )
    return found


def _identity(letter: Page) -> tuple[str, str]:
    return letter.card.role, letter.card.name


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
