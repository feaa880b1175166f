"""Placeholders: render a page once for many brands, and fill in the values of each brand afterwards.

A page is rendered with a placeholder for each value of the brand. Printing a placeholder leaves a marker in
the text. Any other operation on it (an attribute, a call, a filter, ``+``) returns another placeholder, whose
value is the result of that operation on the brand's value. Where the template branches on a placeholder (a
test, a comparison, the length of a list), the condition is recorded with its value for the brand at hand: the
rendered page is valid for the brands for which all conditions have the same values. An operation that cannot
be deferred raises, and the page is then rendered for each brand: slower, with the same result.

Pages apply the same operations to the same values again and again. Equal operations share one ``Expression``
across all pages, so that each is evaluated once for a brand.
"""

from __future__ import annotations

import functools
import operator
import re
import secrets
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from microsite.core.records import Record


class BrandValues(dict["Expression", Any]):
    """The values of expressions for one brand, each evaluated when it is first asked for.

    ``inputs`` are the brand's own values by name; ``texts`` has the values as a template prints them.
    """

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        super().__init__()
        self.inputs = inputs
        self.texts = _Texts(self)

    def __missing__(self, expression: Expression) -> Any:
        self[expression] = value = expression(self)
        return value


class _Texts(dict["Expression", str]):
    def __init__(self, values: BrandValues) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, expression: Expression) -> str:
        self[expression] = text = str(escape(self._values[expression]))
        return text


Expression = Callable[[BrandValues], Any]

Expressions = dict[Hashable, Expression]
"""The expressions of all pages, by the operation and its operands."""

_KEY = secrets.token_hex(4)  # so that no text can contain a marker
_MARKER = re.compile(f"\ufdd0{_KEY}([0-9]+)\ufdd1")
_CONTAINERS = (list, tuple, dict)
_SCALARS = (str, Markup, int)


class PageSkeleton(Record):
    """A rendered page: ``texts``, and between each two the value of one of ``expressions``.

    It is valid for the brands for which each condition has the value recorded with it.
    """

    texts: tuple[str, ...]
    expressions: tuple[Expression, ...]
    conditions: tuple[tuple[Expression, Any], ...]

    def suits(self, values: BrandValues) -> bool:
        return all(values[condition] == value for condition, value in self.conditions)

    def fill(self, values: BrandValues) -> str:
        texts = values.texts
        parts = [self.texts[0]]
        for expression, text in zip(self.expressions, self.texts[1:], strict=True):
            parts += (texts[expression], text)
        return "".join(parts)


class Tracer:
    """Records what happens to the placeholders of one rendering, with the values of one brand.

    ``known`` are the expressions of all pages; new ones are added to it.
    """

    def __init__(self, values: BrandValues, known: Expressions) -> None:
        self._values = values
        self._known = known
        self._printed: list[Expression] = []
        self._conditions: dict[Expression, Any] = {}

    def inputs(self) -> dict[str, Any]:
        """Return a placeholder for each of the brand's own values."""
        return {name: self.placeholder(name, _input(name)) for name in self._values.inputs}

    def placeholder(self, key: Hashable, expression: Expression) -> Any:
        """Return a placeholder; or the value itself, as a condition, if it is None, True or False."""
        expression = self._known.setdefault(key, expression)
        value = self._values[expression]
        if value is None or isinstance(value, bool):
            return self.condition(key, expression)
        return Placeholder(self, expression)

    def condition(self, key: Hashable, expression: Expression) -> Any:
        """Record the value of an expression that decides how the page is rendered, and return it."""
        expression = self._known.setdefault(key, expression)
        self._conditions[expression] = self._values[expression]
        return self._conditions[expression]

    def marker(self, expression: Expression) -> Markup:
        self._printed.append(expression)
        return Markup(f"\ufdd0{_KEY}{len(self._printed) - 1}\ufdd1")  # noqa: S704 -- our own

    def skeleton(self, rendered: str) -> PageSkeleton:
        pieces = _MARKER.split(rendered)
        expressions = tuple(self._printed[int(number)] for number in pieces[1::2])
        return PageSkeleton(tuple(pieces[::2]), expressions, tuple(self._conditions.items()))


class Placeholder:
    """Stands for a value that differs between brands."""

    __slots__ = ("expression_", "tracer_")  # the underscore keeps them apart from attributes of the value
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, tracer: Tracer, expression: Expression) -> None:
        self.tracer_ = tracer
        self.expression_ = expression

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("_", "jinja_")):  # Jinja looks for these on functions and printable values
            raise AttributeError(name)
        expression, get = self.expression_, operator.attrgetter(name)
        return self.tracer_.placeholder((getattr, expression, name), lambda values: get(values[expression]))

    def __getitem__(self, key: Any) -> Any:
        return defer(operator.getitem, self, key)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return defer(_call, self, *arguments, **named)

    def __add__(self, other: Any) -> Any:
        return defer(operator.add, self, other)

    def __radd__(self, other: Any) -> Any:
        return defer(operator.add, other, self)

    def __eq__(self, other: object) -> Any:
        return defer(operator.eq, self, other)

    def __ne__(self, other: object) -> Any:
        return defer(operator.ne, self, other)

    def __bool__(self) -> bool:
        expression = self.expression_
        return bool(self.tracer_.condition((bool, expression), lambda values: bool(values[expression])))

    def __len__(self) -> int:
        expression = self.expression_
        return int(self.tracer_.condition((len, expression), lambda values: len(values[expression])))

    def __iter__(self) -> Iterator[Any]:
        for i in range(len(self)):
            yield defer(_nth, self, i)

    def __str__(self) -> str:
        raise TypeError("a placeholder cannot become text here")

    __repr__ = __str__

    def __format__(self, form: str) -> str:
        return str(self)


def finalize(value: Any) -> Any:
    """Return what Jinja escapes and prints for the value of an expression in a template."""
    return value.tracer_.marker(value.expression_) if type(value) is Placeholder else value


def defer(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Call the function; if an argument is or contains a placeholder, return one for the result instead."""
    first = next(_placeholders((arguments, named)), None)
    if first is None:
        return function(*arguments, **named)

    def expression(values: BrandValues) -> Any:
        return function(*_filled(arguments, values), **_filled(named, values))

    key = function, *map(_key, arguments), *((name, _key(value)) for name, value in named.items())
    return first.tracer_.placeholder(key, expression)


def deferring(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function as one that accepts placeholders: see ``defer``."""

    @functools.wraps(function)
    def deferred(*arguments: Any, **named: Any) -> Any:
        return defer(function, *arguments, **named)

    return deferred


def _key(value: Any) -> Hashable:
    """Return what distinguishes an argument from others during its lifetime."""
    kind = type(value)
    if kind is Placeholder:
        return value.expression_  # type: ignore[no-any-return]
    return (kind, value) if kind in _SCALARS else id(value)


def _input(name: str) -> Expression:
    return lambda values: values.inputs[name]


def _call(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    return function(*arguments, **named)


def _nth(values: Sequence[Any], i: int) -> Any:
    return values[i]


def _placeholders(value: Any) -> Iterator[Placeholder]:
    kind = type(value)
    if kind is Placeholder:
        yield value
    elif kind in _CONTAINERS:
        for part in value.values() if kind is dict else value:
            yield from _placeholders(part)


def _filled(value: Any, values: BrandValues) -> Any:
    kind = type(value)
    if kind is Placeholder:
        return values[value.expression_]
    if kind is dict:
        return {name: _filled(part, values) for name, part in value.items()}
    if kind in _CONTAINERS:
        return kind(_filled(part, values) for part in value)
    return value
