"""One policy for whoever serves the site, written down in the words of each web server.

The tables at the top are the policy. Each recipe below renders them for one
host; none has rules of its own. Hosts that match by pattern (Apache, nginx,
Caddy) know a content-named file by its name. Hosts that match by folder
(Netlify, Cloudflare Pages, IIS) know it by its folder, where nothing else
stands, so there a drawing is kept for a year as well.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from microsite.core.file_types import FILE_TYPES
from microsite.core.urls import base_path, server_path

# ── the policy ───────────────────────────────────────────────────────────────────────────────────────

_DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("media-src", "'self'"),
    ("manifest-src", "'self'"),
    # The fall-back of default-src would do for the next two; internet.nl asks for them by name.
    ("frame-src", "'none'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
)

META_POLICY: str = "; ".join(f"{name} {value}" for name, value in _DIRECTIVES)
"""For ``<meta http-equiv>``, where browsers ignore frame-ancestors and sandbox."""

HEADER_POLICY: str = f"{META_POLICY}; frame-ancestors 'none'"

DRAWING_POLICY: str = f"{HEADER_POLICY}; sandbox"
"""For an SVG that is opened by itself: it is a document then, and may run nothing."""

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

POLICY = "Content-Security-Policy"
CACHE = "Cache-Control"

HEADERS: tuple[tuple[str, str], ...] = (
    (POLICY, HEADER_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _FEATURES_OFF)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    # A story that is withdrawn must not live on in the archive of a search engine.
    ("X-Robots-Tag", "noarchive"),
)
"""Sent with every answer, a 404 too. Full screen, sharing and copying stay allowed: the site uses them."""

HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000")
"""Given as a comment: it binds the whole domain for a year, which is its owner's decision."""

_PHOTO_COMMENT = "# Op beeld staan mensen. Browsers en tussenstations mogen het een dag bewaren, niet langer."

_HTTPS_QUESTION = (
    "# Is het hele domein altijd via https bereikbaar? Dan mag u deze regel aanzetten (haal # weg):"
)

SHORT = "public, max-age=300, must-revalidate"
DAY = "public, max-age=86400"
YEAR = "public, max-age=31536000, immutable"

NAMED_FOLDERS = ("css", "fonts", "js")
"""Where every file has a digest of its content in its name, so that it may be kept for a year."""

PICTURES = "beeld"
"""Named by their content too, but they show people: no cache on the way may keep who withdraws for long."""

_NAMED_FILE = r"[0-9a-f]{10,32}\.(css|js|woff2?)"
_PHOTO_FILE = r"[0-9a-f]{10,32}(-[a-z0-9]+)?\.(avif|jpg|png|webp)"

TYPES = tuple((row.suffix, row.media_type) for row in FILE_TYPES if row.media_type)

FEED = ("feed.xml", "application/atom+xml; charset=utf-8")

TWINS = tuple(row.suffix for row in FILE_TYPES if row.encoded)
"""Files that may have a compressed copy beside them, ``.br`` or ``.gz``."""


def _packed_types() -> list[str]:
    """What becomes smaller when a server packs it."""
    types = dict(TYPES)
    return [*(types[suffix] for suffix in TWINS), FEED[1]]


NOT_FOUND = "404.html"
"""Shown for what is not there (404) and for what was taken away (410)."""

_PICTURE_HEADERS = ((CACHE, DAY), (POLICY, DRAWING_POLICY))  # only pictures can be drawings

# These files name the pages that were withdrawn, so they are for the server and not for visitors.
_OWN_FILES = r"/(_headers|web\.config)$|/hosting/(nginx\.conf|Caddyfile)$"
_HIDDEN = r"/\.(?!well-known(/|$))|" + _OWN_FILES

# ── paths ────────────────────────────────────────────────────────────────────────────────────────────


def _taken_away(gone: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({server_path(path) for path in gone}))


def _pattern(path: str) -> str:
    """A regular expression for exactly this text; unlike ``re.escape`` it leaves spaces and hyphens alone."""
    return re.sub(r"[.()+]", r"\\\g<0>", path)


def _either(words: Iterable[str]) -> str:
    return "|".join(words)


