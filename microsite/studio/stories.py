"""A story as a form: its front matter and its text, and what of the file each field is.

A file of which the form cannot hold all is none of its business: it stays as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from microsite.content import yaml, yaml_writer
from microsite.content.consent import CHANNELS
from microsite.content.files import decode
from microsite.content.kinds import STORY
from microsite.content.tree import MappingNode, key_positions, said
from microsite.core.problems import InvalidFile, Problem
from microsite.core.records import Record
from microsite.core.urls import slugify
from microsite.studio import form
from microsite.studio.form import Fields, Value

FOLDER = f"content/{STORY.section}/"
TEXT = "text"
"""The field with what is below the front matter."""

CONSENT = "consent"
KEYS = (
    *("title", "summary", "date", "tags", "role"),
    *("person.name", "person.pseudonym", "person.age", "person.job"),
    *("person.organisation", "person.municipality", "quote.text", "quote.speaker"),
    *("image.src", "image.alt", "image.credit", "image.scope", "image.expires_on"),
    *("consent.ref", "consent.status", "consent.given_on", "consent.expires_on", "consent.scope"),
    *("consent.audience", "consent.final_text_seen_on", "consent.minor", "consent.guardian"),
    "fictional",
)
"""The keys that the form asks for, in the order in which they are written."""


def _is_day(value: Value) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _one_of(*known: str) -> Callable[[Value], bool]:
    return lambda value: value in known


def _some_of(*known: str) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, list) and {*known}.issuperset(value)


def _is_text(value: Value) -> bool:
    return isinstance(value, str)


def _is_list(value: Value) -> bool:
    return isinstance(value, list)


_HOLDS: dict[str, Callable[[Value], bool]] = {
    **dict.fromkeys(("date", "image.expires_on"), _is_day),
    **dict.fromkeys(("consent.given_on", "consent.expires_on", "consent.final_text_seen_on"), _is_day),
    **dict.fromkeys(("person.pseudonym", "consent.minor", "consent.guardian", "fictional"), _one_of("true")),
    "person.age": lambda value: isinstance(value, str) and value.isascii() and value.isdigit(),
    "role": _one_of("worker", "client"),
    "tags": _is_list,
    "image.scope": _some_of(*CHANNELS),
    "consent.status": _one_of("valid", "pending", "withdrawn"),
    "consent.scope": _some_of(*CHANNELS),
    "consent.audience": _some_of("members", "national"),
}
"""What the field of a key can show, where it is not any text."""


class Split(Record):
    """A file of a story: the text is in it from ``first_line`` on."""

    header: str
    tree: MappingNode
    text: str
    first_line: int


def _split(data: bytes) -> Split:
    header, text, first_line = yaml.split_front_matter(decode(data, ""), "")
    return Split(header, yaml.parse(header, "", 2, limit=form.MOST), text, first_line)


def read(data: bytes) -> dict[str, Value] | None:
    """The values of the fields of a story; None when the file says more than the form can hold."""
    try:
        split = _split(data)
    except InvalidFile:
        return None
    fields = form.values(split.tree, KEYS)
    if said(form.with_values(form.EMPTY, KEYS, fields)) != said(split.tree):
        return None
    if not all(_HOLDS.get(key, _is_text)(value) for key, value in fields.items()):
        return None
    return {**fields, TEXT: split.text} if split.text else fields


def write(data: bytes, fields: Fields) -> bytes:
    """A story with these values; the file stays as it is when it says the same. ``data`` may be b""."""
    wanted = form.with_values(form.EMPTY, KEYS, fields)
    text = str(form.cleaned(fields.get(TEXT, "")))
    if not data:
        return _file(yaml_writer.lines(wanted), text)
    before = _split(data)
    header = before.header.lstrip("\n")
    if said(before.tree) != said(wanted):
        header = yaml_writer.changed(header, wanted)
    elif before.text == text:
        return data
    return _file(header, text)


def _file(header: str, text: str) -> bytes:
    return f"---\n{header.rstrip()}\n---\n\n{text}\n".encode()


def lacks(fields: Fields) -> tuple[str, ...]:
    """The fields that the program cannot do without and that are empty; () for one that can be written."""
    return tuple(key for key in _NEEDED if not form.cleaned(fields.get(key, "")))


_NEEDED = ("title", "summary", "role", "person.name", TEXT)


def path(fields: Fields, taken: Iterable[str]) -> str:
    """Where a new story is kept: by its title, without words that are in the name of who it is about.

    An address is never forgotten, also when somebody wants to be. ``taken`` are the paths there are.
    """
    name = {part for part in slugify(str(fields.get("person.name", "")), "").split("-") if len(part) > 1}
    words = slugify(str(fields.get("title", "")), "").split("-")
    kept = "-".join(word for word in words if word not in name and word.removesuffix("s") not in name)
    stem = kept[:_LONGEST].strip("-") or slugify(STORY.section)
    used = {one.casefold() for one in taken}
    numbered = (f"{FOLDER}{stem}.md", *(f"{FOLDER}{stem}-{n}.md" for n in range(2, len(used) + 3)))
    return next(one for one in numbered if one not in used)


_LONGEST = 60


class Where(Record):
    """The field that a problem is about, and where in its text, both from 1; ``line`` 0 is the whole."""

    key: str
    line: int = 0
    column: int = 0


def where(data: bytes, typed: str, problem: Problem) -> Where:
    """What in the form a problem of a story's file is about; ``typed`` is the text as it is in its field."""
    try:
        split = _split(data)
    except InvalidFile:
        return Where("")
    line, column = problem.place.line, problem.place.column
    if line >= split.first_line:
        above = typed[: len(typed) - len(typed.lstrip())].count("\n")
        return Where(TEXT, line - split.first_line + 1 + above, column)
    if _CREDIT.search(problem.message.sentence):
        return Where("image.credit")
    if ails(problem) == "long":
        return Where(form.longest(split.tree, KEYS))
    places = [(key, place) for key, place in key_positions(split.tree) if place.line == line]
    behind = [key for key, place in places if place.column < column] or [key for key, _ in places[:1]]
    found = next((key for key, place in places if place.column == column), behind[-1] if behind else "")
    return Where(_field(_missing_key(problem), found))


def _field(key: str, group: str = "") -> str:
    """The field of a key in a group or in what that is in: the first one in it, if it is a group itself."""
    while group and key:
        if f"{group}.{key}" in KEYS:
            return f"{group}.{key}"
        group = group.rpartition(".")[0]
    return next((one for one in KEYS if one == key or one.startswith(f"{key}.")), key) if key else group


def ails(problem: Problem) -> str:
    """What the form can tell in words of its own: a value that is ``missing`` or too ``long``; else ""."""
    sentence = problem.message.sentence
    if _MISSING.search(sentence) or _CREDIT.search(sentence):
        return "missing"
    return "long" if _LONG.search(sentence) else ""


_MISSING = re.compile(r"'\{key\}' is (?:missing|empty)")
_CREDIT = re.compile("has no credit")
_LONG = re.compile(r"more than \{limit\} characters")


def doubts(fields: Fields) -> tuple[str, ...]:
    """The fields with something else than was asked: for the number of a paper, what seems to be a name."""
    ref, person = (str(fields.get(key, "")).strip().casefold() for key in ("consent.ref", "person.name"))
    named = ref and (ref == person or (" " in ref and not any(map(str.isdigit, ref))))
    return ("consent.ref",) if named else ()


def _missing_key(problem: Problem) -> str:
    """The key that is not there or is empty, if that is what the problem tells."""
    if not _MISSING.search(problem.message.sentence):
        return ""
    return str(dict(problem.message.values).get("key", ""))
