"""A site in one ZIP: what is in it, what its guide says, and when it is removed."""

from __future__ import annotations

import gc
import re
import resource
import sys
import zipfile
from pathlib import Path
from typing import Any, get_args

import pytest

from helpers import sites
from helpers.sites import Campaign
from microsite.cli import main
from microsite.core.i18n import translator
from microsite.core.problems import untranslated
from microsite.core.settings import Host
from microsite.publishing import packing
from microsite.rendering.hosting.guide import guide as hosting_guide
from microsite.rendering.hosting.servers import GUIDES

ENGLISH = untranslated
DUTCH = translator("nl")


def test_there_is_a_word_for_every_host_that_can_be_chosen() -> None:
    assert tuple(GUIDES) == get_args(Host)


def test_the_guide_names_the_address_the_folder_and_first_the_host_that_was_chosen() -> None:
    url = "https://www.voorbeeld.example/a/campagne/"
    guide = hosting_guide("Welzijn Zandhage", url, "/a/campagne/", "iis", ENGLISH)
    assert "Welzijn Zandhage" in guide.splitlines()[0]
    assert url in guide
    assert "the folder /a/campagne/" in guide
    titles = [host.title.render() for host in GUIDES.values()]
    assert all(title in guide for title in titles)
    assert min(titles, key=guide.index) == GUIDES["iis"].title.render()


def test_without_an_address_the_guide_says_what_is_missing() -> None:
    guide = hosting_guide("Welzijn Zandhage", "", "/", "", ENGLISH)
    assert "brand.yaml does not say" in guide
    assert "the folder of your website itself" in guide.replace("\n   ", " ")


def test_the_guide_is_dutch_for_members_and_fits_any_screen() -> None:
    guide = hosting_guide("Welzijn Zandhage", "", "/", "", DUTCH)
    assert "Zo zet je de site van Welzijn Zandhage online" in guide
    assert "Good to know" not in guide
    assert all(len(line) <= 78 for line in guide.splitlines())


def packed(campaign: Campaign, *more: str) -> zipfile.ZipFile:
    report = campaign.run("pack", sites.BRAND, *more)
    assert report.status == 0, report.said
    return zipfile.ZipFile(campaign.output / f"{sites.BRAND}.zip")


def test_the_zip_holds_the_site_and_nothing_else(campaign: Campaign) -> None:
    archive = packed(campaign)
    inside = {name: archive.read(name) for name in archive.namelist()}
    guide = inside.pop("HOSTING.txt")
    assert guide.startswith(b"\xef\xbb\xbf")  # so that Notepad reads é
    assert inside == {f"site/{path}": data for path, data in campaign.tree().items()}
    assert not any(name.startswith("/") or ".." in name for name in archive.namelist())


