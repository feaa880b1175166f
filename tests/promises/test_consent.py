"""Consent: every state, and the proof that nothing of somebody who is left out is anywhere."""

from __future__ import annotations

import datetime as dt
import errno
import itertools
import os
import re
from pathlib import Path
from typing import Any

import pytest

from helpers import sites
from helpers.people import BODY, NAME, personal, traces
from helpers.sites import BRAND, Campaign, consent, story
from microsite.cli import main
from microsite.content.consent import Audience, Channel, Consent, Status, refusal

DAY = dt.date(2026, 11, 22)
SOUND: dict[str, Any] = {
    "ref": "C-1",
    "status": "valid",
    "given_on": dt.date(2026, 1, 1),
    "expires_on": dt.date(2028, 1, 1),
    "scope": ("web", "social"),
    "audience": ("national", "members"),
    "final_text_seen_on": dt.date(2026, 1, 15),
}

# ── the rule, state by state ──

STATUSES: tuple[Status, ...] = ("valid", "pending", "withdrawn", "expired")
DAYS = {
    "the day before it begins": (dt.date(2025, 12, 31), False),
    "its first day, the text not seen yet": (dt.date(2026, 1, 1), False),
    "the day before the text was seen": (dt.date(2026, 1, 14), False),
    "the day on which the text was seen": (dt.date(2026, 1, 15), True),
    "in between": (DAY, True),
    "a leap day": (dt.date(2028, 2, 29), False),
    "its last day": (dt.date(2027, 12, 31), True),
    "the day of its end": (dt.date(2028, 1, 1), False),
}
CHANNELS: tuple[Channel, ...] = ("web", "social", "print", "press")
AUDIENCES: tuple[Audience, ...] = ("national", "members")
SCOPES: tuple[tuple[Channel, ...], ...] = ((), ("web",), ("social", "print"), CHANNELS)
LAYERS: tuple[tuple[Audience, ...], ...] = ((), ("national",), ("members",), AUDIENCES)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("day", DAYS)
def test_shown_only_when_everything_says_yes(status: Status, day: str) -> None:
    date, in_time = DAYS[day]
    for scope, channel, layers, audience, minor, guardian in itertools.product(
        SCOPES, CHANNELS, LAYERS, AUDIENCES, (False, True), (False, True)
    ):
        given = Consent(
            **{**SOUND, "status": status, "scope": scope, "audience": layers}, minor=minor, guardian=guardian
        )
        expected = (
            status == "valid"
            and in_time
            and channel in scope
            and audience in layers
            and (guardian or not minor)
        )
        assert (refusal(given, date, channel, audience) is None) is expected, given


@pytest.mark.parametrize(
    ("changes", "day", "reason", "severity"),
    [
        (
            {"expires_on": dt.date(2025, 8, 20)},
            DAY,
            "left out: consent C-1 ends on 2025-08-20, and begins on 2026-01-01 only",
            "warning",
        ),
        ({"status": "withdrawn"}, DAY, "left out: consent C-1 was withdrawn", "notice"),
        ({"status": "pending"}, DAY, "left out: consent C-1 is still pending", "warning"),
        ({"status": "expired"}, DAY, "left out: consent C-1 has ended", "notice"),
        ({}, dt.date(2028, 1, 1), "left out: consent C-1 ended on 2028-01-01", "notice"),
        ({}, dt.date(2025, 12, 31), "left out: consent C-1 begins on 2026-01-01", "notice"),
        ({"scope": ("print",)}, DAY, "left out: consent C-1 is not for 'web'", "warning"),
        ({"audience": ("members",)}, DAY, "left out: consent C-1 is not for 'national'", "notice"),
        ({"minor": True}, DAY, "left out: consent C-1 is of a minor", "warning"),
        ({"final_text_seen_on": None}, DAY, "has not seen the final text", "warning"),
        ({"final_text_seen_on": dt.date(2026, 11, 23)}, DAY, "has not seen the final text", "warning"),
        # Withdrawal goes before all other reasons: it is nobody's homework.
        ({"status": "withdrawn", "scope": ()}, dt.date(2030, 1, 1), "was withdrawn", "notice"),
    ],
)
def test_each_reason_is_told_apart(changes: dict[str, Any], day: dt.date, reason: str, severity: str) -> None:
    refused = refusal(Consent(**{**SOUND, **changes}), day, "web", "national")
    assert refused is not None
    assert reason in str(refused.reason)
    assert refused.severity == severity
    assert (refused.hint is not None) == (severity == "warning" and "not for" not in reason) or refused.hint


