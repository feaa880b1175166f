"""Builds that are stopped: by a kill, or by a system that refuses, at any call they make.

A ``Bench`` is a tiny campaign before and after a change, with the bytes of both
sites. A ``Fault`` is what befalls one build. ``strace`` does it, for nothing in
the program itself can be killed between any two calls.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers import processes, sites
from helpers.sites import BRAND, DAY, Campaign

STRACE = shutil.which("strace")

CALLS = (
    "openat",
    "write",
    "pwrite64",
    "mkdir",
    "rmdir",
    "link",
    "rename",
    "renameat2",
    "unlink",
    "unlinkat",
    "chmod",
    "utimensat",
    "flock",
    "getdents64",
)
"""The kinds of call that change something, and some of those that look."""

BELONGS = re.compile(
    rf"stamps\.json|consents(?:\.copy|\.missing)?\.json|{BRAND}/(lock|folder|manifest\.json)|store/values/[a-z]+/[0-9a-f]{{32}}/[0-9a-f]{{32}}"
    rf"|store/files/(..)/\2[0-9a-f]{{30}}-[0-9a-f]{{32}}"
    rf"|store/templates/[a-z0-9.-]+\.jinja|{BRAND}/style\.bin"
)
"""What a build may leave in .microsite/."""

DRAFT = ".microsite-new"

NO_EXCHANGE = ("-e", "inject=renameat2:error=EINVAL")
"""Make folders unable to change places, as on some network drives."""

Tree = Mapping[str, bytes]

STORY = "content/verhalen/anouk.md"
OLD: dict[str, str | bytes] = {
    "content/site.yaml": sites.SITE.replace("footer_menu:\n  - {title: Contact, page: contact.md}\n", ""),
    "content/index.md": sites.page("Deur voor deur", "Welkom."),
    "content/contact.md": sites.page(),
    "content/weg.md": sites.page("Straks weg", "Deze pagina gaat weg."),
    "content/verhalen/index.md": sites.page("Verhalen", "Van mensen."),
    STORY: sites.story("Anouk doet open", extra="image: {src: anouk.svg, alt: Een rond raam}\n"),
    "content/verhalen/anouk.svg": sites.drawing(),
    f"brands/{BRAND}/brand.yaml": sites.BRAND_FILE,
    f"brands/{BRAND}/logo.svg": sites.LOGO,
}
PHOTO = '![Een straat](straat.jpg "Foto: J. de Wit")'


def change(campaign: Campaign) -> None:
    """A changed page, a new one with a photo, one that goes, and another drawing."""
    campaign.write("content/contact.md", sites.page(body="Bel gerust."))
    campaign.write("content/nieuw.md", sites.page("Nieuw", PHOTO))
    campaign.write("content/straat.jpg", sites.jpeg(size=(64, 40)))
    campaign.write("content/verhalen/anouk.svg", sites.drawing(9))
    campaign.remove("content/weg.md")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a build ended. ``killed`` is a build that did not end by itself."""

    status: int
    said: str

    @property
    def killed(self) -> bool:
        return self.status in (-9, 137)


@dataclass(slots=True)
class Bench:
    """``old`` and ``new`` are the two sites; ``before`` is the output folder as it was before the change."""

    campaign: Campaign
    before: Path
    old: Tree
    new: Tree

    @property
    def shown(self) -> Path:
        return self.campaign.output / BRAND

    def reset(self) -> None:
        """The output folder as it was before the change."""
        shutil.rmtree(self.campaign.output, ignore_errors=True)
        if self.before.is_dir():
            clone(self.before, self.campaign.output)

    def build(self, *options: str, day: str = DAY) -> Ended:
        """The real program in a process of its own; ``options`` are those of strace."""
        return run(self.command(day), options)

    def command(self, day: str = DAY) -> list[str]:
        return command(self.campaign, day)

    def tree(self) -> Tree:
        return everything(self.shown)

    def verdict(self) -> str:
        """What is shown now: "new", "old", or how it differs from both."""
        seen = self.tree()
        if seen == self.new:
            return "new"
        return "old" if seen == self.old else f"torn: {difference(seen, self.new)}"

    def foreign_bytes(self) -> list[str]:
        """Files whose bytes are of neither site, in a folder that is on its way from the one to the other.

        A file is put beside its place first, under a name that no page refers to.
        """
        found = {path: data for path, data in self.tree().items() if not path.endswith(DRAFT)}
        return [path for path, data in found.items() if data not in (self.old.get(path), self.new.get(path))]

    def dangling(self) -> list[str]:
        """Files that are not there although a page that is there refers to them."""
        seen = self.tree()
        wanted = set()
        for name, data in seen.items():
            if name.endswith(".html"):
                for path in self.old.keys() | self.new.keys():
                    if path.startswith(("beeld/", "css/", "js/")) and path.encode() in data:
                        wanted.add(path)
        return sorted(wanted - seen.keys())

    def mended(self, ended: Ended) -> str:
        """Empty when this build ended well, with the new site and nothing lying about; else what is wrong."""
        if ended.status != 0 or ended.said.count("\n") != 1:
            return f"status {ended.status}: {ended.said}"
        if (seen := self.verdict()) != "new":
            return f"the next build leaves {seen}"
        return f"left behind: {left}" if (left := litter(self.campaign)) else ""