def test_the_size_is_told_with_the_sign_of_the_language(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    assert main(["pack", sites.BRAND, "--project", str(campaign.root), "--date", sites.DAY]) == 0
    assert re.search(r"\(\d+,\d MB\)", capsys.readouterr().out)


def test_equal_sites_make_equal_zips(campaign: Campaign, tmp_path: Path) -> None:
    other = sites.copy(campaign, tmp_path / "elders")
    packed(campaign)
    packed(other)
    assert (campaign.output / f"{sites.BRAND}.zip").read_bytes() == (
        other.output / f"{sites.BRAND}.zip"
    ).read_bytes()


def test_the_host_can_stand_in_the_brand_and_on_the_command_line(campaign: Campaign) -> None:
    campaign.edit(f"brands/{sites.BRAND}/brand.yaml", "region:", "host: nginx\nregion:")
    titles = {name: host.title.render() for name, host in GUIDES.items()}

    def first(archive: zipfile.ZipFile) -> str:
        guide = archive.read("HOSTING.txt").decode("utf-8-sig")
        return min(titles, key=lambda host: guide.index(titles[host]))

    assert first(packed(campaign)) == "nginx"
    assert first(packed(campaign, "--host", "wordpress")) == "wordpress"
    campaign.edit(f"brands/{sites.BRAND}/brand.yaml", "host: nginx", "host: ngins")
    report = campaign.run("pack", sites.BRAND)
    assert report.status == 1
    assert any("'ngins' is not a 'host'" in problem for problem in report.problems)


def test_a_site_with_errors_is_not_packed_and_the_zip_of_before_stays(campaign: Campaign) -> None:
    packed(campaign)
    before = (campaign.output / f"{sites.BRAND}.zip").read_bytes()
    campaign.edit("content/site.yaml", "title:", "titel:")
    assert campaign.run("pack", sites.BRAND).status == 1
    assert (campaign.output / f"{sites.BRAND}.zip").read_bytes() == before


def test_it_goes_where_it_is_asked_to_go(campaign: Campaign, tmp_path: Path) -> None:
    report = campaign.run("pack", sites.BRAND, "--to", str(tmp_path / "mijn site.zip"))
    assert report.status == 0, report.said
    assert zipfile.is_zipfile(tmp_path / "mijn site.zip")


def test_a_zip_goes_when_somebody_in_it_does(campaign: Campaign) -> None:
    """And stays as long as it is of the site as it stands; so does what was not packed here."""
    packed(campaign)
    zipped = campaign.output / f"{sites.BRAND}.zip"
    left = campaign.output / f"{sites.BRAND}.zip.new"
    left.write_bytes(zipped.read_bytes())  # by a packing that was killed
    assert "is gone" not in campaign.build().fine().said
    assert zipped.exists()
    campaign.edit("content/verhalen/cor.md", "status: valid", "status: withdrawn")
    report = campaign.build()
    assert (report.status, report.one["unpacked"]) == (0, True)
    assert f"output/{sites.BRAND}.zip was of the site as it was, so it is gone" in report.said
    assert not zipped.exists()
    assert not left.exists()
    packed(campaign)
    campaign.write("content/contact.md", sites.page(body="Bel."))
    report = campaign.run("pack", sites.BRAND)
    assert report.one["unpacked"] is True
    assert "is gone" not in report.said
    with zipfile.ZipFile(zipped, "a") as archive:
        archive.writestr("site/extra.txt", "Van iemand anders.")
    campaign.write("content/contact.md", sites.page(body="Schrijf."))
    assert campaign.build().one["unpacked"] is False
    for other in (b"", b"PK", b"geen archief"):
        zipped.write_bytes(other)
        campaign.write("content/contact.md", sites.page(body=f"Schrijf {len(other)}."))
        assert campaign.build().status == 0
        assert zipped.read_bytes() == other


@pytest.mark.parametrize("changed", [False, True])
def test_an_older_zip_that_was_put_back_goes_too(campaign: Campaign, changed: bool) -> None:
    """As a cloud drive does: also when there is nothing to do, or nothing that changes a byte."""
    packed(campaign)
    zipped = campaign.output / f"{sites.BRAND}.zip"
    before = zipped.read_bytes()
    campaign.edit("content/verhalen/cor.md", "status: valid", "status: withdrawn")
    assert campaign.build().one["unpacked"] is True
    zipped.write_bytes(before)
    if changed:
        campaign.edit("content/verhalen/cor.md", "status: withdrawn", "status: withdrawn ")
    report = campaign.build()
    assert (report.status, report.one["unpacked"]) == (0, True)
    assert "was of the site as it was, so it is gone" in report.said
    assert not zipped.exists()


def test_a_full_disk_is_a_sentence(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign.build().fine()
    left: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", left.append)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        report = campaign.run("pack", sites.BRAND)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    gc.collect()
    assert report.status == 1
    assert f"output/{sites.BRAND}.zip could not be made: File too large" in report.said
    assert not list(campaign.output.glob("*.zip*"))
    assert left == []


def test_a_file_that_is_gone_while_packing_is_a_sentence(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.build().fine()
    real = packing.write

    def late(*arguments: Any) -> None:
        (campaign.site / "contact.html").unlink()
        real(*arguments)

    monkeypatch.setattr(packing, "write", late)
    report = campaign.run("pack", sites.BRAND)
    assert report.status == 1
    assert "could not be made: No such file or directory" in report.said


def test_whichever_byte_of_its_list_is_damaged_a_zip_goes(tmp_path: Path) -> None:
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_bytes(b"<p>Cor</p>")
    zipped = tmp_path / "lid.zip"
    packing.write(zipped, {packing.SITE: (page.parent, ["index.html"])}, "Zo zet je het online.")
    whole = zipped.read_bytes()
    for at in range(whole.index(b"PK\1\2"), len(whole)):
        zipped.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert packing.remove(zipped), at
