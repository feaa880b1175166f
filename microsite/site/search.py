"""What a visitor can search: the words of every page that is shown, for the browser to look through.

The browser does the stemming, of this list and of the question alike: two stemmers can disagree,
one cannot. So the words stand here as they were written, which also finds the parts of compounds.
"""

from __future__ import annotations

from collections import defaultdict
from operator import sub

from msgspec import json

from microsite.content.front_matter import Evidence, Guide, Story
from microsite.content.markdown.rendered import tokenize
from microsite.core.records import Record
from microsite.rendering.views import FactUse, Link
from microsite.site.page import Page

TITLE, ABOUT, TEXT = 2, 1, 0
"""Where a word stands; a title weighs most."""

WEIGHTS = 3
PAGE = "zoeken.html"


class Entry(Record):
    """A page as search knows it: what is shown of it and what finds it. Nothing else is in the index.

    ``vocabulary`` are the words that its author typed, ``filled_in`` is what its site adds to them.
    """

    path: str
    kind: str
    title: str
    summary: str
    about: tuple[str, ...]
    vocabulary: str
    filled_in: tuple[str, ...]


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
    return Entry(
        page.path,
        card.kind_name,
        card.title,
        card.summary,
        tuple(filter(None, about)),
        page.document.prose.vocabulary,
        tuple(filter(None, map(_filled_in, page.body.resolved))),
    )


def index(entries: tuple[Entry, ...]) -> bytes:
    """A script that hands the index over: from disk a browser runs scripts, but may not fetch data.

    For each word, in order, the numbers ``page * WEIGHTS + weight`` as steps from the one before.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(entries):
        first = number * WEIGHTS
        numbers = dict.fromkeys(item.vocabulary.split(), first + TEXT)
        for weight, pieces in ((TEXT, item.filled_in), (ABOUT, item.about), (TITLE, (item.title,))):
            if pieces:
                numbers |= dict.fromkeys(tokenize(" ".join(pieces)), first + weight)
        for word, place in numbers.items():
            found[word].append(place)
    listed = {word: _steps(places) for word, places in sorted(found.items())}
    pages = [[item.path, item.kind, item.title, item.summary] for item in entries]
    return b"window.searchIndex=" + json.encode({"pages": pages, "words": listed}) + b";\n"


def _filled_in(part: object) -> str:
    match part:
        case FactUse(fact=fact):
            return f"{fact.text} {fact.label}"
        case Link(size=size):
            return size
        case _:
            return ""


def _steps(numbers: list[int]) -> list[int]:
    """What each of these rising numbers adds to the one before it."""
    return list(map(sub, numbers, (0, *numbers)))
