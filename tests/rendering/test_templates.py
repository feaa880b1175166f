"""Templates: what is kept of them, and what they import.

Compiled code of another text, or a torn file of it, is never used.
"""

from __future__ import annotations

import errno
import itertools
import sys
from pathlib import Path

import jinja2
import pytest
from markupsafe import escape

from microsite.content.files import Layer, in_memory
from microsite.core.problems import InvalidFile
from microsite.rendering import template_folder
from microsite.rendering.jinja import compiled, references
from microsite.rendering.templates import CodeCache, Template, TemplateSet

NAME = "partials/t.html"
TEXT = "{% include 'a.html' ignore missing %}Dag {{ name }}"
DIGESTS = map(str, itertools.count())


def rendered(folder: Path, source: str = TEXT, engine: str = "engine") -> str:
    """The template as another process renders it, with the same code cache."""
    return compiled(Template(NAME, "", template_set(folder, source, engine))).render(name="<b>")


def template_set(folder: Path, source: str, engine: str = "engine") -> TemplateSet:
    return TemplateSet(next(DIGESTS), {NAME: source}, code_cache=CodeCache(folder, engine))


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are compiled from here on."""
    texts: list[str] = []
    compile_ = jinja2.Environment.compile

    def compiling(self: jinja2.Environment, source: str, *rest: object) -> object:
        texts.append(source)
        return compile_(self, source, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", compiling)
    return texts


def test_it_is_compiled_once(tmp_path: Path, compilations: list[str]) -> None:
    assert references(template_set(tmp_path / "new", TEXT), NAME) == ("a.html",)
    assert rendered(tmp_path / "new") == rendered(tmp_path / "new") == "Dag &lt;b&gt;"
    assert compilations == [TEXT]


def test_another_text_or_engine_is_another_template(tmp_path: Path, compilations: list[str]) -> None:
    rendered(tmp_path)
    assert rendered(tmp_path, "Hoi {{ name }}") == "Hoi &lt;b&gt;"
    rendered(tmp_path, "Hoi {{ name }}", "other")
    assert len(compilations) == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_each_python_has_its_own(
    tmp_path: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compiled code is of no use to another one; what an engine is called may come from another machine."""
    rendered(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(sys.implementation, "cache_tag", "cpython-399")
        rendered(tmp_path)
        assert len(compilations) == 2
        rendered(tmp_path)
    rendered(tmp_path)
    assert len(compilations) == 2


@pytest.mark.parametrize("left", [0, 2, 4, 40])
def test_a_torn_file_is_compiled_anew(tmp_path: Path, left: int) -> None:
    rendered(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert rendered(tmp_path) == "Dag &lt;b&gt;"
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_it_is_compiled(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert rendered(tmp_path / "file") == "Dag &lt;b&gt;"


def test_what_templates_refer_to_is_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layer = in_memory(
        "templates/", "templates", {"base.html": b"", "page.html": b"{% extends 'base.html' %}"}
    )
    found = loaded(layer, tmp_path / "new")
    assert found.references == {"base.html": (), "page.html": ("base.html",)}
    with monkeypatch.context() as patch:
        patch.setattr(jinja2.Environment, "parse", None)
        assert loaded(layer, tmp_path / "new").references == found.references
    for file in (tmp_path / "new/values/template").glob("*/*"):
        file.write_bytes(file.read_bytes()[:-1])
    assert loaded(layer, tmp_path / "new").references == found.references


def test_where_nothing_can_be_kept_what_templates_refer_to_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("microsite.core.cache.ensure_folder", refuse)
    monkeypatch.setattr("microsite.rendering.jinja.ensure_folder", refuse)
    layer = in_memory("templates/", "templates", {"a.html": b"{% include 'a.html' %}"})
    assert loaded(layer, tmp_path / "new").references == {"a.html": ("a.html",)}
    assert not (tmp_path / "new").exists()


def loaded(layer: Layer, folder: Path) -> template_folder.TemplateFolder:
    return template_folder.load(layer, CodeCache(folder, "engine"), placeholders=False)[0]


def test_one_that_is_broken_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile) as broken:
        references(template_set(tmp_path, "\n{% if %}"), NAME)
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
    templates = TemplateSet("macros", texts)
    for name in ("<Ans>", "Bo", "Cor"):
        values = {"greeting": "Dag", "name": name}
        hail = f"Dag {escape(name)}"
        assert compiled(Template("page.html", "", templates)).render(values) == f"{hail}{hail}!{hail}."
    with pytest.raises(jinja2.UndefinedError):
        compiled(Template("page.html", "", templates)).render({"greeting": "Dag"})
