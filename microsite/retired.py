"""Sites in the output folder whose brand was not built with the others: it left, or its folder is elsewhere.

The state of each site has a note of the folder of its brand, and a copy of it is with that of the manifest.
When the folder is gone from among others, the site is removed; a folder that cannot be looked at, as on a
drive that is not there, is not gone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from microsite import material
from microsite.content.files import Layer, os_reason
from microsite.core.files import remove_unless_file, replace_file, seal, unseal
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, PublishError, Text, text
from microsite.core.settings import BRAND_FILE, BRAND_ID, ZIP_SUFFIX, Project
from microsite.publishing import disk
from microsite.publishing.publisher import PublishedSite
from microsite.publishing.result import Published, Result
from microsite.publishing.swap import backup_file
from microsite.session import Session


def remember_folder(project: Project, folder: Path) -> None:
    """Note where the brand of a site is. Without the note its site is not removed."""
    note = seal(os.fsencode(folder.absolute()))
    for file in _notes(project, folder.name):
        with contextlib.suppress(OSError):
            remove_unless_file(file)
            replace_file(file, note)


def _notes(project: Project, id: str) -> tuple[Path, Path]:
    """The files with the folder of a site's brand."""
    return project.state_folder / id / "folder", backup_file(project.output / id).with_suffix(".folder")


def every_brand(project: Project) -> list[Path]:
    """The folders of all brands, and those in ``brands/`` with a site whose brand.yaml is not there."""
    home = project.folder("brands")
    known = brands_in(home)
    return [home / id for id in sorted([*known, *(i for i in others(project, known) if (home / i).is_dir())])]


def brands_in(home: Path) -> list[str]:
    """The ids of the brands in this folder."""
    names = (file.parent.name for file in home.glob(f"*/{BRAND_FILE}"))
    return sorted(name for name in names if not name.startswith("."))


def sites_in(output: Path) -> dict[str, Path]:
    """The folders of the sites in an output folder, by the ids of their brands."""
    folders = sorted(page.parent for page in output.glob("*/index.html"))
    return {folder.name: folder for folder in folders if BRAND_ID.fullmatch(folder.name)}


def others(project: Project, built: Collection[str]) -> list[str]:
    """The ids of the sites in the output folder that are not among those that were built.

    One that is no id is of a copy, as cloud drives make: ``buurt (1)``.
    """
    state, output = project.state_folder, project.output
    behind = {os.path.realpath(output / id) for id in built}  # a site may be a link to a folder beside it
    sites = {id for id in _names(output).difference(built) if _is_ours(output / id)}
    known = {id for id in sites if id[:1] != "." and os.path.realpath(output / id) not in behind}
    known |= {id for id in _names(state).difference(built) if _exists(state / id, "folder", "manifest.json")}
    return sorted(id for id in known if id in sites or BRAND_ID.fullmatch(id))


def _names(folder: Path) -> set[str]:
    """What is in ``folder``. Nothing is raised here: whatever is there, sites are built."""
    with contextlib.suppress(OSError):
        return {entry.name for entry in folder.iterdir()}
    return set()


def _exists(folder: Path, *names: str) -> bool:
    return any(os.path.isfile(f"{folder}/{name}") for name in names)  # noqa: PTH113 -- raises nothing


def _is_ours(site: Path) -> bool:
    """Whether its first page is one of this program."""
    return _exists(site, "index.html") and disk.kind_of_page(site / "index.html") is not None


def brand_folder(project: Project, id: str) -> Path | None:
    """The folder of a site's brand, which may be gone; None when it is not known or cannot be looked at."""
    for note in _notes(project, id):
        with contextlib.suppress(OSError):
            if (noted := unseal(note.read_bytes())) is not None:
                folder = Path(os.fsdecode(bytes(noted)))
                return folder if folder.is_dir() or has_left(folder) else None
    return None


def has_left(folder: Path) -> bool:
    """Whether a brand's folder is gone: the folder that it was in has others. Raises OSError."""
    names = {entry.name for entry in folder.parent.iterdir()}
    return bool(names) and folder.name not in names


def overdue_pages(session: Session, id: str, folder: Path | None) -> tuple[str, ...]:
    """The texts on a site that may no longer be shown; of an unknown brand, as far as national texts tell."""
    from microsite import reduced  # imports the pipeline

    files = session.files(folder) if folder is not None else Layer(id, (), rejected=("",))
    with _site(session, id) as site:
        return reduced.overdue_pages(site, session.pipeline().plan(files))


