"""SVG drawings: what is kept, what is refused, and that nothing else can come out."""

from __future__ import annotations

import contextlib
import gzip
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microsite.core.problems import InvalidFile
from microsite.media.svg import Vector, clean, paint

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10"'
)


def draw(inside: str, attributes: str = "") -> Vector:
    return clean(f"{HEAD} {attributes}>{inside}</svg>".encode())


def inner(inside: str) -> str:
    """What the drawing's content becomes, with the prefix of the ids left out."""
    markup = draw(inside).markup
    return re.sub(r"v[0-9a-f]{8}-", "", markup[markup.index(">") + 1 : markup.rindex("</svg>")])


def refusal(svg: bytes | str) -> str:
    """The reasons, with hints, why a drawing is refused."""
    with pytest.raises(InvalidFile) as caught:
        clean(svg.encode() if isinstance(svg, str) else svg)
    return " | ".join(f"{fault.message} ({fault.hint})" for fault in caught.value.problems)


def refused(inside: str) -> str:
    return refusal(f"{HEAD}>{inside}</svg>")


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────


def test_a_drawing_comes_out_canonical() -> None:
    vector = draw('<path  stroke="#ABCDEF"\n d="M0 0\n L 9 9" fill="none"></path>')
    assert vector.markup == (
        '<svg height="10" viewBox="0 0 20 10" width="20" xmlns="http://www.w3.org/2000/svg">'
        '<path d="M0 0 L 9 9" fill="none" stroke="#abcdef"/></svg>'
    )
    assert (vector.width, vector.height, vector.has_text) == (20, 10, False)


def test_cleaning_twice_changes_only_the_names_of_ids() -> None:
    first = draw('<g transform="translate(1 2)"><rect width="4" height="2" fill="var(--merk,#abc)"/></g>')
    assert clean(first.markup.encode()) == first


