"""Reading the structured data of a published page, as search engines do.

What they require: https://developers.google.com/search/docs/appearance/structured-data (article, breadcrumb).
"""

from __future__ import annotations

import datetime as dt
import html as entities
import json
import re
from collections.abc import Iterator
from typing import Any

from helpers.pages import nodes

Data = dict[str, Any]

ARTICLES = {"Article", "NewsArticle", "BlogPosting"}
PAGES = {"WebPage", "WebSite", "AboutPage", "ContactPage", "CollectionPage"}
ADDRESSES = {"@type", "@context", "contactType", "url", "item", "logo"}
"""The properties that are no words."""


def structured(html: str) -> list[Data]:
    """The things that a page describes, the page itself first."""
    (script,) = nodes(html, "script[type='application/ld+json']")
    data = json.loads(script.text())
    assert data["@context"] == "https://schema.org"
    graph: list[Data] = data["@graph"]
    return graph


def checked(html: str, site: str, address: str) -> Data:
    """The data of a page at its ``address``, on the ``site`` with that root; checked as a whole."""
    page, *others = structured(html)
    assert page["@type"] in ARTICLES | PAGES, page
    assert page["name"]
    assert page["publisher"]["@type"] == "Organization"
    assert page["publisher"]["name"]
    assert page["url"] == address
    if page["@type"] in ARTICLES:
        assert page["headline"] == page["name"]
        assert page["author"]["@type"] == "Organization"
        assert page["author"]["name"]
    days = [dt.date.fromisoformat(page[key]) for key in ("datePublished", "dateModified") if key in page]
    assert days == sorted(days)
    if "image" in page:
        assert page["image"]["url"].startswith(site)
        assert (page["image"]["width"], page["image"]["height"]) >= (1200, 630)
    shown = nodes(html, "nav.crumbs a")
    if address != site and shown:
        (trail,) = others
        assert trail["@type"] == "BreadcrumbList"
        items = trail["itemListElement"]
        assert [item["position"] for item in items] == [*range(1, len(items) + 1)]
        assert [item["name"] for item in items] == [*(a.text(strip=True) for a in shown), page["name"]]
        assert [item["@type"] for item in items] == ["ListItem"] * len(items)
        assert all(item["item"].startswith(site) for item in items)
        assert (items[0]["item"], items[-1]["item"]) == (site, address)
    else:
        assert others == []
    return page


def unseen(html: str) -> list[str]:
    """The words in the data of a page that are nowhere else on it."""
    seen = entities.unescape(re.sub(r"(?s)<script.*?</script>", "", html))
    return [word for word in words(structured(html)) if word not in seen]


def words(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in ADDRESSES:
                yield from words(value)
    elif isinstance(data, list):
        for value in data:
            yield from words(value)
    elif isinstance(data, str):
        yield data
