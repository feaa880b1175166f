"""Problems in authors' files, as values: where, what is wrong, and how to fix it.

Messages are in English here and are translated when they are shown: a Text keeps
its message and the values for it apart until then. ``text("…")`` also marks the
messages for extraction into the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Literal, TypeVar

from microsite.core.records import Record, replace

A = TypeVar("A")
T = TypeVar("T")

Severity = Literal["error", "warning", "notice"]
Translate = Callable[[str], str]


def untranslated(message: str) -> str:
    return message


class Text(Record):
    """A message in the syntax of ``str.format``, with the values for its fields.

    The value of a field ``{reason}`` is a message too, and is translated.
    """

    sentence: str
    values: tuple[tuple[str, str], ...] = ()

    def render(self, translate: Translate = untranslated) -> str:
        """Return the translated message, formatted and safe to print."""
        values = {key: translate(value) if key == "reason" else value for key, value in self.values}
        return printable(translate(self.sentence).format(**values))

    def format(self, **values: object) -> Text:
        """Return this message with other values, as ``str.format`` does."""
        return Text(self.sentence, tuple((name, str(value)) for name, value in values.items()))

    def __str__(self) -> str:
        return self.render()


def text(sentence: str, /, **values: object) -> Text:
    """Return a message that is translated when it is shown, and mark it for the catalogue."""
    return Text(sentence).format(**values)


class Place(Record, order=True):
    """A position in a file. Line and column count from 1; 0 is unknown. The path is for display."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return printable(":".join([self.path, *numbers]))


class Problem(Record):
    """One thing that an author can fix.

    An ``error`` prevents the site from being published, a ``warning`` only in a
    strict build, and a ``notice`` never.
    """

    place: Place
    message: Text
    hint: Text | None = None
    severity: Severity = "error"

    def in_file(self, path: str) -> Problem:
        """Return the problem with the path of its file, for one that was made by ``in_data``."""
        return replace(self, place=replace(self.place, path=path))

    def render(self, translate: Translate = untranslated) -> str:
        """Return the translated problem as text: a line, and a second one for the hint."""
        head = f"{self.place}: {translate(self.severity)}: {self.message.render(translate)}"
        if self.hint is None:
            return head
        return f"{head}\n    {translate('hint')}: {self.hint.render(translate)}"


def in_data(message: Text, hint: Text | None = None, line: int = 0, column: int = 0) -> Problem:
    """Return a problem in data whose file is not known here; the caller adds it with ``in_file``."""
    return Problem(Place("", line, column), message, hint)


class ProblemError(Exception):
    """Base class of exceptions with problems, at least one."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    @property
    def problem(self) -> Problem:
        """The first problem."""
        return self.problems[0]

    def __str__(self) -> str:
        return "; ".join(str(problem.message) for problem in self.problems)


class InvalidValue(ValueError):
    """A value that an author typed cannot be used; ``message`` and ``hint`` are meant for the author."""

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return str(self.message)


class InvalidFile(ProblemError):
    """The contents of a file cannot be used."""


def problems_or(function: Callable[[A], T]) -> Callable[[A], T | tuple[Problem, ...]]:
    """Decorate a function to return the problems of an InvalidFile, as worker processes do."""

    @wraps(function)
    def wrapper(argument: A) -> T | tuple[Problem, ...]:
        try:
            return function(argument)
        except InvalidFile as invalid:
            return invalid.problems

    return wrapper


class PublishError(ProblemError):
    """A site cannot be published; the site that was published before is unchanged."""


# The words that ``render`` looks up by variable, marked here for the catalogue.
_WORDS = (text("error"), text("warning"), text("notice"), text("hint"))


def unique(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, sorted by place and then by severity."""
    rank = {"error": 0, "warning": 1, "notice": 2}
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda p: (p.place, rank[p.severity], p.message.sentence, p.message.values),
        )
    )


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(p for p in problems if p.severity == "error")


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word that is most similar, or None. The ``likeness`` of equal words is 1."""
    import difflib  # imported here: most builds have nothing to suggest

    found = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=likeness)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str], otherwise: Text | None = None) -> Text | None:
    """Return a hint with the known word that is meant: the nearest, or what a Dutch word stands for.

    When none is, it is ``otherwise``, or else all known words when these are at most 12. A wrong guess is
    worse than none: an editor follows it.
    """
    from microsite.core.dutch_words import meaning  # imported here: most builds have nothing to suggest

    choices = sorted(set(known))
    if (near := meaning(word, choices) or nearest(word, choices, 0.7)) is not None:
        return text("did you mean '{near}'?", near=near)
    if otherwise is not None:
        return otherwise
    if 0 < len(choices) <= 12:
        return text("choose from: {choices}", choices=", ".join(choices))
    return None


def printable(line: str) -> str:
    """Escape control characters, so that no file name or title can control a terminal."""
    if line.isprintable():
        return line
    line = _SPACES.sub(" ", line)
    return "".join(c if c.isprintable() or c in _JOINERS else repr(c)[1:-1] for c in line)


_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")  # as wide as one that is typed


_JOINERS = "\u200c\u200d"  # within emoji and the letters of some scripts
