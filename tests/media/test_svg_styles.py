"""SVG drawings as programs export them: style sheets, CSS in attributes, and what cannot be drawn."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from helpers.sites import drawn
from microsite.core.problems import InvalidFile
from microsite.media.svg import clean, paint

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 60"'
)
SHAPES = '<rect x="5" y="5" width="50" height="50" fill="#0a5"/><circle cx="85" cy="30" r="25" fill="#d33"/>'


def inner(inside: str, attributes: str = "") -> str:
    """What the drawing's content becomes, with the prefix of the ids left out."""
    markup = clean(f"{HEAD} {attributes}>{inside}</svg>".encode()).markup
    return re.sub(r"v[0-9a-f]{8}-", "", markup[markup.index(">") + 1 : markup.rindex("</svg>")])


def reason(inside: str, attributes: str = "") -> tuple[str, str]:
    """The message and the hint of the first problem."""
    with pytest.raises(InvalidFile) as caught:
        inner(inside, attributes)
    problem = caught.value.problem
    return str(problem.message), str(problem.hint)


def difference(first: str, second: str, tolerance: int = 24) -> int:
    """How many of 28,800 pixels differ between two drawings on white, as resvg draws them."""
    white = Image.new("RGBA", (240, 120), "white")
    images = [
        Image.alpha_composite(white, drawn(markup, 240, 120)).convert("RGB") for markup in (first, second)
    ]
    return sum(ImageChops.difference(*images).convert("L").histogram()[tolerance:])


# ── the cascade ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("css", "element", "kept"),
    [
        ("path{fill:red}", '<path fill="blue"/>', 'fill="red"'),
        (".a{fill:red}", '<path class="b a"/>', 'fill="red"'),
        ("#a{fill:red}", '<path id="a"/>', 'fill="red"'),
        ("*{fill:red}", "<path/>", 'fill="red"'),
        ("path.a{fill:red} .a{fill:blue}", '<path class="a"/>', 'fill="red"'),
        ("#a{fill:red} path.a.b{fill:blue}", '<path id="a" class="a b"/>', 'fill="red"'),
        (".a{fill:blue} .b{fill:red}", '<path class="b a"/>', 'fill="red"'),
        (".b,.a{fill:red}", '<path class="a"/>', 'fill="red"'),
        (".a{fill:blue}", '<path class="a" style="fill:red"/>', 'fill="red"'),
        (".a{fill:red!important}", '<path class="a" style="fill:blue"/>', 'fill="red"'),
        (".a{fill:red!important} #a{fill:blue}", '<path class="a" id="a"/>', 'fill="red"'),
        (".a{fill:blue;fill:red}", '<path class="a"/>', 'fill="red"'),
        ("path{fill:red} path:hover{fill:blue}", "<path/>", 'fill="red"'),
        ("/* x */ <![CDATA[ path > b{} .a{fill:red} ]]>", '<path class="a"/>', 'fill="red"'),
        ("@media screen{path{fill:red}} @media print{path{fill:blue}}", "<path/>", 'fill="red"'),
        ("path{fill:red} @media (prefers-color-scheme:  dark){path{fill:blue}}", "<path/>", 'fill="red"'),
        ("@charset 'utf-8'; @font-face{font-family:x;src:url(x)} path{fill:red}", "<path/>", 'fill="red"'),
        ("path{fill:red;no such thing;stroke:}", "<path/>", 'fill="red"'),
        (r".\31 0{fill:red}", '<path class="10"/>', 'fill="red"'),
        ("svg path{fill:red} svg>path{stroke:blue}", "<path/>", 'fill="red" stroke="blue"'),
        ("g path{fill:blue}", "<path/>", ""),
        (":root{fill:red}", "<path/>", ""),
    ],
)
def test_rules_apply_as_in_a_browser(css: str, element: str, kept: str) -> None:
    assert inner(f"<style>{css}</style>{element}") == f"<path {kept}/>".replace(" />", "/>")


def test_rules_select_within_others_at_any_depth() -> None:
    css = "<style>.a > g path{fill:red} .a > path{stroke:red} .b .a path{opacity:0}</style>"
    drawn = '<g class="a"><g><g><path/></g></g><path/></g>'
    assert inner(css + drawn) == '<g><g><g><path fill="red"/></g></g><path stroke="red"/></g>'


