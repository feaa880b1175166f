"""The campaign in one file: a release, templates, assets, and what was read and made of it beforehand."""

from __future__ import annotations

import datetime as dt
import io
import pickle
from collections.abc import Callable, Mapping
from typing import Any

from microsite.brand import fonts
from microsite.content.files import Layer
from microsite.core.cache import MemoryCache
from microsite.core.problems import Place, Problem, PublishError, errors, text
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL, STUDIO, Options
from microsite.core.workers import InProcess
from microsite.loading import Loader
from microsite.media.photos import ENDINGS
from microsite.pipeline import Pipeline
from microsite.publishing.maker import ArtifactMaker
from microsite.rendering import design
from microsite.rendering.templates import CodeCache
from microsite.studio.release import Release, differences, release, renamed

_CHANGED = text(
    "this page would be another one when a member makes it in the studio, so the studio is not made"
)

_FOR_PAPER = ".ttf"
"""The end of the names of fonts that only material is set in, which the studio does not make."""


ENGINE = STUDIO
"""The name of the program in a bundle. One is used with the program that made it, so any name will do; this
one does not change with the machine.
"""


Reading = Callable[[Any], object]


def quiet(*_: object) -> None:
    """Nobody waits for so little."""


class Bundle(Record):
    """``values`` were read beforehand (see ``MemoryCache.entries``), ``files`` were made, by key."""

    release: Release
    templates: Layer
    assets: Layer
    values: Mapping[tuple[str, str], Mapping[str, tuple[str, Any]]] = {}
    files: Mapping[str, bytes] = {}


def make(pipeline: Pipeline, campaign: Layer, templates: Layer, assets: Layer) -> Bundle:
    """The bundle of the campaign on the pipeline's day.

    Raises PublishError when the campaign has errors, or when a site that is made from the bundle would not be
    the same as without it.
    """
    bundle = Bundle(
        release(pipeline, campaign),
        _in_memory(templates),
        _in_memory(assets, without=_FOR_PAPER),
    )
    cache = MemoryCache()
    again = pipeline_of(bundle, cache, pipeline.day)
    sites = [campaign, renamed(campaign, STUDIO)]
    plans = [again.plan(files) for files in sites]
    if wrong := errors(problem for plan in plans for problem in plan.problems):
        raise PublishError(*wrong)
    changed = differences([pipeline.plan(files) for files in sites], plans, pipeline.maker.fingerprints)
    if changed:
        raise PublishError(Problem(Place(changed[0]), _CHANGED))
    own = {source.name for files in sites for source in files.sources}
    costly = (item for plan in plans for item in plan.artifacts if item.shared)
    for _ in again.maker.make([item for item in costly if own.isdisjoint(item.origins)], here=True):
        pass
    values = {key: read for key, read in cache.entries.items() if NATIONAL in key or "contact" in key}
    return replace(bundle, release=_without_photos(bundle.release), values=values, files=cache.files)


def pipeline_of(
    bundle: Bundle, cache: MemoryCache, day: dt.date, code: CodeCache | None = None, reading: Reading = quiet
) -> Pipeline:
    """What plans and makes sites from a bundle, in this process and in memory; see ``InProcess``."""
    workers, given = InProcess(reading), bundle.release
    loader = Loader(cache, workers, ENGINE, quiet, fonts.families(bundle.assets.by_path()))
    look = design.load(bundle.templates, bundle.assets, code or CodeCache(None, ENGINE), False)
    maker = ArtifactMaker(ENGINE, cache, workers, quiet, many=False)
    options = Options(day, materials=())
    return Pipeline(loader, loader.content(given.content), look, maker, options, campaign=given.campaign)


def _in_memory(layer: Layer, without: str = "\0") -> Layer:
    """The files of a layer whose names do not end so."""
    kept = (source for source in layer.sources if not source.path.endswith(without))
    return replace(layer, sources=tuple(replace(s, file="", data=s.read()) for s in kept), problems=())


def _without_photos(given: Release) -> Release:
    """Without the photos themselves: sites publish copies, which are made beforehand."""
    sources = (
        replace(source, data=b"") if source.suffix in ENDINGS and source.suffix != ".svg" else source
        for source in given.content.sources
    )
    return replace(given, content=replace(given.content, sources=tuple(sources)))


def dump(bundle: Bundle) -> bytes:
    """The bytes of a bundle. They depend on its values only, not on which of them are one object here."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, 5)
    pickler.fast = True  # without references to what was written before, which compression makes good
    pickler.dump(bundle)
    return stream.getvalue()


def load(data: bytes) -> Bundle:
    """A bundle from its bytes. They come from where the program itself comes from, so they are trusted."""
    bundle: Bundle = pickle.loads(data)  # noqa: S301
    return bundle
