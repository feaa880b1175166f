"""Addresses: those that people write, and words as a part of ours."""

from __future__ import annotations

import re
import unicodedata
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


def slugify(words: str) -> str:
    """The words as part of a web address: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words.replace("ß", "ss")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-") or "pagina"
