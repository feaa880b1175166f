"""The results of a build, for people and for other programs."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microsite.content import fact_messages
from microsite.content.consent import COPY_OF_MISSING, ENDED, ENDING, MISSING_CONSENT, SOON
from microsite.content.override_messages import GONE, NOT_HIDDEN, PAGE_ITSELF, STALE
from microsite.core.files import remove_unless_file, replace_file
from microsite.core.problems import Problem, Text, Translate, errors, printable, text
from microsite.core.records import Record
from microsite.core.settings import ZIP_SUFFIX, Options, Project
from microsite.publishing import disk
from microsite.publishing.result import Result

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

INDEX = "index.json"
"""The status of all members, in the output folder: beside the sites, so that it is not deployed."""

_VALUE = re.compile(r"\{\w+\}")

# ── for people ────────────────────────────────────────────────────────────────


def summary(project: Project, result: Result, command: str) -> Text:
    """One line about one site."""
    folder = project.display_path(result.folder)
    whole, _, part = f"{result.seconds:.2f}".partition(".")  # each language has its own decimal sign
    if command == "check":
        return text("{brand}: {count} problems found", brand=result.brand, count=len(result.problems))
    if result.reduced:
        return text("{brand}: published without what is wrong, see above", brand=result.brand)
    if result.overdue:
        return text("{brand}: NOT PUBLISHED, and shows who may not be shown: see above", brand=result.brand)
    if not result.done and not _is_shown(result):
        return text("{brand}: not published, see above", brand=result.brand)
    if not result.done:
        return text("{brand}: not published, see above; the last good site stays", brand=result.brand)
    done = result.published
    if result.left:
        return text("{folder}/ is taken away: this organisation has left", folder=folder)
    if not (done.written or done.removed):
        return text("{folder}/ is up to date ({whole}.{part} s)", folder=folder, whole=whole, part=part)
    return text(
        "{folder}/ is ready: {written} files written, {removed} removed ({whole}.{part} s)",
        folder=folder,
        written=len(done.written),
        removed=len(done.removed),
        whole=whole,
        part=part,
    )


def _is_shown(result: Result) -> bool:
    return os.path.isfile(f"{result.folder}/index.html")  # noqa: PTH113 -- raises nothing


def unpacked(project: Project, result: Result) -> Text | None:
    """A line about the outdated ZIP that was removed; None when there was none."""
    if not result.published.zip_removed:
        return None
    file = f"{project.display_path(project.output / result.brand)}{ZIP_SUFFIX}"
    return text(
        "{file} was of the site as it was, so it is gone: python3 build.py pack {brand}",
        file=file,
        brand=result.brand,
    )


def totals(results: Sequence[Result], translate: Translate) -> list[str]:
    """The numbers of built, unchanged and failed sites, and the first error of each failed one."""
    failed = [result for result in results if not result.done]
    same = sum(result.done and not _is_changed(result) for result in results)
    counts = text(
        "{built} built, {same} unchanged, {failed} failed",
        built=len(results) - len(failed) - same,
        same=same,
        failed=len(failed),
    )
    return [counts.render(translate), *(f"  {r.brand}: {_first(r.problems, translate)}" for r in failed)]


def _is_changed(result: Result) -> bool:
    return bool(result.published.written or result.published.removed)


def _first(problems: Sequence[Problem], translate: Translate) -> str:
    first = next(iter(errors(problems)), None)
    return f"{first.place}: {first.message.render(translate)}" if first else "?"


# ── for programs ──────────────────────────────────────────────────────────────


def report(results: Sequence[Result], translate: Translate, seconds: float) -> dict[str, Any]:
    """The data of ``--report``: per brand, and in total with paths relative to the output folder."""
    each = {result.brand: _one(result, translate) for result in results}

    def all_of(key: str) -> list[str]:
        return [f"{brand}/{path}" for brand, one in each.items() for path in one[key]]

    return {
        "made": all_of("made"),
        "written": all_of("written"),
        "removed": all_of("removed"),
        "because": {
            f"{b}/{path}": names for b, one in each.items() for path, names in one["because"].items()
        },
        "pages": {f"{b}/{path}": page for b, one in each.items() for path, page in one["pages"].items()},
        **{
            key: list({json.dumps(p): p for one in each.values() for p in one[key]}.values())
            for key in ("problems", "advice")
        },
        "parsed": sorted({name for one in each.values() for name in one["parsed"]}),
        "seconds": round(seconds, 3),
        "brands": each,
    }


def _one(result: Result, translate: Translate) -> dict[str, Any]:
    done = result.published
    return {
        "done": result.done,
        "made": list(done.made),
        "written": list(done.written),
        "removed": list(done.removed),
        "because": {path: list(names) for path, names in done.because},
        "unpacked": done.zip_removed,
        "reduced": result.reduced,
        "overdue": result.overdue,
        "left": result.left,
        "problems": [_problem(problem, translate) for problem in result.problems],
        "advice": [_problem(problem, translate) for problem in result.advice],
        "pages": {
            page.path: {
                "layer": "local" if page.parts == (PAGE_ITSELF,) else "national, changed",
                "files": list(page.origins),
                "own": list(page.parts),
            }
            for page in result.own
        },
        "parsed": list(result.parsed),
        "seconds": round(result.seconds, 3),
    }


def _problem(problem: Problem, translate: Translate) -> dict[str, Any]:
    return {
        "path": printable(problem.place.path),
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity,
        "message": problem.message.render(translate),
        "hint": problem.hint.render(translate) if problem.hint else "",
    }


def junit(results: Sequence[Result], translate: Translate) -> bytes:
    """A JUnit report: one test case per brand, with its errors as the failure."""
    from xml.etree import ElementTree  # seldom needed

    failed = sum(not result.done for result in results)
    seconds = f"{sum(result.seconds for result in results):.3f}"
    counts = {"tests": str(len(results)), "failures": str(failed), "errors": "0", "time": seconds}
    suites = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(suites, "testsuite", {"name": "microsite", **counts})
    for result in results:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            {"classname": "microsite", "name": printable(result.brand), "time": f"{result.seconds:.3f}"},
        )
        said = "\n".join(problem.render(translate) for problem in result.problems)
        if not result.done:
            failure = ElementTree.SubElement(case, "failure", {"message": _first(result.problems, translate)})
            failure.text = said
        elif said:
            ElementTree.SubElement(case, "system-out").text = said
    return _xml(suites)


def merged_junit(parts: Sequence[bytes]) -> bytes:
    """One JUnit report of those of the parts of a build. Raises ValueError for one that is no such report."""
    from xml.etree import ElementTree  # seldom needed

    try:
        found = [ElementTree.fromstring(part) for part in parts]  # noqa: S314 -- written by ``junit``
        cases = [case for one in found for case in one.iter("testcase")]
        seconds = sum(float(case.get("time", "")) for case in cases)
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(str(error)) from None
    failed = sum(case.find("failure") is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "time": f"{seconds:.3f}"}
    suites = ElementTree.Element("testsuites", counts)
    ElementTree.SubElement(suites, "testsuite", {"name": "microsite", **counts}).extend(
        sorted(cases, key=lambda case: case.get("name", ""))
    )
    return _xml(suites)


def _xml(root: Element) -> bytes:
    from xml.etree import ElementTree  # seldom needed

    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


# ── index.json ────────────────────────────────────────────────────────────────


def index(results: Sequence[Result], day: dt.date, before: Mapping[str, Any], translate: Translate) -> bytes:
    """``index.json``: the status of each member's site, without personal data.

    It has no path, title or value from a text, and of a consent the reference only.
    ``before`` is the previous index: it has the build day of sites that were kept, and the
    members that were not built now.
    """
    known: Mapping[str, Any] = before.get("members", {})
    members = {
        result.brand: _status(result, day, known.get(result.brand, {}), translate) for result in results
    }
    gone = {result.brand for result in results if result.left and result.done}
    listed = sorted((id, one) for id, one in {**known, **members}.items() if id not in gone)
    data = {"day": day.isoformat(), "members": dict(listed)}
    return as_json(data)


def _status(result: Result, day: dt.date, before: Mapping[str, Any], translate: Translate) -> dict[str, Any]:
    now = dict(result.national)
    new = result.done or result.reduced
    national = now if new else before.get("national", {})
    shown = _is_shown(result)
    built = day.isoformat() if new else before.get("built", "")
    return {
        "done": result.done,
        "site": _site(result, before) if shown else "none",
        "overdue": result.overdue,
        "built": built if shown else "",
        "national": national if shown else {},
        "behind": [part for part, version in now.items() if shown and national.get(part) != version],
        "problems": _counted(result.problems, translate),
        "stale_changes": sum(p.message == STALE for p in result.problems),
        "gone_pages": sum(
            p.message == GONE or p.message.sentence == NOT_HIDDEN.sentence for p in result.problems
        ),
        "missing_consents": sum(
            p.message.sentence in (MISSING_CONSENT.sentence, COPY_OF_MISSING.sentence)
            for p in result.problems
        ),
        "consents": _ending(result.problems, day, "ref", ENDING, ENDED),
        "facts": _ending(result.problems, day, "id", fact_messages.ENDING, *fact_messages.EXPIRED),
    }


def _site(result: Result, before: Mapping[str, Any]) -> str:
    if result.done:
        return "current"
    return "reduced" if result.reduced or before.get("site") == "reduced" else "last good"


def _counted(problems: Sequence[Problem], translate: Translate) -> list[dict[str, Any]]:
    """The messages without their values, which may name a person, with how often each occurs."""
    counts = Counter((p.severity, _VALUE.sub("…", translate(p.message.sentence))) for p in problems)
    return [
        {"severity": severity, "sentence": sentence, "count": count}
        for (severity, sentence), count in sorted(counts.items())
    ]


def _ending(
    problems: Sequence[Problem], day: dt.date, name: str, ending: Text, *ended: Text
) -> dict[str, list[str]]:
    """What these messages name, by the days left, at most: 90, 30, or 0 for what has ended.

    ``name`` is the value of a message that is listed: the reference of a consent, or the id of a fact.
    """
    over = {message.sentence for message in ended}
    found: dict[str, set[str]] = {str(days): set() for days in (*(days for days, _ in reversed(SOON)), 0)}
    for problem in problems:
        values = dict(problem.message.values)
        if problem.message.sentence in over:
            found["0"].add(values[name])
        elif problem.message.sentence == ending.sentence:
            left = (dt.date.fromisoformat(values["day"]) - day).days
            found[str(next(days for days, _ in SOON if left <= days))].add(values[name])
    return {days: sorted(names) for days, names in found.items()}


class Index(Record):
    """The index of an output folder: the ``day`` of its last build, and the status of each member by id."""

    day: str
    members: Mapping[str, Any]


def read_index(output: Path) -> Index:
    """Raises OSError, and ValueError for one that is damaged."""
    data = json.loads((output / INDEX).read_bytes())
    try:
        return Index(str(data["day"]), dict(data["members"]))
    except (KeyError, TypeError) as error:
        raise ValueError(INDEX) from error


def has_index(project: Project, results: Sequence[Result]) -> bool:
    """Whether there is an index to write after a build: of several sites, or where there is one."""
    return len(results) > 1 or (project.output / INDEX).is_file()


def refresh_index(
    project: Project,
    brands: Iterable[Path],
    options: Options,
    translate: Translate,
    results: Sequence[Result],
) -> None:
    """Update the index after a withdrawal: it may tell of what was in the texts."""
    if has_index(project, results):
        ids = {*(folder.name for folder in brands), *(result.brand for result in results)}
        with contextlib.suppress(OSError):  # what is in it is found by the search
            write_index(project, results, ids, options.day, translate)


def write_index(
    project: Project, results: Sequence[Result], wanted: Collection[str], day: dt.date, translate: Translate
) -> None:
    """Update the index; ``wanted`` are the ids of all existing members. Others stay as long as their site."""
    file = project.output / INDEX
    with contextlib.suppress(OSError), disk.lock(project.state_folder / "index.lock"):
        _update(file, results, wanted, day, translate)
        return
    _update(file, results, wanted, day, translate)  # where nothing can be locked


def _update(
    file: Path, results: Sequence[Result], wanted: Collection[str], day: dt.date, translate: Translate
) -> None:
    remove_unless_file(file)
    try:
        before = read_index(file.parent).members if file.exists() else {}
        shown = {page.parent.name for page in file.parent.glob("*/index.html")}
        known = {id: one for id, one in before.items() if id in wanted or id in shown}
        data = index(results, day, {"members": known}, translate)
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # damaged
        data = index(results, day, {}, translate)
    replace_file(file, data)


def as_json(data: Mapping[str, Any]) -> bytes:
    """Half a surrogate pair, from a file name that is not UTF-8, is written as JSON escapes it."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode(errors="backslashreplace")