def test_prefixes_of_namespaces_do_not_matter() -> None:
    plain = clean(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g/></svg>').markup
    prefixed = clean(b'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><s:g/></s:svg>').markup
    assert plain == prefixed == clean(b'<svg viewBox="0 0 1 1"><g/></svg>').markup
    assert "ns0" not in plain


def test_title_and_description_are_kept_as_words() -> None:
    assert (
        inner("<title>Twee &amp; <b>drie</b> &lt;vier></title>") == "<title>Twee &amp;  &lt;vier&gt;</title>"
    )
    assert inner("<desc>Een tuin</desc>") == "<desc>Een tuin</desc>"


def test_notes_of_drawing_programs_are_left_out() -> None:
    inside = (
        "<!-- made by A. Person --><?xml-stylesheet href='x.css'?>"
        "<metadata><rdf:RDF xmlns:rdf='urn:r'><rdf:li>A. Person</rdf:li></rdf:RDF></metadata>"
        "<i:view xmlns:i='urn:i'><script>1</script></i:view>"
        "<g xmlns:i='urn:i' i:label='A. Person' class='x' data-name='y' xml:base='http://example.org/'/>"
    )
    assert inner(inside) == "<g/>"


def test_ids_live_on_only_when_something_points_at_them() -> None:
    assert inner('<g id="logo"/>') == "<g/>"
    assert inner('<linearGradient id="a b"/><linearGradient id="g"/><path fill="url( \'#g\' ) #FFF"/>') == (
        '<linearGradient/><linearGradient id="1"/><path fill="url(#1) #fff"/>'
    )


def test_ids_of_two_drawings_never_meet() -> None:
    gradient = '<linearGradient id="a"/><path fill="url(#a)"/>'
    names = {re.search(r'id="([^"]+)"', draw(gradient + extra).markup) for extra in ("", "<g/>")}
    assert len({found and found[1] for found in names}) == 2


def test_the_first_of_two_equal_ids_wins() -> None:
    assert inner('<clipPath id="a"/><mask id="a"/><g clip-path="url(#a)"/>') == (
        '<clipPath id="1"/><mask/><g clip-path="url(#1)"/>'
    )


def test_gradients_clips_masks_and_use_keep_their_references() -> None:
    inside = (
        '<linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient>'
        '<radialGradient id="b" xlink:href="#a" r="5"/><clipPath id="c"><circle r="3"/></clipPath>'
        '<mask id="d"><rect id="e" width="3" height="3" fill="url(#b)"/></mask>'
        '<use href="#e" x="3" clip-path="url(#c)" style="mask:url(#d)"/>'
    )
    assert inner(inside) == (
        '<linearGradient id="1"><stop offset="0" stop-color="red"/></linearGradient>'
        '<radialGradient id="2" href="#1" r="5"/><clipPath id="3"><circle r="3"/></clipPath>'
        '<mask id="4"><rect id="5" fill="url(#2)" height="3" width="3"/></mask>'
        '<use clip-path="url(#3)" href="#5" mask="url(#4)" x="3"/>'
    )


def test_a_style_becomes_attributes_and_wins() -> None:
    style = "fill:#FF0000;stroke-width:2px ;-inkscape-note:x;opacity:.5 !important;;mix-blend-mode:normal"
    assert inner(f'<path fill="blue" style="{style}"/>') == (
        '<path fill="#ff0000" opacity=".5" stroke-width="2px"/>'
    )


def test_a_style_takes_the_place_of_a_reference() -> None:
    assert inner('<linearGradient id="a"/><path fill="url(#a)" style="fill:none"/>') == (
        '<linearGradient/><path fill="none"/>'
    )


@pytest.mark.parametrize(
    ("colour", "kept"),
    [
        ("none", "none"),
        ("currentColor", "currentColor"),
        ("#ABC", "#abc"),
        ("#11223344", "#11223344"),
        ("rgb(1, 2, 3)", "rgb(1, 2, 3)"),
        ("hsl(120deg 50% 50% / .5)", "hsl(120deg 50% 50% / .5)"),
        ("var( --Merk ,#A1C )", "var(--merk, #aa11cc)"),
    ],
)
def test_colours_that_are_kept(colour: str, kept: str) -> None:
    assert inner(f'<path fill="{colour}"/>') == f'<path fill="{kept}"/>'
    assert inner(f'<path style="stroke:{colour}"/>') == f'<path stroke="{kept}"/>'


def test_text_is_kept_and_told() -> None:
    vector = draw(
        "<text x='1' font-family='\"Some Font\", serif'>Sociaal <tspan dy='1'>werkt!</tspan></text>"
    )
    assert vector.has_text
    assert '<text font-family="\'Some Font\', serif" x="1">Sociaal <tspan dy="1">werkt!</tspan></text>' in (
        vector.markup
    )
    assert not draw("<text> </text><title>werkt</title>").has_text


@pytest.mark.parametrize(
    ("attributes", "size", "box"),
    [
        ('viewBox="0,0 30 20"', (30, 20), "0 0 30 20"),
        ('viewBox="-5 0 30 20" width="60"', (60, 40), "-5 0 30 20"),
        ('viewBox="0 0 30 20" height="10px"', (15, 10), "0 0 30 20"),
        ('viewBox="0 0 30 20" width="100%" height="100%"', (30, 20), "0 0 30 20"),
        ('width="1in" height="2.54cm"', (96, 96), "0 0 96 96"),
        ('width="12" height="7"', (12, 7), "0 0 12 7"),
    ],
)
def test_the_size_is_found(attributes: str, size: tuple[float, float], box: str) -> None:
    vector = clean(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    assert (vector.width, vector.height) == pytest.approx(size)
    assert f'viewBox="{box}"' in vector.markup
    assert f'width="{size[0]}"' in vector.markup


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'width="10"',
        'width="100%" height="100%"',
        'viewBox="0 0 0 0"',
        'viewBox="0 0 1"',
        'viewBox="a b c d"',
        'viewBox="0 0 nan 1"',
        'width="1e9" height="1"',
        'width="-1" height="1"',
        'viewBox="0 0 1e999 1"',
    ],
)
def test_a_drawing_without_a_size_is_refused(attributes: str) -> None:
    assert "no usable size" in refusal(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ("0 0 300 200", (300, 200)),
        ("1e6 1e6 8e6 3e6", (1000, 375)),
        ("0 0 .001 .0004", (1000, 400)),
        ("0 0 1 1", (1000, 1000)),
    ],
)
def test_the_units_of_a_viewbox_may_be_of_any_size(box: str, size: tuple[float, float]) -> None:
    drawn = clean(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>'.encode())
    assert (drawn.width, drawn.height) == size


# ── colours of the house style ───────────────────────────────────────────────────────────────────────


def test_paint_fills_in_the_brand_or_the_fallback() -> None:
    markup = draw('<path fill="var(--merk, #112233)" stroke="var(--accent, #abc)"/>').markup
    assert '<path fill="#0055aa" stroke="#aabbcc"/>' in paint(markup, {"merk": "#0055aa", "other": "#000000"})
    assert '<path fill="#112233" stroke="#aabbcc"/>' in paint(markup, {})


@pytest.mark.parametrize("colour", ["red", "#abc", '#aabbcc"/>', "#aabbccdd", "#gggggg", "", "#aabbcc\n"])
def test_paint_takes_only_six_digits(colour: str) -> None:
    with pytest.raises(ValueError, match="six hex digits"):
        paint("<svg/>", {"merk": colour})


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "element",
    [
        "script",
        "foreignObject",
        "image",
        "a",
        "animate",
        "animateMotion",
        "animateTransform",
        "set",
        "discard",
        "iframe",
        "feImage",
        "textPath",
        "video",
        "audio",
        "link",
        "handler",
        "cursor",
        "font-face-uri",
        "tref",
        "altGlyph",
        "flowRoot",
    ],
)
def test_elements_that_are_refused(element: str) -> None:
    assert f"<{element}> cannot be used" in refused(f"<g><{element}/></g>")


