"""The folder of a CMS: its configuration and the page that opens it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

import yaml

from microsite.commands.editors.cms import Campaign, configuration
from microsite.content.consents import read_consents
from microsite.content.facts import FACTS, read_register
from microsite.content.files import Layer
from microsite.content.site_file import SITE, read_site
from microsite.content.yaml import parse, split_front_matter
from microsite.core.languages import NAMES, translated
from microsite.core.problems import InvalidFile, ProblemError, errors
from microsite.core.settings import Cms

_QuickDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_QuickLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

CONFIG, PAGE = "config.yml", "index.html"

_TEMPLATE = Path(__file__).with_name("admin.html")
_PACKAGES: Mapping[Cms, tuple[str, str]] = {
    "decap": ("decap-cms", "decap-cms.js"),
    "sveltia": ("@sveltia/cms", "sveltia-cms.js"),
}
"""The package on npm of each CMS, and the script in its folder ``dist``."""


def page(cms: Cms) -> bytes:
    """The page that opens the CMS, whose script is beside it."""
    package, script = _PACKAGES[cms]
    slugs = ["/entries/index", *(f".{language}" for language in NAMES)]
    hidden = ",\n    ".join(f'li:has(> a[href*="/entries/"][href$="{slug}"])' for slug in slugs)
    text = Template(_TEMPLATE.read_text(encoding="utf-8"))
    return text.substitute(package=package, script=script, hidden=hidden).encode()


def config(cms: Cms, campaign: Campaign, old: bytes | None) -> bytes:
    """The configuration. Of an ``old`` one stays what is not ours: where the files are, and who logs in."""
    made = configuration(cms, campaign)
    kept = yaml.load(old, _QuickLoader) if old else None  # noqa: S506 -- a safe loader
    if isinstance(kept, dict):
        made = {**made, **kept, "collections": made["collections"]}
    return (
        _HEADER.encode()
        + yaml.dump(made, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120).encode()
    )


def _no_references(dumper: Any, value: Any) -> bool:
    """Writes what occurs twice twice: not all that read a configuration know references."""
    return True


_Dumper: Any = type("_Dumper", (_QuickDumper,), {"ignore_aliases": _no_references})

_HEADER = """\
# Gemaakt met: python3 build.py schema --cms
# Alles onder 'collections' wordt elke keer opnieuw gemaakt. De rest blijft zoals jij het hier schrijft.
"""


def read_campaign(layer: Layer) -> Campaign:
    """What the national content says. Raises ProblemError when its settings cannot be read."""
    files = layer.by_path()
    site, _, site_problems = read_site(files.get(SITE))
    facts, _, fact_problems = read_register(files.get(FACTS), {}, site.language if site else "nl")
    if site is None or facts is None:
        raise ProblemError(*errors((*site_problems, *fact_problems)))
    titles = ((path, _title(source.read(), source.name)) for path, source in files.items() if _is_page(path))
    return Campaign(site, facts, {path: title for path, title in titles if title})


def _is_page(path: str) -> bool:
    return path.endswith(".md") and not translated(path)[1]


def _title(data: bytes, name: str) -> str:
    """The title of a page; "" when there is none, or when somebody withdrew."""
    try:
        tree = parse(split_front_matter(data.decode("utf-8", "replace"), name)[0], name)
    except InvalidFile:
        return ""
    if any(consent.status == "withdrawn" for _, consent in read_consents(tree).given):
        return ""
    title = tree.get("title")
    return getattr(title, "text", "")
