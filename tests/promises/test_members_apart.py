"""Promise 9: a member cannot break its own site with texts, nor touch that of another."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpers import processes, sites
from helpers.pages import nodes, undigested
from helpers.sites import ANOUK, BAS, BRAND, OWN, Campaign
from helpers.structured import structured

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 191 }}{% raw %}",
    "</title></script><!--",
    "]]> &amp; & &#60;b&#62;",
    "{organisatie} %(x)s {0}",
    "*/ } body { display: none } /*",
]


class Test9MembersCannotBreakOneAnother:
    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_texts_of_a_brand_are_texts(self, campaign: Campaign, hostile: str) -> None:
        campaign.build().fine()
        plain = {path: self._shape(html) for path, html in campaign.pages()}
        value = json.dumps(hostile)
        campaign.write(
            OWN,
            f"name: {value}\nlogo: logo.svg\ncolour: '#c8102e'\nurl: {sites.ADDRESS}\nregion: {value}\n"
            "contact: {email: campagne@voorbeeld.example, phone: 010-1234567, "
            f"role: {value}}}\n",
        )
        campaign.build().fine()
        for path, html in campaign.pages():
            assert self._shape(html) == plain[path], path
            assert "1337" not in html
            (logo,) = nodes(html, "img.logo")
            assert logo.attributes["alt"] == hostile
        for name in ("feed.xml", "sitemap.xml"):
            ElementTree.fromstring(campaign.shown(name))
        assert structured(campaign.shown("index.html"))[0]["publisher"]["name"] == hostile

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_what_is_no_number_or_address_makes_no_link(self, campaign: Campaign, hostile: str) -> None:
        value = json.dumps(hostile)
        campaign.edit(
            OWN, "email: campagne@voorbeeld.example, phone: 010-1234567", f"email: {value}, phone: {value}"
        )
        report = campaign.build()
        assert report.status == 1
        assert [" is not a" in problem for problem in report.problems] == [True, True]

    def _shape(self, html: str) -> list[tuple[str | None, list[str]]]:
        """The elements of a page with the names of their attributes, without texts."""
        return [(node.tag, sorted(node.attributes)) for node in nodes(html, "*")]

    def test_a_text_over_two_lines(self, campaign: Campaign) -> None:
        campaign.edit(OWN, "name: Welzijn Zandhage", "name: |\n  Welzijn\n  Zandhage")
        campaign.build().fine()
        ElementTree.fromstring(campaign.shown("feed.xml"))

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//elders.example/",
            "ftp://elders.example/",
            "file:///etc/passwd",
            "https://",
            "https://gebruiker@elders.example/",
            "https://elders.example/ x",
            "https://elders.example/<b>",
            "https://elders.example/\\x",
            "www.elders.example",
            "https://[elders.example/",
            "https://elders.example:poort/",
        ],
    )
    def test_only_web_addresses_are_addresses(self, campaign: Campaign, address: str) -> None:
        written = json.dumps(address)
        campaign.edit(
            OWN, f"url: {sites.ADDRESS}", f"url: {written}\nprofiles: [{{name: Hier, url: {written}}}]"
        )
        report = campaign.build()
        assert report.status == 1
        assert [(p["path"], p["line"]) for p in report.data["problems"]] == [(OWN, 4), (OWN, 5)]

    @pytest.mark.parametrize("address", ["https://elders.example/?a=1", "https://elders.example/#a"])
    def test_a_site_has_an_address_without_a_question(self, campaign: Campaign, address: str) -> None:
        written = json.dumps(address)
        profiles = f"profiles: [{{name: Hier, url: {written}}}]"
        campaign.edit(OWN, f"url: {sites.ADDRESS}", f"url: {written}\n{profiles}")
        report = campaign.build()
        assert [(p["path"], p["line"]) for p in report.data["problems"]] == [(OWN, 4)]

    def test_nor_in_the_sources_of_a_member_s_own_figures(self, campaign: Campaign) -> None:
        campaign.add_member("ander")
        own = sites.FACTS.partition("koppen:")[0].replace("deuren:\n", "eigen:\n")
        own = own.replace("}", ", url: 'javascript:alert(1)'}")
        campaign.write("brands/ander/content/feiten.yaml", own)
        campaign.write("brands/ander/content/eigen.md", sites.page("Eigen", "{{ feit:eigen }}"))
        report = campaign.build("--brand", "ander")
        bad = [p for p, d in sites.tree(campaign.output / "ander").items() if b'"javascript:' in d]
        assert bad == []
        assert report.only()["path"] == "brands/ander/content/feiten.yaml"

    def test_markup_in_a_member_s_own_page_is_cleaned(self, campaign: Campaign) -> None:
        campaign.add_member("ander")
        text = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> {{ 7 * 191 }} {% raw %}"
        campaign.write("brands/ander/content/eigen.md", sites.page("Eigen", text))
        assert campaign.build("--brand", "ander").status == 0
        html = (campaign.output / "ander" / "eigen.html").read_text(encoding="utf-8")
        assert not nodes(html, "main script, main img, [onerror]")
        assert "1337" not in html

    def test_a_mistake_of_one_does_not_stop_another(self, campaign: Campaign) -> None:
        campaign.add_member("goed")
        campaign.add_member("fout", colour="rod")
        assert campaign.build("--all").status == 1
        assert (campaign.output / "goed" / "index.html").exists()
        assert campaign.site.exists()
        assert not (campaign.output / "fout").exists()

    def test_every_member_s_last_good_site_stays(self, campaign: Campaign) -> None:
        campaign.add_member("goed")
        campaign.add_member("fout")
        campaign.build("--all")
        before = sites.tree(campaign.output / "fout")
        campaign.add_member("fout", colour="rod")
        campaign.edit(ANOUK, "vierde", "vijfde")
        report = campaign.build("--all")
        assert report.status == 1
        written = ["js/zoeken.js", "verhalen/anouk.html", "zoeken.html"]
        assert undigested(report.data["brands"]["goed"]["written"]) == written
        assert sites.tree(campaign.output / "fout") == before

    def test_nothing_of_one_is_found_in_another(self, campaign: Campaign) -> None:
        for id, word in (("kanarie", "Kanariegeel"), ("mus", "Musbruin")):
            campaign.add_member(id, name=word)
            campaign.write(f"brands/{id}/content/eigen.md", sites.page(f"Van {word}", f"Bij {word}."))
        assert campaign.build("--all").status == 0
        for id, word in (("kanarie", b"Musbruin"), ("mus", b"Kanariegeel")):
            assert [p for p, data in sites.tree(campaign.output / id).items() if word in data] == []
        assert [p for p, d in campaign.tree().items() if b"Musbruin" in d or b"Kanariegeel" in d] == []

    def test_a_member_s_page_takes_the_place_of_the_national_one_there_only(self, campaign: Campaign) -> None:
        campaign.add_member("ander")
        campaign.write("brands/ander/content/contact.md", sites.page("Bij ons", "Kom langs."))
        assert campaign.build("--all").status == 0
        assert "Kom langs." in (campaign.output / "ander" / "contact.html").read_text(encoding="utf-8")
        assert "Kom langs." not in campaign.shown("contact.html")

    @pytest.mark.parametrize(
        "id", ["national", "store", "templates", "engine", "assets", "stamps", "content"]
    )
    def test_any_name_will_do(self, campaign: Campaign, id: str) -> None:
        """Also one that the program uses for something of its own."""
        campaign.add_member(id)
        campaign.write(f"brands/{id}/content/contact.md", sites.SMALL["content/contact.md"])
        campaign.build("--all")
        first = sites.tree(campaign.output / id)
        assert "contact.html" in first
        campaign.edit(BAS, "Hij leest", "Zij leest")
        report = campaign.build("--all")
        assert report.status == 0
        assert report.parsed == [BAS]
        made = ["js/zoeken.js", "verhalen/bas.html", "zoeken.html"]
        assert undigested(report.data["brands"][id]["made"]) == made

    @pytest.mark.parametrize(
        "logo", ["../../content/verhalen/anouk.svg", "/etc/hostname", "../ander/logo.svg", "."]
    )
    def test_a_brand_reads_its_own_folder_only(self, campaign: Campaign, logo: str) -> None:
        campaign.edit(OWN, "logo: logo.svg", f"logo: {logo}")
        problem = campaign.build().only()
        assert (problem["path"], problem["line"], problem["column"]) == (OWN, 2, 7)

    def test_nor_through_a_link(self, campaign: Campaign) -> None:
        logo = campaign.root / f"brands/{BRAND}/logo.svg"
        logo.unlink()
        logo.symlink_to(campaign.root / "content/verhalen/anouk.svg")
        report = campaign.build()
        assert report.status == 1
        assert "is a link to another place" in report.said

    def test_the_language_is_a_word_not_a_path(self, campaign: Campaign, tmp_path: Path) -> None:
        folder = tmp_path / "kwaad" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "microsite.mo").write_bytes(b"\xde\x12\x04\x95" + b"\0" * 24)
        way = os.path.relpath(tmp_path / "kwaad", processes.ENGINE / "microsite" / "locale")
        campaign.edit(OWN, "logo:", f"language: {way}\nlogo:")
        report = campaign.build()
        assert report.only()["line"] == 2
