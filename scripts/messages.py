"""Keeps the Dutch catalogue: python scripts/messages.py [--check]

Finds every sentence in ``text("…")`` in microsite/ and in ``_("…")`` and ``{% trans %}`` in
the templates, brings microsite.po up to date and compiles it. No translation is ever thrown away:
one whose sentence is gone is kept at the end of the file, and comes back with its sentence.
``--check`` writes nothing and fails when a translation lacks or cannot be right.
"""

from __future__ import annotations

import ast
import io
import re
import string
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "microsite" / "locale" / "nl" / "LC_MESSAGES"
PO, MO = FOLDER / "microsite.po", FOLDER / "microsite.mo"
CODE = ROOT / "microsite"
TEMPLATES = ROOT / "templates", CODE / "preview" / "templates"
DRAWN = {".html", ".xml", ".svg", ".txt", ".css", ".js"}
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}

Sentence = str | tuple[str, str]


class Dutch(Catalog):
    """A catalogue whose head never changes: no dates, no names, no versions of tools."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "microsite"),
            ("Language", "nl"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ]


def empty() -> Dutch:
    about = "# The sentences of microsite in Dutch. `make messages` keeps this file; fill in each msgstr."
    return Dutch(locale="nl", header_comment=about, fuzzy=False)


# ── finding ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Found:
    sentence: Sentence
    path: str
    line: int


class Unwritten(Exception):
    """A sentence that cannot be found because it is not written out."""


def in_code(path: Path) -> Iterator[Found]:
    """The first argument of each call of ``text``; it must be a plain string."""
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _is_text(node.func):
            sentence = node.args[0] if node.args else None
            if not isinstance(sentence, ast.Constant) or not isinstance(sentence.value, str):
                raise Unwritten(f"{name}:{node.lineno}: text() needs its sentence written out, as one string")
            yield Found(sentence.value, name, node.lineno)


def _is_text(function: ast.expr) -> bool:
    return ast.unparse(function) in ("text", "problems.text")


def in_template(path: Path) -> Iterator[Found]:
    name = path.relative_to(ROOT).as_posix()
    keywords = ("_", "gettext", "ngettext", "pgettext", "npgettext")
    with path.open("rb") as stream:
        for line, function, found, _ in babel_extract(stream, keywords, [], OPTIONS):
            if function in ("pgettext", "npgettext"):
                raise Unwritten(f"{name}:{line}: the catalogue has no contexts; write _() or ngettext()")
            words = [found] if isinstance(found, str) else [word for word in found or () if word is not None]
            if len(words) < (2 if function == "ngettext" else 1):
                raise Unwritten(f"{name}:{line}: {function}() needs its sentence written out, as one string")
            yield Found((words[0], words[1]) if function == "ngettext" else words[0], name, line)


def all_found() -> Iterator[Found]:
    for path in sorted(CODE.rglob("*.py")):
        yield from in_code(path)
    for path in sorted(path for folder in TEMPLATES for path in folder.rglob("*")):
        if path.suffix in DRAWN:
            yield from in_template(path)


# ── keeping ───────────────────────────────────────────────────────────────────────────────────────────


def read() -> Catalog:
    """The catalogue as it is; an empty one where there is none."""
    if not PO.exists():
        return empty()
    with PO.open("rb") as stream:
        return read_po(stream, locale="nl", abort_invalid=True)


def merged(old: Catalog, found: Iterable[Found]) -> Dutch:
    """What was found, with the translations that were there; what is no longer used as obsolete."""
    known = {_key(m.id): m for m in [*old.obsolete.values(), *old] if m.id}
    new = empty()
    for each in found:
        before = known.get(_key(each.sentence))
        dutch = before.string if before is not None and _same_shape(before, each.sentence) else None
        comments = before.user_comments if before is not None else ()
        new.add(each.sentence, dutch, locations=[(each.path, each.line)], user_comments=comments)
    used = {_key(m.id) for m in new if m.id}
    for key, message in sorted(known.items()):
        if key not in used and any(_dutch(message)):
            new.obsolete[key] = Message(message.id, message.string, user_comments=message.user_comments)
    return new


def _key(sentence: str | Sequence[str]) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


def _same_shape(message: Message, sentence: Sentence) -> bool:
    return isinstance(message.id, str) == isinstance(sentence, str)


def as_po(catalogue: Catalog) -> bytes:
    """Sorted and without line numbers, so that only a changed sentence changes the file."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, sort_output=True, include_lineno=False)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


