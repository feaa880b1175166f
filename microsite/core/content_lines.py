"""Content lines, of which vCard (RFC 6350) and iCalendar (RFC 5545) files consist."""

from __future__ import annotations

FOLD = 75
"""The most bytes that a line may have, without its line break."""


def escaped(value: str) -> str:
    """Escape a text value (RFC 6350, 3.4; RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(line for line in value.splitlines() if line)


def content_line(line: str) -> bytes:
    """Fold a line into pieces of at most 75 bytes, without splitting characters (RFC 6350, 3.2)."""
    pieces, piece = [], b""
    for sign in line:
        raw = sign.encode()
        if len(piece) + len(raw) > FOLD:
            pieces.append(piece)
            piece = b" "
        piece += raw
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
