"""Films and sound in a real Chromium: on a small phone, from disk, by keyboard, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from helpers import browser as tools
from helpers.browser import WIDTH, Site

FILM, SOUND = "films/bij-de-voordeur.html", "geluid/is-de-koffie-klaar.html"
SMALL: ViewportSize = {"width": 360, "height": 740}
PLAYED = """async () => {
  const film = document.querySelector("video");
  const before = [film.paused, film.currentTime, film.autoplay];
  film.muted = true;
  await film.play();
  while (film.currentTime < 1) await new Promise(done => setTimeout(done, 50));
  film.pause();
  const [track] = film.textTracks;
  return {
    before, mode: track.mode, language: track.language, count: track.cues.length,
    said: track.activeCues[0].text,
    size: [film.videoWidth, film.videoHeight], length: Math.round(film.duration),
  };
}"""


@pytest.fixture(scope="module")
def places(site: Site, root: str) -> dict[str, str]:
    return {"root": root, "disk": f"{site.folder.as_uri()}/"}


@pytest.mark.parametrize("place", ["root", "disk"])
def test_a_film_waits_and_plays_with_its_captions(
    place: str, places: dict[str, str], chromium: Browser
) -> None:
    with tools.opened(chromium, viewport=SMALL) as page:
        assert tools.open_and_look(page, places[place] + FILM) == []
        found = page.evaluate(PLAYED)
        assert page.evaluate(WIDTH) == []
    assert found == {
        "before": [True, 0, False],
        "mode": "showing",
        "language": "nl",
        "count": 4,
        "said": "Een sociaal werker begint bij de voordeur.",
        "size": [640, 360],
        "length": 21,
    }


def test_sound_is_as_long_as_the_page_says(places: dict[str, str], chromium: Browser) -> None:
    with tools.opened(chromium, viewport=SMALL) as page:
        page.goto(places["root"] + SOUND)
        length = page.evaluate(
            "() => new Promise(done => { const sound = document.querySelector('audio'); "
            "sound.onloadedmetadata = () => done(sound.duration); "
            "sound.preload = 'metadata'; sound.load(); })"
        )
        said = page.locator("figure.recording time").inner_text()
    assert said == f"0:{round(length)}"


def test_a_film_is_played_by_keyboard(places: dict[str, str], chromium: Browser) -> None:
    with tools.opened(chromium, viewport=SMALL) as page:
        page.goto(places["root"] + FILM)
        film = page.locator("video")
        film.focus()
        page.keyboard.press("Space")
        expect(film).to_have_js_property("paused", False)
        page.keyboard.press("Space")
        expect(film).to_have_js_property("paused", True)


def test_without_scripts_there_are_a_player_a_download_and_all_words(
    places: dict[str, str], chromium: Browser
) -> None:
    with tools.opened(chromium, viewport=SMALL, java_script_enabled=False) as page:
        page.goto(places["root"] + FILM)
        expect(page.locator("video[controls]")).to_be_visible()
        expect(page.locator("main")).to_contain_text("En op een dag gaat de deur weer open.")
        expect(page.locator("figure.film a[download]")).to_be_visible()


def test_axe_finds_nothing_in_the_dark(root: str, chromium: Browser) -> None:
    """In the light, test_pages.py looks at both."""
    assert tools.audit(chromium, [root + FILM, root + SOUND], [tools.in_the_dark(SMALL)]) == []
