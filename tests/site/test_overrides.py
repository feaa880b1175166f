"""What a member may change of national pages, and what stays as it is."""

from __future__ import annotations

import re

import pytest

from helpers import sites
from helpers.members import NEWS, OWN, STORY, add_member, run


@pytest.fixture(autouse=True)
def _member(campaign: sites.Campaign) -> None:
    add_member(campaign)


# ── changes on the site ──


def test_keys_replace_and_the_text_stays(campaign: sites.Campaign) -> None:
    campaign.write(OWN, "---\ntitle: Een deur bij ons\n---\n")
    unnoted = campaign.build("--all").only()
    assert (unnoted["severity"], "accept lid" in unnoted["hint"]) == ("notice", True)
    assert run(campaign, "accept", "lid") == 0
    campaign.build("--all").fine()
    own = (campaign.output / "lid/toolkit/deur.html").read_text()
    assert "Een deur bij ons" in own
    assert "Op de vierde" in own
    assert "Een deur bij ons" not in campaign.shown("toolkit/deur.html")


def test_a_text_replaces_the_text(campaign: sites.Campaign) -> None:
    campaign.edit("content/contact.md", "Bel ", "Zie [de hal](toolkit/deur.md#de-hal). Bel ")
    campaign.write(OWN, "---\ntitle: Een deur bij ons\n---\nEigen [woorden](nergens.md).\n")
    report = campaign.build("--brand", "lid")
    assert f"{OWN}:4:17: error: there is no page or file 'nergens.md'" in report.problems
    campaign.write(OWN, "---\ntitle: Een deur bij ons\n---\nEigen woorden.\n")
    report = campaign.build("--brand", "lid")
    assert report.status == 0
    # a national page links to a heading that is gone here, and it is not noted what was changed
    assert [problem["severity"] for problem in report.data["problems"]] == ["notice", "notice"]
    own = (campaign.output / "lid/toolkit/deur.html").read_text()
    assert "Eigen woorden." in own
    assert "Op de vierde" not in own


def test_what_is_locked_stays(campaign: sites.Campaign) -> None:
    campaign.write("brands/lid/content/bewijs/telling.md", "---\nclaim: Iets anders.\n---\n")
    assert run(campaign, "accept", "lid") == 0
    problem = campaign.build("--brand", "lid").only()
    assert (problem["path"], problem["line"]) == ("brands/lid/content/bewijs/telling.md", 2)
    assert "of a national page stays as it is" in problem["message"]
    campaign.edit("brands/lid/content/bewijs/telling.md", "Iets anders.", "Er zijn 64 deuren.")
    campaign.build("--brand", "lid").fine()


# ── the words of somebody who agreed ──

WORDS = {
    "a title": "title: Anouk heeft spijt\n---\n",
    "a summary": "summary: Zij nam alles terug.\n---\n",
    "a quote": "quote: {text: Ik loog., speaker: Anouk}\n---\n",
    "what is sent along": "share: Anouk loog.\n---\n",
    "in short": "in_short: [Zij loog.]\n---\n",
    "what it yields": "yields: [spijt]\n---\n",
    "a picture": "image: {src: anouk.svg, alt: Anouk huilt}\n---\n",
    "another person": "person: {name: Iemand anders}\n---\n",
    "another consent": "consent: {ref: C-2}\n---\n",
    "that she does not exist": "fictional: true\n---\n",
    "another role": "role: worker\n---\n",
    "a text": "tags: [wonen]\n---\n\nIk heb alles verzonnen.\n",
}


@pytest.mark.parametrize("own", WORDS.values(), ids=WORDS)
def test_nobody_who_agreed_is_put_to_other_words(campaign: sites.Campaign, own: str) -> None:
    mine = f"brands/lid/{STORY}"
    campaign.write(mine, f"---\n{own}")
    assert run(campaign, "accept", "lid") == 0
    problem = campaign.build("--brand", "lid").only()
    line = 6 if own.startswith("tags") else 2
    assert (problem["path"], problem["line"], problem["severity"]) == (mine, line, "error")
    assert "somebody agreed to be on this page" in problem["message"]
    assert "a page of your own, with a consent of its own" in problem["hint"]
    assert not (campaign.output / "lid").exists()


def test_what_puts_no_words_to_anybody_may_change(campaign: sites.Campaign) -> None:
    keys = "tags: [meedoen]\nweight: 3\nupdated: 2026-09-01\nfacts: [koppen]\n"
    keys += "contact: general\nexpires_on: 2027-01-01\n"
    campaign.write(f"brands/lid/{STORY}", f"---\n{keys}---\n")
    assert run(campaign, "accept", "lid") == 0
    campaign.build("--brand", "lid").fine()
    assert "12 koppen koffie" in (campaign.output / "lid/verhalen/anouk.html").read_text()


