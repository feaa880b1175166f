"""The source files of a project, scanned once per build and identified by a digest of their contents.

A layer is one folder of them: the national content, a member's folder, the templates. Links are not
followed, so a layer has no files from outside its folder.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from microsite.core.file_types import SOUNDS, VIDEOS
from microsite.core.fingerprints import digest
from microsite.core.problems import InvalidFile, Place, Problem, Text, printable, text, unique
from microsite.core.records import Record, replace

MAX_BYTES = 64 * 1024 * 1024
MAX_TEXT_BYTES = 1024 * 1024
MAX_PAGE_BYTES = 4 * 1024 * 1024
"""Of a page this much is read to see whether somebody withdrew: a photo may have been pasted into it."""
MAX_DATA_BYTES = 8 * 1024 * 1024
"""For files whose reader has a limit of its own, and says better what to do."""
MAX_FILES = 50_000
"""Files in a layer. Reading more would keep all other brands waiting."""
MAX_DEPTH = 20
"""Folders within each other."""
MAX_NAME = 150
"""Characters in the name of a file. Published files add a suffix to it, and file systems allow 255 bytes."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10))}
)
_DATA_SUFFIXES = frozenset({".svg", ".json"})
HIDDEN_ON_SERVERS = frozenset({".htaccess", ".htpasswd", ".nojekyll", ".well-known"})
"""Hidden files that mean something to web servers: no text is made of them, which is told."""

TEXT_SUFFIXES = frozenset({".md", ".yaml", ".html", ".xml", ".css", ".js", ".svg", ".txt", ".json"})

# A file may change again within the resolution of timestamps, so the stamp of a recent change is not kept.
_SETTLED_NS = 2_000_000_000


class FileChanged(Exception):
    """A file changed after it was scanned. The caller has to scan again."""


