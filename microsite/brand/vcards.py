"""Contacts as vCard 4.0 (RFC 6350)."""

from __future__ import annotations

from microsite.brand.brand_file import Contact
from microsite.core.content_lines import content_line, escaped


def vcard(contact: Contact, organisation: str, url: str) -> bytes:
    """Render the vCard of an organisation, or of a person or role within it.

    An address book lists it by its name, so that says which organisation it is.
    """
    name = contact.name or contact.role
    if organisation.casefold() not in name.casefold():
        name = ", ".join(filter(None, (name, organisation)))
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"KIND:{'individual' if contact.name else 'org'}",
        f"FN:{escaped(name)}",
    ]
    for key, value in (
        ("ORG", escaped(organisation)),
        ("TITLE", escaped(contact.role)),
        ("EMAIL", escaped(str(contact.email or ""))),
        ("TEL", escaped(contact.phone.url.removeprefix("tel:") if contact.phone else "")),
        ("ADR", f";;{escaped(contact.address)};;;;" if contact.address else ""),
        ("URL", "".join(url.split())),
    ):
        if value:
            lines.append(f"{key}:{value}")
    return b"".join(content_line(line) for line in [*lines, "END:VCARD"])
