"""Small campaigns in temporary folders, built through the same door that editors use."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from microsite import cli
from microsite.media.resvg import render_svg

DAY = "2026-11-22"
NO_MATERIAL = ("--material", "none")
BRAND = "sociaal-werkt"
ANOUK, BAS, COR = (f"content/verhalen/{name}.md" for name in ("anouk", "bas", "cor"))
OWN = f"brands/{BRAND}/brand.yaml"
ADDRESS = "https://www.voorbeeld.example/campagne/"

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">'
    '<rect width="40" height="20" fill="#c8102e"/></svg>\n'
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60" width="80" height="60">'
    '<circle cx="40" cy="30" r="{radius}" fill="#1b3a5c"/></svg>\n'
)
SITE = """\
title: Deur voor deur
slogan: Eerst de mens
core_message: Wie op tijd helpt, helpt iedereen.
description: Verhalen en bewijs uit de buurt.
menu:
  - {title: Verhalen, page: verhalen/index.md}
  - {title: Contact, page: contact.md}
footer_menu:
  - {title: Contact, page: contact.md}
themes:
  wonen: {title: Wonen, description: Een dak en rust.}
  meedoen: {title: Meedoen, description: Werk en buurt.}
work_fields:
  opbouwwerk: Opbouwwerk
brand: sociaal-werkt
"""
FACTS = """\
deuren:
  text: 64 deuren
  value: 64
  unit: deuren
  label: Voordeuren in de flat
  source: {title: Telling in de hal, publisher: Welzijn Zandhage, date: 2026-03-01}
  caveat: Alleen deze ene flat is geteld.
  as_of: 2026-03-01
koppen:
  text: 12 koppen koffie
  value: 12
  unit: koppen
  label: Koffie per dag
  source: {title: Lijst op het aanrecht, publisher: Buurthuis Zandhage}
  caveat: Wie thee drinkt, telt niet mee.
  as_of: 2026-04-01
"""
BRAND_FILE = f"""\
name: Welzijn Zandhage
logo: logo.svg
colour: '#c8102e'
url: {ADDRESS}
region: Zandhage
contact: {{role: Campagneteam, email: campagne@voorbeeld.example, phone: 010-1234567}}
"""
HOME = """\
---
title: Deur voor deur
summary: De campagne in het kort.
lead: verhalen/anouk.md
figures: [deuren]
action: {text: Doe mee, page: toolkit/raad.md}
---
Welkom bij {{ organisatie }}.
"""
VALID = (
    "ref: C-1, status: valid, given_on: 2026-01-01, expires_on: 2028-01-01, scope: [web, social], "
    "audience: [national, members], final_text_seen_on: 2026-01-15"
)


def consent(**changes: str | None) -> str:
    """A consent that holds, with changes: ``status="pending"``; None leaves the key out."""
    pairs = {
        "ref": "C-1",
        "status": "valid",
        "given_on": "2026-01-01",
        "expires_on": "2028-01-01",
        "scope": "[web, social]",
        "audience": "[national, members]",
        "final_text_seen_on": "2026-01-15",
    }
    return ", ".join(f"{key}: {value}" for key, value in {**pairs, **changes}.items() if value is not None)


def story(
    title: str = "Een deur gaat open",
    *,
    name: str = "Anouk",
    quote: str = "Ik dacht dat ik de enige was.",
    body: str = "Op de vierde gaat een deur open.",
    tags: str = "wonen",
    agreed: str | None = VALID,
    extra: str = "",
) -> str:
    """A story's file. ``agreed`` is the inside of its consent; None is a story without."""
    group = f"consent: {{{agreed}}}\n" if agreed is not None else ""
    return (
        f"---\ntitle: {title}\nsummary: Hoe het ging met een deur.\ndate: 2026-05-01\ntags: [{tags}]\n"
        f"role: client\nperson: {{name: {name}, municipality: Zandhage}}\n"
        f'quote: {{text: "{quote}", speaker: {name}}}\n{group}{extra}---\n{body}\n'
    )


def page(
    title: str = "Contact", body: str = "Bel of schrijf.", extra: str = "", summary: str = "In het kort."
) -> str:
    return f"---\ntitle: {title}\nsummary: {summary}\n{extra}---\n{body}\n"


