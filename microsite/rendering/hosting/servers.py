"""All hosts: the files that configure their servers, and their guides."""

from __future__ import annotations

from microsite.core.settings import Host
from microsite.rendering.hosting import apache, caddy, iis, netlify, nginx, pages
from microsite.rendering.hosting.host import HostGuide, ServerFile

FILES: tuple[ServerFile, ...] = (
    netlify.FILE,
    apache.FILE,
    pages.FILE,
    caddy.FILE,
    nginx.FILE,
    iis.FILE,
)

REDIRECTS = netlify.REDIRECTS
"""A file for old addresses alone: a site without those does not have it."""

NEED_ADDRESS = frozenset({iis.FILE.path})
"""The files whose redirects would be wrong where the URL of the site is not known."""

GUIDES: dict[Host, HostGuide] = {
    **apache.GUIDES,
    **iis.GUIDES,
    **nginx.GUIDES,
    **pages.GUIDES,
    **netlify.GUIDES,
}
"""In the order of HOSTING.txt."""