def unknown(session: Session, id: str, overdue: Collection[str]) -> Result:
    """The result of a site of which it is not known whose it is."""
    shown = session.project.output / id
    place = Place(session.project.display_path(shown))
    problems = [Problem(place, _UNKNOWN, _KNOWN)]
    if overdue:
        from microsite.reduced import OVERDUE

        problems.insert(0, Problem(place, OVERDUE.format(count=len(overdue)), _KNOWN))
    return Result(id, shown, Published(), tuple(problems), False, overdue=len(overdue))


_UNKNOWN = text("it is not known whose site this is, so it was not built")
_KNOWN = text("build it once with --brand and its folder, or take this site away yourself")


def remove(session: Session, id: str, folder: Path) -> Result:
    """Remove the site of a brand that left: its files, its ZIP, its state, and what is cached of it.

    Only files that we made, and that are as we made them. As long as others of ours are there, they are
    overdue, and the next build tries again.
    """
    project, shown = session.project, session.project.output / id
    place = Place(project.display_path(shown))
    removed: list[str] = []
    try:
        with _site(session, id) as site:
            left = _remove_files(site, removed)
            zipped = site.remove_zip()
        material.remove(session, id)
        if not left:
            _forget(session, id)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the site stays and is told
        reason = error.problem.message if isinstance(error, PublishError) else _reason(error)
        stays = Problem(place, _STAYS, _TAKE_AWAY.format(files=place.path))
        published = Published(removed=tuple(removed))
        return Result(id, shown, published, (stays, Problem(place, reason)), False, overdue=1, left=True)
    published = Published(removed=tuple(removed), zip_removed=zipped)
    if left:
        files = ", ".join(f"{place.path}/{path}" for path in left)
        problem = Problem(place, _STAYS, _TAKE_AWAY.format(files=files))
        return Result(id, shown, published, (problem,), False, overdue=len(left), left=True)
    problems = [Problem(place, _LEFT.format(folder=project.display_path(folder)), _BACK, "notice")]
    problems += [
        Problem(Place(project.display_path(kept)), _NOT_OURS, _LOOK, "warning")
        for kept in (shown, shown.with_name(f"{id}{ZIP_SUFFIX}"))
        if os.path.lexists(kept)
    ]
    return Result(id, shown, published, tuple(problems), True, left=True)


_LEFT = text("there is no folder {folder} any more, so its site is taken away, with all that was kept of it")
_BACK = text("if that was a mistake: put the folder back and build again")
_STAYS = text("URGENT: this organisation has left, and its site could not be taken away as a whole")
_TAKE_AWAY = text("take it away yourself: {files}")
_NOT_OURS = text("what is left here was not made by this program, or was changed since")
_LOOK = text("look whether it shows anybody, and take it away yourself")


def _site(session: Session, id: str) -> PublishedSite:
    shown = session.project.output / id
    return PublishedSite(shown, session.project.display_path(shown))


def _reason(error: Exception) -> Text:
    reason = os_reason(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
    return text("cannot be taken away: {reason}", reason=reason)


def _remove_files(site: PublishedSite, removed: list[str]) -> list[str]:
    """Remove the files of a site; returns those that stay, because they cannot be removed or were changed."""
    known, found = site.manifest(), disk.stamps(site.folder)
    if not known.files:
        return sorted(found)
    left = []
    for path in sorted(known.files.keys() & found.keys()):
        file, entry = site.folder / path, known.files[path]
        try:
            if found[path] != entry.stamp and digest(file.read_bytes()) != entry.digest:
                left.append(path)
                continue
            file.unlink()
            removed.append(path)
        except OSError:
            left.append(path)
    disk.remove_empty_folders(site.folder)
    with contextlib.suppress(OSError):  # files that are not ours, or a link
        site.folder.rmdir()
    return left


def _forget(session: Session, id: str) -> None:
    from microsite.loading import forget_layer  # seldom needed

    forget_layer(session.cache(), id)
    shutil.rmtree(session.project.state_folder / id)
    for copy in (backup_file(session.project.output / id), _notes(session.project, id)[1]):
        copy.unlink(missing_ok=True)
