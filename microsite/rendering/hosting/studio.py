"""The rules for the folder of the studio: see ``docs/decisions/studio.md``.

It may stand within the site of a campaign, whose rules would stop it: its pages run WebAssembly and have a
frame. So each file here sets all that the rules of a site set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from microsite.core.urls import base_path
from microsite.rendering.hosting.apache import (
    ALONE,
    ENCODING,
    ONLY_FILES,
    matching,
    module,
    setting,
    twins,
    typed,
)
from microsite.rendering.hosting.host import block, encode, lines
from microsite.rendering.hosting.iis import folder_config
from microsite.rendering.hosting.netlify import rule
from microsite.rendering.hosting.policy import (
    CACHE_CONTROL,
    CSP,
    DAY,
    HEADERS,
    HIDDEN_COMMENT,
    YEAR,
    alternatives,
    escape,
)

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json",
    "wasm": "application/wasm",
    "pack": "application/octet-stream",
    "bundle": "application/octet-stream",
    "zip": "application/zip",
}
"""By suffix. Browsers start no module and no WebAssembly of another type."""

COMPRESSED = ("html", "css", "js", "mjs", "wasm", "pack", "bundle")
"""The suffixes of files that have compressed copies beside them: a first visit is a third then."""

ASK = "no-cache"
"""Kept, but asked for at each visit: what tells which version there is."""

Headers = tuple[tuple[str, str], ...]

_NAMED = r"[a-z0-9]+-[0-9a-f]{12}"
_DIGEST = rf"{_NAMED}\.[a-z]+"
_VERSION = r"[a-z0-9]+-[0-9]+(\.[0-9]+)+"
"""The names of folders with a version, and of files that have their contents in their name."""

_PEOPLE = ".bundle"
"""The end of the name of a file with the campaign, so with people: kept no longer than a photo of theirs."""

_NAMED_COMMENT = "# De versie staat in de naam. Een browser mag deze bestanden bewaren."
_PEOPLE_COMMENT = "# In de campagne staan mensen. Tussenstations mogen die een dag bewaren, niet langer."
_HIDDEN = r"/\.|/(_headers|web\.config)$|/hosting/(nginx\.conf|Caddyfile|HOSTING\.txt)$"


def rules(base: str, policy: str, files: Iterable[str]) -> Mapping[str, bytes]:
    """The files with rules, by path in the folder of the studio.

    ``base`` is the path of its URL, ``policy`` that of its page, ``files`` are the paths of its own files.
    """
    root, csp, kept = base_path(base), f"{policy}; frame-ancestors 'none'", _kept(files)
    headers = tuple((name, csp if name == CSP else value) for name, value in HEADERS)
    return {
        ".htaccess": _htaccess(headers),
        **{f"{path}.htaccess": encode(_for_all(YEAR)) for path in kept if path.endswith("/")},
        "hosting/nginx.conf": _nginx(root, headers),
        "hosting/Caddyfile": _caddy(root, headers),
        "_headers": _netlify(headers, kept),
        "web.config": folder_config((*headers, (CACHE_CONTROL, ASK)), TYPES.items(), kept),
    }


def _kept(files: Iterable[str]) -> dict[str, str]:
    """How long browsers keep what has its version in its name: files, and folders with a slash behind."""
    found: dict[str, str] = {}
    for path in sorted(files):
        folder, _, name = path.rpartition("/")
        if re.fullmatch(_VERSION, folder):
            found[f"{folder}/"] = YEAR
        elif re.fullmatch(_DIGEST, name):
            found[path] = DAY if name.endswith(_PEOPLE) else YEAR
    return found


def _for_all(cache: str) -> list[str]:
    return module("mod_headers.c", matching("^", setting(CACHE_CONTROL, cache)))


def _htaccess(headers: Headers) -> bytes:
    return encode(
        lines(
            "# Regels voor Apache en LiteSpeed, voor de map van de studio.",
            "# Regels uit een map hoger gelden hier niet: die zijn voor een ander soort pagina's.",
            "",
            "ErrorDocument 404 default",
            "",
            module("mod_mime.c", typed(TYPES.items(), COMPRESSED)),
            "",
            module(
                "mod_headers.c",
                lines(
                    matching(
                        "^",
                        lines(
                            *(setting(*header) for header in (*headers, (CACHE_CONTROL, ASK))),
                            "Header onsuccess unset Expires",
                            "Header always unset Expires",
                        ),
                    ),
                    _NAMED_COMMENT,
                    matching(f"^{_DIGEST}{ENCODING}$", setting(CACHE_CONTROL, YEAR)),
                    _PEOPLE_COMMENT,
                    matching(rf"\{_PEOPLE}{ENCODING}$", setting(CACHE_CONTROL, DAY)),
                    matching(
                        rf"\.({alternatives(COMPRESSED)}){ENCODING}$", ["Header merge Vary Accept-Encoding"]
                    ),
                ),
            ),
            "",
            HIDDEN_COMMENT,
            module("mod_alias.c", [f'RedirectMatch 404 "{_HIDDEN}"']),
            "",
            module("mod_rewrite.c", [*ALONE, *ONLY_FILES, *twins(COMPRESSED)]),
        )
    )


def _nginx(root: str, headers: Headers) -> bytes:
    """Each block has all headers: see ``nginx.nginx_conf``."""
    own = [f'add_header {name} "{value}" always;' for name, value in headers]

    def place(pattern: str, cache: str) -> list[str]:
        kept = f'add_header {CACHE_CONTROL} "{cache}" always;'
        return block(f'location ~ "^{escape(root)}{pattern}" {{', [*own, kept], "}")

    inner = lines(
        "index index.html;",
        "autoindex off;",
        "# De ingepakte bestanden staan erbij.",
        "gzip_static on;",
        "gzip_vary on;",
        "# brotli_static on;   # alleen als uw nginx de module brotli heeft",
        "",
        "default_type application/octet-stream;",
        block("types {", (f'"{kind}" {suffix};' for suffix, kind in TYPES.items()), "}"),
        "",
        own,
        f'add_header {CACHE_CONTROL} "{ASK}" always;',
        "",
        HIDDEN_COMMENT,
        f'location ~ "{_HIDDEN}" {{ return 404; }}',
        "",
        _PEOPLE_COMMENT,
        place(rf"{_NAMED}\{_PEOPLE}$", DAY),
        "",
        _NAMED_COMMENT,
        place(rf"({_DIGEST}$|{_VERSION}/)", YEAR),
    )
    return encode(
        lines(
            "# Regels voor nginx, voor de studio. Kopieer dit bestand naar de server.",
            "# Zet in het blok server { }:",
            "#     include /pad/naar/dit/bestand/nginx.conf;",
            "# De regel root van dat blok is de map van de hele website. Staat de studio in een andere map?",
            "# Zet dan binnen de accolades hieronder: root /map/waarin/de/map/van/de/studio/staat;",
            f"# De studio staat op: {root}",
            "",
            block(f'location ^~ "{root}" {{', inner, "}"),
        )
    )


def _caddy(root: str, headers: Headers) -> bytes:
    answer = lines(
        block("header {", (f'{name} "{value}"' for name, value in (*headers, (CACHE_CONTROL, ASK))), "}"),
        _NAMED_COMMENT,
        f"@vast path_regexp `^{escape(root)}({_DIGEST}$|{_VERSION}/)`",
        f'header @vast {CACHE_CONTROL} "{YEAR}"',
        _PEOPLE_COMMENT,
        f"@mensen path *{_PEOPLE}",
        f'header @mensen {CACHE_CONTROL} "{DAY}"',
        (
            line
            for suffix, kind in TYPES.items()
            for line in (f"@soort_{suffix} path *.{suffix}", f'header @soort_{suffix} Content-Type "{kind}"')
        ),
        HIDDEN_COMMENT,
        f"@verborgen path_regexp `{_HIDDEN}`",
        "error @verborgen 404",
        "header ?Vary Accept-Encoding",
        block("file_server {", ["index index.html", "precompressed br gzip"], "}"),
    )
    return encode(
        lines(
            "# Regels voor Caddy, voor de studio. Kopieer dit bestand naar de server.",
            "# Zet in het blok van uw site:",
            "#     root * /map/waarin/de/map/van/de/studio/staat",
            "#     import /pad/naar/dit/bestand/Caddyfile",
            f"# De studio staat op: {root}",
            "",
            [f'redir "{root[:-1]}" "{quote(root)}" permanent', ""] if root != "/" else [],
            block(f'handle "{root}*" {{', block("route {", answer, "}"), "}"),
        )
    )


def _netlify(headers: Headers, kept: Mapping[str, str]) -> bytes:
    """These hosts have browsers ask for everything at each visit, but for what a rule is about."""
    body = lines(
        "# Regels voor Netlify en Cloudflare Pages, voor een eigen site met alleen de studio.",
        rule("/*", headers),
        *(rule(f"/{path}{'*' * path.endswith('/')}", ((CACHE_CONTROL, kept[path]),)) for path in kept),
    )
    return encode(body[:-1])
