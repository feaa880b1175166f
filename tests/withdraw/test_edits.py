"""What a withdrawal changes in a text, and in weggehaald.yaml: that, and not a sign more."""

from __future__ import annotations

import datetime as dt

import pytest

from microsite.content.consent import Channel
from microsite.content.files import in_memory
from microsite.content.removed import REMOVED, read_removed
from microsite.withdraw.edits import with_addresses, without_channels

REST = "expires_on: 2028-01-01, given_on: 2026-01-01"
UNTIL = dt.date(2027, 11, 22)


def text(scope: str, end: str = "\n") -> str:
    lines = [
        "---",
        "title: Nat  # een aantekening",
        "consent:",
        "  ref: C-1",
        "  status: valid",
        "  given_on: 2026-01-01",
        "  expires_on: 2028-01-01",
        *f"  scope: {scope}".split("\n"),
        "  audience: [national]  # alleen wij",
        "---",
        "Hallo [press].",
        "",
    ]
    return end.join(lines)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[web, press, social]", "[web, social]"),
        ("[ web,press ]  # tot mei", "[web]  # tot mei"),
        ("\n    - web\n    - press\n    - social", "\n    - web\n    - social"),
        ("\n  - press  # weg\n  - web", "\n  - web"),
        ('["press", web]', "[web]"),
        ("[web,\n    press]", "[web]"),
        ("[web]", "[web]"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_channel_is_taken_out(before: str, after: str, end: str) -> None:
    scoped = without_channels(text(before, end).encode(), "a.md", "c-1", ["press"])
    assert scoped is not None
    assert scoped.data.decode().split(end) == text(after, end).split(end)
    assert scoped.left[0] == "web"


def test_of_the_person_who_asks_only() -> None:
    people = "".join(
        f"  - {{name: {name}, consent: {{ref: {ref}, status: valid, {REST}, scope: [web, press]}}}}\n"
        for name, ref in (("Noor", "C-3"), ("Bas", "C-4"))
    )
    whole = f"---\ntitle: Feest\npeople:\n{people}---\nTekst\n"
    scoped = without_channels(whole.encode(), "a.md", "C-4", ["press"])
    assert scoped is not None
    lines = scoped.data.decode().splitlines()
    assert "scope: [web, press]" in lines[3]
    assert "scope: [web]" in lines[4]


@pytest.mark.parametrize("channels", [["web", "press"]])
def test_all_of_it(channels: list[Channel]) -> None:
    for scope in ("[web, press]", "\n    - web\n    - press"):
        scoped = without_channels(text(scope).encode(), "a.md", "C-1", channels)
        assert scoped is not None
        assert scoped.left == ()


@pytest.mark.parametrize("broken", ["geen kenmerken", "---\ntitle: [\n---\n"])
def test_what_cannot_be_read_is_left(broken: str) -> None:
    assert without_channels(broken.encode(), "a.md", "C-1", ["press"]) is None


@pytest.mark.parametrize(
    "before",
    [
        None,
        "",
        "# Adressen die weg zijn.\n",
        "pages:\n  - address: nieuws/oud.html\n    until: 2027-01-01\n",
        "pages:\n- address: nieuws/oud.html\n  until: 2027-01-01",
        "# wij\npages: [{address: nieuws/oud.html, until: 2027-01-01}]\n",
        "pages:\r\n  - address: nieuws/oud.html\r\n    until: 2027-01-01\r\n",
    ],
)
def test_addresses_are_added(before: str | None) -> None:
    data = before.encode() if before is not None else None
    after = with_addresses(data, ["verhalen/zij.html", "nieuws/oud.html"], UNTIL, "members")
    assert after is not None
    entries, problems = read_removed(in_memory("", "", {REMOVED: after}).sources[0])
    assert problems == ()
    found = {entry.page.path: (entry.until, entry.audience) for entry in entries}
    assert found["verhalen/zij.html"] == (UNTIL, "members")
    if before and "oud" in before:
        assert found["nieuws/oud.html"] == (dt.date(2027, 1, 1), None)
    assert [
        line for line in (before or "").splitlines() if line.startswith("#") and line.encode() not in after
    ] == []
    assert with_addresses(after, ["verhalen/zij.html"], UNTIL, None) == after


def test_a_broken_list_is_left_as_it_is() -> None:
    assert with_addresses(b"pages:\n  - address: [\n", ["verhalen/zij.html"], UNTIL, None) is None
