"""brand.yaml as a form: what is written is read again, and what the form does not know stays."""

from __future__ import annotations

import unicodedata
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from microsite.content import yaml
from microsite.content.tree import said
from microsite.studio import settings

WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufeff\ufffe\uffff"),
    max_size=30,
)
FIELDS = st.dictionaries(
    st.sampled_from([key for key in settings.FIELDS if key != "hide"]),
    WORDS.map(partial(unicodedata.normalize, "NFC")),
)


@given(FIELDS)
def test_what_is_written_is_read_again(fields: dict[str, str]) -> None:
    written = settings.write(b"", fields)
    assert settings.read(written) == {key: value.strip() for key, value in fields.items() if value.strip()}


@given(FIELDS, FIELDS)
def test_the_last_values_count_and_other_keys_stay(first: dict[str, str], second: dict[str, str]) -> None:
    other = b"# boven\nplan: {start: 2027-01-11}  # naast\ncontact: {chat: x}\n# onder\n"
    before = settings.write(other, first)
    after = settings.write(before, second)
    assert settings.read(after) == {key: value.strip() for key, value in second.items() if value.strip()}
    tree = yaml.parse(after.decode(), "brand.yaml")
    assert all(comment in after for comment in (b"# boven\n", b"2027-01-11}  # naast\n", b"# onder\n"))
    assert said(tree.get("plan")) == {"start": "2027-01-11"}
    assert said(tree.get("contact"))["chat"] == "x"  # type: ignore[index]


def test_a_file_that_says_the_same_stays_as_it_is() -> None:
    file = b"# van ons\nname: Wij\nlogo: logo.svg # het nieuwe\n"
    assert settings.write(file, {"name": "Wij", "logo": "logo.svg"}) == file
    other = b'# van ons\nname: "Zij"\nlogo: logo.svg # het nieuwe\n'
    assert settings.write(file, {"name": "Zij", "logo": "logo.svg"}) == other


def test_it_is_written_as_people_would() -> None:
    written = settings.write(
        b"", {"contact.email": "a@b.example", "name": 'De "Brug"', "texts.about": "Wij:\nhier"}
    )
    assert written.decode() == (
        'name: "De \\"Brug\\""\ncontact:\n  email: "a@b.example"\ntexts:\n  about: "Wij:\\nhier"\n'
    )


def test_hidden_pages_are_a_list_and_the_rest_keeps_its_comments() -> None:
    file = b"""# van ons
name: Wij

# wat hier niet past
hide:
  - nieuws/a.md  # oud

contact:
  email: wij@ons.example  # dag en nacht
  chat: x
# einde
"""
    fields = settings.read(file)
    assert fields["hide"] == ["nieuws/a.md"]
    after = settings.write(file, {**fields, "hide": ["nieuws/a.md", "nieuws/b.md"], "contact.role": "Team"})
    assert (
        after.decode()
        == """# van ons
name: Wij

# wat hier niet past
hide: ["nieuws/a.md", "nieuws/b.md"]

contact:
  email: wij@ons.example  # dag en nacht
  chat: x
  role: "Team"
# einde
"""
    )
    without = settings.write(file, {**fields, "hide": []}).decode()
    assert "hide" not in without
    assert "# wat hier niet past" in without
