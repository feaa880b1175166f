"""``new KIND``: begin a text, as a draft that explains itself."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from microsite.commands.editors.scaffold import NAME, asked, scaffold, terms
from microsite.commands.errors import CommandError
from microsite.content import schema
from microsite.content.files import Source
from microsite.content.kinds import CAMPAIGN, FIRST, KINDS, LISTING, SECTIONS, Kind, page_path
from microsite.content.site_file import SITE, Site, completed
from microsite.core import i18n
from microsite.core.fingerprints import digest
from microsite.core.problems import Text, Translate, did_you_mean, text
from microsite.core.records import Record
from microsite.core.settings import Project
from microsite.core.urls import slugify

BRAND_WORDS = ("brand", "organisatie", "lid", "merk")
"""What people call a brand; each begins the folder of an organisation."""

LONGEST = 60
"""Characters of a title in an address: it is read aloud, and typed over from paper."""


class Given(Record):
    """What was said on the command line; None is asked. ``within`` is the text or folder it belongs to."""

    title: str | None = None
    name: str | None = None
    within: str | None = None
    slug: str | None = None


Ask = Callable[[Text, Sequence[str]], str]
"""The answer to a question, one of the choices where there are any; "" for none."""


def kind_named(word: str) -> Kind:
    """The kind that a word stands for, English or Dutch, one or several. Raises CommandError."""
    wanted = slugify(word, "")
    for names in (_name, _labels, _folder, _near_names):
        found = next((kind for kind in KINDS if wanted and wanted in names(kind)), None)
        if found is not None:
            return found
    known = [slugify(kind.label.render(_DUTCH), kind.name) for kind in KINDS]
    raise CommandError(
        text("'{word}' is no kind of page", word=word),
        *filter(None, [did_you_mean(word, [*known, BRAND_WORDS[0]])]),
    )


def _name(kind: Kind) -> Collection[str]:
    return (kind.name,)


def _labels(kind: Kind) -> Collection[str]:
    return {slugify(kind.label.render(), ""), slugify(kind.label.render(_DUTCH), "")}


def _folder(kind: Kind) -> Collection[str]:
    return (kind.section,)


def _near_names(kind: Kind) -> Collection[str]:
    return kind.near_names


_DUTCH = i18n.translator("nl")


def new_text(
    project: Project, brand: Path | None, kind: Kind, given: Given, day: dt.date, translate: Translate
) -> None:
    """Write a new text of a kind, in the folder of a brand or nationally, and tell what to do with it.

    At a terminal what was not ``given`` is asked. Raises CommandError.
    """
    content = (brand or project.root) / "content"
    layers = list(dict.fromkeys([content, project.folder("content")]))
    ask = _asker(translate)
    known = terms(_site(project))
    title = _title(kind, given, ask)
    values = {"title": title}
    for key, what, choices in asked(kind, known):
        question = _WHO if key == NAME else _WHICH.format(what=what)
        answer = given.name if key == NAME and given.name is not None else ask(question, choices)
        if answer.strip():
            values[key] = _one_line(answer)
    folder = _parent(kind, given.within, layers, ask)
    name, avoided = _file_name(kind, folder, values, given.slug, layers)
    path = f"{folder}{name}"
    file = content / path
    _write(file, scaffold(kind, day, values, known))
    if avoided:
        print(_AVOIDED.format(address=page_path(path)).render(translate))
    shown = project.display_path(file)
    print(text("made: {file}", file=shown).render(translate))
    print(text("It is a draft. Write in it, and see it with: python3 build.py serve").render(translate))
    print(text("In the preview it is at /{page}, and on the desk.", page=page_path(path)).render(translate))
    if kind.asks_consent:
        print(
            text("Who it is about reads it with: python3 build.py preview {file}", file=shown).render(
                translate
            )
        )


# ── questions ──


def _asker(translate: Translate) -> Ask:
    def ask(question: Text, choices: Sequence[str]) -> str:
        if not sys.stdin.isatty():
            return ""
        among = f" ({', '.join(choices)})" if choices else ""
        shown = f"{question.render(translate)}{among} "
        while True:
            try:
                answer = input(shown).strip()
            except EOFError:
                return ""
            if not choices or not answer or answer in choices:
                return answer
            hint = did_you_mean(answer, choices)
            print(hint.render(translate) if hint else ", ".join(choices), file=sys.stderr)

    return ask


_WHO = text("What is the person called on the site?")
_WHICH = text("{what} Which do you choose?")


def _title(kind: Kind, given: Given, ask: Ask) -> str:
    title = _one_line(given.title if given.title is not None else ask(text("What is the title?"), ()))
    if not title:
        raise CommandError(text('say what the title is: --title "…"'))
    return title


def _one_line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


# ── where it goes ──


def _parent(kind: Kind, within: str | None, layers: Sequence[Path], ask: Ask) -> str:
    """The folder of a new text within ``content/``: "" or with a slash behind it."""
    if kind is CAMPAIGN:
        return ""
    if kind is LISTING:
        return f"{_chosen(within, tuple(SECTIONS), ask, text('Of which folder?'))}/"
    if kind.part_of:
        names = {file.stem for layer in layers for file in (layer / kind.part_of).glob("*.md")}
        wholes = tuple(sorted(name for name in names - {"index"} if "." not in name))
        if not wholes:
            whole = SECTIONS[kind.part_of]
            raise CommandError(
                text("there is no page in {folder}/ that this can be a part of", folder=kind.part_of),
                text("begin with: new {kind}", kind=whole.name),
            )
        return f"{kind.part_of}/{_chosen(within, wholes, ask, text('Of which page is it a part?'))}/"
    if within and not kind.section:
        return f"{'/'.join(slugify(part) for part in within.split('/') if part)}/"
    return f"{kind.section}/" if kind.section else ""


def _chosen(within: str | None, possible: Sequence[str], ask: Ask, question: Text) -> str:
    wanted = within.strip("/").rpartition("/")[2].removesuffix(".md") if within else ""
    if not wanted:
        wanted = possible[0] if len(possible) == 1 else ask(question, possible)
    if wanted in possible:
        return wanted
    hint = did_you_mean(wanted, possible) if wanted else None
    raise CommandError(
        text("say where it belongs: --in NAME"),
        hint or text("choose from: {choices}", choices=", ".join(possible)),
    )


def _file_name(
    kind: Kind, folder: str, values: Mapping[str, str], slug: str | None, layers: Sequence[Path]
) -> tuple[str, bool]:
    """The name of a file that is not there yet, and whether a person's name was kept out of it."""
    if kind in (CAMPAIGN, LISTING):
        return FIRST, False
    there = {file.name.lower() for layer in layers for file in (layer / folder).glob("*")}
    if slug is not None:
        if slugify(slug, "") != slug:
            raise CommandError(text("'{slug}' cannot be in an address", slug=slug), _SLUG)
        if _names_in(slug, values):
            raise CommandError(text("'{slug}' has the name of the person in it", slug=slug), _NO_NAME)
        return f"{slug}.md", False
    numbers = [int(name[:-3]) for name in there if re.fullmatch(r"\d+\.md", name)]
    if kind.part_of and numbers and len(numbers) == sum(name.endswith(".md") for name in there):
        return f"{max(numbers) + 1}.md", False
    words = _words(values["title"])
    kept = [word for word in words if not (kind.asks_consent and _may_be_name(word, words, values))]
    stem = _shortened(slugify(" ".join(kept), "")) or slugify(kind.label.render(_DUTCH), kind.name)
    numbered = (stem, *(f"{stem}-{number}" for number in range(2, len(there) + 3)))
    free = next(name for name in numbered if f"{name}.md" not in there and f"{name}" not in there)
    return f"{free}.md", len(kept) < len(words)


