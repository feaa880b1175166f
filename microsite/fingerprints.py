"""Short names for content: equal values have equal fingerprints, on any machine and in any run."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from hashlib import blake2b
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType

from microsite.values import field_values

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
            name = own if isinstance(own, str) else digest(b"".join(self._parts(value)))
            self._seen[id(value)] = known = value, name
        return known[1]

    def _parts(self, value: object) -> list[bytes]:
        if isinstance(value, tuple):
            return [b"tuple", *map(self._part, value)]
        if dataclasses.is_dataclass(value):
            return [type(value).__qualname__.encode(), *map(self._part, field_values(value))]
        if isinstance(value, frozenset):
            return [b"set", *sorted(map(self._part, value))]
        if isinstance(value, Decimal | dt.date | PurePath | float):
            return [type(value).__name__.encode(), str(value).encode()]
        if isinstance(value, FunctionType | BuiltinFunctionType | type):
            return [b"function", f"{value.__module__}.{value.__qualname__}".encode()]
        raise TypeError(f"{type(value).__name__} has no fingerprint: {value!r}")

    def _part(self, value: object) -> bytes:
        """A part with its length, so that no two rows of parts look alike."""
        plain = _scalar(value) if value is None or isinstance(value, _SCALARS) else self(value).encode()
        return b"%d:%b" % (len(plain), plain)


_SCALARS = (str, int, bytes)


def _scalar(value: object) -> bytes:
    if isinstance(value, str):
        return b"s" + value.encode("utf-8", "surrogatepass")
    if isinstance(value, bytes):
        return b"b" + value
    return b"i" + repr(value).encode()
