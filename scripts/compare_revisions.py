"""Compares the sites that two revisions build: python scripts/compare_revisions.py REV [REV]

Each revision is checked out in a temporary folder and builds its own example brands, and
twenty brands generated from them, on the same day. Without a second revision the working
tree is compared, uncommitted changes and new files included. Files are compared byte by
byte; the digest in the name of an asset counts as equal, also where a page refers to it.

Prints the files that differ. Exit status: 0 when none do, 1 when some do, 2 when a
revision cannot be checked out or built.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-22"
GENERATED = 20
WORKING_TREE = "the working tree"
DIGEST = re.compile(rb"-[0-9a-f]{10}(?=[.-])")  # photo-0a1b2c3d4e-800.avif, site-0a1b2c3d4e.css
SURROUNDINGS = ("MICROSITE_LANGUAGE", "SOURCE_DATE_EPOCH", "PYTHONPATH")

Tree = dict[str, list[bytes]]
"""The contents of the files by normalised path; names that differ in their digest alone share one."""


class Failed(Exception):
    """A command failed. ``args[0]`` is what it printed."""


def run(command: Sequence[str], folder: Path) -> str:
    """What a command prints. Raises Failed when its exit status is not 0."""
    environment = {name: value for name, value in os.environ.items() if name not in SURROUNDINGS}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def check_out(revision: str, folder: Path) -> None:
    """Copy the files of a revision to a folder."""
    if revision != WORKING_TREE:
        archive = folder.with_suffix(".tar")
        run(["git", "archive", f"--output={archive}", revision], ROOT)
        shutil.unpack_archive(archive, folder, filter="data")
        return
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT)
    for name in filter(None, listed.split("\0")):
        source, target = ROOT / name, folder / name
        if source.is_file():  # not deleted, and no link to a folder
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def generate_brands(folder: Path) -> None:
    """Add variations of the example brands, each with its own name, colour and address."""
    examples = sorted(folder.iterdir())
    for number in range(GENERATED):
        brand = folder / f"member-{number:02}"
        shutil.copytree(examples[number % len(examples)], brand)
        file = brand / "brand.yaml"
        text = re.sub(r"(?m)^name: .*", f"name: Member {number}", file.read_text(encoding="utf-8"))
        colour = f"#{number * 53 % 200:02x}{number * 97 % 200:02x}{number * 31 % 200:02x}"
        text = re.sub(r"(?m)^colour: .*", f"colour: '{colour}'", text)
        text = re.sub(r"(?m)^url: .*", f"url: https://member-{number}.example/", text)
        file.write_text(text, encoding="utf-8")


def build(revision: str, folder: Path) -> Tree:
    """Check a revision out, build its sites and read them."""
    check_out(revision, folder)
    generate_brands(folder / "brands")
    output = folder / "sites"
    run([sys.executable, "build.py", "build", "--all", "--date", DAY, "--output", str(output)], folder)
    return read(output)


def read(output: Path) -> Tree:
    """The files of all sites; not what the engine keeps beside them."""
    tree: Tree = {}
    sites = (site for site in output.iterdir() if site.is_dir() and site.name != ".microsite")
    for file in sorted(file for site in sites for file in site.rglob("*") if file.is_file()):
        path = normalised(file.relative_to(output).as_posix().encode()).decode()
        tree.setdefault(path, []).append(normalised(file.read_bytes()))
    return {path: sorted(contents) for path, contents in tree.items()}


def normalised(data: bytes) -> bytes:
    return DIGEST.sub(b"-0a1b2c3d4e", data)


def differences(old: Tree, new: Tree, lines: int) -> Iterator[str]:
    """A line for each file that differs, followed by the first lines of the difference when asked for."""
    for path in sorted(old.keys() | new.keys()):
        if path not in new:
            yield f"removed  {path}"
        elif path not in old:
            yield f"added    {path}"
        elif old[path] != new[path]:
            before, after = (
                b"".join(tree[path]).decode(errors="replace").splitlines() for tree in (old, new)
            )
            changed = islice(difflib.unified_diff(before, after, n=0, lineterm=""), 2, 2 + lines)
            yield "\n    ".join([f"changed  {path}", *changed])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", metavar="REV")
    parser.add_argument("new", metavar="REV", nargs="?", default=WORKING_TREE)
    parser.add_argument("--lines", type=int, default=0, help="print this many lines of each difference")
    choices = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="compare-") as place:
        try:
            old = build(choices.old, Path(place, "old"))
            new = build(choices.new, Path(place, "new"))
        except Failed as error:
            print(error, file=sys.stderr)
            return 2
    found = list(differences(old, new, choices.lines))
    print(
        *found,
        f"{len(old)} files in {choices.old}, {len(new)} in {choices.new}, {len(found)} differ",
        sep="\n",
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
