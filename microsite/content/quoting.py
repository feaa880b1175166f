"""Values between quotes, as an author has to type them so that YAML reads what was typed."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r'[\\"]')


def quoted(value: str) -> str:
    """One line of printable text as a YAML scalar, in the quotes that need the least escaping.

    A doubled apostrophe is easily taken for a quote, so a value with quotes of both kinds gets backslashes.
    """
    if not _ESCAPED.search(value):
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return '"' + _ESCAPED.sub(r"\\\g<0>", value) + '"'
