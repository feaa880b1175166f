"""The command line: what can be chosen, what is said, and the exit status."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import sites
from helpers.sites import BRAND, Campaign
from microsite import cli
from microsite.publishing.swap import Swap
from microsite.session import Session

BUILD = Path(cli.__file__).parent.parent / "build.py"


def member(campaign: Campaign, id: str) -> None:
    campaign.write(f"brands/{id}/brand.yaml", f"name: {id}\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write(f"brands/{id}/logo.svg", sites.LOGO)


def run(*arguments: str) -> int:
    try:
        return cli.main(arguments)
    except SystemExit as stop:  # argparse says no by leaving
        return int(stop.code or 0)


# ── which organisation ──


def test_the_national_site_when_nobody_is_named(campaign: Campaign) -> None:
    member(campaign, "lid")
    assert list(campaign.build().data["brands"]) == [BRAND]


def test_the_only_one_when_there_is_one(campaign: Campaign) -> None:
    member(campaign, "lid")
    for name in ("brand.yaml", "logo.svg"):
        campaign.remove(f"brands/{BRAND}/{name}")
    assert list(campaign.build().data["brands"]) == ["lid"]


def test_which_one_is_asked_when_there_are_more(campaign: Campaign) -> None:
    for id in ("een", "twee"):
        member(campaign, id)
    campaign.remove(f"brands/{BRAND}/brand.yaml")
    report = campaign.build()
    assert report.status == 2
    assert "There are: een, twee" in report.said


def test_all_or_some_by_name_or_folder(campaign: Campaign, tmp_path: Path) -> None:
    for id in ("een", "twee"):
        member(campaign, id)
    assert sorted(campaign.build("--all").data["brands"]) == ["een", BRAND, "twee"]
    assert list(campaign.build("--brand", "twee", "--brand", "een").data["brands"]) == ["twee", "een"]
    elsewhere = tmp_path / "elders" / "drie"
    elsewhere.parent.mkdir()
    (campaign.root / "brands/een").rename(elsewhere)
    assert list(campaign.build("--brand", str(elsewhere)).data["brands"]) == ["drie"]
    assert (campaign.output / "drie" / "index.html").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--brand", "sociaal-werk"], "there is no brand 'sociaal-werk'\ndid you mean 'sociaal-werkt'?"),
        (["--brand", "zzz"], "there is no brand 'zzz'\nchoose from: sociaal-werkt"),
        (["--brand", BRAND, "--brand", BRAND], "two brands are called 'sociaal-werkt'"),
        (["--date", "22-11-2026"], "'22-11-2026' is not a day; write for instance 2026-03-01"),
        (["--date", "2026-02-30"], "'2026-02-30' is not a day"),
    ],
)
def test_a_wrong_choice_is_told(campaign: Campaign, arguments: list[str], words: str) -> None:
    report = campaign.build(*arguments)
    assert report.status == 2
    assert words in report.said
    assert not campaign.output.exists()


@pytest.mark.parametrize("name", ["Groot", "met spatie", "a.b", "-a"])
def test_a_folder_with_a_name_that_is_no_address(campaign: Campaign, name: str) -> None:
    """It is no site, and stops no other."""
    member(campaign, name)
    assert campaign.build(f"--brand={name}").status == 2
    report = campaign.build("--all")
    assert report.status == 1
    assert f"brands/{name}: error: '{name}' cannot be a brand's folder" in report.said
    assert campaign.shows("index.html")
    assert not (campaign.output / name).exists()


def test_all_of_none_is_no_success(campaign: Campaign) -> None:
    campaign.remove(f"brands/{BRAND}/brand.yaml")
    report = campaign.build("--all")
    assert report.status == 2
    assert "there is no brand in brands" in report.said


def test_what_is_in_the_place_of_the_index_is_removed(campaign: Campaign) -> None:
    member(campaign, "lid")
    (campaign.output / "index.json/x").mkdir(parents=True)
    assert campaign.build("--all").status == 0
    assert (campaign.output / "index.json").is_file()


@pytest.mark.parametrize("file", ["junit.xml", "report.json"])
def test_a_report_that_cannot_be_written_stops_no_other(
    campaign: Campaign, file: str, tmp_path: Path
) -> None:
    member(campaign, "lid")
    wanted = [campaign.output / "index.json", tmp_path / "junit.xml", tmp_path / "report.json"]
    next(one for one in wanted if one.name == file).mkdir(parents=True)
    report = campaign.run("build", "--all", "--junit", str(wanted[1]), "--report", str(wanted[2]))
    assert report.status == 1
    assert f"{file}: error: cannot read this: Is a directory" in report.said
    assert "2 built, 0 unchanged, 0 failed" in report.said
    assert sum(one.is_file() for one in wanted) == 2


@pytest.mark.parametrize(
    "error",
    [
        ImportError("libz.so.1: cannot open shared object file: Too many open files"),
        OSError(24, "Too many open files"),
    ],
)
def test_a_library_that_cannot_be_loaded_is_no_mistake_in_the_program(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(_: object) -> None:
        raise error

    monkeypatch.setattr(Session, "pipeline", failing)
    report = campaign.build()
    assert report.status == 1
    assert "Too many open files" in report.said
    assert "mistake in the program" not in report.said
    assert "many programs" in report.said or "allow more open files" in report.said


def test_a_project_in_a_folder_that_is_not_utf_8(tmp_path: Path) -> None:
    odd = sites.campaign(tmp_path / os.fsdecode(b"caf\xe9") / "campagne")
    member(odd, "lid")
    assert odd.build("--all").status == 0
    assert odd.build("--all").data["written"] == []
    (odd.root / "content" / os.fsdecode(b"caf\xe9.md")).write_text("x", encoding="utf-8")
    report = odd.build("--all", "--junit", str(tmp_path / "junit.xml"))
    assert "cannot be in a web address" in report.said
    assert report.data["problems"][0]["path"] == "content/caf\\udce9.md"
    assert b"\\udce9" in (tmp_path / "junit.xml").read_bytes()


def test_what_is_said_of_a_disk_depends_on_whether_there_was_a_site(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = f"output/{sites.BRAND}"
    campaign.write(in_the_way, "in de weg")
    assert "there was no site yet; see to the disk and build again" in campaign.build().said
    campaign.remove(in_the_way)
    assert campaign.build().status == 0

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Swap, "replace", full)
    campaign.edit("content/verhalen/bas.md", "Hij leest", "Zij leest")
    assert "the site as it was is still there" in campaign.build().said


def test_a_folder_that_is_no_campaign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--project", str(tmp_path)) == 2
    assert "there is no folder content/ in" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--jobs", "0"], ["--jobs", "x"], ["--onzin"], ["bouw"], ["explain"]])
def test_a_mistyped_command_is_told_without_a_traceback(
    campaign: Campaign, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--onzin"], "dit ken ik niet: --onzin"),
        (["explain"], "dit moet er nog bij: path"),
        (["--material", "x"], "bij --material: 'x' kan niet"),
        (["--jobs", "x"], "bij --jobs: 'x' kan hier niet"),
        (["--jobs"], "bij --jobs: hier moet iets achter staan"),
        (["serve", "--port=x"], "bij --port: 'x' kan hier niet"),
        (["--o", "x", "--st=1"], "bij --strict: hier mag niets achter staan"),
        (["withdraw"], "REF: het nummer van de toestemming, of het pad van de tekst"),
        (["serv", "--port", "1"], "bedoel je 'serve'?"),
        (["nieuw", "verhaal"], "bedoel je 'new'?"),
        (["hallo"], "met --help zie je welke opdrachten er zijn"),
    ],
)
def test_a_mistyped_command_is_told_in_dutch(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    assert run(*arguments) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.startswith("zo gaat het: ")
    assert not re.search(r"usage|argument|invalid|required|expected", said)


def test_help_is_in_dutch(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    for command in ([], ["build"], ["pack"], ["new"], ["diff"]):
        assert run(*command, "--help") == 0
    assert not re.search(r"usage|options|positional|show this", capsys.readouterr().out)


def test_what_the_system_says_is_told_in_dutch(
    campaign: Campaign, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    report = campaign.root / "nergens/verslag.json"
    assert run("check", "--project", str(campaign.root), "--report", str(report)) == 1
    assert "er is geen bestand of map met deze naam" in capsys.readouterr().err


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    assert run("build", "--help") == 0
    said = capsys.readouterr().out
    for option in ("--brand", "--all", "--output", "--date", "--strict", "--report", "--jobs"):
        assert option in said


@pytest.mark.parametrize("epoch", ["x", "", "9" * 30, "-1"])
def test_a_wrong_source_date_epoch(campaign: Campaign, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    status = run("--project", str(campaign.root), "--jobs", "1")
    assert status == {"": 0, "-1": 0}.get(epoch, 2)


def test_today_is_today_in_the_netherlands(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2026, 11, 30, 23, 30, tzinfo=dt.UTC).astimezone(tz)

    monkeypatch.setattr(cli.dt, "datetime", Late)
    campaign.edit("content/nieuws/start.md", "date: 2026-06-01", "date: 2026-12-01")
    assert run("--project", str(campaign.root), "--jobs", "1") == 0
    assert "nieuws/start.html" in campaign.tree()


# ── what is said ──


def test_what_was_done(campaign: Campaign) -> None:
    report = campaign.build()
    files = len(report.written)
    assert files > 40
    assert f"output/{BRAND}/ is ready: {files} files written, 0 removed" in report.said
    assert f"output/{BRAND}/ is up to date" in campaign.build().said
    campaign.edit("content/contact.md", "title:", "titel:")
    assert f"{BRAND}: not published, see above; the last good site stays" in campaign.build().said


def test_a_problem_of_all_is_told_once(campaign: Campaign) -> None:
    member(campaign, "lid")
    campaign.edit("content/contact.md", "title:", "titel:")
    assert campaign.build("--all").said.count("error: unknown key 'titel'") == 1


def test_editors_read_dutch(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign.edit("content/contact.md", "title:", "titel:")
    english = campaign.build()
    monkeypatch.delenv("MICROSITE_LANGUAGE")
    dutch = campaign.build()
    assert [p.split(":")[:3] for p in english.problems] == [p.split(":")[:3] for p in dutch.problems]
    assert "unknown key" not in dutch.said
    assert "'titel'" in dutch.said


def test_the_report_is_data(campaign: Campaign) -> None:
    campaign.edit("content/contact.md", "Bel ", "<marquee>x</marquee> Bel ")
    data = campaign.build().data
    assert data["made"] == [f"{BRAND}/{path}" for path in data["brands"][BRAND]["made"]]
    assert data["seconds"] >= 0
    assert set(data["problems"][0]) == {"path", "line", "column", "severity", "message", "hint"}


def test_a_report_that_cannot_be_written_is_told(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(
        "--project", str(campaign.root), "--jobs", "1", "--report", str(campaign.root / "nee" / "r.json")
    )
    assert status != 0
    assert "r.json" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "check"])
def test_an_output_that_is_a_file_is_told(campaign: Campaign, command: str) -> None:
    campaign.place = campaign.write("uit", "x")
    report = campaign.run(command)
    assert report.status == 1
    assert "Not a directory" in report.said or "File exists" in report.said


def test_stopping_is_not_an_accident(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "build", stop)
    report = campaign.build()
    assert report.status == 1
    assert "stopped; the site is as it was" in report.said


# ── check and explain ──


def test_check_writes_no_site(campaign: Campaign) -> None:
    report = campaign.run("check")
    assert report.status == 0
    assert not campaign.site.exists()
    assert f"{BRAND}: 0 problems found" in report.said


def test_check_finds_what_only_drawing_shows(campaign: Campaign) -> None:
    campaign.with_own("templates")
    campaign.edit("templates/page.html", "{{ super() -}}", "{{ super() -}}{{ nergens }}")
    assert campaign.run("check").only()["path"] == "templates/page.html"


def test_check_touches_no_site_that_is_there(campaign: Campaign) -> None:
    campaign.build()
    before = campaign.tree()
    campaign.edit("content/contact.md", "Bel ", "Belt ")
    assert campaign.run("check").status == 0
    assert campaign.tree() == before


@pytest.mark.parametrize("path", ["verhalen/anouk.html", f"output/{BRAND}/verhalen/anouk.html"])
def test_explain_tells_what_a_file_is_made_from(
    campaign: Campaign, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign.build()
    assert run("explain", "--project", str(campaign.root), path) == 0
    said = capsys.readouterr().out
    assert "made from: content/verhalen/anouk.md" in said
    assert "last made because of: new" in said


def test_explain_of_what_is_not_there(campaign: Campaign, capsys: pytest.CaptureFixture[str]) -> None:
    campaign.build()
    assert run("explain", "--project", str(campaign.root), "verhalen/anouck.html") == 1
    assert "verhalen/anouk.html" in capsys.readouterr().out


# ── as a program ──


@pytest.mark.external
def test_the_door(campaign: Campaign) -> None:
    done = subprocess.run(
        [sys.executable, str(BUILD), "--date", sites.DAY],
        cwd=campaign.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert campaign.site.exists()


@pytest.mark.external
def test_whoever_reads_only_the_first_line(campaign: Campaign) -> None:
    """A pipe that closes, as with ``| head -1``, is no traceback."""
    for i in range(300):
        campaign.write(f"content/p{i}.md", "---\ntitel: x\n---\n")
    command = f"{sys.executable} {BUILD} --project {campaign.root} --jobs 1 2>&1 | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stdout + done.stderr
    assert "BrokenPipe" not in done.stdout + done.stderr


@pytest.mark.external
def test_what_cannot_be_said_is_no_success(campaign: Campaign) -> None:
    """``/dev/full`` is a disk with no room for the log."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, str(BUILD), "--project", str(campaign.root), "--date", sites.DAY],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert campaign.site.exists()


@pytest.mark.external
def test_a_terminal_that_knows_no_letters_but_ascii(campaign: Campaign) -> None:
    campaign.edit("content/contact.md", "title: Contact", "title: Contact\nééntje: x")
    done = subprocess.run(
        [sys.executable, str(BUILD), "--project", str(campaign.root), "--jobs", "1"],
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "content/contact.md:3:1" in done.stderr


def test_the_report_of_a_failed_build_is_written_too(campaign: Campaign) -> None:
    campaign.edit("content/contact.md", "title:", "titel:")
    report = campaign.build()
    assert json.loads(json.dumps(report.data))["brands"][BRAND]["done"] is False
