"""What the preview says in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from microsite.core.problems import Problem, Translate, errors, text
from microsite.preview.state import State


class Terminal:
    """Prints each problem once for as long as it lasts."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._reported: set[Problem] | None = None

    def report(self, state: State) -> None:
        first = self._reported is None
        self._print_new(state.problems)
        self._reported = set(state.problems)
        if errors(state.problems):
            sentence = (
                text("not renewed, see above; the last good site stays")
                if state.version
                else text("the site cannot be shown yet, see above; it comes when this is mended")
            )
            print_lines(sentence.render(self._translate))
        elif not first:
            print_lines(text("renewed").render(self._translate))

    def report_page(self, problems: Iterable[Problem]) -> None:
        """The problems of one page, once for each state."""
        self._print_new(problems)
        self._reported = (self._reported or set()) | set(problems)

    def _print_new(self, problems: Iterable[Problem]) -> None:
        known = self._reported or set()
        print_lines(*(problem.render(self._translate) for problem in problems if problem not in known))


def print_lines(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)