def drawing(radius: int = 20) -> str:
    return DRAWING.format(radius=radius)


SMALL: dict[str, str] = {
    "content/site.yaml": SITE,
    "content/feiten.yaml": FACTS,
    "content/index.md": HOME,
    "content/contact.md": page(body="Bel {{ telefoon }} of lees [over Anouk](verhalen/anouk.md)."),
    "content/verhalen/index.md": page("Verhalen", "Van mensen."),
    "content/verhalen/anouk.md": story(
        "Anouk doet open",
        name="Anouk",
        agreed=VALID.replace("C-1", "C-11"),
        body="Op de vierde gaat een deur open.\n\n## De hal\n\nDaar hangen {{ feit:deuren }} op een rij.",
        extra="image: {src: anouk.svg, alt: Een rond raam}\n",
    ),
    "content/verhalen/anouk.svg": drawing(),
    "content/verhalen/bas.md": story(
        "Bas leest de brief",
        name="Bas",
        agreed=VALID.replace("C-1", "C-12"),
        body="Hij leest [bij Anouk](anouk.md#de-hal).",
    ),
    "content/verhalen/cor.md": story(
        "Cor wacht niet", name="Cor", tags="meedoen", agreed=VALID.replace("C-1", "C-13")
    ),
    "content/bewijs/telling.md": page(
        "De telling",
        "Wij telden.",
        "claim: Er zijn 64 deuren.\nmethod: Tellen.\ncaveat: Een flat.\n"
        "facts: [deuren, koppen]\ntags: [wonen]\n",
    ),
    "content/toolkit/raad.md": page(
        "Naar de raad", "Zo doe je dat.", "goal: Een gesprek.\neffort: Een avond.\n"
    ),
    "content/nieuws/start.md": page("Wij beginnen", "Vandaag.", "date: 2026-06-01\n"),
    f"brands/{BRAND}/brand.yaml": BRAND_FILE,
    f"brands/{BRAND}/logo.svg": LOGO,
}
"""A campaign with each kind of page, without a problem."""