def test_elements_in_disguise_are_refused() -> None:
    assert "<script> cannot" in refused('<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>')
    assert "<SCRIPT> cannot" in refused("<SCRIPT>1</SCRIPT>")
    assert "<script> cannot" in refusal('<svg viewBox="0 0 1 1"><script>1</script></svg>')


HOSTILE = {
    "onload": ('<g onload="x()"/>', "script: onload"),
    "onclick, upper case": ('<path ONCLICK="x()"/>', "script: ONCLICK"),
    "set an event handler": ('<set attributeName="onclick" to="x()"/>', "<set>"),
    "animate an address": ('<a><animate attributeName="href" values="javascript:x()"/></a>', "<a>"),
    "javascript link": ('<a xlink:href="javascript:x()"><path/></a>', "<a>"),
    "use of another file": ('<use href="http://example.org/a.svg#b"/>', "outside the drawing"),
    "use of another file, old form": ('<use xlink:href="a.svg#b"/>', "outside the drawing"),
    "use of data": ('<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>', "outside the drawing"),
    "gradient of another file": ('<linearGradient href="//example.org/#b"/>', "outside the drawing"),
    "address where none belongs": ('<g xlink:href="http://example.org/"/>', "outside the drawing"),
    "image": ('<image href="data:image/png;base64,AAAA"/>', "<image>"),
    "foreign fill": ('<path fill="url(http://example.org/#a)"/>', "fill that cannot be used"),
    "foreign fill with a fallback": ('<path fill="url(a.svg#a) red"/>', "fill that cannot be used"),
    "foreign fallback": ('<path id="a" fill="url(#a) url(b.svg#b)"/>', "fill that cannot be used"),
    "foreign clip": ('<path clip-path="URL(b.svg#c)"/>', "clip-path that cannot be used"),
    "foreign mask": ("<path style=\"mask:url('b.svg#c')\"/>", "mask that cannot be used"),
    "filter of this file": ('<path filter="url(#f)"/>', "filter that cannot be used"),
    "marker": ('<path style="marker-end:url(#m)"/>', "marker-end that cannot be used"),
    "cursor": ('<path cursor="url(x.cur)"/>', "cursor that cannot be used"),
    "style with an address": ('<path style="background:url(x.png)"/>', "background that cannot be used"),
    "style with an escape": (r'<path style="fill:u\72l(x)"/>', "fill that cannot be used"),
    "style with a comment": ('<path style="fill:u/**/rl(x)"/>', "fill that cannot be used"),
    "rule with an address": ("<style>path{fill:url(//x/#a)}</style><path/>", "fill that cannot be used"),
    "rule with an escape": (r"<style>path{f\69ll:u\72l(x)}</style><path/>", "fill that cannot be used"),
    "rule in a rule": ("<style>g{path{fill:url(x)}}</style><g><path/></g>", "rule that cannot be used"),
    "style with a rule": ('<path style="a{fill:url(x)}"/>', "style that cannot be read"),
    "a thousand brackets": (f'<path style="fill:{"(" * 9000}"/>', "style that cannot be read"),
    "behavior": ('<path style="behavior:url(x.htc)"/>', "behavior that cannot be used"),
    "path in CSS with markup": ("<path style='d:path(\"M0 0&lt;a>\")'/>", "d that cannot be used"),
    "place with an address": ('<path style="transform:url(x)"/>', "transform that cannot be used"),
    "background with an address": ('<svg style="background:red url(x)"/>', "background that cannot be used"),
    "style with an import": ("<path style=\"@import 'x.css'\"/>", "style that cannot be read"),
    "style element": ("<style>@import 'http://example.org/x.css';</style>", "<style>"),
    "colour with a function": ('<path fill="expression(x)"/>', "fill that cannot be used"),
    "open colour without a fallback": ('<path fill="var(--merk)"/>', "write an open colour as"),
    "open colour in an open colour": ('<path fill="var(--a, var(--b, #000))"/>', "write an open colour as"),
    "open width": ('<path stroke-width="var(--a, #000)"/>', "stroke-width that cannot be used"),
    "attr": ('<rect width="attr(x)"/>', "width that cannot be used"),
    "path with markup": ('<path d="M0 0&quot;/>&lt;script>"/>', "d that cannot be used"),
    "transform with an address": ('<g transform="url(x)"/>', "transform that cannot be used"),
    "font with a function": ('<text font-family="url(x)">a</text>', "font-family that cannot be used"),
    "reference to nothing": ('<use href="#nothing"/>', "points at '#nothing'"),
    "foreign object": ("<foreignObject><body onload='x()'/></foreignObject>", "<foreignObject>"),
}


