"""What is not public yet can be seen in the preview, and only there; who said no is not seen there either."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

import microsite
from helpers import sites
from helpers.pages import nodes
from helpers.preview import SCRIPT
from helpers.previewing import look, post, previewing
from microsite.preview.addresses import DAY as DAY_ADDRESS
from microsite.preview.preview import Preview

TOLD = "Dit las nog niemand."
WAITING = {
    "concept": ("draft", sites.story(name="Dirk", body=TOLD, extra="draft: true\n")),
    "begonnen": ("draft", sites.story(name="Dora", body=TOLD, agreed=None, extra="draft: true\n")),
    "gevraagd": (
        "asked",
        sites.story(
            name="Els", body=TOLD, agreed=sites.consent(ref="C-31", status="pending", final_text_seen_on=None)
        ),
    ),
    "ongezien": (
        "asked",
        sites.story(name="Fee", body=TOLD, agreed=sites.consent(ref="C-32", final_text_seen_on=None)),
    ),
    "straks": (
        "later",
        sites.story(name="Gijs", body=TOLD, agreed=sites.consent(ref="C-33", given_on="2026-12-24")),
    ),
    "voorbij": ("over", sites.story(name="Han", body=TOLD, extra="expires_on: 2026-11-01\n")),
}
REFUSED = {
    "ingetrokken": sites.consent(ref="C-41", status="withdrawn"),
    "verlopen": sites.consent(ref="C-42", expires_on="2026-11-01"),
    "krant": sites.consent(ref="C-43", scope="[print]"),
    "onduidelijk": sites.consent(ref="C-44", given_on="ooit"),
    "niemand": None,
}
"""Consents that say no, or nothing."""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> sites.Campaign:
    made = sites.campaign(tmp_path_factory.mktemp("vroeg") / "campagne")
    for name, (_, written) in WAITING.items():
        made.write(
            f"content/verhalen/{name}.md", written.replace("role: client", f"share: {name}\nrole: client")
        )
    for name, agreed in REFUSED.items():
        made.write(f"content/verhalen/{name}.md", sites.story(name="Ido", body=TOLD, agreed=agreed))
    made.write("content/nieuws/later.md", sites.page("Later", TOLD, "date: 2026-12-24\n"))
    slip = sites.story(name="Jan", body=f"{TOLD} [Lees](nergens.md).", extra="draft: true\n")
    made.write("content/verhalen/slordig.md", slip)
    return made


@pytest.fixture(scope="module")
def preview(campaign: sites.Campaign) -> Iterator[Preview]:
    with previewing(campaign) as made:
        yield made


@pytest.mark.parametrize("name", WAITING)
def test_what_waits_is_seen_with_a_ribbon(preview: Preview, name: str) -> None:
    response = look(preview, f"/verhalen/{name}.html")
    page = response.body.decode()
    assert response.status is HTTPStatus.OK
    assert TOLD in page
    assert f'<aside class="ribbon {WAITING[name][0]}"' in page
    assert f"content/verhalen/{name}.md:1:1" in page  # the link to the file


def test_the_ribbon_says_when_it_is_public_or_what_is_missing(preview: Preview) -> None:
    assert "Public from 24 December 2026." in look(preview, "/nieuws/later.html").body.decode()
    assert "Public from 24 December 2026." in look(preview, "/verhalen/straks.html").body.decode()
    asked = look(preview, "/verhalen/gevraagd.html").body.decode()
    assert "consent C-31 is still pending: set &#39;status: valid&#39; when" in asked
    assert "has not seen the final text: note the day in" in asked  # all of it, not only the first
    assert "it is a draft: take out" in look(preview, "/verhalen/concept.html").body.decode()
    begun = look(preview, "/verhalen/begonnen.html").body.decode()
    assert "it is a draft: take out" in begun
    assert "there is no consent: add a &#39;consent&#39; group" in begun


def test_the_terminal_says_what_the_page_of_a_draft_says(preview: Preview) -> None:
    response = look(preview, "/verhalen/slordig.html")
    told = [problem.message.render() for problem in response.problems]
    assert told == ["there is no page or file 'nergens.md'"]
    assert "there is no page or file &#39;nergens.md&#39;" in response.body.decode()


@pytest.mark.parametrize("name", REFUSED)
def test_who_said_no_is_not_seen(preview: Preview, name: str) -> None:
    response = look(preview, f"/verhalen/{name}.html")
    page = response.body.decode()
    assert response.status in (HTTPStatus.GONE, HTTPStatus.NOT_FOUND)
    mending = name == "onduidelijk"  # then the lines around the mistake are seen, as in the file itself
    assert TOLD not in page or mending
    assert "Ido" not in page or mending


def test_of_what_is_not_shown_the_page_says_why(preview: Preview) -> None:
    page = look(preview, "/verhalen/niemand.html").body.decode()
    assert [node.text() for node in nodes(page, "h1")] == ["Not shown"]
    assert "There is no consent: add a &#39;consent&#39; group" in page
    assert "content/verhalen/niemand.md" in page


def test_other_pages_are_those_of_a_build(campaign: sites.Campaign, preview: Preview) -> None:
    """Lists, search and feeds have what visitors see; and a build knows nothing of a preview."""
    campaign.build()
    assert campaign.tree()
    assert not any(TOLD.encode() in data for data in campaign.tree().values())
    for path, published in campaign.tree().items():
        assert SCRIPT.sub(b"", look(preview, f"/{path}").body) == published, path


def test_what_is_pending_is_kept_in_no_cache(campaign: sites.Campaign, preview: Preview) -> None:
    for name in ("gevraagd", *REFUSED):
        look(preview, f"/verhalen/{name}.html")
    kept = [path for path, data in campaign.everything().items() if b"Els" in data]
    assert kept == []


def test_only_the_preview_plans_early() -> None:
    package = Path(microsite.__file__).parent
    asking = {
        file.relative_to(package).parts[0]
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "early"
    }
    assert asking == {"preview", "pipeline.py"}  # the pipeline asks the loader


def test_the_site_is_seen_as_on_another_day(preview: Preview) -> None:
    version = preview.state.version
    post(preview, DAY_ADDRESS, {"day": "2026-12-24"})
    page = look(preview, "/nieuws/later.html").body.decode()
    assert "<microsite-ribbon>" not in page
    assert "The site as on 24 December 2026" in page
    assert preview.state.version != version
    post(preview, DAY_ADDRESS, {"day": "2020-01-01"})  # whose consent ended since stays gone
    assert preview.state.day == preview.state.today
    assert preview.state.version == version
    post(preview, DAY_ADDRESS, {"day": "morgen"})
    assert preview.state.version == version
