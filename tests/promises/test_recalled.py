"""ingetrokken.yaml: what was taken out of the national content comes back nowhere, known by digests only."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from helpers import sites
from helpers.sites import Campaign, consent, jpeg, page, story
from microsite.content.overrides import MarkdownFile
from microsite.content.recalls import Recall, as_yaml, path_digest, phrase_digest
from microsite.core.fingerprints import digest
from microsite.site.people.withdrawals import phrases_apart

ID = "ouddorp"
COPY = f"brands/{ID}/content/nieuws/zij.md"
LIST = "content/ingetrokken.yaml"
TEXT = (
    "Toen het water door het plafond kwam belde ik bij de buren aan en niemand deed open. Pas een week later"
    " zat er iemand van het wijkteam bij mij aan de keukentafel die bleef luisteren tot het donker was."
)
WHOLE = story("Een natte week", name="Zefanja", body=TEXT, agreed=consent(ref="C-66"))
STUB = "---\nconsent: {ref: C-66, status: withdrawn}\n---\n"


def recalls(**more: str) -> str:
    words = sorted(map(phrase_digest, phrases_apart(MarkdownFile("a.md", "a.md", "", TEXT.encode()))))
    return as_yaml([Recall("C-66", dt.date(2026, 11, 20), words=" ".join(words), **more)], "uitleg")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign after a withdrawal: of the text there is only a stub."""
    made = sites.campaign(tmp_path_factory.mktemp("ingetrokken") / "campagne")
    made.add_member(ID)
    made.write("content/verhalen/zefanja.md", STUB)
    return made


def built(kept: Campaign, listed: str, **files: str | bytes) -> tuple[sites.Report, set[str]]:
    """The build of the member's site with these files, and what its pages say."""
    kept.write(LIST, listed)
    for path, content in files.items():
        kept.write(path, content)
    try:
        report = kept.build("--brand", ID)
        return report, {file.read_text("utf-8") for file in (kept.output / ID).rglob("*.html")}
    finally:
        for path in files:
            kept.remove(path)


def test_a_copy_stays_away_when_the_text_is_gone(kept: Campaign) -> None:
    copy = {COPY: page("Zij", TEXT, "date: 2026-06-01\n")}
    report, pages = built(kept, recalls(), **copy)
    assert report.status == 0, report.said
    assert "left out: the text is of somebody who withdrew the consent for it" in report.said
    assert not [html for html in pages if "keukentafel" in html]
    report, pages = built(kept, "withdrawn: []\n", **copy)
    assert [html for html in pages if "keukentafel" in html]


def test_an_honest_text_is_left_alone(kept: Campaign) -> None:
    honest = (
        "Toen het water door het plafond kwam belde Ria de loodgieter, en die was er binnen een uur al weer."
    )
    report, pages = built(kept, recalls(), **{COPY: page("Lek", honest, "date: 2026-06-01\n")})
    assert report.problems == [
        "content/verhalen/zefanja.md:2:10: notice: left out: consent C-66 was withdrawn"
    ]
    assert [html for html in pages if "loodgieter" in html]


def test_who_was_named_without_consent(kept: Campaign) -> None:
    """Until the page has a consent of its own: then it is somebody else of that name."""
    body = "Zefanja uit Zandhage vertelt hoe het is om elke dag vrijwilliger in het buurthuis te zijn."
    file = MarkdownFile("a.md", "a.md", "", body.encode())
    about = " ".join(sorted(map(phrase_digest, phrases_apart(file))))
    own = page("Koken", body, "date: 2026-06-01\n")
    report, pages = built(kept, recalls(about=about), **{COPY: own})
    assert "left out: somebody of this name withdrew the consent" in report.said
    agreed = page("Koken", body, f"date: 2026-06-01\nconsent: {{{consent(ref='X-1')}}}\n")
    report, pages = built(kept, recalls(about=about), **{COPY: agreed})
    assert [html for html in pages if "buurthuis" in html]


