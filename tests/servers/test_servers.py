"""The rules of ``microsite.rendering.hosting`` on nginx, Apache and Caddy, and a server without any rules."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from helpers.servers import (
    BASES,
    LOUD,
    OTHERS,
    OURS,
    WORDPRESS,
    Answer,
    Place,
    apache,
    at,
    caddy,
    check_headers,
    nginx,
    program,
    python,
    write,
)
from microsite.rendering.hosting import policy, servers

GONE = ("verhalen/weg.html", "verhalen/één (2).html")
MOVED = (("verhalen/oud (1).html", "verhalen/"), ("2019/oud/index.html", "index.html"), ("oud.html", ""))

PAGE = b"<!doctype html><meta charset=utf-8><title>Pagina</title><p>Caf\xc3\xa9"
MISSING = b"<!doctype html><meta charset=utf-8><title>Niet gevonden</title><p>Deze pagina is er niet."
EMPTY = b"<!doctype html><meta charset=utf-8><title>Niet gevonden</title>"

FILES = {
    "index.html": PAGE,
    "404.html": MISSING,
    "verhalen/index.html": PAGE,
    "verhalen/amina.html": PAGE,
    "css/site-0123456789.css": b"body{color:#123}\n" * 40,
    "css/site-0a1b2c3d4e.css": b"body{color:#123}\n" * 40,
    "css/soorten-0a1b2c3d4e.css": Path(__file__, "../../../assets/kinds/20-pages.css").resolve().read_bytes(),
    "js/site-a1b2c3d4e5.js": b"'use strict';\n" * 40,
    "beeld/amina-a1b2c3d4e5-800.avif": b"avif",
    "beeld/amina-a1b2c3d4e5-delen.jpg": b"jpg" * 400,
    "beeld/groot-a1b2c3d4e5.svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g/>" * 200 + b"</svg>",
    "beeld/logo-a1b2c3d4e5.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "fonts/tekst-a1b2c3d4e5.woff2": b"font",
    "bestanden/poster.pdf": b"pdf",
    "bestanden/foto-2026030212.jpg": b"jpg",
    "bestanden/brief.docx": b"docx",
    "bestanden/acties.ics": b"BEGIN:VCALENDAR\r\n",
    "bestanden/film.vtt": b"WEBVTT\n",
    "bestanden/film.mp4": b"mp4",
    "feed.xml": b"<feed xmlns='http://www.w3.org/2005/Atom'/>" * 9,
    "sitemap.xml": b"<urlset/>",
    "robots.txt": b"User-agent: *\n",
    ".well-known/security.txt": b"Contact: mailto:post@example.org\n",
}
SECRET = {
    ".git/config": b"geheim",
    ".env": b"geheim",
    "verhalen/.amina.html.swp": b"geheim",
    "hosting/nginx.conf": b"",
    "hosting/Caddyfile": b"",
    "_headers": b"",
    "web.config": b"",
    ".htaccess": b"",
}
TWINS = ("index.html", "404.html", "css/site-0a1b2c3d4e.css", "js/site-a1b2c3d4e5.js", "feed.xml")
UNPACKED = [path for path in FILES if path not in TWINS]

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "mp4": "video/mp4",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
KEPT_A_YEAR = {
    "css/site-0a1b2c3d4e.css",
    "css/soorten-0a1b2c3d4e.css",
    "js/site-a1b2c3d4e5.js",
    "fonts/tekst-a1b2c3d4e5.woff2",
}
KEPT_A_DAY = {"beeld/amina-a1b2c3d4e5-800.avif", "beeld/amina-a1b2c3d4e5-delen.jpg"}
EITHER_WAY = {"css/site-0123456789.css"}  # Apache sees no folder, and takes ten digits for a date


# ── a site and what is around it ─────────────────────────────────────────────────────────────────────


def write_site(folder: Path, base: str) -> None:
    files = (*servers.FILES, servers.REDIRECTS)
    rules = {path: recipe(base=quote(base), gone=GONE, moved=MOVED) for path, recipe in files}
    twins = {f"{path}.gz": gzip.compress(FILES[path], mtime=0) for path in TWINS}
    marked = {f"{path}.br": b"br:" + FILES[path] for path in TWINS}  # told apart, never unpacked
    removed = dict.fromkeys((*GONE, *dict(MOVED)), EMPTY)  # for servers that have no rules for these
    write(folder, FILES | SECRET | rules | twins | marked | removed)


def write_sites(folder: Path) -> None:
    """``alone`` is a site at the root; ``shared`` another's site with ours in folders of it."""
    write_site(folder / "alone", "/")
    write(folder / "shared", {"index.php": LOUD, ".htaccess": WORDPRESS})
    for base in BASES[1:]:
        write_site(folder / "shared" / base.strip("/"), base)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def ports(request: pytest.FixtureRequest) -> Iterator[tuple[int, int]]:
    start = {"nginx": nginx, "apache": apache}[request.param]
    with start(write_sites) as found:
        yield found


