"""Forty slips of editors, each seen in the page: the line marked, what to do, and a link to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from selectolax.lexbor import LexborNode

from helpers import sites
from helpers.pages import nodes
from helpers.previewing import look, previewing
from helpers.sites import ANOUK, BAS, COR, OWN
from microsite.content.kinds import page_path
from microsite.core.problems import errors
from microsite.preview.preview import Preview

HOME, SITE, FACTS = (f"content/{name}" for name in ("index.md", "site.yaml", "feiten.yaml"))
RAAD, NIEUWS, TELLING = "content/toolkit/raad.md", "content/nieuws/start.md", "content/bewijs/telling.md"

SLIPS = (
    # what is written, what is meant, and the line that is blamed
    (BAS, "title: Bas leest", "titel: Bas leest", 2),
    (BAS, "summary:", "sumary:", 3),
    (BAS, "date: 2026-05-01", "date: 01-05-2026", 4),
    (BAS, "date: 2026-05-01", "date: 2026-02-30", 4),
    (BAS, "date: 2026-05-01", "date: mei", 4),
    (BAS, "tags: [wonen]", "tags: [wone]", 5),
    (BAS, "tags: [wonen]", "tags: [wonen", 5),
    (BAS, "role: client", "role: cliënt", 6),
    (BAS, "role: client", "rol: client", 6),
    (BAS, "person: {name: Bas", "person: {naam: Bas", 7),
    (BAS, "municipality: Zandhage", "municipality: Zandhage, age: veel", 7),
    (BAS, "speaker: Bas}", "spreker: Bas}", 8),
    (BAS, "\n---\nHij leest", "\nHij leest", 0),
    (BAS, "title: Bas leest", "title: Bas: leest", 2),
    (BAS, "title: Bas", "\ttitle: Bas", 2),
    (BAS, "summary:", "title: Nog een\nsummary:", 3),
    (BAS, "Hij leest", "Er hangen {{ feit:duren }}. Hij leest", 11),
    (BAS, "Hij leest", "![](bas.jpg)\n\nHij leest", 11),
    (BAS, "Hij leest", "![Een raam](ram.svg)\n\nHij leest", 11),
    (BAS, "date: 2026-05-01", "date: 2026-05-01\nimage: {src: bas.svg, alt: Een raam}", 5),
    (ANOUK, "image: {src: anouk.svg, alt: Een rond raam}", "image: {src: anouk.svg}", 10),
    (ANOUK, "image: {src: anouk.svg", "image: {scr: anouk.svg", 10),
    (ANOUK, "{{ feit:deuren }}", "{{ feit:deur }}", 16),
    (COR, "date: 2026-05-01", "date: 2026-05-01\ndraft: misschien", 5),
    (COR, "date: 2026-05-01", "date: 2026-05-01\nweight: zwaar", 5),
    (COR, "date: 2026-05-01", "date: 2026-05-01\nexpires_on: ooit", 5),
    (HOME, "figures: [deuren]", "figures: [duren]", 5),
    (HOME, "lead: verhalen/anouk.md", "leed: verhalen/anouk.md", 4),
    (HOME, "action: {text: Doe mee", "action: {tekst: Doe mee", 6),
    (RAAD, "effort: Een avond.\n", "", 2),
    (RAAD, "goal: Een gesprek.", "goal: ", 0),
    (NIEUWS, "date: 2026-06-01\n", "", 1),
    (TELLING, "facts: [deuren, koppen]", "facts: [deuren, kopjes]", 7),
    (TELLING, "claim: Er zijn", "clam: Er zijn", 4),
    (SITE, "title: Deur voor deur", "titel: Deur voor deur", 1),
    (SITE, "page: contact.md}\nfooter", "pagina: contact.md}\nfooter", 7),
    (FACTS, "value: 64", "value: veel", 3),
    (FACTS, "as_of: 2026-03-01", "as_of: gisteren", 8),
    (FACTS, "caveat: Alleen deze ene flat is geteld.\n", "", 0),
    (OWN, "colour: '#c8102e'", "colour: '#c8102'", 3),
    (OWN, "name: Welzijn", "naam: Welzijn", 1),
    (OWN, "logo: logo.svg", "logo: lgoo.svg", 2),
)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> sites.Campaign:
    return sites.campaign(tmp_path_factory.mktemp("fouten") / "campagne")


@pytest.fixture(scope="module")
def preview(campaign: sites.Campaign) -> Iterator[Preview]:
    with previewing(campaign) as made:
        yield made


def test_there_are_forty() -> None:
    assert len(SLIPS) >= 40
    assert len({(file, new) for file, _, new, _ in SLIPS}) == len(SLIPS)


def seen(preview: Preview, file: str) -> str:
    """What the page of a text shows of its problems: over it, or where they keep nothing back, in the bar."""
    if errors(preview.state.problems):
        return preview.pages.told(preview.state)["html"]
    return look(preview, f"/{page_path(file.removeprefix('content/'))}").body.decode()


def _place(node: LexborNode) -> tuple[str, int]:
    path, line = re.findall(r"^([^:]+):(\d+)", node.css_first("code").text())[0]
    return path, int(line)


SOME = [pytest.param(*slip, marks=[pytest.mark.long] if i % 6 else []) for i, slip in enumerate(SLIPS)]
"""All of them take ten seconds, so the quick ones stand for the others."""


@pytest.mark.parametrize(("file", "old", "new", "line"), SOME)
def test_a_slip_is_seen_in_the_page(
    campaign: sites.Campaign, preview: Preview, file: str, old: str, new: str, line: int
) -> None:
    good, before = campaign.read(file), look(preview, "/contact.html").body
    assert good.count(old) >= 1
    try:
        campaign.write(file, good.replace(old, new, 1))
        ahead = preview.renew([str(campaign.root / file)])
        preview.refresh()
        shown = re.sub(r"</?template[^>]*>", "", seen(preview, file))
        told = [node for node in nodes(shown, "li.error, li.warning") if _place(node)[0] == file]
        found = next(node for node in told if line in (0, _place(node)[1]))
        marked = found.css_first(".line.marked i")
        assert marked is not None
        assert int(marked.text()) == _place(found)[1]
        assert found.css_first(".message").text()
        assert any(node.css_first(".hint") for node in told) or "is missing" in found.text()
        link = found.css_first("a").attributes["href"] or ""
        assert link.startswith(f"vscode://file{campaign.root}/{file}:{_place(found)[1]}:")
        last_good = look(preview, "/contact.html")
        assert last_good.status is HTTPStatus.OK
        wrong = bool(errors(preview.state.problems))
        assert (b'id="frame">' in last_good.body) == wrong  # marked as such
        assert not (ahead and wrong)
    finally:
        campaign.write(file, good)
        preview.refresh()
    assert preview.pages.told(preview.state)["html"] == ""  # mended: gone by itself
    assert look(preview, "/contact.html").body == before
