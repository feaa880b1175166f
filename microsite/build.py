"""The story of a build, for one site or five hundred."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from microsite import material, retired
from microsite.content.baselines import prune
from microsite.content.files import not_loaded, os_problem
from microsite.core.problems import Place, Problem, PublishError, errors, text, unique
from microsite.core.records import replace
from microsite.core.settings import BRAND_ID, MATERIAL_FOLDER, Options, Progress, Project, not_an_id
from microsite.publishing.manifest import Manifest
from microsite.publishing.publisher import PublishedSite
from microsite.publishing.result import Published, Result
from microsite.session import Session

if TYPE_CHECKING:
    from microsite.pipeline import PlannedSite
    from microsite.site.page import Page

MANY = 16
"""From this many sites on, those with nothing to do are recognised in parallel first."""


def build(
    project: Project,
    brands: Sequence[Path],
    options: Options,
    progress: Progress = lambda *_: None,
    every: bool = False,
) -> tuple[Result, ...]:
    """Bring the sites of these brands' folders up to date. Problems are in the results, never raised.

    The first site with changes is built alone, and with it what all sites share; the others
    follow in parallel. Those with the most work of their own come last, so that nobody waits for them.

    ``every``: these are all brands. The results are followed by those of other sites in the output
    folder that had to be removed or built, or are not known.
    """
    with Session(project, options, progress, len(brands)) as session:
        notices = session.notices()
        results = _unchanged_sites(session, brands) if len(brands) >= MANY else {}
        waiting = [folder for folder in brands if folder not in results]
        if len(waiting) > 1:
            waiting.sort(key=session.weight)
        while waiting:
            folder = waiting.pop(0)
            results[folder] = build_site(session, folder)
            progress("sites", len(results), len(brands))
            if results[folder].published.made:
                break
        if waiting:
            results |= _in_parallel(session, waiting, len(brands))
        others = tuple(_others(session, brands)) if every else ()
        versions: tuple[tuple[str, str], ...] = ()
        with contextlib.suppress(Exception):  # what fails here failed for each site, and is in its result
            versions = session.national_versions()
        with contextlib.suppress(OSError):  # the next build does it
            session.prune_cache()
        if brands:
            consents = _consents(session, results)
            told = (*consents, *notices, *session.notices())
            results[brands[0]] = _with_notices(results[brands[0]], told)
        found = (*(results[folder] for folder in brands), *others)
        return tuple(replace(result, national=versions) for result in found)


def _consents(session: Session, results: Mapping[Path, Result]) -> tuple[Problem, ...]:
    """What is to be reported of consents that were published before: once, not for each site."""
    published = [result.brand for result in results.values() if result.done or result.reduced]
    try:
        return session.consents.remember(published)
    except Exception:  # noqa: BLE001 -- what fails here failed for each site, and is in its result
        return ()


def check(
    project: Project, brands: Sequence[Path], options: Options, progress: Progress = lambda *_: None
) -> tuple[Result, ...]:
    """Every problem of a build, without publishing: all files are made and thrown away."""
    with Session(project, options, progress, len(brands)) as session:
        results = [check_site(session, folder) for folder in brands]
        with contextlib.suppress(Exception):  # what fails here failed for each site, and is in its result
            results[0] = _with_notices(results[0], session.consents.missing())
        return tuple(results)


def build_site(session: Session, folder: Path) -> Result:
    """Bring the site of the brand in ``folder`` up to date. Errors are in the result, never raised."""
    started = time.perf_counter()
    result, retries = None, session.retries()
    try:
        _check_name(folder)
        with _published_site(session, folder) as site:
            retired.remember_folder(session.project, folder)
            while result is None:
                with retries:
                    result = _update(session, folder, site)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is reported
        from microsite import reduced  # imports the pipeline

        result = reduced.report_overdue(session, folder, _failed(session, folder, error))
    result = _with_notices(result, session.notices())
    return replace(result, seconds=time.perf_counter() - started)


def check_site(session: Session, folder: Path) -> Result:
    """The problems of the site of the brand in ``folder``."""
    started = time.perf_counter()
    result, retries = None, session.retries()
    try:
        _check_name(folder)
        while result is None:
            with retries:
                result = _make_all(session, folder)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is reported
        result = _failed(session, folder, error)
    result = _with_notices(result, session.notices())
    return replace(result, seconds=time.perf_counter() - started)


def _check_name(folder: Path) -> None:
    if not BRAND_ID.fullmatch(folder.name):
        raise PublishError(Problem(Place(f"{folder.parent.name}/{folder.name}"), not_an_id(folder.name)))


def _update(session: Session, folder: Path, site: PublishedSite) -> Result:
    if site.new:
        session.preload()
    inputs = session.inputs(folder)
    if site.current(inputs) and material.is_current(session, folder.name, inputs):
        return _up_to_date(folder, site)
    session.preload()
    pipeline = session.pipeline()
    from microsite import reduced  # imports the pipeline, which is loaded by now

    files = session.files(folder)
    plan = pipeline.plan(files)
    pipeline.forget(plan)
    may_keep = partial(pipeline.may_keep, folder.name)
    baselines = prune(folder, may_keep, session.project.display_path(folder))
    problems = session.to_report((*plan.problems, *baselines, *moved(session, folder, plan, site.manifest())))
    try:
        if errors(problems):
            raise PublishError(*problems)
        with contextlib.suppress(OSError):  # only needed when a later build goes wrong
            reduced.keep_style(site.style, files)
        session.consents.begin()
        if session.cache_failed:  # what could not be forgotten: the next build tries again
            inputs = ""
        published = site.publish(replace(plan, problems=problems), inputs, pipeline.maker)
        beside = material.update(session, folder.name, inputs, plan)
        if (beside.written or beside.removed) and site.remove_zip():
            published = replace(published, zip_removed=True)
        published = published.joined(beside, f"{MATERIAL_FOLDER}/")
    except PublishError as error:
        failed = replace(_failed(session, folder, error), parsed=pipeline.parsed)
        overdue = reduced.overdue_pages(site, plan)
        return reduced.publish_without(session, folder, site, overdue, failed) if overdue else failed
    theirs = tuple(material.to_look_at(session, folder.name, beside))
    done = _with_notices(_up_to_date(folder, site), theirs)
    return replace(done, published=published, parsed=pipeline.parsed)


def published(session: Session, folder: Path) -> Manifest:
    """What is known of a brand's site as it is now, for who publishes nothing. Nothing is raised."""
    try:
        return _published_site(session, folder).manifest()
    except OSError:
        return Manifest()


