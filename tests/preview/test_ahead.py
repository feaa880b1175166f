"""The page of an edited text is there before the site is planned again, where it is the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpers import sites
from helpers.preview import SCRIPT
from helpers.previewing import look, previewing
from helpers.sites import ANOUK, BAS, COR
from microsite.core.problems import errors
from microsite.pipeline import Pipeline
from microsite.preview.live import Live
from microsite.preview.preview import Preview

CONTACT, DRAFT, HOME = (f"content/{name}.md" for name in ("contact", "concept", "index"))
PAGE = "verhalen/bas.html"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> sites.Campaign:
    made = sites.campaign(tmp_path_factory.mktemp("vooruit") / "campagne")
    made.write(DRAFT, sites.page("Een concept", "Nog niet af.", "draft: true\n"))
    made.write("content/los.svg", sites.DRAWING.format(radius=7))
    return made


@pytest.fixture(scope="module")
def shown(campaign: sites.Campaign) -> Iterator[Preview]:
    with previewing(campaign) as made:
        yield made


@pytest.fixture
def preview(campaign: sites.Campaign, shown: Preview) -> Iterator[Preview]:
    before = {file: campaign.read(file) for file in (BAS, ANOUK, COR, CONTACT, DRAFT, HOME)}
    shown.refresh()
    yield shown
    for file, content in before.items():
        campaign.write(file, content)
    shown.refresh()


def renew(campaign: sites.Campaign, preview: Preview, *files: str) -> bool:
    return preview.renew([str(campaign.root / file) for file in files])


def page(preview: Preview, path: str) -> bytes:
    return SCRIPT.sub(b"", look(preview, f"/{path}").body)


def version(preview: Preview, path: str) -> str:
    found = SCRIPT.search(look(preview, f"/{path}").body)
    assert found is not None
    return found[1].decode()


def test_words_are_shown_without_a_plan(
    campaign: sites.Campaign, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, before = preview.state.version, version(preview, PAGE)
    others = {path: page(preview, path) for path in ("index.html", "verhalen/index.html", "zoeken.html")}
    campaign.edit(
        BAS, "Hij leest", "## De [hal](anouk.md)\n\nHij herleest {{ feit:deuren }} voor {{ organisatie }}"
    )
    with monkeypatch.context() as without:
        without.setattr(Pipeline, "plan", None)
        assert renew(campaign, preview, BAS)
        ahead = page(preview, PAGE)
    assert b"Hij herleest" in ahead
    assert {path: page(preview, path) for path in others} == others
    seen = version(preview, PAGE)
    assert (preview.state.version, version(preview, "index.html")) == (first, first)
    assert seen != before
    preview.refresh()
    assert page(preview, PAGE) == ahead
    assert version(preview, PAGE) == seen  # so no browser loads it twice
    assert version(preview, "index.html") == preview.state.version != first
    campaign.edit(BAS, "Hij herleest", "Hij herlas")
    preview.refresh()
    assert version(preview, PAGE) == preview.state.version
    assert b"Hij herlas" in page(preview, PAGE)


WORDS = (
    (ANOUK, "{{ feit:deuren }}", "{{ feit:koppen }} en {{ feit:deuren }}"),
    (CONTACT, "Bel", "![Een rond raam](verhalen/anouk.svg)\n\nBel of lees [de cijfers](cijfers.html) op"),
    (HOME, "\n---\n", "\n---\nEerst dit. "),
    (BAS, "Hij leest", "Hij leest [wie er niet meer is](weg.md)"),
)


@pytest.mark.parametrize(("file", "old", "new"), WORDS)
def test_it_is_the_page_of_the_plan(
    campaign: sites.Campaign, preview: Preview, file: str, old: str, new: str
) -> None:
    path = f"{file.removeprefix('content/').removesuffix('.md')}.html"
    before = page(preview, path)
    head, _, body = campaign.read(file).rpartition(old)
    campaign.write(file, f"{head}{new}{body}")
    assert renew(campaign, preview, file)
    ahead = page(preview, path)
    assert ahead != before
    preview.refresh()
    assert page(preview, path) == ahead
    assert not errors(preview.state.problems)


OTHERS = (
    (BAS, "title: Bas leest", "title: Bas las"),
    (BAS, "title: Bas leest", "titel: Bas leest"),
    (BAS, "status: valid", "status: withdrawn"),
    (BAS, "Hij leest", "Hij leest {{ feit:onbekend }}"),
    (CONTACT, "Bel", "Bel [niemand](nergens.md)"),
    (BAS, "Hij leest", "Hij leest [de planner](/toolkit/planner.html)"),
    (CONTACT, "Bel", "![Een rond raam](los.svg)\n\nBel"),
    (DRAFT, "Nog niet", "Bijna"),
)
"""What a plan has to tell: more than words, mistakes, a picture that nothing showed, a page nobody saw."""


@pytest.mark.parametrize(("file", "old", "new"), OTHERS)
def test_all_else_waits_for_the_plan(
    campaign: sites.Campaign, preview: Preview, file: str, old: str, new: str
) -> None:
    state = preview.state
    campaign.edit(file, old, new)
    assert not renew(campaign, preview, file)
    assert preview.state is state


def test_several_texts_or_other_files_wait_for_the_plan(campaign: sites.Campaign, preview: Preview) -> None:
    campaign.edit(BAS, "Hij leest", "Hij herleest")
    campaign.edit(CONTACT, "Bel", "Mail")
    assert not renew(campaign, preview, BAS, CONTACT)
    assert not renew(campaign, preview, "content/site.yaml")
    assert not renew(campaign, preview, "content/nieuw.md")
    assert renew(campaign, preview, BAS, "content/verhalen/.bas.md.swp")  # the draft of an editor's program


def test_what_is_put_back_before_the_plan_is_shown_again(campaign: sites.Campaign, preview: Preview) -> None:
    state, before = preview.state, page(preview, PAGE)
    campaign.edit(BAS, "Hij leest", "Hij herleest")
    assert renew(campaign, preview, BAS)
    campaign.edit(BAS, "Hij herleest", "Hij leest")
    assert not renew(campaign, preview, BAS)
    preview.refresh()
    assert preview.state == state
    assert page(preview, PAGE) == before


def test_what_breaks_another_page_is_taken_back(campaign: sites.Campaign, preview: Preview) -> None:
    campaign.edit(BAS, "Hij leest", "## De hal\n\nHij leest")
    campaign.edit(COR, "\n---\n", "\n---\n[Zie de hal](bas.md#de-hal). ")
    preview.refresh()
    before = page(preview, PAGE)
    campaign.edit(BAS, "## De hal\n\n", "")
    assert renew(campaign, preview, BAS)
    assert b"De hal" not in page(preview, PAGE)
    preview.refresh()
    assert [problem.place.path for problem in errors(preview.state.problems)] == [COR]
    assert page(preview, PAGE) == before  # the last good site
    assert version(preview, PAGE) == preview.state.version


def test_a_new_remark_on_a_page_has_it_loaded_again(campaign: sites.Campaign, preview: Preview) -> None:
    campaign.edit(BAS, "Hij leest", "#### Diep\n\nHij leest")
    assert renew(campaign, preview, BAS)
    ahead = version(preview, PAGE)
    preview.refresh()
    assert version(preview, PAGE) == preview.state.version != ahead


def test_a_draft_that_was_looked_at_is_renewed_too(campaign: sites.Campaign, preview: Preview) -> None:
    assert b"Nog niet af." in look(preview, "/concept.html").body
    campaign.edit(DRAFT, "Nog niet", "Bijna")
    assert renew(campaign, preview, DRAFT)
    ahead = page(preview, "concept.html")
    assert b"Bijna af." in ahead
    assert b"<microsite-ribbon>" in ahead
    preview.refresh()
    assert page(preview, "concept.html") == ahead


def test_only_that_page_is_told(campaign: sites.Campaign, preview: Preview) -> None:
    first, live = preview.state.version, Live(preview.state, preview.pages)
    told, others = live.events(first, PAGE), live.events(first, "index.html")
    assert (next(told)[:15], next(others)[:15]) == (b"event: problems",) * 2
    campaign.edit(BAS, "Hij leest", "Hij herleest")
    assert renew(campaign, preview, BAS)
    live.publish(preview.state)
    assert next(told).startswith(b"event: reload")
    assert (next(told)[:15], next(others)[:15]) == (b"event: problems",) * 2
    preview.refresh()
    live.publish(preview.state)
    assert next(told).startswith(b"event: problems")
    assert next(others).startswith(b"event: reload")
