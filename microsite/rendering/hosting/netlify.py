"""Netlify and Cloudflare Pages: ``_headers`` and ``_redirects``."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from microsite.core.problems import text
from microsite.core.settings import Host
from microsite.core.urls import base_path
from microsite.rendering.hosting.host import HostGuide, Moved, ServerFile, encode, lines
from microsite.rendering.hosting.policy import (
    CACHE_CONTROL,
    FEED,
    HASHED_COMMENT,
    HASHED_FOLDERS,
    HEADERS,
    HSTS,
    HSTS_COMMENT,
    IMAGE_FOLDER,
    IMAGE_HEADERS,
    PHOTO_COMMENT,
    YEAR,
    moved_paths,
)


def headers_file(*, base: str, gone: tuple[str, ...] = (), moved: Moved = ()) -> bytes:
    """Render ``_headers``. These hosts cannot answer 410, so ``gone`` is not used, and ``moved`` has a
    file of its own.

    Cloudflare joins the values of all rules that match and Netlify may match everything after
    a star, so only the CSP is set twice and every star is at the end. Pages have no cache rule:
    both hosts have browsers revalidate them at each visit, which is stricter than the policy.
    """
    root = quote(base_path(base))
    body = lines(
        "# Regels voor Netlify en Cloudflare Pages. Andere servers slaan dit bestand over.",
        "# Deze servers lezen alleen het bestand _headers in de bovenste map van wat u plaatst.",
        "# Staat de campagne in een map van een grotere site? Zet deze regels dan in dat bestand.",
        HSTS_COMMENT,
        f"#   {': '.join(HSTS)}",
        "",
        rule(f"{root}*", HEADERS),
        HASHED_COMMENT,
        *(rule(f"{root}{folder}/*", ((CACHE_CONTROL, YEAR),)) for folder in HASHED_FOLDERS),
        PHOTO_COMMENT,
        rule(f"{root}{IMAGE_FOLDER}/*", IMAGE_HEADERS),
        rule(root + FEED[0], (("Content-Type", FEED[1]),)),
    )
    return encode(body[:-1])


def rule(path: str, headers: Iterable[tuple[str, str]]) -> list[str]:
    """The headers of a path, which may end with a star, and an empty line."""
    return [path, *(f"  {name}: {value}" for name, value in headers), ""]


def redirects_file(*, base: str, gone: tuple[str, ...] = (), moved: Moved = ()) -> bytes:
    """Render ``_redirects``. At an old address there is a page too, for other hosts.

    Netlify shows that one unless the status has an exclamation mark, which Cloudflare does not know: it
    skips such a line and reads the next.
    """
    root = base_path(base)
    rules = (
        f"{quote(root + old)} {quote(root + new)} {status}"
        for old, new in moved_paths(moved)
        for status in ("301!", "301")
    )
    return encode(lines("# Pagina's die zijn verhuisd, voor Netlify en Cloudflare Pages.", rules))


REDIRECTS = ServerFile("_redirects", redirects_file)
FILE = ServerFile("_headers", headers_file)

GUIDES: dict[Host, HostGuide] = {
    "netlify": HostGuide(
        text("Netlify or Cloudflare Pages"),
        (
            text("Make a new site and drag the folder site/ to the page."),
            text("Link your domain name to it in the settings of the host."),
        ),
        (FILE.path, "404.html"),
        (
            text("These hosts read _headers only at the top of a site. The site has to be at the top too."),
            text("A page that was taken away becomes an empty page: these hosts cannot answer 'gone' (410)."),
        ),
    ),
}
