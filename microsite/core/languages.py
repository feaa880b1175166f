"""The languages that a page can be written in, with their names, directions and file names.

A translation has the language code in its file name: ``contact.en.md`` is ``contact.md`` in English.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache

NAMES = {
    "nl": "Nederlands",
    "en": "English",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "fy": "Frysk",
    "pap": "Papiamentu",
    "pl": "Polski",
    "ru": "Русский",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}
"""Each language's own name by its code (BCP 47), in the order in which languages are offered."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa"})


def direction(language: str) -> str:
    """Return the value of HTML's ``dir`` attribute."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@cache
def translated(path: str) -> tuple[str, str]:
    """Return (path of the page that this file translates, language code), or (path, "") for an original."""
    stem, suffix = posixpath.splitext(path)
    original, _, language = stem.rpartition(".")
    return (f"{original}{suffix}", language) if original and language in NAMES else (path, "")


_SEEMS_LANGUAGE = re.compile(r"(.+)\.([a-z]{2}(?:[-_][a-z0-9]{2,4})?|pap)", re.IGNORECASE)


def seems_translated(path: str) -> tuple[str, str]:
    """Return (path, language code) as ``translated`` does, for a file that is none but seems meant so."""
    stem, suffix = posixpath.splitext(path)
    found = _SEEMS_LANGUAGE.fullmatch(stem)
    return (f"{found[1]}{suffix}", found[2]) if found and not translated(path)[1] else (path, "")


def decimal(number: str, language: str) -> str:
    """Return a number with the decimal separator of the language: ``1.2`` is ``1,2`` in Dutch."""
    return number if language in ("en", "zh") else number.replace(".", ",")
