"""``withdraw``: the list before, the whole job, and the proof that nothing of it is left."""

from __future__ import annotations

import errno
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import sites, traces
from helpers.sites import Campaign, consent, page, story
from microsite.withdraw import carry_out

REF = "C-66"
NAME = "Zéfanja van Wezel"
ID, OTHER = "ouddorp", "nieuwdorp"
STORY = "content/verhalen/zefanja-van-wezel.md"
TRANSLATION = "content/verhalen/zefanja-van-wezel.en.md"
ADDRESS = "verhalen/zefanja-van-wezel.html"
FOR_AGREEMENT = "voor-akkoord/verhalen-zefanja-van-wezel.html"
FACE = traces.noise()
TEXT = (
    "Toen het water door het plafond kwam belde ik bij de buren aan en niemand deed open. Pas een week later"
    " zat er iemand van het wijkteam bij mij aan de keukentafel die bleef luisteren tot het donker was."
)
WHOLE = story(
    "Een natte week",
    name=NAME,
    quote="Ik telde de druppels tot ik niet meer wist hoeveel emmers er stonden.",
    body=TEXT,
    agreed=consent(ref=REF, scope="[web, social, press]"),
    extra="image: {src: gezicht.jpg, alt: Iemand aan tafel, credit: J. Wit}\naliases: [verhalen/nat.md]\n",
)
FILES: dict[str, str | bytes] = {
    STORY: WHOLE,
    TRANSLATION: "---\ntitle: A wet week\nsummary: Water.\nimage: {alt: A face}\n---\nWater came.\n",
    "content/verhalen/gezicht.jpg": FACE,
    "content/nieuws/aan-tafel.md": page(
        "Aan tafel", "![Tafel](tafel.jpg 'Foto: J. de Wit')", "date: 2026-06-01\n"
    ),
    "content/nieuws/tafel.jpg": FACE,
    f"brands/{ID}/content/nieuws/nat.md": page("Nat", TEXT, "date: 2026-06-01\n"),
    f"brands/{OTHER}/content/nieuws/vrijwilligers.md": page(
        "Vrijwilligers",
        "Wie met oud en nieuw de deur van het buurthuis opende voor iedereen die alleen was, weten wij goed.",
        f"date: 2026-06-01\npeople:\n  - {{name: {NAME}}}\nfictional: true\n",
    ),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Three sites that show the person, and a ZIP of one."""
    made = sites.campaign(tmp_path_factory.mktemp("intrekken") / "campagne", FILES)
    made.add_member(ID)
    made.add_member(OTHER)
    report = made.build("--all")
    assert report.status == 0, report.said
    assert made.run("pack", ID).status == 0
    assert made.run("preview", STORY).status == 0
    shutil.copy(made.root / FOR_AGREEMENT, made.root / "voor-akkoord/eerste-versie.html")
    made.write("voor-akkoord/verhalen-bram.html", "Bram vindt het goed.")
    return made


@pytest.fixture
def shown(published: Campaign, tmp_path: Path) -> Campaign:
    shutil.copytree(published.root, tmp_path / "campagne", symlinks=True)
    return Campaign(tmp_path / "campagne")


def own_files(campaign: Campaign) -> dict[str, bytes]:
    return sites.tree(campaign.root / "brands")


def left(campaign: Campaign) -> list[tuple[str, bytes]]:
    """Where in the output anything of the person is, in any of the encodings; the address aside."""
    words = (
        NAME,
        "van Wezel",
        "Een natte week",
        "A wet week",
        "de keukentafel die bleef",
        "telde de druppels",
    )
    folders = (campaign.output, campaign.root / "voor-akkoord")
    return [found for folder in folders for found in traces.left(folder, words, FACE)]


# ── the list ──


def test_the_list_says_what_will_change_and_changes_nothing(shown: Campaign) -> None:
    before = sites.tree(shown.root)
    report = shown.run("withdraw", REF)
    assert report.status == 1
    for named in (
        STORY,
        TRANSLATION,
        "content/verhalen/gezicht.jpg",
        " → content/nieuws/aan-tafel.md",
        f"brands/{ID}/content/nieuws/nat.md",
        f"brands/{OTHER}/content/nieuws/vrijwilligers.md",
        ADDRESS,
        FOR_AGREEMENT,
        "the ZIP of the site",
        "Nothing was changed. In a script, add --yes.",
    ):
        assert named in report.said, report.said
    after = sites.tree(shown.root)
    assert {p: d for p, d in after.items() if "/.microsite/" not in p} == {
        p: d for p, d in before.items() if "/.microsite/" not in p
    }


@pytest.mark.parametrize("wanted", ["c-66", STORY, ADDRESS, TRANSLATION])
def test_whoever_is_meant_is_found(shown: Campaign, wanted: str) -> None:
    assert f"Withdrawing consent {REF} changes this" in shown.run("withdraw", wanted).said


def test_who_is_not_there(shown: Campaign) -> None:
    report = shown.run("withdraw", "C66")
    assert report.status == 1
    assert "no text of the campaign has this consent" in report.said
    assert "look for the reference below 'consent:' in the text" in report.said


# ── the whole job ──


def test_nothing_is_left(shown: Campaign) -> None:
    assert left(shown)
    own = own_files(shown)
    report = shown.run("withdraw", REF, "--yes")
    assert report.status == 0, report.said
    assert left(shown) == []
    assert own_files(shown) == own
    assert [file.name for file in (shown.root / "voor-akkoord").glob("*.html")] == ["verhalen-bram.html"]
    assert shown.read(STORY) == f'---\nconsent:\n  ref: "{REF}"\n  status: withdrawn\n---\n'
    assert [path for path in FILES if path.startswith("content/") and not (shown.root / path).exists()] == [
        TRANSLATION,
        "content/verhalen/gezicht.jpg",
        "content/nieuws/tafel.jpg",
    ]
    listed = shown.read("content/weggehaald.yaml")
    assert listed.count("until: 2027-11-22") == 3
    assert ADDRESS in listed
    assert "verhalen/nat.html" in listed
    for word in ("anja", "wezel", "water", "emmers"):
        assert word not in shown.read("content/ingetrokken.yaml").lower()
    assert (shown.output / f"{ID}.zip").exists(), report.said
    with zipfile.ZipFile(shown.output / f"{ID}.zip") as archive:
        assert b"noindex" in archive.read("site/nieuws/nat.html")
    page_of_nobody = Path(shown.output, ID, ADDRESS).read_text("utf-8")
    assert "noindex" in page_of_nobody
    receipt = shown.read("bewijs-c-66.txt")
    assert "Found: 0." in receipt
    assert "anja" not in receipt
    assert "22 November 2027" in receipt
    assert "campagne@voorbeeld.example" in receipt
    again = shown.run("withdraw", REF, "--yes")
    assert again.status == 0, again.said
    assert left(shown) == []
    assert shown.read("content/weggehaald.yaml") == listed


@pytest.mark.long
def test_later_builds_do_not_bring_anything_back(shown: Campaign) -> None:
    shown.run("withdraw", REF, "--yes")
    shutil.rmtree(shown.output)  # on another machine: from the inputs only
    report = shown.build("--all")
    assert report.status == 0, report.said
    assert left(shown) == []
    later = shown.build("--all", day="2027-11-23")
    assert later.status == 0, later.said
    assert not [path for path in shown.everything() if path.endswith(ADDRESS)]


@pytest.mark.long
def test_a_mention_is_told_before_and_after_until_it_is_mended(shown: Campaign) -> None:
    news = "content/nieuws/prijs.md"
    shown.write(news, page("Een prijs", f"{NAME} won de prijs.", "date: 2026-06-01\n"))
    report = shown.run("withdraw", REF, "--yes")
    assert report.status == 1
    assert report.said.count(f"{news}:6") >= 2
    assert "URGENT: something of this person is still here" in report.said
    assert "this is not ready yet" in shown.read("bewijs-c-66.txt")
    assert "this named somebody who withdrew consent C-66" in shown.build("--all").said
    report = shown.run("withdraw", REF, "--yes")
    assert (report.status, report.said.count(news) >= 2) == (1, True)
    shown.write(news, page("Een prijs", "Een bewoner won de prijs.", "date: 2026-06-01\n"))
    again = shown.run("withdraw", REF, "--yes")
    assert again.status == 0, again.said
    assert left(shown) == []


@pytest.mark.long
def test_a_broken_other_file_keeps_nobody(shown: Campaign) -> None:
    shown.write("content/verhalen/bas.md", "---\ntitle: [Bas\n---\nHoi.\n")
    shown.write(f"brands/{ID}/brand.yaml", "name: 12\n")
    shown.write(sites.OWN, "name: [\n")
    report = shown.run("withdraw", REF, "--yes")
    assert report.status == 1
    assert "nothing of this person is in them" in report.said
    assert left(shown) == []


# ── stopped half-way ──


class Killed(BaseException):
    """What a killed process leaves, without a process: nothing handles it."""


STEPS = ("replace_file", "remove", "build", "remake", "search")


def stop_at(
    monkeypatch: pytest.MonkeyPatch,
    count: int,
    what: Callable[[], BaseException],
    steps: tuple[str, ...] = STEPS,
) -> list[str]:
    """Let the ``count``-th of these steps of a withdrawal fail; returns those that were begun."""
    begun: list[str] = []

    def stopping(name: str) -> Callable[..., object]:
        real = getattr(carry_out, name)

        def step(*arguments: object, **named: object) -> object:
            begun.append(name)
            if len(begun) == count:
                raise what()
            return real(*arguments, **named)

        return step

    for name in steps:
        monkeypatch.setattr(carry_out, name, stopping(name))
    return begun


@pytest.mark.long
@pytest.mark.parametrize("count", range(1, 13))
def test_killed_at_any_step_and_finished_by_giving_the_command_again(shown: Campaign, count: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        begun = stop_at(patched, count, Killed)
        with pytest.raises(Killed):
            shown.run("withdraw", REF, "--yes")
    if len(begun) > 1:  # from the first file on, each build leaves the person out
        shown.build("--all")
        assert not [path for path, data in sites.tree(shown.site).items() if "Zéfanja".encode() in data]
    again = shown.run("withdraw", REF, "--yes")
    assert again.status == 0, again.said
    assert left(shown) == []
    assert shown.read("content/weggehaald.yaml").count("- address") == 3
    assert shown.read(STORY).count("\n") == 5


@pytest.mark.long
@pytest.mark.parametrize("count", [1, 3])
def test_a_full_disk_is_loud_and_is_finished_later(shown: Campaign, count: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        stop_at(patched, count, lambda: OSError(errno.EACCES, "Permission denied"), ("replace_file",))
        report = shown.run("withdraw", REF, "--yes")
    assert report.status == 1
    assert "URGENT: this could not be changed" in report.said
    assert f"python3 build.py withdraw {REF}" in report.said
    again = shown.run("withdraw", REF, "--yes")
    assert again.status == 0, again.said
    assert left(shown) == []


@pytest.mark.long
def test_on_a_full_disk_the_text_goes_all_the_same(shown: Campaign) -> None:
    with pytest.MonkeyPatch.context() as patched:
        stop_at(patched, 3, lambda: OSError(errno.ENOSPC, "No space left on device"), ("replace_file",))
        report = shown.run("withdraw", REF, "--yes")
    assert report.status == 0, report.said
    assert shown.read(STORY).count("\n") == 5


# ── one channel ──


@pytest.mark.long
def test_a_channel_takes_what_stood_on_it_and_nothing_else(shown: Campaign) -> None:
    pages = sites.tree(shown.site)
    report = shown.run("withdraw", REF, "--channel", "press", "--yes")
    assert report.status == 0, report.said
    assert shown.read(STORY) == WHOLE.replace("[web, social, press]", "[web, social]")
    assert sites.tree(shown.site) == pages
    report = shown.run("withdraw", REF, "--channel", "social", "--yes")
    assert report.status == 0, report.said
    assert shown.read(STORY) == WHOLE.replace("[web, social, press]", "[web]")
    assert "Een natte week" in shown.shown(ADDRESS)
    report = shown.run("withdraw", REF, "--channel", "web", "--yes")
    assert report.status == 1
    assert "without this nothing is left of the consent" in report.said


@pytest.mark.long
def test_of_several_people_the_reference_has_to_be_given(shown: Campaign) -> None:
    people = "".join(
        f"  - {{name: {n}, consent: {{{consent(ref=r)}}}}}\n" for n, r in (("Noor", "C-3"), ("Bo", "C-4"))
    )
    news = "content/nieuws/feest.md"
    shown.write(news, page("Feest", "Om drie uur.", f"date: 2026-06-01\npeople:\n{people}"))
    report = shown.run("withdraw", news)
    assert report.status == 1
    assert "several people agreed to this page: C-3, C-4" in report.said
    report = shown.run("withdraw", "C-4", "--yes")
    assert report.status == 0, report.said
    assert shown.read(news) == '---\nconsent:\n  ref: "C-4"\n  status: withdrawn\n---\n'
    assert "C-3" not in shown.build("--all").said


def test_a_page_of_a_member_is_theirs(shown: Campaign) -> None:
    own = f"brands/{ID}/content/nieuws/eigen.md"
    shown.write(own, page("Eigen", "Tekst.", f"date: 2026-06-01\nconsent: {{{consent(ref='O-1')}}}\n"))
    report = shown.run("withdraw", "O-1")
    assert report.status == 1
    assert f"{own}:5:10: error: this is a page of an organisation's own" in report.said


@pytest.mark.long
def test_what_was_stopped_is_told_by_each_build(shown: Campaign) -> None:
    with pytest.MonkeyPatch.context() as patched:
        stop_at(patched, 3, Killed, ("replace_file",))
        with pytest.raises(Killed):
            shown.run("withdraw", REF, "--yes")
    report = shown.build("--all")
    assert report.status == 0, report.said
    assert f"{STORY}: warning: URGENT: a withdrawal was stopped half-way" in report.said
    assert f"finish it: python3 build.py withdraw {REF}" in report.said
    assert left(shown) == []


@pytest.mark.long
def test_who_stops_it_is_told_that_it_is_not_ready(shown: Campaign) -> None:
    with pytest.MonkeyPatch.context() as patched:
        stop_at(patched, 4, KeyboardInterrupt)
        report = shown.run("withdraw", REF, "--yes")
    assert report.status == 1
    assert (
        f"URGENT: this is not ready. Mend what stands above, and then: python3 build.py withdraw {REF}"
        in report.said
    )
