"""Taking a story away from the desk: the list, the number that is typed, the job, and the receipt."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import pytest

from helpers import sites, traces
from helpers.pages import nodes
from helpers.previewing import DAY, TOKEN, look, post, previewing
from microsite.preview.preview import Preview
from microsite.preview.state import Response

ADDRESS = "/_redactie/intrekken"
REF, NAME = "C-66", "Zéfanja van Wezel"
STORY = "content/verhalen/zefanja.md"
BODY = (
    "Toen het water door het plafond kwam belde ik bij de buren aan en niemand deed open. Pas een week later"
    " zat er iemand van het wijkteam bij mij aan de keukentafel die bleef luisteren tot het donker was."
)
AGREED = sites.consent(ref=REF, scope="[web, social, press]")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> sites.Campaign:
    made = sites.campaign(tmp_path_factory.mktemp("weghalen") / "campagne")
    made.add_member("ouddorp")
    made.write(STORY, sites.story("Een natte week", name=NAME, body=BODY, agreed=AGREED))
    made.write("brands/ouddorp/content/nieuws/nat.md", sites.page("Nat", BODY, "date: 2026-06-01\n"))
    assert made.build("--all").status == 0
    return made


@pytest.fixture(scope="module")
def preview(campaign: sites.Campaign) -> Iterator[Preview]:
    with previewing(campaign, materials=()) as made:
        yield made


def until_there(preview: Preview, **query: str) -> str:
    """The page, once it does not say any more that one has to wait."""
    end = time.monotonic() + 60
    while True:
        answer = look(preview, ADDRESS, **query)
        page = answer.body.decode()
        if answer.location or not nodes(page, "[data-waiting]"):
            return page
        assert time.monotonic() < end
        time.sleep(0.05)


def send(preview: Preview, typed: str, page: str, **more: str) -> Response:
    """Send the form of this page."""
    fields = {
        n.attributes["name"] or "": n.attributes["value"] or "" for n in nodes(page, ".confirm [value]")
    }
    return post(preview, ADDRESS, {**fields, "typed": typed, **more})


def query_of(answer: Response) -> Mapping[str, str]:
    assert answer.status is HTTPStatus.SEE_OTHER
    return dict(parse_qsl(urlsplit(answer.location).query))


def test_a_story_is_taken_away_from_the_desk(campaign: sites.Campaign, preview: Preview) -> None:
    link = f"{ADDRESS}?ref={REF}"
    assert f'href="{link}"' in look(preview, "/_redactie/").body.decode()
    assert f'href="{link}"' in look(preview, "/verhalen/zefanja.html").body.decode()
    assert ADDRESS not in look(preview, "/contact.html").body.decode()
    before = sites.tree(campaign.root / "content")

    page = until_there(preview, ref=REF)
    for told in (STORY, "verhalen/zefanja.html", "brands/ouddorp/content/nieuws/nat.md", "The sites: 2"):
        assert told in page
    assert TOKEN in page
    assert sites.tree(campaign.root / "content") == before

    wrong = send(preview, "C-6", page)
    assert wrong.status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert nodes(wrong.body.decode(), "[role=alert]#wrong")
    assert query_of(send(preview, REF, page, seen="an older list")) == {"ref": REF, "changed": "1"}
    assert sites.tree(campaign.root / "content") == before

    own = sites.tree(campaign.root / "brands")
    assert query_of(send(preview, " c-66 ", page)) == {"ref": REF}
    assert send(preview, REF, page).status is HTTPStatus.SEE_OTHER  # twice is once
    preview.refresh()
    assert look(preview, "/contact.html").status is HTTPStatus.OK  # pages do not wait for it
    page = until_there(preview, ref=REF)
    assert nodes(page, ".verdict.good"), page
    assert "Put all sites online today." in page
    receipt = campaign.read("bewijs-c-66.txt")
    assert "Number of the agreement: C-66" in receipt
    assert look(preview, "/_redactie/bewijs", ref=REF).body.decode() == receipt
    assert campaign.read(STORY) == '---\nconsent:\n  ref: "C-66"\n  status: withdrawn\n---\n'
    assert traces.left(campaign.output, (NAME, "de keukentafel die bleef")) == []
    assert sites.tree(campaign.root / "brands") == own
    preview.refresh()
    assert look(preview, "/verhalen/zefanja.html").status in (HTTPStatus.GONE, HTTPStatus.NOT_FOUND)


def test_only_some_channels_are_taken_away(campaign: sites.Campaign, preview: Preview) -> None:
    other = sites.consent(ref="C-7", scope="[web, social, press]")
    campaign.write("content/verhalen/fee.md", sites.story("Bijna om", name="Fee", agreed=other))
    preview.refresh()
    page = until_there(preview, ref="C-7", press="1")
    assert [node.attributes["name"] for node in nodes(page, ".choice [checked]")] == ["press"]
    assert query_of(send(preview, "C-7", page)) == {"ref": "C-7", "press": "1"}
    page = until_there(preview, ref="C-7", press="1")
    assert nodes(page, ".verdict.good"), page
    assert "scope: [web, social]" in campaign.read("content/verhalen/fee.md")


def test_what_cannot_be_taken_away_is_said(preview: Preview) -> None:
    page = until_there(preview, ref="C-99999")
    assert "no text of the campaign has this consent" in page
    assert nodes(page, 'input[name="ref"][value="C-99999"]')
    assert not nodes(page, ".confirm")
    assert nodes(until_there(preview), 'form input[name="ref"]')
    assert post(preview, ADDRESS, {"ref": "C-99999", "typed": "C-99999"}).status is HTTPStatus.SEE_OTHER
    assert look(preview, "/_redactie/bewijs", ref="C-99999").status is HTTPStatus.NOT_FOUND


def test_a_process_that_was_killed_is_told_with_how_to_finish(
    campaign: sites.Campaign, preview: Preview
) -> None:
    page = until_there(preview, ref="C-7")
    pool = preview._withdraw.withdrawals._pool
    assert pool is not None
    (process,) = pool._processes.values()
    process.kill()
    process.join()
    assert query_of(send(preview, "C-7", page)) == {"ref": "C-7"}
    page = until_there(preview, ref="C-7")
    assert nodes(page, ".verdict.good") or "Finish it" in page
    assert query_of(look(preview, ADDRESS, ref="C-7", again="1")) == {"ref": "C-7"}


def test_the_last_good_site_is_not_shown_when_somebody_in_it_withdrew(campaign: sites.Campaign) -> None:
    campaign.write(
        "content/verhalen/ilse.md", sites.story("Ilse", name="Ilse", agreed=sites.consent(ref="C-8"))
    )
    with previewing(campaign) as preview:
        assert "Ilse" in look(preview, "/verhalen/ilse.html").body.decode()
        campaign.write("content/kapot.md", "---\ntitel: Kapot\n---\n")
        preview.refresh()
        assert "Ilse" in look(preview, "/verhalen/ilse.html").body.decode()
        campaign.write("content/verhalen/ilse.md", "---\nconsent: {ref: C-8, status: withdrawn}\n---\n")
        preview.refresh()
        for address in ("/verhalen/ilse.html", "/verhalen/", "/"):
            answer = look(preview, address)
            assert answer.status is HTTPStatus.SERVICE_UNAVAILABLE
            assert "Ilse" not in answer.body.decode()
        campaign.remove("content/kapot.md")
        preview.refresh()
        assert look(preview, "/").status is HTTPStatus.OK


def test_the_day_follows_the_calendar(campaign: sites.Campaign) -> None:
    morning = DAY + dt.timedelta(days=1)
    with previewing(campaign) as preview:
        preview.begin_day(DAY)
        assert (preview.state.day, preview.state.today) == (DAY, DAY)
        preview.begin_day(morning)
        assert (preview.state.day, preview.state.today) == (morning, morning)
        chosen = morning + dt.timedelta(days=9)
        preview.look_at(chosen)
        preview.begin_day(morning + dt.timedelta(days=1))
        assert preview.state.day == chosen
