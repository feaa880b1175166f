"""The arguments of the command line: the table of commands, each with its options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, NoReturn, get_args

from microsite.commands.shards import Shard
from microsite.content.consent import CHANNELS
from microsite.core.problems import Text, Translate, did_you_mean, text
from microsite.core.records import Record
from microsite.core.settings import CMS_CHOICES, COMMAND, MATERIAL_CHOICES, Host

USAGE = 2
"""The exit status of wrong arguments."""


class Argument(Record):
    """An option, whose ``name`` begins with hyphens, or an argument by its place.

    ``about`` is its line in the help, None for an argument that says enough. ``type`` makes the value of what
    was typed. ``action`` and ``nargs`` are those of argparse; ``otherwise`` is the value when it is absent.
    """

    name: str
    about: Text | None = None
    metavar: str | None = None
    type: Callable[[str], Any] | None = None
    choices: Collection[str] | None = None
    action: str | None = None
    nargs: int | str | None = None
    otherwise: Any = None

    def add_to(self, parser: argparse.ArgumentParser, translate: Translate) -> None:
        settings = {
            "help": self.about.render(translate) if self.about is not None else None,
            "metavar": self.metavar,
            "type": self.type,
            "choices": self.choices,
            "action": self.action,
            "nargs": self.nargs,
            "default": self.otherwise,
        }
        parser.add_argument(self.name, **{key: value for key, value in settings.items() if value is not None})


class Command(Record):
    """A command. ``fixed`` are values that it does not ask for and that other code reads."""

    name: str
    about: Text
    arguments: tuple[Argument, ...]
    fixed: tuple[tuple[str, Any], ...] = ()


def parse(arguments: list[str], translate: Translate) -> argparse.Namespace:
    """The choices of one command; ``build`` is the default. Wrong ones exit with status ``USAGE``."""
    given = arguments[:1]
    if not arguments or arguments[0] not in COMMANDS:
        arguments = ["build", *arguments]
    parser = _parser(arguments[0], translate)
    if given and given != arguments[:1] and (hint := did_you_mean(given[0], COMMANDS, _NO_COMMAND)):
        parser.hints[given[0]] = hint.render(translate)
    return parser.parse_args(arguments)


def _parser(chosen: str, translate: Translate) -> _Parser:
    """A parser with the arguments of the ``chosen`` command; of the others it has the help text only."""
    # argparse has no public hook for translations: it calls this name in its own module.
    setattr(argparse, "_", translate)  # noqa: B010
    parser = _Parser(prog=COMMAND, description=translate(_ABOUT.sentence))
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))
    for argument in COMMANDS[chosen].arguments:
        if argument.metavar and argument.about and not argument.name.startswith("-"):
            parser.hints[argument.metavar] = f"{argument.metavar}: {argument.about.render(translate)}"
    for name, command in COMMANDS.items():
        about = command.about.render(translate)
        own = commands.add_parser(name, help=about, description=about)
        if name == chosen:
            own.hints = parser.hints
            for argument in command.arguments:
                argument.add_to(own, translate)
            own.set_defaults(**dict(command.fixed))
    return parser


class _Parser(argparse.ArgumentParser):
    """``hints`` are what to say below an error about an argument, or about a word that is none."""

    hints: dict[str, str]

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.hints = {}

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(message, file=sys.stderr)
        wrong = message.rpartition(": ")[2].replace(",", "").split()
        print(
            *(f"    {hint}\n" for word, hint in self.hints.items() if word in wrong),
            sep="",
            end="",
            file=sys.stderr,
        )
        sys.exit(USAGE)


def _jobs(written: str) -> int:
    number = int(written)
    if number < 1:
        raise ValueError
    return number


_NO_COMMAND = text("with --help you see which commands there are")
_ABOUT = text("Builds the campaign's site, in the house style of each organisation.")

_PROJECT = Argument(
    "--project",
    text("the campaign's folder, with content/ and brands/ (default: the folder you are in)"),
    "DIR",
    Path,
    otherwise=Path(),
)
_ONE_BRAND = text("the organisation: a name in brands/, or a folder anywhere")

_BRANDS = (
    Argument(
        "--brand",
        text("the organisation: a name in brands/, or a folder anywhere; may be given more than once"),
        "ID|FOLDER",
        action="append",
        otherwise=[],
    ),
    Argument("--all", text("all organisations in brands/"), action="store_true"),
    Argument(
        "--shard",
        text("with --all: one part of the organisations, to divide them over machines, such as 2/5"),
        "I/N",
        Shard.parse,
    ),
)
_OUTPUT = Argument(
    "--output", text("where the sites go (default: output/ in the campaign's folder)"), "DIR", Path
)
_DATE = Argument("--date", text("build as on this day (default: today)"), "YYYY-MM-DD")
_BUILDING = (
    _PROJECT,
    _OUTPUT,
    _DATE,
    Argument("--strict", text("take warnings as errors"), action="store_true"),
    Argument(
        "--material",
        text(
            "what is made besides pages, instead of 'materials' in brand.yaml: nothing, the pictures that"
            " networks show, or all"
        ),
        choices=MATERIAL_CHOICES,
    ),
    Argument("--report", text("write what was done to this file"), "FILE.json", Path),
    Argument(
        "--junit",
        text("write it to this file as a JUnit report too, a test for each organisation"),
        "FILE.xml",
        Path,
    ),
    Argument("--jobs", text("how many processes to use (default: one per processor core)"), "N", _jobs),
)
_PAGES = (
    Argument("brand", _ONE_BRAND, "ID|FOLDER"),
    Argument(
        "paths",
        text("only these pages, such as verhalen/bram.md (default: all that you changed)"),
        "PATH",
        nargs="*",
    ),
    _PROJECT,
)
_NO_SITES = (("output", None),)

_COMMANDS = (
    Command(
        "build",
        text("build the site (this is what happens without a command)"),
        (*_BRANDS, *_BUILDING),
    ),
    Command(
        "check",
        text("tell every problem, and write nothing"),
        (
            *_BRANDS,
            *_BUILDING,
            Argument("--hints", text("give advice on how texts are written too"), action="store_true"),
            Argument(
                "--links", text("ask other sites whether links to them still work"), action="store_true"
            ),
        ),
    ),
    Command(
        "serve",
        text("show the site in a browser while you write"),
        (
            *_BRANDS,
            *_BUILDING,
            Argument(
                "--port",
                text("the number behind the colon of the address (default: 8000)"),
                "N",
                int,
                otherwise=8000,
            ),
        ),
    ),
    Command(
        "preview",
        text("make one file of a story, to show to the person it is about"),
        (
            Argument("file", text("the text, such as content/verhalen/amina.md"), "FILE", Path),
            Argument("--to", text("the file to make (default: in voor-akkoord/)"), "FILE.html", Path),
            *_BRANDS,
            *_BUILDING,
        ),
    ),
    Command(
        "explain",
        text("tell of one file of the site what it is made from"),
        (Argument("path", text("the file, such as verhalen/amina.html")), *_BRANDS, *_BUILDING),
    ),
    Command(
        "pack",
        text("build the site and put it in one ZIP, with how to put it online"),
        (
            Argument("brand", _ONE_BRAND, "ID|FOLDER", nargs=1),
            Argument("--host", text("the kind of host, which is then told of first"), choices=get_args(Host)),
            Argument(
                "--to",
                text("the ZIP (default: the brand's name in the folder of the sites)"),
                "FILE.zip",
                Path,
            ),
            Argument(
                "--with-brand",
                text("put the brand's own folder in it too, to go on with later"),
                action="store_true",
            ),
            *_BUILDING,
        ),
        (("all", False), ("shard", None)),
    ),
    Command(
        "merge",
        text("put sites together that --shard built on several machines"),
        (
            Argument("folders", text("the folders with the parts"), "DIR", Path, nargs="+"),
            Argument("--junit", text("put their JUnit reports together in this file"), "FILE.xml", Path),
            _PROJECT,
            _OUTPUT,
        ),
    ),
    Command(
        "publish",
        text("bring all sites to a web server with rsync, each in a folder of its own"),
        (
            Argument("target", text("where they go, such as user@server:/srv/sites"), "TARGET"),
            _PROJECT,
            _OUTPUT,
        ),
    ),
    Command(
        "notify",
        text("mail what is wrong with the sites; on Mondays also what is well"),
        (
            Argument(
                "--note",
                text("a sentence to put first; may be given more than once"),
                "TEXT",
                action="append",
                otherwise=[],
            ),
            _PROJECT,
            _OUTPUT,
            _DATE,
        ),
    ),
    Command(
        "withdraw",
        text("take somebody's story away everywhere"),
        (
            Argument("wanted", text("the reference of the consent, or the path of the text"), "REF"),
            Argument(
                "--channel",
                text("take away only what stood on this; may be given more than once"),
                choices=CHANNELS,
                action="append",
                otherwise=[],
            ),
            Argument("--yes", text("do it without asking, for scripts"), action="store_true"),
            Argument("--receipt", text("the receipt for the person (default: bewijs-REF.txt)"), "FILE", Path),
            *_BUILDING,
        ),
        (("all", True), ("brand", []), ("shard", None)),
    ),
    Command(
        "new",
        text("begin a text, such as: new story; or the site of an organisation: new brand ID"),
        (
            Argument("what", text("a kind of page, such as story, news or page; or brand"), "KIND|brand"),
            Argument(
                "id",
                text(
                    "of a brand the name of its folder: small letters, digits, hyphens; of a text its title"
                ),
                "ID|TITLE",
                nargs="?",
            ),
            Argument("--title", text("the title of a text")),
            Argument("--name", text("what the organisation is called, or the person on the site")),
            Argument("--in", text("the page that a letter or post is part of, or the folder"), "NAME"),
            Argument("--slug", text("the name of the file, instead of one from the title"), "NAME"),
            Argument(
                "--brand", text("the organisation whose text it is (default: the campaign)"), "ID|FOLDER"
            ),
            Argument("--logo", text("its logo, an SVG or PNG file"), "FILE"),
            Argument("--colour", text("its colour, such as '#c93a1e'")),
            _PROJECT,
        ),
        _NO_SITES,
    ),
    Command(
        "accept",
        text("note that your changes stand on the national pages as they are now"),
        _PAGES,
        _NO_SITES,
    ),
    Command(
        "schema",
        text("tell other editors which keys there are, as JSON Schema"),
        (
            Argument(
                "name", text("a kind of page or a file, such as story or brand.yaml"), "NAME", nargs="?"
            ),
            Argument("--vscode", text("write the folder .vscode of the campaign"), action="store_true"),
            Argument("--cms", text("write the folder admin of the campaign, for a CMS"), choices=CMS_CHOICES),
            _PROJECT,
        ),
        _NO_SITES,
    ),
    Command("diff", text("show what has changed nationally under your changes"), _PAGES, _NO_SITES),
)
COMMANDS = {command.name: command for command in _COMMANDS}


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
