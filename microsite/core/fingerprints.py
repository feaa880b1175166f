"""Fingerprints: hashes of contents that are the same on any machine and in any run."""

from __future__ import annotations

from hashlib import blake2b, sha256
from types import FunctionType
from typing import Any

from msgspec.msgpack import Encoder, Ext

_SIZE = 16
"""In bytes: with 128 bits nobody can construct two contents with the same fingerprint."""


def digest(data: bytes) -> str:
    """Return the hash of these bytes as 32 hex digits. Members' files quote it in ``based_on``."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


class Fingerprints:
    """Computes the fingerprints of immutable values, and caches them by identity.

    A fingerprint covers the class of a record and all its values. An object can
    provide its own with an attribute ``fingerprint``: a string, or a method that
    takes these Fingerprints and returns one. That is used for the value itself and
    for the members of a tuple or of ``pairs``, but not deeper.

    Use one instance for one build: cached values are kept alive, so that no identity
    is used twice. That a value is immutable is not checked.
    """

    def __init__(self) -> None:
        self._cache: dict[int, tuple[object, str]] = {}

    def __call__(self, value: object) -> str:
        """Return the fingerprint of a value; raises TypeError for a type that has none."""
        cached = self._cache.get(id(value))
        if cached is None:
            cached = self._cache[id(value)] = value, self._compute(value)
        return cached[1]

    def pairs(self, pairs: tuple[tuple[str, object], ...]) -> str:
        """Return the fingerprint of (name, value) pairs."""
        cached = self._cache.get(id(pairs))
        if cached is None:
            parts = [part for name, value in pairs for part in (name, self._provided(value))]
            cached = self._cache[id(pairs)] = pairs, _hash(parts)
        return cached[1]

    def _compute(self, value: object) -> str:
        if type(value) is tuple:
            return _hash([self._provided(member) for member in value])
        provided = self._provided(value)
        return str(provided.data, "ascii") if isinstance(provided, Ext) else _hash(value)

    def _provided(self, value: object) -> object:
        """The fingerprint that the value provides, as a type of its own, or else the value."""
        own: Any = getattr(value, "fingerprint", None)
        return value if own is None else Ext(0, (own if isinstance(own, str) else own(self)).encode())


def _hash(value: object) -> str:
    """Hash with SHA-256, which processors have in hardware: twice as fast as ``digest``."""
    return sha256(_encode(value)).hexdigest()[: 2 * _SIZE]


def _encode_other(value: Any) -> str:
    if isinstance(value, FunctionType | type):
        return f"{value.__module__}.{value.__qualname__}"
    raise TypeError(f"{type(value).__name__} has no fingerprint: {value!r}")


_encode = Encoder(enc_hook=_encode_other, order="sorted").encode
