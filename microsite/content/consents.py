"""The consents in a front matter: that of the page, and those of the people in its lists, each their own.

Mistakes are warnings here. They keep the person off the site; errors would keep the old site online, with the
person on it, while this may be a withdrawal with a typing error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microsite.content import schema
from microsite.content.consent import (
    Consent,
    Withdrawal,
    means_withdrawn,
    mentioned_withdrawal,
    says_withdrawn,
)
from microsite.content.front_matter import PERSON_KEYS
from microsite.content.tree import MappingNode, Node, ScalarNode, SequenceNode, groups
from microsite.core.problems import Problem, errors, text
from microsite.core.records import Record, replace

KEY = "consent"


class Consents(Record):
    """The consents of a page that can be read, by dotted key: ``consent``, ``people.0.consent``.

    ``unclear`` is the key of one that cannot be read, ``lacking`` that of a person in a list who has none;
    both are "" when there is none. ``slips`` are the mistakes in them.
    """

    given: tuple[tuple[str, Consent], ...] = ()
    unclear: str = ""
    lacking: str = ""
    slips: tuple[Problem, ...] = ()


def read_consents(front_matter: MappingNode) -> Consents:
    """All consents in a front matter. A withdrawal counts wherever it stands, with a slip in its word too."""
    listed = tuple(_listed(front_matter))
    page = tuple(
        (key, node)
        for key, node in front_matter.items
        if not (key.text in PERSON_KEYS and isinstance(node, SequenceNode))
    )
    asked = [(KEY, MappingNode(front_matter.place, page))]
    asked += [(f"{key}.{KEY}", person) for key, person in listed if isinstance(person, MappingNode)]
    read = [(key, *_consent(node)) for key, node in asked]
    given = tuple((key, consent) for key, consent, _ in read if consent is not None)
    known = {key for key, _ in given}
    return Consents(
        given,
        next((key for key, node in asked if node.get(KEY) is not None and key not in known), ""),
        next((key for key, _ in listed if f"{key}.{KEY}" not in known), ""),
        tuple(slip for _, _, slips in read for slip in slips),
    )


def has_consent(front_matter: MappingNode) -> bool:
    """Whether somebody agreed to the words of this page, or was asked to."""
    consents = read_consents(front_matter)
    return bool(consents.given or consents.unclear)


def people_of(front_matter: MappingNode) -> Iterator[tuple[str, MappingNode]]:
    """The people that a front matter names, each with its key: ``person``, or ``people.0`` in a list."""
    for name in PERSON_KEYS:
        node = front_matter.get(name)
        if isinstance(node, MappingNode):
            yield name, node
    yield from ((key, node) for key, node in _listed(front_matter) if isinstance(node, MappingNode))


def without_consents(front_matter: MappingNode) -> MappingNode:
    """The front matter without the groups that are consents."""
    return MappingNode(front_matter.place, tuple(_without_consents(front_matter)))


def _without_consents(group: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
    for key, node in group.items:
        if key.text in PERSON_KEYS and isinstance(node, SequenceNode):
            people = (without_consents(p) if isinstance(p, MappingNode) else p for p in node.items)
            yield key, replace(node, items=tuple(people))
        elif key.text != KEY:
            yield key, node


def _listed(front_matter: MappingNode) -> Iterator[tuple[str, Node]]:
    for name in PERSON_KEYS:
        node = front_matter.get(name)
        if isinstance(node, SequenceNode):
            yield from ((f"{name}.{i}", person) for i, person in enumerate(node.items))


def _consent(group: MappingNode) -> tuple[Consent | None, tuple[Problem, ...]]:
    """The consent of a page or a person, and what is wrong with it."""
    node = group.get(KEY)
    if isinstance(node, MappingNode) and (status := _status(node)) and means_withdrawn(status.text):
        return _withdrawal(node, status)
    for inner in groups(group):
        if (status := _status(inner)) and says_withdrawn(status.text):
            known = tuple((key, value) for key, value in inner.items if key.text in ("ref", "status"))
            consent, slips = _withdrawal(replace(inner, items=known), status)
            misplaced = Problem(
                status.place, text("a withdrawal that is not below 'consent:'"), _BELOW, "warning"
            )
            return consent, (misplaced, *slips)
    if node is None:
        return None, ()
    if not isinstance(node, MappingNode):
        mentioned = mentioned_withdrawal(node.text.encode()) if isinstance(node, ScalarNode) else None
        unreadable = Problem(node.place, text("the consent cannot be read"), _BELOW, "warning")
        return mentioned.as_consent() if mentioned else None, (unreadable,)
    validated = schema.validate(Consent, node)
    unclear = _as_warnings(validated.problems)
    return None if unclear else validated.record, unclear


_BELOW = text("write its keys below it")


def _status(group: MappingNode) -> ScalarNode | None:
    """The status, also where no space is behind the colon: ``{status:withdrawn}`` is one key for YAML."""
    for key, node in group.items:
        name, colon, value = key.text.partition(":")
        if name == "status":
            return ScalarNode(key.place, value) if colon else node if isinstance(node, ScalarNode) else None
    return None


def _withdrawal(group: MappingNode, status: ScalarNode) -> tuple[Consent, tuple[Problem, ...]]:
    """A withdrawal, which counts whatever else is wrong with it, and what that is."""
    validated = schema.validate(Withdrawal, group)
    withdrawal, slips = validated.record or Withdrawal(), list(_as_warnings(errors(validated.problems)))
    if not withdrawal.ref:
        slips.append(Problem(group.place, text("'{key}' is missing", key="ref"), None, "warning"))
    if status.text != "withdrawn":
        message = text("'{value}' is not a '{key}'", value=status.text, key="status")
        near = text("did you mean '{near}'?", near="withdrawn")
        slips.append(Problem(status.place, message, near, "warning"))
    return withdrawal.as_consent(), tuple(slips)


def _as_warnings(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(replace(problem, severity="warning") for problem in problems)
