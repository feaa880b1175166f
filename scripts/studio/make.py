"""Makes the studio: python scripts/studio/make.py [--project DIR] [--output DIR] [--date YYYY-MM-DD]

It writes ``studio/`` in the folder of the sites: the page, Python in WebAssembly, this program compiled for
it, and the campaign as everybody may have it. See ``docs/decisions/studio.md``. What does not change with
the campaign is kept in the state folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import gzip
import hashlib
import importlib.util
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from microsite.core import brotli, i18n  # noqa: E402 -- found by the line above
from microsite.core.files import replace_file  # noqa: E402
from microsite.core.fingerprints import digest  # noqa: E402
from microsite.core.problems import ProblemError  # noqa: E402
from microsite.core.settings import STUDIO, Options, Project  # noqa: E402
from microsite.core.urls import base_path, slugify  # noqa: E402
from microsite.publishing import disk  # noqa: E402
from microsite.rendering.hosting import studio as rules  # noqa: E402
from microsite.session import Session  # noqa: E402
from microsite.studio import bundle  # noqa: E402
from microsite.studio.release import first_change  # noqa: E402

HERE, PAGE = Path(__file__).resolve().parent, ROOT / "studio"
NPM = PAGE / "node_modules"
WHEELS = PAGE / "wheels"
"""Where ``scripts/setup_tools.py studio`` puts the libraries for WebAssembly."""

PURE = (
    *("jinja2", "markupsafe", "yaml", "frontmatter", "markdown", "tinycss2", "webencodings"),
    *("phonenumbers", "coloraide", "rcssmin", "segno", "fontTools"),
)
"""The libraries that are Python, or can do without what is not."""

LEFT_OUT = ("commands", "preview", "withdraw")
"""Parts of the program that only the command line has."""

NOT_OF_FONTS = (
    *("afmLib", "annotations", "cu2qu", "diff", "fontBuilder", "help", "merge", "mtiLib", "qu2cu", "svgLib"),
    *("t1Lib", "tfmLib", "ufoLib", "voltLib"),
)
"""What of fontTools nothing asks for that reads a font, makes it smaller or writes it."""

PARTS = ("program", "rest", "fonts")
"""The files with modules: those that every member needs, those that few need, and for a font of one's own."""

LIBRARY = "lib/python3.14"
NEVER: Mapping[str, str] = {
    "to program with": (
        "_pyrepl bdb cProfile cmd code compileall doctest modulefinder optparse pdb pickletools profile"
        " pstats py_compile pyclbr pydoc rlcompleter symtable tabnanny trace unittest zipapp"
    ),
    "for processes and computers that a browser does not reach": (
        "ftplib imaplib mailbox multiprocessing poplib pty smtplib socketserver sqlite3 webbrowser wsgiref"
        " xmlrpc"
    ),
    "examples": "__hello__ __phello__ antigravity this",
}
"""Modules of Python that are left out, by the reason: nothing that a site is made with asks for one."""

