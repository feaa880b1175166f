"""Something of ours is lost, damaged, in the way or not readable: one build removes who withdrew anyway.

Or it is told as urgent. Files of one site and its manifest are in test_lost_manifest.py, other kinds of harm
to what is kept between builds in test_state.py, mistakes of authors in test_reduced.py.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import sites
from helpers.people import personal, traces
from helpers.sites import Campaign, story
from microsite.core.files import remove

PHOTO = "image: {src: iemand.jpg, alt: Een gezicht, credit: J. de Wit}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    campaign = sites.campaign(tmp_path_factory.mktemp("goed") / "campagne")
    campaign.add_member("lid")
    campaign.write("content/verhalen/iemand.md", personal(story(extra=PHOTO)))
    campaign.write("content/verhalen/iemand.jpg", sites.jpeg("purple"))
    return campaign


@pytest.fixture
def campaign(built: Campaign, tmp_path: Path) -> Campaign:
    shutil.copytree(built.root, tmp_path / "campagne")
    copy = Campaign(tmp_path / "campagne")
    copy.build("--all").fine()
    assert copy.run("pack", "lid").status == 0
    return copy


def withdraw(campaign: Campaign) -> None:
    campaign.edit("content/verhalen/iemand.md", "status: valid", "status: withdrawn")


def nothing_is_left(campaign: Campaign, report: sites.Report) -> None:
    assert traces(campaign, report) == []
    assert not (campaign.output / "lid.zip").exists()
    assert [path for path in campaign.everything() if path.endswith(".jpg") and "iemand" in path] == []


def a_file(path: Path) -> None:
    path.write_bytes(b"x")


def a_folder(path: Path) -> None:
    path.mkdir()


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


PLACES = [
    ".backup",
    ".backup/.microsite",
    ".backup/.microsite/lid.json",
    ".backup/.microsite/lid.folder",
    ".microsite",
    ".microsite/index.lock",
    ".microsite/consents.missing.json",
    "lid.zip.new",
    "index.json",
]


@pytest.mark.parametrize("harm", [a_file, a_folder, a_link_to_itself])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_in_the_place_of_ours_holds_nobody_up(
    campaign: Campaign, place: str, harm: Callable[[Path], None]
) -> None:
    remove(campaign.output / place)
    harm(campaign.output / place)
    withdraw(campaign)
    report = campaign.build("--all")
    assert report.status == 0, report.said
    nothing_is_left(campaign, report)
    again = campaign.build("--all")
    assert (again.status, again.data["made"], "could not be used" in again.said) == (0, [], False)


@pytest.mark.long
@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.999])
@pytest.mark.parametrize("how", ["cut off", "a byte"])
def test_a_damaged_zip_goes_too(campaign: Campaign, how: str, at: float) -> None:
    file = campaign.output / "lid.zip"
    data = bytearray(file.read_bytes())
    where = 50 + int((len(data) - 51) * at)
    if how == "cut off":
        del data[where:]
    else:
        data[where] ^= 0xFF
    file.write_bytes(data)
    withdraw(campaign)
    nothing_is_left(campaign, campaign.build("--all"))


def test_a_zip_behind_a_link_goes_too(campaign: Campaign, tmp_path: Path) -> None:
    file = campaign.output / "lid.zip"
    file.rename(tmp_path / "online.zip")
    file.symlink_to(tmp_path / "online.zip")
    withdraw(campaign)
    nothing_is_left(campaign, campaign.build("--all"))
    assert not (tmp_path / "online.zip").exists()


# ── a disk that refuses ──


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path, int], None]]:
    """Lets the disk refuse to list, open, write and remove what is at or below a path."""
    refused: list[tuple[str, int]] = []

    def check(path: object) -> None:
        for prefix, number in refused:
            if isinstance(path, str | os.PathLike) and f"{os.fspath(path)}/".startswith(f"{prefix}/"):
                raise OSError(number, os.strerror(number), str(path))

    def checked(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any = ".", *more: Any, **options: Any) -> Any:
            check(path)
            return real(path, *more, **options)

        return call

    def refuse(path: Path, number: int) -> None:
        refused.append((str(path), number))
        for module, name in (
            ("os", "scandir"),
            ("os", "listdir"),
            ("io", "open"),
            ("builtins", "open"),
            ("os", "unlink"),
        ):
            monkeypatch.setattr(f"{module}.{name}", checked(getattr(__import__(module), name)))

    yield refuse
    monkeypatch.undo()


REFUSED = [
    "lid",
    ".microsite/lid",
    ".microsite/lid/lock",
    ".microsite/lid/manifest.json",
    ".backup",
    ".microsite",
]


@pytest.mark.parametrize("place", REFUSED)
@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_site_that_the_disk_keeps_is_urgent(
    campaign: Campaign,
    place: str,
    number: int,
    refusing: Callable[[Path, int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    withdraw(campaign)
    refusing(campaign.output / place, number)
    report = campaign.build("--all")
    assert report.status == 1
    assert report.data["brands"]["lid"]["overdue"] == 1
    assert "brands/lid: error: URGENT" in report.said
    monkeypatch.undo()
    monkeypatch.setenv("MICROSITE_LANGUAGE", "en")
    index = json.loads((campaign.output / "index.json").read_bytes())["members"]
    assert index["lid"]["overdue"] == 1
    report = campaign.build("--all")
    assert report.status == 0
    nothing_is_left(campaign, report)


@pytest.mark.parametrize("place", ["", "/values", "/values/document", "/files"])
@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_without_the_cache_there_is_a_site_as_well(
    campaign: Campaign,
    place: str,
    number: int,
    refusing: Callable[[Path, int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And it is told: what is in the cache cannot be forgotten either."""
    withdraw(campaign)
    campaign.write("content/nieuws/nieuw.md", sites.page("Nieuw", "Nieuw.", "date: 2026-06-01\n"))
    refusing(campaign.state / f"store{place}", number)
    report = campaign.build("--all")
    assert report.status == 0, report.said
    assert "warning: the disk does not let us read or write this" in report.said
    monkeypatch.undo()
    monkeypatch.setenv("MICROSITE_LANGUAGE", "en")
    assert {path.split("/")[0] for path, _ in traces(campaign, report)} <= {".microsite"}
    nothing_is_left(campaign, campaign.build("--all"))


def test_a_photo_that_cannot_be_forgotten_is_told(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def refused(file: Path, missing_ok: bool = False) -> None:
        if "store/files" in file.as_posix() and not file.name.startswith("."):
            raise PermissionError(errno.EACCES, "no", str(file))
        unlink(file, missing_ok)

    withdraw(campaign)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        report = campaign.build("--all")
    assert report.status == 0
    assert "warning: the disk does not let us read or write this" in report.said
    assert "take it away yourself: it may hold" in report.said
