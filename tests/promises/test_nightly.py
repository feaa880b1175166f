"""The files for cron, GitHub and GitLab: their scripts run, with a repository and a mail server of ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers import sites
from helpers.mail import Inbox, inbox
from helpers.sites import ANOUK, BRAND, Campaign, tree
from microsite.core.settings import ENGINE_ROOT

pytestmark = pytest.mark.long

NIGHTLY = ENGINE_ROOT / "scripts/nightly"
PROGRAM = (
    "build.py",
    "microsite",
    "templates",
    "assets",
    "scripts",
    "requirements.txt",
    "requirements-dev.txt",
)
PARTS = 2


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A bare repository with the program and a small campaign of four members."""
    campaign = sites.campaign(tmp_path / "made")
    for id in ("lid", "buur", "wijk"):
        campaign.add_member(id)
    for name in PROGRAM:
        _copy(ENGINE_ROOT / name, campaign.root / name)
    campaign.write(".gitignore", "output/\n.venv\nparts/\ntogether/\n")
    _git(campaign.root, "init", "--quiet", "--initial-branch=main")
    _git(campaign.root, "add", "--all")
    _git(campaign.root, "commit", "--quiet", "--message=begin")
    bare = tmp_path / "campaign.git"
    _git(tmp_path, "clone", "--quiet", "--bare", str(campaign.root), str(bare))
    return bare


def _copy(source: Path, to: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, to)


def _git(folder: Path, *command: str) -> None:
    identity = ("-c", "user.name=Proef", "-c", "user.email=proef@voorbeeld.example")
    command = (str(shutil.which("git")), *identity, *command)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _clone(repository: Path, to: Path) -> Campaign:
    _git(repository.parent, "clone", "--quiet", str(repository), str(to))
    _set_up(to)
    return Campaign(to)


def _set_up(root: Path) -> None:
    """What ``setup_tools.py runtime`` leaves, with the packages that these tests run with."""
    python = root / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    asked = [sys.executable, "-c", "import setup_tools; setup_tools.stamp('runtime').touch()"]
    subprocess.run(asked, cwd=root / "scripts", check=True)


def _push(editor: Campaign) -> None:
    _git(editor.root, "commit", "--quiet", "--all", "--message=edit")
    _git(editor.root, "push", "--quiet")


@pytest.fixture
def mail() -> Iterator[Inbox]:
    with inbox() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, mail: Inbox) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "MICROSITE_LANGUAGE": "nl",
        "TARGET": str(tmp_path / "server"),
        "MAIL_TO": "redactie@voorbeeld.example",
        "MAIL_FROM": "nacht@voorbeeld.example",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail.port),
    }


