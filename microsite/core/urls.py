"""Addresses: those that people write, and words as a part of ours."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from microsite.core.problems import Text, text

_NEVER = frozenset(" \"'<>\\{}|^`;")
_ALSO_LETTERS = str.maketrans("", "", "ßæøœ")
_PLAIN = re.compile(r"[a-z0-9._-]*")
_SERVER_SIGNS = frozenset("-._~ ()+,@!=")
_ACCENT = re.compile("[\u0300-\u036f]")


def short(path: str) -> str:
    """A path of the site as addresses have it: a folder stands for its first page."""
    return path.removesuffix("index.html")


def is_web_address(written: str) -> bool:
    """A full http(s) address of a host, and nothing that only reads like one: no user, no odd sign."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return (
        parts.scheme in ("https", "http")
        and written.isascii()
        and written.isprintable()
        and not _NEVER.intersection(written)
        and spoofing_problem(written) is None
    )


def spoofing_problem(written: str) -> tuple[Text, Text] | None:
    """Why an address leads elsewhere than it seems to, or nowhere, and what to do; None when it is sound."""
    try:
        parts = urlsplit(written)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or port == 0:
        return (
            text("'{target}' is not a complete address", target=written),
            text("write it in full: https://www.example.nl/"),
        )
    if "@" in parts.netloc:
        return (
            text("'{target}' does not lead where it seems to: it leads to {host}", target=written, host=host),
            text("take out what stands before '@', and the '@'"),
        )
    if not written.isprintable():
        return text("'{target}' has signs that nobody sees", target=ascii(written)[1:-1]), _TYPE
    return odd_letter(host)


def odd_letter(host: str) -> tuple[Text, Text] | None:
    """The same for a host with a letter that is taken for another one: all but a to z, accents included."""
    for label in host.split("."):
        try:
            shown = label.encode().decode("idna") if label.startswith("xn--") else label
        except UnicodeError:
            shown = "\ufffd"
        plain = _ACCENT.sub("", unicodedata.normalize("NFD", shown.lower())).translate(_ALSO_LETTERS)
        if odd := _PLAIN.sub("", plain):
            return (
                text("'{host}' has a sign that looks like another: '{sign}'", host=host, sign=odd[0]),
                _TYPE,
            )
    return None


_TYPE = text("do not copy the address but type it; is it right then, leave the link out")


def reads_as(words: str) -> str:
    """The host that these words are the address of, such as ``www.example.nl``; "" when they are none."""
    found = _SHOWN.fullmatch(words.strip().lower())
    return (found[1] or found[2]) if found else ""


_SHOWN = re.compile(
    r"(?:https?://([^\s/?#:@]+)|((?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*)\.(?:nl|com|org|net|eu|be|de|info|gov|example)))"
    r"(?:[/?#:]\S*)?"
)


def same_host(one: str, other: str) -> bool:
    """Is one of them the other, or a part of it, as ``mijn.example.nl`` is of ``example.nl``?"""
    short, long = sorted((one.removeprefix("www."), other.removeprefix("www.")), key=len)
    return long == short or long.endswith(f".{short}")


def slugify(words: str, otherwise: str = "pagina") -> str:
    """The words as part of a web address: small letters, digits and hyphens; ``otherwise`` without any."""
    plain = unicodedata.normalize("NFKD", words.replace("ß", "ss")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-") or otherwise


def base_path(path: str) -> str:
    """The path part of a site's address as plain text: "/" or "/a/b/campagne/", with slashes around it.

    Percent-escapes are undone. Raises ``ValueError`` for what no server should be told.
    """
    if "%" in re.sub(r"%[0-9a-fA-F]{2}", "", path):
        raise ValueError(f"{path!r} has a percent sign that is no escape")
    try:
        plain = unquote(path, errors="strict")
    except UnicodeDecodeError:
        raise ValueError(f"{path!r} is not written in UTF-8") from None
    inner = plain.removeprefix("/").removesuffix("/")
    return f"/{server_path(inner)}/" if inner else "/"


def server_path(path: str) -> str:
    """A path of which every character can be written, between quotes, in every server's language."""
    for segment in path.split("/"):
        if not segment or segment.startswith(".") or segment != segment.strip():
            raise ValueError(f"{path!r} has a part that no address can have: {segment!r}")
        for sign in segment:
            if (
                sign not in _SERVER_SIGNS
                and unicodedata.category(sign)[0] not in "LN"
                and not _is_accent(sign)
            ):
                raise ValueError(f"{path!r} has a character that is not safe for a web server: {sign!r}")
    return path


def _is_accent(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Mc")


@lru_cache(maxsize=65536)
def content_path(reference: str, folder: str) -> str:
    """The path in ``content/`` that a reference on a page in ``folder`` means: it may begin with ``/``."""
    if reference.startswith("/"):
        return posixpath.normpath(reference.lstrip("/") or ".")
    return posixpath.normpath(posixpath.join(folder, reference))
