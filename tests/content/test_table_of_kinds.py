"""The table of kinds: what a row says is what a site does, for every kind that is in the table."""

from __future__ import annotations

import datetime as dt
import json
import types
import typing
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import pytest
from msgspec.structs import fields
from selectolax.lexbor import LexborHTMLParser

from helpers.sites import ADDRESS, Campaign
from helpers.structured import checked
from microsite.content import yaml
from microsite.content.files import decode
from microsite.content.front_matter import PERSON_KEYS, Letter, Meta, Participant, Person, people
from microsite.content.kinds import BY_NAME, CAMPAIGN, KINDS, LISTING, SECTIONS, Kind, kind_of
from microsite.content.tree import ScalarNode
from microsite.core.i18n import translator
from microsite.core.records import Record
from microsite.core.settings import ENGINE_ROOT

TAGS = ("wonen", "meedoen", "wonen, meedoen") * 2
DOCUMENTS = [kind for kind in KINDS if kind not in (CAMPAIGN, LISTING)]
ROWS = pytest.mark.parametrize("kind", DOCUMENTS, ids=[kind.name for kind in DOCUMENTS])

CONTENT = ENGINE_ROOT / "content"


def write(campaign: Campaign, kind: Kind, folder: str, number: int, tags: str = "") -> None:
    """Write a file of this kind with the keys that are required, about people who do not exist.

    Texts are those of the kind's first example in the demo campaign, and so are the files that they name.
    """
    texts, beside = demo(kind)
    for name in {file.name for file in beside.iterdir()}.intersection(texts.values()):
        for file in beside.glob(f"{Path(name).stem}.*"):
            if file.suffix != ".md":
                campaign.write(f"content/{folder}{file.name}", file.read_bytes())
    needed = {
        field.name: value(field.type, texts.get(field.name, "Een woord"))
        for field in fields(kind.record)
        if field.required and field.name != "title"
    }
    lines = [f"{key}: {text}" for key, text in needed.items()]
    about_people = ["fictional: true"] if kind.asks_consent else []
    header = [f"title: Stuk {number}", "summary: Kort.", f"date: 2026-03-{number:02}", f"tags: [{tags}]"]
    page = "\n".join(["---", *header, *lines, *about_people, "---", "Een zin.", ""])
    campaign.write(f"content/{folder}stuk-{number}.md", page)


@cache
def demo(kind: Kind) -> tuple[dict[str, str], Path]:
    """The front matter's texts in the first example of this kind, and its folder."""
    paths = sorted(file.relative_to(CONTENT).as_posix() for file in CONTENT.rglob("*.md"))
    examples = [path for path in paths if kind_of(path) is kind]
    assert examples, f"content/ has no example of the kind {kind.name}"
    file = CONTENT / examples[0]
    header, _, _ = yaml.split_front_matter(decode(file.read_bytes(), file.name), file.name)
    items = yaml.parse(header, file.name).items
    return {key.text: node.text for key, node in items if isinstance(node, ScalarNode)}, file.parent


def value(hint: Any, words: str) -> str:
    """A value of this type, as YAML on one line."""
    inner = [item for item in typing.get_args(hint) if item not in (types.NoneType, Ellipsis)]
    if typing.get_origin(hint) is typing.Literal:
        return str(inner[0])
    if typing.get_origin(hint) is tuple:
        return f"[{value(inner[0], words)}]"
    if isinstance(hint, types.UnionType):
        return value(inner[0], words)
    if isinstance(hint, type) and issubclass(hint, Record):
        return f"{{{', '.join(f'{f.name}: {value(f.type, words)}' for f in fields(hint) if f.required)}}}"
    plain: dict[Any, str] = {int: "1", Decimal: "1", bool: "false", dt.date: "2026-03-01"}
    return plain.get(hint) or json.dumps(words)


def some_pages(campaign: Campaign, kind: Kind) -> list[str]:
    """Write pages of a kind, enough to narrow their list, and the page that they are a part of."""
    folder = f"{kind.section}/" if kind.section else ""
    if kind.part_of:
        write(campaign, SECTIONS[kind.part_of], f"{kind.part_of}/", 9)
        folder = f"{kind.part_of}/stuk-9/"
    for number, tags in enumerate(TAGS, start=1):
        write(campaign, kind, folder, number, tags)
    return [f"{folder}stuk-{number}.html" for number in range(1, len(TAGS) + 1)]


def attribute(page: LexborHTMLParser, selector: str, name: str) -> str:
    node = page.css_first(selector)
    return "" if node is None else node.attributes[name] or ""


