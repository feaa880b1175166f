"""Apache and LiteSpeed: ``.htaccess``."""

from __future__ import annotations

from collections.abc import Iterable
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
    HASHED_NAME,
    HEADERS,
    HIDDEN,
    HIDDEN_COMMENT,
    HSTS,
    HSTS_COMMENT,
    NOT_FOUND,
    PHOTO_COMMENT,
    PHOTO_NAME,
    PRECOMPRESSED,
    SHORT,
    SVG_COMMENT,
    SVG_CSP,
    YEAR,
    alternatives,
    compressible_types,
    escape,
    gone_paths,
    moved_paths,
)


def htaccess(*, base: str, gone: tuple[str, ...] = (), moved: Moved = ()) -> bytes:
    """Render ``.htaccess``. It needs ``AllowOverride FileInfo``, as WordPress does."""
    page = quote(base_path(base) + NOT_FOUND)
    return encode(
        lines(
            "# Regels voor Apache en LiteSpeed. Dit bestand geldt alleen in deze map.",
            "# Regels uit een map hoger (bijvoorbeeld van WordPress) gelden hier niet.",
            "# Een onderdeel dat uw server niet heeft, wordt overgeslagen.",
            "",
            "# De pagina voor wat er niet (meer) is.",
            f"ErrorDocument 404 {page}",
            f"ErrorDocument 410 {page}",
            "",
            module("mod_mime.c", _types()),
            "",
            module("mod_headers.c", _headers()),
            "",
            HIDDEN_COMMENT,
            module("mod_alias.c", [f'RedirectMatch 404 "{HIDDEN}"']),
            "",
            module("mod_rewrite.c", _rewrites(gone_paths(gone), moved_paths(moved))),
            "",
            "# Is er geen ingepakt bestand, dan pakt de server zelf in.",
            module("mod_deflate.c", module("mod_filter.c", [_compression()])),
        )
    )


def module(name: str, body: Iterable[str]) -> list[str]:
    """What is skipped where Apache has not got a module."""
    return block(f"<IfModule {name}>", body, "</IfModule>")


def matching(pattern: str, body: Iterable[str]) -> list[str]:
    """Rules for files with such a name, in whatever folder."""
    return block(f'<FilesMatch "{pattern}">', body, "</FilesMatch>")


ENCODING = r"(\.(br|gz))?"
"""The end of the name of a file that may be compressed."""

_DIGEST = r"-(?=[0-9]*[a-f])"


def _types() -> list[str]:
    return lines(
        typed(CONTENT_TYPES, PRECOMPRESSED),
        matching(f"^{escape(FEED[0])}{ENCODING}$", [f'ForceType "{FEED[1]}"']),
    )


def typed(types: Iterable[tuple[str, str]], precompressed: Iterable[str]) -> list[str]:
    """Content types by suffix, also of the compressed copies of files with the suffixes ``precompressed``."""
    known, packed = dict(types), tuple(precompressed)
    return lines(
        (f'AddType "{kind}" .{suffix}' for suffix, kind in known.items()),
        "# Ingepakte bestanden: het soort is dat van het bestand zelf. (.br is hier geen Bretons.)",
        matching(
            rf"\.({alternatives(packed)})\.(br|gz)$",
            ["RemoveLanguage .br", "AddEncoding br .br", "AddEncoding gzip .gz"],
        ),
        *(matching(rf"\.{suffix}\.(br|gz)$", [f'ForceType "{known[suffix]}"']) for suffix in packed),
    )


def _compression() -> str:
    types = " ".join(content_type.partition(";")[0] for content_type in compressible_types())
    return f"AddOutputFilterByType DEFLATE {types}"


