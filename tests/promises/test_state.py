"""What is kept between builds is only ever a help: whatever is lost, damaged or in the way is made again."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import sites
from helpers.sites import BRAND, Campaign
from microsite.core.files import remove
from microsite.core.fingerprints import digest
from microsite.publishing.manifest import load
from microsite.rendering import jinja

Tree = dict[str, bytes]
PHOTO = '![Een straat](straat.jpg "Foto: J. de Wit")'
TEXTS = ("Vandaag en morgen.", "Gisteren.")
"""Each build has another text than the one before, so that there is something to do."""

KEPT = {
    ".": "",
    "stamps.json": "stamps.json",
    "site's folder": BRAND,
    "lock": f"{BRAND}/lock",
    "house style": f"{BRAND}/style.bin",
    "next manifest": f"{BRAND}/next.json",
    "next site": f"{BRAND}/site",
    "place of the brand": f"{BRAND}/folder",
    "consents": "consents.json",
    "copy of the consents": "consents.copy.json",
    "missing consents": "consents.missing.json",
    "old paths": f"{BRAND}/old.json",
    "store": "store",
    "values": "store/values",
    "a namespace": "store/values/document",
    "a scope": "store/values/document/*",
    "a document": "store/values/document/*/*",
    "another document": "store/values/document/*/*",
    "a brand": "store/values/brand/*/*",
    "a look": "store/values/look/*/*",
    "the settings": "store/values/site/*/*",
    "the figures": "store/values/facts/*/*",
    "photos": "store/files",
    "some photos": "store/files/*",
    "a photo": "store/files/*/*",
    "a compiled template": "store/templates/*",
    "compiled templates": "store/templates",
}
"""All kinds of files and folders in .microsite/; a damaged manifest of a published site is still to come."""

QUIET = {"next manifest", "next site", "compiled templates", "a compiled template", "place of the brand"}
QUIET |= {"missing consents", "old paths"}
"""What is removed or written anew without a word: each build does so anyway."""

OWN_WORDS = {"consents", "copy of the consents"}
"""What has a notice of its own."""


def nothing(_: Path) -> None:
    pass


def an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


def random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(5).randbytes(900))  # noqa: S311 -- the same in each run


def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "file").write_bytes(b"x")


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


HARMS = [nothing, an_empty_file, random_bytes, a_folder, a_link_to_nothing, a_link_to_itself]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    campaign = sites.campaign(tmp_path_factory.mktemp("state") / "project", {"content/a.md": sites.page()})
    campaign.with_own("templates")
    campaign.write("content/straat.jpg", sites.jpeg(size=(64, 40)))
    campaign.write(
        "content/nieuws/foto.md", sites.page("Foto", PHOTO.replace("(", "(../"), "date: 2026-06-02\n")
    )
    sites.settle(campaign.root)
    campaign.build().fine()
    return campaign


@pytest.fixture(scope="module")
def expected(built: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Tree]:
    """What a cold build makes of the campaign as it is."""
    known: dict[str, Tree] = {}

    def cold() -> Tree:
        text = built.read("content/a.md")
        if text not in known:
            known[text] = sites.cold(built, tmp_path_factory.mktemp("cold") / "project")
        return known[text]

    return cold


def edit(campaign: Campaign) -> None:
    """Give the build something to do, with documents, a photo and templates."""
    jinja.environment.cache_clear()
    now = campaign.read("content/a.md")
    campaign.write("content/a.md", sites.page(body=TEXTS[TEXTS[0] in now]))
    for photo in campaign.site.rglob("straat-*"):
        photo.unlink()


def places(campaign: Campaign, pattern: str) -> list[Path]:
    if not pattern:
        return [campaign.state]
    found = sorted(campaign.state.glob(pattern))
    if pattern == KEPT["a photo"]:  # icons are kept there too, and are not made again by ``edit``
        found = [file for file in found if not file.is_file() or not file.read_bytes().startswith(b"\x89PNG")]
    return found or [campaign.state / pattern]


@pytest.mark.long
@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("kind", KEPT)
def test_harm_to_any_of_our_files_is_mended_by_one_build(
    built: Campaign, expected: Callable[[], Tree], kind: str, harm: Callable[[Path], None]
) -> None:
    manifest = built.state / BRAND / "manifest.json"
    content = manifest.read_bytes()
    place = places(built, KEPT[kind])[-1 if kind == "another document" else 0]
    was_folder, was_file = place.is_dir(), place.is_file()
    remove(place)
    harm(place)
    with contextlib.suppress(OSError):  # without its manifest a site is not known to be ours
        manifest.parent.mkdir(parents=True, exist_ok=True)
        manifest.write_bytes(content)
    if not manifest.exists():
        shutil.rmtree(built.site)
    edit(built)
    report = built.build()
    assert report.status == 0, report.said
    assert built.tree() == expected()
    assert place.is_file() or not was_file or kind == "a compiled template"  # which may not be needed
    in_the_way = harm is not nothing and not (was_folder and harm is a_folder)
    if (
        in_the_way
        and kind not in QUIET | OWN_WORDS
        and not (kind in {"lock", "house style"} and place.is_file())
    ):
        name = place.relative_to(built.root).as_posix()
        lines = [line for line in report.said.splitlines() if "could not be used" in line]
        assert len(lines) == 1, report.said
        assert lines[0].startswith((f"{name}:", f"{name.rpartition('/')[0]}:"))
    again = built.build()
    assert "could not be used" not in again.said
    assert again.made == []
    assert built.tree() == expected()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_a_build_with_any_byte_changed_equals_a_cold_one(
    built: Campaign, expected: Callable[[], Tree], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- the same in each run
    files = [
        file
        for file in sorted(built.state.rglob("*"))
        if file.is_file() and file.name != "manifest.json" and file.stat().st_size
    ]
    edit(built)
    for file in chance.sample(files, 5):
        content = bytearray(file.read_bytes())
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        file.write_bytes(content)
    report = built.build()
    assert report.status == 0, report.said
    assert built.tree() == expected()


def test_a_whole_folder_of_damaged_values_is_one_line(campaign: Campaign) -> None:
    campaign.build().fine()
    for file in (campaign.state / "store/values/document").rglob("*"):
        if file.is_file():
            file.write_bytes(b"x")
    campaign.write("content/contact.md", sites.page(body="Bel."))
    report = campaign.build()
    assert len(report.problems) == 1
    assert report.problems[0].startswith("output/.microsite/store/values/document/")
    assert report.status == 0
    assert campaign.build("--strict").status == 0


def test_a_notice_is_given_when_there_is_nothing_to_do(campaign: Campaign) -> None:
    campaign.build().fine()
    remove(campaign.state / BRAND / "lock")
    a_folder(campaign.state / BRAND / "lock")
    report = campaign.build()
    assert report.made == []
    assert f"output/.microsite/{BRAND}/lock: notice: " in report.said
    campaign.build().fine()


def without_links(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    if where == "the file system":
        monkeypatch.setattr(os, "link", refused)
    else:
        monkeypatch.delattr(os, "link")


@pytest.mark.parametrize("lacking", ["", "the file system", "Python"])
def test_photos_are_encoded_once(campaign: Campaign, monkeypatch: pytest.MonkeyPatch, lacking: str) -> None:
    """Where there are no hard links too; and what no site shows any more is gone after one build."""
    if lacking:
        without_links(monkeypatch, lacking)
    campaign.add_member("lid")
    campaign.build("--all").fine()
    others = set((campaign.state / "store/files").glob("*/*"))
    campaign.write("content/straat.jpg", sites.jpeg(size=(64, 40)))
    campaign.write("content/nieuw.md", sites.page("Nieuw", PHOTO))
    campaign.build("--all").fine()
    photos = set((campaign.state / "store/files").glob("*/*"))
    assert photos > others
    encoded: list[object] = []
    monkeypatch.setattr("microsite.core.cache.Cache.put", lambda *made: encoded.append(made))
    campaign.write("content/contact.md", sites.page(body="Bel."))
    campaign.build("--all").fine()
    shutil.rmtree(campaign.output / "lid")
    campaign.build("--brand", "lid").fine()
    assert not encoded
    assert set((campaign.state / "store/files").glob("*/*")) == photos
    campaign.remove("content/nieuw.md")
    campaign.build("--all").fine()
    assert set((campaign.state / "store/files").glob("*/*")) == others


def test_the_manifest_knows_the_bytes_of_a_photo(campaign: Campaign) -> None:
    campaign.write("content/straat.jpg", sites.jpeg(size=(64, 40)))
    campaign.write("content/nieuw.md", sites.page("Nieuw", PHOTO))
    campaign.build().fine()

    manifest = load(campaign.state / BRAND / "manifest.json", BRAND)
    assert manifest is not None
    tree = campaign.tree()
    assert {path: entry.digest for path, entry in manifest.files.items()} == {
        path: digest(data) for path, data in tree.items()
    }
    assert any("straat-" in path for path in tree)
