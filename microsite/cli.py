"""The command line: arguments in, messages and an exit status out."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from microsite import retired
from microsite.arguments import USAGE, parse
from microsite.build import build, check
from microsite.commands import reports
from microsite.commands.errors import CommandError
from microsite.content.files import not_loaded, os_problem
from microsite.core import i18n
from microsite.core.problems import (
    Place,
    Problem,
    ProblemError,
    Severity,
    Text,
    Translate,
    did_you_mean,
    text,
)
from microsite.core.records import replace
from microsite.core.settings import BRAND_FILE, BRAND_ID, MATERIAL_CHOICES, Options, Project, not_an_id
from microsite.publishing.result import Result

DONE, PROBLEMS = 0, 1
LANGUAGE = "nl"
BUILD_COMMANDS = ("build", "check", "pack")


class UsageError(Exception):
    """Wrong arguments. ``args`` are the Texts to print."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 problems, 2 wrong usage."""
    translate = i18n.translator(os.environ.get("MICROSITE_LANGUAGE", LANGUAGE))
    try:
        choices = parse(list(sys.argv[1:] if arguments is None else arguments), translate)
        project = _project(choices)
        if choices.command not in BUILD_COMMANDS:
            return _other_command(choices, project, translate)
        folders = _folders(choices, project)
        started = time.perf_counter()
        if choices.command == "check":
            results = _checked(choices, project, folders, translate)
        else:
            results = build(project, folders, _options(choices), _Bar(translate), every=choices.all)
        reported = _report(project, results, choices, translate, time.perf_counter() - started)
        done = reported and all(result.done for result in results)
        _advise(project, folders, choices, translate)
        if done and choices.command == "pack":
            from microsite.commands.pack import pack

            pack(project, folders[0], choices.host, choices.to, translate, choices.with_brand)
        return DONE if done else PROBLEMS
    except UsageError as error:
        _print_error(*filter(None, error.args), translate=translate)
        return USAGE
    except CommandError as error:
        _print_error(*error.args, translate=translate)
        return PROBLEMS
    except KeyboardInterrupt:
        _print_error(text("stopped; the site is as it was"), translate=translate)
        return PROBLEMS
    except ProblemError as error:
        print("\n".join(problem.render(translate) for problem in error.problems), file=sys.stderr)
        return PROBLEMS
    except ImportError as error:
        print(not_loaded(Place(error.name or ""), error).render(translate), file=sys.stderr)
        return PROBLEMS
    except OSError as error:
        reason = error.strerror or type(error).__name__
        _print_error(
            text("stopped: {reason}; see to the disk and build again", reason=reason), translate=translate
        )
        return PROBLEMS


def _checked(
    choices: argparse.Namespace, project: Project, folders: Sequence[Path], translate: Translate
) -> tuple[Result, ...]:
    results = check(project, folders, _options(choices), _Bar(translate))
    if not choices.links:
        return results
    from microsite.commands.links import check_links

    told = check_links(project, folders, _options(choices), _Bar(translate))
    return (replace(results[0], advice=(*results[0].advice, *told)), *results[1:])


def _other_command(choices: argparse.Namespace, project: Project, translate: Translate) -> int:
    """Run a command that is not a build. Each imports what only it needs."""
    match choices.command:
        case "serve":
            from microsite.commands.serve import serve

            today = partial(_day, None) if choices.date is None else None
            shown, options = _folders(choices, project)[0], _options(choices)
            return serve(project, shown, options, choices.port, translate, today)
        case "explain":
            from microsite.commands.explain import explain

            return explain(project, _folders(choices, project)[0], choices.path, translate)
        case "preview":
            from microsite.commands import agreement

            inside = project.root / choices.file
            file = inside if inside.is_file() or not choices.file.is_file() else choices.file
            folder = None if choices.brand else agreement.brand_of(project, file)
            brand = folder or _folders(choices, project)[0]
            agreement.write(project, brand, file, choices.to, _options(choices), translate)
        case "merge":
            from microsite.commands.shards import merge

            known = retired.brands_in(project.folder("brands"))
            return DONE if merge(project, choices.folders, known, choices.junit, translate) else PROBLEMS
        case "publish":
            from microsite.commands.publish import publish

            known = retired.brands_in(project.folder("brands"))
            return DONE if publish(project, choices.target, known, translate) else PROBLEMS
        case "notify":
            from microsite.commands.notify import notify

            notify(project, choices.note, _day(choices.date), translate)
        case "withdraw":
            from microsite.commands.withdraw import Asked, withdraw

            asked = Asked(choices.wanted, tuple(choices.channel), choices.yes, choices.receipt)
            folders, options = _folders(choices, project), _options(choices)
            done = withdraw(project, folders, options, asked, translate, _Bar(translate))
            return DONE if done else PROBLEMS
        case "new":
            _new(choices, project, translate)
        case "schema":
            _schema(choices, project, translate)
        case _:
            from microsite.commands import members

            home = project.folder("brands")
            brand = _folder(choices.brand, home, retired.brands_in(home))
            command = members.accept_changes if choices.command == "accept" else members.show_changes
            command(project, brand, choices.paths, _day(None), translate)
    return DONE


