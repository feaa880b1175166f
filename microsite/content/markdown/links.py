"""The targets of links and images: which are accepted, and why others are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from microsite.content.markdown.rendered import HEADING_PREFIX, Heading, find_heading
from microsite.content.markdown.slots import slot_problem
from microsite.core import urls
from microsite.core.contact_details import InvalidDetail, parse_email, parse_phone
from microsite.core.problems import Text, did_you_mean, text
from microsite.core.records import Record


class Target(Record):
    """An accepted target: a page or file of the site, a heading of this text, or an external address."""

    kind: Literal["site", "heading", "external"]
    value: str

    @property
    def is_web_address(self) -> bool:
        return self.kind == "external" and self.value.lower().startswith("http")


class Rejection(Record):
    """Why a target is not accepted, and what to do about it."""

    message: Text
    hint: Text | None


_INVISIBLE = re.compile("[\\s\x00-\x1f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([^/?#]*?):")
_HOST = re.compile(r"https?://[^/?#\s@:]+", re.I)
_EMAIL = re.compile(r"[^/?#@\s]+@[^/?#@\s]+\.[a-z]{2,}", re.I)
_CURLY_TITLE = re.compile(r"(\S+)\s+[“”„«‘](.+)[“”»’]")
_OWN_COMPUTER = re.compile(r"[a-z]:[\\/]|\\\\", re.I)
_SAVE = text("save it as a file beside the page, and write the name of that file")
_SCHEMES = ("https", "http", "mailto", "tel")


def parse_target(typed: str) -> Target | Rejection:
    """Where a link leads. The heading or the page need not exist."""
    target = typed.strip()
    bare = unicodedata.normalize("NFKC", _INVISIBLE.sub("", target))
    if not bare:
        return Rejection(text("this link goes nowhere"), text("write the page between the round brackets"))
    if rejection := reject_slot(target):
        return rejection
    if titled := _CURLY_TITLE.fullmatch(target):
        better = text("write: {line}", line=f'({titled[1]} "{titled[2]}")')
        return Rejection(text("curly quotation marks do not count as quotation marks here"), better)
    if _OWN_COMPUTER.match(bare):
        return Rejection(text("'{target}' is a place on your own computer", target=target), _beside(target))
    if "\\" in bare:
        return _suggest(target, target.replace("\\", "/"))
    if bare.startswith("//"):
        return _suggest(target, f"https:{target}")
    if scheme := _SCHEME.match(bare):
        return _parse_external(target, scheme[1])
    if bare.lower().startswith("www."):
        return _suggest(target, f"https://{target}")
    if _EMAIL.fullmatch(bare):
        return _suggest(target, f"mailto:{target}")
    return Target("heading" if target.startswith("#") else "site", target)


def resolve_target(typed: str, headings: Sequence[Heading]) -> Target | Rejection:
    """As ``parse_target``, with the fragment of a heading replaced by its id."""
    target = parse_target(typed)
    if isinstance(target, Rejection) or target.kind != "heading" or target.value == "#top":
        return target
    if found := find_heading(headings, target.value[1:]):
        return Target("heading", f"#{found.id}")
    message = text("there is no heading '{target}' in this text", target=target.value)
    known = [heading.id.removeprefix(HEADING_PREFIX) for heading in headings]
    return Rejection(message, did_you_mean(target.value[1:], known))


def _parse_external(target: str, scheme: str) -> Target | Rejection:
    """A target with a scheme; ``scheme`` is what it reads as, which may differ from what was typed."""
    name = scheme.lower()
    if name not in _SCHEMES or not target.lower().startswith(f"{name}:"):
        choices = ", ".join(f"{known}:" for known in _SCHEMES)
        message = text("a link cannot begin with '{scheme}:'", scheme=scheme)
        hints = {"file": _beside(target), "data": _SAVE}
        return Rejection(message, hints.get(name) or text("choose from: {choices}", choices=choices))
    rest = target[len(name) + 1 :]
    if name == "tel":
        return _parse_detail(rest, "", lambda typed: parse_phone(unquote(typed)).url)
    if name == "mailto":
        return _parse_mailto(rest)
    if not _HOST.match(target):
        return Rejection(text("'{target}' is not a complete address", target=target), None)
    if (found := urls.url_problem(target)) is not None:
        return Rejection(*found)
    return Target("external", re.sub(r"\s+", "%20", target))


def _parse_mailto(rest: str) -> Target | Rejection:
    """A link to write to one address; of what it may fill in (RFC 6068), the subject and the text."""
    address, _, query = rest.partition("?")
    fields = [field.partition("=") for field in query.split("&") if field]
    if any(name.lower() not in ("subject", "body") for name, _, _ in fields):
        message = text("'{target}' fills in more than the subject and the text of a mail", target=rest)
        return Rejection(message, text("leave out what is not 'subject=' or 'body='"))
    filled = "&".join(f"{name}={quote(unquote(value), safe='')}" for name, _, value in fields)
    return _parse_detail(address, filled and f"?{filled}", lambda typed: parse_email(unquote(typed)).url)


def _parse_detail(typed: str, query: str, parse: Callable[[str], str]) -> Target | Rejection:
    try:
        return Target("external", parse(typed) + query)
    except InvalidDetail as error:
        return Rejection(error.message, error.hint)


def reject_misleading(words: str, target: Target) -> Rejection | None:
    """Why a link is misleading: its words are an address on another host than it leads to."""
    host = urlsplit(target.value).hostname if target.is_web_address else None
    shown = urls.host_in_text(words)
    if not shown or host is None or urls.same_host(shown, host):
        return None
    return Rejection(
        text("these words are the address of {shown}, and the link leads to {host}", shown=shown, host=host),
        text("say in words where it leads"),
    )


def reject_slot(value: str) -> Rejection | None:
    """Why an attribute is not accepted: it names a slot or a fact, which can only be in running text."""
    found = slot_problem(value)
    return Rejection(*found) if found else None


def reject_source(src: str) -> Rejection | None:
    """Why the source of an image or video is not accepted: it is not a file of the site."""
    target = parse_target(src)
    if isinstance(target, Rejection):
        return target
    if target.kind == "site":
        return None
    hint = text("put the file beside the text, so that no visitor is sent to another site")
    return Rejection(text("'{src}' is not a file of ours", src=src), hint)


def _beside(path: str) -> Text:
    """What to do about a file that is named by its place on a computer."""
    name = re.split(r"[\\/]", unquote(path))[-1]
    return text("put the file beside the page, and write only its name: {name}", name=name)


def _suggest(target: str, better: str) -> Rejection:
    return Rejection(
        text("'{target}' is not an address", target=target), text("write '{better}'", better=better)
    )
