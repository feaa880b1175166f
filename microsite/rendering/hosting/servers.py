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

GUIDES: dict[Host, HostGuide] = {
    **apache.GUIDES,
    **iis.GUIDES,
    **nginx.GUIDES,
    **pages.GUIDES,
    **netlify.GUIDES,
}
"""In the order of HOSTING.txt."""
