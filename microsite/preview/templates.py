"""The templates of the preview itself. They are not the campaign's: those may be what is broken."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from microsite.core.fingerprints import digest
from microsite.core.problems import Translate, text
from microsite.rendering import jinja
from microsite.rendering.templates import CodeCache, Template, TemplateSet

FOLDER = Path(__file__).resolve().parent / "templates"

_LANGUAGE = text("en")  # translated as the code of the language


def render(name: str, translate: Translate, code_cache: CodeCache | None, /, **context: Any) -> str:
    templates = _templates(translate(_LANGUAGE.sentence), code_cache)
    return jinja.compiled(Template(name, "", templates)).render(context)


@cache
def _templates(language: str, code_cache: CodeCache | None) -> TemplateSet:
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.html"))}
    return TemplateSet(digest("\n".join(texts.values()).encode()), texts, language, code_cache=code_cache)
