"""The preview shows what a build would publish, without writing any of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest

from helpers import sites
from helpers.pages import nodes
from helpers.preview import SCRIPT, SHOWN, STORY
from helpers.previewing import DAY, previewing
from microsite.content.files import FileChanged
from microsite.core.problems import Place, Problem, text
from microsite.pipeline import Pipeline
from microsite.preview.pages import content_type
from microsite.preview.preview import Preview
from microsite.preview.state import Request, State
from microsite.publishing import maker as making
from microsite.rendering.artifact import Artifact
from microsite.rendering.hosting import policy


@pytest.fixture
def preview(campaign: sites.Campaign) -> Iterator[Preview]:
    with previewing(campaign) as made:
        yield made


def messages(preview: Preview) -> list[str]:
    return [problem.render() for problem in preview.state.problems]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all artifacts that are made from now on."""
    paths: list[str] = []
    made = making._make

    def counted(make: Any, item: Artifact) -> Any:
        paths.append(item.path)
        return made(make, item)

    monkeypatch.setattr(making, "_make", counted)
    return paths


def test_every_file_is_the_one_that_a_build_publishes(campaign: sites.Campaign, photo: bytes) -> None:
    campaign.write("content/contact.jpg", photo)
    extra = "image: {src: contact.jpg, alt: Een deur, credit: 'Foto: Cor'}\n"
    campaign.write("content/contact.md", sites.page(extra=extra))
    campaign.build().fine()
    with previewing(campaign) as preview:
        for path, published in campaign.tree().items():
            answer = preview.respond(Request(f"/{path}"))
            assert answer.status == HTTPStatus.OK, path
            assert answer.kind == content_type(path)
            assert SCRIPT.sub(b"", answer.body) == published, path
            assert (answer.body != published) == path.endswith(".html")


def test_material_is_made_when_it_is_looked_at(campaign: sites.Campaign) -> None:
    campaign.edit(sites.OWN, f"url: {sites.ADDRESS}\n", "")
    with previewing(campaign, materials=("share",)) as preview:
        index = preview.respond(Request("/_materiaal/"))
        assert index.status == HTTPStatus.OK
        links = [node.attributes["href"] or "" for node in nodes(index.body.decode(), "main a")]
        listed = [link for link in links if not link.startswith("#")]
        assert "verhalen/anouk-plaatje-bij-link.png" in listed
        for path in listed:
            answer = preview.respond(Request(f"/_materiaal/{path}"))
            assert (answer.status, answer.kind) == (HTTPStatus.OK, content_type(path))


def test_nothing_is_published(campaign: sites.Campaign, preview: Preview) -> None:
    assert preview.respond(Request("/")).status == HTTPStatus.OK
    assert not campaign.site.exists()
    assert [folder.name for folder in campaign.output.iterdir()] == [".microsite"]


def test_a_save_costs_one_text_and_one_page(
    campaign: sites.Campaign, preview: Preview, made: list[str]
) -> None:
    assert preview.respond(Request(SHOWN)).status == HTTPStatus.OK
    assert made == [SHOWN[1:]]
    made.clear()
    campaign.edit(STORY, "Hij leest", "Hij herleest")
    preview.refresh()
    assert preview.session.pipeline().parsed == (STORY,)
    assert b"Hij herleest" in preview.respond(Request(SHOWN)).body
    assert made == [SHOWN[1:]]


