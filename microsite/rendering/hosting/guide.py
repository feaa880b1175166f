"""HOSTING.txt: instructions for putting a site online, for each kind of host."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from microsite.core.problems import Text, Translate, text
from microsite.rendering.hosting.host import HostGuide
from microsite.rendering.hosting.servers import GUIDES

_WIDTH = 78


def guide(name: str, url: str, base: str, first: str, translate: Translate) -> str:
    """Render HOSTING.txt. ``url`` may be ""; ``base`` is its path; ``first`` is the first host, or ""."""
    top = base == "/"
    place = text("the folder of your website itself") if top else text("the folder {folder}", folder=base)
    lines = [
        text("How to put the site of {name} online", name=name).render(translate),
        "",
        *_paragraph(text("All that belongs online is in the folder site/. This file does not."), translate),
    ]
    if url:
        lines += _paragraph(text("The site is made for this address: {url}", url=url), translate)
    else:
        lines += _paragraph(
            text(
                "brand.yaml does not say at which address the site will be (url:). It works anywhere, but it"
                " has no news feed and no list of pages for search engines yet."
            ),
            translate,
        )
    lines += _numbered(_GENERAL, "", translate)
    for host in sorted(GUIDES, key=lambda name: name != first):
        lines += _host(GUIDES[host], place.render(translate), translate)
    return "\n".join(lines).rstrip() + "\n"


_GENERAL = (
    text("Look up below what kind of host you have, and do what it says there. In doubt? Ask your host."),
    text(
        "Some files begin with a dot, such as .htaccess. Computers hide them, but they have to come along."
        " On a Mac: Command, Shift and the full stop. On Windows: View, Hidden items."
    ),
    text(
        "Is there an older version online? Take all its files away first. What stays behind can still be"
        " seen, also the story of somebody who no longer wants to be shown."
    ),
    text("Look when it is done: the first page, a story, and an address that does not exist."),
)


def _host(host: HostGuide, place: str, translate: Translate) -> list[str]:
    title = host.title.render(translate)
    return [
        "",
        title,
        "-" * len(title),
        "",
        *_numbered(host.steps, place, translate),
        *_paragraph(text("It reads: {files}", files=", ".join(host.reads)), translate),
        text("Good to know:").render(translate),
        *(line for limit in host.limits for line in _wrapped(limit.render(translate), "-  ", "   ")),
        "",
    ]


def _paragraph(sentence: Text, translate: Translate) -> list[str]:
    return [*_wrapped(sentence.render(translate), "", ""), ""]


def _numbered(steps: Sequence[Text], place: str, translate: Translate) -> list[str]:
    told = (Text(step.sentence, (("place", place),)).render(translate) for step in steps)
    return [
        line for number, words in enumerate(told, start=1) for line in _wrapped(words, f"{number}. ", "   ")
    ] + [""]


def _wrapped(words: str, begin: str, indent: str) -> list[str]:
    return textwrap.wrap(
        words,
        _WIDTH,
        initial_indent=begin,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
