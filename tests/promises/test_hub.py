"""Many brands in one build: side by side, each on its own, and the common work done once."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from helpers import sites
from microsite import build as project
from microsite import pipeline
from microsite.content import files
from microsite.core import workers
from microsite.rendering.artifact import Artifact
from microsite.rendering.shared_pages import SharedPages

BRANDS = [f"lid-{i}" for i in range(6)]


@pytest.fixture(autouse=True)
def _members(campaign: sites.Campaign) -> None:
    for i, brand in enumerate(BRANDS):
        campaign.write(f"brands/{brand}/brand.yaml", f"name: Lid {i}\nlogo: logo.svg\ncolour: '#00506b'\n")
        campaign.write(f"brands/{brand}/logo.svg", sites.LOGO)


def ready(report: sites.Report) -> dict[str, bool]:
    """Whether the site of each brand stands there with nothing against it."""
    wrong = {brand for brand, one in report.data["brands"].items() if one["problems"]}
    return {brand: brand not in wrong for brand in report.data["brands"]}


@pytest.fixture(params=["1", "2"])
def jobs(request: pytest.FixtureRequest) -> Sequence[str]:
    return "--all", "--jobs", request.param


def test_more_jobs_make_the_same_bytes(campaign: sites.Campaign, tmp_path: Path) -> None:
    campaign.build("--all").fine()
    other = sites.copy(campaign, tmp_path / "other")
    other.build("--all", "--jobs", "3").fine()
    for brand in (sites.BRAND, *BRANDS):
        assert sites.tree(campaign.output / brand) == sites.tree(other.output / brand), brand


def test_after_an_edit_one_text_is_read_and_each_site_gets_its_page(
    campaign: sites.Campaign, jobs: Sequence[str]
) -> None:
    campaign.build(*jobs).fine()
    campaign.write("content/contact.md", campaign.read("content/contact.md") + "\nNog een zin.\n")
    report = campaign.build(*jobs).fine()
    assert report.parsed == ["content/contact.md"]
    written = [
        path for path in report.data["written"] if "zoeken" not in path
    ]  # its words can be searched for
    assert sorted(written) == sorted(f"{b}/contact.html" for b in (sites.BRAND, *BRANDS))


def test_when_nothing_has_changed_nothing_is_made(campaign: sites.Campaign, jobs: Sequence[str]) -> None:
    campaign.build(*jobs).fine()
    data = campaign.build(*jobs).fine().data
    assert (data["made"], data["written"], data["parsed"]) == ([], [], [])


def test_images_are_made_once_and_lie_on_disk_once(
    campaign: sites.Campaign, photo: bytes, jobs: Sequence[str]
) -> None:
    campaign.write("content/beeld/foto.jpg", photo)
    text = campaign.read("content/contact.md")
    figure = "![Een straat](beeld/foto.jpg 'De straat. Foto: Kim Zand')"
    campaign.write("content/contact.md", f"{text}\n{figure}\n")
    report = campaign.build(*jobs)
    assert report.status == 0, report.said
    copies = list((campaign.output / sites.BRAND).rglob("*foto*"))
    assert copies
    for file in copies:
        same = [campaign.output / b / file.relative_to(campaign.output / sites.BRAND) for b in BRANDS]
        assert {other.stat().st_ino for other in same} == {file.stat().st_ino}


def test_a_mistake_stops_one_member_only(campaign: sites.Campaign, jobs: Sequence[str]) -> None:
    campaign.build(*jobs).fine()
    before = sites.tree(campaign.output / "lid-3")
    campaign.write("brands/lid-3/brand.yaml", "name: Lid\nlogo: nergens.svg\ncolour: '#00506b'\n")
    campaign.write("content/contact.md", campaign.read("content/contact.md") + "\nNog een zin.\n")
    report = campaign.build(*jobs)
    assert report.status == 1
    assert [brand for brand, done in ready(report).items() if not done] == ["lid-3"]
    assert sites.tree(campaign.output / "lid-3") == before
    assert b"Nog een zin." in (campaign.output / "lid-4/contact.html").read_bytes()


def test_so_does_an_error_of_our_own(
    campaign: sites.Campaign, jobs: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.Pipeline.plan

    def failing(self: pipeline.Pipeline, folder: Any) -> Any:
        return real(self, folder) if folder.name != "lid-3" else {}["niet hier"]

    monkeypatch.setattr(pipeline.Pipeline, "plan", failing)
    report = campaign.build(*jobs)
    assert [brand for brand, done in ready(report).items() if not done] == ["lid-3"]
    assert "KeyError: 'niet hier'" in report.said


@pytest.fixture
def ending() -> Iterator[contextlib.ExitStack]:
    """For what has to be taken away after the test."""
    with contextlib.ExitStack() as stack:
        yield stack


@pytest.mark.parametrize(
    "wrong", ["deep folders", "many files", "no answer", "an error of our own", "a pipe"]
)
def test_what_one_folder_holds_stops_no_other(
    campaign: sites.Campaign,
    jobs: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    ending: contextlib.ExitStack,
    wrong: str,
    tmp_path: Path,
) -> None:
    """A person who withdraws goes from all other sites, and each way to tell of it has been used."""
    for i in range(len(BRANDS), 18):  # enough to be looked at in parallel first
        campaign.add_member(f"lid-{i}")
    campaign.build(*jobs).fine()
    campaign.edit(sites.COR, "status: valid", "status: withdrawn")
    at = campaign.root / "brands/lid-3"
    scandir = os.scandir

    def scanned(folder: Any) -> Any:
        if str(folder).startswith(str(at)):
            raise OSError(5, "Input/output error") if wrong == "no answer" else RecursionError
        return scandir(folder)

    if wrong == "deep folders":
        ending.enter_context(sites.nested(at))
    elif wrong == "many files":
        monkeypatch.setattr(files, "MAX_FILES", 200)
        for i in range(200):
            campaign.write(f"brands/lid-3/content/{i}.txt", "x")
    elif wrong == "a pipe":
        os.mkfifo(at / "content")
    else:
        monkeypatch.setattr(os, "scandir", scanned)
    report = campaign.build(*jobs, "--junit", str(tmp_path / "junit.xml"))
    assert report.status == 1
    assert [brand for brand, one in report.data["brands"].items() if not one["done"]] == ["lid-3"]
    for brand in report.data["brands"]:
        shown = sites.shows(campaign.output / brand, "verhalen/cor.html")
        assert shown is (brand == "lid-3" and report.data["brands"][brand]["reduced"] is False), brand
    assert "18 built, 0 unchanged, 1 failed" in report.said
    told = json.loads((campaign.output / "index.json").read_text(encoding="utf-8"))["members"]
    assert [brand for brand, one in told.items() if not one["done"]] == ["lid-3"]
    assert b'failures="1"' in (tmp_path / "junit.xml").read_bytes()


def test_who_has_much_is_told_and_comes_last(
    campaign: sites.Campaign, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real = project.build_site

    def noted(session: project.Session, folder: Path) -> project.Result:
        order.append(folder.name)
        return real(session, folder)

    monkeypatch.setattr(project, "build_site", noted)
    monkeypatch.setattr(pipeline, "PAGES", 2)
    monkeypatch.setattr(pipeline, "MEGAPIXELS", 1)
    for i in range(3):
        campaign.write(f"brands/lid-0/content/p{i}.md", sites.page(f"Pagina {i}"))
    for i in range(2):
        campaign.write(f"brands/lid-1/content/f{i}.jpg", sites.jpeg(size=(1000, 1000 + i)))
    report = campaign.build("--all")
    assert report.status == 0
    assert order[-2:] == ["lid-0", "lid-1"]
    assert "lid-0: notice: has 3 pages of its own, so its site takes long" in report.said
    assert "lid-1: notice: its photos have 2 million pixels together" in report.said


def test_where_a_process_cannot_be_split_all_are_built(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_can_fork", lambda: False)
    report = campaign.build("--all", "--jobs", "2").fine()
    assert all(ready(report).values())
    assert len(ready(report)) == 1 + len(BRANDS)


def test_a_process_that_is_taken_down_is_told(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = project.build_site

    def dying(session: project.Session, folder: Path) -> project.Result:
        if folder.name == "lid-3":
            os._exit(9)
        return real(session, folder)

    monkeypatch.setattr(project, "build_site", dying)
    report = campaign.build("--all", "--jobs", "2")
    assert report.status == 1
    assert [brand for brand, done in ready(report).items() if not done] == ["lid-3"]
    assert "stopped from outside" in report.said


def test_no_template_of_ours_has_to_be_drawn_for_each_brand(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is filled in is what is drawn, also for a brand with other characters and more to tell."""
    real = SharedPages.make
    makers = set()

    def compared(self: SharedPages, item: Artifact) -> bytes:
        made = real(self, item)
        assert made == item.make(), item.path
        makers.add(self)
        return made

    monkeypatch.setattr(SharedPages, "make", compared)
    campaign.write(
        "brands/lid-2/brand.yaml",
        "name: \"Wel & 'niet' <b> 100% 😀\"\nlogo: logo.svg\ncolour: '#c8102e'\nurl: https://lid.example/a%20b/\n"
        'licence: "<i>Vrij</i> & \'open\'"\nsender: Stichting "Lid"\n'
        "contact: {role: Balie, email: a@lid.example}\n"
        "profiles: [{name: Mastodon, url: 'https://m.example/@lid?a=1&b=2'}]\n",
    )
    campaign.build("--all").fine()
    (maker,) = makers
    assert maker.not_shared == set()


