"""The editors' desk: every text, how it stands, what asks for attention, and what comes up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from helpers import sites
from helpers.pages import nodes
from helpers.previewing import TOKEN, look, previewing
from microsite.preview.preview import Preview

DESK = "/_redactie/"
ASKED = sites.consent(ref="C-31", status="pending", expires_on="2028-01-01")
ENDING = sites.consent(ref="C-51", expires_on="2027-01-01")
GONE = sites.consent(ref="C-41", status="withdrawn")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> sites.Campaign:
    made = sites.campaign(tmp_path_factory.mktemp("redactie") / "campagne")
    made.write("content/verhalen/gevraagd.md", sites.story("Zachtjes", name="Els", agreed=ASKED))
    made.write("content/verhalen/eindigt.md", sites.story("Bijna om", name="Fee", agreed=ENDING))
    made.write("content/verhalen/weg.md", sites.story("Weg", name="Gijs", agreed=GONE))
    made.write("content/nieuws/later.md", sites.page("Later", "Straks.", "date: 2026-12-24\n"))
    made.write("content/contact.svg", sites.drawing())
    made.write("content/contact.md", sites.page(extra="image: {src: contact.svg, alt: Een deur}\n"))
    made.write("content/kapot.md", sites.page("Kapot", "[Nergens](nergens.md)", "draft: true\n"))
    made.edit("content/feiten.yaml", "as_of: 2026-03-01", "as_of: 2026-03-01\n  valid_until: 2027-01-15")
    made.write("content/overal.md", sites.page("Lang", "De hond loopt naar het huis. " * 30))
    return made


@pytest.fixture(scope="module")
def preview(campaign: sites.Campaign) -> Iterator[Preview]:
    with previewing(campaign) as made:
        yield made


def rows(page: str) -> dict[str, str]:
    """The words of each row, by the name of its file."""
    found = (re.sub(r"\s+", " ", node.text(separator=" ")).strip() for node in nodes(page, "tbody tr"))
    return {re.search(r"\S+\.md", row)[0]: row for row in found}  # type: ignore[index]


def desk(preview: Preview, **query: str) -> dict[str, str]:
    response = look(preview, DESK, **query)
    assert response.status is HTTPStatus.OK
    return rows(response.body.decode())


def test_every_text_is_on_the_desk(campaign: sites.Campaign, preview: Preview) -> None:
    files = {file.relative_to(campaign.root).as_posix() for file in (campaign.root / "content").rglob("*.md")}
    assert desk(preview).keys() == files


def test_a_row_says_how_a_text_stands(preview: Preview) -> None:
    shown = desk(preview)
    assert "Zachtjes content/verhalen/gevraagd.md" in shown["content/verhalen/gevraagd.md"]
    assert "Waiting for consent" in shown["content/verhalen/gevraagd.md"]
    assert "Public later 24 December 2026" in shown["content/nieuws/later.md"]
    assert "Consent: 40 days 1 January 2027" in shown["content/verhalen/eindigt.md"]
    assert "1 picture without a credit" in shown["content/contact.md"]
    assert "figure 'deuren' holds until 2027-01-15" in shown["content/verhalen/anouk.md"]
    assert "very easy" in shown["content/overal.md"]
    assert "Hints: " in shown["content/overal.md"]
    assert "national" in shown["content/overal.md"]


def test_of_who_withdrew_there_is_no_more_than_the_name_of_the_file(preview: Preview) -> None:
    row = desk(preview)["content/verhalen/weg.md"]
    name, said = "content/verhalen/weg.md ", "left out: consent C-41 was withdrawn"
    assert row == f"{name * 2}Take away C-41 Story Withdrawn national {said}"


def test_a_draft_is_told_what_is_wrong_with_it_before_it_is_public(preview: Preview) -> None:
    assert not any("nergens" in problem.render() for problem in preview.state.problems)
    assert "nergens.md" in desk(preview)["content/kapot.md"]
    page = look(preview, "/kapot.html").body.decode()
    assert '<span class="line marked"><i>6</i>' in page


def test_the_coming_days_are_a_list(preview: Preview) -> None:
    found = nodes(look(preview, DESK).body.decode(), ".events li")
    said = [re.sub(r"\s+", " ", node.text(separator=" ")).strip() for node in found]
    assert said == [
        "24 December 2026 becomes public: Later",
        "1 January 2027 consent C-51 ends: Bijna om",
        "15 January 2027 figure 'deuren' holds no longer: Voordeuren in de flat",
    ]


def test_rows_are_chosen_and_sorted_by_the_address(preview: Preview) -> None:
    assert desk(preview, status="asked").keys() == {"content/verhalen/gevraagd.md"}
    assert desk(preview, q="BIJNA verhalen").keys() == {"content/verhalen/eindigt.md"}
    assert all("Story" in row for row in desk(preview, kind="story").values())
    assert "content/contact.md" in desk(preview, attention="1")
    assert "content/overal.md" not in desk(preview, attention="1")
    assert next(iter(desk(preview, sort="consent"))) == "content/verhalen/eindigt.md"
    assert next(iter(desk(preview, sort="words", down="1"))) == "content/overal.md"
    assert next(iter(desk(preview, sort="title", down="1"))) == "content/verhalen/gevraagd.md"
    assert desk(preview, sort="<b>", status="", kind="x") == {}
    page = look(preview, DESK, q='"><script>', sort="words").body.decode()
    assert '"><script>' not in page
    assert 'aria-sort="ascending"' in page


def test_the_desk_is_a_page_of_the_preview_only(campaign: sites.Campaign, preview: Preview) -> None:
    response = look(preview, DESK)
    assert response.own
    assert TOKEN.encode() in response.body
    campaign.build()
    assert not [path for path in campaign.tree() if path.startswith(("_r", "__"))]


def test_texts_that_take_long_follow(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as hurried:
        hurried.setattr("microsite.preview.desk_page.PATIENCE", -1.0)
        preview.__dict__.pop("_desk", None)
        page = look(preview, DESK).body.decode()
        assert "texts are still being read" in page
        assert nodes(page, 'meta[http-equiv="refresh"]')
    assert "still being read" not in look(preview, DESK).body.decode()
