"""Captions of a film: WebVTT (https://www.w3.org/TR/webvtt1/), read strictly and written anew.

Comments, styles and regions are not written: nobody sees what stands in a comment, and colours of its own may
be unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.core.problems import InvalidFile, Problem, in_data, text
from microsite.core.records import Record

MOST_CUES = 3_000
"""Captions of some three hours. They are in the page."""

_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}((?:\s+[a-z]+:\S+)*)\s*")
_SETTING = re.compile(r"(?:vertical|line|position|size|align):[\w%.,-]+")
_LEFT_OUT = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|\Z)")
_LANGUAGE = re.compile(r"Language:[ \t]*([A-Za-z]{2,3})", re.IGNORECASE)


class Cue(Record):
    """What is said from ``start`` to ``end``, in seconds. ``line`` is where it stands in the file."""

    start: float
    end: float
    settings: str
    words: str
    line: int


class Captions(Record):
    """The captions of a film. ``language`` is what the file says, such as ``nl``, or ""."""

    cues: tuple[Cue, ...]
    language: str = ""

    def outlast(self, seconds: float) -> Cue | None:
        """The first of them that ends more than a second after a film that takes so long."""
        return next((cue for cue in self.cues if cue.end > seconds + 1), None)


def read(whole: str) -> Captions:
    """Read a file with line ends as ``\\n``. Raises InvalidFile with all that is wrong in it."""
    lines = whole.split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise InvalidFile(in_data(text("captions begin with the line WEBVTT"), _AS_VTT, 1))
    cues: list[Cue] = []
    problems: list[Problem] = []
    first, *others = _blocks(lines)
    for number, block in others:
        if _LEFT_OUT.match(block[0]):
            continue
        cue = _cue(number, block, cues[-1].start if cues else 0)
        if isinstance(cue, Problem):
            problems.append(cue)
        else:
            cues.append(cue)
    if not cues and not problems:
        problems.append(in_data(text("there are no captions in this file"), _AS_VTT))
    if len(cues) > MOST_CUES:
        problems.append(in_data(text("there are more than {count} captions here", count=MOST_CUES)))
    if problems:
        raise InvalidFile(*problems[:_TOLD])
    said = next(filter(None, map(_LANGUAGE.match, first[1])), None)
    return Captions(tuple(cues), said[1].lower() if said else "")


_TOLD = 20
"""So many mistakes are told of one file."""


def written(captions: Captions) -> str:
    """The file that is published."""
    cues = (
        f"{_stamp(cue.start)} --> {_stamp(cue.end)}{cue.settings}\n{cue.words}\n" for cue in captions.cues
    )
    return "\n".join(["WEBVTT\n", *cues])


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The blocks between blank lines, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate((*lines, ""), start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str], before: float) -> Cue | Problem:
    """The caption in a block that begins on line ``number``, after one that begins at ``before``."""
    at = 0 if "-->" in block[0] else 1
    if at >= len(block) or "-->" not in block[at]:
        return in_data(text("there is no time with these words"), _LIKE, number)
    line = number + at
    found = _TIMING.fullmatch(block[at])
    if found is None:
        return in_data(text("'{written}' is no time", written=block[at][:40]), _LIKE, line)
    words = [words.rstrip() for words in block[at + 1 :]]
    if not words:
        return in_data(text("there are no words with this time"), _LIKE, line)
    if any("-->" in line for line in words):
        return in_data(text("there is no blank line between two captions"), _LIKE, line)
    *numbers, settings = found.groups()
    start, end = _seconds(numbers[:4]), _seconds(numbers[4:])
    if end <= start:
        return in_data(text("this caption ends before it begins"), _LOOK, line)
    if start < before:
        return in_data(text("this caption begins before the one above it"), _LOOK, line)
    kept = "".join(f" {one}" for one in settings.split() if _SETTING.fullmatch(one))
    return Cue(start, end, kept, "\n".join(words), line)


def _seconds(parts: list[str]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return (((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths) / 1000


def _stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{rest:03}"


_AS_VTT = text("save the captions as WebVTT, with a time above each line; a program for subtitles does so")
_LIKE = text("write it as in 00:01.000 --> 00:03.500, with the words below it and then a blank line")
_LOOK = text("look at the times of this caption and the one above it")
