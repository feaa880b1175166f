"""A text that is deleted and not withdrawn: it is asked why, and copies of it at members are reported."""

from __future__ import annotations

import errno
import io
import json
from pathlib import Path
from typing import Any

import pytest

from helpers import sites
from helpers.people import BODY, NAME, QUOTE, personal
from helpers.sites import Campaign, consent, story
from microsite.session import Consents

PATH, OWN = "content/verhalen/iemand.md", "brands/lid/content/verhalen/buurvrouw.md"
LONG = " ".join(f"kelderluik{i} ging open" for i in range(40))
TEXT = personal(story(agreed=consent(ref="C-91"), body=LONG, extra="image: {src: iemand.svg, alt: Zij}\n"))
COPIES = {
    "the same consent": story("Zij", name="Iemand", agreed=consent(ref="c-91"), body="Heel iets anders."),
    "the same words": story("Zij", name="Iemand", agreed=consent(ref="L-1"), body=LONG),
    "some of the words": sites.page("Zij", " ".join(LONG.split()[:60]), "date: 2026-05-01\n"),
    "the same picture": story(
        "Zij",
        name="Iemand",
        agreed=consent(ref="L-1"),
        body="Iets anders.",
        extra="image: {src: zij.svg, alt: Zij}\n",
    ),
}


@pytest.fixture(autouse=True)
def _published(campaign: Campaign) -> None:
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    campaign.write("brands/lid/content/verhalen/zij.svg", sites.drawing(7))
    campaign.write("content/verhalen/iemand.svg", sites.drawing(7))
    campaign.write(PATH, TEXT)
    campaign.build("--all").fine()


def told(report: sites.Report) -> list[dict[str, Any]]:
    words = ("in no text any more", "national text that is gone", "list of consents", "two lists")
    return [p for p in report.data["problems"] if any(word in p["message"] for word in words)]


def test_a_text_that_is_deleted_is_asked_about_until_it_is_noted(campaign: Campaign) -> None:
    campaign.remove(PATH)
    for report in (campaign.build("--all"), campaign.build("--all"), campaign.build("--brand", "lid")):
        (problem,) = told(report)
        assert report.status == 0
        assert (problem["severity"], "consent c-91 was published" in problem["message"]) == ("warning", True)
        index = json.loads((campaign.output / "index.json").read_text())["members"]
        assert sum(member["missing_consents"] for member in index.values()) >= 1
    assert campaign.build("--all", "--strict").status == 0
    campaign.write(
        "content/weggehaald.yaml", "pages:\n  - {address: verhalen/iemand.html, until: 2027-01-01}\n"
    )
    assert told(campaign.build("--all")) == []
    campaign.remove("content/weggehaald.yaml")
    assert told(campaign.build("--all")) == []


def test_a_withdrawal_is_an_answer(campaign: Campaign) -> None:
    campaign.remove(PATH)
    assert told(campaign.build("--all"))
    campaign.write("content/verhalen/wie.md", "---\nconsent: {ref: C-91, status: withdrawn}\n---\n")
    assert told(campaign.build("--all")) == []
    campaign.remove("content/verhalen/wie.md")
    assert told(campaign.build("--all")) == []


@pytest.mark.parametrize("own", COPIES.values(), ids=COPIES)
def test_a_copy_at_a_member_is_told_and_stays(campaign: Campaign, own: str) -> None:
    path = OWN if "role:" in own else OWN.replace("verhalen", "nieuws")
    campaign.write(path, own)
    assert told(campaign.build("--all")) == []
    campaign.remove(PATH)
    problems = told(campaign.build("--all"))
    assert [p["path"] for p in problems if "gone" in p["message"]] == [path]
    page = path.removeprefix("brands/lid/content/").replace(".md", ".html")
    assert sites.shows(campaign.output / "lid", page)


MOVES = {
    "moved": ("content/verhalen/elders.md", TEXT),
    "in another section": ("content/ambassadeurs/zij.md", TEXT.replace("role: client\n", "")),
    "with a new consent": (PATH, TEXT.replace("C-91", "C-92")),
    "rewritten": (PATH, TEXT.replace(LONG, "Heel andere woorden.")),
    "pending": (PATH, TEXT.replace("status: valid", "status: pending")),
    "with a slip in the consent": (PATH, TEXT.replace("status: valid", "status: vallid")),
    "unreadable": (PATH, TEXT.replace("summary:", "summary")),
}


