"""The promises of the design, one class for each, held through the same doors that people use.

Killing a build and a full disk (4), colours and accessibility (7) have files of their own.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from helpers import sites
from helpers.sites import BRAND, Campaign, jpeg
from microsite.content.files import Changed, Source

ENGINE = Path(sites.cli.__file__).parent.parent


def nodes(html: str, selector: str) -> list[LexborNode]:
    return LexborHTMLParser(html).css(selector)


def addresses(html: str) -> Iterator[tuple[str, str]]:
    """(attribute, value) of everything on a page that a browser may follow or fetch."""
    for node in nodes(html, "[href], [src], [srcset], [poster]"):
        for name, value in node.attributes.items():
            if name in ("href", "src", "poster"):
                yield name, value or ""
            elif name == "srcset":
                yield from ((name, part.split()[0]) for part in (value or "").split(","))


def door(site: Campaign, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same as ``Campaign.build``, in a process of its own."""
    command = [sys.executable, str(ENGINE / "build.py"), "--project", str(site.root)]
    command += ["--output", str(site.output), *more]
    return subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], "MICROSITE_LANGUAGE": "en", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


class Test1SameInputsSameBytes:
    def test_another_zone_locale_hash_seed_folder_and_number_of_workers(
        self, campaign: Campaign, tmp_path: Path, photo: bytes
    ) -> None:
        campaign.write("content/nieuws/straat.jpg", photo)
        campaign.edit("content/nieuws/start.md", "Vandaag.", '![Een straat](straat.jpg "Foto: J. de Wit")')
        other = sites.copy(campaign, tmp_path / "één andere map")
        other.place = tmp_path / "heel" / "ergens anders"
        first = door(
            campaign,
            "--date",
            sites.DAY,
            "--jobs",
            "1",
            TZ="Pacific/Kiritimati",
            LC_ALL="C",
            PYTHONHASHSEED="1",
        )
        second = door(
            other, "--date", sites.DAY, "--jobs", "2", TZ="America/Adak", LC_ALL="C.UTF-8", PYTHONHASHSEED="2"
        )
        assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
        assert campaign.tree() == other.tree()

    def test_the_order_in_which_files_were_made_and_their_times_do_not_matter(
        self, campaign: Campaign, tmp_path: Path
    ) -> None:
        other = Campaign(tmp_path / "andersom")
        for number, (path, content) in enumerate(reversed(sites.SMALL.items())):
            os.utime(other.write(path, content), (number * 10**8, number * 10**8))
        campaign.build().fine()
        other.build().fine()
        assert campaign.tree() == other.tree()

    def test_the_day_is_an_input(self, campaign: Campaign) -> None:
        campaign.edit(
            "content/nieuws/start.md", "date: 2026-06-01", "date: 2026-06-01\nexpires_on: 2026-12-01"
        )
        campaign.build(day="2026-11-30")
        assert "nieuws/start.html" in campaign.tree()
        report = campaign.build(day="2026-12-01")
        assert "nieuws/start.html" in report.removed

    @pytest.mark.parametrize(
        ("epoch", "there"),
        [
            ("1796079599", True),  # 2026-11-30 23:59:59 in Amsterdam
            ("1796079600", False),  # midnight there, 23:00 in London
        ],
    )
    def test_source_date_epoch_is_a_day_in_amsterdam(
        self, campaign: Campaign, epoch: str, there: bool
    ) -> None:
        campaign.edit(
            "content/nieuws/start.md", "date: 2026-06-01", "date: 2026-06-01\nexpires_on: 2026-12-01"
        )
        done = door(campaign, "--jobs", "1", SOURCE_DATE_EPOCH=epoch, TZ="America/Adak")
        assert done.returncode == 0, done.stderr
        assert ("nieuws/start.html" in campaign.tree()) is there

    def test_the_chosen_day_goes_before_source_date_epoch(
        self, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
        campaign.build().fine()
        assert "nieuws/start.html" in campaign.tree()

    def test_nothing_of_the_machine_is_in_the_site(self, campaign: Campaign) -> None:
        campaign.build().fine()
        traces = [str(campaign.root).encode(), str(ENGINE).encode(), os.uname().nodename.encode()]
        assert [path for path, data in campaign.tree().items() if any(t in data for t in traces)] == []


# ── 2 ──

Edit = Callable[[Campaign], None]


def replacing(path: str, pattern: str, by: str) -> Edit:
    """The edit that writes ``by`` for what the pattern finds, where that file is there."""

    def edit(site: Campaign) -> None:
        if (site.root / path).exists():
            site.write(path, re.sub(pattern, by, site.read(path), count=1, flags=re.M))

    return edit


def writing(path: str, content: str) -> Edit:
    def edit(site: Campaign) -> None:
        site.write(path, content)

    return edit


def removing(path: str) -> Edit:
    def edit(site: Campaign) -> None:
        (site.root / path).unlink(missing_ok=True)

    return edit


def renaming(path: str, to: str) -> Edit:
    def edit(site: Campaign) -> None:
        if (site.root / path).exists():
            (site.root / path).replace(site.root / to)

    return edit


ANOUK, BAS, COR = (f"content/verhalen/{name}.md" for name in ("anouk", "bas", "cor"))
OWN = f"brands/{BRAND}/brand.yaml"
EDITS: dict[str, Edit] = {
    "a body": replacing(ANOUK, r"Op de vierde", "Op de vijfde"),
    "a longer body": replacing(BAS, r"\Z", "\nEn nog veel meer daarna.\n"),
    "a heading that is linked": replacing(ANOUK, r"^## De hal.*$", "## De hal"),
    "a title": replacing(ANOUK, r"^title: .*$", "title: Anouk & <b>Bas</b>"),
    "another title": replacing(COR, r"^title: .*$", "title: Cor is er"),
    "a summary": replacing(BAS, r"^summary: .*$", "summary: In één zin."),
    "two tags": replacing(COR, r"^tags: .*$", "tags: [wonen, meedoen]"),
    "no tags": replacing(BAS, r"^tags: .*$", "tags: []"),
    "a weight": replacing(COR, r"^role:", "weight: -1\nrole:"),
    "a draft": replacing(COR, r"^role:", "draft: true\nrole:"),
    "no draft": replacing(COR, r"^draft: .*\n", ""),
    "withdrawn": replacing(BAS, r"status: \w+", "status: withdrawn"),
    "withdrawn, mistyped": replacing(COR, r"status: \w+", "status: withdrwan"),
    "valid again": replacing(BAS, r"status: \w+", "status: valid"),
    "a later date": replacing(ANOUK, r"^date: .*$", "date: 2026-05-02"),
    "a future date": replacing(BAS, r"^date: .*$", "date: 2027-01-01"),
    "an end": replacing("content/nieuws/start.md", r"^date:.*$", "date: 2026-06-01\nexpires_on: 2026-11-22"),
    "deleted": removing(COR),
    "deleted, the last of its kind": removing("content/bewijs/telling.md"),
    "written again": writing(COR, sites.SMALL[COR]),
    "renamed": renaming(COR, "content/verhalen/cor-en-dina.md"),
    "renamed back": renaming("content/verhalen/cor-en-dina.md", COR),
    "moved to a new folder": renaming("content/nieuws/start.md", "content/start.md"),
    "a new page": writing("content/nieuws/nog-een.md", sites.page("Nog een", extra="date: 2026-07-01\n")),
    "a translation": writing(
        "content/verhalen/bas.en.md",
        "---\ntitle: Bas reads\nsummary: In short.\n---\nHe reads [at Anouk's](anouk.md).\n",
    ),
    "a word in a translation": replacing("content/verhalen/bas.en.md", r"He reads", "She reads"),
    "a new folder": writing("content/over/wie.md", sites.page("Wie wij zijn")),
    "no text of a list": removing("content/verhalen/index.md.not"),
    "a template": replacing("templates/story.html", r"^<dl class=.*$", "<dl> nieuw"),
    "a partial": replacing("templates/partials/footer.html", r"^<footer ", "<footer id='voet' "),
    "a style": writing("assets/css/99-own.css", "b { margin: 3px }"),
    "no script": removing("assets/js/site.js"),
    "a colour": replacing(OWN, r"^colour: .*$", "colour: '#00506b'"),
    "a name": replacing(OWN, r"^name: .*$", "name: Buurthuis De Trap"),
    "no address": replacing(OWN, r"^url: .*\n", ""),
    "a logo": writing(f"brands/{BRAND}/logo.svg", sites.drawing(3)),
    "an image": writing("content/verhalen/anouk.svg", sites.drawing(7)),
    "no image": replacing(ANOUK, r"^image: .*\n", ""),
    "a figure": replacing("content/feiten.yaml", r"64 deuren", "65 deuren"),
    "a menu": replacing("content/site.yaml", r"title: Verhalen, page", "title: Mensen, page"),
    "a theme": replacing("content/site.yaml", r"title: Wonen,", "title: Thuis,"),
    "compressed": replacing("content/site.yaml", r"^slogan", "precompress: true\nslogan"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    site = sites.campaign(tmp_path_factory.mktemp("built") / "campagne")
    site.with_own("templates")
    site.with_own("assets")
    site.build()
    return site


class Test2WarmEqualsCold:
    numbers = iter(range(10**6))

    def _holds(self, built: Campaign, folder: Path, names: list[str]) -> None:
        number = next(self.numbers)
        warm = Campaign(folder / f"warm-{number}")
        shutil.copytree(built.root, warm.root)
        for name in names:
            EDITS[name](warm)
            report = warm.build()
            assert report.status == 0, report.said
        fresh = sites.copy(warm, folder / f"cold-{number}")
        assert fresh.build().problems == report.problems
        assert warm.tree() == fresh.tree()
        assert warm.build().made == []
        for site in (warm, fresh):
            shutil.rmtree(site.root)

    @settings(
        max_examples=12, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck], database=None
    )
    @given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=3, max_size=5))
    def test_after_some_edits(self, built: Campaign, tmp_path: Path, names: list[str]) -> None:
        self._holds(built, tmp_path, names)

    def test_after_every_edit_in_a_row(self, built: Campaign, tmp_path: Path) -> None:
        self._holds(built, tmp_path, list(EDITS))

    def test_a_photo_that_is_replaced(self, campaign: Campaign, tmp_path: Path, photo: bytes) -> None:
        campaign.write("content/nieuws/straat.jpg", photo)
        campaign.edit("content/nieuws/start.md", "Vandaag.", '![Een straat](straat.jpg "Foto: J. de Wit")')
        campaign.build().fine()
        campaign.write("content/nieuws/straat.jpg", jpeg("navy"))
        campaign.build().fine()
        assert campaign.tree() == sites.cold(campaign, tmp_path / "koud")

    def test_a_day_that_passes(self, campaign: Campaign, tmp_path: Path) -> None:
        campaign.edit(BAS, "date: 2026-05-01", "date: 2026-12-01")
        campaign.edit(COR, "expires_on: 2028-01-01", "expires_on: 2026-12-05")
        for day in ("2026-11-22", "2026-12-01", "2026-12-05"):
            assert campaign.build(day=day).status == 0
        assert "verhalen/bas.html" in campaign.tree()
        assert "verhalen/cor.html" not in campaign.tree()
        assert campaign.tree() == sites.cold(campaign, tmp_path / "koud", "2026-12-05")

    def test_whatever_is_lost_of_what_was_remembered(self, campaign: Campaign) -> None:
        campaign.build().fine()
        before = campaign.tree()
        (campaign.state / "stamps.json").write_text("{", encoding="utf-8")
        (campaign.state / "store" / "values.sqlite").write_bytes(b"no database")
        campaign.edit(ANOUK, "vierde", "vijfde")
        campaign.build().fine()
        campaign.edit(ANOUK, "vijfde", "vierde")
        campaign.build().fine()
        assert campaign.tree() == before

    def test_another_version_of_a_library_makes_everything_anew(
        self, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A page is made of its texts and of the programs that made it."""
        campaign.build().fine()
        monkeypatch.setattr("microsite.session.installed_distributions", lambda: ["markdown-99.0.dist-info"])
        report = campaign.build()
        assert "content/contact.md" in report.parsed


# ── 3 ──


class Test3ExactOutput:
    def test_only_what_is_planned(self, campaign: Campaign) -> None:
        report = campaign.build().fine()
        assert sorted(campaign.tree()) == report.made
        assert [p for p in campaign.site.rglob("*") if p.is_symlink()] == []

    def test_a_page_that_is_gone_is_gone_with_all_that_told_of_it(self, campaign: Campaign) -> None:
        campaign.write("content/oud/blad.md", sites.page("Onvindbaar", "Kwijtgeraakt."))
        campaign.write(COR, sites.story("Onvindbaar verhaal", name="Zoekgeraakt", tags="meedoen"))
        campaign.build().fine()
        campaign.remove("content/oud/blad.md")
        campaign.remove(COR)
        report = campaign.build().fine()
        assert plain(report.removed) == [
            "js/zoeken.js",
            "oud/blad.html",
            "themas/meedoen.html",
            "verhalen/cor.html",
        ]
        assert not (campaign.site / "oud").exists()
        left = [
            path
            for path, data in campaign.everything().items()
            for word in (b"Onvindbaar", b"Kwijtgeraakt", b"Zoekgeraakt")
            if word in data
        ]
        assert left == []

    @pytest.mark.parametrize("stranger", ["mijn.txt", "verhalen/notitie.html", ".htpasswd", "nieuw/a.txt"])
    def test_a_foreign_file_is_refused_before_anything_is_done(
        self, campaign: Campaign, stranger: str
    ) -> None:
        campaign.build().fine()
        file = campaign.site / stranger
        file.parent.mkdir(exist_ok=True)
        file.write_text("van iemand anders", encoding="utf-8")
        before = campaign.tree()
        campaign.remove(COR)
        campaign.edit(ANOUK, "vierde", "vijfde")
        report = campaign.build()
        assert report.status == 1
        urgent, told = report.data["problems"]  # urgent, for it is a person who has to go
        assert (urgent["path"], told["path"]) == (f"brands/{BRAND}", f"output/{BRAND}/{stranger}")
        assert "not a file of this site" in told["message"]
        assert campaign.tree() == before
        file.unlink()
        assert campaign.build().status == 0

    def test_a_foreign_file_is_found_when_nothing_else_changed(self, campaign: Campaign) -> None:
        campaign.build().fine()
        (campaign.site / "mijn.txt").write_text("x", encoding="utf-8")
        assert campaign.build().status == 1
        assert (campaign.site / "mijn.txt").exists()

    def test_a_folder_that_was_there_before_us_is_not_taken(self, campaign: Campaign) -> None:
        file = campaign.site / "foto.jpg"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x")
        assert campaign.build().status == 1
        assert campaign.tree() == {"foto.jpg": b"x"}

    def test_a_foreign_link_is_not_followed(self, campaign: Campaign, tmp_path: Path) -> None:
        campaign.build().fine()
        elsewhere = tmp_path / "elders"
        elsewhere.mkdir()
        (elsewhere / "kostbaar.txt").write_text("x", encoding="utf-8")
        (campaign.site / "elders").symlink_to(elsewhere)
        assert campaign.build().status == 1
        assert (elsewhere / "kostbaar.txt").exists()
        assert (campaign.site / "elders").is_symlink()

    def test_an_output_folder_that_is_a_link_is_never_mixed_with_what_is_behind_it(
        self, campaign: Campaign, tmp_path: Path
    ) -> None:
        """Somebody points ``output/<id>`` at the web server's folder: kept as a link, or refused in words."""
        served = tmp_path / "www"
        served.mkdir()
        campaign.output.mkdir()
        campaign.site.symlink_to(served)
        campaign.build()
        for floor in ("vijfde", "zesde", "zevende"):
            campaign.edit(ANOUK, campaign.read(ANOUK).split("Op de ")[1].split()[0], floor)
            report = campaign.build()
            behind = sites.tree(served)
            assert (report.status == 1 and not behind) or behind == campaign.tree()

    @pytest.mark.parametrize("how", ["changed", "gone", "emptied"])
    def test_a_file_of_ours_that_was_touched_is_put_right(self, campaign: Campaign, how: str) -> None:
        campaign.build().fine()
        before = campaign.tree()
        file = campaign.site / "contact.html"
        file.unlink() if how == "gone" else file.write_text("" if how == "emptied" else "x", encoding="utf-8")
        report = campaign.build().fine()
        assert (report.made, report.written) == (["contact.html"], ["contact.html"])
        assert report.because == {"contact.html": ["changed on disk"]}
        assert campaign.tree() == before

    @pytest.mark.parametrize("output", [".", "..", "content", "content/uit"])
    def test_an_output_among_the_sources_is_a_wrong_choice(self, campaign: Campaign, output: str) -> None:
        campaign.place = campaign.root / output
        assert campaign.build().status == 2
        assert not (campaign.root / "content" / ".microsite").exists()

    @pytest.mark.parametrize("output", ["brands", f"brands/{BRAND}", "templates", "assets"])
    def test_nor_can_it_be_another_folder_of_the_campaign(self, campaign: Campaign, output: str) -> None:
        for part in ("templates", "assets"):
            campaign.with_own(part)
        campaign.place = campaign.root / output
        before = sites.tree(campaign.root)
        assert campaign.build().status != 0
        after = sites.tree(campaign.root)
        assert {path: data for path, data in after.items() if ".microsite" not in path} == before


# ── 4 ──


class Test4AllOrNothing:
    def _stays(self, campaign: Campaign, before: dict[str, bytes], *more: str) -> sites.Report:
        report = campaign.build(*more)
        assert report.status == 1
        assert (report.made, report.written, report.removed) == ([], [], [])
        assert campaign.tree() == before
        assert "the last good site stays" in report.said
        return report

    @pytest.fixture
    def before(self, campaign: Campaign) -> dict[str, bytes]:
        campaign.build().fine()
        campaign.edit(ANOUK, "vierde", "vijfde")  # so that there is something to publish
        return campaign.tree()

    def test_an_error_in_a_text(self, campaign: Campaign, before: dict[str, bytes]) -> None:
        campaign.edit(BAS, "title:", "titel:")
        self._stays(campaign, before)

    def test_a_warning_in_a_strict_build(self, campaign: Campaign, before: dict[str, bytes]) -> None:
        campaign.edit(BAS, "expires_on: 2028-01-01", "expires_on: 2026-12-01")
        self._stays(campaign, before, "--strict")
        assert campaign.build().status == 0

    @pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
    @pytest.mark.parametrize("path", ["content/contact.md", "content/feiten.yaml", OWN])
    def test_a_file_that_is_none(
        self, campaign: Campaign, before: dict[str, bytes], kind: str, path: str
    ) -> None:
        file = campaign.root / path
        file.unlink()
        if kind == "folder":
            file.mkdir()
        elif kind == "link":
            file.symlink_to(campaign.root / BAS)
        else:
            os.mkfifo(file)
        report = self._stays(campaign, before)
        blamed = {p["path"] for p in report.data["problems"]}
        assert path in blamed or kind == "folder"

    @pytest.mark.parametrize(
        "broken",
        [
            "{% if %}",
            "{{ onbekend }}",
            "{{ 1 // 0 }}",
            "{{ page.title.nope.nope }}",
            "{{ [1][7] }}",
            "{% for x in 3 %}{% endfor %}",
            "{{ longdate('x') }}",
            "{{ 'a' * (2 ** 200) }}",
        ],
    )
    def test_a_template_that_fails(self, campaign: Campaign, before: dict[str, bytes], broken: str) -> None:
        campaign.with_own("templates")
        campaign.edit("templates/story.html", "<dl ", f"\n{broken}\n<dl ")
        report = self._stays(campaign, before)
        line = campaign.read("templates/story.html").split("\n").index(broken) + 1
        problem = report.only()
        assert (problem["path"], problem["line"]) == ("templates/story.html", line)

    def test_a_template_that_draws_itself(self, campaign: Campaign, before: dict[str, bytes]) -> None:
        campaign.with_own("templates")
        campaign.edit("templates/story.html", "<dl ", "{% include 'story.html' %}<dl ")
        assert self._stays(campaign, before).only()["path"] == "templates/story.html"

    def test_a_file_that_cannot_be_read_any_more(
        self, campaign: Campaign, before: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It was read when it was found; that it changes all the time is not what to say of it."""

        def refused(source: Source) -> bytes:
            raise Changed(source.name) from PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Source, "read", refused)
        problem = self._stays(campaign, before).only()
        assert problem["message"] == "cannot read this: Permission denied"

    def test_two_builds_of_one_site_wait_for_each_other(self, campaign: Campaign) -> None:
        command = [
            sys.executable,
            str(ENGINE / "build.py"),
            "--project",
            str(campaign.root),
            "--date",
            sites.DAY,
        ]
        running = [
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(3)
        ]
        said = [process.communicate()[1] for process in running]
        assert [process.returncode for process in running] == [0, 0, 0], said
        tree = campaign.tree()
        assert campaign.build().made == []
        assert campaign.tree() == tree


# ── 5 ──


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A published campaign that is only looked at."""
    site = sites.campaign(tmp_path_factory.mktemp("shown") / "campagne")
    site.write("content/nieuws/straat.jpg", jpeg("teal"))
    site.write("content/toolkit/poster.pdf", b"%PDF-1.4\n")
    site.write(
        "content/nieuws/start.md",
        sites.page(
            "Wij beginnen",
            '![Een straat](straat.jpg "Foto: J. de Wit")\n\n[Poster](../toolkit/poster.pdf){.download} '
            "[site](https://elders.example/pad?a=1) [mail](mailto:a@b.example) [wonen](/verhalen/) "
            "[boven](#kop)\n\n## Kop\n\nTekst[^1].\n\n[^1]: Een noot.\n\n| a | b |\n|:-:|--|\n| 1 | 2 |",
            "date: 2026-06-01\nimage: {src: straat.jpg, alt: Een straat, credit: J. de Wit}\n",
        ),
    )
    site.build().fine()
    return site


SCRIPTED = frozenset({"data-own-device", "data-filter", "data-nothing"})
"""On what only scripts show, as it needs them."""


def plain(paths: list[str]) -> list[str]:
    """In order, with the index that is searched under one name: its own is that of its content."""
    return sorted(re.sub(r"^js/zoeken-[0-9a-f]{10}\.js$", "js/zoeken.js", path) for path in paths)


SHARING = (
    "https://wa.me/?text=",
    "https://www.linkedin.com/sharing/share-offsite/?url=",
    "https://bsky.app/intent/compose?text=",
    "https://share.joinmastodon.org/#text=",
)
"""The only other sites that our own pages link to: when a visitor asks to pass a page on."""


class Test5HostedAnywhere:
    def test_every_address_on_a_page_is_relative_and_leads_to_a_file(self, shown: Campaign) -> None:
        files = shown.tree()
        checked = 0
        for path, html in shown.pages():
            if path == "404.html":
                continue
            for name, value in addresses(html):
                parts = urlsplit(value)
                if parts.scheme in ("mailto", "tel"):
                    continue
                if parts.scheme:
                    assert name == "href", (path, name, value)
                    assert value.startswith((sites.ADDRESS, "https://elders.example/", *SHARING)), (
                        path,
                        value,
                    )
                    continue
                assert not value.startswith("/"), (path, value)
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                target = path if not parts.path else target
                assert target in files, (path, value)
                if parts.fragment and target.endswith(".html"):
                    assert nodes(files[target].decode(), f'[id="{parts.fragment}"]'), (path, value)
                checked += 1
        assert checked > 100

    def test_only_what_must_be_is_absolute(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            if path == "404.html":
                continue
            own = [node for node in nodes(html, "*") if sites.ADDRESS in str(node.attributes)]
            assert {node.tag for node in own} <= {"link", "meta", "a", "button"}
            assert all(node.attributes.get("rel") == "canonical" for node in own if node.tag == "link")
            links = [n.attributes.get("href") or "" for n in own if n.tag == "a"]
            assert all(link.startswith("mailto:") for link in links)

    def test_canonical_and_open_graph_name_the_full_address(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            if path == "404.html":
                continue
            address = sites.ADDRESS + path.removesuffix("index.html")
            assert [n.attributes["href"] for n in nodes(html, "link[rel=canonical]")] == [address]
            assert [n.attributes["content"] for n in nodes(html, "meta[property='og:url']")] == [address]

    def test_the_image_to_share_is_there(self, shown: Campaign) -> None:
        (image,) = nodes(shown.shown("nieuws/start.html"), "meta[property='og:image']")
        address = image.attributes["content"] or ""
        assert address.startswith(sites.ADDRESS)
        assert address.removeprefix(sites.ADDRESS) in shown.tree()

    def test_feed_and_sitemap_name_existing_pages_in_full(self, shown: Campaign) -> None:
        files = shown.tree()
        for name in ("feed.xml", "sitemap.xml"):
            found = re.findall(r"(?:<loc>|<id>|href=\")(.*?)[\"<]", shown.shown(name))
            assert len(found) > 5
            for address in found:
                path = address.removeprefix(sites.ADDRESS)
                assert path != address
                assert (path if path and not path.endswith("/") else f"{path}index.html") in files
        assert f"Sitemap: {sites.ADDRESS}sitemap.xml" in shown.shown("robots.txt")

    def test_the_sitemap_holds_every_text(self, shown: Campaign) -> None:
        """And nothing twice, and no page that says it is not to be found."""
        listed = re.findall(r"<loc>(.*?)</loc>", shown.shown("sitemap.xml"))
        found = [address.removeprefix(sites.ADDRESS) for address in listed]
        texts = {path for path in sites.SMALL if path.endswith(".md")}
        pages = {path.removeprefix("content/").removesuffix(".md") + ".html" for path in texts}
        assert {path.removesuffix("index.html") for path in pages} <= set(found)
        assert len(found) == len(set(found))
        for path in found:
            page = path if path and not path.endswith("/") else f"{path}index.html"
            assert not nodes(shown.shown(page), "meta[name=robots][content*=noindex]")

    def test_without_an_address_nothing_is_absolute(self, campaign: Campaign) -> None:
        campaign.edit(OWN, f"url: {sites.ADDRESS}\n", "")
        campaign.build().fine()
        assert not {"feed.xml", "sitemap.xml"} & campaign.tree().keys()
        assert "Sitemap" not in campaign.shown("robots.txt")
        for path, html in campaign.pages():
            assert not nodes(html, "link[rel=canonical], meta[property='og:url']"), path
            assert "None" not in html

    def test_the_page_for_what_is_not_found_works_at_any_address(self, shown: Campaign) -> None:
        files = shown.tree()
        base = urlsplit(sites.ADDRESS).path
        found = [
            value for _, value in addresses(shown.shown("404.html")) if ":" not in value and value[0] != "#"
        ]
        assert found
        for value in found:
            assert value.startswith(base), value
            assert value.removeprefix(base).partition("#")[0] in files, value


# ── 6 ──

OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.I)


class Test6NoThirdParty:
    def test_nothing_is_fetched_from_elsewhere(self, shown: Campaign) -> None:
        fetching = "[src], [srcset], [poster], [data], link[href], use[href], image[href], [background]"
        for path, html in shown.pages():
            for node in nodes(html, fetching):
                if node.tag == "link" and node.attributes.get("rel") in ("canonical", "alternate"):
                    continue
                for name in ("src", "srcset", "poster", "data", "href", "background"):
                    assert not OUTSIDE.match(node.attributes.get(name) or ""), (path, node.html)
        for path, data in shown.tree().items():
            if path.endswith(".css"):
                assert not re.search(rb"url\((?!\s*['\"]?(?:data:|\.\./fonts/))|@import", data), path
                for font in re.findall(rb"url\(\s*['\"]?\.\./(fonts/[^'\")]+)", data):
                    assert font.decode() in shown.tree(), (path, font)
            if path.endswith(".svg"):
                assert b"href=" not in data, path
            if path.endswith(".js"):
                assert not re.search(
                    rb"https?://|fetch\(|XMLHttpRequest|sendBeacon|document\.cookie", data
                ), path

    def test_no_script_or_style_stands_in_a_page(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            for script in nodes(html, "script"):
                data = script.attributes.get("type") == "application/ld+json"
                assert data or (script.attributes.get("src") and not script.text().strip()), (
                    path,
                    script.html,
                )
            assert not nodes(html, "style, [style], iframe, object, embed, base, meta[http-equiv=refresh]")
            for form in nodes(html, "form"):  # it finds something on this page, and goes nowhere
                assert not {"action", "formaction"} & form.attributes.keys(), (path, form.html)
                assert form.attributes.get("method", "get") == "get", (path, form.html)
            for node in nodes(html, "*"):
                assert not [a for a in node.attributes if a.startswith("on")], (path, node.html)

    def test_every_page_carries_the_policy_before_it_names_a_file(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            (policy,) = nodes(html, "meta[http-equiv='Content-Security-Policy']")
            rules = policy.attributes["content"] or ""
            assert "default-src 'none'" in rules
            assert "unsafe" not in rules
            assert "http" not in rules
            assert html.index("Content-Security-Policy") < min(html.index("<link"), html.index("<script")), (
                path
            )
            assert html.index("<meta charset") < 1024

    def test_the_referrer_stays_at_home(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            assert nodes(html, "meta[name=referrer][content=no-referrer]"), path
            for link in nodes(html, "a[href^='http']"):
                assert "noreferrer" in (link.attributes.get("rel") or ""), (path, link.html)

    def test_everything_can_be_read_without_scripts(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            for node in nodes(html, "[hidden]"):
                added = node.tag == "button" or SCRIPTED & node.attributes.keys()
                assert added, (path, node.html)


# ── 7 ──


class Test7Accessible:
    """What can be seen in the HTML itself; colours are tested with the palette, the rest in a browser."""

    @pytest.mark.parametrize("colour", ["#c8102e", "#ffff00", "#ffffff", "#000000", "#808080"])
    def test_whatever_colour_a_member_chose_the_site_is_built(self, campaign: Campaign, colour: str) -> None:
        campaign.edit(OWN, "'#c8102e'", f"'{colour}'")
        assert campaign.build().status == 0

    def test_a_page_can_be_found_one_s_way_in(self, shown: Campaign) -> None:
        titles = []
        for path, html in shown.pages():
            assert nodes(html, "html[lang=nl]"), path
            assert len(nodes(html, "h1")) == 1, path
            assert len(nodes(html, "main")) == 1, path
            (title,) = nodes(html, "head > title")
            titles.append(title.text())
            skip = nodes(html, "body a")[0]
            assert nodes(html, skip.attributes["href"] or ""), path
            levels = [int((node.tag or "")[1]) for node in nodes(html, "h1, h2, h3, h4, h5, h6")]
            assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (
                path,
                levels,
            )
        assert len(set(titles)) == len(titles)

    def test_images_links_and_ids(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            for image in nodes(html, "img"):
                assert "alt" in image.attributes, (path, image.html)
                assert image.attributes.get("width"), (path, image.html)
            for link in nodes(html, "a[href], button"):
                named = link.text(strip=True) or link.css("img[alt]") or link.attributes.get("aria-label")
                assert named, (path, link.html)
            ids = [node.attributes["id"] for node in nodes(html, "[id]")]
            assert len(ids) == len(set(ids)), path
            for node in nodes(html, "[aria-labelledby]"):
                for id in (node.attributes["aria-labelledby"] or "").split():
                    assert id in ids, (path, id)


# ── 8 ──


class Test8NobodyWithoutConsentNoFigureWithoutSource:
    """The table of all states is in test_consent.py, that of the facts in test_facts.py."""

    def test_from_shown_to_withdrawn_to_shown_again(self, campaign: Campaign) -> None:
        campaign.write(
            BAS, sites.story("Een naam", name="Zefanja", quote="Mijn stille zin.", body="Het kelderluik.")
        )
        words = (b"Zefanja", b"Mijn stille zin", b"kelderluik")
        campaign.build().fine()
        shown = campaign.tree()
        assert all(any(word in data for data in shown.values()) for word in words)
        campaign.edit(BAS, "status: valid", "status: withdrawn")
        report = campaign.build()
        assert "left out: consent C-1 was withdrawn" in report.only()["message"]
        assert plain(report.removed) == ["js/zoeken.js", "verhalen/bas.html"]
        left = [(p, w) for p, data in campaign.everything().items() for w in words if w in data]
        assert left == []
        assert not [word for word in words if word in str(report.data).encode()]
        campaign.edit(BAS, "status: withdrawn", "status: valid")
        campaign.build().fine()
        assert campaign.tree() == shown

    def test_every_figure_on_a_page_stands_with_its_source_and_what_it_does_not_say(
        self, shown: Campaign
    ) -> None:
        facts = {
            "64 deuren": ("Telling in de hal", "Alleen deze ene flat is geteld."),
            "12 koppen koffie": ("Lijst op het aanrecht", "Wie thee drinkt, telt niet mee."),
        }
        seen = set()
        for path, html in shown.pages():
            text = (LexborHTMLParser(html).body or nodes(html, "html")[0]).text()
            for figure, (source, caveat) in facts.items():
                if figure in text:
                    seen.add(figure)
                    assert source in text, (path, figure)
                    assert caveat in text, (path, figure)
        assert seen == facts.keys()


# ── 9 ──

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 191 }}{% raw %}",
    "</title></script><!--",
    "]]> &amp; & &#60;b&#62;",
    "{organisatie} %(x)s {0}",
    "*/ } body { display: none } /*",
]


def member(site: Campaign, id: str, **lines: str) -> None:
    """Another organisation in ``brands/``."""
    keys = {"name": id.capitalize(), "logo": "logo.svg", "colour": "'#00506b'", **lines}
    site.write(f"brands/{id}/brand.yaml", "".join(f"{key}: {value}\n" for key, value in keys.items()))
    site.write(f"brands/{id}/logo.svg", sites.LOGO)


class Test9MembersCannotBreakOneAnother:
    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_texts_of_a_brand_are_texts(self, campaign: Campaign, hostile: str) -> None:
        campaign.build().fine()
        plain = {path: self._shape(html) for path, html in campaign.pages()}
        value = json.dumps(hostile)
        campaign.write(
            OWN,
            f"name: {value}\nlogo: logo.svg\ncolour: '#c8102e'\nurl: {sites.ADDRESS}\nregion: {value}\n"
            f"contact: {{role: {value}, email: {value}, phone: {value}}}\n",
        )
        campaign.build().fine()
        for path, html in campaign.pages():
            assert self._shape(html) == plain[path], path
            assert "1337" not in html
            (logo,) = nodes(html, "img.logo")
            assert logo.attributes["alt"] == hostile
        for name in ("feed.xml", "sitemap.xml"):
            ElementTree.fromstring(campaign.shown(name))
        for data in nodes(campaign.shown("index.html"), "script[type='application/ld+json']"):
            assert json.loads(data.text())["publisher"]["name"] == hostile

    def _shape(self, html: str) -> list[tuple[str | None, list[str]]]:
        """The elements of a page with the names of their attributes, without texts."""
        return [(node.tag, sorted(node.attributes)) for node in nodes(html, "*")]

    def test_a_text_over_two_lines(self, campaign: Campaign) -> None:
        campaign.edit(OWN, "name: Welzijn Zandhage", "name: |\n  Welzijn\n  Zandhage")
        campaign.build().fine()
        ElementTree.fromstring(campaign.shown("feed.xml"))

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//elders.example/",
            "ftp://elders.example/",
            "file:///etc/passwd",
            "https://",
            "https://gebruiker@elders.example/",
            "https://elders.example/ x",
            "https://elders.example/<b>",
            "https://elders.example/\\x",
            "www.elders.example",
            "https://[elders.example/",
            "https://elders.example:poort/",
        ],
    )
    def test_only_web_addresses_are_addresses(self, campaign: Campaign, address: str) -> None:
        written = json.dumps(address)
        campaign.edit(
            OWN, f"url: {sites.ADDRESS}", f"url: {written}\nprofiles: [{{name: Hier, url: {written}}}]"
        )
        report = campaign.build()
        assert report.status == 1
        assert [(p["path"], p["line"]) for p in report.data["problems"]] == [(OWN, 4), (OWN, 5)]

    @pytest.mark.parametrize("address", ["https://elders.example/?a=1", "https://elders.example/#a"])
    def test_a_site_has_an_address_without_a_question(self, campaign: Campaign, address: str) -> None:
        written = json.dumps(address)
        profiles = f"profiles: [{{name: Hier, url: {written}}}]"
        campaign.edit(OWN, f"url: {sites.ADDRESS}", f"url: {written}\n{profiles}")
        report = campaign.build()
        assert [(p["path"], p["line"]) for p in report.data["problems"]] == [(OWN, 4)]

    def test_nor_in_the_sources_of_a_member_s_own_figures(self, campaign: Campaign) -> None:
        member(campaign, "ander")
        own = sites.FACTS.partition("koppen:")[0].replace("deuren:\n", "eigen:\n")
        own = own.replace("}", ", url: 'javascript:alert(1)'}")
        campaign.write("brands/ander/content/feiten.yaml", own)
        campaign.write("brands/ander/content/eigen.md", sites.page("Eigen", "{{ feit:eigen }}"))
        report = campaign.build("--brand", "ander")
        bad = [p for p, d in sites.tree(campaign.output / "ander").items() if b'"javascript:' in d]
        assert bad == []
        assert report.only()["path"] == "brands/ander/content/feiten.yaml"

    def test_markup_in_a_member_s_own_page_is_cleaned(self, campaign: Campaign) -> None:
        member(campaign, "ander")
        text = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> {{ 7 * 191 }} {% raw %}"
        campaign.write("brands/ander/content/eigen.md", sites.page("Eigen", text))
        assert campaign.build("--brand", "ander").status == 0
        html = (campaign.output / "ander" / "eigen.html").read_text(encoding="utf-8")
        assert not nodes(html, "main script, main img, [onerror]")
        assert "1337" not in html

    def test_a_mistake_of_one_does_not_stop_another(self, campaign: Campaign) -> None:
        member(campaign, "goed")
        member(campaign, "fout", colour="rod")
        assert campaign.build("--all").status == 1
        assert (campaign.output / "goed" / "index.html").exists()
        assert campaign.site.exists()
        assert not (campaign.output / "fout").exists()

    def test_every_member_s_last_good_site_stays(self, campaign: Campaign) -> None:
        member(campaign, "goed")
        member(campaign, "fout")
        campaign.build("--all")
        before = sites.tree(campaign.output / "fout")
        member(campaign, "fout", colour="rod")
        campaign.edit(ANOUK, "vierde", "vijfde")
        report = campaign.build("--all")
        assert report.status == 1
        written = ["js/zoeken.js", "verhalen/anouk.html", "zoeken.html"]
        assert plain(report.data["brands"]["goed"]["written"]) == written
        assert sites.tree(campaign.output / "fout") == before

    def test_nothing_of_one_is_found_in_another(self, campaign: Campaign) -> None:
        for id, word in (("kanarie", "Kanariegeel"), ("mus", "Musbruin")):
            member(campaign, id, name=word)
            campaign.write(f"brands/{id}/content/eigen.md", sites.page(f"Van {word}", f"Bij {word}."))
        assert campaign.build("--all").status == 0
        for id, word in (("kanarie", b"Musbruin"), ("mus", b"Kanariegeel")):
            assert [p for p, data in sites.tree(campaign.output / id).items() if word in data] == []
        assert [p for p, d in campaign.tree().items() if b"Musbruin" in d or b"Kanariegeel" in d] == []

    def test_a_member_s_page_takes_the_place_of_the_national_one_there_only(self, campaign: Campaign) -> None:
        member(campaign, "ander")
        campaign.write("brands/ander/content/contact.md", sites.page("Bij ons", "Kom langs."))
        assert campaign.build("--all").status == 0
        assert "Kom langs." in (campaign.output / "ander" / "contact.html").read_text(encoding="utf-8")
        assert "Kom langs." not in campaign.shown("contact.html")

    @pytest.mark.parametrize(
        "id", ["national", "store", "templates", "engine", "assets", "stamps", "content"]
    )
    def test_any_name_will_do(self, campaign: Campaign, id: str) -> None:
        """Also one that the program uses for something of its own."""
        member(campaign, id)
        campaign.write(f"brands/{id}/content/contact.md", sites.SMALL["content/contact.md"])
        campaign.build("--all")
        first = sites.tree(campaign.output / id)
        assert "contact.html" in first
        campaign.edit(BAS, "Hij leest", "Zij leest")
        report = campaign.build("--all")
        assert report.status == 0
        assert report.parsed == [BAS]
        made = ["js/zoeken.js", "verhalen/bas.html", "zoeken.html"]
        assert plain(report.data["brands"][id]["made"]) == made

    @pytest.mark.parametrize(
        "logo", ["../../content/verhalen/anouk.svg", "/etc/hostname", "../ander/logo.svg", "."]
    )
    def test_a_brand_reads_its_own_folder_only(self, campaign: Campaign, logo: str) -> None:
        campaign.edit(OWN, "logo: logo.svg", f"logo: {logo}")
        problem = campaign.build().only()
        assert (problem["path"], problem["line"], problem["column"]) == (OWN, 2, 7)

    def test_nor_through_a_link(self, campaign: Campaign) -> None:
        logo = campaign.root / f"brands/{BRAND}/logo.svg"
        logo.unlink()
        logo.symlink_to(campaign.root / "content/verhalen/anouk.svg")
        report = campaign.build()
        assert report.status == 1
        assert "is a link to another place" in report.said

    def test_the_language_is_a_word_not_a_path(self, campaign: Campaign, tmp_path: Path) -> None:
        folder = tmp_path / "kwaad" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "microsite.mo").write_bytes(b"\xde\x12\x04\x95" + b"\0" * 24)
        way = os.path.relpath(tmp_path / "kwaad", ENGINE / "microsite" / "locale")
        campaign.edit(OWN, "logo:", f"language: {way}\nlogo:")
        report = campaign.build()
        assert report.only()["line"] == 2


# ── 10 ──


class Test10ASlipIsASentence:
    """Each kind of slip is in test_problems.py, with its place."""

    def test_all_in_one_run_each_once_in_order_with_a_hint(self, campaign: Campaign) -> None:
        campaign.edit("content/contact.md", "(verhalen/anouk.md)", "(verhalen/anouck.md)")
        campaign.edit("content/index.md", "figures: [deuren]", "figures: [duren]")
        campaign.edit(ANOUK, "tags: [wonen]", "tags: [wone]")
        campaign.edit(BAS, "summary:", "sumary:")
        campaign.edit(COR, "2026-05-01", "01-05-2026")
        campaign.edit("content/toolkit/raad.md", "effort: Een avond.\n", "")
        campaign.edit(OWN, "'#c8102e'", "'#c8102'")
        report = campaign.build()
        assert report.problems == [
            f"{OWN}:3:9: error: '#c8102' is not a colour",
            "content/contact.md:5:41: error: there is no page or file 'verhalen/anouck.md'",
            "content/index.md:5:11: error: there is no fact 'duren' in the register",
            "content/toolkit/raad.md:2:1: error: 'effort' is missing",
            f"{ANOUK}:5:8: error: 'wone' is not one of the themes in site.yaml",
            f"{BAS}:3:1: error: unknown key 'sumary'",
            f"{COR}:4:7: error: '01-05-2026' is not a date ('date')",
        ]
        assert report.hints == [
            report.hints[0],
            "did you mean 'anouk.md'?",
            "did you mean 'deuren'?",
            "",
            "did you mean 'wonen'?",
            "did you mean 'summary'?",
            "write year-month-day: 2026-05-01",
        ]
        assert report.hints[0]

    def test_a_warm_run_repeats_the_warnings(self, campaign: Campaign) -> None:
        campaign.edit("content/contact.md", "Bel", "<marquee>Bel</marquee> {{ telefon }}")
        campaign.edit(BAS, "status: valid", "status: pending")
        campaign.edit("content/contact.md", "anouk.md", "bas.md")
        first, again = campaign.build(), campaign.build()
        assert first.status == again.status == 0
        assert len(first.problems) == 4
        assert again.problems == first.problems
        assert (again.made, again.parsed) == ([], [])
        campaign.edit(COR, "vierde", "vijfde")
        assert campaign.build().problems == first.problems

    def test_one_mistake_in_a_template_is_told_once(self, campaign: Campaign) -> None:
        campaign.with_own("templates")
        campaign.edit("templates/base.html", "<main", "{{ nergens }}<main")
        problem = campaign.build().only()
        assert problem["path"] == "templates/base.html"
        assert "'nergens' is undefined" in problem["message"]

    def test_one_mistake_in_the_register_is_told_once(self, campaign: Campaign) -> None:
        campaign.edit("content/feiten.yaml", "value: 64", "value: veel")
        problem = campaign.build().only()
        assert (problem["path"], problem["line"], problem["column"]) == ("content/feiten.yaml", 3, 10)

    def test_one_unreadable_text_is_told_once_not_by_all_that_link_to_it(self, campaign: Campaign) -> None:
        campaign.edit(ANOUK, "title:", "title: x: ")
        assert campaign.build().only()["path"] == ANOUK

    def test_a_mistake_in_the_site_s_settings_hides_no_other(self, campaign: Campaign) -> None:
        campaign.edit("content/site.yaml", "slogan:", "slogen:")
        campaign.edit(BAS, "summary:", "sumary:")
        report = campaign.build()
        assert {p["path"] for p in report.data["problems"]} == {"content/site.yaml", BAS}
        assert f"{BAS}:3:1: error: unknown key 'sumary'" in report.problems

    def test_a_mistake_in_a_template_and_one_in_a_text_are_told_together(self, campaign: Campaign) -> None:
        campaign.with_own("templates")
        campaign.edit("templates/story.html", "<dl ", "{% if %}<dl ")
        campaign.edit(BAS, "summary:", "sumary:")
        assert {p["path"] for p in campaign.build().data["problems"]} == {"templates/story.html", BAS}

    def test_check_says_what_build_would_and_writes_no_site(self, campaign: Campaign) -> None:
        campaign.edit(BAS, "summary:", "sumary:")
        campaign.edit(COR, "status: valid", "status: pending")
        checked = campaign.run("check")
        assert checked.status == 1
        assert not campaign.site.exists()
        assert campaign.build().problems == checked.problems

    def test_a_name_cannot_drive_a_terminal(self, campaign: Campaign) -> None:
        campaign.write("content/nieuws/start.md", b'---\ntitle: x\n"\\e[31m": 1\n---\n')
        said = campaign.build().said
        assert "\x1b" not in said
        assert "\\x1b[31m" in said
