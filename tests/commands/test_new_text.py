"""``new KIND``: a text of every kind begins as a draft that explains itself, and can be built at once."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator

import pytest

from helpers import sites
from helpers.members import add_member, run
from helpers.sites import Campaign
from microsite.commands.new_text import kind_named
from microsite.content.documents import parse
from microsite.content.kinds import CAMPAIGN, KINDS, LISTING, Kind, kind_of
from microsite.content.overrides import MarkdownFile
from microsite.core.urls import slugify

EACH = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


@pytest.fixture
def campaign(campaign: Campaign) -> Campaign:
    campaign.write(
        "content/ambassadeurs/noor.md", sites.page("Noor", "Zij.", "person: {name: Noor}\nfictional: true\n")
    )
    campaign.write(
        "content/brieven/de-lift.md",
        sites.page("De lift", "Brieven.", "dilemma: Wie betaalt?\nfictional: true\n"),
    )
    return campaign


def new(
    campaign: Campaign, capsys: pytest.CaptureFixture[str], *given: str, expected: int = 0
) -> tuple[str, str]:
    """What a command said, and the path of the file that it made; "" for none."""
    assert run(campaign, "new", *given) == expected
    said = "".join(capsys.readouterr())
    made = re.search("^made: (.*)$", said, re.M)
    return said, made[1] if made else ""


def read(campaign: Campaign, path: str, off: str = "") -> MarkdownFile:
    """A file of ours; with ``off`` every key that was switched off is on."""
    text = re.sub(r"^#(?=[ \w])(?! )", off, campaign.read(path), flags=re.M) if off else campaign.read(path)
    return MarkdownFile(path.partition("content/")[2], path, "content/", text.encode())


@EACH
def test_each_kind_begins_as_a_draft_that_is_right(
    campaign: Campaign, capsys: pytest.CaptureFixture[str], kind: Kind
) -> None:
    if kind is CAMPAIGN:
        campaign.remove("content/index.md")
    given = ["--in", "nieuws"] if kind is LISTING else []
    said, path = new(campaign, capsys, kind.name, "--title", "Een \"titel\": met 'alles' # erin", *given)
    assert path, said
    document = parse(read(campaign, path))
    assert kind_of(document.path) is kind
    assert document.problems == ()
    assert document.meta is not None
    assert document.meta.draft is (kind is not CAMPAIGN)
    if not kind.asks_consent:  # of the others nothing is kept before somebody agreed
        assert document.meta.title == "Een \"titel\": met 'alles' # erin"


def test_all_of_them_can_be_built_at_once(campaign: Campaign, capsys: pytest.CaptureFixture[str]) -> None:
    drafts = [kind for kind in KINDS if kind is not CAMPAIGN]
    within = {"listing": "nieuws", "post": "noor", "letter": "de-lift"}
    for kind in drafts:
        given = ["--in", within[kind.name]] if kind.name in within else []
        new(campaign, capsys, kind.name, "--title", "Een titel", *given)
    report = campaign.build("--strict")
    assert report.status == 0, report.said
    assert {p["severity"] for p in report.data["problems"]} == {"notice"}
    assert len(report.problems) == len(drafts)


@EACH
def test_what_is_switched_off_is_right_too(
    campaign: Campaign, capsys: pytest.CaptureFixture[str], kind: Kind
) -> None:
    """Each key that is shown with a # is one that the kind has, at its place."""
    if kind is CAMPAIGN:
        campaign.remove("content/index.md")
    given = ["--in", "nieuws"] if kind is LISTING else []
    _, path = new(campaign, capsys, kind.name, "--title", "Een titel", *given)
    lines = campaign.read(path).split("\n")
    on = [re.sub(r"^#(?=( *)[a-z_]+:)", "", line) for line in lines]
    assert on != lines
    campaign.write(path, "\n".join(on))
    told = [problem.message.sentence for problem in parse(read(campaign, path)).problems]
    assert [said for said in told if "unknown" in said or "not a" in said or "read" in said] == []


@pytest.mark.parametrize(
    ("word", "name"),
    [
        *(("verhaal", "story"), ("Verhalen", "story"), ("story", "story"), ("stories", "story")),
        *(
            ("brief", "letter"),
            ("brieven", "exchange"),
            ("briefwisseling", "exchange"),
            ("letters", "exchange"),
        ),
        *(("nieuws", "news"), ("nieuwsbericht", "news"), ("handleiding", "guide"), ("bewijs", "evidence")),
        *(("weblog", "post"), ("goud", "golden"), ("pagina", "page"), ("voorpagina", "campaign")),
    ],
)
def test_a_kind_has_a_dutch_name_too(word: str, name: str) -> None:
    assert kind_named(word).name == name


