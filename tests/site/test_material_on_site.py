"""What the pages of a site say of its material, and which of it stands on the site."""

from __future__ import annotations

import pytest

from helpers.material import planned_site
from helpers.pages import nodes
from helpers.sites import BAS, OWN, Campaign, consent, page, story

ALL = ("--material", "all")
PAGE = "toolkit/materiaal.html"
PRINTED = consent(ref="C-77", scope="[web, print]")


@pytest.fixture
def printed(campaign: Campaign) -> Campaign:
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=PRINTED))
    assert campaign.build(*ALL).status == 0
    return campaign


def sheets(html: str) -> list[str]:
    links = [node.parent for node in nodes(html, "img.sheet")]
    return [link.attributes["href"] or "" for link in links if link is not None]


def test_a_story_has_its_poster_beside_it(printed: Campaign) -> None:
    (poster,) = sheets(printed.shown("verhalen/bas.html"))
    assert poster == "../materiaal/verhalen/bas-poster-a4.pdf"
    data = (printed.site / "materiaal/verhalen/bas-poster-a4.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert "materiaal/verhalen/bas-poster-a4-klein.png" in printed.tree()


def test_one_page_has_all_of_it_and_is_found_from_each(printed: Campaign) -> None:
    assert sheets(printed.shown(PAGE)) == ["../materiaal/verhalen/bas-poster-a4.pdf"]
    for path in ("verhalen/bas.html", "toolkit/index.html"):
        assert [node for node in nodes(printed.shown(path), "a") if "materiaal.html" in str(node.attributes)]


def test_only_who_agreed_to_print_is_on_a_poster(printed: Campaign) -> None:
    assert sheets(printed.shown("verhalen/anouk.html")) == []
    printed.write(
        BAS, story("Bas leest", name="Bas", agreed=consent(ref="C-77", scope="[web, social, press]"))
    )
    assert printed.build(*ALL).status == 0
    assert sheets(printed.shown("verhalen/bas.html")) == []
    assert [path for path in printed.tree() if path.startswith("materiaal/") or path == PAGE] == []


def test_without_it_no_page_speaks_of_it(printed: Campaign) -> None:
    assert printed.build("--material", "share").status == 0
    for path, html in printed.pages():
        assert "materiaal" not in html, path
    assert [path for path in printed.tree() if "materiaal" in path] == []


GUIDE = "content/toolkit/praat.md"
TEXTS = ["teksten/raadsbrief.docx", "teksten/column.docx"]


@pytest.fixture
def guided(campaign: Campaign) -> Campaign:
    campaign.write(GUIDE, guide("[raadsbrief, column]"))
    return campaign


def guide(material: str) -> str:
    return page("Praat", extra=f"goal: Een gesprek.\neffort: Een uur\nmaterial: {material}\n")


def offered(html: str) -> list[str]:
    links = [node.attributes.get("href") or "" for node in nodes(html, "main a")]
    return [link.removeprefix("../materiaal/") for link in links if "/materiaal/" in link]


def test_a_guide_offers_the_material_that_it_names(guided: Campaign) -> None:
    site = planned_site(guided, materials=("office",))
    for path in ("toolkit/praat.html", PAGE):
        assert offered(site[path].make().decode()) == TEXTS, path
    assert [path for path in site if path.startswith("materiaal/")] == sorted(f"materiaal/{t}" for t in TEXTS)


def test_a_sheet_of_the_whole_campaign_has_a_small_picture(guided: Campaign) -> None:
    guided.write(GUIDE, guide("[infographic-a3]"))
    site = planned_site(guided, materials=("print",))
    assert sheets(site["toolkit/praat.html"].make().decode()) == ["../materiaal/infographic-a3.pdf"]
    assert "materiaal/infographic-a3-klein.png" in site


def test_beside_a_text_stands_what_is_still_to_be_filled_in(guided: Campaign) -> None:
    def to_fill_in() -> str:
        html = planned_site(guided, materials=("office",))["toolkit/praat.html"].make().decode()
        return nodes(html, ".to-fill-in p")[0].text()

    assert "onderwerp" in to_fill_in()
    assert "telefoonnummer" not in to_fill_in(), "brand.yaml has that"
    guided.edit(OWN, ", phone: 010-1234567", "")
    assert "telefoonnummer" in to_fill_in()


def test_a_member_that_wants_no_texts_has_none_on_its_site(guided: Campaign) -> None:
    guided.write(OWN, f"{guided.read(OWN)}materials: [share, web]\n")
    site = planned_site(guided, materials=None)
    assert offered(site["toolkit/praat.html"].make().decode()) == []
    assert [path for path in site if "materiaal" in path] == []


def test_material_that_is_not_there_is_an_error_with_its_line(campaign: Campaign) -> None:
    campaign.write(GUIDE, guide("[persbericht, raadbrief]"))
    report = campaign.build()
    assert report.status == 1
    (problem,) = [problem for problem in report.problems if "raadbrief" in problem]
    assert problem.startswith(f"{GUIDE}:6:")
    assert "raadsbrief" in report.said
