"""What we know of a published site may be lost or damaged: a withdrawal gets through all the same."""

from __future__ import annotations

import errno
import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from helpers import sites
from helpers.people import personal, traces
from helpers.sites import BRAND, Campaign, story
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import PublishError
from microsite.publishing import disk
from microsite.publishing.manifest import load
from microsite.publishing.publisher import PublishedSite
from microsite.publishing.swap import Swap
from microsite.rendering.artifact import Artifact, Content, Plan, artifact

COPY = ".backup/.microsite/merk.json"
WITH, WITHOUT = {"index.html": "Noor", "noor.html": "Noor", "a.css": "b"}, {"index.html": "-", "a.css": "b"}


def encoded(string: str) -> bytes:
    return string.encode()


class Maker:
    engine = "engine"
    fingerprints = Fingerprints()

    def make(self, artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, Content]]:
        yield from ((item, item.make()) for item in artifacts)


def put(folder: Path, files: dict[str, str]) -> None:
    plan = Plan(tuple(artifact(path, encoded, string=data) for path, data in files.items()))
    with PublishedSite(folder, "merk") as site:
        site.publish(plan, str(files), Maker())


def shown(folder: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in sites.tree(folder).items()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path / "merk", WITH)
    return tmp_path / "merk"


def damaged(good: bytes) -> Iterator[bytes]:
    for at in range(len(good)):
        for byte in (0, 0xFF, good[at] ^ 1):
            yield good[:at] + bytes([byte]) + good[at + 1 :]


def test_any_damaged_byte_is_noticed(site: Path) -> None:
    file = site.parent / ".microsite/merk/manifest.json"
    good = file.read_bytes()
    assert load(file, "merk") is not None
    for data in damaged(good):
        file.write_bytes(data)
        assert load(file, "merk") is None, data


@pytest.mark.parametrize("which", [".microsite/merk/manifest.json", COPY])
def test_a_damaged_byte_stops_nothing(site: Path, which: str) -> None:
    file = site.parent / which
    for i in range(0, len(file.read_bytes()) * 3, 41):
        data = list(damaged(file.read_bytes()))[i]
        file.write_bytes(data)
        put(site, WITHOUT)
        assert shown(site) == WITHOUT, data
        put(site, WITH)
        assert load(file, "merk") is not None


HARM: dict[str, Callable[[Path], object]] = {
    "lost": Path.unlink,
    "empty": lambda file: file.write_bytes(b""),
    "a folder": lambda file: (file.unlink(), (file / "x").mkdir(parents=True)),
    "of another site": lambda file: shutil.copy(file.parent.parent / "ander/manifest.json", file),
    "an older one": lambda file: shutil.copy(file.parent.parent / "oud.json", file),
    "its folder": lambda file: shutil.rmtree(file.parent),
    "its folder is a file": lambda file: (shutil.rmtree(file.parent), file.parent.write_bytes(b"x")),
    "the lock is a folder": lambda file: ((file.parent / "lock").unlink(), (file.parent / "lock").mkdir()),
    "the journal is a folder": lambda file: (file.parent / "next.json").mkdir(),
    "all of it": lambda file: shutil.rmtree(file.parent.parent),
    "the old paths are a folder": lambda file: (file.parent / "old.json").mkdir(),
    "the copy": lambda file: (file.parents[2] / COPY).unlink(),
    "the copy is a folder": lambda file: (
        (file.parents[2] / COPY).unlink(),
        (file.parents[2] / COPY).mkdir(),
    ),
    "the folder of the copy is a file": lambda file: (
        shutil.rmtree(file.parents[2] / ".backup"),
        (file.parents[2] / ".backup").write_bytes(b"x"),
    ),
    "the folder of the copy is a link to nothing": lambda file: (
        shutil.rmtree(file.parents[2] / ".backup"),
        (file.parents[2] / ".backup").symlink_to("nothing"),
    ),
    "the inner folder of the copy is a link to itself": lambda file: (
        shutil.rmtree(file.parents[2] / ".backup/.microsite"),
        (file.parents[2] / ".backup/.microsite").symlink_to(".microsite"),
    ),
}


