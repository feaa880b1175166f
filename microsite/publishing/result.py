"""The results of publishing and of building one brand's site."""

from __future__ import annotations

from pathlib import Path

from microsite.core.problems import Problem
from microsite.core.records import Record
from microsite.publishing.manifest import OwnFile


class Published(Record):
    """What publishing changed, as paths. ``made`` files had other inputs, ``written`` ones have other bytes.

    ``because`` says for each made file why it was made, see ``manifest.reasons``.
    ``zip_removed``: a ZIP of the old site was removed too. ``others`` are other people's files that stayed.
    """

    made: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    because: tuple[tuple[str, tuple[str, ...]], ...] = ()
    zip_removed: bool = False
    others: tuple[str, ...] = ()

    def joined(self, other: Published, prefix: str) -> Published:
        """This and what changed in a folder beside it, of which the paths get a prefix."""

        def named(paths: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(f"{prefix}{path}" for path in paths)

        because = tuple((f"{prefix}{path}", reasons) for path, reasons in other.because)
        return Published(
            (*self.made, *named(other.made)),
            (*self.written, *named(other.written)),
            (*self.removed, *named(other.removed)),
            (*self.because, *because),
            self.zip_removed,
        )


class Result(Record):
    """The outcome for one brand.

    ``done``: the site is up to date without errors. ``parsed``: the names of the texts
    that were read, not taken from the cache. ``national``: see ``Session.national_versions``.
    ``overdue``: how many pages are still published that may no longer be shown.
    ``left``: the brand is gone, and its site is removed (``done``) or has to be.
    ``reduced``: published without what is wrong in the member's folder, because some had to go.
    """

    brand: str
    folder: Path
    published: Published
    problems: tuple[Problem, ...]
    done: bool
    seconds: float = 0.0
    parsed: tuple[str, ...] = ()
    national: tuple[tuple[str, str], ...] = ()
    advice: tuple[Problem, ...] = ()
    own: tuple[OwnFile, ...] = ()
    overdue: int = 0
    reduced: bool = False
    left: bool = False
