"""Problems as the preview shows them: with a piece of the file, the line marked, and a link to an editor."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from microsite.content.consent import mentioned_withdrawal
from microsite.core.problems import Place, Problem, Severity, Text, printable
from microsite.core.records import Record
from microsite.core.settings import ENGINE_ROOT, Project
from microsite.preview.editor import Editor

AROUND = 2
"""Lines before and after the one that is meant."""

_LONGEST_LINE = 160
_LARGEST_FILE = 1024 * 1024


class Line(Record):
    """A line of a file. The ``marked`` one is meant, from ``after`` on, where a column is known."""

    number: int
    before: str
    after: str = ""
    marked: bool = False


class ShownProblem(Record):
    """``link`` opens the file in an editor; "" where there is no file, or no editor."""

    place: str
    kind: Severity
    severity: Text
    message: Text
    hint: Text | None
    lines: tuple[Line, ...]
    link: str


class Files(Record):
    """The files that problems are in. ``folder`` is that of the brand, which may be outside the project."""

    project: Project
    folder: Path
    editor: Editor

    def find(self, name: str) -> Path | None:
        """The file of this name in messages; None when there is none that an author can open."""
        outside = self.folder.parent
        roots = (self.project.root, ENGINE_ROOT, *((outside,) if name.startswith(self.folder.name) else ()))
        for root in roots:
            file: Path = root / name
            with contextlib.suppress(OSError, ValueError):  # such as a name that is too long
                if file.is_file() and file.resolve().is_relative_to(root.resolve()):
                    return file
        return None

    def link(self, place: Place) -> str:
        file = self.find(place.path)
        return self.editor.link(file, place.line, place.column) if file is not None else ""

    def shown(self, problems: Iterable[Problem]) -> Iterator[ShownProblem]:
        """The problems with their excerpts."""
        texts: dict[str, tuple[str, ...]] = {}
        for problem in problems:
            place = problem.place
            if place.path not in texts:
                texts[place.path] = self._lines(place.path)
            yield ShownProblem(
                str(place),
                problem.severity,
                Text(problem.severity),
                problem.message,
                problem.hint,
                tuple(excerpt(texts[place.path], place)),
                self.link(place),
            )

    def _lines(self, name: str) -> tuple[str, ...]:
        """The lines of a text; none of one in which somebody withdrew, who is not shown here either."""
        file = self.find(name)
        with contextlib.suppress(OSError):
            if file is not None and file.stat().st_size <= _LARGEST_FILE:
                data = file.read_bytes()
                if b"\0" not in data and mentioned_withdrawal(data) is None:
                    return tuple(data.decode("utf-8-sig", "replace").splitlines())
        return ()


def excerpt(lines: tuple[str, ...], place: Place) -> Iterator[Line]:
    """The lines around a place."""
    if not 0 < place.line <= len(lines):
        return
    first, last = max(place.line - AROUND, 1), min(place.line + AROUND, len(lines))
    for number in range(first, last + 1):
        whole = lines[number - 1]
        if number != place.line:
            yield Line(number, _cut(whole))
            continue
        at = min(max(place.column - 1, 0), len(whole))
        start = max(0, at - _LONGEST_LINE // 2) if len(whole) > _LONGEST_LINE else 0
        before = ("…" if start else "") + whole[start:at]
        yield Line(number, printable(before), printable(_cut(whole[at:])), marked=True)


def _cut(line: str) -> str:
    return printable(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…")