@pytest.mark.parametrize("exchange", [True, False])
@pytest.mark.parametrize("harm", HARM)
def test_what_is_ours_is_known(
    tmp_path: Path, harm: str, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr(disk, "exchange", lambda new, shown: False)
    site, file = tmp_path / "merk", tmp_path / ".microsite/merk/manifest.json"
    put(tmp_path / "ander", {**WITHOUT, "logo.svg": "x"})
    put(site, {"index.html": "oud"})
    shutil.copy(file, tmp_path / ".microsite/oud.json")
    put(site, WITH)
    HARM[harm](file)
    put(site, WITHOUT)
    assert shown(site) == WITHOUT
    with PublishedSite(site, "merk") as known:
        assert known.current(str(WITHOUT))
    assert file.is_file()
    assert (tmp_path / COPY).is_file()


@pytest.mark.parametrize("harm", ["lost", "of another site", "an older one", "all of it"])
def test_a_file_of_somebody_else_is_never_taken(tmp_path: Path, harm: str) -> None:
    site, file = tmp_path / "merk", tmp_path / ".microsite/merk/manifest.json"
    put(tmp_path / "ander", {**WITHOUT, "mine.txt": "x"})
    put(site, {"index.html": "oud"})
    shutil.copy(file, tmp_path / ".microsite/oud.json")
    put(site, WITH)
    HARM[harm](file)
    (site / "mine.txt").write_text("mine")
    with pytest.raises(PublishError) as refused:
        put(site, WITHOUT)
    assert [problem.place.path for problem in refused.value.problems] == ["merk/mine.txt"]
    assert shown(site) == {**WITH, "mine.txt": "mine"}
    (site / "mine.txt").unlink()
    put(site, WITHOUT)
    assert shown(site) == WITHOUT


def killed_after_the_exchange(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Swap, "_settle", stop)
        patched.setattr(Swap, "recover", lambda self: None)
        with pytest.raises(KeyboardInterrupt):
            put(site, WITHOUT)


AFTER_THE_KILL = [
    ["next.json"],
    ["manifest.json"],
    ["old.json"],
    ["manifest.json", f"../../{COPY}"],
    ["next.json", "old.json"],
    ["next.json", "manifest.json"],
]


@pytest.mark.parametrize("damage", [b"", b"{", None])
@pytest.mark.parametrize("names", AFTER_THE_KILL, ids=" and ".join)
def test_killed_after_the_exchange_and_then_damaged(
    site: Path, damage: bytes | None, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_after_the_exchange(site, monkeypatch)
    for file in (site.parent / ".microsite/merk" / name for name in names):
        file.unlink() if damage is None else file.write_bytes(damage)
    put(site, {"index.html": "nieuw"})
    assert sites.tree(site.parent) == {
        **{path: data for path, data in sites.tree(site.parent).items() if path.startswith(".")},
        "merk/index.html": b"nieuw",
    }
    state = sites.tree(site.parent / ".microsite")
    assert sorted(state) == ["merk/lock", "merk/manifest.json"]
    assert not [path for path, data in sites.tree(site.parent).items() if b"noor" in data.lower()]


@pytest.mark.parametrize("name", ["next.json", "old.json"])
def test_killed_while_what_is_to_come_is_written(
    site: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of these files is as none: the site stays, and the next build begins again."""
    write = Path.write_bytes

    def half(file: Path, data: bytes) -> int:
        if file.name == name:
            write(file, data[: len(data) // 2])
            raise KeyboardInterrupt
        return write(file, data)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", half)
        patched.setattr(Swap, "recover", lambda self: None)
        with pytest.raises(KeyboardInterrupt):
            put(site, WITHOUT)
    assert (site.parent / ".microsite/merk" / name).is_file()
    with PublishedSite(site, "merk") as published:
        assert published.current(str(WITH))
    assert (site.parent / COPY).read_bytes() == (site.parent / ".microsite/merk/manifest.json").read_bytes()
    assert shown(site) == WITH
    assert sorted(sites.tree(site.parent / ".microsite")) == ["merk/lock", "merk/manifest.json"]
    put(site, WITHOUT)
    assert shown(site) == WITHOUT


def test_what_somebody_puts_in_the_site_during_a_build_that_is_killed_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_after_the_exchange(site, monkeypatch)
    (site.parent / ".microsite/merk/site/van-een-ander.txt").write_text("Niet van ons.")
    (site.parent / ".microsite/merk/manifest.json").unlink()
    with PublishedSite(site, "merk"):
        pass
    assert shown(site) == {**WITHOUT, "van-een-ander.txt": "Niet van ons."}


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("name", ["next.json", "manifest.json", "old.json"])
def test_what_cannot_be_read_once_is_read_the_next_time(
    site: Path, number: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what is not there is not there: any other error ends this build, and changes nothing."""
    opened = io.open

    def broken(file: Any, *more: Any, **options: Any) -> Any:
        if str(file).endswith(f"merk/{name}") and (not more or more[0] == "rb"):
            raise OSError(number, "no")
        return opened(file, *more, **options)

    killed_after_the_exchange(site, monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr(io, "open", broken)
        with pytest.raises(PublishError) as refused:
            put(site, {"index.html": "nieuw"})
        assert "the site could not be written" in str(refused.value.problems[0].message)
    put(site, {"index.html": "nieuw"})
    assert shown(site) == {"index.html": "nieuw"}


# ── whole sites ──


@pytest.fixture
def person(tmp_path: Path) -> Campaign:
    campaign = sites.campaign(tmp_path / "campagne")
    campaign.write("content/verhalen/iemand.md", personal(story()))
    campaign.build().fine()
    return campaign


@pytest.mark.parametrize("harm", ["lost", "empty", "a folder", "all of it"])
def test_one_build_removes_who_withdrew(person: Campaign, harm: str) -> None:
    HARM[harm](person.state / BRAND / "manifest.json")
    person.edit("content/verhalen/iemand.md", "status: valid", "status: withdrawn")
    report = person.build()
    assert report.status == 0
    assert traces(person, report) == []
    assert "this could not be used; it is made again" in report.said


def test_with_nothing_left_it_is_urgent(person: Campaign) -> None:
    shutil.rmtree(person.state)
    (person.output / f".backup/.microsite/{BRAND}.json").unlink()
    person.edit("content/verhalen/iemand.md", "status: valid", "status: withdrawn")
    (person.output / "index.json").write_text("{}", encoding="utf-8")
    before = sites.tree(person.site)
    report = person.build("--all")
    assert (report.status, report.data["brands"][BRAND]["overdue"]) == (1, 1)
    assert "URGENT" in report.said
    assert "it is not known who made these files" in report.said
    assert "empty" not in report.said
    assert sites.tree(person.site) == before
    index = json.loads((person.output / "index.json").read_text(encoding="utf-8"))
    assert index["members"][BRAND]["overdue"] == 1


def test_with_nothing_left_a_deleted_person_is_urgent_too(person: Campaign) -> None:
    shutil.rmtree(person.state / BRAND)
    (person.output / f".backup/.microsite/{BRAND}.json").unlink()
    person.remove("content/verhalen/iemand.md")
    report = person.build("--all")
    assert (report.status, report.data["brands"][BRAND]["overdue"]) == (1, 1)
    assert "offline yourself: verhalen/iemand.html" in report.said


def test_with_nothing_left_who_is_gone_already_is_no_alarm(person: Campaign) -> None:
    person.edit("content/verhalen/iemand.md", "status: valid", "status: withdrawn")
    assert person.build().status == 0
    shutil.rmtree(person.state / BRAND)
    (person.output / f".backup/.microsite/{BRAND}.json").unlink()
    person.edit("content/verhalen/bas.md", "Bas leest", "Bas schrijft")
    report = person.build()
    assert (report.status, report.one["overdue"]) == (1, 0)
    assert "it is not known who made these files" in report.said
    assert "URGENT" not in report.said


def test_with_nothing_left_and_nothing_changed_it_is_known_again(person: Campaign) -> None:
    shutil.rmtree(person.state)
    (person.output / f".backup/.microsite/{BRAND}.json").unlink()
    report = person.build()
    assert report.status == 0
    assert "this could not be used; it is made again" in report.said
    person.build().fine()
    person.edit("content/verhalen/iemand.md", "status: valid", "status: withdrawn")
    report = person.build()
    assert report.status == 0
    assert traces(person, report) == []