def _named(base: str, folders: Iterable[str], file: str) -> str:
    """Matches the address of a content-named file."""
    return rf"^{_pattern(base)}({_either(folders)})/.*-{file}$"


def _lasting(base: str) -> str:
    return _named(base, NAMED_FOLDERS, _NAMED_FILE)


def _photo(base: str) -> str:
    return _named(base, (PICTURES,), _PHOTO_FILE)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def _lines(*parts: str | Iterable[str]) -> list[str]:
    return [line for part in parts for line in ((part,) if isinstance(part, str) else part)]


def _inside(head: str, body: Iterable[str], end: str) -> list[str]:
    return [head, *(f"    {line}" if line else "" for line in body), end]


def _file(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


# ── Netlify and Cloudflare Pages ─────────────────────────────────────────────────────────────────────


def headers_file(*, base: str, gone: tuple[str, ...] = ()) -> bytes:
    """``_headers``. These hosts cannot answer 410: what is gone answers 404.

    Cloudflare joins the values of all rules that match and Netlify may read a
    star as "and all that follows", so no header but the policy is given twice
    and every star comes last. Pages have no cache rule: both hosts let them be
    asked for anew each time, which is stricter than ours.
    """
    root = quote(base_path(base))
    body = _lines(
        "# Regels voor Netlify en Cloudflare Pages. Andere servers slaan dit bestand over.",
        "# Deze servers lezen alleen het bestand _headers in de bovenste map van wat u plaatst.",
        "# Staat de campagne in een map van een grotere site? Zet deze regels dan in dat bestand.",
        _HTTPS_QUESTION,
        f"#   {': '.join(HTTPS_ONLY)}",
        "",
        _rule(f"{root}*", HEADERS),
        "# De naam van deze bestanden verandert zodra de inhoud verandert. Een browser mag ze bewaren.",
        *(_rule(f"{root}{folder}/*", ((CACHE, YEAR),)) for folder in NAMED_FOLDERS),
        _PHOTO_COMMENT,
        _rule(f"{root}{PICTURES}/*", _PICTURE_HEADERS),
        _rule(root + FEED[0], (("Content-Type", FEED[1]),)),
    )
    return _file(body[:-1])


def _rule(path: str, headers: Iterable[tuple[str, str]]) -> list[str]:
    return [path, *(f"  {name}: {value}" for name, value in headers), ""]


# ── Apache ───────────────────────────────────────────────────────────────────────────────────────────


def htaccess(*, base: str, gone: tuple[str, ...] = ()) -> bytes:
    """``.htaccess``. It needs no more rights than ``AllowOverride FileInfo``, which WordPress needs too."""
    page = quote(base_path(base) + NOT_FOUND)
    return _file(
        _lines(
            "# Regels voor Apache en LiteSpeed. Dit bestand geldt alleen in deze map.",
            "# Regels uit een map hoger (bijvoorbeeld van WordPress) gelden hier niet.",
            "# Een onderdeel dat uw server niet heeft, wordt overgeslagen.",
            "",
            "# De pagina voor wat er niet (meer) is.",
            f"ErrorDocument 404 {page}",
            f"ErrorDocument 410 {page}",
            "",
            _module("mod_mime.c", _apache_types()),
            "",
            _module("mod_headers.c", _apache_headers()),
            "",
            "# Bestanden voor de server, niet voor bezoekers.",
            _module("mod_alias.c", [f'RedirectMatch 404 "{_HIDDEN}"']),
            "",
            _module("mod_rewrite.c", _apache_addresses(_taken_away(gone))),
            "",
            "# Is er geen ingepakt bestand, dan pakt de server zelf in.",
            _module("mod_deflate.c", _module("mod_filter.c", [_apache_packing()])),
        )
    )


def _module(name: str, body: Iterable[str]) -> list[str]:
    return _inside(f"<IfModule {name}>", body, "</IfModule>")


def _files(pattern: str, body: Iterable[str]) -> list[str]:
    return _inside(f'<FilesMatch "{pattern}">', body, "</FilesMatch>")


_TWIN = r"(\.(br|gz))?"
_DIGEST = r"-(?=[0-9]*[a-f])"


def _apache_types() -> list[str]:
    types = dict(TYPES)
    return _lines(
        (f'AddType "{kind}" .{suffix}' for suffix, kind in TYPES),
        "# Ingepakte bestanden: het soort is dat van het bestand zelf. (.br is hier geen Bretons.)",
        _files(
            rf"\.({_either(TWINS)})\.(br|gz)$",
            ["RemoveLanguage .br", "AddEncoding br .br", "AddEncoding gzip .gz"],
        ),
        *(_files(rf"\.{suffix}\.(br|gz)$", [f'ForceType "{types[suffix]}"']) for suffix in TWINS),
        _files(f"^{_pattern(FEED[0])}{_TWIN}$", [f'ForceType "{FEED[1]}"']),
    )


def _apache_packing() -> str:
    return f"AddOutputFilterByType DEFLATE {' '.join(kind.partition(';')[0] for kind in _packed_types())}"


def _apache_headers() -> list[str]:
    """Sections by file name come last of all, so that such a section of a folder above cannot win.

    Apache keeps one list for good answers and one for all: a header that a folder above put on the
    first is taken off, or the browser would get both. Only names are seen here, no folders; a row of
    ten digits or more is more likely somebody's date than a digest.
    """
    always = [line for header in HEADERS for line in _apache_set(*header)]
    return _lines(
        "# ^ betekent: elk bestand.",
        _files(
            "^",
            _lines(
                always,
                _apache_set(CACHE, SHORT),
                "Header onsuccess unset Expires",
                "Header always unset Expires",
                _HTTPS_QUESTION,
                f'# Header always set {HTTPS_ONLY[0]} "{HTTPS_ONLY[1]}"',
            ),
        ),
        "# De naam van deze bestanden verandert zodra de inhoud verandert. Een browser mag ze bewaren.",
        _files(rf"{_DIGEST}{_NAMED_FILE}{_TWIN}$", [f'Header always set {CACHE} "{YEAR}"']),
        _PHOTO_COMMENT,
        _files(rf"{_DIGEST}{_PHOTO_FILE}$", [f'Header always set {CACHE} "{DAY}"']),
        "# Een tekening die iemand los opent, mag niets uitvoeren.",
        _files(rf"\.svg{_TWIN}$", [f'Header always set {POLICY} "{DRAWING_POLICY}"']),
        _files(rf"\.({_either(TWINS)}){_TWIN}$", ["Header merge Vary Accept-Encoding"]),
    )


def _apache_set(name: str, value: str) -> list[str]:
    return [f"Header onsuccess unset {name}", f'Header always set {name} "{value}"']


def _apache_addresses(gone: Iterable[str]) -> list[str]:
    """No ``Options`` or ``DirectoryIndex``: where those are not allowed, they break the whole site."""
    removed = [f'RewriteRule "^{_pattern(path)}$" "-" [G]' for path in gone]
    return _lines(
        "RewriteEngine On",
        _module(
            "mod_version.c", _inside("<IfVersion >= 2.4.8>", ["RewriteOptions IgnoreInherit"], "</IfVersion>")
        ),
        ["# Deze pagina's zijn weggehaald (410)."] if removed else [],
        removed,
        "# Wat er niet is, is er niet: geen pagina uit een map hoger.",
        'RewriteCond "%{REQUEST_FILENAME}" !-f',
        'RewriteCond "%{REQUEST_FILENAME}" !-d',
        'RewriteRule "^" "-" [R=404]',
        "# Een map laat index.html zien, en anders niets: geen lijst van bestanden.",
        'RewriteCond "%{REQUEST_FILENAME}" -d',
        'RewriteCond "%{REQUEST_FILENAME}/index.html" -f',
        'RewriteRule "^(.*/)?$" "$1index.html" [L]',
        'RewriteCond "%{REQUEST_FILENAME}" -d',
        'RewriteRule "^(.*/)?$" "-" [R=404]',
        "# Staat er een ingepakt bestand naast, en kan de browser dat uitpakken? Stuur dat.",
        _module(
            "mod_mime.c",
            [
                line
                for word, suffix in (("br", "br"), ("gzip", "gz"))
                for line in (
                    rf'RewriteCond "%{{HTTP:Accept-Encoding}}" "\b{word}\b"',
                    f'RewriteCond "%{{REQUEST_FILENAME}}.{suffix}" -f',
                    rf'RewriteRule "^(.+\.({_either(TWINS)}))$" "$1.{suffix}" [L]',
                )
            ],
        ),
    )


# ── IIS ──────────────────────────────────────────────────────────────────────────────────────────────

_IIS_HIDDEN = (".git", ".htaccess", ".nojekyll", "_headers", "hosting")


def web_config(*, base: str, gone: tuple[str, ...] = ()) -> bytes:
    """``web.config``. Without an extra module IIS cannot answer 410: what is gone answers 404.

    Everything is removed before it is added: the same key twice is error 500 here.
    """
    page = _quoted((base_path(base) + NOT_FOUND)[1:].replace("/", "\\"))
    body = _lines(
        _element("directoryBrowse", enabled="false"),
        _block("defaultDocument", _block("files", ["<clear />", _element("add", value="index.html")])),
        _block(
            "staticContent", _lines(_element("clientCache", cacheControlMode="NoControl"), _iis_types(TYPES))
        ),
        "<!-- De pagina voor wat er niet is. Het pad begint bij de map van de hele website. -->",
        _inside(
            '<httpErrors errorMode="Custom">',
            [
                '<remove statusCode="404" subStatusCode="-1" />',
                f'<error statusCode="404" path={page} responseMode="File" />',
            ],
            "</httpErrors>",
        ),
        _iis_headers((*HEADERS, (CACHE, SHORT)), _element("remove", name="X-Powered-By"), _iis_https()),
        "<!-- Bestanden voor de server, niet voor bezoekers. -->",
        _block(
            "security",
            _block(
                "requestFiltering",
                _block("hiddenSegments", _twice("segment", ((name,) for name in _IIS_HIDDEN))),
            ),
        ),
    )
    feed = _block("staticContent", _iis_types([(FEED[0].rpartition(".")[2], FEED[1])]))
    return _file(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            "<!-- Regels voor IIS (Windows). Dit bestand geldt alleen in deze map. -->",
            *_block(
                "configuration",
                _lines(
                    _block("system.webServer", body),
                    "<!-- De naam van deze bestanden verandert zodra de inhoud verandert."
                    " Een browser mag ze bewaren. -->",
                    *(_location(folder, _iis_headers(((CACHE, YEAR),))) for folder in NAMED_FOLDERS),
                    f"<!-- {_PHOTO_COMMENT.removeprefix('# ')} -->",
                    _location(PICTURES, _iis_headers(_PICTURE_HEADERS)),
                    _location(FEED[0], feed),
                ),
            ),
        ]
    )


