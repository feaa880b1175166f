"""Texts (DOCX): what fills them, what stays open, and that any program can read them."""

from __future__ import annotations

import datetime as dt
import re
import time
from decimal import Decimal

import pytest

from helpers import office
from helpers.office import W, house_style, parts, templates, words, xml
from microsite.brand.document_fonts import Letters, letters
from microsite.content.facts import Fact, Reference
from microsite.content.markdown.rendered import join_pieces
from microsite.content.schema import PartialDate
from microsite.core.records import replace
from microsite.rendering.office import texts
from microsite.rendering.office.house_style import embedded, typeface
from microsite.rendering.office.sender import Place
from microsite.rendering.office.slots import SLOTS, Filled, of_brand, of_fact
from microsite.rendering.office.texts import (
    PLAN,
    TEMPLATES,
    TEXTS,
    Exchange,
    Letter,
    Month,
    TextKind,
    document,
    open_slots,
)
from microsite.rendering.views import Body, Slot

KINDS = {kind.stem: kind for kind in TEXTS}
FACT = Fact(
    "€ 1,60",
    Decimal("1.6"),
    "euro",
    "Opbrengst van elke euro",
    Reference("Meta-analyse", "SEOR", date=PartialDate(2020, 12, 22)),
    "Dit is een gemiddelde.",
    PartialDate(2020),
)
BODY = Body(join_pieces(["<p>Beste wethouder,</p><p>Groet van ", "</p>"]), (Slot("organisatie"),), "")
EXCHANGE = Exchange(
    "Mag je {datum} helpen?",
    "Twee brieven.",
    (Letter("Zij doet open", "Sanjay", dt.date(2026, 10, 1), BODY),),
)
HOSTILE = "a & b < c > \"d\" 'e' \x00\x0b\x1b\ufffe\ud800 {phone} 🙂 é"


def made(stem: str, brand: str = "wilgendam", filled: Filled | None = None, **more: object) -> bytes:
    """A text with the figure, or with only these values."""
    kind = KINDS[stem]
    own = office.sender(brand, filled)
    values = of_fact(FACT) if filled is None else ()
    return document(templates(*TEMPLATES, kind.template), kind, values, own, **more)  # type: ignore[arg-type]


def controls(data: bytes) -> list[str]:
    """The names of the content controls of a text."""
    root = xml(parts(data)["word/document.xml"])
    return [str(tag.get(f"{W}val")) for tag in root.iter(f"{W}tag")]


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.stem)
@pytest.mark.parametrize("brand", ["wilgendam", "roetmolen", "vuurduin"])
def test_the_list_of_open_slots_is_what_is_open(kind: TextKind, brand: str) -> None:
    filled = of_brand(office.kit(brand).brand, "Een campagne")
    data = made(kind.stem, brand, filled)
    listed = set(open_slots(kind, filled))
    assert set(controls(data)) == listed
    assert set(kind.slots) - {name for name, _ in filled} == listed


def test_what_is_filled_is_no_control_and_is_read() -> None:
    data = made("persbericht")
    said = words(data, "word/document.xml")
    assert "0187 00 00 03" in said
    assert "Wilgendam" in said
    assert "€ 1,60" in said
    assert "Dit is een gemiddelde." in said
    assert "phone" not in controls(data)
    assert "[dag en uur, of: direct te publiceren]" in said


def test_who_gave_no_contact_sends_nobody_to_the_campaign() -> None:
    filled = dict(of_brand(office.kit("roetmolen").brand, "Een campagne"))
    assert set(filled) == {"campaign", "organisation", "website"}


def test_an_exchange_fills_the_booklet_and_what_looks_like_a_slot_is_text() -> None:
    data = made("briefwisseling", exchange=EXCHANGE)
    assert controls(data) == []
    said = words(data, "word/document.xml")
    assert "Mag je {datum} helpen?" in said
    assert "Sanjay, 1 oktober 2026\nBeste wethouder,\nGroet van Welzijn Wilgendam" in said
    assert (
        open_slots(KINDS["briefwisseling"], of_brand(office.kit("wilgendam").brand, "Een campagne"), EXCHANGE)
        == ()
    )