def test_a_note_is_no_text(campaign: sites.Campaign) -> None:
    campaign.write(f"brands/lid/{STORY}", "---\ntags: [meedoen]\n---\n<!-- Nog vragen. -->\n")
    campaign.write(OWN, "---\ntitle: Een deur bij ons\n---\n<!-- Nog vragen. -->\n")
    assert run(campaign, "accept", "lid") == 0
    campaign.build("--brand", "lid").fine()
    assert "Op de vierde" in (campaign.output / "lid/toolkit/deur.html").read_text()


def test_a_copy_that_says_the_same_is_no_change(campaign: sites.Campaign) -> None:
    """Members take the whole file and change one thing; a correction of it reaches their site too."""
    mine = f"brands/lid/{STORY}"
    campaign.write(mine, campaign.read(STORY).replace("tags: [wonen]", "tags: [meedoen]"))
    assert run(campaign, "accept", "lid") == 0
    campaign.build("--brand", "lid").fine()
    campaign.edit(STORY, "Ik dacht dat ik de enige was.", "Ik was niet de enige.")
    campaign.edit(STORY, "vierde", "vijfde")
    report = campaign.build("--brand", "lid")
    assert {(p["path"], p["severity"]) for p in report.data["problems"]} == {(mine, "warning")}
    assert report.status == 0
    page = (campaign.output / "lid/verhalen/anouk.html").read_text().replace("\xa0", " ")
    assert ("Ik was niet de enige." in page, "vijfde" in page, "vierde" in page) == (True, True, False)


def test_a_page_of_another_kind_with_a_consent_is_locked_too(campaign: sites.Campaign) -> None:
    campaign.edit("content/nieuws/start.md", "date:", f"consent: {{{sites.consent(ref='C-30')}}}\ndate:")
    campaign.write("brands/lid/content/nieuws/start.md", "---\n---\nHij loog.\n")
    assert "brands/lid/content/nieuws/start.md:3" in campaign.build("--brand", "lid").said


_ENGLISH = "---\ntitle: Anouk opens\nsummary: A door.\nimage: {alt: A window}\n---\nA door opens.\n"


@pytest.mark.parametrize("national", [True, False])
def test_a_translation_puts_words_to_somebody_too(campaign: sites.Campaign, national: bool) -> None:
    english = STORY.replace(".md", ".en.md")
    if national:
        campaign.write(english, _ENGLISH)
    campaign.write(f"brands/lid/{english}", _ENGLISH.replace("A door opens", "I lied"))
    report = campaign.build("--brand", "lid")
    found = [p for p in report.data["problems"] if p["severity"] == "error"]
    assert {p["path"] for p in found} == {f"brands/lid/{english}"}
    assert sorted(p["line"] for p in found) == ([6] if national else [1])


WEBLOG = "content/ambassadeurs/anouk"
JOB = "person: {name: Anouk, municipality: Zandhage}\n"
BORROWED = {
    "a post in a weblog": (
        "ambassadeurs/anouk/loog.md",
        sites.page("Ik loog", "Echt.", f"{NEWS}fictional: true\n"),
        ("error", 1, "did not agree to these words"),
    ),
    "a letter": (
        "brieven/lift/3.md",
        sites.page("Ik loog", "Echt.", f"{NEWS}role: worker\nperson: {{name: Noor}}\nfictional: true\n"),
        ("error", 1, "did not agree to these words"),
    ),
    "the same person": (
        "verhalen/zij.md",
        sites.story("Zij loog", name="anouk", agreed=None, extra="fictional: true\n"),
        ("warning", 7, "did not agree to these words"),
    ),
    "the same consent": (
        "verhalen/zij.md",
        sites.story("Zij loog", name="Zij", agreed=sites.consent(ref="c-11")),
        ("warning", 9, "has other words"),
    ),
}


