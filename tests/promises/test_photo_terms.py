"""Who took a photo, or is on it, has terms of their own: where it may be used, and until when."""

from __future__ import annotations

from itertools import combinations

import pytest

from helpers.material import planned
from helpers.sites import ANOUK, BRAND, OWN, Campaign, consent, jpeg, page, story
from microsite.content.consent import CHANNELS
from microsite.core.fingerprints import digest
from microsite.core.records import Record

ALL = consent(scope="[web, social, print, press]")
IMAGE = "image: {{src: {src}, alt: Een vrouw, credit: 'Foto: Sanne'{terms}}}\n"
LAYERS = ("content", f"brands/{BRAND}/content")
ENDS = {"no end": "", "later": ", expires_on: 2028-01-01", "ended": ", expires_on: 2026-11-22"}


def pictured(src: str = "bea.jpg", terms: str = "", agreed: str = ALL) -> str:
    return story("Bea", name="Bea", agreed=agreed, extra=IMAGE.format(src=src, terms=terms))


def shows(value: object, photo: str) -> bool:
    """Whether this file with this digest is somewhere in a value."""
    if getattr(value, "digest", "") == photo:
        return True
    if isinstance(value, Record):
        value = [getattr(value, name) for name in value.__struct_fields__]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return any(shows(part, photo) for part in parts)


CHOSEN = [set(chosen) for n in range(5) for chosen in combinations(CHANNELS, n)]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_photo_is_on_what_its_terms_are_for_and_nowhere_else(
    campaign: Campaign, layer: str, end: str
) -> None:
    """Each set of channels. Who agreed to all of them has all material, with the photo or without."""
    campaign.edit(OWN, "url:", "# url:")  # share pictures are material then
    photos = []
    for i, channels in enumerate(CHOSEN):
        data = jpeg(f"#{i * 16:02x}40{i * 16:02x}", (80, 100))
        photos.append(digest(data))
        campaign.write(f"{layer}/verhalen/p{i}.jpg", data)
        terms = f", scope: [{', '.join(sorted(channels))}]{ENDS[end]}"
        text = pictured(f"p{i}.jpg", terms, ALL.replace("C-1", f"C-5{i}"))
        campaign.write(f"{layer}/verhalen/p{i}.md", text.replace("title: Bea", f"title: Deur {i}"))
    material = planned(campaign)
    kinds = set()
    for i, (channels, photo) in enumerate(zip(CHOSEN, photos, strict=True)):
        used = channels if "web" in channels and end != "ended" else set()
        made = {path: item for path, item in material.items() if path.startswith(f"verhalen/p{i}-")}
        kinds.add(frozenset(path.partition("-")[2].partition(".")[0] for path in made))
        for path, item in made.items():
            channel = "print" if path.endswith(".pdf") else "social"
            drawn = path.endswith((".pdf", ".png", ".jpg"))
            assert shows(item.inputs, photo) == (drawn and channel in used), (channels, path)
            shown = path.endswith("insluiten.html") and dict(item.inputs)["image"] is not None
            assert not shown or "social" in used, (channels, path)
        assert "print" in used or not shows(material["presentatie.pptx"].inputs, photo), channels
    assert len(kinds) == 1, kinds


def test_the_consent_of_the_person_counts_too(campaign: Campaign) -> None:
    campaign.write("content/verhalen/bea.jpg", jpeg("teal", (800, 1000)))
    campaign.write("content/verhalen/bea.md", pictured(agreed=consent(scope="[web]")))
    assert [path for path in planned(campaign) if path.startswith("verhalen/bea")] == []


def test_a_photo_is_on_a_slide_if_it_may_be_in_print(campaign: Campaign) -> None:
    data = jpeg("teal", (800, 1000))
    campaign.write("content/verhalen/bea.jpg", data)
    for scope, shown in (("web, print", True), ("web, social, press", False)):
        campaign.write("content/verhalen/bea.md", pictured(terms=f", scope: [{scope}]"))
        deck = planned(campaign, materials=("office",))["presentatie.pptx"]
        assert "Bea" in str(deck.inputs)
        assert shows(deck.inputs, digest(data)) is shown


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (", scope: [print, press]", "left out: the photo 'bea.jpg' is not for 'web'"),
        (", expires_on: 2026-11-22", "left out: the photo 'bea.jpg' may not be used since 2026-11-22"),
    ],
)
def test_a_photo_that_may_not_be_on_the_site_is_in_no_file_of_it(
    campaign: Campaign, layer: str, terms: str, said: str
) -> None:
    """Nor is a copy of it under another name, on another page."""
    data = jpeg("teal", (800, 1000))
    for name in ("bea", "kopie"):
        campaign.write(f"{layer}/verhalen/{name}.jpg", data)
    campaign.write(f"{layer}/verhalen/bea.md", pictured())
    more = '![Een vrouw](kopie.jpg "Foto: Sanne")'
    campaign.write(f"{layer}/verhalen/meer.md", story("Meer", name="Bo", agreed=ALL, body=more))
    campaign.build().fine()
    assert {path for path in campaign.tree() if "bea-" in path or "kopie-" in path}
    campaign.write(f"{layer}/verhalen/bea.md", pictured(terms=terms))
    report = campaign.build()
    assert report.status == 0, report.said
    left = [path for path in campaign.tree() if path.endswith((".jpg", ".avif"))]
    assert left == []
    assert "verhalen/bea.html" in campaign.tree()
    line = pictured().splitlines().index(IMAGE.format(src="bea.jpg", terms="").strip()) + 1
    problems = [
        problem for problem in report.problems if "may not be used" in problem or "is not for" in problem
    ]
    assert len(problems) == 2, problems
    assert any(p.startswith(f"{layer}/verhalen/bea.md:{line}:") and said in p for p in problems), problems


