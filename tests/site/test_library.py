"""The library: who is there, who stands beside whom, where links lead."""

from __future__ import annotations

import posixpath

import pytest
from selectolax.lexbor import LexborHTMLParser

from helpers import sites
from helpers.clips import VTT, mp4
from helpers.sites import Campaign, page, story


def links(html: str, within: str = "body") -> list[str]:
    return [node.attributes["href"] or "" for node in LexborHTMLParser(html).css(f"{within} a[href]")]


# ── who is there ──


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ("draft: false", True),
        ("draft: true", False),
        ("date: 2026-11-22", True),
        ("date: 2026-11-23", False),
        ("expires_on: 2026-11-23", True),
        ("expires_on: 2026-11-22", False),
    ],
)
def test_drafts_and_days_decide_what_exists(campaign: Campaign, line: str, there: bool) -> None:
    campaign.write("content/over.md", page("Over ons", extra=f"{line}\n"))
    report = campaign.build()
    assert report.status == 0
    assert ("over.html" in campaign.tree()) is there
    assert bool(report.problems) is not there
    assert ("Over ons" in str(campaign.tree())) is there


def test_a_list_without_a_text_of_its_own(campaign: Campaign) -> None:
    campaign.build().fine()
    assert "nieuws/index.html" in campaign.tree()
    assert links(campaign.shown("nieuws/index.html"), "main").count("start.html") >= 1


def test_an_empty_section_has_no_list(campaign: Campaign) -> None:
    campaign.remove("content/nieuws/start.md")
    campaign.build().fine()
    assert not [path for path in campaign.tree() if path.startswith("nieuws")]
    assert not [path for path, html in campaign.pages() if "nieuws/" in html]


@pytest.mark.parametrize("section", ["verhalen", "bewijs", "toolkit", "nieuws"])
def test_no_page_points_to_a_list_that_is_not_there(campaign: Campaign, section: str) -> None:
    """Also not the links that stand in templates."""
    for path in sites.SMALL:
        if path.startswith(f"content/{section}/"):
            campaign.remove(path)
    campaign.write("content/index.md", page("Begin"))
    campaign.write("content/contact.md", page())
    campaign.edit("content/site.yaml", "  - {title: Verhalen, page: verhalen/index.md}\n", "")
    if section == "verhalen":
        campaign.edit("content/bewijs/telling.md", "tags: [wonen]\n", "")
    assert campaign.build().status == 0
    files = campaign.tree()
    for path, html in campaign.pages():
        if path == "404.html":
            continue
        for link in links(html):
            if link.startswith(("http", "mailto", "tel", "#")):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.partition("#")[0]))
            assert target in files, (path, link)


def test_a_campaign_of_one_page(campaign: Campaign) -> None:
    for path in sites.SMALL:
        if path.endswith(".md"):
            campaign.remove(path)
    campaign.write("content/index.md", page("Begin"))
    campaign.write("content/site.yaml", "title: x\nslogan: y\ncore_message: z\ndescription: q\n")
    campaign.build().fine()
    assert {path for path, _ in campaign.pages()} == {"index.html", "404.html", "zoeken.html"}


# ── order and neighbours ──


def test_by_weight_then_newest_then_name(campaign: Campaign) -> None:
    for name, day, weight in (
        ("een", "2026-01-01", 0),
        ("twee", "2026-03-01", 0),
        ("drie", "2026-02-01", -1),
        ("vier", "2026-03-01", 0),
        ("vijf", "2026-09-01", 5),
    ):
        campaign.write(f"content/nieuws/{name}.md", page(name, extra=f"date: {day}\nweight: {weight}\n"))
    campaign.build().fine()
    found = dict.fromkeys(
        link for link in links(campaign.shown("nieuws/index.html"), "main") if "/" not in link
    )
    assert [link for link in found if "#" not in link] == [
        "drie.html",
        "start.html",
        "twee.html",
        "vier.html",
        "een.html",
        "vijf.html",
    ]


def test_related_are_those_that_share_most_themes_and_never_the_page_itself(campaign: Campaign) -> None:
    for name, tags in (("dina", "wonen, meedoen"), ("ede", "wonen, meedoen"), ("fay", "meedoen")):
        campaign.write(f"content/verhalen/{name}.md", story(f"Van {name}", name=name, tags=tags))
    campaign.build().fine()
    html = campaign.shown("verhalen/dina.html")
    found = links(html, "main")
    assert "ede.html" in found
    assert "dina.html" not in found


def test_the_first_and_the_last_have_one_neighbour(campaign: Campaign) -> None:
    campaign.build().fine()
    titles = {name: campaign.shown(f"verhalen/{name}.html") for name in ("anouk", "bas", "cor")}
    assert "bas.html" in links(titles["anouk"], "main")
    assert {"anouk.html", "cor.html"} <= set(links(titles["bas"], "main"))