def moved(session: Session, folder: Path, plan: PlannedSite, before: Manifest) -> tuple[Problem, ...]:
    """What to report of pages that were at another address in the site of ``before``.

    Those of the campaign are reported for its own site, and not for that of each member.
    """
    from microsite.publishing.renamed import renamed_pages
    from microsite.site.moved import moved_stories

    own, fingerprints = _own_pages(session, folder, plan), session.pipeline().maker.fingerprints
    renamed = renamed_pages(own, plan.admission, before, fingerprints)
    national = _is_national(session, folder)
    return (*renamed, *(moved_stories(plan.admission, before.people) if national else ()))


def _make_all(session: Session, folder: Path) -> Result:
    pipeline = session.pipeline()
    plan = pipeline.plan(session.files(folder))
    problems = session.to_report((*plan.problems, *moved(session, folder, plan, published(session, folder))))
    if not errors(problems):
        for _ in pipeline.maker.make([item for item in plan.artifacts if not item.shared]):
            pass
    shown = session.project.output / folder.name
    done = not errors(problems)
    advice = (*plan.advice, *unique(_picture_advice(session, folder, plan)))
    return Result(folder.name, shown, Published(), problems, done, parsed=pipeline.parsed, advice=advice)


def _picture_advice(session: Session, folder: Path, plan: PlannedSite) -> Iterator[Problem]:
    """What to say of pictures. Those of the campaign are told with its own site only."""
    from microsite.site.picture_advice import picture_advice

    layers = [session.files(folder).subfolder("content")]
    if _is_national(session, folder):
        layers.append(session.pipeline().national.layer)
    yield from picture_advice(_own_pages(session, folder, plan), plan.library.images, layers)


def _own_pages(session: Session, folder: Path, plan: PlannedSite) -> list[Page]:
    """The pages that are reported of with this site: all of the campaign's own, those that a member added."""
    national = _is_national(session, folder)
    pages = (*plan.library.pages, *plan.library.translations)
    return [page for page in pages if national or page.document.local]


def _is_national(session: Session, folder: Path) -> bool:
    pipeline = session.pipeline()
    return pipeline.campaign is None or pipeline.audience(folder.name) == "national"


# ── many sites ──


