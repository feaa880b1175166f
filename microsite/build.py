"""The story of a build, for one site or five hundred."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import json

from microsite.content.baselines import forget
from microsite.content.files import Changed, Layer, Stamp, Stamps, scan, unreadable
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, errors, text, unique
from microsite.core.records import Record, replace
from microsite.core.settings import ENGINE_ROOT, NATIONAL, Options, Progress, Project
from microsite.publishing.publisher import Manifest, Own, Published, Refused, Target, Told

if TYPE_CHECKING:
    from microsite.core.workers import Workers
    from microsite.pipeline import Made, Walk

ATTEMPTS = 3


class Result(Record):
    """What came of one brand's site.

    ``reduced``: it was published without what is wrong, since it showed what may not be shown any more.
    ``overdue`` is how many such pages are shown still.
    """

    brand: str
    folder: Path
    published: Published
    problems: tuple[Problem, ...]
    done: bool
    seconds: float
    parsed: tuple[str, ...] = ()
    national: tuple[tuple[str, str], ...] = ()
    advice: tuple[Problem, ...] = ()
    own: tuple[Own, ...] = ()
    overdue: int = 0
    reduced: bool = False


def build(
    project: Project, brands: Sequence[Path], options: Options, progress: Progress = lambda *_: None
) -> tuple[Result, ...]:
    """Bring the sites of these brands up to date. What goes wrong is in the results.

    ``brands`` are the brands' folders. A site for which nothing has changed is
    recognised without reading a single text. The first that has changed is made
    alone, and with it what all have in common; the others then side by side.
    """
    with Session(project, options, progress, len(brands)) as session:
        results = _unchanged(session, brands)
        waiting = [folder for folder in brands if folder not in results]
        while waiting:
            folder = waiting.pop(0)
            results[folder] = _build(session, folder)
            progress("sites", len(results), len(brands))
            if results[folder].published.made:
                break
        if waiting:
            results |= zip(waiting, _side_by_side(session, waiting, len(brands)), strict=True)
        session.tidy()
        versions = session.versions()
        return tuple(replace(results[folder], national=versions) for folder in brands)


def _unchanged(session: Session, brands: Sequence[Path]) -> dict[Path, Result]:
    """The results of those for which there is nothing to do, where it pays to ask first."""
    if len(brands) < _MANY:
        return {}
    try:
        found = list(session.spread(lambda folder: _recognised(session, folder), brands))
    except EOFError:
        return {}
    return {brands[i]: result for i, result in found if result is not None}


_MANY = 16


def _recognised(session: Session, folder: Path) -> Result | None:
    began = time.perf_counter()
    shown = session.project.output / folder.name
    try:
        with Target(shown, session.project.name_of(shown)) as target:
            told = target.sealed(session.inputs(folder))
    except Exception:  # noqa: BLE001 -- building it will tell
        return None
    return None if told is None else _same(folder, target, told, began)


def _side_by_side(session: Session, brands: Sequence[Path], total: int) -> Iterator[Result]:
    """The results in the order of the brands, whichever was ready first."""
    began = time.perf_counter()
    found: dict[int, Result] = {}
    try:
        for i, result in session.spread(lambda folder: _build(session, folder), brands):
            found[i] = result
            session.progress("sites", total - len(brands) + len(found), total)
    except EOFError:
        pass  # a process was taken down: what it did not tell of is told as failed
    for i, folder in enumerate(brands):
        if i not in found:
            stopped = Problem(
                Place(folder.name),
                text("the building of this site was stopped from outside"),
                text("see whether there is enough memory, or choose fewer --jobs, and build again"),
            )
            yield _failed(session, folder, (stopped,), began)
        else:
            yield found[i]


def check(
    project: Project, brands: Sequence[Path], options: Options, progress: Progress = lambda *_: None
) -> tuple[Result, ...]:
    """Everything that a build would say, without publishing: every page is made and thrown away."""
    with Session(project, options, progress, len(brands)) as session:
        return tuple(_check(session, folder) for folder in brands)


def _build(session: Session, folder: Path) -> Result:
    began = time.perf_counter()
    shown = session.project.output / folder.name
    try:
        with Target(shown, session.project.name_of(shown)) as target:
            return _retried(session, lambda: _bring_up_to_date(session, folder, target, began))
    except Refused as refused:
        return _failed(session, folder, refused.problems, began)
    except OSError as error:
        return _failed(session, folder, (unreadable(Place(session.project.name_of(shown)), error),), began)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it stops this brand and no other
        return _failed(session, folder, (_unexpected(folder, error),), began)


def _unexpected(folder: Path, error: Exception) -> Problem:
    """An error of our own, with the place in our code for whoever is to mend it."""
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


def _bring_up_to_date(session: Session, folder: Path, target: Target, began: float) -> Result:
    if target.new:
        session.warm()
    inputs = session.inputs(folder)
    told = target.sealed(inputs)
    if told is not None:
        return _same(folder, target, told, began)
    session.warm()
    known = target.manifest()
    if known.inputs == inputs and target.intact(known):
        target.seal()  # a build that was killed may have come just short of it
        return _same(folder, target, known.told, began)
    walk = session.walk()
    from microsite import reduced as rescue  # the walk is read by now

    layer = session.brand(folder)
    site = walk.site(layer)
    walk.forget(site)
    problems = session.judged((*site.problems, *_forget(session, walk, folder)))
    overdue = _overdue(known, site)
    try:
        if errors(problems):
            raise Refused(*problems)
        with contextlib.suppress(OSError):  # it is only there for a bad day
            rescue.keep(target.style, layer)
        published = _publish(session, target, site, inputs, problems)
    except Refused as refused:
        result = _failed(session, folder, refused.problems, began, walk.parsed)
        return _without_fault(session, folder, target, overdue, result) if overdue else result
    target.seal()
    if session.sites == 1:  # somebody who works on it, and will go on
        target.lay_aside()
    same = _same(folder, target, target.manifest().told, began)
    return replace(same, published=published, parsed=walk.parsed)


def _publish(
    session: Session, target: Target, site: Made, inputs: str, problems: tuple[Problem, ...]
) -> Published:
    walk = session.walk()
    return target.publish(
        site.artifacts,
        walk.maker.make,
        session.engine(),
        inputs,
        problems,
        walk.maker.fingerprint,
        site.advice,
        site.people,
    )


def _overdue(known: Manifest, site: Made) -> tuple[str, ...]:
    """The texts on the site that stands there that may not be shown any more."""
    people = {path for path in known.people if path not in site.standing and not path.startswith(site.unread)}
    return tuple(sorted(people | {text.path for text in site.withheld if text.page in known.files}))


def _without_fault(
    session: Session, folder: Path, target: Target, overdue: tuple[str, ...], failed: Result
) -> Result:
    """The result of a site that must change and cannot: it is published without what is wrong, if that helps.

    Otherwise what was packed of it goes, and what it still shows is told before all else.
    """
    from microsite import reduced as rescue

    walk = session.walk()
    name = session.project.name_of(folder)
    style, _ = scan(target.style, folder.name, name, {}, time.time_ns())
    problems = failed.problems
    try:
        site = rescue.rescued(walk, session.brand(folder), style)
        if site is not None:
            published = _publish(session, target, site, _REDUCED, ())
            told = Problem(Place(name), REDUCED.filled(count=len(overdue)), _MEND, "warning")
            return replace(failed, published=published, problems=(told, *problems), reduced=True)
    except Refused as refused:
        problems = unique((*problems, *refused.problems))
    target.unpack()
    told = Problem(
        Place(name), OVERDUE.filled(count=len(overdue)), _TAKE_OFF.filled(pages=", ".join(overdue))
    )
    return replace(failed, problems=(told, *problems), overdue=len(overdue))


_REDUCED = "reduced"
"""What the inputs of such a site are called, so that no build takes it for one that is up to date."""

REDUCED = text("published without what is wrong here: {count} texts may not be shown any more")
OVERDUE = text("URGENT: the site that stays shows {count} texts that may not be shown any more")
_MEND = text("mend what is told of this organisation: then all of it is shown again")
_TAKE_OFF = text("mend what is told here today, or take these pages offline yourself: {pages}")


def _forget(session: Session, walk: Walk, folder: Path) -> Iterable[Problem]:
    """What a member keeps of national pages for comparing holds nobody who is not shown any more."""
    keep = partial(walk.may_keep, folder.name)
    return forget(folder, keep, session.project.name_of(folder))


def _same(folder: Path, target: Target, told: Told, began: float) -> Result:
    """The result of a site that is as it has to be."""
    return Result(
        folder.name,
        target.folder,
        Published(),
        told.problems,
        True,
        _since(began),
        advice=told.advice,
        own=told.own,
    )


def _check(session: Session, folder: Path) -> Result:
    began = time.perf_counter()

    def look() -> Result:
        walk = session.walk()
        site = walk.site(session.brand(folder))
        problems = session.judged(site.problems)
        if not errors(problems):
            for _ in walk.maker.make([item for item in site.artifacts if not item.shared]):
                pass
        return Result(
            folder.name,
            session.project.output / folder.name,
            Published(),
            problems,
            not errors(problems),
            _since(began),
            walk.parsed,
            advice=site.advice,
        )

    try:
        return _retried(session, look)
    except Refused as refused:
        return _failed(session, folder, refused.problems, began)
    except OSError as error:
        place = Place(session.project.name_of(session.project.output))
        return _failed(session, folder, (unreadable(place, error),), began)


def _retried(session: Session, work: Callable[[], Result]) -> Result:
    """Do the work again when a file changes under it, so that no site is made of two moments."""
    for _ in range(ATTEMPTS):
        try:
            return work()
        except Changed as changed:
            name, cause = str(changed), changed.__cause__
            session.look_again()
    if isinstance(cause, OSError) and not isinstance(cause, FileNotFoundError):
        raise Refused(unreadable(Place(name), cause))
    raise Refused(
        Problem(
            Place(name),
            text("keeps changing while the site is built"),
            text("wait until it is saved, and build again"),
        )
    )


def _failed(
    session: Session, folder: Path, problems: Iterable[Problem], began: float, parsed: tuple[str, ...] = ()
) -> Result:
    return Result(
        folder.name,
        session.project.output / folder.name,
        Published(),
        session.judged(problems),
        False,
        _since(began),
        parsed,
    )


def _since(began: float) -> float:
    return time.perf_counter() - began


class Session:
    """What the sites of one build have in common: what was looked at, and what was read of it, each once."""

    def __init__(self, project: Project, options: Options, progress: Progress, sites: int = 1) -> None:
        self.project = project
        self.options = options
        self.progress = progress
        self.sites = sites
        self._layers: dict[Path, Layer] = {}
        self._names: dict[int, str] = {}  # by the identity of a layer
        self._stamps = _Stamps(project.state / "stamps.json")
        self._engine = ""
        self._walk: Walk | None = None
        self._workers: Workers | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        if self._workers is not None:
            self._workers.dismiss()
        self._stamps.save()
        self.look_again()
        if self._workers is not None:
            self._workers.close()

    def layer(self, folder: Path, name: str) -> Layer:
        """The files of a folder, as they were when this build first looked."""
        if folder not in self._layers:
            layer, stamps = scan(
                folder, name, self.project.name_of(folder), self._stamps.known, time.time_ns()
            )
            self._stamps.add(stamps)
            self._layers[folder] = layer
        return self._layers[folder]

    def brand(self, folder: Path) -> Layer:
        return self.layer(folder, folder.name)

    def engine(self) -> str:
        """The name of our own code and of what it is built on: other code may make other bytes.

        Looked up once: the code that runs does not change when its files do.
        """
        if not self._engine:
            self._engine = self._code()
        return self._engine

    def _code(self) -> str:
        code = self.layer(ENGINE_ROOT / "microsite", "engine/")
        lines = [sys.version, *installed()]
        return digest("\n".join([*lines, *(f"{s.path}={s.digest}" for s in code.sources)]).encode())

    def national(self) -> tuple[Layer, Layer, Layer]:
        """Content, templates and assets."""
        part = self.project.part
        return (
            self.layer(part("content"), NATIONAL),
            self.layer(part("templates"), "templates/"),
            self.layer(part("assets"), "assets/"),
        )

    def versions(self) -> tuple[tuple[str, str], ...]:
        """Short names of what all brands share, by part: whose site has another name is behind."""
        parts = zip(("content", "templates", "assets"), self.national(), strict=True)
        return tuple(
            (part, digest("\n".join(f"{s.path}={s.digest}" for s in layer.sources).encode())[:12])
            for part, layer in parts
        )

    def inputs(self, folder: Path) -> str:
        """The name of all that a brand's site is made from."""
        lines = [self.engine(), self.options.day.isoformat(), str(self.options.strict)]
        lines += [self._name(layer) for layer in (*self.national(), self.brand(folder))]
        return digest("\n".join(lines).encode())

    def _name(self, layer: Layer) -> str:
        if id(layer) not in self._names:
            lines = [f"{layer.name}/{source.path}={source.digest}" for source in layer.sources]
            lines += [problem.render() for problem in layer.problems]
            self._names[id(layer)] = digest("\n".join(lines).encode())
        return self._names[id(layer)]

    def walk(self) -> Walk:
        if self._walk is None:
            self.warm()
            # Here and not above: a build with nothing to do needs neither.
            from microsite.pipeline import Walk

            self._walk = Walk(
                self.project,
                self.options,
                *self.national(),
                self.engine(),
                self.progress,
                self.workers(),
                self.sites,
            )
        return self._walk

    def warm(self) -> None:
        """Have a process ready that reads a text, and draws its page: this one may have need of neither."""
        if self._walk is None:
            self.workers().warm(
                modules=(
                    "microsite.content.documents",
                    "microsite.content.yaml",
                    "microsite.content.markdown.reader",
                ),
                later=("microsite.publishing.maker", "microsite.rendering.jinja"),
                here=("microsite.publishing.maker",),
            )

    def workers(self) -> Workers:
        """The processes that do the work of one walk after the other."""
        if self._workers is None:
            from microsite.core.workers import Workers

            self._workers = Workers(self.options.jobs)
        return self._workers

    def spread(
        self, work: Callable[[Path], Result | None], brands: Sequence[Path]
    ) -> Iterator[tuple[int, Any]]:
        """Work on brands in processes that have all that is known here, or in this one."""
        for folder in brands:
            self.brand(folder)  # seen here, so that it is known next time
        workers = self.workers()
        if self._walk is not None:
            self._walk.cache.close()  # SQLite's connections and the pipes of workers are of one process
        workers.close()
        here = os.getpid()

        def apart(folder: Path) -> Result | None:
            if os.getpid() != here:
                workers.alone()
            return work(folder)

        return workers.spread(apart, brands, worth=2)

    def changed(self, folder: Path, inputs: str) -> bool:
        """Look at the files again; nothing is forgotten as long as a brand's site is made of ``inputs``."""
        self._layers.clear()
        self._names.clear()
        if self.inputs(folder) == inputs:
            return False
        self._forget_walk()
        return True

    def look_again(self) -> None:
        self._forget_walk()
        self._layers.clear()
        self._names.clear()

    def _forget_walk(self) -> None:
        if self._walk is not None:
            self._walk.close()
        self._walk = None

    def judged(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Each problem once; a strict build takes warnings as errors."""
        if self.options.strict:
            problems = (replace(p, severity="error") if p.severity == "warning" else p for p in problems)
        return unique(problems)

    def tidy(self) -> None:
        if self._walk is not None:
            self._walk.cache.prune()


def installed() -> list[str]:
    """The libraries that we stand on with their versions, as their folders are called.

    (``importlib.metadata`` says the same, and takes longer than all else that a
    build with nothing to do has to do.)
    """
    folder = Path(msgspec.__file__).parents[1]
    return sorted(entry.name for entry in folder.glob("*.dist-info"))


class _Stamps:
    """What is known of files from earlier builds, so that they need not be read to be recognised."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._before = self._load()
        self._seen: dict[str, tuple[Stamp, str]] = {}
        self.known = dict(self._before)

    def _load(self) -> dict[str, tuple[Stamp, str]]:
        try:
            return json.decode(self._file.read_bytes(), type=dict[str, tuple[Stamp, str]])
        except (OSError, ValueError):
            return {}

    def add(self, stamps: Stamps) -> None:
        self._seen.update(stamps)
        self.known.update(stamps)

    def save(self) -> None:
        """Keep what was seen now, and what was known of other files that are still there."""
        kept = {
            name: known for name, known in self._before.items() if name in self._seen or os.path.exists(name)
        }
        new = kept | self._seen
        if new != self._before and self._file.parent.is_dir():
            draft = self._file.with_name(f"stamps.{os.getpid()}.new")
            try:
                for left in self._file.parent.glob("stamps.*.new"):
                    left.unlink()  # by a build that was killed; one that still writes does without
                draft.write_bytes(json.encode(new))
                os.replace(draft, self._file)
            except (OSError, ValueError):  # a folder whose name is no text cannot be written down
                draft.unlink(missing_ok=True)  # what was seen is only known to save time
