"""Publishing: exactly what changed is made, and the folder is the plan.

Being killed half-way and a full disk are tested by hand of the system's calls elsewhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from helpers import sites
from helpers.sites import BRAND, Campaign
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import Place, Problem, PublishError, text
from microsite.publishing import disk
from microsite.publishing.manifest import Manifest
from microsite.publishing.publisher import PublishedSite
from microsite.publishing.result import Published
from microsite.rendering.artifact import Artifact, Content, Plan, artifact

ANOUK, BAS, COR = (f"content/verhalen/{name}.md" for name in ("anouk", "bas", "cor"))
OWN = f"brands/{BRAND}/brand.yaml"


def pages(campaign: Campaign) -> set[str]:
    return {path for path, _ in campaign.pages()}


@pytest.fixture
def built(campaign: Campaign) -> Campaign:
    campaign.build().fine()
    return campaign


# ── exact work ──


def apart_from_search(paths: Iterable[str]) -> list[str]:
    """Any word of the site is a matter for the search page and its index: see test_search."""
    return sorted(path for path in paths if "zoeken" not in path)


class TestExactWork:
    def test_everything_the_first_time(self, campaign: Campaign) -> None:
        report = campaign.build().fine()
        assert report.made == report.written == sorted(campaign.tree())
        assert set(map(tuple, report.because.values())) == {("new",)}
        assert report.parsed == sorted(path for path in sites.SMALL if path.endswith(".md"))

    def test_nothing_when_nothing_changed(self, built: Campaign) -> None:
        report = built.build().fine()
        assert (report.made, report.written, report.removed, report.parsed) == ([], [], [], [])

    def test_nothing_when_files_are_only_touched(self, built: Campaign) -> None:
        sites.settle(built.root / "content", 100)
        report = built.build().fine()
        assert (report.made, report.parsed) == ([], [])

    def test_nothing_on_another_day_with_the_same_campaign(self, built: Campaign) -> None:
        report = built.build(day="2026-11-23").fine()
        assert (report.made, report.written, report.parsed) == ([], [], [])

    def test_a_word_in_a_text_is_one_text_and_one_page(self, built: Campaign) -> None:
        built.edit(BAS, "Hij leest", "Zij leest")
        report = built.build().fine()
        assert report.parsed == [BAS]
        assert report.made == report.written
        assert apart_from_search(report.made) == ["verhalen/bas.html"]
        assert report.because["verhalen/bas.html"] == ["body"]

    def test_a_title_is_every_page_that_shows_it(self, built: Campaign) -> None:
        built.edit(BAS, "Bas leest de brief", "Bas leest alles")
        report = built.build().fine()
        shows = {path for path, html in built.pages() if "Bas leest alles" in html}
        assert report.made == report.written
        assert set(apart_from_search(report.made)) == shows | {"feed.xml"}
        assert report.parsed == [BAS]
        assert report.because["verhalen/bas.html"] == ["meta", "page"]
        assert report.because["verhalen/anouk.html"] == ["next", "related"]
        assert report.because["verhalen/index.html"] == ["cards", "groups"]
        assert report.because["index.html"] == ["stories"]
        assert report.because["feed.xml"] == ["entries"]
        assert report.because["themas/wonen.html"] == ["cards"]

    def test_a_quote_is_not_a_matter_for_the_sitemap(self, built: Campaign) -> None:
        built.edit(BAS, "Ik dacht", "Wij dachten")
        report = built.build().fine()
        assert not {"sitemap.xml", "404.html", "contact.html", "toolkit/raad.html"} & set(report.made)

    def test_the_style_is_every_page(self, campaign: Campaign) -> None:
        campaign.with_own("assets")
        campaign.build().fine()
        before = {path for path in campaign.tree() if path.startswith("css/")}
        campaign.write("assets/css/99-own.css", "b { margin: 3px }")
        report = campaign.build().fine()
        after = {path for path in campaign.tree() if path.startswith("css/")}
        assert len(after - before) == 1
        assert set(report.made) == pages(campaign) | after - before
        assert set(report.removed) == before - after
        assert {tuple(report.because[path]) for path in pages(campaign)} == {("files",)}
        assert report.parsed == []

    def test_a_template_is_the_pages_that_are_drawn_with_it(self, campaign: Campaign) -> None:
        campaign.with_own("templates")
        campaign.build().fine()
        campaign.edit("templates/story.html", "<dl ", "<dl  ")
        report = campaign.build().fine()
        stories = [f"verhalen/{name}.html" for name in ("anouk", "bas", "cor")]
        assert report.made == stories
        assert report.because == {path: ["template"] for path in stories}
        campaign.edit("templates/base.html", "<body", "<body ")
        assert set(campaign.build().fine().made) == pages(campaign)

    def test_a_template_that_makes_the_same_bytes_writes_nothing(self, campaign: Campaign) -> None:
        campaign.with_own("templates")
        campaign.build().fine()
        campaign.edit("templates/story.html", "<dl ", "{# een opmerking #}<dl ")
        report = campaign.build().fine()
        assert len(report.made) == 3
        assert report.written == []
        assert campaign.build().fine().made == []

    def test_a_colour_is_the_style_and_the_drawings(self, built: Campaign) -> None:
        built.edit(OWN, "'#c8102e'", "'#00506b'")
        report = built.build().fine()
        assert pages(built) <= set(report.made)
        assert {tuple(report.because[path]) for path in pages(built)} == {("brand", "files")}
        assert not {"feed.xml", "sitemap.xml"} & set(report.written)

    def test_a_logo_is_every_page_and_the_logo(self, built: Campaign) -> None:
        built.write(f"brands/{BRAND}/logo.svg", sites.drawing(29))
        report = built.build().fine()
        assert pages(built) <= set(report.written)
        assert len([path for path in report.removed if "logo" in path]) == 1

    def test_a_draft_is_one_page_less_and_what_told_of_it(self, built: Campaign) -> None:
        shows = {path for path, html in built.pages() if "Cor wacht niet" in html}
        built.edit(COR, "role:", "draft: true\nrole:")
        report = built.build()
        assert apart_from_search(report.removed) == ["themas/meedoen.html", "verhalen/cor.html"]
        assert shows - set(report.removed) <= set(report.written)
        assert "contact.html" not in report.made

    def test_an_image_is_the_pages_that_show_it(self, built: Campaign) -> None:
        shows = {path for path, html in built.pages() if "anouk-" in html}
        built.write("content/verhalen/anouk.svg", sites.drawing(7))
        report = built.build().fine()
        assert report.parsed == []
        assert {path for path in report.made if path.endswith(".html")} == shows
        assert len(report.removed) == 1

    def test_a_photo_is_encoded_once(self, campaign: Campaign, photo: bytes) -> None:
        campaign.write("content/nieuws/straat.jpg", photo)
        campaign.edit("content/nieuws/start.md", "Vandaag.", '![Een straat](straat.jpg "Foto: J. de Wit")')
        campaign.build().fine()
        copies = {path for path in campaign.tree() if "straat" in path}
        assert copies
        campaign.edit("content/nieuws/start.md", "Een straat", "De straat")
        assert apart_from_search(campaign.build().fine().made) == ["feed.xml", "nieuws/start.html"]
        for path in copies:
            assert (campaign.site / path).stat().st_nlink > 1

    def test_a_theme_s_title_is_the_pages_that_carry_it(self, built: Campaign) -> None:
        built.edit("content/site.yaml", "{title: Meedoen,", "{title: Samen,")
        report = built.build().fine()
        assert report.parsed == []
        assert {path for path, html in built.pages() if "Samen" in html} <= set(report.made)

    def test_a_name_of_the_campaign_is_every_page(self, built: Campaign) -> None:
        built.edit("content/site.yaml", "Deur voor deur", "Raam voor raam")
        assert pages(built) <= set(built.build().fine().written)

    def test_two_sites_of_one_campaign_read_each_text_once(self, campaign: Campaign) -> None:
        campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
        campaign.write("brands/lid/logo.svg", sites.LOGO)
        report = campaign.build("--all")
        assert len(report.parsed) == len(set(report.parsed)) == 9
        campaign.edit(BAS, "Hij leest", "Zij leest")
        report = campaign.build("--all")
        assert report.parsed == [BAS]
        assert apart_from_search(report.data["made"]) == [
            "lid/verhalen/bas.html",
            f"{BRAND}/verhalen/bas.html",
        ]

    def test_a_member_s_change_is_not_another_s_work(self, campaign: Campaign) -> None:
        campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
        campaign.write("brands/lid/logo.svg", sites.LOGO)
        campaign.build("--all")
        campaign.edit("brands/lid/brand.yaml", "name: Lid", "name: Ander lid")
        report = campaign.build("--all")
        assert report.data["brands"][BRAND]["made"] == []
        assert report.parsed == []


# ── a published site by itself ──


def said(words: str) -> bytes:
    return words.encode()


def failing(words: str) -> bytes:
    raise AssertionError(words)


class Maker:
    """Makes artifacts in this process, as a program called ``engine``."""

    def __init__(self, engine: str = "engine") -> None:
        self.engine = engine
        self.fingerprints = Fingerprints()

    def make(self, artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Content]]:
        for item in artifacts:
            yield item, item.make()


def put(folder: Path, **files: str) -> Published:
    """Publish these files; ``_`` in a name stands for a slash."""
    artifacts = (artifact(name.replace("_", "/"), said, words=words) for name, words in files.items())
    with PublishedSite(folder, "output/x") as site:
        return site.publish(Plan(tuple(artifacts)), "inputs", Maker())


def texts(folder: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in sites.tree(folder).items()}


class TestPublishedSite:
    def test_a_folder_is_the_plan(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        assert put(folder, a="1", b_c="2").written == ("a", "b/c")
        assert texts(folder) == {"a": "1", "b/c": "2"}
        done = put(folder, a="1", d="3")
        assert (done.made, done.written, done.removed) == (("d",), ("d",), ("b/c",))
        assert texts(folder) == {"a": "1", "d": "3"}
        assert not (folder / "b").exists()

    def test_the_files_of_a_site_with_other_inputs_are_looked_at_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path / "x", a="1")
        looks: list[Path] = []
        stamps = disk.stamps
        monkeypatch.setattr(disk, "stamps", lambda folder: looks.append(folder) or stamps(folder))
        with PublishedSite(tmp_path / "x", "x") as site:
            assert not site.current("other inputs")
            site.publish(Plan((artifact("a", said, words="2"),)), "other inputs", Maker())
            assert looks == [tmp_path / "x"]
            assert site.current("other inputs")

    def test_a_file_may_become_a_folder_and_back(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        put(folder, a="1")
        put(folder, a_b="2")
        assert texts(folder) == {"a/b": "2"}
        put(folder, a="3")
        assert texts(folder) == {"a": "3"}

    def test_what_stays_is_the_same_file(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        put(folder, a="1", b="2")
        before = (folder / "a").stat()
        put(folder, a="1", b="3")
        after = (folder / "a").stat()
        assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)

    def test_an_empty_plan_is_an_empty_site(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        put(folder, a="1")
        assert put(folder).removed == ("a",)
        assert texts(folder) == {}

    def test_the_rights_of_the_folder_stay(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        put(folder, a="1")
        folder.chmod(0o750)
        put(folder, a="2")
        assert folder.stat().st_mode & 0o777 == 0o750

    def test_nothing_else_is_left(self, tmp_path: Path) -> None:
        put(tmp_path / "x", a="1")
        put(tmp_path / "x", a="2")
        assert sorted(sites.tree(tmp_path)) == [
            ".backup/.microsite/x.json",
            ".microsite/x/lock",
            ".microsite/x/manifest.json",
            "x/a",
        ]

    def test_links_that_an_earlier_version_laid_aside_are_removed(self, tmp_path: Path) -> None:
        spare = tmp_path / ".microsite/x/spare"
        put(tmp_path / "x", a="1")
        spare.mkdir()
        (spare / "a").hardlink_to(tmp_path / "x/a")
        put(tmp_path / "x", a="1")
        assert not spare.exists()

    @pytest.mark.parametrize("error", [OSError(28, "No space left on device"), PublishError()])
    def test_what_cannot_be_made_leaves_what_was_there(self, tmp_path: Path, error: Exception) -> None:
        class Breaking(Maker):
            def make(self, artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Content]]:
                yield artifacts[0], b"half"
                raise error

        folder = tmp_path / "x"
        put(folder, a="1", b="2")
        before = sites.tree(tmp_path)
        items = artifact("a", said, words="9"), artifact("b", said, words="9")
        with pytest.raises(PublishError), PublishedSite(folder, "output/x") as site:
            site.publish(Plan(items), "", Breaking())
        assert sites.tree(tmp_path) == before

    def test_a_refusal_of_the_system_is_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "output").write_text("in de weg", encoding="utf-8")
        with pytest.raises(PublishError) as refused:
            put(tmp_path / "output/x", a="1")
        (problem,) = refused.value.problems
        assert "the site could not be written" in str(problem.message)
        assert problem.hint is not None

    @pytest.mark.parametrize(
        "rubbish", ["", "{", "[]", '{"files": 3}', '{"files": {"a": []}}', "null", "\xff"]
    )
    def test_without_any_manifest_nobody_s_files_are_taken(self, tmp_path: Path, rubbish: str) -> None:
        """Only what has the bytes of the next site is ours."""
        folder = tmp_path / "x"
        put(folder, a="1")
        for file in (".microsite/x/manifest.json", ".backup/.microsite/x.json"):
            (tmp_path / file).write_text(rubbish, encoding="latin-1")
        with pytest.raises(PublishError) as refused:
            put(folder, a="2")
        assert "it is not known who made these files" in str(refused.value.problems[0].message)
        assert texts(folder) == {"a": "1"}
        put(folder, a="1", b="2")
        assert texts(folder) == {"a": "1", "b": "2"}

    def test_a_manifest_says_what_is_there(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        problem = Problem(Place("content/a.md", 3), text("x {y}", y="z"), text("h"), "warning")
        with PublishedSite(folder, "x") as site:
            assert site.manifest() == Manifest()
            site.publish(Plan((artifact("a", said, words="1"),), (problem,)), "inputs", Maker())
            known = site.manifest()
            assert known.problems == (problem,)
            assert known.inputs == "inputs"
        with PublishedSite(folder, "x") as site:
            assert site.manifest() == known
            assert site.current("inputs")
            assert not site.current("other inputs")
            (folder / "b").write_text("x", encoding="utf-8")
            assert not site.current("inputs")

    def test_equal_bytes_of_other_inputs_are_not_written(self, tmp_path: Path) -> None:
        def plain(words: str, note: str) -> bytes:
            return words.encode()

        def now(note: str) -> Published:
            with PublishedSite(tmp_path / "x", "x") as site:
                items = (artifact("a", plain, words="1", note=note),)
                return site.publish(Plan(items), "", Maker())

        now("een")
        done = now("twee")
        assert (done.made, done.written) == (("a",), ())
        assert done.because == (("a", ("note",)),)
        assert now("twee").made == ()

    def test_another_recipe_is_a_reason(self, tmp_path: Path) -> None:
        put(tmp_path / "x", a="1")
        with PublishedSite(tmp_path / "x", "x") as site, pytest.raises(AssertionError):
            site.publish(Plan((artifact("a", failing, words="1"),)), "", Maker())
        with PublishedSite(tmp_path / "x", "x") as site:
            done = site.publish(Plan((artifact("a", said, words="1"),)), "", Maker("other"))
        assert done.because == (("a", ("recipe",)),)

    def test_a_manifest_of_an_earlier_version_is_read(self, tmp_path: Path) -> None:
        """After an upgrade all is made anew, only what differs is written, and no file of ours is foreign."""
        folder, state = tmp_path / "x", tmp_path / ".microsite/x"
        put(folder, a="1", b="1", c="1")
        for lines in ("words=1", {"words": "1"}):
            data = json.loads((state / "manifest.json").read_text(encoding="utf-8"))["manifest"]
            older = {
                path: ["fingerprint", lines, one["digest"], one["size"], one["mtime_ns"], ["new"], [], []]
                for path, one in data["files"].items()
            }
            problem = [["content/a.md", 3, 0], ["x {y}", [["y", "z"]]], None, "warning"]
            data = {
                "inputs": "inputs",
                "problems": [problem],
                "advice": [],
                "people": ["c.md"],
                "files": older,
            }
            (state / "manifest.json").write_text(json.dumps(data), encoding="utf-8")
            (state / "seal.json").write_text("[]", encoding="utf-8")
            with PublishedSite(folder, "x") as site:
                assert not site.current("inputs")
                assert site.manifest().people == ("c.md",)
            done = put(folder, a="1", b=f"{lines}")
            assert (done.made, done.written) == (("a", "b"), ("b",))
            assert texts(folder) == {"a": "1", "b": f"{lines}"}
            assert sorted(file.name for file in state.iterdir()) == ["lock", "manifest.json"]

    @pytest.mark.external
    def test_a_second_build_waits(self, tmp_path: Path) -> None:
        with PublishedSite(tmp_path / "x", "x"):
            reader = os.fork()
            if reader == 0:
                with PublishedSite(tmp_path / "x", "x"):
                    os._exit(7)
            assert os.waitpid(reader, os.WNOHANG) == (0, 0)
        assert os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1]) == 7


class TestWithoutExchange:
    """Where two folders cannot change places: network drives, mount points, Windows."""

    @pytest.fixture(autouse=True)
    def _cannot(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(disk, "exchange", lambda new, shown: False)

    def test_it_comes_to_the_same(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        put(folder, a="1", b_c="2")
        put(folder, a="4", d="3")
        assert texts(folder) == {"a": "4", "d": "3"}
        assert not (folder / "b").exists()
        assert put(folder, a="4", d="3").made == ()

    def test_a_whole_campaign(self, campaign: Campaign, tmp_path: Path) -> None:
        campaign.build().fine()
        campaign.edit(BAS, "Hij leest", "Zij leest")
        campaign.edit(COR, "role:", "draft: true\nrole:")
        campaign.build()
        assert campaign.tree() == sites.cold(campaign, tmp_path / "koud")
        assert campaign.build().made == []


def test_exchange_says_no_where_it_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, shown = tmp_path / "new", tmp_path / "shown"
    new.mkdir()
    (new / "a").touch()
    assert disk.exchange(new, shown)
    new.mkdir()
    (new / "b").touch()
    assert disk.exchange(new, shown)
    assert ([f.name for f in shown.iterdir()], [f.name for f in new.iterdir()]) == (["b"], ["a"])
    monkeypatch.setattr(disk.sys, "platform", "win32")
    assert not disk.exchange(new, shown)
    assert [f.name for f in shown.iterdir()] == ["b"]


def test_what_is_known_can_be_read_by_people(built: Campaign) -> None:
    data = json.loads((built.state / BRAND / "manifest.json").read_text(encoding="utf-8"))["manifest"]
    assert set(data["files"]) == set(built.tree())


class TestFilesThatPeopleGoOnWith:
    """A folder with texts to fill in: what people make of them there is theirs, and stays."""

    def fill(self, folder: Path, keep: bool = False, **words: str) -> Published:
        items = tuple(artifact(f"{stem}.docx", said, words=each) for stem, each in words.items())
        with PublishedSite(folder, "output/x", edited=(".docx",)) as site:
            return site.publish(Plan(items), "inputs", Maker(), only_keep=keep)

    def test_a_changed_text_stays_under_another_name(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        self.fill(folder, a="1", b="2")
        (folder / "a.docx").write_text("ingevuld", encoding="utf-8")
        assert self.fill(folder, keep=True, a="1", b="2").made == ()
        assert sites.names(folder) == ["a-eigen.docx", "b.docx"]
        done = self.fill(folder, a="1", b="2")
        assert (done.written, done.others) == (("a.docx",), ("a-eigen.docx",))
        assert (folder / "a-eigen.docx").read_text(encoding="utf-8") == "ingevuld"

    def test_a_text_that_is_only_touched_is_not_somebody_s(self, tmp_path: Path) -> None:
        folder = tmp_path / "x"
        self.fill(folder, a="1")
        os.utime(folder / "a.docx", ns=(1, 1))
        assert self.fill(folder, a="1").others == ()
        assert sites.names(folder) == ["a.docx"]

    @pytest.mark.parametrize("exchanged", [True, False])
    def test_other_files_stay_while_ours_are_replaced(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanged: bool
    ) -> None:
        if not exchanged:
            monkeypatch.setattr(disk, "exchange", lambda *_: False)
        folder = tmp_path / "x"
        self.fill(folder, a="1", b="2")
        (folder / "van mij").mkdir()
        (folder / "van mij/brief.txt").write_text("van mij", encoding="utf-8")
        done = self.fill(folder, a="3")
        assert (done.written, done.removed, done.others) == (("a.docx",), ("b.docx",), ("van mij/brief.txt",))
        assert sites.tree(folder) == {"a.docx": b"3", "van mij/brief.txt": b"van mij"}
        with PublishedSite(folder, "output/x", edited=(".docx",)) as site:
            assert site.current("inputs")
