"""What a visitor can search: the words of every page that is shown, for the browser to look through.

The browser does the stemming, of this list and of the question alike: two stemmers can disagree,
one cannot. So the words stand here as they were written, which also finds the parts of compounds.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from microsite.library import Page
from microsite.records import Evidence, Guide, Story
from microsite.values import Record
from microsite.views import Body, FactUse

TITLE, ABOUT, TEXT = 2, 1, 0
"""Where a word stands; a title weighs most."""

WEIGHTS = 3
PAGE = "zoeken.html"


@dataclass(frozen=True, slots=True)
class Entry(Record):
    """A page as search knows it: what is shown of it and what finds it. Nothing else is in the index."""

    path: str
    kind: str
    title: str
    summary: str
    about: tuple[str, ...]
    body: Body


def entry(page: Page) -> Entry:
    """The fields that may be searched, one by one: a new key is not found until it is named here."""
    card = page.card
    about = [
        card.summary,
        *page.meta.in_short,
        card.quote,
        card.name,
        card.place,
        card.work_field,
        *card.themes,
    ]
    match page.meta:
        case Story(person=person):
            about += [person.job, person.organisation]
        case Evidence(claim=claim, method=method, caveat=caveat):
            about += [claim, method, caveat]
        case Guide(goal=goal, roles=roles, needs=needs):
            about += [goal, *roles, *needs]
    return Entry(page.path, card.kind, card.title, card.summary, tuple(filter(None, about)), page.body)


def index(entries: tuple[Entry, ...]) -> bytes:
    """A script that hands the index over: from disk a browser runs scripts, but may not fetch data.

    For each word, in order, the numbers ``page * WEIGHTS + weight`` as steps from the one before.
    """
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, item in enumerate(entries):
        for weight, texts in ((TEXT, _texts(item.body)), (ABOUT, item.about), (TITLE, (item.title,))):
            for word in set().union(*map(words, texts)):
                found[word][number] = weight
    listed = {
        word: _steps(page * WEIGHTS + weight for page, weight in found[word].items())
        for word in sorted(found)
    }
    pages = [[item.path, item.kind, item.title, item.summary] for item in entries]
    data = json.dumps({"pages": pages, "words": listed}, ensure_ascii=False, separators=(",", ":"))
    return f"window.searchIndex={data};\n".encode()


def words(text: str) -> list[str]:
    """The words of a text in small letters without accents; the browser cuts a question in the same way."""
    plain = unicodedata.normalize("NFKD", text.lower())
    for sign in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(sign, "")
    return _WORD.findall(plain)


_WORD = re.compile(r"[^\W_]{2,}")
_TAG = re.compile(r"<[^>]*>")


def _texts(body: Body) -> Iterator[str]:
    """The words of a text between its tags. An attribute may be cut by a mark, so tags go from the whole."""
    marked = "".join(_printed(part) for part in body.parts)
    yield html.unescape(_TAG.sub(" ", marked))


def _printed(part: object) -> str:
    match part:
        case str():
            return part
        case FactUse(fact=fact):
            return html.escape(f" {fact.text} {fact.label} ")
        case _:
            return ""


def _steps(numbers: Iterable[int]) -> list[int]:
    before, steps = 0, []
    for number in sorted(numbers):
        steps.append(number - before)
        before = number
    return steps
