"""The changes of files in ``content/`` that a withdrawal makes, each as a whole new file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable

from microsite.content.consent import Channel, Consent, normalized
from microsite.content.consents import people_of, read_consents
from microsite.content.files import in_memory
from microsite.content.quoting import quoted
from microsite.content.removed import REMOVED, RemovedEntry, read_removed
from microsite.content.tree import MappingNode, ScalarNode, SequenceNode
from microsite.core.problems import InvalidFile, errors
from microsite.core.records import Record, replace


def stub(ref: str) -> bytes:
    """What is left of a text: the reference and the status."""
    return f"---\nconsent:\n  ref: {quoted(ref)}\n  status: withdrawn\n---\n".encode()


# ── weggehaald.yaml ──


def with_addresses(
    before: bytes | None, addresses: Iterable[str], until: dt.date, audience: str | None
) -> bytes | None:
    """weggehaald.yaml with these addresses too; None when it cannot be read, so that nothing is lost in it.

    Addresses that it has already stay as they are.
    """
    known, readable = _entries(before)
    new = [address for address in addresses if address not in {entry.page.path for entry in known}]
    if not readable or not new:
        return before if readable else None
    added = "".join(_entry(address, until, audience) for address in new)
    old = (before or b"").decode("utf-8-sig")
    whole = f"{old.rstrip()}\n{added}" if known else f"{_comments(old)}pages:\n{added}"
    if not _has_all(whole, [*(entry.page.path for entry in known), *new]):
        again = (_entry(e.page.path, e.until, e.audience) for e in known)  # the list is between brackets
        whole = f"{_comments(old)}pages:\n{''.join(again)}{added}"
    return whole.encode()


def _entries(data: bytes | None) -> tuple[tuple[RemovedEntry, ...], bool]:
    """The entries, and whether all of the file could be read."""
    if all(line.startswith(b"#") for line in (data or b"").split(b"\n") if line.strip()):
        return (), True
    (source,) = in_memory("", "", {REMOVED: data or b""}).sources
    entries, problems = read_removed(source)
    return entries, not errors(problems)


def _has_all(whole: str, addresses: Collection[str]) -> bool:
    entries, readable = _entries(whole.encode())
    return readable and [entry.page.path for entry in entries] == [*addresses]


def _entry(address: str, until: dt.date, audience: str | None) -> str:
    own = f"    audience: {audience}\n" if audience else ""
    return f"  - address: {quoted(address)}\n    until: {until}\n{own}"


def _comments(old: str) -> str:
    return "".join(f"{line}\n" for line in old.splitlines() if line.startswith("#"))


# ── the scope of a consent ──


class Scoped(Record):
    """A text with less in the ``scope`` of a consent, and the channels that are left."""

    data: bytes
    left: tuple[Channel, ...]


def without_channels(data: bytes, name: str, ref: str, channels: Collection[Channel]) -> Scoped | None:
    """The text with these channels taken out of ``scope``, and nothing else changed; None where that fails.

    It is checked by reading the new text.
    """
    from microsite.content import yaml  # imports PyYAML, which few commands need

    try:
        raw = data.decode("utf-8-sig")
        header, written, _ = yaml.split_front_matter(_lf(raw), name)
        tree = yaml.parse(header, name, 2)
        lines = raw.split("\n")
        for node in _scopes(tree, ref):
            lines = _without(lines, node, channels)
        changed = "\n".join(lines)
        header, body, _ = yaml.split_front_matter(_lf(changed), name)
        after = read_consents(yaml.parse(header, name, 2)).given
        before = read_consents(tree).given
    except (InvalidFile, ValueError, IndexError):
        return None
    wanted = tuple((key, _scoped(consent, ref, channels)) for key, consent in before)
    if after != wanted or body != written:
        return None
    left = next((c.scope for _, c in wanted if normalized(c.ref) == normalized(ref)), ())
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return Scoped(mark + changed.encode(), left)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def _scoped(consent: Consent, ref: str, channels: Collection[Channel]) -> Consent:
    if normalized(consent.ref) != normalized(ref):
        return consent
    return replace(consent, scope=tuple(channel for channel in consent.scope if channel not in channels))


def _scopes(tree: MappingNode, ref: str) -> list[SequenceNode]:
    """The lists of channels of a consent, the last in the file first."""
    found = []
    for group in (tree, *(person for _, person in people_of(tree))):
        consent = group.get("consent")
        if isinstance(consent, MappingNode):
            node, scope = consent.get("ref"), consent.get("scope")
            named = isinstance(node, ScalarNode) and normalized(node.text) == normalized(ref)
            if named and isinstance(scope, SequenceNode):
                found.append(scope)
    return sorted(found, key=lambda node: node.place, reverse=True)


def _without(lines: list[str], scope: SequenceNode, channels: Collection[str]) -> list[str]:
    """The lines of a text without some items of a list, between brackets or with a line for each."""
    line, column = scope.place.line - 1, scope.place.column - 1
    if lines[line][column] == "[":
        end = next(i for i in range(line, len(lines)) if "]" in lines[i][column if i == line else 0 :])
        inside = "\n".join(lines[line : end + 1])
        close = inside.index("]", column)
        left = ", ".join(word for item in scope.items if (word := _text(item)) not in channels)
        return [
            *lines[:line],
            *f"{inside[:column]}[{left}]{inside[close + 1 :]}".split("\n"),
            *lines[end + 1 :],
        ]
    gone = {item.place.line - 1 for item in scope.items if _text(item) in channels}
    if len(gone) == len(scope.items):
        first = min(gone)
        indent = re.match(r"[ \t]*", lines[first])
        lines = [*lines]
        lines[first] = f"{indent[0] if indent else ''}[]"
        gone.remove(first)
    return [each for i, each in enumerate(lines) if i not in gone]


def _text(item: object) -> str:
    return item.text if isinstance(item, ScalarNode) else ""
