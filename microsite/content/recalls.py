"""ingetrokken.yaml: who withdrew, as references and digests, so that no copy of it can come back.

The program writes it when it takes somebody's texts out of ``content/`` (see ``withdraw/``), and it goes with
the campaign's content to every member. It has no names and no words. Of a text it has digests of phrases that
have no word in common: from overlapping ones the text could be put together again, word by word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from microsite.content import schema
from microsite.content.files import MAX_TEXT_BYTES, Source
from microsite.content.quoting import quoted
from microsite.core.fingerprints import digest
from microsite.core.problems import Problem
from microsite.core.records import Record, replace

RECALLS = "ingetrokken.yaml"


class Recall(Record):
    """Somebody's withdrawal of the consent ``ref``. The others are digests, separated by spaces.

    ``words`` are phrases of the texts, ``about`` those of members' pages that named the person without a
    consent of their own; ``pictures`` are files and their published copies, ``paths`` those of the texts and
    files within ``content/``. ``named`` are texts, of anybody, in which the name stood.
    """

    ref: str
    withdrawn_on: dt.date
    words: str = ""
    about: str = ""
    pictures: str = ""
    paths: str = ""
    named: str = ""


class _Recalls(Record):
    """The keys of ingetrokken.yaml."""

    withdrawn: tuple[Recall, ...]


def phrase_digest(phrase: str) -> str:
    """The digest of a phrase, see ``site/people/withdrawals.py``."""
    return digest(phrase.encode())[:12]


def path_digest(path: str) -> str:
    """The digest of a path within ``content/``."""
    return digest(path.encode(errors="surrogateescape"))[:16]


def read_recalls(source: Source | None) -> tuple[tuple[Recall, ...], tuple[Problem, ...]]:
    """The entries of a layer's ingetrokken.yaml, and problems."""
    if source is None:
        return (), ()
    found, _, problems = schema.load(_Recalls, source, limit=MAX_TEXT_BYTES)
    if found is not None:
        return found.withdrawn, problems
    # A conflict of two versions must not bring anybody back: what can be read counts, and nothing is stopped.
    return tuple(_readable(source)), tuple(replace(problem, severity="warning") for problem in problems)


def _readable(source: Source) -> Iterator[Recall]:
    """The entries of a file that is no valid YAML any more, read by its lines."""
    entry: dict[str, str] = {}
    for line in [*source.read().decode("utf-8", "replace").splitlines(), "- ref: "]:
        if (found := _LINE.match(line)) is None:
            continue
        key, value = found.groups()
        if key == "ref":
            if entry:
                yield Recall(withdrawn_on=dt.date.min, **entry)
            entry = {}
        if value and (key == "ref" or entry):
            entry[key] = value.strip("'\"")


_LINE = re.compile(r"[\s-]*(ref|words|about|pictures|paths|named):[ \t]*(.*?)[ \t]*$")


def as_yaml(recalls: Iterable[Recall], comment: str) -> str:
    """What the file has for ``read_recalls``, below a comment of one or more lines."""
    lines = [*(f"# {line}" for line in comment.splitlines()), "withdrawn:"]
    for recall in recalls:
        lines += [f"  - ref: {quoted(recall.ref)}", f"    withdrawn_on: {recall.withdrawn_on}"]
        groups = ("words", "about", "pictures", "paths", "named")
        lines += [f"    {name}: {found}" for name in groups if (found := getattr(recall, name))]
    return "\n".join(lines) + "\n"
