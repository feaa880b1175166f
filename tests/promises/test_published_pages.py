"""Promises 5 to 8, read in the published HTML: hosted anywhere, no third party, accessible, sourced.

Colours are tested with the palette, what is only seen in a browser in tests/browser.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from helpers import sites
from helpers.pages import addresses, nodes, undigested
from helpers.sites import BAS, OWN, Campaign, jpeg


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A published campaign that is only looked at."""
    site = sites.campaign(tmp_path_factory.mktemp("shown") / "campagne")
    site.write("content/nieuws/straat.jpg", jpeg("teal"))
    site.write("content/toolkit/poster.pdf", b"%PDF-1.4\n")
    site.write(
        "content/nieuws/start.md",
        sites.page(
            "Wij beginnen",
            '![Een straat](straat.jpg "Foto: J. de Wit")\n\n[Poster](../toolkit/poster.pdf){.download} '
            "[site](https://elders.example/pad?a=1) [mail](mailto:info@b.example) [wonen](/verhalen/) "
            "[boven](#kop)\n\n## Kop\n\nTekst[^1].\n\n[^1]: Een noot.\n\n| a | b |\n|:-:|--|\n| 1 | 2 |",
            "date: 2026-06-01\nimage: {src: straat.jpg, alt: Een straat, credit: J. de Wit}\n",
        ),
    )
    site.build().fine()
    return site


SCRIPTED = frozenset(
    {"data-own-device", "data-filter", "data-nothing", "data-guess", "data-missing", "data-slot"}
)
"""On what only scripts show, as it needs them."""


SHARING = (
    "https://wa.me/?text=",
    "https://www.facebook.com/sharer/sharer.php?u=",
    "https://www.linkedin.com/sharing/share-offsite/?url=",
    "https://bsky.app/intent/compose?text=",
    "https://share.joinmastodon.org/#text=",
)
"""The only other sites that our own pages link to: when a visitor asks to pass a page on."""


