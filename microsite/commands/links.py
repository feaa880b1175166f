"""``check --links``: whether the addresses on other sites, to which texts and settings refer, still answer.

Only when it is asked, as it is the one thing that reaches the internet. Each address is asked for once, at
most once in some days, and each host for one address at a time, so that nobody is bothered.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import DecodeError, ValidationError, json

from microsite.commands.asking import LIMITS, REASONS, UNCONNECTED, Answer, Limits, ask_all
from microsite.content.facts import FACTS
from microsite.content.files import Source
from microsite.content.site_file import SITE
from microsite.core.files import replace_file, seal, unseal
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record
from microsite.core.settings import BRAND_FILE, Options, Progress, Project
from microsite.pipeline import Pipeline
from microsite.session import Session

CACHE = "links.json"
"""In the state folder: what was found, by the digest of each address, and on which day."""


class Known(Record):
    """An answer of an earlier day."""

    day: dt.date
    answer: Answer


def check_links(
    project: Project, brands: Sequence[Path], options: Options, progress: Progress, limits: Limits = LIMITS
) -> tuple[Problem, ...]:
    """What is to be reported of the links of these brands' sites to other sites."""
    with Session(project, options, progress, len(brands)) as session:
        places: dict[str, Place] = {}
        for folder in brands:
            for url, place in _links(session.pipeline(), session, folder):
                places.setdefault(url, place)
    file = project.state_folder / CACHE
    answers = _answers(places, file, options.day, limits, progress)
    if len(answers) > 1 and all(answer == UNCONNECTED for answer in answers.values()):
        return (Problem(Place("content"), _OFFLINE.format(count=len(answers)), _ONLINE, "notice"),)
    told = (_problem(url, places[url], answers.get(url)) for url in places)
    return tuple(problem for problem in told if problem is not None)


# ── which links there are ──

_HREF = re.compile(r'href="(https?://[^"]+)"')
_URL = re.compile(r"https?://[^\s\"'<>{}\[\],|]+[^\s\"'<>{}\[\],|.;:!?)]")
_RESERVED = re.compile(r"(?:.*\.)?(?:example|invalid|test|localhost|example\.(?:com|net|org))\.?")
"""Hosts that are nobody's (RFC 2606), for examples."""


def _links(pipeline: Pipeline, session: Session, folder: Path) -> Iterator[tuple[str, Place]]:
    """(address without fragment, where it is) of each link of a brand's site to another site."""
    files = session.files(folder)
    plan = pipeline.plan(files)
    pipeline.forget(plan)
    sources = {source.name: source for source in (*files.sources, *pipeline.national.layer.sources)}
    settings = (s for s in sources.values() if Path(s.path).name in (SITE, FACTS, BRAND_FILE))
    own = ""
    for source in settings:
        written = _text(source)
        own = own or (match[1] if (match := _OWN.search(written)) and source.path == BRAND_FILE else "")
        for found in _URL.finditer(written):
            yield from _wanted(found[0], _place(source.name, written, found.start()), own)
    for page in (*plan.library.pages, *plan.library.translations):
        name = page.document.written_in
        urls = dict.fromkeys(map(html.unescape, _HREF.findall(page.body.html.decode())))
        written = _text(sources[name]) if urls and name in sources else ""
        for url in urls:
            at = written.find(url)
            yield from _wanted(url, _place(name, written, at) if at >= 0 else Place(name), own)


_OWN = re.compile(r"^url:\s*[\"']?(https?://[^\s\"'#]+)", re.M)


def _wanted(url: str, place: Place, own: str) -> Iterator[tuple[str, Place]]:
    bare = url.partition("#")[0]
    host = urlsplit(bare).hostname or ""
    if host and not _RESERVED.fullmatch(host.lower()) and not (own and bare.startswith(own)):
        yield bare, place


def _text(source: Source) -> str:
    return source.read().decode("utf-8", "replace")


def _place(name: str, written: str, at: int) -> Place:
    line = written.count("\n", 0, at) + 1
    return Place(name, line, at - written.rfind("\n", 0, at))


# ── what was known ──


def _answers(
    urls: Iterable[str], file: Path, day: dt.date, limits: Limits, progress: Progress
) -> Mapping[str, Answer]:
    """The answers, from the cache where these are fresh. Those that there was no time for are absent."""
    wanted = list(urls)
    before = _load(file)
    known = {url: before[key].answer for url in wanted if _fresh(before.get(key := _key(url)), day, limits)}
    asking = [url for url in wanted if url not in known][: limits.addresses]
    found = ask_all(asking, limits, progress)
    kept = {_key(url): before[_key(url)] for url in known}
    kept |= {_key(url): Known(day, answer) for url, answer in found.items()}
    with contextlib.suppress(OSError):  # it only saves time
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, seal(json.encode(kept)))
    return {**known, **found}


def _key(url: str) -> str:
    return digest(url.encode())


def _load(file: Path) -> Mapping[str, Known]:
    try:
        data = unseal(file.read_bytes())
        return json.decode(data, type=dict[str, Known]) if data is not None else {}
    except (OSError, DecodeError, ValidationError):
        return {}


def _fresh(known: Known | None, day: dt.date, limits: Limits) -> bool:
    if known is None or known.answer.outcome == "unclear":
        return False
    days = limits.broken_for if known.answer.outcome == "gone" else limits.fine_for
    return 0 <= (day - known.day).days < days


# ── what is told ──


def _problem(url: str, place: Place, answer: Answer | None) -> Problem | None:
    if answer is None:
        return Problem(place, _NOT_REACHED.format(url=url), _AGAIN, "notice")
    if answer.outcome == "gone":
        said = _STATUS.format(url=url, status=answer.status) if answer.status else _NO_HOST.format(url=url)
        return Problem(place, said, _LOOK, "warning")
    if answer.outcome == "moved":
        return Problem(place, _MOVED.format(url=url), _WRITE.format(target=answer.detail), "notice")
    if answer.outcome == "unclear":
        said = REASONS.get(answer.detail, _UNCLEAR)
        return Problem(place, said.format(url=url, status=answer.status), _YOURSELF, "notice")
    return None


_OFFLINE = text("no other site could be reached, of {count} addresses")
_ONLINE = text("is this computer online? Then give the command again")
_STATUS = text("nothing is at {url} any more (status {status})")
_NO_HOST = text("there is no site at {url} any more")
_LOOK = text("look for the new address, or take the link out")
_MOVED = text("{url} has moved for good")
_WRITE = text("write: {target}")
_NOT_REACHED = text("{url} was not looked at: there was no time, or its site asked us to wait")
_AGAIN = text("run it again: what was found is remembered")
_UNCLEAR = text("it is not clear whether {url} still works (status {status})")
_YOURSELF = text("open it in a browser, and see")
