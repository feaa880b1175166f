"""A member's site in the studio: the same as that of a build, and what the studio does not take."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import brotli
import pytest

from helpers import sites, studio
from helpers.sites import BRAND, DAY, Campaign, page
from microsite import cli
from microsite.studio import bundle
from microsite.studio.bundle import Bundle
from microsite.studio.workbench import Workbench

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ("lichtveen", "roetmolen", "sociaal-werkt", "vuurduin", "wilgendam")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sites of the example brands, as the command line makes them."""
    output = tmp_path_factory.mktemp("voorbeelden")
    words = [word for id in EXAMPLES for word in ("--brand", id)]
    done = cli.main(
        [
            "build",
            "--project",
            str(ROOT),
            "--output",
            str(output),
            "--date",
            DAY,
            "--material",
            "none",
            *words,
        ]
    )
    assert done == 0
    return output


@pytest.fixture(scope="module")
def released(built: Path) -> Bundle:
    return studio.made(ROOT, built)


@pytest.mark.parametrize("id", EXAMPLES)
def test_the_sites_of_the_examples_are_those_of_a_build(
    built: Path, released: Bundle, id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nh3", None)  # as in a browser
    assert studio.site(released, ROOT / "brands" / id) == sites.tree(built / id)


def test_the_campaign_leaves_room_for_the_program_in_a_first_visit(released: Bundle) -> None:
    assert len(brotli.compress(bundle.dump(released), quality=4)) <= 850_000  # 0.75 MB as servers send it


def test_a_site_with_errors_leaves_the_one_of_before(campaign: Campaign) -> None:
    bench = Workbench(studio.of(campaign), dt.date.fromisoformat(DAY))
    folder = campaign.root / "brands" / BRAND
    bench.plan(folder)
    before = bench.file("index.html")
    campaign.edit(sites.OWN, "'#c8102e'", "'geen kleur'")
    problems = bench.plan(folder).problems
    assert any(problem.severity == "error" for problem in problems)
    assert bench.file("index.html") == before


@pytest.mark.parametrize(
    ("path", "content", "line", "column"),
    [
        ("content/nieuws/a.md", page("A", "Een <b>woord</b>.", "date: 2026-01-01\n"), 6, 5),
        ("content/nieuws/a.md", page("A", "x\n\n<div>\ny\n</div>", "date: 2026-01-01\n"), 8, 1),
        ("content/nieuws/a.md", page("A", "<!-- x -->", "date: 2026-01-01\n"), 6, 1),
        ("content/nieuws/a.jpg", b"\xff\xd8", 0, 0),
    ],
)
def test_what_browsers_cannot_make_the_same_is_refused(
    campaign: Campaign, path: str, content: str | bytes, line: int, column: int
) -> None:
    bench = Workbench(studio.of(campaign), dt.date.fromisoformat(DAY))
    campaign.write(f"brands/{BRAND}/{path}", content)
    (problem,) = [p for p in bench.plan(campaign.root / "brands" / BRAND).problems if p.severity == "error"]
    assert (problem.place.path, problem.place.line, problem.place.column) == (
        f"brands/{BRAND}/{path}",
        line,
        column,
    )


@pytest.mark.parametrize(
    "body",
    ["`<b>` is een teken.", "```\n<b>x</b>\n```", "<https://a.example/>", "<ik@a.example>", "3 < 4 en 5 > 4"],
)
def test_what_only_looks_like_html_is_taken(campaign: Campaign, body: str) -> None:
    bench = Workbench(studio.of(campaign), dt.date.fromisoformat(DAY))
    campaign.write(f"brands/{BRAND}/content/nieuws/a.md", page("A", body, "date: 2026-01-01\n"))
    plan = bench.plan(campaign.root / "brands" / BRAND)
    assert [problem for problem in plan.problems if problem.severity == "error"] == []
