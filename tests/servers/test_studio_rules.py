"""The studio in a folder of a campaign's site, on nginx, Apache and Caddy: with rules of its own."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import cache
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from helpers import servers
from helpers.servers import BASES, LOUD, WORDPRESS, Answer, Place, at, write
from microsite.rendering.hosting import policy, studio
from microsite.rendering.hosting.servers import FILES as OF_SITES

PAGE = (Path(__file__).resolve().parents[2] / "studio" / "index.html").read_text("utf-8")
(POLICY,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', PAGE)
MISSING = b"<!doctype html><title>Niet gevonden</title>"
FILES = {
    "index.html": PAGE.encode(),
    "studio.css": b"body{color:#123}\n" * 40,
    "studio.js": b"'use strict';\n" * 40,
    "worker.mjs": b"export const a = 1;\n" * 40,
    "service-worker.js": b"addEventListener('install', () => {});\n" * 40,
    "names.json": b"{}",
    "program-5915380e4e56.pack": b"pack" * 400,
    "campagne-9aa40bdeb66e.bundle": b"bundle" * 400,
    "pyodide-314.0.7/pyodide.asm.wasm": b"\0asm" * 400,
    "pyodide-314.0.7/pyodide.mjs": b"export const b = 2;\n" * 40,
    "pyodide-314.0.7/empty.zip": b"PK",
}
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json",
    "wasm": "application/wasm",
    "pack": "application/octet-stream",
    "bundle": "application/octet-stream",
    "zip": "application/zip",
}
PACKED = [path for path in FILES if not path.endswith((".json", ".zip"))]
KEPT = {"program-5915380e4e56.pack": policy.YEAR, "campagne-9aa40bdeb66e.bundle": policy.DAY}
HIDDEN = (".htaccess", "_headers", "web.config", "hosting/nginx.conf", "hosting/HOSTING.txt")
INCLUDED = ("hosting/nginx.conf", "hosting/Caddyfile")
"""The rules that somebody puts into those of the server, of site and studio both."""


def write_both(folder: Path, base: str) -> None:
    """A campaign's site with the studio in a folder of it."""
    site = {path: recipe(base=quote(base)) for path, recipe in OF_SITES}
    own = studio.rules(f"{quote(base)}studio/", POLICY, FILES)
    site |= {path: site[path] + own[path] for path in INCLUDED}
    twins = {f"{path}.gz": gzip.compress(FILES[path], mtime=0) for path in PACKED}
    write(folder, {"index.html": LOUD, "404.html": MISSING, **site})
    write(folder / "studio", FILES | twins | own | {"hosting/HOSTING.txt": b"uitleg"})


def write_all(folder: Path) -> None:
    write_both(folder / "alone", "/")
    write(folder / "shared", {"index.php": LOUD, ".htaccess": WORDPRESS})
    for base in BASES[1:]:
        write_both(folder / "shared" / base.strip("/"), base)


Start = Callable[[servers.Fill], AbstractContextManager[tuple[int, int]]]
STARTS: dict[str, Start] = {"nginx": servers.nginx, "apache": servers.apache, "caddy": servers.caddy}


PLACES = [(name, base) for name in STARTS for base in BASES if (name, base) != ("caddy", BASES[2])]
"""See ``helpers.servers.caddy`` for the one that is not there."""


@pytest.fixture(scope="module")
def started() -> Iterator[Callable[[str], tuple[int, int]]]:
    """The ports of the server of a name, which starts when it is asked for."""
    with ExitStack() as stack:
        yield cache(lambda name: stack.enter_context(STARTS[name](write_all)))


@pytest.fixture(params=PLACES, ids="".join)
def place(request: pytest.FixtureRequest, started: Callable[[str], tuple[int, int]]) -> Place:
    name, base = request.param
    return at(started(name), base)


def check(answer: Answer) -> None:
    servers.check_headers(answer, f"{POLICY}; frame-ancestors 'none'")


def test_the_studio_has_its_own_policy_types_and_cache_rules(place: Place) -> None:
    for path, content in FILES.items():
        answer = place.get(f"studio/{path}")
        assert (answer.status, answer.body) == (200, content), path
        assert answer["Content-Type"] == TYPES[path.rpartition(".")[2]], path
        cache = policy.YEAR if path.startswith("pyodide-") else KEPT.get(path, "no-cache")
        assert answer["Cache-Control"] == cache, path
        assert not answer["Expires"]
        check(answer)
    answer = place.get("studio/")
    assert (answer.status, answer.body, answer["Cache-Control"]) == (200, FILES["index.html"], "no-cache")
    check(answer)


def test_large_files_come_packed(place: Place) -> None:
    for path in PACKED:
        answer = place.get(f"studio/{path}", Accept_Encoding="gzip")
        plain = place.get(f"studio/{path}")
        assert answer["Content-Encoding"] == "gzip", path
        assert gzip.decompress(answer.body) == FILES[path]
        assert "accept-encoding" in answer["Vary"].lower()
        for name in ("Content-Type", "Cache-Control", policy.CSP):
            assert answer[name] == plain[name], path


def test_what_is_not_there_is_not_found(place: Place) -> None:
    asked = ("weg.mjs", "program-000000000000.pack", "voorbeeld/x/index.html", *HIDDEN)
    for path in asked:
        assert place.get(f"studio/{path}").status == 404, path
    assert place.get("studio/hosting/").status in (403, 404)  # no list of files


def test_the_site_around_it_keeps_its_own_rules(place: Place) -> None:
    answer = place.get()
    assert (answer.status, answer.body) == (200, LOUD)
    servers.check_headers(answer)
    assert answer["Cache-Control"] == policy.SHORT
    assert place.get("weg.html").body == MISSING


# ── hosts that cannot be tried here ──


def test_a_host_that_is_configured_by_file_gets_each_version() -> None:
    lines = studio.rules("/", POLICY, FILES)["_headers"].decode().splitlines()
    assert lines[lines.index("/program-5915380e4e56.pack") + 1] == f"  Cache-Control: {policy.YEAR}"
    assert lines[lines.index("/campagne-9aa40bdeb66e.bundle") + 1] == f"  Cache-Control: {policy.DAY}"
    assert lines[lines.index("/pyodide-314.0.7/*") + 1] == f"  Cache-Control: {policy.YEAR}"
    assert sum("Content-Security-Policy" in line for line in lines) == 1


def test_web_config_adds_nothing_twice() -> None:
    tree = ElementTree.fromstring(studio.rules("/", POLICY, FILES)["web.config"])
    for group in tree.iter():
        keys = [next(iter(each.attrib.values())) for each in group if each.tag in ("add", "mimeMap")]
        removed = [next(iter(each.attrib.values())) for each in group if each.tag == "remove"]
        assert len(keys) == len(set(keys))
        assert set(removed) <= set(keys)
    types = {each.attrib["fileExtension"]: each.attrib["mimeType"] for each in tree.iter("mimeMap")}
    assert types[".wasm"] == "application/wasm"
    places = {each.attrib["path"] for each in tree.iter("location")}
    assert places == {"pyodide-314.0.7", "program-5915380e4e56.pack", "campagne-9aa40bdeb66e.bundle"}
