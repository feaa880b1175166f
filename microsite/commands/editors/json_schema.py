"""JSON Schema of what authors write, made from the records that read it.

Draft 7, which editors of YAML know best. A schema sees the values of YAML and not how they were typed, so
what it cannot say is in the table of ``tests/commands/test_json_schema.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from microsite.commands.editors import handbook
from microsite.content.consent import Consent, Withdrawal
from microsite.content.keys import Key, keys_of
from microsite.content.schema import NO, YES, PartialDate
from microsite.core import i18n
from microsite.core.contact_details import Email, Phone
from microsite.core.problems import Text, text
from microsite.core.records import replace

DRAFT = "http://json-schema.org/draft-07/schema#"

DUTCH = i18n.translator("nl")
"""The language of the handbook, and so of everything that an editor shows of it."""

Schema = dict[str, Any]


def _any_case(*words: str) -> str:
    """A pattern of one of the words, with capitals or without: patterns in JSON Schema have no flags."""
    return "^(" + "|".join("".join(f"[{letter.upper()}{letter}]" for letter in word) for word in words) + ")$"


_LARGEST = 999_999_999
_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_CALENDAR: Schema = {"if": {"type": "string", "minLength": 10}, "then": {"format": "date"}}
"""What is as long as a day is one of the calendar. Without the condition, an empty text would have to be."""

SCALARS: Mapping[Any, tuple[Schema, Text]] = {
    str: ({"type": ["string", "number"], "pattern": r"\S"}, text("write something behind the colon")),
    int: (
        {
            "type": ["integer", "string"],
            "pattern": "^-?[0-9]{1,9}$",
            "minimum": -_LARGEST,
            "maximum": _LARGEST,
        },
        text("write digits only, such as 3"),
    ),
    Decimal: (
        {"type": ["number", "string"], "pattern": r"^-?([0-9]+\.?[0-9]*|\.[0-9]+)$"},
        text("write 1.6 for one and six tenths, and 4000000 without dots"),
    ),
    bool: ({"type": ["boolean", "string"], "pattern": _any_case(*YES, *NO)}, text("write true or false")),
    dt.date: (
        {"type": "string", "pattern": f"^[0-9]{{4}}-{_MONTH}-{_DAY}$", **_CALENDAR},
        text("write year-month-day: {example}", example="2026-03-01"),
    ),
    PartialDate: (
        {
            "type": ["string", "integer"],
            "pattern": f"^[0-9]{{4}}(-{_MONTH}(-{_DAY})?)?$",
            "minimum": 1000,
            "maximum": 9999,
            **_CALENDAR,
        },
        text("write what the source names: a year (2022), a month (2022-03) or a day (2022-03-16)"),
    ),
    Phone: (
        {"type": ["string", "integer"], "pattern": "[0-9]"},
        text("count the digits; write it as 010-1234567, or one from abroad as +32 2 555 12 12"),
    ),
    Email: (
        {"type": "string", "pattern": r"^[^@]+@[^@]+\.[^@]+$"},
        text("write one address, such as info@example.nl"),
    ),
}
"""What YAML makes of a value that is right for each type of one value (see ``schema.validate``)."""


def schema_of(record: type, title: str, required: tuple[str, ...] = ()) -> Schema:
    """The schema of a file with the keys of a record. ``required`` are needed besides those of the record."""
    keys = tuple(replace(key, required=key.required or key.name in required) for key in keys_of(record))
    return {"$schema": DRAFT, "title": title, **_group(record, record, keys)}


def table_of(record: type, title: str) -> Schema:
    """The schema of a file in which each name that its writer chooses has the keys of a record."""
    each = _group(record, record, keys_of(record))
    return {"$schema": DRAFT, "title": title, "type": "object", "additionalProperties": each}


def _group(record: type, root: type, keys: tuple[Key, ...]) -> Schema:
    return {
        "type": "object",
        "properties": {key.name: _described(key, root) for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _described(key: Key, root: type) -> Schema:
    entry = handbook.entry(root, key.path)
    schema = _values(key, root)
    if not key.required and key.type is not Consent:  # an empty one is unclear, and so a no
        schema = _or_nothing(schema)
    example = f" Voorbeeld: {entry.sample}" if entry.sample else ""
    return {"description": f"{entry.sentence}{example}", **schema}


def _values(key: Key, root: type) -> Schema:
    if key.many == "list":
        return {"type": "array", "items": _value(key, root)}
    if key.many == "table":
        return {"type": "object", "additionalProperties": _value(key, root)}
    return _value(key, root)


def _value(key: Key, root: type) -> Schema:
    if key.type is Consent:
        return _consent(key, root)
    if key.keys:
        return _group(key.type, root, key.keys)
    if key.choices:
        return {"enum": list(key.choices)}
    schema, hint = SCALARS[key.type]
    return {**schema, "patternErrorMessage": hint.render(DUTCH)}


def _consent(key: Key, root: type) -> Schema:
    """That of a consent, or of a withdrawal, which needs to say no more than of which consent it is."""
    withdrawn = _group(Withdrawal, root, keys_of(Withdrawal, f"{key.path}."))
    return {
        "type": "object",
        "if": {"properties": {"status": {"const": "withdrawn"}}, "required": ["status"]},
        "then": {**withdrawn, "required": ["ref", "status"]},
        "else": _group(Consent, root, key.keys),
    }


def _or_nothing(schema: Schema) -> Schema:
    """The schema of a key that may be empty too: with nothing behind the colon, or an empty text."""
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    pattern = {"pattern": f"{schema['pattern']}|^\\s*$"} if "pattern" in schema else {}
    return {**schema, "type": [*types, "null"], **pattern}
