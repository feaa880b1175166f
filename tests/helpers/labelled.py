"""Texts that are labelled for a rule of the writing help, and whether the rule finds something in them."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml

from microsite.content.files import Source
from microsite.content.hints import readability
from microsite.content.hints.finding import Hint
from microsite.content.hints.guide_file import WritingGuide, read_guide
from microsite.content.hints.passages import words
from microsite.content.hints.rules import RULES, hints
from microsite.content.overrides import MarkdownFile
from microsite.core.settings import ENGINE_ROOT, WRITING_GUIDE

LABELLED = Path(__file__).parent.parent / "content" / "hints"
NAMES = [rule.name for rule in RULES]
FOLDERS = {"call-to-action": "nieuws"}
"""The folder of a text, where it is not that of stories."""

Item = str | dict[str, str]


@functools.cache
def campaign_guide() -> WritingGuide:
    data = (ENGINE_ROOT / "content" / WRITING_GUIDE).read_bytes()
    return read_guide(Source(WRITING_GUIDE, WRITING_GUIDE, "content", "", "", data=data))[0]


def labelled(name: str) -> dict[str, list[Item]]:
    """What is labelled for a rule: ``hint`` what it should tell, ``fine`` what it should leave alone."""
    found: dict[str, list[Item]] = yaml.safe_load((LABELLED / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def hints_in(body: str, path: str = "verhalen/a.md", keys: str = "title: Titel") -> tuple[Hint, ...]:
    """The hints about a text in a file; its first line is 5 where there is one key."""
    data = f"---\n{keys}\n---\n\n{body}\n".encode()
    return hints(MarkdownFile(path, f"content/{path}", "content", data), campaign_guide())


def found(name: str, item: Item) -> bool:
    """Whether a rule has something to say about a text."""
    path = f"{FOLDERS.get(name, 'verhalen')}/a.md"
    return name in {hint.rule for hint in hints_in(_body(name, item), path)}


def measured(name: str) -> tuple[float, float, list[Item]]:
    """Precision and recall of a rule, and the texts that it has wrong."""
    texts = labelled(name)
    missed = [item for item in texts["hint"] if not found(name, item)]
    false = [item for item in texts["fine"] if found(name, item)]
    true = len(texts["hint"]) - len(missed)
    precision = true / (true + len(false)) if true + len(false) else 0.0
    return precision, true / len(texts["hint"]), [*missed, *false]


def _body(name: str, item: Item) -> str:
    if isinstance(item, dict):
        return "\n\n".join(_shaped(part) for part in item["shape"].split())
    if name != "reading-ease":
        return item
    return " ".join([item] * (1 + readability.FEWEST_WORDS // len(words(item))))


def _shaped(part: str) -> str:
    """A passage of so many words: ``p60`` is a paragraph, ``h`` a heading, ``l`` an item, ``q`` a quote."""
    prefix = {"p": "", "h": "## Kop", "l": "- ", "q": "> "}[part[0]]
    sentences, rest = divmod(int(part[1:] or 0), 8)
    return prefix + " ".join(["Zo gaat het hier al heel wat jaren."] * sentences + ["Ja."] * rest)


if __name__ == "__main__":  # PYTHONPATH=.:tests python tests/helpers/labelled.py
    for name in NAMES:
        precision, recall, wrong = measured(name)
        print(f"| `{name}` | {precision:.2f} | {recall:.2f} |", *(f"\n      {item}" for item in wrong))
