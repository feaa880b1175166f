"""GitHub Pages and GitLab Pages: ``.nojekyll``."""

from __future__ import annotations

from microsite.core.problems import text
from microsite.core.settings import Host
from microsite.rendering.hosting.host import HostGuide, Moved, ServerFile


def nojekyll(*, base: str, gone: tuple[str, ...] = (), moved: Moved = ()) -> bytes:
    """Render ``.nojekyll``, which is empty: GitHub Pages then serves the files as they are."""
    return b""


FILE = ServerFile(".nojekyll", nojekyll)

GUIDES: dict[Host, HostGuide] = {
    "pages": HostGuide(
        text("GitHub Pages or GitLab Pages"),
        (
            text("GitHub: make a repository and put all that is in the folder site/ in it."),
            text("GitHub: choose Settings, Pages, Deploy from a branch, main, /(root)."),
            text(
                "GitLab: put the files in a folder public/ and let a job called 'pages' publish that folder."
            ),
        ),
        (FILE.path, "404.html"),
        (
            text("These hosts take no headers. The safeguards in the pages themselves stay."),
            text(
                "Another site could show yours in a frame, and browsers keep files as long as the host says."
            ),
            text("A repository is remembered: what was taken away can still be found in its history."),
        ),
    ),
}
