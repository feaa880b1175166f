"""``withdraw``: take somebody's texts and pictures away everywhere, after showing what that changes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from microsite.commands import reports
from microsite.content.consent import Channel
from microsite.content.files import os_reason
from microsite.core.languages import longdate
from microsite.core.problems import Problem, Text, Translate, text
from microsite.core.records import Record
from microsite.core.settings import NATIONAL, Options, Progress, Project
from microsite.publishing.result import Result
from microsite.session import Session
from microsite.withdraw.carry_out import Outcome, carry_out
from microsite.withdraw.channels import Narrowed, Narrowing, foresee_change, narrow
from microsite.withdraw.impact import AtSite, Impact, alike
from microsite.withdraw.remains import campaign_of, receipt, receipt_file, remaining

NAMED = 10
"""How many places or files are named of a longer list."""


class Asked(Record):
    """What was asked on the command line.

    ``wanted`` is a reference or a path, ``channels`` limit the withdrawal to these, with ``yes`` it is not
    asked again, ``to`` is the file for the receipt.
    """

    wanted: str
    channels: tuple[Channel, ...] = ()
    yes: bool = False
    to: Path | None = None


def withdraw(
    project: Project,
    brands: Sequence[Path],
    options: Options,
    asked: Asked,
    translate: Translate,
    progress: Progress,
) -> bool:
    """Show what a withdrawal changes, ask, and do it. Returns False when something is left to do."""
    say = partial(_print, translate)
    with Session(project, options, progress, len(brands)) as session:
        found = foresee_change(session, asked.wanted, asked.channels, brands)
        site = session.pipeline().national.site
    say(_narrowing(found) if isinstance(found, Narrowing) else _impact(project, found, translate))
    if not (asked.yes or _agrees(translate)):
        return False
    report = partial(reports.refresh_index, project, brands, options, translate)
    try:
        if isinstance(found, Narrowing):
            narrowed = narrow(project, brands, options, found, translate, progress, report)
            say(_narrowed(project, narrowed))
            return narrowed.done
        outcome = carry_out(project, brands, options, found, translate, progress, report)
    except KeyboardInterrupt:
        say([_NOT_DONE.format(ref=asked.wanted)])
        return False
    say(_outcome(project, outcome))
    url, contact = campaign_of(project)
    for one in remaining(found, url):
        print(f"\n{one.what.render(translate)}\n  {one.todo.render(translate)}")
        print("".join(f"    {command}\n" for command in one.commands), end="")
    page = receipt(outcome, site.title if site is not None else "", contact, options.day, translate)
    print()
    say([_written(project, asked.to or receipt_file(project, found.target.ref), page)])
    return outcome.done and all(result.done for result in outcome.results)


def _written(project: Project, file: Path, page: str) -> Text:
    """Write the receipt; what to say of it."""
    try:
        file.write_text(page, "utf-8")
    except OSError as error:
        return _NO_RECEIPT.format(file=project.display_path(file), reason=os_reason(error))
    return _RECEIPT.format(file=project.display_path(file))


def _print(translate: Translate, lines: Iterable[Text | Problem | str]) -> None:
    for line in lines:
        print(line if isinstance(line, str) else line.render(translate))


def _agrees(translate: Translate) -> bool:
    """Ask. Without a terminal nobody can say yes, so that is a no."""
    if not sys.stdin.isatty():
        print(_NOBODY_ASKED.render(translate))
        return False
    answer = input(f"\n{_SURE.render(translate)} ").strip().casefold()
    yes = translate(_YES.sentence)
    if answer in (yes, yes[:1]):
        return True
    print(_NOTHING_DONE.render(translate))
    return False


# ── before ──


def _impact(project: Project, impact: Impact, translate: Translate) -> Iterator[Text | Problem | str]:
    target = impact.target
    yield (_AGAIN if impact.begun else _WILL_CHANGE).format(ref=target.ref)
    yield ""
    yield from _named(_REDUCED, [f"{NATIONAL}{path}" for path in target.texts])
    yield from _named(_REMOVED, [f"{NATIONAL}{path}" for path in (*target.parts, *target.files)])
    yield from _named(_SENT, [project.display_path(file) for file in impact.sent])
    yield _LISTED.format(count=len(impact.addresses), day=longdate(impact.until, translate))
    yield ""
    yield _ALL_SITES.format(count=len(impact.sites))
    yield from _sites(impact.sites)
    own = [name for site in impact.sites for name in site.own]
    yield from _named(_COPIES, own)
    if impact.used:
        yield ""
        yield _USED
        yield from (f"  {picture} → {name}" for picture, name in impact.used[:NAMED])
    if impact.mentions:
        yield ""
        yield _MENTIONED
        yield from (f"  {problem.place}" for problem in impact.mentions)
    if impact.needles.common:
        yield ""
        yield _COMMON.format(names=", ".join(sorted({name for name, _ in impact.needles.common})))
        files = list(dict.fromkeys(file for _, file in impact.needles.common))
        yield from (f"  {file}" for file in files[:NAMED])
        if len(files) > NAMED:
            yield _AND_MORE.format(count=len(files) - NAMED)


def _named(sentence: Text, names: Sequence[str]) -> Iterator[Text | str]:
    if names:
        yield sentence.format(count=len(names))
        yield from (f"  {name}" for name in names)


def _sites(sites: Iterable[AtSite]) -> Iterator[Text | str]:
    """A line for each site, or one for all that have the same."""
    for group in alike(sites):
        number, site = len(group.brands), group.site
        yield ", ".join(group.brands[:NAMED]) + (f" … ({number})" if number > NAMED else "")
        if not (site.pages or site.files or site.material):
            yield _NOTHING_AT_SITE
        yield from (f"  {page}" for page in site.pages)
        if site.files:
            yield _FILES_AT_SITE.format(count=len(site.files))
        if site.material:
            yield _MATERIAL_AT_SITE.format(count=len(site.material))
        if site.packed:
            yield _PACKED_AT_SITE


def _narrowing(narrowing: Narrowing) -> Iterator[Text | str]:
    channels = {"channels": ", ".join(narrowing.channels), "left": ", ".join(narrowing.left)}
    yield _NARROW.format(ref=narrowing.ref, **channels)
    yield from (f"  {NATIONAL}{path}" for path in narrowing.texts)
    for brand, paths in narrowing.gone.items():
        if paths:
            yield _GOES.format(brand=brand, count=len(paths))
            yield from (f"  {path}" for path in paths[:NAMED])
    if not any(narrowing.gone.values()):
        yield _NOTHING_GOES


# ── after ──


def _trouble(
    project: Project, results: Iterable[Result], problems: Iterable[Problem]
) -> Iterator[Text | Problem]:
    """What went wrong, the worst first."""
    yield from problems
    for result in results:
        if not result.done:
            yield from (problem for problem in result.problems if problem.severity == "error")
            yield reports.summary(project, result, "build")


def _outcome(project: Project, outcome: Outcome) -> Iterator[Text | Problem | str]:
    yield ""
    yield from _trouble(project, outcome.results, outcome.problems)
    if outcome.traces:
        yield _STILL_THERE
        for trace in outcome.traces[: 2 * NAMED]:
            yield f"  {trace.describe(project)}"
    yield _ALL_DONE if outcome.done else _NOT_DONE.format(ref=outcome.impact.target.ref)
    searched = outcome.searched
    yield _LOOKED.format(files=searched.files, addresses=searched.addresses)
    if outcome.impact.mentions:
        yield _MENDED_BY_HAND
        yield from (problem for problem in outcome.impact.mentions)


def _narrowed(project: Project, narrowed: Narrowed) -> Iterator[Text | Problem | str]:
    yield ""
    yield from _trouble(project, narrowed.results, narrowed.problems)
    one = narrowed.narrowing
    done = _CHANNELS_DONE if narrowed.done else _NOT_DONE
    yield done.format(ref=one.ref, channels=", ".join(one.channels))
    if narrowed.done:
        yield _CHANNELS_REMAIN


_WILL_CHANGE = text("Withdrawing consent {ref} changes this:")
_AGAIN = text("Consent {ref} was withdrawn before. This is done again:")
_REDUCED = text("Of these texts only the reference stays: {count}")
_REMOVED = text("These files are removed: {count}")
_SENT = text("Files that were made to show the page before it was public are removed: {count}")
_LISTED = text("Addresses that servers answer with 'gone' until {day}: {count}")
_ALL_SITES = text(
    "All sites are made again, with their lists, feeds, search, posters, cards and packs: {count}"
)
_NOTHING_AT_SITE = text("  nothing of this person")
_FILES_AT_SITE = text("  pictures and other files: {count}")
_MATERIAL_AT_SITE = text("  posters, cards and other material: {count}")
_PACKED_AT_SITE = text("  the ZIP of the site")
_COPIES = text(
    "Pages of organisations that are about this person, and are left out. Their files stay: {count}"
)
_USED = text("These pictures are in other texts too, and go there as well:")
_MENTIONED = text("The name or words are in other texts too. Only you can take them out there:")
_COMMON = text("Look yourself whether these are about this person: {names}. Others may be called that too:")
_AND_MORE = text("  … and {count} more")
_SURE = text("Take all of this away? It cannot be undone here. (yes/no)")
_YES = text("yes")
_NOTHING_DONE = text("Nothing was changed.")
_NOBODY_ASKED = text("Nothing was changed. In a script, add --yes.")
_NARROW = text("Consent {ref} keeps {left}, and loses {channels}, in:")
_GOES = text("{brand}: these files go: {count}")
_NOTHING_GOES = text("No file of a site stands on it alone. Nothing else changes.")
_STILL_THERE = text(
    "URGENT: something of this person is still here. Take it away, and give the command again:"
)
_ALL_DONE = text("Done. All sites were made again, and nothing of this person is in them.")
_NOT_DONE = text(
    "URGENT: this is not ready. Mend what stands above, and then: python3 build.py withdraw {ref} --yes"
)
_LOOKED = text("Files that were looked through: {files}. Old addresses in rules for servers: {addresses}.")
_MENDED_BY_HAND = text("Take the name or words out of these texts today, and build all sites:")
_CHANNELS_DONE = text(
    "Done. Nothing of consent {ref} stands on {channels} any more, in what the program makes."
)
_CHANNELS_REMAIN = text("Put all sites online, and take away what was posted, sent or printed already.")
_RECEIPT = text("The receipt for the person is in {file}. Read it before you give it.")
_NO_RECEIPT = text("The receipt could not be written to {file}: {reason}")
