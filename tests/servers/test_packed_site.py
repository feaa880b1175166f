"""A packed site works on real servers, put where its HOSTING.txt says."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from helpers import servers, sites


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A pack for each address at which the servers of ``helpers.servers`` have a site."""
    found = {}
    for number, base in enumerate(servers.BASES):
        campaign = sites.campaign(tmp_path_factory.mktemp("pak") / "campagne")
        url = f"https://www.voorbeeld.example{quote(base)}"
        campaign.edit(f"brands/{sites.BRAND}/brand.yaml", sites.ADDRESS, url)
        target = campaign.root / f"{number}.zip"
        assert campaign.run("pack", sites.BRAND, "--to", str(target)).status == 0
        found[base] = target
    return found


@pytest.fixture(scope="module", params=["nginx", "apache", "python"])
def ports(request: pytest.FixtureRequest, packs: dict[str, Path]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Servers on which the packs were put as HOSTING.txt says."""

    def unpack(folder: Path) -> None:
        servers.write(folder / "shared", {"index.php": servers.LOUD, ".htaccess": servers.WORDPRESS})
        for base, file in packs.items():
            place = folder / "alone" if base == "/" else folder / "shared" / base.strip("/")
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    if name.startswith("site/"):
                        servers.write(place, {name.removeprefix("site/"): archive.read(name)})

    starts = {"nginx": servers.nginx, "apache": servers.apache, "python": servers.python}
    with starts[request.param](unpack) as found:
        yield request.param, found


@pytest.mark.parametrize("base", servers.BASES)
def test_it_works_on_a_real_server(ports: tuple[str, tuple[int, int]], base: str) -> None:
    server, numbers = ports
    place = servers.at(numbers, base)
    for path in ("", "verhalen/anouk.html", "feed.xml"):
        answer = place.get(path)
        assert answer.status == 200, (path, answer)
        assert b"Anouk" in answer.body
        if server != "python":  # it takes no rules from anybody
            servers.check_headers(answer)
    style = next(line for line in place.get().body.decode().splitlines() if 'rel="stylesheet"' in line)
    assert place.get(style.partition('href="')[2].partition('"')[0]).status == 200
    missing = place.get("is-er-niet.html")
    assert missing.status == 404
    if server != "python":
        assert b'class="kind-missing"' in missing.body
        for hidden in (".htaccess", "web.config", "hosting/nginx.conf"):
            assert place.get(hidden).status in (403, 404)
