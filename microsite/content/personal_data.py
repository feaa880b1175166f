"""Personal data in texts: what seems to be the number, account or address of a person is reported.

Only forms that are certain enough to interrupt somebody for: numbers with a check digit have to pass it, and
those that are said to be of something else (an order, a book, a file) are left alone. What may be public is
named in the front matter: ``may_be_public``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from microsite.content.tree import MappingNode, SequenceNode, scalars
from microsite.core.problems import Place, Problem, Text, text
from microsite.core.records import Record

MAY_BE_PUBLIC = "may_be_public"

_NOT_OF_PEOPLE = frozenset({"consent", MAY_BE_PUBLIC, "based_on", "image"})
_CONTACT = re.compile(r"(?:^|/)(?:contact|colofon|privacy|pers)[^/]*\.md$", re.I)
"""Pages that are there to say how the organisation is reached."""

# These begin with what a match may begin with, and only then look at what is before it: a search passes over
# all other characters at once. A pattern that begins with a lookbehind is tried at each: four times as slow.
_ALONE = r"(?<![\w+.,/:=@-].)"
_PHONE = re.compile(
    rf"(?:\+{_ALONE}31|0{_ALONE}031|\({_ALONE}0|0{_ALONE})[\d ()-]{{7,17}}\d(?![\w@]|[.,-]\d)"
)
_AREA = re.compile(r"(?:06|0[1-57]\d{1,2})\)?[ -]")
_FREE = re.compile(r"08|09|06[67]6")
"""Numbers of services, and of meters."""

_BSN = re.compile(
    r"\d(?<![\w.,€/-].)(?<!€[ \u00a0].)(?:\d{8}|\d{3}[. ]\d{2}[. ]\d{3}|\d{2} \d{3} \d{3})(?![\w/]|[.,-]\d)"
)
_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_IBAN = re.compile(r"[A-Z](?<!\w.)[A-Z]\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_POSTCODE = re.compile(r"[1-9](?<!\w.)\d{3} ?(?!SA|SD|SS|EU|EG)[A-Z]{2}\b")
_STREET = re.compile(
    r"[^\W\d][\w.'\u2019-]+ \d{1,5}(?:[ -]?(?:[a-zA-Z]|\d{1,3}|bis|hs|[IVX]{1,4}))?[\s,]{1,3}$"
)
_ROLES = frozenset(
    """
    aanmelden aanmelding administratie avg balie bestuur buurthuis campagne communicatie contact fg gemeente
    griffie hallo helpdesk hulp info inwoners klachten loket mail noreply office pers post press privacy raad
    receptie redactie secretariaat servicepunt steunpunt support team vrijwilligers webmaster welkom wijkteam
    """.split()  # noqa: SIM905 -- as readable as a list of words can be
)
"""The first word of mailboxes that are not one person's."""

_SAID_PHONE = re.compile(
    r"(?:\btel|telefoon|\bbel|mobiel|\bapp|\bsms|phone|\bcall)\w*\W*(?:\w+\W+){0,2}$", re.I
)
_SAID_BSN = re.compile(r"(?:\bbsn|burgerservice|sofi)\w*\W*(?:\w+\W+){0,2}$", re.I)
_SAID_OTHER = re.compile(
    r"(?:code|order|bestel|isbn|issn|kvk|k\.v\.k|btw|factu|dossier|zaak|artikel|\bdoi|rsin|fiscaal"
    r"|anbi|polis|referentie|project|kenmerk|ecli|klant|versie|serie)\w*\W*(?:\w+\W+){0,2}$",
    re.I,
)
_SAID_NUMBER = re.compile(r"(?:nummer|\bnr|\bno)\W*$", re.I)
_AMOUNT = re.compile(
    r"[ \u00a0]*(?:euro|eur\b|€|%|mensen|inwoners|gezinnen|huishoudens|keer|uur|km|kilo|stuks)", re.I
)

_HINT = text("take it away; what may be public is named in 'may_be_public', as it is written here")
PHONE = text("this looks like a telephone number of a person")
BSN = text("this looks like a citizen service number")
EMAIL = text("this looks like an e-mail address of a person")
IBAN = text("this looks like the number of a bank account")
ADDRESS = text("this looks like the address where somebody lives")


class Finding(Record):
    """What seems to be personal data: ``offset`` is where it begins in the text."""

    message: Text
    typed: str
    offset: int