@pytest.mark.parametrize(("inside", "reason"), HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_drawings_are_refused(inside: str, reason: str) -> None:
    assert reason in refused(inside)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://example.org/">%x;]>',
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE svg PUBLIC "a" "http://example.org/a.dtd" [<!ATTLIST svg onload CDATA "x()">]>',
        "<!DOCTYPE svg []>",
    ],
)
def test_document_types_with_declarations_are_refused(doctype: str) -> None:
    assert "preserve Illustrator editing capabilities" in refusal(f"{doctype}{HEAD}><text>&b;</text></svg>")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">',
        "<!DOCTYPE svg>",
    ],
)
def test_the_name_of_a_document_type_is_taken_and_nothing_is_loaded(doctype: str) -> None:
    assert clean(f"{doctype}{HEAD}/>".encode()).markup == draw("").markup
    reason = refusal(f"{doctype}{HEAD}><text>&b;</text></svg>")
    assert "document type" in reason or "undefined entity" in reason


def test_unknown_entities_are_refused() -> None:
    assert "not well-formed" in refused("<text>&bomb;</text>")


def test_a_use_bomb_is_refused() -> None:
    rows = "".join(
        f'<g id="g{n}"><use href="#g{n - 1}"/><use href="#g{n - 1}"/></g>' if n else '<g id="g0"><path/></g>'
        for n in range(12)
    )
    assert "too often" in refused(rows + '<use href="#g11"/>')


def test_a_use_in_a_use_is_drawn() -> None:
    assert inner('<g id="a"><path/></g><g id="b"><use href="#a"/></g><use href="#b"/>') == (
        '<g id="1"><path/></g><g id="2"><use href="#1"/></g><use href="#2"/>'
    )


def test_a_bomb_of_masks_is_refused() -> None:
    shapes = '<rect mask="url(#m{0})"/>' * 20
    masks = "".join(f'<mask id="m{n}">{shapes.format(n + 1)}</mask>' for n in range(4)) + '<mask id="m4"/>'
    assert "too often" in refused(masks + '<rect mask="url(#m0)"/>')


@pytest.mark.parametrize(
    "circle",
    [
        '<g id="a"><use href="#a"/></g>',
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>',
        '<mask id="a" mask="url(#a)"/>',
        '<clipPath id="a"><path clip-path="url(#b)"/></clipPath><clipPath id="b" clip-path="url(#a)"/>',
    ],
)
def test_circles_are_refused(circle: str) -> None:
    assert "too often" in refused(circle)


def test_many_uses_of_a_large_group_are_refused() -> None:
    assert "too often" in refused(f'<g id="a">{"<path/>" * 900}</g>' + '<use href="#a"/>' * 50)
    assert draw(f'<g id="a">{"<path/>" * 90}</g>' + '<use href="#a"/>' * 50)


def test_depth_and_number_are_limited() -> None:
    assert draw("<g>" * 31 + "</g>" * 31)
    assert "nested more than 32" in refused("<g>" * 32 + "</g>" * 32)
    assert "nested more than 32" in refused("<g>" * 20_000 + "</g>" * 20_000)
    assert "nested more than 32" in refused('<i:a xmlns:i="urn:i">' * 40 + "</i:a>" * 40)
    assert "more than 2000 elements" in refused("<g/>" * 2_000)
    assert draw("<g/>" * 1_999)


def test_files_that_are_not_drawings_are_refused() -> None:
    assert "empty" in refusal(b"")
    assert "empty" in refusal(b" \n")
    assert "type SVGZ (export it as 'plain SVG'" in refusal(gzip.compress(HEAD.encode() + b"/>"))
    assert "larger than 200 kB" in refusal(HEAD + "/>" + " " * 200_000)
    assert "not well-formed" in refusal(HEAD + ">")
    assert "an image of type PNG (give the file a name that ends in .png" in refusal(b"\x89PNG\r\n\x1a\n")
    assert "type PDF (export it" in refusal(b"%PDF-1.7")
    assert "not an SVG" in refusal("<html/>")
    assert "not an SVG" in refusal('<svg xmlns="urn:other"/>')
    assert "encoding" in refusal(b'<?xml version="1.0" encoding="utf-7"?><svg/>')


