"""The door of the program in a browser: what the worker of the page calls, in values of both languages.

Answers are JSON, files are bytes. ``studio_host`` is what the worker gives in return: see
``studio/engine.mjs``.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec.structs import asdict

from microsite import pack
from microsite.brand import colour, tokens
from microsite.brand.brand import ADJUSTED
from microsite.content import yaml
from microsite.content.files import scan
from microsite.content.kinds import FIRST, KINDS
from microsite.content.tree import ScalarNode, key_positions
from microsite.core import i18n
from microsite.core.languages import longdate, translated
from microsite.core.problems import InvalidFile, Problem, errors, text, unique
from microsite.core.settings import BRAND_FILE
from microsite.media import raster
from microsite.media.raster import Raster
from microsite.pipeline import PlannedSite
from microsite.publishing import packing
from microsite.rendering.templates import CodeCache
from microsite.studio import bundle, opening, pictures, settings, stories
from microsite.studio.workbench import Workbench

BRANDS, CODE, PARTS = Path("/brands"), Path("/app/code"), Path("/app/parts.json")
"""The folder with that of the member, that of compiled templates, and which modules are fetched later."""


class Rest:
    """Finds the modules that few members need: the part that one is in is fetched when it is asked for.

    ``parts`` are the names of these parts, by module. See ``_parts`` in scripts/studio/make.py.
    """

    def __init__(self, parts: Mapping[str, str]) -> None:
        self._parts = parts

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        import studio_host  # type: ignore[import-not-found] # of the worker

        if name not in self._parts or not studio_host.more(self._parts[name]):
            return None
        importlib.invalidate_caches()
        return PathFinder.find_spec(name, path)


def opened(campaign: str, today: str, begins: str, ends: str) -> Door:
    """The door, in a browser: with the modules that are fetched when they are asked for."""
    sys.meta_path.append(Rest(json.loads(PARTS.read_bytes())))
    return Door(campaign, today, begins, ends, _reading)


def _reading(item: Any) -> None:
    """Tell the page which file is read, as only the page can end one that hangs."""
    import studio_host

    studio_host.reading(getattr(item, "name", ""))


class Door:
    """The program with the campaign in a file, for days (YYYY-MM-DD) from ``begins`` until before ``ends``.

    ``refusal`` says why it may not be used today, or "".
    """

    def __init__(
        self, campaign: str, today: str, begins: str, ends: str, reading: bundle.Reading = bundle.quiet
    ) -> None:
        given, day = bundle.load(Path(campaign).read_bytes()), dt.date.fromisoformat(today)
        self._translate = i18n.translator(given.release.language)
        self._typed: dict[str, str] = {}
        self.refusal = ""
        if not begins <= today < ends:
            last = longdate(dt.date.fromisoformat(ends), self._translate)
            self.refusal = _ENDED.format(day=last).render(self._translate)
            return
        self._bench = Workbench(given, day, CodeCache(CODE, bundle.ENGINE), reading)

    def read(self, id: str) -> str:
        """The values of the fields of the form (see ``settings.FIELDS``) in the folder's brand.yaml."""
        try:
            return json.dumps(settings.read((BRANDS / id / BRAND_FILE).read_bytes()))
        except (InvalidFile, OSError):
            return "{}"

    def write(self, id: str, fields: str) -> None:
        """Write these values of the fields, as JSON, to the folder's brand.yaml. One that is wrong goes."""
        file = BRANDS / id / BRAND_FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_bytes() if file.is_file() else b""
        try:
            after = settings.write(before, json.loads(fields))
        except InvalidFile:
            after = settings.write(b"", json.loads(fields))
        file.write_bytes(after)

    def stories(self, id: str) -> str:
        """The texts in a folder: ``held`` are the stories that the form can hold, with their ``fields``.

        ``others`` are the paths of those to be edited as a file.
        """
        national = {document.path for document in self._bench.national}
        held, others, self._typed = [], [], {}
        for file in sorted((BRANDS / id / "content").rglob("*.md")):
            path = file.relative_to(BRANDS / id).as_posix()
            if "/." in path:  # as of the program itself
                continue
            may = path.startswith(stories.FOLDER) and file.name != FIRST and not translated(path)[1]
            may = may and path.removeprefix("content/") not in national
            fields = stories.read(file.read_bytes()) if may else None
            if fields is None:
                others.append(path)
            else:
                held.append({"path": path, "fields": fields})
                self._typed[path] = str(fields.get(stories.TEXT, ""))
        return json.dumps({"held": held, "others": others})

    def write_stories(self, id: str, written: str) -> str:
        """Write the stories of the form: objects with a ``path``, "" for a new one, and ``fields``.

        Of each in turn the path, "" as long as it is not written, the fields that it ``lacks``, and those
        there are ``doubts`` about. One that was among them and is not now is removed.
        """
        given = json.loads(written)
        for path in self._typed.keys() - {story["path"] for story in given}:
            (BRANDS / id / path).unlink(missing_ok=True)
        self._typed = {}
        answers = []
        for story in given:
            path, fields = story["path"], story["fields"]
            lacking = stories.lacks(fields)
            if not path and not lacking:
                there = (file.relative_to(BRANDS / id).as_posix() for file in (BRANDS / id).rglob("*.md"))
                path = stories.path(fields, [*there, *(f"content/{d.path}" for d in self._bench.national)])
            if path:
                file = BRANDS / id / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(stories.write(file.read_bytes() if file.is_file() else b"", fields))
                self._typed[path] = str(fields.get(stories.TEXT, ""))
            answers.append({"path": path, "lacks": lacking, "doubts": stories.doubts(fields)})
        return json.dumps(answers)

    def national(self) -> str:
        """The national pages that a member may hide: ``path`` and ``title``, in groups with a ``title``.

        Not those on who is behind the site: there people read how to have their story taken away.
        """
        groups: dict[str, list[dict[str, str]]] = {}
        for kind in KINDS:
            title = (kind.title if kind.section else kind.label).render(self._translate)
            pages = [d for d in self._bench.national if d.kind is kind and d.path not in self._bench.behind]
            found = [{"path": d.path, "title": d.meta.title} for d in pages if d.meta is not None]
            if found:
                groups.setdefault(title, []).extend(found)
        return json.dumps([{"title": title, "pages": pages} for title, pages in groups.items()])

    def themes(self) -> str:
        """The themes that a story may have, as pairs of an id and a title."""
        return json.dumps(self._bench.themes)

    def plan(self, id: str) -> str:
        """Plan the site of the folder ``/brands/<id>``: what is wrong with it, and advice.

        Each with the ``key`` of brand.yaml that it is about, or "", and of a story that the form holds with
        its ``story``, the field that is its ``key`` and where in that; for ``ails`` see ``stories.ails``.
        ``done``: the site can be looked at.
        ``shown`` are the paths of a page of each kind that members look at. ``stories`` are those of the
        form by path: the address of their ``page``, "" when they are not shown or nothing is made, and why.
        """
        plan = self._bench.plan(BRANDS / id)
        keys = _keys(BRANDS / id)
        own = f"brands/{id}"  # what is said of the campaign's own texts is not for a member
        problems = [p for p in unique(plan.problems) if p.place.path.startswith(own) or p.severity == "error"]
        done = not errors(plan.problems)
        shown = {page.document.path: page.path for page in plan.library.pages} if done else {}
        told = {path: self._refused(plan, path) for path in self._typed}
        answer = {
            "done": done,
            "problems": [self._told(problem, id, keys) for problem in problems],
            "advice": [self._told(problem, id, keys) for problem in unique(plan.advice)],
            "pages": {page.document.kind.name: page.path for page in reversed(plan.library.pages)},
            "stories": {
                path: {"page": shown.get(path.removeprefix("content/"), ""), "refused": refused}
                for path, refused in told.items()
            },
            "tokens": _from_tokens(BRANDS / id),
        }
        return json.dumps(answer)

    def _refused(self, plan: PlannedSite, path: str) -> list[dict[str, str]]:
        """Why a story is not shown: each reason with the field that it is about."""
        refused = plan.admission.refusals.get(path.removeprefix("content/"), ())
        return [
            {
                "key": f"{stories.CONSENT}.{reason.key}" if reason.key else stories.CONSENT,
                "message": reason.reason.render(self._translate),
            }
            for reason in refused
        ]

    def file(self, path: str, scheme: str = "") -> bytes:
        """A file of the site, b"" when there is none; with a ``scheme``, as who prefers that sees it."""
        path = f"{path}index.html" if path.endswith("/") or not path else path
        data = self._bench.file(path) if path in self._bench.paths else b""
        if scheme and path.endswith((".css", ".html", ".svg")):
            return _PREFERS.sub(
                lambda asked: b"(width>=0)" if asked[1] == scheme.encode() else b"(width<0)", data
            )
        return data

    def colours(self, id: str, logo: str) -> str:
        """The colours in a logo, those that there are most of first; without white, black and grey."""
        data = (BRANDS / id / logo).read_bytes()
        if (image := raster.read_png(data)) is not None:
            found = raster.colours(image)
        else:
            written = Counter(map(_hex, _COLOUR.findall(data.decode("utf-8", "replace"))))
            found = tuple(each for each, _ in written.most_common())
        return json.dumps([each for each in found if each and _is_coloured(each)][:6])

    def pictures(self, id: str) -> str:
        """What is to be done with the pictures of the folder, as JSON.

        ``unready`` are the paths of those that are to be made bare, ``missing`` lists the copies to make of
        each of the others (see ``photos.Copy``), and ``unused`` has the paths of copies that may go.
        """
        files, _ = scan(BRANDS / id, id, id, {}, 0)
        found = [*pictures.pictures(files)]
        missing = {one.source.path: list(map(asdict, one.missing)) for one in found if one.missing}
        unready = [one.source.path for one in found if not one.ready]
        return json.dumps({"unready": unready, "missing": missing, "unused": pictures.unused(files)})

    def copies(self, path: str) -> str:
        """The copies to make of a photo that is in a file, and in no folder yet; as in ``pictures``."""
        return json.dumps([asdict(one) for one in pictures.copies(Path(path).read_bytes())])

    def bare_logo(self, path: str, width: int, height: int) -> bytes:
        """A logo as PNG, of a file with its pixels: four bytes each, RGBA."""
        return raster.png(Raster(width, height, Path(path).read_bytes()), small=True)

    def unpacked(self, path: str) -> dict[str, Any]:
        """As ``folder``, of what is in a ZIP."""
        return self._opened(lambda: opening.folder(opening.unpacked(Path(path))))

    def folder(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What is opened: the ``files`` of the member's folder that is among these, by path.

        Or the ``refusal``, a sentence that says why there are none. Nothing is replaced yet.
        """
        return self._opened(lambda: opening.folder({path: bytes(data) for path, data in found.items()}))

    def _opened(self, read: Callable[[], dict[str, bytes]]) -> dict[str, Any]:
        try:
            return {"files": read(), "refusal": ""}
        except opening.Refused as refused:
            return {"files": {}, "refusal": refused.render(self._translate)}

    def pack(self, id: str, host: str) -> bytes:
        """The ZIP of the site with the member's folder."""
        folder = BRANDS / id
        own, _ = scan(folder, id, id, {}, 0)
        files = {source.path: source.read() for source in own.sources}
        folders = {packing.SITE: self._bench.site(), packing.BRAND: files}
        return packing.in_memory(folders, pack.instructions(folder, host, self._translate))

    def _told(self, problem: Problem, id: str, keys: Mapping[tuple[str, int], str]) -> dict[str, object]:
        place = problem.place
        advice = problem.hint.render(self._translate) if problem.hint is not None else ""
        path = place.path.removeprefix(f"brands/{id}/")
        named = "colour" if problem.message.sentence in ADJUSTED else keys.get((path, 0), "")
        where = stories.Where(keys.get((path, place.line)) or named)
        if path == BRAND_FILE and stories.ails(problem) == "long":
            where = stories.Where(settings.longest((BRANDS / id / path).read_bytes()))
        if path in self._typed:
            where = stories.where((BRANDS / id / path).read_bytes(), self._typed[path], problem)
        return {
            "story": path if path in self._typed else "",
            "key": where.key,
            "line": where.line,
            "column": where.column,
            "place": str(place),
            "severity": problem.severity,
            "ails": stories.ails(problem),
            "message": problem.message.render(self._translate),
            "hint": "" if _COMMAND in advice else advice,
        }


_COMMAND = "build.py"
"""What advice says to type on the command line is none here."""

_PREFERS = re.compile(rb"\(prefers-color-scheme: *(light|dark)\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b|\brgb\([^)]*\)")


def _hex(written: str) -> str:
    try:
        return colour.parse(written)
    except colour.InvalidColour:
        return ""


def _is_coloured(value: str) -> bool:
    parts = [int(value[i : i + 2], 16) for i in (1, 3, 5)]
    return max(parts) - min(parts) >= _GREY


_GREY = 24
"""Less difference between red, green and blue than this is no colour to choose."""


def _keys(folder: Path) -> dict[tuple[str, int], str]:
    """The dotted keys of brand.yaml by file and line, the outermost of each line.

    Of a file that is named there it is that key, at line 0. Empty when it cannot be read.
    """
    try:
        tree = yaml.parse((folder / BRAND_FILE).read_text("utf-8"), BRAND_FILE)
    except (InvalidFile, OSError, ValueError):
        return {}
    found: dict[tuple[str, int], str] = {}
    for key, place in key_positions(tree):
        found.setdefault((BRAND_FILE, place.line), key)
    named = {key.text: node.text for key, node in tree.items if isinstance(node, ScalarNode)}
    found.update({(named[key], 0): key for key in _FILES if key in named})
    return found


_FILES = ("logo", "logo_dark", "tokens", "font", "font_bold")
"""The keys that name a file."""


_examined = lru_cache(1)(tokens.examine)
"""Of the file of before: it takes a second to read, and is asked after each change."""


def _from_tokens(folder: Path) -> dict[str, str | int]:
    """What the design tokens of a folder say, by the key of brand.yaml."""
    try:
        named = settings.read((folder / BRAND_FILE).read_bytes()).get("tokens")
        found = _examined((folder / str(named)).read_bytes()) if named else tokens.Tokens()
    except (InvalidFile, OSError):
        return {}
    says = {key: getattr(found, key) for key in ("colour", "second_colour", "font", "logo_width")}
    return {key: value for key, value in says.items() if value}


_ENDED = text("this studio is of the days before {day}: load the page again to get the campaign of today")