@pytest.mark.parametrize(("path", "own", "told"), BORROWED.values(), ids=BORROWED)
def test_nor_on_a_page_of_a_member_s_own(
    campaign: sites.Campaign, path: str, own: str, told: tuple[str, int, str]
) -> None:
    agreed = f"{JOB}consent: {{{sites.consent(ref='C-40')}}}\n"
    campaign.write(f"{WEBLOG}.md", sites.page("Anouk", "Zij vertelt.", agreed))
    campaign.write(
        "content/brieven/lift.md", sites.page("De lift", "Brieven.", "dilemma: Wie betaalt?\nclosed: true\n")
    )
    letter = f"date: 2026-04-24\nrole: alderman\n{JOB}consent: {{{sites.consent(ref='C-41')}}}\n"
    campaign.write("content/brieven/lift/1.md", sites.page("Hij staat stil", "Beste.", letter))
    campaign.write(f"brands/lid/content/{path}", own)
    problem = campaign.build("--brand", "lid").only()
    severity, line, words = told
    assert (problem["severity"], problem["line"]) == (severity, line)
    assert words in problem["message"]


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("verhalen/zij.md", sites.story(name="Anouk", agreed=sites.consent(ref="L-2"))),
        (
            "verhalen/zij.md",
            sites.story("Zij", name="Anouk", agreed=None, extra="fictional: true\n").replace(
                "Zandhage", "Elders"
            ),
        ),
        ("nieuws/zij.md", sites.page("Anouk was er", "Zij lachte.", NEWS)),
    ],
    ids=["a consent of its own", "somebody elsewhere", "news"],
)
def test_honest_pages_are_not_suspected(campaign: sites.Campaign, path: str, own: str) -> None:
    campaign.write(f"brands/lid/content/{path}", own)
    campaign.build("--brand", "lid").fine()


def test_a_withdrawal_beats_a_change(campaign: sites.Campaign) -> None:
    assert campaign.build("--brand", "lid").status == 0
    campaign.write(f"brands/lid/{STORY}", "---\ntitle: Anouk bij ons\n---\nEigen woorden.\n")
    campaign.edit(STORY, "status: valid", "status: withdrawn")
    assert campaign.build("--brand", "lid").status == 0
    assert not sites.shows(campaign.output / "lid", "verhalen/anouk.html")


# ── a page of a member's own at the path of a national one ──

MO = sites.story(
    "Mo fluit", name="Mo", quote="Ik floot.", body="Het fluitje klonk.", agreed=sites.consent(ref="L-1")
)
CLASHES = {
    "a story": ("verhalen/anouk.md", MO),
    "a story with another date": (
        "verhalen/anouk.md",
        sites.page("Mo", "Het fluitje klonk.", "date: 2026-02-02\n"),
    ),
    "news": ("nieuws/start.md", sites.page("Wij fluiten", "Het fluitje klonk.", "date: 2026-02-02\n")),
    "news of the same day": (
        "nieuws/start.md",
        sites.page("Wij fluiten", "Het fluitje klonk.", "date: 2026-06-01\n"),
    ),
}