VENDORED = (
    ("pyodide", "pyodide", ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")),
    ("@resvg/resvg-wasm", "resvg", ("index.mjs", "index_bg.wasm")),
    ("@jsquash/avif", "avif", ("codec/enc/avif_enc.js", "codec/enc/avif_enc.wasm")),
    ("@jsquash/jpeg", "jpeg", ("codec/enc/mozjpeg_enc.js", "codec/enc/mozjpeg_enc.wasm")),
    (
        "@jsquash/resize",
        "resize",
        ("lib/resize/pkg/squoosh_resize.js", "lib/resize/pkg/squoosh_resize_bg.wasm"),
    ),
)
"""Packages of npm, what their folders are called in the studio, and the files that it needs of them."""

COPIES = "copies"
"""The folder with what is compressed already, by its contents: that takes a minute."""

ONLY_HERE = ("run.mjs",)
"""The scripts of the page's folder that are no part of it."""

LATER = ("avif", "jpeg", "resize", "fonts")
"""What is fetched when a picture or a font is dropped."""


WASM, MODULES = "app/wasm/", "app/parts.json"
"""In the packs: see ``studio/engine.mjs`` and ``microsite/studio/door.py``."""

FONT = ROOT / "assets" / "fonts" / "newsreader.woff2"
"""A font to see what is needed for it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--project", type=Path, default=ROOT)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--date", type=dt.date.fromisoformat)
    parser.add_argument("--base", default=f"/{STUDIO}/", help="the path of its address")
    parser.add_argument("--loose", action="store_true", help="without compressed copies: for a test")
    asked = parser.parse_args()
    project = Project(asked.project.resolve(), (asked.output or asked.project / "output").resolve())
    day = asked.date or dt.datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    try:
        folder, ends = make(project, day, asked.base, compress=not asked.loose)
    except ProblemError as error:
        translate = i18n.translator(os.environ.get("MICROSITE_LANGUAGE", "nl"))
        print("\n".join(problem.render(translate) for problem in error.problems), file=sys.stderr)
        return 1
    print(f"{project.display_path(folder)}/ is klaar, voor {day} tot {ends}")
    return 0


def make(project: Project, day: dt.date, base: str, compress: bool) -> tuple[Path, str]:
    """Write the studio of a campaign; returns its folder and the day on which it ends.

    The one of before stays as it is until the new one is whole. ``base`` is the path of its address.
    """
    with Session(project, Options(day, materials=()), lambda *_: None) as session:
        brand = project.campaign_brand
        if brand is None:
            raise SystemExit("in content/site.yaml staat geen 'brand': zonder dat is er geen studio")
        _, templates, assets = session.national_layers()
        site = session.pipeline().national.site
        title = site.title if site else STUDIO
        files = session.files(brand)
        campaign = bundle.make(session.pipeline(), files, templates, assets)
        ends = first_change(session.pipeline()).isoformat()
        data = bundle.dump(campaign)
        inputs = [session.engine().encode(), data, *(source.read() for source in files.sources)]
        compiled = digest(b"".join([*inputs, *map(Path.read_bytes, _makers())]))
    kept = project.state_folder / STUDIO
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as temporary:
        draft = Path(temporary) / STUDIO
        _page(draft)
        names: dict[str, object] = {
            "campaign": _named(draft, "campagne", "bundle", data),
            "lock": json.dumps({"info": _json("pyodide", "pyodide-lock.json")["info"], "packages": {}}),
            "title": title,
            "slug": slugify(title),
            "day": day.isoformat(),
            "ends": ends,
        }
        program = kept / compiled
        if not program.is_dir():
            _compile(program, draft, names, brand)
        for part in PARTS:
            names[part] = _named(draft, part, "pack", (program / part).read_bytes())
        every = sorted(file.relative_to(draft).as_posix() for file in draft.rglob("*") if file.is_file())
        later = [name for name in every if name.split("-")[0] in LATER]
        names["later"] = later  # kept for work without a network once it was fetched
        names["keep"] = ["", "names.json", *(n for n in every if n not in (*later, "service-worker.js"))]
        (draft / "names.json").write_text(json.dumps(names, indent=1))
        if compress:
            _compress(draft, kept / COPIES)
        _hosting(draft, base)
        shown = project.output / STUDIO
        if not disk.exchange(draft, shown):  # where folders cannot change places, there is none for a moment
            shown.rename(Path(temporary) / "old")
            draft.rename(shown)
    for other in kept.iterdir():
        if other.name not in (compiled, COPIES):
            shutil.rmtree(other)
    return shown, ends


def _makers() -> list[Path]:
    """The files besides the program itself that say how it is compiled, and with what."""
    files = [*HERE.iterdir(), *PAGE.glob("*.mjs"), *WHEELS.glob("*.whl")]
    files += [PAGE / "package-lock.json", *(PAGE / "brotli").iterdir(), FONT]
    return sorted(file for file in files if file.is_file())


def _named(folder: Path, name: str, suffix: str, data: bytes) -> str:
    """Write a file that has its contents in its name; returns the name."""
    called = f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
    (folder / called).write_bytes(data)
    return called


def _page(folder: Path) -> None:
    """Write the page and what it needs of others, in folders that have their version in the name."""
    folder.mkdir()
    for file in sorted(PAGE.iterdir()):
        if file.suffix in (".html", ".css", ".js", ".mjs") and file.name not in ONLY_HERE:
            shutil.copyfile(file, folder / file.name)
    for package, short, wanted in VENDORED:
        called = f"{short}-{_json(package, 'package.json')['version']}"
        for importing in ("engine.mjs", "codecs.mjs"):
            script = (folder / importing).read_text("utf-8")
            (folder / importing).write_text(script.replace(f"{short}/", f"{called}/"), "utf-8")
        (folder / called).mkdir()
        for name in wanted:
            shutil.copyfile(NPM / package / name, folder / called / Path(name).name)
        if short == "pyodide":
            zipfile.ZipFile(folder / called / "empty.zip", "w").close()


def _compress(draft: Path, kept: Path) -> None:
    """Write a compressed copy of each large file beside it, twice: a server sends what a browser takes."""
    kept.mkdir(exist_ok=True)
    files = [file for file in draft.rglob("*") if file.suffix[1:] in rules.COMPRESSED]
    wanted = {(file, how) for file in files for how in COMPRESSORS}
    known = {pair: kept / f"{digest(pair[0].read_bytes())}.{pair[1]}" for pair in wanted}

    def copy(pair: tuple[Path, str]) -> None:
        file, how = pair
        if not known[pair].is_file():
            replace_file(known[pair], COMPRESSORS[how](file.read_bytes()))
        shutil.copyfile(known[pair], file.with_name(f"{file.name}.{how}"))

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        [*threads.map(copy, wanted)]
    for old in {*kept.iterdir()} - {*known.values()}:
        old.unlink()


COMPRESSORS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": brotli.compress,
    "gz": functools.partial(gzip.compress, mtime=0),
}


POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
"""What the page demands of browsers, which servers say too."""


def _hosting(draft: Path, base: str) -> None:
    """Write the rules for servers, and what to do with them."""
    every = {file.relative_to(draft).as_posix(): file for file in draft.rglob("*") if file.is_file()}
    own = {path: file for path, file in every.items() if not path.endswith(tuple(COMPRESSORS))}
    whole = sum(file.stat().st_size for file in own.values())
    packed = sum(every.get(f"{path}.br", file).stat().st_size for path, file in own.items())
    sizes = {"whole": round(whole / 1e6), "packed": round(packed / 1e6)}
    told = (PAGE / "HOSTING.txt").read_text("utf-8").format(base=base_path(base), **sizes)
    (policy,) = POLICY.findall((draft / "index.html").read_text("utf-8"))
    written = {**rules.rules(base, policy, own), "hosting/HOSTING.txt": told.encode()}
    for path, content in written.items():
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        (draft / path).write_bytes(content)


def _json(package: str, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((NPM / package / name).read_bytes())
    return read


# ── the program ──────────────────────────────────────────────────────────────────────────────────────────


def _compile(target: Path, draft: Path, names: Mapping[str, object], brand: Path) -> None:
    """Write a file for each of ``PARTS``: all modules, compiled."""
    with tempfile.TemporaryDirectory() as temporary:
        stage = Path(temporary)
        _gather(stage / "app")
        _node("compile.mjs", str(stage), str(PAGE))
        made = stage / "made"
        (wasm,) = (PAGE / "brotli").glob("*.wasm")
        _put(made / WASM / "brotli.wasm", wasm.read_bytes())
        _put(made / WASM / "brotli-LICENSE.txt", wasm.with_name("LICENSE.txt").read_bytes())
        _put(made / MODULES, b"{}")
        every = {file.relative_to(made).as_posix() for file in made.rglob("*") if file.is_file()}
        never = " ".join(NEVER.values()).split()
        unused = tuple(f"{LIBRARY}/{name}{end}" for name in never for end in ("/", ".pyc"))
        every = {path for path in every if not path.startswith(unused)}
        trial = stage / "trial"
        shutil.copytree(draft, trial)
        (trial / "all.pack").write_bytes(_pack(made, every))
        (trial / "names.json").write_text(json.dumps({**names, "program": "all.pack"}))
        shutil.copyfile(FONT, stage / FONT.name)
        _node("trial.mjs", str(trial), str(brand), str(stage / FONT.name), str(stage))
        always, with_font = json.loads((stage / "used.json").read_bytes())
        used = {MODULES, *always}
        used |= {path for path in every if path.endswith((".mo", ".so"))}
        used -= {path for path in every if "/importlib/_bootstrap" in path}  # within Python itself
        fonts = {path for path in every if path.startswith(("app/fontTools/", WASM))} | {*with_font}
        parts = {"fonts": every & fonts - used, "rest": every - fonts - used}
        modules = {_module(path): part for part, paths in parts.items() for path in paths}
        _put(made / MODULES, json.dumps(modules, sort_keys=True).encode())
        of_templates = (file for file in (stage / "code").rglob("*") if file.is_file())
        code = {file.relative_to(stage / "code").as_posix() for file in of_templates}
        for path in code:
            _put(made / path, (stage / "code" / path).read_bytes())
        draft_of = target.with_name(f"{target.name}.new")
        shutil.rmtree(draft_of, ignore_errors=True)
        draft_of.mkdir()
        for part, paths in {"program": used & every | code, **parts}.items():
            (draft_of / part).write_bytes(_pack(made, paths))
        draft_of.rename(target)


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _module(path: str) -> str:
    """The name of the module in a pack's path, as it is imported."""
    inside = path.removeprefix("app/").removeprefix(f"{LIBRARY}/").removesuffix(".pyc")
    return inside.removesuffix("/__init__").replace("/", ".")


def _gather(app: Path) -> None:
    """Our modules and those of libraries, as they are installed here."""
    native = ("*.so", "*.pyd", "*.h", "*.c", "*.pyx")
    hidden = shutil.ignore_patterns("__pycache__", "*.pyi", "*.po", "py.typed", *native)
    shutil.copytree(ROOT / "microsite", app / "microsite", ignore=hidden)
    for name in LEFT_OUT:
        shutil.rmtree(app / "microsite" / name)
    for name in PURE:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise SystemExit(f"{name} is hier niet ingericht: make site doet dat")
        origin = Path(spec.origin)
        if spec.submodule_search_locations is None:
            shutil.copyfile(origin, app / origin.name)
        else:
            shutil.copytree(origin.parent, app / name, ignore=hidden)
    for name in NOT_OF_FONTS:
        unused = app / "fontTools" / name
        shutil.rmtree(unused) if unused.is_dir() else unused.with_suffix(".py").unlink()
    for wheel in WHEELS.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            wanted = [n for n in archive.namelist() if ".dist-info/" not in n and not n.endswith(".pyi")]
            archive.extractall(app, wanted)


def _pack(root: Path, paths: Iterable[str]) -> bytes:
    """Files in one, see ``unpack`` in studio/engine.mjs."""
    index, parts, at = {}, [], 0
    for path in sorted(paths):
        data = (root / path).read_bytes()
        index[path] = [at, at + len(data)]
        parts.append(data)
        at += len(data)
    head = json.dumps(index, separators=(",", ":")).encode()
    return struct.pack("<I", len(head)) + head + b"".join(parts)


def _node(script: str, *arguments: str) -> None:
    subprocess.run(["node", str(HERE / script), *arguments], check=True)  # noqa: S607


if __name__ == "__main__":
    sys.exit(main())