# ── whole sites ──

LEFT_OUT: dict[str, str] = {
    "withdrawn": story(agreed=consent(status="withdrawn")),
    "pending": story(agreed=consent(status="pending")),
    "expired by status": story(agreed=consent(status="expired")),
    "expired today": story(agreed=consent(expires_on=sites.DAY)),
    "expired long ago": story(agreed=consent(given_on="2020-01-01", expires_on="2021-01-01")),
    "begins tomorrow": story(agreed=consent(given_on="2026-11-23")),
    "not for the web": story(agreed=consent(scope="[social, print, press]")),
    "for nothing": story(agreed=consent(scope="[]")),
    "scope left out": story(agreed=consent(scope=None)),
    "not for this layer": story(agreed=consent(audience="[members]")),
    "audience left out": story(agreed=consent(audience=None)),
    "a minor": story(agreed=consent(minor="true")),
    "a minor, in Dutch": story(agreed=consent(minor="ja", guardian="nee")),
    "text never seen": story(agreed=consent(final_text_seen_on=None)),
    "text seen tomorrow": story(agreed=consent(final_text_seen_on="2026-11-23")),
    "no consent": story(agreed=None),
    "no consent, said not to be made up": story(agreed=None, extra="fictional: false\n"),
    "made up, but withdrawn": story(agreed=consent(status="withdrawn"), extra="fictional: true\n"),
    "made up, but unclear": story(agreed=consent(status="vald"), extra="fictional: true\n"),
    "an empty group": story(agreed=None, extra="consent:\n"),
    "an empty group in braces": story(agreed=""),
    "a word instead of a group": story(agreed=None, extra="consent: ja\n"),
    "a list instead of a group": story(agreed=None, extra="consent: [valid]\n"),
    "status mistyped": story(agreed=consent(status="withdrwan")),
    "status with a capital": story(agreed=consent(status="Valid")),
    "status in Dutch": story(agreed=consent(status="geldig")),
    "status empty": story(agreed=consent(status="")),
    "status left out": story(agreed=consent(status=None)),
    "status twice as long": story(agreed=consent(status="[valid]")),
    "key of the status mistyped": story(agreed=consent(status=None, sttus="withdrawn")),
    "an unknown key": story(agreed=consent(note="maar niet op het web")),
    "scope mistyped": story(agreed=consent(scope="[web, sociaal]")),
    "scope no list": story(agreed=consent(scope="web")),
    "audience mistyped": story(agreed=consent(audience="[nationaal]")),
    "end mistyped": story(agreed=consent(expires_on="2027-02-30")),
    "end turned round": story(agreed=consent(expires_on="01-01-2028")),
    "end left out": story(agreed=consent(expires_on=None)),
    "begin left out": story(agreed=consent(given_on=None)),
    "reference left out": story(agreed=consent(ref=None)),
    "minor unclear": story(agreed=consent(minor="misschien")),
}
"""Stories of people who may not be shown, as the only thing that is the matter with them."""

MISTAKES: dict[str, tuple[str, str]] = {
    "an unknown key": ("title:", "titel: x\ntitle:"),
    "no title": ("title: Een deur gaat open\n", ""),
    "no summary": ("summary: Hoe het ging met een deur.\n", ""),
    "no role": ("role: client\n", ""),
    "no person's name": ("name: {name}, ", ""),
    "no person": ("person: {{name: {name}, municipality: Zandhage}}\n", ""),
    "a wrong date": ("date: 2026-05-01", "date: 1 mei"),
    "an unknown theme": ("tags: [wonen]", "tags: [{name}]"),
    "an unknown role": ("role: client", "role: {name}"),
    "an unknown work field": ("municipality: Zandhage", "work_field: {name}"),
    "an age in words": ("municipality: Zandhage", "age: {name}"),
    "no such image": ("role:", "image: {{src: {name}.jpg, alt: {name}}}\nrole:"),
    "an image without a text": ("role:", "image: {{src: anouk.svg}}\nrole:"),
    "a broken link": ("Het kelderluik", "[{name}]({name}.md) bij het kelderluik"),
    "an unknown figure": ("Het kelderluik", "{{{{ feit:{name} }}}} bij het kelderluik"),
    "a forbidden tag": ("Het kelderluik", "<script>{name}</script> bij het kelderluik"),
    "a heading of the first level": ("Het kelderluik", "# {name} en het kelderluik"),
    "a body that is too much for the parser": ("Het kelderluik", "[" * 2000 + "Het kelderluik"),
}
"""What else may be wrong in the file of somebody who has withdrawn."""

