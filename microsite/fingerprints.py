"""Short names for content: equal values have equal fingerprints, on any machine and in any run."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from hashlib import blake2b
from pathlib import PurePath

_SIZE = 16  # bytes: 128 bits, so that nobody finds two contents with one name


def digest(data: bytes) -> str:
    """The name of these bytes, 32 hex digits."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


class Fingerprints:
    """Names frozen values, and remembers the name of each object that it has seen.

    Values are shared between hundreds of pages (the brand, the menu, a card),
    so each is walked once. One instance serves one build: it keeps the values
    alive, so that an identity is never reused.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, str]] = {}

    def __call__(self, value: object) -> str:
        if value is None or isinstance(value, _SCALARS):
            return digest(_scalar(value))
        known = self._seen.get(id(value))
        if known is None:
            own = getattr(value, "fingerprint", None)
            name = own if isinstance(own, str) else digest(b"\x00".join(self._parts(value)))
            self._seen[id(value)] = known = value, name
        return known[1]

    def _parts(self, value: object) -> list[bytes]:
        if isinstance(value, tuple):
            return [b"tuple", *(self._part(item) for item in value)]
        if isinstance(value, frozenset):
            return [b"set", *sorted(self._part(item) for item in value)]
        if dataclasses.is_dataclass(value):
            names = field_names(type(value))
            return [type(value).__qualname__.encode(), *(self._part(getattr(value, n)) for n in names)]
        if isinstance(value, Decimal | dt.date | PurePath | float):
            return [type(value).__name__.encode(), str(value).encode()]
        if callable(value):
            return [b"function", _name(value).encode()]
        raise TypeError(f"{type(value).__name__} has no fingerprint: {value!r}")

    def _part(self, value: object) -> bytes:
        """Short scalars stand for themselves, which is quicker than naming them."""
        if value is None or isinstance(value, _SCALARS):
            plain = _scalar(value)
            if len(plain) <= 64:
                return b"%d:%b" % (len(plain), plain)
        return self(value).encode()


_SCALARS = (str, int, bytes)


def _scalar(value: str | bytes | int | None) -> bytes:
    if isinstance(value, str):
        return b"s" + value.encode("utf-8", "surrogatepass")
    if isinstance(value, bytes):
        return b"b" + value
    return b"i" + repr(value).encode()


def _name(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


_FIELDS: dict[type, tuple[str, ...]] = {}


def field_names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields, in their order."""
    names = _FIELDS.get(kind)
    if names is None:
        names = _FIELDS[kind] = tuple(f.name for f in dataclasses.fields(kind))
    return names
