"""``preview``: one file of a story, to send to the person it is about."""

from __future__ import annotations

import sys
from pathlib import Path

from microsite.commands.errors import CommandError
from microsite.content.files import os_problem
from microsite.core.files import replace_file
from microsite.core.problems import Place, Problem, PublishError, Translate, nearest, text
from microsite.core.settings import AGREEMENT_FOLDER, BRAND_FILE, Options, Project
from microsite.publishing.maker import ArtifactMaker
from microsite.rendering.artifact import Artifact
from microsite.rendering.standalone import standalone
from microsite.session import Session
from microsite.site.agreement import file_name

LARGE = 10_000_000
"""Bytes from which many mail servers refuse a file."""


def brand_of(project: Project, file: Path) -> Path | None:
    """The folder of the member whose text this is; None for a national one."""
    for folder in file.resolve().parents:
        if folder.name == "content" and (folder.parent / BRAND_FILE).is_file():
            return folder.parent
    return None


def write(
    project: Project, brand: Path, file: Path, to: Path | None, options: Options, translate: Translate
) -> None:
    """Write the page of a text as one file, in the house style of a brand.

    ``to`` is that file; None chooses it. Raises CommandError, ProblemError.
    """
    path = _path_within(project, brand, file)
    target = _target(project, brand, path, to)
    with Session(project, options, lambda *_: None) as session:
        made, retries = None, session.retries()
        while made is None:
            with retries:
                made = _make(session, brand, path)
        page, problems = made
        session.prune_cache()  # of the copies of photos that no site shows
    if b'class="agreement"' not in page:
        raise CommandError(text("the templates of the campaign do not say above the page what it is"), _OWN)
    try:
        _make_folder(project, target)
        replace_file(target, page)
    except OSError as error:
        raise PublishError(os_problem(Place(project.display_path(target)), error)) from None
    for problem in session.to_report(problems):
        print(problem.render(translate), file=sys.stderr)
    print(text("made: {file}", file=project.display_path(target)).render(translate))
    if len(page) > LARGE:
        size = round(len(page) / 1_000_000)
        print(
            text(
                "it is {size} MB: too large for most mail, so hand it over in another way", size=size
            ).render(translate)
        )


_NAME_A_FILE = text("name a file, such as content/verhalen/amina.md")
_OWN = text("take your own base.html away, or put partials/agreement.html in it as ours does")


def _path_within(project: Project, brand: Path, file: Path) -> str:
    """The path of a text within the national or the member's ``content/``."""
    for folder in (brand / "content", project.folder("content")):
        if file.resolve().is_relative_to(folder.resolve()):
            path = file.resolve().relative_to(folder.resolve()).as_posix()
            if file.is_file() and path.endswith(".md"):
                return path
    shown = project.display_path(file)
    message = text("there is no text '{file}' in content/ or in the folder of this organisation", file=shown)
    texts = (project.display_path(one) for one in project.folder("content").rglob("*.md"))
    by_stem = {Path(one).stem: one for one in texts}
    near = nearest(file.stem, by_stem, 0.7)
    hint = text("did you mean '{near}'?", near=by_stem[near]) if near is not None else _NAME_A_FILE
    raise CommandError(message, hint)


def _target(project: Project, brand: Path, path: str, to: Path | None) -> Path:
    """The file to write: never where sites are made from, or where they are."""
    if to is None:
        own = brand.name if (brand / "content" / path).is_file() else ""
        target = project.root / AGREEMENT_FOLDER / file_name(path, own)
    else:
        target = to.resolve()
    places = (
        project.output,
        brand,
        *(project.root / part for part in ("content", "brands", "templates", "assets")),
    )
    if any(target.is_relative_to(place.resolve()) for place in places):
        message = text("{file} cannot be there: what is in that folder may be put online", file=target.name)
        raise CommandError(
            message, text("leave out --to, and it comes in {folder}/", folder=AGREEMENT_FOLDER)
        )
    return target


def _make_folder(project: Project, target: Path) -> None:
    """The folder of the file; in ours, git is told to leave it alone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    ignored = project.root / AGREEMENT_FOLDER / ".gitignore"
    if target.parent == ignored.parent and not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")


def _make(session: Session, brand: Path, path: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The file, and what is wrong with the text."""
    pipeline = session.pipeline()
    found = pipeline.for_agreement(session.files(brand), path)
    maker = pipeline.maker
    page = standalone(
        _bytes(maker, found.page), found.page.path, lambda name: _bytes(maker, found.files[name])
    )
    return page, found.problems


def _bytes(maker: ArtifactMaker, item: Artifact) -> bytes:
    ((_, content),) = maker.make([item], here=True)
    return content if isinstance(content, bytes) else content.read_bytes()