# ── judging ───────────────────────────────────────────────────────────────────────────────────────────

PERCENT = re.compile(r"%\((\w+)\)[a-z]|%%|(%)")


def faults(catalogue: Catalog) -> list[str]:
    return [f"{fault}: {_places(m)}: {_key(m.id)!r}" for m in catalogue if m.id for fault in _faults(m)]


def untranslated(catalogue: Catalog) -> list[str]:
    return [_key(message.id) for message in catalogue if message.id and not all(_dutch(message))]


def _faults(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "marked as unsure (fuzzy)"
    if not all(_dutch(message)):
        yield "no Dutch translation"
        return
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    places = [path for path, _ in message.locations]
    for gaps in _styles(places):
        try:
            wanted = [gaps(sentence) for sentence in english]
            given = [gaps(sentence) for sentence in _dutch(message)]
        except ValueError as error:
            yield f"braces or percent signs do not match ({error})"
            continue
        # The singular may leave the number out, in either language; nothing may be put in.
        if not all(gap <= wanted[-1] for gap in given) or given[-1] != wanted[-1]:
            yield f"other gaps: {_listed(wanted[-1])} in English, {_listed(given[-1])} in Dutch"


def _styles(places: Sequence[str]) -> Iterator[Callable[[str], set[str]]]:
    if any(place.endswith(".py") for place in places):
        yield _braces
    if any(not place.endswith(".py") for place in places):
        yield _percents


def _braces(sentence: str) -> set[str]:
    """The names in the gaps of a sentence that ``str.format`` fills."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def _percents(sentence: str) -> set[str]:
    """The names in the gaps of a sentence that ``%`` fills, as templates do."""
    found = list(PERCENT.finditer(sentence))
    if any(match[2] for match in found):
        raise ValueError("a single %; write %%")
    return {match[1] for match in found if match[1]}


def _dutch(message: Message) -> list[str]:
    """Its translations; "" for one that lacks."""
    if isinstance(message.id, str):
        return [str(message.string or "")]
    return [*(message.string or ()), "", ""][:2]


def _places(message: Message) -> str:
    return ", ".join(dict.fromkeys(path for path, _ in message.locations))


def _listed(gaps: Iterable[str]) -> str:
    return ", ".join(f"{{{gap}}}" for gap in sorted(gaps)) or "none"


# ── doing ─────────────────────────────────────────────────────────────────────────────────────────────


def update(catalogue: Catalog) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, made in ((PO, as_po(catalogue)), (MO, as_mo(catalogue))):
        if not path.exists() or path.read_bytes() != made:
            path.write_bytes(made)
            print(f"{path.relative_to(ROOT)} bijgewerkt")
    open_ones = untranslated(catalogue)
    print(f"{len(catalogue)} zinnen, waarvan {len(open_ones)} zonder vertaling")
    for sentence in open_ones:
        print(f"    {sentence!r}")
    return 0


def check(catalogue: Catalog) -> int:
    found = faults(catalogue)
    for path, made in ((PO, as_po(catalogue)), (MO, as_mo(catalogue))):
        if not path.exists() or path.read_bytes() != made:
            found.append(f"{path.relative_to(ROOT)} is out of date: run `make messages`")
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


def main(arguments: Sequence[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        catalogue = merged(read(), all_found())
    except Unwritten as unwritten:
        print(unwritten, file=sys.stderr)
        return 1
    return check(catalogue) if arguments else update(catalogue)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
