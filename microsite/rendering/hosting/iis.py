"""IIS: ``web.config``."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from microsite.core.problems import text
from microsite.core.settings import Host
from microsite.core.urls import base_path
from microsite.rendering.hosting.host import HostGuide, Moved, ServerFile, block, encode, lines
from microsite.rendering.hosting.policy import (
    CACHE_CONTROL,
    CONTENT_TYPES,
    FEED,
    HASHED_COMMENT,
    HASHED_FOLDERS,
    HEADERS,
    HIDDEN_COMMENT,
    HSTS,
    IMAGE_FOLDER,
    IMAGE_HEADERS,
    NOT_FOUND,
    PHOTO_COMMENT,
    SHORT,
    YEAR,
    moved_paths,
)

_HIDDEN_SEGMENTS = (".git", ".htaccess", ".nojekyll", "_headers", "hosting")


def web_config(*, base: str, gone: tuple[str, ...] = (), moved: Moved = ()) -> bytes:
    """Render ``web.config``. Without the URL Rewrite module IIS cannot answer 410, so ``gone`` is not used.

    Everything is removed before it is added: to IIS, the same key twice is error 500.
    """
    page = _quoted((base_path(base) + NOT_FOUND)[1:].replace("/", "\\"))
    body = lines(
        _element("directoryBrowse", enabled="false"),
        _tag("defaultDocument", _tag("files", ["<clear />", _element("add", value="index.html")])),
        _tag(
            "staticContent",
            lines(_element("clientCache", cacheControlMode="NoControl"), _types(CONTENT_TYPES)),
        ),
        "<!-- De pagina voor wat er niet is. Het pad begint bij de map van de hele website. -->",
        block(
            '<httpErrors errorMode="Custom">',
            [
                '<remove statusCode="404" subStatusCode="-1" />',
                f'<error statusCode="404" path={page} responseMode="File" />',
            ],
            "</httpErrors>",
        ),
        _headers((*HEADERS, (CACHE_CONTROL, SHORT)), _element("remove", name="X-Powered-By"), _hsts()),
        _comment(HIDDEN_COMMENT),
        _hidden(),
    )
    feed = _tag("staticContent", _types([(FEED[0].rpartition(".")[2], FEED[1])]))
    return encode(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            "<!-- Regels voor IIS (Windows). Dit bestand geldt alleen in deze map. -->",
            *_tag(
                "configuration",
                lines(
                    _tag("system.webServer", body),
                    _comment(HASHED_COMMENT),
                    *(_location(folder, _headers(((CACHE_CONTROL, YEAR),))) for folder in HASHED_FOLDERS),
                    _comment(PHOTO_COMMENT),
                    _location(IMAGE_FOLDER, _headers(IMAGE_HEADERS)),
                    _location(FEED[0], feed),
                    _comment("# Pagina's die zijn verhuisd.") if moved else [],
                    *(_redirect(old, quote(base_path(base) + new)) for old, new in moved_paths(moved)),
                ),
            ),
        ]
    )


def folder_config(
    headers: Iterable[tuple[str, str]], types: Iterable[tuple[str, str]], kept: Mapping[str, str]
) -> bytes:
    """The ``web.config`` of a folder with rules of its own; ``kept`` are cache times by path in it."""
    body = lines(
        _element("directoryBrowse", enabled="false"),
        _tag("defaultDocument", _tag("files", ["<clear />", _element("add", value="index.html")])),
        _tag("staticContent", lines(_element("clientCache", cacheControlMode="NoControl"), _types(types))),
        _headers(headers),
        _comment(HIDDEN_COMMENT),
        _hidden(),
    )
    places = (_location(path.rstrip("/"), _headers(((CACHE_CONTROL, time),))) for path, time in kept.items())
    return encode(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            "<!-- Regels voor IIS (Windows). Dit bestand geldt alleen in deze map. -->",
            *_tag("configuration", lines(_tag("system.webServer", body), *places)),
        ]
    )


def _hidden() -> list[str]:
    hidden = _replaced("segment", ((name,) for name in _HIDDEN_SEGMENTS))
    return _tag("security", _tag("requestFiltering", _tag("hiddenSegments", hidden)))


def _comment(comment: str) -> str:
    return f"<!-- {comment.removeprefix('# ')} -->"


def _tag(name: str, body: Iterable[str]) -> list[str]:
    return block(f"<{name}>", body, f"</{name}>")


def _element(name: str, /, **attributes: str) -> str:
    return f"<{name} {' '.join(f'{key}={_quoted(value)}' for key, value in attributes.items())} />"


def _replaced(key: str, rows: Iterable[tuple[str, ...]], value: str = "", add: str = "add") -> list[str]:
    """Elements that remove and add each row: its first item as ``key``, its second as ``value``."""
    return [
        line
        for row in rows
        for line in (
            _element("remove", **{key: row[0]}),
            _element(add, **dict(zip((key, value), row, strict=False))),
        )
    ]


def _types(types: Iterable[tuple[str, str]]) -> list[str]:
    rows = ((f".{suffix}", kind) for suffix, kind in types)
    return _replaced("fileExtension", rows, "mimeType", "mimeMap")


def _headers(headers: Iterable[tuple[str, str]], *more: str) -> list[str]:
    return _tag("httpProtocol", _tag("customHeaders", [*_replaced("name", headers, "value"), *more]))


def _hsts() -> str:
    line = _element("add", name=HSTS[0], value=HSTS[1])
    return f"<!-- Is het hele domein altijd via https bereikbaar? Dan mag u deze regel aanzetten: {line} -->"


def _location(path: str, body: Iterable[str]) -> list[str]:
    return block(f'<location path="{path}">', _tag("system.webServer", body), "</location>")


def _redirect(old: str, target: str) -> list[str]:
    """Where the part 'HTTP Redirection' is not installed, IIS shows the page at the old address."""
    to = {"destination": target, "exactDestination": "true", "httpResponseStatus": "Permanent"}
    return _location(old, [_element("httpRedirect", enabled="true", **to)])


def _quoted(value: str) -> str:
    """Quote and escape the value of an XML attribute."""
    return f'"{html.escape(value)}"'


FILE = ServerFile("web.config", web_config)

GUIDES: dict[Host, HostGuide] = {
    "iis": HostGuide(
        text("A Windows server with IIS"),
        (
            text("Give this ZIP to whoever manages the server."),
            text("Copy all that is in the folder site/ to: {place}"),
            text("The part 'Static Content' of IIS has to be installed."),
        ),
        (FILE.path,),
        (
            text("Error 500.19 means that the server does not allow a setting: unlock 'staticContent'."),
            text("IIS does not send the .br and .gz files. It can compress by itself."),
        ),
    ),
}
