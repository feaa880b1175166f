"""Carrying a withdrawal out: change the files, make all sites again, and look whether all is gone.

The list of withdrawals is written first: from then on each build leaves the person out, whatever else was
not done yet. Every step can be done again, so giving the command again finishes what was stopped.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from microsite import material, pack
from microsite.build import build
from microsite.content.consent import normalized
from microsite.content.files import in_memory, os_reason
from microsite.content.recalls import RECALLS, Recall, as_yaml, read_recalls
from microsite.content.removed import REMOVED
from microsite.core.files import remove, replace_file
from microsite.core.problems import Place, Problem, ProblemError, Translate, errors, text
from microsite.core.records import Record, replace
from microsite.core.settings import AGREEMENT_FOLDER, NATIONAL, Options, Progress, Project
from microsite.publishing import packing
from microsite.publishing.result import Result
from microsite.withdraw.edits import stub, with_addresses
from microsite.withdraw.impact import Impact
from microsite.withdraw.search import Searched, Trace, search

Report = Callable[[Sequence[Result]], object]
"""Called with the results of the sites, to bring reports in the output folder up to date."""


class Outcome(Record):
    """What was done. ``problems`` are steps that could not be done, ``packed`` the brands with a new ZIP.

    ``searched`` is what was looked through afterwards: the output folder, and the campaign's own content;
    ``traces`` are what is still there.
    """

    impact: Impact
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    packed: tuple[str, ...]
    searched: Searched

    @property
    def traces(self) -> tuple[Trace, ...]:
        return self.searched.traces

    @property
    def shown_still(self) -> tuple[Result, ...]:
        """The sites that still show somebody who may not be shown."""
        return tuple(result for result in self.results if result.overdue)

    @property
    def done(self) -> bool:
        """Whether nothing of the person is left in what the program makes, nor the name in a text."""
        return not (errors(self.problems) or self.traces or self.shown_still or self.impact.mentions)


def carry_out(
    project: Project,
    brands: Sequence[Path],
    options: Options,
    impact: Impact,
    translate: Translate,
    progress: Progress = lambda *_: None,
    report: Report = lambda _: None,
) -> Outcome:
    """Do all of it. What fails is in the outcome; only what is wrong in the program is raised.

    ``options`` are those of a build, ``translate`` is for the comment in the list and the guide in ZIPs.
    """
    problems = [*_take_away(project, impact, translate)]
    packed = {site.brand for site in impact.sites if site.packed}
    results, remade = rebuild(project, brands, options, packed, translate, problems, progress, report)
    return Outcome(impact, results, tuple(problems), remade, _search(project, impact, problems))


# ── the files in content/ ──


def _take_away(project: Project, impact: Impact, translate: Translate) -> Iterator[Problem]:
    """Change the files: first what a second try could not find out any more.

    Without the list nothing else is changed: copies at organisations would come back.
    """
    content, target = project.root / "content", impact.target
    steps: list[tuple[str, Callable[[], object]]] = [
        (RECALLS, lambda: _note(content / RECALLS, impact.recall, translate)),
        (REMOVED, lambda: _list_addresses(content / REMOVED, impact)),
        (AGREEMENT_FOLDER, lambda: _take_back(project, impact)),
        *((path, partial(_reduce, content / path, stub(target.ref))) for path in target.texts),
        *((path, partial(remove, content / path)) for path in (*target.parts, *target.files)),
    ]
    for path, step in steps:
        try:
            step()
        except OSError as error:
            hint = AGAIN.format(ref=target.ref)
            yield Problem(Place(NATIONAL + path), NOT_CHANGED.format(reason=os_reason(error)), hint)
            if path == RECALLS:
                return
        except ProblemError as error:
            yield from error.problems


def _note(file: Path, recall: Recall, translate: Translate) -> None:
    """Add the withdrawal to ingetrokken.yaml, or change what that says of it."""
    data = file.read_bytes() if file.is_file() else b""
    known = read_recalls(in_memory("", "", {RECALLS: data}).sources[0])[0] if data.strip() else ()
    others = [one for one in known if normalized(one.ref) != normalized(recall.ref)]
    comment = "\n".join(line.render(translate) for line in _COMMENT)
    replace_file(file, as_yaml([*others, recall], comment).encode())


def _reduce(file: Path, data: bytes) -> None:
    """Leave only these bytes of a text. On a full disk, within the file itself."""
    try:
        replace_file(file, data)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        with file.open("r+b") as stream:
            stream.write(data)
            stream.truncate()


def _list_addresses(file: Path, impact: Impact) -> None:
    before = file.read_bytes() if file.is_file() else None
    after = with_addresses(before, impact.addresses, impact.until, impact.audience)
    if after is None:
        lines = ", ".join(impact.addresses)
        hint = _ADD_YOURSELF.format(addresses=lines, day=impact.until)
        raise ProblemError(Problem(Place(f"{NATIONAL}{REMOVED}"), _UNREADABLE, hint, "warning"))
    if after != before:
        replace_file(file, after)


# ── sites, material and packs ──


def rebuild(
    project: Project,
    brands: Sequence[Path],
    options: Options,
    packed: Collection[str],
    translate: Translate,
    problems: list[Problem],
    progress: Progress,
    report: Report,
) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    """Make all sites again, with their material, and the ZIPs of the ``packed`` brands.

    Returns the results of the sites, and the brands with a new ZIP. What fails with material and ZIPs is
    added to ``problems``.
    """
    results = build(project, brands, options, progress, every=True)
    report(results)
    return results, remake(project, brands, options, packed, results, translate, problems)


def remake(
    project: Project,
    brands: Sequence[Path],
    options: Options,
    packed: Collection[str],
    results: Collection[Result],
    translate: Translate,
    problems: list[Problem],
) -> tuple[str, ...]:
    """Make material again where there is any, and the ZIPs of the ``packed`` brands; returns those.

    The first change of a site took them away. What fails is added to ``problems``.
    """
    done = {result.brand for result in results if result.done}
    remade = []
    for folder in brands:
        if folder.name in done and (folder.name in packed or material.folder(project, folder.name).is_dir()):
            try:
                (result,) = build(project, [folder], replace(options, packed=True))
                if result.done and folder.name in packed:
                    pack.write(project, folder, pack.zip_file(project, folder.name), "", translate)
                    remade.append(folder.name)
                    continue
            except Exception as error:  # noqa: BLE001 -- the person is gone: this must not hide it
                reason = f"{type(error).__name__}: {error}"
                problems.append(
                    Problem(Place(folder.name), _NOT_PACKED.format(reason=reason), None, "warning")
                )
                continue
            if not result.done:
                problems += [replace(problem, severity="warning") for problem in errors(result.problems)]
    return tuple(remade)


# ── the proof ──


def _take_back(project: Project, impact: Impact) -> None:
    """Remove the files for agreement, renamed ones too, while it is known what was in them."""
    with contextlib.suppress(OSError):  # what stays is found by the search
        for file in impact.sent:
            remove(file)
    with contextlib.suppress(OSError):
        if (folder := project.root / AGREEMENT_FOLDER).is_dir():
            for trace in search([folder], impact.needles, impact.kept_addresses).traces:
                _clear(project, trace.file)


def _search(project: Project, impact: Impact, problems: list[Problem]) -> Searched:
    """Look through all that the program made, and take away what can be made again."""
    try:
        folders = [project.output, project.root / "content", project.root / AGREEMENT_FOLDER]
        found = search(filter(Path.is_dir, folders), impact.needles, impact.kept_addresses)
        cleared = {trace.file for trace in found.traces if _clear(project, trace.file)}
    except OSError as error:
        problems.append(
            Problem(
                Place(project.display_path(project.output)), _NOT_SEARCHED.format(reason=os_reason(error))
            )
        )
        return Searched(0, 0, 0, ())
    return replace(found, traces=tuple(trace for trace in found.traces if trace.file not in cleared))


def _clear(project: Project, file: Path) -> bool:
    """Remove what can be made again: a file of the cache or for agreement, or a ZIP. Whether it is gone."""
    again = (project.state_folder / "store", project.root / AGREEMENT_FOLDER)
    with contextlib.suppress(OSError):
        if any(file.is_relative_to(folder) for folder in again):
            remove(file)
            return True
        if file.suffix == ".zip" and file.is_relative_to(project.output):
            return packing.remove(file)
    return False


_COMMENT = (
    text("Made by the program: who withdrew the consent, as references and digests. No names, no words."),
    text("With this, copies at organisations are recognised and stay away. Take nothing out of it."),
)
NOT_CHANGED = text("URGENT: this could not be changed: {reason}")
AGAIN = text("see to the disk, and give the command again: python3 build.py withdraw {ref}")
_UNREADABLE = text("this cannot be read, so the addresses of the pages were not added")
_ADD_YOURSELF = text("mend it, and add: {addresses}, until {day}")
_NOT_PACKED = text("the ZIP was taken away and could not be made again: {reason}")
_NOT_SEARCHED = text("URGENT: it could not be looked whether all is gone: {reason}")
