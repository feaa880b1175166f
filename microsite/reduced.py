"""A site without the files that have errors, of the member or of the campaign.

It is published when the last good site shows a page that may no longer be shown.
A house style with errors is replaced by a copy of that of the last good site.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec import msgpack

from microsite import material
from microsite.content.files import Layer, Source, in_memory, os_problem
from microsite.core.files import replace_file, seal, unseal
from microsite.core.problems import Place, Problem, PublishError, errors, text, unique
from microsite.core.records import replace
from microsite.core.settings import ZIP_SUFFIX
from microsite.loading import FONTS, IMAGES
from microsite.pipeline import Pipeline, PlannedSite
from microsite.publishing.publisher import PublishedSite
from microsite.publishing.result import Result
from microsite.session import Session

_STYLE = IMAGES | FONTS | {".yaml", ".json"}


def keep_style(file: Path, layer: Layer) -> None:
    """Save a copy of the files of a brand's house style."""
    kept = {source.path: source.read() for source in _style(layer) if source.suffix in _STYLE}
    replace_file(file, seal(msgpack.encode(kept)))


def _kept_style(file: Path, layer: str, display_path: str, mended: Callable[[Path], None]) -> Layer:
    """The house style that was saved; an empty layer when there is none that can be read."""
    files: dict[str, bytes] = {}
    if file.exists():
        data = unseal(file.read_bytes())
        if data is None:
            mended(file)
        else:
            files = msgpack.decode(data, type=dict[str, bytes])
    return in_memory(layer, display_path, files)


def overdue_pages(site: PublishedSite, plan: PlannedSite) -> tuple[str, ...]:
    """The texts on the published site that may no longer be shown, and the copies of photos."""
    photos = [digest for digest, terms in plan.admission.photos.items() if "web" not in terms.channels]
    return (*plan.admission.to_remove(*site.shown()), *(site.showing(photos) if photos else ()))


def report_overdue(session: Session, folder: Path, failed: Result) -> Result:
    """The result of a build that ended before it could be known what was to go, telling what still is there.

    ``failed`` is returned where that cannot be found out either.
    """
    with contextlib.suppress(Exception):  # whatever it is, it is in the result
        shown = session.project.output / folder.name
        site = PublishedSite(shown, session.project.display_path(shown))
        if overdue := overdue_pages(site, session.pipeline().plan(session.files(folder))):
            return _urgent(session, folder, site, overdue, failed)
    return failed


def publish_without(
    session: Session, folder: Path, site: PublishedSite, overdue: tuple[str, ...], failed: Result
) -> Result:
    """Publish the site without the files that have errors, where that is possible.

    ``failed`` is the result of the complete site. Where the reduced site has errors
    too, the packed site is removed and the overdue pages are reported first.
    """
    pipeline = session.pipeline()
    name = session.project.display_path(folder)
    style = _kept_style(site.style, folder.name, name, session.mended)
    problems = failed.problems
    try:
        plan = _plan_without_errors(pipeline, session.files(folder), style)
        if plan is not None:
            published = site.publish(replace(plan, problems=()), _REDUCED, pipeline.maker)
            beside = material.update(session, folder.name, _REDUCED, plan)
            theirs = material.to_look_at(session, folder.name, beside)
            reduced = Problem(Place(name), REDUCED.format(count=len(overdue)), _MEND, "warning")
            return replace(failed, published=published, problems=(reduced, *problems, *theirs), reduced=True)
    except PublishError as error:
        problems = unique((*problems, *error.problems))
    return _urgent(session, folder, site, overdue, replace(failed, problems=problems))


def _urgent(
    session: Session, folder: Path, site: PublishedSite, overdue: tuple[str, ...], failed: Result
) -> Result:
    """Remove the packed site and the material, and report first which pages are overdue."""
    problems = failed.problems
    try:
        site.remove_zip()
        material.remove(session, folder.name)
    except PublishError as error:
        problems = (*problems, *error.problems)
    except OSError as error:
        problems = (*problems, os_problem(Place(f"{site.name}{ZIP_SUFFIX}"), error))
    urgent = Problem(
        Place(session.project.display_path(folder)),
        OVERDUE.format(count=len(overdue)),
        _TAKE_OFF.format(pages=", ".join(overdue)),
    )
    return replace(failed, problems=(urgent, *problems), overdue=len(overdue))


_REDUCED = "reduced"
"""The ``inputs`` of a reduced site: never equal to a digest, so no build takes it for up to date."""

REDUCED = text("published without what is wrong here: {count} texts or photos may not be shown any more")
OVERDUE = text("URGENT: the site that stays shows {count} texts or photos that may not be shown any more")
_MEND = text("mend what is told here: then all of it is shown again")
_TAKE_OFF = text("mend what is told here today, or take these pages offline yourself: {pages}")


def _plan_without_errors(pipeline: Pipeline, files: Layer, style: Layer) -> PlannedSite | None:
    """The plan without the files that have errors; None when there can be no site without them.

    ``style`` is the saved house style.
    """
    without: frozenset[str] = frozenset()
    while True:
        plan = pipeline.plan(files, without=without)
        faulty = {problem.place.path for problem in errors(plan.problems)}
        if not faulty:
            return plan
        if national := faulty & pipeline.dispensable:
            without |= national
            continue
        fewer = _without(files, faulty, style)
        if fewer.sources == files.sources and not files.problems:
            if not _texts(files):
                return None
            fewer = Layer(files.name, _style(files))
        files = fewer


def _without(layer: Layer, faulty: AbstractSet[str], style: Layer) -> Layer:
    texts = tuple(source for source in _texts(layer) if source.name not in faulty)
    elsewhere = faulty - {source.name for source in _texts(layer)}
    kept = style.sources if elsewhere and style.sources else _style(layer)
    return Layer(layer.name, (*kept, *texts), rejected=layer.rejected)


def _texts(layer: Layer) -> tuple[Source, ...]:
    return tuple(source for source in layer.sources if source.path.startswith("content/"))


def _style(layer: Layer) -> tuple[Source, ...]:
    return tuple(source for source in layer.sources if not source.path.startswith("content/"))
