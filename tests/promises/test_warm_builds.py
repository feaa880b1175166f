"""Promise 2: after any edits, a warm build gives what a cold one does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import sites
from helpers.sites import ANOUK, BAS, BRAND, COR, OWN, Campaign, jpeg

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


def lasting(report: sites.Report) -> list[str]:
    """The problems that follow from the files; others are about what was published before."""
    before = ("was published and is in no text any more", "this page was at")
    return [problem for problem in report.problems if not any(words in problem for words in before)]


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
        assert lasting(fresh.build()) == lasting(report)
        assert warm.tree() == fresh.tree()
        assert warm.build().made == []
        for site in (warm, fresh):
            shutil.rmtree(site.root)

    @settings(
        max_examples=6, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck], database=None
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
        shutil.rmtree(campaign.state / "store" / "values")
        campaign.edit(ANOUK, "vierde", "vijfde")
        assert campaign.build().problems == [
            "output/.microsite/stamps.json:0:0: notice: this could not be used; it is made again"
        ]
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
