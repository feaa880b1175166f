"""Lists, tables and code where people lay them out as other programs read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.markdown import FILE, html_of, joined
from microsite.content.markdown import converter
from microsite.content.markdown.layout import lay_out
from microsite.content.markdown.reader import render


def shape(typed: str) -> str:
    """The HTML of a text on one line, without attributes and paragraphs."""
    html = re.sub(r"<(/?\w+)[^>]*>", r"<\1>", html_of(typed))
    return re.sub(r"</?p>|</?div>|\n", "", html)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # directly under a line of text
        ("We hebben:\n- brood\n- koffie", "We hebben:<ul><li>brood</li><li>koffie</li></ul>"),
        ("-\u00a0brood\n-\u00a0koffie", "<ul><li>brood</li><li>koffie</li></ul>"),
        ("Zo:\n1.\u202fbel\n2.\u00a0wacht", "Zo:<ol><li>bel</li><li>wacht</li></ol>"),
        ("We hebben\n* brood\n* koffie", "We hebben<ul><li>brood</li><li>koffie</li></ul>"),
        ("Neem mee:\n- brood", "Neem mee:<ul><li>brood</li></ul>"),
        ("**Neem mee:**\n- brood", "<strong>Neem mee:</strong><ul><li>brood</li></ul>"),
        ("Zo gaat het\n1. Bel\n2. Wacht", "Zo gaat het<ol><li>Bel</li><li>Wacht</li></ol>"),
        ("Zo\n1. Bel\n1. Wacht", "Zo<ol><li>Bel</li><li>Wacht</li></ol>"),
        ("Neem mee\n- brood\n  - wit", "Neem mee<ul><li>brood<ul><li>wit</li></ul></li></ul>"),
        ("> We:\n> - a\n> - b", "<blockquote>We:<ul><li>a</li><li>b</li></ul></blockquote>"),
        ("> [!tip] Titel\n> - a\n> - b", "<span>Tip</span>: Titel<ul><li>a</li><li>b</li></ul>"),
        ("> citaat\n- a\n- b", "<blockquote>citaat</blockquote><ul><li>a</li><li>b</li></ul>"),
        ("- a\n1. b\n2. c\n- d", "<ul><li>a</li></ul><ol><li>b</li><li>c</li></ol><ul><li>d</li></ul>"),
        ("1. a\n- b\n- c\n2. d", "<ol><li>a</li></ol><ul><li>b</li><li>c</li></ul><ol><li>d</li></ol>"),
        ("Kop\n---\n- a\n- b", "<h2>Kop</h2><ul><li>a</li><li>b</li></ul>"),
        ("## Kop\n- a", "<h2>Kop</h2><ul><li>a</li></ul>"),
        ("- a\n- b\n---\ntekst", "<ul><li>a</li><li>b</li></ul><hr>tekst"),
        ("We:\n\t- a\n\t- b\n\nna", "We:<ul><li>a</li><li>b</li></ul>na"),
        ("We:\n    - a\n        - b", "We:<ul><li>a<ul><li>b</li></ul></li></ul>"),
        # numbers with a bracket
        ("1) Bel\n2) Wacht", "<ol><li>Bel</li><li>Wacht</li></ol>"),
        ("Zo:\n1) Bel", "Zo:<ol><li>Bel</li></ol>"),
        ("1) Bel\n\n2) Wacht", "<ol><li>Bel</li><li>Wacht</li></ol>"),
        # nested by less than four spaces
        ("- a\n  - b\n  - c\n- d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a\n   1. b\n2. c", "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("- a\n    - b\n  - c\n- d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("- a\n\n  - b\n\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n  meer\n\n- b", "<ul><li>a" + "meer</li><li>b</li></ul>"),
        (
            "- a\n\n  meer:\n  - b\n  - c\n- d",
            "<ul><li>ameer:<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>",
        ),
        ("- a\n - b", "<ul><li>a</li><li>b</li></ul>"),
        ("- [ ] a\n  - [ ] b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("x[^1]\n\n[^1]: We:\n    - a\n    - b", "We:<ul><li>a</li><li>b</li></ul>"),
        # tables
        ("Zie:\n| a | b |\n|---|---|\n| 1 | 2 |", "Zie:<table><thead><tr><th>a</th><th>b</th></tr></thead>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\ntekst", "<td>2</td></tr></tbody></table>tekst"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n- c", "</table><ul><li>c</li></ul>"),
        # code
        (
            "- a\n\n    ```\n    code\n      meer\n    ```\n- b",
            "<li>a<pre><code>code  meer</code></pre></li><li>b",
        ),
        ("- a\n  ```\n  code\n  ```\n- b", "<ul><li>a<pre><code>code</code></pre></li><li>b</li></ul>"),
        ("- ```\n  code\n  ```\n- b", "<ul><li><pre><code>code</code></pre></li><li>b</li></ul>"),
        ("> tekst\n> ```\n> code\n> ```", "<blockquote>tekst<pre><code>code</code></pre></blockquote>"),
        ("```js title=x\n- a\n```", "<pre><code>- a</code></pre>"),
        ("    ```\n    code\n    ```", "<pre><code>```code```</code></pre>"),
        # headings and line breaks
        ("##Kop\ntekst", "<h2>Kop</h2>tekst"),
        ("tekst\n##Kop", "tekst<h2>Kop</h2>"),
        ("  ## Kop", "<h2>Kop</h2>"),
        ("een\\\ntwee", "een<br>twee"),
        # HTML that holds Markdown
        ("<details>\n<summary>x</summary>\n\n- a\n- *b*\n\n</details>\n\nna", "<ul><li>a</li><li><em>b</em>"),
        (
            "<details><summary>x</summary>\nDit is **vet**.\n</details>",
            "Dit is <strong>vet</strong>.</details>",
        ),
        ("<details>\n\n<summary>x</summary>\n\n1. a\n\n</details>\nna", "<ol><li>a</li></ol></details>na"),
        (
            "<details>\n<summary>x</summary>\n\n<details>\n<summary>y</summary>\n\n*z*\n\n</details>\n</details>",
            "<summary>x</summary><details><summary>y</summary><em>z</em></details></details>",
        ),
        ("<details>\n<p>a</p>\n    <p>*b*</p>\n</details>", "<details>a    *b*</details>"),
        (
            "- a\n\n  <details>\n  <summary>x</summary>\n\n  *z*\n\n  </details>\n- b",
            "<em>z</em></details></li><li>",
        ),
    ],
)
def test_what_was_certainly_meant_is_done(typed: str, expected: str) -> None:
    assert expected in shape(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "in het jaar\n2024. Toen kwam Noor.",
        "In\n1970 was het\n3) anders, en\n2024. Toen",
        "Zie punt\n3) hieronder",
        "Dat staat in artikel\n1. Verder niet.",
        "Dat kan niet,\n- zei hij -\nmaar het kon.",
        "Dat kan niet!\n- zei hij - maar het kon.",
        "De trein\n- die te laat was - kwam aan\n- om tien uur - en toen",
        "Dat is de vraag\n- en het antwoord.",
        "Met groet,\nJan\n- voorzitter",
        "Het antwoord op 5\n* 3 is 15",
        "twee bewoners\n+ een buur",
        "1) Bron: CBS",
        "Zie\n\n3) hieronder",
        "#jijdoetertoe\n#hashtag",
        "5 * 3\n- 2 = 13",
    ],
)
def test_prose_stays_prose(typed: str) -> None:
    assert not re.search("<(?:ul|ol|li|h2|table)>", html_of(typed))
    assert "".join(re.sub("<[^>]*>", "", html_of(typed)).split()) == "".join(typed.split())


def test_code_is_left_alone() -> None:
    code = "a:\n- b\n  - c\n| d |\n|---|\n"
    indented = "".join(f"    {line}\n" for line in code.splitlines())
    assert html_of(f"tekst\n\n{indented}\n- e") == (
        f"<p>tekst</p>\n<pre><code>{code}</code></pre>\n<ul>\n<li>e</li>\n</ul>"
    )
    assert "<code>a\n- b\n- c\n</code>" in html_of("```\na\n- b\n- c\n```")


@pytest.mark.parametrize(
    "typed",
    [
        "We hebben:\n- [a](mis\\sing)",
        "1) een\n2) twee\n   - drie\n\n   [a](mis\\sing)",
        "<details>\n<summary>x</summary>\n\n- a\n  - [a](mis\\sing)\n\n</details>",
        "- a\n  ```\n  code\n  ```\n\n  [a](mis\\sing)",
        "Zie:\n| a | b |\n|---|---|\n| 1 | [a](mis\\sing) |\ntekst",
    ],
)
def test_lines_in_messages_stay_those_of_the_file(typed: str) -> None:
    lines = typed.split("\n")
    wanted = next(number for number, line in enumerate(lines, 11) if "mis" in line)
    assert [problem.place.line for problem in render(typed, FILE, 11)[1]] == [wanted]


WORDS = st.lists(
    st.sampled_from(
        ["brood", "een *lekkere* dag", "5 * 3", "1970", "snake_case", "- zei zij -", "**vet**", "3)"]
    ),
    min_size=1,
    max_size=4,
).map(lambda words: "Zo " + " ".join(words))
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)


@st.composite
def lists(draw: st.DrawFn, depth: int = 0) -> str:
    """A list with the layout that the manual teaches: four spaces for each level."""
    numbered = draw(st.booleans())
    items = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        mark = f"{number}." if numbered else "-"
        items.append(f"{'    ' * depth}{mark} {draw(WORDS)}")
        if depth < 2 and draw(st.integers(0, 3)) == 0:
            items.append(draw(lists(depth + 1)))
    return "\n".join(items)


BLOCK = st.one_of(
    PARAGRAPH,
    lists(),
    WORDS.map(lambda words: f"## {words}"),
    PARAGRAPH.map(lambda typed: "> " + typed.replace("\n", "\n> ")),
    PARAGRAPH.map(lambda typed: f"```\n- {typed}\n```"),
    PARAGRAPH.map(lambda typed: "    " + typed.replace("\n", "\n    ")),
    WORDS.map(lambda words: f"| {words} | b |\n| --- | --- |\n| c | {words} |"),
    PARAGRAPH.map(lambda typed: f"Term\n:   {typed}"),
    st.sampled_from(["---", "- een\n\n- twee\n\n    meer", "<p>a</p>", "![x](a.jpg)", "# Kop"]),
)


@given(st.lists(BLOCK, max_size=6).map("\n\n".join))
def test_what_has_the_layout_of_the_manual_is_not_changed(typed: str) -> None:
    results = []
    for laid_out in (True, False):
        markdown, _ = converter.build()
        markdown.treeprocessors.deregister("visit")
        if not laid_out:
            markdown.preprocessors.deregister("layout")
        results.append(markdown.convert(typed))
    assert results[0] == results[1]


@given(st.lists(st.text("-*1.) a|\\`:#>~_", max_size=12), max_size=8))
def test_the_layout_is_made_once_and_keeps_every_word(lines: list[str]) -> None:
    once = lay_out(lines)
    assert [line for line in lay_out(once) if line.strip()] == [line for line in once if line.strip()]
    marks = str.maketrans("", "", " \\.)")
    assert "".join(once).translate(marks) == "".join(lines).translate(marks)
    assert joined(render("\n".join(lines), FILE)[0]) is not None
