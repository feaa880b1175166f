"""Schemas, settings and snippets for VS Code: those of the repository are those that the program makes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from helpers import sites
from microsite import cli
from microsite.commands.editors import files, vscode
from microsite.content.kinds import KINDS, Kind
from microsite.core.settings import ENGINE_ROOT

SNIPPETS = vscode.snippets()
PAGES = {kind.name: SNIPPETS[name] for kind in KINDS for name in SNIPPETS if name == vscode.title(kind)}


def run(campaign: sites.Campaign, *arguments: str) -> int:
    return cli.main(["schema", *arguments, "--project", str(campaign.root)])


# ── the command ──


def test_the_schema_of_one_kind_or_file_is_printed(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("story", "brand.yaml"):
        assert run(campaign, name) == 0
        assert json.loads(capsys.readouterr().out) == files.schema(name)


def test_another_name_is_told_with_the_nearest(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(campaign, "stroy") == 1
    assert capsys.readouterr().err == "there is no schema 'stroy'\ndid you mean 'story'?\n"
    assert run(campaign) == 1
    assert "choose from: story, evidence" in capsys.readouterr().err


def test_the_folder_of_the_repository_is_as_the_program_makes_it() -> None:
    """To make it anew: python3 build.py schema --vscode, without the two files that people add to."""
    folder = ENGINE_ROOT / vscode.FOLDER
    made = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.*")}
    assert made == vscode.folder()


def test_settings_of_somebody_are_not_written_over(
    campaign: sites.Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign.write(".vscode/settings.json", "{}")
    assert run(campaign, "--vscode") == 0
    assert ".vscode/settings.json stays as it is" in capsys.readouterr().out
    assert campaign.read(".vscode/settings.json") == "{}"
    assert json.loads(campaign.read(".vscode/extensions.json"))["recommendations"][0] == "redhat.vscode-yaml"
    campaign.build().fine()


def test_each_file_of_settings_has_its_schema() -> None:
    found = {place: path for path, places in vscode.settings()["yaml.schemas"].items() for place in places}
    assert {Path(place).name for place in found} == set(files.SETTINGS)
    campaign = [*ENGINE_ROOT.glob("content/*.yaml"), *ENGINE_ROOT.glob("brands/**/*.yaml")]
    for file in (file for file in campaign if file.name in files.SETTINGS):
        (schema,) = {path for place, path in found.items() if file.match(place)}
        assert (ENGINE_ROOT / schema).is_file()


# ── snippets, as VS Code fills them in when nothing is typed ──


def filled(snippet: dict[str, Any]) -> str:
    text = "\n".join(snippet["body"])
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}|\$\d", lambda found: found[1] or "", text)
    return re.sub(r"\\([$}\\])", r"\1", text) + "\n"


def _place(kind: Kind) -> str:
    if kind.part_of:
        return f"content/{kind.part_of}/stuk/een.md"
    return {
        "page": "content/stuk.md",
        "campaign": "content/index.md",
        "listing": "content/toolkit/index.md",
    }.get(kind.name, f"content/{kind.section}/stuk.md")


@pytest.fixture
def ready(campaign: sites.Campaign) -> sites.Campaign:
    """The small campaign, with what the examples of the handbook name."""
    fact = filled(SNIPPETS["Cijfer in het register"]).replace("naam-van-het-cijfer", "enveloppen")
    campaign.write("content/feiten.yaml", sites.FACTS + fact)
    campaign.write("content/poster.pdf", b"%PDF-1.7\n")
    campaign.write("content/flat.jpg", sites.jpeg())
    return campaign


def test_there_is_a_snippet_of_each_kind_of_page() -> None:
    assert set(PAGES) == {kind.name for kind in KINDS}


def test_a_page_that_begins_as_a_snippet_is_a_draft_without_a_problem(ready: sites.Campaign) -> None:
    for kind in KINDS:
        if kind.name != "campaign":  # a first page that is a draft is a site without one
            ready.write(_place(kind), filled(PAGES[kind.name]))
    report = ready.build()
    own = [said for said in report.problems if "stuk" in said or "toolkit/index" in said]
    assert [said for said in own if "left out: " not in said] == []
    assert not (ready.site / "verhalen" / "stuk.html").exists()


def test_nobody_has_agreed_in_a_snippet(ready: sites.Campaign) -> None:
    """Whoever fills in a name and nothing else publishes nobody."""
    for kind in KINDS:
        if kind.asks_consent:
            page = filled(PAGES[kind.name])
            assert "  status: pending\n" in page
            assert "  final_text_seen_on: \n" in page
            ready.write(_place(kind), page.replace("draft: true\n", ""))
    assert not {path for path in ready.build().written if "stuk" in path}


def test_the_first_page_can_begin_as_a_snippet(ready: sites.Campaign) -> None:
    ready.write("content/index.md", filled(PAGES["campaign"]).replace("draft: true\n", ""))
    ready.build().fine()


def test_what_snippets_put_in_a_text_is_understood(ready: sites.Campaign) -> None:
    blocks = [
        snippet
        for snippet in SNIPPETS.values()
        if snippet["scope"] == "markdown" and snippet not in PAGES.values()
    ]
    assert len(blocks) > 12
    ready.write("content/over.md", sites.page("Over", "\n\n".join(map(filled, blocks))))
    ready.build().fine()
    page = (ready.site / "over.html").read_text(encoding="utf-8")
    shown = ("button", "<table", "<blockquote", "<details", "<dl", "task", "footnote", "callout", "<img")
    assert [piece for piece in shown if piece not in page] == []
    assert "{{" not in page
    assert "[!" not in page


def test_each_choice_in_a_snippet_is_understood(ready: sites.Campaign) -> None:
    """A call-out of each sort, and each value of the organisation."""
    pieces = []
    for snippet in SNIPPETS.values():
        body = "\n".join(snippet["body"])
        for choices in re.findall(r"\$\{1\|([^|]*)\|\}", body):
            pieces += [
                filled({"body": [re.sub(r"\$\{1\|[^|]*\|\}", one, body)]}) for one in choices.split(",")
            ]
    assert len(pieces) == 10
    ready.write("content/over.md", sites.page("Over", "\n\n".join(pieces)))
    ready.build().fine()
    assert "[!" not in (ready.site / "over.html").read_text(encoding="utf-8")