@ROWS
def test_pages_are_shown_as_their_row_says(kind: Kind, campaign: Campaign) -> None:
    paths = some_pages(campaign, kind)
    report = campaign.build()
    assert report.status == 0, report.said
    names = {path.rpartition("/")[2] for path in paths}
    for path in paths:
        page = LexborHTMLParser(campaign.shown(path))
        assert attribute(page, "body", "class") == f"kind-{kind.name}"
        assert ("noarchive" in attribute(page, 'meta[name="robots"]', "content")) is not kind.archived
        is_article = attribute(page, 'meta[property="og:type"]', "content") == "article"
        assert is_article is kind.is_article
        data = checked(campaign.shown(path), ADDRESS, ADDRESS + path)
        assert data["@type"] == kind.schema_type
        assert data["datePublished"] == data["dateModified"]
    feed = feedparser.parse(campaign.shown("feed.xml"))
    assert {entry.link.rpartition("/")[2] for entry in feed.entries}.issuperset(names) is kind.in_feed
    (index,) = (data for path, data in campaign.everything().items() if "js/zoeken-" in path)
    found = {path: name for path, name, *_ in searchable(index)}
    assert {found.get(path) for path in paths} == {kind.name}
    if kind.section:
        overview = LexborHTMLParser(campaign.shown(f"{kind.section}/index.html"))
        assert names <= {a.attributes["href"] for a in overview.css("main a")}
        several = kind.counts[1].format(count="{count}").render(translator("nl"))
        assert attribute(overview, "[data-filter] output", "data-many") == several


def searchable(script: bytes) -> list[list[str]]:
    pages: list[list[str]] = json.loads(script.partition(b"=")[2].rstrip(b";\n"))["pages"]
    return pages


@ROWS
def test_dates_and_consents_are_required_where_the_row_says_so(kind: Kind, campaign: Campaign) -> None:
    sources = [f"content/{path.removesuffix('.html')}.md" for path in some_pages(campaign, kind)]
    campaign.write(sources[0], campaign.read(sources[0]).replace("date: 2026-03-01\n", ""))
    for source in sources[1:]:
        campaign.write(source, campaign.read(source).replace("fictional: true\n", ""))
    problems = campaign.build().data["problems"]
    undated = {p["path"] for p in problems if p["message"] == "'date' is missing"}
    assert undated == ({sources[0]} if kind.dated else set())
    unasked = {p["path"] for p in problems if p["message"] == "left out: there is no consent"}
    required = {field.name for field in fields(kind.record) if field.required}
    exempt = kind.impersonal is not None and kind.impersonal[0] in required  # see the tests of golden awards
    assert unasked == ({*sources[1:]} if kind.asks_consent and not exempt else set())


def test_a_name_and_a_folder_belong_to_one_kind() -> None:
    assert len(BY_NAME) == len({kind.template for kind in BY_NAME.values()})
    assert len(SECTIONS) == len([kind for kind in KINDS if kind.section])
    assert {kind.part_of for kind in KINDS if kind.part_of} <= set(SECTIONS)


@ROWS
def test_the_keys_that_are_searched_are_there(kind: Kind) -> None:
    assert {key.partition(".")[0] for key in kind.searched} <= {field.name for field in fields(kind.record)}


@pytest.mark.parametrize("record", dict.fromkeys(kind.record for kind in KINDS), ids=lambda r: r.__name__)
def test_the_keys_that_hold_people_are_all_known(record: type[Meta]) -> None:
    holding = {field.name for field in fields(record) if holds_people(field.type)}
    assert holding <= set(PERSON_KEYS)
    if holding - {"people"}:
        assert all(kind.asks_consent for kind in KINDS if kind.record is record)
    lists = {f.name: typing.get_args(f.type)[0] for f in fields(record) if typing.get_origin(f.type) is tuple}
    listed = {name: inner for name, inner in lists.items() if holds_people(inner)}
    assert all(issubclass(inner, Participant) for inner in listed.values()), "they each have a consent"


def holds_people(hint: Any) -> bool:
    is_person = isinstance(hint, type) and issubclass(hint, Person)
    return is_person or any(map(holds_people, typing.get_args(hint)))


def test_people_are_found_by_their_keys() -> None:
    anouk, bas = Participant(name="Anouk"), Participant(name="Bas")
    talk = Letter(title="Gesprek", role="worker", person=Person("Cor"), people=(anouk, bas))
    assert list(people(talk)) == [("person", Person("Cor")), ("people.0", anouk), ("people.1", bas)]
    assert list(people(Meta(title="Contact"))) == []
