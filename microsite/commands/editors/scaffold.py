"""The file that a new text begins as: the keys of its kind, each explained, and what may be added.

The keys are those of the kind's record, and what is said of each is from the handbook, so a new kind needs
nothing here.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Mapping

from microsite.commands.editors import handbook
from microsite.commands.editors.files import needed
from microsite.commands.editors.json_schema import DUTCH
from microsite.content.consents import KEY as CONSENT
from microsite.content.documents import TO_FILL_IN
from microsite.content.front_matter import Meta
from microsite.content.keys import Key, keys_of
from microsite.content.kinds import CAMPAIGN, Kind
from microsite.content.quoting import quoted
from microsite.content.site_file import Site
from microsite.core.problems import Text, text

WIDTH = 100

USUAL = ("tags", "image", "fictional")
"""The keys of all pages that a new text shows; the handbook has the others. The last is for people only."""

TERMS = {
    "tags": "themes",
    "role": "roles",
    "aim": "aims",
    "duration": "durations",
    "help": "help_lines",
    "work_field": "work_fields",
}
"""The tables of site.yaml by the key whose values they have."""

Terms = Mapping[str, tuple[str, ...]]
"""The ids that a key may have, by its name."""


def terms(site: Site | None) -> Terms:
    """The ids of a campaign for the keys that take one."""
    if site is None:
        return {}
    return {key: tuple(id for id, _ in getattr(site, table)) for key, table in TERMS.items()}


def scaffold(kind: Kind, day: dt.date, given: Mapping[str, str], known: Terms) -> str:
    """The file of a new text of this kind, a draft: a site cannot do without its first page, which is none.

    ``given`` are values by dotted key (see ``keys.Key.path``). The required ones that are not in it have a
    value to be replaced, which is right as far as can be.
    """
    return "\n".join([*_File(kind, day, given, known).lines(), ""])


def asked(kind: Kind, known: Terms) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What only the author knows of a new text: (dotted key, what it is, the choices if any)."""
    for key in (inner for outer in _required(kind) for inner in outer.all if inner.required):
        choices = key.choices or known.get(key.name, ())
        if (choices and not key.many) or key.path == NAME:
            yield key.path, handbook.entry(kind.record, key.path).sentence, choices


NAME = "person.name"


def _required(kind: Kind) -> list[Key]:
    """The keys without which a page of this kind is not right, the title first."""
    return [key for key in keys_of(kind.record) if key.required or key.name in needed(kind)]


class _File:
    """The lines of one file."""

    def __init__(self, kind: Kind, day: dt.date, given: Mapping[str, str], known: Terms) -> None:
        self._kind = kind
        self._day = day
        self._given = given
        self._known = known

    def lines(self) -> Iterator[str]:
        kind = self._kind
        yield "---"
        yield from _comment(_INTRO)
        if kind is not CAMPAIGN:
            yield from ("", *_comment(_DRAFT), "draft: true")
        must = _required(kind)
        for key in must:
            yield from ("", *self._key(key, ""))
        own = [key for key in keys_of(kind.record) if key.name not in _OF_ALL and key not in must]
        yield from ("", *_comment(_MORE))
        usual = [key for key in keys_of(Meta) if key.name in USUAL[: None if kind.asks_consent else -1]]
        for key in (*own, *usual):
            yield from ("", *self._key(key, "", off=True))
        if kind.asks_consent:
            (consent,) = (key for key in keys_of(Meta) if key.name == CONSENT)
            yield from ("", *_comment(_CONSENT), *self._key(consent, "", off=True))
        yield from ("---", "", f"<!-- {_TEXT.render(DUTCH)} -->")

    def _key(self, key: Key, indent: str, off: bool = False) -> Iterator[str]:
        """A key with what it is; one that is ``off`` has a # at the beginning of its line."""
        yield from _comment(handbook.entry(self._kind.record, key.path).sentence, indent)
        choices = key.choices or self._known.get(key.name, ())
        if choices and not key.keys:
            yield from _comment(_CHOICES.format(choices=", ".join(choices)), indent)
        begin = f"{'#' if off else ''}{indent}{key.name}:"
        if key.keys and not key.many:
            yield begin
            for inner in key.keys:
                yield from self._key(inner, f"{indent}  ", off or not inner.required)
        else:
            yield f"{begin} {self._value(key, choices, off)}".rstrip()

    def _value(self, key: Key, choices: tuple[str, ...], off: bool) -> str:
        """A value: what was given, one of the choices, the day, or what the handbook has as example.

        In what is off there is no example with words: it could have the name of somebody.
        """
        if key.path in self._given:
            return quoted(self._given[key.path])
        if key.path in _BEGIN:
            return _BEGIN[key.path]
        if key.many:
            return "[]"
        if key.path == f"{CONSENT}.expires_on":
            return dt.date(self._day.year + 2, self._day.month, min(self._day.day, 28)).isoformat()
        if key.type is dt.date:
            return self._day.isoformat()
        if choices:
            return choices[0]
        if key.type is str and not key.path.startswith(f"{CONSENT}."):
            return "" if off else quoted(TO_FILL_IN)
        return handbook.entry(self._kind.record, key.path).sample


_OF_ALL = frozenset(key.name for key in keys_of(Meta))
_BEGIN = {
    f"{CONSENT}.status": "pending",
    f"{CONSENT}.scope": "[web]",
    f"{CONSENT}.audience": "[national, members]",
    f"{CONSENT}.final_text_seen_on": "",
    f"{CONSENT}.minor": "false",
    f"{CONSENT}.guardian": "false",
}
"""What a consent begins as: nobody has agreed to anything because a line was left as it was."""


def _comment(said: Text | str, indent: str = "") -> Iterator[str]:
    words = said if isinstance(said, str) else said.render(DUTCH)
    yield from textwrap.wrap(words, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


_INTRO = text("What stands behind a # explains, and does not come on the site. You may take it away.")
_DRAFT = text("As long as this line is here, the text is on no site. Take it away when the text is ready.")
_MORE = text(
    "What follows may stay away. Take off the # before a key to use it. There are more: see"
    " docs/redactie/kenmerken.md."
)
_CONSENT = text(
    "What you agreed with the person: see docs/redactie/toestemming.md. Fill in the number of your own"
    " records, never a name."
)
_CHOICES = text("Choose from: {choices}.")
_TEXT = text("Write the text here, and take this line away. How to lay it out is in docs/redactie/tekst.md.")
