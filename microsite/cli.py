"""The command line: arguments in, messages and an exit status out."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn, get_args

from microsite import retired
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
from microsite.core.settings import BRAND_FILE, BRAND_ID, Host, Options, Project, not_an_id
from microsite.publishing.result import Result

DONE, PROBLEMS, USAGE = 0, 1, 2
LANGUAGE = "nl"
BUILD_COMMANDS = ("build", "check", "pack")
COMMANDS = ("build", "check", "serve", "explain", "pack")
MEMBER_COMMANDS = ("new", "accept", "diff")


class UsageError(Exception):
    """Wrong arguments. ``args`` are the Texts to print."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 problems, 2 wrong usage."""
    translate = i18n.translator(os.environ.get("MICROSITE_LANGUAGE", LANGUAGE))
    try:
        choices = _parse(list(sys.argv[1:] if arguments is None else arguments), translate)
        project = _project(choices)
        if choices.command not in BUILD_COMMANDS:
            return _other_command(choices, project, translate)
        folders = _folders(choices, project)
        started = time.perf_counter()
        if choices.command == "check":
            results = check(project, folders, _options(choices), _Bar(translate))
        else:
            results = build(project, folders, _options(choices), _Bar(translate), every=choices.all)
        reported = _report(project, results, choices, translate, time.perf_counter() - started)
        done = reported and all(result.done for result in results)
        if done and choices.command == "pack":
            from microsite.commands import members

            members.pack(project, folders[0], choices.host, choices.to, translate)
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


def _other_command(choices: argparse.Namespace, project: Project, translate: Translate) -> int:
    """Run a command that is not a build. Each imports what only it needs."""
    match choices.command:
        case "serve":
            from microsite.commands.serve import serve

            gc.enable()  # a long-running process
            return serve(project, _folders(choices, project)[0], _options(choices), choices.port, translate)
        case "explain":
            from microsite.commands.explain import explain

            return explain(project, _folders(choices, project)[0], choices.path, translate)
        case "new":
            from microsite.commands.new import new_brand

            new_brand(project, choices.id, (choices.name, choices.logo, choices.colour), translate)
        case _:
            from microsite.commands import members

            home = project.folder("brands")
            brand = _folder(choices.brand, home, _known(home))
            command = members.accept_changes if choices.command == "accept" else members.show_changes
            command(project, brand, choices.paths, _day(None), translate)
    return DONE


def _options(choices: argparse.Namespace) -> Options:
    return Options(_day(choices.date), choices.strict, choices.jobs or os.cpu_count() or 1)


# ── choices ───────────────────────────────────────────────────────────────────


def _parse(arguments: list[str], translate: Translate) -> argparse.Namespace:
    """The arguments of a command; ``build`` is the default."""
    if not arguments or arguments[0] not in (*COMMANDS, *MEMBER_COMMANDS):
        arguments = ["build", *arguments]
    return _parser(arguments[0], translate).parse_args(arguments)


def _parser(chosen: str, translate: Translate) -> argparse.ArgumentParser:
    """A parser with the arguments of the ``chosen`` command; of the others it has the help text only."""
    # argparse has no public hook for translations: it calls this name in its own module.
    setattr(argparse, "_", translate)  # noqa: B010
    parser = _Parser(prog="python3 build.py", description=translate(_ABOUT.sentence))
    names = "|".join((*COMMANDS, *MEMBER_COMMANDS))
    commands = parser.add_subparsers(dest="command", required=True, metavar=names)
    for name, about in zip(COMMANDS, _COMMANDS, strict=True):
        command = commands.add_parser(
            name, help=translate(about.sentence), description=translate(about.sentence)
        )
        if name != chosen:
            continue
        if name == "explain":
            command.add_argument("path", help=translate(_PATH.sentence))
        if name == "pack":
            command.add_argument("brand", nargs=1, metavar="ID|FOLDER", help=translate(_ONE_BRAND.sentence))
            command.add_argument("--host", choices=get_args(Host), help=translate(_HOST.sentence))
            command.add_argument("--to", type=Path, metavar="FILE.zip", help=translate(_TO.sentence))
            command.set_defaults(all=False)
        else:
            command.add_argument(
                "--brand", action="append", default=[], metavar="ID|FOLDER", help=translate(_BRAND.sentence)
            )
            command.add_argument("--all", action="store_true", help=translate(_ALL.sentence))
        command.add_argument(
            "--project", type=Path, default=Path(), metavar="DIR", help=translate(_PROJECT.sentence)
        )
        command.add_argument("--output", type=Path, metavar="DIR", help=translate(_OUTPUT.sentence))
        command.add_argument("--date", metavar="YYYY-MM-DD", help=translate(_DATE.sentence))
        command.add_argument("--strict", action="store_true", help=translate(_STRICT.sentence))
        command.add_argument("--report", type=Path, metavar="FILE.json", help=translate(_REPORT.sentence))
        command.add_argument("--junit", type=Path, metavar="FILE.xml", help=translate(_JUNIT.sentence))
        command.add_argument("--jobs", type=_jobs, metavar="N", help=translate(_JOBS.sentence))
        if name == "serve":
            command.add_argument(
                "--port", type=int, default=8000, metavar="N", help=translate(_PORT.sentence)
            )
    for name, about in zip(MEMBER_COMMANDS, _MEMBER_COMMANDS, strict=True):
        command = commands.add_parser(
            name, help=translate(about.sentence), description=translate(about.sentence)
        )
        if name != chosen:
            continue
        if name == "new":
            command.add_argument("what", choices=["brand"])
            command.add_argument("id", metavar="ID", help=translate(_ID.sentence))
            command.add_argument("--name", help=translate(_NAME.sentence))
            command.add_argument("--logo", metavar="FILE", help=translate(_LOGO.sentence))
            command.add_argument("--colour", help=translate(_COLOUR.sentence))
        else:
            command.add_argument("brand", metavar="ID|FOLDER", help=translate(_ONE_BRAND.sentence))
            command.add_argument("paths", nargs="*", metavar="PATH", help=translate(_PAGES.sentence))
        command.add_argument(
            "--project", type=Path, default=Path(), metavar="DIR", help=translate(_PROJECT.sentence)
        )
        command.set_defaults(output=None)
    return parser