UNREADABLE: dict[str, tuple[str, str]] = {
    "the same key twice": ("role: client", "role: client\nrole: worker"),
    "a colon without quotes": ("title: Een deur", "title: Een deur: {name}"),
    "a tab": ("role: client", "\trole: client"),
    "an alias": ("role: client", "role: *client"),
    "a quote that does not end": ("title: Een deur", 'title: "Een deur'),
    "front matter that does not end": ("---\nHet kelderluik", "Het kelderluik"),
    "text before the front matter": ("---\ntitle", "Let op!\n---\ntitle"),
    "a NUL character": ("Het kelderluik", "Het kelderluik\0"),
}
"""Files of which nobody can say what they hold: see docs/decisions/consent-fails-closed.md."""


@pytest.mark.parametrize("case", LEFT_OUT)
def test_who_may_not_be_shown_is_nowhere(campaign: Campaign, case: str) -> None:
    campaign.write("content/verhalen/iemand.md", personal(LEFT_OUT[case]))
    report = campaign.build()
    assert report.status == 0, report.said
    assert "verhalen/anouk.html" in campaign.tree()
    assert not campaign.shows("verhalen/iemand.html")
    assert any("left out" in problem for problem in report.problems)
    assert not [problem for problem in report.problems if " error: " in problem]
    assert traces(campaign, report) == []


def test_who_was_shown_first_is_gone_too(campaign: Campaign) -> None:
    """The same states, but of somebody whose page is there already."""
    for number, text in enumerate(LEFT_OUT.values()):
        campaign.write(f"content/verhalen/n{number}.md", personal(story(), f"{NAME}{number}x"))
        assert text
    campaign.build().fine()
    assert f"{NAME}7x" in campaign.shown("verhalen/n7.html")
    for number, text in enumerate(LEFT_OUT.values()):
        own = personal(text, f"{NAME}{number}x").replace("C-1", f"C-9{number}")
        campaign.write(f"content/verhalen/n{number}.md", own)
    report = campaign.build()
    assert report.status == 0, report.said
    assert not [number for number in range(len(LEFT_OUT)) if campaign.shows(f"verhalen/n{number}.html")]
    assert traces(campaign, report) == []


def withdrawn_with(mistake: tuple[str, str]) -> str:
    """The story of somebody who has withdrawn, with something else wrong in the file."""
    old, new = (part.replace("{name}", NAME).replace("{{", "{").replace("}}", "}") for part in mistake)
    text = personal(story(agreed=consent(status="withdrawn")))
    assert old in text
    return text.replace(old, new, 1)


@pytest.fixture
def somebody(campaign: Campaign) -> Campaign:
    """The campaign with a person on it whose words stand nowhere else."""
    campaign.write("content/verhalen/iemand.md", personal(story()))
    campaign.build().fine()
    assert NAME in campaign.shown("verhalen/iemand.html")
    return campaign


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_withdrawal_is_not_held_up_by_another_mistake_in_the_file(somebody: Campaign, mistake: str) -> None:
    somebody.write("content/verhalen/iemand.md", withdrawn_with(MISTAKES[mistake]))
    report = somebody.build()
    assert not somebody.shows("verhalen/iemand.html"), report.said
    assert report.status == 0, report.said
    assert traces(somebody, report) == []


@pytest.mark.parametrize("mistake", UNREADABLE)
def test_a_file_that_cannot_be_read_but_speaks_of_a_withdrawal_is_withdrawn(
    somebody: Campaign, mistake: str
) -> None:
    somebody.write("content/verhalen/iemand.md", withdrawn_with(UNREADABLE[mistake]))
    report = somebody.build()
    assert report.status == 0, report.said
    assert not somebody.shows("verhalen/iemand.html")
    assert any("left out: consent C-1 was withdrawn" in problem for problem in report.problems)
    assert any(" warning: " in problem for problem in report.problems), "what is wrong is told"
    assert traces(somebody, report) == []


