import json
import sys
from pathlib import Path

from pelican import signals

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from shelves import Shelves, item  # noqa: E402

SITE = json.loads((HERE / "site.json").read_text(encoding="utf-8"))
SITE["theme"] = dict(SITE["themes"])
SITENAME, SITEURL, AUTHOR = SITE["title"], "", SITE["sender"]
TIMEZONE, DEFAULT_LANG = "Europe/Amsterdam", "nl"
PATH, OUTPUT_PATH, THEME, THEME_STATIC_DIR = "content", "output", "theme", "theme"
STATIC_PATHS = ["beeld", "css"]
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "{slug}/index.html"
TAG_URL = TAG_SAVE_AS = "themas/{slug}.html"
TAGS_SAVE_AS = "themas/index.html"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "feed", "sitemap"]
FEED_SAVE_AS, SITEMAP_SAVE_AS = "feed.xml", "sitemap.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = False
FORMATTED_FIELDS = []
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}}, "output_format": "html5"}
JINJA_GLOBALS = {"site": SITE}


def arrange(generator):
    for article in generator.articles:
        article.told = item(
            article.metadata,
            article.category.slug,
            f"/{article.url}",
            article.title,
            article.date.strftime("%Y-%m-%d"),
            [tag.slug for tag in article.tags],
        )
    generator.context["shelves"] = Shelves(article.told for article in generator.articles)


signals.article_generator_finalized.connect(arrange)
