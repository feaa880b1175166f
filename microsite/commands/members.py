"""``diff`` and ``accept``: what a member changes of national pages."""

from __future__ import annotations

import datetime as dt
import shlex
import textwrap
from collections.abc import Sequence
from pathlib import Path

from microsite.commands.compare import Change
from microsite.commands.errors import CommandError
from microsite.commands.overrides import Override, accept, diff, overrides, withheld_reason
from microsite.core.problems import Text, Translate, did_you_mean, text
from microsite.core.settings import Project


def accept_changes(
    project: Project, brand: Path, paths: Sequence[str], day: dt.date, translate: Translate
) -> None:
    """Mark the overrides of these pages, or all, as made for the current national pages."""
    for override in _chosen(project, brand, paths):
        noted = accept(override, keep=_is_shown(override, day, translate))
        sentence = text("{path}: accepted") if noted else text("{path}: was accepted already")
        print(Text(sentence.sentence, (("path", override.path),)).render(translate))


def show_changes(
    project: Project, brand: Path, paths: Sequence[str], day: dt.date, translate: Translate
) -> None:
    """Print what has changed in the national pages under a member's overrides."""
    anything = shown = False
    called = brand.name if brand.parent == project.folder("brands") else shlex.quote(str(brand))
    for override in _chosen(project, brand, paths):
        if not _is_shown(override, day, translate):
            anything = True
            continue
        found = diff(override)
        if found is None:
            continue
        anything = shown = True
        print(override.path)
        if not found.known:
            print(text("  it was not kept how this page was; this is how it is now").render(translate))
        for change in found.changes:
            _compare(change, translate)
        own = project.display_path(override.own)
        print(text("  yours is in {file}; when it is right:", file=own).render(translate))
        print(f"    python3 build.py accept {called} {override.path}\n")
    if shown:
        print(text("Between « and » stands what is different.").render(translate))
    if not anything:
        print(text("nothing has changed nationally under your changes").render(translate))


def _is_shown(override: Override, day: dt.date, translate: Translate) -> bool:
    """Whether the national page may be shown; prints the reason when it may not."""
    reason = withheld_reason(override, day)
    if reason is not None:
        print(f"{override.path}: {reason.render(translate)}")
    return reason is None


def _compare(change: Change, translate: Translate) -> None:
    """Print one change: the old, new and overriding text."""
    number = change.paragraph
    print(
        "  "
        + (text("the text, paragraph {number}", number=number).render(translate) if number else change.key)
    )
    own = text("(as it is nationally)") if change.own is None else text("(not in your text)")
    for label, written, otherwise in (
        (text("then:"), change.then, text("(was not there)")),
        (text("now:"), change.now, text("(is gone)")),
        (text("yours:"), change.own, own),
    ):
        begin = f"    {label.render(translate)} ".ljust(12)
        body = written or otherwise.render(translate)
        print(textwrap.fill(" ".join(body.split()), 96, initial_indent=begin, subsequent_indent=" " * 12))


def _chosen(project: Project, brand: Path, paths: Sequence[str]) -> tuple[Override, ...]:
    known = {override.path: override for override in overrides(project.folder("content"), brand)}
    for path in paths:
        if path not in known:
            raise CommandError(
                text("'{path}' does not change a national page", path=path),
                *filter(None, [did_you_mean(path, known)]),
            )
    return tuple(known[path] for path in paths) or tuple(known.values())
