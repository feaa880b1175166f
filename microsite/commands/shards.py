"""Members divided over machines: ``--shard 2/5`` builds one part, ``merge`` puts the parts together."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from microsite.commands import reports
from microsite.commands.errors import CommandError
from microsite.content.files import os_reason
from microsite.core.fingerprints import digest
from microsite.core.problems import Text, Translate, text
from microsite.core.records import Record
from microsite.core.settings import Project
from microsite.retired import sites_in

JUNIT = "junit.xml"
"""The JUnit report of a part, in its output folder, beside the index."""


class Shard(Record):
    """One of the parts that members are divided in, with a name such as ``2/5``."""

    number: int
    of: int

    @classmethod
    def parse(cls, written: str) -> Shard:
        """Raises ValueError for anything but two numbers, of which the first is not the larger."""
        number, of = map(int, written.split("/"))
        if not 1 <= number <= of:
            raise ValueError(written)
        return cls(number, of)

    def has(self, brand: str) -> bool:
        """Whether the brand with this id is in this part.

        That depends on nothing but its id: a new member moves no other one to another machine.
        """
        return int(digest(brand.encode()), 16) % self.of == self.number - 1


def merge(
    project: Project, folders: Sequence[Path], wanted: Sequence[str], junit: Path | None, translate: Translate
) -> bool:
    """Put the sites of parts together in the output folder, with one index and one JUnit report.

    ``folders`` are the output folders of the parts, ``wanted`` the ids of all members. Prints which members
    have no site in any of them, and returns False when there are such.

    Raises CommandError, before anything is written, when the output folder has something in it, a folder has
    no index, or two parts have a site of the same member.
    """
    if project.output.is_dir() and any(project.output.iterdir()):
        place = project.display_path(project.output)
        raise CommandError(
            text("{folder} is not empty", folder=place), text("choose an empty folder with --output")
        )
    sites, members, day = _parts(folders)
    try:
        project.output.mkdir(parents=True, exist_ok=True)
        for id, site in sites.items():
            shutil.copytree(site, project.output / id)
        index = {"day": day, "members": dict(sorted(members.items()))}
        (project.output / reports.INDEX).write_bytes(reports.as_json(index))
        if junit is not None:
            found = [file for folder in folders if (file := folder / JUNIT).is_file()]
            junit.write_bytes(reports.merged_junit([file.read_bytes() for file in found]))
    except OSError as error:
        raise CommandError(text("stopped: {reason}", reason=os_reason(error))) from None
    except ValueError:  # of a build that was cut off
        raise CommandError(
            text("a part has a damaged {file}; the sites are put together", file=JUNIT)
        ) from None
    print(text("sites put together: {count}", count=len(sites)).render(translate))
    missing = sorted(id for id in wanted if id not in sites)
    for id in missing:
        print(text("{brand}: no part has a site of this member", brand=id).render(translate))
    return not missing


def _parts(folders: Sequence[Path]) -> tuple[dict[str, Path], dict[str, Any], str]:
    """The folders of all sites and the status of each member, by id, and the day of the last build."""
    sites: dict[str, Path] = {}
    members: dict[str, Any] = {}
    days = [""]
    for folder in folders:
        try:
            index = reports.read_index(folder)
        except (OSError, ValueError):
            raise CommandError(_no_index(folder), text("build it with --all --shard")) from None
        members |= index.members
        days.append(index.day)
        for id, site in sites_in(folder).items():
            if id in sites:
                raise CommandError(
                    text(
                        "{brand} is in {one} and in {other}",
                        brand=id,
                        one=str(sites[id].parent),
                        other=str(folder),
                    ),
                    text("build both parts with the same number of parts, and without older sites"),
                )
            sites[id] = site
    return sites, members, max(days)


def _no_index(folder: Path) -> Text:
    return text("{folder} is no folder of sites: it has no {file}", folder=str(folder), file=reports.INDEX)
