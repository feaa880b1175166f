"""What ``check`` says of pictures: unused, too small, or cut where a face may be. It never stops a build."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from helpers import sites
from helpers.sites import BAS, Campaign, Report


def jpeg(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#884422").save(stream, "JPEG")
    return stream.getvalue()


def advice(report: Report) -> list[tuple[str, int, str]]:
    """(file, line, message) of what is said of pictures."""
    assert report.status == 0, report.said
    told = [p for p in report.one["advice"] if "photo" in p["message"] or "picture" in p["message"]]
    return [(p["path"], p["line"], p["message"]) for p in told if "networks" not in p["message"]]


def pictured(campaign: Campaign, width: int, height: int, body: str = "Een deur.") -> None:
    campaign.write("content/verhalen/bas.jpg", jpeg(width, height))
    extra = "image: {src: bas.jpg, alt: Een man, credit: 'Foto: Sanne'}\n"
    agreed = sites.VALID.replace("C-1", "C-12")
    campaign.write(BAS, sites.story("Bas leest", name="Bas", agreed=agreed, extra=extra, body=body))


def test_nothing_is_said_of_a_campaign_that_is_right(campaign: Campaign) -> None:
    pictured(campaign, 1200, 1400)
    assert advice(campaign.run("check", "--strict")) == []


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((300, 380), "is 300 by 380 pixels"),
        ((500, 1200), "is 500 by 1200 pixels"),
        ((1600, 400), "is 1600 by 400 pixels"),
    ],
)
def test_a_photo_that_is_too_small_for_the_top_of_a_story(
    campaign: Campaign, size: tuple[int, int], words: str
) -> None:
    pictured(campaign, *size)
    told = [said for said in advice(campaign.run("check")) if "too few" in said[2]]
    assert [(path, line) for path, line, _ in told] == [(BAS, 10)]
    assert words in told[0][2]
    assert advice(campaign.build()) == []  # only when somebody asks


def test_a_small_photo_in_a_text_is_told_at_its_line(campaign: Campaign) -> None:
    pictured(campaign, 1200, 1400, 'Zo.\n\n![Een bel](bel.jpg "Een bel. Foto: Sanne")')
    campaign.write("content/verhalen/bel.jpg", jpeg(400, 300))
    ((path, line, message),) = advice(campaign.run("check"))
    assert (path, line) == (BAS, 14)
    assert "'bel.jpg' is 400 by 300" in message
    campaign.write("content/verhalen/bel.jpg", jpeg(700, 300))
    assert advice(campaign.run("check")) == []


def test_a_photo_that_lies_loses_its_sides_in_a_list_of_people(campaign: Campaign) -> None:
    pictured(campaign, 2000, 1100)
    ((path, _, message),) = advice(campaign.run("check"))
    assert path == BAS
    assert "only the middle of the photo 'bas.jpg': 44 percent" in message
    pictured(campaign, 1000, 1100)
    assert advice(campaign.run("check")) == []


def test_a_picture_that_no_text_names_is_told(campaign: Campaign) -> None:
    campaign.write("content/nieuws/vergeten.jpg", jpeg(900, 900))
    campaign.write("content/nieuws/Later Dit.jpg", jpeg(900, 900))
    draft = '![Later](<Later Dit.jpg> "Later. Foto: Sanne")'
    campaign.write("content/nieuws/later.md", sites.page("Later", draft, "date: 2026-06-02\ndraft: true\n"))
    assert advice(campaign.run("check")) == [
        ("content/nieuws/vergeten.jpg", 0, "no text in this folder names this picture")
    ]


def test_a_member_is_told_of_its_own_pictures_only(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write("content/nieuws/vergeten.jpg", jpeg(900, 900))
    campaign.write("brands/lid/content/nieuws/ook.jpg", jpeg(900, 900))
    assert [path for path, _, _ in advice(campaign.run("check", "--brand", "lid"))] == [
        "brands/lid/content/nieuws/ook.jpg"
    ]