class Test5HostedAnywhere:
    def test_every_address_on_a_page_is_relative_and_leads_to_a_file(self, shown: Campaign) -> None:
        files = shown.tree()
        checked = 0
        for path, html in shown.pages():
            if path == "404.html":
                continue
            for name, value in addresses(html):
                parts = urlsplit(value)
                if parts.scheme in ("mailto", "tel"):
                    continue
                if parts.scheme:
                    assert name == "href", (path, name, value)
                    assert value.startswith((sites.ADDRESS, "https://elders.example/", *SHARING)), (
                        path,
                        value,
                    )
                    continue
                assert not value.startswith("/"), (path, value)
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                target = path if not parts.path else target
                assert target in files, (path, value)
                if parts.fragment and target.endswith(".html"):
                    assert nodes(files[target].decode(), f'[id="{parts.fragment}"]'), (path, value)
                checked += 1
        assert checked > 100

    def test_only_what_must_be_is_absolute(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            if path == "404.html":
                continue
            own = [node for node in nodes(html, "*") if sites.ADDRESS in str(node.attributes)]
            assert {node.tag for node in own} <= {"link", "meta", "a", "button"}
            assert all(node.attributes.get("rel") == "canonical" for node in own if node.tag == "link")
            links = [n.attributes.get("href") or "" for n in own if n.tag == "a"]
            assert all(link.startswith("mailto:") for link in links)

    def test_canonical_and_open_graph_name_the_full_address(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            if path == "404.html":
                continue
            address = sites.ADDRESS + path.removesuffix("index.html")
            assert [n.attributes["href"] for n in nodes(html, "link[rel=canonical]")] == [address]
            assert [n.attributes["content"] for n in nodes(html, "meta[property='og:url']")] == [address]

    def test_feed_and_sitemap_name_existing_pages_in_full(self, shown: Campaign) -> None:
        files = shown.tree()
        for name in ("feed.xml", "sitemap.xml"):
            found = re.findall(r"(?:<loc>|<id>|href=\")(.*?)[\"<]", shown.shown(name))
            assert len(found) > 5
            for address in found:
                if address.startswith(("https://elders.example/", "mailto:")):
                    continue  # in a text
                path = address.removeprefix(sites.ADDRESS).partition("#")[0]
                assert path != address
                assert (path if path and not path.endswith("/") else f"{path}index.html") in files
        assert f"Sitemap: {sites.ADDRESS}sitemap.xml" in shown.shown("robots.txt")

    def test_the_sitemap_holds_every_text(self, shown: Campaign) -> None:
        """And nothing twice, and no page that says it is not to be found."""
        listed = re.findall(r"<loc>(.*?)</loc>", shown.shown("sitemap.xml"))
        found = [address.removeprefix(sites.ADDRESS) for address in listed]
        texts = {path for path in sites.SMALL if path.endswith(".md")}
        pages = {path.removeprefix("content/").removesuffix(".md") + ".html" for path in texts}
        assert {path.removesuffix("index.html") for path in pages} <= set(found)
        assert len(found) == len(set(found))
        for path in found:
            page = path if path and not path.endswith("/") else f"{path}index.html"
            assert not nodes(shown.shown(page), "meta[name=robots][content*=noindex]")

    def test_without_an_address_nothing_is_absolute(self, campaign: Campaign) -> None:
        campaign.edit(OWN, f"url: {sites.ADDRESS}\n", "")
        campaign.build().fine()
        assert not {"feed.xml", "sitemap.xml"} & campaign.tree().keys()
        assert "Sitemap" not in campaign.shown("robots.txt")
        for path, html in campaign.pages():
            assert not nodes(html, "link[rel=canonical], meta[property='og:url']"), path
            assert "None" not in html

    def test_the_page_for_what_is_not_found_works_at_any_address(self, shown: Campaign) -> None:
        files = shown.tree()
        base = urlsplit(sites.ADDRESS).path
        found = [
            value for _, value in addresses(shown.shown("404.html")) if ":" not in value and value[0] != "#"
        ]
        assert found
        for value in found:
            assert value.startswith(base), value
            assert value.removeprefix(base).partition("#")[0] in files, value


OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.I)


class Test6NoThirdParty:
    def test_nothing_is_fetched_from_elsewhere(self, shown: Campaign) -> None:
        fetching = "[src], [srcset], [poster], [data], link[href], use[href], image[href], [background]"
        for path, html in shown.pages():
            for node in nodes(html, fetching):
                if node.tag == "link" and node.attributes.get("rel") in ("canonical", "alternate"):
                    continue
                for name in ("src", "srcset", "poster", "data", "href", "background"):
                    assert not OUTSIDE.match(node.attributes.get(name) or ""), (path, node.html)
        for path, data in shown.tree().items():
            if path.endswith(".css"):
                assert not re.search(rb"url\((?!\s*['\"]?(?:data:|\.\./fonts/))|@import", data), path
                for font in re.findall(rb"url\(\s*['\"]?\.\./(fonts/[^'\")]+)", data):
                    assert font.decode() in shown.tree(), (path, font)
            if path.endswith(".svg"):
                assert b"href=" not in data, path
            if path.endswith(".js"):
                assert not re.search(
                    rb"https?://|fetch\(|XMLHttpRequest|sendBeacon|document\.cookie", data
                ), path

    def test_no_script_or_style_stands_in_a_page(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            for script in nodes(html, "script"):
                data = script.attributes.get("type") == "application/ld+json"
                assert data or (script.attributes.get("src") and not script.text().strip()), (
                    path,
                    script.html,
                )
            assert not nodes(html, "style, [style], iframe, object, embed, base, meta[http-equiv=refresh]")
            for form in nodes(html, "form"):  # it finds something on this page, and goes nowhere
                assert not {"action", "formaction"} & form.attributes.keys(), (path, form.html)
                assert form.attributes.get("method", "get") == "get", (path, form.html)
            for node in nodes(html, "*"):
                assert not [a for a in node.attributes if a.startswith("on")], (path, node.html)

    def test_every_page_carries_the_policy_before_it_names_a_file(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            (policy,) = nodes(html, "meta[http-equiv='Content-Security-Policy']")
            rules = policy.attributes["content"] or ""
            assert "default-src 'none'" in rules
            assert "unsafe" not in rules
            assert "http" not in rules
            assert html.index("Content-Security-Policy") < min(html.index("<link"), html.index("<script")), (
                path
            )
            assert html.index("<meta charset") < 1024

    def test_the_referrer_stays_at_home(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            assert nodes(html, "meta[name=referrer][content=no-referrer]"), path
            for link in nodes(html, "a[href^='http']"):
                assert "noreferrer" in (link.attributes.get("rel") or ""), (path, link.html)

    def test_everything_can_be_read_without_scripts(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            for node in nodes(html, "[hidden]"):
                added = node.tag == "button" or SCRIPTED & node.attributes.keys()
                assert added, (path, node.html)


class Test7Accessible:
    """What can be seen in the HTML itself; colours are tested with the palette, the rest in a browser."""

    @pytest.mark.parametrize("colour", ["#c8102e", "#ffff00", "#ffffff", "#000000", "#808080"])
    def test_whatever_colour_a_member_chose_the_site_is_built(self, campaign: Campaign, colour: str) -> None:
        campaign.edit(OWN, "'#c8102e'", f"'{colour}'")
        assert campaign.build().status == 0

    def test_a_page_can_be_found_one_s_way_in(self, shown: Campaign) -> None:
        titles = []
        for path, html in shown.pages():
            assert nodes(html, "html[lang=nl]"), path
            assert len(nodes(html, "h1")) == 1, path
            assert len(nodes(html, "main")) == 1, path
            (title,) = nodes(html, "head > title")
            titles.append(title.text())
            skip = nodes(html, "body a")[0]
            assert nodes(html, skip.attributes["href"] or ""), path
            levels = [int((node.tag or "")[1]) for node in nodes(html, "h1, h2, h3, h4, h5, h6")]
            assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (
                path,
                levels,
            )
        assert len(set(titles)) == len(titles)

    def test_images_links_and_ids(self, shown: Campaign) -> None:
        for path, html in shown.pages():
            for image in nodes(html, "img"):
                assert "alt" in image.attributes, (path, image.html)
                assert image.attributes.get("width"), (path, image.html)
            for link in nodes(html, "a[href], button"):
                named = link.text(strip=True) or link.css("img[alt]") or link.attributes.get("aria-label")
                assert named, (path, link.html)
            ids = [node.attributes["id"] for node in nodes(html, "[id]")]
            assert len(ids) == len(set(ids)), path
            for node in nodes(html, "[aria-labelledby]"):
                for id in (node.attributes["aria-labelledby"] or "").split():
                    assert id in ids, (path, id)


class Test8NobodyWithoutConsentNoFigureWithoutSource:
    """The table of all states is in test_consent.py, that of the facts in test_facts.py."""

    def test_from_shown_to_withdrawn_to_shown_again(self, campaign: Campaign) -> None:
        campaign.write(
            BAS, sites.story("Een naam", name="Zefanja", quote="Mijn stille zin.", body="Het kelderluik.")
        )
        words = (b"Zefanja", b"Mijn stille zin", b"kelderluik")
        campaign.build().fine()
        shown = campaign.tree()
        assert all(any(word in data for data in shown.values()) for word in words)
        campaign.edit(BAS, "status: valid", "status: withdrawn")
        report = campaign.build()
        assert "left out: consent C-1 was withdrawn" in report.only()["message"]
        assert undigested(report.removed) == ["js/zoeken.js"]
        assert not campaign.shows("verhalen/bas.html")
        left = [(p, w) for p, data in campaign.everything().items() for w in words if w in data]
        assert left == []
        assert not [word for word in words if word in str(report.data).encode()]
        campaign.edit(BAS, "status: withdrawn", "status: valid")
        campaign.build().fine()
        assert campaign.tree() == shown

    def test_every_figure_on_a_page_stands_with_its_source_and_what_it_does_not_say(
        self, shown: Campaign
    ) -> None:
        facts = {
            "64 deuren": ("Telling in de hal", "Alleen deze ene flat is geteld."),
            "12 koppen koffie": ("Lijst op het aanrecht", "Wie thee drinkt, telt niet mee."),
        }
        seen = set()
        for path, html in shown.pages():
            text = (LexborHTMLParser(html).body or nodes(html, "html")[0]).text()
            for figure, (source, caveat) in facts.items():
                if figure in text:
                    seen.add(figure)
                    assert source in text, (path, figure)
                    assert caveat in text, (path, figure)
        assert seen == facts.keys()
