"""MkDocs has no lists of pages: the least that adds them."""

import json
import sys
from pathlib import Path

from mkdocs.structure.files import File

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from shelves import Shelves, item  # noqa: E402

SITE = json.loads((HERE / "site.json").read_text(encoding="utf-8"))
SITE["theme"] = dict(SITE["themes"])


def on_files(files, config):
    for id, title in SITE["sections"]:
        files.append(_page(config, f"{id}/index.md", "section.html", title, id))
    for id, title in SITE["themes"]:
        files.append(_page(config, f"themas/{id}.md", "theme.html", title, id))
    files.append(_page(config, "themas/index.md", "themes.html", "Thema's", ""))
    return files


def _page(config, path, template, title, shelf):
    front = {"template": template, "title": title, "shelf": shelf}
    head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in front.items())
    return File.generated(config, path, content=f"---\n{head}\n---\n")


def on_env(env, config, files):
    told = []
    for page in (file.page for file in files.documentation_pages()):
        meta = page.meta
        if "drawing" in meta:
            page.told = item(
                meta,
                page.url.partition("/")[0],
                f"/{page.url}",
                page.title,
                str(meta["date"]),
                meta["themes"],
            )
            told.append(page.told)
    env.globals.update(site=SITE, shelves=Shelves(told))
    return env
