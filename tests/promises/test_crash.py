"""All or nothing: builds that are killed, refused by the system, disturbed, or run at once.

A few points of each kind; ``test_crash_matrix.py`` takes them all.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from helpers import faults, processes, sites
from helpers.faults import NO_EXCHANGE, Bench, Ended, Fault
from helpers.sites import BRAND, DAY, Campaign
from microsite.core.fingerprints import Fingerprints
from microsite.core.problems import PublishError
from microsite.publishing import disk
from microsite.publishing.publisher import PublishedSite
from microsite.publishing.swap import Swap
from microsite.rendering.artifact import Artifact, Plan, artifact

QUICK = ("openat", "pwrite64", "mkdir", "write", "link", "renameat2", "rename", "unlinkat")
ERRORS = ("ENOSPC", "EIO", "EMFILE", "EROFS", "EACCES")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return faults.changed(tmp_path_factory.mktemp("veranderd"))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return faults.first(tmp_path_factory.mktemp("eerste"))


def one_of_each(bench: Bench, options: Sequence[str] = ()) -> list[Fault]:
    """For each kind of call one point, later in the build for each next kind."""
    bench.reset()
    found = faults.calls(bench, options)
    chosen = []
    kinds = [kind for kind in QUICK if kind in found]
    for i, kind in enumerate(kinds):
        numbers = found[kind]
        chosen.append(Fault(kind, numbers[(i * len(numbers)) // len(kinds)]))
    return chosen


def is_a_sentence(ended: Ended) -> bool:
    """Status 0 with one line, or 1 with a place, what is wrong, a hint, and what became of the site.

    Beside these it may name what is kept between builds and could not be used.
    """
    lines = [line for line in ended.said.splitlines() if "could not be used; it is made again" not in line]
    if ended.status == 0:
        return len(lines) == 1
    errors = sum(": error: " in line or line.startswith("stopped: ") for line in lines)
    return (
        ended.status == 1
        and 1 <= errors <= 3
        and len(lines) <= 2 * errors + 1
        and "Traceback" not in ended.said
    )


class TestKilled:
    def test_a_change_is_shown_all_at_once_or_not_at_all(self, changed: Bench) -> None:
        shown = set()
        for point in one_of_each(changed):
            changed.reset()
            ended = changed.build(*point.options)
            assert ended.killed, point
            shown.add(changed.verdict())
            assert shown <= {"old", "new"}, point
            assert changed.mended(changed.build()) == "", point
        assert shown == {"old", "new"}

    def test_a_first_site_is_there_whole_or_not_at_all(self, first: Bench) -> None:
        for point in one_of_each(first)[::2]:
            first.reset()
            assert first.build(*point.options).killed, point
            assert first.verdict() == "new" or not first.shown.exists(), point
            assert first.mended(first.build()) == "", point

    def test_file_by_file_the_next_build_finishes_what_was_begun(self, changed: Bench) -> None:
        changed.reset()
        renames = faults.calls(changed, NO_EXCHANGE)["rename"]
        for when in faults.spread(renames, 4):
            changed.reset()
            assert changed.build(*NO_EXCHANGE, *Fault("rename", when).options).killed
            assert changed.foreign_bytes() == []
            assert changed.dangling() == []
            assert changed.mended(changed.build(*NO_EXCHANGE)) == "", when

    def test_it_is_finished_although_the_texts_are_wrong_by_now(self, changed: Bench, tmp_path: Path) -> None:
        halfway(changed)
        contact = changed.campaign.root / "content/contact.md"
        right = contact.read_bytes()
        contact.write_bytes(b"---\ntitel: Fout\n---\n")
        try:
            ended = changed.build()
        finally:
            contact.write_bytes(right)
        assert ended.status == 1
        assert changed.verdict() == "new"

    def test_no_process_outlives_a_killed_build(self, tmp_path: Path) -> None:
        campaign = sites.campaign(tmp_path / "campagne")
        words = faults.command(campaign, jobs=3)
        with subprocess.Popen(words, env=processes.environment(), stdout=-1, stderr=-1) as build:
            children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
            deadline = time.monotonic() + 20
            while not (found := children.read_text().split()) and build.poll() is None:
                assert time.monotonic() < deadline
            build.kill()
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{child}").exists() for child in found):
            assert time.monotonic() < deadline, "a worker is still there"
            time.sleep(0.05)
        assert faults.run(words).status == 0


def halfway(bench: Bench) -> None:
    """Leave the folder as a build leaves it that is killed while it replaces file by file."""
    bench.reset()
    renames = faults.calls(bench, NO_EXCHANGE)["rename"]
    for when in renames[len(renames) // 2 :]:
        bench.reset()
        bench.build(*NO_EXCHANGE, *Fault("rename", when).options)
        if bench.verdict().startswith("torn"):
            return
    raise AssertionError("a build that goes file by file shows no mixture")


class TestRefused:
    def test_an_error_of_the_system_is_a_sentence_and_the_site_stays(self, changed: Bench) -> None:
        for i, point in enumerate(one_of_each(changed)):
            fault = Fault(point.call, point.when, f"error={ERRORS[i % len(ERRORS)]}")
            changed.reset()
            ended = changed.build(*fault.options)
            assert is_a_sentence(ended), (fault, ended)
            assert changed.verdict() == "new" if ended.status == 0 else changed.verdict() in ("old", "new"), (
                fault
            )
            assert changed.mended(changed.build()) == "", fault

    def test_file_by_file_an_error_before_the_first_file_leaves_the_old_site(self, changed: Bench) -> None:
        changed.reset()
        links = faults.calls(changed, NO_EXCHANGE)["link"]
        for when in links[-3:]:  # an error of link alone would make it copy instead
            changed.reset()
            both = (
                "-e",
                f"inject=link:error=EPERM:when={when}+",
                "-e",
                "inject=copy_file_range,sendfile:error=ENOSPC",
            )
            ended = changed.build(*NO_EXCHANGE, *both)
            assert is_a_sentence(ended), ended
            assert changed.verdict() == "old"
            assert changed.mended(changed.build()) == ""

    def test_real_disks(self, changed: Bench, tmp_path: Path) -> None:
        """A disk that fills up, one of another kind, and an output folder that is a disk itself."""
        changed.reset()
        script = Path(__file__).parents[1] / "helpers" / "real_disks.py"
        words = [
            "unshare",
            "--map-root-user",
            "--mount",
            sys.executable,
            str(script),
            str(changed.before.parent),
        ]
        surroundings = {
            **processes.environment(),
            "PYTHONPATH": f"{processes.ENGINE}:{processes.ENGINE / 'tests'}",
        }
        done = subprocess.run(words, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"unshare --map-root-user --mount is not allowed here?\n{done.stderr}"
        seen = json.loads(done.stdout)
        assert seen["full"][:3] == [[1, "old", "sentence"]] * 3
        assert all(each in ([1, "old", "sentence"], [0, "new", "sentence"]) for each in seen["full"])
        assert seen["room again"] == [0, "new", "sentence"]
        assert seen["on another disk"] == [0, "new", "sentence"]
        assert seen["output is a disk"] == [[0, "new", "sentence"], [0, "new", "sentence"]]

    def test_an_output_folder_that_is_a_file_is_refused(self, campaign: Campaign) -> None:
        campaign.site.parent.mkdir()
        campaign.site.write_text("van mij")
        for _ in range(2):
            report = campaign.build()
            assert report.status == 1
            assert report.only()["message"] == "the site could not be written: Not a directory"
            assert campaign.site.read_text() == "van mij"
        campaign.site.unlink()
        campaign.build().fine()
        shutil.rmtree(campaign.site)
        campaign.site.write_text("van mij")
        assert campaign.build().status == 1

    def test_an_output_folder_that_is_a_link_leads_to_the_site(
        self, campaign: Campaign, tmp_path: Path
    ) -> None:
        real = tmp_path / "www" / "campagne"
        real.parent.mkdir()
        campaign.site.parent.mkdir()
        campaign.site.symlink_to(real)
        for body in ("Bel ons.", "Schrijf ons."):
            campaign.write("content/contact.md", sites.page(body=body))
            campaign.build().fine()
            assert campaign.site.is_symlink()
            assert sites.tree(real) == sites.cold(campaign, tmp_path / body)


class TestForeign:
    def test_a_file_of_somebody_else_is_named_and_left(self, campaign: Campaign) -> None:
        mine = campaign.write(f"output/{BRAND}/verhalen/notitie.txt", "van mij")
        for command in ("eerst", "daarna"):
            report = campaign.build()
            assert report.status == 1, command
            assert report.only()["path"].startswith(f"output/{BRAND}")
            assert mine.read_text() == "van mij"
            mine.unlink()
            campaign.build().fine()
            campaign.write("content/contact.md", sites.page(body="Bel eens."))
            mine.write_text("van mij")

    def test_a_file_that_appears_while_the_site_is_made_is_kept(self, tmp_path: Path) -> None:
        folder = tmp_path / "uit" / "merk"
        put(folder, {"index.html": b"oud", "a/weg.html": b"weg"})
        put(folder, {"index.html": b"nieuw", "b.html": b"b"}, lambda: leave(folder))
        site = {"index.html": b"nieuw", "b.html": b"b"}
        assert faults.everything(folder) == {**site, **LEFT}
        with pytest.raises(PublishError):
            put(folder, {"index.html": b"anders"})
        assert faults.everything(folder) == {**site, **LEFT}

    def test_file_by_file_it_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = tmp_path / "uit" / "merk"
        site = {"index.html": b"oud", "a/weg.html": b"weg"}
        new = {"index.html": b"nieuw", "b.html": b"b"}
        put(folder, site)
        monkeypatch.setattr(disk, "exchange", lambda new, shown: False)
        for path in ("b.html", "c.html"):  # a page of the new site has that name, or none has
            mine = folder / path
            with pytest.raises(PublishError):
                put(
                    folder, {"index.html": b"nieuw", "b.html": b"b"}, lambda mine=mine: mine.write_bytes(b"m")
                )
            assert faults.everything(folder) == {**site, path: b"m"}
            mine.unlink()
        put(folder, new)
        assert faults.everything(folder) == new

    def test_also_when_the_site_has_a_page_of_that_name_now(self, tmp_path: Path) -> None:
        folder = tmp_path / "uit" / "merk"
        put(folder, {"index.html": b"oud"})

        def meanwhile() -> None:
            (folder / "b.html").write_bytes(b"van mij")
            (folder / "c").mkdir()
            (folder / "c/d.txt").write_bytes(b"en dit")

        put(folder, {"index.html": b"nieuw", "b.html": b"b", "c": b"een bestand"}, meanwhile)
        kept = {"b.html~": b"van mij", "d.txt": b"en dit"}
        assert faults.everything(folder) == {
            "index.html": b"nieuw",
            "b.html": b"b",
            "c": b"een bestand",
            **kept,
        }

    def test_and_when_the_build_is_killed_right_after_the_exchange(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "uit" / "merk"
        put(folder, {"index.html": b"oud"})
        with monkeypatch.context() as patched:
            patched.setattr(Swap, "_settle", stop)
            patched.setattr(Swap, "recover", lambda self: None)
            with pytest.raises(Killed):
                put(folder, {"index.html": b"nieuw"}, lambda: (folder / "x.txt").write_bytes(b"van mij"))
        with PublishedSite(folder, "merk"):
            pass
        assert faults.everything(folder) == {"index.html": b"nieuw", "x.txt": b"van mij"}


LEFT = {"a/notitie.txt": b"van mij", "foto.jpg": b"ook van mij", "link": b"not a file"}


def leave(folder: Path) -> None:
    """Put files of somebody else in a site."""
    (folder / "a/notitie.txt").write_bytes(b"van mij")
    (folder / "foto.jpg").write_bytes(b"ook van mij")
    (folder / "link").symlink_to("elders")


class Killed(BaseException):
    pass


def stop(*_: object) -> None:
    raise Killed


def put(folder: Path, files: dict[str, bytes], meanwhile: object = None) -> None:
    """Publish these files; ``meanwhile`` is called between looking at the folder and showing the site."""

    class Maker:
        engine = "motor"
        fingerprints = Fingerprints()

        def make(self, artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, bytes]]:
            if callable(meanwhile):
                meanwhile()
            yield from ((item, item.make()) for item in artifacts)

    plan = Plan(tuple(artifact(path, encoded, string=data.decode()) for path, data in files.items()))
    with PublishedSite(folder, "merk") as site:
        site.publish(plan, str(sorted(files.items())), Maker())


def encoded(string: str) -> bytes:
    return string.encode()


class TestAtOnce:
    @pytest.mark.parametrize("count", [2, 10])
    def test_builds_of_one_site(self, tmp_path: Path, count: int) -> None:
        campaign = sites.campaign(tmp_path / "campagne")
        campaign.write("content/straat.jpg", sites.jpeg(size=(64, 40)))
        campaign.edit("content/contact.md", "Bel", f"{faults.PHOTO}\n\nBel")
        running = [started(campaign) for _ in range(count // 2)]
        campaign.write("content/contact.md", sites.page(body=f"Wij zijn verhuisd.\n\n{faults.PHOTO}"))
        running += [started(campaign) for _ in range(count - count // 2)]
        said = [ended(build) for build in running]
        assert [each.status for each in said] == [0] * count, said
        assert campaign.tree() == sites.cold(campaign, tmp_path / "koud")
        assert faults.litter(campaign) == []

    def test_two_organisations_with_photos_of_their_own(self, tmp_path: Path) -> None:
        """What the one sweeps from the store, the other is about to link to."""
        campaign = sites.campaign(tmp_path / "campagne")
        shutil.copytree(campaign.root / f"brands/{BRAND}", campaign.root / "brands/ander")
        for name, colour in ((BRAND, "teal"), ("ander", "olive")):
            campaign.write(f"brands/{name}/content/eigen.md", sites.page("Eigen", faults.PHOTO))
            campaign.write(f"brands/{name}/content/straat.jpg", sites.jpeg(colour, size=(90, 60)))
        for _ in range(3):
            shutil.rmtree(campaign.output, ignore_errors=True)
            running = [started(campaign, "--brand", name) for name in (BRAND, "ander", BRAND, "ander")]
            said = [ended(build) for build in running]
            assert [each.status for each in said] == [0] * 4, said
            for name in (BRAND, "ander"):
                shown = faults.everything(campaign.output / name)
                pictures = {path for path in shown if path.startswith("beeld/straat-")}
                assert pictures
                page = shown["eigen.html"].decode()
                assert set(re.findall(r"beeld/straat-[\w-]+\.(?:avif|jpg)", page)) <= pictures

    def test_edits_while_it_builds(self, tmp_path: Path) -> None:
        campaign = sites.campaign(tmp_path / "campagne")
        campaign.build().fine()
        running: list[subprocess.Popen[str]] = []
        for i in range(100):
            campaign.write("content/contact.md", sites.page(body=f"Bel nummer {i}."))
            campaign.write(
                f"content/nieuws/n{i % 7}.md", sites.page(f"Bericht {i}", extra="date: 2026-06-01\n")
            )
            if i % 25 == 0:
                running.append(started(campaign))
            time.sleep(0.01)
        for build in running:
            done = ended(build)
            assert is_a_sentence(done), done  # it may have read a file that was half written
        campaign.build()
        assert campaign.tree() == sites.cold(campaign, tmp_path / "koud")

    def test_who_reads_meanwhile_sees_one_site(self, tmp_path: Path) -> None:
        folder = tmp_path / "uit" / "merk"
        versions = [{f"{n}.html": b"%d" % version for n in range(30)} for version in range(21)]
        versions = [{**files, f"alleen-{i}.html": b"x"} for i, files in enumerate(versions)]
        put(folder, versions[0])
        seen: list[dict[str, bytes]] = []
        torn: list[dict[str, bytes]] = []
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                files, still = snapshot(folder)
                whole = files in versions
                part = any(files.items() <= version.items() for version in versions)
                (seen if whole else torn).append(files) if still or not part else None

        reader = threading.Thread(target=read)
        reader.start()
        try:
            for version in versions[1:]:
                put(folder, version)
                time.sleep(0.005)
        finally:
            done.set()
            reader.join()
        assert torn == []
        assert len({next(name for name in files if name.startswith("alleen-")) for files in seen}) > 3


def snapshot(folder: Path) -> tuple[dict[str, bytes], bool]:
    """The files of the folder as it was when it was opened, and whether it is still the one that is shown."""
    files: dict[str, bytes] = {}
    root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for name in os.listdir(root):  # noqa: PTH208 -- of the folder itself, wherever it is by now
            try:
                file = os.open(name, os.O_RDONLY, dir_fd=root)
            except FileNotFoundError:
                continue  # it was the old site, and is being removed
            with os.fdopen(file, "rb") as stream:
                files[name] = stream.read()
        return files, os.path.samestat(os.fstat(root), folder.stat())
    finally:
        os.close(root)


def started(campaign: Campaign, *more: str, day: str = DAY) -> subprocess.Popen[str]:
    return processes.start("build", campaign, "--date", day, "--jobs", "1", *more)


def ended(build: subprocess.Popen[str]) -> Ended:
    said, _ = build.communicate(timeout=120)
    return Ended(build.returncode, said)


class TestDisk:
    def test_what_stays_keeps_its_inode_and_time(self, changed: Bench) -> None:
        changed.reset()
        before = {path: (changed.shown / path).stat() for path in changed.old}
        assert changed.build().status == 0
        same = [path for path, data in changed.old.items() if changed.new.get(path) == data]
        assert len(same) > len(changed.new) // 3
        for path in same:
            now = (changed.shown / path).stat()
            assert (now.st_ino, now.st_mtime_ns) == (before[path].st_ino, before[path].st_mtime_ns), path

    @pytest.mark.parametrize(("umask", "file", "folder"), [(0o022, 0o644, 0o755), (0o027, 0o640, 0o750)])
    def test_who_may_read_is_up_to_the_umask(self, first: Bench, umask: int, file: int, folder: int) -> None:
        first.reset()
        words = first.command()
        subprocess.run(words, env=processes.environment(), umask=umask, check=True, stdout=subprocess.DEVNULL)
        for place in (first.shown, *first.shown.rglob("*")):
            assert place.stat().st_mode & 0o777 == (folder if place.is_dir() else file), place

    def test_a_published_picture_that_somebody_drew_in_is_mended(
        self, campaign: Campaign, tmp_path: Path
    ) -> None:
        campaign.write("content/straat.jpg", sites.jpeg())
        campaign.write("content/contact.md", sites.page(body=faults.PHOTO))
        campaign.build().fine()
        pictures = sorted(campaign.site.glob("beeld/straat-*"))
        for picture in pictures:
            with picture.open("r+b") as stream:
                stream.write(b"krabbel")
        campaign.build()
        assert campaign.tree() == sites.cold(campaign, tmp_path / "koud")

    @pytest.mark.parametrize("name", ["manifest.json", "next.json"])
    def test_a_torn_note_of_our_own_harms_nobody(self, changed: Bench, name: str) -> None:
        changed.reset()
        (changed.campaign.state / BRAND / name).write_text('{"root": 1, "files": {"index')
        ended = changed.build()
        if name == "manifest.json":
            assert "this could not be used; it is made again" in ended.said
            ended = changed.build()
        assert changed.mended(ended) == ""