def _schema(choices: argparse.Namespace, project: Project, translate: Translate) -> None:
    from microsite.commands import schema

    if choices.cms is not None:
        schema.write_cms(project, choices.cms, translate)
    else:
        schema.write_schema(project, choices.name, choices.vscode, translate)


def _new(choices: argparse.Namespace, project: Project, translate: Translate) -> None:
    from microsite.commands import new_brand, new_text

    if choices.what.lower() in new_text.BRAND_WORDS:
        if choices.id is None:
            raise UsageError(text("say the name of its folder: new brand ID"))
        new_brand.new_brand(project, choices.id, (choices.name, choices.logo, choices.colour), translate)
        return
    home = project.folder("brands")
    brand = _folder(choices.brand, home, retired.brands_in(home)) if choices.brand else None
    title = choices.title if choices.title is not None else choices.id
    given = new_text.Given(title, choices.name, vars(choices)["in"], choices.slug)
    try:
        kind = new_text.kind_named(choices.what)
    except CommandError as error:
        raise UsageError(*error.args) from None
    new_text.new_text(project, brand, kind, given, _day(None), translate)


def _options(choices: argparse.Namespace) -> Options:
    materials = MATERIAL_CHOICES.get(choices.material)
    jobs = choices.jobs or os.cpu_count() or 1
    return Options(_day(choices.date), choices.strict, jobs, materials, choices.command == "pack")


# ── choices ───────────────────────────────────────────────────────────────────


def _project(choices: argparse.Namespace) -> Project:
    root = choices.project.resolve()
    if not (root / "content").is_dir():
        raise UsageError(text("there is no folder content/ in {folder}", folder=choices.project))
    output = (choices.output or choices.project / "output").resolve()
    own = [root / part for part in ("content", "templates", "assets", "brands")]
    if root.is_relative_to(output) or any(output.is_relative_to(folder) for folder in own):
        raise UsageError(text("the sites cannot go to {folder}: the campaign itself is there", folder=output))
    return Project(root, output)


def _folders(choices: argparse.Namespace, project: Project) -> list[Path]:
    """The folders of the brands that were asked for."""
    home = project.folder("brands")
    known = retired.brands_in(home)
    if choices.shard is not None and not choices.all:
        raise UsageError(text("--shard is for --all: it says which part of all organisations"))
    if choices.all:
        # one whose name cannot be is told, and stops no other
        every = _all(project, home, known)
        return [each for each in every if choices.shard is None or choices.shard.has(each.name)]
    if choices.brand:
        wanted = [_folder(name, home, known) for name in choices.brand]
    elif (own := project.campaign_brand) is not None and own.name in known:
        wanted = [own]
    elif len(known) == 1:
        wanted = [home / known[0]]
    else:
        raise UsageError(
            text("say for whom: --brand NAME, or --all. There are: {names}", names=", ".join(known))
        )
    for folder in wanted:
        if not BRAND_ID.fullmatch(folder.name):
            raise UsageError(not_an_id(folder.name))
        if sum(other.name == folder.name for other in wanted) > 1:
            raise UsageError(text("two brands are called '{name}'", name=folder.name))
    return wanted


def _all(project: Project, home: Path, known: list[str]) -> list[Path]:
    """The folders of all brands; raises UsageError when ``brands/`` is no campaign's."""
    if not known:
        raise UsageError(text("there is no brand in {folder}", folder=project.display_path(home)))
    if (own := project.campaign_brand) is not None and own.name not in known:
        raise UsageError(text("there is no '{id}' in brands/, which site.yaml has as 'brand'", id=own.name))
    return retired.every_brand(project)