def _block(name: str, body: Iterable[str]) -> list[str]:
    return _inside(f"<{name}>", body, f"</{name}>")


def _element(name: str, /, **attributes: str) -> str:
    return f"<{name} {' '.join(f'{key}={_quoted(value)}' for key, value in attributes.items())} />"


def _twice(key: str, rows: Iterable[tuple[str, ...]], value: str = "", add: str = "add") -> list[str]:
    """Each row removed and added: its first word under ``key``, its second under ``value``."""
    return [
        line
        for row in rows
        for line in (
            _element("remove", **{key: row[0]}),
            _element(add, **dict(zip((key, value), row, strict=False))),
        )
    ]


def _iis_types(types: Iterable[tuple[str, str]]) -> list[str]:
    rows = ((f".{suffix}", kind) for suffix, kind in types)
    return _twice("fileExtension", rows, "mimeType", "mimeMap")


def _iis_headers(headers: Iterable[tuple[str, str]], *more: str) -> list[str]:
    return _block("httpProtocol", _block("customHeaders", [*_twice("name", headers, "value"), *more]))


def _iis_https() -> str:
    line = _element("add", name=HTTPS_ONLY[0], value=HTTPS_ONLY[1])
    return f"<!-- Is het hele domein altijd via https bereikbaar? Dan mag u deze regel aanzetten: {line} -->"