def _words(title: str) -> list[str]:
    return title.split()


def _may_be_name(word: str, words: Sequence[str], values: Mapping[str, str]) -> bool:
    """Whether this word of a title may be somebody's name.

    That is one of the name on the site, and any other word with a capital. With the first, that is only so
    where nobody said the name, and if it is none that sentences begin with.
    """
    if NAME in values and _names_in(word, values):
        return True
    bare = slugify(word, "")
    if not word.strip("‘’“”\"'([")[:1].isupper():
        return False
    return word is not words[0] or not (NAME in values or bare in _OPENING)


def _names_in(words: str, values: Mapping[str, str]) -> bool:
    """Whether one of the words is of the name of the person, also with an s behind it."""
    parts = {part for part in slugify(values.get(NAME, ""), "").split("-") if len(part) > 1} - _OPENING
    return any(word in parts or word.removesuffix("s") in parts for word in slugify(words, "").split("-"))


_SMALL_WORDS = """
de het een wie wat waar wanneer waarom hoe als toen nu dit dat deze die er hier daar ik jij je u hij
zij ze wij we jullie mijn jouw zijn haar ons onze hun niet geen nooit altijd soms eindelijk in op
onder boven achter voor na met zonder van naar uit door bij aan over tussen tot en maar of want dus
alles alle iets niemand iedereen iemand twee drie vier vijf zes zeven acht negen tien elke ieder
weer samen alleen
"""
_OPENING = frozenset(_SMALL_WORDS.split())
"""Words that Dutch titles begin with, and that are no names."""


def _shortened(slug: str) -> str:
    """The slug without the words that do not fit."""
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0]


_AVOIDED = text(
    "The address is {address}: without the words that may be somebody's name. An address is never forgotten."
)
_SLUG = text("use small letters, digits and hyphens")
_NO_NAME = text("choose another: an address is never forgotten, also when somebody wants to be")


# ── files ──


def _site(project: Project) -> Site | None:
    file = project.folder("content") / SITE
    try:
        data = file.read_bytes()
    except OSError:
        return None
    source = Source(SITE, SITE, "", digest(data), str(file), len(data), data)
    site, _, _ = schema.load(Site, source)
    return completed(site) if site is not None else None


def _write(file: Path, written: str) -> None:
    """Write a file that is not there yet. Raises CommandError for one that is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(written)
    except FileExistsError:
        raise CommandError(text("there is already a file {file}", file=file.name), _NEVER) from None


_NEVER = text("nothing was changed; write in that one, or choose another title")