def _headers() -> list[str]:
    """Sections by file name: Apache applies these last, so a parent folder cannot override them.

    Apache keeps a table of headers for successful responses ("onsuccess") and one for all ("always"):
    a header set by a parent folder in the first is unset, or browsers would get both. A section sees
    file names without folders; ten digits or more are more likely a date than a digest (``_DIGEST``).
    """
    always = [line for header in HEADERS for line in setting(*header)]
    return lines(
        "# ^ betekent: elk bestand.",
        matching(
            "^",
            lines(
                always,
                setting(CACHE_CONTROL, SHORT),
                "Header onsuccess unset Expires",
                "Header always unset Expires",
                HSTS_COMMENT,
                f'# Header always set {HSTS[0]} "{HSTS[1]}"',
            ),
        ),
        HASHED_COMMENT,
        matching(rf"{_DIGEST}{HASHED_NAME}{ENCODING}$", [f'Header always set {CACHE_CONTROL} "{YEAR}"']),
        PHOTO_COMMENT,
        matching(rf"{_DIGEST}{PHOTO_NAME}$", [f'Header always set {CACHE_CONTROL} "{DAY}"']),
        SVG_COMMENT,
        matching(rf"\.svg{ENCODING}$", [f'Header always set {CSP} "{SVG_CSP}"']),
        matching(rf"\.({alternatives(PRECOMPRESSED)}){ENCODING}$", ["Header merge Vary Accept-Encoding"]),
    )


def setting(name: str, value: str) -> list[str]:
    """Give a header this value, also where a folder above gives it another."""
    return [f"Header onsuccess unset {name}", f'Header always set {name} "{value}"']


def _rewrites(gone: Iterable[str], moved: Moved) -> list[str]:
    """Without ``Options`` and ``DirectoryIndex``: where those are not allowed, they are error 500."""
    removed = [f'RewriteRule "^{escape(path)}$" "-" [G]' for path in gone]
    return lines(
        ALONE,
        ["# Deze pagina's zijn weggehaald (410)."] if removed else [],
        removed,
        ["# Deze pagina's zijn verhuisd. %1 is de map waarin de campagne staat."] if moved else [],
        *(_redirect(old, new) for old, new in moved),
        ONLY_FILES,
        twins(PRECOMPRESSED),
    )


ALONE = lines(
    "RewriteEngine On",
    module("mod_version.c", block("<IfVersion >= 2.4.8>", ["RewriteOptions IgnoreInherit"], "</IfVersion>")),
)
"""No rules of folders above."""

ONLY_FILES = (
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
)


def twins(precompressed: Iterable[str]) -> list[str]:
    """Send the compressed copy of a file with one of these suffixes to browsers that can unpack it."""
    return lines(
        "# Staat er een ingepakt bestand naast, en kan de browser dat uitpakken? Stuur dat.",
        module(
            "mod_mime.c",
            [
                line
                for word, suffix in (("br", "br"), ("gzip", "gz"))
                for line in (
                    rf'RewriteCond "%{{HTTP:Accept-Encoding}}" "\b{word}\b"',
                    f'RewriteCond "%{{REQUEST_FILENAME}}.{suffix}" -f',
                    rf'RewriteRule "^(.+\.({alternatives(precompressed)}))$" "$1.{suffix}" [L]',
                )
            ],
        ),
    )


def _redirect(old: str, new: str) -> list[str]:
    """In whatever folder the site is: a relative target would be taken for a path on the disk."""
    return [
        f'RewriteCond "%{{REQUEST_URI}}" "^(.*){escape(old)}$"',
        f'RewriteRule "^{escape(old)}$" "%1{new}" [R=301,L]',
    ]


FILE = ServerFile(".htaccess", htaccess)

GUIDES: dict[Host, HostGuide] = {
    "apache": HostGuide(
        text("Shared hosting (DirectAdmin, cPanel, Plesk) or Apache"),
        (
            text("Log in to the control panel of your host, and open the file manager. FTP works too."),
            text("Go to the folder of your website. It is often called public_html or httpdocs."),
            text("Upload all that is in the folder site/ to: {place}"),
        ),
        (FILE.path,),
        (
            text("Some hosts ignore parts of .htaccess. The site works there too, with fewer safeguards."),
            text("Ask your host to switch on mod_headers when a test of your site misses headers."),
        ),
    ),
    "wordpress": HostGuide(
        text("Beside WordPress, in a folder of its own"),
        (
            text(
                "Nothing changes in WordPress itself. Do not use its media library: it refuses these files."
            ),
            text(
                "Open the file manager of your host, or FTP. Go to the folder with wp-admin and wp-content."
            ),
            text("Upload all that is in the folder site/ to: {place}"),
            text("Make a link to it in WordPress: Appearance, Menus, Custom link."),
        ),
        (FILE.path,),
        (
            text("The campaign needs a folder of its own. At the top of the domain WordPress is in its way."),
            text("A security plugin of WordPress does not guard this folder. There is nothing to log in to."),
        ),
    ),
}
