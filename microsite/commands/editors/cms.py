"""The configuration of a CMS that keeps its texts in files: Decap CMS, and Sveltia CMS, which reads the same.

Collections and fields come from the table of kinds and the keys of their records; choices from site.yaml and
the register of facts. See ``docs/decisions/cms.md``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from microsite.commands.editors import files, handbook, words
from microsite.commands.editors.json_schema import DUTCH, SCALARS
from microsite.content.consents import KEY as CONSENT
from microsite.content.facts import Fact
from microsite.content.front_matter import CLIP_KEYS, Meta
from microsite.content.keys import Key, keys_of
from microsite.content.kinds import CAMPAIGN, LISTING, PAGE, PARTS, SECTIONS, Kind
from microsite.content.kinds import FIRST as FIRST_PAGE
from microsite.content.schema import PartialDate
from microsite.content.site_file import Site
from microsite.core.problems import text
from microsite.core.records import Record
from microsite.core.settings import Cms

Field = dict[str, Any]
Choices = Mapping[str, str]


class Campaign(Record):
    """What a configuration is made for: the settings, the facts, and the title of each page by its path."""

    site: Site
    facts: Mapping[str, Fact]
    pages: Mapping[str, str]


def configuration(cms: Cms, campaign: Campaign) -> dict[str, Any]:
    """The whole configuration. ``backend`` is an example: where the files are is for who sets it up."""
    shared: dict[str, Any] = {
        "backend": {"name": "github", "repo": "organisatie/campagne", "branch": "main"},
        "local_backend": True,
        "locale": "nl",
        "publish_mode": "editorial_workflow",
        "media_folder": "content",
        "public_folder": "/",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "collections": list(_collections(cms, campaign)),
    }
    if cms == "sveltia":  # which has neither: drafts are those of the text, and files are opened directly
        del shared["publish_mode"], shared["local_backend"], shared["locale"]
    return shared


# ── collections ──


def _collections(cms: Cms, campaign: Campaign) -> Iterator[dict[str, Any]]:
    for kind in SECTIONS.values():
        yield _folder(cms, kind, kind.section, kind.section, kind.title.render(DUTCH), campaign)
        if (part := PARTS.get(kind.section)) is not None:
            for path, title in campaign.pages.items():
                folder, _, name = path.partition("/")
                if folder == kind.section and "/" not in name and name != FIRST_PAGE:
                    stem = path.removesuffix(".md")
                    label = f"{part.label.render(DUTCH)}: {title}"
                    yield _folder(cms, part, stem, stem.replace("/", "-"), label, campaign)
    plain = [path for path in campaign.pages if "/" not in path and path != FIRST_PAGE]
    fronts = [path for section in SECTIONS if (path := f"{section}/{FIRST_PAGE}") in campaign.pages]
    for name, called, kind, paths in (
        ("paginas", text("Plain pages"), PAGE, plain),
        ("voorkanten", text("Fronts of folders"), LISTING, fronts),
        ("voorpagina", CAMPAIGN.label, CAMPAIGN, [FIRST_PAGE]),
    ):
        if known := [path for path in paths if path in campaign.pages]:
            yield _files(name, called.render(DUTCH), kind, known, campaign)


def _folder(cms: Cms, kind: Kind, folder: str, name: str, label: str, campaign: Campaign) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "label_singular": kind.label.render(DUTCH),
        "folder": f"content/{folder}",
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "media_folder": "",
        "public_folder": "",
        "slug": "{{slug}}",
        "summary": "{{title}}{{draft | ternary(' (concept)', '')}}",
        "sortable_fields": ["title", "date"],
        "view_filters": [
            {
                "label": text("Only what is not on the site yet").render(DUTCH),
                "field": "draft",
                "pattern": True,
            }
        ],
        "editor": {"preview": False},
        "fields": fields(kind, campaign),
    }


def _files(name: str, label: str, kind: Kind, paths: Iterable[str], campaign: Campaign) -> dict[str, Any]:
    """Pages that are there already: they can be changed, and none is added."""
    return {
        "name": name,
        "label": label,
        "editor": {"preview": False},
        "files": [
            {
                "name": path.removesuffix(".md").replace("/", "-"),
                "label": campaign.pages[path],
                "file": f"content/{path}",
                "format": "yaml-frontmatter",
                "media_folder": "",
                "public_folder": "",
                "fields": fields(kind, campaign),
            }
            for path in paths
        ],
    }


# ── fields ──

FIRST = ("draft", "title", "summary")
LAST = (
    *("in_short", "share", "keywords", "recording", "contact", "updated", "expires_on", "weight"),
    *("may_be_public", "aliases", "based_on"),
)
"""The keys that an editor fills in first, and those that few pages need."""


def fields(kind: Kind, campaign: Campaign) -> list[Field]:
    """The fields of a page, in the order in which one writes: what it is, the text, what else there is."""
    keys = {key.name: key for key in keys_of(kind.record)}
    needed = {name for name, key in keys.items() if key.required or name in files.needed(kind)}
    own = [name for name in keys if name not in _SHARED]
    order = [
        *FIRST,
        *(name for name in own if name in needed),
        _BODY,
        "image",
        *(name for name in own if name not in needed),
        *("tags", "date", "fictional", CONSENT, "people"),
        *LAST,
    ]
    made = {name: _field(kind, key, name in needed, campaign) for name, key in keys.items()}
    made["draft"]["default"] = True
    made[_BODY] = {
        "name": _BODY,
        "label": words.BODY.render(DUTCH),
        "widget": "markdown",
        "modes": ["raw"],
        "required": False,
        "hint": words.HINTS[_BODY].render(DUTCH),
    }
    return [made[name] for name in order if made[name].get("fields") != []]  # no criteria, no points


_BODY = "body"
_SHARED = {key.name for key in keys_of(Meta)}

_LONG = {
    *("summary", "share", "claim", "method", "caveat", "dilemma", "goal"),
    *("quote.text", "image.alt", "object.alt", "object.sentence", "reasoning.note", "letter"),
}
"""The keys whose text may take more than a line."""


def _field(kind: Kind, key: Key, required: bool, campaign: Campaign) -> Field:
    """The field of a key. What is in a group that may stay away is not required: the program says so."""
    label = words.label(key).render(DUTCH)
    widget = _widget(kind, key, required, campaign)
    hint = _hint(key, handbook.entry(kind.record, key.path), label, widget)
    return {
        "name": key.name,
        "label": label,
        **({"hint": hint} if hint else {}),
        "required": required,
        **widget,
    }


def _hint(key: Key, entry: handbook.Entry, label: str, widget: Field) -> str:
    """What the label does not say: of choices, which can be seen, only when they are needed."""
    if key.path in words.HINTS:
        return words.HINTS[key.path].render(DUTCH)
    when = (
        entry.when if entry.required.startswith("nee") else ""
    )  # what is required is said by the field itself
    told = "options" in widget or entry.what.lower().endswith(label.lower())
    what = "" if told else entry.explanation.replace(": een lijst.", ".")
    example = entry.sample.strip("\"'") if widget["widget"] == "string" else ""
    hint = " ".join(filter(None, (what, when, example and f"Voorbeeld: {example}")))
    return re.sub("`([^`]+)`", lambda found: _called(key, found[1]), hint)


def _called(key: Key, name: str) -> str:
    """What the CMS calls a key beside this one, or a choice; else the name itself."""
    beside = Key(name, f"{key.path.rpartition('.')[0]}.{name}".lstrip("."), False, str)
    found = words.CHOICES.get(name) or words.LABELS.get(beside.path) or words.LABELS.get(name)
    return f"‘{found.render(DUTCH)}’" if found else name


def _widget(kind: Kind, key: Key, required: bool, campaign: Campaign) -> Field:
    if key.many == "table":
        return {"widget": "object", "collapsed": True, "fields": list(_table(key, campaign))}
    if (choices := _choices(key, campaign)) is not None:
        options = [{"label": label, "value": value} for value, label in choices.items()]
        return {"widget": "select", "options": options, **({"multiple": True} if key.many else {})}
    if key.keys:
        keys = sorted(key.keys, key=lambda each: each.name != "name")
        inner = [
            _field(kind, each, each.required and (required or bool(key.many)), campaign) for each in keys
        ]
        if key.many:
            # Without a default, Decap begins a list of groups with an empty one.
            return {"widget": "list", **_one(key), "default": [], "collapsed": True, "fields": inner}
        hidden = not required and not (key.name == CONSENT and kind.asks_consent)
        return {"widget": "object", "collapsed": hidden, "fields": inner}
    if key.many:
        line = {"name": key.name, "label": words.one(key).render(DUTCH), "widget": "string"}
        return {"widget": "list", **_one(key), "collapsed": False, "field": line}
    return _scalar(key)


def _one(key: Key) -> Field:
    """What one of a list is called."""
    return {"label_singular": words.one(key).render(DUTCH)}


def _scalar(key: Key) -> Field:
    if key.path in ("image.src", "object.src"):
        return {"widget": "image", "choose_url": False}
    if key.path in CLIP_KEYS:
        return {"widget": "file", "choose_url": False}
    if key.path in _LONG:
        return {"widget": "text"}
    pattern, hint = SCALARS[key.type]
    written = {"pattern": [pattern["pattern"], hint.render(DUTCH)]} if key.type is PartialDate else {}
    return {**_WIDGETS.get(key.type, {"widget": "string"}), **written}


_WIDGETS: Mapping[Any, Field] = {
    bool: {"widget": "boolean"},
    int: {"widget": "number", "value_type": "int"},
    Decimal: {"widget": "number", "value_type": "float"},
    dt.date: {
        "widget": "datetime",
        "format": "YYYY-MM-DD",
        "date_format": "DD-MM-YYYY",
        "time_format": False,
    },
}


# ── choices ──


def _choices(key: Key, campaign: Campaign) -> Choices | None:
    """The values that a key can have and what they are called; None where it takes any words."""
    if key.choices:
        return {value: f"{words.choice(key, value).render(DUTCH)} ({value})" for value in key.choices}
    site = campaign.site
    known: Mapping[str, Choices] = {
        "tags": {id: theme.title for id, theme in site.themes},
        "contact": {
            "general": words.CHOICES["general"].render(DUTCH),
            **{id: theme.title for id, theme in site.themes},
        },
        "role": dict(site.roles),
        "work_field": dict(site.work_fields),
        "aim": dict(site.aims),
        "duration": dict(site.durations),
        "help": {id: line.name for id, line in site.help_lines},
    }
    facts = {id: f"{fact.label}: {fact.text}" for id, fact in campaign.facts.items()}
    found = known.get(key.name) or (facts if key.name in _FACTS else None)
    return found or None


_FACTS = {"fact", "facts", "figures"}


def _table(key: Key, campaign: Campaign) -> Iterator[Field]:
    """A field for each name of a table: the criteria of the golden award."""
    for name, label in campaign.site.criteria:
        yield {"name": name, "label": label, "required": False, **_WIDGETS[key.type]}