NO_MORE_THAN: dict[str, tuple[str, str]] = {
    "as the handbook shows": ("consent: {ref: C-1, status: withdrawn}", ""),
    "in lines": ("consent:\n  ref: C-1\n  status: withdrawn", ""),
    "with keys that are empty": ("consent: {ref: C-1, status: withdrawn, given_on: , expires_on: }", ""),
    "a wrong day": ("consent: {ref: C-1, status: withdrawn, expires_on: 1 mei}", "'1 mei' is not a date"),
    "an unknown key": ("consent: {ref: C-1, status: withdrawn, op: vandaag}", "unknown key 'op'"),
    "a capital": ("consent: {ref: C-1, status: Withdrawn}", "'Withdrawn' is not a 'status'"),
    "Dutch": ("consent: {ref: C-1, status: ingetrokken}", "'ingetrokken' is not a 'status'"),
    "a slip": ("consent: {ref: C-1, status: withdrwan}", "'withdrwan' is not a 'status'"),
    "below nothing": ("consent:\nref: C-1\nstatus: withdrawn", "not below 'consent:'"),
    "without its head": ("ref: C-1\nstatus: withdrawn", "not below 'consent:'"),
    "in a list": ("consent:\n  - ref: C-1\n    status: withdrawn", "not below 'consent:'"),
    "with its head mistyped": ("consnet: {ref: C-1, status: withdrawn}", "not below 'consent:'"),
    "as a text": ('consent: "ref: C-1, status: withdrawn"', "the consent cannot be read"),
}
"""How a withdrawal may be written, and what is told of it besides that it was withdrawn."""


@pytest.mark.parametrize("file", ["verhalen/iemand.md", "nieuws/iemand.md", "iemand.md"])
@pytest.mark.parametrize("form", NO_MORE_THAN)
def test_a_withdrawal_needs_no_more_than_a_reference_and_its_status(
    campaign: Campaign, form: str, file: str
) -> None:
    written, slip = NO_MORE_THAN[form]
    campaign.write(f"content/{file}", personal(f"---\ntitle: Een deur\n{written}\n---\nHet kelderluik.\n"))
    report = campaign.build()
    assert report.status == 0, report.said
    said = [p for p in report.problems if "iemand.md" in p]
    assert len(said) == (2 if slip else 1), said
    assert "left out: consent C-1 was withdrawn" in "".join(said)
    assert slip in "".join(said)
    assert traces(campaign, report) == []
    assert not campaign.shows(file.replace(".md", ".html"))


def test_a_withdrawal_without_a_reference_is_one(campaign: Campaign) -> None:
    campaign.write("content/verhalen/iemand.md", "---\nconsent: {status: withdrawn}\n---\n")
    said = "".join(campaign.build().problems)
    assert "left out: the consent was withdrawn" in said
    assert "'ref' is missing" in said


def test_a_slip_is_told_without_the_words_of_the_file(campaign: Campaign) -> None:
    """Of somebody who withdrew, nothing is said and nothing kept, also not what made YAML fail."""
    for written in (
        f"{NAME}: 1\n{NAME}: 2",
        f"role: *{NAME}",
        f'role: "\\{NAME}"',
        f"role: %{NAME}",
        f"a: {NAME}: x",
        f"share: [{NAME}] x",
    ):
        text = f"---\ntitle: Een deur\nconsent: {{ref: C-1, status: withdrawn}}\n{written}\n---\n"
        campaign.write("content/verhalen/iemand.md", text)
        report = campaign.build()
        assert any("iemand.md:" in p and " warning: " in p for p in report.problems)
        assert traces(campaign, report) == []


@pytest.mark.parametrize(
    "agreed", ["{ref: C-1, status: withdrawn}", "{ref: C-1, status: pending}", "{ref: C-1}"]
)
def test_what_is_said_of_another_key_quotes_nobody_who_is_not_shown(campaign: Campaign, agreed: str) -> None:
    told = (
        f'share: Lees mee "met" #{NAME}\nquote: {{text: Ja, zei {NAME}, speaker: x}}\ntags: {NAME} en meer\n'
    )
    text = story().replace("---\n", f"---\n{told}", 1)
    text = re.sub(r"(?m)^consent:.*$", f"consent: {agreed}", text)
    text = re.sub(r"(?m)^tags: \[.*\n", "", text)
    campaign.write("content/verhalen/iemand.md", text)
    report = campaign.build()
    assert not campaign.shows("verhalen/iemand.html")
    assert traces(campaign, report) == []


