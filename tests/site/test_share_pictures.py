"""The pictures that networks show with a link: who and what is on them, and when they are made."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from helpers.pages import nodes
from helpers.sites import ADDRESS, ANOUK, BAS, DAY, OWN, Campaign, Report, consent, jpeg, page, story
from microsite import cli

SIZE = (1200, 630)
MOST_BYTES = 40_000


def built(campaign: Campaign) -> Report:
    report = campaign.build("--material", "share")
    assert report.status == 0, report.said
    return report


def pictures(campaign: Campaign) -> dict[str, bytes]:
    return {path: data for path, data in campaign.tree().items() if path.startswith("delen/")}


def preview(html: str) -> tuple[str, str]:
    """The path and the alternative text of a page's picture, whose size is always the same."""
    found = {
        node.attributes["property"]: node.attributes["content"] or ""
        for node in nodes(html, "meta[property^='og:image']")
    }
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image"].startswith(ADDRESS)
    return found["og:image"].removeprefix(ADDRESS), found["og:image:alt"]


def drawn(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.size == SIZE
    assert len(data) <= MOST_BYTES
    return image.convert("RGB")


def near(found: object, colour: str) -> bool:
    assert isinstance(found, tuple)
    wanted = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return all(abs(a - b) <= 4 for a, b in zip(found, wanted, strict=True))


def test_every_page_has_a_picture(campaign: Campaign) -> None:
    built(campaign)
    for path, html in campaign.pages():
        if path != "404.html":
            place, alt = preview(html)
            assert alt, path
            drawn((campaign.site / place).read_bytes())


def test_a_story_shows_who_tells_it_in_the_brand_s_colour(campaign: Campaign) -> None:
    built(campaign)
    place, alt = preview(campaign.shown("verhalen/anouk.html"))
    assert place == "delen/verhalen/anouk.png"
    assert alt == "“Ik dacht dat ik de enige was.” – Anouk, Zandhage"
    assert near(drawn((campaign.site / place).read_bytes()).getpixel((1180, 20)), "#c8102e")


def test_evidence_shows_its_figure_with_the_source(campaign: Campaign) -> None:
    campaign.write(
        "content/bewijs/deuren.md",
        page("De deuren", extra="facts: [deuren]\nclaim: Open.\nmethod: Geteld.\ncaveat: Eén flat.\n"),
    )
    built(campaign)
    _, alt = preview(campaign.shown("bewijs/deuren.html"))
    assert alt == "Bewijs: 64 deuren – Voordeuren in de flat – Welzijn Zandhage, 2026"


def test_a_photo_is_shown_without_what_the_camera_wrote(campaign: Campaign) -> None:
    photo, stream = Image.new("RGB", (1600, 1200), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "GEHEIM"
    photo.save(stream, "JPEG", exif=exif)
    campaign.write("content/nieuws/start.jpg", stream.getvalue())
    image = "image: {src: start.jpg, alt: De deur, credit: 'Foto: Anouk'}\n"
    campaign.write("content/nieuws/start.md", page("Wij beginnen", extra=f"date: 2026-06-01\n{image}"))
    built(campaign)
    place, _ = preview(campaign.shown("nieuws/start.html"))
    data = (campaign.site / place).read_bytes()
    assert place == "delen/nieuws/start.jpg"
    assert b"GEHEIM" not in data
    assert b"Exif" not in data
    assert near(drawn(data).getpixel((100, 300)), "#008080")


@pytest.mark.parametrize("scope", ["[web]", "[web, print, press]"])
def test_who_did_not_agree_to_networks_is_on_no_picture(campaign: Campaign, scope: str) -> None:
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=consent(scope=scope)))
    built(campaign)
    assert preview(campaign.shown("verhalen/bas.html")) == preview(campaign.shown("index.html"))
    assert "delen/verhalen/bas.png" not in pictures(campaign)


