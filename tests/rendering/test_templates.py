"""Templates: what is kept of them, and what they import.

What is kept of another text, or is torn, is never drawn with.
"""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from markupsafe import escape

from microsite.rendering.jinja import compiled, draw, remembered
from microsite.rendering.templates import BrokenTemplate, Bundle, Compiled, Template

NAME = "partials/t.html"
TEXT = "{% include 'a.html' ignore missing %}Dag {{ name }}"


def drawn(compiled: Compiled) -> str:
    return draw(Template(NAME, "", Bundle(repr(id(compiled)), {NAME: compiled})), {"name": "<b>"})


def unread() -> str:
    raise AssertionError("read although it was kept")


def test_it_is_compiled_once(tmp_path: Path) -> None:
    first = remembered(tmp_path / "new", NAME, "key", lambda: TEXT)
    again = remembered(tmp_path / "new", NAME, "key", unread)
    assert first.references == again.references == ("a.html",)
    assert drawn(first) == drawn(again) == "Dag &lt;b&gt;"


def test_another_key_is_another_template(tmp_path: Path) -> None:
    remembered(tmp_path, NAME, "key", lambda: TEXT)
    assert drawn(remembered(tmp_path, NAME, "other", lambda: "Hoi {{ name }}")) == "Hoi &lt;b&gt;"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("left", [0, 2, 4, 40])
def test_a_torn_file_is_compiled_anew(tmp_path: Path, left: int) -> None:
    remembered(tmp_path, NAME, "key", lambda: TEXT)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert drawn(remembered(tmp_path, NAME, "key", lambda: TEXT)) == "Dag &lt;b&gt;"
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_it_is_compiled(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert drawn(remembered(tmp_path / "file", NAME, "key", lambda: TEXT)) == "Dag &lt;b&gt;"


def test_one_that_is_broken_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(BrokenTemplate) as broken:
        remembered(tmp_path, NAME, "key", lambda: "\n{% if %}")
    assert (broken.value.problem.place.path, broken.value.problem.place.line) == (f"templates/{NAME}", 2)
    assert list(tmp_path.iterdir()) == []


def test_macros_see_the_values_of_the_page() -> None:
    texts = {
        "ui.html": "{# Hi #}\n{% macro hail(end='') %}{{ greeting }} {{ name }}{{ end }}{% endmacro %}"
        "{% macro twice() %}{{ hail() }}{{ hail('!') }}{% endmacro %}",
        "base.html": "{% import 'ui.html' as ui with context %}{% block main %}{% endblock %}"
        "{% include 'foot.html' %}",
        "foot.html": "{{ ui.hail('.') }}",
        "page.html": "{% extends 'base.html' %}{% block main %}{{ ui.twice() }}{% endblock %}",
    }
    bundle = Bundle("kept", {name: compiled(source, name) for name, source in texts.items()})
    for name in ("<Ans>", "Bo", "Cor"):
        values = {"greeting": "Dag", "name": name}
        hail = f"Dag {escape(name)}"
        assert draw(Template("page.html", "", bundle), values) == f"{hail}{hail}!{hail}."
    with pytest.raises(jinja2.UndefinedError):
        draw(Template("page.html", "", bundle), {"greeting": "Dag"})