_ABOUT = text("Builds the campaign's site, in the house style of each organisation.")
_COMMANDS = (
    text("build the site (this is what happens without a command)"),
    text("tell every problem, and write nothing"),
    text("show the site in a browser while you write"),
    text("tell of one file of the site what it is made from"),
    text("build the site and put it in one ZIP, with how to put it online"),
)
_HOST = text("the kind of host, which is then told of first")
_TO = text("the ZIP (default: the brand's name in the folder of the sites)")
_MEMBER_COMMANDS = (
    text("begin a site for an organisation: new brand ID"),
    text("note that your changes stand on the national pages as they are now"),
    text("show what has changed nationally under your changes"),
)
_ID = text("the name of its folder: small letters, digits and hyphens")
_NAME = text("what the organisation is called")
_LOGO = text("its logo, an SVG or PNG file")
_COLOUR = text("its colour, such as '#c93a1e'")
_ONE_BRAND = text("the organisation: a name in brands/, or a folder anywhere")
_PAGES = text("only these pages, such as verhalen/bram.md (default: all that you changed)")
_PATH = text("the file, such as verhalen/amina.html")
_BRAND = text("the organisation: a name in brands/, or a folder anywhere; may be given more than once")
_ALL = text("all organisations in brands/")
_PROJECT = text("the campaign's folder, with content/ and brands/ (default: the folder you are in)")
_OUTPUT = text("where the sites go (default: output/ in the campaign's folder)")
_DATE = text("build as on this day (default: today)")
_STRICT = text("take warnings as errors")
_REPORT = text("write what was done to this file")
_JUNIT = text("write it to this file as a JUnit report too, a test for each organisation")
_JOBS = text("how many processes to use (default: one per processor core)")
_PORT = text("the number behind the colon of the address (default: 8000)")


_ARGPARSE = (
    text("usage: "),
    text("options"),
    text("positional arguments"),
    text("show this help message and exit"),
    text("unrecognized arguments: %s"),
    text("the following arguments are required: %s"),
    text("invalid choice: %(value)r (choose from %(choices)s)"),
    text("invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)"),
    text("invalid %(type)s value: %(value)r"),
    text("expected one argument"),
    text("expected at least one argument"),
    text("ignored explicit argument %r"),
    text("ambiguous option: %(option)s could match %(matches)s"),
    text("argument %(argument_name)s: %(message)s"),
)
"""The messages of argparse, for the catalogue."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(message, file=sys.stderr)
        sys.exit(USAGE)


def _jobs(written: str) -> int:
    number = int(written)
    if number < 1:
        raise ValueError
    return number


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
    known = _known(home)
    if choices.all:
        if not known:
            raise UsageError(text("there is no brand in {folder}", folder=project.display_path(home)))
        if (own := project.campaign_brand) is not None and own.name not in known:
            raise UsageError(
                text("there is no '{id}' in brands/, which site.yaml has as 'brand'", id=own.name)
            )
        known += [id for id in retired.others(project, known) if (home / id).is_dir()]  # without brand.yaml
        return [home / name for name in sorted(known)]  # one whose name cannot be is told, and stops no other
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


def _known(home: Path) -> list[str]:
    """The ids of the brands in this folder."""
    names = (file.parent.name for file in home.glob(f"*/{BRAND_FILE}"))
    return sorted(name for name in names if not name.startswith("."))


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
    if choices.command == "build" and (len(results) > 1 or index.is_file()):
        wanted = {*_known(project.folder("brands")), *(result.brand for result in results)}
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


_WORK = (text("texts"), text("images"), text("photos"), text("sites"))
