"""A member who means harm: what it writes is text, and only its own files are read."""

from __future__ import annotations

import json
import re
import struct
import zlib
from pathlib import Path

import pytest

from helpers.sites import SMALL, Campaign
from microsite.brand.fonts import DEFAULT
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import split_pieces

EVIL = (
    "\"><script src=//boos.example/x.js></script><img src=x onerror=alert(1)>{{ 7*191 }}{% raw %}${7*191}'}*{"
)
RAW = ("<script src=//boos", "<img src=x onerror", "onerror=alert(1)>", "</style><", "1337")
PLAIN = (".vcf", ".webmanifest")  # an address book and a home screen show text as it is
TEXTS = ("name", "region", "sender", "licence")
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
FONT = (Path(__file__).parents[2] / "assets/fonts" / f"{DEFAULT}.woff2").read_bytes()


def brand(campaign: Campaign, **changes: object) -> None:
    """A member of which these keys are other than they should be."""
    keys = {"name": "Lid", "logo": "logo.svg", "colour": "#00506b", "url": "https://lid.example/", **changes}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items()]
    campaign.write("brands/lid/brand.yaml", "".join(lines))
    campaign.write("brands/lid/logo.svg", LOGO)


def files(campaign: Campaign) -> dict[str, str]:
    folder = campaign.output / "lid"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes().decode("utf-8", "replace")
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_texts_of_a_member_are_text_in_every_file(campaign: Campaign) -> None:
    contact = dict.fromkeys(("name", "role", "address"), EVIL) | {"email": "post@lid.example"}
    profiles = [{"name": EVIL, "url": "https://profiel.example/"}]
    said = {"welcome": "Welkom " + EVIL, "call_to_action": "Doe " + EVIL, "about": "Over " + EVIL}
    brand(campaign, **dict.fromkeys(TEXTS, EVIL), contact=contact, profiles=profiles, texts=said)
    page = SMALL["content/nieuws/start.md"].replace("Vandaag.", f"Dit is {EVIL} niet.")
    campaign.write("brands/lid/content/nieuws/eigen.md", page)
    report = campaign.build("--brand", "lid")
    assert report.status == 0, report.said
    made = files(campaign)
    assert "&lt;script src=//boos.example/x.js&gt;" in made["index.html"]
    assert "Dit is" in made["nieuws/eigen.html"]
    assert all(f"{word} &#34;&gt;" in made["index.html"] for word in ("Welkom", "Doe", "Over"))
    read_as_markup = {path: words for path, words in made.items() if not path.endswith(PLAIN)}
    assert not {(path, word) for path, words in read_as_markup.items() for word in RAW if word in words}
    assert not [path for path, words in made.items() if path.endswith(".css") and "boos" in words]


def test_a_link_in_a_page_runs_nothing(campaign: Campaign) -> None:
    brand(campaign)
    page = SMALL["content/nieuws/start.md"].replace("Vandaag.", "[Kijk](javascript:alert(1))")
    campaign.write("brands/lid/content/nieuws/eigen.md", page)
    report = campaign.build("--brand", "lid")
    assert report.only()["path"] == "brands/lid/content/nieuws/eigen.md"
    assert not [path for path, words in files(campaign).items() if 'href="javascript:' in words]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//lid.example/",
        "https://lid.example@boos.example/",
        "https://lid.example\\@boos.example/",
        "https://lіd.example/",  # a Cyrillic і
        "https://lid.example/\u202eelpmaxe",
        'https://lid.example/"><script>',
        "https://lid.example:99999/",
        "https:///lid.example/",
    ],
)
@pytest.mark.parametrize("key", ["url", "profiles"])
def test_addresses_that_only_look_like_one_are_refused(campaign: Campaign, key: str, url: str) -> None:
    brand(campaign, **{key: url if key == "url" else [{"name": "Elders", "url": url}]})
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert not (campaign.output / "lid").exists()
    assert report.only()["path"] == "brands/lid/brand.yaml"
    assert report.only()["line"] > 0


@pytest.mark.parametrize("key", ["logo", "font"])
@pytest.mark.parametrize(
    "path", ["../ander/geheim.svg", "../../content/site.yaml", "/etc/passwd", "C:\\geheim", "brand.yaml", "."]
)
def test_files_outside_the_own_folder_are_not_there(campaign: Campaign, key: str, path: str) -> None:
    campaign.write("brands/ander/geheim.svg", LOGO)
    brand(campaign, **{key: path})
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert report.only()["path"] == "brands/lid/brand.yaml"
    assert not (campaign.output / "lid").exists()


