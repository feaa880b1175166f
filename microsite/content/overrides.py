"""Overrides of national pages by members, and translations: one page merged from two files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.content.aliases import KEY as ALIASES
from microsite.content.consent import Consent, normalized
from microsite.content.consents import has_consent, read_consents
from microsite.content.files import Source, decode_prose
from microsite.content.front_matter import PERSON_KEYS
from microsite.content.kinds import KINDS, kind_of, may_be_withdrawn
from microsite.content.override_messages import (
    AGREED,
    AGREED_HINT,
    AGREED_TEXT,
    AGREED_TRANSLATION,
    CLASH,
    CLASH_HINT,
    FIXED,
    FIXED_HINT,
    GONE,
    GONE_HINT,
    STALE,
    WITHDRAWN_HERE,
    WITHDRAWN_HINT,
)
from microsite.content.schema import is_yes
from microsite.content.tree import MappingNode, Node, ScalarNode, SequenceNode, said
from microsite.core.fingerprints import digest
from microsite.core.languages import translated
from microsite.core.problems import Place, Problem, Severity, text
from microsite.core.records import Record, replace
from microsite.core.settings import NATIONAL

LOCKED = frozenset({"consent", "fictional", *PERSON_KEYS, "claim", "caveat", "strength"})
"""The keys of a national page that a member cannot override: on consent, and on the limits of evidence."""

FREE = frozenset(
    {"tags", "weight", "draft", "expires_on", "updated", "help", "facts", "contact"}
    | {"based_on", "aliases", "may_be_public"}
)
"""The only keys that a member can override where somebody agreed to the page: they put no words to anybody.

