"""References that are nearly those of a withdrawn consent: ``C_77`` or ``C-0077`` beside ``C-77``.

Two consents may well have such references, so only those of people of one name are told, for somebody to
look at. Members' pages that show such a name are told anyway, see ``withdrawals.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from microsite.content.documents import Document
from microsite.core.problems import Problem, text
from microsite.site.people.mentions import WITHDRAWN, Name, shown_names

_WORD = re.compile(r"[^\W\d_]+|\d+")


def near_references(
    shown: Iterable[Document], names: Iterable[Name], withdrawn: Iterable[str]
) -> Iterator[Problem]:
    """What to report of these pages; ``withdrawn`` are the references of withdrawn consents."""
    near = {_words(ref): ref for ref in withdrawn}
    names = [name for name in names if name.message == WITHDRAWN]
    for document in shown if near and names else ():
        for key, consent in document.consents:
            ref = near.get(_words(consent.ref))
            if ref and any(name.is_shown(shown_names([document])) for name in names):
                message, hint = _NEAR.format(ref=ref.upper()), _WHICH.format(ref=ref.upper())
                yield Problem(document.place(f"{key}.ref"), message, hint, "warning")


def _words(ref: str) -> tuple[str, ...]:
    """Its words and numbers, however they are joined, without capitals and leading zeros."""
    return tuple(word.lstrip("0") for word in _WORD.findall(ref.casefold()))


_NEAR = text("this is nearly the reference {ref}, of somebody of this name who withdrew the consent")
_WHICH = text("the same consent: write {ref}, and the page goes; a new one: give it another reference")
