"""Frozen values: what everything here is made of."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any

_FIELDS: dict[type, tuple[str, ...]] = {}
_READERS: dict[type, Callable[[Any], Any]] = {}


def field_names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields, in their order."""
    names = _FIELDS.get(kind)
    if names is None:
        names = _FIELDS[kind] = tuple(f.name for f in dataclasses.fields(kind))
    return names


def field_values(value: Any) -> tuple[Any, ...]:
    """What is in the fields of a dataclass's instance."""
    kind = type(value)
    read = _READERS.get(kind)
    if read is None:
        names = field_names(kind)
        getter = attrgetter(*names) if names else tuple
        read = _READERS[kind] = getter if len(names) > 1 else lambda one: (getter(one),)
    values: tuple[Any, ...] = read(value)
    return values


class Record:
    """Base of frozen dataclasses that are kept or sent: they pickle as their fields, which is quick."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        kind = type(self)
        if kind not in _BY_KEYWORD:
            _BY_KEYWORD[kind] = any(field.kw_only for field in dataclasses.fields(self))  # type: ignore[arg-type]
        if _BY_KEYWORD[kind]:
            return _made_of, (kind, field_values(self))
        return kind, field_values(self)


_BY_KEYWORD: dict[type, bool] = {}


def _made_of(kind: type, values: tuple[object, ...]) -> object:
    return kind(**dict(zip(field_names(kind), values, strict=True)))
