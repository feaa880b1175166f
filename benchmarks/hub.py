"""Many brands of one campaign in one build, compared with Hugo: ``python benchmarks/hub.py --brands 300``.

Each brand has a name, an address and a colour of its own, and shows sixty stories
and thirty other texts. Hugo gets its best way: every brand is a language with a
host of its own in one build, the texts are mounted once, and the brands are split
over six processes that run two at a time. It makes no icons and no search index;
we do, and they are counted.

With ``--material share`` every site has its share pictures too. No peer makes those,
so nothing is compared: the bounds are in minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import corpus
from measure import Failed, Run, run
from run import equip, installed
from tools import SITE, Hugo, Ours, front, write

STORIES = 60
SHARES = 6
SIDE_BY_SIDE = f"""\
import subprocess, sys
from concurrent.futures import ThreadPoolExecutor
def build(folder):
    return subprocess.run(sys.argv[2:], cwd=folder).returncode
with ThreadPoolExecutor({os.cpu_count() or 1}) as pool:
    sys.exit(any(pool.map(build, [f"{{i}}" for i in range(int(sys.argv[1]))])))
"""
GOALS = (("cold", 2), ("nothing changed", 50), ("one story changed", 10))
"""How much less than Hugo's cold build, by step."""
WITH_PICTURES = (("cold", 60), ("nothing changed", 1), ("one story changed", 1))
"""How many minutes the steps may take with share pictures."""
MEGABYTES = 300


class OurHub(Ours):
    """Every brand, in as many processes as there are cores."""

    def __init__(self, brands: int, material: str) -> None:
        super().__init__(os.cpu_count() or 1, material)
        self.brands = brands

    def command(self, folder: Path) -> list[str]:
        return [*super().command(folder), "--all"]

    def stage(self, folder: Path, stories: int) -> None:
        super().stage(folder, stories)
        shutil.rmtree(folder / "brands")
        for i, brand in enumerate(_brands(self.brands)):
            look = {"logo": "logo.svg", "colour": f"#{i * 53 % 200:02x}{i * 97 % 200:02x}{i * 31 % 200:02x}"}
            write(folder / f"brands/{brand['id']}/brand.yaml", front(_without(brand, "id") | look))
            write(folder / f"brands/{brand['id']}/logo.svg", corpus.drawing(i % corpus.DRAWINGS))

    def lacking(self, folder: Path, stories: int) -> str:
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        done = sum(one["done"] for one in report["brands"].values())
        return "" if done == self.brands else f"{self.brands - done} brands were not made"

    def edited(self, folder: Path, number: int) -> str:
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        page = f"{corpus.story(0).page}.html"
        if len(report["parsed"]) != 1:
            return f"{len(report['parsed'])} texts were read instead of 1"
        shown = folder / "output" / f"merk-0000/{page}"
        return "" if shown.exists() else f"there is no {page}"


class HugoHub:
    """Six campaigns that share their texts, each with a part of the brands."""

    name = "hugo"

    def __init__(self, peers: Path, brands: int) -> None:
        self.hugo = Hugo(peers)
        self.brands = brands
        self.shares = min(SHARES, brands)

    def command(self) -> list[str]:
        return [sys.executable, "-c", SIDE_BY_SIDE, str(self.shares), *self.hugo.command(Path())]

    def stage(self, folder: Path, stories: int) -> None:
        brands = list(_brands(self.brands))
        for share in range(self.shares):
            place = folder / str(share)
            self.hugo.stage(place, stories)
            file = place / "hugo.toml"
            lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "baseURL" not in line]
            write(file, "\n".join([*lines, *_languages(brands[share :: self.shares])]) + "\n")

    def clear(self, folder: Path) -> None:
        for share in range(self.shares):
            self.hugo.clear(folder / str(share))

    def lacking(self, folder: Path) -> str:
        made = len(list(folder.glob(f"*/public/*/{corpus.story(0).page}.html")))
        return "" if made == self.brands else f"{self.brands - made} brands have no page of the first story"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--brands", default=300, type=int)
    parser.add_argument("--material", default="none", choices=("none", "share"))
    parser.add_argument("--peers-dir", type=Path)
    choices = parser.parse_args()
    equip()
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        try:
            if choices.material == "share":
                return _with_pictures(Path(work), choices.brands)
            return _compared(Path(work), choices.brands, installed(choices.peers_dir))
        except Failed as error:
            print(f"stopped: {error.args[0]}", file=sys.stderr)
            return 1