# ── links ──


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("anouk.md", "anouk.html"),
        ("./anouk.md", "anouk.html"),
        ("../verhalen/anouk.md", "anouk.html"),
        ("/verhalen/anouk.md", "anouk.html"),
        ("/verhalen/anouk/", "anouk.html"),
        ("/verhalen/anouk", "anouk.html"),
        ("anouk.html", "anouk.html"),
        ("anouk.md#de-hal", "anouk.html#kop-de-hal"),
        ("anouk.md#De hal", "anouk.html#kop-de-hal"),
        ("../contact.md", "../contact.html"),
        ("../index.md", "../index.html"),
        ("/", "../index.html"),
        ("../", "../index.html"),
        ("index.md", "index.html"),
        ("/verhalen/", "index.html"),
        ("../toolkit/raad.md", "../toolkit/raad.html"),
        ("https://elders.example/a b?c=1&d", "https://elders.example/a%20b?c=1&d"),
        ("mailto:info@b.example", "mailto:info@b.example"),
        ("tel:+31 10 123 45 67", "tel:+31101234567"),
    ],
)
def test_the_ways_to_write_a_link(campaign: Campaign, written: str, address: str) -> None:
    campaign.edit("content/verhalen/bas.md", "[bij Anouk](anouk.md#de-hal)", f"[hier](<{written}>)")
    campaign.build().fine()
    html = campaign.shown("verhalen/bas.html")
    assert [n.attributes["href"] for n in LexborHTMLParser(html).css(".prose a") if n.text() == "hier"] == [
        address
    ]


def test_a_file_with_spaces_in_its_name(campaign: Campaign) -> None:
    campaign.write("content/over ons.md", page("Over ons"))
    campaign.edit("content/contact.md", "Bel ", "[a](<over ons.md>) Bel ")
    campaign.build().fine()
    assert links(campaign.shown("contact.html"), ".prose").count("over-ons.html") == 1


def test_a_download_is_published_under_a_plain_name(campaign: Campaign) -> None:
    campaign.write("content/toolkit/Poster één.PDF", b"%PDF-1.4\n")
    campaign.edit("content/toolkit/raad.md", "Zo doe", "[Poster](<Poster één.PDF>){.download} Zo doe")
    campaign.build().fine()
    assert campaign.tree()["bestanden/toolkit/poster-een.pdf"] == b"%PDF-1.4\n"
    campaign.edit("content/toolkit/raad.md", "[Poster](<Poster één.PDF>){.download} ", "")
    assert "bestanden/toolkit/poster-een.pdf" in campaign.build().removed


@pytest.mark.parametrize(
    "name", ["geheim.key", "notitie.md.bak", "a.html", "a.js", "b.exe", "site.yaml", "feiten.yaml"]
)
def test_only_known_kinds_of_files_can_be_linked_to(campaign: Campaign, name: str) -> None:
    if not name.endswith(".yaml"):
        campaign.write(f"content/{name}", "x")
    campaign.edit("content/contact.md", "Bel ", f"[a]({name}) Bel ")
    (problem,) = (p for p in campaign.build().data["problems"] if p["severity"] == "error")
    assert "there is no page or file" in problem["message"]


def test_files_that_nobody_links_to_are_not_published(campaign: Campaign) -> None:
    campaign.write("content/toolkit/intern.pdf", b"%PDF-1.4\n")
    campaign.write("content/verhalen/los.jpg", sites.jpeg())
    before = campaign.build().made
    assert not [path for path in before if "intern" in path or "los" in path]


def test_two_downloads_that_get_one_name(campaign: Campaign) -> None:
    campaign.write("content/a b.pdf", b"1")
    campaign.write("content/a-b.pdf", b"2")
    campaign.edit("content/contact.md", "Bel ", "[a](<a b.pdf>) [b](a-b.pdf) Bel ")
    report = campaign.build()
    assert report.status == 1
    assert "bestanden/a-b.pdf is already taken" in report.only()["message"]


def test_two_photos_of_one_name_in_two_folders(campaign: Campaign) -> None:
    for folder, colour in (("nieuws", "red"), ("toolkit", "blue")):
        campaign.write(f"content/{folder}/foto.jpg", sites.jpeg(colour))
        name = {"nieuws": "start", "toolkit": "raad"}[folder]
        campaign.write(
            f"content/{folder}/{name}.md",
            sites.SMALL[f"content/{folder}/{name}.md"] + '\n![Een vlak](foto.jpg "Foto: J. de Wit")\n',
        )
    campaign.build().fine()


def test_one_photo_under_two_names(campaign: Campaign) -> None:
    for name in ("a.jpg", "b.jpg", "nieuws/a.jpg"):
        campaign.write(f"content/{name}", sites.jpeg())
    text = "".join(f'![Vlak]({n} "Foto: J. de Wit")\n\n' for n in ("a.jpg", "b.jpg", "nieuws/a.jpg"))
    campaign.edit("content/contact.md", "Bel ", f"{text}Bel ")
    campaign.build().fine()


