"""Every page of every brand of this project brings a picture when somebody shares it."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from helpers import processes
from helpers.pages import nodes
from helpers.sites import DAY, Campaign

BRANDS = sorted(file.parent.name for file in processes.ENGINE.glob("brands/*/brand.yaml"))
SIZE = (1200, 630)
MOST_BYTES, MOST_OF_SITE = 40_000, 5_000_000
OWN_PICTURE = {"campaign", "story", "evidence", "guide", "news", "ambassador", "exchange", "letter", "golden"}
"""The kinds of pages that have a picture of their own, where their people agreed to it."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Campaign(processes.ENGINE, tmp_path_factory.mktemp("brands"))
    run = processes.run("build", made, "--all", "--date", DAY, "--material", "share")
    assert run.returncode == 0, run.stdout + run.stderr
    return made.output


def address(html: str) -> str:
    (canonical,) = nodes(html, 'link[rel="canonical"]')
    return canonical.attributes["href"] or ""


@pytest.mark.long
@pytest.mark.parametrize("brand", BRANDS)
def test_every_page_has_a_picture_to_share(output: Path, brand: str) -> None:
    site = output / brand
    root = address((site / "index.html").read_text(encoding="utf-8"))
    own: Counter[str] = Counter()
    used = set()
    for file in sorted(site.rglob("*.html")):
        path, html = file.relative_to(site), file.read_text(encoding="utf-8")
        said = {
            str(node.attributes["property"]): node.attributes["content"] or ""
            for node in nodes(html, "meta[property^='og:']")
        }
        assert said.get("og:image", "").startswith(root), path
        assert said["og:image:alt"].strip(), path
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630"), path
        picture = said["og:image"].removeprefix(root)
        data = (site / picture).read_bytes()
        assert len(data) <= MOST_BYTES, picture
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == SIZE, picture
            assert not image.getexif(), picture
        used.add(picture)
        if Path(picture).with_suffix("") == "delen" / path.with_suffix(""):
            (body,) = nodes(html, "body")
            own[str(body.attributes["class"]).removeprefix("kind-")] += 1
    assert used == {str(file.relative_to(site)) for file in site.glob("delen/**/*") if file.is_file()}
    assert set(own) >= OWN_PICTURE, own
    assert sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) <= MOST_OF_SITE