def test_a_picture_under_another_name(kept: Campaign) -> None:
    photo = jpeg("olive")
    extra = "date: 2026-06-01\nimage: {src: raam.jpg, alt: Een raam, credit: J. de Wit}\n"
    files: dict[str, str | bytes] = {COPY: page("Een raam", "Kijk.", extra)}
    files[f"brands/{ID}/content/nieuws/raam.jpg"] = photo
    report, _ = built(kept, recalls(pictures=digest(photo)), **files)
    assert "left out: the picture is of somebody who withdrew the consent for it" in report.said


def test_a_file_that_was_taken_is_no_broken_link(kept: Campaign) -> None:
    news = page("Een raam", "![Zij](zij.jpg)\n\nEn [meer](zij-vertelt.md).", "date: 2026-06-01\n")
    taken = " ".join(map(path_digest, ("nieuws/zij.jpg", "nieuws/zij-vertelt.md")))
    report, _ = built(kept, recalls(paths=taken), **{"content/nieuws/raam.md": news})
    assert report.status == 0, report.said
    assert report.said.count("content/nieuws/raam.md:") == 2
    report, _ = built(kept, recalls(), **{"content/nieuws/raam.md": news})
    assert report.status == 1


def test_a_text_that_named_somebody_until_it_changes(kept: Campaign) -> None:
    news = page("Een raam", "Met dank aan Z.", "date: 2026-06-01\n")
    listed = recalls(named=digest(news.encode()))
    report, _ = built(kept, listed, **{"content/nieuws/raam.md": news})
    assert "this named somebody who withdrew consent C-66" in report.said
    report, _ = built(kept, listed, **{"content/nieuws/raam.md": news.replace("Met", "Veel")})
    assert "this named" not in report.said


def test_the_reference_counts_though_the_old_file_is_back(kept: Campaign) -> None:
    report, pages = built(kept, recalls(), **{"content/verhalen/terug.md": WHOLE})
    assert "left out: consent C-66 was withdrawn" in report.said
    assert not [html for html in pages if "keukentafel" in html]


def test_who_comes_back_with_a_new_consent(kept: Campaign) -> None:
    again = WHOLE.replace("C-66", "C-99")
    listed = recalls(paths=path_digest("verhalen/zefanja.md"))
    kept.write("content/verhalen/zefanja.md", again)
    report, pages = built(kept, listed)
    kept.write("content/verhalen/zefanja.md", STUB)
    assert report.problems == []
    assert [html for html in pages if "keukentafel" in html]


def test_a_damaged_list_still_counts(kept: Campaign) -> None:
    """As after a merge of two versions: a warning, and nobody comes back."""
    first, entry = recalls().split("withdrawn:\n")
    listed = f"{first}withdrawn:\n<<<<<<< ours\n{entry}=======\n  - ref: C-67\n>>>>>>> theirs\n"
    report, pages = built(kept, listed, **{COPY: page("Zij", TEXT, "date: 2026-06-01\n")})
    assert report.status == 0, report.said
    assert f"{LIST}:3" in report.said
    assert not [html for html in pages if "keukentafel" in html]


def test_the_end_of_an_address(kept: Campaign) -> None:
    """What weggehaald.yaml says of an address goes above the stub, on the sites that had the page."""
    address = "verhalen/zefanja.html"
    entry = f"pages:\n  - {{address: {address}, until: {{until}}, audience: {{audience}}}}\n"
    for until, audience, listed in (
        ("2026-11-22", "members", True),
        ("2026-11-21", "members", False),
        ("2027-11-22", "national", False),
    ):
        removed = entry.replace("{until}", until).replace("{audience}", audience)
        built(kept, recalls(), **{"content/weggehaald.yaml": removed})
        assert (address in Path(kept.output, ID, ".htaccess").read_text("utf-8").replace("\\", "")) is listed
        assert Path(kept.output, ID, address).exists() is listed
