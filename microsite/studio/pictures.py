"""The pictures of a member in the studio: which are made ready for the site, and what is still to make.

A picture beside brand.yaml is a logo, and is a bare PNG when it is ready; one in ``content/`` is a photo: a
bare JPEG with the copies that sites need. See ``docs/decisions/studio-pictures.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from microsite.content.files import Layer, Source
from microsite.core.fingerprints import digest
from microsite.core.records import Record
from microsite.media import bare, photos, raster
from microsite.media.photos import ENDINGS, MADE, Copy, Lossy, Photo
from microsite.media.raster import Size


class Picture(Record):
    """A picture in a member's folder. ``ready`` is whether it is bare, ``missing`` are copies to make."""

    source: Source
    ready: bool
    missing: tuple[Copy, ...] = ()


def pictures(files: Layer) -> Iterator[Picture]:
    """The pictures that are no drawings, but for the copies."""
    there = files.by_path()
    for source in files.sources:
        if source.suffix not in ENDINGS or source.suffix == ".svg" or source.path.startswith(f"{MADE}/"):
            continue
        if not source.path.startswith("content/"):
            yield Picture(source, _is_logo(source))
            continue
        photo = _photo(source)
        wanted = photos.copies(photo) if photo is not None else ()
        missing = tuple(one for one in wanted if not _is_copy(there.get(one.path), one))
        yield Picture(source, photo is not None, missing)


def copies(data: bytes) -> tuple[Copy, ...]:
    """The copies to make of a photo; none when it is not bare."""
    size = bare.size(data, "jpeg")
    return tuple(photos.copies(Photo(digest(data), *size, "jpeg"))) if size is not None else ()


def unused(files: Layer) -> tuple[str, ...]:
    """The paths of copies of photos that are not there any more."""
    found = (_photo(source) for source in files.sources if source.path.startswith("content/"))
    wanted = {copy.path for photo in found if photo is not None for copy in photos.copies(photo)}
    return tuple(s.path for s in files.sources if s.path.startswith(f"{MADE}/") and s.path not in wanted)


@lru_cache(maxsize=256)
def _is_logo(source: Source) -> bool:
    return raster.read_png(source.read()) is not None


@lru_cache(maxsize=256)
def _photo(source: Source) -> Photo | None:
    size = bare.size(source.read(), "jpeg") if source.suffix in ENDINGS else None
    return Photo(source.digest, *size, "jpeg") if size is not None else None


def _is_copy(source: Source | None, copy: Copy) -> bool:
    return source is not None and _size(source, copy.kind) == (copy.width, copy.height)


@lru_cache(maxsize=2048)
def _size(source: Source, kind: Lossy) -> Size | None:
    return bare.size(source.read(), kind)
