"""The programs that are measured: how each wants the same campaign laid out, and how it is told to build."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import corpus
from corpus import SECTIONS, THEMES, Text

HERE = Path(__file__).resolve().parent
ENGINE = HERE.parent / "build.py"
RUNTIME = HERE / ".runtime"
"""An environment with what a build needs and nothing else, as ``make site`` makes it."""
DAY = "2026-03-01"
EDITED = 3
"""The story whose body is changed."""

SITE: dict[str, object] = {
    "title": "Proefcampagne",
    "slogan": "Een campagne om mee te meten",
    "sender": "Proefwerk",
    "email": "proef@campagne.example",
    "url": "https://campagne.example",
    "sections": list(SECTIONS.items()),
    "themes": list(THEMES.items()),
}


class Tool:
    """What is measured.

    ``output`` is where its site appears, ``content`` and ``static`` are where it
    looks for texts and other files, ``leftovers`` what a cold build must not find.
    """

    name = ""
    output = "output"
    content = "content"
    static = "content"
    leftovers: tuple[str, ...] = ()

    def command(self, folder: Path) -> list[str]:
        raise NotImplementedError

    def stage(self, folder: Path, stories: int) -> None:
        """Lay the campaign out in an empty folder."""
        shutil.copytree(HERE / "peers" / self.name, folder, dirs_exist_ok=True)
        write(folder / "site.json", json.dumps(SITE, ensure_ascii=False))
        static(folder / self.static)
        for text in corpus.texts(stories):
            write(self.source(folder, text), self.document(text))

    def source(self, folder: Path, text: Text) -> Path:
        return folder / self.content / f"{text.page}.md"

    def document(self, text: Text) -> str:
        return f"---\n{front(plain(text))}---\n\n{linked(text.body, '/{}.html')}"

    def clear(self, folder: Path) -> None:
        """Take away what earlier builds made."""
        for name in (self.output, *self.leftovers):
            shutil.rmtree(folder / name, ignore_errors=True)

    def edit(self, folder: Path, number: int) -> None:
        """Change one sentence of one story's body; another one for each number."""
        file = self.source(folder, corpus.story(EDITED))
        body = re.sub(r"\n*Bijgewerkt: \d+\.\n*$", "\n", file.read_text(encoding="utf-8"))
        write(file, f"{body}\nBijgewerkt: {number}.\n")

    def edited(self, folder: Path, number: int) -> str:
        """What is wrong with the site after ``edit``; "" when nothing is."""
        page = folder / self.output / f"{corpus.story(EDITED).page}.html"
        return (
            ""
            if f"Bijgewerkt: {number}." in page.read_text(encoding="utf-8")
            else "the change is not on the page"
        )

    def lacking(self, folder: Path, stories: int) -> str:
        """What the site lacks of what each site must have; "" when nothing."""
        site = folder / self.output
        wanted = [f"{text.page}.html" for text in corpus.texts(stories)]
        wanted += [f"{section}/index.html" for section in SECTIONS] + [
            f"themas/{theme}.html" for theme in THEMES
        ]
        wanted += ["themas/index.html", "index.html", "feed.xml", "sitemap.xml"]
        missing = [path for path in wanted if not (site / path).is_file()]
        if missing:
            return f"no {missing[0]} ({len(missing)} missing)"
        story = corpus.story(EDITED)
        page = (site / f"{story.page}.html").read_text(encoding="utf-8")
        others = set(re.findall(r'href="[^"]*?([a-z]+-\d{4})\.html', page)) - {story.slug}
        parts = {
            "quote": story.quote in page,
            "themes": f"themas/{story.themes[0]}.html" in page,
            "neighbours and related stories": len(others) >= 5,
            "description": story.summary in page,
            "feed": len(re.findall("<entry>", (site / "feed.xml").read_text(encoding="utf-8"))) == 20,
            "sitemap": (site / "sitemap.xml").read_text(encoding="utf-8").count("<loc>")
            >= corpus.documents(stories),
        }
        return ", ".join(f"no {part}" for part, there in parts.items() if not there)