@pytest.fixture(params=BASES)
def place(request: pytest.FixtureRequest, ports: tuple[int, int]) -> Place:
    return at(ports, request.param)


# ── what every visitor gets ──────────────────────────────────────────────────────────────────────────


def check_missing(answer: Answer, status: int = 404) -> None:
    assert answer.status == status
    assert answer.body == MISSING
    assert answer["Content-Type"] == TYPES["html"]
    assert answer["Cache-Control"] == policy.SHORT
    assert not answer["Expires"]
    check_headers(answer)


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_served_with_its_type_its_headers_and_its_cache_rule(place: Place, path: str) -> None:
    answer = place.get(path)

    assert (answer.status, answer.body) == (200, FILES[path])
    feed = "application/atom+xml; charset=utf-8"
    assert answer["Content-Type"] == (feed if path == "feed.xml" else TYPES[path.rpartition(".")[2]])
    check_headers(answer, policy.SVG_CSP if path.endswith(".svg") else policy.HEADER_CSP)
    if path not in EITHER_WAY:
        lasting = {policy.YEAR: KEPT_A_YEAR, policy.DAY: KEPT_A_DAY}
        kept = [value for value, paths in lasting.items() if path in paths]
        assert answer["Cache-Control"] == (kept or [policy.SHORT])[0]
    assert not answer["Content-Encoding"]
    assert not answer["Expires"]


@pytest.mark.parametrize("path", ["", "verhalen/"])
def test_a_folder_shows_its_index(place: Place, path: str) -> None:
    answer = place.get(path)

    assert (answer.status, answer.body) == (200, PAGE)
    assert answer["Cache-Control"] == policy.SHORT
    check_headers(answer)


def test_a_folder_without_slash_is_led_to_the_one_with_it(place: Place) -> None:
    answer = place.get("verhalen")

    assert answer.status == 301
    assert unquote(answer["Location"]).endswith(f"{place.base}verhalen/")


@pytest.mark.parametrize(
    "path",
    ["verhalen/nooit.html", "nooit", "nooit/ergens.html", "css/site-ffffffffff.css", "beeld/x.svg", "x.php"],
)
def test_what_is_not_there_is_404_with_the_sites_own_page(place: Place, path: str) -> None:
    check_missing(place.get(path))


def test_the_404_page_may_come_packed(place: Place) -> None:
    answer = place.get("nooit.html", Accept_Encoding="gzip")

    assert answer.status == 404
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body) == MISSING
    assert answer["Content-Type"] == TYPES["html"]
    check_headers(answer)


@pytest.mark.parametrize("path", GONE)
def test_what_was_taken_away_is_410(place: Place, path: str) -> None:
    check_missing(place.get(path), 410)


def check_moved(place: Place, old: str, new: str) -> None:
    answer = place.get(old)
    assert answer.status == 301
    assert unquote(answer["Location"]).endswith(f"{place.base}{new}")


@pytest.mark.parametrize(("old", "new"), MOVED)
def test_what_has_moved_is_301(place: Place, old: str, new: str) -> None:
    check_moved(place, old, new)


@pytest.mark.parametrize("path", ["css/", "beeld/", "bestanden/", "hosting/", ".well-known/"])
def test_no_folder_is_listed(place: Place, path: str) -> None:
    check_missing(place.get(path))


@pytest.mark.parametrize("path", SECRET)
def test_files_for_the_server_are_not_for_visitors(place: Place, path: str) -> None:
    check_missing(place.get(path))


@pytest.mark.parametrize("path", TWINS)
def test_a_packed_copy_is_sent_to_who_can_unpack_it(place: Place, path: str) -> None:
    packed = place.get(path, Accept_Encoding="gzip")
    plain = place.get(path)

    assert packed["Content-Encoding"] == "gzip"
    assert packed.body == gzip.compress(FILES[path], mtime=0)
    assert plain.body == FILES[path]
    for answer in (packed, plain):
        assert "accept-encoding" in answer["Vary"].lower()
    for name in ("Content-Type", "Cache-Control", *dict(policy.HEADERS)):
        assert packed[name] == plain[name]


