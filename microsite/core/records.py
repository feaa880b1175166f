"""Record, the immutable value type that everything here is made of. See ``docs/decisions/records.md``."""

from __future__ import annotations

from typing import dataclass_transform

from msgspec import Struct, field
from msgspec.structs import astuple, replace

__all__ = ["Record", "Struct", "astuple", "field", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record(Struct, frozen=True, array_like=True, tag="\0{}".format, tag_field="-"):
    """Base class of immutable records. Records of one class with equal values are equal.

    Encoded with msgspec, a record is an array of its class name, marked by a null
    byte that no text contains, and its values in order.
    """