def test_a_newer_colour_leaves_the_plain_one_before_it() -> None:
    style = "fill:#FF5C39;fill:color(display-p3 1.0000 0.3608 0.2235);fill-opacity:1"
    assert inner(f'<path fill="#FF5C39" style="{style}"/>') == '<path fill="#ff5c39" fill-opacity="1"/>'
    assert "fill that cannot be used" in reason('<path style="fill:color(display-p3 1 0 0)"/>')[0]


@pytest.mark.parametrize(
    "css",
    ["a:not(b){}", "g::before{}", "g + path{}", "[fill]{}", "@supports (x:y){a{}}", "@import 'x';", ">a{}"],
)
def test_rules_that_are_not_understood_are_told_with_their_line(css: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        inner(f"<style>\npath{{}}\n{css}</style>")
    assert caught.value.problem.place.line == 3
    assert "'presentation attributes'" in str(caught.value.problem.hint)


@pytest.mark.parametrize(
    "css",
    [
        ".a .a .a .a .a .b{fill:red}" * 900,
        "".join(f".a{n} .a .a .a .a > .a{{fill:red}}" for n in range(900)),
        ".a{fill:red}" * 9000,
    ],
)
def test_a_bomb_of_rules_is_refused_soon(css: str) -> None:
    drawn = ('<g class="a b">' * 25 + "</g>" * 25) * 50
    began = time.process_time()
    assert "too many style rules" in reason(f"<style>{css}</style>{drawn}")[0]
    assert time.process_time() - began < 5


# ── properties of CSS that are attributes of SVG ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<rect style="rx:20px;width:50px"/>', '<rect rx="20px" width="50px"/>'),
        ('<circle r="3" style="r:25px;cx:50%"/>', '<circle cx="50%" r="25px"/>'),
        ("<path style=\"d:path('M0 0H9')\"/>", '<path d="M0 0H9"/>'),
        ('<rect rx="2" style="rx:auto"/>', "<rect/>"),
        ('<circle style="rx:2px;d:none"/>', "<circle/>"),
        (
            '<g style="transform:rotate(.25turn) translateX(10px)"/>',
            '<g transform="rotate(90) translate(10 0)"/>',
        ),
        ('<g style="transform:none"/>', "<g/>"),
        (
            '<g style="scale:2;rotate:90deg;translate:1px 2px"/>',
            '<g transform="translate(1 2) rotate(90) scale(2)"/>',
        ),
        ('<g style="scale:50%" transform="rotate(3)"/>', '<g transform="scale(0.5) rotate(3)"/>'),
        (
            '<g transform="rotate(45)" transform-origin="60 30"/>',
            '<g transform="translate(60 30) rotate(45) translate(-60 -30)"/>',
        ),
        (
            '<g style="transform:scaleX(-1);transform-origin:center"/>',
            '<g transform="translate(60 30) scale(-1 1) translate(-60 -30)"/>',
        ),
        (
            '<g style="transform:scale(2);transform-origin:bottom right"/>',
            '<g transform="translate(120 60) scale(2) translate(-120 -60)"/>',
        ),
        ('<g style="transform-origin:center"/>', "<g/>"),
        (
            "<text style=\"font:italic bold 12px/1.2 'Open Sans', Arial\">a</text>",
            (
                '<text font-family="\'Open Sans\', Arial" font-size="12px" font-stretch="normal" '
                'font-style="italic" font-variant="normal" font-weight="bold">a</text>'
            ),
        ),
        (
            '<g style="mix-blend-mode:multiply;isolation:isolate"/>',
            '<g style="isolation:isolate;mix-blend-mode:multiply"/>',
        ),
        ('<g style="mix-blend-mode:normal;isolation:auto;filter:none;marker:none"/>', "<g/>"),
    ],
)
def test_css_becomes_attributes(written: str, kept: str) -> None:
    assert inner(written) == kept


@pytest.mark.parametrize("where", ['style="background:#0A5"', 'class="a"'])
def test_the_background_of_the_drawing_is_drawn(where: str) -> None:
    css = "<style>.a{background-color:#0A5}</style>"
    assert inner(f"{css}<path/>", where) == '<rect fill="#0a5" height="60" width="120" x="0" y="0"/><path/>'
    assert inner('<g style="background:#0a5"/>') == "<g/>"
    wide = clean(f'{HEAD} width="400" height="100" style="background:#0a5"/>'.encode()).markup
    assert '<rect fill="#0a5" height="60" width="240" x="-60" y="0"/>' in wide


