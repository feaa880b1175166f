"""URLs: checks of those that authors write, and the making of slugs and paths for ours."""

from __future__ import annotations

import ipaddress
import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from microsite.core.letters import plain
from microsite.core.problems import Text, text

_FORBIDDEN = frozenset(" \"'<>\\{}|^`;")
_LIGATURES = str.maketrans("", "", "ßæøœ")
_ASCII_HOST = re.compile(r"[a-z0-9._-]*")
_SAFE_SIGNS = frozenset("-._~ ()+,@!=")
_ACCENT = re.compile("[\u0300-\u036f]")


def without_index(path: str) -> str:
    """Return a path of the site as URLs have it: that of a folder instead of its ``index.html``."""
    return path.removesuffix("index.html")


def is_web_address(written: str) -> bool:
    """Whether this is an absolute http or https URL, without a user, odd characters or spoofing."""
    return web_address_problem(written) is None


def web_address_problem(written: str) -> tuple[Text, Text] | None:
    """Return (message, hint) if this is not a plain absolute http or https URL that leads a visitor there."""
    if written.startswith(("http:", "https:")) and (found := url_problem(written)) is not None:
        return found
    if _is_plain(written):
        return None
    return (
        text("'{url}' is not a web address", url=written),
        text("write: {target}", target=f"https://{written}") if _WWW.fullmatch(written) else _IN_FULL,
    )


_WWW = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/[\w./-]*)?")
_IN_FULL = text("write it in full: https://www.example.nl/")


def _is_plain(written: str) -> bool:
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return (
        parts.scheme in ("https", "http")
        and written.isascii()
        and written.isprintable()
        and not _FORBIDDEN.intersection(written)
    )


def url_problem(written: str) -> tuple[Text, Text] | None:
    """Return (message, hint) if a URL is incomplete, leads a visitor nowhere, or elsewhere than it seems to.

    None for one that is good.
    """
    try:
        parts = urlsplit(written)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or port == 0:
        return (
            text("'{target}' is not a complete address", target=written),
            _IN_FULL,
        )
    if "@" in parts.netloc:
        return (
            text("'{target}' does not lead where it seems to: it leads to {host}", target=written, host=host),
            text("take out what stands before '@', and the '@'"),
        )
    if not written.isprintable():
        return text("'{target}' has signs that nobody sees", target=ascii(written)[1:-1]), _TYPE
    if is_local(host):
        return text("'{target}' only works on a computer or network of your own", target=written), _PUBLIC
    return _impossible_host(written, host) or homograph_problem(host) or _detour(host, parts.query)


def _impossible_host(written: str, host: str) -> tuple[Text, Text] | None:
    """What to say of a slip in the name of a site, as distinct from a sign that is meant to deceive."""
    odd = next((sign for sign in host if sign in " ,;"), None)
    if odd is None:
        return None
    at = written.lower().find(host)
    better = ".".join(part.strip() for part in re.split("[.,;]", host.replace(" ", "")) if part)
    return (
        text("the name of a site cannot have '{sign}' in it", sign=odd),
        text("write: {target}", target=f"{written[:at]}{better}{written[at + len(host) :]}"),
    )


_DETOURS = {"safelinks.protection.outlook.com": "url", "www.google.com": "q", "l.facebook.com": "u"}
"""Sites that an address goes by when it is copied from a mail, and the field that has the real one."""


def _detour(host: str, query: str) -> tuple[Text, Text] | None:
    key = next((key for site, key in _DETOURS.items() if host == site or host.endswith(f".{site}")), "")
    real = next((value for name, value in parse_qsl(query) if name == key), "")
    if not real.startswith(("http://", "https://")):
        return None
    message = text("this address goes by way of {host}, and may have your own mail address in it", host=host)
    return message, text("write: {target}", target=real)


_PUBLIC = text(
    "link to the file of the page, such as /verhalen/noor.md, or write the address that everybody has"
)


def is_local(host: str) -> bool:
    """Whether a host is this computer, or one of a home or an office: it leads others nowhere, or elsewhere.

    These are addresses that are not global, names without a dot, and those of RFC 6761, 6762 and 8375 and of
    private use.
    """
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        name = host.rstrip(".").lower()
        return "." not in name or name.rpartition(".")[2] in _LOCAL_DOMAINS or name.endswith(".home.arpa")


