"""Fingerprints: equal for equal values, different for all others."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microsite.core.fingerprints import Fingerprints, digest
from microsite.core.records import Record


class Pair(Record):
    one: Any
    other: Any = None


class Couple(Record):
    one: Any
    other: Any = None


class Named(Record):
    fingerprint: str
    ignored: int = 0


class Asked(Record):
    """Says its own name when it is asked, and of what."""

    part: Any

    def fingerprint(self, name: Fingerprints) -> str:
        ASKED.append(self)
        return f"asked-{name(self.part)}"


ASKED: list[Asked] = []


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-99, 99),
    st.text(max_size=4),
    st.binary(max_size=4),
    st.text(min_size=60, max_size=70),
    st.floats(allow_nan=False, width=16),
    st.sampled_from([(), Named("a")]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.builds(Pair, inner, inner),
        st.builds(Couple, inner),
    ),
    max_leaves=6,
)


def same(one: Any, other: Any) -> bool:
    """Equal in value and in kind: 1, True and 1.0 are three things."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Pair | Couple):
        return same((one.one, one.other), (other.one, other.other))
    return str(one) == str(other)


@given(values, values)
@example(("a", "b"), ("ab",))
@example(("a", ""), ("", "a"))
@example((1,), (True,))
@example((1,), ("1",))
@example(("x",), (b"x",))
@example(None, "None")
@example((None,), ("None",))
@example(Pair(1, 2), Couple(1, 2))
@example(Pair(1, 2), ("Pair", 1, 2))
@example((("a",), "b"), ("a", ("b",)))
@example("x" * 64, "x" * 65)
@example(("4:sabc",), ("abc",))
@example(("a\x00b",), ("a", "b"))
def test_equal_fingerprints_mean_equal_values(one: Any, other: Any) -> None:
    assert (Fingerprints()(one) == Fingerprints()(other)) is same(one, other)


def test_a_text_and_the_text_of_its_fingerprint_differ() -> None:
    name = Fingerprints()("x" * 99)
    assert Fingerprints()(("x" * 99,)) != Fingerprints()((name,))


@given(st.lists(st.text(max_size=3), max_size=5))
def test_a_set_has_no_order(items: list[str]) -> None:
    assert Fingerprints()(frozenset(items)) == Fingerprints()(frozenset(reversed(items)))


def test_an_attribute_can_provide_the_fingerprint() -> None:
    assert Fingerprints()(Named("abc", 1)) == "abc"
    assert Fingerprints()((Named("abc", 1),)) == Fingerprints()((Named("abc", 2),))


def test_a_method_can_provide_the_fingerprint() -> None:
    assert Fingerprints()(Asked("x")) == f"asked-{Fingerprints()('x')}"
    assert Fingerprints()((Asked("x"),)) != Fingerprints()((Asked("y"),))
    assert Fingerprints()((Asked("x"),)) != Fingerprints()((f"asked-{Fingerprints()('x')}",))


def test_an_object_is_hashed_once() -> None:
    value, name = Asked("x"), Fingerprints()
    ASKED.clear()
    assert len({name(value) for _ in range(50)}) == 1
    assert [value] == ASKED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 2)),
        (Decimal("1.60"), Decimal("1.6")),
        (frozenset("ab"), frozenset("ac")),
        (Path, str),
        (digest, test_an_attribute_can_provide_the_fingerprint),
    ],
)
def test_different_values_have_different_fingerprints(one: Any, other: Any) -> None:
    assert Fingerprints()(Pair(one)) != Fingerprints()(Pair(other))
    assert Fingerprints()((one,)) != Fingerprints()((other,))


@pytest.mark.parametrize("value", [object(), Pair(object()), (object(),), Path(), sys])
def test_other_types_have_no_fingerprint(value: Any) -> None:
    with pytest.raises(TypeError, match="has no fingerprint"):
        Fingerprints()(value)


def test_ids_are_not_reused() -> None:
    """An identity is used again by Python once the object is gone."""
    name = Fingerprints()
    assert len({name((i, "x" * 80)) for i in range(5000)}) == 5000


@pytest.mark.external
def test_a_fingerprint_is_the_same_in_any_run() -> None:
    program = (
        "import datetime as dt; from decimal import Decimal;"
        "from microsite.core.fingerprints import Fingerprints;"
        "print(Fingerprints()((frozenset('abcdef'), dt.date(2026, 1, 1), Decimal('1.60'), 'x', None)))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1


def test_digest() -> None:
    assert digest(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert digest(b"a") != digest(b"b")