def test_a_plan_has_a_place_for_a_name_beside_each_day() -> None:
    months = (
        Month("januari 2027", (("ma 4", "Column {over}"), ("ma 11", "Antwoord")), (0,)),
        Month("februari 2027", (("di 2", "Commissie"),), (0,)),
    )
    data = document(templates(*TEMPLATES, PLAN.template), PLAN, (), office.sender(), months=months)
    office.check(data)
    assert controls(data) == ["goal", "audience", "who", "who", "who"]
    said = words(data, "word/document.xml")
    assert "januari 2027 – februari 2027" in said
    assert "ma 4\nColumn {over}\n[naam]" in said
    assert set(open_slots(PLAN, office.sender().filled)) == {"goal", "audience", "who"}
    bold = re.findall(r'w:val="Strong"/></w:rPr><w:t[^>]*>([^<]*)', parts(data)["word/document.xml"].decode())
    assert bold[2:] == ["ma 4", "Column {over}", "di 2", "Commissie"]


def test_the_social_map_has_places_and_room_for_others() -> None:
    data = made("hoorzitting", places=(Place("Steunpunt", "Mantelzorg", "0187 00 00 04"),))
    said = words(data, "word/document.xml")
    assert "Steunpunt\nMantelzorg\n0187 00 00 04" in said
    assert controls(data).count("place_on_map") == 3


def test_spoken_words_are_counted_at_a_rate_that_is_told() -> None:
    plain = words(made("spreektijd"), "word/document.xml")
    longer = words(
        made("spreektijd", filled=(*of_fact(FACT), ("opening", " ".join(["woord"] * 65)))),
        "word/document.xml",
    )
    counts = [int(found) for found in re.findall(r"(\d+) woorden, ", plain + longer)]
    municipality = 1  # "Wilgendam" is filled in the first only
    assert counts[1] - counts[0] == 65 - municipality
    assert f"{texts.SPOKEN_WORDS} woorden per minuut" in plain
    assert f"3 minuten\n{3 * texts.SPOKEN_WORDS} woorden" in plain


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.stem)
def test_hostile_values_are_text(kind: TextKind) -> None:
    filled = tuple((name, HOSTILE) for name in SLOTS)
    data = made(kind.stem, filled=filled)
    office.check(data)
    said = words(data, "word/document.xml")
    assert "a & b < c > \"d\" 'e' " in said or kind.stem == "briefwisseling"
    assert "🙂 é" in said
    assert controls(data) == []


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.stem)
@pytest.mark.parametrize("brand", ["wilgendam", "roetmolen", "vuurduin", "lichtveen", "sociaal-werkt"])
def test_every_part_is_typed_and_every_reference_leads_to_one(kind: TextKind, brand: str) -> None:
    office.check(made(kind.stem, brand))


def test_styles_that_are_used_exist() -> None:
    for kind in TEXTS:
        found = parts(made(kind.stem))
        known = {style.get(f"{W}styleId") for style in xml(found["word/styles.xml"]).iter(f"{W}style")}
        for name in ("document", "header", "header-first", "footer"):
            root = xml(found[f"word/{name}.xml"])
            used = {
                element.get(f"{W}val")
                for tag in ("pStyle", "rStyle", "tblStyle")
                for element in root.iter(f"{W}{tag}")
            }
            assert used <= known, (kind.stem, name)


def test_it_is_in_dutch_by_the_member_and_has_a_title() -> None:
    found = parts(made("raadsbrief"))
    assert b'w:lang w:val="nl-NL"' in found["word/styles.xml"]
    core = found["docProps/core.xml"].decode()
    assert "<dc:title>Brief aan de gemeenteraad</dc:title>" in core
    assert "<dc:creator>Welzijn Wilgendam</dc:creator>" in core
    assert "<dc:language>nl-NL</dc:language>" in core
    assert "created" not in core


