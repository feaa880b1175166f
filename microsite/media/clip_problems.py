"""What can be wrong with a film or sound file, in words that say what to do."""

from __future__ import annotations

from microsite.core.problems import Problem, in_data, text

EXPORT = text(
    "export it again as MP4 with H.264 and AAC, without chapters, subtitles or metadata; HandBrake (free) "
    "does so"
)
_EXPORT_SOUND = text("export it again as MP3 or M4A (AAC); Audacity (free) does so")

DAMAGED = in_data(text("the file is damaged or not complete"), text("copy it again, or export it again"))
EXTRA_TRACK = in_data(
    text(
        "besides picture and sound there is a track in the file that nobody sees, in which places may be kept"
    ),
    EXPORT,
)
NO_PICTURE = in_data(text("there is not one picture in this film"), EXPORT)
NO_SOUND = in_data(text("this is no file of sound only"), _EXPORT_SOUND)
NO_DURATION = in_data(text("the file does not say how long it takes"), EXPORT)
COMMENTED_SOUND = in_data(
    text("the sound is Vorbis, in which names may be kept that nobody sees"),
    text("export it again with sound as Opus, or as MP4"),
)


def unplayable(codec: str, picture: bool) -> Problem:
    """The file is of a codec that not all browsers play."""
    if picture:
        return in_data(text("not all browsers show this picture: it is '{codec}'", codec=codec), EXPORT)
    return in_data(text("not all browsers play this sound: it is '{codec}'", codec=codec), _EXPORT_SOUND)
