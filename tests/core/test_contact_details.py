"""Telephone numbers and e-mail addresses as people type them: one right link, or a way out."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.core.contact_details import InvalidDetail, parse_email, parse_phone


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("010-1234567", "tel:+31101234567"),
        ("(010) 123 45 67", "tel:+31101234567"),
        ("010.123.45.67", "tel:+31101234567"),
        ("+31 (0)10 123 45 67", "tel:+31101234567"),
        ("0031 10 1234567", "tel:+31101234567"),
        ("06 – 12 34 56 78", "tel:+31612345678"),
        ("\u202a06 12345678\u202c", "tel:+31612345678"),
        ("06\u00a012345678", "tel:+31612345678"),
        ("010-1234567;ext=12", "tel:+31101234567;ext=12"),
        ("+32 2 555 12 12", "tel:+3225551212"),
        ("088 000 00 00", "tel:+31880000000"),
        ("0800-8115", "tel:08008115"),  # cannot be dialled from abroad
        ("0900 1234", "tel:09001234"),
        ("112", "tel:112"),
        ("14 010", "tel:14010"),
        ("116 117", "tel:116117"),
    ],
)
def test_a_number_becomes_the_url_that_dials_it(typed: str, url: str) -> None:
    assert parse_phone(typed).url == url


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "088 000 00 00 (ma-vr 9-17u)",
            "write only: 088 000 00 00; and '(ma-vr 9-17u)' in a text, such as that of contact.md",
        ),
        ("Tel. 010-1234567", "is more than a telephone number | write only: 010-1234567"),
        ("tel:010-1234567", "is more than a telephone number | write only: 010-1234567"),
        ("06-12345678 of 010-1234567", "than one telephone number | choose one: 06-12345678, 010-1234567"),
        ("010-1234567 / 06-12345678", "than one telephone number | choose one: 010-1234567, 06-12345678"),
        ("010-123456", "is not a telephone number | count the digits"),
        ("010-12345678", "is not a telephone number | count the digits"),
        ("0800-BEL-ONS", "is not a telephone number | count the digits"),
        ("volgt", "is not a telephone number | count the digits"),
    ],
)
def test_what_is_not_one_number_is_told_with_a_way_out(typed: str, said: str) -> None:
    with pytest.raises(InvalidDetail) as stop:
        parse_phone(typed)
    assert said in f"{stop.value.message} | {stop.value.hint}"


def test_a_number_that_nobody_has_is_read_and_known_as_such() -> None:
    assert not parse_phone("06-00000000").assigned


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("info@x.nl", "mailto:info@x.nl"),
        ("jan.de+boer@post.x.nl", "mailto:jan.de+boer@post.x.nl"),
        ("in\u200bfo@x.nl ", "mailto:info@x.nl"),
        ("vraag&antwoord@x.nl", "mailto:vraag%26antwoord@x.nl"),
        ("wat?bcc=a@x.nl", "mailto:wat%3Fbcc%3Da@x.nl"),  # strange, and one address
        ("info@café.example", "mailto:info@xn--caf-dma.example"),
    ],
)
def test_an_address_becomes_the_url_that_writes_to_it_and_to_no_other(typed: str, url: str) -> None:
    assert parse_email(typed).url == url


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a@x.nl, b@x.nl", "is more than one e-mail address | choose one: a@x.nl, b@x.nl"),
        ("a@x.nl;b@x.nl", "is more than one e-mail address | choose one: a@x.nl, b@x.nl"),
        ("info(at)x.nl", "is not an e-mail address | write only: info@x.nl"),
        ("info at x punt nl", "is not an e-mail address | write only: info@x.nl"),
        ("Redactie <info@x.nl>", "is not an e-mail address | write only: info@x.nl"),
        ("mailto:info@x.nl", "is not an e-mail address | write only: info@x.nl"),
        ("info@x,nl?bcc=a@kwaad.invalid", "is not an e-mail address | write only: info@x.nl"),
        ("info@x.nl?bcc=a@kwaad.invalid", "is not an e-mail address | write only: info@x.nl"),
        ("info@x.nl.", "is not an e-mail address | write only: info@x.nl"),
        ("info@x", "is not an e-mail address | write one address, such as"),
        ("info@x..nl", "is not an e-mail address | write one address, such as"),
        ("www.x.nl", "is not an e-mail address | write one address, such as"),
        ("info@p\u0430ypal.nl", "has a sign that looks like another"),
    ],
)
def test_what_is_not_one_address_is_told_with_a_way_out(typed: str, said: str) -> None:
    with pytest.raises(InvalidDetail) as stop:
        parse_email(typed)
    assert said in f"{stop.value.message} | {stop.value.hint}"


@given(st.text(max_size=40) | st.from_regex(r"[0-9+() ./-]{3,20}") | st.from_regex(r"[a-z.@,?&;=%]{3,30}"))
def test_whatever_is_typed_no_url_does_more_than_call_or_write(typed: str) -> None:
    for parse, allowed in ((parse_phone, "+0123456789;=ext"), (parse_email, None)):
        try:
            url = parse(typed).url.partition(":")[2]
        except InvalidDetail as stop:
            assert stop.hint.render()  # noqa: PT017 - either way is right
            continue
        if allowed:
            assert set(url) <= set(allowed)
        else:
            assert url.count("@") == 1
            assert not set('?&,; \r\n<>"') & set(url)


@pytest.mark.external
def test_the_numbering_plans_are_loaded_only_to_read_a_number() -> None:
    code = "import sys, microsite.build, microsite.brand.loader; print('phonenumbers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
