"""A page that shows several people: each has a consent of their own, and one 'no' takes the page away."""

from __future__ import annotations

import pytest

from helpers.sites import ANOUK, Campaign, Report, consent, page, shows, story, tree

PATH, PAGE = "content/nieuws/feest.md", "nieuws/feest.html"
FIRST, SECOND = "Fennechien", "Hendrikje"
YES = consent(ref="C-77")


def text(second: str, first: str = YES, extra: str = "", body: str = "Zeldzaamwoord.") -> str:
    """News about two people, with the inside of their consents; "" is none."""
    people = "".join(
        f"  - name: {name}\n    job: bakker\n{f'    consent: {{{given}}}' if given else ''}\n"
        for name, given in ((FIRST, first), (SECOND, second))
    )
    return page("Het feest", body, f"date: 2026-03-01\npeople:\n{people}{extra}")


def told(report: Report) -> list[tuple[str, int, str]]:
    return [(p["path"], p["line"], p["message"]) for p in report.data["problems"]]


def traces(campaign: Campaign) -> list[str]:
    words = (SECOND.encode(), b"Zeldzaamwoord", b"zeldzaamwoord")
    return [path for path, data in campaign.everything().items() if any(word in data for word in words)]


def test_a_page_shows_its_people_when_each_of_them_agreed(campaign: Campaign) -> None:
    campaign.write(PATH, text(consent(ref="C-78")))
    campaign.build().fine()
    shown = campaign.shown(PAGE)
    assert FIRST in shown
    assert SECOND in shown
    assert any(b"hendrikje" in data for name, data in campaign.tree().items() if "js/zoeken-" in name)


NO = {
    "none": ("", 9, "there is no consent"),
    "withdrawn": (consent(ref="C-78", status="withdrawn"), 11, "consent C-78 was withdrawn"),
    "withdrawn, a reference only": ("ref: C-78, status: withdrawn", 11, "consent C-78 was withdrawn"),
    "withdrawn, with a slip": (consent(ref="C-78", status="withdrwan"), 11, "consent C-78 was withdrawn"),
    "unclear": (consent(ref="C-78", scope="[wbe]"), 11, "the consent is not clear"),
    "pending": (consent(ref="C-78", status="pending"), 11, "still pending"),
    "ended": (consent(ref="C-78", expires_on="2026-02-01"), 11, "ended on 2026-02-01"),
    "not for the web": (consent(ref="C-78", scope="[print]"), 11, "is not for 'web'"),
}


@pytest.mark.parametrize("extra", ["", f"consent: {{{consent(ref='C-79')}}}\n"], ids=["", "page agreed"])
@pytest.mark.parametrize("case", NO)
def test_one_who_may_not_be_shown_takes_the_page_away(campaign: Campaign, case: str, extra: str) -> None:
    second, line, reason = NO[case]
    campaign.write(PATH, text(consent(ref="C-78"), extra=extra))
    campaign.build().fine()
    campaign.write(PATH, text(second, extra=extra))
    report = campaign.build()
    assert report.status == 0, report.said
    assert not campaign.shows(PAGE)
    assert traces(campaign) == []
    left_out = [(path, at) for path, at, message in told(report) if reason in message]
    assert left_out == [(PATH, line)], report.said


def test_a_withdrawal_in_the_place_of_a_name_counts_too(campaign: Campaign) -> None:
    campaign.write(PATH, text(consent(ref="C-78")).replace("    job: bakker\n", "    status: withdrawn\n", 1))
    report = campaign.build()
    assert report.status == 0, report.said
    assert not campaign.shows(PAGE)


def test_of_all_reasons_a_withdrawal_is_told(campaign: Campaign) -> None:
    campaign.write(PATH, text("ref: C-78, status: withdrawn", first=consent(ref="C-77", status="pending")))
    assert any("C-78 was withdrawn" in message for _, _, message in told(campaign.build()))


def test_people_who_do_not_exist_are_not_asked_and_those_who_do_are(campaign: Campaign) -> None:
    campaign.write(PATH, text("", first="", extra="fictional: true\n"))
    campaign.build().fine()
    assert 'class="made-up"' in campaign.shown(PAGE)
    campaign.write(PATH, text("ref: C-78, status: withdrawn", first="", extra="fictional: true\n"))
    campaign.build()
    assert not campaign.shows(PAGE)


def test_the_consent_of_a_story_and_those_of_others_in_it_are_both_asked(campaign: Campaign) -> None:
    others = f"people:\n  - consent: {{{consent(ref='C-78')}}}\n"
    campaign.edit(ANOUK, "---\nOp de", f"{others}---\nOp de")
    campaign.build().fine()
    campaign.edit(ANOUK, "consent: {ref: C-11", "# consent: {ref: C-11")
    assert any("no consent" in message for _, _, message in told(campaign.build()))


