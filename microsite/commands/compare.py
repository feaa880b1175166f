"""The changes of a national page beside a member's override, by front matter key and paragraph."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from microsite.content import tree as trees
from microsite.content import yaml
from microsite.core.problems import InvalidFile
from microsite.core.records import Record

_SIMILAR = 0.4
"""The similarity ratio from which a paragraph counts as edited, not replaced."""
_IGNORED = ("consent", "based_on")


class Change(Record):
    """A change in a front matter key, or in the paragraph with this number.

    ``then`` and ``now``: the old and new text, with « » around words that differ; None when
    added or removed. ``own``: the member's text; None when it does not override this.
    """

    key: str
    paragraph: int
    then: str | None
    now: str | None
    own: str | None


def changes(then: str, now: str, own: str) -> tuple[Change, ...]:
    """The changes between two versions of a page, beside a member's file. All are complete files."""
    (old, old_text), (new, new_text), (mine, my_text) = map(_parts, (then, now, own))
    return (*_fields(old, new, mine), *_paragraphs(old_text, new_text, my_text))


def replaced(now: str, own: str) -> tuple[Change, ...]:
    """The keys that a member's file overrides, for when the old version is unknown."""
    (new, _), (mine, _) = _parts(now), _parts(own)
    return tuple(Change(key, 0, None, new.get(key), value) for key, value in mine.items())


def _parts(whole: str) -> tuple[dict[str, str], list[str]]:
    """(front matter values by key, paragraphs); a file without front matter is all text."""
    try:
        header, body, _ = yaml.split_front_matter(whole, "")
        values = {key.text: _plain(node) for key, node in yaml.parse(header, "", 2).items}
    except InvalidFile:
        values, body = {}, whole
    blocks = (block.strip() for block in re.split(r"\n[ \t]*\n", body))
    return {k: v for k, v in values.items() if k not in _IGNORED}, [block for block in blocks if block]


def _plain(node: trees.Node) -> str:
    """A value as one line."""
    if isinstance(node, trees.MappingNode):
        return "; ".join(f"{key.text}: {_plain(value)}" for key, value in node.items)
    if isinstance(node, trees.SequenceNode):
        return " / ".join(map(_plain, node.items))
    return " ".join(node.text.split())


def _fields(old: dict[str, str], new: dict[str, str], mine: dict[str, str]) -> Iterator[Change]:
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        if before != after:
            yield Change(key, 0, *_marked(before, after), mine.get(key))


def _paragraphs(old: Sequence[str], new: Sequence[str], mine: Sequence[str]) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, i, i_end, j, j_end in matcher.get_opcodes():
        if what == "equal":
            continue
        for before, after, number in _pairs(old[i:i_end], new[j:j_end], j):
            own = _nearest(mine, before, after) if mine else None
            yield Change("", number, *_marked(before, after), own)


def _pairs(
    before: Sequence[str], after: Sequence[str], first: int
) -> Iterator[tuple[str | None, str | None, int]]:
    """(old, new, number) for each new paragraph in order, then for the removed ones."""
    left = list(before)
    for number, paragraph in enumerate(after, start=first + 1):
        source = max(left, key=lambda old: _similarity(old, paragraph), default=None)
        if source is None or _similarity(source, paragraph) < _SIMILAR:
            yield None, paragraph, number
        else:
            left.remove(source)
            yield source, paragraph, number
    yield from ((paragraph, None, first + 1) for paragraph in left)


def _nearest(mine: Sequence[str], *wanted: str | None) -> str:
    """The paragraph of a member's text that is similar to one of these; "" when there is none."""
    sought = [one for one in wanted if one is not None]
    best = max(mine, key=lambda own: max(_similarity(own, one) for one in sought))
    return best if max(_similarity(best, one) for one in sought) >= _SIMILAR else ""


def _similarity(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _marked(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Both with « » around the words that differ, unless most of them do."""
    if before is None or after is None or _similarity(before, after) < _SIMILAR:
        return before, after
    old, new = before.split(), after.split()
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        " ".join(_runs((what != "equal", old[i:i_end]) for what, i, i_end, _, _ in codes)),
        " ".join(_runs((what != "equal", new[j:j_end]) for what, _, _, j, j_end in codes)),
    )


def _runs(runs: Iterable[tuple[bool, Sequence[str]]]) -> Iterator[str]:
    for differs, words in runs:
        if words:
            yield f"«{' '.join(words)}»" if differs else " ".join(words)