class Ours(Tool):
    """This engine. Its campaign has a brand of its own; templates and assets are the engine's."""

    output = "output/proef"
    leftovers = ("output",)

    def __init__(self, jobs: int = 1, material: str = "none") -> None:
        self.jobs = jobs
        self.material = material
        self.name = "microsite" if jobs == 1 else f"microsite, {jobs} jobs"

    def command(self, folder: Path) -> list[str]:
        command = [str(RUNTIME / "bin/python"), str(ENGINE), "build", "--project", ".", "--date", DAY]
        return [*command, "--material", self.material, "--jobs", str(self.jobs), "--report", "report.json"]

    def stage(self, folder: Path, stories: int) -> None:
        content = folder / self.content
        static(content)
        menu = [{"title": title, "page": f"{section}/index.md"} for section, title in SECTIONS.items()]
        themes = {id: {"title": title} for id, title in THEMES.items()}
        named = {"title": SITE["title"], "slogan": SITE["slogan"], "core_message": "Meten is weten."}
        site = named | {"description": SITE["slogan"], "menu": menu, "themes": themes}
        write(content / "site.yaml", front(site))
        home = {"title": SITE["title"], "summary": SITE["slogan"], "lead": f"{corpus.story(0).page}.md"}
        write(content / "index.md", f"---\n{front(home)}---\n\n{SITE['slogan']}.\n")
        for section, title in SECTIONS.items():
            head = front({"title": title, "summary": title})
            write(content / section / "index.md", f"---\n{head}---\n\n{title}.\n")
        for text in corpus.texts(stories):
            write(self.source(folder, text), self.document(text))
        brand = {"name": SITE["title"], "logo": "logo.svg", "colour": "#1b5e20", "url": f"{SITE['url']}/"}
        brand |= {"sender": SITE["sender"], "contact": {"role": SITE["sender"], "email": SITE["email"]}}
        write(folder / "brands/proef/brand.yaml", front(brand))
        write(folder / "brands/proef/logo.svg", corpus.drawing(corpus.DRAWINGS))

    def document(self, text: Text) -> str:
        meta: dict[str, object] = {
            "title": text.title,
            "summary": text.summary,
            "date": text.date.isoformat(),
        }
        meta |= {"tags": list(text.themes), "image": {"src": f"/beeld/{text.drawing}", "decorative": True}}
        match text.section:
            case "verhalen":
                person = {"name": text.name, "municipality": text.place} | (
                    {"job": text.job} if text.job else {}
                )
                meta |= {
                    "role": text.role,
                    "person": person,
                    "quote": {"text": text.quote},
                    "fictional": True,
                }
            case "bewijs":
                meta |= {"claim": text.title, "method": "Verzonnen.", "caveat": "Het is een proef."}
            case "toolkit":
                meta |= {"goal": text.title, "effort": "een middag"}
        return f"---\n{front(meta)}---\n\n{linked(text.body, '/{}.md')}"

    def edited(self, folder: Path, number: int) -> str:
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        page = corpus.story(EDITED).page
        if report["parsed"] != [f"content/{page}.md"]:
            return f"{len(report['parsed'])} texts were read instead of 1"
        made = [path for path in report["made"] if "zoeken" not in path]  # search is told of new words
        if made != [f"proef/{page}.html"]:
            return f"{len(made)} files were made instead of 1"
        return super().edited(folder, number)


class Demo(Ours):
    """The campaign that this repository holds, as on this day, in a copy that may be edited."""

    output = "output/sociaal-werkt"

    def command(self, folder: Path) -> list[str]:
        command = super().command(folder)
        at = command.index("--date")
        return command[:at] + command[at + 2 :]

    def stage(self, folder: Path, stories: int) -> None:
        for part in ("content", "brands", "templates", "assets"):
            shutil.copytree(ENGINE.parent / part, folder / part)

    def source(self, folder: Path, text: Text) -> Path:
        return folder / "content" / self._shown(folder).with_suffix(".md")

    def edited(self, folder: Path, number: int) -> str:
        page = folder / self.output / self._shown(folder)
        there = f"Bijgewerkt: {number}." in page.read_text(encoding="utf-8")
        return "" if there else "the change is not on the page"

    def _shown(self, folder: Path) -> Path:
        """The page of the first story that is on the site: who may be shown depends on the day."""
        site = folder / self.output
        pages = sorted(page for page in site.glob("verhalen/*.html") if page.name != "index.html")
        return pages[0].relative_to(site)


