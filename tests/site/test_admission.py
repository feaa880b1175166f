"""Admission: one place decides who is shown."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import microsite
from microsite.content.consent import Consent
from microsite.content.documents import Document
from microsite.content.front_matter import Meta
from microsite.content.kinds import page_path
from microsite.core.records import replace
from microsite.core.settings import NATIONAL
from microsite.site.people.admission import Rules, admit

DAY = dt.date(2026, 11, 22)
RULES = Rules(DAY, "members")


def document(path: str) -> Document:
    return Document(path, page_path(path), (f"content/{path}",), NATIONAL, Meta(title=path))


def test_only_admission_applies_the_rule_of_consent() -> None:
    package = Path(microsite.__file__).parent
    importers = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "microsite.content.consent"
        and {"refusal", "refusals", "ending"} & {alias.name for alias in node.names}
    }
    assert importers == {"site/people/admission.py"}


def test_all_consents_of_a_document_are_asked_not_only_one() -> None:
    package = Path(microsite.__file__).parent
    asking = [
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "consent"
    ]
    assert asking == [], "use Document.consents: a page can have several"


def test_what_is_part_of_a_page_that_is_left_out_goes_too_at_any_depth() -> None:
    paths = ("ambassadeurs/noor.md", "ambassadeurs/noor/maart.md", "ambassadeurs/noor/maart/los.md")
    admission = admit([document(path) for path in paths], RULES, frozenset({paths[0]}))
    assert not admission.shown
    assert admission.left_out == {*paths[1:]}
    assert admission.unlinked == {paths[0]}
    assert [withheld.path for withheld in admission.withheld] == [*paths[1:]]


def test_what_an_older_site_shows_and_this_one_may_not_has_to_be_removed() -> None:
    shown = document("contact.md")
    admission = admit([shown], RULES, unknown=("nieuws/",))
    people = dict.fromkeys(("contact.md", "verhalen/amina.md", "nieuws/onleesbaar.md"), ("web",))
    assert admission.to_remove(people, ()) == ("verhalen/amina.md",)


def test_what_is_shown_in_fewer_channels_has_to_be_removed_too() -> None:
    agreed = Consent("C-1", "valid", DAY, dt.date.max, ("web", "social"), ("members",), DAY)
    told = replace(document("verhalen/amina.md"), consents=(("consent", agreed),))
    admission = admit([told], RULES)
    assert admission.agreed == {told.path: ("social", "web")}
    for before, removed in ((), ()), (("web", "social"), ()), (("web", "print"), (told.path,)):
        assert admission.to_remove({told.path: before}, ()) == removed
