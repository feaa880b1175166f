"""JSON Schema takes what the program reads, and refuses what it refuses because of its type."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from helpers.yaml_values import values
from microsite.commands.editors import files, handbook
from microsite.commands.editors.json_schema import SCALARS, schema_of
from microsite.content import schema, yaml
from microsite.content.consents import read_consents, without_consents
from microsite.content.keys import Key, keys_of
from microsite.content.kinds import KINDS, Kind, kind_of
from microsite.content.schema import PartialDate
from microsite.core.contact_details import Email, Phone
from microsite.core.languages import translated
from microsite.core.problems import InvalidFile
from microsite.core.records import Record
from microsite.core.settings import BRAND_FILE

ROOT = Path(__file__).parent.parent.parent


def accepts(found: dict[str, Any], document: str) -> bool:
    return not refusals(found, document)


def refusals(found: dict[str, Any], document: str) -> list[str]:
    checker = Draft7Validator(found, format_checker=Draft7Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(values(document))]


def reads(record: type, document: str) -> bool:
    try:
        validated = schema.validate(record, yaml.parse(document, "f.yaml"))
    except InvalidFile:
        return False
    return validated.record is not None and not [p for p in validated.problems if p.severity == "error"]


# ── each type of value, as it can be written ──


class Text(Record):
    key: str


class Whole(Record):
    key: int


class Number(Record):
    key: Decimal


class YesOrNo(Record):
    key: bool


class Day(Record):
    key: dt.date


class Period(Record):
    key: PartialDate


class Call(Record):
    key: Phone


class Mail(Record):
    key: Email


class Choice(Record):
    key: Literal["worker", "client"]


class Several(Record):
    key: tuple[str, ...]


class Chosen(Record):
    key: tuple[Literal["web", "print"], ...]


class Named(Record):
    key: tuple[tuple[str, int], ...]


class Group(Record):
    key: Choice


class Groups(Record):
    key: tuple[Choice, ...]


class MaybeText(Record):
    key: str = ""


class MaybeWhole(Record):
    key: int | None = None


class MaybeYes(Record):
    key: bool = False


class MaybeDay(Record):
    key: dt.date | None = None


class MaybePeriod(Record):
    key: PartialDate | None = None


class MaybeCall(Record):
    key: Phone | None = None


class MaybeChoice(Record):
    key: Literal["worker", "client"] = "worker"


class MaybeSeveral(Record):
    key: tuple[str, ...] = ()


class MaybeGroup(Record):
    key: Choice | None = None


TYPES = (
    *(Text, Whole, Number, YesOrNo, Day, Period, Call, Mail, Choice, Several, Chosen, Named, Group, Groups),
    *(MaybeText, MaybeWhole, MaybeYes, MaybeDay, MaybePeriod, MaybeCall, MaybeChoice, MaybeSeveral),
    MaybeGroup,
)

WRITTEN = (
    *("", "~", "null", '""', "' '", "true", "FALSE", "ja", "Nee", "yes", "on", "y", "waar"),
    *(
        "0",
        "3",
        "-4",
        "'3'",
        "+3",
        "007",
        "1e3",
        "0x1F",
        "1.6",
        "'1.6'",
        ".5",
        "1.",
        "1,6",
        "1.2.3",
        "4.000.000",
    ),
    *(
        "1234567890",
        "-999999999",
        "1_0",
        "12:30",
        "2022",
        "0022",
        "999",
        "'2022'",
        "2022-03",
        "2022-13",
        "2022-00",
    ),
    *(
        "2026-03-01",
        "'2026-03-01'",
        "2026-02-31",
        "2026-3-1",
        "01-03-2026",
        "2026-03-01T10:00:00",
        "0000-01-01",
    ),
    *(
        "worker",
        "Worker",
        "'client'",
        "boss",
        "web",
        "Een gewone zin.",
        "'Tussen: aanhalingstekens'",
        "# weg",
    ),
    *("010-1234567", "0101234567", "+31 10 123 45 67", "112", "+31101234567", "bel maar", "00"),
    *("info@example.nl", "info@café.nl", "info@example", "info", "'@example.nl'", "a b@example.nl"),
    *(
        "[]",
        "[web]",
        "[web, print]",
        "[web, radio]",
        "[3]",
        "[een, twee]",
        "[[een]]",
        "[~]",
        "['']",
        "[een, ]",
    ),
    *("{}", "{key: worker}", "{key: boss}", "{key: }", "{kye: worker}", "{key: worker, meer: 1}", "{een: 3}"),
    *("{een: drie}", "[{key: worker}]", "[{key: boss}]", "[{}]", "{een: {key: worker}}"),
)

TEXTS = (Text, MaybeText, Several, MaybeSeveral)
WHOLE = (Whole, MaybeWhole, Named)
OPTIONAL = tuple(kind for kind in TYPES if kind.__name__.startswith("Maybe"))

STRICTER: dict[str, tuple[tuple[type, ...], Callable[[str], bool]]] = {
    "true and false are no texts, or editors would offer them for each text": (
        TEXTS,
        lambda typed: bool(re.search(r"\b(?:true|false)\b", typed.lower())),
    ),
    "a word for nothing is a text where a text is required": (
        (Text, Several, MaybeSeveral),
        lambda typed: bool(re.search(r"~|\bnull\b", typed)),
    ),
    "nothing between quotes is no list and no group": (
        (MaybeSeveral, MaybeGroup, MaybeChoice),
        lambda typed: bool(re.fullmatch(r"(['\"])\s*\1", typed)),
    ),
    "a year with a zero in front is another number": ((Period, MaybePeriod), lambda typed: typed == "0022"),
}
"""What a schema refuses and the program reads, by the reason; the types, and what is written."""

LOOSER: dict[str, tuple[tuple[type, ...], Callable[[str], bool]]] = {
    "a number is a number, however it is written": (
        (*WHOLE, Number, Period, MaybePeriod),
        lambda typed: bool(re.search(r"\+\d|\de\d|0x|\d\.0*(?!\d)|\b0\d{9}", typed)),
    ),
    "which telephone numbers and mail addresses there can be takes more than a pattern": (
        (Call, MaybeCall, Mail),
        lambda typed: True,
    ),
}
"""What a schema takes and the program refuses, by the reason."""


def _excused(
    table: dict[str, tuple[tuple[type, ...], Callable[[str], bool]]], kind: type, typed: str
) -> bool:
    return any(kind in kinds and written(typed) for kinds, written in table.values())


@pytest.fixture
def _explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of the records above are in no handbook."""
    monkeypatch.setattr(handbook, "entry", lambda record, path: handbook.Entry("iets", "nee", ""))


