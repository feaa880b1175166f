"""Frozen values: what everything here is made of."""

from __future__ import annotations

from typing import dataclass_transform

from msgspec import Struct, field
from msgspec.structs import astuple, replace

__all__ = ["Record", "Struct", "astuple", "field", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record(Struct, frozen=True, array_like=True, tag="\0{}".format, tag_field="-"):
    """Base of what is not changed once it is made. Two are equal when all that is in them is.

    Written down (``fingerprints.py``) it is its class, by a name that no text can be, and its values in
    their order.
    """
