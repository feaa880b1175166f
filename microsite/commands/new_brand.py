"""``new brand``: begin the folder of an organisation."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from microsite.brand import colour, logos
from microsite.commands.errors import CommandError
from microsite.content.quoting import quoted
from microsite.core.problems import InvalidFile, Text, Translate, text
from microsite.core.records import Record
from microsite.core.settings import BRAND_FILE, BRAND_ID, Project, not_an_id

T = TypeVar("T")


def new_brand(project: Project, id: str, given: Sequence[str | None], translate: Translate) -> None:
    """Create ``brands/<id>/``.

    ``given`` are the name, logo and colour; the user is asked for those that are None.
    Raises CommandError.
    """
    name, logo, colour = given
    folder = project.root / "brands" / id
    check_folder(folder)
    brand = NewBrand(
        _ask(clean_name, name, text("What is the organisation called?"), translate),
        _ask(clean_logo, logo, text("Where is the logo (an SVG or PNG file)?"), translate),
        _ask(clean_colour, colour, text("Which colour (such as '#c93a1e')?"), translate),
    )
    for file in create(folder, brand, translate):
        print(text("made: {file}", file=project.display_path(file)).render(translate))
    print(text("See it with: make serve BRAND={id}", id=id).render(translate))


class NewBrand(Record):
    """The required settings of a brand, cleaned."""

    name: str
    logo: Path
    colour: str


def check_folder(folder: Path) -> None:
    """Raise CommandError when this cannot be the folder of a new brand."""
    if folder.exists():
        raise CommandError(text("there is already a folder {folder}", folder=folder.name))
    if not BRAND_ID.fullmatch(folder.name):
        raise CommandError(not_an_id(folder.name))


def clean_name(given: str) -> str:
    """The name without surrounding blanks. Raises CommandError, as do the next two."""
    if not given.strip():
        raise CommandError(text("'{key}' is empty", key="name"))
    return given.strip()


def clean_logo(given: str) -> Path:
    """The logo file. A path dragged to a terminal is in shell quotes."""
    file = Path(given).expanduser()
    if not file.exists():
        with contextlib.suppress(ValueError):
            (meant,) = shlex.split(given)
            file = Path(meant).expanduser()
    if not file.is_file():
        raise CommandError(text("there is no image '{src}'", src=file))
    try:
        logos.examine(file.read_bytes(), file.suffix.lower() == ".svg")
    except InvalidFile as invalid:
        raise CommandError(
            *(
                sentence
                for problem in invalid.problems
                for sentence in (problem.message, problem.hint)
                if sentence
            )
        ) from None
    return file


def clean_colour(given: str) -> str:
    """The colour as ``#rrggbb``; accepts quotes, and digits without the '#'."""
    bare = given.strip("'\"")
    try:
        return colour.parse(f"#{bare}" if re.fullmatch("[0-9A-Fa-f]{6}", bare) else bare)
    except colour.InvalidColour as error:
        raise CommandError(error.message, error.hint) from None


def create(folder: Path, given: NewBrand, translate: Translate) -> tuple[Path, ...]:
    """Create a brand's folder with a commented brand.yaml and the logo; returns the files."""
    logo = f"logo{given.logo.suffix.lower()}"
    draft = folder.with_name(f".{folder.name}.new")  # hidden: no build takes it for a brand
    if draft.exists():
        shutil.rmtree(draft)  # of a command that was killed
    draft.mkdir(parents=True)
    try:
        shutil.copyfile(given.logo, draft / logo)
        settings = _settings(given.name, logo, given.colour, translate)
        (draft / BRAND_FILE).write_text(settings, encoding="utf-8")
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return folder / BRAND_FILE, folder / logo


def _settings(name: str, logo: str, colour: str, translate: Translate) -> str:
    lines: Sequence[str | Text] = (
        text("These three are all that is needed."),
        f"name: {quoted(name)}",
        f"logo: {logo}",
        f"colour: '{colour}'",
        "",
        text("The rest may stay away. Take off the '#' before a line to use it."),
        "# second_colour: '#f2b632'",
        "# tokens: huisstijl.tokens.json",
        "# logo_width: 180",
        "# font: hanken-grotesk",
        "# url: https://www.example.nl/campagne/",
        "# region: Voorbeeldstad",
        "# in_region: in Voorbeeldstad",
        "# sender: Een campagne van twaalf organisaties",
        "# contact:",
        "#   role: Communicatie",
        "#   email: info@example.nl",
        "#   phone: 012 345 67 89",
        "# contacts:",
        "#   - {themes: [gezondheid], role: Team gezondheid, email: gezondheid@example.nl}",
        "# texts:",
        "#   welcome: Welkom bij ons in Voorbeeldstad.",
        "#   call_to_action: Kom eens langs.",
        "#   about: Wij werken in elf wijken.",
        "# profiles:",
        "#   - {name: LinkedIn, url: https://www.linkedin.com/company/voorbeeld}",
        "# hide: [nieuws/nieuwe-site.md]",
        "# plan: {start: 2027-01-11, effort: gewoon}",
        "# materials: [share, cards, print, office, web]",
        "# host: wordpress",
    )
    return (
        "\n".join(f"# {line.render(translate)}" if isinstance(line, Text) else line for line in lines) + "\n"
    )


def _ask(clean: Callable[[str], T], given: str | None, question: Text, translate: Translate) -> T:
    """The cleaned answer; on a terminal the question is repeated until it is valid."""
    if given is not None:
        return clean(given)
    while True:
        try:
            return clean(input(f"{question.render(translate)} ").strip())
        except EOFError:
            raise CommandError(text("say it on the command line: --name, --logo, --colour")) from None
        except CommandError as error:
            if not sys.stdin.isatty():
                raise
            for sentence in error.args:
                print(sentence.render(translate), file=sys.stderr)