def test_utf_16_is_read_and_hides_nothing() -> None:
    svg = f'<?xml version="1.0" encoding="utf-16"?>{HEAD}><script/></svg>'
    assert "<script>" in refusal(svg.encode("utf-16"))


def test_all_reasons_are_given_at_once_with_their_lines() -> None:
    with pytest.raises(InvalidFile) as caught:
        clean(f"{HEAD}>\n<script/>\n  <g onload='x'/>\n<style>a{{}}\n g::before{{}}</style></svg>".encode())
    places = [problem.place for problem in caught.value.problems]
    assert [(place.line, place.column) for place in places] == [
        (2, 1),
        (3, 3),
        (5, 1),
    ]
    assert "presentation attributes" in str(caught.value.problems[2].hint)


def test_reasons_are_counted_and_cut_short() -> None:
    with pytest.raises(InvalidFile) as caught:
        draw(f'<path fill="{"x(" * 5000}"/>' + "<script/>" * 100)
    assert len(caught.value.problems) == 20
    assert all(len(str(fault.message)) < 200 for fault in caught.value.problems)


# ── whatever comes in ────────────────────────────────────────────────────────────────────────────────

_NAMES = st.sampled_from(
    [
        "svg",
        "g",
        "use",
        "path",
        "title",
        "desc",
        "text",
        "script",
        "style",
        "a",
        "set",
        "linearGradient",
        "mask",
        "symbol",
        "image",
        "foreignObject",
        "switch",
        "pattern",
        "filter",
    ]
)
_KEYS = st.sampled_from(
    [
        "id",
        "href",
        "xlink:href",
        "style",
        "fill",
        "mask",
        "onload",
        "d",
        "transform",
        "width",
        "class",
        "filter",
        "x",
        "requiredExtensions",
        "transform-origin",
    ]
)
_VALUES = st.sampled_from(
    [
        "#a",
        "#b",
        "url(#a)",
        "url(#b) red",
        "url(http://x/)",
        "javascript:x()",
        "fill:url(//x)",
        "none",
        "3",
        "a",
        "b",
        "var(--a, #123)",
        "M0 0",
        "rotate(3)",
        "&lt;script&gt;",
        "&quot;&gt;&lt;script&gt;",
        "x()",
        "mix-blend-mode:multiply;d:path('M0 0')",
        "a{fill:url(//x)}",
        ".a,#b{fill:red} g>use{mask:url(//x)}",
    ]
)


@st.composite
def elements(drawing: st.DrawFn, depth: int = 0) -> str:
    name = drawing(_NAMES)
    attributes = drawing(st.dictionaries(_KEYS, _VALUES, max_size=3))
    words = drawing(
        st.sampled_from(
            ["", "", "x", "&lt;script&gt;", "]]&gt;", "<!-- x -->", "g{fill:red}", ".a{d:url(x)}"]
        )
    )
    inside = "".join(drawing(st.lists(elements(depth + 1), max_size=2))) if depth < 3 else ""
    written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f"<{name} {written}>{words}{inside}</{name}>"


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(st.lists(elements(), max_size=3))
def test_whatever_comes_in_only_known_things_come_out(parts: list[str]) -> None:
    try:
        markup = draw("".join(parts)).markup
    except InvalidFile:
        return
    for element in ElementTree.fromstring(markup).iter():
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") not in (
            *("script", "style", "a", "set", "image", "foreignObject"),
        )
        for name, value in element.items():
            assert not name.startswith("on")
            assert name not in ("class", "filter")
            assert name != "style" or re.fullmatch(r"(isolation:isolate|mix-blend-mode:[a-z-]+|;)+", value)
            assert "//" not in value or name == "xmlns"
            assert not re.search(r"url\((?!#v[0-9a-f]{8}-\d+\))", value)
            assert name != "href" or re.fullmatch(r"#v[0-9a-f]{8}-\d+", value)
    assert clean(markup.encode()).width == 20


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(st.binary(max_size=200))
def test_no_bytes_are_a_surprise(data: bytes) -> None:
    for svg in (data, HEAD.encode() + b">" + data + b"</svg>"):
        with contextlib.suppress(InvalidFile):
            clean(svg)
