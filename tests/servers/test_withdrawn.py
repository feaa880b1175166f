"""What real servers answer at the address of somebody who withdrew: gone, and an empty page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest

from helpers import sites
from helpers.servers import BASES, LOUD, Fill, apache, at, caddy, nginx, python, write
from helpers.sites import Campaign, consent, story

pytestmark = pytest.mark.long

ADDRESS = "verhalen/zefanja-van-wezel.html"
IDS = dict(zip(BASES, ("alleen", "gedeeld", "vreemd"), strict=True))
SERVERS = {"nginx": nginx, "apache": apache, "caddy": caddy}
AFTER = "2027-11-23"
"""The day after the last one on which the address is answered."""


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign with a site for each of the ``BASES``, after a withdrawal."""
    text = story("Een natte week", name="Zefanja van Wezel", agreed=consent(ref="C-66"))
    made = sites.campaign(
        tmp_path_factory.mktemp("weg") / "campagne", {f"content/{ADDRESS.replace('html', 'md')}": text}
    )
    for base, id in IDS.items():
        made.add_member(id, url=f"'https://www.voorbeeld.example{quote(base)}'")
    assert made.build("--all").status == 0
    report = made.run("withdraw", "C-66", "--yes")
    assert report.status == 0, report.said
    return made


def lay_out(output: Path, folder: Path) -> None:
    write(folder, {"shared/index.php": LOUD, "shared/.htaccess": b""})
    for base, id in IDS.items():
        place = folder / "alone" if base == "/" else folder / f"shared{base}"
        shutil.copytree(output / id, place, dirs_exist_ok=True)


@pytest.fixture(scope="module", params=SERVERS)
def ports(request: pytest.FixtureRequest, withdrawn: Campaign) -> Iterator[tuple[str, tuple[int, int]]]:
    server: Callable[[Fill], AbstractContextManager[tuple[int, int]]] = SERVERS[request.param]
    with server(partial(lay_out, withdrawn.output)) as found:
        yield request.param, found


@pytest.mark.parametrize("base", BASES)
def test_the_page_is_gone(ports: tuple[str, tuple[int, int]], base: str) -> None:
    name, running = ports
    if name == "caddy" and base not in BASES[:2]:
        pytest.skip("a block of Caddy uses the first of two handle_errors")
    answer = at(running, base).get(ADDRESS)
    assert answer.status == 410
    assert b"noindex" in answer.body
    assert b"Wezel" not in answer.body
    assert at(running, base).get("verhalen/anouk.html").status == 200


@pytest.mark.parametrize("base", BASES)
def test_a_server_without_rules_shows_an_empty_page(withdrawn: Campaign, base: str) -> None:
    with python(partial(lay_out, withdrawn.output)) as running:
        answer = at(running, base).get(ADDRESS)
    assert answer.status == 200
    assert b"noindex" in answer.body
    assert b"ezel" not in answer.body


def test_after_its_last_day_the_address_is_nowhere(withdrawn: Campaign, tmp_path: Path) -> None:
    later = Campaign(withdrawn.root, tmp_path / "later")
    assert later.build("--all", day=AFTER).status == 0
    assert not [
        path for path, data in later.everything().items() if b"zefanja-van" in data and "/hosting/" in path
    ]
    with nginx(partial(lay_out, later.output)) as running:
        assert at(running, "/").get(ADDRESS).status == 404