@pytest.mark.parametrize("path", ["css/soorten-0a1b2c3d4e.css", "beeld/groot-a1b2c3d4e5.svg"])
def test_what_has_no_packed_copy_is_packed_by_the_server(place: Place, path: str) -> None:
    packed = place.get(path, Accept_Encoding="gzip")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == FILES[path]
    assert len(packed.body) < 1.05 * len(gzip.compress(FILES[path]))
    assert "accept-encoding" in packed["Vary"].lower()
    assert place.get(path).body == FILES[path]


def test_a_photo_is_sent_as_it_is(place: Place) -> None:
    path = "beeld/amina-a1b2c3d4e5-delen.jpg"
    answer = place.get(path, Accept_Encoding="gzip")

    assert (answer["Content-Encoding"], answer.body) == ("", FILES[path])


def test_the_index_comes_packed_too(place: Place) -> None:
    answer = place.get(Accept_Encoding="gzip, deflate")

    assert (answer.status, answer["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(answer.body) == PAGE


def test_an_answer_that_nothing_changed_keeps_its_rules(place: Place) -> None:
    first = place.get("verhalen/amina.html")
    again = place.get("verhalen/amina.html", If_None_Match=first["ETag"])

    assert (again.status, again.body) == (304, b"")
    assert again["Content-Security-Policy"] == policy.HEADER_CSP
    assert again["Cache-Control"] == policy.SHORT


def test_the_site_around_ours_is_left_alone(ports: tuple[int, int]) -> None:
    outside = Place(ports[1], "/")

    assert outside.get("index.php").body == LOUD
    assert outside.get("iets/anders").body == LOUD
    assert outside.get("index.php")["X-Frame-Options"] == "SAMEORIGIN"


# ── Apache, as a member's host may have it ───────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def full_apache() -> Iterator[tuple[int, int]]:
    with apache(write_sites, (*OURS, *OTHERS)) as found:
        yield found


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("path", TWINS)
def test_apache_prefers_brotli(full_apache: tuple[int, int], base: str, path: str) -> None:
    answer = at(full_apache, base).get(path, Accept_Encoding="gzip, br")

    assert answer["Content-Encoding"] == "br"
    assert answer.body == b"br:" + FILES[path]
    assert not answer["Content-Language"]
    assert answer["Content-Type"] == at(full_apache, base).get(path)["Content-Type"]


@pytest.mark.parametrize(
    "modules",
    [(), *((one,) for one in OURS), *(tuple(m for m in OURS if m != one) for one in OURS), OTHERS],
    ids=lambda modules: "+".join(modules) or "none",
)
def test_apache_serves_pages_whatever_module_is_missing(modules: tuple[str, ...]) -> None:
    with apache(write_sites, modules) as found:
        for base in BASES:
            place = at(found, base)
            for path in ("index.html", "verhalen/amina.html", "css/site-0a1b2c3d4e.css"):
                answer = place.get(path)
                assert (answer.status, answer.body) == (200, FILES[path])
            missing = place.get("verhalen/nooit.html")
            fallback = "dir" in modules and "rewrite" not in modules and base != "/"
            assert missing.body == (LOUD if fallback else MISSING)


# ── Caddy ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def caddy_ports() -> Iterator[tuple[int, int]]:
    with caddy(write_sites) as found:
        yield found


@pytest.mark.parametrize("base", BASES[:2])
def test_caddy_keeps_the_same_rules(caddy_ports: tuple[int, int], base: str) -> None:
    place = at(caddy_ports, base)

    for path, content in FILES.items():
        answer = place.get(path)
        assert (answer.status, answer.body) == (200, content)
        check_headers(answer, policy.SVG_CSP if path.endswith(".svg") else policy.HEADER_CSP)
    for path in GONE:
        check_missing(place.get(path), 410)
    for old, new in MOVED:
        check_moved(place, old, new)
    for path in (*SECRET, "verhalen/nooit.html"):
        check_missing(place.get(path))


# ── a server without any rules ───────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def plain_ports() -> Iterator[tuple[int, int]]:
    with python(write_sites) as found:
        yield found


@pytest.mark.parametrize("base", BASES)
def test_a_server_without_rules_serves_the_same_files(plain_ports: tuple[int, int], base: str) -> None:
    place = at(plain_ports, base)

    assert place.get().body == PAGE
    for path, content in FILES.items():
        answer = place.get(path)
        assert (answer.status, answer.body) == (200, content)
    assert place.get("nooit.html").status == 404
    assert [place.get(path).body for path in GONE] == [EMPTY, EMPTY]


def test_a_server_that_is_not_installed_is_a_failure_with_its_cure() -> None:
    with pytest.raises(pytest.fail.Exception, match="apt-get install the-package"):
        program("no-such-server", "the-package")