@pytest.mark.parametrize(("path", "own"), CLASHES.values(), ids=CLASHES)
def test_a_page_at_the_path_of_a_national_one_is_no_change_of_it(
    campaign: sites.Campaign, path: str, own: str, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign.write(f"brands/lid/content/{path}", own)
    campaign.write(f"brands/lid/content/{path[:-3]}.en.md", "---\ntitle: The whistle\n---\nA whistle.\n")
    assert run(campaign, "accept", "lid") == 0
    assert campaign.read(f"brands/lid/content/{path}") == own
    report = campaign.build("--brand", "lid")
    assert report.status == 0, report.said
    found = [p for p in report.data["problems"] if p["severity"] != "notice"]
    assert {p["path"] for p in found} == {f"brands/lid/content/{path[:-3]}{end}" for end in (".en.md", ".md")}
    assert all("a national page has this name too" in p["message"] for p in found), report.said
    assert all("give this file another name" in p["hint"] for p in found)
    lid = sites.tree(campaign.output / "lid")
    assert [name for name, data in lid.items() if b"fluit" in data or b"histle" in data] == []
    national = campaign.build().status == 0 and campaign.shown(path.replace(".md", ".html"))
    assert "Anouk doet open" in national or "Wij beginnen" in national


def images(page: str) -> set[str]:
    return set(re.findall(r'(?:src|href)="[^"]*?([^"/]+\.(?:svg|pdf|mp4))"', page))


def test_a_picture_of_both_stands_with_the_words_of_its_own_layer(campaign: sites.Campaign) -> None:
    """Also a file to download; a member's own picture stays out of a national story."""
    link = "[blad](blad.pdf)"
    campaign.edit("content/verhalen/anouk.md", "Op de vierde", f"{link} Op de vierde")
    campaign.write("content/verhalen/blad.pdf", b"%PDF-1.4 landelijk\n")
    before = campaign.build("--brand", "lid").status == 0 and (
        images((campaign.output / "lid/verhalen/anouk.html").read_text())
    )
    campaign.write("brands/lid/content/verhalen/anouk.svg", sites.drawing(9))
    campaign.write("brands/lid/content/verhalen/blad.pdf", b"%PDF-1.4 van het lid\n")
    unused = campaign.build("--brand", "lid").data["problems"]
    assert [(p["severity"], p["path"]) for p in unused] == [
        ("warning", f"brands/lid/content/verhalen/{name}") for name in ("anouk.svg", "blad.pdf")
    ]
    own = MO.replace("Het fluitje", f"{link} Het fluitje").replace(
        "consent:", "image: {src: anouk.svg, alt: Mo}\nconsent:"
    )
    campaign.write("brands/lid/content/verhalen/mo.md", own)
    campaign.build("--brand", "lid").fine()
    national = images((campaign.output / "lid/verhalen/anouk.html").read_text())
    members = images((campaign.output / "lid/verhalen/mo.html").read_text())
    assert before
    assert before <= national
    files = {path.name: path.read_bytes() for path in (campaign.output / "lid").rglob("blad*.pdf")}
    assert {data for name, data in files.items() if name in members} == {b"%PDF-1.4 van het lid\n"}
    assert {data for name, data in files.items() if name in national} == {b"%PDF-1.4 landelijk\n"}

    campaign.remove("brands/lid/content/verhalen/mo.md")
    campaign.write(OWN, "---\nimage: {src: ../verhalen/anouk.svg, alt: Bij ons}\n---\n")
    report = campaign.build("--brand", "lid").data["problems"]
    assert [p["path"] for p in report if p["severity"] != "notice"] == [
        "brands/lid/content/verhalen/blad.pdf"
    ]
    drawn = images((campaign.output / "lid/toolkit/deur.html").read_text())
    assert [name in before for name in drawn if name.startswith("anouk")] == [False]


def test_a_national_page_never_borrows_a_picture_of_a_member(campaign: sites.Campaign) -> None:
    campaign.write("brands/lid/content/verhalen/anouk.svg", sites.drawing(9))
    campaign.remove("content/verhalen/anouk.svg")
    report = campaign.build("--brand", "lid")
    assert any("there is no image 'anouk.svg'" in p["message"] for p in report.data["problems"])


def test_a_change_that_repeats_who_it_is_about_is_a_change(campaign: sites.Campaign) -> None:
    text = campaign.read("content/nieuws/start.md")
    campaign.write("brands/lid/content/nieuws/start.md", text.replace("Vandaag.", "Vandaag bij ons."))
    report = campaign.build("--brand", "lid")
    assert report.only()["severity"] == "notice"
    assert "Vandaag bij ons." in (campaign.output / "lid/nieuws/start.html").read_text()


def test_who_withdraws_goes_although_a_national_page_has_taken_the_name(campaign: sites.Campaign) -> None:
    """The site that stays shows the member's person at the path that is a national page's since."""
    campaign.write("brands/lid/content/verhalen/mo.md", MO)
    assert campaign.build("--brand", "lid").status == 0
    campaign.write(
        "content/verhalen/mo.md", sites.story("Een ander", name="Moos", agreed=sites.consent(ref="C-77"))
    )
    campaign.write("brands/lid/content/verhalen/mo.md", MO.replace("status: valid", "status: withdrawn"))
    campaign.write("brands/lid/content/contact.md", "---\ntitel: stuk\n---\n")
    report = campaign.build("--brand", "lid")
    assert report.one["reduced"], report.said
    assert [n for n, data in sites.tree(campaign.output / "lid").items() if b"fluit" in data] == []


def test_a_hidden_page_is_nowhere(campaign: sites.Campaign) -> None:
    campaign.edit("brands/lid/brand.yaml", "logo:", "hide: [verhalen/anouk.md]\nlogo:")
    campaign.build("--all").fine()
    assert (campaign.output / "sociaal-werkt/verhalen/anouk.html").exists()
    assert [p for p in (campaign.output / "lid").rglob("*.html") if "anouk.html" in p.read_text()] == []
    assert not (campaign.output / "lid/verhalen/anouk.html").exists()


def test_hiding_what_is_not_there_is_a_warning(campaign: sites.Campaign) -> None:
    campaign.edit("brands/lid/brand.yaml", "logo:", "hide: [verhalen/anouck.md]\nlogo:")
    report = campaign.build("--brand", "lid")
    assert report.status == 0
    assert report.only()["hint"] == "did you mean 'verhalen/anouk.md'?"
