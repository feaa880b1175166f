"""Where links may lead."""

from __future__ import annotations

import re

import pytest

from helpers.markdown import FILE, html_of, joined, marks, only
from microsite.content.markdown.reader import render
from microsite.content.markdown.rendered import (
    LinkMark,
    split_pieces,
)


def test_our_own_links_are_marks_with_their_line() -> None:
    text = (
        "[a](andere.md) en\n[b](../toolkit/raad.md#kop)\n[c](/toolkit/raad/)\n"
        "[d][ref] <a href='e.md'>e</a>\n\n[ref]: d.md"
    )
    rendered = render(text, FILE, 5)[0]
    assert marks(rendered) == [
        LinkMark("andere.md", 5),
        LinkMark("../toolkit/raad.md#kop", 6),
        LinkMark("/toolkit/raad/", 7),
        LinkMark("d.md", 10),
        LinkMark("e.md", 8),
    ]
    assert all(piece.endswith('href="') for piece in split_pieces(rendered.html)[:-1])
    assert all(piece.startswith('"') for piece in split_pieces(rendered.html)[1:])


def test_equal_targets_are_told_apart_and_code_is_not_counted() -> None:
    text = "`[x](a.md)`\n\n```\n[x](a.md)\n```\n\n[x](a.md)\n\n<!-- [x](a.md) -->\n\n[x](a.md)"
    assert [mark.line for mark in render(text, FILE)[0].marks] == [7, 11]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[x](https://x.nl/?a=1&b=2)", '<a href="https://x.nl/?a=1&amp;b=2" rel="noreferrer">x</a>'),
        ("<https://x.nl/>", '<a href="https://x.nl/" rel="noreferrer">https://x.nl/</a>'),
        ("[x](<https://x.nl/a b>)", '<a href="https://x.nl/a%20b" rel="noreferrer">x</a>'),
        ("[x](mailto:a@x.nl)", '<a href="mailto:a@x.nl">x</a>'),
        ("<a@x.nl>", '<a href="mailto:a@x.nl">a@x.nl</a>'),
        ("[x](mailto:a@x.nl?subject=Een%20vraag&body=Hoi)", "mailto:a@x.nl?subject=Een%20vraag&amp;body=Hoi"),
        ("[x](<mailto:a@x.nl?subject=50% korting>)", "mailto:a@x.nl?subject=50%25%20korting"),
        ("[x](<tel:010 123 45 67>)", '<a href="tel:+31101234567">x</a>'),
        ("[x](tel:0800%208115)", '<a href="tel:08008115">x</a>'),
        ("[x](tel:112)", '<a href="tel:112">x</a>'),
        ('<a href="https://x.nl">x</a>', '<a href="https://x.nl" rel="noreferrer">x</a>'),
        ("[x](#top)", '<a href="#top">x</a>'),
        ("## Een kop\n\n[x](#een-kop)", '<a href="#kop-een-kop">x</a>'),
        ("## Een kop\n\n<a href='#kop-een-kop'>x</a>", '<a href="#kop-een-kop">x</a>'),
        ("[x](a.md){.knop}", '<a class="button" href="«link»">x</a>'),
        ("[x](a.pdf){: .download .knop }.", '<a class="download button" href="«link»">x</a>.'),
        ("[x](https://x.nl){.video}", '<a class="video-link" href="https://x.nl" rel="noreferrer">x</a>'),
        ('[x](a.md "Titel")', '<a href="«link»" title="Titel">x</a>'),
    ],
)
def test_links(typed: str, expected: str) -> None:
    assert expected in html_of(typed)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("javascript:alert(1)", "cannot begin with 'javascript:'"),
        ("JaVaScRiPt:alert(1)", "cannot begin with 'JaVaScRiPt:'"),
        ("java&#10;script:alert(1)", "cannot begin with 'javascript:'"),
        ("&#106;avascript:alert(1)", "cannot begin with 'javascript:'"),
        ("\uff4aavascript:alert(1)", "cannot begin with 'javascript:'"),
        ("j\u0430vascript:alert(1)", "cannot begin with 'j\u0430vascript:'"),
        ("java\u200bscript:alert(1)", "cannot begin with 'javascript:'"),
        ("data:text/html,x", "cannot begin with 'data:'"),
        ("vbscript:x", "cannot begin with 'vbscript:'"),
        ("file:///etc/passwd", "cannot begin with 'file:'"),
        ("file:///C:/Sanne/de%20brief.docx", "write only its name: de brief.docx"),
        ("C:\\Sanne\\brief.docx", "'C:\\Sanne\\brief.docx' is a place on your own computer"),
        ("https://www.x,nl/a", "write: https://www.x.nl/a"),
        ("https://x.nl; /a", "write: https://x.nl/a"),
        (
            "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.nl%2Fa&data=05",
            "write: https://x.nl/a",
        ),
        ("https://www.google.com/url?q=https://x.nl/a&sa=D", "write: https://x.nl/a"),
        ("contact.md “Lees: dit”", 'write: (contact.md "Lees: dit")'),
        ("ftp://x.nl", "cannot begin with 'ftp:'"),
        ("http\u200bs://x.nl", "cannot begin with 'https:'"),
        ("https:x", "not a complete address"),
        ("http://localhost:8000/verhalen/noor.html", "only works on a computer or network of your own"),
        ("http://127.0.0.1:8000/", "only works on a computer or network of your own"),
        ("http://[::1]/", "only works on a computer or network of your own"),
        ("http://192.168.1.20/site", "only works on a computer or network of your own"),
        ("https://intranet/beleid", "only works on a computer or network of your own"),
        ("https://nas.local/a.pdf", "only works on a computer or network of your own"),
        ("https://", "not a complete address"),
        ("mailto:x", "'x' is not an e-mail address"),
        ("mailto:?subject=x", "'' is not an e-mail address"),
        ("mailto:a@x,nl", "write only: a@x.nl"),
        ("mailto:a@x.nl,b@x.nl", "more than one e-mail address"),
        ("mailto:a@x.nl?bcc=b@x.nl", "fills in more than the subject and the text"),
        ("mailto:a@x.nl%3Fbcc=b@x.nl", "write only: a@x.nl"),
        ("mailto:a@x.nl?subject=x&Cc=b@x.nl", "leave out what is not 'subject=' or 'body='"),
        ("tel:010", "'010' is not a telephone number"),
        ("tel:0101234567(ma-vr)", "write only: 0101234567; and '(ma-vr)' in a text"),
        ("//x.nl/a", "write 'https://x.nl/a'"),
        ("www.x.nl", "write 'https://www.x.nl'"),
        ("a@x.nl", "write 'mailto:a@x.nl'"),
        ("..\\raad.md", "write '../raad.md'"),
        ("", "goes nowhere"),
        ("#kwijt", "no heading '#kwijt'"),
    ],
)
def test_a_link_that_leads_nowhere_good_is_an_error(target: str, message: str) -> None:
    problem = only(f"Regel\n\nLees [dit]({target}) ook", first_line=4)
    assert (problem.severity, message in problem.render()) == ("error", True), problem.render()
    if not re.search("&#", target):
        assert (problem.place.line, problem.place.column) == (6, 12)
    assert "href" not in joined(render(f"[dit]({target})", FILE)[0])


def test_a_missing_heading_has_a_hint() -> None:
    assert "'hoe-het-begon'" in only("## Hoe het begon\n\n[x](#hoe-het-beging)").render()


def test_a_link_needs_words() -> None:
    assert "no words" in only("[](a.md)").render()
