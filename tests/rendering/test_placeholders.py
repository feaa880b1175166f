"""A page whose placeholders are filled is, to the byte, the page that is rendered for its brand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microsite.core.fingerprints import Fingerprints
from microsite.core.records import replace
from microsite.rendering import jinja
from microsite.rendering import recipes as pages
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.shared_pages import SharedPages
from microsite.rendering.templates import Template, TemplateSet

NASTY = st.one_of(
    st.sampled_from(
        ["", "Wel & niet", '"Zo"', "<b>", "a%20b", "😀", "\ufdd00\ufdd1", "x\ny", "'", "Deur voor deur"]
    ),
    st.text(max_size=12),
)


def rendered(source: str, *brands: Any, **context: Any) -> tuple[list[bytes], list[bytes], SharedPages]:
    """A template for each of these brands: with placeholders that are filled, and without."""
    template = template_of(source)
    maker = SharedPages(Fingerprints())
    items = [
        for_brand(artifact("a/b.html", pages.page, template=template, path="a/b.html", **context), brand)
        for brand in brands
    ]
    return [maker.make(item) for item in items], [item.make() for item in items], maker


def template_of(source: str) -> Template:
    return Template("t.html", source, TemplateSet(source, {"t.html": source}, placeholders=True))


def for_brand(item: Artifact, brand: Any) -> Artifact:
    return replace(item, given=(("brand", brand),))


def brand(**values: Any) -> Any:
    return SimpleNamespace(**{"name": "Lid", "url": "https://x.nl/", "profiles": (), "logo": None} | values)


@pytest.mark.parametrize(
    "source",
    [
        "{{ brand.name }}",
        "<a title=\"{{ brand.name }}\" href='{{ brand.url|href }}'>",
        "{% if brand.name %}<b>{{ brand.name|upper }}</b>{% else %}-{% endif %}",
        "{% if brand.name != 'Lid' %}{{ brand.name }}{% endif %}",
        "{% if 'Lid' == brand.name %}{{ brand.name }}{% endif %}",
        "{{ brand.name or brand.url }}",
        "{{ brand.name|urlencode }} {{ ('a & b\n' + brand.name)|urlencode }}",
        "{{ {'naam': brand.name, 'lijst': [brand.url, brand.count]}|tojson }}",
        "{{ dict({'a': 1}, naam=brand.name)|tojson }}",
        "{% for p in brand.profiles %}{{ loop.index }}/{{ loop.length }} {{ p.name }},{% endfor %}",
        "{{ brand.profiles|length }} {{ brand.profiles|map(attribute='name')|join(', ') }}",
        "{% for p in brand.profiles|selectattr('name') %}{{ p.name }}{% endfor %}",
        "{{ brand.name ~ ' & ' ~ brand.url }} {{ ('<i>' ~ brand.name)|urlencode }}",
        "{{ 'a'|safe ~ brand.name }}",
        "{{ brand.name ~ brand.url }} {{ '%s' % brand.name }} {{ '{}'.format(brand.name) }}",
        "{{ brand.name|default('geen') }} {{ brand.nothing is defined }} {{ brand.name is string }}",
        "{% if brand.logo is none %}niets{% else %}{{ brand.logo }}{% endif %}",
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(brand.name) }}{{ m('x') }}",
        "{% set n = brand.name %}{{ n }}{{ n|length }}{{ n|safe }}{{ n[:2] }}",
        "{{ brand.count }} {{ brand.count + 1 }} {{ brand.count > 3 }}",
        "{% if brand.name in ('Lid', 'Ander') %}ja{% endif %} {{ {'Lid': 1}.get(brand.name, 2) }}",
    ],
)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_filled_is_rendered(source: str, data: st.DataObject) -> None:
    profiles = st.lists(st.builds(SimpleNamespace, name=NASTY, url=NASTY), max_size=2).map(tuple)
    kind = st.builds(
        brand,
        name=NASTY | st.just("Lid"),
        url=NASTY,
        profiles=profiles,
        count=st.integers(0, 9),
        logo=st.none() | NASTY,
    )
    filled, direct, _ = rendered(source, *data.draw(st.lists(kind, min_size=2, max_size=4)))
    assert filled == direct


def test_brands_that_answer_alike_share_one_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    count = []
    real = jinja.compiled

    def counting(self: Template) -> Any:
        count.append(self.name)
        return real(self)

    monkeypatch.setattr(jinja, "compiled", counting)
    source = "{% if brand.url %}{{ brand.url }}{% endif %}{{ brand.name }}"
    template = template_of(source)
    maker = SharedPages(Fingerprints())
    for url in ("https://a.nl/", "https://b.nl/", "", "https://c.nl/", ""):
        for name in "ab":
            maker.make(for_brand(artifact("x", pages.page, template=template), brand(name=name, url=url)))
    assert len(count) == 2


def test_an_error_is_that_of_the_page_by_itself() -> None:
    with pytest.raises(Exception, match="nergens"):
        rendered("{{ brand.nergens.naam }}", brand())


def test_what_many_pages_ask_for_is_found_once_for_a_brand() -> None:
    asked = []

    class Counting(SimpleNamespace):
        def absolute(self, path: str) -> str:
            asked.append(path)
            return f"https://{self.name}/{path}"

    source = "{{ brand.absolute('x') }}{{ brand.absolute('x')|href }}{{ brand.absolute(path)|upper }}"
    template = template_of(source)
    maker = SharedPages(Fingerprints())
    paths = [f"a/{i}.html" for i in range(9)]
    for name in "ab":
        asked.clear()
        given = (("brand", Counting(name=name)),)
        for path in paths:
            page = replace(artifact(path, pages.page, template=template, path=path), given=given)
            assert maker.make(page) == page.make()
        drawn = 3 * len(paths)  # without placeholders, to compare
        assert len(asked) - drawn == 1 + len(paths)
