"""What a withdrawal cannot take away, and what to do there; and the receipt for the person."""

from __future__ import annotations

import contextlib
import datetime as dt
import shlex
import textwrap
from collections.abc import Iterator
from pathlib import Path

from microsite.brand.brand_file import Contact
from microsite.core.languages import longdate
from microsite.core.problems import InvalidFile, Text, Translate, text
from microsite.core.records import Record
from microsite.core.settings import NATIONAL, Project
from microsite.core.urls import slugify
from microsite.pack import settings
from microsite.withdraw.carry_out import Outcome
from microsite.withdraw.impact import Impact
from microsite.withdraw.needles import Needles
from microsite.withdraw.views import ENCODINGS


class Remaining(Record):
    """A place where something may remain: what there is, what to do, and the commands for it."""

    what: Text
    todo: Text
    commands: tuple[str, ...] = ()


def remaining(impact: Impact, url: str) -> Iterator[Remaining]:
    """Where something may remain, the most urgent first. ``url`` is the address of the campaign's site."""
    target = impact.target
    paths = [f"{NATIONAL}{path}" for path in (*target.texts, *target.parts, *target.files)]
    quoted = [shlex.quote(path) for path in paths]
    pages = tuple(f"{url}{address}" for address in impact.addresses) if url else ()
    yield Remaining(_ONLINE, _PUT_ONLINE)
    yield Remaining(_ELSEWHERE, _SEND_LIST, (f"{NATIONAL}ingetrokken.yaml",))
    yield Remaining(_SEARCH_ENGINES, _ASK_THEM, (*_FORMS, *pages))
    yield (
        Remaining(_GIT, _REWRITE, (_log(quoted), _filter(quoted), "git push --force --all"))
        if paths
        else (Remaining(_GIT, _REWRITE))
    )
    yield Remaining(_BACKUPS, _DELETE_BACKUPS)
    yield Remaining(_PRINTED, _FETCH_PRINTED)
    yield Remaining(_POSTS, _REMOVE_POSTS)


def _log(paths: list[str]) -> str:
    return f"git log --oneline --all -- {' '.join(paths)}"


def _filter(paths: list[str]) -> str:
    return f"git filter-repo --invert-paths {' '.join(f'--path {path}' for path in paths)}"


_FORMS = (
    "https://search.google.com/search-console/remove-outdated-content",
    "https://www.bing.com/webmasters/tools/contentremoval",
)

_ONLINE = text("The sites that visitors see, until the new ones are there")
_PUT_ONLINE = text("Put all sites online today. That is what takes the person away for visitors.")
_ELSEWHERE = text("Organisations that build their own site, or have a copy")
_SEND_LIST = text(
    "Send them this list. It has only references and digests. With it in content/, 'check' tells what of"
    " theirs is of this person."
)
_SEARCH_ENGINES = text("Search engines and web archives, for some weeks")
_ASK_THEM = text("Ask them to forget these pages, once the new sites are online; archives by mail.")
_GIT = text("The history of git, here and at everybody who has a copy")
_REWRITE = text(
    "Look who has it, and take it out of the history. Agree on it with all who work on this: everybody has"
    " to clone anew."
)
_BACKUPS = text("Backups, cloud drives and the bin of this computer")
_DELETE_BACKUPS = text("Delete the files there too, or note when they will be gone.")
_PRINTED = text("What was printed, and packs that were downloaded or sent")
_FETCH_PRINTED = text("Take it away where it hangs or lies. Ask who got it to throw it away.")
_POSTS = text("Posts on social media, e-mails, newspapers")
_REMOVE_POSTS = text("Remove your own posts. Ask others and the press to do that.")


# ── the receipt ──


def campaign_of(project: Project) -> tuple[str, Contact | None]:
    """The address of the campaign's own site, and whom to ask; as far as its brand.yaml can be read now."""
    with contextlib.suppress(OSError, InvalidFile):
        if project.campaign_brand is not None:
            own = settings(project.campaign_brand, without=())
            return own.address, own.contact
    return "", None


