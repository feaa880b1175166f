"""The rules for web servers: one policy, the same in every server's words, whatever the site's address is."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.core.urls import base_path
from microsite.rendering.artifact import artifact
from microsite.rendering.hosting import policy, servers
from microsite.rendering.hosting.policy import CACHE_CONTROL, CSP, HEADERS

Rules = list[tuple[str, str]]

BASE = "/a/b/campagne/"
WITHOUT_POLICY = [header for header in HEADERS if header[0] != CSP]
DRAWING = (CSP, policy.SVG_CSP)
SHORT, DAY, YEAR = ((CACHE_CONTROL, value) for value in (policy.SHORT, policy.DAY, policy.YEAR))
RECIPES = dict(servers.FILES)


def made(path: str, base: str = BASE, gone: tuple[str, ...] = ()) -> str:
    return RECIPES[path](base=base, gone=gone).decode()


# ── reading the files back ───────────────────────────────────────────────────────────────────────────


def read_headers(text: str) -> dict[str, Rules]:
    rules: dict[str, Rules] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            rules[line] = current = []
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            current.append((name, value))
    return rules


def read_htaccess(text: str) -> dict[str, Rules]:
    """What is set for each kind of file; each header must first be taken off the other list."""
    rules: dict[str, Rules] = {}
    for line in map(str.strip, text.splitlines()):
        if match := re.fullmatch(r'<FilesMatch "(.*)">', line):
            current = rules.setdefault(match[1], [])
        elif match := re.fullmatch(r'Header always set (\S+) "(.*)"', line):
            current.append((match[1], match[2]))
    return {pattern: headers for pattern, headers in rules.items() if headers}


def read_nginx(text: str) -> dict[str, Rules]:
    rules: dict[str, Rules] = {}
    inside: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("#"):
            continue
        if match := re.fullmatch(r"location (.+) \{", line):
            inside.append(match[1])
        elif line.endswith("{"):
            inside.append("")
        elif line == "}":
            inside.pop()
        elif match := re.fullmatch(r'add_header (\S+) "([^"]*)" always;', line):
            rules.setdefault(inside[-1], []).append((match[1], match[2]))
    assert not inside
    return rules


def read_caddy(text: str) -> dict[str, Rules]:
    rules: dict[str, Rules] = {}
    part, inside = "pages", False
    for line in map(str.strip, text.splitlines()):
        if line == "handle_errors {":
            part = "errors"
        if line in ("header {", "}"):
            inside = line != "}"
        elif inside and (match := re.fullmatch(r'(\S+) "([^"]*)"', line)):
            rules.setdefault(part, []).append((match[1], match[2]))
        elif match := re.fullmatch(r'header (@\S+) (\S+) "([^"]*)"', line):
            rules.setdefault(match[1], []).append((match[2], match[3]))
    return rules


def read_web_config(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())


def iis_headers(element: ElementTree.Element | None) -> Rules:
    assert element is not None
    found = element.findall("./httpProtocol/customHeaders/add")
    return [(add.attrib["name"], add.attrib["value"]) for add in found]


def iis_types(element: ElementTree.Element | None) -> Rules:
    assert element is not None
    found = element.findall("./staticContent/mimeMap")
    return [(add.attrib["fileExtension"].lstrip("."), add.attrib["mimeType"]) for add in found]


def patterns(kept: tuple[str, str], caddy_name: str) -> dict[str, Callable[[str], bool]]:
    """What each server that matches by name takes for a file of ``BASE`` that is kept as long as this."""
    apache = next(p for p, rules in read_htaccess(made(".htaccess")).items() if rules == [kept])
    nginx = next(p for p, rules in read_nginx(made("hosting/nginx.conf")).items() if kept in rules)
    caddy = re.search(rf"@{caddy_name} path_regexp `(.*)`", made("hosting/Caddyfile"))
    assert caddy is not None
    return {
        "apache": lambda path: re.search(apache, path.rpartition("/")[2]) is not None,
        "nginx": lambda path: re.search(nginx.removeprefix("~ ").strip('"'), BASE + path) is not None,
        "caddy": lambda path: re.search(caddy[1], BASE + path) is not None,
    }


# ── the policy ───────────────────────────────────────────────────────────────────────────────────────


def directives(policy: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in policy.split("; ") if " " in part)


def test_the_policy_of_a_page_holds_only_what_browsers_heed_in_a_page() -> None:
    assert directives(policy.META_CSP) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "media-src": "'self' data:",
        "manifest-src": "'self'",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_nothing_is_allowed_that_internet_nl_refuses() -> None:
    for csp in (policy.HEADER_CSP, policy.SVG_CSP):
        assert "unsafe" not in csp
        assert "http:" not in csp
        assert "*" not in csp
        assert directives(csp)["frame-ancestors"] == "'none'"
    assert policy.SVG_CSP.endswith("; sandbox")


def test_what_the_site_itself_uses_is_not_switched_off() -> None:
    features = dict(HEADERS)["Permissions-Policy"]

    assert all(feature.endswith("=()") for feature in features.split(", "))
    for used in ("fullscreen", "web-share", "clipboard-write", "picture-in-picture"):
        assert used not in features


@pytest.mark.parametrize(("name", "value"), [*HEADERS, policy.HSTS, SHORT, DAY, YEAR])
def test_a_value_has_no_sign_with_a_meaning_in_any_server(name: str, value: str) -> None:
    assert re.fullmatch(r"[A-Za-z-]+", name)
    assert re.fullmatch(r"[a-zA-Z0-9 ;:,'()=-]+", value)


# ── the same in every file ───────────────────────────────────────────────────────────────────────────


def test_headers_file() -> None:
    rules = read_headers(made("_headers"))

    assert rules == {
        f"{BASE}*": list(HEADERS),
        f"{BASE}beeld/*": [DAY, DRAWING],
        f"{BASE}css/*": [YEAR],
        f"{BASE}fonts/*": [YEAR],
        f"{BASE}js/*": [YEAR],
        f"{BASE}feed.xml": [("Content-Type", policy.FEED[1])],
    }


def test_headers_file_says_nothing_twice_that_cannot_be_joined() -> None:
    rules = read_headers(made("_headers"))

    general = {name for name, _ in rules[f"{BASE}*"]}
    assert {name for path, r in rules.items() for name, _ in r if path != f"{BASE}*"} & general == {CSP}
    assert all("*" not in path.removesuffix("/*") for path in rules)


def test_headers_file_keeps_within_the_limits_of_cloudflare() -> None:
    text = made("_headers", "/" + "a" * 200 + "/")

    assert len(read_headers(text)) <= 100
    assert max(map(len, text.splitlines())) <= 2000


def test_htaccess() -> None:
    text = made(".htaccess")
    rules = read_htaccess(text)

    assert rules.pop("^") == [*HEADERS, SHORT]
    assert list(rules.values()) == [[YEAR], [DAY], [DRAWING]]
    for name, _ in [*HEADERS, SHORT]:
        assert f"Header onsuccess unset {name}\n" in text
    types = re.findall(r'AddType "(.+)" \.(\w+)', text)
    assert [(suffix, kind) for kind, suffix in types] == list(policy.CONTENT_TYPES)
    assert f'<FilesMatch "^feed\\.xml(\\.(br|gz))?$">\n        ForceType "{policy.FEED[1]}"' in text


def test_htaccess_asks_for_nothing_that_a_host_may_lack_or_forbid() -> None:
    depth, bare, names = 0, [], set()
    for line in map(str.strip, made(".htaccess", gone=("a.html",)).splitlines()):
        if not line or line.startswith("#"):
            continue
        if line.startswith("<IfModule "):
            depth += 1
        elif line == "</IfModule>":
            depth -= 1
        else:
            names.add(line.split()[0])
            if not depth:
                bare.append(line.split()[0])
    assert depth == 0
    assert set(bare) == {"ErrorDocument"}  # the server's own, never missing
    assert names == {
        *(
            "ErrorDocument",
            "AddOutputFilterByType",
            "AddType",
            "AddEncoding",
            "RemoveLanguage",
            "ForceType",
            "Header",
            "RedirectMatch",
        ),
        *("RewriteEngine", "RewriteOptions", "RewriteCond", "RewriteRule"),
        *("<FilesMatch", "</FilesMatch>", "<IfVersion", "</IfVersion>"),
    }


def test_nginx() -> None:
    text = made("hosting/nginx.conf")
    rules = read_nginx(text)

    assert rules.pop(f'^~ "{BASE}"') == [*HEADERS, SHORT]
    named, photos, drawing = rules.values()
    assert (named, photos) == ([*HEADERS, YEAR], [*HEADERS, DAY])
    assert drawing == [DRAWING, *WITHOUT_POLICY, SHORT]
    types = re.findall(r'^ +"(.+)" (\w+);$', text, re.MULTILINE)
    assert [(suffix, kind) for kind, suffix in types] == list(policy.CONTENT_TYPES)
    assert f'location = "{BASE}feed.xml" {{ types {{ }} default_type "{policy.FEED[1]}"; }}' in text
    assert f'error_page 403 404 =404 "{BASE}404.html";' in text
    assert re.search(r"^ +# brotli_static on;", text, re.MULTILINE)


def test_caddy() -> None:
    text = made("hosting/Caddyfile")
    rules = read_caddy(text)

    assert rules["pages"] == rules["errors"] == [*HEADERS, SHORT]
    assert rules["@vast"] == [YEAR]
    assert rules["@beeld"] == [DAY]
    assert rules["@tekening"] == [DRAWING]
    types = {name.removeprefix("@soort_"): r for name, r in rules.items() if name.startswith("@soort_")}
    assert types.pop("feed") == [("Content-Type", policy.FEED[1])]
    assert types == {suffix: [("Content-Type", dict(policy.CONTENT_TYPES)[suffix])] for suffix in types}
    assert {suffix for suffix, kind in policy.CONTENT_TYPES if "charset" in kind} <= types.keys()
    assert text.count("{") == text.count("}")


def test_web_config() -> None:
    root = read_web_config(made("web.config"))

    assert iis_headers(root.find("system.webServer")) == [*HEADERS, SHORT]
    assert iis_types(root.find("system.webServer")) == list(policy.CONTENT_TYPES)
    places = {place.attrib["path"]: place.find("system.webServer") for place in root.findall("location")}
    assert iis_types(places.pop("feed.xml")) == [("xml", policy.FEED[1])]
    assert {path: iis_headers(place) for path, place in places.items()} == {
        "beeld": [DAY, DRAWING],
        "css": [YEAR],
        "fonts": [YEAR],
        "js": [YEAR],
    }


def test_web_config_removes_before_it_adds() -> None:
    """IIS answers 500 to a key that is there already."""
    for parent in read_web_config(made("web.config")).iter():
        children = list(parent)
        for before, child in zip([None, *children], children, strict=False):
            if child.tag in ("mimeMap", "add", "error"):
                assert before is not None
                assert before.tag in ("remove", "clear")
                key = next(iter(before.attrib), "")
                assert before.attrib.get(key) == child.attrib.get(key)


def test_servers_agree_on_what_is_named_by_its_content() -> None:
    named = (
        "css/site-0a1b2c3d4e.css",
        "js/site-0a1b2c3d4e.js",
        "fonts/tekst-0a1b2c3d4e0a1b2c3d4e0a1b2c3d4e0a.woff2",
    )
    others = (
        "index.html",
        "verhalen/amina-0a1b2c3d4e.html",
        "beeld/logo-0a1b2c3d4e.svg",
        "beeld/amina-0a1b2c3d4e-800.avif",
        "css/site.css",
        "css/site-0a1b2c.css",
        "css/site-0a1b2c3d4e.css.html",
        "bestanden/stijl-2026030212.css",
        "bestanden/film-0a1b2c3d4e.mp4",
        "feed.xml",
    )
    for server, matches in patterns(YEAR, "vast").items():
        assert [path for path in (*named, *others) if matches(path)] == list(named), server


def test_servers_agree_on_what_is_a_photo() -> None:
    photos = (
        "beeld/amina-0a1b2c3d4e-800.avif",
        "beeld/amina-0a1b2c3d4e-delen.jpg",
        "beeld/icoon-0a1b2c3d4e.png",
    )
    others = (
        "css/site-0a1b2c3d4e.css",
        "beeld/logo-0a1b2c3d4e.svg",
        "beeld/amina.jpg",
        "beeld/amina-0a1b2c.jpg",
        "beeld/amina-0a1b2c3d4e.jpg.html",
        "bestanden/foto-2026030212.jpg",
    )
    for server, matches in patterns(DAY, "beeld").items():
        assert [path for path in (*photos, *others) if matches(path)] == list(photos), server


@pytest.mark.parametrize("path", [path for path, _ in servers.FILES if path != ".nojekyll"])
def test_https_only_is_the_owners_decision(path: str) -> None:
    text = made(path)

    assert policy.HSTS[1] in text
    bare = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    for line in bare.splitlines():
        assert policy.HSTS[0] not in line.partition("#")[0]


@pytest.mark.parametrize(("path", "recipe"), servers.FILES)
def test_a_recipe_is_a_plain_function_of_its_inputs(path: str, recipe: Callable[..., bytes]) -> None:
    made_here = artifact(path, recipe, base=BASE, gone=("b.html", "a.html"))

    assert pickle.loads(pickle.dumps(made_here)).make() == made_here.make()
    assert made_here.make() == recipe(base=BASE, gone=("a.html", "b.html", "a.html"))
    assert recipe(base=BASE) == recipe(base=BASE, gone=())
    assert b"\r" not in made_here.make()


@pytest.mark.parametrize("path", [path for path, _ in servers.FILES])
def test_no_server_sends_a_file_that_is_meant_for_servers(path: str) -> None:
    segments = re.findall(r'<add segment="(.*)" />', made("web.config"))

    assert re.search(policy.HIDDEN, f"{BASE}{path}")
    assert path.partition("/")[0] in (*segments, "web.config")  # IIS hides its own


def test_a_guide_names_files_that_a_site_has() -> None:
    paths = {path for path, _ in servers.FILES} | {policy.NOT_FOUND}

    assert {path for guide in servers.GUIDES.values() for path in guide.reads} <= paths


def test_github_pages_gets_an_empty_file() -> None:
    assert made(".nojekyll") == ""


# ── the site's address ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "base"),
    [
        ("/", "/"),
        ("", "/"),
        ("//", "/"),
        ("/a/b/campagne/", "/a/b/campagne/"),
        ("/a/b/campagne", "/a/b/campagne/"),
        ("a", "/a/"),
        ("/welzijn-%C3%A9%C3%A9n/", "/welzijn-één/"),
        ("/welzijn-één/", "/welzijn-één/"),
        ("/mijn%20site/", "/mijn site/"),
    ],
)
def test_base_path(path: str, base: str) -> None:
    assert base_path(path) == base


@pytest.mark.parametrize(
    "path",
    [
        '/a"/',
        "/a'/",
        "/a\n/",
        "/a%0a/",
        "/a%0d%0aX: y/",
        "/{a}/",
        "/a;}/",
        "/$uri/",
        "/a#/",
        "/a?b/",
        "/*/",
        "/a\\b/",
        "/%zz/",
        "/%2525/",
        "/%ff/",
        "/../",
        "/a/./b/",
        "/.verborgen/",
        "//a/",
        "/a//b/",
        "/ a/",
        "/<!--/",
        "/a`b/",
        "/a\u2028b/",
        "/a\u202eb/",
    ],
)
@pytest.mark.parametrize("recipe", [recipe for path, recipe in servers.FILES if path != ".nojekyll"])
def test_an_address_that_could_be_read_as_a_rule_is_refused(recipe: Callable[..., bytes], path: str) -> None:
    with pytest.raises(ValueError, match=r"has a (part|character|percent sign)|is not written in UTF-8"):
        recipe(base=path)


def test_the_root_has_no_double_slashes() -> None:
    assert "ErrorDocument 404 /404.html\n" in made(".htaccess", "/")
    assert 'location ^~ "/" {\n' in made("hosting/nginx.conf", "/")
    assert 'handle "/*" {\n' in made("hosting/Caddyfile", "/")
    assert "redir" not in made("hosting/Caddyfile", "/")
    assert "\n/css/*\n" in made("_headers", "/")
    assert 'path="404.html"' in made("web.config", "/")


def test_each_file_writes_an_address_as_its_server_reads_it() -> None:
    base = "/welzijn één/"

    assert "ErrorDocument 404 /welzijn%20%C3%A9%C3%A9n/404.html\n" in made(".htaccess", base)
    assert "\n/welzijn%20%C3%A9%C3%A9n/css/*\n" in made("_headers", base)
    assert 'location ^~ "/welzijn één/" {\n' in made("hosting/nginx.conf", base)
    assert 'redir "/welzijn één" "/welzijn%20%C3%A9%C3%A9n/" permanent\n' in made("hosting/Caddyfile", base)
    assert 'path="welzijn één\\404.html"' in made("web.config", base)


def without(text: str, base: str) -> str:
    """A file with the address of the site taken out, in each of the ways in which it is written."""
    inner = base.strip("/")
    regular = re.sub(r"[.()+]", r"\\\g<0>", inner)
    ways = (regular, quote(inner), inner, inner.replace("/", "\\"))
    for way in sorted(ways, key=len, reverse=True):
        text = text.replace(f"/{way}/", "/@/").replace(f'"/{way}"', '"/@"').replace(f'"{way}\\', '"@\\')
    return text


@given(st.text(min_size=1, max_size=12) | st.text("ab/.%20\"'{}$;\n\\ é()+~", min_size=1, max_size=12))
def test_no_address_can_add_a_rule(path: str) -> None:
    base = f"/zz{path}"
    try:
        plain = base_path(base)
    except ValueError:
        return
    for name in RECIPES:
        text = made(name, base)
        assert without(text, plain) == without(made(name, "/zz/"), "/zz/")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
    read_web_config(made("web.config", base))


# ── what was taken away ──────────────────────────────────────────────────────────────────────────────

GONE = ("verhalen/amina.html", "verhalen/één (2).html")


def test_servers_that_can_answer_410_do() -> None:
    assert (
        '    RewriteRule "^verhalen/amina\\.html$" "-" [G]\n'
        '    RewriteRule "^verhalen/één \\(2\\)\\.html$" "-" [G]\n'
    ) in made(".htaccess", gone=GONE)
    assert (
        '    location = "/a/b/campagne/verhalen/amina.html" { return 410; }\n'
        '    location = "/a/b/campagne/verhalen/één (2).html" { return 410; }\n'
    ) in made("hosting/nginx.conf", gone=GONE)
    assert (
        '@weggehaald path "/a/b/campagne/verhalen/amina.html" "/a/b/campagne/verhalen/één (2).html"\n'
    ) in made("hosting/Caddyfile", gone=GONE)


@pytest.mark.parametrize("path", ["_headers", "web.config", ".nojekyll"])
def test_the_other_files_do_not_tell_who_was_taken_away(path: str) -> None:
    assert made(path, gone=GONE) == made(path)


def test_nothing_is_said_of_410_when_nothing_was_taken_away() -> None:
    assert "[G]" not in made(".htaccess")
    assert "return 410" not in made("hosting/nginx.conf")
    assert "@weggehaald" not in made("hosting/Caddyfile")


@pytest.mark.parametrize(
    "path", ["/a.html", "a//b.html", "../a.html", "", 'a".html', "a%20b.html", "a\n.html"]
)
@pytest.mark.parametrize("name", [".htaccess", "hosting/nginx.conf", "hosting/Caddyfile"])
def test_a_path_that_could_be_read_as_a_rule_is_refused(name: str, path: str) -> None:
    with pytest.raises(ValueError, match="has a"):
        made(name, gone=(path,))


def lines_about(texts: Iterator[str], word: str) -> list[str]:
    return [line for text in texts for line in text.splitlines() if word in line]


@given(st.text(min_size=1, max_size=10) | st.text("ab.+()=!@, é", min_size=1, max_size=10))
def test_each_path_adds_one_rule_of_its_own(path: str) -> None:
    gone = f"zz{path}"
    try:
        found = lines_about((made(name, gone=(gone,)) for name in RECIPES), "zz")
    except ValueError:
        return
    apache, nginx, caddy = sorted(found, key=lambda line: ("Rewrite" not in line, "location" not in line))
    pattern = re.fullmatch(r' +RewriteRule "(.+)" "-" \[G\]', apache)
    assert pattern is not None
    assert re.fullmatch(pattern[1], gone)
    assert nginx.strip() == f'location = "{BASE}{gone}" {{ return 410; }}'
    assert caddy.strip() == f'@weggehaald path "{BASE}{gone}"'
