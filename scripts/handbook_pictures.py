"""Makes the pictures in the handbook for editors: python scripts/handbook_pictures.py

It begins a story in a copy of the campaign, opens the preview in Chromium as an editor would, and writes
what is seen to ``docs/redactie/schermen/``. It needs what ``make test`` set up. The day is always ``DAY``, so
that only a change of the program changes a picture.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from setup_tools import find

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "docs/redactie/schermen"
DAY = "2026-11-22"
STORY = "content/verhalen/bram.md"
WIDTH, HEIGHT = 1100, 720
TITLE, SLUG = "Koffie op de derde trap", "koffie-op-de-derde-trap"
COLOURS = 128


def main() -> int:
    TO.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        campaign = Path(work) / "campagne"
        for name in ("content", "brands"):
            shutil.copytree(ROOT / name, campaign / name)
        _build(campaign, "new", "verhaal", "--title", TITLE, "--slug", SLUG)
        agreed = _agreement(campaign)
        browser = playwright.chromium.launch(executable_path=find("chromium"))
        page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="nl-NL").new_page()
        with _preview(campaign) as address:
            _desk(page, address)
            _draft(page, address)
            _problem(page, address, campaign)
        page.goto(agreed.as_uri())
        _write(page, "voor-akkoord")
        browser.close()
    return 0


def _build(campaign: Path, *arguments: str) -> None:
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--project", str(campaign)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _agreement(campaign: Path) -> Path:
    """The file for the person in a story that is not public yet."""
    story = campaign / STORY
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    _build(campaign, "preview", str(story), "--date", DAY)
    story.write_text(text, encoding="utf-8")
    (made,) = (campaign / "voor-akkoord").glob("*.html")
    return made


@contextmanager
def _preview(campaign: Path) -> Iterator[str]:
    """The address of a running preview."""
    command = [sys.executable, "-u", str(ROOT / "build.py"), "serve", "--project", str(campaign)]
    surroundings = {**os.environ, "MICROSITE_LANGUAGE": "nl"}
    process = subprocess.Popen(
        [*command, "--date", DAY, "--port", "8700"], stdout=subprocess.PIPE, text=True, env=surroundings
    )
    try:
        said = process.stdout or ()
        yield next(found[0] for line in said if (found := re.search(r"http://\S+/", line)))
    finally:
        process.terminate()
        process.wait()


def _desk(page: Page, address: str) -> None:
    page.goto(f"{address}_redactie/", wait_until="networkidle")
    _write(page, "redactie")


def _draft(page: Page, address: str) -> None:
    page.goto(f"{address}verhalen/{SLUG}.html")
    page.locator(".ribbon").wait_for()
    _write(page, "concept")


def _problem(page: Page, address: str, campaign: Path) -> None:
    """A slip in a story that is public: the key of its summary."""
    page.goto(f"{address}verhalen/bram.html")
    story = campaign / STORY
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("\nsummary:", "\nsumary:", 1), encoding="utf-8")
    page.get_by_text("sumary").first.wait_for()
    _write(page, "melding")
    story.write_text(text, encoding="utf-8")


def _write(page: Page, name: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(COLOURS).save(TO / f"{name}.png", optimize=True)
    print(f"{name}.png: {(TO / f'{name}.png').stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
