"""The languages that a page can have: what each calls itself, and how it runs. Data only.

A page's file says its language by its name: ``contact.en.md`` is ``contact.md`` in English.
"""

from __future__ import annotations

import posixpath
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
"""By code (BCP 47), the site's first languages first."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa"})


def direction(language: str) -> str:
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@cache
def translated(path: str) -> tuple[str, str]:
    """(the page that the file at this path translates, the language); its own path and "" for most."""
    stem, suffix = posixpath.splitext(path)
    original, _, language = stem.rpartition(".")
    return (f"{original}{suffix}", language) if original and language in NAMES else (path, "")


def decimal(number: str, language: str) -> str:
    """A number as the language writes it: ``1.2`` is ``1,2`` in Dutch."""
    return number if language in ("en", "zh") else number.replace(".", ",")