def _location(path: str, body: Iterable[str]) -> list[str]:
    return _inside(f'<location path="{path}">', _block("system.webServer", body), "</location>")


# ── nginx ────────────────────────────────────────────────────────────────────────────────────────────


def nginx(*, base: str, gone: tuple[str, ...] = ()) -> bytes:
    """``hosting/nginx.conf``, for inside a ``server`` block.

    nginx forgets all headers of a block as soon as an inner block adds one, so each gives the whole list.
    """
    root = base_path(base)
    inner = _lines(
        "index index.html;",
        "autoindex off;",
        "# Is er geen ingepakt bestand, dan pakt de server zelf in.",
        "gzip_static on;",
        "gzip on;",
        "gzip_comp_level 6;",
        "gzip_vary on;",
        "gzip_min_length 500;",
        _inside("gzip_types", (f'"{kind}"' for kind in _packed_types()), ";"),
        "# brotli_static on;   # alleen als uw nginx de module brotli heeft",
        "",
        "default_type application/octet-stream;",
        _inside("types {", (f'"{kind}" {suffix};' for suffix, kind in TYPES), "}"),
        "",
        f'error_page 403 404 =404 "{root}{NOT_FOUND}";',
        f'error_page 410 "{root}{NOT_FOUND}";',
        "",
        _nginx_headers(),
        _nginx_cache(SHORT),
        "# Is het hele domein altijd via https bereikbaar? Dan mag u deze regel aanzetten (haal # weg),",
        "# hier en in de drie blokken hieronder die ook add_header hebben:",
        f'# add_header {HTTPS_ONLY[0]} "{HTTPS_ONLY[1]}" always;',
        "",
        _nginx_gone(root, _taken_away(gone)),
        "# Bestanden voor de server, niet voor bezoekers.",
        f'location ~ "{_HIDDEN}" {{ return 404; }}',
        "",
        "# De naam van deze bestanden verandert zodra de inhoud verandert. Een browser mag ze bewaren.",
        _inside(f'location ~ "{_lasting(root)}" {{', [*_nginx_headers(), _nginx_cache(YEAR)], "}"),
        "",
        _PHOTO_COMMENT,
        _inside(f'location ~ "{_photo(root)}" {{', [*_nginx_headers(), _nginx_cache(DAY)], "}"),
        "",
        "# Een tekening die iemand los opent, mag niets uitvoeren.",
        _inside(r'location ~ "\.svg$" {', [*_nginx_headers(DRAWING_POLICY), _nginx_cache(SHORT)], "}"),
        "",
        f'location = "{root}{FEED[0]}" {{ types {{ }} default_type "{FEED[1]}"; }}',
    )
    return _file(
        _lines(
            "# Regels voor nginx. Kopieer dit bestand naar de server. Zet in het blok server { }:",
            "#     include /pad/naar/dit/bestand/nginx.conf;",
            "# De regel root van dat blok is de map van de hele website.",
            f"# De campagne staat daarin op: {root}",
            "",
            _inside(f'location ^~ "{root}" {{', inner, "}"),
        )
    )


