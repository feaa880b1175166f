"""What a text may name between double braces: values of the brand, and facts."""

from __future__ import annotations

import re

from microsite.core.problems import Text, nearest, text

SLOTS = ("organisatie", "gemeente", "website", "email", "telefoon")
"""The values of a brand that a text may name between double braces."""

SLOT = re.compile(rf"\{{\{{(?<!\\\{{\{{)[ \t]*(?:({'|'.join(SLOTS)})|feit:[ \t]*([^{{}}\n]*?))[ \t]*\}}\}}")
"""``{{ organisatie }}`` (group 1 is the name) or ``{{ feit:id }}`` (group 2 is the id)."""

BRACES = re.compile(r"\{\{.*?\}\}")

LIKE_A_SLOT = re.compile(r"\{\{(?<!\\\{\{)[ \t]*([A-Za-z-]{3,20})[ \t]*(?::[^{}\n]*)?\}\}")
"""Braces with a name (group 1) that may be meant as one of ours: see ``meant``."""


def meant(name: str) -> str | None:
    """The slot, or ``feit``, that a name between braces is or almost is."""
    return nearest(name, (*SLOTS, "feit"))


def slot_problem(value: str) -> tuple[Text, Text] | None:
    """Return (message, hint) if a value names a slot or a fact: only running text can have those. Or None."""
    if "{{" not in value:
        return None
    found = next((found for found in LIKE_A_SLOT.finditer(value) if meant(found[1])), None)
    if found is None:
        return None
    return text("'{slot}' cannot be filled in here", slot=found[0]), text("write it in the text itself")
