"""What the page asks the program: stories and settings as a form, and what is wrong beside its field."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from helpers import sites, studio
from helpers.sites import DAY, Campaign
from microsite.studio import bundle, door
from microsite.studio.door import Door

ID = "huisstijl"
STORY = {
    "title": "Mo opent het buurthuis",
    "summary": "Elke ochtend om zeven uur.",
    "role": "client",
    "person.name": "Mo",
    "text": "Mo heeft de sleutel.",
}
CONSENT = {
    "consent.ref": "V-1",
    "consent.status": "valid",
    "consent.given_on": "2026-11-01",
    "consent.expires_on": "2028-11-01",
    "consent.scope": ["web"],
    "consent.audience": ["members"],
    "consent.final_text_seen_on": "2026-11-02",
}
TOKENS = '{"color": {"primary": {"$value": "#0b6e4f"}}}'


class Studio:
    """The page, as far as the program knows."""

    def __init__(self, given: Door, folder: Path) -> None:
        self.door, self.folder = given, folder

    def plan(self, *stories: dict[str, Any], **fields: object) -> dict[str, Any]:
        """The answer after this was filled in, with what was ``written`` of each story."""
        known = {"name": "Ons", "logo": "logo.svg", "colour": "#0b6e4f", "contact.email": "ik@ons.example"}
        self.door.write(ID, json.dumps({**known, **fields}))
        written = json.loads(self.door.write_stories(ID, json.dumps(stories)))
        return {**json.loads(self.door.plan(ID)), "written": written}


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = sites.campaign(tmp_path_factory.mktemp("deur") / "campagne", {})
    return bundle.dump(studio.of(made))


@pytest.fixture
def page(given: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    (tmp_path / "campaign").write_bytes(given)
    folder = tmp_path / "brands" / ID
    folder.mkdir(parents=True)
    (folder / "logo.svg").write_text(sites.drawing(3))
    monkeypatch.setattr(door, "BRANDS", folder.parent)
    monkeypatch.setattr(door, "CODE", tmp_path / "code")
    return Studio(Door(str(tmp_path / "campaign"), DAY, DAY, "9999-12-31"), folder)


def test_a_story_is_shown_once_the_person_agreed_to_all(page: Studio) -> None:
    said = page.plan({"path": "", "fields": {"title": "Mo"}})
    assert said["written"] == [
        {"path": "", "lacks": ["summary", "role", "person.name", "text"], "doubts": []}
    ]
    assert said["done"], [p for p in said["problems"] if p["severity"] == "error"]
    said = page.plan({"path": "", "fields": STORY})
    path = "content/verhalen/opent-het-buurthuis.md"
    assert said["written"] == [{"path": path, "lacks": [], "doubts": []}]
    assert said["stories"][path] == {
        "page": "",
        "refused": [{"key": "consent", "message": "weggelaten: er is geen toestemming"}],
    }
    for without in CONSENT:
        some = {key: value for key, value in CONSENT.items() if key != without}
        said = page.plan({"path": path, "fields": {**STORY, **some}})
        keys = [reason["key"] for reason in said["stories"][path]["refused"]]
        keys += [problem["key"] for problem in said["problems"] if problem["story"] == path]
        assert said["stories"][path]["page"] == ""
        assert without in keys, (without, said)
        assert said["done"], (without, [p for p in said["problems"] if p["severity"] == "error"])
    said = page.plan({"path": path, "fields": {**STORY, **CONSENT}})
    assert said["stories"][path] == {"page": "verhalen/opent-het-buurthuis.html", "refused": []}
    assert b"Mo heeft de sleutel." in page.door.file("verhalen/opent-het-buurthuis.html")


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ({"consent.status": "pending"}, "consent.status"),
        ({"consent.status": "withdrawn"}, "consent.status"),
        ({"consent.given_on": "2027-01-01"}, "consent.given_on"),
        ({"consent.expires_on": "2026-11-20"}, "consent.expires_on"),
        ({"consent.scope": ["press"]}, "consent.scope"),
        ({"consent.audience": ["national"]}, "consent.audience"),
        ({"consent.minor": "true"}, "consent.guardian"),
        ({"consent.final_text_seen_on": "2027-01-01"}, "consent.final_text_seen_on"),
    ],
)
def test_each_answer_that_does_not_do_is_told_at_its_question(
    page: Studio, answer: dict[str, object], key: str
) -> None:
    path = "content/verhalen/x.md"
    said = page.plan({"path": path, "fields": {**STORY, **CONSENT, **answer}})
    assert [reason["key"] for reason in said["stories"][path]["refused"]] == [key]


def test_html_is_refused_with_the_line_that_was_typed(page: Studio) -> None:
    path = "content/verhalen/x.md"
    said = page.plan({"path": path, "fields": {**STORY, **CONSENT, "text": "\n\nEen.\n\nEen <b>woord</b>."}})
    (found,) = [problem for problem in said["problems"] if problem["story"]]
    assert (found["story"], found["key"], found["line"], found["column"]) == (path, "text", 5, 5)
    assert not said["done"]
    assert said["stories"][path]["page"] == ""


def test_html_is_told_at_each_field_that_has_it(page: Studio) -> None:
    path, quote = "content/verhalen/x.md", {"quote.text": "Ik <i>durf</i>", "quote.speaker": "Mo"}
    said = page.plan({"path": path, "fields": {**STORY, **quote, "text": 'Een.\n\n<b class="x">Twee</b>.'}})
    told = [problem for problem in said["problems"] if problem["story"] and problem["severity"] == "error"]
    assert [(problem["key"], problem["line"]) for problem in told] == [("quote.text", 0), ("text", 3)]
    assert ["<i>, </i>" in told[0]["hint"], "<b>, </b>" in told[1]["hint"]] == [True, True]


def test_what_is_missing_or_too_long_is_told_at_its_field(page: Studio) -> None:
    path = "content/verhalen/x.md"
    some = {key: value for key, value in CONSENT.items() if not key.endswith(("_on", "ref"))}
    for fields, field, ails in (
        ({**STORY, **some}, "consent.given_on", "missing"),
        ({**STORY, **some}, "consent.expires_on", "missing"),
        ({**STORY, **some}, "consent.ref", "missing"),
        ({**STORY, **CONSENT, "text": "x" * 5001}, "text", "long"),
        ({**STORY, **CONSENT, "summary": "x" * 70_000}, "summary", "long"),
    ):
        said = page.plan({"path": path, "fields": fields})
        found = {problem["key"]: problem["ails"] for problem in said["problems"] if problem["story"]}
        assert found.get(field) == ails, (field, found)


def test_a_long_text_of_the_settings_is_told_at_its_field_and_other_keys_stay(page: Studio) -> None:
    (page.folder / "brand.yaml").write_text("plan: {start: 2027-01-11}\n")
    for _ in range(2):  # also when what is there is too long
        said = page.plan(**{"texts.about": "x " * 40_000})
        told = [(problem["key"], problem["ails"]) for problem in said["problems"]]
        assert ("texts.about", "long") in told
    page.plan()
    assert "2027-01-11" in (page.folder / "brand.yaml").read_text()


@pytest.mark.parametrize(
    ("ref", "doubted"),
    [("V-12", False), ("map 3", False), ("Bert de Vries", True), ("mo", True), ("Mo", True), ("", False)],
)
def test_a_name_is_no_number(page: Studio, ref: str, doubted: bool) -> None:
    fields = {**STORY, "consent.ref": ref}
    (answer,) = json.loads(page.door.write_stories(ID, json.dumps([{"path": "", "fields": fields}])))
    assert answer["doubts"] == (["consent.ref"] if doubted else [])


def test_nothing_is_on_the_site_that_is_not_made(page: Studio) -> None:
    path = "content/verhalen/x.md"
    both = ({"path": path, "fields": {**STORY, **CONSENT}}, {"path": "", "fields": {**STORY, "text": "<b>x"}})
    assert not (said := page.plan(*both))["done"]
    assert {story["page"] for story in said["stories"].values()} == {""}
    said = page.plan(both[0], colour="geel")
    assert said["stories"] == {path: {"page": "", "refused": []}}


def test_one_that_is_taken_away_is_gone_from_the_site_and_the_zip(page: Studio) -> None:
    path = "content/verhalen/x.md"
    page.plan({"path": path, "fields": {**STORY, **CONSENT}})
    said = page.plan()
    assert said["stories"] == {}
    assert page.door.file("verhalen/x.html") == b""
    with zipfile.ZipFile(io.BytesIO(page.door.pack(ID, ""))) as archive:
        assert not [name for name in archive.namelist() if "verhalen/x." in name]


def test_what_a_folder_has_is_opened_or_left_alone(page: Studio) -> None:
    folder = page.folder / "content" / "verhalen"
    folder.mkdir(parents=True)
    more = sites.story("Ons verhaal", name="Anouk", extra="weight: 3\n")
    (folder / "anouk.md").write_text(more)
    (folder / "bas.md").write_text("---\nweight: 3\n---\n")  # a change of a national page
    page.plan({"path": "", "fields": STORY})
    (page.folder / "content" / ".basis").mkdir()
    (page.folder / "content" / ".basis" / "bas.md").write_text("---\nweight: 1\n---\n")  # of the program
    opened = json.loads(page.door.stories(ID))
    assert opened["others"] == ["content/verhalen/anouk.md", "content/verhalen/bas.md"]
    assert opened["held"] == [{"path": "content/verhalen/opent-het-buurthuis.md", "fields": STORY}]
    page.plan()
    assert (folder / "anouk.md").read_text() == more
    assert not (folder / "opent-het-buurthuis.md").exists()


def test_every_page_that_may_be_hidden_can_be(page: Studio) -> None:
    groups = json.loads(page.door.national())
    offered = [each["path"] for group in groups for each in group["pages"]]
    assert "verhalen/bas.md" in offered
    assert "contact.md" not in offered  # there people read how to have their story taken away
    assert not [path for path in offered if path.endswith("index.md")]
    assert all(each["title"] for group in groups for each in group["pages"])
    for path in offered:
        said = page.plan(hide=[path])
        assert said["done"], [p for p in said["problems"] if p["severity"] == "error"]
        assert page.door.file(path.replace(".md", ".html")) == b""
    assert page.plan(hide=offered)["done"]


def test_what_comes_from_design_tokens_and_what_is_wrong_with_them(page: Studio) -> None:
    (page.folder / "t.json").write_text(TOKENS)
    said = page.plan(tokens="t.json", colour="")
    assert said["done"], [p for p in said["problems"] if p["severity"] == "error"]
    assert said["tokens"] == {"colour": "#0b6e4f"}
    (page.folder / "t.json").write_text("{")
    said = page.plan(tokens="t.json", colour="")
    assert [problem["key"] for problem in said["problems"]] == ["tokens"]
    assert said["tokens"] == {}


def test_the_command_line_makes_the_same_site_of_the_folder(
    page: Studio, campaign: Campaign, tmp_path: Path
) -> None:
    said = page.plan(
        {"path": "", "fields": {**STORY, **CONSENT, "text": "Regel: één.\n\n- lijst\n\n> Citaat"}},
        hide=["contact.md"],
    )
    assert said["done"], [p for p in said["problems"] if p["severity"] == "error"]
    with zipfile.ZipFile(io.BytesIO(page.door.pack(ID, ""))) as archive:
        archive.extractall(tmp_path / "open")
    assert campaign.build("--brand", str(tmp_path / "open" / ID)).status == 0
    assert sites.tree(tmp_path / "open" / "site") == sites.tree(campaign.output / ID)


def _zipped(at: Path, files: dict[str, str]) -> str:
    with zipfile.ZipFile(at / "open.zip", "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return str(at / "open.zip")


def test_what_is_opened_is_the_folder_in_it_without_the_site(page: Studio, tmp_path: Path) -> None:
    files = {
        "huisstijl/brand.yaml": "name: Ons",
        "huisstijl/logo.svg": "<svg/>",
        "site/brand.yaml": "name: X",
    }
    opened = page.door.unpacked(_zipped(tmp_path, {"HOSTING.txt": "", **files}))
    assert opened == {"files": {"brand.yaml": b"name: Ons", "logo.svg": b"<svg/>"}, "refusal": ""}
    found = {"a/brand.yaml": b"name: Ons", "a/b/brand.yaml": b"name: X", "c.txt": b""}
    assert page.door.folder(found)["files"] == {"brand.yaml": b"name: Ons", "b/brand.yaml": b"name: X"}


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "geen brand.yaml"),
        ({"huisstijl/logo.svg": "<svg/>"}, "geen brand.yaml"),
        ({"brand.yaml": "name: [De Brug\n  : : kapot"}, "brand.yaml is niet te lezen (regel"),
        ({"brand.yaml": "- een\n- lijst"}, "brand.yaml is niet te lezen (regel 1"),
        ({"a/brand.yaml": "name: x", "../kwaad.txt": ""}, "namen van bestanden"),
        ({"a/../../brand.yaml": "name: x"}, "namen van bestanden"),
        ({"brand.yaml": "name: x", "/etc/kwaad": ""}, "namen van bestanden"),
        ({"brand.yaml": "name: x", "C:/kwaad": ""}, "namen van bestanden"),
        ({"brand.yaml": "name: x", "a\\..\\kwaad": ""}, "namen van bestanden"),
        ({"brand.yaml": "name: x", "a": "", "a/b": ""}, "namen van bestanden"),
    ],
)
def test_what_is_no_folder_of_a_member_is_refused_with_the_reason(
    page: Studio, tmp_path: Path, files: dict[str, str], why: str
) -> None:
    as_folder = page.door.folder({path: content.encode() for path, content in files.items()})
    for said in (as_folder, page.door.unpacked(_zipped(tmp_path, files))):
        assert said["files"] == {}
        assert why in said["refusal"]


@pytest.mark.parametrize("cut", [0, 9, 60])
def test_a_damaged_zip_is_refused(page: Studio, tmp_path: Path, cut: int) -> None:
    file = Path(_zipped(tmp_path, {"brand.yaml": "name: Ons" * 9}))
    file.write_bytes(file.read_bytes()[:cut])
    assert "geen ZIP" in page.door.unpacked(str(file))["refusal"]


def test_why_a_colour_has_another_shade_is_told_at_the_colour(page: Studio) -> None:
    said = page.plan(colour="#fefefa")
    assert [each["key"] for each in said["advice"] if "#fefefa" in each["message"]] == ["colour", "colour"]