def test_a_word_that_is_none_is_told_what_is_meant(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    said, _ = new(campaign, capsys, "verhaall", "--title", "X", expected=2)
    assert "did you mean 'verhaal'?" in said


@pytest.mark.parametrize(
    ("title", "name", "file"),
    [
        ("Noor leest de brief", "Noor", "leest-de-brief"),
        ("De post van Noor", "Noor de Vries", "de-post-van"),
        ("Noors stapel", "Noor", "stapel"),
        ("Noor", "Noor", "verhaal"),
        ("Schulden, en dan", "Noor", "schulden-en-dan"),
        ("Schulden, en dan", None, "en-dan"),
        ("Hoe Karin weer sliep", None, "hoe-weer-sliep"),
        ("De stapel post", None, "de-stapel-post"),
        ("Éva wacht", "Eva", "wacht"),
        ("de brief van karin", "Karin", "de-brief-van"),
    ],
)
def test_the_name_of_a_person_is_not_in_the_name_of_the_file(
    campaign: Campaign, capsys: pytest.CaptureFixture[str], title: str, name: str | None, file: str
) -> None:
    said, path = new(campaign, capsys, "story", "--title", title, *(["--name", name] if name else []))
    assert path == f"content/verhalen/{file}.md"
    assert ("may be somebody's name" in said) is (slugify(title) != file)


def test_a_name_that_is_chosen_is_kept_unless_it_is_the_persons(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["story", "--title", "Noor leest", "--name", "Noor"]
    said, path = new(campaign, capsys, *given, "--slug", "noor-leest", expected=1)
    assert "has the name of the person in it" in said
    assert "small letters" in new(campaign, capsys, *given, "--slug", "../De Brief", expected=1)[0]
    assert new(campaign, capsys, *given, "--slug", "de-brief")[1] == "content/verhalen/de-brief.md"
    assert not path


def test_pages_about_nobody_have_the_whole_title(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "Gemeente Zandhage kiest voor meer buurthuizen en dat is na twintig jaar wachten goed nieuws"
    _, path = new(campaign, capsys, "nieuws", long)
    assert path == "content/nieuws/gemeente-zandhage-kiest-voor-meer-buurthuizen-en-dat-is-na.md"


def test_nothing_is_overwritten(campaign: Campaign, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [new(campaign, capsys, "news", "--title", "Wij beginnen")[1] for _ in range(2)]
    assert paths == ["content/nieuws/wij-beginnen.md", "content/nieuws/wij-beginnen-2.md"]
    before = campaign.read("content/nieuws/start.md")
    assert "already a file" in new(campaign, capsys, "news", "--title", "X", "--slug", "start", expected=1)[0]
    assert campaign.read("content/nieuws/start.md") == before
    before = campaign.read("content/index.md")
    assert "already a file" in new(campaign, capsys, "campaign", "--title", "X", expected=1)[0]
    assert campaign.read("content/index.md") == before


def test_a_members_text_is_in_its_folder_and_no_change_of_a_national_one(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    add_member(campaign)
    _, path = new(campaign, capsys, "news", "--title", "Start", "--brand", "lid")
    assert path == "brands/lid/content/nieuws/start-2.md"
    campaign.build("--brand", "lid", "--strict")
    assert "There is" not in capsys.readouterr().err


def test_a_part_belongs_to_a_page(campaign: Campaign, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(campaign, capsys, "letter", "--title", "Beste")[1] == "content/brieven/de-lift/brief.md"
    campaign.remove("content/brieven/de-lift/brief.md")
    for number in (1, 2):
        campaign.write(f"content/brieven/de-lift/{number}.md", "")
    assert new(campaign, capsys, "letter", "--title", "Beste")[1] == "content/brieven/de-lift/3.md"
    campaign.write("content/brieven/de-hal.md", campaign.read("content/brieven/de-lift.md"))
    said, _ = new(campaign, capsys, "letter", "--title", "Beste", expected=1)
    assert "--in NAME" in said
    assert "de-hal, de-lift" in said
    assert new(campaign, capsys, "letter", "--title", "Na", "--in", "brieven/de-hal.md")[1].startswith(
        "content/brieven/de-hal/"
    )
    for file in ("de-hal.md", "de-lift.md"):
        campaign.remove(f"content/brieven/{file}")
    assert "begin with: new exchange" in new(campaign, capsys, "brief", "--title", "X", expected=1)[0]


def test_nothing_is_asked_where_nobody_can_answer(
    campaign: Campaign, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtins, "input", lambda _: pytest.fail("was asked"))
    assert "--title" in new(campaign, capsys, "story", expected=1)[0]
    assert new(campaign, capsys, "story", "--title", "De brief")[1]


def test_at_a_terminal_what_only_the_author_knows_is_asked(
    campaign: Campaign, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers: Iterator[str] = iter(["Noor leest", "clint", "client", "Noor"])

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(builtins, "input", answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    said, path = new(campaign, capsys, "verhaal")
    assert len(asked) == 4
    assert "worker doet het werk, client kreeg hulp" in asked[1]
    assert "(worker, client)" in asked[1]
    assert "did you mean 'client'?" in said
    written = campaign.read(path)
    assert "role: client" in written or 'role: "client"' in written
    assert 'name: "Noor"' in written
    assert path == "content/verhalen/leest.md"


def test_what_is_not_filled_in_is_told_once_it_is_no_draft(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    _, path = new(campaign, capsys, "bewijs", "--title", "De telling van nu")
    campaign.edit(path, "draft: true\n", "")
    report = campaign.build()
    assert report.status == 0
    assert len([p for p in report.problems if "still to be filled in" in p]) == 4


def test_the_first_organisation_word_begins_a_brand(campaign: Campaign) -> None:
    logo = str(campaign.root / f"brands/{sites.BRAND}/logo.svg")
    assert (
        run(campaign, "new", "organisatie", "veld", "--name", "Veld", "--logo", logo, "--colour", "teal") == 0
    )
    assert 'name: "Veld"' in campaign.read("brands/veld/brand.yaml")