def _differs(kind: type, typed: str) -> str:
    document = f"key: {typed}\n"
    read, taken = reads(kind, document), accepts(schema_of(kind, "f.yaml"), document)
    if read == taken or _excused(STRICTER if read else LOOSER, kind, typed):
        return ""
    return f"{kind.__name__}: {typed} ({'read' if read else 'refused'} by the program)"


@pytest.mark.usefixtures("_explained")
@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_a_schema_takes_what_the_program_reads_and_nothing_else(kind: type) -> None:
    assert [said for typed in WRITTEN if (said := _differs(kind, typed))] == []


@pytest.mark.usefixtures("_explained")
def test_each_exception_is_one() -> None:
    """None stands in the tables that is not needed."""
    for table, read in ((STRICTER, True), (LOOSER, False)):
        for reason, (kinds, written) in table.items():
            needed = [
                typed
                for kind in kinds
                for typed in filter(written, WRITTEN)
                if (reads(kind, f"key: {typed}\n") is read)
                and accepts(schema_of(kind, "f.yaml"), f"key: {typed}\n") is not read
            ]
            assert needed, reason


def test_there_is_a_schema_of_each_type_that_the_program_reads() -> None:
    assert set(SCALARS) == set(schema._SCALARS)


# ── whole files ──

PLAIN = [
    typed
    for typed in WRITTEN
    if not any(
        written(typed)
        for table in (STRICTER, LOOSER)
        for kinds, written in table.values()
        if Call not in kinds
    )
]
"""What can be written without an exception, whatever the key."""

GOOD: dict[Any, str] = {
    str: "iets",
    int: "3",
    Decimal: "1.6",
    bool: "ja",
    dt.date: "2026-03-01",
    PartialDate: "2026-03",
    Phone: "010-1234567",
    Email: "info@example.nl",
}


@st.composite
def written(draw: st.DrawFn, keys: tuple[Key, ...]) -> str:
    """A group between braces, in which some values are anything."""
    taken = [key for key in keys if draw(st.integers(0, 19)) < (19 if key.required else 5)]
    pairs = [f"{key.name}: {draw(_value(key))}" for key in taken]
    if not draw(st.integers(0, 15)):
        pairs.append("vreemd: iets")
    return "{" + ", ".join(pairs) + "}"


@st.composite
def _value(draw: st.DrawFn, key: Key) -> str:
    if key.type not in (Phone, Email) and not draw(st.integers(0, 29)):
        return draw(st.sampled_from(PLAIN))
    each = [draw(_one(key)) for _ in range(draw(st.integers(1, 2)) if key.many else 1)]
    if key.many == "table":
        return "{" + ", ".join(f"naam{i}: {one}" for i, one in enumerate(each)) + "}"
    return f"[{', '.join(each)}]" if key.many else each[0]


