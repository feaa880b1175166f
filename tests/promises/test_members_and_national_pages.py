"""What a member may rely on when national pages come and go, and who withdraws is gone from copies."""

from __future__ import annotations

import re

import pytest

from helpers import sites
from helpers.members import GUIDE, NEWS, OWN, add_member, run


@pytest.fixture(autouse=True)
def _member(campaign: sites.Campaign) -> None:
    add_member(campaign)


# ── whose a page is ──

WHOSE = {
    "toolkit/deur.html": ("national, changed", [OWN, GUIDE], ["title", "tags"]),
    "contact.html": ("national, changed", ["brands/lid/content/contact.md", "content/contact.md"], ["text"]),
    "nieuws/eigen.html": ("local", ["brands/lid/content/nieuws/eigen.md"], ["page"]),
}


def test_it_is_told_whose_each_page_is_and_what_was_changed(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.write(OWN, "---\ntitle: Een deur bij ons\ntags: [meedoen]\nbased_on: oud\n---\n")
    campaign.write("brands/lid/content/contact.md", "---\nbased_on: oud\n---\nEigen woorden.\n")
    campaign.write("brands/lid/content/toolkit/raad.md", "---\nbased_on: oud\n---\n")
    campaign.write("brands/lid/content/nieuws/eigen.md", sites.page("Eigen", extra=NEWS))
    expected = {path: dict(zip(("layer", "files", "own"), told, strict=True)) for path, told in WHOSE.items()}
    first = campaign.build("--brand", "lid")
    assert (first.status, first.one["pages"]) == (0, expected)
    assert campaign.build("--brand", "lid").one["pages"] == expected  # nothing was looked into
    assert campaign.build("--all").data["pages"] == {f"lid/{path}": told for path, told in expected.items()}

    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    assert run(campaign, "explain", "--brand", "lid", "toolkit/deur.html") == 0
    said = capsys.readouterr().out
    assert "de laatste keer gemaakt vanwege: nieuw\n" in said
    assert "van wie: van het campagneteam (landelijk), met wijzigingen van lid" in said
    assert f"  gewijzigd in {OWN}: title, tags\n" in said
    assert run(campaign, "explain", "--brand", "lid", "contact.html") == 0
    assert "  gewijzigd in brands/lid/content/contact.md: de tekst\n" in capsys.readouterr().out
    assert run(campaign, "explain", "--brand", "lid", "nieuws/eigen.html") == 0
    assert "van wie: van lid (een eigen pagina)\n" in capsys.readouterr().out
    assert run(campaign, "explain", "--brand", "lid", "toolkit/raad.html") == 0
    assert "van wie: van het campagneteam (landelijk)\n" in capsys.readouterr().out


def test_whose_a_page_is_follows_a_change_that_alters_no_byte(campaign: sites.Campaign) -> None:
    campaign.build("--brand", "lid")
    campaign.write(OWN, "---\ntitle: Een deur gaat open\n---\n")
    report = campaign.build("--brand", "lid")
    assert (report.written, list(report.one["pages"])) == ([], ["toolkit/deur.html"])
    campaign.remove(OWN)
    assert campaign.build("--brand", "lid").one["pages"] == {}


# ── what a member may rely on when national pages come and go ──


def hashes(campaign: sites.Campaign) -> dict[str, bytes]:
    """What is the member's own; what is kept in .basis to compare with is the program's."""
    found = sites.tree(campaign.root / "brands")
    return {path: data for path, data in found.items() if "/.basis/" not in path}


def test_a_national_update_touches_no_file_of_a_member(campaign: sites.Campaign) -> None:
    campaign.write(OWN, "---\ntitle: Een deur bij ons\n---\n")
    campaign.write("brands/lid/content/nieuws/eigen.md", sites.page("Eigen", extra="date: 2026-05-01\n"))
    assert run(campaign, "accept", "lid") == 0
    before = hashes(campaign)
    for work in (
        lambda: campaign.edit(GUIDE, "vierde", "vijfde"),
        lambda: campaign.edit("content/contact.md", "Bel ", "Belt "),
        lambda: campaign.remove(GUIDE),
    ):
        work()
        campaign.build("--all")
        campaign.run("check", "--all")
        run(campaign, "diff", "lid")
        run(campaign, "explain", "--brand", "lid", "index.html")
        assert hashes(campaign) == before


@pytest.mark.parametrize(
    "own",
    [
        "---\ntitle: Een deur bij ons\nbased_on: 3f9a1c20b7de\n---\nOnze woorden.\n",
        "---\nsummary: Bij ons.\n---\n",
    ],
    ids=["with a text", "a key alone"],
)
def test_a_change_of_a_page_that_is_gone_is_told_and_not_shown(campaign: sites.Campaign, own: str) -> None:
    campaign.write(OWN, own)
    campaign.remove(GUIDE)
    report = campaign.build("--brand", "lid")
    assert report.status == 0, report.said
    problem = report.only()
    assert (problem["path"], problem["severity"]) == (OWN, "warning")
    assert "no national page here any more" in problem["message"]
    assert not (campaign.output / "lid/toolkit/deur.html").exists()


@pytest.mark.parametrize("ref", ["C-11", "c-11", " C-11 "])
def test_a_withdrawal_beats_a_copy_at_another_place(campaign: sites.Campaign, ref: str) -> None:
    text = campaign.read("content/verhalen/anouk.md").replace("ref: C-11", f"ref: '{ref}'")
    campaign.write("brands/lid/content/verhalen/buurvrouw.md", text)
    campaign.write("brands/lid/content/verhalen/anouk.svg", sites.drawing())
    campaign.build("--brand", "lid")
    assert (campaign.output / "lid/verhalen/buurvrouw.html").exists()
    campaign.edit("content/verhalen/anouk.md", "status: valid", "status: withdrawn")
    assert campaign.build("--brand", "lid").status == 0
    assert not sites.shows(campaign.output / "lid", "verhalen/buurvrouw.html")


def test_a_copy_that_names_no_consent_is_not_shown(campaign: sites.Campaign) -> None:
    campaign.write("brands/lid/content/verhalen/buurvrouw.md", sites.story(agreed=None))
    assert campaign.build("--brand", "lid").status == 0
    assert not (campaign.output / "lid/verhalen/buurvrouw.html").exists()


HERS = """Elke ochtend zette Anouk twee kopjes neer, een voor haarzelf en een voor de buurman.

Pas toen de wijkverpleegkundige vroeg wie er eigenlijk voor Anouk zorgde, begon ze te vertellen."""
OTHER = "Bij ons in de flat woont iemand die anders leeft dan wij dachten, en dat is maar goed ook."


MARKED_UP = "\n\n".join(
    f"**{part.replace(' een', ' [een](/contact.md)').upper()}**" for part in HERS.split("\n\n")
)


def withdrawn(campaign: sites.Campaign, own: str, path: str = "verhalen/buurvrouw.md") -> sites.Report:
    """A build in which a member has this page, and Anouk has withdrawn her consent nationally."""
    gone = sites.VALID.replace("C-1", "C-11").replace("status: valid", "status: withdrawn")
    national = sites.story(
        name="Anouk Vermeer", agreed=gone, body=HERS, extra="image: {src: anouk.svg, alt: X}\n"
    )
    campaign.write("content/verhalen/anouk.md", national)
    campaign.write("content/verhalen/anouk.svg", sites.drawing(7))
    campaign.write("content/verhalen/bas.md", sites.story("Bas", name="Bas", quote="Wat een brief."))
    campaign.write("content/contact.md", sites.page())
    campaign.write("content/index.md", sites.HOME.replace("lead: verhalen/anouk.md\n", ""))
    campaign.write(f"brands/lid/content/{path}", own)
    campaign.write("brands/lid/content/verhalen/zij.svg", sites.drawing(7))
    report = campaign.build("--brand", "lid", "--strict")
    shown = sites.shows(campaign.output / "lid", path.replace(".md", ".html"))
    assert report.status == 0 or not shown, report.said
    return report


FICTIONAL = "fictional: true\n"


@pytest.mark.parametrize(
    ("path", "own", "reason"),
    [
        (
            "verhalen/buurvrouw.md",
            sites.story("Zij", name="Iemand", agreed=sites.VALID.replace("C-1", "C-99"), body=HERS),
            "the text is of somebody who withdrew",
        ),
        (
            "nieuws/zij.md",
            sites.page("Zij", f"## Kop\n\n{MARKED_UP}", NEWS),
            "the text is of somebody who withdrew",
        ),
        (
            "nieuws/zij.md",
            sites.page("Zij", "Kort.", f'{NEWS}in_short: ["{HERS.replace(chr(10), " ")}"]\n'),
            "the text is of somebody who withdrew",
        ),
        (
            "verhalen/buurvrouw.md",
            sites.story("Zij", name="anouk vermeer", agreed=None, body=OTHER, extra=FICTIONAL),
            "somebody of this name withdrew",
        ),
        (
            "nieuws/zij.md",
            sites.page("Zij", OTHER, f"{NEWS}image: {{src: ../verhalen/zij.svg, alt: Zij}}\n"),
            "the picture is of somebody who withdrew",
        ),
        ("nieuws/zij.md", sites.page("Zij", "![Zij](../verhalen/anouk.svg)", NEWS), "the picture is of"),
    ],
    ids=["another consent", "marked up", "in the front matter", "the name", "the picture", "in the text"],
)
def test_a_copy_in_other_clothes_is_not_shown(
    campaign: sites.Campaign, path: str, own: str, reason: str
) -> None:
    report = withdrawn(campaign, own, path)
    said = next(p for p in report.data["problems"] if p["path"] == f"brands/lid/content/{path}")
    assert (said["severity"], reason in said["message"]) == ("notice", True)
    assert report.status == 0, report.said
    made = sites.tree(campaign.output / "lid")
    assert not sites.shows(campaign.output / "lid", path.replace(".md", ".html"))
    assert not [name for name, data in made.items() if b"twee kopjes" in data or b"Anouk Vermeer" in data]


@pytest.mark.parametrize(
    ("path", "own", "reason"),
    [
        (
            "verhalen/buurvrouw.md",
            sites.story("Zij", name="Anouk Vermeer", agreed=sites.VALID.replace("C-1", "C-99"), body=OTHER),
            "somebody of this name withdrew",
        ),
        (
            "nieuws/zij.md",
            sites.page("Zij", "Ook Anouk\nVermeer was er.", NEWS),
            "names somebody who withdrew",
        ),
        ("nieuws/zij.md", sites.page("Zij", HERS[:60], NEWS), "some sentences here are of somebody"),
    ],
    ids=["the same name", "named in a text", "a sentence"],
)
def test_what_may_be_a_copy_has_to_be_looked_at(
    campaign: sites.Campaign, path: str, own: str, reason: str
) -> None:
    withdrawn(campaign, own, path)
    report = campaign.build("--brand", "lid")
    assert report.status == 0
    said = next(p for p in report.data["problems"] if p["path"] == f"brands/lid/content/{path}")
    assert (said["severity"], reason in said["message"]) == ("warning", True)


@pytest.mark.parametrize(
    "own",
    [
        sites.story("Zij", name="Bas", agreed=sites.VALID.replace("C-1", "C-99"), body="Een deur. " + OTHER),
        # what others say nationally too is nobody's own
        sites.story(
            "Zij",
            name="Iemand",
            agreed=sites.VALID.replace("C-1", "C-99"),
            quote="Ik dacht dat ik de enige was.",
        ),
    ],
    ids=["others", "common words"],
)
def test_who_only_lives_in_the_same_place_is_shown(campaign: sites.Campaign, own: str) -> None:
    withdrawn(campaign, own)
    assert (campaign.output / "lid/verhalen/buurvrouw.html").exists()


def test_a_withdrawal_that_cannot_be_read_takes_copies_with_it(campaign: sites.Campaign) -> None:
    own = sites.page("Zij", HERS, NEWS)
    withdrawn(campaign, own, "nieuws/zij.md")
    campaign.edit("content/verhalen/anouk.md", "title:", "title: [\ntitle:")
    assert campaign.build("--brand", "lid").status == 0
    assert not sites.shows(campaign.output / "lid", "nieuws/zij.html")


@pytest.mark.parametrize("layer", ["content", "brands/lid/content"])
def test_a_link_to_a_hidden_page_is_plain_text(campaign: sites.Campaign, layer: str) -> None:
    """Wherever it stands, and whatever stands in it: no tag without an address is left behind."""
    links = """\
Zie [het *hele* verhaal](/verhalen/anouk.md#de-hal "Anouk > Bas"){.knop}, of [Bas](/verhalen/bas.md).

Net als <a href="/verhalen/anouk.html">getikt</a>
en <a>nergens</a> en [met woorden][a].[^1]

| [Anouk](/verhalen/anouk.md) | [Bas](/verhalen/bas.md) |
| --- | --- |
| een | [Anouk](/verhalen/anouk.md) |

## [Kop](/verhalen/anouk.md)

[a]: /verhalen/anouk.md
[^1]: Zie [Anouk](/verhalen/anouk.md).
"""
    campaign.edit("brands/lid/brand.yaml", "logo:", "hide: [verhalen/anouk.md]\nlogo:")
    campaign.write(f"{layer}/nieuws/links.md", sites.page("Links", links, NEWS))
    assert campaign.build("--brand", "lid").status == 0
    for path, data in sites.tree(campaign.output / "lid").items():
        if path.endswith(".html"):
            tags = re.findall(r"<a\b[^>]*>|</a>", data.decode())
            assert [tag for tag in tags if tag != "</a>" and "href=" not in tag] == [], path
            assert tags[::2] == [tag for tag in tags if tag != "</a>"], path
    shown = (campaign.output / "lid/nieuws/links.html").read_text()
    assert "Zie het <em>hele</em> verhaal, of <a href" in shown
    assert '<th scope="col">Anouk</th>' in shown
    assert "Net als getikt\nen nergens en met woorden." in shown


def test_own_facts_join_the_register_and_national_ones_stay(campaign: sites.Campaign) -> None:
    own = sites.FACTS.split("koppen:")[0]
    campaign.write("brands/lid/content/feiten.yaml", own.replace("deuren:", "ramen:", 1))
    page = sites.page("Eigen", "Er zijn {{ feit:ramen }}.", "date: 2026-05-01\n")
    campaign.write("brands/lid/content/nieuws/eigen.md", page)
    campaign.build("--brand", "lid").fine()
    assert "Alleen deze ene flat" in (campaign.output / "lid/nieuws/eigen.html").read_text()
    campaign.write("brands/lid/content/feiten.yaml", own.replace("Alleen deze ene flat", "Alles"))
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert "of the national register, which stays as it is" in report.said