def test_a_withdrawal_saved_as_utf_16_is_one(somebody: Campaign) -> None:
    text = personal(story(agreed=consent(status="withdrawn")))
    (somebody.root / "content/verhalen/iemand.md").write_bytes(text.encode("utf-16"))
    report = somebody.build()
    assert any("left out: consent C-1 was withdrawn" in problem for problem in report.problems)
    assert any("UTF-16" in problem for problem in report.problems)
    assert not somebody.shows("verhalen/iemand.html")


def test_a_consent_ends_by_itself(campaign: Campaign) -> None:
    campaign.write("content/verhalen/iemand.md", personal(story(agreed=consent(expires_on="2026-12-01"))))
    campaign.build(day="2026-11-30")
    assert NAME in campaign.shown("verhalen/iemand.html")
    report = campaign.build(day="2026-12-01")
    assert "verhalen/iemand.html" in report.removed
    assert traces(campaign, report) == []


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        ("2026-09-01", ""),
        ("2026-09-02", "notice"),
        ("2026-10-31", "notice"),
        ("2026-11-01", "warning"),
        ("2026-11-30", "warning"),
    ],
    ids=["91 days", "90 days", "31 days", "30 days", "the last day"],
)
def test_an_end_that_comes_near_is_told(campaign: Campaign, day: str, severity: str) -> None:
    text = story(agreed=consent(expires_on="2026-12-01"))
    campaign.write("content/verhalen/iemand.md", text)
    report = campaign.build(day=day)
    assert (campaign.site / "verhalen/iemand.html").exists()
    if not severity:
        report.fine()
        return
    problem = report.only()
    assert (problem["severity"], problem["path"]) == (severity, "content/verhalen/iemand.md")
    assert "consent C-1 ends on 2026-12-01" in problem["message"]
    assert problem["line"] > 1


def test_nothing_is_kept_of_a_quote_without_a_body(campaign: Campaign) -> None:
    text = personal(story(agreed=consent(status="pending")))
    campaign.write("content/verhalen/iemand.md", text.replace("Het kelderluik ging open.\n", ""))
    assert traces(campaign, campaign.build()) == []
    text = personal(story(agreed=consent(expires_on=sites.DAY)))
    campaign.write("content/verhalen/iemand.md", text.replace("Het kelderluik ging open.\n", ""))
    assert traces(campaign, campaign.build()) == []


def test_a_portrait_goes_with_the_person(campaign: Campaign) -> None:
    """Drawings and photographs, their copies, and what is remembered of them."""
    campaign.write("content/verhalen/iemand.jpg", sites.jpeg())
    campaign.write(
        "content/verhalen/luik.svg", sites.DRAWING.format(radius="23.7").replace("1b3a5c", "13579b")
    )
    extra = "image: {src: iemand.jpg, alt: Een foto, credit: J. de Wit}\n"
    body = "\n\n![Een luik](luik.svg)"
    campaign.write("content/verhalen/iemand.md", personal(story(extra=extra)) + body)
    campaign.build().fine()
    assert [path for path in campaign.everything() if "store/files/" in path]
    assert [p for p, data in campaign.tree().items() if b"13579b" in data]
    campaign.write(
        "content/verhalen/iemand.md", personal(story(extra=extra, agreed=consent(status="withdrawn"))) + body
    )
    report = campaign.build()
    assert report.status == 0
    pictures = [path for path in campaign.tree() if path.endswith((".jpg", ".webp", ".avif", ".png"))]
    icons = {campaign.tree()[path] for path in pictures if path.startswith("beeld/icoon-")}
    assert len(icons) == len(pictures)
    kept = {data for path, data in campaign.everything().items() if "store/files/" in path}
    assert kept == icons
    assert [path for path, data in campaign.everything().items() if b"13579b" in data] == []


def test_a_broken_portrait_does_not_hold_up_a_withdrawal(campaign: Campaign) -> None:
    campaign.write("content/verhalen/iemand.jpg", sites.jpeg())
    extra = "image: {src: iemand.jpg, alt: Een foto, credit: J. de Wit}\n"
    campaign.write("content/verhalen/iemand.md", personal(story(extra=extra)))
    campaign.build().fine()
    campaign.write("content/verhalen/iemand.jpg", b"")
    campaign.write(
        "content/verhalen/iemand.md", personal(story(extra=extra, agreed=consent(status="withdrawn")))
    )
    report = campaign.build()
    assert not campaign.shows("verhalen/iemand.html"), report.said