def test_the_logo_has_an_alternative_and_the_mark_is_decoration() -> None:
    header = parts(made("raadsbrief"))["word/header-first.xml"].decode()
    assert 'descr="Logo van Welzijn Wilgendam"' in header
    assert 'decorative" val="1"' in header


def test_the_same_bytes_later() -> None:
    kind = TEXTS[0]
    first = made(kind.stem)
    typeface.cache_clear()
    time.sleep(2.1)  # the times in a ZIP are even seconds
    assert made(kind.stem) == first


def test_a_build_of_many_sites_gives_the_same_bytes() -> None:
    kind, sender = KINDS["spreektijd"], office.sender()
    one, many = (templates(*TEMPLATES, kind.template, many=many) for many in (False, True))
    assert document(one, kind, of_fact(FACT), sender) == document(many, kind, of_fact(FACT), sender)


# ── fonts ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("brand", ["wilgendam", "roetmolen", "vuurduin"])
def test_the_fonts_are_embedded_and_read_back(brand: str) -> None:
    found = parts(made("raadsbrief", brand))
    table = xml(found["word/fontTable.xml"])
    family = next(table.iter(f"{W}font")).get(f"{W}name")
    for style, tag in (("regular", "embedRegular"), ("bold", "embedBold")):
        key = next(table.iter(f"{W}{tag}")).get(f"{W}fontKey") or ""
        assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", key)
        # ECMA-376 part 4, 17.8.1: the digits of the GUID from the last to the first, over 2 × 16 bytes.
        digits = re.sub("[{}-]", "", key)
        mask = [int(digits[30 - 2 * i : 32 - 2 * i], 16) for i in range(16)]
        data = found[f"word/fonts/{style}.odttf"]
        clear = bytes(byte ^ mask[i % 16] for i, byte in enumerate(data[:32])) + data[32:]
        assert clear[:4] == b"\0\1\0\0"
        again = letters(clear)
        assert again.family == family


def test_a_font_that_may_not_be_embedded_is_named_with_a_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    family = Letters("Verboden Letter", "Arial", "0" * 20)
    monkeypatch.setattr("microsite.rendering.office.texts.typeface", lambda _: family)
    data = made("raadsbrief")
    office.check(data)
    found = parts(data)
    assert not [name for name in found if "odttf" in name]
    assert b"embedTrueTypeFonts" not in found["word/settings.xml"]
    table = found["word/fontTable.xml"].decode()
    assert '<w:font w:name="Verboden Letter"><w:altName w:val="Arial"/>' in table


def test_the_fallback_has_serifs_when_the_font_has() -> None:
    assert typeface(house_style("wilgendam").fonts).fallback == "Georgia"
    assert typeface(house_style("roetmolen").fonts).fallback == "Arial"


def test_the_key_of_a_font_follows_from_its_contents() -> None:
    one, other = embedded(b"a" * 64), embedded(b"b" * 64)
    assert one == embedded(b"a" * 64)
    assert one.key != other.key
    assert one.data[32:] == b"a" * 32


def test_a_signature_is_on_no_page_alone() -> None:
    """Word and LibreOffice keep a paragraph with the next one when it says so."""
    letter = Body(join_pieces(["".join(f"<p>{n}</p>" for n in range(9))]), (), "")
    long = replace(EXCHANGE, letters=(Letter("Brief", "Els", None, letter),))
    made_of = {"raadsbrief": made("raadsbrief"), "werkbezoek": made("werkbezoek")}
    for stem, data in made_of.items():
        paragraphs = list(xml(parts(data)["word/document.xml"]).iter(f"{W}p"))
        styles = [str(style.get(f"{W}val")) for p in paragraphs for style in p.iter(f"{W}pStyle")]
        assert paragraphs[styles.index("Groet") - 1].find(f".//{W}keepNext") is not None, stem
    booklet = xml(parts(made("briefwisseling", exchange=long))["word/document.xml"])
    kept = [p for p in booklet.iter(f"{W}p") if p.find(f".//{W}keepNext") is not None]
    assert ["".join(p.itertext()).strip() for p in kept] == ["5", "6", "7"]
