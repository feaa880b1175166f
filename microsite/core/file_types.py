"""The types of the files that a site publishes: one table for links, web servers, the preview and ZIPs."""

from __future__ import annotations

from microsite.core.records import Record


class FileType(Record):
    """A type of file, by its suffix without the dot.

    ``media_type`` is what servers send as its Content-Type. ``encoded``: servers may send it compressed.
    ``compressed``: its format is compressed already. ``linked``: a text may link to a file of this type,
    which is then published as an attachment.
    """

    suffix: str
    media_type: str
    encoded: bool = False
    compressed: bool = False
    linked: bool = False


FILE_TYPES = (
    FileType("html", "text/html; charset=utf-8", encoded=True),
    FileType("css", "text/css; charset=utf-8", encoded=True),
    FileType("js", "text/javascript; charset=utf-8", encoded=True),
    FileType("xml", "application/xml; charset=utf-8", encoded=True),
    FileType("txt", "text/plain; charset=utf-8", encoded=True, linked=True),
    FileType("ics", "text/calendar; charset=utf-8", encoded=True, linked=True),
    FileType("vcf", "text/vcard; charset=utf-8"),
    FileType("vtt", "text/vtt; charset=utf-8", encoded=True, linked=True),
    FileType("csv", "text/csv; charset=utf-8", encoded=True, linked=True),
    FileType("json", "application/json", encoded=True),
    FileType("webmanifest", "application/manifest+json", encoded=True),
    FileType("svg", "image/svg+xml", encoded=True),
    FileType("avif", "image/avif", compressed=True),
    FileType("jpg", "image/jpeg", compressed=True),
    FileType("png", "image/png", compressed=True),
    FileType("webp", "image/webp", compressed=True),
    FileType("ico", "image/x-icon"),
    FileType("woff2", "font/woff2", compressed=True),
    FileType("woff", "font/woff", compressed=True),
    FileType("mp4", "video/mp4", compressed=True, linked=True),
    FileType("webm", "video/webm", compressed=True, linked=True),
    FileType("mp3", "audio/mpeg", compressed=True, linked=True),
    FileType("m4a", "audio/mp4", compressed=True, linked=True),
    FileType("pdf", "application/pdf", compressed=True, linked=True),
    FileType(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        compressed=True,
        linked=True,
    ),
    FileType(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        compressed=True,
        linked=True,
    ),
    FileType(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        compressed=True,
        linked=True,
    ),
    FileType("odt", "application/vnd.oasis.opendocument.text", compressed=True, linked=True),
    FileType("zip", "application/zip", compressed=True, linked=True),
)

MEDIA_TYPES = {f".{row.suffix}": row.media_type for row in FILE_TYPES}
LINKED = frozenset(f".{row.suffix}" for row in FILE_TYPES if row.linked)
VIDEOS = tuple(suffix for suffix, media_type in MEDIA_TYPES.items() if media_type.startswith("video/"))
SOUNDS = tuple(suffix for suffix, media_type in MEDIA_TYPES.items() if media_type.startswith("audio/"))
CAPTIONS = ".vtt"
COMPRESSED = (*(f".{row.suffix}" for row in FILE_TYPES if row.compressed), ".br", ".gz")