def first(folder: Path) -> Bench:
    """A campaign that was never built."""
    campaign = Campaign(folder / "campagne", folder / "uit")
    for path, content in OLD.items():
        campaign.write(path, content)
    change(campaign)
    return Bench(campaign, folder / "voor", {}, cold(campaign, folder))


def changed(folder: Path) -> Bench:
    """A campaign that was built, and changed since."""
    campaign = Campaign(folder / "campagne", folder / "uit")
    for path, content in OLD.items():
        campaign.write(path, content)
    sites.settle(campaign.root)
    ended = run(command(campaign))
    assert ended.status == 0, ended.said
    clone(campaign.output, folder / "voor")
    old = everything(campaign.site)
    change(campaign)
    sites.settle(campaign.root)
    return Bench(campaign, folder / "voor", old, cold(campaign, folder))


def cold(campaign: Campaign, folder: Path) -> Tree:
    """What a first build of this campaign makes."""
    elsewhere = Campaign(campaign.root, folder / "koud")
    shutil.rmtree(elsewhere.output, ignore_errors=True)
    ended = run(command(elsewhere))
    assert ended.status == 0, ended.said
    return everything(elsewhere.site)


def command(campaign: Campaign, day: str = DAY, jobs: int = 1) -> list[str]:
    return processes.command("build", campaign, "--date", day, "--jobs", str(jobs))


def strace(*options: str) -> list[str]:
    assert STRACE is not None, "strace is missing: python scripts/setup_tools.py tools"
    return [STRACE, "-f", "-qq", *options]


def run(words: Sequence[str], options: Sequence[str] = ()) -> Ended:
    if options:
        kinds = ",".join(re.findall(r"inject=([\w,]+)", " ".join(options)))
        words = [*strace("-o", os.devnull, "-e", f"trace={kinds}", *options), *words]
    done = subprocess.run(
        words, env=processes.environment(), capture_output=True, text=True, timeout=120, check=False
    )
    return Ended(done.returncode, done.stdout + done.stderr)


# ── points ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls a build at the ``when``-th call of this kind: ``signal=SIGKILL``, ``error=ENOSPC``."""

    call: str
    when: int
    what: str = "signal=SIGKILL"

    @property
    def options(self) -> tuple[str, ...]:
        return ("-e", f"inject={self.call}:{self.what}:when={self.when}")


def calls(bench: Bench, options: Sequence[str] = ()) -> dict[str, list[int]]:
    """The numbers of the calls that touch the build's folders, by kind, once it has opened its state.

    A kill at any other call, such as loading a library, leaves the disk as a kill at the next of these does.
    """
    log = bench.before.parent / "calls.log"
    words = strace("-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}", *options)
    subprocess.run([*words, *bench.command()], env=processes.environment(), capture_output=True, check=False)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    main = lines[0].split()[0]
    count = dict.fromkeys(CALLS, 0)
    found: dict[str, list[int]] = {}
    begun = False
    for line in lines:
        process, _, rest = line.partition(" ")
        kind = rest.strip().partition("(")[0]
        if process == main and kind in count:
            count[kind] += 1
            begun = begun or str(bench.campaign.state) in rest
            if begun and str(bench.before.parent) in rest:
                found.setdefault(kind, []).append(count[kind])
    return found


def spread(numbers: Sequence[int], count: int) -> list[int]:
    """At most ``count`` of these numbers, evenly spread, the first and the last among them."""
    if len(numbers) <= count:
        return list(numbers)
    if count == 1:
        return [numbers[len(numbers) // 2]]
    return [numbers[i * (len(numbers) - 1) // (count - 1)] for i in range(count)]


def points(found: Mapping[str, Sequence[int]], each: Callable[[str], int]) -> list[Fault]:
    return [Fault(kind, when) for kind, numbers in found.items() for when in spread(numbers, each(kind))]


# ── folders ───────────────────────────────────────────────────────────────────


def clone(source: Path, target: Path) -> None:
    """A copy with the same times and the same links between files."""
    subprocess.run(["/bin/cp", "-a", str(source), str(target)], check=True)


def litter(campaign: Campaign) -> list[str]:
    """What is in .microsite/ that does not belong there."""
    return [path for path in everything(campaign.state) if not BELONGS.fullmatch(path)]


def everything(folder: Path) -> Tree:
    """Every file below the folder; what is no file has its kind instead of bytes."""
    return dict(_walk(folder))


def _walk(folder: Path) -> Iterator[tuple[str, bytes]]:
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            known = file.is_file() and not file.is_symlink()
            yield file.relative_to(folder).as_posix(), file.read_bytes() if known else b"not a file"


def difference(seen: Tree, wanted: Tree) -> str:
    missing = sorted(wanted.keys() - seen.keys())
    more = sorted(seen.keys() - wanted.keys())
    other = sorted(path for path in seen.keys() & wanted.keys() if seen[path] != wanted[path])
    return f"missing {missing}, too many {more}, other bytes {other}"
