"""The campaign as everybody may have it: what its sites show on a day, and nothing else.

The texts that no site shows, drafts, who withdrew, comments, and what consents say (references and days) are
left out. What is left is a campaign as any other: a site that is made from it is the same, which is checked
here, as long as nothing in the campaign changes by itself. See ``docs/decisions/studio.md``.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from microsite.content import documents, yaml, yaml_writer
from microsite.content.consent import CHANNELS, Audience, Channel
from microsite.content.consents import KEY as CONSENT
from microsite.content.documents import Document
from microsite.content.facts import FACTS, MAX_REGISTER
from microsite.content.files import Layer, Source, decode_prose
from microsite.content.indicators_file import INDICATORS
from microsite.content.overrides import markdown_file
from microsite.content.planner_file import HOLIDAYS, PLANNER
from microsite.content.removed import REMOVED
from microsite.content.series.file import SERIES
from microsite.content.site_file import SITE
from microsite.content.tree import MappingNode, Node, ScalarNode, SequenceNode
from microsite.content.worksheets.file import WORKSHEETS
from microsite.core.file_types import CAPTIONS, SOUNDS, VIDEOS
from microsite.core.fingerprints import Fingerprints, digest
from microsite.core.problems import Place, PublishError, errors
from microsite.core.records import Record, replace
from microsite.core.settings import BRAND_FILE, STUDIO
from microsite.media import svg
from microsite.pipeline import Pipeline, PlannedSite
from microsite.rendering import media_recipes
from microsite.site.expired_facts import expired
from microsite.site.people.admission import Admission

DAYS = 30
"""A release is used for at most so many days, also when nothing changes by itself."""

ALWAYS = dt.date(2000, 1, 1), dt.date(9999, 12, 31)
"""The days of the consents in a release: it ends itself before one of them does."""

_SETTINGS = (SITE, PLANNER, HOLIDAYS, WORKSHEETS, INDICATORS, SERIES)
"""The files of settings that sites are made from: a new one is named here, or no studio is made."""


class Release(Record):
    """``content`` are the national files, ``campaign`` those of the campaign's own brand that sites need.

    ``language`` is that of the campaign. It says nothing of days, so that it has the same bytes as long as
    the same is shown: see ``first_change``.
    """

    content: Layer
    campaign: Layer
    language: str


def release(pipeline: Pipeline, campaign: Layer) -> Release:
    """The release of the campaign on the pipeline's day; ``campaign`` is the folder of its own brand.

    Raises PublishError when its own site has errors, or would not be the same when made from the release.
    """
    sites = [campaign, renamed(campaign, STUDIO)]
    plans = [pipeline.plan(files) for files in sites]
    if wrong := errors(tuple(problem for plan in plans for problem in plan.problems)):
        raise PublishError(*wrong)
    content, contact = _content(pipeline, plans), _contact_only(campaign)
    language = pipeline.national.site.language if pipeline.national.site else "nl"
    return Release(content, contact, language)


def renamed(layer: Layer, id: str) -> Layer:
    """The files of a brand as those of another one."""
    sources = (
        replace(source, layer=id, name=f"{id}/{source.path}", file=source.file) for source in layer.sources
    )
    return replace(layer, name=id, sources=tuple(sources))


def differences(
    plans: Sequence[PlannedSite], others: Sequence[PlannedSite], fingerprints: Fingerprints
) -> tuple[str, ...]:
    """The paths of the files that are not the same in these plans of the same sites."""
    found: set[str] = set()
    for plan, other in zip(plans, others, strict=True):
        one, two = (
            {item.path: item.fingerprint(fingerprints) for item in p.artifacts} for p in (plan, other)
        )
        found |= {path for path in one.keys() | two.keys() if one.get(path) != two.get(path)}
    return tuple(sorted(found))


# ── files ──


def _content(pipeline: Pipeline, plans: Sequence[PlannedSite]) -> Layer:
    national = pipeline.national
    files = national.layer.by_path()
    used = {origin for plan in plans for item in plan.artifacts for origin in item.origins}
    admissions = admitted(pipeline, pipeline.day)
    shown = _shown(admissions)
    refs = _stand_ins(document for document, _ in shown.values())
    language = national.site.language if national.site else "nl"
    sources = [_text(files[path], *of_text, refs, language) for path, of_text in shown.items()]
    texts = [source.read().decode() for source in sources]
    sources += [_settings(files[path]) for path in _SETTINGS if path in files]
    sources += [_facts(files[FACTS], plans, texts)] if FACTS in files else []
    sources += _removed(admissions, national.layer)
    others = [source for source in national.layer.sources if source.suffix not in (".md", ".yaml")]
    clips = tuple(
        f"{posixpath.splitext(source.path)[0]}."
        for source in others
        if source.name in used and source.suffix in (*VIDEOS, *SOUNDS)
    )
    shown_files = (
        source
        for source in others
        if source.name in used or (source.suffix == CAPTIONS and source.path.startswith(clips))
    )
    sources += [_with_data(source, _public_bytes(source)) for source in shown_files]
    return Layer(national.layer.name, tuple(sorted(sources, key=lambda source: source.path)))


def _public_bytes(source: Source) -> bytes:
    """What of a file sites publish; a photo is whole, as its copies are still to be made."""
    if source.suffix == ".svg":
        return svg.clean(source.read()).markup.encode()
    if source.suffix in (*VIDEOS, *SOUNDS):
        return media_recipes.clip(source)
    return media_recipes.subtitles(source) if source.suffix == CAPTIONS else source.read()


class Terms(Record):
    """For whom and in which channels a text is shown."""

    audience: tuple[Audience, ...]
    scope: tuple[Channel, ...]


def _shown(admissions: Mapping[Audience, Admission]) -> dict[str, tuple[Document, Terms]]:
    """The national texts that sites show, by path."""
    found: dict[str, tuple[Document, Terms]] = {}
    for audience, admission in admissions.items():
        for path, document in admission.shown.items():
            known = found[path][1] if path in found else Terms((), ())
            scope = {*known.scope, *admission.channels[path]}
            terms = Terms((*known.audience, audience), tuple(c for c in CHANNELS if c in scope))
            found[path] = document, terms
    return found


def _stand_ins(shown: Iterable[Document]) -> dict[str, str]:
    """A reference without meaning for each consent: texts of one person stay together."""
    refs: dict[str, str] = {}
    for document in shown:
        for _, consent in document.consents:
            refs.setdefault(consent.ref, f"{STUDIO}-{len(refs) + 1}")
    return refs


def _text(source: Source, document: Document, terms: Terms, refs: Mapping[str, str], language: str) -> Source:
    """A text without what its readers do not see.

    One about nobody and without comments stays as it is, so that changes can be based on it.
    """
    decoded = decode_prose(source.read(), source.name)
    header, body, _ = yaml.split_front_matter(decoded, source.name)
    tree = yaml.parse(header, source.name)
    public = _public_keys(tree, terms, refs)
    if public == tree and not (_COMMENT.search(header) or "<!--" in body):
        return _with_data(source, source.read())
    lines = yaml_writer.lines(public)
    bare = _written(source, lines, _HTML_COMMENT.sub("<!-- -->", body))
    read = documents.parse(replace(markdown_file(bare), language=language))
    if read.prose.html_digest == document.prose.html_digest:
        return bare
    return _written(source, lines, body)  # what looks like a comment is shown, as in a piece of code


_COMMENT = re.compile(r"(?:^|\s)#", re.M)
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.S)


def _written(source: Source, lines: str, body: str) -> Source:
    return _with_data(source, f"---\n{lines}---\n\n{body}\n".encode(), anew=True)


def _public(node: Node, terms: Terms, refs: Mapping[str, str]) -> Node:
    """A part of a front matter, with stand-ins for consents and without the day on which a picture goes."""
    if isinstance(node, SequenceNode):
        return replace(node, items=tuple(_public(item, terms, refs) for item in node.items))
    return _public_keys(node, terms, refs) if isinstance(node, MappingNode) else node


def _public_keys(group: MappingNode, terms: Terms, refs: Mapping[str, str]) -> MappingNode:
    pairs: list[tuple[ScalarNode, Node]] = []
    is_picture = group.get("src") is not None
    for key, value in group.items:
        if key.text == CONSENT and isinstance(value, MappingNode):
            pairs.append((key, _stand_in(value, terms, refs)))
        elif not (is_picture and key.text == "expires_on"):
            pairs.append((key, _public(value, terms, refs)))
    return replace(group, items=tuple(pairs))


def _stand_in(consent: MappingNode, terms: Terms, refs: Mapping[str, str]) -> MappingNode:
    """A consent that says no more than that the text is shown, where and in which channels."""
    ref = consent.get("ref")
    begin, end = (day.isoformat() for day in ALWAYS)
    values = {
        "ref": refs.get(ref.text, STUDIO) if isinstance(ref, ScalarNode) else STUDIO,
        "status": "valid",
        "given_on": begin,
        "expires_on": end,
        "scope": terms.scope,
        "audience": terms.audience,
        "final_text_seen_on": begin,
    }
    return _mapping(consent.place, values)


def _mapping(place: Place, values: Mapping[str, str | Sequence[str]]) -> MappingNode:
    def node(value: str | Sequence[str]) -> Node:
        if isinstance(value, str):
            return ScalarNode(place, value)
        return SequenceNode(place, tuple(ScalarNode(place, item) for item in value))

    return MappingNode(place, tuple((ScalarNode(place, key), node(value)) for key, value in values.items()))


def _settings(source: Source) -> Source:
    """A file of settings without its comments."""
    return _with_data(
        source, yaml_writer.lines(yaml.parse_source(source, limit=MAX_REGISTER)).encode(), anew=True
    )


def _facts(source: Source, plans: Sequence[PlannedSite], texts: Sequence[str]) -> Source:
    """The register with the figures that sites show."""
    tree = yaml.parse_source(source, limit=MAX_REGISTER)
    shown = {row.id for plan in plans for row in plan.library.facts}
    every = "\n".join(texts)
    kept = tuple((key, fact) for key, fact in tree.items if key.text in shown or key.text in every)
    return _with_data(source, yaml_writer.lines(replace(tree, items=kept)).encode(), anew=True)


def _removed(admissions: Mapping[Audience, Admission], layer: Layer) -> Iterator[Source]:
    """The register of pages that servers answer with 410, which they have the addresses of."""
    gone: dict[str, list[Audience]] = {}
    for audience, admission in admissions.items():
        for page in admission.gone:
            gone.setdefault(page.path, []).append(audience)
    place, end = Place(REMOVED), ALWAYS[1].isoformat()
    pages = []
    for path, audiences in gone.items():
        told = {"audience": audiences[0]} if len(audiences) < len(admissions) else {}
        pages.append(_mapping(place, {"address": path, "until": end, **told}))
    if pages:
        listed = MappingNode(place, ((ScalarNode(place, "pages"), SequenceNode(place, tuple(pages))),))
        empty = Source(REMOVED, f"{layer.name}{REMOVED}", layer.name, "", "")
        yield _with_data(empty, yaml_writer.lines(listed).encode(), anew=True)


def _contact_only(campaign: Layer) -> Layer:
    """What sites take from the brand of the campaign: its contact, and what no brand can do without."""
    files = [source for source in campaign.sources if source.path == BRAND_FILE]
    trees = [(source, yaml.parse_source(source)) for source in files]
    kept = (
        (source, tuple((key, value) for key, value in tree.items if key.text in _OF_CAMPAIGN))
        for source, tree in trees
    )
    sources = (
        _with_data(source, yaml_writer.lines(MappingNode(Place(source.name), items)).encode(), anew=True)
        for source, items in kept
    )
    return Layer(campaign.name, tuple(sources))


_OF_CAMPAIGN = frozenset({"name", "logo", "colour", "contact"})


def _with_data(source: Source, data: bytes, anew: bool = False) -> Source:
    """A file that is not on disk; with ``anew`` its contents are others than those on disk."""
    return replace(source, file="", data=data, size=len(data), digest=digest(data) if anew else source.digest)


# ── time ──


def first_change(pipeline: Pipeline) -> dt.date:
    """The first day on which the national content is another one by itself; ``DAYS`` on when that is later.

    A release of the pipeline's day is for sites until the day before.
    """
    today = _state(pipeline, pipeline.day)
    days = [pipeline.day + dt.timedelta(days=count) for count in range(1, DAYS + 1)]
    return next((day for day in days if _state(pipeline, day) != today), days[-1])


def _state(pipeline: Pipeline, day: dt.date) -> list[object]:
    """All in the national content that depends on the day."""
    admissions = admitted(pipeline, day).values()
    return [
        sorted(expired(pipeline.national.facts or {}, day)),
        *([sorted(one.shown), one.channels, one.photos, [p.path for p in one.gone]] for one in admissions),
    ]


def admitted(pipeline: Pipeline, day: dt.date) -> dict[Audience, Admission]:
    """Who is admitted on a day to a site without content of its own, by the audience that it is."""
    policy, nothing = pipeline.consent_policy(day=day), Layer("", ())
    ended = expired(pipeline.national.facts or {}, day)
    return {one: policy.admit({}, nothing, one, ended=ended) for one in get_args(Audience)}
