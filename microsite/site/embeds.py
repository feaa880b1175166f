"""Images, films and recordings on pages: the files they are made from, and what templates show of them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial

from microsite.content.documents import Document
from microsite.content.files import Source
from microsite.content.front_matter import Film, Image, Meta, PictureFile, pictures
from microsite.content.markdown.links import reject_source
from microsite.content.markdown.rendered import ImageMark, VideoMark
from microsite.core.file_types import CAPTIONS, MEDIA_TYPES, SOUNDS, VIDEOS
from microsite.core.languages import NAMES
from microsite.core.problems import Place, Problem, Severity, Text, text
from microsite.core.records import Record
from microsite.core.urls import content_path, slugify
from microsite.media.captions import Captions, written
from microsite.media.clips import Clip
from microsite.media.photos import Photo, Picture
from microsite.media.photos import picture as photo_picture
from microsite.rendering.views import Figure, Recording, Track, Video
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

    def film(self, mark: VideoMark, folder: str, place: Place, language: str) -> Video | None:
        """A film in a text; None, with a problem reported, without the file, captions or transcript."""
        source = self._played(mark.src, folder, place, VIDEOS)
        if source is None:
            return None
        transcript = self._files.beside(source, ".txt")
        if transcript is None:
            self._report_lacking(mark.src, folder, place, ("vtt", "txt"))
            return None
        tracks = self._tracks(source, mark.src, folder, place, language)
        if not tracks or self._links.is_refused(transcript, mark.src, place):
            return None
        return self._video(source, mark.title, tracks, language, transcript=self._links.attach(transcript))

    def film_of(self, document: Document, meta: Meta, language: str, figure: Figure | None) -> Video | None:
        """The film that a page is about. Its text is the written version, ``figure`` its image."""
        if not isinstance(meta, Film):
            return None
        folder, place = posixpath.dirname(document.path), document.place("film")
        source = self._played(meta.film, folder, place, VIDEOS)
        tracks = self._tracks(source, meta.film, folder, place, language) if source else ()
        if source is None or not tracks:
            return None
        return self._video(
            source, meta.title, tracks, language, poster=figure.picture.src if figure is not None else ""
        )

    def recording(self, document: Document, meta: Meta, language: str) -> Recording | None:
        """The sound of a page; None, with a problem reported, without a file that browsers play."""
        if not meta.recording:
            return None
        folder = posixpath.dirname(document.path)
        source = self._played(meta.recording, folder, document.place("recording"), SOUNDS)
        return self._recording(source, self._clip(source), language) if source is not None else None

    def _played(self, src: str, folder: str, place: Place, suffixes: tuple[str, ...]) -> Source | None:
        """A file to play of one of these types; None, with a problem reported, where it cannot be shown."""
        path = content_path(src, folder)
        source = self._files.source(path, place)
        if source is None:
            self._links.report_missing(src, path, place)
        elif source.suffix not in suffixes:
            known = ", ".join(suffix.removeprefix(".") for suffix in suffixes)
            hint = text("save it as one of these: {suffixes}", suffixes=known)
            message = _NO_FILM if suffixes is VIDEOS else _NO_SOUND
            self._report(Problem(place, message.format(src=src), hint))
        elif not self._links.is_refused(source, src, place):
            return source
        return None

    def _tracks(self, film: Source, src: str, folder: str, place: Place, language: str) -> tuple[Track, ...]:
        """The captions beside a film, those in ``language`` first; none, with a problem reported, where
        there are none in the language of the site, or they cannot be shown.
        """
        beside = {
            code: source
            for code in NAMES
            if (source := self._files.beside(film, f".{code}{CAPTIONS}")) is not None
        }
        if (plain := self._files.beside(film, CAPTIONS)) is not None:
            beside = {**beside, self._links.language: plain}
        else:
            self._report_lacking(src, folder, place, ("vtt",))
            return ()
        seconds = self._clip(film).seconds
        tracks = {}
        for code, source in beside.items():
            found = self._fitting(code, source, src, place, seconds)
            if found is None:
                return ()
            tracks[code] = found
        codes = sorted(beside, key=lambda code: (code != language, code != self._links.language, code))
        return tuple(Track(written(tracks[code]), code, NAMES.get(code, code)) for code in codes)

    def _fitting(
        self, language: str, captions: Source, src: str, place: Place, seconds: float
    ) -> Captions | None:
        """Captions in this language and within the film; None, with a problem reported, of others."""
        refused = self._links.is_refused(captions, src, place)
        info = self._files.clip(captions)
        if refused or not isinstance(info, Captions):
            return None
        if (late := info.outlast(seconds)) is not None:
            message = text("this caption ends after the film, which takes {length}", length=_length(seconds))
            self._report(Problem(Place(captions.name, late.line), message, _OTHER_FILM))
        elif info.language not in ("", language):
            message = text("by its name this is '{one}', and by its first lines '{other}'").format(
                one=language, other=info.language
            )
            hint = text("captions in another language have it in their name, as in film.en.vtt")
            self._report(Problem(Place(captions.name, 1), message, hint))
        else:
            return info
        return None

    def _report_lacking(self, src: str, folder: str, place: Place, suffixes: tuple[str, ...]) -> None:
        path = content_path(src, folder)
        stem = posixpath.splitext(path)[0]
        names = " ".join(f"{stem}.{suffix}" for suffix in suffixes)
        message = _NO_TEXT if "txt" in suffixes else _NO_CAPTIONS
        hint = text("put beside it: {names}", names=names)
        self._report(Problem(place, message.format(src=src), hint, self._severity(path)))

    def _clip(self, source: Source) -> Clip:
        """What is in a film or sound that was not refused."""
        info = self._files.clip(source)
        return info if isinstance(info, Clip) else Clip(0, 0, 0, source.size)

    def _recording(self, source: Source, clip: Clip, language: str) -> Recording:
        return Recording(
            self._links.attach(source),
            MEDIA_TYPES[source.suffix],
            clip.size,
            file_size(source, clip.size, language),
            _length(clip.seconds),
            f"PT{max(1, round(clip.seconds))}S",
        )

    def _video(
        self,
        source: Source,
        title: str,
        tracks: tuple[Track, ...],
        language: str,
        transcript: str = "",
        poster: str = "",
    ) -> Video:
        clip = self._clip(source)
        file = self._recording(source, clip, language)
        return Video(file, title, clip.width, clip.height, tracks, transcript, poster)

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


def _length(seconds: float) -> str:
    """How long something takes: ``1:05``, or ``1:00:05``."""
    whole = max(1, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


_NO_SOUND = text("'{src}' is no sound file that browsers play")
_NO_FILM = text("'{src}' is no film that browsers play")
_NO_TEXT = text("the film '{src}' has no captions or no written version")
_NO_CAPTIONS = text("the film '{src}' has no captions")
_OTHER_FILM = text("are these the captions of this film?")
_BESIDE = text("put the image beside the page")
