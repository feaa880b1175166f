"""The sentences of the program in the languages that people read. English is in the code itself."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from microsite.core.problems import Translate

FOLDER = Path(__file__).resolve().parents[1] / "locale"
DOMAIN = "microsite"


def file(language: str) -> Path:
    """The compiled catalogue of a language; it need not exist."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; an empty one, which leaves English, where there is none."""
    path = file(language)
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream)


@cache
def spoken(language: str) -> bool:
    """Are the sentences there in this language? In English they are."""
    return language == "en" or file(language).is_file()


def translator(language: str) -> Translate:
    return translations(language).gettext
