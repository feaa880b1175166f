"""Gaps: a page drawn once for many brands, with a gap wherever something of the brand comes.

A page is drawn with gaps in the place of the brand's values. Printing one leaves
a mark. Whatever else is done with it (an attribute, a call, a filter, ``+``) gives
another gap, that does the same with the value of the brand that it is filled for.
Where the drawing went one way or another (a test, a comparison, the length of a
list) the question and its answer are kept: the outline is for the brands that
answer all questions in the same way. What cannot be put off raises, and the page
is then drawn for each brand by itself: slower, never otherwise.

Pages ask for the same things again and again. So what does the same with the same
is one ``Read`` in all drawings, and is done once for a brand.
"""

from __future__ import annotations

import functools
import operator
import re
import secrets
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]  # escape() of what is a str

from microsite.core.records import Record


class Values(dict["Read", Any]):
    """What the gaps of all pages come to for one brand, and how it is printed.

    ``own`` is what the brand has of its own in the values of pages, by name.
    """

    def __init__(self, own: Mapping[str, Any]) -> None:
        super().__init__()
        self.own = own
        self.texts = _Texts(self)

    def __missing__(self, read: Read) -> Any:
        self[read] = value = read(self)
        return value


class _Texts(dict["Read", str]):
    def __init__(self, values: Values) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, read: Read) -> str:
        text: str = shown(self._values[read])
        self[read] = text
        return text


Read = Callable[[Values], Any]

Reads = dict[Hashable, Read]
"""The ways to find something, each by what it does with what."""

_KEY = secrets.token_hex(4)  # so that no text can hold a mark
_MARK = re.compile(f"\ufdd0{_KEY}([0-9]+)\ufdd1")
_PARTED = (list, tuple, dict)
_PLAIN = (str, Markup, int)


class Outline(Record):
    """A drawn page with gaps: ``texts`` and between them what ``reads`` find, for who answers alike."""

    texts: tuple[str, ...]
    reads: tuple[Read, ...]
    answers: tuple[tuple[Read, Any], ...]

    def suits(self, values: Values) -> bool:
        return all(values[read] == answer for read, answer in self.answers)

    def filled(self, values: Values) -> str:
        found = values.texts
        parts = [self.texts[0]]
        for read, text in zip(self.reads, self.texts[1:], strict=True):
            parts += (found[read], text)
        return "".join(parts)


class Tracing:
    """What happens with the gaps of one drawing, begun with the values of one brand.

    ``known`` are the ways to find something in all drawings.
    """

    def __init__(self, values: Values, known: Reads) -> None:
        self.values = values
        self._known = known
        self._reads: list[Read] = []
        self._answers: dict[Read, Any] = {}

    def begun(self) -> dict[str, Any]:
        """A gap for each of the brand's own values."""
        return {name: self.gap(name, _begin(name)) for name in self.values.own}

    def gap(self, key: Hashable, read: Read) -> Any:
        """A gap; or the value itself where it is an answer rather than something to show."""
        read = self._known.setdefault(key, read)
        value = self.values[read]
        if value is None or isinstance(value, bool):
            return self.answer(key, read)
        return Gap(self, read)

    def answer(self, key: Hashable, read: Read) -> Any:
        read = self._known.setdefault(key, read)
        self._answers[read] = self.values[read]
        return self._answers[read]

    def mark(self, read: Read) -> Markup:
        self._reads.append(read)
        return Markup(f"\ufdd0{_KEY}{len(self._reads) - 1}\ufdd1")  # noqa: S704 -- our own

    def outline(self, drawn: str) -> Outline:
        pieces = _MARK.split(drawn)
        reads = tuple(self._reads[int(number)] for number in pieces[1::2])
        return Outline(tuple(pieces[::2]), reads, tuple(self._answers.items()))


class Gap:
    """Stands for a value that differs between brands."""

    __slots__ = ("_read", "_tracing")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, tracing: Tracing, read: Read) -> None:
        self._tracing = tracing
        self._read = read

    def mark(self) -> Markup:
        return self._tracing.mark(self._read)

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("_", "jinja_")):  # asked by Jinja, of functions and of what prints itself
            raise AttributeError(name)
        read, get = self._read, operator.attrgetter(name)
        return self._tracing.gap((getattr, read, name), lambda values: get(values[read]))

    def __getitem__(self, key: Any) -> Any:
        return put_off(operator.getitem, self, key)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return put_off(_called, self, *arguments, **named)

    def __add__(self, other: Any) -> Any:
        return put_off(operator.add, self, other)

    def __radd__(self, other: Any) -> Any:
        return put_off(operator.add, other, self)

    def __eq__(self, other: object) -> Any:
        return put_off(operator.eq, self, other)

    def __ne__(self, other: object) -> Any:
        return put_off(operator.ne, self, other)

    def __bool__(self) -> bool:
        read = self._read
        return bool(self._tracing.answer((bool, read), lambda values: bool(values[read])))

    def __len__(self) -> int:
        read = self._read
        return int(self._tracing.answer((len, read), lambda values: len(values[read])))

    def __iter__(self) -> Iterator[Any]:
        for i in range(len(self)):
            yield put_off(_nth, self, i)

    def __str__(self) -> str:
        raise TypeError("a gap cannot become text here")

    __repr__ = __str__

    def __format__(self, form: str) -> str:
        return str(self)


def put_off(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Call the function now; or, when it is given gaps, for each brand when they are filled."""
    first = next(_gaps((arguments, named)), None)
    if first is None:
        return function(*arguments, **named)

    def read(values: Values) -> Any:
        return function(*_filled(arguments, values), **_filled(named, values))

    key = function, *map(_key, arguments), *((name, _key(value)) for name, value in named.items())
    return first._tracing.gap(key, read)  # noqa: SLF001 -- of this module


def _key(value: Any) -> Hashable:
    """What tells this argument from others, as long as it is there."""
    kind = type(value)
    if kind is Gap:
        return value._read  # type: ignore[no-any-return]  # noqa: SLF001 -- of this module
    return (kind, value) if kind in _PLAIN else id(value)


def patient(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, for use in templates: given a gap, it waits for what will be in it."""

    @functools.wraps(function)
    def waiting(*arguments: Any, **named: Any) -> Any:
        return put_off(function, *arguments, **named)

    return waiting


def shown(value: Any) -> Any:
    """What a template prints for a value: the text that ``escape`` makes of it."""
    kind = type(value)
    if kind is str:
        return escaped(value)
    if kind is Markup:
        return value
    return value.mark() if kind is Gap else escape(value)


def _begin(name: str) -> Read:
    return lambda values: values.own[name]


def _called(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    return function(*arguments, **named)


def _nth(values: Sequence[Any], i: int) -> Any:
    return values[i]


def _gaps(value: Any) -> Iterator[Gap]:
    kind = type(value)
    if kind is Gap:
        yield value
    elif kind in _PARTED:
        for part in value.values() if kind is dict else value:
            yield from _gaps(part)


def _filled(value: Any, values: Values) -> Any:
    kind = type(value)
    if kind is Gap:
        return values[value._read]  # noqa: SLF001 -- of this module
    if kind is dict:
        return {name: _filled(part, values) for name, part in value.items()}
    if kind in _PARTED:
        return kind(_filled(part, values) for part in value)
    return value
