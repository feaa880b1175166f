"""What a withdrawal will change, before anything is changed."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from microsite import material
from microsite.content.consent import Audience
from microsite.content.consent_list import PublishedConsents
from microsite.content.documents import Document
from microsite.content.files import Layer, Source
from microsite.content.kinds import page_path
from microsite.content.overrides import markdown_file
from microsite.content.recalls import Recall, path_digest, phrase_digest
from microsite.core.problems import Problem, Text, unique
from microsite.core.records import Record, replace
from microsite.core.settings import AGREEMENT_FOLDER, BRAND_FILE, NATIONAL, Project
from microsite.pack import zip_file
from microsite.pipeline import Pipeline
from microsite.publishing.publisher import PublishedSite, published_copies
from microsite.session import Session
from microsite.site.agreement import file_name
from microsite.site.people.policy import ConsentPolicy
from microsite.site.people.recalled import NAMED
from microsite.site.people.withdrawals import NAMESAKE, phrases_apart, pictures_of, traits_of
from microsite.withdraw.needles import Needles, collect, digests_by_path
from microsite.withdraw.target import Target, find_target

A_YEAR = dt.timedelta(days=365)
"""How long an address is answered with 410: search engines have forgotten it by then."""


class AtSite(Record):
    """What one brand's published site has of the person: ``pages``, other ``files`` such as photos, and
    ``material``; and whether there is a ZIP of it. ``own`` are the member's texts that will be left out.
    """

    brand: str
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    packed: bool = False
    own: tuple[str, ...] = ()


class Alike(Record):
    """Brands whose sites have as much of the person, which ``site`` tells."""

    brands: tuple[str, ...]
    site: AtSite


def alike(sites: Iterable[AtSite]) -> tuple[Alike, ...]:
    """The sites, those with the same together, and the largest group first."""
    groups: dict[object, list[AtSite]] = {}
    for site in sites:
        groups.setdefault((site.pages, len(site.files), len(site.material), site.packed), []).append(site)
    largest_first = sorted(groups.values(), key=len, reverse=True)
    return tuple(Alike(tuple(site.brand for site in group), group[0]) for group in largest_first)


class Impact(Record):
    """All that a withdrawal changes. Paths of ``target`` are within ``content/``.

    ``mentions`` are places in other texts that somebody has to look at, ``used`` pictures (as in messages)
    with another text that shows them. ``addresses`` are answered with 410 ``until`` a day, on the sites of
    ``audience`` (None is all). ``recall`` is what ingetrokken.yaml will say. ``sent`` are files
    that were made for agreement.
    """

    target: Target
    sites: tuple[AtSite, ...]
    mentions: tuple[Problem, ...]
    used: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]
    until: dt.date
    audience: Audience | None
    recall: Recall
    needles: Needles
    sent: tuple[Path, ...]

    @property
    def kept_addresses(self) -> tuple[str, ...]:
        """The addresses of pages, and the paths of texts, that may still stand in files."""
        own = [name.partition("/content/")[2] for site in self.sites for name in site.own]
        paths = [*self.target.texts, *self.target.parts, *own]
        return tuple(dict.fromkeys([*self.addresses, *paths, *map(page_path, own)]))

    @property
    def begun(self) -> bool:
        """Whether this withdrawal was begun, or done, before."""
        return self.target.recall is not None


def foresee(session: Session, wanted: str, brands: Sequence[Path]) -> Impact:
    """What withdrawing ``wanted`` changes: the reference of a consent, or the path of a text.

    Changes nothing. Raises CannotWithdraw, and FileChanged when a file changes meanwhile.
    """
    pipeline, day = session.pipeline(), session.options.day
    published = session.consents.load()
    members = (pipeline.own_content(session.files(folder)) for folder in brands)
    target = find_target(wanted, pipeline.national, published, members)
    documents = [pipeline.national.documents[path] for path in (*target.texts, *target.parts)]
    sources = pipeline.national.layer.by_path()
    taken = digests_by_path(sources, target.files)
    common = _common(
        source for source in sources.values() if source.path not in {*target.texts, *target.parts}
    )
    recall = _recall(session, pipeline, target, published, taken, common)
    pages = {document.path: document.page for document in documents}
    names = {sources[path].name for path in (*pages, *target.files)}
    sites, mentions, own, about = [], list[Problem](), list[Source](), set[str]()
    before, after = pipeline.consent_policy(), pipeline.consent_policy([recall])
    still_named = NAMED.format(ref=recall.ref)
    for folder in brands:
        theirs = _theirs(pipeline, session.files(folder), before, after, still_named)
        own += theirs.left_out.values()
        about |= theirs.about - common
        sites.append(_at_site(session.project, folder.name, names, [*pages.values()], theirs.left_out))
        mentions += theirs.mentions
    mentions = [problem for problem in unique(mentions) if problem.place.path not in names]
    other = [source for source in sources.values() if source.path not in {*pages, *target.files}]
    recall = replace(
        recall,
        about=_joined(recall.about, about),
        named=_joined(recall.named, _digests(session, brands, other, mentions)),
    )
    needles = collect(
        (markdown_file(sources[path]) for path in pages),
        target.ref,
        _pictures(session, [sources[path] for path in target.files], recall),
        _others(
            session,
            brands,
            other,
            {*names, *(source.name for source in own), *(problem.place.path for problem in mentions)},
        ),
        recall.pictures.split(),
    )
    return Impact(
        target,
        tuple(sites),
        tuple(mentions),
        tuple(_used_elsewhere(pipeline, taken, pages)),
        tuple(dict.fromkeys([*pages.values(), *(path for d in documents for _, path in d.aliases)])),
        day + A_YEAR,
        _audience(documents),
        recall,
        needles,
        tuple(_sent(session.project, pages, sites)),
    )


# ── what is remembered ──


def _recall(
    session: Session,
    pipeline: Pipeline,
    target: Target,
    published: PublishedConsents,
    taken: Iterable[str],
    common: AbstractSet[str],
) -> Recall:
    """What is known of the person, with what ingetrokken.yaml says already.

    ``common`` are digests of phrases that other texts have.
    """
    sources = pipeline.national.layer.by_path()
    words = set(_apart(sources[path] for path in (*target.texts, *target.parts))) - common
    pictures = set(taken)
    with contextlib.suppress(OSError):  # what the list of consents knows is left
        copies = published_copies(session.project.output, pictures, ())
        pictures = pictures.union(*copies.values())
    known = [item for item in published.values() if not pictures.isdisjoint(item.pictures)]
    pictures = pictures.union(*(copies for item in known for copies in item.copies.values()))
    before = target.recall or Recall(target.ref, session.options.day)
    return replace(
        before,
        words=_joined(before.words, words),
        pictures=_joined(before.pictures, pictures),
        paths=_joined(before.paths, map(path_digest, (*target.texts, *target.parts, *target.files))),
    )


def _apart(sources: Iterable[Source]) -> Iterator[str]:
    return (phrase_digest(phrase) for source in sources for phrase in phrases_apart(markdown_file(source)))


def _common(sources: Iterable[Source]) -> frozenset[str]:
    """The digests of all phrases of these texts."""
    texts = (traits_of(markdown_file(source), {}) for source in sources if source.suffix == ".md")
    return frozenset(phrase_digest(phrase) for traits in texts for phrase in traits.phrases)


def _joined(before: str, more: Iterable[str]) -> str:
    return " ".join(sorted({*before.split(), *more}))


def _digests(
    session: Session, brands: Iterable[Path], national: Iterable[Source], mentions: Iterable[Problem]
) -> frozenset[str]:
    """The digests of the files in which the name stands."""
    names = {problem.place.path for problem in mentions}
    sources = (source for folder in brands for source in session.files(folder).sources)
    return frozenset(source.digest for source in (*national, *sources) if source.name in names)


# ── the sites ──


def _at_site(
    project: Project, id: str, names: Iterable[str], pages: Iterable[str], own: Mapping[str, Source]
) -> AtSite:
    """What the published site of a brand has that is made from the files with these names, or its ``own``."""
    made = frozenset(names).union(source.name for source in own.values())
    pages = {*pages, *map(page_path, own)}
    shown, beside = (_made_from(made, place) for place in (project.output / id, material.folder(project, id)))
    return AtSite(
        id,
        tuple(path for path in shown if path in pages),
        tuple(path for path in shown if path not in pages),
        tuple(beside),
        was_packed(project, id),
        tuple(sorted(source.name for source in own.values())),
    )


def _made_from(names: AbstractSet[str], place: Path) -> list[str]:
    """The files of a published site that are made from one of the files with these names."""
    files = PublishedSite(place, "").manifest().files
    return sorted(path for path, entry in files.items() if not names.isdisjoint(entry.origins))


def was_packed(project: Project, id: str) -> bool:
    """Whether there is a ZIP of a brand's site."""
    return zip_file(project, id).is_file()


