"""``preview FILE``: one file for the person a text is about, with nothing of anybody else."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from helpers import sites
from helpers.sites import BAS, Campaign, consent, story

NOT_YET = "Hij staat nog niet op internet."
PENDING = consent(ref="C-12", status="pending", scope="[web, print]", final_text_seen_on=None)
AGREED = sites.VALID.replace("C-1", "C-12")
WORDS = "Hij leest [bij Anouk](anouk.md#de-hal)."


def bas(agreed: str | None, extra: str = "", body: str = WORDS) -> str:
    return story("Bas leest de brief", name="Bas", agreed=agreed, extra=extra, body=body)


def preview(campaign: Campaign, *given: str, expected: int = 0) -> str:
    report = campaign.run("preview", *given)
    assert report.status == expected, report.said
    return report.said


def made(campaign: Campaign, name: str = "verhalen-bas") -> str:
    return (campaign.root / f"voor-akkoord/{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("agreed", "extra"),
    [
        (PENDING, ""),
        (AGREED, "draft: true\n"),
        (None, ""),
        ("ref: C-12, status: pending", "draft: true\n"),
        (consent(ref="C-12", expires_on="2026-02-01"), ""),
        (None, "date_of_birth: 1970\n"),
    ],
    ids=["pending", "a draft", "no consent yet", "no dates yet", "ended", "an unknown key"],
)
def test_it_shows_what_is_not_public_yet(campaign: Campaign, agreed: str | None, extra: str) -> None:
    campaign.write(BAS, bas(agreed, extra))
    preview(campaign, BAS)
    page = made(campaign)
    assert "Hij leest bij Anouk." in re.sub("<[^>]+>", "", page)
    assert NOT_YET in page
    assert "010-1234567" in page or "010 123 45 67" in page
    if agreed != AGREED:  # what may be shown but for other reasons is remembered, as for a build
        kept = b"".join(campaign.everything().values())
        assert b"Bas leest" not in kept
        assert b"Hij leest" not in kept


def test_it_says_what_is_asked(campaign: Campaign) -> None:
    kept = 'object: {src: anouk.svg, alt: "Een bel.", sentence: "Hier drukte hij op."}\nrole:'
    campaign.write(BAS, bas(PENDING).replace("role:", kept, 1))
    preview(campaign, BAS)
    page = made(campaign)
    assert page.count('class="box"') == 2
    assert "met deze woorden: <q>Hier drukte hij op.</q>" in page
    assert "op de website" in page
    assert "op papier" in page
    assert "1 januari 2028" in page


def test_of_a_public_page_it_says_so(campaign: Campaign) -> None:
    preview(campaign, BAS)
    assert NOT_YET not in made(campaign)
    assert "staat nu op internet" in made(campaign)


def test_it_loads_nothing_and_leads_nowhere(campaign: Campaign) -> None:
    campaign.write("content/verhalen/bas.jpg", sites.jpeg())
    picture = '![De bel](bas.jpg "Een bel. Foto: Sanne")'
    body = f"{WORDS}\n\n{picture}\n\nZie <https://www.example.nl/> en {{{{ feit:deuren }}}}."
    campaign.write(BAS, bas(PENDING, "image: {src: anouk.svg, alt: Een rond raam}\n", body))
    preview(campaign, BAS)
    page = made(campaign)
    loaded = re.findall(r"""(?:\bsrc="|\bsrcset="|\bposter="|url\(['"]?)([^"')]*)""", page)
    assert len(loaded) >= 3  # the drawing, the photo and the font
    assert [address[:60] for address in loaded if not address.startswith("data:")] == []
    assert "<script" not in page
    assert "<link" not in page
    links = re.findall(r'href="([^"]*)"', page)
    assert {link.partition(":")[0] for link in links if not link.startswith("#")} == {
        "mailto",
        "tel",
        "https",
    }
    jpeg = re.search('data:image/jpeg;base64,([^"]+)', page)
    assert jpeg
    assert base64.b64decode(jpeg[1]).startswith(b"\xff\xd8")


def test_nothing_of_others_is_in_it(campaign: Campaign) -> None:
    """Nor of the site around it: the words of a link are those of this text."""
    campaign.write(BAS, bas(PENDING))
    preview(campaign, BAS)
    page = made(campaign)
    for words in ("Anouk doet open", "Cor wacht", "Contact</a>", "<nav", "Wij beginnen", "De telling"):
        assert words not in page


@pytest.mark.parametrize(
    "agreed",
    [
        consent(ref="C-12", status="withdrawn"),
        "ref: C-12, status: ingetrokken",
        "status: withdrwan",
        "ref: C-12, status: withdrawn, given_on: ooit",
        "[ref: C-12, status: withdrawn]",
    ],
)
def test_who_withdrew_is_not_shown_or_asked_again(campaign: Campaign, agreed: str) -> None:
    campaign.write(BAS, bas(agreed))
    assert "withdrew" in preview(campaign, BAS, expected=1)
    assert not (campaign.root / "voor-akkoord").exists()


def test_a_copy_of_a_member_with_a_withdrawn_reference_is_refused(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write(BAS, bas(consent(ref="C-12", status="withdrawn")))
    own = "brands/lid/content/verhalen/onze-bas.md"
    campaign.write(own, bas(consent(ref="c-12 ", status="pending"), body="Een andere tekst."))
    assert "withdrew" in preview(campaign, own, expected=1)


def test_the_picture_of_who_withdrew_is_left_out(campaign: Campaign) -> None:
    campaign.edit(sites.ANOUK, "status: valid", "status: withdrawn")
    campaign.write(BAS, bas(PENDING, "image: {src: anouk.svg, alt: Een rond raam}\n"))
    assert "belongs to somebody who withdrew" in preview(campaign, BAS)
    assert "Een rond raam" not in made(campaign)


def test_each_kind_of_text_can_be_read_alone(campaign: Campaign) -> None:
    """Also a part without its whole, and a translation without what it translates."""
    person = "role: worker\nperson: {name: Noor}\n"
    texts = {
        "content/brieven/de-lift/1.md": sites.page(
            "De lift", "Hij staat stil.", f"date: 2026-10-01\n{person}"
        ),
        "content/ambassadeurs/noor.md": sites.page("Noor", "Noor komt.", "person: {name: Noor}\n"),
        "content/ambassadeurs/noor/week.md": sites.page("Een week", "Maandag.", "date: 2026-10-01\n"),
        "content/goud/flat.md": sites.page("De flat", "Koffie.", "award: place\nyear: 2026\n"),
        "content/verhalen/bas.en.md": "---\ntitle: Bas reads\nsummary: A letter.\n---\nHe reads.\n",
        "content/nieuws/feest.md": sites.page(
            "Het feest",
            "Wafels.",
            f"date: 2026-10-01\npeople:\n  - {{name: Noor, consent: {{{PENDING}}}}}\n"
            f"  - {{name: Bas, consent: {{{PENDING.replace('C-12', 'C-99')}}}}}\n",
        ),
    }
    for path, text in texts.items():
        campaign.write(path, text)
    for path, text in texts.items():
        preview(campaign, path)
        page = made(campaign, path.removeprefix("content/").removesuffix(".md").replace("/", "-"))
        assert 'class="agreement"' in page
        assert text_of(text) in page
    assert "Hiervoor vragen we toestemming aan Noor:" in page
    assert "Hiervoor vragen we toestemming aan Bas:" in page


def text_of(file: str) -> str:
    return file.rpartition("---\n")[2].strip()


def test_a_members_text_is_in_its_own_style(campaign: Campaign) -> None:
    campaign.add_member("lid", contact="{role: Balie, email: balie@lid.example}")
    campaign.write("brands/lid/content/verhalen/dora.md", story("Dora", name="Dora", agreed=None))
    preview(campaign, str(campaign.root / "brands/lid/content/verhalen/dora.md"))
    assert "balie@lid.example" in made(campaign, "lid-verhalen-dora")
    preview(campaign, BAS, "--brand", "lid")
    assert "balie@lid.example" in made(campaign)


@pytest.mark.parametrize(
    "folder", ["output", "output/sociaal-werkt", "content", "brands/x", "templates", "assets"]
)
def test_it_never_stands_where_it_may_be_published(campaign: Campaign, folder: str) -> None:
    file = campaign.root / folder / "bas.html"
    assert "may be put online" in preview(campaign, BAS, "--to", str(file), expected=1)
    assert not file.exists()


def test_git_leaves_the_folder_alone_and_another_place_may_be_chosen(
    campaign: Campaign, tmp_path: Path
) -> None:
    preview(campaign, BAS)
    assert campaign.read("voor-akkoord/.gitignore") == "*\n"
    preview(campaign, BAS, "--to", str(tmp_path / "bas.html"))
    assert (tmp_path / "bas.html").read_text(encoding="utf-8") == made(campaign)
    campaign.build().fine()
    assert not campaign.shows("voor-akkoord/verhalen-bas.html")


@pytest.mark.parametrize(
    "path", ["content/index.md", "content/verhalen/index.md", "content/site.yaml", "weg.md"]
)
def test_what_is_no_text_about_somebody_is_refused_with_what_to_do(campaign: Campaign, path: str) -> None:
    assert "such as" in preview(campaign, path, expected=1)


def test_a_text_with_an_error_is_told(campaign: Campaign) -> None:
    campaign.write(BAS, bas(PENDING).replace("role: client\n", ""))
    assert "'role' is missing" in preview(campaign, BAS, expected=1)


def test_a_file_that_is_not_there_is_told_as_it_was_typed(campaign: Campaign) -> None:
    said = preview(campaign, "content/verhalen/anouck.md", expected=1)
    assert "there is no text 'content/verhalen/anouck.md'" in said
    assert "did you mean 'content/verhalen/anouk.md'?" in said