See ``docs/decisions/own-words.md``.
"""

TRANSLATED = frozenset(
    {"title", "summary", "in_short", "share", "quote", "yields", "dilemma", "image.alt", "person.job"}
    | {"question", "letter", "recording", "film", "claim", "method", "caveat", "charts", "goal", "effort"}
    | {"lead_time", "roles", "needs"}
)
"""The keys that hold words. A translation takes all others, consent first, from its page."""

_LISTED = frozenset({"object"})
"""What lists show and pages do not: a translation, which is in no list, has none of its own."""

_OF_THE_FILE = frozenset({"updated", "draft", "based_on", "aliases", "may_be_public", "keywords"})
"""The keys that a translation has for itself, of which nobody reads the words on the page."""


class MarkdownFile(Record):
    """A Markdown file: ``path`` within its layer, ``name`` from the project's folder, as in messages.

    ``base`` is the national file that this one overrides, ``original`` the file that it translates.
    ``language`` is the language of words that the program adds to the text.
    """

    path: str
    name: str
    layer: str
    data: bytes
    base: MarkdownFile | None = None
    original: MarkdownFile | None = None
    language: str = "nl"

    @property
    def version(self) -> str:
        """A short hash of the contents, as ``based_on`` quotes it."""
        return digest(self.data)[:12]


def markdown_file(source: Source) -> MarkdownFile:
    return MarkdownFile(source.path, source.name, source.layer, source.read())


class SplitFile(Record):
    """Front matter and Markdown of a page. The Markdown is in the file ``name`` from ``first_line`` on.

    ``withdrawn`` are the withdrawals that a change or translation notes itself: they count there too.
    """

    front_matter: MappingNode
    body: str
    name: str
    first_line: int
    problems: tuple[Problem, ...] = ()
    withdrawn: tuple[tuple[str, Consent], ...] = ()


class NameClash(Record):
    """A member's page at the path of a national one that it does not override, or a translation of it.

    Both pages are about somebody or something of their own, so nothing of the two is merged.
    """

    problem: Problem
    front_matter: MappingNode


def merge(file: MarkdownFile) -> SplitFile | NameClash | Problem:
    """Split a file, merged with the national page that it overrides and the page that it translates.

    A Problem when one of those does not exist, and a NameClash when the national page is another one: the
    file is left out. Raises InvalidFile for a file that is not valid text with front matter.
    """
    if (problem := _unfounded_translation(file)) is not None:
        return problem
    if (clash := name_clash(file)) is not None:
        return clash
    split = _split(file)
    agreed = file.layer != NATIONAL and _is_agreed(file.original or file)
    if file.base is not None:
        split = _override(_split(file.base), split, file, agreed)
    elif agreed:
        return Problem(Place(file.name, 1), AGREED_TRANSLATION, AGREED_HINT)
    elif file.layer != NATIONAL and not file.original and (place := _orphaned(split)) is not None:
        return Problem(place, GONE, GONE_HINT, "warning")
    return _translate(file.original, split) if file.original is not None else split


def _split(file: MarkdownFile) -> SplitFile:
    from microsite.content import yaml  # needs libraries that most processes do without

    front_matter, body, first_line = yaml.split_front_matter(decode_prose(file.data, file.name), file.name)
    return SplitFile(yaml.parse(front_matter, file.name, 2), body, file.name, first_line)


# ── name clashes ──


def name_clash(file: MarkdownFile) -> NameClash | None:
    """Whether a member's file, or the page that it translates, is a page of its own at a national path.

    It is one when it has a title, does not say what it is based on, and has another person, consent or
    date than the national page: to merge the two would show somebody with the consent of somebody else.
    Raises InvalidFile for a file that is not valid text with front matter.
    """
    if file.original is not None:
        clash = name_clash(file.original)
        top = Place(file.name, 1)
        return clash and NameClash(replace(clash.problem, place=top), MappingNode(top, ()))
    if file.base is None:
        return None
    own = _split(file).front_matter
    if own.get("title") is None or own.get("based_on") is not None:
        return None
    key = _of_its_own(own, _split(file.base).front_matter, kind_of(file.path).dated)
    if key is None:
        return None
    return NameClash(Problem(key.place, CLASH.format(key=key.text), CLASH_HINT, "warning"), own)


def _of_its_own(own: MappingNode, national: MappingNode, dated: bool) -> ScalarNode | None:
    """The key that tells two pages apart; None when they may be one. One consent is of one person."""
    if (ref := _reference(own)) and ref == _reference(national):
        return None
    keys = {key.text: key for key, _ in own.items}
    for name in ("consent", *PERSON_KEYS, "date"):
        if name in keys and said(own.get(name)) != said(national.get(name)):
            return keys[name]
    if dated and "date" in keys and said(own.get("title")) != said(national.get("title")):
        return keys["date"]
    return None


def _reference(front_matter: MappingNode) -> str:
    consent = front_matter.get("consent")
    ref = consent.get("ref") if isinstance(consent, MappingNode) else None
    return normalized(ref.text) if isinstance(ref, ScalarNode) else ""


# ── overrides ──


def _is_agreed(page: MarkdownFile) -> bool:
    """Whether the national page, of which this is the file or a change, has a consent: for its own words."""
    national = page.base or page
    return national.layer == NATIONAL and has_consent(_split(national).front_matter)


def _override(base: SplitFile, override: SplitFile, file: MarkdownFile, agreed: bool) -> SplitFile:
    """Replace the keys that the override has, and the text when it has one, as far as they are not locked.

    ``agreed``: somebody consented to the national page. What is locked and says the same is no change. In
    a file that was made for an older text it is a warning: the correction of that text gets through.
    """
    withdrawn = _withdrawals(override.front_matter, base.front_matter)
    severity: Severity = "warning" if withdrawn or _is_stale(override.front_matter, file) else "error"
    locked = {*kind_of(file.path).record.__struct_fields__} - FREE if agreed else frozenset()
    problems: list[Problem] = []
    changes: dict[str, tuple[ScalarNode, Node]] = {}
    for key, node in override.front_matter.items:
        before = base.front_matter.get(key.text)
        if withdrawn and key.text in LOCKED:
            message, hint = WITHDRAWN_HERE, WITHDRAWN_HINT
        elif key.text in locked:
            message, hint = AGREED, AGREED_HINT
        elif key.text in LOCKED and before is not None:
            message, hint = FIXED, FIXED_HINT
        elif agreed and _shows_again(key.text, before, node):
            problems.append(Problem(key.place, FIXED.format(key=key.text), FIXED_HINT, "warning"))
            continue
        else:
            changes[key.text] = (key, _with_aliases(before, node) if key.text == ALIASES else node)
            continue
        if said(node) != said(before):
            problems.append(Problem(key.place, message.format(key=key.text), hint, severity))
    written = _written(override)
    text_of = override if written else base
    if agreed and written not in ("", _written(base)):
        line = override.first_line + override.body[: -len(override.body.lstrip())].count("\n")
        problems.append(Problem(Place(override.name, line), AGREED_TEXT, AGREED_HINT, severity))
        text_of = base
    problems += _check_base(override.front_matter, file)
    kept = tuple(changes.pop(key.text, (key, node)) for key, node in base.front_matter.items)
    merged = MappingNode(override.front_matter.place, (*kept, *changes.values()))
    return replace(text_of, front_matter=merged, problems=tuple(problems), withdrawn=withdrawn)


def _shows_again(key: str, national: Node | None, own: Node) -> bool:
    """Whether a change shows somebody whose page is a draft, or over, nationally."""
    if not (isinstance(national, ScalarNode) and isinstance(own, ScalarNode)):
        return False
    if key == "draft":
        return is_yes(national.text) and not is_yes(own.text)
    return key == "expires_on" and own.text > national.text


def _withdrawals(own: MappingNode, page: MappingNode) -> tuple[tuple[str, Consent], ...]:
    """The withdrawals in a change or translation of a page; one without a reference has that of the page."""
    found = [(key, consent) for key, consent in read_consents(own).given if consent.status == "withdrawn"]
    known = dict(read_consents(page).given) if found else {}
    of_page = known.get("consent")
    return tuple(
        (key, replace(consent, ref=consent.ref or (of_page.ref if of_page else ""))) for key, consent in found
    )


def _written(file: SplitFile) -> str:
    """The text of a file without its notes: a note alone does not take the place of a text."""
    return _NOTE.sub("", file.body).strip()


_NOTE = re.compile("<!--.*?-->", re.S)


def _with_aliases(national: Node | None, own: Node) -> Node:
    """The old addresses of both: those of the national page have led to it on this site too."""
    if not (isinstance(national, SequenceNode) and isinstance(own, SequenceNode)):
        return own
    known = [said(item) for item in own.items]
    return replace(own, items=(*own.items, *(item for item in national.items if said(item) not in known)))


def _check_base(front_matter: MappingNode, file: MarkdownFile) -> Iterator[Problem]:
    """Whether the national page changed after it was overridden, as far as ``based_on`` can tell."""
    node = front_matter.get("based_on")
    if node is None:
        yield Problem(
            front_matter.place,
            text("this changes a national page, and does not say which text of it"),
            text(
                "note that, to hear of it when that text changes: python3 build.py accept {brand}",
                brand=file.layer,
            ),
            "notice",
        )
    elif _is_stale(front_matter, file):
        yield Problem(
            node.place,
            STALE,
            text(
                "see what is new: python3 build.py diff {brand}; is yours right:"
                " python3 build.py accept {brand}",
                brand=file.layer,
            ),
            "warning",
        )


def _is_stale(front_matter: MappingNode, file: MarkdownFile) -> bool:
    """Whether the file says that it changes another version of the national page than there is now."""
    node = front_matter.get("based_on")
    return file.base is not None and isinstance(node, ScalarNode) and node.text != file.base.version


def _orphaned(split: SplitFile) -> Place | None:
    """Where a member's file without a national page shows that it was an override: no page is made of it.

    It has ``based_on``, or neither a title nor a text. The national page may have been withdrawn.
    """
    node = split.front_matter.get("based_on")
    if node is not None:
        return node.place
    has_page = split.front_matter.get("title") is not None or split.body.strip()
    return None if has_page else split.front_matter.place


# ── translations ──


def _unfounded_translation(file: MarkdownFile) -> Problem | None:
    """A translation of a page that does not exist, or that cannot be translated.

    A warning where the page may have been withdrawn, and in a member's folder.
    """
    path, language = translated(file.path)
    if not language:
        return None
    if not kind_of(file.path).translatable:
        message = text("a page of this kind has no translations yet")
        folders = ", ".join(f"{kind.section}/" for kind in KINDS if kind.translatable and kind.section)
        hint = text("plain pages can be translated, and those in {folders}", folders=folders)
        return Problem(Place(file.name), message, hint)
    if file.original is not None:
        return None
    message = text("there is no page '{page}' that this could be a translation of", page=path)
    hint = text("write that page first, or give this file the name of the page that it translates")
    may_be_gone = file.layer != NATIONAL or may_be_withdrawn(path)
    return Problem(Place(file.name), message, hint, "warning" if may_be_gone else "error")


def _translate(original: MarkdownFile, translation: SplitFile) -> SplitFile:
    """A translation completed with the keys of its page, as overridden in this layer."""
    page = _split(original)
    if original.base:
        page = _override(_split(original.base), page, original, _is_agreed(original))
    problems = [*_check_original(page, translation)]
    front_matter = _translated_keys(page.front_matter, translation.front_matter, "", problems)
    withdrawn = _withdrawals(translation.front_matter, page.front_matter)
    if withdrawn:  # it is not held up by where it stands
        problems = [replace(problem, severity="warning") for problem in problems]
    return replace(
        translation,
        front_matter=front_matter,
        problems=(*translation.problems, *problems),
        withdrawn=(*translation.withdrawn, *page.withdrawn, *withdrawn),
    )


def _check_original(page: SplitFile, translation: SplitFile) -> Iterator[Problem]:
    """Whether the words of the page changed after it was translated, as far as ``based_on`` can tell."""
    node, version = translation.front_matter.get("based_on"), _version_of_words(page)
    if isinstance(node, ScalarNode) and node.text != version:
        message = text("the page that this translates has other words now")
        hint = text(
            "look what is different; is the translation right, write: based_on: {version}", version=version
        )
        yield Problem(node.place, message, hint, "warning")


def _version_of_words(page: SplitFile) -> str:
    """A short hash of all words to translate, as ``based_on`` of a translation quotes it."""

    def words(name: str, node: Node) -> Iterator[tuple[str, str]]:
        if isinstance(node, MappingNode):
            for key, inner in node.items:
                yield from words(f"{name}.{key.text}".removeprefix("."), inner)
        elif isinstance(node, SequenceNode):
            for item in node.items:
                yield from words(name, item)
        elif {name, name.partition(".")[0]} & TRANSLATED:
            yield name, node.text

    return digest(repr([*words("", page.front_matter), page.body]).encode())[:12]


def _translated_keys(
    page: MappingNode, translation: MappingNode, prefix: str, problems: list[Problem]
) -> MappingNode:
    """The page's keys without words, and the translation's keys with; recursively in groups with both."""
    own_keys = TRANSLATED | _OF_THE_FILE
    groups = {name.partition(".")[0] for name in own_keys if "." in name} if not prefix else set()
    items: list[tuple[ScalarNode, Node]] = []
    for key, node in page.items:
        if key.text in groups and isinstance(node, MappingNode):
            words = translation.get(key.text)
            group = words if isinstance(words, MappingNode) else MappingNode(translation.place, ())
            items.append((key, _translated_keys(node, group, f"{key.text}.", problems)))
        elif f"{prefix}{key.text}" not in own_keys | _LISTED:
            items.append((key, node))
    for key, node in translation.items:
        if f"{prefix}{key.text}" in own_keys:
            items.append((key, node))
        elif not (key.text in groups and isinstance(node, MappingNode) and page.get(key.text) is not None):
            problems.append(_not_translatable(key, prefix))
    return MappingNode(translation.place, tuple(items))


def _not_translatable(key: ScalarNode, prefix: str) -> Problem:
    return Problem(
        key.place,
        text("a translation takes '{key}' from the page that it translates", key=f"{prefix}{key.text}"),
        text("take this key out; it holds for every language"),
    )
