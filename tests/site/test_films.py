"""Films, sound, interviews and opinions: what a page shows and takes, and that it goes with its people."""

from __future__ import annotations

from urllib.parse import unquote

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from helpers.clips import VTT, mp3, mp4, track, webm
from helpers.sites import ADDRESS, Campaign, consent, drawing, page, tree
from microsite.media import captions

FILM = "content/films/deur.md"
POSTER = "image: {src: deur.svg, alt: Een deur}\n"
SEEN = mp4(b"wat je ziet en hoort", 83)


def people(**changes: str | None) -> str:
    return f"people: [{{name: Noor, consent: {{{consent(ref='C-71', **changes)}}}}}]\n"


def film(extra: str = "", body: str = "Noor doet een deur open.", src: str = "deur.mp4") -> str:
    return page("De deur", body, f"date: 2026-06-01\nfilm: {src}\n{POSTER}{extra}")


def write(campaign: Campaign, text: str, **files: bytes | str) -> None:
    campaign.write(FILM, text)
    for name, content in {"deur_svg": drawing(7), "deur_mp4": SEEN, "deur_vtt": VTT, **files}.items():
        campaign.write(f"content/films/{name.replace('_', '.')}", content)


def test_a_film_waits_for_who_plays_it_with_captions_and_words(campaign: Campaign) -> None:
    write(campaign, film(people()), deur_en_vtt=VTT.replace("Een deur gaat open", "A door opens"))
    campaign.build().fine()
    shown = LexborHTMLParser(campaign.shown("films/deur.html"))
    (player,) = shown.css("video")
    assert (player.attributes["width"], player.attributes["height"]) == ("320", "180")
    assert player.attributes["preload"] == "none"
    assert {"autoplay", "loop", "muted"}.isdisjoint(player.attributes)
    assert "controls" in player.attributes
    assert (player.attributes["poster"] or "").startswith("../beeld/deur-")
    tracks = [track.attributes for track in shown.css("video track")]
    assert [(t["srclang"], t["kind"], "default" in t) for t in tracks] == [
        ("nl", "captions", True),
        ("en", "captions", False),
    ]
    words = [unquote((t["src"] or "").removeprefix("data:text/vtt;charset=utf-8,")) for t in tracks]
    assert [captions.read(one).cues[0].words for one in words] == ["Een deur gaat open.", "A door opens."]
    assert "1:23" in shown.css_first("figure.film figcaption").text()  # type: ignore[union-attr]
    assert "Noor doet een deur open." in shown.css_first("main").text()  # type: ignore[union-attr]
    (entry,) = [e for e in feedparser.parse(campaign.shown("feed.xml")).entries if e.enclosures]
    (enclosure,) = entry.enclosures
    assert enclosure.href == f"{ADDRESS}bestanden/films/deur.mp4"
    assert (enclosure.type, int(enclosure.length)) == (
        "video/mp4",
        len(campaign.tree()["bestanden/films/deur.mp4"]),
    )


def test_what_is_hidden_in_the_files_is_on_no_site(campaign: Campaign) -> None:
    tagged = b"ID3\x04\0\0\0\0\0\x20" + b"Telefoon van Noor".ljust(32) + mp3()
    write(
        campaign,
        film("without_people: true\n"),
        deur_mp4=mp4(b"", 9, tracks=(track(name=b"Telefoon van Noor"),)),
        deur_vtt=VTT.replace("\n\n", "\n\nNOTE Telefoon van Noor\n\n", 1),
    )
    campaign.write("content/nieuws/geluid.mp3", tagged)
    campaign.edit("content/nieuws/start.md", "Vandaag.", "[Luister](geluid.mp3)")
    campaign.build().fine()
    assert {"bestanden/films/deur.mp4", "bestanden/nieuws/geluid.mp3"} <= campaign.tree().keys()
    assert [path for path, data in campaign.everything().items() if b"Telefoon van Noor" in data] == []


MISTAKES: dict[str, tuple[dict[str, str | bytes], str, int, str]] = {
    "no time": ({"vtt": "WEBVTT\n\nDag\n"}, "vtt", 3, "there is no time with these words"),
    "another film": (
        {"vtt": VTT.replace("00:01.000", "02:01.000")},
        "vtt",
        3,
        "this caption ends after the film, which takes 1:23",
    ),
    "another language": (
        {"vtt": VTT.replace("WEBVTT\n", "WEBVTT\nLanguage: en\n")},
        "vtt",
        1,
        "by its name this is 'nl', and by its first lines 'en'",
    ),
    "cut short": ({"mp4": SEEN[:-9]}, "mp4", 0, "the file is damaged or not complete"),
    "another type": ({"mp4": webm()}, "mp4", 0, "this is a file of type WEBM, whatever its name says"),
    "from a phone": (
        {"mp4": mp4(tracks=(track(codec=b"hvc1"),))},
        "mp4",
        0,
        "not all browsers show this picture: it is 'hvc1'",
    ),
    "no words": (
        {"md": film(people(), body="")},
        "md",
        8,
        "what is said has to stand below the front matter too, for who cannot hear it",
    ),
    "no film": ({"md": film(people(), src="weg.mp4")}, "md", 5, "there is no page or file 'weg.mp4'"),
    "a drawing": (
        {"md": film(people(), src="deur.svg")},
        "md",
        5,
        "'deur.svg' is no film that browsers play",
    ),
    "no picture": (
        {"md": film(people()).replace(POSTER, "")},
        "md",
        5,
        "the film has no picture to begin with",
    ),
}


