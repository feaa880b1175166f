"""The day of the last change: on the page, in the feed and for search engines, and not before it is there."""

from __future__ import annotations

import feedparser
import pytest

from helpers.sites import Campaign

STORY = "content/verhalen/bas.md"


def entry(campaign: Campaign) -> tuple[str, str]:
    feed = feedparser.parse(campaign.tree()["feed.xml"])
    (found,) = (item for item in feed.entries if item.link.endswith("verhalen/bas.html"))
    return found.published[:10], found.updated[:10]


def test_a_change_reaches_the_page_the_feed_and_search_engines(campaign: Campaign) -> None:
    campaign.edit(STORY, "date: 2026-05-01", "date: 2026-05-01\nupdated: 2026-06-03")
    campaign.build(day="2026-06-03").fine()
    assert '<time datetime="2026-06-03">3 juni 2026</time>' in campaign.shown("verhalen/bas.html")
    assert entry(campaign) == ("2026-05-01", "2026-06-03")
    assert feedparser.parse(campaign.tree()["feed.xml"]).feed.updated[:10] == "2026-06-03"
    assert "<lastmod>2026-06-03</lastmod>" in campaign.shown("sitemap.xml")


def test_a_change_that_is_still_to_come_is_told_and_counts_from_its_day(campaign: Campaign) -> None:
    campaign.edit(STORY, "date: 2026-05-01", "date: 2026-05-01\nupdated: 2026-06-03")
    report = campaign.build(day="2026-06-02")
    assert report.status == 0
    problem = report.only()
    assert (problem["severity"], problem["path"]) == ("warning", STORY)
    assert problem["message"] == "'updated' is still to come, so it is not shown: 2026-06-03"
    assert campaign.read(STORY).split("\n")[problem["line"] - 1].startswith("updated:")
    assert not [path for path, data in campaign.tree().items() if b"2026-06-03" in data]
    assert entry(campaign) == ("2026-05-01", "2026-05-01")


@pytest.mark.parametrize(
    "path", ["content/bewijs/telling.md", "content/contact.md", "content/nieuws/start.md"]
)
def test_each_page_says_its_last_change_once(campaign: Campaign, path: str) -> None:
    campaign.edit(path, "title:", "updated: 2026-06-03\ntitle:")
    campaign.build(day="2026-06-03").fine()
    page = campaign.shown(path.removeprefix("content/").replace(".md", ".html"))
    assert page.count('<time datetime="2026-06-03">') == 1
