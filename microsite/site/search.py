"""The search index: the words of every page that is shown, for a script in the browser to search.

The script makes stems of both the index and the query: two stemmers can disagree, one cannot. So the index
has the words as they were written, which also finds the parts of compounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import sub
from typing import Any

from msgspec import json

from microsite.content.kinds import FACTS, MATERIAL, MUSEUM, PLANNER, SERIES, THEME
from microsite.content.markdown.rendered import tokenize
from microsite.core.fingerprints import Fingerprints
from microsite.core.records import Record
from microsite.rendering.artifact import Artifact
from microsite.rendering.views import FactUse, Link, PageMeta
from microsite.site.library import Library
from microsite.site.links import SEARCH
from microsite.site.page import Page

TITLE, ABOUT, TEXT = 2, 1, 0
"""The weight of a word, by where it is on the page. Keywords weigh as much as the title."""

WEIGHTS = 3
PAGE = SEARCH
GENERATED = (THEME, FACTS, SERIES, MATERIAL, MUSEUM, PLANNER)
"""The kinds of pages without a document that are found too, by their title and summary."""


class SearchEntry(Record):
    """What the index has of a page: what results show of it, and the words that find it.

    ``vocabulary`` are the words that its author typed, ``filled_in`` what the site adds to them. ``keywords``
    are words that are not on the page.
    """

    path: str
    kind: str
    language: str
    title: str
    summary: str
    keywords: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    vocabulary: str = ""
    filled_in: tuple[str, ...] = ()


class Contents(Record):
    """The entries of all pages, and what else to search for, by the word that is typed (see ``Site``)."""

    language: str
    entries: tuple[SearchEntry, ...]
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]


class Index(Record):
    """The contents of the index, and the path of its script: it has a digest of them."""

    path: str
    contents: Contents


def index_of(library: Library, generated: Iterable[Artifact], fingerprint: Fingerprints) -> Index:
    """The index of all pages with a document, and of the ``generated`` ones of a kind of ``GENERATED``."""
    site, pages = library.site, (*library.pages, *library.translations)
    entries = (*(entry(page, site.language) for page in pages), *_generated(generated))
    synonyms = tuple((word, tuple(map(str.strip, others.split(",")))) for word, others in site.synonyms)
    contents = Contents(site.language, entries, synonyms)
    return Index(f"js/zoeken-{fingerprint(contents)[:10]}.js", contents)


def entry(page: Page, language: str) -> SearchEntry:
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
        page.document.language or language,
        card.title,
        card.summary,
        page.meta.keywords,
        tuple(filter(None, about)),
        page.document.prose.vocabulary,
        tuple(filter(None, map(_filled_in, page.body.resolved))),
    )


def _generated(artifacts: Iterable[Artifact]) -> Iterator[SearchEntry]:
    for item in artifacts:
        match item.arguments.get("page"):
            case PageMeta(kind=kind, language=language, title=title, summary=summary) if kind in GENERATED:
                yield SearchEntry(item.path, kind.name, language, title, summary, about=(summary,))


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


def index_script(index: Contents) -> bytes:
    """The index as a script that assigns it: a page on disk may run scripts, but not fetch data.

    It has, by language, for each word the numbers ``page * WEIGHTS + weight`` in order, as differences (delta
    encoding). A page has its language where that is not the language of the site.
    """
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    pages = []
    for number, item in enumerate(index.entries):
        first = number * WEIGHTS
        numbers = dict.fromkeys(item.vocabulary.split(), first + TEXT)
        weighed = (TEXT, item.filled_in), (ABOUT, item.about), (TITLE, (item.title, *item.keywords))
        for weight, pieces in weighed:
            if pieces:
                numbers |= dict.fromkeys(tokenize(" ".join(pieces)), first + weight)
        for word, place in numbers.items():
            found[item.language][word].append(place)
        foreign = (item.language,) if item.language != index.language else ()
        pages.append((item.path, item.kind, item.title, item.summary, *foreign))
    listed = {
        "language": index.language,
        "pages": pages,
        "words": {
            language: {word: _steps(places) for word, places in sorted(words.items())}
            for language, words in sorted(found.items())
        },
        "synonyms": dict(index.synonyms),
    }
    return b"window.searchIndex=" + json.encode(listed) + b";\n"


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