_LOCAL_DOMAINS = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp"}
)


def homograph_problem(host: str) -> tuple[Text, Text] | None:
    """Return (message, hint) when a host has characters that look like others, else None.

    Allowed are a to z with or without accents, digits and a few ligatures; Punycode
    (``xn--``) is decoded first.
    """
    for label in host.split("."):
        try:
            shown = label.encode().decode("idna") if label.startswith("xn--") else label
        except UnicodeError:
            shown = "\ufffd"
        bare = _ACCENT.sub("", unicodedata.normalize("NFD", shown.lower())).translate(_LIGATURES)
        if odd := _ASCII_HOST.sub("", bare):
            return (
                text("'{host}' has a sign that looks like another: '{sign}'", host=host, sign=odd[0]),
                _TYPE,
            )
    return None


_TYPE = text("do not copy the address but type it; is it right then, leave the link out")


def host_in_text(words: str) -> str:
    """Return the host of a text that reads like a URL, such as ``www.example.nl``; "" for other texts."""
    found = _URL_LIKE.fullmatch(words.strip().lower())
    return (found[1] or found[2]) if found else ""


_URL_LIKE = re.compile(
    r"(?:https?://([^\s/?#:@]+)|((?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*)\.(?:nl|com|org|net|eu|be|de|info|gov|example)))"
    r"(?:[/?#:]\S*)?"
)


def same_host(one: str, other: str) -> bool:
    """Whether two hosts are equal or one is a subdomain of the other; ``www.`` is ignored."""
    short, long = sorted((one.removeprefix("www."), other.removeprefix("www.")), key=len)
    return long == short or long.endswith(f".{short}")


def path_within(written: str, site: str) -> str | None:
    """What an absolute URL has behind that of a site, query and fragment included; None when it is elsewhere.

    ``site`` ends with a slash. The scheme, ``www.`` and upper case in the host make no difference.
    """
    try:
        one, other = urlsplit(written), urlsplit(site)
        ports = one.port, other.port
    except ValueError:
        return None
    hosts = {(parts.hostname or "").removeprefix("www.") for parts in (one, other)}
    path = one.path or "/"
    if len(hosts) > 1 or ports[0] != ports[1] or not f"{path}/".startswith(other.path):
        return None
    return urlunsplit(("", "", path[len(other.path) :], one.query, one.fragment))


def slugify(words: str, otherwise: str = "pagina") -> str:
    """Return a slug of lower-case letters, digits and hyphens, or ``otherwise`` when nothing is left."""
    ascii_only = plain(words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or otherwise


def base_path(path: str) -> str:
    """Return the path of a site's URL, percent-decoded and with slashes around it: ``/`` or ``/a/b/``.

    Raises ValueError for a path that is malformed or not safe in a server's configuration.
    """
    if "%" in re.sub(r"%[0-9a-fA-F]{2}", "", path):
        raise ValueError(f"{path!r} has a percent sign that is no escape")
    try:
        decoded = unquote(path, errors="strict")
    except UnicodeDecodeError:
        raise ValueError(f"{path!r} is not written in UTF-8") from None
    inner = decoded.removeprefix("/").removesuffix("/")
    return f"/{server_path(inner)}/" if inner else "/"


def server_path(path: str) -> str:
    """Return the path if it is safe between quotes in the configuration of every server, else ValueError.

    Parts may not be empty, begin with a dot or have white space around them.
    """
    for segment in path.split("/"):
        if not segment or segment.startswith(".") or segment != segment.strip():
            raise ValueError(f"{path!r} has a part that no address can have: {segment!r}")
        for sign in segment:
            if sign not in _SAFE_SIGNS and unicodedata.category(sign)[0] not in "LN" and not _is_accent(sign):
                raise ValueError(f"{path!r} has a character that is not safe for a web server: {sign!r}")
    return path


def _is_accent(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Mc")


@lru_cache(maxsize=65536)
def content_path(reference: str, folder: str) -> str:
    """The path in ``content/`` that a reference on a page in ``folder`` means: it may begin with ``/``.

    It may be percent-encoded, as browsers show addresses, and have accents as signs of their own.
    """
    reference = unicodedata.normalize("NFC", unquote(reference))
    if reference.startswith("/"):
        return posixpath.normpath(reference.lstrip("/") or ".")
    return posixpath.normpath(posixpath.join(folder, reference))