@pytest.mark.parametrize(("key", "name"), [("logo", "logo.svg"), ("font", "huis.woff2")])
def test_a_link_to_another_file_is_not_followed(campaign: Campaign, key: str, name: str) -> None:
    brand(campaign, **{key: name})
    other = campaign.write(f"brands/ander/{name}", FONT if key == "font" else LOGO)
    place = campaign.root / "brands/lid" / name
    place.unlink(missing_ok=True)
    place.symlink_to(other)
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert any(f"brands/lid/{name}" in problem for problem in report.problems)
    assert not (campaign.output / "lid").exists()


@pytest.mark.parametrize(
    "colour",
    [
        "red; } body { display: none",
        "url(//boos.example)",
        "var(--ink)",
        "#fff}*{",
        "rgb(1e999 0 0)",
        "{{ 7*7 }}",
    ],
)
def test_a_colour_is_a_colour_or_nothing(campaign: Campaign, colour: str) -> None:
    brand(campaign, colour=colour)
    report = campaign.build("--brand", "lid")
    assert report.status == 1
    assert report.only()["line"] == 3


# ── addresses that only look like another ──

LOOK_ALIKE = [
    "https://lіd.example/",  # a Cyrillic і
    "https://ρaypal.example/",
    "https://xn--ld-knc.example/",  # the same, as browsers send it
    "https://xn--80ak6aa92e.example/",  # all of it Cyrillic
    "https://lid。example/",
    "https://lıd.example/",  # a dotless i
    "https://ⓛid.example/",
    "https://ex%61mple.example/",
    "https://lid.example@boos.example/",
    "https://lid.example:pw@boos.example/",
    "https://lid.example/\u202eelpmaxe",
    "https://lid\u200b.example/",
    "https://lid.example:99999/",
    "mailto:info@lіd.example",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "jаvascript:alert(1)",
    "vbscript:x",
    "data:text/html;base64,PHNjcmlwdD4=",
    "blob:https://lid.example/x",
    "//boos.example/",
    "https:/\\boos.example/",
]


@pytest.mark.parametrize("url", LOOK_ALIKE)
@pytest.mark.parametrize("form", ["[Kijk]({})", '<a href="{}">Kijk</a>', "[Kijk][a]\n\n[a]: {}"])
def test_a_link_in_a_text_leads_where_it_seems_to(url: str, form: str) -> None:
    prose, problems = render(f"Zie {form.format(url)}.", "eigen.md", 1)
    assert problems or "<a" not in "".join(split_pieces(prose.html))
    assert "href" not in "".join(split_pieces(prose.html))


@pytest.mark.parametrize(
    "url",
    [
        "https://café.nl/",
        "https://xn--caf-dma.nl/",
        "https://nl.wikipedia.org/wiki/Café?a=b#c",
        "http://a.nl:8080/",
    ],
)
def test_an_address_with_accents_is_an_address(url: str) -> None:
    prose, problems = render(f"[Kijk]({url})", "eigen.md", 1)
    assert (problems, "href" in "".join(split_pieces(prose.html))) == ((), True)


@pytest.mark.parametrize("url", [u for u in LOOK_ALIKE if "lid.example:99999" not in u])
@pytest.mark.parametrize("key", ["url", "profiles"])
def test_no_address_of_a_member_is_a_trick(campaign: Campaign, key: str, url: str) -> None:
    brand(campaign, **{key: url if key == "url" else [{"name": "Elders", "url": url}]})
    problem = campaign.run("check", "--brand", "lid").only()
    assert (problem["path"], bool(problem["hint"])) == ("brands/lid/brand.yaml", True)


@pytest.mark.parametrize("words", ["https://bank.nl", "bank.nl", "WWW.bank.nl/inloggen", "**bank.nl**"])
def test_the_words_of_a_link_are_no_other_address(words: str) -> None:
    prose, problems = render(f"[{words}](https://boos.example/)", "eigen.md", 1)
    assert "the link leads to boos.example" in problems[0].message.render()
    assert "href" not in "".join(split_pieces(prose.html))
    for fine in (
        f"[{words}](https://mijn.bank.nl/x)",
        f"[Lees meer bij {words} zelf](https://ander.example/)",
    ):
        assert render(fine, "eigen.md", 1)[1] == ()


# ── files that do harm ──