def _folder(given: str, home: Path, known: Sequence[str]) -> Path:
    if given in known:
        return home / given
    folder = Path(given).resolve()
    if (folder / BRAND_FILE).is_file():
        return folder
    raise UsageError(text("there is no brand '{name}'", name=given), did_you_mean(given, known))


def _day(given: str | None) -> dt.date:
    """The day to build for: as chosen, else that of SOURCE_DATE_EPOCH, else today in the Netherlands."""
    if given is not None:
        try:
            return dt.date.fromisoformat(given)
        except ValueError:
            raise UsageError(
                text("'{value}' is not a day; write for instance 2026-03-01", value=given)
            ) from None
    from zoneinfo import ZoneInfo  # seldom needed in a script that says the day

    zone = ZoneInfo("Europe/Amsterdam")
    if epoch := os.environ.get("SOURCE_DATE_EPOCH", ""):
        try:
            return dt.datetime.fromtimestamp(int(epoch), zone).date()
        except (ValueError, OverflowError, OSError):
            raise UsageError(text("SOURCE_DATE_EPOCH is not a number of seconds")) from None
    return dt.datetime.now(zone).date()


# ── output ───────────────────────────────────────────────────────────────────


def _report(
    project: Project,
    results: Sequence[Result],
    choices: argparse.Namespace,
    translate: Translate,
    seconds: float,
) -> bool:
    """Write the requested reports, then print problems and summaries; False when one cannot be written."""
    failed = _write(project, results, choices, translate, seconds)
    shown = dict.fromkeys(problem for result in results for problem in result.problems)
    shown |= dict.fromkeys(
        one for result in results for one in result.advice if one.severity in _ADVICE.get(choices.command, ())
    )
    for problem in (*shown, *failed):
        print(problem.render(translate), file=sys.stderr)
    for result in results:
        print(reports.summary(project, result, choices.command).render(translate))
        if choices.command == "build" and (gone := reports.unpacked(project, result)) is not None:
            print(gone.render(translate))
    if choices.command == "build" and len(results) > 1:
        print("\n".join(reports.totals(results, translate)))
    return not failed


def _advise(
    project: Project, folders: Sequence[Path], choices: argparse.Namespace, translate: Translate
) -> None:
    """Print hints about writing, when they are asked for: what is published does not wait for them."""
    if choices.command == "check" and choices.hints:
        from microsite.commands.hints import print_hints

        print_hints(project, folders, translate)


def _write(
    project: Project,
    results: Sequence[Result],
    choices: argparse.Namespace,
    translate: Translate,
    seconds: float,
) -> list[Problem]:
    """Write the index and the files that were asked for; each that cannot be written is a problem."""
    asked: dict[Path, Callable[[Path], object]] = {}
    index = project.output / reports.INDEX
    if choices.command == "build" and (choices.shard is not None or reports.has_index(project, results)):
        wanted = {*retired.brands_in(project.folder("brands")), *(result.brand for result in results)}
        if choices.shard is not None:
            wanted = set(filter(choices.shard.has, wanted))
        day = _day(choices.date)
        asked[index] = lambda _: reports.write_index(project, results, wanted, day, translate)
    if choices.report is not None:
        data = reports.as_json(reports.report(results, translate, seconds))
        asked[choices.report] = lambda file: file.write_bytes(data)
    if choices.junit is not None:
        asked[choices.junit] = lambda file: file.write_bytes(reports.junit(results, translate))
    failed = []
    for file, write in asked.items():
        try:
            write(file)
        except OSError as error:
            failed.append(
                os_problem(Place(str(file) if file != index else project.display_path(file)), error)
            )
    return failed


_ADVICE: Mapping[str, tuple[Severity, ...]] = {"check": ("warning", "notice"), "pack": ("warning",)}
"""The advice that each command prints; ``build`` prints none."""


def _print_error(*sentences: Text, translate: Translate) -> None:
    for sentence in sentences:
        print(sentence.render(translate), file=sys.stderr)


class _Bar:
    """A progress bar on a terminal, for work that takes longer than a second."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._began = time.monotonic()
        self._what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self._what:
            self._what, self._began = what, time.monotonic()
        if not sys.stderr.isatty() or time.monotonic() - self._began < 1:
            return
        width = 30
        filled = width * done // total
        bar = f"\r{self._translate(what)} [{'#' * filled}{' ' * (width - filled)}] {done}/{total}"
        sys.stderr.write(bar if done < total else "\r" + " " * len(bar) + "\r")
        sys.stderr.flush()


_WORK = (text("links"), text("texts"), text("images"), text("photos"), text("sites"))
