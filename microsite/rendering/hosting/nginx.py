"""nginx: ``hosting/nginx.conf``."""

from __future__ import annotations

from urllib.parse import quote

from microsite.core.problems import text
from microsite.core.settings import Host
from microsite.core.urls import base_path
from microsite.rendering.hosting.host import HostGuide, Moved, ServerFile, block, encode, lines
from microsite.rendering.hosting.policy import (
    CACHE_CONTROL,
    CONTENT_TYPES,
    CSP,
    DAY,
    FEED,
    HASHED_COMMENT,
    HEADER_CSP,
    HEADERS,
    HIDDEN,
    HIDDEN_COMMENT,
    HSTS,
    NOT_FOUND,
    PHOTO_COMMENT,
    SHORT,
    SVG_COMMENT,
    SVG_CSP,
    YEAR,
    compressible_types,
    gone_paths,
    hashed_files,
    moved_paths,
    photo_files,
)


def nginx_conf(*, base: str, gone: tuple[str, ...] = (), moved: Moved = ()) -> bytes:
    """Render ``hosting/nginx.conf``, to include in a ``server`` block.

    nginx drops the headers of outer blocks when an inner block adds one, so each block has them all.
    """
    root = base_path(base)
    inner = lines(
        "index index.html;",
        "autoindex off;",
        "# Is er geen ingepakt bestand, dan pakt de server zelf in.",
        "gzip_static on;",
        "gzip on;",
        "gzip_comp_level 6;",
        "gzip_vary on;",
        "gzip_min_length 500;",
        block("gzip_types", (f'"{kind}"' for kind in compressible_types()), ";"),
        "# brotli_static on;   # alleen als uw nginx de module brotli heeft",
        "",
        "default_type application/octet-stream;",
        block("types {", (f'"{kind}" {suffix};' for suffix, kind in CONTENT_TYPES), "}"),
        "",
        f'error_page 403 404 =404 "{root}{NOT_FOUND}";',
        f'error_page 410 "{root}{NOT_FOUND}";',
        "",
        _headers(),
        _cache(SHORT),
        "# Is het hele domein altijd via https bereikbaar? Dan mag u deze regel aanzetten (haal # weg),",
        "# hier en in de drie blokken hieronder die ook add_header hebben:",
        f'# add_header {HSTS[0]} "{HSTS[1]}" always;',
        "",
        _gone(root, gone_paths(gone)),
        _moved(root, moved_paths(moved)),
        HIDDEN_COMMENT,
        f'location ~ "{HIDDEN}" {{ return 404; }}',
        "",
        HASHED_COMMENT,
        block(f'location ~ "{hashed_files(root)}" {{', [*_headers(), _cache(YEAR)], "}"),
        "",
        PHOTO_COMMENT,
        block(f'location ~ "{photo_files(root)}" {{', [*_headers(), _cache(DAY)], "}"),
        "",
        SVG_COMMENT,
        block(r'location ~ "\.svg$" {', [*_headers(SVG_CSP), _cache(SHORT)], "}"),
        "",
        f'location = "{root}{FEED[0]}" {{ types {{ }} default_type "{FEED[1]}"; }}',
    )
    return encode(
        lines(
            "# Regels voor nginx. Kopieer dit bestand naar de server. Zet in het blok server { }:",
            "#     include /pad/naar/dit/bestand/nginx.conf;",
            "# De regel root van dat blok is de map van de hele website.",
            f"# De campagne staat daarin op: {root}",
            "",
            block(f'location ^~ "{root}" {{', inner, "}"),
        )
    )


def _headers(policy: str = HEADER_CSP) -> list[str]:
    return [f'add_header {name} "{policy if name == CSP else value}" always;' for name, value in HEADERS]


def _cache(value: str) -> str:
    return f'add_header {CACHE_CONTROL} "{value}" always;'


def _gone(root: str, gone: tuple[str, ...]) -> list[str]:
    if not gone:
        return []
    rules = (f'location = "{root}{path}" {{ return 410; }}' for path in gone)
    return ["# Deze pagina's zijn weggehaald.", *rules, ""]


def _moved(root: str, moved: Moved) -> list[str]:
    if not moved:
        return []
    rules = (f'location = "{root}{old}" {{ return 301 "{quote(root + new)}"; }}' for old, new in moved)
    return ["# Deze pagina's zijn verhuisd.", "absolute_redirect off;", *rules, ""]


FILE = ServerFile("hosting/nginx.conf", nginx_conf)

GUIDES: dict[Host, HostGuide] = {
    "nginx": HostGuide(
        text("A server of your own with nginx"),
        (
            text("Copy all that is in the folder site/ to: {place}"),
            text("Copy hosting/nginx.conf to the server, and include it in the server block."),
            text("Test with 'nginx -t', then reload nginx."),
        ),
        (FILE.path,),
        (
            text("nginx reads no settings from the site: after a new version, look at nginx.conf again."),
            text("It sends .br files only with the module for brotli."),
        ),
    ),
}
