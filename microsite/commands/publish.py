"""``publish``: bring all sites to a web server with rsync, and the studio; take away those of who left."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Collection
from pathlib import Path

from microsite.commands.errors import CommandError
from microsite.core.problems import Translate, text
from microsite.core.settings import BRAND_ID, STUDIO, Project
from microsite.retired import sites_in

LIST = ".microsite-sites"
"""A file beside the published sites with their ids. A folder that it does not name is left alone."""

# By content: sites that come from another machine have the times of their way here.
_OPTIONS = ("--recursive", "--checksum", "--chmod=D755,F644", "--mkpath")
_WHOLE = ("--delete-delay", "--delay-updates")
_NOT_THERE = "No such file or directory"


def publish(project: Project, target: str, wanted: Collection[str], translate: Translate) -> bool:
    """Bring each site in the output folder to ``target/<id>/``, and the studio when there is one.

    ``wanted`` are the ids of all members. ``target`` is what rsync takes: a folder, or
    ``user@server:/folder``. A site that cannot be brought there stops no other. The folders of members that
    left are emptied. Prints what went wrong, and returns False then.

    Raises CommandError when there is no rsync, nothing to publish, or the target cannot be reached.
    """
    if shutil.which("rsync") is None:
        raise CommandError(text("there is no rsync on this machine"), text("install the package 'rsync'"))
    sites = set(sites_in(project.output))
    if not sites:
        place = project.display_path(project.output)
        raise CommandError(text("there is no site in {folder}: build first", folder=place))
    with tempfile.TemporaryDirectory() as work:
        server = _Server(target, Path(work))
        before = server.published()
        failed = {id: problem for id in sites if (problem := server.bring(project.output / id, id))}
        if (project.output / STUDIO / "index.html").is_file() and (
            problem := server.bring(project.output / STUDIO, STUDIO)
        ):
            failed[STUDIO] = problem
        left = sorted(before - sites - set(wanted))
        failed |= {id: problem for id in left if (problem := server.empty(id))}
        server.remember(sorted((before | (sites - failed.keys())) - (set(left) - failed.keys())))
    told = [_FAILED.format(brand=id, reason=problem) for id, problem in failed.items()]
    told += [_NOT_BUILT.format(brand=id) for id in sorted((before & set(wanted)) - sites)]
    brought, removed = len(sites - failed.keys()), len(set(left) - failed.keys())
    for line in (*told, _DONE.format(sites=brought, removed=removed)):
        print(line.render(translate))
    return not told


_FAILED = text("URGENT: {brand} is not brought up to date online: {reason}")
_NOT_BUILT = text(
    "URGENT: there is no site of {brand}, so what is online stays as it was:"
    " look whether it shows somebody who withdrew"
)
_UNREACHED = text("cannot reach {target}: {reason}")
_DONE = text("sites online: {sites}; taken away, of members that left: {removed}")


class _Server:
    """The place where the sites go. ``work`` is an empty folder for a moment's use."""

    def __init__(self, target: str, work: Path) -> None:
        self._target = target.rstrip("/")
        self._work = work

    def published(self) -> set[str]:
        """The ids of the sites that were brought there before."""
        problem = self._rsync(f"{self._target}/{LIST}", str(self._work / LIST))
        if problem and _NOT_THERE not in problem:
            raise CommandError(_UNREACHED.format(target=self._target, reason=problem))
        try:
            names = (self._work / LIST).read_text(encoding="ascii", errors="replace").split()
        except FileNotFoundError:
            return set()
        return set(filter(BRAND_ID.fullmatch, names))

    def bring(self, site: Path, id: str) -> str:
        """Make the site there as it is here; returns what went wrong, or nothing."""
        return self._rsync(*_WHOLE, f"{site}/", f"{self._target}/{id}/")

    def empty(self, id: str) -> str:
        nothing = self._work / "nothing"
        nothing.mkdir(exist_ok=True)
        return self._rsync("--delete", f"{nothing}/", f"{self._target}/{id}/")

    def remember(self, ids: Collection[str]) -> None:
        (self._work / LIST).write_text("".join(f"{id}\n" for id in ids), encoding="ascii")
        if problem := self._rsync(str(self._work / LIST), f"{self._target}/{LIST}"):
            raise CommandError(_UNREACHED.format(target=self._target, reason=problem))

    def _rsync(self, *arguments: str) -> str:
        environment = {**os.environ, "LC_ALL": "C"}
        command = ["rsync", *_OPTIONS, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode == 0:
            return ""
        return (done.stderr.strip().splitlines() or [f"rsync: {done.returncode}"])[0]