class _Theirs(Record):
    """What a withdrawal does to a brand's own texts.

    ``left_out`` are those that its site will not show any more, by path, ``mentions`` the places that
    somebody has to look at. ``about`` are digests of phrases of pages that name the person without a consent.
    """

    left_out: Mapping[str, Source]
    mentions: tuple[Problem, ...]
    about: frozenset[str]


def _theirs(
    pipeline: Pipeline, files: Layer, before: ConsentPolicy, after: ConsentPolicy, still_named: Text
) -> _Theirs:
    """``still_named`` is what is told of a text in which the name stood when this was begun before."""
    content = pipeline.own_content(files)
    own, layer = content.documents, content.layer
    audience = pipeline.audience(files.name)
    settings = [source for source in files.sources if source.path == BRAND_FILE]
    shown, left = (policy.admit(own, layer, audience) for policy in (before, after))
    pipeline.loader.forget(left.withheld)  # what was read for this only
    sources = layer.by_path()
    left_out = {path: sources[path] for path in own if path in shown.shown and path not in left.shown}
    named = {problem.place.path for problem in left.problems if problem.message == NAMESAKE}
    pages = [source for source in left_out.values() if source.name in named]
    about = set(_apart(pages)) - _common(s for s in layer.sources if s not in pages) if pages else ()
    told = before.mentions(own, layer, settings, shown)
    mentions = after.mentions(own, layer, settings, left)
    new = (problem for problem in mentions if problem not in told or problem.message == still_named)
    return _Theirs(left_out, tuple(new), frozenset(about))


