"""A problem is data: where it is, what is wrong, how to mend it.

Messages are written in English here and shown in the reader's language: a
``Text`` keeps the untranslated sentence and its values apart until it is
printed. ``text("…")`` is also the marker by which the catalogue finds them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from microsite.core.records import Record, replace

Severity = Literal["error", "warning", "notice"]
Translate = Callable[[str], str]


def untranslated(sentence: str) -> str:
    return sentence


class Text(Record):
    """A sentence with named gaps (``{key}``) and the values that go into them.

    What goes into ``{reason}`` is a sentence too, such as one of the operating system.
    """

    sentence: str
    values: tuple[tuple[str, str], ...] = ()

    def render(self, translate: Translate = untranslated) -> str:
        values = {key: translate(value) if key == "reason" else value for key, value in self.values}
        return printable(translate(self.sentence).format(**values))

    def filled(self, **values: object) -> Text:
        """This sentence with these values in its gaps."""
        return Text(self.sentence, tuple((name, str(value)) for name, value in values.items()))

    def __str__(self) -> str:
        return self.render()


def text(sentence: str, /, **values: object) -> Text:
    return Text(sentence).filled(**values)


class Place(Record, order=True):
    """A spot in a file. ``path`` is relative to the project; line and column count from 1, 0 is unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return printable(":".join([self.path, *numbers]))


class Problem(Record):
    """One thing an author can mend.

    An ``error`` keeps the site from being published, a ``warning`` does not
    (unless the build is strict), a ``notice`` only tells what was done.
    """

    place: Place
    message: Text
    hint: Text | None = None
    severity: Severity = "error"

    def in_file(self, path: str) -> Problem:
        """Return the problem with the path of its file, for one that was made by ``in_data``."""
        return replace(self, place=replace(self.place, path=path))

    def render(self, translate: Translate = untranslated) -> str:
        head = f"{self.place}: {translate(self.severity)}: {self.message.render(translate)}"
        if self.hint is None:
            return head
        return f"{head}\n    {translate('hint')}: {self.hint.render(translate)}"


def in_data(message: Text, hint: Text | None = None, line: int = 0, column: int = 0) -> Problem:
    """Return a problem in data whose file is not known here; the caller adds it with ``in_file``."""
    return Problem(Place("", line, column), message, hint)


class InvalidFile(Exception):
    """A file whose contents cannot be used. ``problems`` has every reason, at least one."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    @property
    def problem(self) -> Problem:
        """The first problem."""
        return self.problems[0]

    def __str__(self) -> str:
        return "; ".join(str(problem.message) for problem in self.problems)


# The words that ``render`` translates by variable, named here for the catalogue.
_WORDS = (text("error"), text("warning"), text("notice"), text("hint"))


class PublishError(Exception):
    """A site cannot be published; the site that was published before is unchanged."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def unique(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, in the order of their places, errors first at one place."""
    rank = {"error": 0, "warning": 1, "notice": 2}
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda p: (p.place, rank[p.severity], p.message.sentence, p.message.values),
        )
    )


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(p for p in problems if p.severity == "error")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None when nothing is like it."""
    import difflib  # only here: most builds have nothing to suggest

    found = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> Text | None:
    """A hint with the nearest known word; all of them when they are few and none is near."""
    choices = sorted(set(known))
    if (near := nearest(word, choices)) is not None:
        return text("did you mean '{near}'?", near=near)
    if 0 < len(choices) <= 12:
        return text("choose from: {choices}", choices=", ".join(choices))
    return None


def printable(line: str) -> str:
    """Control characters shown as escapes, so that no file name or title can drive a terminal."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() or c in _JOINERS else repr(c)[1:-1] for c in line)


_JOINERS = "\u200c\u200d"  # within emoji and the letters of some scripts