def find(words: str) -> Iterator[Finding]:
    """What seems to be personal data in a text."""
    if "@" in words:
        emails = (Finding(EMAIL, found[0], found.start()) for found in _EMAIL.finditer(words))
        yield from (email for email in emails if _MAILBOX.split(email.typed.lower())[0] not in _ROLES)
        words = _EMAIL.sub(_blank, words)
    if not _DIGIT.search(words):  # as most sentences; the patterns below are a tenth of reading a text
        return
    accounts = [found for found in _IBAN.finditer(words) if _passes_mod97(found[0])]
    for found in accounts:
        yield Finding(IBAN, found[0], found.start())
        words = words[: found.start()] + _blank(found) + words[found.end() :]
    yield from (Finding(PHONE, f[0], f.start()) for f in _PHONE.finditer(words) if _is_phone(f))
    yield from (Finding(BSN, f[0], f.start()) for f in _BSN.finditer(words) if _is_bsn(f))
    for found in _POSTCODE.finditer(words):
        if street := _STREET.search(_before(found)):
            begin = found.start() - len(_before(found)) + street.start()
            yield Finding(ADDRESS, words[begin : found.end()], begin)


_MAILBOX = re.compile(r"[._+@-]")


def _before(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - 60) : found.start()]


def personal_data(path: str, front_matter: MappingNode, body: str, name: str, line: int) -> Iterator[Problem]:
    """Warnings about personal data in a page. ``body`` is in the file ``name`` from ``line`` on."""
    if _CONTACT.search(path):
        return
    answers = front_matter.get(MAY_BE_PUBLIC)
    allowed = {_plain(node.text) for node in scalars(answers)} if isinstance(answers, SequenceNode) else set()
    for key, node in front_matter.items:
        if key.text not in _NOT_OF_PEOPLE:
            for value in scalars(node):
                yield from (
                    _problem(value.place, found) for found in find(value.text) if not _ok(found, allowed)
                )
    for found in find(body):
        if not _ok(found, allowed):
            above = body[: found.offset]
            column = found.offset - (above.rfind("\n") + 1) + 1
            yield _problem(Place(name, line + above.count("\n"), column), found)


def is_of(problem: Problem, known: frozenset[str]) -> bool:
    """Whether a problem is about one of these numbers or addresses, of organisations."""
    return any(key == "found" and value in known for key, value in problem.message.values)


def plain_all(values: Iterable[str]) -> frozenset[str]:
    """The numbers and addresses in a form in which they can be compared."""
    return frozenset(_plain(value) for value in values if value)


def _problem(place: Place, found: Finding) -> Problem:
    """A warning that does not show what was found: it may be read by more people than the text is."""
    return Problem(place, found.message.format(found=_plain(found.typed)), _HINT, "warning")


def _ok(found: Finding, allowed: set[str]) -> bool:
    return _plain(found.typed) in allowed


def _plain(typed: str) -> str:
    bare = "".join(c for c in typed.replace("(0)", "") if c.isalnum() or c in "@+").lower()
    return re.sub(r"^(?:\+31|0031)(?=[1-9]\d{8}$)", "0", bare)


def _is_phone(found: re.Match[str]) -> bool:
    typed, before, number = found[0], _before(found), _plain(found[0])
    if not re.fullmatch(r"0[1-7]\d{8}", number) or _FREE.match(number) or len(set(number[2:])) == 1:
        return False
    if _SAID_PHONE.search(before) or typed.startswith(("+31", "0031")):
        return True
    if _SAID_OTHER.search(before):
        return False
    return number.startswith("06") or _AREA.match(typed.lstrip("(")) is not None


def _is_bsn(found: re.Match[str]) -> bool:
    typed, before = found[0], _before(found)
    digits = [int(c) for c in typed if c.isdigit()]
    weighed = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    if weighed % 11 or len(set(digits)) == 1 or _AMOUNT.match(found.string, found.end()):
        return False
    if _SAID_BSN.search(before):
        return True
    grouped_as_amounts = typed.count(" ") == 2 and typed[3] == " "
    return not (grouped_as_amounts or _SAID_OTHER.search(before) or _SAID_NUMBER.search(before))


def _passes_mod97(typed: str) -> bool:
    bare = typed.replace(" ", "")
    return 15 <= len(bare) <= 34 and int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