def _used_elsewhere(
    pipeline: Pipeline, taken: frozenset[str], texts: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """(picture, text) for the texts of others that show a picture of this person."""
    layer = pipeline.national.layer
    names = {source.digest: source.name for source in layer.sources}
    for document in pipeline.national.documents.values() if taken else ():
        if document.path not in texts:
            for digest in pictures_of(document, layer.digests()) & taken:
                yield names[digest], document.name


def _audience(documents: Iterable[Document]) -> Audience | None:
    """The one audience for which all of these were; None for all, and when that is not known."""
    named = {audience for d in documents for _, consent in d.consents for audience in consent.audience}
    return next(iter(named)) if len(named) == 1 else None


def _sent(project: Project, texts: Iterable[str], sites: Iterable[AtSite]) -> Iterator[Path]:
    """The files that were made of these texts, and of a brand's own, to show before they were public."""
    own = (file_name(name.partition("/content/")[2], site.brand) for site in sites for name in site.own)
    files = (project.root / AGREEMENT_FOLDER / name for name in (*(file_name(t, "") for t in texts), *own))
    return (file for file in files if file.is_file())


# ── what is looked for ──


def _pictures(session: Session, files: Iterable[Source], recall: Recall) -> Iterator[bytes]:
    """The bytes of the files, and of the published copies of these."""
    for source in files:
        yield source.read()
    wanted = set(recall.pictures.split())
    for manifest in sorted(session.project.state_folder.glob("*/manifest.json")):
        site = session.project.output / manifest.parent.name
        for path, entry in PublishedSite(site, "").manifest().files.items():
            if entry.digest in wanted:
                wanted.discard(entry.digest)
                with contextlib.suppress(OSError):
                    yield (site / path).read_bytes()


def _others(
    session: Session, brands: Iterable[Path], national: Iterable[Source], theirs: AbstractSet[str]
) -> Iterator[Source]:
    """All files that sites are made from, but for ``theirs``: of the person, by name."""
    paths = {name.removeprefix(NATIONAL) for name in theirs}
    layers = (*session.national_layers()[1:], *(session.files(folder) for folder in brands))
    for source in (*national, *(source for layer in layers for source in layer.sources)):
        if source.name not in theirs and source.path.removeprefix(NATIONAL) not in paths:
            yield source
