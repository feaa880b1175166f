"""Taking away what stood on some channels only: the rest of a consent stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from microsite.content.consent import Channel, normalized
from microsite.content.documents import Document
from microsite.content.files import os_reason
from microsite.core.files import replace_file
from microsite.core.problems import Place, Problem, Translate, errors, text
from microsite.core.records import Record, replace
from microsite.core.settings import MATERIAL_FOLDER, NATIONAL, Options, Progress, Project
from microsite.pipeline import Pipeline, PlannedSite
from microsite.publishing.publisher import PublishedSite
from microsite.publishing.result import Result
from microsite.session import Session
from microsite.withdraw.carry_out import AGAIN, NOT_CHANGED, Report, rebuild
from microsite.withdraw.edits import Scoped, without_channels
from microsite.withdraw.impact import Impact, foresee, was_packed
from microsite.withdraw.target import CannotWithdraw, Target, find_target


class Narrowing(Record):
    """What taking ``channels`` out of a consent changes.

    ``texts`` are the new texts by path within ``content/``. ``gone`` are the published files that go, by
    brand; ``left`` are the channels that stay. ``packed`` are the brands that have a ZIP.
    """

    ref: str
    channels: tuple[Channel, ...]
    left: tuple[Channel, ...]
    texts: Mapping[str, bytes]
    gone: Mapping[str, tuple[str, ...]]
    packed: tuple[str, ...]


class Narrowed(Record):
    """What was done. ``problems`` are steps that could not be done."""

    narrowing: Narrowing
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]

    @property
    def done(self) -> bool:
        return not errors(self.problems) and not any(result.overdue for result in self.results)


def foresee_channels(
    session: Session, wanted: str, channels: Sequence[Channel], brands: Sequence[Path]
) -> Narrowing:
    """What taking these channels out of a consent changes. Changes nothing. Raises CannotWithdraw."""
    pipeline = session.pipeline()
    target = find_target(wanted, pipeline.national, session.consents.load())
    scoped = dict(_scoped(pipeline, target, channels))
    left = {channel for one in scoped.values() for channel in one.left}
    if not left:
        raise CannotWithdraw(Problem(Place(NATIONAL + next(iter(scoped))), _NOTHING_LEFT, _WHOLE))
    without = pipeline.with_documents(_narrowed(pipeline.national.documents, target, channels))
    gone = {}
    for folder in brands:
        files = session.files(folder)
        before, after = (_paths(planned.plan(files)) for planned in (pipeline, without))
        shown = _published(session.project, folder.name)
        gone[folder.name] = tuple(path for path in sorted(before - after) if path in shown)
    return Narrowing(
        target.ref,
        tuple(channels),
        tuple(sorted(left)),
        {path: one.data for path, one in scoped.items()},
        gone,
        tuple(folder.name for folder in brands if was_packed(session.project, folder.name)),
    )


def foresee_change(
    session: Session, wanted: str, channels: Sequence[Channel], brands: Sequence[Path]
) -> Impact | Narrowing:
    """What a withdrawal changes: of these channels, or without any of everything. See ``foresee``."""
    if channels:
        return foresee_channels(session, wanted, channels, brands)
    return foresee(session, wanted, brands)


def narrow(
    project: Project,
    brands: Sequence[Path],
    options: Options,
    narrowing: Narrowing,
    translate: Translate,
    progress: Progress = lambda *_: None,
    report: Report = lambda _: None,
) -> Narrowed:
    """Change the consent, and make all sites, material and ZIPs again. What fails is in the outcome."""
    problems = [*_write(project, narrowing)]
    packed = narrowing.packed
    results, _ = rebuild(project, brands, options, packed, translate, problems, progress, report)
    return Narrowed(narrowing, results, tuple(problems))


def _write(project: Project, narrowing: Narrowing) -> Iterator[Problem]:
    for path, data in narrowing.texts.items():
        try:
            replace_file(project.root / "content" / path, data)
        except OSError as error:
            hint = AGAIN.format(ref=narrowing.ref)
            yield Problem(Place(NATIONAL + path), NOT_CHANGED.format(reason=os_reason(error)), hint)


def _scoped(
    pipeline: Pipeline, target: Target, channels: Collection[Channel]
) -> Iterator[tuple[str, Scoped]]:
    sources = pipeline.national.layer.by_path()
    if not target.texts:
        raise CannotWithdraw(Problem(Place(target.ref), _GONE_ALREADY))
    for path in target.texts:
        source = sources[path]
        changed = without_channels(source.read(), source.name, target.ref, channels)
        if changed is None:
            message = _BY_HAND.format(channels=", ".join(channels))
            raise CannotWithdraw(Problem(pipeline.national.documents[path].place("consent.scope"), message))
        yield path, changed


def _narrowed(
    documents: Mapping[str, Document], target: Target, channels: Collection[Channel]
) -> Mapping[str, Document]:
    """The documents with these channels taken out of the consent."""
    key = normalized(target.ref)
    changed = {
        path: replace(
            document,
            consents=tuple(
                (name, replace(c, scope=tuple(one for one in c.scope if one not in channels)))
                if normalized(c.ref) == key
                else (name, c)
                for name, c in document.consents
            ),
        )
        for path, document in documents.items()
        if document.consents
    }
    return {**documents, **changed}


def _paths(planned: PlannedSite) -> set[str]:
    material = {f"{MATERIAL_FOLDER}/{item.path}" for item in planned.material}
    return material.union(item.path for item in planned.artifacts)


def _published(project: Project, id: str) -> set[str]:
    """The paths of the published files of a site, and of its material."""
    shown = PublishedSite(project.output / id, "").manifest().files
    beside = PublishedSite(project.output / f"{id}.{MATERIAL_FOLDER}", "").manifest().files
    return {*shown, *(f"{MATERIAL_FOLDER}/{path}" for path in beside)}


_NOTHING_LEFT = text("without this nothing is left of the consent")
_WHOLE = text("give the command without --channel: then all is taken away")
_GONE_ALREADY = text("all of this was taken away already")
_BY_HAND = text("take these out of 'scope' yourself, and build all sites: {channels}")
