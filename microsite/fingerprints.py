"""Short names for content: equal values have equal fingerprints, on any machine and in any run."""

from __future__ import annotations

import datetime as dt
import marshal
from collections.abc import Iterable
from decimal import Decimal
from hashlib import blake2b
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType
from typing import Any

from microsite.values import Struct, astuple

_SIZE = 16  # bytes: 128 bits, so that nobody finds two contents with one name


def digest(data: bytes) -> str:
    """The name of these bytes, 32 hex digits."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


class Fingerprints:
    """Names frozen values, and remembers the name of each object that it has seen.

    Records are shared between hundreds of pages (the brand, a card, the place of a
    page), so each is walked once. One instance serves one build: it keeps the values
    alive, so that an identity is never reused.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, str]] = {}
        self._lines: dict[int, tuple[object, str]] = {}

    def __call__(self, value: object) -> str:
        if type(value) in _PLAIN:
            return digest(_written(value))
        known = self._seen.get(id(value))
        if known is None:
            own = getattr(value, "fingerprint", None)
            name = own if isinstance(own, str) else digest(_written(self._spelled(value)))
            self._seen[id(value)] = known = value, name
        return known[1]

    def lines(self, pairs: tuple[tuple[str, object], ...]) -> str:
        """A line ``name=fingerprint`` for each of these pairs of a name and a value."""
        known = self._lines.get(id(pairs))
        if known is None:
            lines = "\n".join([f"{name}={self(value)}" for name, value in pairs])
            self._lines[id(pairs)] = known = pairs, lines
        return known[1]

    def _spelled(self, value: object) -> object:
        """A tuple as one of plain values; of anything else a list of its kind and what is in it."""
        if isinstance(value, tuple):
            return self._parts(value)
        if isinstance(value, Struct):
            return [type(value).__qualname__, *self._parts(astuple(value))]
        if isinstance(value, frozenset):
            return ["set", *sorted(map(self, value))]
        if isinstance(value, Decimal | dt.date | PurePath):
            return [type(value).__name__, str(value)]
        if isinstance(value, FunctionType | BuiltinFunctionType | type):
            return ["function", value.__module__, value.__qualname__]
        raise TypeError(f"{type(value).__name__} has no fingerprint: {value!r}")

    def _parts(self, values: Iterable[object]) -> tuple[object, ...]:
        """The names of what is not plain stand in lists, so that no text is taken for one."""
        return tuple([value if type(value) in _PLAIN else self._part(value) for value in values])

    def _part(self, value: object) -> object:
        return self._parts(value) if type(value) is tuple else [self(value)]


_PLAIN = frozenset({str, int, bool, float, bytes, type(None)})
"""Values that Python writes in one way only, and quickly."""
_FORM = 2
"""The form to write them in: later ones tell equal texts apart by how they lie in memory."""


def _written(plain: Any) -> bytes:
    return marshal.dumps(plain, _FORM)