def _unchanged_sites(session: Session, brands: Sequence[Path]) -> dict[Path, Result]:
    """The results of the sites with nothing to do, recognised in parallel.

    Nobody looks for them when the first and the last are no such sites: then most often none is.
    """
    ends = {folder: _unchanged(session, folder) for folder in (brands[0], brands[-1])}
    known = {folder: result for folder, result in ends.items() if result is not None}
    rest = brands[1:-1] if known else ()
    try:
        found = list(session.spread(lambda folder: _unchanged(session, folder), rest))
    except (EOFError, OSError):
        return known
    return known | {rest[i]: result for i, result in found if result is not None}


def _unchanged(session: Session, folder: Path) -> Result | None:
    started = time.perf_counter()
    try:
        with _published_site(session, folder) as site:
            inputs = session.inputs(folder)
            if not (site.current(inputs) and material.is_current(session, folder.name, inputs)):
                return None
            retired.remember_folder(session.project, folder)
            result = _up_to_date(folder, site)
    except Exception:  # noqa: BLE001 -- building the site reports it
        return None
    result = _with_notices(result, session.notices())
    return replace(result, seconds=time.perf_counter() - started)


def _in_parallel(session: Session, brands: Sequence[Path], total: int) -> dict[Path, Result]:
    """The results by folder. A site at which a process is killed fails; the others are built."""
    found: dict[Path, Result] = {}
    with contextlib.suppress(EOFError, OSError):  # a process was killed, or could not be started
        for i, result in session.spread(lambda folder: build_site(session, folder), brands):
            found[brands[i]] = result
            session.progress("sites", total - len(brands) + len(found), total)
    return found | {folder: _apart(session, folder) for folder in brands if folder not in found}


def _apart(session: Session, folder: Path) -> Result:
    """The result of a site that is built in a process of its own, where possible."""
    try:
        ((_, result),) = session.spread(lambda folder: build_site(session, folder), [folder], worth=1)
    except EOFError:
        return _failed(session, folder, PublishError(_killed(folder)))
    except OSError:
        return build_site(session, folder)
    return result


def _killed(folder: Path) -> Problem:
    return Problem(
        Place(folder.name),
        text("the building of this site was stopped from outside"),
        text("see whether there is enough memory, or choose fewer --jobs, and build again"),
    )


# ── sites of other brands ──


def _others(session: Session, brands: Sequence[Path]) -> Iterator[Result]:
    """Remove the sites of brands that left; build those elsewhere that show who may not be shown."""
    for id in retired.others(session.project, {folder.name for folder in brands}):
        try:
            folder = retired.brand_folder(session.project, id)
            if folder is not None and retired.has_left(folder):
                yield retired.remove(session, id, folder)
                continue
            overdue = retired.overdue_pages(session, id, folder)
            if folder is None:
                yield retired.unknown(session, id, overdue)
            elif overdue:
                yield build_site(session, folder)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is reported
            yield _failed(session, session.project.output / id, error)


# ── results ──


def _with_notices(result: Result, notices: tuple[Problem, ...]) -> Result:
    """The result, also telling what was mended of our own files in this build."""
    return replace(result, problems=(*result.problems, *notices)) if notices else result


def _failed(session: Session, folder: Path, error: Exception) -> Result:
    """The result of a site that could not be built."""
    shown = session.project.output / folder.name
    if isinstance(error, PublishError):
        problems = error.problems
    elif isinstance(error, ImportError):
        problems = (not_loaded(Place(folder.name), error),)
    elif isinstance(error, OSError):
        problems = (os_problem(Place(session.project.display_path(shown)), error),)
    else:
        problems = (_bug(folder, error),)
    return Result(folder.name, shown, Published(), session.to_report(problems), False)


def _bug(folder: Path, error: Exception) -> Problem:
    """An unexpected exception, with the place in our code."""
    import traceback  # seldom needed

    last = traceback.extract_tb(error.__traceback__)[-1]
    return Problem(
        Place(folder.name),
        text("this site could not be made: {reason}", reason=f"{type(error).__name__}: {error}"),
        text(
            "this is a mistake in the program ({place}); tell its makers",
            place=f"{Path(last.filename).name}:{last.lineno}",
        ),
    )


def _published_site(session: Session, folder: Path) -> PublishedSite:
    shown = session.project.output / folder.name
    return PublishedSite(shown, session.project.display_path(shown), session.mended)


def _up_to_date(folder: Path, site: PublishedSite) -> Result:
    """The result for a site that matches its inputs."""
    known = site.manifest()
    published = Published(zip_removed=site.remove_zip(unless=known))
    return Result(
        folder.name, site.folder, published, known.problems, True, advice=known.advice, own=known.own
    )
