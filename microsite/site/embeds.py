"""Images, films and recordings on pages: the files they are made from, and what templates show of them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial

from microsite.content.documents import Document
from microsite.content.files import Source
from microsite.content.front_matter import Image, Meta, PictureFile, pictures
from microsite.content.markdown.links import reject_source
from microsite.content.markdown.rendered import ImageMark, VideoMark
from microsite.core.file_types import MEDIA_TYPES, SOUNDS
from microsite.core.problems import Place, Problem, Severity, Text, text
from microsite.core.records import Record
from microsite.core.urls import content_path, slugify
from microsite.media.photos import Photo, Picture
from microsite.media.photos import picture as photo_picture
from microsite.rendering.views import Figure, Recording, Video
from microsite.site.links import LinkResolver, Report, file_size, meant
from microsite.site.site_files import ImageInfo, SiteFiles


class PublishedImage(Record):
    """An image that pages show: its file, the copies of it that are published, and its facts."""

    source: Source
    picture: Picture
    info: ImageInfo

    @property
    def is_photo(self) -> bool:
        return isinstance(self.info, Photo)


class EmbedResolver:
    """Finds the images and films of one site, and collects the ``images`` to publish, by address.

    The files of a film become attachments of ``links``.
    """

    def __init__(
        self,
        files: SiteFiles,
        links: LinkResolver,
        report: Report,
    ) -> None:
        self.images: dict[str, PublishedImage] = {}
        self._by_file: dict[str, Picture] = {}
        self._files = files
        self._links = links
        self._report = report

    def front_matter_figures(self, document: Document, meta: Meta) -> dict[str, Figure]:
        """The pictures in a document's front matter that can be shown, by their keys."""
        figures = {}
        for key, image in pictures(meta):
            place = partial(document.place, f"{key}.src")
            found = self._picture(image, posixpath.dirname(document.path), place)
            decorative = isinstance(image, Image) and image.decorative
            if found is not None:
                figures[key] = Figure(found, "" if decorative else image.alt, "", image.credit, decorative)
        return figures

    def figure(self, mark: ImageMark, folder: str, place: Place) -> Figure | None:
        """An image in a text; None, with a problem reported, when it cannot be shown."""
        found = self._picture(mark, folder, lambda: place)
        return Figure(found, mark.alt, mark.caption, mark.credit, not mark.alt) if found else None

    def film(self, mark: VideoMark, folder: str, place: Place) -> Video | None:
        """A film in a text; None, with a problem reported, without the file, captions or transcript."""
        path = content_path(mark.src, folder)
        stem, suffix = posixpath.splitext(path)
        source = self._files.source(path, place)
        if source is None:
            self._links.report_missing(mark.src, path, place)
            return None
        if self._links.is_refused(source, mark.src, place):
            return None
        captions = self._files.beside(source, ".vtt")
        transcript = self._files.beside(source, ".txt")
        if captions is None or transcript is None:
            self._report(
                Problem(
                    place,
                    text("the film '{src}' has no captions or no written version", src=mark.src),
                    text("put '{vtt}' and '{txt}' beside it", vtt=f"{stem}.vtt", txt=f"{stem}.txt"),
                    self._severity(path),
                )
            )
            return None
        if any(self._links.is_refused(file, mark.src, place) for file in (captions, transcript)):
            return None
        return Video(
            self._links.attach(source),
            MEDIA_TYPES[suffix.lower()],
            mark.title,
            self._links.attach(captions),
            self._links.attach(transcript),
        )

    def recording(self, document: Document, meta: Meta, language: str) -> Recording | None:
        """The sound of a page; None, with a problem reported, without a file that browsers play."""
        if not meta.recording:
            return None
        place = document.place("recording")
        path = content_path(meta.recording, posixpath.dirname(document.path))
        source = self._files.source(path, place)
        if source is None:
            self._links.report_missing(meta.recording, path, place)
        elif source.suffix not in SOUNDS:
            message = text("'{src}' is no sound file that browsers play", src=meta.recording)
            suffixes = ", ".join(suffix.removeprefix(".") for suffix in SOUNDS)
            hint = text("save it as one of these: {suffixes}", suffixes=suffixes)
            self._report(Problem(place, message, hint))
        elif not self._links.is_refused(source, meta.recording, place):
            size = file_size(source, language)
            return Recording(self._links.attach(source), MEDIA_TYPES[source.suffix], source.size, size)
        return None

    def _picture(
        self, image: PictureFile | ImageMark, folder: str, place: Callable[[], Place]
    ) -> Picture | None:
        path = content_path(image.src, folder)
        source = self._files.source(path, place())
        if source is not None and self._links.is_refused(source, image.src, place()):
            return None
        known = self._by_file.get(source.name) if source is not None else None
        found = known or self._first_use(image.src, path, source, place)
        if found is not None and not image.credit and not image.src.lower().endswith(".svg"):
            self._report(
                Problem(
                    place(),
                    text("the photo '{src}' has no credit", src=image.src),
                    text("say who made it: 'credit: …' in the front matter, '… Foto: name' in the text"),
                )
            )
        return found

    def _first_use(
        self, src: str, path: str, source: Source | None, place: Callable[[], Place]
    ) -> Picture | None:
        info = self._files.image(source) if source is not None else None
        if source is None or info is None:
            hint: Text | None = meant(src, path, self._files.image_paths()) or _BESIDE
            message = text("there is no image '{src}'", src=src)
            if (rejection := reject_source(src)) is not None:
                message, hint = rejection.message, rejection.hint
            self._report(Problem(place(), message, hint, self._severity(path)))
            return None
        if isinstance(info, tuple):
            for problem in info:
                self._report(problem)
            return None
        image = PublishedImage(source, _copies(info, source), info)
        self._by_file[source.name] = self.images.setdefault(image.picture.src, image).picture
        return self._by_file[source.name]

    def _severity(self, missing: str) -> Severity:
        """How bad it is that a file is missing: what may be gone because of a person stops no build."""
        return "warning" if self._links.may_be_gone(missing) else "error"


def _copies(info: ImageInfo, source: Source) -> Picture:
    """The copies of an image that are published, and their paths."""
    stem = posixpath.splitext(posixpath.basename(source.path))[0]
    if isinstance(info, Photo):
        return photo_picture(info, stem)
    src = f"beeld/{slugify(stem)[:40]}-{source.digest[:10]}.svg"
    return Picture(round(info.width), round(info.height), (), src)


_BESIDE = text("put the image beside the page")