def _shell(script: str, folder: Path, settings: Mapping[str, str]) -> int:
    """Run it as the runners do: bash that stops at the first command that fails."""
    done = subprocess.run(
        [str(shutil.which("bash")), "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=dict(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    print(script, done.stdout, done.stderr, sep="\n")
    return done.returncode


def _online(tmp_path: Path) -> dict[str, bytes]:
    return tree(tmp_path / "server")


# ── cron ──


def test_a_night_fetches_builds_publishes_and_mails(
    tmp_path: Path, repository: Path, settings: dict[str, str], mail: Inbox
) -> None:
    hub, editor = _clone(repository, tmp_path / "hub"), _clone(repository, tmp_path / "editor")
    night = str(hub.root / "scripts/nightly/night")
    assert _shell(night, tmp_path, settings) == 0
    assert {path.partition("/")[0] for path in _online(tmp_path)} == {
        BRAND,
        "lid",
        "buur",
        "wijk",
        ".microsite-sites",
    }
    mail.mails.clear()

    editor.edit(ANOUK, "status: valid", "status: withdrawn")
    editor.write("brands/lid/brand.yaml", "naam: Kapot\n")
    _push(editor)
    assert _shell(night, tmp_path, settings) == 1
    assert not [path for path, data in _online(tmp_path).items() if b"Daar hangen" in data]
    (sent,) = mail.mails
    assert sent["Subject"] == "Sites: sites die zijn gepubliceerd zonder wat er mis is: 1"

    mail.mails.clear()
    repository.rename(tmp_path / "away.git")
    assert _shell(night, tmp_path, settings) == 1
    assert mail.mails[0]["Subject"].startswith("Sites: De nieuwste teksten zijn niet opgehaald")
    assert f"{BRAND}/index.html" in _online(tmp_path)


def test_two_nights_do_not_meet(tmp_path: Path, repository: Path, settings: dict[str, str]) -> None:
    hub = _clone(repository, tmp_path / "hub")
    hub.output.mkdir()
    held = f"exec 9>output/.night.lock; flock 9; ! {hub.root}/scripts/nightly/night"
    assert _shell(held, hub.root, settings) == 0
    assert not hub.site.exists()


# ── GitHub and GitLab ──


def test_github_builds_in_parts_and_publishes_all(
    tmp_path: Path, repository: Path, settings: dict[str, str], mail: Inbox
) -> None:
    jobs = yaml.safe_load((NIGHTLY / "github.yml").read_text(encoding="utf-8"))["jobs"]
    _tool(tmp_path, "gh", f'echo "$@" >> {tmp_path}/gh.log; [ "$2" = delete ] || printf "11\\n12\\n"')
    settings["PATH"] = f"{tmp_path / 'tools'}:{settings['PATH']}"
    handed_over = tmp_path / "parts"
    for part in range(1, PARTS + 1):
        runner = _clone(repository, tmp_path / f"runner-{part}")
        values = {"matrix.part": str(part), "strategy.job-total": str(PARTS), "github.run_id": "7"}
        assert _steps(jobs["build"], runner.root, settings, values) == []
        step = next(step for step in jobs["build"]["steps"] if "upload-artifact" in step.get("uses", ""))
        _upload(step["with"]["path"].split(), runner.root, handed_over / step["with"]["name"][:5] / str(part))
    asked = (tmp_path / "gh.log").read_text().splitlines()
    assert [line for line in asked if "delete" in line] == ["cache delete 11", "cache delete 12"] * PARTS

    last = _clone(repository, tmp_path / "last")
    shutil.copytree(handed_over / "part-", last.root / "parts")
    values = {"vars.TARGET": settings["TARGET"], "job.status": "success"}
    mails = {f"vars.{name}": settings[name] for name in ("MAIL_TO", "MAIL_FROM", "SMTP_HOST", "SMTP_PORT")}
    assert _steps(jobs["publish"], last.root, settings, values | mails) == []
    _same_as_one_machine(tmp_path, repository, last.root / "together")
    assert {path for path in _online(tmp_path) if path.endswith("/index.html")} >= {f"{BRAND}/index.html"}
    assert "notify" in str(jobs["publish"]["steps"][-1])


def _upload(patterns: list[str], root: Path, to: Path) -> None:
    """What actions/upload-artifact hands over of these paths: a folder, without what '!' leaves out."""
    folder, *out = patterns
    gone = [pattern.removeprefix(f"!{folder}/") for pattern in out]
    assert gone == [".*", ".*/**", "*.zip", "*.materiaal/**"]
    shutil.copytree(root / folder, to, ignore=_top_level(root / folder, ".*", "*.zip", "*.materiaal"))


def _top_level(top: Path, *patterns: str) -> Any:
    ignore = shutil.ignore_patterns(*patterns)
    return lambda folder, names: ignore(folder, names) if Path(folder) == top else set()


def _tool(tmp_path: Path, name: str, script: str) -> None:
    file = tmp_path / "tools" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def _steps(
    job: dict[str, Any], folder: Path, settings: Mapping[str, str], values: Mapping[str, str]
) -> list[str]:
    """Run the scripts of a job of GitHub; returns the names of the steps that failed."""
    failed = []
    environment = _filled(job.get("env", {}), values, {})
    for step in job["steps"]:
        condition = step.get("if", "always()")
        if "run" not in step or ("vars." in condition and condition.rpartition("&& ")[2] not in values):
            continue
        own = _filled(step.get("env", {}), values, environment)
        if _shell(step["run"], folder, {**settings, **environment, **own}):
            failed.append(step["name"])
    return failed


def _filled(
    env: Mapping[str, str], values: Mapping[str, str], environment: Mapping[str, str]
) -> dict[str, str]:
    """The expressions of GitHub replaced; secrets and variables that are not set are empty."""
    known = {**values, **{f"env.{name}": value for name, value in environment.items()}}
    return {
        name: re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: known.get(found[1], ""), value)
        for name, value in env.items()
    }


def test_gitlab_builds_in_parts_and_publishes_all(
    tmp_path: Path, repository: Path, settings: dict[str, str], mail: Inbox
) -> None:
    jobs = yaml.safe_load((NIGHTLY / "gitlab.yml").read_text(encoding="utf-8"))
    last = _clone(repository, tmp_path / "last")
    for part in range(1, PARTS + 1):
        runner = _clone(repository, tmp_path / f"runner-{part}")
        numbers = {"CI_NODE_INDEX": str(part), "CI_NODE_TOTAL": str(PARTS)}
        assert _shell("\n".join(jobs["build"]["script"]), runner.root, settings | numbers) == 0
        out = jobs["build"]["artifacts"]["exclude"]
        assert out == ["parts/*/.*", "parts/*/.*/**/*", "parts/*/*.zip", "parts/*/*.materiaal/**/*"]
        made = runner.root / f"parts/{part}"
        shutil.copytree(made, last.root / f"parts/{part}", ignore=_top_level(made, ".*"))
    script = [line for line in jobs["publish"]["script"] if not line.startswith("apt-get")]
    keys = {"SSH_KEY": "/dev/null", "SSH_HOSTS": "/dev/null"}
    assert _shell("\n".join(script), last.root, settings | keys) == 0
    _same_as_one_machine(tmp_path, repository, last.root / "together")
    assert f"{BRAND}/index.html" in _online(tmp_path)


def _same_as_one_machine(tmp_path: Path, repository: Path, together: Path) -> None:
    one = _clone(repository, tmp_path / "one")
    assert one.build("--all", "--material", "share").status == 0
    built = {path: data for path, data in one.everything().items() if "/" in path and path[0] != "."}
    assert {path: data for path, data in tree(together).items() if "/" in path} == built