def test_a_mistake_is_told_where_it_is(campaign: Campaign) -> None:
    write(campaign, film(people()))
    expected = set()
    for number, (files, suffix, line, said) in enumerate(MISTAKES.values()):
        usual = {"md": film(people()), "mp4": SEEN, "vtt": VTT}
        for ending, content in (usual | files).items():
            text = content.replace("deur.mp4", f"fout-{number}.mp4") if isinstance(content, str) else content
            campaign.write(f"content/films/fout-{number}.{ending}", text)
        expected.add((f"content/films/fout-{number}.{suffix}", line, said))
    problems = campaign.build().data["problems"]
    assert {(p["path"], p["line"], p["message"]) for p in problems} == expected


def test_a_film_without_captions_is_told(campaign: Campaign) -> None:
    write(campaign, film(people()))
    campaign.remove("content/films/deur.vtt")
    problem = campaign.build().only()
    assert problem["message"] == "the film 'deur.mp4' has no captions"
    assert "films/deur.vtt" in problem["hint"]


def test_a_film_too_large_is_told_with_what_to_do(campaign: Campaign) -> None:
    write(campaign, film(people()))
    with (campaign.root / "content/films/deur.mp4").open("r+b") as stream:
        stream.truncate((64 << 20) + 1)
    report = campaign.build()
    assert "is 64,1 MB; at most 64 MB" in report.said
    assert "1280 by 720" in report.said


AGREED = {
    people(): True,
    "without_people: true\n": True,
    "": False,
    "without_people: false\n": False,
    "without_people: true\npeople: [{name: Noor}]\n": False,
    people(status="pending"): False,
    people(scope="[print]"): False,
    people(expires_on="2026-02-01"): False,
}


def test_who_is_seen_or_heard_has_agreed(campaign: Campaign) -> None:
    for number, who in enumerate(AGREED):
        campaign.write("content/films/deur.svg", drawing(7))
        campaign.write(
            f"content/films/film-{number}.md",
            film(who.replace("C-71", f"C-7{number}"), src=f"film-{number}.mp4"),
        )
        campaign.write(f"content/films/film-{number}.mp4", mp4(bytes([number])))
        campaign.write(f"content/films/film-{number}.vtt", VTT)
    campaign.build()
    for number, shown in enumerate(AGREED.values()):
        assert (f"films/film-{number}.html" in campaign.tree()) is shown
        assert (f"bestanden/films/film-{number}.mp4" in campaign.tree()) is shown


def test_a_voice_that_is_withdrawn_is_gone_everywhere(campaign: Campaign) -> None:
    """Page, film, captions in each language, picture, feed; on other pages and at members too."""
    campaign.add_member("lid")
    write(campaign, film(people()), deur_en_vtt=VTT.replace("Een deur gaat", "A door of hers"))
    linked = (
        "[De film](../films/deur.mp4), [de woorden](../films/deur.vtt) en [in English](../films/deur.en.vtt)."
    )
    campaign.write("content/nieuws/start.md", page(body=linked, extra="date: 2026-06-01\n"))
    campaign.write("brands/lid/content/nieuws/mijn.mp4", SEEN)
    mine = page("Wij", "[Kijk](mijn.mp4)", "date: 2026-06-02\n")
    campaign.write("brands/lid/content/nieuws/mijn.md", mine)
    assert campaign.build("--all").status == 0
    assert any(b"wat je ziet en hoort" in data for data in campaign.tree().values())
    campaign.edit(FILM, "status: valid", "status: withdrawn")
    report = campaign.build("--all")
    assert report.status == 0, report.said
    for brand in ("sociaal-werkt", "lid"):
        left = tree(campaign.output / brand)
        traces = (
            b"wat je ziet en hoort",
            b"Een%20deur",
            b"Een deur gaat open",
            b"of%20hers",
            b"A door of hers",
            b"Noor",
        )
        assert [path for path, data in left.items() if any(trace in data for trace in traces)] == []
        assert [path for path in left if "deur" in path and not path.startswith(("hosting/", "films/"))] == []
    told = {p["path"] for p in report.data["problems"] if "who withdrew" in p["message"]}
    assert told == {"content/nieuws/start.md", "brands/lid/content/nieuws/mijn.md"}


