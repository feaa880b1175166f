"""Pieces of HTML to use elsewhere, each on a page that shows it and tells how."""

from __future__ import annotations

from typing import Any

from microsite.rendering.templates import Template

SNIPPETS = ("signature", "story")
"""The names of the templates in ``web/`` that have one of their HTML beside them."""


def sheet(
    template: Template, snippet: Template | None, colours: tuple[tuple[str, str], ...], **context: Any
) -> bytes:
    """The page of a ``snippet``, which its template gets as ``code``: to be shown, and to be copied."""
    from microsite.rendering import jinja  # imported here: few processes render

    code = ""
    if snippet is not None:
        code = jinja.compiled(snippet).render({**context, "colours": dict(colours)}).strip()
    return jinja.compiled(template).render({**context, "colours": colours, "code": code}).encode()