BLUE = '<circle cx="45" cy="30" r="25" fill="#00a0e0"/>'
TURNED = '<rect x="40" y="10" width="40" height="40" '
COPIES = '<g id="p"><rect id="q" width="10" height="50"/><use href="#q" x="15"/></g><use href="#p" x="40"/>'
DRAWN_AS = {
    "a class": (SHAPES, SHAPES.replace('fill="#0a5"', 'class="a"') + "<style>.a{fill:#0a5}</style>"),
    "a corner": ('<rect width="50" height="50" rx="20"/>', '<rect width="50" height="50" style="rx:20px"/>'),
    "mixed colours": (
        f'{BLUE}<circle cx="75" cy="30" r="25" fill="#ffd400" style="mix-blend-mode:multiply"/>',
        (
            f"<style>.b{{mix-blend-mode:multiply}}</style>{BLUE}"
            '<circle cx="75" cy="30" r="25" fill="#ffd400" class="b"/>'
        ),
    ),
    "turned": (
        f'{TURNED} transform="rotate(45)" transform-origin="60 30"/>',
        f'{TURNED} style="transform-origin:50% 50%;rotate:45deg"/>',
    ),
    "copies of copies": (COPIES, COPIES),
}


@pytest.mark.parametrize(("first", "second"), DRAWN_AS.values(), ids=list(DRAWN_AS))
def test_a_drawing_keeps_its_looks(first: str, second: str) -> None:
    cleaned = clean(f"{HEAD}>{second}</svg>".encode()).markup
    assert difference(f"{HEAD}>{first}</svg>", cleaned) < 30
    assert difference(f"{HEAD}/>", cleaned) > 300


# ── what cannot be drawn ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('<g style="filter:invert(1)"/>', "filter"),
        ('<g filter="drop-shadow(0 0 2px #000)"/>', "filter"),
        ('<filter id="f"/><g filter="url(#f)"/>', "filter"),
        ('<marker id="m"/><path marker-end="url(#m)"/>', "marker-end"),
        ('<pattern id="p"/><path fill="url(#p)"/>', "fill"),
        ('<g style="mix-blend-mode:plus-lighter"/>', "mix-blend-mode"),
        (
            '<path style="transform:rotate(9deg);transform-origin:center;transform-box:fill-box"/>',
            "transform",
        ),
        ('<path style="transform:translate(50%)"/>', "transform"),
        ('<text style="text-transform:uppercase">a</text>', "text-transform"),
        ('<path style="animation:x 2s"/>', "animation"),
        ('<svg style="background:linear-gradient(red,blue)"/>', ""),
    ],
)
def test_what_cannot_be_drawn_is_told_with_the_way_out(written: str, name: str) -> None:
    if not name:
        assert inner(written) == "<svg/>"  # in a browser, only the outer one has a background
        return
    message, hint = reason(written)
    assert f"has a {name} that cannot be used" in message
    assert "PNG" in hint


def test_a_background_that_is_no_colour_is_told() -> None:
    assert "background that cannot be used" in reason("", 'style="background:linear-gradient(red,blue)"')[0]


def test_definitions_that_nothing_points_at_are_left_out() -> None:
    effect = '<filter id="a"><feImage href="http://example.org/"/></filter>'
    unused = f'<defs>{effect}<pattern id="b"><image/></pattern></defs>'
    assert inner(f"{unused}<marker/><path/>") == "<defs/><path/>"


# ── what drawing programs write ──────────────────────────────────────────────────────────────────────


def test_a_switch_becomes_what_a_browser_draws_of_it() -> None:
    foreign = (
        '<foreignObject requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/"><x/></foreignObject>'
    )
    assert inner(f"<switch>{foreign}<g><path/></g><circle/></switch>") == "<g><g><path/></g></g>"
    assert (
        inner("<switch><foreignObject><p>a</p></foreignObject><text>a</text></switch>")
        == "<g><text>a</text></g>"
    )
    assert inner(f"<g>{foreign}</g>") == "<g/>"
    assert inner("<switch/>") == "<g/>"
    assert "<foreignObject>" in reason("<switch><foreignObject/></switch>")[0]
    assert "each language" in reason('<switch><text systemLanguage="de"/><text/></switch>')[0]


EXPORTS = sorted(Path(__file__).with_name("exports").glob("*.svg"))


@pytest.mark.parametrize("file", EXPORTS, ids=lambda file: file.stem)
def test_exports_of_drawing_programs_look_as_they_should(file: Path) -> None:
    vector = clean(file.read_bytes())
    assert vector.width == 2 * vector.height
    assert difference(paint(vector.markup, {}), f"{HEAD}>{SHAPES}</svg>", tolerance=64) < 30
