"""The configuration of a CMS: each key of each kind is a field, and nobody agrees by default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from helpers import sites
from microsite import cli
from microsite.commands.editors import files, words
from microsite.commands.editors.cms import Campaign as Known
from microsite.commands.editors.cms import fields
from microsite.content.keys import Key, keys_of
from microsite.content.kinds import KINDS, Kind
from microsite.content.site_file import HelpLine, Site, Theme, completed

KNOWN = Known(
    completed(
        Site(
            title="",
            slogan="",
            core_message="",
            description="",
            themes=(("wonen", Theme("Wonen")),),
            criteria=(("samen", "Is het samen?"),),
            work_fields=(("opbouwwerk", "Opbouwwerk"),),
            aims=(("raad", "Je wilt de raad overtuigen"),),
            help_lines=(("geldhulp", HelpLine("Geldhulp", "Praat over geld.")),),
        )
    ),
    {},
    {},
)


def make(campaign: sites.Campaign, cms: str = "decap") -> dict[str, Any]:
    assert cli.main(["schema", "--cms", cms, "--project", str(campaign.root)]) == 0
    config: dict[str, Any] = yaml.load(campaign.read("admin/config.yml"), yaml.CSafeLoader)
    return config


def collection(config: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in config["collections"] if one["name"] == name)
    return found


def named(made: list[dict[str, Any]], *path: str) -> dict[str, Any]:
    found = next(one for one in made if one["name"] == path[0])
    return named(found["fields"], *path[1:]) if path[1:] else found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_key_of_a_kind_is_a_field(kind: Kind) -> None:
    """So that none is lost when a page is saved; what a page needs is required."""
    made = fields(kind, KNOWN)
    keys = keys_of(kind.record)
    assert sorted(one["name"] for one in made) == sorted([*(key.name for key in keys), "body"])
    needed = {*(key.name for key in keys if key.required), *files.needed(kind)}
    assert {one["name"] for one in made if one["required"]} == needed
    assert [one["name"] for one in made][:3] == ["draft", "title", "summary"]
    for key in keys:
        _same(key, named(made, key.name))


def _same(key: Key, made: dict[str, Any]) -> None:
    assert made["label"]
    if key.keys:
        assert {one["name"] for one in made["fields"]} == {inner.name for inner in key.keys}
        for inner in key.keys:
            _same(inner, named(made["fields"], inner.name))
    if key.choices:
        assert [option["value"] for option in made["options"]] == list(key.choices)
        assert made.get("multiple", False) is bool(key.many)


def test_there_is_a_label_for_each_key_and_no_other() -> None:
    keys = [key for kind in KINDS for top in keys_of(kind.record) for key in top.all]
    names = {key.path for key in keys} | {key.name for key in keys}
    assert set(words.LABELS) <= names
    assert set(words.HINTS) <= names | {"body"}
    assert set(words.CHOICES) == {choice for key in keys for choice in key.choices} | {"general"}


def _everything(made: list[dict[str, Any]], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for one in made:
        yield above + one["name"], one
        yield from _everything(one.get("fields", []), f"{above}{one['name']}.")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_page_begins_as_a_draft_and_with_nothing_else(kind: Kind) -> None:
    defaults = {path: one["default"] for path, one in _everything(fields(kind, KNOWN)) if "default" in one}
    assert defaults.pop("draft") is True
    assert all(value == [] for value in defaults.values())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_hints_name_no_file_and_no_key(kind: Kind) -> None:
    hints = [one.get("hint", "") for _, one in _everything(fields(kind, KNOWN))]
    assert [hint for hint in hints if "`" in hint or "site.yaml" in hint or "true" in hint] == []


def test_choices_are_those_of_the_campaign(campaign: sites.Campaign) -> None:
    config = make(campaign)
    story = collection(config, "verhalen")["fields"]
    assert named(story, "tags")["options"] == [
        {"label": "Wonen", "value": "wonen"},
        {"label": "Meedoen", "value": "meedoen"},
    ]
    assert named(story, "facts")["options"][0] == {
        "label": "Voordeuren in de flat: 64 deuren",
        "value": "deuren",
    }
    assert [option["value"] for option in named(story, "role")["options"]] == ["worker", "client"]
    assert named(story, "person", "work_field")["options"] == [{"label": "Opbouwwerk", "value": "opbouwwerk"}]
    assert named(story, "help")["widget"] == "list"  # there are no help lines to choose from


def test_collections_are_those_of_the_campaign(campaign: sites.Campaign) -> None:
    campaign.write("content/ambassadeurs/bas.md", sites.story("Bas, ambassadeur"))
    campaign.write(
        "content/ambassadeurs/cor.md", sites.story("Cor, ambassadeur", agreed="ref: C-1, status: withdrawn")
    )
    config = make(campaign)
    weblog = collection(config, "ambassadeurs-bas")
    assert (weblog["label"], weblog["folder"]) == ("Weblog: Bas, ambassadeur", "content/ambassadeurs/bas")
    assert "Cor" not in campaign.read("admin/config.yml")
    assert [one["file"] for one in collection(config, "voorkanten")["files"]] == ["content/verhalen/index.md"]
    assert [one["file"] for one in collection(config, "paginas")["files"]] == ["content/contact.md"]


def test_what_somebody_set_up_stays(campaign: sites.Campaign) -> None:
    config = make(campaign)
    assert config["publish_mode"] == "editorial_workflow"
    backend = {"name": "gitlab", "repo": "wij/campagne"}
    campaign.write("admin/config.yml", yaml.safe_dump({**config, "backend": backend, "collections": []}))
    again = make(campaign)
    assert again["backend"] == backend
    assert again["collections"] == config["collections"]
    campaign.write("admin/index.html", "eigen")
    make(campaign)
    assert campaign.read("admin/index.html") == "eigen"


def test_sveltia_is_not_told_what_it_does_not_know(campaign: sites.Campaign) -> None:
    config = make(campaign, "sveltia")
    assert not {"publish_mode", "local_backend", "locale"} & set(config)
    assert "sveltia-cms.js" in campaign.read("admin/index.html")


def test_no_site_has_the_folder(campaign: sites.Campaign) -> None:
    make(campaign)
    assert [path for path in campaign.build().fine().written if "admin" in path or path == "config.yml"] == []


def test_without_settings_it_says_so(campaign: sites.Campaign, capsys: pytest.CaptureFixture[str]) -> None:
    campaign.edit("content/site.yaml", "slogan: ", "slogn: ")
    assert cli.main(["schema", "--cms", "decap", "--project", str(campaign.root)]) == 1
    assert "content/site.yaml:2:1: error: unknown key 'slogn'" in capsys.readouterr().err
    assert not (campaign.root / "admin").exists()