@pytest.mark.parametrize(("path", "text"), MOVES.values(), ids=MOVES)
def test_what_is_only_moved_or_changed_is_not_asked_about(campaign: Campaign, path: str, text: str) -> None:
    campaign.remove(PATH)
    campaign.write(path, text)
    assert told(campaign.build("--all")) == []
    assert told(campaign.build("--all")) == []


@pytest.mark.parametrize("harm", ["lost", "cut off", "a byte", "a folder"])
@pytest.mark.parametrize("names", [(0,), (1,), (0, 1)])
def test_a_list_that_is_lost_is_told_and_made_again(
    campaign: Campaign, harm: str, names: tuple[int, ...]
) -> None:
    before = {path: data for path, data in sites.tree(campaign.output).items() if ".microsite" not in path}
    files = [campaign.output / ".microsite" / name for name in ("consents.json", "consents.copy.json")]
    for file in (files[i] for i in names):
        data = file.read_bytes()
        file.unlink()
        if harm == "a folder":
            file.mkdir()
        elif harm != "lost":
            file.write_bytes(data[:-9] if harm == "cut off" else data.replace(b"c-91", b"c-92"))
    campaign.write("content/nieuws/nieuw.md", sites.page("Nieuw", "Nieuw.", "date: 2026-06-01\n"))
    (problem,) = told(campaign.build("--all"))
    assert problem["severity"] == ("warning" if len(names) == 2 else "notice")
    assert files[0].read_bytes() == files[1].read_bytes()
    campaign.remove("content/nieuws/nieuw.md")
    assert told(campaign.build("--all")) == []
    after = {path: data for path, data in sites.tree(campaign.output).items() if ".microsite" not in path}
    assert after == before


def test_check_asks_too(campaign: Campaign) -> None:
    campaign.remove(PATH)
    before = sites.tree(campaign.output)
    for _ in range(2):
        assert [p["severity"] for p in told(campaign.run("check", "--all"))] == ["warning"]
    assert {path for path, data in sites.tree(campaign.output).items() if before.get(path) != data} <= {
        path for path in before if ".microsite/store" in path or path.endswith("stamps.json")
    }


@pytest.mark.parametrize("harm", [None, b"", b"[]", "a folder"])
def test_what_was_missing_is_found_again_when_that_is_lost(
    campaign: Campaign, harm: bytes | str | None
) -> None:
    """In a build with nothing to do."""
    campaign.remove(PATH)
    campaign.build("--all")
    file = campaign.state / "consents.missing.json"
    file.unlink()
    if isinstance(harm, bytes):
        file.write_bytes(harm)
    elif harm:
        (file / "x").mkdir(parents=True)
    report = campaign.build("--all")
    assert len(told(report)) == 1
    assert report.data["written"] == []


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EIO])
@pytest.mark.parametrize("names", [("consents.json",), ("consents.json", "consents.copy.json")])
def test_a_list_that_cannot_be_read_once_is_not_lost(
    campaign: Campaign, number: int, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = io.open

    def broken(file: Any, *more: Any, **options: Any) -> Any:
        if str(file).endswith(names) and ".microsite/consents" in str(file):
            raise OSError(number, "no")
        return opened(file, *more, **options)

    campaign.remove(PATH)
    with monkeypatch.context() as patched:
        patched.setattr(io, "open", broken)
        report = campaign.build("--all")
    assert report.status == 0
    assert not [path for path, data in campaign.everything().items() if NAME.encode() in data]
    if len(names) == 2:
        assert any(p["path"] == "output/.microsite" for p in report.data["problems"])
        assert "list of consents" not in report.said
    campaign.write("content/contact.md", sites.page(body="Bel."))
    assert [p["severity"] for p in told(campaign.build("--all"))] == ["warning"]


def test_a_build_that_is_killed_before_it_is_done_forgets_no_consent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site is shown, and the build did not come to the end."""
    campaign = sites.campaign(
        tmp_path / "eerste", {PATH: TEXT, "content/verhalen/iemand.svg": sites.drawing(7)}
    )

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Consents, "remember", killed)
        campaign.build()
    assert campaign.shows("verhalen/iemand.html")
    campaign.remove(PATH)
    (problem,) = told(campaign.build())
    assert "consent c-91 was published" in problem["message"]


def test_the_list_has_no_names_and_no_words(campaign: Campaign) -> None:
    campaign.remove(PATH)
    campaign.build("--all")
    files = sites.tree(campaign.output / ".microsite")
    lists = [data.lower() for path, data in files.items() if path.startswith("consents.")]
    assert len(lists) == 3
    for word in (NAME, QUOTE, BODY, "verhalen/iemand"):
        assert not any(word.lower().encode() in data for data in lists)