class Source(Record):
    """A file: ``path`` within its layer, ``name`` from the project's folder, ``file`` on disk.

    One that is not on disk has its contents as ``data``.
    """

    path: str
    name: str
    layer: str
    digest: str
    file: str
    size: int = 0
    data: bytes | None = None

    @property
    def fingerprint(self) -> str:
        return self.digest

    @property
    def suffix(self) -> str:
        return os.path.splitext(self.path)[1].lower()

    def read(self) -> bytes:
        """The contents that were scanned. Raises FileChanged when they are different now."""
        if self.data is not None:
            return self.data
        try:
            data = _read(self.file)
        except OSError as error:
            raise FileChanged(self.name) from error
        if digest(data) != self.digest:
            raise FileChanged(self.name)
        return data


Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, and inode of a file. It is unchanged as long as these are equal."""

Stamps = Mapping[str, tuple[Stamp, str]]
"""The stamp and digest of each file, by its absolute path."""


class Layer(Record):
    """All files of one folder, sorted by path.

    ``rejected`` are the paths of files that cannot be used and of folders that cannot be listed: ``a/b/``,
    or ``""`` for the whole layer.
    """

    name: str
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...] = ()
    rejected: tuple[str, ...] = ()

    def by_path(self) -> dict[str, Source]:
        return {source.path: source for source in self.sources}

    def subfolder(self, folder: str) -> Layer:
        """The files in one folder of this layer, with paths relative to it."""
        prefix = f"{folder}/"
        return Layer(
            self.name,
            tuple(
                replace(source, path=source.path.removeprefix(prefix))
                for source in self.sources
                if source.path.startswith(prefix)
            ),
            rejected=tuple(
                path.removeprefix(prefix)
                for path in self.rejected
                if path.startswith(prefix) or prefix.startswith(path)
            ),
        )

    def digests(self) -> dict[str, str]:
        """The digest of each file by its path."""
        return {source.path: source.digest for source in self.sources}


def in_memory(name: str, display_path: str, files: Mapping[str, bytes]) -> Layer:
    """A layer of files that are not on disk. ``display_path`` is its folder in messages."""
    return Layer(
        name,
        tuple(
            Source(path, f"{display_path}/{path}", name, digest(data), "", len(data), data)
            for path, data in sorted(files.items())
        ),
    )


def scan(folder: Path, layer: str, display_path: str, known: Stamps, now_ns: int) -> tuple[Layer, Stamps]:
    """The files in ``folder``, and their stamps. Only files whose stamp is not in ``known`` are read.

    ``display_path`` is the name of the folder in messages. A folder that does not exist is an empty layer.
    Hidden files, but for ``HIDDEN_ON_SERVERS``, and editors' backups are ignored.
    """
    found = _Walk(folder, display_path)
    found.run()
    problems, rejected = found.problems, found.rejected
    sources: list[Source] = []
    stamps: dict[str, tuple[Stamp, str]] = {}
    for written, (file, status) in found.files.items():
        path = unicodedata.normalize("NFC", written)  # macOS may have accents as signs of their own
        name = printable(f"{display_path}/{path}" if display_path else path)
        stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        problem = _file_problem(Place(name), path, status)
        if problem is None:
            try:
                before = known.get(file)
                content = before[1] if before is not None and before[0] == stamp else digest(_read(file))
            except OSError as error:
                problem = os_problem(Place(name), error)
        if problem is not None:
            problems.append(problem)
            rejected.append(path)
            continue
        sources.append(Source(path, name, layer, content, file, status.st_size))
        if max(status.st_mtime_ns, status.st_ctime_ns) < now_ns - _SETTLED_NS:
            stamps[file] = stamp, content
    sources.sort(key=lambda source: source.path)
    problems += _collisions(sources)
    return Layer(layer, tuple(sources), tuple(problems), tuple(rejected)), stamps


def rescan(source: Source) -> Source | None:
    """The file as it is now; None when it is as it was, or cannot be used."""
    try:
        status = os.lstat(source.file)
        if _file_problem(Place(source.name), source.path, status) is not None:
            return None
        found = digest(_read(source.file))
    except OSError:
        return None
    return replace(source, digest=found, size=status.st_size) if found != source.digest else None


def overlay(below: Layer, above: Layer) -> Layer:
    """``below`` with the files of ``above`` added, or in the place of those with the same path.

    A notice says which files are replaced, but for equal ones.
    """
    before = below.by_path()
    sources = sorted((before | above.by_path()).values(), key=lambda source: source.path)
    replaced = (
        Problem(Place(source.name), _REPLACES, _COMPARE, "notice")
        for source in above.sources
        if source.path in before and source.digest != before[source.path].digest
    )
    problems = (*below.problems, *above.problems, *_collisions(sources), *replaced)
    return Layer(below.name, tuple(sources), unique(problems), (*below.rejected, *above.rejected))


_REPLACES = text("takes the place of our file of this name")
_COMPARE = text("compare the two after each update of the program; without this file ours is used")


def os_problem(place: Place, error: OSError) -> Problem:
    """An error of the operating system as a problem with a file."""
    return Problem(
        place,
        text("cannot read this: {reason}", reason=os_reason(error)),
        os_advice(error) or text("check that the file is there and that you may read it"),
    )


def not_loaded(place: Place, error: ImportError) -> Problem:
    """A module that could not be imported: a system out of files or memory, or an incomplete installation."""
    return Problem(
        place,
        text("a part of the program could not be loaded: {reason}", reason=str(error)),
        text(
            "see whether many programs are running or the disk is full; if not, install it again: make site"
        ),
    )


def os_reason(error: OSError) -> str:
    """What the operating system calls it, to be translated."""
    return error.strerror or type(error).__name__


def os_advice(error: OSError) -> Text | None:
    """What to do when the machine lacks something, whatever file it was about."""
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return text("close other programs, or allow more open files (ulimit -n), and build again")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return text("make room on the disk, and build again")
    return None


_REASONS = (  # the messages of operating systems, named here for the catalogue
    text("No such file or directory"),
    text("Permission denied"),
    text("No space left on device"),
    text("Read-only file system"),
    text("Is a directory"),
    text("Not a directory"),
    text("File exists"),
    text("File name too long"),
    text("Too many open files"),
    text("Input/output error"),
    text("Disk quota exceeded"),
    text("File too large"),
    text("Operation not permitted"),
)


class _Walk:
    """The files below a folder, with their absolute paths, by path; and what is not taken of it."""

    def __init__(self, folder: Path, display_path: str) -> None:
        self._folder = folder
        self._display_path = display_path
        self._waiting = [""]
        self.files: dict[str, tuple[str, os.stat_result]] = {}
        self.problems: list[Problem] = []
        self.rejected: list[str] = []

    def run(self) -> None:
        """Without recursion: a folder may have thousands within each other."""
        while self._waiting:
            within = self._waiting.pop()
            if len(self.files) >= MAX_FILES:
                self.rejected.append(within and f"{within}/")
            elif within.count("/") >= MAX_DEPTH:
                self._reject(f"{within}/", Problem(self._place(within), _TOO_DEEP, _FLATTER))
            else:
                self._list(within)

    def _list(self, within: str) -> None:
        try:
            with os.scandir(self._folder / within) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:
            return
        except OSError as error:
            self._reject(within and f"{within}/", os_problem(self._place(within), error))
            return
        for entry in found:
            path = f"{within}/{entry.name}" if within else entry.name
            if not _is_ignored(entry.name):
                try:
                    self._take(path, entry)
                except OSError as error:
                    self._reject(path, os_problem(self._place(path), error))

    def _take(self, path: str, entry: os.DirEntry[str]) -> None:
        if entry.is_symlink():
            self.problems.append(Problem(self._place(path), *_LINK))
        elif entry.is_dir(follow_symlinks=False):
            self._waiting.append(path)
        elif len(self.files) < MAX_FILES:
            self.files[path] = entry.path, entry.stat(follow_symlinks=False)
        else:
            self._reject(path, Problem(Place(self._display_path), _TOO_MANY, _FEWER))

    def _reject(self, path: str, problem: Problem) -> None:
        self.rejected.append(path)
        if problem not in self.problems[-1:]:  # once for all files that are too many
            self.problems.append(problem)

    def _place(self, path: str) -> Place:
        return Place(printable(f"{self._display_path}/{path}".strip("/") if path else self._display_path))


_TOO_DEEP = text("more than {limit} folders stand within each other here", limit=MAX_DEPTH)
_FLATTER = text("put what is in it in a folder higher up, or take it away")
_TOO_MANY = text("there are more than {limit} files here", limit=MAX_FILES)
_FEWER = text("take away what does not belong to the campaign")
_LINK = (
    text("is a link to another place, which is not followed"),
    text("put the file itself here"),
)


def _is_ignored(name: str) -> bool:
    hidden = name.startswith((".", "#", "~")) and name.lower() not in HIDDEN_ON_SERVERS
    return hidden or name.endswith("~") or name == "__pycache__"


def _file_problem(place: Place, path: str, status: os.stat_result) -> Problem | None:
    if not path.isprintable() or "\\" in path:
        return Problem(
            place,
            text("the file's name has characters that cannot be in a web address"),
            text("give it a name of letters, digits and hyphens"),
        )
    name = path.rpartition("/")[2]
    if len(name) > MAX_NAME:
        return Problem(
            place,
            text(
                "the file's name has {count} characters; at most {limit} are taken",
                count=len(name),
                limit=MAX_NAME,
            ),
            text("give it a shorter name"),
        )
    if any(part.partition(".")[0].strip().lower() in _DEVICES for part in path.split("/")):
        return Problem(
            place,
            text("Windows cannot have a file of this name"),
            text("give it a name of letters, digits and hyphens"),
        )
    if not stat.S_ISREG(status.st_mode):
        return Problem(place, text("is not a file"), text("remove it from this folder"))
    suffix = os.path.splitext(path)[1].lower()
    if status.st_size > (MAX_PAGE_BYTES if suffix == ".md" else _limit(suffix)):
        return too_large(place, status.st_size, _limit(suffix))
    return None


def too_large(place: Place, size: int, limit: int) -> Problem:
    """A file of so many bytes, more than ``limit``."""
    tenths = -(-size * 10 // (1 << 20))  # rounded up: never just the limit
    amount = f"{tenths // 10},{tenths % 10}"
    told = text("is {size} MB; at most {limit} MB is taken", size=amount, limit=limit >> 20)
    clip = place.path.lower().endswith((*VIDEOS, *SOUNDS))
    return Problem(place, told, _SMALLER_CLIP if clip else text("make the file smaller"))


_SMALLER_CLIP = text("export it smaller (1280 by 720, 2 Mbit a second), or link to it elsewhere")


def _limit(suffix: str) -> int:
    """The most bytes that are read of a file with this suffix."""
    if suffix in _DATA_SUFFIXES:
        return MAX_DATA_BYTES
    return MAX_TEXT_BYTES if suffix in TEXT_SUFFIXES else MAX_BYTES


def _collisions(sources: list[Source]) -> list[Problem]:
    """Files whose names are equal on file systems without case, such as those of macOS and Windows."""
    seen: dict[str, Source] = {}
    problems: list[Problem] = []
    for source in sources:
        other = seen.setdefault(unicodedata.normalize("NFC", source.path).casefold(), source)
        if other is not source:
            problems.append(
                Problem(
                    Place(source.name),
                    _SAME_NAME if other.path == source.path else _SAME_BUT.format(other=other.name),
                    text("rename one of the two"),
                )
            )
    return problems


_SAME_NAME = text("is here twice: once with the accents as signs of their own, which nobody sees")
_SAME_BUT = text("has the same name as '{other}' but for capitals")


def _read(file: str) -> bytes:
    """The contents of a file, without following a link."""
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        size = os.fstat(descriptor).st_size
        data = stream.read(min(size, MAX_BYTES) + 1)  # allocates what it is asked for
        return data if len(data) <= size else data + stream.read(max(0, MAX_BYTES + 1 - len(data)))


def decode_prose(data: bytes, name: str) -> str:
    """Decode a file with text for readers: like ``decode``, with no line break in an amount such as € 5."""
    return _AMOUNT.sub("€\u00a0", decode(data, name))


def decode(data: bytes, name: str) -> str:
    """Decode a UTF-8 file, with or without a byte order mark, with any line ends.

    Raises InvalidFile with the position of the first byte that is not UTF-8 text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidFile(Problem(Place(name), text("is saved as UTF-16"), text("save it as UTF-8")))
    try:
        decoded = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise InvalidFile(
            Problem(
                Place(name, before.count(b"\n") + 1, column),
                text("a character that is not saved as UTF-8"),
                text("save the file as UTF-8 in your editor ('Save as', 'Encoding')"),
            )
        ) from None
    if "\r" in decoded:
        decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    decoded = unicodedata.normalize("NFC", decoded)
    if "\0" in decoded:
        before_nul = decoded.partition("\0")[0]
        line = before_nul.count("\n") + 1
        raise InvalidFile(
            Problem(Place(name, line), text("a NUL character"), text("is this really a text file?"))
        )
    return decoded


_AMOUNT = re.compile(r"€ (?=\d)")
