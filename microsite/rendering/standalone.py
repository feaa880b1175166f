"""A page as one file: what it loads is in it, and links to other pages are words."""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Callable, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from microsite.rendering.hosting.policy import CONTENT_TYPES

CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:"
"""So that a browser keeps the promise too that nothing is loaded from elsewhere."""

Read = Callable[[str], bytes]
"""The bytes of a file of the site, by its path."""

Attributes = Sequence[tuple[str, str | None]]

_URL = re.compile(r"url\(\s*(['\"]?)(?!data:|#)([^'\")]+)\1\s*\)")
_LOADED = {"img": "src", "audio": "src", "video": "src", "source": "src", "track": "src"}
_LEFT_OUT = frozenset({"srcset", "sizes", "loading", "fetchpriority", "preload"})
_KEPT_META = frozenset({"viewport", "referrer", "color-scheme"})


def standalone(page: bytes, path: str, read: Read) -> bytes:
    """The page at ``path`` of a site with its styles, fonts, pictures, sound and film inside, and no scripts.

    Of a picture in several sizes it has the one that all browsers show. Links within the page and to other
    sites stay. ``read`` may raise KeyError for a file that is not there.
    """
    writer = _Writer(path, read)
    writer.feed(page.decode())
    writer.close()
    return "".join(writer.parts).encode()


class _Writer(HTMLParser):
    """Writes the HTML that it reads, but for the elements that load something or lead elsewhere."""

    def __init__(self, path: str, read: Read) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._folder = posixpath.dirname(path)
        self._read = read
        self._links: list[str] = []  # the elements that the open links are written as
        self._skipping = False
        self._in_picture = False

    # ── elements ──

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        match tag:
            case "script":
                self._skipping = True
            case "link":
                self._stylesheet(values.get("rel") or "", values.get("href") or "")
            case "meta":
                self._meta(values)
            case "a":
                self._link(attrs, values.get("href") or "")
            case "source" if self._in_picture:
                pass
            case _ if tag in _LOADED:
                self._embed(tag, attrs)
            case _:
                self._in_picture = self._in_picture or tag == "picture"
                self.parts.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._skipping = False
        elif tag == "a" and self._links:
            self.parts.append(f"</{self._links.pop()}>")
        else:
            self._in_picture = self._in_picture and tag != "picture"
            self.parts.append(f"</{tag}>")

    def _stylesheet(self, rel: str, href: str) -> None:
        if rel == "stylesheet":
            path = self._path(href)
            css = self._read(path).decode()
            folder = posixpath.dirname(path)
            inside = _URL.sub(lambda found: f"url({self._data(_joined(folder, found[2]))})", css)
            inside = inside.replace("</", "<\\/")  # no word of it may end the element
            self.parts.append(f"<style>{inside}</style>\n")

    def _meta(self, values: dict[str, str | None]) -> None:
        if values.get("http-equiv"):
            robots = '<meta name="robots" content="noindex, nofollow, noarchive">'
            policy = f'<meta http-equiv="Content-Security-Policy" content="{CSP}">'
            self.parts.append(f"{policy}\n{robots}")
        elif "charset" in values or values.get("name") in _KEPT_META:
            self.parts.append(self.get_starttag_text() or "")

    def _link(self, attrs: Attributes, href: str) -> None:
        stays = href.startswith("#") or bool(urlsplit(href).scheme)
        self._links.append("a" if stays else "span")
        if stays:
            self.parts.append(self.get_starttag_text() or "")
        else:
            self.parts.append(
                _tag("span", [(key, value) for key, value in attrs if key in ("class", "lang", "id")])
            )

    def _embed(self, tag: str, attrs: Attributes) -> None:
        kept: list[tuple[str, str | None]] = []
        for key, value in attrs:
            if key in (_LOADED[tag], "poster") and value and not value.startswith("data:"):
                kept.append((key, self._data(self._path(value))))
            elif key not in _LEFT_OUT:
                kept.append((key, value))
        self.parts.append(_tag(tag, kept))

    # ── all else ──

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>")

    # ── files ──

    def _path(self, href: str) -> str:
        return _joined(self._folder, href)

    def _data(self, path: str) -> str:
        kind = dict(CONTENT_TYPES).get(path.rpartition(".")[2].lower(), "application/octet-stream")
        return f"data:{kind.partition(';')[0]};base64,{base64.b64encode(self._read(path)).decode()}"


def _joined(folder: str, href: str) -> str:
    """The path in the site that a relative address in this folder leads to."""
    return posixpath.normpath(posixpath.join(folder, unquote(urlsplit(href).path)))


def _tag(name: str, attrs: Attributes) -> str:
    written = "".join(f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attrs)
    return f"<{name}{written}>"
