"""The files that the pages of one site may refer to: those of the campaign, and those of the member.

Both layers may have a file at one path. Whoever names it gets the one of their own layer, so that no picture
of somebody stands under the words about somebody else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping

from microsite.content.files import Layer, Source
from microsite.core.problems import Place, Problem, text
from microsite.core.records import Record
from microsite.media.captions import Captions
from microsite.media.clips import Clip
from microsite.media.photos import Photo
from microsite.media.svg import Drawing

ImageInfo = Photo | Drawing
"""The facts of an image file, by what is in it."""

Images = Mapping[str, ImageInfo | tuple[Problem, ...]]
"""The images of a layer by path within ``content/``; one that cannot be used has its problems instead."""

ClipInfo = Clip | Captions
"""The facts of a film or sound, or the captions of one."""

Clips = Mapping[str, ClipInfo | tuple[Problem, ...]]
"""The films, sound and captions of a layer, as ``Images``."""

_TEXTS = frozenset({".md", ".yaml"})


class SiteFiles(Record):
    """The files of both layers, by path within ``content/``, and what is in the images and clips among them.

    ``own_names`` are the names of the member's files, as in messages.
    """

    national: Mapping[str, Source]
    own: Mapping[str, Source]
    national_images: Images
    own_images: Images
    national_clips: Clips
    own_clips: Clips
    own_names: frozenset[str]

    def source(self, path: str, place: Place) -> Source | None:
        """The file at ``path`` for the text at ``place``."""
        own = self.own.get(path) if place.path in self.own_names else None
        return own or self.national.get(path)

    def image(self, source: Source) -> ImageInfo | tuple[Problem, ...] | None:
        """What is in an image; None for a file that is none."""
        images = self.own_images if self.own.get(source.path) is source else self.national_images
        return images.get(source.path)

    def clip(self, source: Source) -> ClipInfo | tuple[Problem, ...] | None:
        """What is in a film, sound or captions; None for another file."""
        clips = self.own_clips if self.own.get(source.path) is source else self.national_clips
        return clips.get(source.path)

    def beside(self, source: Source, suffix: str) -> Source | None:
        """The file of the same layer with the same name and another suffix."""
        files = self.own if self.own.get(source.path) is source else self.national
        return files.get(posixpath.splitext(source.path)[0] + suffix)

    def paths(self) -> tuple[str, ...]:
        return tuple({**self.national, **self.own})

    def image_paths(self) -> tuple[str, ...]:
        return tuple({**self.national_images, **self.own_images})

    def is_second(self, source: Source) -> bool:
        """Whether it is a member's file at the path of another national one."""
        other = self.national.get(source.path)
        return self.own.get(source.path) is source and other is not None and other.digest != source.digest

    def unused(self, used: Collection[str]) -> Iterator[Problem]:
        """Files of a member at the path of a national one that no page of its own names, by digest."""
        for source in self.own.values():
            if source.suffix not in _TEXTS and self.is_second(source) and source.digest not in used:
                yield Problem(Place(source.name), _UNUSED, _UNUSED_HINT, "warning")


_UNUSED = text("a national file has this name too, so this one is not shown: no page of yours names it")
_UNUSED_HINT = text("give it another name, and write that name in the page that shows it; or take it away")


class Looks(Record):
    """What is in the files of a layer."""

    images: Images
    clips: Clips


NO_LOOKS = Looks({}, {})


def site_files(national: Layer, looks: Looks, own: Layer, own_looks: Looks) -> SiteFiles:
    """The files of a site from those of both layers."""
    names = frozenset(source.name for source in own.sources)
    return SiteFiles(
        national.by_path(),
        own.by_path(),
        looks.images,
        own_looks.images,
        looks.clips,
        own_looks.clips,
        names,
    )
