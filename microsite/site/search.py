"""The search index: the words of every page that is shown, for a script in the browser to search.

The script stems both the index and the query: two stemmers can disagree, one cannot. So the index has
the words as they were written, which also finds the parts of compounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import sub
from typing import Any

from msgspec import json

from microsite.content.markdown.rendered import tokenize
from microsite.core.fingerprints import Fingerprints
from microsite.core.records import Record
from microsite.rendering.views import FactUse, Link
from microsite.site.links import SEARCH
from microsite.site.page import Page

TITLE, ABOUT, TEXT = 2, 1, 0
"""The weight of a word, by where it is on the page."""

WEIGHTS = 3
PAGE = SEARCH


class SearchEntry(Record):
    """What the index has of a page: what results show of it, and the words that find it.

    ``vocabulary`` are the words that its author typed, ``filled_in`` what the site adds to them.
    """

    path: str
    kind: str
    title: str
    summary: str
    about: tuple[str, ...]
    vocabulary: str
    filled_in: tuple[str, ...]


class Index(Record):
    """The entries of all pages, and the path of their script: it has a digest of them."""

    path: str
    entries: tuple[SearchEntry, ...]


def index_of(pages: Iterable[Page], fingerprint: Fingerprints) -> Index:
    """The index of these pages."""
    entries = tuple(map(entry, pages))
    return Index(f"js/zoeken-{fingerprint(entries)[:10]}.js", entries)


def entry(page: Page) -> SearchEntry:
    """The entry of a page, with the keys of its front matter that ``Kind.searched`` names."""
    card = page.card
    about = [
        card.summary,
        *page.meta.in_short,
        card.quote,
        card.name,
        *(person.name for person in page.meta.people),
        card.place,
        card.work_field,
        *card.themes,
        *(words for key in page.kind.searched for words in _words(page.meta, key)),
    ]
    return SearchEntry(
        page.path,
        card.kind_name,
        card.title,
        card.summary,
        tuple(filter(None, about)),
        page.document.prose.vocabulary,
        tuple(filter(None, map(_filled_in, page.body.resolved))),
    )


def _words(value: Any, key: str) -> Iterator[str]:
    """The texts at a dotted key of a record, and of each record in a list."""
    if isinstance(value, tuple):
        for item in value:
            yield from _words(item, key)
    elif key:
        first, _, rest = key.partition(".")
        yield from _words(getattr(value, first, None), rest)
    elif value is not None:
        yield value


def index_script(entries: tuple[SearchEntry, ...]) -> bytes:
    """The index as a script that assigns it: a page on disk may run scripts, but not fetch data.

    It has, for each word, the numbers ``page * WEIGHTS + weight`` in order, as differences (delta encoding).
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
    """Delta encoding: the differences between consecutive numbers."""
    return list(map(sub, numbers, (0, *numbers)))
