"""The members in ``brands/`` that do not exist, as different as can be: each site is right for its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize

from helpers import browser as tools
from helpers.browser import Look, Site
from microsite import cli
from microsite.brand.colour import contrast
from microsite.brand.palette import PAIRS
from microsite.brand.tokens import Tokens, examine
from microsite.commands.overrides import overrides
from microsite.content.overrides import MarkdownFile
from microsite.core.records import Record, astuple
from microsite.core.settings import Options, Project
from microsite.rendering.views import Body
from microsite.session import Session

BRANDS = tools.PROJECT / "brands"
MEMBERS = ("lichtveen", "roetmolen", "vuurduin", "wilgendam")
CONTACTS = {
    "lichtveen": ("communicatie@lichtveen.example", "077 000 00 01"),
    "vuurduin": ("redactie@vuurduin.example", "0117 00 00 02"),
    "wilgendam": ("dijkhuis@wilgendam.example", "0187 00 00 03"),
}
CAMPAIGN_TEAM = ("@sociaalwerkt.example", "088 000 00 00", "www.sociaalwerkt.example")
COLOURS = {"lichtveen": "#ffd400", "roetmolen": "#16181d", "vuurduin": "#0b5f5a", "wilgendam": "#5b2a86"}
HIDDEN = ("nieuws/nieuwe-site.html", "nieuws/toolkit-compleet.html", "toolkit/column-en-brieven.html")
LOCAL = (
    "verhalen/tirza.html",
    "verhalen/henk.html",
    "verhalen/nadia.html",
    "nieuws/open-dijkhuis.html",
    "toolkit/dijkwandeling.html",
)
HELPDESK = ("helpdesk.html", "@sociaalwerkt.example")
"""Where a member itself finds help is the campaign's, on every site."""
PHONE: ViewportSize = {"width": 390, "height": 844}
WIDTHS = (320, 390, 1440)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("members")
    tools.build(place, *MEMBERS, material="none")
    return place


@pytest.fixture(scope="module")
def sites(output: Path) -> dict[str, Site]:
    return {member: Site(output / member) for member in MEMBERS}


@pytest.fixture(scope="module")
def hosts(output: Path) -> Iterator[dict[str, str]]:
    with ExitStack() as open_hosts:
        yield {m: f"{open_hosts.enter_context(tools.served(output / m))}/" for m in MEMBERS}


def _texts(site: Site) -> Iterator[tuple[str, str]]:
    """Every file that holds words, by its path."""
    for file in sorted(site.folder.rglob("*")):
        if file.suffix in {".html", ".xml", ".vcf", ".json", ".txt", ".css", ".js", ".conf", ".config"}:
            yield file.relative_to(site.folder).as_posix(), file.read_text(encoding="utf-8")


def whole(source: str) -> str:
    """The source without the marks of where a long e-mail address may be broken."""
    return source.replace("@<span>", "@")


# ── whose site it is ──


@pytest.mark.parametrize("member", MEMBERS)
def test_each_page_says_that_the_member_does_not_exist(member: str, sites: dict[str, Site]) -> None:
    feet = {path: tree.css_first("footer.colophon") for path, tree in sites[member].trees.items()}
    assert [path for path, foot in feet.items() if foot is None or "niet bestaat" not in foot.text()] == []


@pytest.mark.parametrize("member", CONTACTS)
def test_the_own_contact_is_on_each_page(member: str, sites: dict[str, Site]) -> None:
    for words in CONTACTS[member]:
        assert [path for path, source in sites[member].sources.items() if words not in whole(source)] == []
    card = (sites[member].folder / "contact.vcf").read_text(encoding="utf-8")
    assert CONTACTS[member][0] in card


@pytest.mark.parametrize("member", MEMBERS)
def test_nobody_else_s_contact_is_anywhere(member: str, sites: dict[str, Site]) -> None:
    others = [words for other, own in CONTACTS.items() if other != member for words in own]
    foreign = (*CAMPAIGN_TEAM, *others) if member in CONTACTS else others
    found = [
        (path, words) for path, text in _texts(sites[member]) for words in foreign if words in whole(text)
    ]
    assert [(path, words) for path, words in found if (path, words) != HELPDESK] == []


def test_three_lines_an_address_and_a_sender_are_a_site(sites: dict[str, Site]) -> None:
    assert len((BRANDS / "roetmolen/brand.yaml").read_text(encoding="utf-8").splitlines()) == 5
    assert "het sociaal werk in onze gemeente" in sites["roetmolen"].sources["toolkit/werkbezoek.html"]
    assert [path for path, page in sites["roetmolen"].sources.items() if CAMPAIGN_TEAM[1] not in page] == []
    assert not (sites["roetmolen"].folder / "contact.vcf").exists()