@pytest.mark.parametrize(
    "changes", [{"status": "withdrawn"}, {"status": "pending"}, {"expires_on": "2026-11-01"}]
)
def test_who_may_not_be_shown_is_gone_from_the_pictures(campaign: Campaign, changes: dict[str, str]) -> None:
    campaign.write(BAS, story("Bas leest", name="Bas"))
    built(campaign)
    assert "delen/verhalen/bas.png" in pictures(campaign)
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=consent(**changes)))
    built(campaign)
    assert "delen/verhalen/bas.png" not in pictures(campaign)


def test_only_the_picture_of_the_changed_quote_is_made(campaign: Campaign) -> None:
    built(campaign)
    campaign.edit(ANOUK, "de enige was", "alleen was")
    report = built(campaign)
    assert [path for path in report.made if path.startswith("delen/")] == ["delen/verhalen/anouk.png"]
    assert report.because["delen/verhalen/anouk.png"] == ["view"]
    assert [path for path in built(campaign).made if path.startswith("delen/")] == []


def test_the_same_bytes_in_another_folder(
    campaign: Campaign, tmp_path_factory: pytest.TempPathFactory
) -> None:
    built(campaign)
    other = Campaign(campaign.root, tmp_path_factory.mktemp("elders") / "output")
    built(other)
    assert pictures(other) == pictures(campaign)


@pytest.mark.parametrize("words", ["一个声音", "Привет, сосед", "ح" * 20, "x" * 60, "lang " * 80])
def test_what_cannot_be_read_on_a_picture_shows_that_of_the_site(campaign: Campaign, words: str) -> None:
    campaign.write("content/nieuws/start.md", page(words.strip(), extra="date: 2026-06-01\n"))
    built(campaign)
    assert preview(campaign.shown("nieuws/start.html")) == preview(campaign.shown("index.html"))


def test_a_smiley_is_left_out(campaign: Campaign) -> None:
    campaign.write("content/nieuws/start.md", page("Wij beginnen 🎉", extra="date: 2026-06-01\n"))
    built(campaign)
    assert preview(campaign.shown("nieuws/start.html"))[0] == "delen/nieuws/start.png"


def test_a_brand_can_do_without(campaign: Campaign) -> None:
    campaign.write(OWN, f"{campaign.read(OWN)}materials: []\n")
    arguments = ["build", "--project", str(campaign.root), "--date", DAY, "--jobs", "1"]
    assert cli.main(arguments) == 0
    assert pictures(campaign) == {}
    assert all("og:image" not in html for _, html in campaign.pages())


def test_without_an_address_there_is_advice(campaign: Campaign) -> None:
    campaign.edit(OWN, f"url: {ADDRESS}\n", "")
    report = built(campaign)
    assert pictures(campaign) == {}
    told = [problem["message"] for problem in report.one["advice"]]
    assert "without 'url', networks show no picture with a link to this site" in told


def test_what_is_not_made_is_an_error_with_its_line(campaign: Campaign) -> None:
    campaign.write(OWN, f"{campaign.read(OWN)}materials: [share, affiches]\n")
    report = campaign.build()
    assert report.status == 1
    line = campaign.read(OWN).splitlines().index("materials: [share, affiches]") + 1
    assert any(problem.startswith(f"{OWN}:{line}:") for problem in report.problems), report.problems


def test_a_photo_of_one_who_withdrew_is_in_no_picture(campaign: Campaign) -> None:
    campaign.write("content/verhalen/bas.jpg", jpeg("red", (1600, 1200)))
    image = "image: {src: bas.jpg, alt: Bas, credit: 'Foto: Anouk'}\n"
    campaign.write(BAS, story("Bas leest", name="Bas", extra=image))
    built(campaign)
    assert "delen/verhalen/bas.jpg" in pictures(campaign)
    campaign.write(BAS, story("Bas leest", name="Bas", agreed=consent(status="withdrawn"), extra=image))
    built(campaign)
    assert [path for path in campaign.everything() if "bas.jpg" in path] == []
