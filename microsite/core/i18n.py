"""Translations of the program's messages: gettext catalogues. English is in the code."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from microsite.core.problems import Translate

FOLDER = Path(__file__).resolve().parents[1] / "locale"
DOMAIN = "microsite"


def file(language: str) -> Path:
    """Return the path of the compiled catalogue for a language code, whether it exists or not."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language, or an empty one, which leaves the messages in English."""
    path = file(language)
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream)


@cache
def is_available(language: str) -> bool:
    """Whether the messages exist in this language; English always does."""
    return language == "en" or file(language).is_file()


def translator(language: str) -> Translate:
    """Return the function that translates a message into this language."""
    return translations(language).gettext