def _compared(work: Path, brands: int, peers: Path) -> int:
    theirs, hugo = work / "hugo", HugoHub(peers, brands)
    hugo.stage(theirs, STORIES)
    os.sync()
    bound = run(hugo.command(), theirs)
    _sound(hugo.lacking(theirs))
    ours = work / "ours"
    costs = list(_steps(OurHub(brands, "none"), ours))
    print(f"{brands} brands; hugo cold: {_told(bound)}")
    missed = 0
    for (step, part), cost in zip(GOALS, costs, strict=True):
        met = cost.wall <= bound.wall / part
        missed += not met
        told = f"1/{bound.wall / cost.wall:.1f} of hugo, processor time 1/{bound.cpu / cost.cpu:.1f}"
        print(f"{'met' if met else 'NOT MET':8}{step}: {_told(cost)}; {told}, at most 1/{part}")
    missed += _told_of_memory(costs)
    print(f"on disk: {_disk(ours / 'output') / 2**20:.0f} MB, hugo {_disk(theirs) / 2**20:.0f} MB")
    return 1 if missed else 0


def _with_pictures(work: Path, brands: int) -> int:
    missed = 0
    costs = []
    for (step, minutes), cost in zip(WITH_PICTURES, _steps(OurHub(brands, "share"), work), strict=True):
        met = cost.wall <= minutes * 60
        missed += not met
        costs.append(cost)
        print(
            f"{'met' if met else 'NOT MET':8}{step}, with pictures: {_told(cost)}, at most {minutes} min",
            flush=True,
        )
    missed += _told_of_memory(costs)
    print(f"on disk: {_disk(work / 'output') / 2**20:.0f} MB")
    return 1 if missed else 0


def _told_of_memory(costs: Sequence[Run]) -> bool:
    """Print the largest process of all; whether it was too large."""
    most = max(cost.megabytes for cost in costs)
    print(f"{'met' if most < MEGABYTES else 'NOT MET':8}largest process: {most:.0f} MB, at most {MEGABYTES}")
    return most >= MEGABYTES


def _steps(engine: OurHub, folder: Path) -> Iterator[Run]:
    engine.stage(folder, STORIES)
    os.sync()
    yield run(engine.command(folder), folder)
    _sound(engine.lacking(folder, STORIES))
    yield run(engine.command(folder), folder)
    engine.edit(folder, 1)
    yield run(engine.command(folder), folder)
    _sound(engine.lacking(folder, STORIES) or engine.edited(folder, 1))


def _sound(wrong: str) -> None:
    if wrong:
        raise Failed(wrong)


def _told(cost: Run) -> str:
    return f"{cost.wall:.2f} s (processor {cost.cpu:.2f} s, {cost.others:.1f} cores busy with other things)"


def _disk(folder: Path) -> int:
    """The bytes that the files take, each once however many names it has."""
    files = [file.lstat() for file in folder.rglob("*")]
    return sum({file.st_ino: file.st_blocks * 512 for file in files}.values())


def _brands(count: int) -> Iterator[dict[str, str]]:
    for i in range(count):
        id = f"merk-{i:04}"
        yield {"id": id, "name": f"Welzijn {i}", "url": f"https://{id}.example/", "sender": f"Stichting {i}"}


def _without(values: dict[str, str], name: str) -> dict[str, object]:
    return {key: value for key, value in values.items() if key != name}


def _languages(brands: Sequence[dict[str, str]]) -> Iterator[str]:
    """Hugo's configuration: a language with a host of its own for each brand, the texts for all."""
    yield '[[module.mounts]]\nsource = "content"\ntarget = "content"'
    yield '[module.mounts.sites.matrix]\nlanguages = ["**"]'
    for weight, brand in enumerate(brands, start=1):
        yield f'[languages.{brand["id"]}]\nbaseURL = "{brand["url"]}"\nweight = {weight}'
        own = SITE | {"title": brand["name"], "sender": brand["sender"], "url": brand["url"].rstrip("/")}
        yield f"title = {json.dumps(own['title'])}\n[languages.{brand['id']}.params]"
        yield from (f"{name} = {json.dumps(own[name])}" for name in ("title", "sender", "url"))


if __name__ == "__main__":
    sys.exit(main())