def test_links_to_somebody_who_left_become_words(campaign: Campaign) -> None:
    campaign.edit("content/verhalen/anouk.md", "status: valid", "status: withdrawn")
    report = campaign.build()
    assert report.status == 0
    assert [p.split(": ", 1)[1] for p in report.problems] == [
        "notice: 'verhalen/anouk.md' is left out, so it is not linked",
        "notice: 'verhalen/anouk.md' is left out, so it is not linked",
        "notice: left out: consent C-11 was withdrawn",
        "notice: 'anouk.md#de-hal' is left out, so it is not linked",
    ]
    assert "over Anouk" in campaign.shown("contact.html")
    assert "anouk" not in campaign.shown("contact.html")
    assert [path for path, html in campaign.pages() if "anouk.html" in html] == []


def test_members_and_the_national_site_may_differ(campaign: Campaign) -> None:
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    campaign.write("content/verhalen/n.md", story(agreed=consent(audience="[national]")))
    campaign.write("content/verhalen/m.md", story(agreed=consent(audience="[members]")))
    assert campaign.build("--all").status == 0
    lid = sites.tree(campaign.output / "lid")
    assert ("verhalen/n.html" in campaign.tree(), "verhalen/m.html" in campaign.tree()) == (True, False)
    assert ("verhalen/n.html" in lid, "verhalen/m.html" in lid) == (False, True)


def test_what_a_member_may_not_show_is_kept_for_the_national_site(campaign: Campaign) -> None:
    """Left out of one site is not left out of all: nothing is read anew for it each time."""
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    campaign.write("content/verhalen/n.md", story(agreed=consent(audience="[national]")))
    campaign.build("--all")
    campaign.edit("content/contact.md", "Bel", "Belt")
    report = campaign.build("--all")
    assert "content/contact.md" in report.parsed
    assert "verhalen/n.html" in campaign.tree()


def test_a_made_up_person_needs_no_consent_and_says_so(campaign: Campaign) -> None:
    campaign.write("content/verhalen/iemand.md", story(agreed=None, extra="fictional: true\n"))
    campaign.build().fine()
    html = campaign.shown("verhalen/iemand.html")
    assert "Dit verhaal is verzonnen" in html


def test_other_kinds_of_pages_ask_for_none_but_keep_to_what_is_given(campaign: Campaign) -> None:
    campaign.edit("content/nieuws/start.md", "date:", f"consent: {{{consent(status='withdrawn')}}}\ndate:")
    report = campaign.build()
    assert report.status == 0
    assert report.only()["severity"] == "notice"
    assert not campaign.shows("nieuws/start.html")


def test_a_strict_build_takes_a_pending_consent_as_an_error(campaign: Campaign) -> None:
    campaign.write("content/verhalen/iemand.md", story(agreed=consent(status="pending")))
    assert campaign.build("--strict").status == 1
    assert campaign.build().status == 0


def test_a_strict_build_does_not_hold_up_a_withdrawal(campaign: Campaign) -> None:
    campaign.build("--strict").fine()
    campaign.edit("content/verhalen/cor.md", "status: valid", "status: withdrawn")
    assert campaign.build("--strict").status == 0
    assert not campaign.shows("verhalen/cor.html")


