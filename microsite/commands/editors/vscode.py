"""The folder ``.vscode`` of a campaign: schemas, settings and snippets for Visual Studio Code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from microsite.commands.editors import files, handbook
from microsite.commands.editors.json_schema import DUTCH
from microsite.content.consent import Consent
from microsite.content.consents import KEY as CONSENT
from microsite.content.facts import FACTS, Fact
from microsite.content.keys import Key, keys_of
from microsite.content.kinds import KINDS, Kind
from microsite.content.markdown.slots import SLOTS
from microsite.content.markdown.tree import CALLOUTS
from microsite.content.removed import REMOVED
from microsite.content.series.file import SERIES
from microsite.core.settings import BRAND_FILE

FOLDER = ".vscode"

OWN = ("settings.json", "extensions.json")
"""The files that people add to, and that are not written anew."""

EXTENSIONS = (
    "redhat.vscode-yaml",
    "streetsidesoftware.code-spell-checker",
    "streetsidesoftware.code-spell-checker-dutch",
)
"""What knows YAML by its schema, and Dutch words."""


def folder() -> dict[str, bytes]:
    """The files of the folder by their path in it."""
    made: dict[str, Any] = {
        "settings.json": settings(),
        "extensions.json": {"recommendations": list(EXTENSIONS)},
        "redactie.code-snippets": snippets(),
    }
    made |= {schema_path(name): files.schema(name) for name in files.NAMES}
    return {path: as_json(value) for path, value in made.items()}


def as_json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def schema_path(name: str) -> str:
    """The path of a schema in the folder, by one of ``files.NAMES``."""
    return f"schemas/{name.removesuffix('.yaml')}.json"


# ── settings ──


def settings() -> dict[str, Any]:
    """Schemas for the files of settings, and what makes writing Markdown like writing a letter."""
    return {
        "yaml.schemas": {f"./{FOLDER}/{schema_path(name)}": places(name) for name in files.SETTINGS},
        "yaml.schemaStore.enable": False,
        "yaml.format.enable": False,
        "files.associations": {"*.md": "markdown", "*.yaml": "yaml"},
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "cSpell.language": "nl,en-GB",
        "cSpell.files": ["content/**/*.{md,yaml}", "brands/**/*.{md,yaml}"],
        "[markdown]": {
            "editor.wordWrap": "on",
            "editor.quickSuggestions": {"other": "on", "comments": "off", "strings": "off"},
            "editor.wordBasedSuggestions": "off",
            "editor.snippetSuggestions": "top",
            "files.trimTrailingWhitespace": True,
        },
        "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
    }


def places(name: str) -> list[str]:
    """Where files of this name are in a campaign."""
    if name == BRAND_FILE:
        return [f"brands/*/{name}"]
    own = [f"brands/*/content/{name}"] if name in (FACTS, REMOVED, SERIES) else []
    return own if name == SERIES else [f"content/{name}", *own]


# ── snippets ──


def snippets() -> dict[str, dict[str, Any]]:
    """The snippets by their name: a page of each kind, a fact, and what is special in a text."""
    made = {title(kind): _page(kind) for kind in KINDS}
    made["Cijfer in het register"] = {
        "scope": "yaml",
        "prefix": "cijfer",
        "description": "Een nieuw cijfer in feiten.yaml",
        "body": _numbered(["naam-van-het-cijfer:", *_lines(Fact, _required(keys_of(Fact)), "  ")]),
    }
    made |= {
        description: {
            "scope": "markdown",
            "prefix": prefix,
            "description": description,
            "body": body.split("\n"),
        }
        for prefix, description, body in _BLOCKS
    }
    return made


def title(kind: Kind) -> str:
    return kind.label.render(DUTCH)


def _page(kind: Kind) -> dict[str, Any]:
    label = title(kind)
    keys = [key for key in keys_of(kind.record) if key.required or key.name in files.needed(kind)]
    consent = [key for key in keys_of(kind.record) if key.name == CONSENT and kind.asks_consent]
    return {
        "scope": "markdown",
        "isFileTemplate": True,
        "prefix": label.lower(),
        "description": f"{label}: de kenmerken boven een nieuwe pagina",
        "body": ["---", *_numbered(_lines(kind.record, [*keys, *consent])), "draft: true", "---", "", "$0"],
    }


def _required(keys: tuple[Key, ...]) -> list[Key]:
    return [key for key in keys if key.required]


def _lines(record: type, keys: Iterable[Key], indent: str = "") -> Iterator[str]:
    """Lines of YAML, with the examples of the handbook as values between NULs."""
    for key in keys:
        if key.type is Consent:
            yield f"{indent}{key.name}:"
            yield from _lines(record, (each for each in key.keys if each.type is not bool), f"{indent}  ")
        elif key.keys and not key.many:
            yield f"{indent}{key.name}:"
            yield from _lines(record, _required(key.keys), f"{indent}  ")
        else:
            yield f"{indent}{key.name}: \0{_sample(record, key)}\0"


def _sample(record: type, key: Key) -> str:
    """A value to begin with. Nobody has agreed to anything because a line was left as it was."""
    if key.choices and not key.many:
        choices = sorted(key.choices, key=lambda choice: choice != _NOT_YET)
        return f"|{','.join(choices)}|"
    if key.path == _SEEN:
        return ""
    return handbook.entry(record, key.path).sample or "[]"


_NOT_YET = "pending"
_SEEN = f"{CONSENT}.final_text_seen_on"


def _numbered(lines: Iterator[str] | list[str]) -> list[str]:
    """The lines with a place for the cursor at each value, in this order."""
    numbers = iter(range(1, 100))

    def place(found: re.Match[str]) -> str:
        value, number = found[1], next(numbers)
        return f"${{{number}{value}}}" if value.startswith("|") else f"${{{number}:{_escaped(value)}}}"

    return [re.sub("\0(.*?)\0", place, line) for line in lines]


def _escaped(value: str) -> str:
    return re.sub(r"([$}\\])", r"\\\1", value)


def _choice(number: int, words: Mapping[str, Any] | tuple[str, ...]) -> str:
    return f"${{{number}|{','.join(words)}|}}"


_BLOCKS = (
    ("kader", "Een kader in de tekst", f"> [!{_choice(1, CALLOUTS)}] ${{2:Titel}}\n> ${{0:Tekst}}"),
    ("citaat", "Een citaat met naam", "> ${1:Wat iemand zei.}\n> — ${2:Noor}"),
    ("knop", "Een link als knop", "[${1:Neem contact op}](${2:contact.md}){.knop}"),
    ("download", "Een bestand om te downloaden", "[${1:Poster om te printen}](${2:poster.pdf}){.download}"),
    ("film", "Een link naar een film", "[${1:Bekijk de film}](${2:https://www.example.nl/film}){.video}"),
    (
        "beeld",
        "Een beeld in de tekst",
        '![${1:Wat er te zien is}](${2:flat.jpg} "${3:Onderschrift. Foto: Sanne de Vries}")',
    ),
    ("cijfer", "Een cijfer uit het register, met de bron", "{{ feit:${1:enveloppen} }}"),
    ("organisatie", "Een gegeven van de organisatie", f"{{{{ {_choice(1, SLOTS)} }}}}"),
    (
        "afvinken",
        "Een lijst om af te vinken",
        "- [ ] ${1:De zaal is open.}\n- [ ] ${2:De koffie staat klaar.}",
    ),
    (
        "tabel",
        "Een tabel",
        "| ${1:Dag} | ${2:Open} |\n| --- | --- |\n| ${3:maandag} | ${4:9 tot 12 uur} |",
    ),
    (
        "voetnoot",
        "Een voetnoot",
        "[^${1:telling}]\n\n[^${1:telling}]: ${2:We telden op een dinsdag.}",
    ),
    ("begrip", "Een begrip met uitleg", "${1:Briefadres}\n:   ${2:Een adres voor je post.}"),
    (
        "uitklappen",
        "Een stuk dat de lezer uitklapt",
        "<details>\n<summary>${1:Wat neem je mee?}</summary>\n\n${2:Een legitimatie.}\n\n</details>",
    ),
    ("notitie", "Een notitie die niet op de site komt", "<!-- ${1:Noor vragen of dit klopt} -->"),
)
