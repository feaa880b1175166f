"""The policy for serving a site: security headers, cache times, content types, hidden files.

The modules of the hosts write this policy in the language of each server and have no
rules of their own. Apache, nginx and Caddy match a hashed file by its name. Netlify,
Cloudflare Pages and IIS match it by its folder, which holds nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from microsite.core.file_types import FILE_TYPES
from microsite.core.urls import server_path

_DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("media-src", "'self' data:"),  # captions are in the page itself
    ("manifest-src", "'self'"),
    # The fall-back of default-src would do for the next two; internet.nl asks for them by name.
    ("frame-src", "'none'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
)

META_CSP: str = "; ".join(f"{name} {value}" for name, value in _DIRECTIVES)
"""For ``<meta http-equiv>``, where browsers ignore frame-ancestors and sandbox."""

HEADER_CSP: str = f"{META_CSP}; frame-ancestors 'none'"

SVG_CSP: str = f"{HEADER_CSP}; sandbox"
"""For SVG files: opened directly, an SVG is a document, which may run no script."""

_FEATURES_OFF = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

CSP = "Content-Security-Policy"
CACHE_CONTROL = "Cache-Control"

HEADERS: tuple[tuple[str, str], ...] = (
    (CSP, HEADER_CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _FEATURES_OFF)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    # A withdrawn story must not stay in the archive of a search engine.
    ("X-Robots-Tag", "noarchive"),
)
"""Sent with every response, errors included. Full screen, sharing and copying are used by the site."""

HSTS = ("Strict-Transport-Security", "max-age=31536000")
"""Only written as a comment: it binds the whole domain for a year, so its owner has to decide."""

# Comments in the configuration files, for the members' system administrators.
HASHED_COMMENT = (
    "# De naam van deze bestanden verandert zodra de inhoud verandert. Een browser mag ze bewaren."
)
SVG_COMMENT = "# Een tekening die iemand los opent, mag niets uitvoeren."
HIDDEN_COMMENT = "# Bestanden voor de server, niet voor bezoekers."
PHOTO_COMMENT = "# Op beeld staan mensen. Browsers en tussenstations mogen het een dag bewaren, niet langer."

HSTS_COMMENT = (
    "# Is het hele domein altijd via https bereikbaar? Dan mag u deze regel aanzetten (haal # weg):"
)

SHORT = "public, max-age=300, must-revalidate"
DAY = "public, max-age=86400"
YEAR = "public, max-age=31536000, immutable"

HASHED_FOLDERS = ("css", "fonts", "js")
"""Every file in these has a digest of its content in its name, so it may be cached for a year."""

IMAGE_FOLDER = "beeld"
"""Also named by content, but cached for a day only: a photo may show someone who withdraws consent."""

HASHED_NAME = r"[0-9a-f]{10,32}\.(css|js|woff2?)"
PHOTO_NAME = r"[0-9a-f]{10,32}(-[a-z0-9]+)?\.(avif|jpg|png|webp)"

CONTENT_TYPES = tuple((row.suffix, row.media_type) for row in FILE_TYPES)

FEED = ("feed.xml", "application/atom+xml; charset=utf-8")

PRECOMPRESSED = tuple(row.suffix for row in FILE_TYPES if row.encoded)
"""Suffixes of files that may be published with a compressed copy, ``.br`` or ``.gz``."""


def compressible_types() -> list[str]:
    """The content types that a server may compress on the fly."""
    types = dict(CONTENT_TYPES)
    return [*(types[suffix] for suffix in PRECOMPRESSED), FEED[1]]


NOT_FOUND = "404.html"
"""The page for errors 404 and 410."""

IMAGE_HEADERS = ((CACHE_CONTROL, DAY), (CSP, SVG_CSP))  # only pictures can be drawings

# These files list the withdrawn pages, so they must not be served.
SERVER_FILES = r"/(_headers|web\.config)$|/hosting/(nginx\.conf|Caddyfile)$"
HIDDEN = r"/\.(?!well-known(/|$))|" + SERVER_FILES


def gone_paths(gone: Iterable[str]) -> tuple[str, ...]:
    """The paths, sorted. Raises ValueError for one that no server should be configured with."""
    return tuple(sorted({server_path(path) for path in gone}))


def moved_paths(moved: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs of an old path and a new one, a slug of ours, sorted. Raises ValueError as ``gone_paths``."""
    return tuple(sorted((server_path(old), new) for old, new in moved))


def escape(path: str) -> str:
    """Like ``re.escape`` for paths that ``server_path`` allows, without escaping spaces and hyphens."""
    return re.sub(r"[.()+]", r"\\\g<0>", path)


def alternatives(words: Iterable[str]) -> str:
    return "|".join(words)


def _named(base: str, folders: Iterable[str], file: str) -> str:
    """A regular expression for the URL paths of files with a digest in their name."""
    return rf"^{escape(base)}({alternatives(folders)})/.*-{file}$"


def hashed_files(base: str) -> str:
    return _named(base, HASHED_FOLDERS, HASHED_NAME)


def photo_files(base: str) -> str:
    return _named(base, (IMAGE_FOLDER,), PHOTO_NAME)