def receipt_file(project: Project, ref: str) -> Path:
    """Where the receipt goes when nobody says where."""
    return project.root / f"bewijs-{slugify(ref)}.txt"


def receipt(
    outcome: Outcome, campaign: str, contact: Contact | None, day: dt.date, translate: Translate
) -> str:
    """A text of one page to give to the person. It names nobody, and says how it is when it was made."""
    impact, searched = outcome.impact, outcome.searched
    target = impact.target
    head = _TITLE if outcome.done else _NOT_READY
    numbers = {
        "texts": len(target.texts) + len(target.parts),
        "files": len(target.files),
        "sites": len(outcome.results),
        "searched": searched.files,
        "ways": len(ENCODINGS),
        "found": len(outcome.traces),
        "addresses": searched.addresses,
        "until": longdate(impact.until, translate),
    }
    done = [_TAKEN, _MADE_AGAIN, _searched(impact.needles)]
    done += [_ADDRESS] if searched.addresses else []
    still = [_IN_TEXTS.format(count=len(impact.mentions))] if impact.mentions else []
    still += [_FIRST_NAME] if impact.needles.common else []
    still += [_AT_VISITORS, _AT_SEARCH, _IN_HISTORY, _ON_PAPER]
    lines = [
        head.render(translate),
        "",
        f"{campaign}, {longdate(day, translate)}",
        _REFERENCE.format(ref=target.ref).render(translate),
        "",
        _DONE.render(translate),
        *_listed(done, numbers, translate),
        "",
        _STILL.render(translate),
        *_listed(still, numbers, translate),
        "",
        _QUESTIONS.render(translate),
        *(_contact(contact) if contact is not None else ()),
    ]
    return "\n".join(lines) + "\n"


def _searched(needles: Needles) -> Text:
    if needles.names:
        return _SEARCHED
    return _SEARCHED_WORDS if needles.phrases else _SEARCHED_PICTURES


def _listed(sentences: list[Text], numbers: dict[str, object], translate: Translate) -> Iterator[str]:
    for sentence in sentences:
        plain = sentence.format(**numbers, **dict(sentence.values)).render(translate)
        yield textwrap.fill(plain, 76, initial_indent="- ", subsequent_indent="  ")


def _contact(contact: Contact) -> Iterator[str]:
    for line in (contact.name, contact.role, contact.phone, contact.email):
        if line:
            yield str(line)


_TITLE = text("Your story was taken away")
_NOT_READY = text("Your story is being taken away: this is not ready yet")
_REFERENCE = text("Number of the agreement: {ref}")
_DONE = text("This was done:")
_TAKEN = text("Texts taken out of the campaign: {texts}. Pictures and other files: {files}.")
_MADE_AGAIN = text("Sites that were made again without you: {sites}. So were posters, cards and packs.")
_SEARCHED = text(
    "After that {searched} files were looked through for your name, your words and your picture, in {ways}"
    " ways of writing. Found: {found}."
)
_SEARCHED_WORDS = text(
    "After that {searched} files were looked through for your words and your picture, in {ways} ways of"
    " writing. Found: {found}."
)
_SEARCHED_PICTURES = text(
    "After that {searched} files were looked through for your picture. Found: {found}. Your name and words"
    " were not here any more, so they could not be looked for."
)
_ADDRESS = text(
    "The old address of your page stays in {addresses} places that servers read, until {until}. With it they"
    " tell search engines that the page is gone. Visitors see an empty page."
)
_STILL = text("This may still be there:")
_IN_TEXTS = text("Other texts in which you are named: {count}. We take your name out by hand.")
_FIRST_NAME = text("Other people who are called as you are. We look whether a text means you.")
_AT_VISITORS = text("The old pages, until each organisation has put its new site online. We ask them today.")
_AT_SEARCH = text("The results of search engines and web archives. We ask them to forget the pages.")
_IN_HISTORY = text("Backups and the history of our files. We take you out of those too.")
_ON_PAPER = text("What was printed, shared or saved by others. Tell us where you see it: then we ask for it.")
_QUESTIONS = text("Questions, or do you still see something? Call or mail:")