@pytest.mark.parametrize("broken", ["content/nieuws/fout.md", f"brands/{BRAND}/content/nieuws/fout.md"])
def test_an_error_elsewhere_keeps_no_photo_on_the_site(campaign: Campaign, broken: str) -> None:
    campaign.write("content/verhalen/bea.jpg", jpeg("teal", (800, 1000)))
    campaign.write("content/verhalen/bea.md", pictured())
    assert campaign.build().status == 0
    assert [path for path in campaign.tree() if path.endswith(".jpg")]
    campaign.write("content/verhalen/bea.md", pictured(terms=", expires_on: 2026-11-22"))
    campaign.write(broken, "---\ntitle: [\n---\n")
    assert campaign.build().status == 1
    assert [path for path in campaign.tree() if path.endswith((".jpg", ".avif"))] == []
    assert "verhalen/bea.html" in campaign.tree()


def test_the_terms_stay_when_a_member_describes_the_photo_anew(campaign: Campaign) -> None:
    data = jpeg("teal", (800, 600))
    campaign.write("content/nieuws/start.jpg", data)
    image = "image: {src: start.jpg, alt: De deur, credit: 'Foto: Sanne', scope: [web]}\n"
    campaign.write("content/nieuws/start.md", page("De start", extra=f"date: 2026-06-01\n{image}"))
    own = image.replace("De deur", "Onze deur").replace(", scope: [web]", "")
    campaign.write(f"brands/{BRAND}/content/nieuws/start.md", f"---\n{own}---\n")
    cards = {path: item for path, item in planned(campaign).items() if "start-kaart" in path}
    assert cards
    assert not any(shows(item.inputs, digest(data)) for item in cards.values())


@pytest.mark.parametrize(("end", "severity"), [("2026-12-01", "warning"), ("2027-01-31", "notice")])
def test_the_end_of_the_terms_is_told_beforehand(campaign: Campaign, end: str, severity: str) -> None:
    campaign.write("content/verhalen/bea.jpg", jpeg("teal", (800, 1000)))
    campaign.write("content/verhalen/bea.md", pictured(terms=f", expires_on: {end}"))
    told = [problem for problem in campaign.build().problems if f"may not be used from {end}" in problem]
    assert len(told) == 1
    assert f" {severity}: " in told[0]


def test_the_list_of_material_says_why_there_is_no_photo_and_who_made_one(campaign: Campaign) -> None:
    campaign.write("content/verhalen/bea.jpg", jpeg("teal", (800, 1000)))
    campaign.write("content/verhalen/bea.md", pictured(terms=", scope: [web, social]"))
    groups = dict(planned(campaign)["index.html"].inputs)["groups"]
    links = {link.path: link for group in groups for link in group.links}
    poster, card = links["verhalen/bea-poster-a4.pdf"], links["verhalen/bea-kaart-staand.jpg"]
    assert (poster.note, poster.credit) == ("Zonder de foto: die mag niet voor ‘print’.", "")
    assert (card.note, card.credit) == ("", "Foto: Sanne")


def test_a_poster_says_who_made_its_photo(campaign: Campaign) -> None:
    campaign.write("content/verhalen/bea.jpg", jpeg("teal", (800, 1000)))
    campaign.write("content/verhalen/bea.md", pictured())
    campaign.edit(ANOUK, "scope: [web, social]", "scope: [web, print]")
    found = planned(campaign)
    views = {name: dict(found[f"verhalen/{name}-poster-a4.pdf"].inputs)["view"] for name in ("bea", "anouk")}
    assert {name: view.credit for name, view in views.items()} == {"bea": "Foto: Sanne", "anouk": ""}
