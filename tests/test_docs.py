"""The documentation holds: examples build, tables name every key, messages are those of the program."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from helpers import clips, sites
from microsite import arguments, cli
from microsite.brand import fonts
from microsite.brand.brand_file import BrandFile
from microsite.content.facts import Fact
from microsite.content.front_matter import Meta
from microsite.content.indicators_file import IndicatorsFile
from microsite.content.keys import keys_of
from microsite.content.kinds import KINDS
from microsite.content.planner_file import HolidaysFile, PlannerFile
from microsite.content.removed import RemovedPages
from microsite.content.series.file import Counting
from microsite.content.site_file import Site
from microsite.content.worksheets.file import WorksheetsFile
from microsite.core import file_types
from microsite.rendering.hosting.servers import GUIDES

ROOT = Path(__file__).parent.parent
HANDBOOK = ROOT / "docs" / "redactie"
MEMBERS = ROOT / "docs" / "leden"
CATALOGUE = ROOT / "microsite" / "locale" / "nl" / "LC_MESSAGES" / "microsite.po"
BRAND = "buurtwerk"

_BLOCK = re.compile(
    r"^(?:<!-- bestand: (?P<path>\S+) -->\n)?(?P<fence>`{3,})(?P<kind>\w+)\n(?P<text>.*?)^(?P=fence)$",
    re.M | re.S,
)
_TABLE = re.compile(r"^<!-- kenmerken: (\w+) -->\n((?:\|.*\n)+)", re.M)
_ROW = re.compile(r"^\| `([^`|]+)` \|[^|]*\| ([^|]*) \|", re.M)
_SAID = re.compile(r"^\| `([^`]+)` \|", re.M)


@dataclass(frozen=True, slots=True)
class Example:
    """A block of a page of the handbook. ``path`` is its place in a project; "" for a piece of a file."""

    page: str
    kind: str
    path: str
    text: str


def _examples(folder: Path) -> tuple[Example, ...]:
    return tuple(
        Example(page.name, found["kind"], found["path"] or "", found["text"])
        for page in sorted(folder.glob("*.md"))
        for found in _BLOCK.finditer(page.read_text(encoding="utf-8"))
    )


EXAMPLES = _examples(HANDBOOK)
FILES = tuple(example for example in EXAMPLES if example.path)
PIECES = tuple(example for example in EXAMPLES if not example.path)


def _photo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (640, 480), "#c8102e").save(stream, "JPEG")
    return stream.getvalue()


PICTURES: dict[str, str | bytes] = {
    "content/verhalen/noor.svg": sites.drawing(),
    "content/verhalen/bas.jpg": _photo(),
    "content/verhalen/bel.jpg": _photo(),
    "content/flat.jpg": _photo(),
    "content/lijn.svg": sites.drawing(4),
    "content/poster.pdf": b"%PDF-1.7\n",
    "content/verhalen/bas.mp3": clips.mp3(),
    "content/film.mp4": clips.mp4(),
    "content/film.vtt": clips.VTT,
    "content/film.txt": "Een deur gaat open.\n",
}
"""What the examples refer to and cannot show."""


def _project(root: Path, examples: tuple[Example, ...]) -> sites.Campaign:
    project = sites.Campaign(root)
    for example in examples:
        project.write(example.path, example.text)
    for path, content in PICTURES.items():
        project.write(path, content)
    return project


@pytest.fixture
def project(tmp_path: Path) -> sites.Campaign:
    return _project(tmp_path / "voorbeeld", FILES)


def _piece(number: int, example: Example) -> tuple[str, str]:
    """A piece of a file, in a file where it can stand."""
    if example.kind == "markdown":
        return f"content/stuk-{number}.md", f"---\ntitle: Stuk {number}\n---\n\n{example.text}\n\nTekst.\n"
    given = {line.partition(":")[0] for line in example.text.splitlines()}
    needed = {
        "title": "Stuk",
        "summary": "Kort.",
        "role": "client",
        "person": "{name: Noor}",
        "fictional": "true",
    }
    rest = "".join(f"{key}: {value}\n" for key, value in needed.items() if key not in given)
    return f"content/verhalen/stuk-{number}.md", f"---\n{example.text}{rest}---\n\nTekst.\n"


# ── examples ──


def test_no_path_is_given_to_two_examples() -> None:
    paths = [example.path for example in FILES]
    assert len(paths) == len(set(paths)) > 8


def test_the_files_of_the_handbook_build_without_a_problem(project: sites.Campaign) -> None:
    report = project.build().fine()
    pages = {path for path in report.written if path.endswith(".html")}
    named = {
        example.path.removeprefix("content/").removesuffix(".md") + ".html"
        for example in FILES
        if example.path.endswith(".md")
    }
    assert named <= pages


def test_the_files_of_the_beginning_are_a_campaign_by_themselves(tmp_path: Path) -> None:
    beginning = tuple(example for example in FILES if example.page == "beginnen.md")
    campaign = sites.Campaign(tmp_path / "begin")
    for example in beginning:
        campaign.write(example.path, example.text)
    assert "output/buurtwerk/ is ready" in campaign.build("--strict").fine().said


def test_the_pieces_of_the_handbook_build_without_a_problem(project: sites.Campaign) -> None:
    pieces = [example for example in PIECES if example.kind in ("markdown", "yaml")]
    assert len(pieces) > 20
    for number, example in enumerate(pieces):
        project.write(*_piece(number, example))
    report = project.build()
    told = [(p["message"], pieces[int(n[1])]) for p in report.data["problems"] if (n := _numbered(p["path"]))]
    assert told == []
    report.fine()


def _numbered(path: str) -> re.Match[str] | None:
    return re.search(r"stuk-(\d+)", path)


def test_slots_and_facts_of_the_examples_are_filled_in(project: sites.Campaign) -> None:
    project.write(
        "content/stuk.md", "---\ntitle: Stuk\n---\n{{ organisatie }} {{ feit:enveloppen }} \\{{ email }}\n"
    )
    project.build().fine()
    page = (project.output / BRAND / "stuk.html").read_text(encoding="utf-8")
    assert "Buurtwerk Voorbeeldstad <a" in page
    assert "41 enveloppen" in page
    assert "{{ email }}" in page


# ── the handbook for members, laid over the campaign itself ──

MEMBER = "welzijn-voorbeeldstad"
DAY = "2026-11-25"
FOR_MEMBERS = _examples(MEMBERS)
SETTINGS = f"brands/{MEMBER}/brand.yaml"


@pytest.fixture
def member(tmp_path: Path) -> sites.Campaign:
    campaign = sites.Campaign(tmp_path / "campagne")
    shutil.copytree(ROOT / "content", campaign.root / "content")
    for example in FOR_MEMBERS:
        if example.path:
            campaign.write(example.path, example.text)
    campaign.write(f"brands/{MEMBER}/logo.svg", sites.LOGO)
    return campaign


def _shown(page: str, kind: str = "text") -> list[str]:
    return [example.text for example in FOR_MEMBERS if (example.page, example.kind) == (page, kind)]


def test_what_a_member_is_shown_can_be_used_as_it_stands(member: sites.Campaign) -> None:
    assert len([example for example in FOR_MEMBERS if example.path]) == 8
    _told(member, "accept", MEMBER)
    member.run("check", "--brand", MEMBER, day=DAY).fine()


def test_the_settings_that_a_member_is_shown_can_be_used_together(member: sites.Campaign) -> None:
    pieces = [example.text for example in FOR_MEMBERS if example.kind == "yaml" and not example.path]
    assert len(pieces) == 8
    given = {line.partition(":")[0] for piece in pieces for line in piece.splitlines()}
    kept = [line for line in member.read(SETTINGS).splitlines(True) if line.partition(":")[0] not in given]
    member.write(SETTINGS, "".join([*kept, *pieces]))
    _told(member, "accept", MEMBER)
    member.run("check", "--brand", MEMBER, day=DAY).fine()


def test_a_member_stays_up_to_date_as_the_handbook_tells(
    member: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    page = "toolkit/werkbezoek.md"
    warning, difference = _shown("bijblijven.md")
    assert _told(member, "accept", MEMBER).count("vastgelegd") == 3
    member.edit(f"content/{page}", "Begin zes weken", "Begin tien weken")
    assert warning in member.run("check", "--brand", MEMBER, day=DAY).said
    told = _told(member, "diff", MEMBER)
    assert [line for line in difference.splitlines() if line not in told.splitlines()] == []
    _told(member, "accept", MEMBER, page)
    member.run("check", "--brand", MEMBER, day=DAY).fine()


def test_a_member_begins_as_the_handbook_tells(
    member: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    shutil.rmtree(member.root / "brands")
    logo = member.write("mijn.svg", sites.LOGO)
    given = ["--name", "Welzijn Voorbeeldstad", "--logo", str(logo), "--colour", "#00539f"]
    assert _told(member, "new", "brand", MEMBER, *given) == _shown("README.md")[0]


def _told(campaign: sites.Campaign, *command: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert cli.main([*command, "--project", str(campaign.root)]) == 0
    return said.getvalue()


def test_the_choices_of_a_member_are_those_of_the_program() -> None:
    online, style = ((MEMBERS / name).read_text(encoding="utf-8") for name in ("online.md", "huisstijl.md"))
    table = re.findall(r"^\| `host` \|.*\n\|[ |:-]+\n((?:\|.*\n)+)", online, re.M)
    assert [_SAID.findall(rows) for rows in table] == [[*GUIDES]]
    assert {name for name in fonts.SHIPPED if f"`{name}`" not in style} == {fonts.DEFAULT}


def test_the_handbook_names_each_type_of_file_that_can_be_linked() -> None:
    page = (HANDBOOK / "tekst.md").read_text(encoding="utf-8")
    named = re.search(r"Een bestand om te downloaden .* Dit mag:\n(.*)\.$", page, re.M)
    assert named is not None
    assert {f".{suffix}" for suffix in re.split(r", | en ", named[1])} == file_types.LINKED


def test_the_examples_of_members_are_those_in_brands() -> None:
    told = set(re.findall(r"^\| `brands/([\w-]+)/` \|", (MEMBERS / "README.md").read_text("utf-8"), re.M))
    assert told == {file.parent.name for file in (ROOT / "brands").glob("*/brand.yaml")} - {"sociaal-werkt"}


# ── keys ──


def _keys(record: type) -> Iterator[tuple[str, bool]]:
    """Every key that a record takes, with dots for groups and whether it has to be there.

    The keys of a consent are told once, for that of the page.
    """
    keys = (key for top in keys_of(record) for key in top.all)
    return ((key.path, key.required) for key in keys if ".consent." not in key.path)


RECORDS: tuple[type, ...] = (
    *dict.fromkeys(kind.record for kind in KINDS),
    Site,
    Fact,
    Counting,
    RemovedPages,
    PlannerFile,
    HolidaysFile,
    WorksheetsFile,
    IndicatorsFile,
    BrandFile,
)


def _tables_of_keys() -> dict[str, str]:
    return dict(_TABLE.findall((HANDBOOK / "kenmerken.md").read_text(encoding="utf-8")))


def test_there_is_a_table_of_keys_for_each_record_and_no_other() -> None:
    assert set(_tables_of_keys()) == {record.__name__ for record in RECORDS}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_table_of_keys_names_each_key_and_no_other(record: type) -> None:
    named = _ROW.findall(_tables_of_keys().get(record.__name__, ""))
    common = {} if record is Meta or not issubclass(record, Meta) else dict(_keys(Meta))
    wanted = {key: needed for key, needed in _keys(record) if common.get(key) is not needed}
    assert sorted(key for key, _ in named) == sorted(wanted)
    told = dict(named)
    required = {key for key, needed in wanted.items() if needed}
    assert {key for key, word in told.items() if word == "ja"} <= required
    assert required <= {key for key, word in told.items() if word.startswith("ja")}


# ── messages, links, modules ──


def _sentences() -> dict[str, str]:
    """The Dutch sentences of the catalogue by their English ones."""
    read: dict[str, str] = {}
    entry = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n)+)msgstr ((?:"(?:[^"\\]|\\.)*"(?:\n|\Z))+)', re.M)
    for english, dutch in entry.findall(CATALOGUE.read_text(encoding="utf-8")):
        read[_unquoted(english)] = _unquoted(dutch)
    return {english: dutch for english, dutch in read.items() if english}


def _unquoted(lines: str) -> str:
    joined = "".join(line.strip()[1:-1] for line in lines.splitlines())
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), joined)


@pytest.mark.parametrize(
    "document",
    [
        HANDBOOK / "meldingen.md",
        HANDBOOK / "toestemming.md",
        MEMBERS / "meldingen.md",
        MEMBERS / "reeksen.md",
        MEMBERS / "eigen-berekening.md",
    ],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_messages_are_quoted_as_the_program_says_them(document: Path) -> None:
    sentences = _sentences()
    known = {re.sub(r"\{\w+\}", "…", sentence) for sentence in sentences.values()}
    page = document.read_text(encoding="utf-8")
    tables = re.findall(r"^\| Melding \|.*\n\|[ |:-]+\n((?:\|.*\n)+)", page, re.M)
    quoted = [sentence for table in tables for sentence in _SAID.findall(table)]
    assert quoted
    assert [sentence for sentence in quoted if sentence not in known] == []


def test_words_for_severity_and_strength_are_those_of_the_program() -> None:
    sentences = _sentences()
    messages = (HANDBOOK / "meldingen.md").read_text(encoding="utf-8")
    assert all(f"\n| {sentences[word]} | " in messages for word in ("error", "warning", "notice"))
    strengths = re.findall(
        r"^\| [1-5] \| (.*) \|$", (HANDBOOK / "cijfers.md").read_text(encoding="utf-8"), re.M
    )
    assert len(strengths) == 5
    assert set(strengths) <= set(sentences.values())


def test_the_message_that_is_explained_reads_as_it_is_shown(
    project: sites.Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROSITE_LANGUAGE", "nl")
    shown = next(
        example.text for example in PIECES if example.page == "meldingen.md" and example.kind == "text"
    )
    project.edit("content/verhalen/noor.md", "summary: ", "sumary: ")
    assert shown in project.build().said


def _documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", _documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    written = re.sub(r"^(`{3,}).*?^\1", "", document.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target, fragment in re.findall(
        r"\]\(([^()#\s:]*)(?:#([^()\s]+))?\)", re.sub(r"`[^`\n]*`", "", written)
    ):
        file = (document.parent / target).resolve() if target else document
        assert file.exists(), target
        if fragment:
            assert fragment in _anchors(file), (target, fragment)


def _anchors(file: Path) -> set[str]:
    """The names that a forge gives to the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_architecture_names_each_package_and_top_level_module_once() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+(?:/|\.py))` \|", page, re.M)
    package = ROOT / "microsite"
    files = [path.name for path in package.glob("[!_]*.py")]
    folders = [f"{path.parent.name}/" for path in package.glob("*/__init__.py")]
    assert sorted(named) == sorted(files + folders)


def test_the_architecture_names_files_and_definitions_that_exist() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w./]+\.(?:py|md)|[\w/]+/)(?::(\w+))?`", page)
    assert len(named) > 40
    for path, name in named:
        found = [root / path for root in (ROOT / "microsite", ROOT) if (root / path).exists()]
        assert found, path
        if name:
            definition = rf"^(?:class |def |){name}\b"
            assert re.search(definition, found[0].read_text(encoding="utf-8"), re.M), (path, name)