def test_what_a_member_kept_to_compare_with_goes_too(
    somebody: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the page itself, of another that named the person, and of one that was taken away for it."""
    news = sites.page("Nieuws", f"Ook {NAME} de Wit kwam.", "date: 2026-05-01\n")
    whole = personal(story()).replace(f"name: {NAME}", f"name: {NAME} de Wit")
    for name, text in {"verhalen/iemand": whole, "verhalen/ook": whole, "nieuws/feest": news}.items():
        somebody.write(f"content/{name}.md", text)
        for brand in ("lid", "stuk"):
            somebody.write(f"brands/{brand}/content/{name}.md", "---\ntags: [meedoen]\n---\n")
    for brand in ("lid", "stuk"):
        somebody.write(f"brands/{brand}/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
        somebody.write(f"brands/{brand}/logo.svg", sites.LOGO)
        somebody.write(f"brands/{brand}/content/contact.md", "---\ntitle: Bij ons\n---\n")
        assert main(["accept", brand, "--project", str(somebody.root)]) == 0
    assert somebody.build("--all").status == 0
    owned = {
        path: data for path, data in sites.tree(somebody.root / "brands").items() if ".basis" not in path
    }
    kept = sites.tree(somebody.root / "brands/lid/content/.basis")
    assert list(kept) == ["contact.md", "nieuws/feest.md", "verhalen/iemand.md", "verhalen/ook.md"]

    somebody.edit("content/verhalen/iemand.md", "status: valid", "status: withdrawn")
    somebody.remove("content/verhalen/ook.md")
    somebody.edit("content/nieuws/feest.md", f"{NAME} de Wit", "iemand")
    somebody.write("brands/stuk/brand.yaml", owned["stuk/brand.yaml"] + b"kleur: rood\n")
    assert main(["diff", "lid", "--project", str(somebody.root)]) == 0
    assert capsys.readouterr().out.count("verhalen/iemand.md: left out: consent C-1 was withdrawn") == 1
    report = somebody.build("--all", "--strict")
    assert {brand: told["done"] for brand, told in report.data["brands"].items()} == {
        "lid": False,  # its change stands on an older page, which a strict build does not take
        BRAND: True,
        "stuk": False,
    }
    for brand in ("lid", "stuk"):
        assert list(sites.tree(somebody.root / f"brands/{brand}/content/.basis")) == ["contact.md"]
    report = somebody.build("--brand", "lid")
    assert report.status == 0
    left = sites.tree(somebody.root / "brands") | sites.tree(somebody.output / "lid")
    assert [path for path, data in left.items() if NAME.encode() in data or BODY.encode() in data] == []
    assert [at for at in traces(somebody, report) if not at[0].startswith("stuk/")] == []
    now = {path: data for path, data in sites.tree(somebody.root / "brands").items() if ".basis" not in path}
    assert now == {**owned, "stuk/brand.yaml": now["stuk/brand.yaml"]}

    assert main(["accept", "lid", "--project", str(somebody.root)]) == 0
    assert "iemand.md" not in str(list(sites.tree(somebody.root / "brands/lid/content/.basis")))


def test_what_cannot_be_taken_away_is_told_and_holds_nothing_up(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    campaign.write("brands/lid/content/.basis/verhalen/weg.md", personal(story()))
    refuse = OSError(errno.EROFS, os.strerror(errno.EROFS))
    real = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if ".basis" in self.parts:
            raise refuse
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    report = campaign.build("--brand", "lid", "--strict")
    assert (report.status, report.only()["path"]) == (0, "brands/lid/content/.basis/verhalen/weg.md")
    assert "cannot be taken away" in report.only()["message"]


def test_a_withdrawal_holds_for_every_text_with_that_reference(campaign: Campaign) -> None:
    """A copy of a story, in another file or at a member's, leans on the same consent."""
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    for path in (
        "content/verhalen/een.md",
        "content/verhalen/twee.md",
        "brands/lid/content/verhalen/drie.md",
    ):
        campaign.write(path, personal(story()))
    assert campaign.build("--all").status == 0
    assert (campaign.output / "lid/verhalen/drie.html").exists()
    campaign.edit("content/verhalen/een.md", "status: valid", "status: withdrawn")
    report = campaign.build("--all")
    assert report.status == 0
    assert traces(campaign, report) == []
    assert "verhalen/anouk.html" in campaign.tree()


def test_a_story_one_folder_too_deep_is_a_story_and_asks_for_consent(campaign: Campaign) -> None:
    campaign.write("content/verhalen/2026/zonder.md", story("Zonder", name="Zus", agreed=None))
    campaign.write("content/verhalen/2026/met.md", story("Met", name="Mo"))
    report = campaign.build()
    assert report.status == 0
    assert ("content/verhalen/2026/zonder.md", "left out: there is no consent") in {
        (problem["path"], problem["message"]) for problem in report.data["problems"]
    }
    assert not campaign.shows("verhalen/2026/zonder.html")
    assert "Zus" not in str(campaign.tree())
    assert campaign.shows("verhalen/2026/met.html")
    assert "Mo" in campaign.shown("verhalen/index.html")
