"""What belongs to somebody who withdrew is on no other page either, under whatever name."""

from __future__ import annotations

import pytest

from helpers.clips import VTT, mp3, mp4
from helpers.sites import Campaign, consent, jpeg, page, story, tree

IEMAND = "content/verhalen/iemand.md"
BODY = (
    "Het luik ging open.\n\n![Zij vertelt](film.mp4)\n\n"
    "[Hoor haar](stem.mp3) en [de poster](../toolkit/poster.pdf)."
)
FACE = jpeg("purple", (640, 400))
FILES: dict[str, str | bytes] = {
    IEMAND: story(
        agreed=consent(ref="C-91"),
        body=BODY,
        extra="image: {src: gezicht.jpg, alt: Een gezicht, credit: J. de Wit}\n",
    ),
    "content/verhalen/gezicht.jpg": FACE,
    "content/verhalen/film.mp4": mp4(b"wat je van haar ziet"),
    "content/verhalen/film.vtt": VTT.replace("Een deur", "Van haar een deur"),
    "content/verhalen/film.txt": "Wat zij vertelt.",
    "content/verhalen/stem.mp3": mp3(b"haar stem"),
    "content/toolkit/poster.pdf": b"%PDF-1.4 van iedereen",
    "content/nieuws/kopie.jpg": FACE,
}
DATE = "date: 2026-06-01\n"
CREDIT = "image: {src: SRC, alt: Een gezicht, credit: J. de Wit}\n"
USES: dict[str, str] = {
    "the portrait": page(extra=DATE + CREDIT.replace("SRC", "../verhalen/gezicht.jpg")),
    "the portrait under another name": page(extra=DATE + CREDIT.replace("SRC", "kopie.jpg")),
    "the portrait in a text": page(body='![Zij](kopie.jpg "Foto: J. de Wit")', extra=DATE),
    "the film": page(body="![Zij](../verhalen/film.mp4)", extra=DATE),
    "the subtitles": page(body="[Lees](../verhalen/film.txt)", extra=DATE),
    "the recording": page(body="[Hoor](../verhalen/stem.mp3)", extra=DATE),
}


def of_the_person(files: dict[str, bytes]) -> list[str]:
    words = ("gezicht", "kopie", "film", "stem.mp3")
    contents = (b"wat je van haar ziet", b"Van haar een deur", b"Wat zij vertelt", b"haar stem")
    return [
        path
        for path, data in files.items()
        if any(word in path for word in words) or any(content in data for content in contents)
    ]


@pytest.mark.parametrize("case", USES)
def test_it_is_gone_from_other_pages_of_all_sites(campaign: Campaign, case: str) -> None:
    campaign.add_member("lid")
    for path, content in FILES.items():
        campaign.write(path, content)
    campaign.write("content/nieuws/start.md", USES[case])
    assert campaign.build("--all").status == 0
    assert of_the_person(campaign.tree())
    campaign.edit(IEMAND, "status: valid", "status: withdrawn")
    report = campaign.build("--all")
    assert report.status == 0, report.said
    for brand in ("sociaal-werkt", "lid"):
        assert of_the_person(tree(campaign.output / brand)) == []
        assert (campaign.output / brand / "nieuws/start.html").exists()
    told = [problem for problem in report.data["problems"] if "who withdrew" in problem["message"]]
    assert told, report.said
    assert {problem["path"] for problem in told} == {"content/nieuws/start.md"}
    assert {problem["severity"] for problem in told} == {"warning"}


def test_what_the_page_only_linked_to_stays(campaign: Campaign) -> None:
    for path, content in FILES.items():
        campaign.write(path, content)
    campaign.write("content/nieuws/start.md", page(body="[De poster](../toolkit/poster.pdf)", extra=DATE))
    campaign.edit(IEMAND, "status: valid", "status: withdrawn")
    assert campaign.build().status == 0
    assert "bestanden/toolkit/poster.pdf" in campaign.tree()


@pytest.mark.parametrize("brand", ["sociaal-werkt", "lid"])
@pytest.mark.parametrize("end", ["640.jpg", "480.avif"])
def test_a_picture_that_was_saved_from_a_site_is_known(campaign: Campaign, brand: str, end: str) -> None:
    """Its bytes are others than those of the original, which need not be there any more."""
    campaign.add_member("lid")
    for path, content in FILES.items():
        campaign.write(path, content)
    campaign.remove("content/nieuws/kopie.jpg")
    assert campaign.build("--all").status == 0
    (copy,) = (campaign.output / brand).glob(f"beeld/gezicht-*-{end}")
    saved = copy.read_bytes()
    campaign.write(IEMAND, "---\nconsent: {ref: C-91, status: withdrawn}\n---\n")
    campaign.remove("content/verhalen/gezicht.jpg")
    assert campaign.build("--all").status == 0
    layer = "content" if brand == "sociaal-werkt" else "brands/lid/content"
    name = f"mijn{copy.suffix}"
    campaign.write(f"{layer}/nieuws/{name}", saved)
    campaign.write(f"{layer}/nieuws/mijn.md", page(extra=DATE + CREDIT.replace("SRC", name)))
    report = campaign.build("--all")
    assert report.status == 0, report.said
    assert [path for path in campaign.tree() if "mijn-" in path] == []
    assert [path for path in tree(campaign.output / "lid") if "mijn-" in path] == []
    told = [problem["path"] for problem in report.data["problems"] if "who withdrew" in problem["message"]]
    assert told == [f"{layer}/nieuws/mijn.md"]
