"""A member's folder: begun in a minute, and kept in step without the member losing a word."""

from __future__ import annotations

import builtins
import errno
import os
import shutil
from collections.abc import Callable, Iterator

import pytest

from helpers import sites
from helpers.members import GUIDE, OWN, add_member, run
from microsite.commands.compare import Change, changes


@pytest.fixture(autouse=True)
def _member(campaign: sites.Campaign) -> None:
    add_member(campaign)


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
