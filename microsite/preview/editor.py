"""Links that open a file in the editor of whoever looks at the preview, at the right line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from microsite.core.problems import Text, did_you_mean, text
from microsite.core.records import Record

VARIABLE = "MICROSITE_EDITOR"
"""The environment variable that names an editor of ``EDITORS``, or has a template of its own."""

EDITORS: Mapping[str, str] = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "idea": "idea://open?file=/{path}&line={line}&column={column}",
    "sublime": "subl://open?url=file:///{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file:///{path}&line={line}&column={column}",
    "none": "",
}
"""The addresses that editors answer to. ``path`` is absolute, without its first slash."""

DEFAULT = "vscode"


class Editor(Record):
    """``template`` is the address to open, with ``{path}``, ``{line}`` and ``{column}``; "" for no links."""

    template: str = EDITORS[DEFAULT]

    def link(self, file: Path, line: int = 1, column: int = 1) -> str:
        values = {"line": str(max(line, 1)), "column": str(max(column, 1))}
        found = self.template
        for name, value in {**values, "path": quote(file.as_posix().lstrip("/"), safe="/:")}.items():
            found = found.replace(f"{{{name}}}", value)
        return found


def editor_of(chosen: str) -> tuple[Editor, tuple[Text, ...]]:
    """The editor that ``VARIABLE`` names, and what to say where there is none of that name."""
    if not chosen:
        return Editor(), ()
    if chosen in EDITORS:
        return Editor(EDITORS[chosen]), ()
    scheme, colon, _ = chosen.partition(":")
    if colon and "{path}" in chosen and scheme.isascii() and scheme.replace("-", "").isalnum():
        return Editor(chosen), () if scheme.lower() not in _SCRIPTS else (_unknown(chosen),)
    hint = did_you_mean(chosen, EDITORS, _OWN)
    return Editor(), (_unknown(chosen), *((hint,) if hint else ()))


_SCRIPTS = frozenset({"javascript", "data", "vbscript"})
_OWN = text("write the address that opens a file in yours: {example}", example=EDITORS[DEFAULT])


def _unknown(chosen: str) -> Text:
    return text("{variable} names no editor that is known here: '{name}'", variable=VARIABLE, name=chosen)
