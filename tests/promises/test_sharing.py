"""Who did not agree to social media is not shared there, and who does not exist is said so once."""

from __future__ import annotations

import pytest

from helpers.pages import nodes
from helpers.sites import BAS, Campaign, consent, page, story

WEB_ONLY = consent(scope="[web]")
NETWORKS = (
    "wa.me",
    "facebook.com/sharer",
    "linkedin.com",
    "bsky.app",
    "joinmastodon.org",
    "data-share",
    "mailto:?subject",
)
SHARED = "Lees wat er achter de deur lag."
PERSON = "person: {name: Dunya, municipality: Zandhage, job: zaalwacht}\n"


def meta(html: str, name: str) -> list[str]:
    return [node.attributes["content"] or "" for node in nodes(html, f"meta[property='{name}']")]


def shared(html: str) -> list[str]:
    return [word for word in NETWORKS if word in html]


PAGES: dict[str, tuple[dict[str, str], str]] = {
    "a story": ({"verhalen/bas.md": story(agreed=WEB_ONLY, extra=f"share: {SHARED}\n")}, "verhalen/bas.html"),
    "a translation of a story": (
        {
            "verhalen/bas.md": story(agreed=WEB_ONLY),
            "verhalen/bas.en.md": "---\ntitle: A door\nsummary: A door opens.\n---\nA door opens.\n",
        },
        "verhalen/bas.en.html",
    ),
    "news with a consent": (
        {
            "nieuws/start.md": page(
                extra=f"date: 2026-06-01\nshare: {SHARED}\nconsent: {{{WEB_ONLY}}}\n", title="Dunya begint"
            )
        },
        "nieuws/start.html",
    ),
    "an ambassador": (
        {"ambassadeurs/dunya.md": page("Dunya", extra=f"{PERSON}consent: {{{WEB_ONLY}}}\n")},
        "ambassadeurs/dunya.html",
    ),
    "an ambassador's post, by the consent of the ambassador": (
        {
            "ambassadeurs/dunya.md": page("Dunya", extra=f"{PERSON}consent: {{{WEB_ONLY}}}\n"),
            "ambassadeurs/dunya/dag.md": page(
                "Een dag", extra=f"date: 2026-06-01\nconsent: {{{consent()}}}\n"
            ),
        },
        "ambassadeurs/dunya/dag.html",
    ),
    "an exchange, by the consent of one letter": (
        {
            "brieven/nacht.md": page("De nacht", extra="dilemma: Wie betaalt?\nrhythm: 14\n"),
            "brieven/nacht/een.md": page(
                "Geachte wethouder",
                extra=f"date: 2026-11-15\nrole: worker\n{PERSON}consent: {{{WEB_ONLY}}}\n",
            ),
        },
        "brieven/nacht.html",
    ),
}
"""Pages that show somebody who agreed to the web only: files, and the page."""


@pytest.mark.parametrize("case", PAGES)
def test_who_did_not_agree_to_social_media_is_not_offered_to_them(campaign: Campaign, case: str) -> None:
    files, path = PAGES[case]
    for name, content in files.items():
        campaign.write(f"content/{name}", content)
    report = campaign.build()
    assert report.status == 0, report.said
    html = campaign.shown(path)
    assert shared(html) == []
    assert SHARED not in html
    assert meta(html, "og:title") == ["Deur voor deur"]
    assert meta(html, "og:description") == ["Wie op tijd helpt, helpt iedereen."]
    assert meta(html, "og:image") == []


@pytest.mark.parametrize("case", PAGES)
def test_who_agreed_is(campaign: Campaign, case: str) -> None:
    files, path = PAGES[case]
    for name, content in files.items():
        campaign.write(f"content/{name}", content.replace("scope: [web]", "scope: [web, social]"))
    assert campaign.build().status == 0
    html = campaign.shown(path)
    assert shared(html) == list(NETWORKS)
    assert meta(html, "og:title") != ["Deur voor deur"]


@pytest.mark.parametrize("fictional", [False, True])
@pytest.mark.parametrize("pseudonym", [False, True])
def test_who_does_not_exist_has_no_real_name(campaign: Campaign, pseudonym: bool, fictional: bool) -> None:
    own = story(extra="fictional: true\n" if fictional else "")
    if pseudonym:
        own = own.replace("name: Anouk, municipality", "name: Anouk, pseudonym: true, municipality")
    campaign.write(BAS, own)
    campaign.build().fine()
    html = campaign.shown("verhalen/bas.html")
    assert ("Dit is niet de echte naam" in html) is (pseudonym and not fictional)
    assert ("Dit verhaal is verzonnen" in html) is fictional
