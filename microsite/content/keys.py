"""The keys of a record as a tree: what JSON Schema, a CMS and the handbook are held to."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin

from msgspec.structs import fields

from microsite.content.schema import is_group
from microsite.core.records import Record


class Key(Record):
    """A key of a record, and what may stand behind it.

    ``path`` is the key with those of the groups above it, with dots: ``quote.text``, ``people.name``, and
    ``themes.*.title`` below a name that the writer chooses. ``many`` tells whether it takes one value, a list
    or a table of names with a value each. ``type`` is that of each value: a type that ``schema.validate``
    takes, where ``choices`` is empty; a record, of which ``keys`` are the keys.
    """

    name: str
    path: str
    required: bool
    type: Any
    many: Literal["", "list", "table"] = ""
    choices: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()

    @property
    def all(self) -> Iterator[Key]:
        """This key and all below it."""
        yield self
        for key in self.keys:
            yield from key.all


def keys_of(record: type, above: str = "") -> tuple[Key, ...]:
    """The keys of a record, in the order of its fields."""
    return tuple(_key(field.name, field.type, field.required, above) for field in fields(record))


def _key(name: str, hint: Any, required: bool, above: str) -> Key:
    path, kind = f"{above}{name}", _present(hint)
    many: Literal["", "list", "table"] = ""
    if get_origin(kind) is tuple:
        kind, many = get_args(kind)[0], "list"
        if get_origin(kind) is tuple:
            kind, many = get_args(kind)[1], "table"
    inner = keys_of(kind, f"{path}.*." if many == "table" else f"{path}.") if is_group(kind) else ()
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    return Key(name, path, required, kind, many, choices, inner)


def _present(hint: Any) -> Any:
    """The type of a field without ``| None``."""
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    (kind,) = (kind for kind in get_args(hint) if kind is not types.NoneType)
    return kind