def png(width: int, height: int) -> bytes:
    """A picture of this size that weighs next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    packed = b"".join(rows.compress(line) for _ in range(min(height, 3000))) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((30_000, 30_000), "million pixels"),
        ((15_000, 15_000), "million pixels"),
        ((30_000, 9), "longer than"),
    ],
)
def test_a_logo_that_would_fill_the_memory_is_refused(
    campaign: Campaign, size: tuple[int, int], words: str
) -> None:
    brand(campaign, logo="logo.png")
    campaign.write("brands/lid/logo.png", png(*size))
    problem = campaign.run("check", "--brand", "lid").only()
    assert (problem["path"], words in problem["message"]) == ("brands/lid/logo.png", True)


@pytest.mark.parametrize(
    "logo",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        png(9, 9)[:40],
        b"<svg",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
    ],
)
@pytest.mark.parametrize("name", ["logo.png", "logo.svg"])
def test_a_logo_that_is_none_is_refused(campaign: Campaign, name: str, logo: bytes) -> None:
    brand(campaign, logo=name)
    campaign.write(f"brands/lid/{name}", logo)
    problem = campaign.run("check", "--brand", "lid").only()
    assert problem["path"] == f"brands/lid/{name}"


@pytest.mark.parametrize(
    "tokens",
    [
        '{"color": {"primary": ' + "[" * 5000 + "]" * 5000 + "}}",
        '{"a":' * 3000 + "1" + "}" * 3000,
        '{"color": {"primary": "' + "x" * 1_100_000 + '"}}',
        '{"color": {"primary": {"$value": "{a.b}"}}, "a": {"b": {"$value": "{color.primary}"}}}',
        '{"color": {"primary": {"$value": "{color.primary}"}}}',
        '{"color": {"primary": {"$value": "red; } body { display: none"}}}',
        '{"color": {"primary": {"$value": "url(https://boos.example/x)"}}}',
        '{"color": {"primary": {"$value": "var(--ink)"}}}',
        '{"color": {"primary": {"$value": "expression(alert(1))"}}}',
        '{"color": {"primary": 1' + "0" * 5000 + "}}",
        "&a [*a]",
        "!!python/object/apply:os.system ['true']",
    ],
    ids=range(12),
)
def test_design_tokens_do_nothing_but_give_colours(campaign: Campaign, tokens: str) -> None:
    brand(campaign, tokens="huis.json", colour="")
    campaign.write("brands/lid/huis.json", tokens)
    report = campaign.run("check", "--brand", "lid")
    assert report.status == 1
    assert {problem["path"] for problem in report.data["problems"]} <= {
        "brands/lid/huis.json",
        "brands/lid/brand.yaml",
    }


def test_a_font_of_the_tokens_ends_up_in_no_stylesheet(campaign: Campaign) -> None:
    brand(campaign, tokens="huis.json")
    evil = "Boos'; } body { background: url(//boos.example) } a { font-family: 'x"
    campaign.write("brands/lid/huis.json", json.dumps({"utrecht": {"document": {"font-family": evil}}}))
    assert campaign.build("--brand", "lid").status == 0
    assert not [path for path, words in files(campaign).items() if "boos" in words.lower()]


NAMES = [
    "met\nregel.md",
    "nieuws\u202edm.exe.md",
    "a\\..\\b.md",
    "stuur\x1b[2J.md",
    "nul\u200b.md",
    "con.md",
    "NUL.md",
    "com1.md",
    "aux.txt",
    "punt.md.",
    "spatie .md",
    "x:y.md",
    "map/prn.svg/geheim.md",
    "vraag?.md",
    f"{'a' * 251}.md",
    f"{'é' * 125}.md",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_odd_file_names_harm_nobody(campaign: Campaign, name: str) -> None:
    """They are refused with a reason, or published under a name that every disk and address can have."""
    brand(campaign)
    page = SMALL["content/nieuws/start.md"]
    campaign.write(f"brands/lid/content/nieuws/{name}", page)
    report = campaign.build("--brand", "lid")
    for problem in report.data["problems"]:
        assert problem["hint"]
        assert problem["path"].startswith("brands/lid/")
    assert "\x1b" not in report.said
    assert "\u202e" not in report.said
    for path in files(campaign):
        stems = {part.split(".")[0] for part in path.split("/")}
        assert not stems & {"con", "nul", "com1", "aux"}, path
        assert all(len(part) <= 200 for part in path.split("/")), path
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", path), path


def test_a_folder_that_is_a_link_is_not_entered(campaign: Campaign) -> None:
    brand(campaign)
    other = campaign.write("brands/ander/content/nieuws/geheim.md", SMALL["content/nieuws/start.md"]).parent
    (campaign.root / "brands/lid/content").symlink_to(other.parent, target_is_directory=True)
    report = campaign.build("--brand", "lid")
    assert report.only()["path"] == "brands/lid/content"
    assert not [path for path in files(campaign) if "geheim" in path]