KINDS = {
    "content/goud/plek.md": ("award: place\nyear: 2026\n", True),
    "content/ambassadeurs/mo/stuk.md": ("date: 2026-03-01\n", False),  # it is about who wrote it, too
}


@pytest.mark.parametrize("path", KINDS)
def test_a_page_about_the_people_of_a_list_needs_no_consent_of_its_own(campaign: Campaign, path: str) -> None:
    keys, shown = KINDS[path]
    campaign.write(
        "content/ambassadeurs/mo.md", story("Mo", name="Mo", agreed=YES).replace("role: client\n", "")
    )
    campaign.write(path, page(extra=f"{keys}people:\n  - consent: {{{consent(ref='C-78')}}}\n"))
    assert campaign.build().status == 0
    assert campaign.shows(path.removeprefix("content/").replace(".md", ".html")) is shown


def test_a_page_is_passed_on_when_all_agreed_to_that(campaign: Campaign) -> None:
    campaign.write(PATH, text(consent(ref="C-78")))
    campaign.build().fine()
    assert "wa.me" in campaign.shown(PAGE)
    campaign.write(PATH, text(consent(ref="C-78", scope="[web]")))
    campaign.build().fine()
    assert "wa.me" not in campaign.shown(PAGE)


def test_an_end_is_told_at_the_person(campaign: Campaign) -> None:
    campaign.write(PATH, text(consent(ref="C-78", expires_on="2026-12-01")))
    ((path, line, message),) = told(campaign.build())
    assert (path, line) == (PATH, 11)
    assert "C-78 ends on 2026-12-01" in message


def test_who_withdraws_nationally_is_gone_from_a_member_s_list(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write(f"brands/lid/{PATH}", text(consent(ref="c-11")))
    ((path, line, message),) = told(campaign.build("--all"))
    assert (path, line) == (f"brands/lid/{PATH}", 11)
    assert "which has other words" in message  # a consent is for one text
    assert shows(campaign.output / "lid", PAGE)
    campaign.edit(ANOUK, "status: valid", "status: withdrawn")
    assert campaign.build("--all").status == 0
    assert not shows(campaign.output / "lid", PAGE)
    assert not [name for name, data in tree(campaign.output / "lid").items() if SECOND.encode() in data]


def test_who_withdraws_is_gone_from_a_member_with_mistakes_elsewhere(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write(PATH, text(consent(ref="C-78")))
    campaign.build("--all").fine()
    campaign.edit(PATH, "ref: C-78, status: valid", "ref: C-78, status: withdrawn")
    campaign.write("brands/lid/content/nieuws/fout.md", page(extra="date: 2026-13-01\n"))
    campaign.build("--all")
    assert not shows(campaign.output / "lid", PAGE)


def test_who_stays_is_not_taken_for_who_withdrew(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write(PATH, text("ref: C-78, status: withdrawn").replace(FIRST, f"{FIRST} de Boer"))
    about = story("Zij", name=f"{FIRST} de Boer", agreed=consent(ref="L-1"), body=f"{FIRST} de Boer bakt.")
    campaign.write("brands/lid/content/verhalen/zij.md", about)
    report = campaign.build("--brand", "lid")
    assert [at for at in told(report) if "lid" in at[0]] == []
    assert shows(campaign.output / "lid", "verhalen/zij.html")


def test_a_member_does_not_change_the_people_of_a_national_page(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write(PATH, text(consent(ref="C-78")))
    campaign.write(f"brands/lid/{PATH}", f"---\npeople:\n  - {{consent: {{{YES}}}}}\n---\n")
    assert any("'people'" in message for _, _, message in told(campaign.build("--brand", "lid")))


def test_nor_the_words_that_they_agreed_to(campaign: Campaign) -> None:
    campaign.add_member("lid")
    campaign.write(PATH, text(consent(ref="C-78")))
    campaign.write(f"brands/lid/{PATH}", "---\nsummary: Anders.\n---\n")
    (problem,) = [p for p in told(campaign.build("--brand", "lid")) if "'summary'" in p[2]]
    assert problem[:2] == (f"brands/lid/{PATH}", 2)


def test_who_is_taken_out_of_a_page_is_asked_about(campaign: Campaign) -> None:
    body = " ".join(f"kelderluik{i} ging open" for i in range(40))
    campaign.write(PATH, text(consent(ref="C-78"), body=body))
    campaign.build().fine()
    whole = campaign.read(PATH)
    campaign.write(PATH, whole[: whole.index(f"  - name: {SECOND}")] + f"---\n{body}\n")
    for _ in range(2):
        assert any("c-78 was published and is in no text" in m for _, _, m in told(campaign.build()))
    campaign.write("content/nieuws/zij.md", "---\nconsent: {ref: C-78, status: withdrawn}\n---\n")
    assert not any("in no text" in message for _, _, message in told(campaign.build()))
    assert campaign.shows(PAGE)