def test_a_film_that_was_saved_from_a_site_is_known(campaign: Campaign) -> None:
    """The published file has other bytes than the one that was put in, which need not be there any more."""
    campaign.add_member("lid")
    write(campaign, film(people()), deur_mp4=mp4(b"wat je ziet", 9, tracks=(track(name=b"Telefoon"),)))
    campaign.build("--all")
    assert campaign.build("--all").status == 0
    saved = (campaign.output / "lid/bestanden/films/deur.mp4").read_bytes()
    assert saved != (campaign.root / "content/films/deur.mp4").read_bytes()
    campaign.write(FILM, "---\nconsent: {ref: C-71, status: withdrawn}\n---\n")
    for suffix in ("mp4", "vtt", "svg"):
        campaign.remove(f"content/films/deur.{suffix}")
    campaign.write("brands/lid/content/nieuws/mijn.mp4", saved)
    campaign.write("brands/lid/content/nieuws/mijn.md", page("Wij", "[Kijk](mijn.mp4)", "date: 2026-06-02\n"))
    report = campaign.build("--all")
    assert [path for path, data in tree(campaign.output / "lid").items() if b"wat je ziet" in data] == []
    assert any("who withdrew" in problem["message"] for problem in report.data["problems"])


def test_sound_stands_above_its_words(campaign: Campaign) -> None:
    campaign.write("content/geluid/bar.mp3", mp3(b"stem", 100))
    campaign.write(
        "content/geluid/bar.md", page("Aan de bar", "Noor zegt dag.", f"recording: bar.mp3\n{people()}")
    )
    campaign.build().fine()
    shown = LexborHTMLParser(campaign.shown("geluid/bar.html"))
    (player,) = shown.css("audio")
    assert player.attributes["src"] == "../bestanden/geluid/bar.mp3"
    assert "0:03" in shown.css_first("figure.recording figcaption").text()  # type: ignore[union-attr]
    assert "Noor zegt dag." in shown.css_first("main").text()  # type: ignore[union-attr]


def test_an_opinion_says_whose_it_is(campaign: Campaign) -> None:
    writer = f"person: {{name: Noor, job: opbouwwerker}}\nconsent: {{{consent()}}}\n"
    campaign.write("content/opinie/tel-anders.md", page("Tel anders", "Ik vind dat.", writer))
    campaign.build().fine()
    shown = LexborHTMLParser(campaign.shown("opinie/tel-anders.html"))
    assert shown.css_first(".byline").text(strip=True) == "Noor, opbouwwerker"  # type: ignore[union-attr]
    assert shown.css_first(".opinion-note") is not None
    campaign.edit("content/opinie/tel-anders.md", f"consent: {{{consent()}}}\n", "")
    assert "left out: there is no consent" in campaign.build().said
    assert "opinie/tel-anders.html" not in campaign.tree()


INTERVIEW = "content/interviews/koffie.md"
ASKED = (
    f"person: {{name: Bas}}\nconsent: {{{consent(ref='C-81')}}}\n"
    f"interviewers: [{{name: Wouter, job: redacteur, consent: {{{consent(ref='C-82')}}}}}]\n"
)


def test_an_interview_is_questions_and_answers(campaign: Campaign) -> None:
    campaign.write(INTERVIEW, page("Koffie", "Bas zit.\n\n## Waarom koffie?\n\nDaarom.", ASKED))
    campaign.build().fine()
    shown = LexborHTMLParser(campaign.shown("interviews/koffie.html"))
    assert "Wouter, redacteur" in shown.css_first(".byline").text()  # type: ignore[union-attr]
    assert [h.text() for h in shown.css(".questions h2")] == ["Waarom koffie?"]
    campaign.edit(INTERVIEW, "## Waarom koffie?", "Waarom koffie?")
    assert campaign.build().only()["message"] == "there are no questions in this interview"


@pytest.mark.parametrize("ref", ["C-81", "C-82"])
def test_an_interview_goes_with_who_answers_and_with_who_asks(ref: str, campaign: Campaign) -> None:
    campaign.write(INTERVIEW, page("Koffie", "## Waarom?\n\nDaarom.", ASKED))
    campaign.build().fine()
    campaign.edit(INTERVIEW, f"ref: {ref}, status: valid", f"ref: {ref}, status: withdrawn")
    campaign.build()
    names = [b"Wouter", b"Daarom"]
    assert [path for path, data in campaign.tree().items() if any(name in data for name in names)] == []
