"""Caddy: ``hosting/Caddyfile``."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from microsite.core.urls import base_path
from microsite.rendering.hosting.host import Moved, ServerFile, block, encode, lines
from microsite.rendering.hosting.policy import (
    CACHE_CONTROL,
    CONTENT_TYPES,
    CSP,
    DAY,
    FEED,
    HASHED_COMMENT,
    HEADERS,
    HIDDEN_COMMENT,
    HSTS,
    HSTS_COMMENT,
    NOT_FOUND,
    PHOTO_COMMENT,
    SERVER_FILES,
    SHORT,
    SVG_COMMENT,
    SVG_CSP,
    YEAR,
    gone_paths,
    hashed_files,
    moved_paths,
    photo_files,
)


def caddyfile(*, base: str, gone: tuple[str, ...] = (), moved: Moved = ()) -> bytes:
    """Render ``hosting/Caddyfile``, to import in a site block. ``route`` keeps directives in this order."""
    root = base_path(base)
    answer = lines(
        _headers((*HEADERS, (CACHE_CONTROL, SHORT))),
        HSTS_COMMENT,
        f'# header {HSTS[0]} "{HSTS[1]}"',
        HASHED_COMMENT,
        f"@vast path_regexp `{hashed_files(root)}`",
        f'header @vast {CACHE_CONTROL} "{YEAR}"',
        PHOTO_COMMENT,
        f"@beeld path_regexp `{photo_files(root)}`",
        f'header @beeld {CACHE_CONTROL} "{DAY}"',
        SVG_COMMENT,
        "@tekening path *.svg",
        f'header @tekening {CSP} "{SVG_CSP}"',
        _types(root),
        _gone(root, gone_paths(gone)),
        _moved(root, moved_paths(moved)),
        HIDDEN_COMMENT,
        block(
            "@verborgen {",
            [
                rf"path_regexp `/\.|{SERVER_FILES}`",
                f'not path "{root}.well-known" "{root}.well-known/*"',
            ],
            "}",
        ),
        "error @verborgen 404",
        "header ?Vary Accept-Encoding",
        "encode gzip",
        block("file_server {", ["index index.html", "precompressed br gzip"], "}"),
    )
    missing = lines(
        f'rewrite * "{root}{NOT_FOUND}"',
        _headers((*HEADERS, (CACHE_CONTROL, SHORT))),
        'header Content-Type "text/html; charset=utf-8"',
        "encode gzip",
        block("file_server {", ["precompressed br gzip"], "}"),
    )
    return encode(
        lines(
            "# Regels voor Caddy. Kopieer dit bestand naar de server. Zet in het blok van uw site:",
            "#     root * /map/van/de/hele/website",
            "#     import /pad/naar/dit/bestand/Caddyfile",
            f"# De campagne staat in die map op: {root}",
            "",
            _slash(root),
            block(f'handle "{root}*" {{', block("route {", answer, "}"), "}"),
            "",
            "# De pagina voor wat er niet (meer) is. Is er al een blok handle_errors? Zet dit daar dan bij.",
            block(
                "handle_errors {",
                lines(
                    block(
                        "@weg {",
                        [f'path "{root}*"', "expression `{http.error.status_code} in [403, 404, 410]`"],
                        "}",
                    ),
                    block("handle @weg {", block("route {", missing, "}"), "}"),
                ),
                "}",
            ),
        )
    )


def _headers(headers: Iterable[tuple[str, str]]) -> list[str]:
    return block("header {", (f'{name} "{value}"' for name, value in headers), "}")


def _types(root: str) -> list[str]:
    """Content types that differ between systems; the feed comes last, to override ``*.xml``."""
    text = [(suffix, kind) for suffix, kind in CONTENT_TYPES if "charset" in kind or suffix == "avif"]
    rules = [(f"soort_{suffix}", f"*.{suffix}", kind) for suffix, kind in text]
    rules.append(("soort_feed", f'"{root}{FEED[0]}"', FEED[1]))
    return [
        line
        for name, path, kind in rules
        for line in (f"@{name} path {path}", f'header @{name} Content-Type "{kind}"')
    ]


def _gone(root: str, gone: tuple[str, ...]) -> list[str]:
    if not gone:
        return []
    paths = " ".join(f'"{root}{path}"' for path in gone)
    return ["# Deze pagina's zijn weggehaald.", f"@weggehaald path {paths}", "error @weggehaald 410"]


def _moved(root: str, moved: Moved) -> list[str]:
    rules = [f'redir "{root}{old}" "{quote(root + new)}" permanent' for old, new in moved]
    return ["# Deze pagina's zijn verhuisd.", *rules] if rules else []


def _slash(root: str) -> list[str]:
    return [f'redir "{root[:-1]}" "{quote(root)}" permanent', ""] if root != "/" else []


FILE = ServerFile("hosting/Caddyfile", caddyfile)