OWN_DESIGN = "takes the place of our file of this name"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build said and did. Paths are those of the one brand that was built."""

    status: int
    data: dict[str, Any]
    said: str

    @property
    def one(self) -> dict[str, Any]:
        (only,) = self.data["brands"].values()
        found: dict[str, Any] = only
        return found

    @property
    def made(self) -> list[str]:
        return sorted(self.one["made"])

    @property
    def written(self) -> list[str]:
        return sorted(self.one["written"])

    @property
    def removed(self) -> list[str]:
        return sorted(self.one["removed"])

    @property
    def because(self) -> dict[str, list[str]]:
        return dict(self.one["because"])

    @property
    def parsed(self) -> list[str]:
        return list(self.data["parsed"])

    @property
    def problems(self) -> list[str]:
        """``path:line:column: severity: message``, in the order of the report."""
        return [
            f"{p['path']}:{p['line']}:{p['column']}: {p['severity']}: {p['message']}"
            for p in self.data["problems"]
        ]

    @property
    def hints(self) -> list[str]:
        return [p["hint"] for p in self.data["problems"]]

    def only(self) -> dict[str, Any]:
        """The one problem of this build."""
        found = self._beside_own_design()
        assert len(found) == 1, self.said
        return found[0]

    def fine(self) -> Report:
        """This report, of a build that was published without a problem."""
        assert self.status == 0, self.said
        assert self._beside_own_design() == [], self.said
        return self

    def _beside_own_design(self) -> list[dict[str, Any]]:
        """The problems, but for the notices that a file of ``with_own`` is not ours."""
        return [p for p in self.data["problems"] if p["message"] != OWN_DESIGN]


@dataclass(slots=True)
class Campaign:
    """A project's folder on disk."""

    root: Path
    place: Path | None = None
    _count: int = field(default=0)

    @property
    def output(self) -> Path:
        return self.place or self.root / "output"

    @property
    def site(self) -> Path:
        return self.output / BRAND

    @property
    def state(self) -> Path:
        return self.output / ".microsite"

    def write(self, path: str, content: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text, (path, old)
        self.write(path, text.replace(old, new))

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def add_member(self, id: str, **lines: str) -> None:
        """Another organisation in ``brands/``; ``lines`` are keys of its brand.yaml, as YAML."""
        keys = {"name": id.capitalize(), "logo": "logo.svg", "colour": "'#00506b'", **lines}
        self.write(f"brands/{id}/brand.yaml", "".join(f"{key}: {value}\n" for key, value in keys.items()))
        self.write(f"brands/{id}/logo.svg", LOGO)

    def with_own(self, part: str) -> None:
        """Give the project its own copy of our ``templates`` or ``assets``, to be changed."""
        shutil.copytree(Path(cli.__file__).parent.parent / part, self.root / part)

    def run(self, command: str = "build", *more: str, day: str = DAY) -> Report:
        """One command in this process, with its report. No material, unless it is asked for."""
        file = self.root.parent / f"{self.root.name}-report.json"
        file.unlink(missing_ok=True)
        arguments = [command, "--project", str(self.root), "--output", str(self.output)]
        arguments += ["--date", day, "--jobs", "1", "--report", str(file), *NO_MATERIAL, *more]
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = cli.main(arguments)
        data = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        assert "Traceback" not in said.getvalue(), said.getvalue()
        return Report(status, data, said.getvalue())

    def build(self, *more: str, day: str = DAY) -> Report:
        return self.run("build", *more, day=day)

    def shown(self, path: str) -> str:
        """A file of the published site."""
        return (self.site / path).read_text(encoding="utf-8")

    def shows(self, path: str) -> bool:
        return shows(self.site, path)

    def tree(self) -> dict[str, bytes]:
        return tree(self.site)

    def pages(self) -> Iterator[tuple[str, str]]:
        for path, data in self.tree().items():
            if path.endswith(".html"):
                yield path, data.decode()

    def everything(self) -> dict[str, bytes]:
        """Every byte below the output folder: sites, caches, manifests, the database."""
        return tree(self.output)


def shows(folder: Path, path: str) -> bool:
    """Whether a site has a page, other than the one that takes the place of a removed page."""
    file = folder / path
    return file.exists() and b'<body class="kind-missing">' not in file.read_bytes()


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def campaign(root: Path, files: dict[str, str | bytes] | dict[str, str] | None = None) -> Campaign:
    """The small campaign in this folder, with ``files`` added or in the place of its own."""
    made = Campaign(root)
    for path, content in {**SMALL, **(files or {})}.items():
        made.write(path, content)
    return made


def copy(original: Campaign, root: Path) -> Campaign:
    """The same campaign in another folder, never built."""
    shutil.copytree(original.root, root, ignore=shutil.ignore_patterns("output"))
    return Campaign(root)


def cold(original: Campaign, root: Path, day: str = DAY) -> dict[str, bytes]:
    """What a first build of this campaign makes."""
    fresh = copy(original, root)
    report = fresh.build(day=day)
    assert report.status == 0, report.said
    return fresh.tree()


def settle(folder: Path, seconds: int = 10) -> None:
    """Make the files look as if they were written some time ago, as most files of a project were."""
    for file in folder.rglob("*"):
        if file.is_file():
            status = file.stat()
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns - seconds * 10**9))


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


@contextlib.contextmanager
def nested(folder: Path, depth: int = 1500) -> Iterator[None]:
    """Folders within each other, made and removed one by one: whatever recurses fails at so many."""
    made = [folder / "/".join("d" * n) for n in range(1, depth + 1)]
    folder.mkdir(parents=True, exist_ok=True)
    for each in made:
        each.mkdir()
    try:
        yield
    finally:
        for each in reversed(made):
            with contextlib.suppress(OSError):
                each.rmdir()


def drawn(markup: str, width: int, height: int) -> Image.Image:
    """An SVG as resvg draws it, RGBA."""
    return Image.frombytes("RGBA", (width, height), render_svg(markup, width, height).pixels)


def jpeg(colour: str = "teal", size: tuple[int, int] = (320, 200)) -> bytes:
    """A small photograph."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "JPEG")
    return stream.getvalue()
