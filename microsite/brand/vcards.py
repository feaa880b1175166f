"""Contacts as vCard 4.0 (RFC 6350)."""

from __future__ import annotations

from microsite.brand.brand_file import Contact

FOLD = 75


def vcard(contact: Contact, organisation: str, url: str) -> bytes:
    """Render the vCard of an organisation, or of a person or role within it."""
    name = contact.name or contact.role or organisation
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"KIND:{'individual' if contact.name else 'org'}",
        f"FN:{_text(name)}",
    ]
    for key, value in (
        ("ORG", _text(organisation)),
        ("TITLE", _text(contact.role)),
        ("EMAIL", _text(str(contact.email or ""))),
        ("TEL", _text(contact.phone.url.removeprefix("tel:") if contact.phone else "")),
        ("ADR", f";;{_text(contact.address)};;;;" if contact.address else ""),
        ("URL", "".join(url.split())),
    ):
        if value:
            lines.append(f"{key}:{value}")
    return b"".join(_folded(line) for line in [*lines, "END:VCARD"])


def _text(value: str) -> str:
    """Escape a text value (RFC 6350, 3.4)."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(line for line in value.splitlines() if line)


def _folded(line: str) -> bytes:
    """Fold a line into pieces of at most 75 bytes, without splitting characters (RFC 6350, 3.2)."""
    pieces, piece = [], b""
    for sign in line:
        raw = sign.encode()
        if len(piece) + len(raw) > FOLD:
            pieces.append(piece)
            piece = b" "
        piece += raw
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
