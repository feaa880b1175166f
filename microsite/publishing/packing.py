"""A site in one ZIP, with a page for whoever puts it online.

The ZIP holds the folder ``site/`` and, beside it so that it stays offline, HOSTING.txt:
what to do on each kind of host, which of our files it reads, and what it cannot do.
"""

from __future__ import annotations

import os
import textwrap
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from microsite.core.file_types import COMPRESSED
from microsite.core.problems import Text, Translate, text
from microsite.core.records import Record

GUIDE = "HOSTING.txt"
_FOLDER = "site"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time in a ZIP: equal sites make equal ZIPs
_WIDTH = 78


class Host(Record):
    """A kind of host: its name, what to do there, which of our files it reads, what it cannot do."""

    title: Text
    steps: tuple[Text, ...]
    reads: tuple[str, ...]
    limits: tuple[Text, ...]


HOSTS = {
    "apache": Host(
        text("Shared hosting (DirectAdmin, cPanel, Plesk) or Apache"),
        (
            text("Log in to the control panel of your host, and open the file manager. FTP works too."),
            text("Go to the folder of your website. It is often called public_html or httpdocs."),
            text("Upload all that is in the folder site/ to: {place}"),
        ),
        (".htaccess",),
        (
            text("Some hosts ignore parts of .htaccess. The site works there too, with fewer safeguards."),
            text("Ask your host to switch on mod_headers when a test of your site misses headers."),
        ),
    ),
    "wordpress": Host(
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
        (".htaccess",),
        (
            text("The campaign needs a folder of its own. At the top of the domain WordPress is in its way."),
            text("A security plugin of WordPress does not guard this folder. There is nothing to log in to."),
        ),
    ),
    "iis": Host(
        text("A Windows server with IIS"),
        (
            text("Give this ZIP to whoever manages the server."),
            text("Copy all that is in the folder site/ to: {place}"),
            text("The part 'Static Content' of IIS has to be installed."),
        ),
        ("web.config",),
        (
            text("Error 500.19 means that the server does not allow a setting: unlock 'staticContent'."),
            text("IIS does not send the .br and .gz files. It can compress by itself."),
        ),
    ),
    "nginx": Host(
        text("A server of your own with nginx"),
        (
            text("Copy all that is in the folder site/ to: {place}"),
            text("Copy hosting/nginx.conf to the server, and include it in the server block."),
            text("Test with 'nginx -t', then reload nginx."),
        ),
        ("hosting/nginx.conf",),
        (
            text("nginx reads no settings from the site: after a new version, look at nginx.conf again."),
            text("It sends .br files only with the module for brotli."),
        ),
    ),
    "pages": Host(
        text("GitHub Pages or GitLab Pages"),
        (
            text("GitHub: make a repository and put all that is in the folder site/ in it."),
            text("GitHub: choose Settings, Pages, Deploy from a branch, main, /(root)."),
            text(
                "GitLab: put the files in a folder public/ and let a job called 'pages' publish that folder."
            ),
        ),
        (".nojekyll", "404.html"),
        (
            text("These hosts take no headers. The safeguards in the pages themselves stay."),
            text(
                "Another site could show yours in a frame, and browsers keep files as long as the host says."
            ),
            text("A repository is remembered: what was taken away can still be found in its history."),
        ),
    ),
    "netlify": Host(
        text("Netlify or Cloudflare Pages"),
        (
            text("Make a new site and drag the folder site/ to the page."),
            text("Link your domain name to it in the settings of the host."),
        ),
        ("_headers", "404.html"),
        (
            text("These hosts read _headers only at the top of a site. The site has to be at the top too."),
            text("A page that was taken away gives 'not found' (404), not 'gone' (410)."),
        ),
    ),
}