class Hugo(Tool):
    name, output, static, leftovers = "hugo", "public", "static", ("resources",)

    def __init__(self, peers: Path) -> None:
        # The program itself: what PyPI puts in bin/ starts a Python to find it.
        found = sorted(path for path in peers.glob("**/hugo/binaries/hugo*") if path.is_file())
        self.program = str(found[0]) if found else str(program(peers, "hugo"))

    def command(self, folder: Path) -> list[str]:
        return [self.program, "--quiet", "--noBuildLock"]

    def stage(self, folder: Path, stories: int) -> None:
        super().stage(folder, stories)
        write(folder / "config/_default/params.json", json.dumps(SITE, ensure_ascii=False))
        write(folder / "content/_index.md", f"---\n{front({'title': SITE['title']})}---\n")
        titles = {"themas": "Thema’s"} | SECTIONS | {f"themas/{id}": title for id, title in THEMES.items()}
        for path, title in titles.items():
            write(folder / f"content/{path}/_index.md", f"---\n{front({'title': title})}---\n")

    def document(self, text: Text) -> str:
        return super().document(text).replace("themes:", "themas:", 1)


class Pelican(Tool):
    name = "pelican"
    leftovers = ("__pycache__",)

    def __init__(self, peers: Path) -> None:
        self.program = str(program(peers, "pelican"))

    def command(self, folder: Path) -> list[str]:
        return [self.program, "content", "--quiet"]

    def stage(self, folder: Path, stories: int) -> None:
        super().stage(folder, stories)
        jinja(folder / "theme/templates", folder)

    def document(self, text: Text) -> str:
        meta = plain(text) | {"tags": ", ".join(text.themes), "slug": text.slug}
        del meta["themes"]
        head = "".join(f"{key.capitalize()}: {value}\n" for key, value in meta.items())
        return f"{head}\n{linked(text.body, '/{}.html')}"


class Mkdocs(Tool):
    name, output, leftovers = "mkdocs", "site", ("__pycache__",)
    content = static = "docs"

    def __init__(self, peers: Path) -> None:
        self.program = str(program(peers, "mkdocs"))

    def command(self, folder: Path) -> list[str]:
        return [self.program, "build", "--quiet"]

    def stage(self, folder: Path, stories: int) -> None:
        super().stage(folder, stories)
        jinja(folder / "theme", folder)
        home = {"title": SITE["title"], "template": "home.html"}
        write(folder / "docs/index.md", f"---\n{front(home)}---\n")


PEERS = {"hugo": Hugo, "pelican": Pelican, "mkdocs": Mkdocs}
PYTHON = ("pelican", "mkdocs")


def program(peers: Path, name: str) -> Path:
    """Where a peer is: all in one environment, or each in its own."""
    own = peers / name / "bin" / name
    return own if own.exists() else peers / "bin" / name


def jinja(templates: Path, folder: Path) -> None:
    """What the two Python peers share: templates, and the lists that both lack."""
    for file in sorted((HERE / "peers/jinja").iterdir()):
        if file.suffix == ".py":
            shutil.copy(file, folder)
        elif file.is_file():
            shutil.copy(file, templates)


def static(folder: Path) -> None:
    for i in range(corpus.DRAWINGS):
        write(folder / f"beeld/beeld-{i}.svg", corpus.drawing(i))
    write(folder / "beeld/logo.svg", corpus.drawing(corpus.DRAWINGS))
    write(folder / "css/site.css", "body{margin:auto;max-width:60rem}img{height:auto}\n")


def plain(text: Text) -> dict[str, object]:
    """A document's fields as the peers' themes know them."""
    told: dict[str, object] = {"title": text.title, "date": text.date.isoformat(), "summary": text.summary}
    told |= {"themes": list(text.themes), "drawing": text.drawing}
    person = {"name": text.name, "place": text.place, "job": text.job, "quote": text.quote}
    return told | {key: value for key, value in person.items() if value}


def front(values: Mapping[str, object]) -> str:
    """YAML, with each value as JSON, which is YAML too; but days without quotes, as people write them."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return re.sub(r'^date: "(.*)"$', r"date: \1", "".join(lines), flags=re.MULTILINE)


def linked(body: str, address: str) -> str:
    return re.sub(r"\(@([^)]+)\)", lambda match: f"({address.format(match[1])})", body)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
