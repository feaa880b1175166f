"""What everybody may have of a campaign: what sites show, and nothing of who is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import sites, studio
from helpers.sites import BRAND, COR, DAY, Campaign, consent, page, story
from microsite.content import facts, misplaced, recalls, removed
from microsite.core.problems import PublishError
from microsite.core.settings import WRITING_GUIDE
from microsite.studio import bundle, release
from microsite.studio.bundle import Bundle

MEMBER = "ouddorp"

SECRET = {
    "content/verhalen/concept.md": story("Nog niet af verhaal", name="Conceptina", extra="draft: true\n"),
    "content/verhalen/straks.md": story("Morgen pas te lezen", name="Straksjan").replace(
        "date: 2026-05-01", "date: 2026-12-24"
    ),
    "content/verhalen/weg.md": story(
        "Ingetrokken geschiedenis",
        name="Wegwillem",
        body="Zij wilde dit niet meer laten lezen.",
        agreed=consent(ref="REF-WITHDRAWN-1", status="withdrawn"),
    ),
    "content/verhalen/wacht.md": story(
        "Wachtend op een handtekening", name="Pendinga", agreed=consent(ref="REF-PENDING-2", status="pending")
    ),
    "content/verhalen/landelijk.md": story(
        "Alleen op de landelijke site",
        name="Landeline",
        agreed=consent(ref="REF-NATIONAL-3", audience="[national]"),
    ),
    "content/ingetrokken.yaml": (
        "withdrawn:\n  - {ref: REF-RECALLED-4, withdrawn_on: 2026-11-02, words: aabbccddeeff112233}\n"
    ),
    "content/nieuws/bericht.md": page(
        "Een bericht",
        "Zichtbaar. <!-- geheime opmerking in tekst -->",
        "date: 2026-06-02  # geheime opmerking in kop\n",
    ),
    "content/los.svg": sites.drawing(7).replace("<circle", "<!-- los bestand --><circle"),
    COR: story("Cor wacht niet", name="Cor", agreed=consent(ref="REF-SHOWN-5", given_on="2026-01-07")),
}
"""Files of which some words are for nobody, or not for members."""

NEVER = [
    *("Nog niet af verhaal", "Conceptina", "Morgen pas te lezen", "Straksjan"),
    *("Ingetrokken geschiedenis", "Wegwillem", "Zij wilde dit niet meer", "REF-WITHDRAWN-1"),
    *("Wachtend op een handtekening", "Pendinga", "REF-PENDING-2", "REF-RECALLED-4", "aabbccddeeff112233"),
    *("REF-NATIONAL-3", "REF-SHOWN-5", "2026-01-07", "2028-01-01", "2026-01-15"),
    *("geheime opmerking in tekst", "geheime opmerking in kop", "los bestand"),
]


@pytest.fixture(scope="module")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    made = sites.campaign(tmp_path_factory.mktemp("studio") / "campagne", SECRET)
    made.add_member(MEMBER, contact="{email: ik@ouddorp.example}")
    made.write(f"brands/{MEMBER}/content/verhalen/anouk.md", "---\nweight: 3\n---\n")
    made.write(
        f"brands/{MEMBER}/content/nieuws/ons.md", page("Ons bericht", "Met ons.", "date: 2026-06-03\n")
    )
    return made


@pytest.fixture(scope="module")
def released(secretive: Campaign) -> Bundle:
    return studio.of(secretive)


def test_the_bundle_says_nothing_of_who_is_not_shown(secretive: Campaign, released: Bundle) -> None:
    data = bundle.dump(released)
    assert studio.leaks(data, NEVER) == []
    shown = ["Cor wacht niet", "Alleen op de landelijke site"]
    assert studio.leaks(data, shown) == shown  # the search finds what is there


def test_the_sites_are_those_of_a_build(secretive: Campaign, released: Bundle) -> None:
    report = secretive.build("--brand", BRAND, "--brand", MEMBER)
    assert report.status == 0, report.said
    for id in (BRAND, MEMBER):
        assert studio.site(released, secretive.root / "brands" / id) == sites.tree(secretive.output / id)


def test_a_page_that_was_withdrawn_is_still_answered_as_gone(secretive: Campaign, released: Bundle) -> None:
    made = studio.site(released, secretive.root / "brands" / MEMBER)
    assert b"verhalen/weg" in made[".htaccess"]


def test_photos_are_there_as_copies_only(campaign: Campaign, photo: bytes) -> None:
    campaign.write("content/verhalen/bas.jpg", photo)
    campaign.edit(
        "content/verhalen/bas.md", "role:", "image: {src: bas.jpg, alt: Een brief, credit: Jan}\nrole:"
    )
    campaign.build().fine()
    given = studio.of(campaign)
    assert photo not in bundle.dump(given)
    assert studio.site(given, campaign.root / "brands" / BRAND) == campaign.tree()


def test_a_change_of_a_member_is_based_on_the_text_as_it_is_in_the_campaign(campaign: Campaign) -> None:
    from microsite.core.fingerprints import digest

    campaign.add_member(MEMBER, contact="{email: ik@ouddorp.example}")
    version = digest((campaign.root / "content/toolkit/raad.md").read_bytes())[:12]
    campaign.write(
        f"brands/{MEMBER}/content/toolkit/raad.md", f"---\ngoal: Koffie.\nbased_on: {version}\n---\n"
    )
    campaign.build("--brand", MEMBER).fine()
    bench = studio.Workbench(studio.of(campaign), studio.dt.date.fromisoformat(DAY))
    assert bench.plan(campaign.root / "brands" / MEMBER).problems == ()
    assert bench.site() == sites.tree(campaign.output / MEMBER)


# ── the end ──


@pytest.mark.parametrize(
    ("file", "content", "ends"),
    [
        ("", "", "2026-12-22"),  # thirty days
        (COR, story("Cor", name="Cor", agreed=consent(ref="C-9", expires_on="2026-12-05")), "2026-12-05"),
        (COR, story("Cor", name="Cor", agreed=consent(ref="C-9", given_on="2026-12-06")), "2026-12-06"),
        ("content/nieuws/later.md", page("Later", "Dan.", "date: 2026-12-07\n"), "2026-12-07"),
        (
            "content/nieuws/weg.md",
            page("Weg", "Nu.", "date: 2026-06-07\nexpires_on: 2026-12-08\n"),
            "2026-12-08",
        ),
        (
            "content/feiten.yaml",
            sites.FACTS.replace("as_of: 2026-03-01", "as_of: 2026-03-01\n  valid_until: 2026-12-08"),
            "2026-12-09",
        ),
        (
            "content/weggehaald.yaml",
            "pages:\n  - {address: verhalen/oud.html, until: 2026-12-09}\n",
            "2026-12-10",
        ),
    ],
)
def test_it_ends_when_the_campaign_changes_by_itself(
    campaign: Campaign, file: str, content: str, ends: str
) -> None:
    if file:
        campaign.write(file, content)
    assert studio.ends(campaign) == ends


def test_each_file_of_settings_is_released_or_meant_not_to_be() -> None:
    meant = {facts.FACTS, removed.REMOVED, recalls.RECALLS, WRITING_GUIDE}  # in part, or not at all
    assert misplaced._SETTINGS - meant == {*release._SETTINGS}


# ── the same bytes ──


def test_a_bundle_has_the_same_bytes_on_another_machine_and_day(secretive: Campaign, tmp_path: Path) -> None:
    elsewhere = Campaign(tmp_path / "elders" / "campagne")
    files = [file for file in secretive.root.rglob("*") if file.is_file() and "output" not in file.parts]
    for file in sorted(files, reverse=True):
        elsewhere.write(file.relative_to(secretive.root).as_posix(), file.read_bytes())
    bundles = [studio.of(secretive), studio.of(secretive), studio.of(elsewhere, day="2026-11-25")]
    one, again, other = map(bundle.dump, bundles)
    assert one == again == other
    elsewhere.edit("content/contact.md", "title: Contact", "title: Contacten")
    assert bundle.dump(studio.of(elsewhere)) != one


def test_of_a_campaign_with_errors_there_is_no_bundle(campaign: Campaign) -> None:
    campaign.edit("content/contact.md", "title:", "titel:")
    with pytest.raises(PublishError) as stop:
        studio.of(campaign)
    assert "content/contact.md" in {problem.place.path for problem in stop.value.problems}