def test_the_list_of_decisions_names_each_once() -> None:
    folder = ROOT / "docs/decisions"
    named = re.findall(r"^\| \[([\w-]+)\]\(\1\.md\) \|", (folder / "README.md").read_text("utf-8"), re.M)
    assert named == sorted(file.stem for file in folder.glob("[!R]*.md"))


def test_each_screenshot_is_shown_and_described() -> None:
    """``make pictures`` makes them."""
    pages = "".join(page.read_text(encoding="utf-8") for page in HANDBOOK.glob("*.md"))
    shown = dict(re.findall(r"!\[([^\]]+)\]\(schermen/(\S+?)\)", pages))
    assert sorted(shown.values()) == sorted(file.name for file in (HANDBOOK / "schermen").iterdir())
    script = (ROOT / "scripts/handbook_pictures.py").read_text(encoding="utf-8")
    assert [name for name in shown.values() if f'"{name.removesuffix(".png")}"' not in script] == []


def test_the_readme_names_each_option() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    options = set(re.findall(r'"(--[a-z]+)"', Path(arguments.__file__).read_text(encoding="utf-8")))
    assert options
    assert {option for option in options if f"`{option}" not in readme} == set()
    assert {command for command in arguments.COMMANDS if f"`{command}" not in readme} == set()