def _one(key: Key) -> st.SearchStrategy[str]:
    if key.keys:
        return written(key.keys)
    return st.sampled_from(key.choices) if key.choices else st.just(GOOD[key.type])


def reads_page(name: str, front_matter: str) -> bool:
    """Whether the program reads a page's front matter without anything to say of keys and their types."""
    kind = _kind(name)
    tree = yaml.parse(front_matter, "f.md")
    validated, slips = schema.validate(kind.record, without_consents(tree)), read_consents(tree).slips
    wrong = [problem for problem in (*validated.problems, *slips) if problem.severity == "error" or slips]
    meta = validated.record
    return not wrong and meta is not None and all(getattr(meta, key) for key in files.needed(kind))


def _kind(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def _agree(data: st.DataObject) -> None:
    """That the schema of any file takes a document if and only if the program reads it."""
    name = data.draw(st.sampled_from(files.NAMES))
    record = files.SETTINGS.get(name) or _kind(name).record
    document = data.draw(written(keys_of(record)))
    try:
        yaml.parse(document, name)
    except InvalidFile:  # as '1,6' between braces: no YAML of these keys, and no schema is asked
        reject()
    if name in files.TABLES:
        document = f"naam: {document}"
        read = schema.validate_table(files.SETTINGS[name], yaml.parse(document, name)).record is not None
    else:
        read = reads(record, document) if name in files.SETTINGS else reads_page(name, document)
    refused = refusals(files.schema(name), document)
    assert read is not bool(refused), (name, refused)


@given(st.data())
@settings(max_examples=40)
def test_a_schema_takes_a_file_that_the_program_reads_and_no_other(data: st.DataObject) -> None:
    _agree(data)


@pytest.mark.long
@given(st.data())
@settings(max_examples=2000)
def test_a_schema_takes_many_files_that_the_program_reads_and_no_others(data: st.DataObject) -> None:
    _agree(data)


def _front_matter(file: Path) -> str:
    return yaml.split_front_matter(file.read_text(encoding="utf-8"), file.name)[0]


def test_the_campaign_itself_is_taken() -> None:
    """Translations and members' changes of national pages have some of the keys only."""
    content = ROOT / "content"
    pages = [file for file in content.rglob("*.md") if not translated(file.name)[1]]
    campaign = (*content.glob("*.yaml"), *ROOT.glob("brands/**/*.yaml"))
    settings = [file for file in campaign if file.name in files.SETTINGS]
    assert len(pages) > 40
    assert len(settings) > 8
    refused = {
        file: said
        for file, found, document in (
            *((file, files.schema(kind_of(_path(file)).name), _front_matter(file)) for file in pages),
            *((file, files.schema(file.name), file.read_text(encoding="utf-8")) for file in settings),
        )
        if (said := refusals(found, document))
    }
    assert refused == {}


def _path(file: Path) -> str:
    return file.relative_to(ROOT / "content").as_posix()


def test_a_withdrawal_needs_no_more_than_which_consent_it_is() -> None:
    page = "title: Noor\nsummary: Kort.\nrole: client\nperson: {name: Noor}\nconsent: "
    story = files.schema("story")
    assert accepts(story, page + "{ref: C-1, status: withdrawn, given_on: }")
    assert refusals(story, page + "{status: withdrawn}") == ["$.consent: 'ref' is a required property"]
    assert len(refusals(story, page + "{ref: C-1, status: valid}")) == 2


# ── what it says ──


def test_each_key_is_described_in_dutch() -> None:
    undescribed = [name for name in files.NAMES for found in _properties(files.schema(name)) if not found]
    assert undescribed == []
    title = files.schema("story")["properties"]["title"]
    assert title["description"] == "De titel. Voorbeeld: Bas belt aan"
    assert files.schema(BRAND_FILE)["properties"]["url"]["description"].startswith("Het adres waar de site")


def _properties(found: Any) -> Iterator[str]:
    """The descriptions of all properties in a schema."""
    if isinstance(found, dict):
        for named in found.get("properties", {}).values():
            if "const" not in named:
                yield named.get("description", "")
        for inner in found.values():
            yield from _properties(inner)


def test_descriptions_are_plain_sentences() -> None:
    said = {said for name in files.NAMES for said in _properties(files.schema(name))}
    assert [sentence for sentence in said if re.search(r"\]\(|`|…|\| |\.\.", sentence)] == []


def test_a_value_that_does_not_fit_is_told_in_dutch() -> None:
    day = files.schema("news")["properties"]["date"]
    assert day["patternErrorMessage"] == "schrijf jaar-maand-dag: 2026-03-01"
