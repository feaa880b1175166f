"""A national page then and now, and what a member has in its place: told by field and by paragraph."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from microsite.content import tree as trees
from microsite.content import yaml as notation
from microsite.core.problems import InvalidFile
from microsite.core.records import Record

_ALIKE = 0.4
"""From how much in common two paragraphs are one that was rewritten."""
_PASSED_OVER = ("consent", "based_on")


class Change(Record):
    """One thing that changed nationally: a key of the front matter, or the paragraph with this number.

    ``then`` and ``now`` are None where it was not there or is gone, with « » round the words that differ.
    ``own`` is what a member has there; None when it has left that as it is nationally.
    """

    key: str
    paragraph: int
    then: str | None
    now: str | None
    own: str | None


def changes(then: str, now: str, own: str) -> tuple[Change, ...]:
    """What differs between two versions of a page, beside a member's file. All are whole files."""
    (old, old_text), (new, new_text), (mine, my_text) = map(_parts, (then, now, own))
    return (*_fields(old, new, mine), *_paragraphs(old_text, new_text, my_text))


def replaced(now: str, own: str) -> tuple[Change, ...]:
    """The keys that a member's file gives another value, where it is not known what they were before."""
    (new, _), (mine, _) = _parts(now), _parts(own)
    return tuple(Change(key, 0, None, new.get(key), value) for key, value in mine.items())


def _parts(whole: str) -> tuple[dict[str, str], list[str]]:
    """The values of the front matter by key, and the paragraphs; a file that cannot be split is all text."""
    try:
        header, body, _ = notation.split(whole, "")
        values = {key.text: _plain(node) for key, node in notation.tree(header, "", 2).items}
    except InvalidFile:
        values, body = {}, whole
    blocks = (block.strip() for block in re.split(r"\n[ \t]*\n", body))
    return {k: v for k, v in values.items() if k not in _PASSED_OVER}, [block for block in blocks if block]


def _plain(node: trees.Node) -> str:
    """A value as one line that people can read."""
    if isinstance(node, trees.Mapping):
        return "; ".join(f"{key.text}: {_plain(value)}" for key, value in node.items)
    if isinstance(node, trees.Sequence):
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
    """Each paragraph that is new with the one it came from, in the order of now; then those that are gone."""
    left = list(before)
    for number, paragraph in enumerate(after, start=first + 1):
        source = max(left, key=lambda old: _likeness(old, paragraph), default=None)
        if source is None or _likeness(source, paragraph) < _ALIKE:
            yield None, paragraph, number
        else:
            left.remove(source)
            yield source, paragraph, number
    yield from ((paragraph, None, first + 1) for paragraph in left)


def _nearest(mine: Sequence[str], *wanted: str | None) -> str:
    """The paragraph of a member's own text that stands for one of these; "" when there is none."""
    sought = [one for one in wanted if one is not None]
    best = max(mine, key=lambda own: max(_likeness(own, one) for one in sought))
    return best if max(_likeness(best, one) for one in sought) >= _ALIKE else ""


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _marked(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Both with « » round the words that differ; without, where little is the same."""
    if before is None or after is None or _likeness(before, after) < _ALIKE:
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