def test_many_are_recognised_side_by_side(campaign: sites.Campaign, jobs: Sequence[str]) -> None:
    """Also when the last was touched, or the first too: those are mended, and only those."""
    for i in range(len(BRANDS), 18):
        brand = f"name: Lid {i}\nlogo: logo.svg\ncolour: '#00506b'\n"
        campaign.write(f"brands/lid-{i}/brand.yaml", brand)
        campaign.write(f"brands/lid-{i}/logo.svg", sites.LOGO)
    campaign.build(*jobs).fine()
    first, *_, last = sorted(folder.name for folder in (campaign.root / "brands").iterdir())
    for touched in ([last], [first, last]):
        pages = [f"{brand}/contact.html" for brand in touched]
        before = [(campaign.output / page).read_bytes() for page in pages]
        for page in pages:
            (campaign.output / page).write_bytes(b"x")
        data = campaign.build(*jobs).fine().data
        assert (sorted(data["written"]), len(data["brands"])) == (pages, 19)
        assert [(campaign.output / page).read_bytes() for page in pages] == before
    data = campaign.build(*jobs).fine().data
    assert (data["made"], data["written"], data["parsed"]) == ([], [], [])


def test_a_manifest_of_another_moment_says_nothing(campaign: sites.Campaign) -> None:
    campaign.build().fine()
    manifest = campaign.state / sites.BRAND / "manifest.json"
    old = manifest.read_text(encoding="utf-8")
    text = campaign.read("content/contact.md")
    campaign.write("content/contact.md", text.replace("Bel", "**Bel**"))
    campaign.build().fine()
    assert "<strong>Bel" in campaign.shown("contact.html")
    campaign.write("content/contact.md", text)
    manifest.write_text(old, encoding="utf-8")
    assert campaign.build().only()["message"] == "this could not be used; it is made again"
    assert "<strong>Bel" not in campaign.shown("contact.html")
    assert campaign.build().fine().made == []