def _nginx_headers(policy: str = HEADER_POLICY) -> list[str]:
    return [f'add_header {name} "{policy if name == POLICY else value}" always;' for name, value in HEADERS]


def _nginx_cache(value: str) -> str:
    return f'add_header {CACHE} "{value}" always;'


def _nginx_gone(root: str, gone: tuple[str, ...]) -> list[str]:
    if not gone:
        return []
    rules = (f'location = "{root}{path}" {{ return 410; }}' for path in gone)
    return ["# Deze pagina's zijn weggehaald.", *rules, ""]


# ── Caddy ────────────────────────────────────────────────────────────────────────────────────────────


def caddyfile(*, base: str, gone: tuple[str, ...] = ()) -> bytes:
    """``hosting/Caddyfile``, for inside a site's block. ``route`` keeps the order in which it is written."""
    root = base_path(base)
    answer = _lines(
        _caddy_headers((*HEADERS, (CACHE, SHORT))),
        _HTTPS_QUESTION,
        f'# header {HTTPS_ONLY[0]} "{HTTPS_ONLY[1]}"',
        "# De naam van deze bestanden verandert zodra de inhoud verandert. Een browser mag ze bewaren.",
        f"@vast path_regexp `{_lasting(root)}`",
        f'header @vast {CACHE} "{YEAR}"',
        _PHOTO_COMMENT,
        f"@beeld path_regexp `{_photo(root)}`",
        f'header @beeld {CACHE} "{DAY}"',
        "# Een tekening die iemand los opent, mag niets uitvoeren.",
        "@tekening path *.svg",
        f'header @tekening {POLICY} "{DRAWING_POLICY}"',
        _caddy_types(root),
        _caddy_gone(root, _taken_away(gone)),
        "# Bestanden voor de server, niet voor bezoekers.",
        _inside(
            "@verborgen {",
            [
                rf"path_regexp `/\.|{_OWN_FILES}`",
                f'not path "{root}.well-known" "{root}.well-known/*"',
            ],
            "}",
        ),
        "error @verborgen 404",
        "header ?Vary Accept-Encoding",
        "encode gzip",
        _inside("file_server {", ["index index.html", "precompressed br gzip"], "}"),
    )
    missing = _lines(
        f'rewrite * "{root}{NOT_FOUND}"',
        _caddy_headers((*HEADERS, (CACHE, SHORT))),
        'header Content-Type "text/html; charset=utf-8"',
        "encode gzip",
        _inside("file_server {", ["precompressed br gzip"], "}"),
    )
    return _file(
        _lines(
            "# Regels voor Caddy. Kopieer dit bestand naar de server. Zet in het blok van uw site:",
            "#     root * /map/van/de/hele/website",
            "#     import /pad/naar/dit/bestand/Caddyfile",
            f"# De campagne staat in die map op: {root}",
            "",
            _caddy_slash(root),
            _inside(f'handle "{root}*" {{', _inside("route {", answer, "}"), "}"),
            "",
            "# De pagina voor wat er niet (meer) is. Is er al een blok handle_errors? Zet dit daar dan bij.",
            _inside(
                "handle_errors {",
                _lines(
                    _inside(
                        "@weg {",
                        [f'path "{root}*"', "expression `{http.error.status_code} in [403, 404, 410]`"],
                        "}",
                    ),
                    _inside("handle @weg {", _inside("route {", missing, "}"), "}"),
                ),
                "}",
            ),
        )
    )


