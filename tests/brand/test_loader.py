"""One door for a brand: everything that is wrong with it in one run, or a kit to plan its site with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import pytest

from helpers import sites
from microsite.brand.loader import LoadedBrand, load_brand
from microsite.content.files import Source, in_memory
from microsite.core.problems import Problem

T = TypeVar("T")

GOOD = "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n"


def examine(
    namespace: str, function: Callable[[Source], T | tuple[Problem, ...]], sources: Sequence[Source]
) -> Mapping[str, T | tuple[Problem, ...]]:
    return {source.path: function(source) for source in sources}


def load(text: str, **files: bytes) -> LoadedBrand:
    named = {name.replace("_", "."): data for name, data in files.items()}
    layer = in_memory(
        "lid", "brands/lid", {"brand.yaml": text.encode(), "logo.svg": sites.LOGO.encode(), **named}
    )
    return load_brand("lid", layer.by_path(), {}, ["verhalen/anouk.md"], ["wonen"], examine)


def said(brand: LoadedBrand) -> list[str]:
    return [problem.render().splitlines()[0] for problem in brand.problems]


def test_a_kit_has_the_brand_and_the_files_that_its_site_publishes() -> None:
    loaded = load(f"{GOOD}url: https://lid.example/campagne\nhide: [verhalen/anouk.md]\n")
    assert loaded.problems == ()
    kit = loaded.kit
    assert kit is not None
    assert (kit.brand.url, kit.brand.base) == ("https://lid.example/campagne/", "/campagne/")
    assert (kit.logo_file.path, kit.font_files, kit.brand.faces) == ("logo.svg", (), ())


def test_every_error_is_said_in_one_run() -> None:
    loaded = load(
        "name: Lid\nlogo: lgo.svg\ncolour: '#12345'\nsecond_colour: rood\nurl: lid.example\nfont: x.woff2\n"
    )
    assert loaded.kit is None
    assert sorted(said(loaded)) == [
        "brands/lid/brand.yaml:2:7: error: there is no image 'lgo.svg'",
        "brands/lid/brand.yaml:3:9: error: '#12345' is not a colour",
        "brands/lid/brand.yaml:4:16: error: 'rood' is not a colour",
        "brands/lid/brand.yaml:5:6: error: 'lid.example' is not a web address",
        "brands/lid/brand.yaml:6:7: error: there is no font 'x.woff2'",
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("hide: [verhalen/anouck.md]\n", 4, "there is no national page 'verhalen/anouck.md' to hide"),
        (
            "contacts: [{name: A, email: a@lid.example, themes: [wone]}]\n",
            4,
            "there is no theme 'wone', so this contact is not shown for it",
        ),
    ],
)
def test_what_refers_to_nothing_is_a_warning(text: str, line: int, message: str) -> None:
    loaded = load(GOOD + text)
    assert loaded.kit is not None
    (problem,) = loaded.problems
    assert (problem.severity, problem.place.line, str(problem.message)) == ("warning", line, message)


def test_only_the_files_that_are_named_are_examined() -> None:
    assert load(GOOD, other_svg=b"<svg", letter_woff2=b"no font", tokens_json=b"[").problems == ()


def test_without_brand_yaml_there_is_one_problem() -> None:
    loaded = load_brand("lid", {}, {}, [], None, examine)
    assert (loaded.kit, said(loaded)) == (None, ["lid/brand.yaml: error: there is no brand.yaml here"])


def test_what_yaml_takes_for_a_note_is_told_with_quotes_as_the_remedy() -> None:
    loaded = load("name: Buurt #1\nlogo: logo.svg\ncolour: #00539f\n")
    note = "is it a note, put a space behind the '#'; else write: "
    assert [(problem.place.line, str(problem.message), str(problem.hint)) for problem in loaded.problems] == [
        (1, "'#1' is not shown: ' #' begins a note for yourself", f'{note}name: "Buurt #1"'),
        (3, "'colour' is empty", f'{note}colour: "#00539f"'),
    ]


@pytest.mark.parametrize("name", ["index.html", "INDEX.HTM", "index.php", "default.aspx", "campagne.html"])
def test_the_address_of_a_page_is_not_that_of_a_site(name: str) -> None:
    loaded = load(f"{GOOD}url: https://www.lid.example/campagne/{name}\n")
    (problem,) = loaded.problems
    assert (problem.severity, problem.place.line, problem.place.column) == ("error", 4, 6)
    assert "is the address of a page" in str(problem.message)
    assert str(problem.hint) == "write: https://www.lid.example/campagne/"


@pytest.mark.parametrize("path", ["", "/", "/campagne", "/v1.2/", "/index.html/"])
def test_the_address_of_a_folder_is(path: str) -> None:
    assert load(f"{GOOD}url: https://www.lid.example{path}\n").problems == ()
