"""That Python-Markdown gives the same when it is made quicker."""

from __future__ import annotations

import pytest

from microsite.content.markdown import converter
from microsite.content.markdown.speed import speed_up


@pytest.mark.parametrize(
    "typed",
    [
        "a `code` b ``c ` d`` e \\` f",
        "\\*geen nadruk\\* en \\[geen link\\]",
        "*een* **twee** ***drie*** _een_ __twee__ ___drie___ a_b_c *a _b_ c* _a *b* c_ * los * _ los _",
        "_een_ en __twee__",
        "*een* en _twee_, ***drie** en vier* los*",
        "[een](a.md) ![x](y.svg) [twee][ref] [drie][] [ref] <https://x.example/> <a@b.example>",
        "een  \ntwee\ndrie &amp; &euro; & < > <b>vet</b> <br> x",
        "[a *b* `c` **d [e](f.md)**](g.md)",
        "`` ` `` * a `*` b * \\\\ \\` \\_",
        "*een* voor de [link](a.md), **twee** erna",
        "*een* \\\\ _twee_ `code` ***drie*** <b>vet</b> *vier*",
        "# Een\ntekst\n\nTwee\n===\ntekst\n\n    # code\n\n- # Drie\n- a\n\n***\n- - -\na\n* * *",
        "---\n\n   - - -\n\n    ***\n\na\n   ___\nb\n\n \tx\n   \n  \n\ty\n\n* *\n\n--- x\n \n",
        "> quote\n> - a\n>   b\n\na\n> b\n\nTerm\n: uitleg\n\n:   los\n\n1. a\n2. b\n* c",
        "| a | b |\n|---|---|\n| c | d |\n\ne | f\n--|--\ng | h\n\n[^n] en [a]\n\n[a]: b.md\n\n[^n]: noot",
    ],
)
def test_a_pattern_that_is_passed_over_would_not_have_matched(typed: str) -> None:
    """Only what has its sign in the text is tried, which may not change what comes out."""
    results = []
    for quick in (False, True):
        markdown, _ = converter.build()
        if quick:
            speed_up(markdown)
        markdown.treeprocessors.deregister("visit")
        results.append(markdown.convert(f"{typed}\n\n[ref]: h.md\n"))
    assert results[0] == results[1]