def test_an_address_in_a_folder_is_the_site_s_own(sites: dict[str, Site]) -> None:
    assert sites["vuurduin"].address == "https://www.vuurduin.example/over-ons/sociaal-werkt/"


def test_the_own_font_is_published_and_not_by_its_name(sites: dict[str, Site]) -> None:
    fonts = list((sites["vuurduin"].folder / "fonts").iterdir())
    assert [font.suffix for font in fonts] == [".woff2"]
    assert fonts[0].stat().st_size < 32_000
    assert [path for path, text in _texts(sites["vuurduin"]) if "fredoka" in text.lower()] == []
    licence = (BRANDS / "vuurduin/fredoka-LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert "Reserved Font Name" not in licence.split("-----")[0]


# ── the member with texts of its own ──


def test_local_pages_stand_beside_the_national_ones(sites: dict[str, Site]) -> None:
    own = set(sites["wilgendam"].paths)
    assert set(LOCAL) <= own
    for member in ("lichtveen", "roetmolen", "vuurduin"):
        other = set(sites[member].paths)
        assert other & set(LOCAL) == set()
        assert set(HIDDEN) <= other
        assert [path for path, text in _texts(sites[member]) if "Tirza" in text] == []
    assert {"verhalen/amina.html", "bewijs/wat-een-euro-oplevert.html", "nieuws/zo-doe-je-mee.html"} <= own


def test_local_cards_and_no_others_are_marked(sites: dict[str, Site]) -> None:
    marked = set()
    for section in ("verhalen", "toolkit", "nieuws"):
        for card in sites["wilgendam"].trees[f"{section}/index.html"].css(".card, .line"):
            link = card.css_first("a")
            assert link is not None
            if card.css_first(".label-local") is not None:
                marked.add(f"{section}/{link.attributes['href']}")
    assert marked == set(LOCAL)
    assert [path for path, source in sites["lichtveen"].sources.items() if "label-local" in source] == []


def test_hidden_pages_are_gone_from_every_file(sites: dict[str, Site]) -> None:
    assert set(HIDDEN).isdisjoint(sites["wilgendam"].paths)
    slugs = [Path(path).stem for path in HIDDEN]
    found = [(path, slug) for path, text in _texts(sites["wilgendam"]) for slug in slugs if slug in text]
    assert found == []


def test_local_figures_are_shown_with_their_source(sites: dict[str, Site]) -> None:
    for path in ("index.html", "verhalen/henk.html", "nieuws/open-dijkhuis.html"):
        source = sites["wilgendam"].sources[path]
        assert "1.128 keer" in source
        assert "Turflijst koffietafel 2025 (bedacht voorbeeld)" in source
        assert "Dit cijfer is verzonnen" in source


def test_a_field_is_replaced_and_the_text_stays(sites: dict[str, Site]) -> None:
    own, other = (sites[m].sources["toolkit/werkbezoek.html"] for m in ("wilgendam", "lichtveen"))
    assert "zes weken van tevoren" in own
    assert "zes weken van tevoren" not in other
    assert "U beslist mee over het sociaal werk in Wilgendam." in own
    assert "U beslist mee over het sociaal werk in Lichtveen." in other


def test_a_text_is_replaced_and_the_national_one_is_gone(sites: dict[str, Site]) -> None:
    own, other = (sites[m].sources["contact.html"] for m in ("wilgendam", "lichtveen"))
    assert "Oude Dijk 12, op werkdagen" in own
    assert "De persvoorlichter" not in own
    assert "De persvoorlichter" in other


def test_the_own_story_leads_the_first_page(sites: dict[str, Site]) -> None:
    assert "Als ik niet kom, staan er dertig mensen buiten." in sites["wilgendam"].sources["index.html"]
    assert "Op elke verdieping zeiden ze hetzelfde" in sites["lichtveen"].sources["index.html"]


def test_each_change_remembers_the_page_it_was_made_for() -> None:
    changes = overrides(tools.PROJECT / "content", BRANDS / "wilgendam")
    assert [c.path for c in changes] == [
        "contact.md",
        "index.md",
        "raad.md",
        "toolkit/werkbezoek.md",
        "verhalen/index.md",
    ]
    for change in changes:
        then = MarkdownFile(change.path, change.path, "", change.baseline.read_bytes())
        assert change.based_on == then.version


@pytest.mark.parametrize(
    ("path", "layer", "source"),
    [
        (
            "verhalen/henk.html",
            "of wilgendam (a page of its own)",
            "brands/wilgendam/content/verhalen/henk.md",
        ),
        (
            "contact.html",
            "of the campaign team (national), with changes of wilgendam",
            "brands/wilgendam/content/contact.md",
        ),
        ("verhalen/bram.html", "of the campaign team (national)", "content/verhalen/bram.md"),
    ],
)
def test_explain_tells_whose_a_page_is(
    path: str, layer: str, source: str, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--project", str(tools.PROJECT), "--output", str(output), "--date", tools.DAY]
    assert cli.main(["explain", path, "--brand", "wilgendam", *where]) == 0
    said = capsys.readouterr().out
    assert f"whose: {layer}\n" in said
    assert source in said


def test_a_member_s_design_tokens_give_its_colours_and_the_width_of_its_logo() -> None:
    """No colour of this member stands in brand.yaml, and all three values are aliases of others."""
    folder = BRANDS / "vuurduin"
    settings = (folder / "brand.yaml").read_text(encoding="utf-8")
    assert "tokens: vuurduin.tokens.json" in settings
    given = {line.partition(":")[0] for line in settings.splitlines()}
    assert given.isdisjoint({"colour", "second_colour", "logo_width"})
    found = examine((folder / "vuurduin.tokens.json").read_bytes())
    assert found == Tokens(COLOURS["vuurduin"], "#ff7a59", "", 120)


# ── the look ──


LOOKS = {"light": Look("light", PHONE), "dark": tools.in_the_dark(PHONE)}


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_the_member_s_own_and_can_be_read(
    member: str, scheme: Any, hosts: dict[str, str], chromium: Browser
) -> None:
    with tools.opened(chromium, color_scheme=scheme) as page:
        page.goto(hosts[member])
        roles = sorted({role for pair in PAIRS for role in (pair.role, pair.ground)})
        read = (
            "names => names.map(n => getComputedStyle(document.documentElement).getPropertyValue(n).trim())"
        )
        values = page.evaluate(read, [f"--{role.replace('_', '-')}" for role in roles])
    shown = dict(zip(roles, values, strict=True))
    assert shown["brand"] == COLOURS[member]
    weak = [pair for pair in PAIRS if contrast(shown[pair.role], shown[pair.ground]) < pair.minimum]
    assert weak == []


LOGO = """() => {
  const logo = document.querySelector(".masthead .logo"), box = logo.getBoundingClientRect();
  const style = getComputedStyle(logo);
  const room = (side) => parseFloat(style[`padding${side}`]);
  const head = document.querySelector(".masthead").getBoundingClientRect();
  return {
    drawn: logo.complete && logo.naturalWidth > 0,
    inside: box.left >= 0 && box.right <= innerWidth && box.top >= head.top - 0.5
      && box.bottom <= head.bottom + 0.5,
    width: box.width - room("Left") - room("Right"), height: box.height - room("Top") - room("Bottom"),
    clear: [...document.querySelectorAll(".home-title, .masthead .menu a")].every(one => {
      const other = one.getBoundingClientRect();
      return other.right <= box.left || other.left >= box.right - 0.5
        || other.bottom <= box.top || other.top >= box.bottom - 0.5;
    }),
  };
}"""


LONG_NAME = "Willemijn van der Hoeven-Zijlstra"


@pytest.mark.parametrize(("width", "height"), [(390, 664), (820, 1080)])
def test_a_face_the_words_and_a_name_are_in_the_first_screen(
    width: int, height: int, sites: dict[str, Site], hosts: dict[str, str], chromium: Browser
) -> None:
    with tools.opened(chromium, viewport={"width": width, "height": height}) as page:
        for member in MEMBERS:
            said = {
                path: len(quote.text())
                for path, tree in sites[member].trees.items()
                if path.startswith("verhalen/") and (quote := tree.css_first(".shout blockquote"))
            }
            for path in ("index.html", "verhalen/amina.html", max(said, key=said.__getitem__)):
                page.goto(hosts[member] + path)
                if path != "index.html":
                    page.evaluate(f"document.querySelector('figcaption bdi').textContent = '{LONG_NAME}'")
                quote, name, tall, wide = page.evaluate(tools.FIRST_SCREEN)
                assert quote < name <= height, (member, path)
                if width < 600:
                    assert tall <= height / 3, "a face, and room for what is said"
                    assert wide == pytest.approx(tall * 0.8, abs=1), "the whole drawing, hands included"


def test_an_e_mail_address_is_not_broken_within_the_name_of_its_host(
    hosts: dict[str, str], chromium: Browser
) -> None:
    with tools.opened(chromium, viewport={"width": 320, "height": 800}) as page:
        page.goto(f"{hosts['lichtveen']}contact.html")
        whole = page.locator(".email > span")
        page.evaluate("document.querySelector('.colophon .email').firstChild.data = 'aanmelden-en-afmelden@'")
        lines = whole.evaluate_all(
            "all => all.map(one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight))"
        )
        assert lines and max(lines) < 2  # noqa: PT018
        assert page.locator(".colophon .email").evaluate(
            "one => one.lastChild.getBoundingClientRect().top - one.getBoundingClientRect().top"
        ), "it is broken after the @"


@pytest.mark.parametrize("member", MEMBERS)
def test_the_logo_has_its_room_at_every_width(member: str, hosts: dict[str, str], chromium: Browser) -> None:
    with tools.opened(chromium) as page:
        for path in ("index.html", "verhalen/amina.html", "toolkit/werkbezoek.html"):
            page.goto(hosts[member] + path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                logo = page.evaluate(LOGO)
                assert logo["drawn"] and logo["inside"] and logo["clear"], (width, path, logo)  # noqa: PT018
                assert min(logo["height"], logo["width"]) >= 18, (width, path, logo)
                assert page.evaluate(tools.WIDTH) == []


COLOURED = (
    *("calculation", "campaign", "evidence", "exchange", "facts", "guide", "listing bewijs", "planner"),
    *("search", "series", "story worker"),
)
"""The kinds with the most parts of their own: what is coloured stands on one of these."""


def test_axe_can_read_a_member_s_colours_in_the_dark(
    sites: dict[str, Site], hosts: dict[str, str], chromium: Browser
) -> None:
    each = [hosts["wilgendam"] + sites["wilgendam"].kinds[kind] for kind in COLOURED]
    assert tools.audit(chromium, each, [LOOKS["dark"]]) == []


@pytest.mark.long  # minutes of the same: each kind is looked at in test_pages.py, and the dark above
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("member", MEMBERS)
def test_axe_finds_nothing_on_a_page_of_each_kind(
    member: str, scheme: str, sites: dict[str, Site], hosts: dict[str, str], chromium: Browser
) -> None:
    each = [hosts[member] + path for path in sites[member].kinds.values() if path in sites[member].linked]
    assert len(each) > 12
    assert tools.audit(chromium, each, [LOOKS[scheme]]) == []


@pytest.mark.long  # the kinds are looked at above; here are the pages that only this member has
def test_axe_finds_nothing_on_local_pages(hosts: dict[str, str], chromium: Browser) -> None:
    assert tools.audit(chromium, [hosts["wilgendam"] + path for path in LOCAL], [*LOOKS.values()]) == []


def test_pages_say_and_ask_nothing_strange(hosts: dict[str, str], chromium: Browser) -> None:
    for member in MEMBERS:
        for path in ("index.html", "verhalen/tirza.html" if member == "wilgendam" else "verhalen/amina.html"):
            with tools.opened(chromium, viewport=PHONE) as page:
                assert tools.open_and_look(page, hosts[member] + path) == []


# ── what pages are made from ──


@pytest.mark.parametrize("member", MEMBERS)
def test_what_a_site_is_made_from_can_be_named(member: str, output: Path) -> None:
    """Fingerprints do not look whether a value can change, nor for own names inside of records."""
    options = Options(dt.date.fromisoformat(tools.DAY))
    with Session(Project(tools.PROJECT, output), options, lambda *_: None) as session:
        planned = session.pipeline().plan(session.files(BRANDS / member), guide=True).artifacts
    assert len(planned) > 100
    inputs = [pair for item in planned for pair in (*item.inputs, *item.common, *item.given)]
    assert [name for name, value in inputs if not isinstance(name, str) or list(_unfit(value))] == []


def _unfit(value: object, within: bool = False) -> Iterator[object]:
    """What in a value may change, or has a name of its own that is not asked for."""
    if getattr(value, "fingerprint", None) is not None:
        if within and not isinstance(value, Body):  # that is named rightly by all that is in it, too
            yield value
    elif isinstance(value, tuple | Record):
        for part in value if isinstance(value, tuple) else astuple(value):
            yield from _unfit(part, True)
    elif not isinstance(value, str | int | float | bytes | Decimal | dt.date | frozenset | type | type(None)):
        yield value
