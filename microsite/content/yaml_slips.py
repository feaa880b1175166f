"""What people type in YAML that YAML takes otherwise: the line that has to change, and how to type it.

PyYAML tells where it could not go on, in words about its grammar. Here the lines up to that place are looked
at as their author sees them, ``key: value``, and the first that cannot mean what it seems to say is blamed.
This decides no more than which message is given: what is read, YAML decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.content.markdown.slots import BRACES, slot_problem
from microsite.content.quoting import quoted
from microsite.core.dutch_words import NAMES
from microsite.core.problems import Text, text
from microsite.core.records import Record

BEGINS = text("a value that begins with '{sign}' needs quotation marks")
COLON = text("a colon inside a value that has no quotes")
CURLY = text("curly quotation marks do not count as quotation marks here")
INVISIBLE = text("before '{key}' stands an invisible sign: {reason}")
LEFT_OPEN = text("a quotation mark or apostrophe that nothing closes")
LIST = text("in a list, each line begins with '-' and a space")
NO_SPACE = text("there is no space behind '{key}:'")
NOTE = text("' #' begins a note here, so the rest of the line is not read")
ODD_SPACE = text("behind '{key}:' stands an invisible sign instead of a space: {reason}")
WRITE = text("write: {line}")

_NO_BREAK, _ZERO_WIDTH, _TAB, _OTHER = (
    text("a no-break space, as Word makes them"),
    text("a space without width"),
    text("a tab"),
    text("an unusual space"),
)
_NAMES = {"\u00a0": _NO_BREAK, "\u202f": _NO_BREAK, "\u200b": _ZERO_WIDTH, "\ufeff": _ZERO_WIDTH, "\t": _TAB}
_ODD = "\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff"
_BLANK = rf"[\s{_ODD}]"
ODD_SPACES = re.compile(rf"(?m)^{_BLANK}*[{_ODD}]{_BLANK}*(?:-[ ]+)*[\w-]+:|^[ ]*[\w-]+:[{_ODD}]")
"""Invisible signs where YAML takes none of them for a space, in front of a key or behind it."""

_ENTRY = re.compile(
    rf"""(?P<indent>{_BLANK}*)(?P<dashes>(?:-[ ]+)*)"""
    rf"""(?:(?P<key>["']?[^\W\d][\w-]*["']?)[ ]*:(?P<gap>{_BLANK}*|(?!//)))?(?P<value>.*)"""
)
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?(?:[ ]+#.*)?")
_INDICATORS = "*&!@`%|>,]}"
_BULLET = re.compile(r"(?:[•·*–—●▪]|-(?=[^\s-]))\s*")


class Slip(Record):
    """A line that is taken otherwise than it was meant. Line and column count from 0."""

    line: int
    column: int
    message: Text
    hint: Text


def find_slip(source: str, last: int | None = None, only: Text | None = None) -> Slip | None:
    """The first slip up to the line ``last``, or the first with the message ``only``; None without one."""
    lines = source.split("\n")
    slips = _slips(lines if last is None else lines[: last + 1], lines)
    return next((slip for slip in slips if only is None or slip.message.sentence == only.sentence), None)


def _slips(looked_at: list[str], lines: list[str]) -> Iterator[Slip]:
    skip_to = 0
    above: list[tuple[int, str, Slip]] = []  # the indents that are open: key, and what to say of the first
    holds = False  # whether the entry above has a value, so that nothing may be below it
    for i, line in enumerate(looked_at):
        if i < skip_to or not line.strip() or line.lstrip().startswith("#"):
            continue
        entry = _ENTRY.fullmatch(line)
        if entry is None:  # an odd line break
            continue
        value, column = entry["value"].rstrip(), entry.start("value")
        indent = len(entry["indent"]) + len(entry["dashes"])
        if (slip := _blanks(entry, i)) is not None:
            yield slip
        elif not (entry["key"] or entry["dashes"]):
            yield from _without_key(line, i, above)
            continue
        elif entry["key"]:
            if (slip := _indent(entry, i, indent, above, holds)) is not None:
                yield slip
            if value and not entry["gap"]:
                message = NO_SPACE.format(key=entry["key"])
                better = value if _in_value(value) is None else quoted(value)
                yield Slip(i, column, message, WRITE.format(line=f"{line[:column].lstrip()} {better}"))
        holds = bool(value) and not _BLOCK.fullmatch(value) and not value.startswith("#")
        skip_to = _end_of_value(lines, i, value, len(entry["indent"]))
        if skip_to == i + 1 and holds and (found := _in_value(value)) is not None:
            message, start, end, meant, at = found
            better = f"{line[: column + start]}{meant}{line[column + end :]}".strip()
            yield Slip(i, column + at, message, WRITE.format(line=better))


# ── blanks ──


def _blanks(entry: re.Match[str], i: int) -> Slip | None:
    """Tabs and unusual spaces before a key, and behind its colon."""
    key, indent, gap = entry["key"], entry["indent"], entry["gap"] or ""
    if "\t" in indent:
        return Slip(i, 0, text("a tab at the beginning of the line"), text("indent with spaces"))
    if key and (odd := indent.strip(" ")):
        message = INVISIBLE.format(key=key, reason=_NAMES.get(odd[0], _OTHER).sentence)
        return Slip(i, 0, message, text("take away what stands in front of it, and type spaces"))
    if key and not gap.startswith((" ", "\t")) and gap:
        value = entry["value"].rstrip()
        message = ODD_SPACE.format(key=key, reason=_NAMES.get(gap[0], _OTHER).sentence)
        better = f"{entry['dashes']}{key}: {value if _in_value(value) is None else quoted(value)}"
        return Slip(i, entry.start("gap"), message, WRITE.format(line=better))
    return None


def _indent(
    entry: re.Match[str], i: int, indent: int, above: list[tuple[int, str, Slip]], holds: bool
) -> Slip | None:
    """A key that begins further to the right or left than the lines above allow; notes it in ``above``."""
    key, below = entry["key"], None
    while above and above[-1][0] > indent:
        *below, first = above.pop()
        if not above and not entry["dashes"]:  # the first line of all began too far to the right
            return first
    if above and indent > above[-1][0] and not entry["dashes"] and (holds or below):
        if not below and key not in NAMES:  # words of the value above, with a colon in them
            return Slip(i, entry.end("key"), COLON, _QUOTE_ALL)
        spaces, name = below or above[-1][:2]
        hint = _BELOW.format(above=name, number=spaces, line=entry[0].strip())
        return Slip(
            i, 0, _OFF.format(key=key), hint if spaces else _AT_THE_START.format(line=entry[0].strip())
        )
    at = (
        indent,
        key,
        Slip(i, 0, text("a space in front of '{key}'", key=key), WRITE.format(line=entry[0].strip())),
    )
    if not above or indent > above[-1][0]:
        above.append(at)
    else:
        above[-1] = at
    return None


_OFF = text("'{key}' does not begin below the lines that it belongs to")
_QUOTE_ALL = text("put the whole value between double quotes")
_BELOW = text("let it begin straight below '{above}', with as many spaces in front ({number}): {line}")
_AT_THE_START = text("write it at the start of the line, without a space in front: {line}")


def _without_key(line: str, i: int, above: list[tuple[int, str, Slip]]) -> Iterator[Slip]:
    """A line of a list without its hyphen, one that is no entry, or one that goes on with the value above."""
    bare = line.strip()
    indent = len(line) - len(line.lstrip())
    if (item := list_item(bare)) is not None:
        yield Slip(i, indent, LIST, WRITE.format(line=item))
    elif bare[0] in "]}":
        return
    elif not above or indent <= above[-1][0]:
        entry = _NO_COLON.fullmatch(bare)
        meant = entry is not None and (entry["sign"] or entry["key"] in NAMES)
        hint = (
            WRITE.format(line=f"{entry['key']}: {entry['value']}")
            if entry and meant
            else _GOES_ON
            if above
            else _UNCLEAR
        )
        yield Slip(i, indent, text("a line without 'key: value'"), hint)
    elif (found := re.search(r":(?=\s|$)", bare)) is not None:
        yield Slip(i, indent + found.start(), COLON, _QUOTE_ALL)
    elif (found := re.search(r"\s#\w", bare)) is not None:
        yield Slip(i, indent + found.start() + 1, NOTE, _QUOTE_ALL)


_NO_COLON = re.compile(r"(?P<key>[A-Za-z][\w-]*)(?:[ ]*(?P<sign>=|:=)[ ]*|[ ]+)(?P<value>[^=]*)")
_UNCLEAR = text("is there a ':' missing, or the closing '---'?")
_GOES_ON = text(
    "does it go on with the line above, put two spaces in front; else a ':' is missing, or the closing '---'"
)


def list_item(line: str) -> str | None:
    """A line with a bullet, a dash or a hyphen without a space, as YAML takes it; None for another line."""
    bullet = _BULLET.match(line)
    if bullet is None:
        return None
    rest = line[bullet.end() :]
    return f"- {rest if _in_value(rest) is None else quoted(rest)}"


def without_curly(value: str) -> str | None:
    """The value within curly quotation marks that are around all of it; None for another value."""
    curly = _CURLY.fullmatch(value)
    return curly[2] if curly is not None and not re.search("[“”„«»]", curly[2]) else None


# ── values ──

_Found = tuple[Text, int, int, str, int]
"""The message, where the part of the value is that has to change, what takes its place, and the column."""

_QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_BAD_ESCAPE = re.compile(r'\\(?![0abt\tnvfre "/\\N_LP]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})')
_CURLY = re.compile("([“”„‟«‘’‚‛‹])(.*)([“”»‘’›])")
_SHORTENED = re.compile(r"['’](?:[stnkmr]|ns|em|tis|k|\d\d)\b", re.I)
"""Words that begin with an apostrophe: 's ochtends, 't kan, 'n mens, 'm, '70."""


def _end_of_value(lines: list[str], i: int, value: str, indent: int) -> int:
    """The line after a value that is closed on a later line, or else the next line."""
    opened = value[:1]
    if _BLOCK.fullmatch(value):
        return next(
            (k for k in range(i + 1, len(lines)) if lines[k].strip() and _depth(lines[k]) <= indent),
            len(lines),
        )
    if opened not in ("'", '"', "[", "{") or _end(value) > 0:
        return i + 1
    whole = value
    for k in range(i + 1, len(lines)):
        if lines[k].strip() and _depth(lines[k]) <= indent and lines[k][:1] not in "]}":
            break
        whole += f"\n{lines[k]}"
        if (end := _end(whole)) > 0:
            return k + 1 if not whole[end:].strip() or re.match(r"\s+#", whole[end:]) else i + 1
    return i + 1


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _end(value: str) -> int:
    """The end of a value that begins with a quotation mark or bracket; -1 if nothing closes it."""
    if value[0] in _QUOTED:
        found = _QUOTED[value[0]].match(value)
        return found.end() if found else -1
    return _items(value)[1]


def _in_value(value: str) -> _Found | None:
    """What YAML takes otherwise in the value on one line."""
    if not value:
        return None
    first, whole = value[0], (0, len(value))
    if first in _QUOTED:
        return _in_quotes(value)
    if first in "[{" and not value.startswith("{{"):
        items, end = _items(value)
        if end < 0:
            plain = re.fullmatch(r"[\w ,-]*", value[1:]) if first == "[" else None
            better = f"{value}]" if plain else quoted(value)
            return text("a bracket that nothing closes"), *whole, better, 0
        if value[end:].strip() and not re.match(r"\s+#", value[end:]):
            return BEGINS.format(sign=first), *whole, quoted(value), 0
        return _in_items(value, items)
    if value.startswith("{{") and (slot := slot_problem(value)) is not None:
        return slot[0], *whole, BRACES.sub("\u2026", value), 0
    if first in f"{_INDICATORS}{{" or re.match(r"[-?:](?:\s|$)", value):
        return BEGINS.format(sign=first), *whole, quoted(value), 0
    if (colon := re.search(r":(?=\s|$)", value)) is not None:
        if (inner := without_curly(value)) is not None:
            return CURLY, *whole, quoted(inner), 0
        return COLON, *whole, quoted(value), colon.start()
    return None


def _in_quotes(value: str) -> _Found | None:
    mark, whole = value[0], (0, len(value))
    end = _end(value)
    if end < 0:
        meant = value if _SHORTENED.match(value) else value[1:].rstrip("“”").strip() or value
        return LEFT_OPEN, *whole, quoted(meant), 0
    if value[end:].strip() and not re.match(r"\s+#", value[end:]):
        message = text("the value goes on behind the closing quotation mark")
        return message, *whole, quoted(value[1:-1] if _around(value) else value), end
    if mark == '"' and (escape := _BAD_ESCAPE.search(value[:end])) is not None:
        message = text("a backslash between double quotation marks")
        return message, 0, end, quoted(value[1 : end - 1]), escape.start()
    return None


def _around(value: str) -> bool:
    """Whether the first and last quotation mark are around the value, and not around words in it."""
    mark, depth = value[0], 0
    if not value.endswith(mark) or _SHORTENED.match(value):
        return False
    for found in re.finditer(mark, value):
        before, after = value[: found.start()][-1:], value[found.end() :][:1]
        if not before or (before in " ([-" and after != " "):
            depth += 0 if mark == "'" and _SHORTENED.match(value, found.start()) else 1
        elif not after or not after.isalnum():
            depth -= 1
        if depth == 0 and after:
            return False
    return True


def _items(value: str) -> tuple[list[tuple[int, int]], int]:
    """The begin and end of each item between brackets, and the end of all; -1 if nothing closes it."""
    items: list[tuple[int, int]] = []
    start, depth, i = 1, 1, 1
    while i < len(value):
        begins = value[start:i].strip() == "" or value[start:i].rstrip().endswith((":", "[", "{", ","))
        if begins and value[i] in _QUOTED and (found := _QUOTED[value[i]].match(value, i)) is not None:
            i = found.end()
            continue
        if begins and value[i] in "[{":
            depth += 1
        elif value[i] in "]}":
            depth -= 1
        if depth == 0 or (depth == 1 and value[i] == ","):
            items.append((start, i))
            start = i + 1
        if depth == 0:
            return items, i + 1
        i += 1
    return items, -1


def _in_items(value: str, items: list[tuple[int, int]]) -> _Found | None:
    for start, end in items:
        item = value[start:end]
        key = (
            re.match(r"""\s*["']?[\w-]+["']?[ ]*:\s+""", item) if value[0] == "{" else re.match(r"\s*", item)
        )
        begin = start + (key.end() if key else len(item) - len(item.lstrip()))
        inner = value[begin:end].rstrip()
        found = _in_value(inner)
        if found is None and inner[:1] not in ("'", '"', "[", "{") and (note := re.search(r"\s#", inner)):
            found = NOTE, 0, len(inner), quoted(inner), note.start() + 1
        if found is None and inner[:1] in (":", "?"):  # taken for a key, as it is not outside brackets
            found = BEGINS.format(sign=inner[0]), 0, len(inner), quoted(inner), 0
        if found is not None:
            message, first, last, better, at = found
            return message, begin + first, begin + last, better, begin + at
    return None
