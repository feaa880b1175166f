"""The material of a site, in a folder beside it: ``output/<id>.materiaal/``.

It is made when a site is packed. Every other build only keeps in it what is as it would be made now: who may
not be shown any more is on none of it, and neither is what has changed.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from microsite.core.problems import Place, Problem, PublishError, text
from microsite.core.records import replace
from microsite.core.settings import MATERIAL_FOLDER, Project
from microsite.publishing.publisher import PublishedSite
from microsite.publishing.result import Published
from microsite.publishing.swap import backup_file
from microsite.rendering.artifact import Plan
from microsite.session import Session

EDITED = (".docx", ".pptx")
"""What people fill in: their own versions stay, in the folder and out of the pack."""

_KEPT = " kept"
"""Behind the ``inputs`` of a folder in which material may be missing."""


def folder(project: Project, id: str) -> Path:
    return project.output / f"{id}.{MATERIAL_FOLDER}"


def published(session: Session, id: str) -> PublishedSite:
    """The material of the site with this id. Its files are published as those of a site are."""
    place = folder(session.project, id)
    return PublishedSite(place, session.project.display_path(place), session.mended, EDITED)


def is_current(session: Session, id: str, inputs: str) -> bool:
    """Whether there is nothing to do. ``inputs`` is the digest of everything that the site is made from."""
    if not session.options.packed and not folder(session.project, id).is_dir():
        return True
    with published(session, id) as material:
        return material.current(inputs) or (not session.options.packed and material.current(inputs + _KEPT))


def update(session: Session, id: str, inputs: str, plan: Plan) -> Published:
    """Make all material when the site is packed, else remove what has changed. Returns what has changed.

    Other people's files are told of when something beside them is not planned any more: see ``to_look_at``.
    """
    maker, whole = session.pipeline().maker, session.options.packed
    if not (whole or folder(session.project, id).is_dir()):
        return Published()
    with published(session, id) as material:
        written = inputs if whole else inputs + _KEPT
        done = material.publish(Plan(plan.material), written, maker, only_keep=not whole)
    gone = {*done.removed}.difference(item.path for item in plan.material)
    return done if gone else replace(done, others=())


def to_look_at(session: Session, id: str, done: Published) -> Iterator[Problem]:
    """What to report of people's own files in a folder from which something was removed."""
    name = session.project.display_path(folder(session.project, id))
    for path in done.others:
        yield Problem(Place(f"{name}/{path}"), _THEIRS, _LOOK, "warning")


_THEIRS = text("this file is not of the program, so it stays, while material beside it was taken away")
_LOOK = text("look whether somebody is in it who withdrew; keep what you fill in in another folder")


def remove(session: Session, id: str) -> None:
    """Remove all material of a site that may show who must not be shown, or whose brand left.

    Raises PublishError when there are other people's files among it: these stay.
    """
    place = folder(session.project, id)
    if place.is_dir():
        with published(session, id) as material:
            done = material.publish(Plan(()), "", session.pipeline().maker)
        with contextlib.suppress(OSError):  # a link, or files that are not ours
            place.rmdir()
        if done.others:
            raise PublishError(*to_look_at(session, id, done))
    shutil.rmtree(session.project.state_folder / place.name, ignore_errors=True)
    backup_file(place).unlink(missing_ok=True)
