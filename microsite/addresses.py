"""Web addresses that people write: the only texts in our data that browsers act upon."""

from __future__ import annotations

from urllib.parse import urlsplit

_NEVER = frozenset(" \"'<>\\{}|^`;")


def is_web_address(written: str) -> bool:
    """A full http(s) address of a host, and nothing that only reads like one: no user, no odd sign."""
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("https", "http")
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and (port is None or port > 0)
        and written.isascii()
        and written.isprintable()
        and not _NEVER.intersection(written)
    )
