"""Telephone numbers and e-mail addresses as people type them, and the links that they make.

Telephone numbers are read by phonenumbers, a port of Google's libphonenumber with the numbering plans of all
countries. Importing it takes 0.1 s, so that is done where a number is read. E-mail addresses are those of the
HTML standard, which browsers hold a form to. See ``docs/decisions/contact-details.md``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

from microsite.core.problems import InvalidValue, text
from microsite.core.records import Record
from microsite.core.urls import homograph_problem

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

REGION = "NL"
"""The country of a number that does not begin with ``+``."""


class InvalidDetail(InvalidValue):
    """This is no telephone number, or no e-mail address."""


class Phone(Record):
    """A telephone number: as it was typed, and as a URL: ``tel:+31101234567``, ``tel:112``.

    ``assigned``: it is within a range that the country has in use.
    """

    shown: str
    url: str
    assigned: bool = True

    def __str__(self) -> str:
        return self.shown


class Email(Record):
    """An e-mail address, as it was typed and as a URL: ``mailto:info@example.nl``."""

    shown: str
    url: str

    def __str__(self) -> str:
        return self.shown


def _visible(typed: str) -> str:
    """The value without the invisible signs that come along when it is copied."""
    shown = "".join(sign for sign in typed if unicodedata.category(sign) != "Cf")
    return " ".join(shown.split())


# ── telephone numbers ──

_NUMBER = re.compile(r"[+(]*\d[\d\s()./-]*(?:;ext=\d{1,7})?")
_SHORT = re.compile(r"1\d{2,5}")
"""Numbers without an area code: 112, 144, 14010, 116117."""


def parse_phone(typed: str) -> Phone:
    """The one telephone number that this is. Raises InvalidDetail.

    The URL has the international form (E.164), but not that of numbers that cannot be dialled from abroad.
    """
    shown = _visible(typed)
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", shown))
    digits = re.sub(r"\D", "", plain)
    if _SHORT.fullmatch(digits) and not plain.startswith("+") and re.fullmatch(r"[\d\s-]+", plain):
        return Phone(shown, f"tel:{digits}")
    import phonenumbers  # imported here: see above

    try:
        if not _NUMBER.fullmatch(plain):
            raise _not_a_number(shown, plain)
        number = phonenumbers.parse(plain, REGION)
    except phonenumbers.NumberParseException:
        raise _not_a_number(shown, plain) from None
    assigned = phonenumbers.is_valid_number(number)
    kinds = phonenumbers.PhoneNumberType
    if not assigned and not any(
        phonenumbers.is_possible_number_for_type(number, kind) for kind in (kinds.FIXED_LINE, kinds.MOBILE)
    ):
        raise _not_a_number(shown, plain)
    return Phone(shown, f"tel:{_dialled(number)}", assigned)


def _dialled(number: PhoneNumber) -> str:
    import phonenumbers

    kinds = phonenumbers.PhoneNumberType
    extension = f";ext={number.extension}" if number.extension else ""
    if phonenumbers.number_type(number) in (kinds.TOLL_FREE, kinds.PREMIUM_RATE, kinds.SHARED_COST):
        national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        return re.sub(r"\D", "", national) + extension
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def _not_a_number(shown: str, plain: str) -> InvalidDetail:
    """What is wrong with it: more than one number, words beside it, or no number at all."""
    import phonenumbers

    found = list(phonenumbers.PhoneNumberMatcher(plain, REGION))
    if len(found) > 1:
        return InvalidDetail(
            text("'{value}' is more than one telephone number", value=shown),
            text("choose one: {choices}", choices=", ".join(match.raw_string for match in found)),
        )
    if found:
        number = found[0].raw_string
        rest = f"{plain[: found[0].start]} {plain[found[0].end :]}".strip(" ,;:.-")
        return InvalidDetail(
            text("'{value}' is more than a telephone number", value=shown),
            text("write only: {value}", value=number)
            if not rest or _LABEL.fullmatch(rest)
            else text(
                "write only: {value}; and '{rest}' in a text, such as that of contact.md",
                value=number,
                rest=rest,
            ),
        )
    return InvalidDetail(
        text("'{value}' is not a telephone number", value=shown),
        text("count the digits; write it as 010-1234567, or one from abroad as +32 2 555 12 12"),
    )


_LABEL = re.compile(r"(?:t|tel|telefoon|telefoonnummer|m|mob|mobiel|phone)", re.I)


# ── e-mail addresses ──

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_HOST_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@({_HOST_LABEL}(?:\.{_HOST_LABEL})*\.[^\W\d_]{{2,}})")


def parse_email(typed: str) -> Email:
    """The one e-mail address that this is, without a name or anything that a mail program would act on.

    Its domain may have letters with accents. Raises InvalidDetail.
    """
    shown = _visible(typed)
    parts = _EMAIL.fullmatch(shown)
    host = _ascii(parts[2]) if parts else ""
    if parts is None or not host or len(shown) > 254 or len(parts[1]) > 64:
        raise _not_an_address(shown)
    if look_alike := homograph_problem(parts[2]):
        raise InvalidDetail(*look_alike)
    return Email(shown, f"mailto:{quote(parts[1], safe='+')}@{host}")


def _ascii(host: str) -> str:
    """The host as mail servers know it, or "" if it cannot be one."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""


_AT = re.compile(r"\s*[(\[{]\s*(?:at|apenstaartje|@)\s*[)\]}]\s*|\s+(?:at|apenstaartje)\s+|\s*@\s*", re.I)
_DOT = re.compile(r"\s*[(\[{]\s*(?:dot|punt)\s*[)\]}]\s*|\s+(?:dot|punt)\s+|(?<=\w),(?=[a-z]{2,6}$)", re.I)


def _not_an_address(shown: str) -> InvalidDetail:
    """What is wrong with it, with the addresses that can be made out."""
    tidy = _DOT.sub(".", _AT.sub("@", shown.partition("?")[0]))
    found = list(dict.fromkeys(match[0] for match in _EMAIL.finditer(tidy)))
    if len(found) > 1:
        return InvalidDetail(
            text("'{value}' is more than one e-mail address", value=shown),
            text("choose one: {choices}", choices=", ".join(found)),
        )
    return InvalidDetail(
        text("'{value}' is not an e-mail address", value=shown),
        text("write only: {value}", value=found[0])
        if found
        else text("write one address, such as info@example.nl"),
    )
