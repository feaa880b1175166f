"""The schemas in the language server of VS Code's YAML extension, and in remark's: as an editor sees them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from helpers import language_server, sites
from helpers.npm import MODULES, program
from microsite.commands.editors import vscode
from microsite.core.settings import ENGINE_ROOT

pytestmark = [pytest.mark.long, pytest.mark.external]


@pytest.fixture
def project(campaign: sites.Campaign) -> sites.Campaign:
    shutil.copytree(ENGINE_ROOT / vscode.FOLDER, campaign.root / vscode.FOLDER)
    return campaign


def test_settings_are_explained_and_judged_while_they_are_typed(project: sites.Campaign) -> None:
    settings = json.loads(project.read(".vscode/settings.json"))
    command = [program("yaml-language-server"), "--stdio"]
    site, brand, facts = (
        project.write("content/site.yaml", "title: A\nslogn: B\nlanguage: fr\nprecompress: misschien\n"),
        project.root / sites.OWN,
        project.write("content/feiten.yaml", sites.FACTS.replace("as_of: 2026-03-01", "as_of: 2026-13")),
    )
    with language_server.running(command, project.root, settings) as server:
        told = "\n".join(server.diagnostics(site))
        assert 'Missing property "core_message"' in told
        assert "2: Property slogn is not allowed." in told
        assert '3: Value is not accepted. Valid values: "nl", "en"' in told
        assert "4: schrijf true of false" in told
        assert "Hoe de campagne heet. Voorbeeld: Open deur" in server.explains(site, 0, 1)
        assert server.diagnostics(brand) == []
        assert len(server.diagnostics(facts)) == 1
        other = project.write("brands/ander/brand.yaml", "name: A\nlogo: x.svg\nlanguage: \n")
        assert server.diagnostics(other) == []
        assert server.offers(other, 2, 10) == ["nl", "en", "null"]


def test_the_campaign_itself_is_taken(project: sites.Campaign) -> None:
    settings = vscode.settings()
    files = [*ENGINE_ROOT.glob("content/*.yaml"), *ENGINE_ROOT.glob("brands/**/*.yaml")]
    command = [program("yaml-language-server"), "--stdio"]
    with language_server.running(command, ENGINE_ROOT, settings) as server:
        assert {file.name: found for file in files if (found := server.diagnostics(file))} == {}


def test_front_matter_is_judged_by_remark_as_the_handbook_tells(project: sites.Campaign) -> None:
    page = (ENGINE_ROOT / "docs" / "redactie" / "vscode.md").read_text(encoding="utf-8")
    (settings,) = re.findall(r"^```yml\n(.*?)^```$", page, re.M | re.S)
    project.write(".remarkrc.yaml", settings)
    (project.root / "node_modules").symlink_to(MODULES)
    assert _remark(project) == ""
    project.edit(sites.BAS, "summary: ", "sumary: ")
    project.edit(sites.COR, "date: 2026-05-01", "date: 2026-05-32")
    told = _remark(project)
    assert "Must have required property 'summary'" in told
    assert 'Must match format "date"' in told
    assert "anouk.md" not in told


def _remark(project: sites.Campaign) -> str:
    command = [program("remark"), "content", "--quiet", "--frail", "--no-color"]
    return subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False).stderr