def test_one_drawing_under_one_name_in_two_folders(campaign: Campaign) -> None:
    campaign.write("content/nieuws/anouk.svg", sites.drawing())
    campaign.edit("content/nieuws/start.md", "Vandaag.", "![Raam](anouk.svg)")
    campaign.build().fine()


def test_a_film_needs_captions_and_a_text(campaign: Campaign) -> None:
    campaign.write("content/nieuws/film.mp4", mp4())
    campaign.edit("content/nieuws/start.md", "Vandaag.", "![De film](film.mp4)")
    assert "no captions or no written version" in campaign.build().only()["message"]
    campaign.write("content/nieuws/film.vtt", VTT)
    campaign.write("content/nieuws/film.txt", "Wat er gebeurt.\n")
    campaign.build().fine()
    assert {"bestanden/nieuws/film.mp4", "bestanden/nieuws/film.txt"} <= campaign.tree().keys()
    assert "Een%20deur%20gaat%20open." in campaign.shown("nieuws/start.html")


@pytest.mark.parametrize("written", ["nieuws/index.md", "nieuws/", "nieuws"])
def test_a_link_to_a_section_leads_to_its_overview(written: str, campaign: Campaign) -> None:
    campaign.write("content/contact.md", page(body=f"Lees [het nieuws]({written})."))
    campaign.build().fine()
    assert 'href="nieuws/index.html"' in campaign.shown("contact.html")
    campaign.remove("content/nieuws/start.md")
    assert campaign.build().only()["message"].startswith("there is no page or file 'nieuws")


# ── addresses of the site itself ──


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("https://www.voorbeeld.example/campagne/verhalen/bas.html", "write '/verhalen/bas.md'"),
        ("https://www.voorbeeld.example/campagne/verhalen/bas.html#kop-x", "write '/verhalen/bas.md#kop-x'"),
        ("http://voorbeeld.example/campagne/", "write '/index.md'"),
        ("https://WWW.voorbeeld.example/campagne/index.html?a=b", "write '/index.md'"),
        ("https://www.voorbeeld.example/campagne", "write '/index.md'"),
        ("https://www.voorbeeld.example/campagne/cijfers.html", "such as /contact.md"),
    ],
)
def test_a_link_to_the_site_by_its_absolute_address_is_told(
    campaign: Campaign, address: str, hint: str
) -> None:
    campaign.write("content/over.md", page("Over ons", f"Lees\n\n- [verder]({address})"))
    report = campaign.build()
    assert report.status == 0
    (problem,) = [text for text in report.problems if "address of this site itself" in text]
    line = campaign.read("content/over.md").split("\n").index(f"- [verder]({address})") + 1
    assert problem.startswith(f"content/over.md:{line}:12: ")
    assert hint in " ".join(report.hints)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.voorbeeld.example/",
        "https://www.voorbeeld.example/campagnes/",
        "https://ander.voorbeeld.example/campagne/",
        "https://www.voorbeeld.example:8443/campagne/",
    ],
)
def test_a_link_to_a_neighbour_is_no_link_to_the_site(campaign: Campaign, address: str) -> None:
    campaign.write("content/over.md", page("Over ons", f"[verder]({address})"))
    assert campaign.build().problems == []


# ── what is meant ──


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("verhalen/anuk.md", "/verhalen/anouk.md"),
        ("/verhalen/anuk.md", "/verhalen/anouk.md"),
        ("anouk.md", "/verhalen/anouk.md"),
        ("nieuws/anouk.md", "/verhalen/anouk.md"),
        ("contct.md", "contact.md"),
        ("/toolkit/raadd", "/toolkit/raad.md"),
        ("/nieuw/", "/nieuws/"),
        ("/themas/woonen", "/themas/wonen"),
        ("bestand/telling.pdf", "/bewijs/telling.pdf"),
    ],
)
def test_a_hint_is_what_can_be_written_at_that_place(campaign: Campaign, written: str, near: str) -> None:
    campaign.write("content/bewijs/telling.pdf", b"%PDF-1.4")
    campaign.write("content/over.md", page("Over ons", f"Zie [dit]({written})."))
    hint = campaign.build().only()["hint"]
    assert hint == f"did you mean '{near}'?"
    campaign.edit("content/over.md", f"({written})", f"({near})")
    campaign.build().fine()


def test_names_are_not_alike_because_of_how_they_end(campaign: Campaign) -> None:
    campaign.write("content/nieuws/ria.md", page("Ria", "Ria.", "date: 2026-06-01\n"))
    campaign.write("content/over.md", page("Over ons", "Zie [dit](/bewijs/bram.md)."))
    assert campaign.build().only()["hint"].startswith("look what the file is called now")


def test_the_hint_of_a_picture_says_its_folder(campaign: Campaign) -> None:
    campaign.write("content/over.md", page("Over ons", "![Een raam](anuok.svg)"))
    assert campaign.build().only()["hint"] == "did you mean '/verhalen/anouk.svg'?"
    campaign.edit("content/over.md", "anuok.svg", "/verhalen/anouk.svg")
    campaign.build().fine()