def test_looking_costs_nothing_while_nothing_changes(
    preview: Preview, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline, state = preview.session.pipeline(), preview.state
    monkeypatch.setattr(Pipeline, "plan", None)
    for _ in range(3):
        preview.refresh()
    assert preview.session.pipeline() is pipeline
    assert preview.state is state
    assert made == []


def test_files_that_were_seen_are_not_read_again(
    campaign: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microsite.content.files._SETTLED_NS", -(10**12))
    with previewing(campaign) as preview:
        read: list[str] = []
        monkeypatch.setattr("microsite.content.files._read", lambda file: read.append(file) or b"")
        preview.refresh()
        assert [file for file in read if str(campaign.root) in file] == []


@pytest.mark.parametrize("published", [True, False])
def test_a_page_that_was_renamed_is_told_the_line_to_add(campaign: sites.Campaign, published: bool) -> None:
    if published:
        campaign.build().fine()
    with previewing(campaign) as preview:
        campaign.write("content/nieuws/begin.md", campaign.read("content/nieuws/start.md"))
        campaign.remove("content/nieuws/start.md")
        preview.refresh()
        (told,) = messages(preview)
        assert told.startswith("content/nieuws/begin.md")
        assert told.endswith("add: aliases: [/nieuws/start.html]")


def test_a_touch_changes_nothing(campaign: sites.Campaign, preview: Preview) -> None:
    state = preview.state
    (campaign.root / STORY).touch()
    preview.refresh()
    assert preview.state is state


@pytest.mark.parametrize("address", ["/", "/index.html", "/verhalen/", "/verhalen/index.html", SHOWN])
def test_a_folder_means_its_first_page(preview: Preview, address: str) -> None:
    answer = preview.respond(Request(address))
    assert (answer.status, answer.kind) == (HTTPStatus.OK, "text/html; charset=utf-8")
    version = SCRIPT.search(answer.body)
    assert version is not None
    assert version[1].decode() == preview.state.version


def test_a_folder_without_its_slash_leads_to_the_one_with(preview: Preview) -> None:
    answer = preview.respond(Request("/verhalen"))
    assert (answer.status, answer.location) == (HTTPStatus.FOUND, "/verhalen/")


@pytest.mark.parametrize(
    "address",
    [
        "/nee.html",
        "/nee/",
        "/verhalen/bas",
        "/../content/site.yaml",
        "/verhalen/../index.html",
        "//index.html",
        "/.microsite/stamps.json",
        "index.html",
        "/\x00",
        "https://elders.example/",
    ],
)
def test_what_the_plan_does_not_name_is_not_there(preview: Preview, address: str) -> None:
    answer = preview.respond(Request(address))
    assert answer.status == HTTPStatus.NOT_FOUND
    assert b'<body class="kind-missing">' in answer.body
    assert SCRIPT.search(answer.body)


def test_what_the_page_for_lost_visitors_refers_to_is_found(preview: Preview) -> None:
    """Its links begin at the folder in which the real site stands."""
    page = preview.respond(Request("/nee.html")).body.decode()
    links = [link for link in re.findall(r'(?:href|src)="(/[^"]*)"', page) if "__microsite" not in link]
    assert any(link.endswith(".css") for link in links)
    assert {preview.respond(Request(link.partition("#")[0])).status for link in links} == {HTTPStatus.OK}


def test_types_come_from_the_table_of_all_hosts() -> None:
    for suffix, kind in policy.CONTENT_TYPES:
        assert content_type(f"map/naam.{suffix}") == kind
    assert content_type("foto.AVIF") == "image/avif"
    assert content_type("feed.xml") == "application/atom+xml; charset=utf-8"
    assert content_type("index.html.br") == content_type("CNAME") == "application/octet-stream"


def test_the_last_good_site_stays_while_there_are_problems(
    campaign: sites.Campaign, preview: Preview
) -> None:
    campaign.edit(STORY, "title:", "titel:")
    campaign.edit("content/contact.md", "Bel", "Mail")
    version = preview.state.version
    preview.refresh()
    assert (
        "content/verhalen/bas.md:2:1: error: unknown key 'titel'\n    hint: did you mean 'title'?"
        in messages(preview)
    )
    assert preview.state.version == version
    for address in (SHOWN, "/contact.html", "/verhalen/anouk.html"):
        assert preview.respond(Request(address)).status == HTTPStatus.OK
    assert b"Mail" not in preview.respond(Request("/contact.html")).body
    campaign.edit(STORY, "titel:", "title:")
    preview.refresh()
    assert messages(preview) == []
    assert preview.state.version != version
    assert b"Mail" in preview.respond(Request("/contact.html")).body


def test_what_is_put_back_is_the_same_version(campaign: sites.Campaign, preview: Preview) -> None:
    state = preview.state
    campaign.edit(STORY, "title:", "titel:")
    preview.refresh()
    campaign.edit(STORY, "titel:", "title:")
    preview.refresh()
    assert preview.state == state


def test_pages_stay_when_all_templates_are_lost(campaign: sites.Campaign) -> None:
    campaign.with_own("templates")
    with previewing(campaign) as preview:
        for file in (campaign.root / "templates").rglob("*.html"):
            file.write_text("{% if")
        preview.refresh()
        assert messages(preview)
        assert preview.respond(Request(SHOWN)).status == HTTPStatus.OK


def test_when_nothing_was_ever_good_the_problems_are_the_page(campaign: sites.Campaign) -> None:
    campaign.edit(STORY, "title:", "titel:")
    with previewing(campaign) as preview:
        answer = preview.respond(Request("/whatever"))
        assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
        assert b"content/verhalen/bas.md:2:1" in answer.body
        version = SCRIPT.search(answer.body)
        assert version is not None
        assert version[1].decode() == preview.state.name
        campaign.edit(STORY, "titel:", "title:")
        preview.refresh()
        assert preview.respond(Request("/")).status == HTTPStatus.OK


def test_warnings_are_told_and_stand_in_nobodys_way(campaign: sites.Campaign, preview: Preview) -> None:
    campaign.edit(STORY, "Hij leest", "#### Diep\n\nHij leest")
    preview.refresh()
    assert [problem.severity for problem in preview.state.problems] == ["warning"]
    assert b"Diep" in preview.respond(Request(SHOWN)).body


def test_a_strict_preview_is_as_strict_as_a_build(campaign: sites.Campaign) -> None:
    campaign.edit(STORY, "Hij leest", "#### Diep\n\nHij leest")
    with previewing(campaign, strict=True) as preview:
        assert [problem.severity for problem in preview.state.problems] == ["error"]
        assert preview.respond(Request(SHOWN)).status == HTTPStatus.SERVICE_UNAVAILABLE


def test_a_page_that_cannot_be_drawn_says_why_and_the_others_stay(campaign: sites.Campaign) -> None:
    campaign.with_own("templates")
    campaign.write("templates/story.html", "<p>\n{{ nergens }}</p>")
    with previewing(campaign) as preview:
        answer = preview.respond(Request(SHOWN))
        assert answer.status == HTTPStatus.INTERNAL_SERVER_ERROR
        assert b"templates/story.html:2" in answer.body
        assert [str(problem.place) for problem in answer.problems] == ["templates/story.html:2"]
        assert preview.respond(Request("/contact.html")).status == HTTPStatus.OK
        campaign.write("templates/story.html", "<p>goed</p>")
        preview.refresh()
        assert SCRIPT.sub(b"", preview.respond(Request(SHOWN)).body) == b"<p>goed</p>"


def test_a_file_that_changed_since_the_last_look_is_shown_as_it_is(campaign: sites.Campaign) -> None:
    campaign.write("content/poster.pdf", b"%PDF-1.7 een")
    campaign.write("content/contact.md", sites.page(body="[De poster](poster.pdf){.download}"))
    with previewing(campaign) as preview:
        (path,) = (path for path in preview._served.files if path.endswith(".pdf"))
        assert preview.respond(Request(f"/{path}")).body == b"%PDF-1.7 een"
        campaign.write("content/poster.pdf", b"%PDF-1.7 twee")
        assert preview.respond(Request(f"/{path}")).body == b"%PDF-1.7 twee"
        assert preview.state.version == preview.session.inputs(preview.folder)


def test_a_file_that_never_stands_still_is_not_waited_for(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(*_: object, **__: object) -> Any:
        raise FileChanged("content/index.md")

    monkeypatch.setattr(making.ArtifactMaker, "make", changing)
    assert preview.respond(Request("/")).status == HTTPStatus.INTERNAL_SERVER_ERROR
    monkeypatch.undo()
    assert preview.respond(Request("/")).status == HTTPStatus.OK


def test_a_fault_of_ours_is_told_and_does_not_end_the_preview(
    campaign: sites.Campaign,
    preview: Preview,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def faulty(*_: object, **__: object) -> Any:
        raise RuntimeError("oei")

    with monkeypatch.context() as broken:
        broken.setattr(making.ArtifactMaker, "make", faulty)
        assert b"RuntimeError: oei" in preview.respond(Request("/")).body
    with monkeypatch.context() as broken:
        broken.setattr(Pipeline, "plan", faulty)
        campaign.edit(STORY, "Hij leest", "Hij herleest")
        preview.refresh()
        assert messages(preview) == ["output: error: the program itself fails: RuntimeError: oei"]
        assert preview.respond(Request("/")).status == HTTPStatus.OK
    assert capsys.readouterr().err.count("Traceback") == 2
    campaign.edit(STORY, "Hij herleest", "Hij leest voor")
    preview.refresh()
    assert messages(preview) == []


def test_a_disk_that_does_not_take_it_is_a_sentence(
    campaign: sites.Campaign, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Pipeline, "plan", full)
        campaign.edit(STORY, "Hij leest", "Hij herleest")
        preview.refresh()
        assert messages(preview) == ["output: error: cannot work: No space left on device"]
    preview.refresh()
    assert messages(preview) == []
    assert b"Hij herleest" in preview.respond(Request(SHOWN)).body


def test_who_is_not_shown_is_not_kept_when_the_preview_ends(campaign: sites.Campaign) -> None:
    told = "Dit blijft tussen ons."
    withdrawn = sites.consent(status="withdrawn")
    campaign.write("content/verhalen/dirk.md", sites.story(name="Dirk", body=told, agreed=withdrawn))
    with previewing(campaign) as preview:
        assert preview.respond(Request("/verhalen/dirk.html")).status == HTTPStatus.GONE
        preview.refresh()
    assert [path for path, data in campaign.everything().items() if told.encode() in data] == []


def test_the_bar_goes_before_the_end_of_the_body(preview: Preview) -> None:
    shown = preview.pages.with_bar(b"<body>a</body> </body></html>", State("1", day=DAY, today=DAY))
    assert SCRIPT.sub(b"", shown) == b"<body>a</body> </body></html>"
    assert shown.endswith(b'<script src="/__microsite/live.js?v=1" defer></script>\n</body></html>')
    assert preview.pages.with_bar(b"<p>", State("1")).startswith(b"<p><microsite-bar>")


def test_the_page_of_problems_takes_everything_as_text(preview: Preview) -> None:
    problem = Problem(Place("<i>.md", 3), text("no '{name}'", name="<script>"), text("'{x}' & more", x="<b>"))
    page = preview.pages.problems([problem], text("Problems"), "1").decode()
    assert "&lt;i&gt;.md:3" in page
    assert "no &#39;&lt;script&gt;&#39;" in page
    assert "&#39;&lt;b&gt;&#39; &amp; more" in page
    assert "<script>" not in page


def test_the_style_guide_is_in_the_preview_and_not_in_the_site(campaign: sites.Campaign) -> None:
    with previewing(campaign) as preview:
        answer = preview.respond(Request("/stijlgids/"))
    assert answer.status is HTTPStatus.OK
    assert b'class="poster-quote is-long' in answer.body
    campaign.build().fine()
    assert not (campaign.site / "stijlgids").exists()
