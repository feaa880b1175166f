"""Decap CMS in a browser, above a campaign in git: what an editor without a terminal does."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from playwright.sync_api import Locator, Page

from helpers import sites
from helpers.npm import MODULES, program
from microsite import cli

GIT = ("git", "-c", "user.name=Redactie", "-c", "user.email=redactie@voorbeeld.example")


def git(campaign: sites.Campaign, *arguments: str) -> str:
    done = subprocess.run([*GIT, *arguments], cwd=campaign.root, capture_output=True, text=True, check=True)
    return done.stdout


def prepare(campaign: sites.Campaign, cms: str) -> Path:
    """The folder of a CMS as the handbook tells to make it: the configuration, and the script beside it."""
    assert cli.main(["schema", "--cms", cms, "--project", str(campaign.root)]) == 0
    admin = campaign.root / "admin"
    package = {"decap": "decap-cms", "sveltia": "@sveltia/cms"}[cms]
    for file in (MODULES / package / "dist").glob("*"):
        if file.suffix in (".js", ".wasm"):
            shutil.copy(file, admin)
    return admin


@contextmanager
def local_backend(campaign: sites.Campaign) -> Iterator[None]:
    """``decap-server`` above the campaign, which is a repository of git from now on."""
    port = _free_port()
    config = campaign.root / "admin" / "config.yml"
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings["local_backend"] = {"url": f"http://127.0.0.1:{port}/api/v1"}
    config.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    campaign.write(".gitignore", "admin/\noutput/\n")
    git(campaign, "init", "--quiet", "--initial-branch", "main")
    git(campaign, "config", "user.name", "Redactie")
    git(campaign, "config", "user.email", "redactie@voorbeeld.example")
    git(campaign, "add", "--all")
    git(campaign, "commit", "--quiet", "--message", "Begin")
    where = {
        "PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MODE": "git",
        "GIT_REPO_DIRECTORY": str(campaign.root),
    }
    with subprocess.Popen(
        [program("decap-server")], env={**os.environ, **where}, stdout=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(port)
            yield
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("decap-server does not start")


# ── the editor ──


def log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("heading", name="Verhalen").wait_for()


def field(page: Page, label: str) -> Locator:
    """The first field whose label begins with these words, and what is in it."""
    return page.locator("label", has_text=re.compile(f"^{re.escape(label)}")).first.locator("xpath=../..")


def fill(page: Page, label: str, words: str) -> None:
    field(page, label).locator("input, textarea").first.fill(words)


def choose(page: Page, label: str, *words: str) -> None:
    """Choose in a list by beginning to type what is wanted."""
    for word in words:
        field(page, label).locator("input").first.fill(word)
        page.keyboard.press("Enter")


def unfold(page: Page, label: str) -> None:
    field(page, label).get_by_test_id("expand-button").first.click()


def switch(page: Page, label: str) -> None:
    field(page, label).get_by_role("switch").click()


def write(page: Page, words: str) -> None:
    """Put words in the text, as one types them."""
    page.locator('[contenteditable="true"]').first.click()
    page.keyboard.type(words)


def upload(page: Page, file: Path) -> None:
    page.get_by_role("button", name="Kies een afbeelding").click()
    page.locator('input[type="file"]').first.set_input_files(file)
    page.get_by_text(file.name).first.wait_for()
    page.get_by_role("button", name="Gebruik selectie").click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_role("button", name="Status: Concept").wait_for()
    page.get_by_text("Wijzigingen opgeslagen", exact=True).wait_for()


def publish(page: Page) -> None:
    """Say that it is ready, and publish it: into the branch that sites are built from."""
    page.get_by_role("button", name="Status: Concept").click()
    page.get_by_role("menuitem", name="Klaar").click()
    page.get_by_role("button", name="Status: Klaar").wait_for()
    page.get_by_role("button", name="Publiceer", exact=True).click()
    page.get_by_role("menuitem", name="Publiceer nu").click()
    page.get_by_role("button", name="Status: Klaar").wait_for(
        state="hidden"
    )  # the notice of before may still be there
    page.get_by_text("Item gepubliceerd").first.wait_for()
