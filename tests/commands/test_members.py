"""A member's folder: begun in a minute, and kept in step without the member losing a word."""

from __future__ import annotations

import builtins
import errno
import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest

from helpers import sites
from microsite.cli import main
from microsite.commands.compare import Change, changes

GUIDE = "content/toolkit/deur.md"
OWN = f"brands/lid/{GUIDE}"
STORY = "content/verhalen/anouk.md"
NEWS = "date: 2026-05-01\n"


@pytest.fixture(autouse=True)
def _member(campaign: sites.Campaign) -> None:
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    body = "Op de vierde gaat een deur open.\n\n## De hal\n\nDaar hangen {{ feit:deuren }} op een rij."
    keys = "tags: [wonen]\ngoal: Een gesprek.\neffort: Een avond.\n"
    campaign.write(GUIDE, sites.page("Een deur gaat open", body, keys, "Hoe het ging met een deur."))


def run(campaign: sites.Campaign, *arguments: str) -> int:
    return main([*arguments, "--project", str(campaign.root)])


# ── new brand ──


def test_a_new_brand_can_be_built_at_once(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    logo = campaign.root / "brands/lid/logo.svg"
    given = ["--name", 'Welzijn "Veldstad"', "--logo", str(logo), "--colour", "#ffd400"]
    assert run(campaign, "new", "brand", "veldstad", *given) == 0
    assert "brands/veldstad/brand.yaml" in capsys.readouterr().out
    campaign.build("--brand", "veldstad", "--strict").fine()
    assert "Welzijn &#34;Veldstad&#34;" in (campaign.output / "veldstad/index.html").read_text()


def test_what_is_not_given_is_asked(campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Iterator[str] = iter(["Veldstad", str(campaign.root / "brands/lid/logo.svg"), "teal"])
    answer: Callable[[str], str] = lambda _: next(answers)  # noqa: E731 -- stands in for a function
    monkeypatch.setattr(builtins, "input", answer)
    assert run(campaign, "new", "brand", "veldstad") == 0
    assert "colour: '#008080'" in campaign.read("brands/veldstad/brand.yaml")


def test_what_cannot_be_is_asked_again_at_a_terminal(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    logo = str(campaign.root / "brands/lid/logo.svg")
    answers = iter(["", "Veldstad", "nergens.svg", logo, "geel", "#ffd400"])
    monkeypatch.setattr(builtins, "input", lambda _: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert run(campaign, "new", "brand", "veldstad") == 0
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "'name' is empty",
        "there is no image 'nergens.svg'",
        "'geel' is not a colour",
        "did you mean 'yellow'?",
    ]
    assert "colour: '#ffd400'" in campaign.read("brands/veldstad/brand.yaml")


@pytest.mark.parametrize("dragged", ["'{}' ", '"{}"', "{}"])
@pytest.mark.parametrize("colour", ["'#00539f'", "00539F", "#00539f"])
def test_an_answer_may_be_what_a_terminal_or_a_style_guide_makes_of_it(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch, dragged: str, colour: str
) -> None:
    logo = campaign.write("brands/lid/ons logo.svg", sites.LOGO)
    written = str(logo).replace(" ", "\\ ") if dragged == "{}" else dragged.format(logo)
    answers: Iterator[str] = iter(["Veldstad", written, colour])
    monkeypatch.setattr(builtins, "input", lambda _: next(answers))
    assert run(campaign, "new", "brand", "veldstad") == 0
    assert "colour: '#00539f'" in campaign.read("brands/veldstad/brand.yaml")
    assert campaign.read("brands/veldstad/logo.svg") == sites.LOGO


@pytest.mark.parametrize("id", ["lid", "Veld stad"])
def test_nothing_is_asked_for_a_folder_that_cannot_be(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch, id: str
) -> None:
    monkeypatch.setattr(builtins, "input", lambda _: pytest.fail("it was asked"))
    assert run(campaign, "new", "brand", id) == 1


@pytest.mark.parametrize(
    ("id", "name", "logo", "colour", "words"),
    [
        ("lid", "Lid", "logo.svg", "#ffd400", "there is already a folder lid"),
        ("Veld stad", "Lid", "logo.svg", "#ffd400", "cannot be a brand's folder"),
        ("veldstad", " ", "logo.svg", "#ffd400", "'name' is empty"),
        ("veldstad", "Lid", "nergens.svg", "#ffd400", "there is no image"),
        ("veldstad", "Lid", "../../content/feiten.yaml", "#ffd400", "this is not a photo we can read"),
        ("veldstad", "Lid", "nep.png", "#ffd400", "this is not a photo we can read"),
        ("veldstad", "Lid", "logo.svg", "geel", "did you mean 'yellow'?"),
        ("veldstad", "Lid", "logo.svg", "geelachtig", "is not a colour"),
    ],
)
def test_what_cannot_be_leaves_nothing_behind(
    campaign: sites.Campaign,
    capsys: pytest.CaptureFixture[str],
    id: str,
    name: str,
    logo: str,
    colour: str,
    words: str,
) -> None:
    campaign.write("brands/lid/nep.png", "geen beeld")
    before = sorted(path for path in campaign.root.rglob("*"))
    file = str(campaign.root / "brands/lid" / logo)
    assert run(campaign, "new", "brand", id, "--name", name, "--logo", file, "--colour", colour) == 1
    assert words in capsys.readouterr().err
    assert sorted(path for path in campaign.root.rglob("*")) == before


def test_a_brand_is_there_whole_or_not_at_all(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Killed half-way, it can be begun again, and no build takes what is left for an organisation."""
    logo = str(campaign.root / "brands/lid/logo.svg")
    command = ["new", "brand", "veldstad", "--name", "Veldstad", "--logo", logo, "--colour", "#ffd400"]
    campaign.write("brands/.veldstad.new/brand.yaml", "name: V")
    assert "veldstad" not in campaign.build("--all").said
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", _full)
        assert run(campaign, *command) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert sites.names(campaign.root / "brands") == ["lid", sites.BRAND]
    assert run(campaign, *command) == 0
    assert sites.names(campaign.root / "brands") == ["lid", sites.BRAND, "veldstad"]


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("what", ["a pipe", "a huge file", "deep folders"])
def test_what_is_in_the_way_of_the_older_pages_holds_nothing_up(campaign: sites.Campaign, what: str) -> None:
    kept = campaign.root / "brands/lid/content/.basis"
    with sites.nested(kept, 1500 if what == "deep folders" else 0):
        if what == "a pipe":
            os.mkfifo(kept / "contact.md")
        elif what == "a huge file":
            with (kept / "contact.md").open("wb") as stream:
                stream.truncate(1 << 40)
        assert campaign.build("--brand", "lid").status == 0
        assert sites.names(kept) == []


# ── changes and the national pages under them ──


def test_a_change_is_accepted_and_told_when_the_page_moves_on(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign.write(OWN, "---\ntitle: Een deur bij ons   # onze kop\n---\n")
    assert run(campaign, "accept", "lid") == 0
    assert "toolkit/deur.md: accepted" in capsys.readouterr().out
    written = campaign.read(OWN)
    assert written.startswith("---\ntitle: Een deur bij ons   # onze kop\nbased_on: ")
    assert campaign.build("--brand", "lid", "--strict").status == 0
    assert run(campaign, "accept", "lid") == 0
    assert "was accepted already" in capsys.readouterr().out
    assert campaign.read(OWN) == written

    campaign.edit(GUIDE, "vierde", "vijfde")
    problem = campaign.build("--brand", "lid").only()
    assert (problem["path"], problem["line"], problem["severity"]) == (OWN, 3, "warning")
    assert campaign.read(OWN) == written

    assert run(campaign, "diff", "lid") == 0
    shown = capsys.readouterr().out
    assert "then:   Op de «vierde» gaat een deur open." in shown
    assert "now:    Op de «vijfde» gaat een deur open." in shown
    assert "yours:  (as it is nationally)" in shown

    assert run(campaign, "accept", "lid", "toolkit/deur.md") == 0
    capsys.readouterr()
    assert campaign.build("--brand", "lid").problems == []
    assert run(campaign, "diff", "lid") == 0
    assert "nothing has changed" in capsys.readouterr().out


def test_a_difference_is_told_by_field_and_paragraph(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    own = (
        "---\nsummary: Hoe het bij ons ging.\n---\nBij ons op de vierde gaat een deur open.\n\nEigen slot.\n"
    )
    campaign.write(OWN, own)
    assert run(campaign, "accept", "lid") == 0
    campaign.edit(GUIDE, "summary: Hoe het ging met een deur.", "summary: Hoe het nu gaat.")
    campaign.edit(GUIDE, "tags: [wonen]", "tags: [wonen, meedoen]")
    campaign.edit(GUIDE, "Op de vierde gaat", "Op de vijfde gaat")
    campaign.edit(GUIDE, "## De hal\n\n", "## De hal\n\nNieuw is dit.\n\n")
    capsys.readouterr()
    assert run(campaign, "diff", "lid") == 0
    assert (
        capsys.readouterr().out
        == f"""\
toolkit/deur.md
  summary
    toen:   Hoe het «ging met een deur.»
    nu:     Hoe het «nu gaat.»
    jij:    Hoe het bij ons ging.
  tags
    toen:   wonen
    nu:     wonen «/ meedoen»
    jij:    (zoals landelijk)
  de tekst, alinea 1
    toen:   Op de «vierde» gaat een deur open.
    nu:     Op de «vijfde» gaat een deur open.
    jij:    Bij ons op de vierde gaat een deur open.
  de tekst, alinea 3
    toen:   (stond er niet)
    nu:     Nieuw is dit.
    jij:    (staat niet in jouw tekst)
  jouw versie staat in {OWN}; klopt die nog, typ dan:
    python3 build.py accept lid toolkit/deur.md

Tussen « en » staat wat er anders is.
"""
    )
    campaign.remove("brands/lid/content/.basis/toolkit/deur.md")
    assert run(campaign, "diff", "lid") == 0
    shown = capsys.readouterr().out
    assert "hoe deze pagina was, is niet bewaard; zo is hij nu" in shown
    assert "nu:     Hoe het nu gaat.\n    jij:    Hoe het bij ons ging." in shown


def test_a_paragraph_that_is_gone_is_told() -> None:
    page = "---\ntitle: A\n---\n{}"
    one, two, three = "De eerste alinea hier.", "De tweede staat daar.", "Nog een derde zin."
    then, now = page.format(f"{one}\n\n{two}\n\n{three}"), page.format(f"{one}\n\n{three}")
    assert changes(then, now, page.format(f"{two} Bij ons.")) == (
        Change("", 2, two, None, f"{two} Bij ons."),
    )
    assert changes(then, then, page.format("")) == ()


def test_only_one_line_of_a_member_s_file_is_written(campaign: sites.Campaign) -> None:
    text = "---\r\ntitle: Anouk\r\nbased_on: 'oud'  # van toen\r\n---\r\nTekst --- met streepjes.\r\n"
    campaign.write(OWN, text)
    assert run(campaign, "accept", "lid") == 0
    new = (campaign.root / OWN).read_bytes().decode()
    version = new.split("based_on: ")[1][:12]
    assert new == text.replace("'oud'", version)


def test_a_page_that_changes_nothing_cannot_be_accepted(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign.write(OWN, "---\ntitle: Deur\n---\n")
    assert run(campaign, "accept", "lid", "toolkit/duer.md") == 1
    assert "did you mean 'toolkit/deur.md'?" in capsys.readouterr().err


def test_a_file_without_front_matter_is_told(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign.write(OWN, "Zomaar tekst\n")
    assert run(campaign, "accept", "lid") == 1
    assert "front matter" in capsys.readouterr().err
    assert campaign.read(OWN) == "Zomaar tekst\n"


def test_what_is_kept_for_comparing_is_never_published(campaign: sites.Campaign) -> None:
    campaign.write(OWN, "---\ntitle: Deur\n---\n")
    assert run(campaign, "accept", "lid") == 0
    campaign.build("--brand", "lid").fine()
    assert [path for path in (campaign.output / "lid").rglob("*") if ".basis" in str(path)] == []


@pytest.mark.parametrize("link", ["toolkit/deur.md", "toolkit", ""])
def test_nothing_is_written_or_taken_away_through_a_link(campaign: sites.Campaign, link: str) -> None:
    """A hub runs the commands on folders that others filled."""
    other = campaign.write("elders/anouk.md", "van een ander\n")
    place = campaign.root / "brands/lid/content/.basis" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(other if link.endswith(".md") else other.parent)
    own = campaign.root / OWN
    campaign.write(OWN, "---\ntitle: Een deur bij ons\n---\n")
    os.link(own, campaign.root / "elders/kopie.md")
    assert run(campaign, "accept", "lid") == (0 if link.endswith(".md") else 1)
    campaign.remove("content/nieuws/start.md")
    assert campaign.build("--brand", "lid").status == 0
    kept = sites.tree(campaign.root / "elders")
    assert kept == {"anouk.md": b"van een ander\n", "kopie.md": b"---\ntitle: Een deur bij ons\n---\n"}


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
    page = (campaign.output / "lid/verhalen/anouk.html").read_text()
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
