"""Short names for content: equal values have equal fingerprints, on any machine and in any run."""

from __future__ import annotations

from hashlib import blake2b, sha256
from types import FunctionType
from typing import Any

from msgspec.msgpack import Encoder, Ext

_SIZE = 16  # bytes: 128 bits, so that nobody finds two contents with one name


def digest(data: bytes) -> str:
    """The name of these bytes, 32 hex digits. It is the one that ``based_on`` quotes in members' files."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


class Fingerprints:
    """Names frozen values, and remembers the name of each object that it was asked for.

    A record is named by its kind and all that is in it, a date or an amount by its text and a set by its
    parts in order: of which sort a value in a record is, its class says. What can change is not refused.

    A value that has a ``fingerprint`` says its own name: it is that name, or a function that gives it
    to these Fingerprints. It is heard of a value that is asked for, or stands in a tuple or in pairs
    that are, and not of what is in them.

    One instance serves one build: it keeps the values alive, so that an identity is never reused.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, str]] = {}

    def __call__(self, value: object) -> str:
        known = self._seen.get(id(value))
        if known is None:
            if type(value) is tuple:
                plain: Any = list(map(self._said, value))
            else:
                plain = self._said(value)
            name = str(plain.data, "ascii") if type(plain) is Ext else _short(_encoded(plain))
            self._seen[id(value)] = known = value, name
        return known[1]

    def pairs(self, pairs: tuple[tuple[str, object], ...]) -> str:
        """The name of these values, each with its own name."""
        known = self._seen.get(id(pairs))
        if known is None:
            said = self._said
            plain = [
                part
                for name, value in pairs
                for part in (name, value if type(value) in _SILENT else said(value))
            ]
            self._seen[id(pairs)] = known = pairs, _short(_encoded(plain))
        return known[1]

    def _said(self, value: object) -> object:
        """The name that the value says to have, or else the value."""
        own: Any = getattr(value, "fingerprint", None)
        return value if own is None else Ext(0, (own if type(own) is str else own(self)).encode())


def _short(data: bytes) -> str:
    """A name as ``digest`` gives, in less than half the time: what processors have in hardware."""
    return sha256(data).hexdigest()[: 2 * _SIZE]


_SILENT = frozenset({str, tuple, type(None), bool})
"""Values that say no name of their own: most of what pages are made from."""


def _named(value: Any) -> str:
    if isinstance(value, FunctionType | type):
        return f"{value.__module__}.{value.__qualname__}"
    raise TypeError(f"{type(value).__name__} has no fingerprint: {value!r}")


_encoded = Encoder(enc_hook=_named, order="sorted").encode
