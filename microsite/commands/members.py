"""The commands for members: begin a brand, keep it in step, take its site along. Asks and tells."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from microsite.brand.brand_file import BrandFile
from microsite.commands.brand_folder import (
    Beginning,
    Impossible,
    Override,
    accept,
    begin,
    diff,
    good_colour,
    good_logo,
    good_name,
    left_out,
    overrides,
    refuse_folder,
)
from microsite.commands.compare import Change
from microsite.content import schema
from microsite.content import yaml as notation
from microsite.content.files import decode
from microsite.core.problems import Text, Translate, did_you_mean, text
from microsite.core.settings import BRAND_FILE, PACKED, Project
from microsite.publishing import packing
from microsite.publishing.publisher import PublishedSite

DONE, PROBLEMS = 0, 1


def new_brand(project: Project, id: str, given: Sequence[str | None], say: Translate) -> int:
    """Make ``brands/<id>/``. ``given`` are name, logo and colour; what is None is asked for."""
    name, logo, colour = given
    folder = project.root / "brands" / id
    try:
        refuse_folder(folder)
        beginning = Beginning(
            _good(good_name, name, text("What is the organisation called?"), say),
            _good(good_logo, logo, text("Where is the logo (an SVG or PNG file)?"), say),
            _good(good_colour, colour, text("Which colour (such as '#c93a1e')?"), say),
        )
        written = begin(folder, beginning, say)
    except Impossible as impossible:
        return _refuse(impossible, say)
    for file in written:
        print(text("made: {file}", file=project.name_of(file)).render(say))
    print(text("See it with: make serve BRAND={id}", id=id).render(say))
    return DONE


def accept_changes(project: Project, brand: Path, paths: Sequence[str], day: dt.date, say: Translate) -> int:
    """Note for these pages (all, when none is named) that the changes stand on the national text of now."""
    try:
        for override in _chosen(project, brand, paths):
            noted = accept(override, keep=_is_shown(override, day, say))
            sentence = text("{path}: accepted") if noted else text("{path}: was accepted already")
            print(Text(sentence.sentence, (("path", override.path),)).render(say))
    except Impossible as impossible:
        return _refuse(impossible, say)
    return DONE


def show_changes(project: Project, brand: Path, paths: Sequence[str], day: dt.date, say: Translate) -> int:
    """What has changed nationally under a member's changes, and what the member has instead."""
    told = shown = False
    called = brand.name if brand.parent == project.part("brands") else shlex.quote(str(brand))
    try:
        for override in _chosen(project, brand, paths):
            if not _is_shown(override, day, say):
                told = True
                continue
            found = diff(override)
            if found is None:
                continue
            told = shown = True
            print(override.path)
            if not found.known:
                print(text("  it was not kept how this page was; this is how it is now").render(say))
            for change in found.changes:
                _compare(change, say)
            own = project.name_of(override.own)
            print(text("  yours is in {file}; when it is right:", file=own).render(say))
            print(f"    python3 build.py accept {called} {override.path}\n")
        if shown:
            print(text("Between « and » stands what is different.").render(say))
    except Impossible as impossible:
        return _refuse(impossible, say)
    if not told:
        print(text("nothing has changed nationally under your changes").render(say))
    return DONE


def _is_shown(override: Override, day: dt.date, say: Translate) -> bool:
    """Whether the national page may be shown; tells why where it may not."""
    reason = left_out(override, day)
    if reason is not None:
        print(f"{override.path}: {reason.render(say)}")
    return reason is None


def _compare(change: Change, say: Translate) -> None:
    """One change, as three short texts under what it is of."""
    number = change.paragraph
    print("  " + (text("the text, paragraph {number}", number=number).render(say) if number else change.key))
    own = text("(as it is nationally)") if change.own is None else text("(not in your text)")
    for label, written, otherwise in (
        (text("then:"), change.then, text("(was not there)")),
        (text("now:"), change.now, text("(is gone)")),
        (text("yours:"), change.own, own),
    ):
        begin = f"    {label.render(say)} ".ljust(12)
        body = written or otherwise.render(say)
        print(textwrap.fill(" ".join(body.split()), 96, initial_indent=begin, subsequent_indent=" " * 12))


def pack(project: Project, brand: Path, host: str | None, to: Path | None, say: Translate) -> int:
    """Make a ZIP of the site as it stands in the output folder, with how to put it online."""
    shown = project.output / brand.name
    target = (to or project.output / f"{brand.name}{PACKED}").absolute()
    file = _settings(brand)
    url = file.address
    instructions = packing.guide(file.name, url, urlsplit(url).path or "/", host or file.host or "", say)
    with PublishedSite(shown, project.name_of(shown)) as site:
        packing.write(target, site.folder, site.manifest().files, instructions)
    size = f"{target.stat().st_size / 1_000_000:.1f}"
    shown_as = to or project.name_of(target)
    made = text(
        "packed: {file} ({size} MB); {guide} in it says what to do",
        file=shown_as,
        size=size,
        guide=packing.GUIDE,
    )
    print(made.render(say))
    return DONE


def _settings(brand: Path) -> BrandFile:
    """What brand.yaml says, of a brand whose site could be built."""
    file = brand / BRAND_FILE
    record = schema.read(BrandFile, notation.tree(decode(file.read_bytes(), file.name), file.name)).record
    if record is None:
        raise Impossible(text("{file} cannot be read", file=file.name))
    return record


def _chosen(project: Project, brand: Path, paths: Sequence[str]) -> tuple[Override, ...]:
    known = {override.path: override for override in overrides(project.part("content"), brand)}
    for path in paths:
        if path not in known:
            raise Impossible(
                text("'{path}' does not change a national page", path=path),
                *filter(None, [did_you_mean(path, known)]),
            )
    return tuple(known[path] for path in paths) or tuple(known.values())


T = TypeVar("T")


def _good(check: Callable[[str], T], given: str | None, question: Text, say: Translate) -> T:
    """What was given, when it can be used; else a person is asked, and at a terminal as often as it takes."""
    if given is not None:
        return check(given)
    while True:
        try:
            return check(input(f"{question.render(say)} ").strip())
        except EOFError:
            raise Impossible(text("say it on the command line: --name, --logo, --colour")) from None
        except Impossible as impossible:
            if not sys.stdin.isatty():
                raise
            _refuse(impossible, say)


def _refuse(impossible: Impossible, say: Translate) -> int:
    for sentence in impossible.args:
        print(sentence.render(say), file=sys.stderr)
    return PROBLEMS
