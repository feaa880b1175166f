"""What is looked for after a withdrawal: names, phrases of the texts, and bytes of the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from microsite.content.consent import normalized
from microsite.content.consents import people_of, read_consents
from microsite.content.files import FileChanged, Source
from microsite.content.overrides import MarkdownFile
from microsite.content.tree import MappingNode, ScalarNode
from microsite.core.fingerprints import digest
from microsite.core.records import Record
from microsite.site.people.mentions import is_read
from microsite.site.people.withdrawals import parts, phrases_apart
from microsite.withdraw.views import as_words

SLICE = 48
"""Bytes of a picture that are looked for: enough to be in no other file."""

_PARTS, _VARIED = 5, 24
"""From how many places of a picture, less one, and how many different bytes there have to be."""

_SHORT = 3
"""Letters of a name from which it is looked for."""


class Needles(Record):
    """``names`` are as they were typed, ``phrases`` and ``named`` as words (see ``views.as_words``).

    ``bits`` are from within pictures, ``pictures`` the digests of these. ``common`` are (name, file) for
    names that other files have too: they prove nothing, and are not looked for.
    """

    names: tuple[str, ...]
    phrases: tuple[str, ...]
    bits: tuple[bytes, ...]
    pictures: frozenset[str]
    common: tuple[tuple[str, str], ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(as_words(name).strip() for name in self.names)


def collect(
    texts: Iterable[MarkdownFile],
    ref: str,
    pictures: Iterable[bytes],
    others: Iterable[Source],
    digests: Iterable[str],
) -> Needles:
    """What to look for of these texts and pictures, and is in none of the ``others``.

    ``digests`` are those of pictures that are not there any more.
    """
    files = tuple(texts)
    names = dict.fromkeys(name for file in files for name in _names(file, ref))
    phrases = {phrase for file in files for phrase in _phrases(file)}
    data = tuple(pictures)
    bits = {bit for one in data for bit in _bits(one)}
    common = set[tuple[str, str]]()
    wanted = {as_words(name).strip(): name for name in names}
    for source, whole in _read(others):
        words = as_words(whole.decode("utf-8", "replace"))
        phrases = {phrase for phrase in phrases if f" {phrase} " not in words}
        common.update((name, source.name) for known, name in wanted.items() if f" {known} " in words)
        bits = {bit for bit in bits if bit not in whole}
    return Needles(
        tuple(name for name in names if name not in {known for known, _ in common}),
        tuple(sorted(phrases)),
        tuple(sorted(bits)),
        frozenset(map(digest, data)).union(digests),
        tuple(sorted(common)),
    )


def _read(sources: Iterable[Source]) -> Iterator[tuple[Source, bytes]]:
    for source in sources:
        if is_read(source) or source.suffix in (".svg", ".html", ".typ", ".js", ".css", ".xml", ".json"):
            try:
                yield source, source.read()
            except FileChanged:
                continue


def _names(file: MarkdownFile, ref: str) -> Iterator[str]:
    """The names of the people of this consent, as typed."""
    header, _ = parts(file)
    if header is None:
        return
    given = dict(read_consents(header).given)
    for key, person in people_of(header):
        consent = given.get(f"{key}.consent", given.get("consent"))
        if consent is None or normalized(consent.ref) == normalized(ref):
            yield from _long_enough(_value(person, "name"))
    quote = header.get("quote")
    if isinstance(quote, MappingNode):
        yield from _long_enough(_value(quote, "speaker"))


def _long_enough(name: str) -> Iterator[str]:
    if len(as_words(name).strip()) >= _SHORT:
        yield name.strip()


def _value(group: MappingNode, key: str) -> str:
    node = group.get(key)
    return node.text if isinstance(node, ScalarNode) else ""


def _phrases(file: MarkdownFile) -> Iterator[str]:
    """Phrases of the text, without those that the reader of words sees in another way than a browser does."""
    return (as_words(phrase).strip() for phrase in phrases_apart(file))


def _bits(picture: bytes) -> Iterator[bytes]:
    """Bytes from within a picture that no other has.

    An even colour is the same bytes over and over, and drawings by one hand have shapes in common: an SVG is
    known as a whole only.
    """
    for part in range(1, _PARTS) if not picture.lstrip().startswith(b"<") else ():
        begin = len(picture) * part // _PARTS
        bit = picture[begin : begin + SLICE]
        if len(set(bit)) >= _VARIED:
            yield bit


def digests_by_path(sources: Mapping[str, Source], paths: Iterable[str]) -> frozenset[str]:
    """The digests of the files at these paths."""
    return frozenset(sources[path].digest for path in paths)
