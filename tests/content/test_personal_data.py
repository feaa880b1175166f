"""Personal data in texts: what is told, what answers it, and that honest texts are left alone."""

from __future__ import annotations

import pytest

from helpers.sites import Campaign, page, story
from microsite.content.documents import parse
from microsite.content.overrides import MarkdownFile
from microsite.content.personal_data import ADDRESS, BSN, EMAIL, IBAN, PHONE, find
from microsite.core.problems import Text
from microsite.core.settings import NATIONAL


def told(typed: str, path: str = "over.md", extra: str = "") -> list[str]:
    data = page("Over", typed, extra).encode()
    problems = parse(MarkdownFile(path, f"content/{path}", NATIONAL, data)).problems
    return [f"{p.place.line} {p.severity} {p.message}" for p in problems if "looks like" in str(p.message)]


@pytest.mark.parametrize(
    ("typed", "message", "found"),
    [
        ("Bel 06-12345678.", PHONE, "06-12345678"),
        ("Bel 06 12 34 56 78 maar.", PHONE, "06 12 34 56 78"),
        ("Zijn nummer: 0612345678", PHONE, "0612345678"),
        ("+31 6 12345678", PHONE, "+31 6 12345678"),
        ("+31 (0)6 12345678", PHONE, "+31 (0)6 12345678"),
        ("(010) 123 45 67", PHONE, "(010) 123 45 67"),
        ("Thuis 0412-123456, na zes uur", PHONE, "0412-123456"),
        ("tel. 0101234567", PHONE, "0101234567"),
        ("Haar telefoonnummer is 0101234567.", PHONE, "0101234567"),
        ("Het gaat om 111222333.", BSN, "111222333"),
        ("BSN 1112.22.333", BSN, "1112.22.333"),
        ("burgerservicenummer: 111 222 333", BSN, "111 222 333"),
        ("Mail k.jansen@example.nl", EMAIL, "k.jansen@example.nl"),
        ("<fatima1987@mail.example.com>", EMAIL, "fatima1987@mail.example.com"),
        ("[mail](mailto:fatima@example.nl)", EMAIL, "fatima@example.nl"),
        ("NL91 ABNA 0417 1643 00", IBAN, "NL91 ABNA 0417 1643 00"),
        ("rekening NL91ABNA0417164300.", IBAN, "NL91ABNA0417164300"),
        ("Zij woont Dorpsstraat 12, 1234 AB Zandhage", ADDRESS, "Dorpsstraat 12, 1234 AB"),
        ("Kerkweg 7b\n1234AB Zandhage", ADDRESS, "Kerkweg 7b\n1234AB"),
        ("Oude Gracht 12-3, 3511 AB", ADDRESS, "Gracht 12-3, 3511 AB"),
    ],
)
def test_what_is_of_a_person_is_found(typed: str, message: Text, found: str) -> None:
    assert [(f.message, f.typed, typed[f.offset :].startswith(found)) for f in find(typed)] == [
        (message, found, True)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "In 2026 en 2027 kwamen 1234 mensen.",
        "Op 01-02-2026 10:30 begint het.",
        "Van 2010-2026 liep het.",
        "Dat kost € 123456782 per jaar.",
        "Dat is 123456782 euro.",
        "Ruim 123 456 782 mensen.",
        "ISBN 978-90-258-1234-7",
        "ISBN 90 6234 567 8, ISSN 0123-4567",
        "Bestelnummer 111222333",
        "Uw ordernummer is 0612345678",
        "KvK 12345678",
        "KvK-nummer 41212345, RSIN 111222333",
        "btw NL111222333B01",
        "Factuur 2026-0412-123456",
        "artikel 12, 2015 EU",
        "Artikel 2.3.1 Wmo 2015, lid 4",
        "artikel 9:22 BW en ECLI:NL:HR:2026:1234",
        "Bel 113 of 0800-0113.",
        "0900 1234567 en 088-1234567",
        "Bel 14 010 of 112.",
        "Mail info@example.nl of pers@example.nl.",
        "team-oost@example.nl",
        "Volg @fatima op sociale media.",
        "https://www.example.nl/0612345678/06-12345678",
        "Versie 1.2.3-20260101",
        "Postcode 1234 AB doet mee.",
        "In 1234 AB wonen 12 gezinnen.",
        "Uitslag 12-3 in 2026.",
        "Een cijfer van 0,612345678",
        "Postbus 000000000",
        "Kamer 12, verdieping 3",
        "10.000.000 stappen en 1.234.567 koppen",
        "DOI 10.1000/111222333",
        "Dossier 1112.22.333",
    ],
)
def test_honest_sentences_are_left_alone(typed: str) -> None:
    assert [found.typed for found in find(typed)] == []


def test_it_is_told_at_its_line_without_what_was_found() -> None:
    assert told("Een.\n\nBel 06-12345678.") == ["7 warning this looks like a telephone number of a person"]
    assert told("Een.", extra='share: "Bel 06-12345678"\n') == [
        "4 warning this looks like a telephone number of a person"
    ]


def test_the_front_matter_answers_it() -> None:
    typed = "Bel +31 6 12345678 of mail k.jansen@example.nl."
    assert len(told(typed)) == 2
    assert told(typed, extra="may_be_public: [06-12345678, K.Jansen@example.nl]\n") == []
    assert len(told(typed, extra="may_be_public: [06-12345679]\n")) == 2


@pytest.mark.parametrize("path", ["contact.md", "contact.en.md", "over/contact.md", "colofon.md", "pers.md"])
def test_pages_that_say_how_to_reach_the_organisation_may(path: str) -> None:
    assert told("Bel 06-12345678.", path) == []


def test_a_consent_is_not_looked_at() -> None:
    data = story(agreed="ref: 111222333, status: pending", body="Bel 06-12345678.").encode()
    problems = parse(MarkdownFile("verhalen/a.md", "content/verhalen/a.md", NATIONAL, data)).problems
    assert not [p for p in problems if "looks like" in str(p.message)]


def test_the_contact_of_the_organisation_may_be_anywhere(campaign: Campaign) -> None:
    campaign.write("content/over.md", page("Over", "Bel +31 10 1234567, of Noor: 010-7654329."))
    report = campaign.build()
    assert report.status == 0
    assert [p.split(": ", 1)[1] for p in report.problems if "looks like" in p] == [
        "warning: this looks like a telephone number of a person"
    ]
    assert "7654329" not in report.said + str(report.data)