def _caddy_headers(headers: Iterable[tuple[str, str]]) -> list[str]:
    return _inside("header {", (f'{name} "{value}"' for name, value in headers), "}")


def _caddy_types(root: str) -> list[str]:
    """Exact types for what systems disagree about; the feed comes last, so that it wins of ``*.xml``."""
    text = [(suffix, kind) for suffix, kind in TYPES if "charset" in kind or suffix == "avif"]
    rules = [(f"soort_{suffix}", f"*.{suffix}", kind) for suffix, kind in text]
    rules.append(("soort_feed", f'"{root}{FEED[0]}"', FEED[1]))
    return [
        line
        for name, path, kind in rules
        for line in (f"@{name} path {path}", f'header @{name} Content-Type "{kind}"')
    ]


def _caddy_gone(root: str, gone: tuple[str, ...]) -> list[str]:
    if not gone:
        return []
    paths = " ".join(f'"{root}{path}"' for path in gone)
    return ["# Deze pagina's zijn weggehaald.", f"@weggehaald path {paths}", "error @weggehaald 410"]


def _caddy_slash(root: str) -> list[str]:
    return [f'redir "{root[:-1]}" "{quote(root)}" permanent', ""] if root != "/" else []


# ── GitHub Pages ─────────────────────────────────────────────────────────────────────────────────────


def nojekyll(*, base: str, gone: tuple[str, ...] = ()) -> bytes:
    """``.nojekyll``: GitHub Pages then serves the files as they are. It takes no headers from anybody."""
    return b""


FILES: tuple[tuple[str, Callable[..., bytes]], ...] = (
    ("_headers", headers_file),
    (".htaccess", htaccess),
    (".nojekyll", nojekyll),
    ("hosting/Caddyfile", caddyfile),
    ("hosting/nginx.conf", nginx),
    ("web.config", web_config),
)
"""Path and recipe. All take the same values, so that a plan needs to know nothing of hosts:

``base`` is the path part of the site's address, ``gone`` the paths (within the site) that were withdrawn.
"""


def _quoted(value: str) -> str:
    """A text as the value of an XML attribute."""
    return f'"{html.escape(value)}"'