def guide(name: str, url: str, base: str, first: str, say: Translate) -> str:
    """HOSTING.txt. ``url`` may be empty; ``base`` is its path; the host ``first`` comes first, if any."""
    top = base == "/"
    place = text("the folder of your website itself") if top else text("the folder {folder}", folder=base)
    lines = [
        text("How to put the site of {name} online", name=name).render(say),
        "",
        *_paragraph(text("All that belongs online is in the folder site/. This file does not."), say),
    ]
    if url:
        lines += _paragraph(text("The site is made for this address: {url}", url=url), say)
    else:
        lines += _paragraph(
            text(
                "brand.yaml does not say at which address the site will be (url:). It works anywhere, but it"
                " has no news feed and no list of pages for search engines yet."
            ),
            say,
        )
    lines += _numbered(_GENERAL, "", say)
    for host in sorted(HOSTS, key=lambda name: name != first):
        lines += _host(HOSTS[host], place.render(say), say)
    return "\n".join(lines).rstrip() + "\n"


_GENERAL = (
    text("Look up below what kind of host you have, and do what it says there. In doubt? Ask your host."),
    text(
        "Some files begin with a dot, such as .htaccess. Computers hide them, but they have to come along."
        " On a Mac: Command, Shift and the full stop. On Windows: View, Hidden items."
    ),
    text(
        "Is there an older version online? Take all its files away first. What stays behind can still be"
        " seen, also the story of somebody who no longer wants to be shown."
    ),
    text("Look when it is done: the first page, a story, and an address that does not exist."),
)


def _host(host: Host, place: str, say: Translate) -> list[str]:
    title = host.title.render(say)
    return [
        "",
        title,
        "-" * len(title),
        "",
        *_numbered(host.steps, place, say),
        *_paragraph(text("It reads: {files}", files=", ".join(host.reads)), say),
        text("Good to know:").render(say),
        *(line for limit in host.limits for line in _wrapped(limit.render(say), "-  ", "   ")),
        "",
    ]


def _paragraph(sentence: Text, say: Translate) -> list[str]:
    return [*_wrapped(sentence.render(say), "", ""), ""]


def _numbered(steps: Sequence[Text], place: str, say: Translate) -> list[str]:
    told = (Text(step.sentence, (("place", place),)).render(say) for step in steps)
    return [
        line for number, words in enumerate(told, start=1) for line in _wrapped(words, f"{number}. ", "   ")
    ] + [""]


def _wrapped(words: str, begin: str, indent: str) -> list[str]:
    return textwrap.wrap(
        words,
        _WIDTH,
        initial_indent=begin,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def write(target: Path, site: Path, paths: Iterable[str], instructions: str) -> None:
    """Make the ZIP: equal bytes of equal files. Who reads ``target`` sees the old one or the new one."""
    draft = _draft(target)
    try:
        with zipfile.ZipFile(draft, "w") as archive:
            _add(archive, GUIDE, instructions.replace("\n", "\r\n").encode("utf-8-sig"))
            for path in sorted(paths):
                _add(archive, f"{_FOLDER}/{path}", (site / path).read_bytes())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def take_away(target: Path) -> bool:
    """Remove the ZIP of a site that is not as it was; False when there is none that was made here.

    It holds who has to be gone from the site. A ZIP that somebody else made is left alone.
    """
    _draft(target).unlink(missing_ok=True)  # of a packing that was killed
    ours = _is_ours(target)
    if ours:
        target.unlink()
    return ours


def _draft(target: Path) -> Path:
    return target.with_name(f"{target.name}.new")


def _is_ours(file: Path) -> bool:
    """Is it built up as ``write`` does, to the times that all files in it have?"""
    if file.is_symlink() or not file.is_file():
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            inside = archive.infolist()
    except (OSError, zipfile.BadZipFile):
        return False
    names = [one.filename for one in inside]
    return (
        names[:1] == [GUIDE]
        and all(name.startswith(f"{_FOLDER}/") for name in names[1:])
        and all(one.date_time == _BEGINNING for one in inside)
    )


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _BEGINNING)
    info.create_system = 3  # so that the rights below are read as such
    info.external_attr = 0o644 << 16
    stored = name.endswith(COMPRESSED)
    archive.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 9)
